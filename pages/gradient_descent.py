"""Gradient descent: the slope of the loss says which way to turn every knob."""

from __future__ import annotations

import streamlit as st

from pages.scenes.gradient_descent import classes, curve, landscape, mixer, one_step, three_sines
from pages.shared.asking import menus

SCENES = {
    "mixer": mixer.show,
    "landscape": landscape.show,
    "one step": one_step.show,
    "curve": curve.show,
    "three sines": three_sines.show,
    "classes": classes.show,
}

title, switch = menus.title_and_switch()
title.title("Gradient descent")
scene = menus.pick(switch, "Scene", [*SCENES], "scene", "mixer")
st.markdown(
    "Nobody tells the app the weights: it learns them from what you skipped. A network learns by turning "
    "every knob a little the way that makes its error, the **loss**, smaller, again and again."
)
SCENES[scene]()
