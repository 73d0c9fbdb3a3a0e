"""One unit that remembers: its cobweb, the border of its memory, and a bit with its gradient over time."""

from __future__ import annotations

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Figure, Margin, Note, axis, layout, log_axis
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import QUIET, Label, Trace, curve, end_labels, marks

ENDS, STATES = (-1.1, 1.1), (-1.15, 1.15)
POWERS = (-56.0, 20.0)
MARGIN, OVER_TIME = Margin(48, 12, 12, 44), Margin(left=64, right=104)
DOT, SMALL = 12, 6
# A state alone is a dot.
SEEN: Trace = {"mode": "lines+markers", "marker": {"size": 5}}
FILLED: Trace = {"fill": "toself", "fillcolor": colour("grid")}


def cobweb(x: FloatArray, says: FloatArray, path: tuple[FloatArray, FloatArray], rests: FloatArray) -> Figure:
    """What the unit says next, the diagonal, a run between them, and where it rests.

    x, says: (n,). path: across and up. rests: (2, 3), those that hold and those that do not, NaN for none.
    """
    holds, lets_go = rests
    return {
        "data": [
            curve("next = now", np.array(ENDS), np.array(ENDS), "muted", width=1.5, dash="dot", **QUIET),
            curve("says next", x, says, "network", width=3),
            curve("the run", *path, "input", width=1.5, **QUIET),
            marks("holds", holds, holds, "ink", marker=_dot("ink", "ink")),
            marks("does not hold", lets_go, lets_go, "ink", marker=_dot("paper", "ink")),
        ],
        "layout": layout(
            340,
            axis("h now", *ENDS),
            axis("h next", *ENDS),
            margin=MARGIN,
            notes=(Note("filled: it holds; hollow: it lets go"),),
        ),
    }


def borders(
    weights: FloatArray, fold: FloatArray, measured: tuple[FloatArray, FloatArray], ends: tuple[float, float]
) -> Figure:
    """The plane of weight and bias: where there are three fixed points, by the formula and by runs.

    weights, fold: (n,), the border above 0. measured: weights and borders above 0. ends: of w and b.
    """
    both = np.concatenate([weights[::-1], weights]), np.concatenate([-fold[::-1], fold])
    dots = np.tile(measured[0], 2), np.concatenate([measured[1], -measured[1]])
    words: Trace = {
        "type": "scatter",
        "mode": "text",
        "x": np.array([-0.3, 0.8]) * ends[0],
        "y": np.array([0.6, -0.25]) * ends[1],
        "text": ["one", "three"],
        "textfont": {"color": colour("ink"), "size": 15},
        **QUIET,
    }
    return {
        "data": [
            curve("b = ±b*(w)", *both, "target", width=2, dash="dash", **QUIET) | FILLED,
            marks("measured", *dots, "error", marker={"size": SMALL, "color": colour("error")}),
            words,
        ],
        "layout": layout(
            340,
            axis("weight w", -ends[0], ends[0]),
            axis("bias b", -ends[1], ends[1]),
            margin=MARGIN,
            notes=(Note("fixed points; dots: measured"),),
        ),
    }


def over_time(steps: FloatArray, bits: FloatArray) -> Figure:
    """The state after each step, of the unit to which + was written, and of that to which − was.

    steps: (n,). bits: (2, n), NaN where there is nothing yet.
    """
    last = np.nanmax(np.where(np.isnan(bits[0]), np.nan, steps))
    high, low = (float(each[int(last)]) for each in bits)
    return {
        "data": [
            curve("written +", steps, bits[0], "class-1", width=3, **SEEN),
            curve("written −", steps, bits[1], "class-0", width=3, dash="dash", **SEEN),
            end_labels(
                float(steps[-1]),
                [Label("written −", low, "class-0"), Label("written +", high, "class-1")],
                STATES,
                lines=7,
            ),
        ],
        "layout": layout(
            240,
            axis("steps since the pulse", float(steps[0]), float(steps[-1])),
            axis("state h", *STATES, nticks=5),
            margin=OVER_TIME,
        ),
    }


def shrinking(steps: FloatArray, product: FloatArray) -> Figure:
    """How much a change of the first state is still worth after each step, on a scale of powers of ten."""
    known = product[~np.isnan(product)]
    at = len(known) - 1
    return {
        "data": [
            curve("as it was", steps[[0, -1]], np.ones(2), "muted", width=1.5, dash="dot", **QUIET),
            curve("gradient", steps, np.where(product > 0.0, product, np.nan), "error", width=3),
            marks("gradient", steps[[at]], np.maximum(known[[-1]], 1e-300), "error"),
        ],
        "layout": layout(
            210,
            axis("steps since the pulse", float(steps[0]), float(steps[-1])),
            log_axis("gradient", *POWERS, every=20),
            margin=OVER_TIME,
            notes=(Note("dotted: 1, nothing lost"),),
        ),
    }


def _dot(inside: str, edge: str) -> Trace:
    return {"size": DOT, "color": colour(inside), "line": {"color": colour(edge), "width": 2}}
