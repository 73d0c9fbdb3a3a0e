"""What figures are drawn with: curves, marks, and words that stand beside them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from math import isnan, log10
from statistics import fmean
from typing import Any, NamedTuple

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Range
from pages.shared.figures.theme import colour

Trace = dict[str, Any]
"""A Plotly trace as plain data."""

DASHES = ("dash", "dot", "dashdot")
QUIET: Trace = {"hoverinfo": "skip", "hovertemplate": None}
"""For traces that say nothing under the pointer."""
# Where marks stand that are not to be seen: their number stays the same, and so does the picture's form.
PARKED = -1e6
# What lettering on a map stands on, so that lines end before it.
CLEAR = ", ".join(["0 0 3px var(--sp-paper)"] * 4)
# A name stands so far from its curve's end that a handle there does not touch it.
AWAY = "\N{EM SPACE}"


def curve(
    name: str,
    x: FloatArray,
    y: FloatArray,
    meaning: str,
    *,
    width: float = 2,
    dash: str = "solid",
    **more: Any,
) -> Trace:
    """A curve through all its points."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": y,
        "line": {"color": colour(meaning), "width": width, "dash": dash, "simplify": False},
        "hovertemplate": "x = %{x}<br>" + name + " = %{y}<extra></extra>",
        **more,
    }


def marks(
    name: str,
    x: Sequence[float] | FloatArray,
    y: Sequence[float] | FloatArray,
    meaning: str,
    *,
    symbol: str = "circle",
    **more: Any,
) -> Trace:
    """Marked places."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": np.array(x, dtype=float),
        "y": np.array(y, dtype=float),
        "marker": {
            "color": colour(meaning),
            "size": 11,
            "symbol": symbol,
            "line": {"color": colour("paper"), "width": 2},
        },
        "hovertemplate": "x = %{x}<br>" + name + " = %{y}<extra></extra>",
        **more,
    }


def lettering(texts: Sequence[str], meaning: str, size: int = 13) -> Trace:
    """What a trace says at its places, in the colour of a meaning."""
    return {"text": list(texts), "textfont": {"color": colour(meaning), "size": size}}


def map_lettering(texts: Sequence[str], meaning: str, size: int = 13) -> Trace:
    """The same where lines pass below: they end before the letters."""
    written = lettering(texts, meaning, size)
    return {**written, "textfont": {**written["textfont"], "shadow": CLEAR}}


def joined(x: FloatArray, y: FloatArray, most: int) -> tuple[FloatArray, FloatArray]:
    """Many curves as one: one after the other with NaN behind each, and NaN up to `most` of them.

    x, y: (n, points) each. Returns two arrays of most * (points + 1) numbers.
    """
    long = np.full((2, most, x.shape[1] + 1), np.nan)
    long[0, : len(x), :-1] = x
    long[1, : len(y), :-1] = y
    return long[0].ravel(), long[1].ravel()


# ---- names beside the ends of curves ------------------------------------------------------------------


class Label(NamedTuple):
    """The name of a curve, the height that it is to stand at, and the meaning whose colour it has."""

    text: str
    height: float
    meaning: str


def end_labels(x: float, labels: Sequence[Label], within: Range, lines: int = 14) -> Trace:
    """The names of curves beside their right ends, moved apart where they would overlap.

    within: the range of the axis. lines: how many names fit above each other.
    """
    texts, heights, meanings = zip(*labels, strict=True)
    gap = (within[1] - within[0]) / lines
    low, high = within[0] + gap / 2, within[1] - gap / 2
    order = _ascending(heights)
    placed = np.empty(len(texts))
    # Also those held at the edge stay in their order.
    placed[order] = spread([min(max(heights[each], low), high) for each in order], gap)
    return {
        "type": "scatter",
        "mode": "text",
        "x": np.full(len(texts), float(x)),
        "y": placed,
        "text": [f"{AWAY}{text}" for text in texts],
        "textposition": "middle right",
        "textfont": {"color": [colour(meaning) for meaning in meanings], "size": 14},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def log_end_labels(x: float, labels: Sequence[Label], ends: Range, lines: int) -> Trace:
    """The same beside a logarithmic axis from 10^ends[0] to 10^ends[1]."""
    low, high = (10.0**end for end in ends)
    levels = [label._replace(height=log10(min(max(label.height, low), high))) for label in labels]
    found = end_labels(x, levels, ends, lines)
    return {**found, "y": 10.0 ** found["y"]}


def last_height(values: FloatArray) -> float:
    """The last finite value, or NaN: where the name of a curve stands."""
    finite = values[np.isfinite(values)]
    return float(finite[-1]) if len(finite) else float("nan")


def spread(heights: Sequence[float] | FloatArray, gap: float) -> FloatArray:
    """The heights in the same order, moved as little as possible until each is `gap` from the next.

    Least squares: without the gaps the heights must not fall, and pooling neighbours that do gives the
    nearest such sequence (the pool-adjacent-violators algorithm, Ayer et al. 1955).
    """
    order = _ascending(heights)
    pools: list[list[float]] = []
    for place, each in enumerate(order):
        pools.append([float(heights[each]) - gap * place])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    levels = chain.from_iterable([fmean(pool)] * len(pool) for pool in pools)
    moved = np.empty(len(order))
    moved[order] = [level + gap * place for place, level in enumerate(levels)]
    return moved


def _ascending(heights: Sequence[float] | FloatArray) -> list[int]:
    """Which of them is the lowest, the next, and so on; what is no number comes last.

    There are few, and NumPy would take ten times as long.
    """
    return sorted(range(len(heights)), key=lambda each: (isnan(heights[each]), heights[each]))
