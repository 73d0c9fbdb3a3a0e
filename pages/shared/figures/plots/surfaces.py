"""Surfaces in three dimensions, which turn under the pointer, and their errors against R."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import cycle
from typing import Any

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Figure, Margin, Range, base, layout, log_axis, notation
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import Label, Trace, curve, log_end_labels, marks

HEIGHT = 400
CAMERA = {"eye": {"x": -1.1, "y": -1.37, "z": 0.93}, "center": {"x": 0, "y": 0, "z": -0.12}}
DASHES = ("solid", "dash", "dot")
COUNTS = (1, 2, 4, 7, 10, 14)


def surface(
    x: FloatArray,
    y: FloatArray,
    heights: FloatArray,
    within: Range,
    *,
    distances: FloatArray | None = None,
    worst: tuple[float, float, float, float] | None = None,
    unit: float = 1.0,
) -> Figure:
    """Heights over a rectangle. heights: shape (len(y), len(x)).

    distances: what colours it, from 0 to `unit`; without them the height does.
    worst: x, y and the two heights between which the largest error is marked.
    """
    ground = {"type": "surface", "name": "height", "x": x, "y": y, "z": heights.ravel()}
    shades = (
        _shades(heights, within, ("grid", "network"))
        if distances is None
        else _shades(distances, (0.0, unit), ("network", "error"))
    )
    return {
        "data": [{**ground, **shades, **_SMOOTH}, _largest_error(*worst or (np.nan,) * 4)],
        "layout": _scene((float(x[0]), float(x[-1])), (float(y[0]), float(y[-1])), within),
    }


_SMOOTH: Trace = {
    "contours": {letter: {"highlight": False} for letter in "xyz"},
    "hovertemplate": "(%{x}, %{y})<br>%{z}<extra></extra>",
}


def _shades(numbers: FloatArray, within: Range, meanings: tuple[str, str]) -> Trace:
    """What colours a surface, from one meaning's colour to another's."""
    return {
        "surfacecolor": numbers.ravel(),
        "cmin": within[0],
        "cmax": within[1],
        "colorscale": [[end, colour(meaning)] for end, meaning in enumerate(meanings)],
        "showscale": False,
    }


def _largest_error(across: float, deep: float, low: float, high: float) -> Trace:
    return {
        "type": "scatter3d",
        "mode": "lines+markers",
        "name": "largest error",
        "x": np.full(2, across),
        "y": np.full(2, deep),
        "z": np.array([low, high]),
        "marker": {"size": 5, "color": colour("ink"), "symbol": "diamond"},
        "line": {"width": 4, "color": colour("ink")},
        "hovertemplate": "largest error<extra></extra>",
    }


@lru_cache
def _scene(across: Range, deep: Range, within: Range) -> dict[str, Any]:
    return {
        **base(HEIGHT, Margin(0, 0, 0, 0)),
        "scene": {
            "xaxis": _side("x₁", across),
            "yaxis": _side("x₂", deep),
            "zaxis": _side("height", within),
            "aspectmode": "manual",
            "aspectratio": {"x": 1, "y": 1, "z": 0.7},
            "camera": CAMERA,
            "uirevision": "the reader's",
        },
        "dragmode": "turntable",
    }


def scene_title(text: str) -> dict[str, Any]:
    """The title of an axis of a scene. Its size is said, so that it grows with the window."""
    return {"text": text, "font": {"size": 14}}


def _side(title: str, ends: Range) -> dict[str, Any]:
    """One of the three axes of a scene."""
    return {
        "title": scene_title(title),
        "tickfont": {"size": 13},
        "range": list(ends),
        "gridcolor": colour("grid"),
        "zerolinecolor": colour("axis"),
        "backgroundcolor": colour("paper"),
        "color": colour("muted"),
        "showspikes": False,
        "nticks": 5,
        **notation(*ends),
    }


def errors(
    counts: FloatArray, measured: Mapping[str, FloatArray], now: tuple[float, float], title: str
) -> Figure:
    """The errors of several constructions against R, both logarithmic; the one on screen is marked.

    measured: for each construction its errors, shape (len(counts),).
    """
    rates = list(measured.values())
    low = 10.0 ** np.floor(np.log10(max(min(float(rate.min()) for rate in rates), 1e-6)))
    high = max(2.0 * max(float(rate.max()) for rate in rates), 10.0 * low)
    ends = (float(np.log10(low)), float(np.log10(high)))
    labels = [Label(name.removeprefix("towers "), float(rate[-1]), "ink") for name, rate in measured.items()]
    across = log_axis("R, towers along a side", 0.0, float(np.log10(counts[-1])), COUNTS)
    return {
        "data": [
            *(
                curve(name, counts, rate, "error", dash=dash)
                for (name, rate), dash in zip(measured.items(), cycle(DASHES), strict=False)
            ),
            marks("shown", [now[0]], [max(now[1], low)], "network", symbol="diamond"),
            log_end_labels(float(counts[-1]), labels, ends, lines=7),
        ],
        "layout": layout(HEIGHT // 2, across, log_axis(title, *ends), margin=Margin(left=64, right=126)),
    }
