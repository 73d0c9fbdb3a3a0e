"""Attention: a look-up that is soft, and what is built of it."""

from __future__ import annotations

import streamlit as st

from pages.scenes.attention import block, induction, look_up, order, recall
from pages.shared.asking import menus

SCENES = {
    "look-up": look_up.show,
    "order": order.show,
    "induction": induction.show,
    "recall": recall.show,
    "block": block.show,
}

title, switch = menus.title_and_switch()
title.title("Attention")
scene = menus.pick(switch, "Scene", [*SCENES], "scene", "look-up")
st.markdown(
    "Which words of a sentence matter for the next one? That hangs on the sentence. Attention **looks it "
    "up**, and learns how to look."
)
SCENES[scene]()
