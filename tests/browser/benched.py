"""The bench, served as the app is: `streamlit run tests/browser/benched.py`."""

import streamlit as st

from pages.shared.serving.middleware import middleware
from pages.shared.stage.beside.routes import ROUTES

app = st.App("bench.py", routes=ROUTES, middleware=middleware())
