"""Points take a cloud of labelled points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.reading import Reading, number, shown, written

Point = tuple[float, float, int]


@dataclass(frozen=True)
class Points:
    """Labelled points in a plot: clicked into it, dragged and removed. Each is x, y and a class, 0 or 1.

    Both coordinates lie on the scale low, low + step, ..., high. classes: the names of the two classes, with
    colours from the palette. most: how many points there may be. first: those it starts with.
    Raises ValueError where `first` holds what is no point on the scale, or more than `most`.
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

    def __post_init__(self) -> None:
        points, complaint = self.read(self.first)
        if complaint:
            raise ValueError(complaint.removesuffix("; the first ones stand."))
        object.__setattr__(self, "first", points)

    @property
    def value(self) -> tuple[Point, ...]:
        """What it starts with."""
        return self.first

    @property
    def _scale(self) -> Knob:
        return Knob(self.label, self.low, self.high, value=self.low, step=self.step)

    def read(self, given: object) -> Reading:
        """The points given, as a list or as text; a complaint where one is no point or there are too many."""
        parts = [part for part in given.split("~") if part] if isinstance(given, str) else given
        if not isinstance(parts, list | tuple):
            return Reading(self.value, f"{self.label}: {shown(given)} holds no points; the first ones stand.")
        if len(parts) > self.most:
            rule = f"there are at most {self.most} points, got {len(parts)}; the first ones stand."
            return Reading(self.value, f"{self.label}: {rule}")
        points = [self._point(part) for part in parts]
        if None in points:
            rule = f"is no point with coordinates from {self._scale.scale()} and a class 0 or 1"
            wrong = shown(parts[points.index(None)])
            return Reading(self.value, f"{self.label}: {wrong} {rule}; the first ones stand.")
        return Reading(tuple(points))

    def _point(self, given: object) -> Point | None:
        numbers = given.split("_") if isinstance(given, str) else given
        if not isinstance(numbers, list | tuple) or len(numbers) != 3:
            return None
        x, y = (self._scale.read(number) for number in numbers[:2])
        kind = number(numbers[2])
        return None if x.complaint or y.complaint or kind not in (0, 1) else (x.value, y.value, int(kind))

    def write(self, value: Sequence[Point]) -> str:
        """The points as a link says them."""
        digits = self._scale.digits
        return "~".join(f"{written(x, digits)}_{written(y, digits)}_{kind}" for x, y, kind in value)

    def spec(self) -> dict[str, Any]:
        """What the browser needs to know of it."""
        return {
            "kind": "points", "label": self.label, "low": self.low, "high": self.high, "step": self.step,
            "digits": self._scale.digits, "classes": list(self.classes), "colours": list(self.colours),
            "most": self.most, "plot": self.plot, "value": [list(point) for point in self.value],
        }  # fmt: skip
