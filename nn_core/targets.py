"""A target is a function for a network to approximate."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nn_core.activations import FloatArray


@dataclass(frozen=True, slots=True)
class Target:
    """A function f of one input on an interval.

    Attributes:
        name: what it is called in menus and links.
        formula: f(x) in LaTeX in the letter x, the right-hand side only.
        function: f, from float64 arrays of any shape to arrays of that shape.
        domain: the two ends of the interval, in units of x.
    """

    name: str
    formula: str
    function: Callable[[FloatArray], FloatArray]
    domain: tuple[float, float]

    def __call__(self, x: FloatArray) -> FloatArray:
        """The values f(x), in the shape of x."""
        return self.function(x)


def nielsens_goal(x: FloatArray) -> FloatArray:
    """A wavy climb: 0.2 + 0.4 x^2 + 0.3 x sin(15 x) + 0.05 cos(50 x).

    Source: M. Nielsen, Neural Networks and Deep Learning (2015), chapter 4.
    """
    values: FloatArray = 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15.0 * x) + 0.05 * np.cos(50.0 * x)
    return values


def one_wave(x: FloatArray) -> FloatArray:
    """One period of a sine over [0, 1]: sin(2 pi x)."""
    values: FloatArray = np.sin(2.0 * np.pi * x)
    return values


NIELSENS_GOAL = Target(
    "Nielsen's goal",
    r"0.2 + 0.4\,x^2 + 0.3\,x \sin(15\,x) + 0.05 \cos(50\,x)",
    nielsens_goal,
    (0.0, 1.0),
)
ONE_WAVE = Target("one wave", r"\sin(2\pi x)", one_wave, (0.0, 1.0))

TARGETS: dict[str, Target] = {target.name: target for target in (NIELSENS_GOAL, ONE_WAVE)}
