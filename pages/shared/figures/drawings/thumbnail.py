"""A thumbnail: one or two curves as small as a word's explanation, for either theme."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.drawings.markup import coordinates
from pages.shared.figures.theme import PALETTE

WIDTH, HEIGHT, MARGIN = 144, 84, 6
NEAR = 0.1  # pixels: what nobody sees


@dataclass(frozen=True, eq=False)
class Stroke:
    """A curve through points, or the points alone. x, y: shape (n,). meaning: the palette's name."""

    x: FloatArray
    y: FloatArray
    meaning: str = "network"
    dashed: bool = False
    points: bool = False


def thumbnail(*strokes: Stroke, axes: bool = True) -> str:
    """The curves in one frame, as SVG that nobody has to hear. axes: whether lines of zeros are drawn."""
    x, y = (np.concatenate([getattr(each, axis) for each in strokes]) for axis in "xy")
    left, right, low, high = float(x.min()), float(x.max()), float(y.min()), float(y.max())
    across = (WIDTH - 2 * MARGIN) / ((right - left) or 1.0)
    up = (HEIGHT - 2 * MARGIN) / ((high - low) or 1.0)

    def placed(x: FloatArray, y: FloatArray) -> list[tuple[float, float]]:
        return [*zip(MARGIN + across * (x - left), HEIGHT - MARGIN - up * (y - low), strict=True)]

    zeros = []
    if axes and low <= 0.0 <= high:
        zeros.append(_line(placed(np.array([left, right]), np.zeros(2)), "axis", 1))
    if axes and left < 0.0 < right:
        zeros.append(_line(placed(np.zeros(2), np.array([low, high])), "axis", 1))
    drawn = [_drawn(each, placed(each.x, each.y)) for each in strokes]
    opening = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" aria-hidden="true">'
    return f"{opening}{''.join([*zeros, *drawn])}</svg>"


def _drawn(stroke: Stroke, places: list[tuple[float, float]]) -> str:
    if not stroke.points:
        return _line(places, stroke.meaning, 2.5, ";stroke-dasharray:6 4" * stroke.dashed)
    fill = _either(stroke.meaning)
    return "".join(
        f'<circle cx="{round(x, 1)}" cy="{round(y, 1)}" r="4" style="fill:{fill}"></circle>'
        for x, y in places
    )


def _line(places: list[tuple[float, float]], meaning: str, width: float, dash: str = "") -> str:
    style = f"fill:none;stroke:{_either(meaning)};stroke-width:{width}{dash}"
    return f'<polyline points="{coordinates(corners(places))}" style="{style}"></polyline>'


def corners(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The places through which a line has to go to come near all of them (Douglas and Peucker 1973)."""
    points = np.array(places)
    along, off = points[-1] - points[0], points - points[0]
    length = float(np.hypot(*along))
    away = np.abs(along[0] * off[:, 1] - along[1] * off[:, 0]) / length if length else np.hypot(*off.T)
    farthest = int(away.argmax())
    if away[farthest] <= NEAR:
        return [places[0], places[-1]]
    return corners(places[: farthest + 1])[:-1] + corners(places[farthest:])


def _either(meaning: str) -> str:
    """The colour of that meaning in the theme that is on, where no stage says which."""
    return f"light-dark({PALETTE['light'][meaning]}, {PALETTE['dark'][meaning]})"
