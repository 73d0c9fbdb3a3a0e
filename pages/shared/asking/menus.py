"""Menus and numbers: answers that stand in the link, and what is none is named and the first one stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nn_core.numerals import number as number_in
from pages.shared.asking.bound import follow, lead
from pages.shared.markdown import literal
from pages.shared.numbers import short
from pages.shared.stage.entrance import link
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.reading import Reading, exactly, shown

Option = TypeVar("Option", str, int)
Number = TypeVar("Number", int, float)

NUMBER_WIDTH, LONGEST_NUMBER = 130, 40


def choose(place: DeltaGenerator, label: str, options: Sequence[str], key: str, first: str) -> str:
    """One of a few names from a menu; its place in the link is `key`.

    What was chosen before and is no longer offered gives way to the first.
    """
    choice = Choice(label, options, first)
    follow(key, choice)
    if st.session_state[key] not in choice.options:
        st.session_state[key] = first
    chosen: str = place.selectbox(label, choice.options, key=key)
    lead(key, choice, chosen)
    return chosen


def pick(place: DeltaGenerator, label: str, options: Sequence[Option], key: str, first: Option) -> Option:
    """One of very few options, all of them in view; its place in the link is `key`."""
    named = {str(option): option for option in options}
    choice = Choice(label, tuple(named), str(first))
    follow(key, choice, named.__getitem__)
    chosen = place.segmented_control(label, options, required=True, key=key)
    name = str(first if chosen is None else chosen)
    lead(key, choice, name)
    return named[name]


def title_and_switch() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Where a lesson that has scenes writes its title, and beside it the switch between them."""
    title, switch = st.columns([2, 3], vertical_alignment="bottom")
    return title, switch


def number(
    place: DeltaGenerator, label: str, key: str, first: Number, within: tuple[Number, Number]
) -> Number:
    """A number that the reader types, whole where `first` is; its place in the link is `key`.

    While what is typed is no such number, the last one that was stands.
    """
    asked = TypedNumber(label, first, within)
    follow(key, asked, asked.write)
    text = place.text_input(label, key=key, max_chars=LONGEST_NUMBER, width=NUMBER_WIDTH)
    before = asked.read(link().get(key, asked.write(first)))
    typed = replace(asked, value=before.value).read(text)
    if typed.complaint:
        st.warning(literal(typed.complaint))
    else:
        lead(key, asked, typed.value)
    return typed.value  # type: ignore[no-any-return]


@dataclass(frozen=True)
class TypedNumber:
    """A number from here to there: what it is called, the first one, and where it lies."""

    label: str
    value: float
    within: tuple[float, float]

    def read(self, given: object) -> Reading:
        """The number that a text says; a complaint where it says none of these."""
        found, whole = number_in(given), isinstance(self.value, int)
        low, high = self.within
        if found is not None and low <= found <= high and (found.is_integer() or not whole):
            return Reading(type(self.value)(found))
        rule = f"is no {'whole number' if whole else 'number'} from {short(low)} to {short(high)}"
        return Reading(self.value, f"{self.label} {shown(given)} {rule}; {short(self.value)} stands.")

    def write(self, value: float) -> str:
        """The number with all its digits."""
        return exactly(value)
