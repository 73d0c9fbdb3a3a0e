"""Every lesson is entered through app.py, also when its link is the first that a new server sees."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager


def through_app() -> None:
    """Run the page again through app.py where Streamlit found it in the folder by itself.

    Until st.navigation has run once, Streamlit takes the files of pages/ for its pages and leaves app.py
    out, with the titles and the layout that it sets. No public option turns that off.
    """
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()
