"""Small pictures side by side on one sheet, each with a name above it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Figure, Margin, axis, layout
from pages.shared.figures.plots.plane import SQUARE, field, levels
from pages.shared.figures.theme import colour

HEIGHT = 350
GAP, TITLE = 1, 3
INK = [[0, colour("paper")], [1, colour("ink")]]


def sheet(
    pictures: FloatArray, names: tuple[str, ...], across: int, height: int = HEIGHT, gap: int = GAP
) -> Figure:
    """Pictures read like words, `across` in a row, from 0 for paper to 1 for ink; what is beyond is cut off.

    pictures: shape (n, side, side). names: one for each, or none at all.
    """
    n, side, _ = pictures.shape
    stand = _Stand(n, side, across, gap, TITLE if names else gap)
    ground = np.zeros((stand.height, stand.width), dtype=np.uint8)
    for (left, bottom), each in zip(stand.places, pictures, strict=True):
        ground[bottom : bottom + side, left : left + side] = levels(each)[::-1]
    x, y = np.arange(stand.width, dtype=float), np.arange(stand.height, dtype=float)
    drawn = field("pictures", x, y, ground, colours=INK, opacity=1.0, sharp=True)
    return {"data": [drawn], "layout": _laid(stand, names, height)}


@dataclass(frozen=True)
class _Stand:
    """Where n pictures stand, `across` in a row, `head` above each."""

    n: int
    side: int
    across: int
    gap: int
    head: int

    @property
    def width(self) -> int:
        """Of the sheet."""
        return self.across * (self.side + self.gap) - self.gap

    @property
    def rows(self) -> int:
        """How many there are."""
        return -(-self.n // self.across)

    @property
    def height(self) -> int:
        """Of the sheet."""
        return self.rows * (self.side + self.head)

    @property
    def places(self) -> list[tuple[int, int]]:
        """Left and bottom of each picture."""
        rows = [(self.rows - 1 - each // self.across) * (self.side + self.head) for each in range(self.n)]
        return [((each % self.across) * (self.side + self.gap), row) for each, row in enumerate(rows)]


@lru_cache
def _laid(stand: _Stand, names: tuple[str, ...], height: int) -> dict[str, Any]:
    quiet = {"visible": False, "fixedrange": True, "constrain": "domain"}
    across, up = (
        axis("", -1.0, float(stand.width), **quiet),
        axis("", -1.0, float(stand.height), **(quiet | SQUARE)),
    )
    shapes = [
        {
            "type": "rect",
            "x0": left - 0.5,
            "y0": bottom - 0.5,
            "x1": left + stand.side - 0.5,
            "y1": bottom + stand.side - 0.5,
            "line": {"color": colour("axis"), "width": 1},
        }
        for left, bottom in stand.places
    ]
    titles = [
        {
            "x": left + (stand.side - 1) / 2,
            "y": bottom + stand.side - 0.4,
            "text": name,
            "showarrow": False,
            "yanchor": "bottom",
            "font": {"size": 13, "color": colour("muted")},
        }
        for name, (left, bottom) in zip(names, stand.places, strict=False)
    ]
    made = layout(height, across, up, margin=Margin(8, 8, 8, 8))
    return {**made, "annotations": titles, "shapes": shapes}
