"""A transformer block as boxes with their shapes, and what it multiplies."""

from __future__ import annotations

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.families.transformers import Shape
from pages.shared.figures.axes import Figure, Margin, Note, axis, layout, log_axis
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import QUIET, Trace, curve, lettering, marks
from pages.shared.numbers import grouped

HEIGHT = 360
BARE = Margin(6, 6, 12, 6)
HALF_WIDTH, BESIDE = 0.72, 0.9
ROWS = np.array([4.0, 3.0, 2.0, 1.0, 0.0])
# The heads take two lines of text.
HALF_HEIGHTS = np.array([0.34, 0.47, 0.34, 0.34, 0.34])
MEANINGS = ("ink", "network", "ink", "unit-2", "ink")


def shapes(tokens: int, shape: Shape, wider: int) -> Figure:
    """The block from top to bottom: rows, heads, rows, hidden layer, rows; and the two ways past."""
    rows = f"{grouped(tokens)} × {grouped(shape.width)}"
    heads = "head" if shape.n_heads == 1 else "heads"
    texts = [
        f"rows: {rows}",
        f"{shape.n_heads} {heads}: Q, K, V {grouped(tokens)} × {shape.head_width},<br>"
        f"weights {grouped(tokens)} × {grouped(tokens)}",
        f"+ rows: {rows}",
        f"hidden layer: {grouped(tokens)} × {grouped(wider * shape.width)}",
        f"+ rows: {rows}",
    ]
    written = {"type": "scatter", "mode": "text", "x": np.zeros(len(ROWS)), "y": ROWS, **QUIET}
    letters = lettering(texts, "ink")
    meanings = [colour(each) for each in MEANINGS]
    hidden = {"visible": False, "fixedrange": True}
    return {
        "data": [
            *_boxes(),
            {**written, **letters, "textfont": {**letters["textfont"], "color": meanings}},
        ],
        "layout": layout(HEIGHT, axis("", -1.0, 1.15, **hidden), axis("", -0.5, 4.5, **hidden), margin=BARE),
    }


def costs(
    tokens: FloatArray, matrices: FloatArray, looking: FloatArray, now: tuple[float, float, float]
) -> Figure:
    """Products against the number of tokens: those with matrices, and those of looking.

    now: the number of tokens, and both counts there.
    """
    at, one, other = now
    return {
        "data": [
            curve("matrices", tokens, matrices, "unit-2", width=2.5),
            curve("looking", tokens, looking, "network", width=2.5, dash="dash"),
            marks("matrices, now", [at], [one], "unit-2"),
            marks("looking, now", [at], [other], "network", symbol="diamond"),
        ],
        "layout": layout(
            HEIGHT,
            log_axis("tokens T", 0.0, float(np.log10(tokens[-1])), 1),
            log_axis("products", 0.0, 16.0, 4),
            notes=(Note("solid: with matrices; dashed: looking"),),
        ),
    }


def _boxes() -> list[Trace]:
    """Five boxes with lines between them, and the two ways past, as one line each."""
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1], [np.nan, np.nan]], dtype=float)
    sized = zip(ROWS, HALF_HEIGHTS, strict=True)
    boxes = np.concatenate([corners * [HALF_WIDTH, half] + np.array([0.0, row]) for row, half in sized])
    ends = zip((ROWS - HALF_HEIGHTS)[:-1], (ROWS + HALF_HEIGHTS)[1:], strict=True)
    down = np.concatenate([[[0.0, above], [0.0, below], [np.nan, np.nan]] for above, below in ends])
    past = np.concatenate(
        [
            [[HALF_WIDTH, row], [BESIDE, row], [BESIDE, row - 2.0], [HALF_WIDTH, row - 2.0], [np.nan, np.nan]]
            for row in (ROWS[0], ROWS[2])
        ]
    )
    return [
        curve("boxes", boxes[:, 0], boxes[:, 1], "axis", width=1.5, **QUIET),
        curve("way", down[:, 0], down[:, 1], "ink", width=1.5, **QUIET),
        curve("past", past[:, 0], past[:, 1], "error", width=2.5, **QUIET),
    ]
