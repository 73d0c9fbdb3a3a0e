"""Forward pass: a network multiplies and adds, one number after the other, and this is what it costs."""

from __future__ import annotations

import streamlit as st

from pages.scenes.forward_pass import cost, saved, walk

st.title("Forward pass")
st.markdown(
    "Each time a song comes up, the app puts its numbers into the network, and out comes an answer. On the "
    "way a neuron does little but **multiply and add**; a network is a **list of matrices**. Play *step*."
)
opened = saved.opening()
opened.receive()
sizes = walk.show()
opened.ask(st.container(horizontal=True), st.container())
cost.show(sizes)
