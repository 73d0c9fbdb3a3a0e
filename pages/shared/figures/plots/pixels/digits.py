"""What two networks say of a digit, and how often they are right wherever digits lie."""

from __future__ import annotations

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Figure, Margin, Note, axis, layout
from pages.shared.figures.plots.pixels.squares import frame, pixels, squares
from pages.shared.figures.traces import Trace, curve, marks

APART, HEIGHT = 0.13, 290


def probabilities(window: FloatArray, dense: FloatArray, anew: FloatArray | None = None) -> Figure:
    """The probability that each network gives to each of the ten digits, as stems side by side.

    anew: what another convolution says, if there is one; its stems stand between the two.
    """
    apart = APART if anew is None else 2 * APART
    across = axis("digit", -0.6, 9.6, dtick=1, zeroline=False, showgrid=False)
    return {
        "data": [
            *_stems("convolution", window, -apart, "network", "circle"),
            *([] if anew is None else _stems("trained anew", anew, 0.0, "unit-2", "square")),
            *_stems("dense", dense, apart, "unit-1", "diamond"),
        ],
        "layout": layout(
            HEIGHT,
            across,
            axis("probability", 0.0, 1.05),
            margin=Margin(52, 12, 8, 44),
            notes=(Note(f"● convolution   {'' if anew is None else '■ trained anew   '}◆ dense"),),
        ),
    }


def _stems(name: str, heights: FloatArray, aside: float, meaning: str, symbol: str) -> list[Trace]:
    places: FloatArray = np.arange(len(heights), dtype=np.float64) + aside
    x = np.column_stack([places, places, np.full(len(heights), np.nan)]).ravel()
    y = np.column_stack([np.zeros(len(heights)), heights, np.full(len(heights), np.nan)]).ravel()
    return [
        curve(f"{name}’s stems", x, y, meaning),
        marks(name, places, heights, meaning, symbol=symbol, cliponaxis=False),
    ]


def shares(title: str, right: FloatArray, place: tuple[int, int]) -> Figure:
    """The share of right answers at each place, from paper for none to ink for all; one place is framed."""
    here = frame("here", *place, 1, "input", 4)
    return squares(title, [pixels("share of right answers", right), here], right.shape, HEIGHT)
