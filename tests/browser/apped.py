"""The app, served as it is, with an address where readers leave: `streamlit run tests/browser/apped.py`."""

import streamlit as st

import app as served
from pages.shared.serving.start import prepared
from pages.shared.stage import requests
from pages.shared.stage.beside.routes import ROUTES
from tests.browser.leaving import leave_if_asked

keep_pace = requests.keep_pace


def leave_or_keep_pace() -> None:
    """What each run of the app begins with."""
    leave_if_asked()
    keep_pace()


requests.keep_pace = leave_or_keep_pace
app = st.App(served.__file__, routes=ROUTES, middleware=served.passed, lifespan=prepared(served.scripts))
