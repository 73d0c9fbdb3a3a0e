"""Surfaces in three dimensions, which turn under the pointer, and their errors against R."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import cycle
from typing import Any

import numpy as np

from pages.shared.figures.axes import Figure, axis, base
from pages.shared.figures.plots.curves import Floats, Range, end_labels, line, points
from pages.shared.figures.theme import colour

HEIGHT = 400
DASHES = ("solid", "dash", "dot")


def surface(
    x: Floats,
    y: Floats,
    heights: Floats,
    within: Range,
    *,
    distances: Floats | None = None,
    worst: tuple[float, float, float, float] | None = None,
    unit: float = 1.0,
) -> Figure:
    """Heights over a rectangle. heights: shape (len(y), len(x)).

    distances: what colours it, from 0 to `unit`; without them the height does.
    worst: x, y and the two heights between which the largest error is marked.
    """
    shade = heights if distances is None else distances
    low, high = within if distances is None else (0.0, unit)
    ends = ["grid", "network"] if distances is None else ["network", "error"]
    across, deep, *heights_there = worst or (np.nan,) * 4
    return {
        "data": [
            {
                "type": "surface",
                "name": "height",
                "x": x,
                "y": y,
                "z": heights.ravel(),
                "surfacecolor": shade.ravel(),
                "cmin": low,
                "cmax": high,
                "colorscale": [[0, colour(ends[0])], [1, colour(ends[1])]],
                "showscale": False,
                "contours": {axis_name: {"highlight": False} for axis_name in "xyz"},
                "hovertemplate": "(%{x:.2f}, %{y:.2f})<br>%{z:.3f}<extra></extra>",
            },
            {
                "type": "scatter3d",
                "mode": "lines+markers",
                "name": "largest error",
                "x": np.full(2, across),
                "y": np.full(2, deep),
                "z": np.array(heights_there),
                "marker": {"size": 5, "color": colour("ink"), "symbol": "diamond"},
                "line": {"width": 4, "color": colour("ink")},
                "hovertemplate": "largest error<extra></extra>",
            },
        ],
        "layout": _scene((float(x[0]), float(x[-1])), (float(y[0]), float(y[-1])), within),
    }


@lru_cache
def _scene(across: Range, deep: Range, within: Range) -> dict[str, Any]:
    def quiet(title: str, ends: Range) -> dict[str, Any]:
        return {
            "title": {"text": title},
            "range": list(ends),
            "gridcolor": colour("grid"),
            "zerolinecolor": colour("axis"),
            "backgroundcolor": colour("paper"),
            "color": colour("muted"),
            "showspikes": False,
            "nticks": 5,
        }

    return {
        **base(HEIGHT),
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "scene": {
            "xaxis": quiet("x", across),
            "yaxis": quiet("y", deep),
            "zaxis": quiet("height", within),
            "aspectmode": "manual",
            "aspectratio": {"x": 1, "y": 1, "z": 0.7},
            "camera": {"eye": {"x": -1.0, "y": -1.25, "z": 0.85}, "center": {"x": 0, "y": 0, "z": -0.12}},
            "uirevision": "the reader's",
        },
        "dragmode": "turntable",
    }


def errors(counts: Floats, measured: Mapping[str, Floats], now: tuple[float, float], title: str) -> Figure:
    """The errors of several constructions against R, both logarithmic; the one on screen is marked.

    measured: for each construction its errors, shape (len(counts),).
    """
    rates = list(measured.values())
    low = 10.0 ** np.floor(np.log10(max(min(float(rate.min()) for rate in rates), 1e-6)))
    high = max(2.0 * max(float(rate.max()) for rate in rates), 10.0 * low)
    ends = (float(np.log10(low)), float(np.log10(high)))
    labels = end_labels(
        float(counts[-1]),
        [float(np.log10(max(rate[-1], low))) for rate in rates],
        list(measured),
        ["ink"] * len(rates),
        ends,
        lines=7,
    )
    return {
        "data": [
            *(
                line(name, counts, rate, "error", dash=dash)
                for (name, rate), dash in zip(measured.items(), cycle(DASHES), strict=False)
            ),
            points("shown", [now[0]], [max(now[1], low)], "network", symbol="diamond"),
            {**labels, "y": 10.0 ** labels["y"]},
        ],
        "layout": _errors_layout(float(counts[-1]), ends, title),
    }


@lru_cache
def _errors_layout(most: float, ends: Range, title: str) -> dict[str, Any]:
    logarithmic = {"type": "log", "zeroline": False}
    across = {**axis("R, towers along a side", 0.0, float(np.log10(most))), **logarithmic}
    return {
        **base(HEIGHT // 2),
        "margin": {"l": 64, "r": 150, "t": 10, "b": 44},
        "xaxis": {**across, "tickvals": [1, 2, 4, 7, 10, 14]},
        "yaxis": {**axis(title, *ends), **logarithmic, "dtick": 1, "exponentformat": "power"},
    }
