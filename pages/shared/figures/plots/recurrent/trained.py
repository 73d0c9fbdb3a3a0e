"""Networks that have learnt to remember: what one says along a sequence, and all beside their eigenvalues."""

from __future__ import annotations

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Figure, Margin, Note, axis, layout
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import QUIET, Label, curve, end_labels, marks

INNER, OUTER = 1.08, 1.26
HEIGHTS, SHARES, SIZES = (-1.3, 1.3), (-0.04, 1.1), (0.0, 3.2)
MARGIN, OVER_TIME = Margin(left=64, right=24), Margin(left=64, right=104)


def sequence(steps: FloatArray, pulses: FloatArray, last: FloatArray, says: FloatArray) -> Figure:
    """Pulses as ticks outside, what was the last of them, and what the network says, from -1 to 1.

    steps, pulses, last, says: (n,) each.
    """
    across = np.repeat(steps, 3)
    up = np.column_stack([INNER * pulses, OUTER * pulses, np.full_like(pulses, np.nan)]).ravel()
    labels = [
        Label("the last pulse", float(last[-1]), "target"),
        Label("it says", float(says[-1]), "network"),
    ]
    return {
        "data": [
            curve("a pulse", across, up, "input", width=3, **QUIET),
            curve("the last pulse", steps, last, "target", width=2, dash="dash"),
            curve("it says", steps, says, "network", width=3),
            end_labels(float(steps[-1]), labels, HEIGHTS, lines=8),
        ],
        "layout": layout(
            240,
            axis("step", float(steps[0]), float(steps[-1])),
            axis("up or down", *HEIGHTS, nticks=4),
            margin=OVER_TIME,
            notes=(Note("outside: the pulses; nothing else comes in"),),
        ),
    }


def eigenvalues(sizes: FloatArray, shares: FloatArray, this: int) -> Figure:
    """The largest eigenvalue of each network, and how often it is right. sizes, shares: (n,). this: which."""
    dots = {"size": 8, "color": colour("muted"), "line": {"width": 0}}
    return {
        "data": [
            curve("1", np.ones(2), np.array(SHARES), "ink", width=1.5, dash="dash", **QUIET),
            marks("a seed", sizes, shares, "muted", marker=dots),
            marks("this seed", sizes[[this]], shares[[this]], "network", symbol="diamond"),
        ],
        "layout": layout(
            230,
            axis("size of the largest eigenvalue of W", *SIZES, zeroline=False),
            axis("right at length 200", *SHARES, nticks=4),
            margin=MARGIN,
            notes=(Note("a dot for every seed; dashed: 1"),),
        ),
    }
