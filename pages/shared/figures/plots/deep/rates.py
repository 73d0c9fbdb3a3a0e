"""Targets that deep networks follow or miss, and how the error falls with what it costs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.errors import Comparison
from pages.shared.figures.axes import Figure, Note, axis, layout, log_axis
from pages.shared.figures.plots.approximation import LINES, Frame, Rate, over_x
from pages.shared.figures.plots.approximation import MARGIN as OVER_X
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import Label, curve, end_labels, last_height, log_end_labels, marks

COSTS, DEGREES = (4, 10, 40, 100, 400, 1000), (2, 4, 8, 16, 32, 64)
# Powers of ten in view: of errors against parameters, and against degrees.
DECADES, MORE_DECADES = 4, 6


def one_piece_a_layer(compared: Comparison, wide: FloatArray, frame: Frame) -> Figure:
    """A target, a deep network, and on it one hidden layer, all on the grid of the comparison."""
    ends = [each[-1] for each in (compared.target, compared.network)]
    labels = [Label("target", ends[0], "target"), Label("both", ends[1], "network")]
    return {
        "data": [
            curve("target", compared.x, compared.target, "target", width=2, dash="dash"),
            curve("deep", compared.x, compared.network, "network", width=4),
            curve("one layer", compared.x, wide, "unit-1", width=2, dash="dot"),
            end_labels(float(compared.x[-1]), labels, frame.within, lines=10),
        ],
        "layout": over_x(frame, 270, "blue: deep; dots on it: one layer"),
    }


def costs(rates: Sequence[Rate], now: tuple[float, float], unit: float) -> Figure:
    """Errors against the number of parameters, both logarithmic, one curve for each kind of network.

    rates: sizes are parameters. now: parameters and error of the deep network shown.
    """
    low, high = unit * 10.0**-DECADES, unit * 2.0
    most = max(float(rate.sizes[-1]) for rate in rates)
    labels = [Label(rate.label, float(rate.errors[-1]), rate.meaning) for rate in rates]
    levels_of = (float(np.log10(low)), float(np.log10(high)))
    return {
        "data": [
            *(
                curve(rate.label, rate.sizes, np.maximum(rate.errors, low), rate.meaning, dash=rate.dash)
                for rate in rates
            ),
            marks("this network", [now[0]], [max(now[1], low)], "network", symbol="diamond"),
            log_end_labels(most, labels, levels_of, LINES),
        ],
        "layout": layout(
            200,
            log_axis("parameters", 0.5, float(np.log10(most)), COSTS),
            log_axis("largest error", *levels_of, every=2),
            margin=OVER_X,
        ),
    }


def against_turns(
    compared: Comparison,
    fall: tuple[FloatArray, FloatArray],
    rise: tuple[FloatArray, FloatArray],
    frame: Frame,
) -> Figure:
    """A target, a network that only rises or only falls, and the target's largest fall and rise.

    fall, rise: x and height of both ends.
    """
    labels = [
        Label("target", last_height(compared.target), "target"),
        Label("network", last_height(compared.network), "network"),
    ]
    return {
        "data": [
            curve("target", compared.x, compared.target, "target", width=2, dash="dash"),
            curve("largest fall", *fall, "unit-1", width=2, dash="dot"),
            marks("largest fall", *fall, "unit-1", symbol="triangle-down"),
            curve("largest rise", *rise, "unit-2", width=2, dash="dot"),
            marks("largest rise", *rise, "unit-2", symbol="triangle-up"),
            curve("network", compared.x, compared.network, "network", width=3.5),
            end_labels(float(compared.x[-1]), labels, frame.within, lines=12),
        ],
        "layout": over_x(frame, 400, "▼ largest fall, ▲ largest rise"),
    }


def repeated(x: FloatArray, network: FloatArray, polynomial: FloatArray) -> Figure:
    """A network that repeats one formula, and the polynomial that it is known to be."""
    ends = float(x[0]), float(x[-1])
    labels = [Label("network", network[-1], "network"), Label("cos(d arccos x)", polynomial[-1], "target")]
    return {
        "data": [
            curve("network", x, network, "network", width=4),
            curve("cos(d arccos x)", x, polynomial, "target", width=1.5, dash="dash"),
            end_labels(ends[1], labels, (-1.2, 1.2), lines=10),
        ],
        "layout": layout(270, axis("input x", *ends), axis("output", -1.2, 1.2), margin=OVER_X),
    }


def against_degree(best: Rate, now: tuple[float, float], unit: float) -> Figure:
    """The least error of polynomials against their degree, both logarithmic. now: those in view."""
    low, high = unit * 10.0**-MORE_DECADES, unit * 2.0
    ends = (float(np.log10(low)), float(np.log10(high)))
    dots = {"size": 6, "color": colour(best.meaning), "line": {"width": 0}}
    return {
        "data": [
            curve(best.label, best.sizes, np.maximum(best.errors, low), best.meaning, width=1.5),
            marks(best.label, best.sizes, np.maximum(best.errors, low), best.meaning, marker=dots),
            marks("this degree", [now[0]], [max(now[1], low)], "network", symbol="diamond"),
        ],
        "layout": layout(
            200,
            log_axis("degree of the polynomial", 0.2, float(np.log10(best.sizes[-1])) + 0.05, DEGREES),
            log_axis("least error", *ends, every=2),
            margin=OVER_X,
            notes=(Note("the error of the best polynomial"),),
        ),
    }
