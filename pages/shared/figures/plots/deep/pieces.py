"""Zigzags and straight pieces: of a deep network, of one layer, and of random ones."""

from __future__ import annotations

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Figure, Margin, Note, axis, layout, log_axis
from pages.shared.figures.plots.approximation import LINES
from pages.shared.figures.plots.approximation import MARGIN as OVER_X
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import QUIET, Label, curve, end_labels, log_end_labels, marks

MARGIN = Margin(right=104)
HEIGHTS, RANDOM, PIECES = (-0.08, 1.08), (-3.0, 3.0), (0.5, 5.0)
TICK, BEND = 0.03, 0.15
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)


def zigzags(
    x: FloatArray, deep: FloatArray, wide: FloatArray, places: FloatArray, level: float, *, room: int
) -> Figure:
    """A deep network, one hidden layer beside it, and where that one crosses a level.

    x, deep, wide: (n,). places: of the crossings. room: how many there may be, in all the pictures.
    """
    ends = x[[0, -1]]
    labels = [Label("deep", deep[-1], "target"), Label("one layer", wide[-1], "network")]
    return {
        "data": [
            curve("½", ends, np.full(2, level), "muted", width=1.5, dash="dot", **QUIET),
            curve("deep", x, deep, "target", width=2, dash="dash"),
            curve("one layer", x, wide, "network", width=3),
            curve(
                "a crossing",
                *ticks(places, np.full(len(places), level), TICK, room),
                "error",
                width=3,
                **QUIET,
            ),
            end_labels(float(ends[1]), labels, HEIGHTS, lines=12),
        ],
        "layout": layout(
            290,
            axis("input x", *map(float, ends)),
            axis("output", *HEIGHTS, nticks=4),
            margin=MARGIN,
            notes=(Note("ticks: where one layer crosses ½"),),
        ),
    }


def ticks(x: FloatArray, y: FloatArray, half: float, room: int) -> tuple[FloatArray, FloatArray]:
    """A short upright line at each place, all in one curve: hundreds of marks would not follow the hand.

    room: how many there may be, in all the pictures; NaN stands for those that are missing.
    """
    ends = y[:, np.newaxis] + np.array([-half, half, np.nan])
    missing = (0, 3 * (room - len(x)))
    return (
        np.pad(np.repeat(x, 3), missing, constant_values=np.nan),
        np.pad(ends.ravel(), missing, constant_values=np.nan),
    )


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


def bends(
    x: FloatArray, network: FloatArray, places: FloatArray, heights: FloatArray, *, room: int
) -> Figure:
    """A network, and a tick wherever it bends. room: how many ticks there may be, in all the pictures."""
    ends = float(x[0]), float(x[-1])
    return {
        "data": [
            curve("network", x, network, "network", width=3),
            curve("a bend", *ticks(places, heights, BEND, room), "error", width=3, **QUIET),
        ],
        "layout": layout(
            270,
            axis("input x", *ends),
            axis("output", *RANDOM),
            margin=OVER_X,
            notes=(Note("ticks: the ends of straight pieces"),),
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
