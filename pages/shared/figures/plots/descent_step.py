"""One step seen on curves: the pair and the network, the loss along a parameter, and what h does."""

from __future__ import annotations

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import ROOM, Figure, Note, Range, axis, layout, log_axis
from pages.shared.figures.traces import PARKED, QUIET, curve, marks

HEIGHT = 250
ALONG: Range = (-4.0, 4.0)
LOSSES: Range = (-0.4, 5.0)
SEEN: Range = (-2.4, 2.4)
HEIGHTS: Range = (-1.8, 1.8)
SMALLEST, LARGEST = 1e-13, 10.0
# On a logarithmic axis: far below what is seen.
HIDDEN = 1e-30


def fit(
    pairs: tuple[FloatArray, FloatArray],
    now: int,
    x: FloatArray,
    outputs: tuple[FloatArray, FloatArray | None],
    answer: float | None,
) -> Figure:
    """The pairs, the drawn one and its error, and the network before and after the step.

    pairs: x and y of all of them, shape (n,) each. now: which one was drawn. outputs: the network's on a
    grid x, before and after the step; None where there was none yet. answer: its a at the pair, or None.
    """
    at, label = float(pairs[0][now]), float(pairs[1][now])
    gap = np.array([np.nan if answer is None else answer, label])
    before, after = outputs
    nowhere = np.full(len(x), np.nan)
    return {
        "data": [
            curve("a", x, before, "network", width=3),
            curve("y after the step", x, nowhere if after is None else after, "network", dash="dash"),
            curve("y − t", np.array([at, at]), gap, "error", width=3, dash="dot", **QUIET),
            marks("y", *pairs, "axis"),
            marks("the pair", [at], [label], "target", symbol="diamond"),
        ],
        "layout": layout(
            HEIGHT,
            axis("input x", *SEEN),
            axis("label t, output y", *HEIGHTS),
            notes=(Note("dashed: after the step"),),
        ),
    }


def along(
    name: str,
    losses: tuple[FloatArray, FloatArray],
    here: tuple[float, float],
    lines: tuple[float | None, tuple[float, float, float] | None],
    there: tuple[float, float] | None,
) -> Figure:
    """The loss along one parameter, the others fixed: the point, its tangent, the secant and the step.

    name: of the parameter. losses: its values and the losses there. here: the parameter and the loss, NaN
    where it is not known yet.
    lines: the derivative, and of the secant h and the losses at p - h and p + h; None hides them.
    there: the parameter after the step and the loss it gets to on this curve; None hides it.
    """
    slope, secant = lines
    end = there or (np.nan, np.nan)
    stride = np.array([here[0], end[0]]), np.full(2, LOSSES[0] / 2)
    return {
        "data": [
            curve("loss", *losses, "error", width=3, hovertemplate=f"{name} = %{{x}}<br>loss %{{y}}"),
            curve("tangent", *_through(here, slope), "ink", width=2, **QUIET),
            curve("secant", *_secant(here[0], secant), "bias", width=2, dash="dash", **QUIET),
            marks("p − h and p + h", *_ends(here[0], secant), "bias", symbol="square", **QUIET),
            curve("step", *stride, "ink", width=4, **QUIET),
            marks("now", *_parked(here), "error"),
            marks("after", *_parked(end), "ink", symbol="diamond"),
        ],
        "layout": layout(
            HEIGHT,
            axis(f"parameter {name}", *ALONG),
            axis("loss L of the pair", *LOSSES),
            notes=(Note("solid: tangent; dashed: secant", "left"),),
        ),
    }


def _parked(place: tuple[float, float]) -> tuple[list[float], list[float]]:
    """Both coordinates of a mark, out of sight where they are not known."""
    x, y = ([value if np.isfinite(value) else PARKED] for value in place)
    return x, y


def _through(here: tuple[float, float], slope: float | None) -> tuple[FloatArray, FloatArray]:
    """The straight line of that slope through the point, from one end of the axis to the other."""
    x = np.array(ALONG)
    return x, np.full(2, np.nan) if slope is None else here[1] + slope * (x - here[0])


def _secant(here: float, secant: tuple[float, float, float] | None) -> tuple[FloatArray, FloatArray]:
    x = np.array(ALONG)
    if secant is None:
        return x, np.full(2, np.nan)
    h, below, above = secant
    return x, (below + above) / 2 + (above - below) / (2 * h) * (x - here)


def _ends(here: float, secant: tuple[float, float, float] | None) -> tuple[list[float], list[float]]:
    if secant is None:
        return [PARKED] * 2, [PARKED] * 2
    h, below, above = secant
    return [here - h, here + h], [below, above]


def agreement(sizes: FloatArray, differences: FloatArray | None, now: int) -> Figure:
    """How far the finite difference is from the derivative, against h, both on logarithmic axes.

    sizes: every h, shape (n,). differences: their relative differences, 0 at the lower edge; None hides them.
    """
    shown = np.full(len(sizes), HIDDEN) if differences is None else np.clip(differences, SMALLEST, LARGEST)
    most, least, low, high = np.log10([sizes[0], sizes[-1], SMALLEST, LARGEST]).tolist()
    return {
        "data": [
            curve("relative difference", sizes, shown, "bias", width=2, hovertemplate="h = %{x}<br>%{y}"),
            marks("every h", sizes, shown, "bias", symbol="square", **QUIET),
            marks("h now", sizes[[now]], shown[[now]], "ink", symbol="diamond"),
        ],
        "layout": layout(
            HEIGHT,
            log_axis("h", least - 0.4, most + 0.4, every=3),
            log_axis("relative difference", low - 0.3, high, every=3),
            margin=ROOM._replace(left=64),
            notes=(Note("← rounding", "left"), Note("truncation →", "right")),
        ),
    }
