"""How many numbers a network is made of, on a scale from one to a million millions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import log10

import numpy as np

from nn_core.networks.costs import Landmark
from pages.shared.figures.axes import Figure, Margin, axis, layout
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import QUIET, Trace, curve, lettering, map_lettering, marks
from pages.shared.numbers import shortly

LOW, HIGH = 0.0, 13.5
HEIGHT, BELOW = 360, -0.6
TICKS = {0: "1", 3: "1000", 6: "1 million", 9: "1 billion", 12: "1 trillion"}


def scale(landmarks: Sequence[Landmark], parameters: int) -> Figure:
    """Landmarks, each on a row of its own, and a network of so many parameters that passes them.

    parameters: at least 1; at most 10¹³ is in view.
    """
    at, rows = log10(parameters), len(landmarks)
    own = curve("your network", np.full(2, at), np.array([BELOW, rows - 0.4]), "network", width=3, **QUIET)
    across = axis(
        "parameters: weights and biases",
        *(LOW, HIGH),
        tickvals=tuple(TICKS),
        ticktext=tuple(TICKS.values()),
        zeroline=False,
    )
    return {
        "data": [own, _sticks(tuple(landmarks)), _names(tuple(landmarks)), _own_point(at)],
        "layout": layout(
            HEIGHT, across, axis("", -0.9, rows - 0.1, visible=False), margin=Margin(14, 14, 8, 46)
        ),
    }


def _own_point(at: float) -> Trace:
    return {
        **marks("your network's point", [at], [BELOW], "network", mode="markers+text", **QUIET),
        "marker": {"symbol": "diamond", "size": 16, "color": colour("network")},
        **lettering(["yours"], "network", 14),
        "textposition": "middle right",
    }


@lru_cache
def _sticks(landmarks: tuple[Landmark, ...]) -> Trace:
    """A line from the left to each landmark, as long as its logarithm."""
    ends = [log10(landmark.n_parameters) for landmark in landmarks]
    x = [value for end in ends for value in (LOW, end, np.nan)]
    y = [value for row in range(len(ends)) for value in (row, row, np.nan)]
    return curve("landmarks", np.array(x), np.array(y, dtype=float), "axis", **QUIET)


@lru_cache
def _names(landmarks: tuple[Landmark, ...]) -> Trace:
    """A mark for each landmark, with its name on the side where there is room."""
    ends = [log10(landmark.n_parameters) for landmark in landmarks]
    texts = [f"{landmark.name}: {shortly(landmark.n_parameters)}" for landmark in landmarks]
    return {
        **marks("names", ends, range(len(ends)), "ink", mode="markers+text", cliponaxis=False, **QUIET),
        "marker": {"size": 11, "color": colour("ink")},
        **map_lettering(texts, "ink", 14),
        "textposition": ["top right" if end < (LOW + HIGH) / 2 else "top left" for end in ends],
    }
