"""One step seen on curves: the pair and the network, the loss along a parameter, and what h does."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from pages.shared.figures.axes import Figure, axis, base
from pages.shared.figures.plots.curves import Floats, Range, line, note, points
from pages.shared.figures.plots.plane import PARKED
from pages.shared.figures.theme import colour

HEIGHT = 250
ALONG: Range = (-4.0, 4.0)
LOSSES: Range = (-0.4, 5.0)
SEEN: Range = (-2.4, 2.4)
HEIGHTS: Range = (-1.8, 1.8)
QUIET: dict[str, Any] = {"hoverinfo": "skip", "hovertemplate": None}
SMALLEST, LARGEST = 1e-13, 10.0
# On a logarithmic axis: far below what is seen.
HIDDEN = 1e-30


def fit(
    data: tuple[Floats, Floats],
    now: int,
    x: Floats,
    before: Floats,
    after: Floats | None,
    answer: float | None,
) -> Figure:
    """The pairs, the drawn one and its error, and the network before and after the step.

    data: x and y of all pairs, shape (n,) each. now: which one was drawn. x, before, after: the network's
    outputs on a grid; None where there was no step yet. answer: the network's a at the pair, or None.
    """
    at, label = float(data[0][now]), float(data[1][now])
    gap = np.array([np.nan if answer is None else answer, label])
    nowhere = np.full(len(x), np.nan)
    return {
        "data": [
            line("a", x, before, "network", width=3),
            line("a after the step", x, nowhere if after is None else after, "network", dash="dash"),
            line("a − y", np.array([at, at]), gap, "error", width=3, dash="dot", **QUIET),
            points("y", data[0], data[1], "axis"),
            points("the pair", [at], [label], "target", symbol="diamond"),
        ],
        "layout": _fit_layout(),
    }


@lru_cache
def _fit_layout() -> dict[str, Any]:
    return {
        **base(HEIGHT),
        "xaxis": axis("input x", *SEEN),
        "yaxis": axis("label y, output a", *HEIGHTS),
        "annotations": [note("dashed: after the step", HEIGHTS)],
    }


def along(
    name: str,
    curve: tuple[Floats, Floats],
    here: tuple[float, float],
    lines: tuple[float | None, tuple[float, float, float] | None],
    there: tuple[float, float] | None,
) -> Figure:
    """The loss along one parameter, the others fixed: the point, its tangent, the secant and the step.

    name: of the parameter. curve: its values and the losses there. here: the parameter and the loss, NaN
    where it is not known yet.
    lines: the derivative, and of the secant h and the losses at p - h and p + h; None hides them.
    there: the parameter after the step and the loss it gets to on this curve; None hides it.
    """
    slope, secant = lines
    end = there or (np.nan, np.nan)
    return {
        "data": [
            line("loss", *curve, "error", width=3, hovertemplate=f"{name} = %{{x:.2f}}<br>loss %{{y:.4f}}"),
            line("tangent", *_through(here, slope), "ink", width=2, **QUIET),
            line("secant", *_secant(here[0], secant), "bias", width=2, dash="dash", **QUIET),
            points("p − h and p + h", *_ends(here[0], secant), "bias", symbol="square", **QUIET),
            line("step", np.array([here[0], end[0]]), np.full(2, LOSSES[0] / 2), "ink", width=4, **QUIET),
            points("now", [_parked(here[0])], [_parked(here[1])], "error"),
            points("after", [_parked(end[0])], [_parked(end[1])], "ink", symbol="diamond"),
        ],
        "layout": _along_layout(name),
    }


def _parked(value: float) -> float:
    return value if np.isfinite(value) else PARKED


def _through(here: tuple[float, float], slope: float | None) -> tuple[Floats, Floats]:
    """The straight line of that slope through the point, from one end of the axis to the other."""
    x = np.array(ALONG)
    return x, np.full(2, np.nan) if slope is None else here[1] + slope * (x - here[0])


def _secant(here: float, secant: tuple[float, float, float] | None) -> tuple[Floats, Floats]:
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


@lru_cache
def _along_layout(name: str) -> dict[str, Any]:
    return {
        **base(HEIGHT),
        "xaxis": axis(f"parameter {name}", *ALONG),
        "yaxis": axis("loss L of the pair", *LOSSES),
        "annotations": [{**note("solid: tangent; dashed: secant", LOSSES), "y": LOSSES[1], "yanchor": "top"}],
    }


def agreement(sizes: Floats, differences: Floats | None, now: int) -> Figure:
    """How far the finite difference is from the derivative, against h, both on logarithmic axes.

    sizes: every h, shape (n,). differences: their relative differences, 0 at the lower edge; None hides them.
    """
    shown = np.full(len(sizes), HIDDEN) if differences is None else np.clip(differences, SMALLEST, LARGEST)
    return {
        "data": [
            line("relative difference", sizes, shown, "bias", width=2, hovertemplate="h = %{x}<br>%{y:.1e}"),
            points("every h", sizes, shown, "bias", symbol="square", **QUIET),
            points("h now", [float(sizes[now])], [float(shown[now])], "ink", symbol="diamond"),
        ],
        "layout": _agreement_layout(float(sizes[-1]), float(sizes[0])),
    }


@lru_cache
def _agreement_layout(least: float, most: float) -> dict[str, Any]:
    powers = {"type": "log", "exponentformat": "power", "zeroline": False, "dtick": 3}
    ends = np.log10([least, most])
    heights = np.log10([SMALLEST, LARGEST])
    return {
        **base(HEIGHT),
        "xaxis": {**axis("h", ends[0] - 0.4, ends[1] + 0.4), **powers},
        "yaxis": {**axis("relative difference", heights[0] - 0.3, heights[1]), **powers},
        "annotations": [
            {
                "text": text, "x": x, "y": 1.0, "xref": "x domain", "yref": "y domain", "showarrow": False,
                "xanchor": anchor, "yanchor": "top", "font": {"color": colour("muted"), "size": 13},
            }
            for text, x, anchor in (("← rounding", 0.02, "left"), ("truncation →", 0.98, "right"))
        ],
    }  # fmt: skip
