"""The plane: labelled points, the field of a network, its boundary and the lines of its hidden units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.plane.contours import level_line
from nn_core.plane.datasets import Dataset
from nn_core.plane.lines import line_through_square
from pages.shared.figures.axes import Figure, Margin, Note, Range, axis, layout
from pages.shared.figures.plots.losses import Share, decades, losses
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import PARKED, QUIET, Trace, curve, marks

LEVELS = 255
BOUNDARY, CLASS = "decision boundary", "class"
SYMBOLS = ("circle", "diamond", "square")
CLASSES = ("class-0", "class-1")
HEIGHT, HIGH = 330, 400
MOST_SEGMENTS = 300
MARGIN = Margin(44, 12, 12, 44)
# Above the plane: what a class looks like. It is read, and hides nothing when it is clicked.
LEGEND: dict[str, Any] = {
    "orientation": "h", "x": 0.5, "xanchor": "center", "y": 1.0, "yanchor": "bottom",
    "itemsizing": "constant", "bgcolor": colour("paper"), "itemclick": False, "itemdoubleclick": False,
}  # fmt: skip
LEGEND_HEIGHT = 20
SQUARE: dict[str, Any] = {"scaleanchor": "x", "constrain": "domain", "constraintoward": "top"}
BARE: dict[str, Any] = {"zeroline": False, "showgrid": False}
BETWEEN_CLASSES = [[0, colour("class-0")], [0.5, colour("paper")], [1, colour("class-1")]]
TILES_ACROSS = 4
TILE_GAP, TILE_TITLE = 2, 5
SMALLEST_LOSS, LARGEST_LOSS = 1e-6, 1e6


@dataclass(frozen=True)
class View:
    """A square window of the plane: both axes from -half to half, seen at side x side points."""

    half: float
    side: int

    @property
    def ticks(self) -> FloatArray:
        """The coordinates of its points, the same along both axes."""
        return _ticks(self.half, self.side)

    @property
    def points(self) -> FloatArray:
        """Its points as samples, shape (side^2, 2), x running fastest."""
        return _points(self.half, self.side)


@lru_cache
def _ticks(half: float, side: int) -> FloatArray:
    return np.linspace(-half, half, side)


@lru_cache
def _points(half: float, side: int) -> FloatArray:
    across, up = np.meshgrid(_ticks(half, side), _ticks(half, side))
    return np.column_stack([across.ravel(), up.ravel()])


# ---- traces -------------------------------------------------------------------------------------------


def levels(probabilities: FloatArray) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Numbers from 0 to 1 in 256 levels, which is how a field travels."""
    return np.rint(np.clip(probabilities, 0.0, 1.0) * LEVELS).astype(np.uint8)


def field(
    name: str,
    across: FloatArray,
    up: FloatArray,
    shades: Any,
    *,
    colours: Sequence[Any] = BETWEEN_CLASSES,
    opacity: float = 0.55,
    sharp: bool = False,
) -> Trace:
    """Colours of a scale, by default from class 0 over paper to class 1.

    shades: 256 levels, shape (len(up) * len(across),). colours: Plotly's stops, from 0 to 1. sharp: whether
    each is a square with edges, instead of a point between which colours run into each other.
    """
    return {
        "type": "heatmap",
        "name": name,
        "x": across,
        "y": up,
        "z": shades.ravel(),
        "zmin": 0,
        "zmax": LEVELS,
        "zsmooth": False if sharp else "fast",
        "colorscale": colours,
        "showscale": False,
        "opacity": opacity,
        "hoverinfo": "skip",
    }


def boundary(logits: FloatArray, view: View, most: int) -> Trace:
    """Where the network does not decide: the line on which its logit is 0."""
    x, y = level_line(logits.reshape(view.side, view.side), view.ticks, view.ticks, most)
    return curve(BOUNDARY, x, y, "ink", width=3, **QUIET)


def is_boundary(trace: Trace) -> bool:
    """Whether a trace is such a line."""
    return trace.get("name") == BOUNDARY


def unit_line(
    name: str, weights: FloatArray, bias: float, view: View, meaning: str, *, dash: str = "dash"
) -> Trace:
    """The line w . x + b = 0 of one unit."""
    x, y = line_through_square(weights, bias, view.half)
    return curve(name, x, y, meaning, width=2, dash=dash, **QUIET)


def normal(name: str, start: FloatArray, weights: FloatArray, length: float, meaning: str) -> list[Trace]:
    """The vector of a unit's weights, from a point of its line into the half plane where z is positive."""
    size = float(np.hypot(*weights))
    if size == 0.0 or not np.isfinite(start).all():
        shaft, head = np.full((2, 2), np.nan), np.full((3, 2), np.nan)
    else:
        along = np.asarray(weights) / size
        tip, across = start + length * along, np.array([-along[1], along[0]])
        shaft = np.array([start, tip])
        head = np.array([tip - 0.08 * along + 0.05 * across, tip, tip - 0.08 * along - 0.05 * across])
    return [curve(name, x, y, meaning, width=2.5, **QUIET) for x, y in (shaft.T, head.T)]


