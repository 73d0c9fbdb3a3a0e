"""What the browser asks the stage for: a picture or a sweep at its values, a grip's move, a commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from nn_core.numerals import number
from pages.shared.crowd.pace import COMMIT, PAGE, PICTURE, SWEEP, Pace, seldom
from pages.shared.stage import links
from pages.shared.stage.inputs.input import Input

LONGEST_NAME, DEEPEST = 64, 4

# Farther away no plot reaches; the square of this is finite still.
FARTHEST = 1e100

Move = Callable[[Mapping[str, Any], float, float], Mapping[str, Any]]


def new_request(key: str) -> dict[str, Any]:
    """What the browser asks for in this run; empty where it was answered before or nothing is asked.

    What no stage of ours could have asked is nothing, with a line in the log.
    """
    sent = st.session_state.get(key)
    request = sent.get("request") if isinstance(sent, Mapping) else sent
    if request is None:
        return {}
    pace().keep(_cost(request))
    if not _is_one_of_ours(request):
        seldom(__name__).warning("the stage %s was asked for what is no request", key)
        return {}
    if request["id"] == st.session_state.get(f"{key} done"):
        return {}
    st.session_state[f"{key} reply"] = request["id"]
    return request  # type: ignore[no-any-return]


def keep_pace() -> None:
    """Wait until a run of the page is due: who runs it faster than a hand can waits a moment each time."""
    pace().keep(PAGE)


def pace() -> Pace:
    """How fast this visitor asks, for whatever is asked."""
    found: Pace = st.session_state.setdefault("pace of requests", Pace())
    return found


def _cost(request: object) -> float:
    """What a request counts, whoever made it; what is none, as much as any."""
    if not isinstance(request, dict) or any(
        request.get(each) is not None for each in ("sweep", "hint", "file")
    ):
        return SWEEP
    return COMMIT if request.get("commit") else PICTURE


def _is_one_of_ours(request: object) -> bool:
    """Whether it has a short name and values, which are nowhere nested deeper than the points of a plot."""
    if not isinstance(request, dict) or not isinstance(request.get("values"), dict):
        return False
    name = request.get("id")
    named = isinstance(name, str) and name.isascii() and 0 < len(name) <= LONGEST_NAME
    return named and is_shallow(request, DEEPEST)


def is_shallow(data: object, depth: int) -> bool:
    """Whether lists and objects lie in one another at most so deep."""
    if not isinstance(data, list | dict):
        return True
    inside = data.values() if isinstance(data, dict) else data
    return depth > 0 and all(is_shallow(each, depth - 1) for each in inside)


def answered(key: str) -> Any:
    """The name of the last request that was answered, or is being answered in this run."""
    return st.session_state.get(f"{key} reply")


def done(key: str) -> None:
    """The request of this run has its answer. Until here the run may be cut short, and be asked the same
    again where the message came twice.
    """
    st.session_state[f"{key} done"] = answered(key)


def asked_values(
    inputs: Mapping[str, Input], request: Mapping[str, Any], grips: Mapping[str, Move]
) -> dict[str, Any]:
    """The values that the browser asks for, and what the grip that was dragged makes of them."""
    values = links.read(inputs, request["values"])[0]
    grip = request.get("grip")
    name = grip.get("name") if isinstance(grip, dict) else None
    if not isinstance(grip, dict) or not isinstance(name, str) or name not in grips:
        return values
    x, y = _coordinate(grip.get("x")), _coordinate(grip.get("y"))
    if x is None or y is None:
        return values
    changed = grips[name](values, x, y)
    return values | {name: inputs[name].read(value).value for name, value in changed.items()}


def _coordinate(given: object) -> float | None:
    """A number of the browser's, no text, at most 1e100 in size; None where it is none."""
    found = None if isinstance(given, str) else number(given)
    return None if found is None else max(-FARTHEST, min(found, FARTHEST))
