"""Figures of curves and of approximations, as the tests look at them."""

from collections.abc import Callable

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.building.constructions import neuron, one_hidden_layer
from nn_core.errors import Comparison, compare
from nn_core.grids import column, line, line_with_edges
from nn_core.networks.activations import STEP, TANH
from nn_core.networks.network import forward, hidden_contributions, knot
from pages.shared.figures.axes import Figure
from pages.shared.figures.plots import approximation, curves
from pages.shared.figures.plots.approximation import Frame, Rate
from pages.shared.figures.plots.curves import Guess
from pages.shared.figures.traces import joined

X = line((-5.0, 5.0), 41)
WITHIN = (-2.0, 2.0)
DOMAIN = (-4.0, 4.0)
INSIDE = Frame((-5.0, 5.0), (-5.0, 5.0), WITHIN)
BEYOND = Frame((-5.0, 5.0), DOMAIN, WITHIN)


def one_neuron(weight: float = 2.0, bias: float = 1.0, x: float = 0.5) -> Figure:
    network = neuron(weight, bias, TANH)
    passed, probe = forward(network, column(X)), forward(network, np.array([[x]]))
    return curves.neuron(X, passed, knot(weight, bias), probe, WITHIN)


def two_neurons(weights: tuple[float, float] = (1.5, -0.5), bias: float = 0.25) -> Figure:
    network = one_hidden_layer([4.0, 4.0], [4.0, -4.0], weights, TANH, bias)
    passed = forward(network, column(X))
    parts = hidden_contributions(network, passed)
    return curves.superposition(X, parts, passed.output[:, 0], ("one", "two", "sum"), WITHIN)


def three_units() -> Figure:
    parts = np.stack([np.tanh(X), np.tanh(X - 1), -np.tanh(X + 1)], axis=1)
    return curves.superposition(X, parts, parts.sum(axis=1), ("1", "2", "3", "sum"), WITHIN)


def compared(times: float = 3.0) -> Comparison:
    """A target without values in the middle, and a network; only what is within the domain counts."""
    target = np.where(np.abs(X) < 0.3, np.nan, np.sin(X))
    return compare(np.sin(X) + 0.1 * np.cos(times * X), target, X, DOMAIN)


def parts(rows: int = 2) -> tuple[FloatArray, FloatArray]:
    x = np.broadcast_to(line((-5.0, 5.0), 5), (rows, 5))
    return joined(x, np.tanh(x) * np.arange(1, rows + 1)[:, np.newaxis], 4)


def approximation_of(times: float = 3.0) -> Figure:
    return approximation.approximation(compared(times), parts(), INSIDE)


def closing_in(frame: Frame | None = None, pinned: FloatArray | None = None) -> Figure:
    return approximation.closing_in(compared(), frame or INSIDE, pinned=pinned)


def heights(shared: bool = False) -> Figure:
    top = np.nan if shared else 0.5
    return approximation.heights(compared(), INSIDE, (np.array([-5.0, 5.0]), np.array([top, -top])))


def heights_before() -> Figure:
    return approximation.heights_before(compared(), INSIDE, (np.array([-5.0, 5.0]), np.array([0.5, -0.5])))


def contributions(rows: int = 2) -> Figure:
    x, y = parts(rows)
    newest = (x[:5], y[:5]) if rows else (np.full(5, np.nan), np.full(5, np.nan))
    return approximation.contributions((x, y), newest, INSIDE)


def error_curve(proven: dict[str, float] | None = None, unit: float = 1.0) -> Figure:
    levels = {"proven: at most": 0.3} if proven is None else proven
    return approximation.error_curve(compared(), levels, BEYOND, unit)


SIZES = np.arange(1.0, 201.0)
MEASURED = Rate("measured", SIZES, 0.5 / SIZES, "error")
MOST = Rate("proven: at most", SIZES, 0.6 / SIZES, "ink")
LEAST = Rate("proven: at least", SIZES, np.full(200, 0.002), "ink", dash="dot")


def error_against_size(
    others: tuple[Rate, ...] = (MOST, LEAST), now: tuple[float, float] = (12.0, 0.04), unit: float = 1.0
) -> Figure:
    return approximation.error_against_size(MEASURED, others, now, unit)


def guess(shown: bool = True) -> Figure:
    grid = line_with_edges((-4.0, 4.0), 17, [-1.0, 1.0])
    passed = forward(one_hidden_layer([1, 1], [1, -1], [1.5, -0.5], STEP), column(grid))
    edges, heights = line((-4.0, 4.0), 5), np.array([0.0, 0.0, 1.5, np.nan])
    truth, worst = (passed.output[:, 0], (1.0, 1.5, 1.0)) if shown else (None, None)
    return curves.guess(grid, passed.activations[0], Guess(edges, heights, "draw here"), truth, worst)


FIGURES: dict[str, Callable[[], Figure]] = {
    "one neuron": one_neuron,
    "one neuron without a knot": lambda: one_neuron(weight=0.0),
    "two neurons": two_neurons,
    "three units": three_units,
    "approximation": approximation_of,
    "closing in": closing_in,
    "closing in, beyond the interval, with a ghost": lambda: closing_in(BEYOND, np.cos(X)),
    "heights": heights,
    "heights with shared edges": lambda: heights(shared=True),
    "heights before the output": heights_before,
    "contributions": contributions,
    "contributions of no unit": lambda: contributions(rows=0),
    "error curve": error_curve,
    "error curve, nothing proven": lambda: error_curve({}),
    "error curve, units missing": lambda: error_curve({"proven: at most": np.nan}),
    "error against size": error_against_size,
    "a guess": guess,
    "a guess, the graph hidden": lambda: guess(shown=False),
}