def labelled(dataset: Dataset, *, hollow: bool = False, size: int = 9) -> list[Trace]:
    """The points of each class, in its colour and symbol; held-out points are hollow."""
    return [
        _of_class(kind, dataset.points[dataset.labels == kind], hollow, size)
        for kind in range(dataset.n_classes)
    ]


def _of_class(kind: int, places: FloatArray, hollow: bool, size: int) -> Trace:
    own = colour(f"class-{kind}")
    return {
        "type": "scatter",
        "mode": "markers",
        "name": f"{CLASS} {kind}" + (", held out" if hollow else ""),
        "x": places[:, 0],
        "y": places[:, 1],
        "marker": {
            "symbol": SYMBOLS[kind] + ("-open" if hollow else ""),
            "size": size,
            "color": own,
            "line": {"color": own if hollow else colour("paper"), "width": 1.5},
        },
        "hovertemplate": f"(%{{x}}, %{{y}})<extra>class {kind}</extra>",
        "showlegend": not hollow,
    }


def is_of_a_class(trace: Trace) -> bool:
    """Whether a trace is the points of a class."""
    return str(trace.get("name")).startswith(f"{CLASS} ")


def wrong(places: FloatArray, right: np.ndarray[Any, np.dtype[np.bool_]]) -> Trace:
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


def plane(traces: Sequence[Trace], view: View, height: int = HEIGHT) -> Figure:
    """The plane with these traces, as wide as it is high."""
    ends = -view.half, view.half
    across, up = axis("x₁", *ends, constrain="domain", **BARE), axis("x₂", *ends, **(SQUARE | BARE))
    return with_legend({"data": list(traces), "layout": layout(height, across, up, margin=MARGIN)})


def heights(
    view: View, whole: FloatArray, left: FloatArray, level: float, place: tuple[float, float]
) -> Figure:
    """The outputs of a network over the plane, above a level and below it, and a place.

    whole: the outputs at the points of the view; left: the same without one unit, NaN where none is left out.
    The farther an output is from the level, the stronger is its colour; the line without the unit is dashed.
    """
    off = whole - level
    shades = 0.5 + 0.5 * off / (float(np.abs(off).max()) or 1.0)
    side = (view.side, view.side)
    line = level_line(whole.reshape(side), view.ticks, view.ticks, MOST_SEGMENTS, level)
    dashed = level_line(left.reshape(side), view.ticks, view.ticks, MOST_SEGMENTS, level)
    ends = -view.half, view.half
    return {
        "data": [
            field("output", view.ticks, view.ticks, levels(shades)),
            curve("without the unit", *dashed, "unit-1", width=2, **QUIET),
            curve("level", *line, "ink", width=3, **QUIET),
            marks("the place", [place[0]], [place[1]], "input"),
        ],
        "layout": layout(
            HIGH, axis("x₁", *ends, constrain="domain", **BARE), axis("x₂", *ends, **(SQUARE | BARE)),
            margin=MARGIN, notes=(Note("blue: above the level c, orange: below"),),
        ),
    }  # fmt: skip


def with_legend(figure: Figure) -> Figure:
    """The figure with a legend of its classes, each in its colour and symbol, in more room at its top."""
    margin = figure["layout"]["margin"]
    room = {"margin": {**margin, "t": margin["t"] + LEGEND_HEIGHT}, "showlegend": True, "legend": LEGEND}
    traces = [{"showlegend": False, **trace} for trace in figure["data"]]
    return {"data": traces, "layout": {**figure["layout"], **room}}


def hidden_space(
    activations: FloatArray,
    dataset: Dataset,
    grid: tuple[FloatArray, FloatArray],
    separator: tuple[FloatArray, float],
    within: Range,
) -> Figure:
    """The same points after a hidden layer of two units, with the line of the output unit.

    activations: shape (n, 2). grid: lines of the plane as they lie there, NaN in between.
    separator: weights and bias of the output unit.
    """
    middle, half = sum(within) / 2, (within[1] - within[0]) / 2
    weights, bias = separator
    x, y = line_through_square(weights, bias + float(weights.sum()) * middle, half)
    traces = [
        curve("the plane's grid", *grid, "axis", width=1, **QUIET),
        curve("the output's line", x + middle, y + middle, "ink", width=3, **QUIET),
        *labelled(Dataset(activations, dataset.labels), size=12),
    ]
    across, up = axis("a₁, hidden space", *within, constrain="domain"), axis("a₂", *within, **SQUARE)
    return with_legend({"data": traces, "layout": layout(HEIGHT, across, up, margin=MARGIN)})


