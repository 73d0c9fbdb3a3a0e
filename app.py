"""Superpose: the table of contents."""

import streamlit as st

st.set_page_config(page_title="Superpose", layout="wide", initial_sidebar_state=210)

LESSONS = [
    st.Page("pages/home.py", title="Superpose", default=True),
    st.Page("pages/single_neuron.py", title="A single neuron"),
    st.Page("pages/two_neurons.py", title="Two neurons"),
]

st.navigation(LESSONS).run()
