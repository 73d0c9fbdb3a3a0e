"""Hints lead from any state to one in which the task is done, or say that they know no way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.shared.stage.hints import search as searching
from pages.shared.stage.hints.search import Goals, Search, Way, way
from pages.shared.stage.hints.telling import Hint, hint
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.matrix import Matrix
from pages.shared.stage.picture import Picture, Verdict

TASK = "Bring it there."
INPUTS: Mapping[str, Any] = {
    "kind": Choice("kind", ("round", "square"), "round"),
    "across": Knob("across", -5, 5, value=0.0, step=0.1),
    "up": Knob("up", 0, 10, value=0.0, step=0.1),
    "asleep": Knob("asleep", 0, 1, value=0.0, step=0.1),
}
states = st.fixed_dictionaries({name: st.sampled_from(each.steps) for name, each in INPUTS.items()})
few = settings(max_examples=6)


def told(done: bool, miss: float | None) -> Picture:
    return Picture([], f"{miss}", tasks={TASK: Verdict(done, f"{miss}", miss)})


def measured(kind: str, across: float, up: float, asleep: float) -> Picture:
    """Done at a single setting of three controls, and each of them alone brings it nearer."""
    miss = abs(across - 2.3) + abs(up - 7.1) + (kind != "square")
    return told(miss == 0, miss)


def silent(kind: str, across: float, up: float, asleep: float) -> Picture:
    """Done where three controls are right, and nothing is measured on the way."""
    return told(kind == "square" and across > 4 and up > 9, None)


def never(kind: str, across: float, up: float, asleep: float) -> Picture:
    """Done nowhere; nearest at across = 1."""
    return told(False, 1 + abs(across - 1))


def nowhere(state: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    return ()


def far_corner(state: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """All controls at their ends, the one that does nothing, too."""
    yield {"kind": "square", "across": 5.0, "up": 10.0, "asleep": 1.0}


def found(draw: Any, state: Mapping[str, Any], goals: Goals = nowhere) -> tuple[Way, bool]:
    return way(Search(draw, INPUTS, TASK), state, goals)


@pytest.mark.parametrize(("draw", "goals"), [(measured, nowhere), (silent, far_corner)])
def test_whoever_follows_the_hints_gets_there_with_fewer_moves_to_go_each_time(
    draw: Any, goals: Goals
) -> None:
    @few
    @given(states)
    def follow(state: dict[str, Any]) -> None:
        left = len(INPUTS) + 1
        while not draw(**state).tasks[TASK].done:
            moves, ends = found(draw, state, goals)
            assert ends
            assert len(moves) < left
            left, state = len(moves), moves[0].made(state)

    follow()


@few
@given(states)
def test_where_there_is_no_way_a_hint_brings_it_nearer_or_says_that_it_knows_none(
    state: dict[str, Any],
) -> None:
    moves, ends = found(never, state)
    assert not ends
    assert bool(moves) == (state["across"] != 1.0)
    for move in moves:
        assert move.made(state)["across"] == 1.0


@few
@given(states)
def test_a_hint_names_no_control_that_changes_nothing(state: dict[str, Any]) -> None:
    for draw in (measured, silent, never):
        said = hint(Search(draw, INPUTS, TASK), state, far_corner)
        assert said.name != "asleep"
        assert not any("asleep" in step for step in said.says)


def said(draw: Any, **state: Any) -> Hint:
    whole = {name: each.value for name, each in INPUTS.items()} | state
    return hint(Search(draw, INPUTS, TASK), whole, nowhere)


def test_its_three_steps_are_which_way_and_how_far() -> None:
    alone = said(measured, kind="square", up=7.1)
    assert alone.says == (
        "One control is enough: across.",
        "Turn it up from 0.0.",
        "Set it to 2.3: that does it.",
    )
    several = said(measured, up=7.1)
    assert several.says[0].startswith("No single control does it: 2 have to change.")
    assert several.says[2].endswith("then ask for the next hint.")
    chosen = said(measured, across=2.3, up=7.1)
    assert chosen.says[1] == "Not round: take one further to the right in its row."
    assert len(said(never, across=1.0).says) == 1


def test_of_the_moves_that_do_it_the_nearest_is_told() -> None:
    def wide(kind: str, across: float, up: float, asleep: float) -> Picture:
        return told(across >= 1 or up >= 9, None)

    assert said(wide).says[2] == "Set it to 1.0: that does it."


def test_a_number_of_a_matrix_is_told_by_its_place() -> None:
    inputs: Any = {"x": Matrix("input x", ((1.0, 5.0),), "the sample", "an input")}

    def doubled(x: tuple[tuple[float, ...], ...]) -> Picture:
        return told(x[0][1] == -2, None)

    says = hint(Search(doubled, inputs, TASK), {"x": ((1.0, 5.0),)}, nowhere).says
    assert says[1:] == (
        "Make the number in row 1, column 2 smaller than 5.",
        "Set it to −2: that does it.",
    )


def test_where_there_is_no_time_it_says_what_was_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST_SECONDS", -1.0)
    assert said(measured).name is None


def test_on_the_way_to_a_known_state_what_is_right_already_is_left_as_it_is() -> None:
    here = {"kind": "round", "across": 4.5, "up": 0.0, "asleep": 0.0}
    moves, ends = found(silent, here, far_corner)
    assert ends
    assert [each.name for each in moves] == ["kind", "up"]
