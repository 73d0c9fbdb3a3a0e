"""Superpose: the table of contents."""

import logging

import streamlit as st

from pages.shared.contents import LESSONS

HOME = st.Page("pages/home.py", title="Home", default=True)

page = st.navigation([HOME, *(st.Page(f"pages/{each.file}", title=each.title) for each in LESSONS)])
st.set_page_config(page_title=f"{page.title} – Superpose", layout="wide")
try:
    page.run()
except Exception:
    if st.get_option("client.showErrorDetails") != "none":
        raise
    logging.getLogger("superpose").exception("a page failed")
    st.error("Something went wrong on this page: the fault is ours. Load it again, or open another lesson.")
