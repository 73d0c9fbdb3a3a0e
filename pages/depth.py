"""Depth: what more layers can do that more units in one layer cannot, and what they cost."""

from __future__ import annotations

import streamlit as st

from pages.scenes.depth import cliff, folding, found, narrow, not_free, squares, typical
from pages.shared.asking import menus

SCENES = {
    "cliff": cliff.show,
    "folds": folding.show,
    "typical": typical.show,
    "found": found.show,
    "not free": not_free.show,
    "narrow": narrow.show,
    "squares": squares.show,
}

title, switch = menus.title_and_switch()
title.title("Depth")
scene = menus.pick(switch, "Scene", [*SCENES], "scene", "cliff")
st.markdown(
    "Your taste in music may have patterns within patterns. One layer wide enough can follow any curve. Then "
    "why is everybody's network **deep**?"
)
SCENES[scene]()
