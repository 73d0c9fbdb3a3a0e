"""The link is the state: every value that is not the default stands in the URL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any

import streamlit as st

from pages.shared.stage.entrance import this_run
from pages.shared.stage.inputs.input import Input


def read(inputs: Mapping[str, Input], query: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The value of every input, from the query or its default; and what was wrong in the query."""
    values, complaints = {}, []
    for name, each in inputs.items():
        if name not in query:
            values[name] = each.value
            continue
        reading = each.read(query[name])
        values[name] = reading.value
        if reading.complaint:
            complaints.append(reading.complaint)
    return values, complaints


def rename(query: MutableMapping[str, str], formerly: Mapping[str, str]) -> None:
    """Put what an old link says under today's names; where it says both, today's stands.

    formerly: today's name for each name that an input had once.
    """
    for old, name in formerly.items():
        if old in query:
            said = query.pop(old)
            query.setdefault(name, said)


def write(inputs: Mapping[str, Input], values: Mapping[str, Any]) -> dict[str, str]:
    """The part of the query that says these values, defaults left out."""
    return {name: each.write(values[name]) for name, each in inputs.items() if values[name] != each.value}


def update(query: MutableMapping[str, str], inputs: Mapping[str, Input], values: Mapping[str, Any]) -> None:
    """Put the values into the query, and touch nothing in it that is not ours."""
    ours = write(inputs, values)
    for name in inputs:
        if name in query and name not in ours:
            del query[name]
    query.update({name: text for name, text in ours.items() if query.get(name) != text})


def claim(stage: str, names: Iterable[str]) -> None:
    """Take these names in the link for the stage of that key, in this run of the page.

    Raises ValueError where another stage of the page has taken one of them.
    """
    run, taken = st.session_state.get("names in the link", (None, {}))
    if run is not this_run():
        taken = {}
    for name in names:
        if taken.setdefault(name, stage) != stage:
            raise ValueError(
                "inputs of one page must have names of their own in the link, "
                f"got {name} on the stages {taken[name]} and {stage}"
            )
    st.session_state["names in the link"] = this_run(), taken
