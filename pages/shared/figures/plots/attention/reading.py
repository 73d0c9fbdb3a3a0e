"""A sequence that is read letter by letter: what was told to come next, and where heads look."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Figure, Margin, Note, axis, layout
from pages.shared.figures.plots.attention.orders import squares
from pages.shared.figures.plots.plane import SQUARE
from pages.shared.figures.traces import QUIET, Trace, lettering

BLANK = "␣"
TELLING = {1.0: "text", 0.0: "told, right", -1.0: "told, wrong"}
MARGIN = Margin(90, 12, 10, 26)
# What has no letters would be no text at all, and the picture another one.
NOTHING = "\N{NO-BREAK SPACE}"
SMALL = Margin(30, 8, 10, 40)
# Letters of a long text are smaller, so that they stand apart on a phone, too.
MOST_TICKS = 11
FEW, LETTERS_SIZE, SMALL_SIZE = 22, 15, 11


def beneath(letters: Sequence[str], guesses: Sequence[str], right: Sequence[bool]) -> Figure:
    """The letters in a row, and beneath each from the third on what was told to stand there.

    letters: n of them, a mark first. guesses: n - 2. right: whether they are so; wrong ones have a row of
    their own.
    """
    places = np.arange(len(letters), dtype=float)
    good = [each if ok else NOTHING for each, ok in zip(guesses, right, strict=True)]
    bad = [NOTHING if ok else each for each, ok in zip(guesses, right, strict=True)]
    rows = [
        _row("text", places, 1.0, letters, "ink"),
        _row("told, right", places[2:], 0.0, good, "unit-2"),
        _row("told, wrong", places[2:], -1.0, bad, "error"),
    ]
    named: dict[str, Any] = {"tickvals": tuple(TELLING), "ticktext": tuple(TELLING.values())}
    quiet: dict[str, Any] = {"showgrid": False, "zeroline": False}
    return {
        "data": rows,
        "layout": layout(
            120,
            axis("", -0.8, len(letters) - 0.2, showticklabels=False, **quiet),
            axis("", -1.6, 1.6, **quiet, **named),
            margin=MARGIN,
        ),
    }


def who_looks(weights: FloatArray, letters: Sequence[str], said: str) -> Figure:
    """The weights of a head over a sequence: a row for each letter that asks, from the top down.

    Of many letters not all are written beside it.
    """
    places = np.arange(len(letters), dtype=float)
    edges, every = (-0.5, len(letters) - 0.5), ceil(len(letters) / MOST_TICKS)
    named: dict[str, Any] = {
        "tickmode": "array",
        "tickvals": tuple(places[::every].tolist()),
        "ticktext": tuple(_seen(letters)[::every]),
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
    }
    return {
        "data": [squares(places, weights)],
        "layout": layout(
            330,
            axis("", *edges, constrain="domain", **named),
            axis("", edges[1], edges[0], **{**named, **SQUARE}),
            margin=SMALL,
            notes=(Note(said),),
        ),
    }


def _row(name: str, places: FloatArray, height: float, texts: Sequence[str], meaning: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "text",
        "name": name,
        "x": places,
        "y": np.full(len(places), height),
        **lettering(_seen(texts), meaning, LETTERS_SIZE if len(texts) <= FEW else SMALL_SIZE),
        **QUIET,
    }


def _seen(letters: Sequence[str]) -> list[str]:
    """The letters, and a sign for a blank."""
    return [BLANK if each == " " else each for each in letters]
