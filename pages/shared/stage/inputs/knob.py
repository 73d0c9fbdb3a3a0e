"""A knob takes a number on a scale."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from pages.shared.stage.inputs.reading import Reading, decimals, number, shown, written

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
