"""A talk of the reader's own: pictures with a sentence each, put in a row and played."""

import streamlit as st

from pages.shared.stage.entrance import through_app
from pages.shared.talks.own import own_talk

through_app()
st.title("Your own talk")
st.markdown(
    "Put pictures in a row, with a sentence for each, and play them: the keys are those of a clicker. "
    "The talk stays in this browser until you pass it on."
)
own_talk()
