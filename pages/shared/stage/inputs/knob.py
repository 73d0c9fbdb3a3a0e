"""A knob takes a number on a scale."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from nn_core.numerals import number
from pages.shared.stage.inputs.colours import require_colours
from pages.shared.stage.inputs.reading import Reading, shown
from pages.shared.stage.inputs.scale import Scale, scale_of


@dataclass(frozen=True)
class Knob:
    """A number on a scale: low, low + step, ..., high.

    label: what it is called on screen, unique on the page.
    low, high, step, value: the scale and the number it starts with; value lies on the scale.
    colour: the palette's name of what it moves (see figures/theme.py).
    one_by_one: whether each of its pictures takes so long that there is no sweep, and none is tried.
    Raises ValueError where there is no such scale or colour, or `value` is not on the scale.
    """

    label: str
    low: float
    high: float
    value: float
    step: float
    colour: str = "ink"
    one_by_one: bool = False
    scale: Scale = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "scale", scale_of(self.label, self.low, self.high, self.step))
        if not math.isfinite(self.value) or self.snap(self.value) != self.value:
            raise ValueError(f"{self.label}: {self.value} is not on the scale {self.scale.ends}")
        require_colours(self.label, self.colour)

    @property
    def steps(self) -> tuple[float, ...]:
        """Every value the knob takes, from low to high."""
        return self.scale.steps

    def snap(self, number: float) -> float:
        """The value of the scale nearest to `number`."""
        return self.scale.snap(number)

    def read(self, given: object) -> Reading:
        """The number given, on the scale; a complaint where it is no number or lies outside."""
        found = number(given)
        if found is None:
            complaint = f"is not a number; {self.write(self.value)} stands."
            return Reading(self.value, f"{self.label}: {shown(given)} {complaint}")
        value = self.snap(found)
        if not self.scale.spans(found):
            complaint = f"is outside {self.scale.ends}; it is now {self.write(value)}."
            return Reading(value, f"{self.label}: {shown(given)} {complaint}")
        return Reading(value)

    def write(self, value: float) -> str:
        """The value as a link says it."""
        return self.scale.write(value)

    def spec(self) -> dict[str, Any]:
        """What the browser needs to know of it."""
        return {
            "kind": "knob", "label": self.label, **self.scale.spec(),
            "value": self.value, "colour": self.colour,
        }  # fmt: skip
