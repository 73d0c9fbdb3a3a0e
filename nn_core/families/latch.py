"""One unit that is given what it said itself, h <- tanh(w h + b): where it rests, and when in two places."""

from __future__ import annotations

from itertools import pairwise
from math import atanh, sqrt, tanh

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.families.recurrence import Recurrent
from nn_core.networks.activations import TANH

# Halvings until an interval of a few units is as short as rounding.
HALVINGS = 60


def unit(w: float, u: float, b: float, start: float = 0.0) -> Recurrent:
    """The unit as a recurrent layer with one input: h_t = tanh(w h_(t-1) + u x_t + b), h_0 = start."""
    return Recurrent(np.array([[w]]), np.array([[u]]), np.array([b]), TANH, np.array([start]))


def run(w: float, b: float, start: float, steps: int) -> FloatArray:
    """h_0 = start to h_steps of the unit without input: the same as of `unit`, for long runs of one."""
    states = [start]
    for _ in range(steps):
        states.append(tanh(w * states[-1] + b))
    return np.array(states)


def fixed_points(w: float, b: float) -> FloatArray:
    """All h with tanh(w h + b) = h, in increasing order: three where |b| < fold(w), else one.

    They are h = tanh z for the zeros of z - w tanh z - b, which rises, falls and rises again, and turns where
    w (1 - h^2) = 1; each stretch is halved again and again. At the fold itself rounding decides how many.

    Args:
        w: finite.
        b: finite.

    Returns:
        Shape (1,) or (3,); (2,) is possible at the fold.
    """
    end = abs(w) + abs(b) + 1.0
    turn = atanh(sqrt(1.0 - 1.0 / w)) if w > 1.0 else 0.0
    stretches = pairwise((-end, -turn, turn, end) if turn else (-end, end))
    return np.array([tanh(z) for low, high in stretches for z in _zeros(w, b, low, high)])


def slope(w: float, h: FloatArray) -> FloatArray:
    """w (1 - h^2): the slope of the map where it says h. A fixed point holds where its size is below 1."""
    slopes: FloatArray = w * (1.0 - h**2)
    return slopes


def fold(w: FloatArray) -> FloatArray:
    """w m - artanh m, m = sqrt(1 - 1/w), for w >= 1: the |b| at which three fixed points become one.

    h is one where F(h) = artanh h - w h - b is 0. F rises from minus infinity to h = -m, falls to h = m and
    rises to infinity, so it has three zeros where F(-m) > 0 > F(m), which is |b| < w m - artanh m; where
    w <= 1 it only rises.

    Args:
        w: any shape.

    Returns:
        The same shape; NaN below 1, where there is no fold.
    """
    m = np.sqrt(1.0 - 1.0 / np.where(w < 1.0, np.nan, w))
    border: FloatArray = w * m - np.arctanh(m)
    return border


def measured_fold(w: FloatArray, steps: int) -> FloatArray:
    """The same, by running the unit: the b up to which it ends apart from h = 1 and from h = -1.

    Args:
        w: shape (n,), each above 1.
        steps: how long each run is.

    Returns:
        Shape (n,). Near the border the unit is slow, so short runs find a b that is too large.
    """
    low, high = np.zeros_like(w), np.abs(w)
    for _ in range(HALVINGS // 2):
        middle = (low + high) / 2
        h = np.ones((2, len(w))) * np.array([[1.0], [-1.0]])
        for _ in range(steps):
            h = np.tanh(w * h + middle)
        apart = h[1] < 0.0
        low, high = np.where(apart, middle, low), np.where(apart, high, middle)
    return (low + high) / 2


def _zeros(w: float, b: float, low: float, high: float) -> list[float]:
    """Where z - w tanh z - b is 0 between two places, if its signs there differ; nothing otherwise."""
    rising = high - w * tanh(high) > low - w * tanh(low)
    sign = 1.0 if rising else -1.0
    if not sign * (low - w * tanh(low) - b) < 0.0 < sign * (high - w * tanh(high) - b):
        return []
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if sign * (middle - w * tanh(middle) - b) < 0.0:
            low = middle
        else:
            high = middle
    return [(low + high) / 2]
