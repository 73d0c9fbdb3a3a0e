"""A scale: the numbers low, low + step, ..., high."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from nn_core.numerals import number
from pages.shared.stage.inputs.reading import written

MOST_STEPS = 240


@dataclass(frozen=True)
class Scale:
    """The numbers low, low + step, ..., up to high: all that an input on it can be set to.

    digits: how many decimals they need. count: how many they are.
    The browser has the same rules in static/scale.js.
    Raises ValueError where the scale is empty or too long (more than 240 values).
    """

    low: float
    high: float
    step: float
    digits: int = field(init=False)
    count: int = field(init=False)

    def __post_init__(self) -> None:
        if not all(map(math.isfinite, (self.low, self.high, self.step))) or not (
            self.low < self.high and self.step > 0
        ):
            raise ValueError(
                "low must be less than high and step positive, all finite, "
                f"got low={self.low}, high={self.high} and step={self.step}"
            )
        object.__setattr__(self, "digits", max(_decimals(self.step), _decimals(self.low)))
        object.__setattr__(self, "count", math.floor((self.high - self.low) / self.step + 1e-9) + 1)
        if self.count > MOST_STEPS:
            raise ValueError(f"at most {MOST_STEPS} values, got {self.count}")

    @property
    def steps(self) -> tuple[float, ...]:
        """Every value, from low to high."""
        return tuple(self.at(index) for index in range(self.count))

    def at(self, index: int) -> float:
        """The value of that index: low + index step, and no minus before a zero."""
        return round(self.low + index * self.step, self.digits) + 0.0

    def index(self, number: float) -> int:
        """The index of the value nearest to `number`: floor((number - low) / step + 1/2), on the scale."""
        return math.floor(min(max((number - self.low) / self.step + 0.5, 0), self.count - 1))

    def snap(self, number: float) -> float:
        """The value nearest to `number`; of two equally near the upper one."""
        return self.at(self.index(number))

    def spans(self, number: float) -> bool:
        """Whether `number` lies between the two ends."""
        return self.low <= number <= self.high

    def read(self, given: object) -> float | None:
        """The value nearest to the number given; None where that is no number between the two ends."""
        found = number(given)
        return None if found is None or not self.spans(found) else self.snap(found)

    def write(self, value: float) -> str:
        """The value as a link says it."""
        return written(value, self.digits)

    @property
    def ends(self) -> str:
        """Its two ends as text, such as "-1 to 1"."""
        return f"{self.write(self.low)} to {self.write(self.high)}"

    def spec(self) -> dict[str, Any]:
        """What the browser needs to know of it."""
        return {
            "low": self.low, "high": self.at(self.count - 1), "step": self.step,
            "digits": self.digits, "count": self.count,
        }  # fmt: skip


def scale_of(label: str, low: float, high: float, step: float) -> Scale:
    """The scale of the input with that label, which what is wrong with the scale begins with."""
    try:
        return Scale(low, high, step)
    except ValueError as error:
        raise ValueError(f"{label}: {error}") from None


def _decimals(step: float) -> int:
    exponent = Decimal(str(step)).normalize().as_tuple().exponent
    return max(0, -int(exponent))
