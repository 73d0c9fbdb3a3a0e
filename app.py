"""Superpose: the table of contents."""

import streamlit as st

from pages.shared.contents import LESSONS

HOME = st.Page("pages/home.py", title="Home", default=True)

page = st.navigation([HOME, *(st.Page(f"pages/{each.file}", title=each.title) for each in LESSONS)])
st.set_page_config(page_title=f"{page.title} – Superpose", layout="wide")
page.run()
