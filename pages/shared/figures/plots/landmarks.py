"""How many numbers a network is made of, on a scale from one to a million millions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import log10
from typing import Any

import numpy as np

from nn_core.networks.costs import Landmark
from pages.shared.figures.axes import Figure, axis, base
from pages.shared.figures.theme import colour

LOW, HIGH = 0.0, 13.5
HEIGHT = 360
TICKS = {0: "1", 3: "1000", 6: "1 million", 9: "1 billion", 12: "1 trillion"}


def scale(landmarks: Sequence[Landmark], parameters: int) -> Figure:
    """Landmarks, each on a row of its own, and a network of so many parameters that passes them.

    parameters: at least 1; at most 10¹³ is in view.
    """
    at = log10(parameters)
    rows = len(landmarks)
    own = {
        "type": "scatter",
        "name": "your network",
        "mode": "lines",
        "x": np.array([at, at]),
        "y": np.array([-0.6, rows - 0.4]),
        "line": {"color": colour("network"), "width": 3},
        "hoverinfo": "skip",
    }
    point = {
        "type": "scatter",
        "name": "your network's point",
        "mode": "markers+text",
        "text": ["yours"],
        "textposition": "middle right",
        "textfont": {"size": 14, "color": colour("network")},
        "x": np.array([at]),
        "y": np.array([-0.6]),
        "marker": {"symbol": "diamond", "size": 16, "color": colour("network")},
        "hoverinfo": "skip",
    }
    return {
        "data": [_sticks(tuple(landmarks)), _names(tuple(landmarks)), own, point],
        "layout": _layout(rows),
    }


@lru_cache
def _sticks(landmarks: tuple[Landmark, ...]) -> dict[str, Any]:
    """A line from the left to each landmark, as long as its logarithm."""
    ends = [log10(landmark.n_parameters) for landmark in landmarks]
    x = [value for end in ends for value in (LOW, end, np.nan)]
    y = [value for row in range(len(ends)) for value in (row, row, np.nan)]
    return {
        "type": "scatter",
        "name": "landmarks",
        "mode": "lines",
        "x": np.array(x),
        "y": np.array(y, dtype=float),
        "line": {"color": colour("axis"), "width": 2},
        "hoverinfo": "skip",
    }


@lru_cache
def _names(landmarks: tuple[Landmark, ...]) -> dict[str, Any]:
    """A mark for each landmark, with its name on the side where there is room."""
    ends = np.array([log10(landmark.n_parameters) for landmark in landmarks])
    return {
        "type": "scatter",
        "name": "names",
        "mode": "markers+text",
        "x": ends,
        "y": np.arange(len(ends), dtype=float),
        "text": [f"{landmark.name}: {shortly(landmark.n_parameters)}" for landmark in landmarks],
        "textposition": ["top right" if end < (LOW + HIGH) / 2 else "top left" for end in ends],
        "textfont": {"size": 14, "color": colour("ink")},
        "marker": {"size": 11, "color": colour("ink")},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


@lru_cache
def _layout(rows: int) -> dict[str, Any]:
    return {
        **base(HEIGHT),
        "margin": {"l": 14, "r": 14, "t": 8, "b": 46},
        "xaxis": axis(
            "parameters: weights and biases",
            LOW,
            HIGH,
            tickvals=tuple(TICKS),
            ticktext=tuple(TICKS.values()),
            zeroline=False,
        ),
        "yaxis": axis("", -0.9, rows - 0.1, visible=False),
    }


def shortly(count: int) -> str:
    """A count in words as short as they can be: 13, 13,002, 60 thousand, 1.5 billion."""
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if count >= size:
            return f"{count / size:.3g} {name}" if count < 1000 * size else f"{count / size:,.0f} {name}"
    return f"{count:,}"
