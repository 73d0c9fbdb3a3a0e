"""A curve that is learnt: the network and its target, what each unit adds, and other seeds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Axis, Figure, Range, axis, layout
from pages.shared.figures.plots.approximation import Frame, over_x
from pages.shared.figures.plots.losses import MARGIN, decades_axis
from pages.shared.figures.traces import QUIET, Label, curve, end_labels, last_height, log_end_labels, marks

LABELLED = MARGIN._replace(right=76)
HEIGHT, LOW_HEIGHT = 200, 170
NAMES, SEED_NAMES = 7, 6
# Where four plots share a phone's window.
FEW_NAMES = 5
# Of parts of a target, slow ones first.
PARTS, DASHES = ("unit-1", "unit-2", "unit-3"), ("solid", "dash", "dot")


def learnt(x: FloatArray, target: FloatArray, network: FloatArray, built: FloatArray, frame: Frame) -> Figure:
    """A target, the network that learns it, and the one that was built by hand, over the same x."""
    labels = [
        Label("target", last_height(target), "target"),
        Label("trained", last_height(network), "network"),
        Label("by hand", last_height(built), "unit-2"),
    ]
    return {
        "data": [
            curve("by hand", x, built, "unit-2", width=1.5),
            curve("target", x, target, "target", width=2, dash="dash"),
            curve("trained", x, network, "network", width=3.5),
            end_labels(float(x[-1]), labels, frame.within, NAMES),
        ],
        "layout": over_x(frame, HEIGHT, margin=LABELLED),
    }


def contributions(contributed: tuple[FloatArray, FloatArray], frame: Frame, few: str) -> Figure:
    """What each hidden unit adds to the sum: x and height, one unit after the other, NaN in between."""
    return {
        "data": [curve("one unit", *contributed, "unit-1", width=1.25, **QUIET)],
        "layout": over_x(frame, LOW_HEIGHT, few, up="contribution", margin=MARGIN),
    }


def many(
    x: FloatArray,
    target: FloatArray,
    networks: tuple[FloatArray, FloatArray],
    built: FloatArray,
    frame: Frame,
) -> Figure:
    """A target and the networks that several seeds lead to: x and height, one after the other."""
    labels = [
        Label("target", last_height(target), "target"),
        Label("by hand", last_height(built), "unit-2"),
    ]
    return {
        "data": [
            curve("a seed", *networks, "network", width=1.25, **QUIET),
            curve("by hand", x, built, "unit-2", width=1.5),
            curve("target", x, target, "target", width=2, dash="dash"),
            end_labels(float(x[-1]), labels, frame.within, NAMES),
        ],
        "layout": over_x(frame, HEIGHT, "thin: one seed each", margin=LABELLED),
    }


def followed(x: FloatArray, target: FloatArray, learner: tuple[str, FloatArray, str], frame: Frame) -> Figure:
    """A target and what follows it: its name, its heights and its meaning."""
    name, heights, meaning = learner
    labels = [
        Label("target", last_height(target), "target"),
        Label(name, last_height(heights), meaning),
    ]
    return {
        "data": [
            curve("target", x, target, "target", width=2, dash="dash"),
            curve(name, x, heights, meaning, width=3),
            end_labels(float(x[-1]), labels, frame.within, FEW_NAMES),
        ],
        "layout": over_x(frame, LOW_HEIGHT, margin=LABELLED),
    }


def learnt_shares(
    along: FloatArray, shares: FloatArray, names: Sequence[str], now: tuple[float, FloatArray], across: Axis
) -> Figure:
    """How much of each part is learnt, in percent, along iterations or times, and where the picture is.

    shares: shape (places, parts), NaN where a training ended early. now: the place, and the shares there.
    across: the axis of the places, with its range.
    """
    within = (-20.0, 140.0)
    ends = [last_height(100.0 * each) for each in shares.T]
    labels = [Label(name, end, kind) for name, end, kind in zip(names, ends, PARTS, strict=True)]
    right = float(along[-1])
    return {
        "data": [
            *(
                curve(name, along, 100.0 * each, kind, dash=dash)
                for name, each, kind, dash in zip(names, shares.T, PARTS, DASHES, strict=True)
            ),
            marks("now", np.full(len(names), now[0]), 100.0 * now[1], "ink", **QUIET),
            end_labels(right, labels, within, FEW_NAMES),
        ],
        "layout": layout(LOW_HEIGHT, across, axis("learnt, %", *within), margin=LABELLED),
    }


def spread_of_seeds(seeds: Sequence[int], errors: FloatArray, built: float, ends: Range) -> Figure:
    """The error of every seed's network, logarithmic, beside that of the network built by hand."""
    low, high = 10.0 ** ends[0], 10.0 ** ends[1]
    left, right = seeds[0] - 0.5, seeds[-1] + 0.5
    level = float(np.clip(built, low, high))
    hover = {"hovertemplate": "seed %{x}<br>%{y}<extra></extra>"}
    return {
        "data": [
            curve("by hand", np.array([left, right]), np.full(2, level), "unit-2", width=1.5),
            marks("a seed", [*seeds], np.clip(errors, low, high), "network", **hover),
            log_end_labels(right, [Label("by hand", level, "unit-2")], ends, SEED_NAMES),
        ],
        "layout": layout(
            LOW_HEIGHT,
            axis("seed", left, right, zeroline=False, dtick=1),
            decades_axis("error", ends),
            margin=LABELLED,
        ),
    }
