"""The plane of codes: a digit stands where its code lies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Figure, Margin, Note, axis, layout
from pages.shared.figures.plots.plane import BARE, SQUARE
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import QUIET, Trace, curve, marks

HEIGHT, MARGIN = 350, Margin(44, 12, 12, 44)
# Two digits share each: the digit itself is what stands there.
MEANINGS = ("network", "unit-1", "unit-2", "unit-3", "error")
CROSS, RING = 9, 22
# A digit's strokes, from (0, 0) to (1, 2), and their size in the plane. Letters would lie over letters.
STROKES = (
    ((0, 0), (1, 0), (1, 2), (0, 2), (0, 0)),
    ((0, 1.4), (0.6, 2), (0.6, 0)),
    ((0, 2), (1, 2), (1, 1), (0, 1), (0, 0), (1, 0)),
    ((0, 2), (1, 2), (1, 1), (0.2, 1), (1, 1), (1, 0), (0, 0)),
    ((0, 2), (0, 1), (1, 1), (1, 2), (1, 0)),
    ((1, 2), (0, 2), (0, 1), (1, 1), (1, 0), (0, 0)),
    ((1, 2), (0, 2), (0, 0), (1, 0), (1, 1), (0, 1)),
    ((0, 2), (1, 2), (0.4, 0)),
    ((0, 1), (0, 2), (1, 2), (1, 1), (0, 1), (0, 0), (1, 0), (1, 1)),
    ((1, 1), (0, 1), (0, 2), (1, 2), (1, 0), (0, 0)),
)
SIZE = 0.085


def written(places: FloatArray, labels: NDArray[np.int64]) -> list[Trace]:
    """Each digit, drawn where its code lies: one curve for each colour, NaN between two digits.

    places: shape (n, 2). labels: 0 to 9, shape (n,).
    """
    traces = []
    for shared, meaning in enumerate(MEANINGS):
        drawn = [_strokes(kind, places[labels == kind]) for kind in (shared, shared + len(MEANINGS))]
        x, y = np.concatenate(drawn).T
        traces.append(curve(f"{shared} and {shared + len(MEANINGS)}", x, y, meaning, width=1.3, **QUIET))
    return traces


def _strokes(kind: int, places: FloatArray) -> FloatArray:
    """The strokes of one digit at each of the places, shape (n (strokes + 1), 2)."""
    shape = SIZE * (np.array([*STROKES[kind], (np.nan, np.nan)]) - (0.5, 1.0))
    drawn: FloatArray = (places[:, np.newaxis] + shape).reshape(-1, 2)
    return drawn


def codes(
    digits: list[Trace],
    chosen: tuple[float, float],
    half: float,
    remark: str,
    sampled: FloatArray | None = None,
) -> Figure:
    """Digits at their codes, and a ring around one of them; both axes go from -half to half.

    sampled: random codes, which get crosses, shape (m, 2).
    """
    ring = {"symbol": "circle-open", "size": RING, "color": colour("ink"), "line": {"width": 2.5}}
    at_random = [] if sampled is None else [_crosses(sampled)]
    return {
        "data": [
            *digits,
            *at_random,
            marks("the digit chosen", [chosen[0]], [chosen[1]], "ink", marker=ring, **QUIET),
        ],
        "layout": layout(
            HEIGHT,
            axis("code c₁", -half, half, constrain="domain", **BARE),
            axis("code c₂", -half, half, **(SQUARE | BARE)),
            margin=MARGIN,
            notes=(Note(remark),),
        ),
    }


def _crosses(places: FloatArray) -> Trace:
    cross = {"symbol": "x", "size": CROSS, "color": colour("ink"), "line": {"width": 0}}
    return marks("a random code", places[:, 0], places[:, 1], "ink", marker=cross, **QUIET)
