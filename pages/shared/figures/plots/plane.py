"""The plane: labelled points, the field of a network, its boundary and the lines of its hidden units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.plane.contours import level_line
from nn_core.plane.datasets import Dataset
from nn_core.plane.lines import line_through_square
from pages.shared.figures.axes import Figure, axis, base
from pages.shared.figures.plots.curves import Floats, Range, line, note, points
from pages.shared.figures.theme import colour

LEVELS = 255
SYMBOLS = ("circle", "diamond")
CLASSES = ("class-0", "class-1")
MARGIN = {"l": 44, "r": 12, "t": 12, "b": 44}
SQUARE = {"scaleanchor": "x", "constrain": "domain", "constraintoward": "top"}
BARE = {"zeroline": False, "showgrid": False}
# Where marks stand that are not to be seen: their number stays the same, and so does the picture's form.
PARKED = -1e6
TILES_ACROSS = 4
SMALLEST_LOSS, LARGEST_LOSS = 1e-6, 1e6
TILE_GAP, TILE_TITLE = 2, 5


@dataclass(frozen=True)
class View:
    """A square window of the plane: both axes from -half to half, seen at side x side points."""

    half: float
    side: int

    @property
    def ticks(self) -> Floats:
        """The coordinates of its points, the same along both axes."""
        return _ticks(self.half, self.side)

    @property
    def points(self) -> Floats:
        """Its points as samples, shape (side^2, 2), x running fastest."""
        return _points(self.half, self.side)


@lru_cache
def _ticks(half: float, side: int) -> Floats:
    return np.linspace(-half, half, side)


@lru_cache
def _points(half: float, side: int) -> Floats:
    across, up = np.meshgrid(_ticks(half, side), _ticks(half, side))
    return np.column_stack([across.ravel(), up.ravel()])


# ---- traces -------------------------------------------------------------------------------------------


def levels(probabilities: FloatArray) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Numbers from 0 to 1 in 256 levels, which is how a field travels."""
    return np.rint(np.clip(probabilities, 0.0, 1.0) * LEVELS).astype(np.uint8)


def field(name: str, across: Floats, up: Floats, shades: Any, opacity: float = 0.55) -> dict[str, Any]:
    """Colours from class 0 over paper to class 1. shades: 256 levels, shape (len(up) * len(across),)."""
    return {
        "type": "heatmap",
        "name": name,
        "x": across,
        "y": up,
        "z": shades.ravel(),
        "zmin": 0,
        "zmax": LEVELS,
        "zsmooth": "fast",
        "colorscale": [[0, colour("class-0")], [0.5, colour("paper")], [1, colour("class-1")]],
        "showscale": False,
        "opacity": opacity,
        "hoverinfo": "skip",
    }


def boundary(logits: FloatArray, view: View, most: int) -> dict[str, Any]:
    """Where the network does not decide: the line on which its logit is 0."""
    x, y = level_line(logits.reshape(view.side, view.side), view.ticks, view.ticks, most)
    return line("decision boundary", x, y, "ink", width=3, hoverinfo="skip", hovertemplate=None)


def unit_line(
    name: str, weights: Floats, bias: float, view: View, meaning: str, dash: str = "dash"
) -> dict[str, Any]:
    """The line w . x + b = 0 of one unit."""
    x, y = line_through_square(weights, bias, view.half)
    return line(name, x, y, meaning, width=2, dash=dash, hoverinfo="skip", hovertemplate=None)


def normal(name: str, start: Floats, weights: Floats, length: float, meaning: str) -> list[dict[str, Any]]:
    """The vector of a unit's weights, from a point of its line into the half plane where z is positive."""
    size = float(np.hypot(*weights))
    if size == 0.0 or not np.isfinite(start).all():
        nowhere = np.full(2, np.nan)
        shaft, head = (nowhere, nowhere), (np.full(3, np.nan),) * 2
    else:
        along = np.asarray(weights) / size
        tip = start + length * along
        across = np.array([-along[1], along[0]])
        barbs = np.array([tip - 0.08 * along + 0.05 * across, tip, tip - 0.08 * along - 0.05 * across])
        shaft, head = (np.array([start[0], tip[0]]), np.array([start[1], tip[1]])), tuple(barbs.T)
    return [
        line(name, *points, meaning, width=2.5, hoverinfo="skip", hovertemplate=None)
        for points in (shaft, head)
    ]


