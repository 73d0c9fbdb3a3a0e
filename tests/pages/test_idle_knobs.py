"""A knob that does nothing in the present state says why, and one that says so does nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.stage import Stage
from tests.pages.test_lessons import ANY_CURVE, BOUNDARY, DESCENT, LESSONS

LONGEST = 40
SHARES = (0.0, 1.0, 0.3, 0.62)
# Not those whose pictures are trainings: they take long, and no knob of theirs waits for another.
CASES: list[tuple[str, dict[str, str]]] = [
    *((page, {}) for page in LESSONS),
    (ANY_CURVE, {"way": "least squares", "activation": "tanh"}),
    (ANY_CURVE, {"way": "random features", "activation": "ReLU"}),
    (ANY_CURVE, {"activation": "ReLU"}),
    (BOUNDARY, {"network": "two hidden neurons"}),
    (DESCENT, {"scene": "landscape"}),
    (DESCENT, {"scene": "one step"}),
]


def states(stage: Stage) -> Iterator[dict[str, Any]]:
    """The first state, those that differ from it in one choice, and those with one knob at 0 or its least."""
    first = {name: each.value for name, each in stage.inputs.items()}
    yield first
    for name, each in stage.inputs.items():
        others = each.options if isinstance(each, Choice) else ()
        ends = {each.snap(0.0), each.low} if isinstance(each, Knob) else set[Any]()
        yield from ({**first, name: other} for other in {*others, *ends} - {first[name]})


def same(one: Any, other: Any) -> bool:
    """Whether two pictures, or parts of them, are the same."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(each, other[name]) for name, each in one.items())
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, np.ndarray):
        return bool(np.array_equal(one, other, equal_nan=True))
    return bool(one == other)


def does_nothing(stage: Stage, state: dict[str, Any], name: str, shown: dict[str, Any]) -> bool:
    """Whether the picture stays as it is shown wherever the knob stands."""
    knob = stage.inputs[name]
    assert isinstance(knob, Knob)
    places = (knob.snap(knob.low + share * (knob.high - knob.low)) for share in SHARES)
    return all(same(shown, told(stage, {**state, name: place})) for place in places if place != state[name])


def told(stage: Stage, state: dict[str, Any]) -> dict[str, Any]:
    """What the picture tells the browser, what is cheap to compare first."""
    message = stage.picture(**state).message()
    return dict(sorted(message.items(), key=lambda part: part[0] == "plots"))


@pytest.mark.parametrize(("page", "query"), CASES)
def test_a_knob_says_that_it_does_nothing_where_it_does_nothing_and_nowhere_else(
    page: str, query: dict[str, str], stages: Any
) -> None:
    for stage in stages(page, **query).values():
        knobs = {name for name, each in stage.inputs.items() if isinstance(each, Knob)}
        for state in states(stage):
            shown = told(stage, state)
            said = {name for name, reason in shown["idle"].items() if reason}
            assert shown["idle"].keys() <= knobs
            assert {name for name in knobs if does_nothing(stage, state, name, shown)} == said, state
            assert max(map(len, shown["idle"].values()), default=0) <= LONGEST
