"""What is said of a task or an answer in a link that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import streamlit as st

from pages.shared.contents import LESSONS
from pages.shared.markdown import literal
from pages.shared.stage.assigning import counted
from pages.shared.stage.assigning.assignment import COUNTED, TASK, read
from pages.shared.stage.entrance import link


def tell_wrong_task(page: str) -> None:
    """Say above a page what is wrong with the task or the answer in its link, if anything is."""
    for complaint in complaints(page, link()):
        st.error(literal(complaint))


def complaints(page: str, query: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the task of a link, and with what an answer says; nothing where nothing is."""
    if TASK in query:
        try:
            lesson = read(query[TASK]).lesson
        except ValueError as error:
            yield f"The task in this link cannot be shown: {error}. Ask for the link again."
        else:
            if lesson != page:
                yield f"The task in this link is about {_title(lesson)}, and this is another page."
    if COUNTED in query:
        try:
            counted.read(query[COUNTED])
        except ValueError as error:
            yield f"Attempts, hints and time in this answer link: {error}. The picture is judged anew."


def _title(lesson: str) -> str:
    return next((f"“{each.title}”" for each in LESSONS if each.name == lesson), "no lesson of this site")
