"""The path through the lessons: the card of each on the home page, and what stands at the foot of each."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.challenges.listing import offer_to_leave
from pages.shared.contents import LESSONS, Lesson, titles
from pages.shared.talks.telling import tell_stops

PAGES = Path(__file__).parents[1]
HOME = "All lessons"
ACROSS = 3


def cards() -> None:
    """A card for every lesson, in their order; each is a link as a whole."""
    all_of_them = st.container(key="cards")
    for start in range(0, len(LESSONS), ACROSS):
        places = all_of_them.columns(ACROSS)
        for place, lesson in zip(places, LESSONS[start : start + ACROSS], strict=False):
            with place.container(border=True, key=f"card-{lesson.number}-{lesson.name}-", height="stretch"):
                st.page_link(st.Page(PAGES / lesson.file), label=lesson.numbered)
                st.markdown(lesson.claim)
                st.caption(what_it_takes(lesson))


def forgetting() -> None:
    """A button that forgets what the browser has kept of the reader's way, shown where there is any.

    It is the browser that keeps and forgets (stage/static/kept.js): nothing of it comes here.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="forget"):
        st.caption("What you have done is kept in this browser, and nowhere else.", width="content")
        st.button("Forget it")


def what_it_takes(lesson: Lesson) -> str:
    """How long a lesson takes, how much there is to do, and what comes before it."""
    takes = [] if lesson.minutes is None else [f"{lesson.minutes} minutes"]
    takes += [f"{lesson.tasks} tasks"] if lesson.tasks else []
    takes += [f"after {' and '.join(lesson.after)}"] if lesson.after else []
    return " · ".join(takes)


def foot(name: str) -> None:
    """At the foot of a lesson the way out of a challenge, its neighbours and stops; nothing elsewhere."""
    here = next((place for place, each in enumerate(LESSONS) if each.name == name), None)
    if here is None:
        return
    offer_to_leave()
    row = st.container(horizontal=True, horizontal_alignment="distribute", key="foot")
    before, after = LESSONS[:here][-1:], LESSONS[here + 1 :][:1]
    for lesson in before:
        _leads(row, lesson.file, f"← {lesson.numbered}")
    _leads(row, "home.py", HOME)
    for lesson in after:
        _leads(row, lesson.file, f"{lesson.numbered} →")
    tell_stops(LESSONS[here])


def lead_to(file: str) -> None:
    """A link to the lesson of that file, among the words of another."""
    _leads(st.container(), file, f"{titles()[file]} →")


def _leads(row: DeltaGenerator, file: str, label: str) -> None:
    row.page_link(st.Page(PAGES / file, default=file == "home.py"), label=label, width="content")
