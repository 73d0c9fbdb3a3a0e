"""Leaving a page without a load: where an address says so the page is empty, and its reader new."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

LEAVING = "leaving"


def leave_if_asked() -> None:
    """Where the link says that its reader leaves, forget all that is known of them, and show nothing."""
    if LEAVING in st.query_params:
        st.session_state.clear()
        get_script_run_ctx().fragment_storage.clear()
        st.stop()
