"""Points take a cloud of labelled points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from nn_core.numerals import number
from pages.shared.stage.inputs.colours import require_colours
from pages.shared.stage.inputs.reading import BETWEEN_CELLS, Reading, linked_rows, rows_of, shown
from pages.shared.stage.inputs.scale import Scale, scale_of

STAND = "; the first ones stand."

Point = tuple[float, float, int]


@dataclass(frozen=True)
class Points:
    """Labelled points in a plot: clicked into it, dragged and removed. Each is x, y and a class, 0 or 1.

    Both coordinates lie on the scale low, low + step, ..., high. classes: the names of the two classes, with
    colours from the palette. most: how many points there may be. first: those it starts with.
    Raises ValueError where there is no such scale or colour, or `first` holds what is no point on the scale,
    or more than `most`.
    """

    label: str
    low: float
    high: float
    step: float
    classes: tuple[str, str]
    colours: tuple[str, str]
    most: int
    plot: int = 0
    first: tuple[Point, ...] = ()
    scale: Scale = field(init=False, repr=False, compare=False)
    steps: ClassVar[None] = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "scale", scale_of(self.label, self.low, self.high, self.step))
        require_colours(self.label, *self.colours)
        points, complaint = self.read(self.first)
        if complaint:
            raise ValueError(complaint.removesuffix(STAND))
        object.__setattr__(self, "first", points)

    @property
    def value(self) -> tuple[Point, ...]:
        """What it starts with."""
        return self.first

    def read(self, given: object) -> Reading:
        """The points given, as a list or as text; a complaint where one is no point or there are too many."""
        parts = [row for row in rows_of(given) if row] if isinstance(given, str) else given
        if not isinstance(parts, list | tuple):
            return self._refused(f"{shown(given)} holds no points")
        if len(parts) > self.most:
            return self._refused(f"there are at most {self.most} points, got {len(parts)}")
        points = [self._point(part) for part in parts]
        if None in points:
            rule = f"is no point with coordinates from {self.scale.ends} and a class 0 or 1"
            return self._refused(f"{shown(parts[points.index(None)])} {rule}")
        return Reading(tuple(points))

    def _refused(self, complaint: str) -> Reading:
        return Reading(self.first, f"{self.label}: {complaint}{STAND}")

    def _point(self, given: object) -> Point | None:
        numbers = given.split(BETWEEN_CELLS) if isinstance(given, str) else given
        if not isinstance(numbers, list | tuple) or len(numbers) != 3:
            return None
        x, y, kind = self.scale.read(numbers[0]), self.scale.read(numbers[1]), number(numbers[2])
        return None if x is None or y is None or kind not in (0, 1) else (x, y, int(kind))

    def write(self, value: Sequence[Point]) -> str:
        """The points as a link says them."""
        return linked_rows((self.scale.write(x), self.scale.write(y), str(kind)) for x, y, kind in value)

    def spec(self) -> dict[str, Any]:
        """What the browser needs to know of it."""
        return {
            "kind": "points", "label": self.label, **self.scale.spec(), "classes": list(self.classes),
            "colours": list(self.colours), "most": self.most, "plot": self.plot,
            "value": [list(point) for point in self.value],
        }  # fmt: skip
