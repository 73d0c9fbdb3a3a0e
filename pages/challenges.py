"""The challenges of all lessons, with the stars that the reader has."""

from html import escape

import streamlit as st

from pages.shared.challenges.keeping import mark_stars
from pages.shared.challenges.listing import CHALLENGES, address_of
from pages.shared.contents import LESSONS
from pages.shared.path import forgetting
from pages.shared.stage.entrance import through_app

ROW = "display:grid;grid-template-columns:4rem 1fr;gap:0.25rem 1rem;margin:0 0 0.75rem"

through_app()
st.title("Challenges")
st.markdown(
    "Each opens its lesson with a task and a score. Three stars are for the best there is, or close to it: "
    "it is computed, and the task says how. Your stars stay in this browser."
)
for lesson in LESSONS:
    here = [each for each in CHALLENGES if each.lesson == lesson.name]
    st.header(lesson.numbered)
    rows = [
        f'<div style="{ROW}"><span class="sp-stars" data-of="challenge {each.name}"></span>'
        f'<span><a href="{escape(address_of(each))}" target="_self"><strong>{each.title}</strong></a>'
        f"<br>{each.asks[0].upper()}{each.asks[1:]}</span></div>"
        for each in here
    ]
    st.markdown("".join(rows), unsafe_allow_html=True)
forgetting()
mark_stars()
