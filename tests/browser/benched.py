"""The bench, served as the app is: `streamlit run tests/browser/benched.py`."""

import streamlit as st

from pages.shared.serving.middleware import middleware

app = st.App("bench.py", middleware=middleware())
