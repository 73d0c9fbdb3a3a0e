"""Forward pass: a network multiplies and adds, one number after the other, and this is what it costs."""

from __future__ import annotations

import streamlit as st

from pages.scenes.forward_pass import cost, from_file, saved, walk
from pages.shared.asking import menus

title, switch = menus.title_and_switch()
title.title("Forward pass")
opened = saved.opening()
opened.receive()
scene = menus.pick(switch, "Scene", saved.SCENES.options, saved.SCENE, saved.WALK)
st.markdown(
    "Each time a song comes up, the app puts its numbers into the network, and out comes an answer. On the "
    "way a neuron does little but **multiply and add**; a network is a **list of matrices**. Play "
    "*step*, or open a network of yours."
)
row = st.container(horizontal=True, vertical_alignment="bottom")
opened.ask(row, st.container())
if scene == saved.WALK:
    cost.show(walk.show(row))
else:
    from_file.show(row)
