"""A folded sheet: two colours, the line between them, and places on it."""

from __future__ import annotations

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Figure, Margin, axis, layout
from pages.shared.figures.plots.plane import BARE, SQUARE, View, field, levels
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import QUIET, curve, marks

MARGIN = Margin(44, 12, 12, 44)


def sheet(
    names: tuple[str, str],
    shades: FloatArray,
    cut: tuple[FloatArray, FloatArray],
    dots: FloatArray,
    view: View,
) -> Figure:
    """A sheet in two colours, the line between them, and places on it.

    names: of the axes. shades: from 0 to 1 at the points of the view. cut: the line, (n,) each. dots: (m, 2).
    """
    ends = -view.half, view.half
    dot = {"size": 6, "color": colour("input"), "line": {"color": colour("paper"), "width": 1}}
    return {
        "data": [
            field("side", view.ticks, view.ticks, levels(shades)),
            curve("the cut", *cut, "ink", width=2.5, **QUIET),
            marks("the place", dots[:, 0], dots[:, 1], "input", marker=dot),
        ],
        "layout": layout(
            340,
            axis(names[0], *ends, constrain="domain", **BARE),
            axis(names[1], *ends, **(SQUARE | BARE)),
            margin=MARGIN,
        ),
    }
