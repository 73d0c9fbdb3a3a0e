"""Menus and numbers: answers that stand in the link, and what is none is named and the first one stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nn_core.numerals import number as number_in
from pages.shared.markdown import literal
from pages.shared.numbers import short
from pages.shared.stage.entrance import link
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.reading import Reading, shown

Option = TypeVar("Option", str, int)
Number = TypeVar("Number", int, float)

NUMBER_WIDTH, LONGEST_NUMBER = 130, 40
REFUSED = "refused in the link"


def choose(place: DeltaGenerator, label: str, options: Sequence[str], key: str, first: str) -> str:
    """One of a few names from a menu; its place in the link is `key`, where case does not matter."""
    _admit(key, _option(label, options, first))
    return place.selectbox(
        label, options, index=list(options).index(first), key=key, bind="query-params", persist_state="page"
    )


def pick(place: DeltaGenerator, label: str, options: Sequence[Option], key: str, first: Option) -> Option:
    """One of very few options, all of them in view; its place in the link is `key`; see `choose`."""
    _admit(key, _option(label, options, first))
    chosen = place.segmented_control(
        label, options, default=first, required=True, key=key, bind="query-params", persist_state="page"
    )
    return first if chosen is None else chosen


def number(
    place: DeltaGenerator, label: str, key: str, first: Number, within: tuple[Number, Number]
) -> Number:
    """A number that the reader types, whole where `first` is; its place in the link is `key`.

    While what is typed is no such number, the last one that was stands.
    """
    kept = f"{key} that could be read"
    if key in st.session_state:
        _tell(key)
    else:
        st.session_state.pop(kept, None)
        _admit(key, lambda text: Reading(text, _refusal(label, text, first, within)))
    text, stands = _number_field(place, label, key, first), st.session_state.get(kept, first)
    refusal = _refusal(label, text, stands, within)
    if refusal:
        st.warning(literal(refusal))
    else:
        st.session_state[kept] = stands = type(first)(number_in(text) or 0.0)
    return stands  # type: ignore[no-any-return]


def _number_field(place: DeltaGenerator, label: str, key: str, first: Number) -> str:
    return place.text_input(
        label,
        short(first),
        key=key,
        bind="query-params",
        persist_state="page",
        max_chars=LONGEST_NUMBER,
        width=NUMBER_WIDTH,
    )


def _refusal(label: str, text: str, stands: Number, within: tuple[Number, Number]) -> str | None:
    """What is wrong with a text in place of a number, whole where the one that stands is; None if nothing."""
    found = number_in(text)
    whole = isinstance(stands, int)
    if found is not None and within[0] <= found <= within[1] and (found.is_integer() or not whole):
        return None
    rule = f"is no {'whole number' if whole else 'number'} from {short(within[0])} to {short(within[1])}"
    return f"{label} {shown(text)} {rule}; {short(stands)} stands."


# ---- what the link says -----------------------------------------------------------------------------


def _option(label: str, options: Sequence[Option], first: Option) -> Callable[[str], Reading]:
    return Choice(label, tuple(map(str, options)), str(first)).read


def _admit(key: str, read: Callable[[str], Reading]) -> None:
    """Put the link right before the widget sees it: Streamlit cannot read all that a link may hold.

    A widget takes what the link held when the run began, so a mended link needs a run of its own. What was
    wrong is said in that run.
    """
    query = link()
    asked = query.get(key)
    found = Reading(None) if asked is None else read(asked)
    if key in st.session_state:
        if found.complaint:
            st.warning(literal(found.complaint))
    elif found.complaint:
        del query[key]
        _run_again({key: found.complaint})
    elif found.value != asked:
        query[key] = found.value
        _run_again({})
    _tell(key)


def _run_again(complaints: Mapping[str, str]) -> None:
    """Begin the run anew, which is to say these complaints, and those that were said in this one."""
    kept = {key: text for key, (text, _) in st.session_state.get(REFUSED, {}).items()}
    st.session_state[REFUSED] = {key: (text, False) for key, text in {**kept, **complaints}.items()}
    st.rerun()


def _tell(key: str) -> None:
    """Say once what was wrong with an entry."""
    kept = st.session_state.get(REFUSED, {})
    complaint, said = kept.pop(key, ("", True))
    if not said:
        kept[key] = complaint, True
        st.warning(literal(complaint))
