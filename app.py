"""Superpose: the table of contents."""

import streamlit as st

LESSONS = [
    st.Page("pages/home.py", title="Home", default=True),
    st.Page("pages/single_neuron.py", title="A single neuron"),
    st.Page("pages/two_neurons.py", title="Two neurons"),
    st.Page("pages/bumps.py", title="Bumps"),
    st.Page("pages/approximator.py", title="Any curve"),
    st.Page("pages/nonlinearity.py", title="Why nonlinear"),
    st.Page("pages/decision_boundary.py", title="Decision boundary"),
    st.Page("pages/towers.py", title="Towers"),
    st.Page("pages/forward_pass.py", title="Forward pass"),
    st.Page("pages/gradient_descent.py", title="Gradient descent"),
]

page = st.navigation(LESSONS)
st.set_page_config(page_title=f"{page.title} – Superpose", layout="wide")
page.run()
