"""Words below a stage."""

import streamlit as st

from pages.shared.glossary.telling import tell


def two_columns(left: str, right: str) -> None:
    """Two texts side by side, in columns of about seventy characters; on a phone one below the other."""
    for text, place in zip((left, right), st.columns(2, gap="large"), strict=True):
        tell(text, place)


def more_exactly(text: str) -> None:
    """What is exact, and how it was computed: closed, for those who ask."""
    with st.expander("More exactly"):
        tell(text)
