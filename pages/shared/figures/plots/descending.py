"""Going downhill: the mixer's curves and losses, and the height of a ball step by step."""

from __future__ import annotations

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Figure, Margin, Note, Range, axis, layout, log_axis
from pages.shared.figures.traces import Label, curve, end_labels, marks

FIT_HEIGHT, LOSSES_HEIGHT, HEIGHTS_HEIGHT = 320, 200, 370
MARGIN = Margin(left=58)
CURVES: Range = (-1.8, 3.4)
DECADES: Range = (-3.0, 1.5)
# The lowest height above the deepest point that is told from 0.
LOWEST = 1e-6


def fit(x: FloatArray, target: FloatArray, yours: FloatArray, theirs: FloatArray) -> Figure:
    """The target, the reader's network, and the one that the gradient made of it.

    Each of shape (n,); theirs is NaN where the gradient has made no step.
    """
    labels = [
        Label("target", float(target[-1]), "target"),
        Label("yours", float(yours[-1]), "network"),
        Label("the gradient’s", float(theirs[-1]), "error"),
    ]
    return {
        "data": [
            curve("target", x, target, "target", width=3, dash="dash"),
            curve("yours", x, yours, "network", width=4),
            curve("the gradient’s", x, theirs, "error", width=3, dash="dot"),
            end_labels(float(x[-1]), labels, CURVES),
        ],
        "layout": layout(
            FIT_HEIGHT,
            axis("input x", float(x[0]), float(x[-1])),
            axis("output y", *CURVES),
            margin=MARGIN._replace(right=106),
        ),
    }


def losses(mark: FloatArray, theirs: FloatArray, now: int) -> Figure:
    """Losses against the gradient's steps, logarithmic: from the first settings, and from the reader's.

    mark, theirs: shape (steps + 1,), NaN where there is none. now: the step that is marked.
    """
    steps = np.arange(len(mark), dtype=float)
    across = axis("the gradient’s steps", 0.0, float(len(mark) - 1))
    remark = Note("dashed: first settings; dotted: yours", "right")
    return {
        "data": [
            curve("loss from the first settings", steps, mark, "muted", width=2, dash="dash"),
            curve("loss from yours", steps, theirs, "error", width=3, dash="dot"),
            marks("now", steps[[now]], theirs[[now]], "error", cliponaxis=False),
        ],
        "layout": layout(LOSSES_HEIGHT, across, log_axis("loss", *DECADES), margin=MARGIN, notes=(remark,)),
    }


def heights(above: FloatArray, now: int, highest: float, title: str) -> Figure:
    """The height of a ball above the deepest point against the step, logarithmic.

    above: shape (steps + 1,), NaN where there is none. now: the step that is marked. highest: of the map.
    title: of the vertical axis.
    """
    steps = np.arange(len(above), dtype=float)
    shown = np.maximum(above, LOWEST)
    up = log_axis(title, float(np.log10(LOWEST)), float(np.ceil(np.log10(highest) + 0.1)))
    return {
        "data": [
            curve("height", steps, shown, "network", width=3),
            marks("now", steps[[now]], shown[[now]], "network", symbol="diamond", cliponaxis=False),
        ],
        "layout": layout(HEIGHTS_HEIGHT, axis("step", 0.0, float(len(above) - 1)), up, margin=MARGIN),
    }
