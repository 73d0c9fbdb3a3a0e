"""Superpose: the table of contents."""

import streamlit as st

page = st.navigation([st.Page("pages/single_neuron.py", title="A single neuron")])
page.run()
