"""The nine products under a window, and their sum."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.drawings.markup import Markup, Slots, slot, svg, text
from pages.shared.figures.theme import colour
from pages.shared.numbers import plain, signed

SIDE, WIDE, HIGH, EDGE = 3, 92, 44, 2
LEFT_OF_SUM = SIDE * WIDE + EDGE


def products(seen: FloatArray, kernel: FloatArray) -> Markup:
    """In each of nine cells pixel times number and the product; beside them the sum.

    seen, kernel: shape (3, 3).
    """
    slots: Slots = {"sum": {"text": signed(float((seen * kernel).sum()))}}
    for u, v in np.ndindex(SIDE, SIDE):
        x, k = float(seen[u, v]), float(kernel[u, v])
        slots[f"x{u}{v}"] = {"text": plain(x)}
        slots[f"k{u}{v}"] = {"text": plain(k, 1) if k >= 0 else f"({plain(k, 1)})"}
        slots[f"p{u}{v}"] = {"text": signed(x * k)}
    return Markup(_svg(), slots)


@lru_cache
def _svg() -> str:
    cells = [_cell(u, v) for u, v in np.ndindex(SIDE, SIDE)]
    middle = SIDE * HIGH / 2 + EDGE
    return svg(
        LEFT_OF_SUM + 104,
        SIDE * HIGH + 2 * EDGE,
        *cells,
        text(LEFT_OF_SUM + 54, middle - 14, "their sum", "muted", more='font-size="14"'),
        text(LEFT_OF_SUM + 54, middle + 12, "", "network", more=f'font-size="22" {slot("sum")}'),
    )


def _cell(u: int, v: int) -> str:
    left, top = EDGE + v * WIDE, EDGE + u * HIGH
    edge = f'fill="none" stroke="{colour("axis")}"'
    factors = (
        f'<tspan fill="{colour("input")}" {slot(f"x{u}{v}")}></tspan> · '
        f'<tspan fill="{colour("weight")}" {slot(f"k{u}{v}")}></tspan>'
    )
    return "".join(
        [
            f'<rect x="{left}" y="{top}" width="{WIDE}" height="{HIGH}" {edge}/>',
            text(left + WIDE / 2, top + 17, factors, "muted", more='font-size="13"'),
            text(left + WIDE / 2, top + 37, "", "ink", more=f'font-size="16" {slot(f"p{u}{v}")}'),
        ]
    )
