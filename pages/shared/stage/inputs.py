"""What a reader can set: a knob takes a number, a choice a name, a sketch a curve, points a labelled cloud.

Each input can read its value from text or from the browser (`read`), write it into a link (`write`) and
describe itself to the browser (`spec`). Whatever it reads, a valid value comes out, with a complaint
where the given one was not valid.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pages.shared.stage.matrix import Matrix
from pages.shared.stage.reading import Reading, decimals, number, shown, written

MOST_STEPS = 240


@dataclass(frozen=True)
class Knob:
    """A number on a scale: low, low + step, ..., high.

    label: what it is called on screen, unique on the page.
    low, high, step, value: the scale and the number it starts with; value lies on the scale.
    colour: the palette's name of what it moves (see figures/theme.py).
    Raises ValueError where the scale is empty, too long (more than 240 values) or misses `value`.
    """

    label: str
    low: float
    high: float
    value: float
    step: float
    colour: str = "ink"
    digits: int = field(init=False)

    def __post_init__(self) -> None:
        scale = (self.low, self.high, self.step)
        if not all(map(math.isfinite, scale)) or not self.low < self.high or self.step <= 0:
            raise ValueError(
                f"{self.label}: low must be less than high and step positive, all finite, "
                f"got low={self.low}, high={self.high} and step={self.step}"
            )
        object.__setattr__(self, "digits", max(decimals(self.step), decimals(self.low)))
        if self.count > MOST_STEPS:
            raise ValueError(f"{self.label}: at most {MOST_STEPS} values, got {self.count}")
        if not math.isfinite(self.value) or self.snap(self.value) != self.value:
            raise ValueError(f"{self.label}: {self.value} is not on the scale {self.scale()}")

    @property
    def count(self) -> int:
        """How many values the knob takes."""
        return math.floor((self.high - self.low) / self.step + 1e-9) + 1

    @property
    def steps(self) -> tuple[float, ...]:
        """Every value the knob takes, from low to high."""
        return tuple(self._at(index) for index in range(self.count))

    def snap(self, number: float) -> float:
        """The value of the scale nearest to `number`."""
        index = round((min(max(number, self.low), self.high) - self.low) / self.step)
        return self._at(min(index, self.count - 1))

    def read(self, given: object) -> Reading:
        """The number given, on the scale; a complaint where it is no number or lies outside."""
        found = number(given)
        if found is None:
            complaint = f"is not a number; {self.write(self.value)} stands."
            return Reading(self.value, f"{self.label}: {shown(given)} {complaint}")
        value = self.snap(found)
        if not self.low <= found <= self.high:
            complaint = f"is outside {self.scale()}; it is now {self.write(value)}."
            return Reading(value, f"{self.label}: {shown(given)} {complaint}")
        return Reading(value)

    def write(self, value: float) -> str:
        """The value as a link says it."""
        return written(value, self.digits)

    def spec(self) -> dict[str, Any]:
        """What the browser needs to know of it."""
        return {
            "kind": "knob", "label": self.label, "low": self.low, "high": self.steps[-1],
            "step": self.step, "digits": self.digits, "count": self.count,
            "value": self.value, "colour": self.colour,
        }  # fmt: skip

    def scale(self) -> str:
        """Its two ends as text."""
        return f"{written(self.low, self.digits)} to {written(self.high, self.digits)}"

    def _at(self, index: int) -> float:
        return round(self.low + index * self.step, self.digits) + 0.0


@dataclass(frozen=True)
class Choice:
    """One of a few names.

    Raises ValueError where `value` is not among the options, or two of them differ in case alone.
    """

    label: str
    options: Sequence[str]
    value: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", tuple(self.options))
        if len({option.casefold() for option in self.options}) < len(self.options):
            raise ValueError(f"{self.label}: options differ in more than case, got {', '.join(self.options)}")
        if self.value not in self.options:
            raise ValueError(f"{self.label}: {self.value!r} is not one of {', '.join(self.options)}")

    @property
    def steps(self) -> tuple[str, ...]:
        """Every name it takes."""
        return tuple(self.options)

    def read(self, given: object) -> Reading:
        """The name given, in any case; a complaint where it is not among the options."""
        for option in self.options:
            if str(given).casefold() == option.casefold():
                return Reading(option)
        options = ", ".join(self.options)
        return Reading(
            self.value,
            f"{self.label}: {shown(given)} is not one of {options}; {self.value} stands.",
        )

    def write(self, value: str) -> str:
        """The name as a link says it."""
        return value

    def spec(self) -> dict[str, Any]:
        """What the browser needs to know of it."""
        return {
            "kind": "choice", "label": self.label, "options": list(self.options), "value": self.value,
        }  # fmt: skip


@dataclass(frozen=True)
class Sketch:
    """A curve drawn with the pointer: a height for each of `cells` equal parts of `domain`, on one plot.

    A cell that was not drawn is None. Heights lie on the scale low, low + step, ..., high.
    first: the heights it starts with; without them nothing is drawn at first.
    """

    label: str
    domain: tuple[float, float]
    cells: int
    low: float
    high: float
    step: float
    plot: int = 0
    first: tuple[float | None, ...] = ()

    def __post_init__(self) -> None:
        first = self.first or (None,) * self.cells
        if len(first) != self.cells:
            raise ValueError(f"{self.label}: {self.cells} first heights are needed, got {len(first)}")
        snapped = (None if height is None else self._heights.snap(height) for height in first)
        object.__setattr__(self, "first", tuple(snapped))

    @property
    def value(self) -> tuple[float | None, ...]:
        """What it starts with."""
        return self.first

    @property
    def _heights(self) -> Knob:
        return Knob(self.label, self.low, self.high, value=self.low, step=self.step)

    def read(self, given: object) -> Reading:
        """The heights given, as a list or as text with commas; a complaint where one is no height."""
        parts = given.split("~") if isinstance(given, str) else given
        if not isinstance(parts, list | tuple) or len(parts) != self.cells:
            return Reading(
                self.value, f"{self.label}: {self.cells} heights are needed; the first drawing stands."
            )
        drawn = []
        for part in parts:
            height = Reading(None) if part in (None, "") else self._heights.read(part)
            if height.complaint:
                rule = f"is no height from {self._heights.scale()}; the first drawing stands."
                return Reading(self.value, f"{self.label}: {shown(part)} {rule}")
            drawn.append(height.value)
        return Reading(tuple(drawn))

    def write(self, value: Sequence[float | None]) -> str:
        """The heights as a link says them."""
        digits = self._heights.digits
        return "~".join("" if height is None else written(height, digits) for height in value)

    def spec(self) -> dict[str, Any]:
        """What the browser needs to know of it."""
        return {
            "kind": "sketch", "label": self.label, "domain": list(self.domain), "cells": self.cells,
            "low": self.low, "high": self.high, "step": self.step, "plot": self.plot,
            "digits": self._heights.digits, "value": list(self.value),
        }  # fmt: skip


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


Input = Knob | Choice | Sketch | Points | Matrix
