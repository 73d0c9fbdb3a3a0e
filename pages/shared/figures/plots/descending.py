"""Going downhill: the mixer's curves and losses, and the height of a ball step by step."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from pages.shared.figures.axes import Figure, axis, base
from pages.shared.figures.plots.curves import Floats, Range, end_labels, line, note, points

FIT_HEIGHT, LOSSES_HEIGHT, HEIGHTS_HEIGHT = 320, 200, 370
CURVES: Range = (-1.8, 3.4)
DECADES: Range = (-3.0, 1.5)
# The lowest height above the deepest point that is told from 0.
LOWEST = 1e-6


def fit(x: Floats, target: Floats, yours: Floats, theirs: Floats) -> Figure:
    """The target, the reader's network, and the one that the gradient made of it.

    Each of shape (n,); theirs is NaN where the gradient has made no step.
    """
    names, meanings = ("target", "yours", "the gradient’s"), ("target", "network", "error")
    heights = [float(each[-1]) for each in (target, yours, theirs)]
    return {
        "data": [
            line(names[0], x, target, meanings[0], width=3, dash="dash"),
            line(names[1], x, yours, meanings[1], width=4),
            line(names[2], x, theirs, meanings[2], width=3, dash="dot"),
            end_labels(float(x[-1]), heights, names, meanings, CURVES),
        ],
        "layout": _fit_layout(float(x[0]), float(x[-1])),
    }


@lru_cache
def _fit_layout(left: float, right: float) -> dict[str, Any]:
    return {
        **base(FIT_HEIGHT),
        "margin": {"l": 58, "r": 106, "t": 10, "b": 44},
        "xaxis": axis("input x", left, right),
        "yaxis": axis("output y", *CURVES),
    }


def losses(mark: Floats, theirs: Floats, now: int) -> Figure:
    """Losses against the gradient's steps, logarithmic: from the first settings, and from the reader's.

    mark, theirs: shape (steps + 1,), NaN where there is none. now: the step that is marked.
    """
    steps = np.arange(len(mark), dtype=float)
    return {
        "data": [
            line("loss from the first settings", steps, mark, "muted", width=2, dash="dash"),
            line("loss from yours", steps, theirs, "error", width=3, dash="dot"),
            points("now", [float(now)], [float(theirs[now])], "error", cliponaxis=False),
        ],
        "layout": _falling(("the gradient’s steps", "loss"), len(mark) - 1, DECADES, LOSSES_HEIGHT, _LOSSES),
    }


_LOSSES = "dashed: from the first settings; dotted: from yours"


def heights(above: Floats, now: int, highest: float, title: str) -> Figure:
    """The height of a ball above the deepest point against the step, logarithmic.

    above: shape (steps + 1,), NaN where there is none. now: the step that is marked. highest: of the map.
    title: of the vertical axis.
    """
    steps = np.arange(len(above), dtype=float)
    shown = np.maximum(above, LOWEST)
    ends = float(np.log10(LOWEST)), float(np.ceil(np.log10(highest) + 0.1))
    return {
        "data": [
            line("height", steps, shown, "network", width=3),
            points("now", [float(now)], [float(shown[now])], "network", symbol="diamond", cliponaxis=False),
        ],
        "layout": _falling(("step", title), len(above) - 1, ends, HEIGHTS_HEIGHT),
    }


@lru_cache
def _falling(
    titles: tuple[str, str], last: int, ends: Range, height: int, remark: str = ""
) -> dict[str, Any]:
    decades = {"type": "log", "zeroline": False, "exponentformat": "power", "dtick": 1}
    corner = {"x": 0.99, "xanchor": "right", "y": 1.0, "yref": "y domain", "yanchor": "top"}
    return {
        **base(height),
        "margin": {"l": 58, "r": 16, "t": 10, "b": 44},
        "xaxis": axis(titles[0], 0.0, float(last)),
        "yaxis": {**axis(titles[1], *ends), **decades},
        "annotations": [{**note(remark, (0.0, 0.0)), **corner}],
    }
