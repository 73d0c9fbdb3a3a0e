"""Two numbers that chase each other: their plane, how far from the balance they are, and its eigenvalues."""

from __future__ import annotations

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Figure, Margin, Note, axis, layout, log_axis
from pages.shared.figures.plots.plane import BARE, SQUARE
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import QUIET, curve, marks

HALF, LONGEST, HEIGHT, LOW = 2.5, 0.42, 330, 230
MARGIN = Margin(48, 12, 12, 44)
# Powers of ten in view of the distance.
DECADES = (-3.0, 1.0)
HEAD, TURN = 0.35, np.array([2.7, -2.7])


def arrows(places: FloatArray, ways: FloatArray) -> tuple[FloatArray, FloatArray]:
    """An arrow at each place, all as one curve: shaft and head, NaN behind each.

    places, ways: shape (n, 2). Longer than LONGEST none is drawn.
    """
    lengths = np.maximum(np.hypot(*ways.T), 1e-12)
    drawn = ways * (np.minimum(lengths, LONGEST) / lengths)[:, np.newaxis]
    tips = places + drawn / 2
    points = [places - drawn / 2, tips]
    for angle in TURN:
        turned = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        points += [tips + HEAD * drawn @ turned, tips]
    points.append(np.full_like(places, np.nan))
    across, up = np.stack(points, axis=1).reshape(-1, 2).T
    return across, up


def plane(
    field: tuple[FloatArray, FloatArray], path: FloatArray, now: tuple[float, float], titles: tuple[str, str]
) -> Figure:
    """Where both are drawn, and the path that they take. field: of `arrows`. path: (n, 2)."""
    dot = {"size": 9, "color": colour("paper"), "line": {"color": colour("ink"), "width": 2}}
    return {
        "data": [
            curve("slopes", *field, "muted", width=1.25, **QUIET),
            curve("path", path[:, 0], path[:, 1], "network", width=2, **QUIET),
            marks("the balance", [0.0], [0.0], "ink", marker=dot),
            marks("now", [now[0]], [now[1]], "network", symbol="diamond"),
        ],
        "layout": layout(
            HEIGHT,
            axis(titles[0], -HALF, HALF, constrain="domain", showgrid=False),
            axis(titles[1], -HALF, HALF, **(SQUARE | {"showgrid": False})),
            margin=MARGIN,
        ),
    }


def score(x: FloatArray, heights: FloatArray, made: tuple[float, float]) -> Figure:
    """The judge's score along the line, what is genuine at 0, and what is made with its score."""
    ends = float(x[0]), float(x[-1])
    return {
        "data": [
            curve("score", x, heights, "network", width=3),
            marks("genuine", [0.0], [0.0], "target", symbol="square"),
            marks("made", [made[0]], [made[1]], "unit-1"),
        ],
        "layout": layout(
            LOW,
            axis("x", *ends),
            axis("score ψx", -HALF, HALF, nticks=4),
            margin=MARGIN,
            notes=(Note("square: genuine; dot: made"),),
        ),
    }


def distances(far: FloatArray, now: int) -> Figure:
    """How far from the balance each step ends, logarithmic. now: the step that is marked."""
    steps = np.arange(len(far), dtype=float)
    low, high = (10.0**end for end in DECADES)
    shown = np.clip(far, low, high)
    return {
        "data": [
            curve("as at the start", steps[[0, -1]], shown[[0, 0]], "muted", width=1.5, dash="dot", **QUIET),
            curve("distance", steps, shown, "network", width=2.5),
            marks("now", steps[[now]], shown[[now]], "network", symbol="diamond", cliponaxis=False),
        ],
        "layout": layout(
            HEIGHT,
            axis("step", 0.0, float(steps[-1])),
            log_axis("distance from (0, 0)", *DECADES),
            margin=Margin(58, 16, 12, 44),
            notes=(Note("dotted: as far as at the start"),),
        ),
    }


def spectrum(known: FloatArray, now: FloatArray) -> Figure:
    """Two complex numbers on the curve that they take, real and imaginary part: (n, 2), and now (2, 2)."""
    upright = np.array([-0.75, 0.75])
    return {
        "data": [
            curve("neither grows nor shrinks", np.zeros(2), upright, "ink", width=1.5, dash="dash", **QUIET),
            curve("eigenvalues", known[:, 0], known[:, 1], "muted", width=1.5, **QUIET),
            marks("eigenvalue", now[:, 0], now[:, 1], "error", symbol="diamond"),
        ],
        "layout": layout(
            LOW,
            axis("real part: below 0 it shrinks", -1.25, 0.25, constrain="domain", **BARE),
            axis("imaginary part: it turns", *upright.tolist(), **(SQUARE | BARE)),
            margin=MARGIN,
            notes=(Note("eigenvalues at the balance"),),
        ),
    }
