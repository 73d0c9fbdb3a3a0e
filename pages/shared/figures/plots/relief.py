"""A landscape seen from above and from the side, with the path of a ball on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import floor, log10
from typing import Any

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.plane.contours import level_line
from pages.shared.figures.axes import Figure, Range, axis, layout
from pages.shared.figures.plots.plane import BARE, MARGIN, SQUARE, field, levels
from pages.shared.figures.plots.surfaces import scene_title, surface
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import QUIET, Trace, curve, map_lettering, marks
from pages.shared.numbers import short

HEIGHT = 370
LEVEL_LINES, SEGMENTS, LABELLED = 14, 400, 3
# How far beyond the map a path is followed, in widths of the map.
BEYOND = 2.0
# How far a path is lifted off the surface, as a share of its height.
LIFTED = 0.02
CAMERA = {"eye": {"x": -1.2, "y": -1.6, "z": 1.6}, "center": {"x": 0, "y": 0, "z": -0.15}}
SHADES = [[0, colour("paper")], [1, colour("error")]]
# The room for a number beside the map's sides and for half a minimum's name, as shares of the map.
ROOM, NAME = 0.06, 0.2


@dataclass(frozen=True, eq=False)
class Relief:
    """A landscape on a grid.

    x, y: shapes (nx,) and (ny,), increasing. heights: shape (ny, nx). titles: of the two axes.
    minima: x, y and the name of those that are known. lowest: the height of the deepest point.
    """

    x: FloatArray
    y: FloatArray
    heights: FloatArray
    titles: tuple[str, str]
    minima: Sequence[tuple[float, float, str]]
    lowest: float

    @property
    def ends(self) -> tuple[Range, Range]:
        """The ends of x, and those of y."""
        return (float(self.x[0]), float(self.x[-1])), (float(self.y[0]), float(self.y[-1]))


def contours(relief: Relief, path: FloatArray) -> Figure:
    """The heights as shades and level lines, and a path on them. path: shape (k, 2), NaN behind its end."""
    return {"data": [_shades(relief), *_ground(relief), *_trail(relief, path)], "layout": _map(relief)}


def fates(relief: Relief, basins: np.ndarray[Any, Any], path: FloatArray) -> Figure:
    """Where descent from each point ends, in two colours, and a path.

    basins: shape (n, n), 0 for the first minimum, 1 for the second, -1 (paper) for neither.
    """
    (left, right), (low, high) = relief.ends
    rows, columns = basins.shape
    ends = field(
        "where it ends",
        np.linspace(left, right, columns),
        np.linspace(low, high, rows),
        levels(np.array([0.0, 1.0, 0.5])[basins]),
    )
    return {"data": [ends, *_ground(relief), *_trail(relief, path)], "layout": _map(relief)}


def slopes(relief: Relief, path: FloatArray, heights: FloatArray) -> Figure:
    """The surface in three dimensions, and the part of a path that lies on the map. heights: shape (k,)."""
    (left, right), (low, high) = relief.ends
    inside = (left <= path[:, 0]) & (path[:, 0] <= right) & (low <= path[:, 1]) & (path[:, 1] <= high)
    raised = heights + LIFTED * np.ptp(relief.heights)
    x, y, z = (np.where(inside, each, np.nan) for each in (path[:, 0], path[:, 1], raised))
    last = int(np.flatnonzero(np.isfinite(path[:, 0]))[-1])
    return {
        "data": [
            _slope(relief)["data"][0],
            _in_space("path", (x, y, z), "lines+markers"),
            _in_space("ball", (x[[last]], y[[last]], z[[last]]), "markers"),
        ],
        "layout": _slope(relief)["layout"],
    }


def _in_space(name: str, places: tuple[FloatArray, ...], mode: str) -> Trace:
    return {
        "type": "scatter3d",
        "mode": mode,
        "name": name,
        **dict(zip("xyz", places, strict=True)),
        "marker": {"size": 9 if mode == "markers" else 3, "color": colour("network")},
        "line": {"width": 5, "color": colour("network")},
        "hoverinfo": "skip",
    }


@lru_cache(maxsize=32)
def _slope(relief: Relief) -> Figure:
    figure = surface(relief.x, relief.y, relief.heights, (relief.lowest, float(relief.heights.max())))
    scene = {**figure["layout"]["scene"], "camera": CAMERA}
    named = {
        f"{letter}axis": {**scene[f"{letter}axis"], "title": scene_title(title)}
        for letter, title in zip("xy", relief.titles, strict=True)
    }
    ground = {**figure["data"][0], "colorscale": SHADES}
    return {
        "data": [ground],
        "layout": {**figure["layout"], "height": HEIGHT, "scene": {**scene, **named}},
    }


def _trail(relief: Relief, path: FloatArray) -> list[Trace]:
    """The path, the dots of its steps, and the ball at its end."""
    x, y = _near(relief, path).T
    last = int(np.flatnonzero(np.isfinite(path[:, 0]))[-1])
    dots = {"color": colour("network"), "size": 5}
    return [
        curve("path", x, y, "network", width=2.5, **QUIET),
        marks("steps", x, y, "network", marker=dots, **QUIET),
        marks("ball", x[[last]], y[[last]], "network", symbol="diamond"),
    ]


def _near(relief: Relief, path: FloatArray) -> FloatArray:
    """The path until it leaves the surroundings of the map, cut there, and NaN behind."""
    centre = np.array([sum(ends) / 2 for ends in relief.ends])
    reach = BEYOND * np.array([ends[1] - ends[0] for ends in relief.ends])
    outside = np.flatnonzero((np.abs(path - centre) > reach).any(axis=1))
    if not outside.size:
        return path
    first = int(outside[0])
    last, move = path[first - 1], path[first] - path[first - 1]
    walls = centre + np.copysign(reach, move)
    cut = path.copy()
    cut[first:] = np.nan
    cut[first] = last + move * min(
        (wall - here) / step for wall, here, step in zip(walls, last, move, strict=True) if step
    )
    return cut


# ---- what stays while the ball rolls --------------------------------------------------------------------


@lru_cache(maxsize=32)
def _shades(relief: Relief) -> Trace:
    """The heights as shades, by the square root, so that the bottom is not all one."""
    above = np.maximum(relief.heights - relief.lowest, 0.0)
    shades = levels(np.sqrt(above / above.max()))
    return field("height", relief.x, relief.y, shades, colours=SHADES, opacity=0.6)


@lru_cache(maxsize=32)
def _ground(relief: Relief) -> list[Trace]:
    """The level lines, some of their heights, and the minima."""
    heights = level_heights(relief)
    lines = [level_line(relief.heights, relief.x, relief.y, SEGMENTS, height) for height in heights]
    x, y = (np.concatenate(pieces) for pieces in zip(*lines, strict=True))
    # Of the room for segments that are not there, one NaN is enough.
    used = np.isfinite(x) | np.isfinite(np.roll(x, 1))
    return [
        curve("level lines", x[used], y[used], "muted", width=1, **QUIET),
        _level_labels(relief, heights[1::LABELLED], lines[1::LABELLED]),
        _bottoms(relief),
    ]


def level_heights(relief: Relief) -> list[float]:
    """The heights of the level lines, dense at the bottom: low + (high - low) (k / n)^2, rounded.

    To as many decimals as the first of them needs to stand above the lowest point.
    """
    low, high = relief.lowest, float(relief.heights.max())
    decimals = max(-floor(log10((high - low) / LEVEL_LINES**2)), 0)
    shares = (np.arange(1, LEVEL_LINES) / LEVEL_LINES) ** 2
    return [round(float(height), decimals) for height in low + (high - low) * shares]


def _level_labels(
    relief: Relief, heights: Sequence[float], lines: Sequence[tuple[FloatArray, FloatArray]]
) -> Trace:
    """The heights of level lines, where they cross the way from the deepest point to a corner."""
    start = np.array(relief.minima[0][:2])
    along = np.array([ends[1] for ends in relief.ends]) - start
    along = along / np.hypot(*along)
    across = np.array([-along[1], along[0]])
    places, texts = [], []
    for height, (x, y) in zip(heights, lines, strict=True):
        away = np.stack([x, y], axis=1)[np.isfinite(x)] - start
        ahead = away[(away @ along > 0.0) & _inside(relief, away + start)]
        if len(ahead):
            places.append(start + ahead[np.argmin(np.abs(ahead @ across))])
            texts.append(short(height))
    spots = np.array(places).reshape(-1, 2)
    return {
        "type": "scatter",
        "mode": "text",
        "name": "heights",
        "x": spots[:, 0],
        "y": spots[:, 1],
        **map_lettering(texts, "ink", 12),
        "hoverinfo": "skip",
    }


def _inside(relief: Relief, places: FloatArray) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which places are far enough from the map's sides for a number."""
    low, high = np.array(relief.ends).T
    room = ROOM * (high - low)
    fits: np.ndarray[Any, np.dtype[np.bool_]] = ((low + room <= places) & (places <= high - room)).all(axis=1)
    return fits


def _beside(relief: Relief, x: float) -> str:
    """Where the name of a minimum stands, so that the map's side does not cut it."""
    left, right = relief.ends[0]
    share = (x - left) / (right - left)
    return "bottom left" if share > 1.0 - NAME else "bottom right" if share < NAME else "bottom center"


def _bottoms(relief: Relief) -> Trace:
    """The known minima with their names."""
    x, y, names = zip(*relief.minima, strict=True)
    return {
        **marks("minima", x, y, "ink", symbol="cross", mode="markers+text", **QUIET),
        **map_lettering(names, "ink"),
        "textposition": [_beside(relief, each) for each in x],
    }


def _map(relief: Relief) -> dict[str, Any]:
    ends, titles = relief.ends, relief.titles
    across = axis(titles[0], *ends[0], constrain="domain", **BARE)
    return layout(HEIGHT, across, axis(titles[1], *ends[1], **(SQUARE | BARE)), margin=MARGIN)
