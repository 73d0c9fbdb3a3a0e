"""The small pictures of the terms: each is computed as in the lessons, and drawn once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.building.constructions import bump, interpolant, neuron, staircase
from nn_core.grids import column, line
from nn_core.learning.landscapes import LANDSCAPES, path
from nn_core.networks.activations import ACTIVATIONS, RELU, SIGMOID, STEP
from nn_core.networks.network import Network
from nn_core.plane.datasets import XOR_POINTS
from nn_core.targets.curves import NIELSENS_GOAL, random_smooth
from pages.shared.figures.drawings.thumbnail import Stroke, thumbnail

X, UNIT = line((-4.0, 4.0), 81), line((0.0, 1.0), 81)


def _graph(network: Network, x: FloatArray, meaning: str = "network", dashed: bool = False) -> Stroke:
    return Stroke(x, network(column(x))[:, 0], meaning, dashed)


@lru_cache
def activation(name: str) -> str:
    """The graph of an activation."""
    return thumbnail(_graph(neuron(1.0, 0.0, ACTIVATIONS[name]), X))


@lru_cache
def weights() -> str:
    """A neuron of a small and of a large weight."""
    return thumbnail(
        *(_graph(neuron(w, 0.0, SIGMOID), X, each) for w, each in ((0.7, "unit-1"), (4.0, "unit-2")))
    )


@lru_cache
def biases() -> str:
    """A neuron, and the same with another bias: moved sideways."""
    return thumbnail(
        *(_graph(neuron(3.0, b, SIGMOID), X, each) for b, each in ((4.5, "unit-1"), (-4.5, "unit-2")))
    )


@lru_cache
def knot() -> str:
    """The line w x + b and the place where it is 0."""
    return thumbnail(Stroke(X, 0.8 * X - 1.0), Stroke(np.array([1.25]), np.zeros(1), "bias", points=True))


@lru_cache
def sum_of_two() -> str:
    """Two steps, weighed by 1 and −1, and their sum."""
    parts = [
        _graph(neuron(8.0, b, SIGMOID), X, each, True) for b, each in ((12.0, "unit-1"), (-12.0, "unit-2"))
    ]
    return thumbnail(*parts, Stroke(X, parts[0].y - parts[1].y))


@lru_cache
def one_bump() -> str:
    """A bump of two steep sigmoids."""
    return thumbnail(_graph(bump(0.3, 0.7, 1.0, 60.0, SIGMOID), UNIT))


@lru_cache
def target() -> str:
    """A target, dashed, and a network of twelve neurons beside it."""
    dashed = Stroke(UNIT, NIELSENS_GOAL(UNIT), "target", True)
    return thumbnail(dashed, _graph(staircase(NIELSENS_GOAL, 13, 60.0), UNIT), axes=False)


@lru_cache
def stairs() -> str:
    """A staircase of steps and its target."""
    dashed = Stroke(UNIT, NIELSENS_GOAL(UNIT), "target", True)
    return thumbnail(
        dashed, _graph(staircase(NIELSENS_GOAL, 8, 1.0, STEP), line((0.0, 1.0), 321)), axes=False
    )


@lru_cache
def largest_error() -> str:
    """Two curves and the longest way between them."""
    network = interpolant(NIELSENS_GOAL, line((0.0, 1.0), 4))
    own, truth = network(column(UNIT))[:, 0], NIELSENS_GOAL(UNIT)
    worst = int(np.abs(own - truth).argmax())
    between = Stroke(UNIT[[worst, worst]], np.array([own[worst], truth[worst]]), "error")
    return thumbnail(Stroke(UNIT, truth, "target", True), Stroke(UNIT, own), between, axes=False)


@lru_cache
def cross_entropy() -> str:
    """−ln p for a probability p from 0 to 1."""
    p = line((0.02, 1.0), 81)
    return thumbnail(Stroke(p, -np.log(p), "error"))


@lru_cache
def hidden_layer() -> str:
    """One input, three hidden units, one output."""
    units = np.array([-1.0, 0.0, 1.0])
    edges = [Stroke(np.array([0.0, 1.0, 2.0]), np.array([0.0, y, 0.0]), "axis") for y in units]
    ends = Stroke(np.array([0.0, 2.0]), np.zeros(2), "input", points=True)
    return thumbnail(*edges, ends, Stroke(np.ones(3), units, points=True), axes=False)


@lru_cache
def xor() -> str:
    """The four points of XOR."""
    places, labels = XOR_POINTS.points, XOR_POINTS.labels
    classes = [
        Stroke(places[labels == kind, 0], places[labels == kind, 1], f"class-{kind}", points=True)
        for kind in (0, 1)
    ]
    return thumbnail(*classes)


@lru_cache
def descent(rate: float, momentum: float = 0.0) -> str:
    """The heights along a descent in the narrow valley: over its steps, within what is in view."""
    valley = LANDSCAPES["narrow valley"]
    walked = path(valley, (-1.8, 0.8), rate, 12, momentum)
    heights = np.minimum(valley(*walked.T), 30.0)
    steps = np.arange(float(len(heights)))
    return thumbnail(
        Stroke(steps, heights, "error"), Stroke(steps, heights, "error", points=True), axes=False
    )


@lru_cache
def slope() -> str:
    """A curve and its tangent."""
    x = line((-1.5, 1.5), 61)
    return thumbnail(
        Stroke(x, x**2, "error"), Stroke(x[40:], 2.0 * x[50] * (x[40:] - x[50]) + x[50] ** 2, dashed=True)
    )


@lru_cache
def hinge() -> str:
    """One ReLU unit: flat, then a slope."""
    return thumbnail(_graph(neuron(1.0, -1.0, RELU), X))


@lru_cache
def seeds() -> str:
    """Two random curves, of two seeds."""
    curves = [Stroke(UNIT, random_smooth(seed)(UNIT), each) for seed, each in ((1, "unit-1"), (2, "unit-2"))]
    return thumbnail(*curves, axes=False)
