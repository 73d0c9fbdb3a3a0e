"""Matrices of a head as pictures, and how many answers are right while it learns."""

from __future__ import annotations

from typing import Any

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Figure, Margin, Note, axis, layout
from pages.shared.figures.plots.plane import SQUARE, field, levels
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import curve, marks

# Below 0, about 0, above.
SIGNED = [[0, colour("class-0")], [0.5, colour("paper")], [1, colour("network")]]
STEEP = 4.0
SMALL = Margin(30, 8, 10, 30)


def table(numbers: FloatArray, said: str) -> Figure:
    """A square matrix as shades: below 0, 0 and above, each row from the top down.

    numbers: shape (n, n), shown by tanh(number / 4). said: above it.
    """
    places = np.arange(1.0, len(numbers) + 1.0)
    edges = 0.5, len(numbers) + 0.5
    bare: dict[str, Any] = {"showgrid": False, "zeroline": False, "dtick": 1}
    shades = levels((1.0 + np.tanh(numbers / STEEP)) / 2.0)
    return {
        "data": [field(said, places, places, shades, colours=SIGNED, opacity=1.0, sharp=True)],
        "layout": layout(
            290,
            axis("", *edges, constrain="domain", **bare),
            axis("", edges[1], edges[0], **{**bare, **SQUARE}),
            margin=SMALL,
            notes=(Note(said),),
        ),
    }


def right_over_time(steps: FloatArray, shares: FloatArray, now: tuple[float, float], chance: float) -> Figure:
    """The share of right answers against the iteration, what chance gives, and where the knob stands."""
    ends = float(steps[0]), float(steps[-1])
    return {
        "data": [
            curve("chance", np.array(ends), np.full(2, chance), "ink", dash="dash", width=1.5),
            curve("right", steps, shares, "network", width=2.5),
            marks("now", [now[0]], [now[1]], "network", symbol="diamond"),
        ],
        "layout": layout(
            170,
            axis("iteration", *ends),
            axis("share right", -0.05, 1.08, nticks=3),
            notes=(Note("dashed: by chance"),),
        ),
    }
