"""The link is the state: every value that is not the default stands in the URL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Any

import streamlit as st

from pages.shared.stage.entrance import this_run
from pages.shared.stage.inputs.input import Input

READ = "values that the page has read"


class Committed(Mapping[str, Any]):
    """Committed values by name; it notes which of them the page reads, for these the page depends on.

    complaints: what is wrong in the link.
    """

    def __init__(self, values: Mapping[str, Any], complaints: Iterable[str] = ()) -> None:
        self._values, self.complaints = values, [*complaints]
        self._run, self._read = _read_in_this_run()

    def __getitem__(self, name: str) -> Any:
        value = self._values[name]
        self._read.add(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def become(self, values: Mapping[str, Any], complaints: Iterable[str]) -> bool:
        """Take other values of these names; whether a page that has run before has to run again."""
        others = {name for name in values if values[name] != self._values[name]}
        outdated = not others.isdisjoint(self._read) or [*complaints] != self.complaints
        self._values, self.complaints = {**self._values, **values}, [*complaints]
        return outdated and self._run is not this_run()


def _read_in_this_run() -> tuple[object, set[str]]:
    """This run, and the names of what the page reads in it."""
    run, names = st.session_state.get(READ, (None, set()))
    if run is not this_run():
        run, names = st.session_state[READ] = this_run(), set[str]()
    return run, names


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
