"""Errors and nats: against the iteration of a training, and against the price of a nat."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Figure, Margin, Note, axis, layout
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import QUIET, Label, Trace, curve, end_labels, marks

HEIGHT, BESIDE = 300, Margin(right=118)
ERRORS, NATS = (0.025, 0.085), (-0.25, 5.0)


def descent(
    iterations: FloatArray, errors: FloatArray, levels: Sequence[tuple[str, float]], now: tuple[float, float]
) -> Figure:
    """The error against the iteration, and heights at which something is known.

    levels: of each its name and height. now: the iteration shown and its error.
    """
    ends = iterations[[0, -1]].astype(float)
    known = [
        curve(name, ends, np.full(2, height), "muted", width=1.5, dash="dot", **QUIET)
        for name, height in levels
    ]
    labels = [Label(name, height, "muted") for name, height in levels]
    return {
        "data": [
            *known,
            curve("error", iterations, np.minimum(errors, ERRORS[1]), "network", width=3),
            marks("now", [now[0]], [min(now[1], ERRORS[1])], "network", symbol="diamond"),
            end_labels(float(ends[1]), labels, ERRORS, lines=12),
        ],
        "layout": layout(
            HEIGHT,
            axis("iteration", float(ends[0]), 1.015 * float(ends[1])),
            axis("error", *ERRORS, nticks=5),
            margin=BESIDE,
        ),
    }


def cliff(
    betas: FloatArray,
    values: FloatArray,
    now: tuple[float, float],
    up: tuple[str, tuple[float, float]],
    level: tuple[str, float, str],
    turn: float,
) -> Figure:
    """What is measured of many seeds against beta: a dot each, their mean, and the network shown.

    values: shape (len(betas), seeds). now: beta and value of the network shown. up: name and ends of the
    axis. level: a height at which something is known: its name, and a remark. turn: a price at which
    something is known.
    """
    name, ends = up
    known, height, remark = level
    across = float(betas[-1]) + 0.1
    dots = {"size": 4, "color": colour("error"), "opacity": 0.6, "line": {"width": 0}}
    shown = np.clip(values, *ends)
    return {
        "data": [
            _level(known, height, across),
            curve(
                "a valley from here on", np.full(2, turn), np.array(ends), "ink", width=1, dash="dot", **QUIET
            ),
            marks("a seed", np.repeat(betas, values.shape[1]), shown.ravel(), "error", marker=dots, **QUIET),
            curve("mean of the seeds", betas, np.clip(values.mean(axis=1), *ends), "error", width=1.5),
            marks("this network", [now[0]], [min(now[1], ends[1])], "network", symbol="diamond"),
        ],
        "layout": layout(
            190,
            axis("β, the price of a nat", -0.05, across, dtick=1),
            axis(name, *ends, nticks=4),
            margin=Margin(),
            notes=(Note(remark),),
        ),
    }


def _level(name: str, height: float, across: float) -> Trace:
    return curve(name, np.array([0.0, across]), np.full(2, height), "ink", width=1.5, dash="dash", **QUIET)
