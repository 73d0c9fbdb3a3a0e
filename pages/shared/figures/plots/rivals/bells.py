"""Two bells, the best judge of them, and what it says the farther they are apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Figure, Margin, Note, axis, layout
from pages.shared.figures.traces import QUIET, Label, curve, end_labels, marks

HEIGHTS = (-0.04, 1.4)
MARGIN, LOW = Margin(right=92), 230
# Beside the first and the last iteration, as a share of all.
ROOM = 0.015


class Told(NamedTuple):
    """A quantity against the distance: its name, its values, the meaning of its colour, and its dash."""

    name: str
    values: FloatArray
    meaning: str
    dash: str = "solid"


def judged(x: FloatArray, genuine: FloatArray, made: FloatArray, judge: FloatArray) -> Figure:
    """The densities of what is genuine and what is made, and the judge's answer at every x; (n,) each."""
    ends = float(x[0]), float(x[-1])
    half = np.full(2, 0.5)
    return {
        "data": [
            curve("½", np.array(ends), half, "muted", width=1.5, dash="dot", **QUIET),
            curve("genuine", x, genuine, "target", width=2.5, dash="dash"),
            curve("made", x, made, "unit-1", width=2.5),
            curve("judge", x, judge, "network", width=3),
            end_labels(ends[1], [Label("judge", float(judge[-1]), "network")], HEIGHTS, lines=12),
        ],
        "layout": layout(
            300,
            axis("x", *ends),
            axis("density; probability", *HEIGHTS, nticks=4),
            margin=Margin(right=64),
            notes=(Note("dashed: genuine; orange: made"),),
        ),
    }


def against_distance(
    distances: FloatArray, told: Sequence[Told], now: tuple[float, Sequence[float]], title: str, most: float
) -> Figure:
    """Quantities against how far two bells are apart, and where they are now. most: the top of the axis."""
    ends, within = (0.0, float(distances[-1])), (0.0, most)
    place, values = now
    return {
        "data": [
            *(curve(each.name, distances, each.values, each.meaning, dash=each.dash) for each in told),
            marks("now", [place] * len(values), list(values), "ink", symbol="diamond"),
            end_labels(ends[1], [Label(e.name, float(e.values[-1]), e.meaning) for e in told], within, 7),
        ],
        "layout": layout(
            LOW,
            axis("distance of the means", *ends),
            axis(title, *within, nticks=5),
            margin=MARGIN,
        ),
    }


def over_time(
    iterations: FloatArray,
    made: tuple[FloatArray, FloatArray],
    genuine: tuple[float, float],
    now: tuple[float, float, float],
) -> Figure:
    """Mean and width of what is made at every iteration, and those of what is genuine, dotted.

    made: means and widths, (n,) each, NaN where there is none. now: the iteration, the mean and the width.
    """
    last, within = float(iterations[-1]), (-0.1, 4.2)
    # The marks of the first and the last iteration lie inside, and over no tick.
    ends = -ROOM * last, (1.0 + ROOM) * last
    at = np.array([0.0, last])
    names = [Label("mean", genuine[0], "unit-2"), Label("width", genuine[1], "unit-1")]
    return {
        "data": [
            *(
                curve("genuine", at, np.full(2, each), "target", width=1.5, dash="dot", **QUIET)
                for each in genuine
            ),
            *(
                curve(name.text, iterations, values, name.meaning, width=2)
                for name, values in zip(names, made, strict=True)
            ),
            marks("now", [now[0]] * 2, now[1:], "ink", symbol="diamond"),
            end_labels(last, names, within, 8),
        ],
        "layout": layout(
            250,
            axis("iteration", *ends),
            axis("mean; width", *within, nticks=5),
            margin=Margin(right=64),
            notes=(Note("dotted: the genuine ones"),),
        ),
    }