def labelled(dataset: Dataset, *, hollow: bool = False, size: int = 9) -> list[dict[str, Any]]:
    """The points of both classes, class 0 as circles and class 1 as diamonds; held-out points are hollow."""
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": f"class {kind}" + (", held out" if hollow else ""),
            "x": dataset.points[dataset.labels == kind, 0],
            "y": dataset.points[dataset.labels == kind, 1],
            "marker": {
                "symbol": f"{symbol}-open" if hollow else symbol,
                "size": size,
                "color": colour(meaning),
                "line": {"color": colour(meaning if hollow else "paper"), "width": 1.5},
            },
            "hovertemplate": "(%{x:.2f}, %{y:.2f})<extra>class " + str(kind) + "</extra>",
        }
        for kind, (symbol, meaning) in enumerate(zip(SYMBOLS, CLASSES, strict=True))
    ]


def wrong(places: FloatArray, right: np.ndarray[Any, np.dtype[np.bool_]]) -> dict[str, Any]:
    """A ring around every point that is on the wrong side."""
    x, y = (np.where(right, PARKED, column) for column in places.T)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "on the wrong side",
        "x": x,
        "y": y,
        "marker": {"symbol": "circle-open", "size": 18, "color": colour("error"), "line": {"width": 2}},
        "hoverinfo": "skip",
    }


# ---- figures ------------------------------------------------------------------------------------------


def plane(traces: Sequence[dict[str, Any]], view: View, height: int = 330) -> Figure:
    """The plane with these traces, as wide as it is high."""
    return {"data": list(traces), "layout": _plane_layout(view, height)}


@lru_cache
def _plane_layout(view: View, height: int) -> dict[str, Any]:
    ends = -view.half, view.half
    return {
        **base(height),
        "margin": MARGIN,
        "xaxis": {**axis("x", *ends, constrain="domain"), **BARE},
        "yaxis": {**axis("y", *ends, **SQUARE), **BARE},
    }


def hidden_space(
    activations: FloatArray,
    dataset: Dataset,
    threads: tuple[Floats, Floats],
    separator: tuple[Floats, float],
    within: Range,
    height: int = 330,
) -> Figure:
    """The same points after a hidden layer of two units, with the line of the output unit.

    activations: shape (n, 2). threads: lines of the plane as they lie there, NaN in between.
    separator: weights and bias of the output unit.
    """
    middle, half = sum(within) / 2, (within[1] - within[0]) / 2
    weights, bias = separator
    x, y = line_through_square(weights, bias + float(weights.sum()) * middle, half)
    moved = Dataset(activations, dataset.labels)
    return {
        "data": [
            line("the plane's grid", *threads, "axis", width=1, hoverinfo="skip", hovertemplate=None),
            line(
                "the output's line",
                x + middle,
                y + middle,
                "ink",
                width=3,
                hoverinfo="skip",
                hovertemplate=None,
            ),
            *labelled(moved, size=12),
        ],
        "layout": _hidden_layout(within, height),
    }


@lru_cache
def _hidden_layout(within: Range, height: int) -> dict[str, Any]:
    return {
        **base(height),
        "margin": MARGIN,
        "xaxis": axis("a₁, hidden space", *within, constrain="domain"),
        "yaxis": axis("a₂", *within, **SQUARE),
    }