@dataclass(frozen=True)
class _Tiles:
    """Where the small pictures of hidden layers of these widths stand, each side x side levels large."""

    widths: tuple[int, ...]
    side: int

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Left and bottom of every unit's picture; units are read like words, each layer begins a row."""
        cells, first = [], 0
        for width in self.widths:
            cells += [(unit % TILES_ACROSS, first + unit // TILES_ACROSS) for unit in range(width)]
            first = cells[-1][1] + 1
        return [(column * self.pitch, (first - 1 - row) * self.rise) for column, row in cells]

    @property
    def pitch(self) -> int:
        """From one picture to the next."""
        return self.side + TILE_GAP

    @property
    def rise(self) -> int:
        """From one row to the next."""
        return self.side + TILE_TITLE

    @property
    def size(self) -> tuple[int, int]:
        """How wide and high all of them are."""
        left, bottom = (max(ends) for ends in zip(*self.places, strict=True))
        return left + self.pitch, bottom + self.rise

    @property
    def names(self) -> list[str]:
        """What stands above each: its layer and unit, or the unit alone where there is one layer."""
        if len(self.widths) == 1:
            return [f"unit {unit}" for unit in range(1, self.widths[0] + 1)]
        return [
            f"{layer}.{unit}" for layer, width in enumerate(self.widths, 1) for unit in range(1, width + 1)
        ]


def tiles(layers: Sequence[FloatArray], side: int) -> Figure:
    """Every hidden unit's field as a small picture, at most TILES_ACROSS in a row; layers from the top down.

    layers: for each hidden layer numbers from 0 to 1, shape (side^2, units).
    """
    stand = _Tiles(tuple(layer.shape[1] for layer in layers), side)
    width, height = stand.size
    sheet = np.full((height, width), LEVELS // 2 + 1, dtype=np.uint8)
    for (left, bottom), unit in zip(stand.places, np.hstack(layers).T, strict=True):
        sheet[bottom : bottom + side, left : left + side] = levels(unit).reshape(side, side)
    across, up = np.arange(width, dtype=float), np.arange(height, dtype=float)
    return {
        "data": [field("hidden units", across, up, sheet, opacity=0.8)],
        "layout": _tiles_layout(stand),
    }


@lru_cache
def _tiles_layout(stand: _Tiles) -> dict[str, Any]:
    width, height = stand.size
    quiet = {"visible": False, "fixedrange": True, "constrain": "domain"}
    across, up = axis("", -1.0, width - 1.0, **quiet), axis("", -1.0, height, **{**quiet, **SQUARE})
    titles = [
        {
            "x": left + (stand.side - 1) / 2,
            "y": bottom + stand.side,
            "text": name,
            "showarrow": False,
            "yanchor": "middle",
            "yshift": 5,
            "font": {"size": 12, "color": colour("muted")},
        }
        for name, (left, bottom) in zip(stand.names, stand.places, strict=True)
    ]
    return {**layout(HEIGHT, across, up, margin=Margin(8, 8, 12, 8)), "annotations": titles}


def cut(x: FloatArray, network: FloatArray, straight: FloatArray, within: Range) -> Figure:
    """What the network gives along the middle line of the plane, beside its straight counterpart."""
    return {
        "data": [
            curve("linear layers", x, straight, "target", dash="dash"),
            curve("network", x, network, "network", width=3.5),
        ],
        "layout": layout(
            HEIGHT,
            axis("x₁, along x₂ = 0", -float(x[-1]), float(x[-1])),
            axis("logit", *within),
            margin=MARGIN._replace(left=56),
            notes=(Note("dashed: all layers linear"),),
        ),
    }


def learning(
    iterations: FloatArray, values: FloatArray, shares: tuple[FloatArray, FloatArray], now: int
) -> Figure:
    """The loss against the iteration, logarithmic, the shares of right points, and where the knob stands.

    shares: of the training points, and of those held out, from 0 to 1.
    """
    right = Share("right in training", shares[0], "dash"), Share("right, held out", shares[1], "dot")
    remark = "solid: loss; dashed: right; dotted: held out"
    ends = decades(values, SMALLEST_LOSS, LARGEST_LOSS)
    return losses(iterations, values, now, ends, shares=right, remark=remark)


@lru_cache
def threads(view: View, count: int, per_thread: int) -> FloatArray:
    """Points along `count` lines of each direction, line after line: shape (2 * count, per_thread, 2)."""
    places = np.linspace(-view.half, view.half, count)
    along = np.linspace(-view.half, view.half, per_thread)
    across = [np.column_stack([along, np.full(per_thread, place)]) for place in places]
    up = [np.column_stack([np.full(per_thread, place), along]) for place in places]
    return np.array([*across, *up])
