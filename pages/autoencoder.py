"""Autoencoder: digits become two numbers, and pictures again."""

from __future__ import annotations

import streamlit as st

from pages.scenes.autoencoder import price, straight, two_numbers
from pages.shared.asking import menus

SCENES = {"two numbers": two_numbers.show, "linear": straight.show, "variational": price.show}

title, switch = menus.title_and_switch()
title.title("Autoencoder")
scene = menus.pick(switch, "Scene", [*SCENES], "scene", "two numbers")
st.markdown(
    "A digit of 64 pixels has to pass through **two numbers**, and be drawn again from them. Nobody says "
    "which digit it is. What do two numbers keep?"
)
SCENES[scene]()
