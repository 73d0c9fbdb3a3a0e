"""Telling: a hint in three steps, which control, which way and how far."""

from __future__ import annotations

from dataclasses import dataclass

from pages.shared.numbers import short
from pages.shared.stage.hints.answering import chosen, done_by, question, told
from pages.shared.stage.hints.moves import Move, State
from pages.shared.stage.hints.search import Goals, Search, Way, way
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.input import Input


@dataclass(frozen=True)
class Hint:
    """A hint for a task: what it says, step by step, and the input that it is about, if it found one.

    answer: how the task is done, for those who have tried it on paper.
    """

    task: str
    name: str | None
    says: tuple[str, ...]
    answer: str


def hint(search: Search, state: State, goals: Goals) -> Hint:
    """What to move first from this state, so that the task of the search is done, or comes nearer."""
    asked = question(search)
    if asked is not None:
        return Hint(search.task, None, (), chosen(search, state, asked))
    found, ends = way(search, state, goals)
    answer = done_by(search, state, found, ends)
    if not found:
        says = "It is done already." if ends else _nothing(len(search.known))
        return Hint(search.task, None, (says,), answer)
    first = found[0]
    moved = search.inputs[first.name]
    steps = _which(moved, found, ends), _direction(moved, state, first), _distance(moved, found, ends)
    return Hint(search.task, first.name, steps, answer)


def _nothing(tried: int) -> str:
    return (
        f"No way was found with these controls; {tried} settings were tried. If there are menus above the "
        "picture, one of them may have to change first. Or it cannot be done here."
    )


def _which(moved: Input, found: Way, ends: bool) -> str:
    """Which control, and how many there are to move."""
    if not ends:
        return f"No way to the end was found from here. It comes nearer with: {moved.label}."
    if len(found) == 1:
        return f"One control is enough: {moved.label}."
    return f"No single control does it: {len(found)} have to change. Begin with: {moved.label}."


def _direction(moved: Input, state: State, first: Move) -> str:
    """Which way."""
    before, after = state[first.name], first.value
    if isinstance(moved, Choice):
        later = moved.steps.index(after) > moved.steps.index(before)
        return f"Not {before}: take one further to the {'right' if later else 'left'} in its row."
    if first.cell is None:
        return f"Turn it {'up' if after > before else 'down'} from {told(moved, before)}."
    row, column = first.cell
    up = after[row][column] > before[row][column]
    where = f"row {row + 1}, column {column + 1}"
    return f"Make the number in {where} {'larger' if up else 'smaller'} than {short(before[row][column])}."


def _distance(moved: Input, found: Way, ends: bool) -> str:
    """How far, and what is so then."""
    first = found[0]
    there = first.value if first.cell is None else first.value[first.cell[0]][first.cell[1]]
    then = "that does it" if len(found) == 1 else "then ask for the next hint"
    return f"Set it to {told(moved, there)}: {then if ends else 'that is the nearest'}."
