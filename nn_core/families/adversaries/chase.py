"""Two numbers that chase each other: the Dirac-GAN of Mescheder, Geiger and Nowozin (2018).

What is genuine is always 0, what is made is always theta, and the judge's logit is psi x: above 0 it holds x
for genuine. The value of the game is that of Goodfellow and others (2014),

    V = ln sigmoid(0) + ln(1 - sigmoid(psi theta)),

which psi turns up and theta turns down. They balance at (0, 0) alone. In the paper the judge says how much x
looks made, so that its psi is -psi here; everything else is the same.
"""

from __future__ import annotations

from cmath import sqrt
from enum import Enum
from math import exp, isfinite

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.networks.activations import IDENTITY, sigmoid
from nn_core.networks.network import Layer, Network

# The slope of ln(1 + e^t) at 0.
HALF = 0.5


class Order(Enum):
    """Who moves when: both from where both stand, or the judge first and then the generator."""

    SIMULTANEOUS = "simultaneous"
    ALTERNATING = "alternating"


def generator(theta: float) -> Network:
    """The network that makes theta of any number: 0 z + theta."""
    return Network((Layer(np.zeros((1, 1)), np.array([theta]), IDENTITY),))


def judge(psi: float) -> Network:
    """The neuron whose output psi x is the judge's logit."""
    return Network((Layer(np.array([[psi]]), np.zeros(1), IDENTITY),))


def slopes(theta: FloatArray, psi: FloatArray, penalty: float) -> tuple[FloatArray, FloatArray]:
    """Which way both are drawn: (-dV/dtheta, dV/dpsi - penalty psi).

    With s = sigmoid(psi theta): (psi s, -theta s - penalty psi). The penalty is half the squared slope psi of
    the judge, times `penalty`.

    Args:
        theta: any shape.
        psi: the same shape.
        penalty: at least 0.

    Returns:
        Both, in that shape.

    Raises:
        ValueError: if the penalty is negative or not finite.
    """
    require_penalty(penalty)
    caught = sigmoid(np.asarray(psi * theta, dtype=np.float64))
    return psi * caught, -theta * caught - penalty * psi


def path(start: tuple[float, float], *, steps: int, size: float, penalty: float, order: Order) -> FloatArray:
    """Where so many steps along the slopes lead, the start first.

    Args:
        start: theta and psi.
        steps: how many, at least 0.
        size: how many slopes long a step is, above 0.
        penalty: at least 0.
        order: who moves when.

    Returns:
        theta and psi, shape (steps + 1, 2).

    Raises:
        ValueError: if steps, size or penalty is not as said.
    """
    require_penalty(penalty)
    if steps < 0 or not 0.0 < size < float("inf"):
        raise ValueError(f"steps must be at least 0 and size above 0, got steps={steps} and size={size}")
    theta, psi = start
    places = [(theta, psi)]
    for _ in range(steps):
        caught = _caught(theta, psi)
        drawn = psi * caught
        psi += size * (-theta * caught - penalty * psi)
        theta += size * (psi * _caught(theta, psi) if order is Order.ALTERNATING else drawn)
        places.append((theta, psi))
    return np.array(places)


def eigenvalues(penalty: float) -> tuple[complex, complex]:
    """Those of the slopes at the balance: -penalty/2 +- sqrt(penalty^2/4 - 1/4), the one with + first.

    The slopes there have the matrix ((0, 1/2), (-1/2, -penalty)). Raises ValueError at a penalty below 0.
    """
    require_penalty(penalty)
    root = sqrt(penalty**2 / 4 - HALF**2)
    return -penalty / 2 + root, -penalty / 2 - root


def one_step(size: float, penalty: float, order: Order) -> FloatArray:
    """The matrix that takes (theta, psi) near the balance to where one step leads, shape (2, 2).

    Simultaneous: ((1, h/2), (-h/2, 1 - h penalty)); alternating, its first row is
    (1 - h^2/4, h/2 (1 - h penalty)).
    """
    require_penalty(penalty)
    pull, hold = HALF * size, 1.0 - size * penalty
    first = [1.0, pull] if order is Order.SIMULTANEOUS else [1.0 - pull**2, pull * hold]
    return np.array([first, [-pull, hold]])


def factor(size: float, penalty: float, order: Order) -> float:
    """By how much a step near the balance multiplies the distance, in the long run: the spectral radius.

    While the eigenvalues are a pair of conjugates that is sqrt(1 - h penalty + h^2/4) for simultaneous
    steps, so they come back where penalty > h/4, and sqrt(1 - h penalty) for alternating ones, which circle
    at penalty 0.
    """
    return float(np.abs(np.linalg.eigvals(one_step(size, penalty, order))).max())


def require_penalty(penalty: float) -> None:
    """Raise a ValueError unless the penalty is finite and at least 0."""
    if not (penalty >= 0.0 and isfinite(penalty)):
        raise ValueError(f"penalty must be finite and at least 0, got {penalty}")


def _caught(theta: float, psi: float) -> float:
    """The sigmoid of psi theta, of one number: ten times as fast as NumPy's."""
    tail = exp(-abs(psi * theta))
    return (1.0 if psi * theta >= 0.0 else tail) / (1.0 + tail)
