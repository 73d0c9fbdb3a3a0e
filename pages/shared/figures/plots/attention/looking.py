"""A look-up in the plane: a query among keys, and the mean of values that comes out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.plane.hulls import hull
from pages.shared.figures.axes import Figure, Margin, Note, axis, layout
from pages.shared.figures.plots.plane import SQUARE
from pages.shared.figures.traces import QUIET, Trace, curve, joined, map_lettering, marks

MARGIN = Margin(44, 12, 12, 44)
# The radius of a ring without weight, and of one with all of it, as shares of half the plot.
SMALLEST, LARGEST = 0.03, 0.16
ROUND = np.linspace(0.0, 2.0 * np.pi, 41)
HEIGHT = 320


def keys_and_query(query: FloatArray, keys: FloatArray, weights: FloatArray, half: float) -> Figure:
    """The keys, each in a ring as large as its weight, and the query as a line from 0.

    query: shape (2,). keys: (n, 2). weights: (n,), of sum 1. half: both axes go from -half to half.
    """
    line = np.array([np.zeros(2), query])
    names = [f"key {each + 1}" for each in range(len(keys))]
    traces = [
        curve("query", line[:, 0], line[:, 1], "input", width=3, **QUIET),
        *_sized("keys", keys, weights, half, "unit-1", names),
    ]
    return _plane(traces, ("x", "y"), half, "keys; the line: the query; rings: weight")


def values_and_output(values: FloatArray, weights: FloatArray, half: float) -> Figure:
    """The values, each in a ring as large as its weight, the polygon around them, and their weighted mean.

    values: shape (n, 2). weights: (n,), of sum 1.
    """
    corners = hull(values)
    around = np.full((len(values) + 1, 2), np.nan)
    around[: len(corners) + 1] = [*corners, corners[0]]
    output = weights @ values
    names = [f"value {each + 1}" for each in range(len(values))]
    traces = [
        curve("hull", around[:, 0], around[:, 1], "axis", width=1.5, **QUIET),
        *_sized("values", values, weights, half, "unit-2", names),
        marks("output", [output[0]], [output[1]], "network", symbol="diamond"),
    ]
    return _plane(traces, ("x", "y"), half, "values; the diamond: the output")


def _sized(
    name: str, places: FloatArray, weights: FloatArray, half: float, meaning: str, texts: Sequence[str]
) -> list[Trace]:
    """Rings around dots, whose areas grow with the weights, as one curve; and words above the largest."""
    radii = half * np.sqrt(SMALLEST**2 + (LARGEST**2 - SMALLEST**2) * weights)[:, np.newaxis]
    across, up = places[:, :1] + radii * np.cos(ROUND), places[:, 1:] + radii * np.sin(ROUND)
    above = places[:, 1] + half * LARGEST
    written = {"type": "scatter", "mode": "text", "x": places[:, 0], "y": above, **QUIET}
    return [
        curve(f"weights of {name}", *joined(across, up, len(places)), meaning, width=4, **QUIET),
        marks(name, places[:, 0], places[:, 1], meaning, **QUIET),
        {**written, "textposition": "top center", **map_lettering(texts, "ink")},
    ]


def _plane(traces: list[Trace], names: tuple[str, str], half: float, said: str) -> Figure:
    return {
        "data": traces,
        "layout": layout(
            HEIGHT,
            axis(names[0], -half, half, constrain="domain"),
            axis(names[1], -half, half, **SQUARE),
            margin=MARGIN,
            notes=(Note(said),),
        ),
    }
