"""Moves: all that one hand can change at once on a stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.input import Input
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.matrix import Matrix

State = Mapping[str, Any]

# A knob is first tried at so many values; a cell of a matrix is tried at these.
FEW = 24
CELLS = tuple(float(each) for each in range(-9, 10))


@dataclass(frozen=True)
class Move:
    """One input set to another value.

    name: of the input. far: how far that is, as a share of its scale. cell: which one of a matrix is set.
    """

    name: str
    value: Any
    far: float
    cell: tuple[int, int] | None = None

    def made(self, state: State) -> dict[str, Any]:
        """The state after the move."""
        return {**state, self.name: self.value}


def moves(inputs: Mapping[str, Input], state: State) -> Iterator[Sequence[Move]]:
    """For every input that can be searched, or cell of one, all its moves, in the order of its values.

    What takes a training for each value, or a hand that draws, cannot.
    """
    for name, each in inputs.items():
        if isinstance(each, Matrix):
            yield from _cells(name, state[name])
        elif isinstance(each, Choice):
            yield [Move(name, option, 1.0) for option in each.steps if option != state[name]]
        elif isinstance(each, Knob) and not each.one_by_one:
            yield _turns(name, each, state[name])


def move(inputs: Mapping[str, Input], state: State, name: str, value: Any) -> Move:
    """The move that sets an input to a value."""
    each = inputs[name]
    return Move(name, value, _share(each, state[name], value) if isinstance(each, Knob) else 1.0)


def _turns(name: str, knob: Knob, value: float) -> list[Move]:
    return [Move(name, each, _share(knob, value, each)) for each in knob.steps if each != value]


def _share(knob: Knob, one: float, other: float) -> float:
    return abs(one - other) / (knob.high - knob.low)


def _cells(name: str, rows: Sequence[Sequence[float]]) -> Iterator[list[Move]]:
    for row, column in product(range(len(rows)), range(len(rows[0]))):
        now = rows[row][column]
        yield [
            Move(name, _with(rows, row, column, number), abs(number - now) / len(CELLS), (row, column))
            for number in CELLS
            if number != now
        ]


def _with(rows: Sequence[Sequence[float]], row: int, column: int, number: float) -> tuple[Any, ...]:
    """The rows with that number in one of their cells."""
    return tuple(
        tuple(number if (i, j) == (row, column) else cell for j, cell in enumerate(cells))
        for i, cells in enumerate(rows)
    )
