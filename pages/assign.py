"""Assign: a picture becomes a task, with what is free, a goal and hints, in one link."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from pages.shared.assigning.form import Picked, link_of, picked, pictures
from pages.shared.glossary.telling import tell
from pages.shared.markdown import literal
from pages.shared.numbers import short
from pages.shared.stage.assigning.assignment import (
    COMPARISONS,
    LONGEST_WORDS,
    MOST_GOALS,
    MOST_HINTS,
    Assignment,
    Goal,
)
from pages.shared.stage.assigning.held import offered
from pages.shared.stage.entrance import link
from pages.shared.stage.inputs.reading import unescaped

FREE, LOCKED, HIDDEN = "free", "locked", "hidden"
LONGEST = 2000


def controls(picture: Picked) -> dict[str, str]:
    """What the student may do with each control of a picture."""
    st.header("The controls")
    tell("What is *locked* is shown and stays as it is in your picture; what is *hidden* is not there.")
    with st.container(key="uses"):
        return {
            name: st.segmented_control(
                literal(each.label),
                [FREE, LOCKED, HIDDEN],
                default=FREE,
                required=True,
                key=f"{picture.key} {name}",
            )
            or FREE
            for name, each in offered(picture.stage.inputs).items()
        }


def goals(measures: Mapping[str, float]) -> tuple[Goal, ...]:
    """The goals, each a number that the picture measures, a comparison, and a number."""
    st.header("The goal")
    count = (
        st.segmented_control("How many", range(1, MOST_GOALS + 1), default=1, required=True, key="goals") or 1
    )
    found = []
    for index in range(count):
        places, goal = st.columns([5, 2, 2], vertical_alignment="bottom"), f"Goal {index + 1}"
        measure = places[0].selectbox(goal, [*measures], key=f"measure {index}")
        compared = places[1].selectbox(
            f"{goal}: comparison", [*COMPARISONS], key=f"comparison {index}", label_visibility="collapsed"
        )
        number = places[2].number_input(
            f"{goal}: number", value=0.1, format="%g", key=f"number {index}", label_visibility="collapsed"
        )
        st.caption(f"Now “{literal(measure)}” is {short(measures[measure])}.")
        found.append(Goal(measure, compared, number))
    return tuple(found)


def told(task: Assignment, picture: Picked) -> None:
    """The link, how long it is, and how the picture stands now."""
    st.header("The link")
    address = f"{(st.context.url or '').rsplit('/', 1)[0]}/{task.lesson}?{urlencode(link_of(task, picture))}"
    st.code(address, language=None, wrap_lines=True)
    if len(address) > LONGEST:
        st.warning(
            f"This link has {len(address)} characters, and some programs cut what is longer than {LONGEST}. "
            "Shorten your words, or leave out some of what is drawn or pasted in the picture."
        )
    try:
        verdict = picture.begun(task)
    except ValueError as error:
        st.error(literal(f"There is no picture to begin with: {error}."))
        return
    st.markdown(f"At the start: {literal(verdict.says)}")
    if verdict.done:
        st.warning("It is done before anything is moved: choose another goal, or start from another picture.")
    st.link_button("Open it as a student", address)


def pasted(text: str) -> list[Picked]:
    """The pictures behind the link; where there are none, the reader is told why."""
    if not text.strip():
        st.info(
            "Set up a picture in any lesson, press Share there, and then “Assign …”; or paste its link here."
        )
        return []
    try:
        return pictures(text)
    except ValueError as error:
        st.error(literal(f"This link cannot be assigned: {error}."))
        return []


def assign(found: list[Picked], asked: str) -> None:
    """The form, and the link that comes of it, for the picture that was asked for or the first of them."""
    names = [each.name for each in found]
    name = st.segmented_control(
        "Which picture of the page",
        names,
        default=asked if asked in names else names[0],
        required=True,
        key="which",
    )
    picture = picked(found, name)
    words = st.text_area("The task, in your words", max_chars=LONGEST_WORDS, key="words")
    uses = controls(picture)
    aims = goals(picture.measures())
    left, right = st.columns(2)
    passes = left.number_input(
        "So many goals are enough", 1, len(aims), len(aims), key=f"passes of {len(aims)}"
    )
    hints = right.number_input("Steps of hints", 0, MOST_HINTS, 3, key="hints")
    try:
        told(
            Assignment(
                picture.lesson,
                picture.key,
                tuple(each for each, use in uses.items() if use == FREE),
                tuple(each for each, use in uses.items() if use == LOCKED),
                picture.said,
                words.strip(),
                aims,
                passes,
                hints,
            ),
            picture,
        )
    except ValueError as error:
        st.info(literal(f"Not yet a task: {error}."))


query = link()
st.title("Assign")
st.markdown(
    "Any picture can be a task: say what may be moved and what is to be reached. The link is all there is."
)
text = st.text_input("Link of the picture", value=unescaped(query.get("of", "")), max_chars=8_000, key="of")
if found := pasted(text):
    assign(found, unescaped(query.get("picture", "")))