def tiles(layers: Sequence[FloatArray], side: int, height: int = 330) -> Figure:
    """Every hidden unit's field as a small picture, at most TILES_ACROSS in a row; layers from the top down.

    layers: for each hidden layer numbers from 0 to 1, shape (side^2, units).
    """
    places = _tile_places(tuple(layer.shape[1] for layer in layers))
    columns, rows = (max(place[axis] for place in places) + 1 for axis in (0, 1))
    pitch, rise = side + TILE_GAP, side + TILE_TITLE
    sheet = np.full((rows * rise, columns * pitch), LEVELS // 2 + 1, dtype=np.uint8)
    for (column, row), unit in zip(places, np.hstack(layers).T, strict=True):
        bottom, left = (rows - 1 - row) * rise, column * pitch
        sheet[bottom : bottom + side, left : left + side] = levels(unit).reshape(side, side)
    across, up = np.arange(sheet.shape[1], dtype=float), np.arange(sheet.shape[0], dtype=float)
    return {
        "data": [field("hidden units", across, up, sheet, opacity=0.8)],
        "layout": _tiles_layout(tuple(layer.shape[1] for layer in layers), side, height),
    }


@lru_cache
def _tile_places(widths: tuple[int, ...]) -> list[tuple[int, int]]:
    """Column and row of every unit, from the top."""
    places, first = [], 0
    for width in widths:
        places += [(unit % TILES_ACROSS, first + unit // TILES_ACROSS) for unit in range(width)]
        first = places[-1][1] + 1
    return places


@lru_cache
def _tiles_layout(widths: tuple[int, ...], side: int, height: int) -> dict[str, Any]:
    places = _tile_places(widths)
    columns, rows = (max(place[axis] for place in places) + 1 for axis in (0, 1))
    pitch, rise = side + TILE_GAP, side + TILE_TITLE
    names = [f"{layer}.{unit}" for layer, width in enumerate(widths, 1) for unit in range(1, width + 1)]
    titles = [
        {
            "x": column * pitch + (side - 1) / 2,
            "y": (rows - 1 - row) * rise + side,
            "text": name if len(widths) > 1 else f"unit {name.removeprefix('1.')}",
            "showarrow": False,
            "yanchor": "middle",
            "yshift": 5,
            "font": {"size": 12, "color": colour("muted")},
        }
        for name, (column, row) in zip(names, places, strict=True)
    ]
    quiet = {"visible": False, "fixedrange": True, "constrain": "domain"}
    return {
        **base(height),
        "margin": {"l": 8, "r": 8, "t": 12, "b": 8},
        "xaxis": {**axis("", -1.0, columns * pitch - 1.0), **quiet},
        "yaxis": {**axis("", -1.0, rows * rise), **quiet, **SQUARE},
        "annotations": titles,
    }


def cut(x: Floats, network: Floats, straight: Floats, within: Range, height: int = 330) -> Figure:
    """What the network gives along the middle line of the plane, beside its straight counterpart."""
    return {
        "data": [
            line("linear layers", x, straight, "target", dash="dash"),
            line("network", x, network, "network", width=3.5),
        ],
        "layout": _cut_layout(float(x[-1]), within, height),
    }


@lru_cache
def _cut_layout(half: float, within: Range, height: int) -> dict[str, Any]:
    return {
        **base(height),
        "margin": {**MARGIN, "l": 56},
        "xaxis": axis("x, along y = 0", -half, half),
        "yaxis": axis("logit", *within),
        "annotations": [note("dashed: the same weights, all layers linear", within)],
    }


def learning(
    iterations: Floats, losses: Floats, shares: tuple[Floats, Floats], now: int, height: int = 170
) -> Figure:
    """The loss against the iteration, logarithmic, the shares of right points, and where the knob stands.

    shares: of the training points, and of those held out, from 0 to 1.
    """
    there = losses[np.isfinite(losses)]
    low, high = float(max(there.min(), SMALLEST_LOSS)), float(min(there.max(), LARGEST_LOSS))
    ends = float(np.floor(np.log10(low))), float(np.ceil(np.log10(high) + 0.1))
    right = {"yaxis": "y2", "hovertemplate": "iteration %{x}<br>%{y:.3f} right<extra></extra>"}
    return {
        "data": [
            line("loss", iterations, losses, "error", width=2),
            line("right in training", iterations, shares[0], "network", width=2, **right),
            line("right, held out", iterations, shares[1], "network", width=2, dash="dot", **right),
            points("now", [iterations[now]], [losses[now]], "error"),
        ],
        "layout": _learning_layout(float(iterations[-1]), ends, height),
    }


@lru_cache
def _learning_layout(last: float, ends: Range, height: int) -> dict[str, Any]:
    share = axis("share right", 0.0, 1.05, overlaying="y", side="right", showgrid=False)
    decades = {"type": "log", "zeroline": False, "exponentformat": "power", "nticks": 4}
    return {
        **base(height),
        "margin": {**MARGIN, "l": 56, "r": 56},
        "xaxis": axis("iteration", 0.0, last),
        "yaxis": {**axis("loss", *ends), **decades},
        "yaxis2": {**share, "zeroline": False, "tickvals": [0, 0.5, 1]},
        "annotations": [
            {
                **note("left: loss; right: share right, dotted: held out", (0.0, 0.0)),
                "yref": "y domain",
            }
        ],
    }


def threads(view: View, count: int, per_thread: int) -> FloatArray:
    """Points along `count` lines of each direction, line after line: shape (2 * count, per_thread, 2)."""
    places = np.linspace(-view.half, view.half, count)
    along = np.linspace(-view.half, view.half, per_thread)
    across = [np.column_stack([along, np.full(per_thread, place)]) for place in places]
    up = [np.column_stack([np.full(per_thread, place), along]) for place in places]
    return np.array([*across, *up])
