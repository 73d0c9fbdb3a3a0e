"""Which activations a lesson offers, and the heights in which it shows them, from what is true of each."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite

import numpy as np

from nn_core.networks.activations import ACTIVATIONS, Activation


def offered(
    *make_sense: Callable[[Activation], bool],
    first: tuple[Activation, ...] = (),
    last: tuple[Activation, ...] = (),
) -> tuple[str, ...]:
    """The names of all common activations that make sense in a lesson, for its menu.

    They stand as in the registry, but for those with which the lesson's story begins or ends.
    """
    others = [
        activation
        for activation in ACTIVATIONS.values()
        if activation.common
        and activation not in (*first, *last)
        and all(makes_sense(activation) for makes_sense in make_sense)
    ]
    return tuple(activation.name for activation in (*first, *others, *last))


def turning(activation: Activation) -> bool:
    """Where the lesson speaks of knots: a unit turns at its knot and nowhere else."""
    return activation.turns


def bending(activation: Activation) -> bool:
    """Where sums of units are to make something new: those of a polynomial are polynomials."""
    return activation.degree is None


def continuous(activation: Activation) -> bool:
    """Where a small change has to make a small one: for gradients, and for points moved by a hidden layer."""
    return not activation.jumps


def stepping(activation: Activation) -> bool:
    """Where two units are to make a bump of a given height: each rises from 0 to 1."""
    return activation.step


def through_zero(activation: Activation) -> bool:
    """Where it is compared with the identity: both are 0 at 0, so that what differs is the bend."""
    return float(activation(np.zeros(()))) == 0.0


def written(activation: Activation) -> bool:
    """Where the lesson shows a program: there is one for it."""
    return bool(activation.code)


def idle_slope(activation: Activation, weight: float, name: str) -> str:
    """Why the steepness of a unit with this output weight does nothing; empty where it does something."""
    if activation.step and activation.jumps:
        return f"a {activation} is upright at any w"
    return "" if weight else f"nothing of it is seen while {name} is 0"


def heights(range: tuple[float, float], room: float, beyond: float, most: float) -> tuple[float, float]:
    """The heights in which a graph with that range is in view.

    range: the lowest and the highest value, maybe infinite. room: beside a range that is bounded. beyond:
    beside the end of another one, which is shown as far as `most` from 0.
    """
    low, high = range
    free = room if isfinite(low) and isfinite(high) else beyond
    return max(low - free, -most), min(high + free, most)
