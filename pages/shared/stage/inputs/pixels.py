"""Pixels take a small picture, drawn with the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from nn_core.numerals import number
from pages.shared.stage.inputs.colours import require_colours
from pages.shared.stage.inputs.reading import Reading, shown

STAND = "; nothing is drawn."
# A link says the level of a pixel by one of these.
FIGURES = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Pixels:
    """A picture of rows x columns pixels, drawn with the pointer on one plot: for each a level of ink.

    Pixel (i, j) stands at x = j, y = -i of the plot. Levels go from 0 for paper to levels - 1 for ink, and
    are 0 at first. colour: the palette's name of its ink. Raises ValueError where there is no such colour,
    there is no pixel, or levels are fewer than 2 or more than 36.
    """

    label: str
    rows: int
    columns: int
    levels: int
    plot: int = 0
    colour: str = "ink"
    steps: ClassVar[None] = None

    def __post_init__(self) -> None:
        require_colours(self.label, self.colour)
        if min(self.rows, self.columns) < 1 or not 2 <= self.levels <= len(FIGURES):
            raise ValueError(
                f"{self.label}: there must be pixels, of 2 to {len(FIGURES)} levels, "
                f"got {self.rows} × {self.columns} of {self.levels} levels"
            )

    @property
    def count(self) -> int:
        """How many pixels there are."""
        return self.rows * self.columns

    @property
    def value(self) -> tuple[int, ...]:
        """What it starts with: nothing is drawn."""
        return (0,) * self.count

    def read(self, given: object) -> Reading:
        """The levels given, row after row, as a list or as text; a complaint where one is no level."""
        parts = self._parts(given) if isinstance(given, str) else given
        if not isinstance(parts, list | tuple) or len(parts) != self.count:
            rule = f"{self.rows} × {self.columns} pixels are needed"
            return Reading(self.value, f"{self.label}: {rule}{STAND}")
        levels = [self._level(part) for part in parts]
        if None in levels:
            rule = f"is no level of ink from 0 to {self.levels - 1}{STAND}"
            return Reading(self.value, f"{self.label}: {shown(parts[levels.index(None)])} {rule}")
        return Reading(tuple(levels))

    def _parts(self, text: str) -> list[object]:
        """The levels that a link says; where it ends, or was cut, nothing is drawn from there on."""
        said = [FIGURES.index(each) if each in FIGURES[: self.levels] else each for each in text]
        return [*said, *[0] * (self.count - len(said))]

    def _level(self, given: object) -> int | None:
        found = number(given)
        return int(found) if found is not None and found in range(self.levels) else None

    def write(self, value: Sequence[int]) -> str:
        """The levels as a link says them, a letter or digit for each, up to the last pixel that has ink."""
        return "".join(FIGURES[level] for level in value).rstrip("0") or "0"

    def spec(self) -> dict[str, Any]:
        """What the browser needs to know of it."""
        return {
            "kind": "pixels", "label": self.label, "rows": self.rows, "columns": self.columns,
            "levels": self.levels, "plot": self.plot, "colour": self.colour, "value": list(self.value),
        }  # fmt: skip
