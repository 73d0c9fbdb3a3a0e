"""A curve that is learnt: the network and its target, what each unit adds, the loss, and other seeds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from pages.shared.figures.axes import Figure, axis, base
from pages.shared.figures.plots.approximation import Frame
from pages.shared.figures.plots.curves import Floats, Range, end_labels, line, note, points

MARGIN = {"l": 64, "r": 16, "t": 10, "b": 40}
LABELLED = {**MARGIN, "r": 76}
LOWEST, HIGHEST = 1e-12, 1e12
HEIGHT, LOW_HEIGHT = 200, 170
MOST_TICKS = 5


def learnt(x: Floats, target: Floats, network: Floats, built: Floats, frame: Frame) -> Figure:
    """A target, the network that learns it, and the one that was built by hand, over the same x."""
    values = target, network, built
    names, meanings = ("target", "trained", "by hand"), ("target", "network", "unit-2")
    return {
        "data": [
            line("by hand", x, built, "unit-2", width=1.5),
            line("target", x, target, "target", width=2, dash="dash"),
            line("trained", x, network, "network", width=3.5),
            end_labels(float(x[-1]), [_last(each) for each in values], names, meanings, frame.within, 10),
        ],
        "layout": {**_over_x(frame, "output", HEIGHT, ""), "margin": LABELLED},
    }


def contributions(rows: tuple[Floats, Floats], frame: Frame, few: str) -> Figure:
    """What each hidden unit adds to the sum: x and height, one unit after the other, NaN in between."""
    return {
        "data": [line("one unit", *rows, "unit-1", width=1.25, hoverinfo="skip", hovertemplate=None)],
        "layout": _over_x(frame, "contribution", LOW_HEIGHT, few),
    }


def many(x: Floats, target: Floats, networks: tuple[Floats, Floats], built: Floats, frame: Frame) -> Figure:
    """A target and the networks that several seeds lead to: x and height, one after the other."""
    return {
        "data": [
            line("a seed", *networks, "network", width=1.25, hoverinfo="skip", hovertemplate=None),
            line("by hand", x, built, "unit-2", width=1.5),
            line("target", x, target, "target", width=2, dash="dash"),
            end_labels(
                float(x[-1]),
                [_last(target), _last(built)],
                ("target", "by hand"),
                ("target", "unit-2"),
                frame.within,
                10,
            ),
        ],
        "layout": {**_over_x(frame, "output", HEIGHT, "thin: one seed each"), "margin": LABELLED},
    }


def _last(values: Floats) -> float:
    finite = values[np.isfinite(values)]
    return float(finite[-1]) if len(finite) else float("nan")


@lru_cache
def _over_x(frame: Frame, up: str, height: int, remark: str) -> dict[str, Any]:
    return {
        **base(height),
        "margin": MARGIN,
        "xaxis": axis("input x", *frame.view),
        "yaxis": axis(up, *frame.within),
        "annotations": [note(remark, frame.within)] if remark else [],
    }


def losses(iterations: Floats, values: Floats, now: int, last: int, height: int = LOW_HEIGHT) -> Figure:
    """The loss of every kept network, logarithmic, and the one that is shown. last: the end of the scale."""
    drawn = np.clip(values, LOWEST, HIGHEST)
    hover: dict[str, Any] = {"hovertemplate": "iteration %{x}<br>loss %{y:.6g}<extra></extra>"}
    return {
        "data": [
            line("loss", iterations, drawn, "error", **hover),
            points("now", [iterations[now]], [drawn[now]], "network", **hover),
        ],
        "layout": _losses_layout(float(last), decades(values), height),
    }


def decades(values: Floats) -> Range:
    """The whole powers of ten around positive values, as exponents, with room on both sides."""
    low, high = np.log10(np.clip([values.min(), values.max()], LOWEST, HIGHEST))
    return float(np.floor(low - 0.1)), float(np.ceil(high + 0.1))


def _logarithmic(title: str, ends: Range) -> dict[str, Any]:
    """An axis over decades, with a tick for each or, of many, for every so many."""
    every = int(np.ceil((ends[1] - ends[0]) / MOST_TICKS))
    logarithmic = {"type": "log", "zeroline": False, "exponentformat": "power", "dtick": every}
    return {**axis(title, *ends), **logarithmic}


@lru_cache
def _losses_layout(last: float, ends: Range, height: int) -> dict[str, Any]:
    return {
        **base(height),
        "margin": MARGIN,
        "xaxis": axis("iteration", 0.0, last),
        "yaxis": _logarithmic("loss", ends),
    }


def spread_of_seeds(seeds: Sequence[int], errors: Floats, built: float, ends: Range) -> Figure:
    """The error of every seed's network, logarithmic, beside that of the network built by hand."""
    low, high = 10.0 ** ends[0], 10.0 ** ends[1]
    both = np.array([seeds[0] - 0.5, seeds[-1] + 0.5])
    level = float(np.clip(built, low, high))
    hover = {"hovertemplate": "seed %{x}<br>%{y:.6g}<extra></extra>"}
    label = end_labels(float(both[1]), [np.log10(level)], ["by hand"], ["unit-2"], ends, 6)
    return {
        "data": [
            line("by hand", both, np.full(2, level), "unit-2", width=1.5),
            points("a seed", [*seeds], np.clip(errors, low, high), "network", **hover),
            {**label, "y": 10.0 ** label["y"]},
        ],
        "layout": _seeds_layout((float(both[0]), float(both[1])), ends),
    }


@lru_cache
def _seeds_layout(across: Range, ends: Range) -> dict[str, Any]:
    return {
        **base(LOW_HEIGHT),
        "margin": LABELLED,
        "xaxis": {**axis("seed", *across), "zeroline": False, "dtick": 1},
        "yaxis": _logarithmic("error", ends),
    }
