"""What comes out for tokens before and after they change places, and who looks where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Figure, Margin, Note, axis, layout
from pages.shared.figures.plots.plane import SQUARE, field, levels
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import QUIET, Trace, curve, joined, map_lettering, marks

MARGIN = Margin(44, 12, 12, 44)
HEIGHT, HALF = 340, 3.4
WEIGHT = [[0, colour("paper")], [1, colour("network")]]
# Room for the words of rows at the left and of columns below.
WORDY = Margin(58, 12, 12, 30)


def outputs(before: FloatArray, now: FloatArray, words: Sequence[str]) -> Figure:
    """A ring where each word's output was, and a dot where it is, with a line between them.

    before, now: shape (n, 2), in the order of the words.
    """
    ways = np.stack([before, now], axis=1)
    ring = {"symbol": "circle-open", "size": 17, "color": colour("target"), "line": {"width": 2}}
    names = {"type": "scatter", "mode": "text", "x": now[:, 0], "y": now[:, 1], **QUIET}
    ends = -HALF, HALF
    return {
        "data": [
            curve("way", *joined(ways[..., 0], ways[..., 1], len(ways)), "axis", width=1.5, **QUIET),
            marks("first order", before[:, 0], before[:, 1], "target", marker=ring, **QUIET),
            marks("this order", now[:, 0], now[:, 1], "network", **QUIET),
            {
                **names,
                "textposition": "top center",
                **map_lettering([f"{each}<br> " for each in words], "ink"),
            },
        ],
        "layout": layout(
            HEIGHT,
            axis("first number of the output", *ends, constrain="domain"),
            axis("second number", *ends, **SQUARE),
            margin=MARGIN,
            notes=(Note("rings: in the first order; dots: in this one"),),
        ),
    }


def looks(
    weights: FloatArray, words: Sequence[str], said: str = "row: who asks; column: who is heard"
) -> Figure:
    """The weights of a head as a picture: a row for each token that asks, from the top down.

    weights: shape (n, n), rows of sum 1. words: the n tokens, in their order.
    """
    places = np.arange(len(words), dtype=float)
    named: dict[str, Any] = {
        "tickvals": tuple(places.tolist()),
        "ticktext": tuple(words),
        "showgrid": False,
        "zeroline": False,
    }
    edges = -0.5, len(words) - 0.5
    return {
        "data": [squares(places, weights)],
        "layout": layout(
            HEIGHT,
            axis("", *edges, constrain="domain", **named),
            axis("", edges[1], edges[0], **{**named, **SQUARE}),
            margin=WORDY,
            notes=(Note(said),),
        ),
    }


def squares(places: FloatArray, weights: FloatArray) -> Trace:
    """Weights from 0 to 1 as shades, without a blur."""
    return field("weights", places, places, levels(weights), colours=WEIGHT, opacity=1.0, sharp=True)
