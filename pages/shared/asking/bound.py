"""A widget shows what the link says: the link leads when it changes, and the widget when it is used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import streamlit as st

from pages.shared.markdown import literal
from pages.shared.stage.entrance import link
from pages.shared.stage.inputs.input import Entry
from pages.shared.stage.inputs.reading import Reading


class _Agreed(NamedTuple):
    """What link and widget said when they last agreed: the entry, its value, and how the widget shows it."""

    entry: str | None
    value: Any
    shown: Any


def follow(key: str, asked: Entry, shown: Callable[[Any], Any] = lambda value: value) -> None:
    """Set the widget `key` to what the link says, unless the reader has just used it.

    asked: reads and writes the entry of that name; what the link leaves out is its value, which may change.
    shown: the widget's own form of a value. What is wrong in the link is named once, and put right.
    """
    said, agreed = link().get(key), st.session_state.get(_agreed(key))
    reading = Reading(asked.value) if said is None else asked.read(said)
    if key in st.session_state and agreed and agreed.entry == said:
        used = st.session_state[key] != agreed.shown
        if used or reading.value == agreed.value:
            return
    if reading.complaint:
        st.warning(literal(reading.complaint))
    st.session_state[key] = shown(reading.value)
    lead(key, asked, reading.value)


def lead(key: str, asked: Entry, value: Any) -> None:
    """Put into the link what the widget `key` says; the first value is left out."""
    address = link()
    entry = None if value == asked.value else asked.write(value)
    if entry is None:
        address.pop(key, None)
    else:
        address[key] = entry
    st.session_state[_agreed(key)] = _Agreed(entry, value, st.session_state[key])


def _agreed(key: str) -> str:
    return f"{key} agreed with the link"
