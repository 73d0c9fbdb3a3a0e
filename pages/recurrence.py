"""Recurrence: a unit that is given what it said before can remember, and what that costs when it learns."""

from __future__ import annotations

import streamlit as st

from pages.scenes.recurrence import kept, one_unit, trained
from pages.shared.asking import menus

SCENES = {"one unit": one_unit.show, "a bit kept": kept.show, "trained": trained.show}

title, switch = menus.title_and_switch()
title.title("Recurrence")
scene = menus.pick(switch, "Scene", [*SCENES], "scene", "one unit")
st.markdown(
    "All networks so far forget each input at once. Give a unit back what it **said itself** one step "
    "before: from a certain weight on it can **remember**."
)
SCENES[scene]()
