"""Convolution: one small window looks everywhere, with the same weights at every place."""

from __future__ import annotations

import streamlit as st

from pages.scenes.convolution import digits, shared, window, yours
from pages.shared.asking import menus

SCENES = {"window": window.show, "shared weights": shared.show, "digits": digits.show, "yours": yours.show}

title, switch = menus.title_and_switch()
title.title("Convolution")
scene = menus.pick(switch, "Scene", [*SCENES], "scene", "window")
st.markdown(
    "An edge is an edge, wherever in a picture it is. So why should a network learn it anew at every place? "
    "It need not: it can look through **one small window**, everywhere."
)
SCENES[scene]()
