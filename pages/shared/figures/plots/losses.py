"""Losses against the iteration, on a logarithmic axis, and beside them the shares of right points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Axis, Figure, Margin, Note, Range, axis, layout, log_axis
from pages.shared.figures.traces import QUIET, Trace, curve, marks

HEIGHT = 170
MARGIN = Margin(left=64, bottom=40)
LOWEST, HIGHEST = 1e-12, 1e12
MOST_TICKS = 5
_RIGHT = axis(
    "share right",
    0.0,
    1.05,
    overlaying="y",
    side="right",
    showgrid=False,
    zeroline=False,
    tickvals=(0, 0.5, 1),
)


class Share(NamedTuple):
    """How many points are right at every iteration, from 0 to 1, and the dash of its curve."""

    name: str
    values: FloatArray
    dash: str = "solid"


def losses(
    iterations: FloatArray,
    values: FloatArray,
    now: int,
    ends: Range,
    *,
    last: float | None = None,
    height: int = HEIGHT,
    shares: Sequence[Share] = (),
    remark: str = "",
) -> Figure:
    """The loss of every kept network, the one that is shown, and what shares of points are right.

    iterations, values, and those of a share: shape (n,), NaN where a training ended early. ends: of the
    loss's axis, as powers of ten; what lies beyond stands at its edge.
    last: the end of the axis of iterations, if it is not the last of them.
    """
    drawn = np.clip(values, 10.0 ** ends[0], 10.0 ** ends[1])
    hover = "iteration %{x}<br>loss %{y}<extra></extra>"
    across = axis("iteration", 0.0, float(iterations[-1]) if last is None else last)
    right = {"yaxis2": _RIGHT} if shares else {}
    return {
        "data": [
            curve("loss", iterations, drawn, "error", hovertemplate=hover),
            *(_share(iterations, share) for share in shares),
            marks("now", iterations[[now]], drawn[[now]], "error", **QUIET),
        ],
        "layout": layout(
            height,
            across,
            decades_axis("loss", ends),
            margin=MARGIN._replace(right=56) if shares else MARGIN,
            notes=(Note(remark),) if remark else (),
            **right,
        ),
    }


def _share(iterations: FloatArray, share: Share) -> Trace:
    hover = "iteration %{x}<br>%{y} right<extra></extra>"
    return curve(
        share.name, iterations, share.values, "network", dash=share.dash, yaxis="y2", hovertemplate=hover
    )


def decades(values: FloatArray, lowest: float = LOWEST, highest: float = HIGHEST) -> Range:
    """The whole powers of ten around positive values, as exponents, with room on both sides.

    values: NaN is left out. lowest, highest: what lies beyond them is not made room for.
    """
    there = values[np.isfinite(values)]
    low, high = np.log10(np.clip([there.min(), there.max()], lowest, highest))
    return float(np.floor(low - 0.1)), float(np.ceil(high + 0.1))


def decades_axis(title: str, ends: Range) -> Axis:
    """An axis over decades, with a tick for each or, of many, for every so many."""
    return log_axis(title, *ends, every=int(np.ceil((ends[1] - ends[0]) / MOST_TICKS)))
