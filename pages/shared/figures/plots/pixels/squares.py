"""Pixels as squares, with a frame around some of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Figure, Margin, axis, layout
from pages.shared.figures.plots.plane import BARE, SQUARE, field, levels
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import QUIET, Trace, curve

MARGIN = Margin(12, 12, 8, 34)
INK = [[0, colour("paper")], [1, colour("ink")]]
SIGNED = [[0, colour("unit-1")], [0.5, colour("paper")], [1, colour("network")]]


def pixels(name: str, shades: FloatArray, *, signed: bool = False) -> Trace:
    """A picture of pixels, the first row above: pixel (i, j) stands at x = j, y = -i.

    shades: shape (height, width), from 0 for paper to 1 for ink; where they are signed from -1 to 1, with
    paper at 0.
    """
    high, wide = shades.shape
    told = levels(shades / 2 + 0.5 if signed else shades)[::-1]
    across, up = np.arange(float(wide)), np.arange(1.0 - high, 1.0)
    return field(name, across, up, told, colours=SIGNED if signed else INK, opacity=1.0, sharp=True)


def frame(
    name: str,
    row: float,
    column: float,
    side: int,
    meaning: str,
    width: float = 3,
    *,
    high: int | None = None,
) -> Trace:
    """A frame around side x side pixels, or `high` ones, the first of them in this row and column."""
    left, right, top, bottom = column - 0.5, column + side - 0.5, 0.5 - row, 0.5 - row - (high or side)
    x, y = np.array([left, right, right, left, left]), np.array([top, top, bottom, bottom, top])
    return curve(name, x, y, meaning, width=width, **QUIET)


def squares(title: str, traces: Sequence[Trace], size: tuple[int, int], height: int = 300) -> Figure:
    """Pixels of a picture of this size, height and width, with a title below."""
    quiet = {**BARE, "showticklabels": False, "ticks": "", "showline": True, "mirror": True}
    quiet["linecolor"] = colour("axis")
    high, wide = size
    return {
        "data": list(traces),
        "layout": layout(
            height,
            axis(title, -0.5, wide - 0.5, constrain="domain", **quiet),
            axis("", 0.5 - high, 0.5, **(SQUARE | quiet)),
            margin=MARGIN,
        ),
    }
