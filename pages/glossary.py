"""The glossary: every term of the lessons, in the order in which they come."""

import streamlit as st

from pages.shared.contents import LESSONS
from pages.shared.glossary.sheet import picture
from pages.shared.glossary.terms import TERMS
from pages.shared.stage.entrance import through_app

LIST = "display:grid;grid-template-columns:144px 1fr;gap:0.75rem 1.5rem;align-items:center;margin:0"

through_app()
st.title("Glossary")
st.markdown("The words of the lessons. In the lessons themselves a dotted word opens its sentence: tap it.")
for lesson in LESSONS:
    here = [term for term in TERMS if term.lesson == lesson.file]
    if here:
        st.header(lesson.numbered)
        rows = [
            f"<span>{picture(term)}</span><span><dfn><strong>{term.name}</strong></dfn><br>{term.says}</span>"
            for term in here
        ]
        st.markdown(f'<div style="{LIST}">{"".join(rows)}</div>', unsafe_allow_html=True)
