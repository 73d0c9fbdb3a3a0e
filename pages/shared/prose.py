"""Words below a stage."""

import streamlit as st


def two_columns(left: str, right: str) -> None:
    """Two texts side by side, in columns of about seventy characters; on a phone one below the other."""
    places = st.columns(2, gap="large")
    places[0].markdown(left)
    places[1].markdown(right)
