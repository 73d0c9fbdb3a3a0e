"""Deep networks beside shallow ones: zigzags, a cliff, a folded sheet, what depth costs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.errors import Comparison
from pages.shared.figures.axes import Figure, Margin, Note, axis, layout, log_axis
from pages.shared.figures.plots.approximation import LINES, Frame, Rate, over_x
from pages.shared.figures.plots.approximation import MARGIN as OVER_X
from pages.shared.figures.plots.plane import BARE, SQUARE, View, field, levels
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import QUIET, Label, curve, end_labels, last_height, log_end_labels, marks

MARGIN, SHEET = Margin(right=104), Margin(44, 12, 12, 44)
HEIGHTS, RANDOM, PIECES = (-0.08, 1.08), (-3.0, 3.0), (0.5, 5.0)
# Dots are smaller where there are so many.
MANY, LARGE, SMALL = 100, 8.0, 4.5
TRAINED, ERRORS = (-0.3, 1.3), (-0.03, 0.5)
DECADES, COSTS = 4, (4, 10, 40, 100, 400, 1000)
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)


def zigzags(x: FloatArray, deep: FloatArray, wide: FloatArray, places: FloatArray, level: float) -> Figure:
    """A deep network, one hidden layer beside it, and where that one crosses a level.

    x, deep, wide: (n,). places: of the crossings, NaN where there are no more.
    """
    ends = x[[0, -1]]
    labels = [Label("deep", deep[-1], "target"), Label("one layer", wide[-1], "network")]
    crossed = marks("a crossing", places, np.where(np.isnan(places), np.nan, level), "error")
    return {
        "data": [
            curve("½", ends, np.full(2, level), "muted", width=1.5, dash="dot", **QUIET),
            curve("deep", x, deep, "target", width=2, dash="dash"),
            curve("one layer", x, wide, "network", width=3),
            {**crossed, "marker": {"size": 7, "color": colour("error"), "line": {"width": 0}}},
            end_labels(float(ends[1]), labels, HEIGHTS, lines=12),
        ],
        "layout": layout(
            290,
            axis("input x", *map(float, ends)),
            axis("output", *HEIGHTS, nticks=4),
            margin=MARGIN,
            notes=(Note("dots: where one layer crosses ½"),),
        ),
    }


def cliff(
    sizes: FloatArray, errors: FloatArray, proven: tuple[float, float], now: tuple[float, float]
) -> Figure:
    """The largest error of one hidden layer of N units, for many N, and what is proven of it.

    proven: the largest N for which a floor is proven, below 1 for none, and the floor. now: N and its error.
    """
    last, floor = proven
    known = np.array([sizes[0], last]) if last >= 1.0 else np.full(2, np.nan)
    dots = {"size": 5, "color": colour("error"), "line": {"width": 0}}
    return {
        "data": [
            curve("proven: at least", known, np.full(2, floor), "ink", dash="dash", width=1.5),
            marks("largest error", sizes, errors, "error", marker=dots),
            marks("this network", [now[0]], [now[1]], "network", symbol="diamond"),
        ],
        "layout": layout(
            200,
            log_axis("hidden units N of one layer", 0.0, float(np.log10(sizes[-1])) + 0.02, SIZES),
            axis("largest error", -0.04, 0.6, nticks=4),
            margin=MARGIN,
            notes=(Note("dashed: proven for every network of so few units"),),
        ),
    }


def sheet(
    names: tuple[str, str],
    shades: FloatArray,
    cut: tuple[FloatArray, FloatArray],
    dots: FloatArray,
    view: View,
) -> Figure:
    """A sheet in two colours, the line between them, and places on it.

    names: of the axes. shades: from 0 to 1 at the points of the view. cut: the line, (n,) each. dots: (m, 2).
    """
    ends = -view.half, view.half
    size = LARGE if np.isfinite(dots[:, 0]).sum() < MANY else SMALL
    dot = {"size": size, "color": colour("input"), "line": {"color": colour("paper"), "width": 1}}
    return {
        "data": [
            field("side", view.ticks, view.ticks, levels(shades)),
            curve("the cut", *cut, "ink", width=2.5, **QUIET),
            marks("the place", dots[:, 0], dots[:, 1], "input", marker=dot),
        ],
        "layout": layout(
            340,
            axis(names[0], *ends, constrain="domain", **BARE),
            axis(names[1], *ends, **(SQUARE | BARE)),
            margin=SHEET,
        ),
    }


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
    low, high = unit * 10.0**-DECADES, unit * 2.0
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
            log_axis("degree of the polynomial", 0.2, float(np.log10(best.sizes[-1])) + 0.05, SIZES),
            log_axis("least error", *ends, every=2),
            margin=OVER_X,
            notes=(Note("the least largest error of any polynomial of that degree"),),
        ),
    }


def bends(
    x: FloatArray, network: FloatArray, places: FloatArray, heights: FloatArray, *, room: int
) -> Figure:
    """A network, and a dot wherever it bends. room: how many dots there may be, in all the pictures."""
    rest = (0, room - len(places))
    ends = float(x[0]), float(x[-1])
    dot = {"size": 7, "color": colour("error"), "line": {"width": 0}}
    return {
        "data": [
            curve("network", x, network, "network", width=3),
            marks(
                "a bend",
                np.pad(places, rest, constant_values=np.nan),
                np.pad(heights, rest, constant_values=np.nan),
                "error",
                marker=dot,
            ),
        ],
        "layout": layout(
            270,
            axis("input x", *ends),
            axis("output", *RANDOM),
            margin=OVER_X,
            notes=(Note("dots: the ends of straight pieces"),),
        ),
    }


def typical_and_possible(
    depths: FloatArray, means: FloatArray, most: FloatArray, now: tuple[float, float]
) -> Figure:
    """How many pieces networks of so many layers have on average, and can have; the scale is logarithmic."""
    dots = {"size": 6, "color": colour("error"), "line": {"width": 0}}
    last = float(depths[-1])
    labels = [Label("possible", float(most[-1]), "ink"), Label("on average", float(means[-1]), "error")]
    return {
        "data": [
            curve("possible, at most", depths, most, "ink", dash="dash", width=1.5),
            curve("on average", depths, means, "error", width=1.5),
            marks("on average", depths, means, "error", marker=dots),
            marks("this network", [now[0]], [now[1]], "network", symbol="diamond"),
            log_end_labels(last + 0.25, labels, PIECES, LINES),
        ],
        "layout": layout(
            200,
            axis("hidden layers", 0.7, last + 0.25, zeroline=False, dtick=1),
            log_axis("straight pieces", *PIECES),
            margin=OVER_X,
        ),
    }


def seeds_beside(x: FloatArray, target: FloatArray, networks: tuple[FloatArray, FloatArray]) -> Figure:
    """A target, and the networks of many seeds: x and height, one after the other, NaN in between."""
    ends = float(x[0]), float(x[-1])
    return {
        "data": [
            curve("a seed", *networks, "network", width=1.25, **QUIET),
            curve("target", x, target, "target", width=2, dash="dash"),
        ],
        "layout": layout(
            250,
            axis("input x", *ends),
            axis("output", *TRAINED),
            margin=OVER_X,
            notes=(Note("thin: one seed each; dashed: the target"),),
        ),
    }


def errors_of_seeds(seeds: FloatArray, errors: FloatArray, constant: float) -> Figure:
    """The error of each seed, and that of the best constant."""
    ends = float(seeds[0]) - 0.5, float(seeds[-1]) + 0.5
    hover = {"hovertemplate": "seed %{x}<br>%{y}<extra></extra>"}
    labels = [Label("constant", constant, "ink"), Label("exact", 0.0, "unit-2")]
    return {
        "data": [
            curve("best constant", np.array(ends), np.full(2, constant), "ink", dash="dash", width=1.5),
            curve("built by hand", np.array(ends), np.zeros(2), "unit-2", width=1.5),
            marks("a seed", seeds, np.minimum(errors, ERRORS[1]), "network", **hover),
            end_labels(ends[1], labels, ERRORS, lines=7),
        ],
        "layout": layout(
            190,
            axis("seed", *ends, zeroline=False, nticks=10),
            axis("error", *ERRORS, nticks=4),
            margin=OVER_X,
        ),
    }
