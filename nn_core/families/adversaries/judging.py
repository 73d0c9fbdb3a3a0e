"""What the best judge of two bells says, how far apart they are by it, and where it draws the generator."""

from __future__ import annotations

from dataclasses import dataclass
from math import erf, exp, isfinite, log, pi, sqrt

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.families.adversaries.rivals import Goal, affine, generator_slope, quadratic, squares
from nn_core.families.chains import Chain, dense
from nn_core.grids import column, line
from nn_core.networks.network import Network

# The mean over a normal number is a weighted sum over these places, nearly to rounding for what is smooth.
PLACES = line((-9.0, 9.0), 721)
WEIGHTS = np.exp(-(PLACES**2) / 2.0) / np.exp(-(PLACES**2) / 2.0).sum()


@dataclass(frozen=True, slots=True)
class Bell:
    """A normal distribution.

    Attributes:
        mean: finite.
        width: its standard deviation, above 0.

    Raises:
        ValueError: if mean or width is not as said.
    """

    mean: float
    width: float

    def __post_init__(self) -> None:
        """Check the numbers."""
        if not isfinite(self.mean) or not 0.0 < self.width < float("inf"):
            raise ValueError(
                f"mean must be finite and width above 0, got mean={self.mean} and width={self.width}"
            )

    def density(self, x: FloatArray) -> FloatArray:
        """e^(-(x - mean)^2 / (2 width^2)) / (width sqrt(2 pi)), in the shape of x."""
        values: FloatArray = np.exp(-(((x - self.mean) / self.width) ** 2) / 2.0)
        return values / (self.width * sqrt(2.0 * pi))

    @property
    def places(self) -> FloatArray:
        """Where it is looked at, with the WEIGHTS of a mean over it, shape (n, 1)."""
        return column(self.mean + self.width * PLACES)


def best_judge(genuine: Bell, made: Bell) -> Chain:
    """The judge whose logit is ln(p/q), so that its sigmoid is D* = p / (p + q): no other makes V larger.

    Of bells p and q that logit is quadratic: a neuron that reads x - c and (x - c)^2, c the genuine mean.
    Source: Goodfellow and others (2014), proposition 1.
    """
    first, second, bias = _logit(genuine, made)
    return quadratic(genuine.mean, (first, second), bias)


def best_network(genuine: Bell, made: Bell) -> Network:
    """D* = p / (p + q) itself, as the layers of `squares`."""
    return squares(genuine.mean, np.array(_logit(genuine, made)))


def _logit(genuine: Bell, made: Bell) -> tuple[float, float, float]:
    """w_1, w_2 and b of ln(p/q) = w_1 (x - c) + w_2 (x - c)^2 + b, c the genuine mean."""
    away, sharpness = genuine.mean - made.mean, 1.0 / made.width**2
    bias = log(made.width / genuine.width) + away**2 * sharpness / 2.0
    return away * sharpness, (sharpness - 1.0 / genuine.width**2) / 2.0, bias


def value(judge: Chain, genuine: Bell, made: Bell) -> float:
    """V = mean of ln D over the genuine + mean of ln(1 - D) over the made, for D = sigmoid(logit)."""
    true, false = judge(genuine.places)[:, 0], judge(made.places)[:, 0]
    return -float(WEIGHTS @ np.logaddexp(0.0, -true) + WEIGHTS @ np.logaddexp(0.0, false))


def shannon(genuine: Bell, made: Bell) -> float:
    """The Jensen-Shannon divergence: (V of the best judge + ln 4) / 2, from 0 for equal bells to below ln 2.

    It is the mean of the divergences KL(p, m) and KL(q, m) from the mixture m = (p + q) / 2.
    """
    return max(0.0, value(best_judge(genuine, made), genuine, made) / 2.0 + log(2.0))


def transport(genuine: Bell, made: Bell) -> float:
    """The Wasserstein distance W_1: how far one bell is carried to become the other."""
    return carried(made.mean - genuine.mean, made.width - genuine.width)


def carried(m: float, s: float) -> float:
    """How far a bell is carried on average to become one whose mean is larger by m and width by s, at best.

    On a line it is best to keep the order, so it is the mean of |m + s z| over a normal z:
    |s| sqrt(2/pi) e^(-m^2 / (2 s^2)) + m erf(m / (|s| sqrt 2)), and |m| where s = 0.
    """
    m, s = abs(m), abs(s)
    if s == 0.0:
        return m
    return s * sqrt(2.0 / pi) * exp(-((m / s) ** 2) / 2.0) + m * erf(m / (s * sqrt(2.0)))


def drawn(genuine: Bell, made: Bell, goal: Goal) -> float:
    """How hard the best judge draws the generator's mean: minus the slope of the loss by it."""

    def weighed(logits: FloatArray) -> FloatArray:
        return goal(logits) * len(logits) * column(WEIGHTS)

    judge = best_judge(genuine, made)
    return -float(generator_slope(dense(affine(made.mean, made.width)), judge, column(PLACES), weighed)[1])
