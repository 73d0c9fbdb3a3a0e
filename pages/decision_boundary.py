"""Decision boundary: a neuron is a line, hidden neurons are several, and training turns them."""

from __future__ import annotations

import streamlit as st

from pages.scenes.decision_boundary import by_hand, trained
from pages.shared.asking import menus

ONE, TWO, TRAINED = "one neuron", "two hidden neurons", "trained"

title, switch = menus.title_and_switch()
title.title("Decision boundary")
network = menus.pick(switch, "Network", [ONE, TWO, TRAINED], "network", ONE)
st.markdown(
    "Let each point be a song: across its tempo, up its loudness, and its class whether you skip it. One "
    "neuron cuts the plane along a **line**. Hidden neurons bend it into any boundary."
)
if network == TRAINED:
    trained.show()
else:
    points = by_hand.BY_HAND
    hand = menus.pick(st.container(), "Points", [*points], "hand", "XOR")
    show = by_hand.show_one if network == ONE else by_hand.show_two
    show(points[hand])
