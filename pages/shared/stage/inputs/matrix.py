"""A matrix: a table of numbers, each a cell to type into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from nn_core.numerals import number
from pages.shared.numbers import short
from pages.shared.stage.inputs.colours import require_colours
from pages.shared.stage.inputs.reading import BETWEEN_CELLS, Reading, linked_rows, rows_of, shown, written

LARGEST = 999.0
DIGITS = 3
STAND = "; the first numbers stand."

Rows = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Matrix:
    """A table of numbers from -999 to 999, each with at most three decimals; its shape is that of `first`.

    label: what it is called on screen, unique on the page. first: the rows it starts with. row, column: what
    one of them stands for, such as "an input". colour: the palette's name of what it moves.
    Raises ValueError where there is no such colour, or `first` is empty, has rows of different lengths, or a
    number that is none of those.
    """

    label: str
    first: Rows
    row: str = "a row"
    column: str = "a column"
    colour: str = "ink"
    steps: ClassVar[None] = None

    def __post_init__(self) -> None:
        require_colours(self.label, self.colour)
        if not self.first or not self.first[0]:
            raise ValueError(f"{self.label}: there must be a number, got {self.first}")
        rows, complaint = self.read(self.first)
        if complaint:
            raise ValueError(complaint.removesuffix(STAND))
        object.__setattr__(self, "first", rows)

    @property
    def value(self) -> Rows:
        """What it starts with."""
        return self.first

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns it has."""
        return len(self.first), len(self.first[0])

    def read(self, given: object) -> Reading:
        """The rows given, as lists or as a link says them; a complaint where shape or number is wrong."""
        rows = _rows(given)
        if rows is None or {len(row) for row in rows} != {self.shape[1]} or len(rows) != self.shape[0]:
            return Reading(self.first, self._misfit(shown(given) if rows is None else _shape(rows)))
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                found = number(cell)
                if found is None or abs(found) > LARGEST:
                    rule = f"is no number from {short(-LARGEST)} to {short(LARGEST)}{STAND}"
                    place = f"row {i + 1}, column {j + 1}"
                    return Reading(self.first, f"{self.label}, {place}: {shown(cell)} {rule}")
        return Reading(tuple(tuple(_rounded(cell) for cell in row) for row in rows))

    def _misfit(self, given: object) -> str:
        rows, columns = self.shape
        meaning = f"{rows} × {columns}, a row for {self.row} and a column for {self.column}"
        return f"{self.label} must be {meaning}, got {given}{STAND}"

    def write(self, value: Rows) -> str:
        """The rows as a link says them."""
        return linked_rows((written(cell, DIGITS) for cell in row) for row in value)

    def spec(self) -> dict[str, Any]:
        """What the browser needs to know of it."""
        return {
            "kind": "matrix", "label": self.label, "row": self.row, "column": self.column, "digits": DIGITS,
            "largest": LARGEST, "colour": self.colour, "value": [list(row) for row in self.first],
        }  # fmt: skip


def _rounded(cell: object) -> float:
    return round(number(cell) or 0.0, DIGITS) + 0.0


def _rows(given: object) -> list[Sequence[object]] | None:
    """The cells, row by row; None where there are no rows."""
    if isinstance(given, str):
        return [row.split(BETWEEN_CELLS) for row in rows_of(given)]
    if isinstance(given, list | tuple) and given and all(isinstance(row, list | tuple) for row in given):
        return list(given)
    return None


def _shape(rows: Sequence[Sequence[object]]) -> str:
    """How many rows and columns there are, in words where the rows differ."""
    lengths = [len(row) for row in rows]
    if len(set(lengths)) == 1:
        return f"{len(rows)} × {lengths[0]}"
    return "rows of " + ", ".join(map(str, lengths[:8])) + " numbers"
