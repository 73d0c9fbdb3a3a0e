"""Adversaries: a generator and a judge learn against each other, and why that need not come to rest."""

from __future__ import annotations

import streamlit as st

from pages.scenes.adversaries import chase, judging, live
from pages.shared.asking import menus

SCENES = {"chase": chase.show, "judge": judging.show, "live": live.show}

title, switch = menus.title_and_switch()
title.title("Adversaries")
scene = menus.pick(switch, "Scene", [*SCENES], "scene", "chase")
st.markdown(
    "A **generator** makes samples, and a **judge**, the discriminator, says which are genuine. Each learns "
    "from the other: what is downhill for one changes with every step of the other."
)
SCENES[scene]()
