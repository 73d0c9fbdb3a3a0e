"""A target and the network that approximates it: the two curves, their distance, and what adds up to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.errors import Comparison
from pages.shared.figures.axes import Axis, Figure, Margin, Note, Range, axis, layout, log_axis
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import (
    AWAY,
    QUIET,
    Label,
    Trace,
    curve,
    end_labels,
    last_height,
    log_end_labels,
    marks,
)

MARGIN = Margin(left=64, right=122, bottom=40)
LOW_HEIGHT, LINES = 200, 6
DECADES = 6
RINGS = "○ half height at an end"
SIZES = (1, 2, 5, 10, 20, 50, 100, 200)


@dataclass(frozen=True)
class Frame:
    """The window of a plot over x: what is in view, the interval that is approximated, and the heights."""

    view: Range
    domain: Range
    within: Range


# ---- the two curves -----------------------------------------------------------------------------------


def approximation(compared: Comparison, contributed: tuple[FloatArray, FloatArray], frame: Frame) -> Figure:
    """A target and a network on what each neuron contributes.

    contributed: x and height of the hidden units' contributions, one after the other, NaN in between.
    """
    return {
        "data": [_thin("one neuron", *contributed), *_two_curves(compared, frame)],
        "layout": over_x(frame, 380, "thin: what each neuron contributes"),
    }


def closing_in(compared: Comparison, frame: Frame, *, pinned: FloatArray | None = None) -> Figure:
    """A target and a network, and the ghost of another network over the same x."""
    ghost, label = [], []
    if pinned is not None:
        ghost = [curve("pinned", compared.x, pinned, "unit-3", width=2, dash="dot")]
        label = [Label("pinned", last_height(pinned), "unit-3")]
    outside = "grey: here the theorem promises nothing" if frame.view != frame.domain else ""
    return {
        "data": [*ghost, *_two_curves(compared, frame, label)],
        "layout": over_x(frame, 264, outside),
    }


def heights(compared: Comparison, frame: Frame, halves: tuple[FloatArray, FloatArray]) -> Figure:
    """A network whose pieces the reader sets, and its target. halves: x and y where half a bump is up."""
    return {
        "data": [*_two_curves(compared, frame), _half_heights(*halves)],
        "layout": over_x(frame, 300, RINGS),
    }


def heights_before(compared: Comparison, frame: Frame, halves: tuple[FloatArray, FloatArray]) -> Figure:
    """The same before the output's activation: the sum, and what it has to aim at."""
    target, network, _, _, labels = _two_curves(compared, frame)
    return {
        "data": [
            {**target, "name": "σ⁻¹(target)"},
            {**network, "name": "hidden sum"},
            _half_heights(*halves),
            {**labels, "text": [f"{AWAY}σ⁻¹(target)", f"{AWAY}hidden sum"]},
        ],
        "layout": over_x(frame, 300, RINGS, up="before σ"),
    }


def _half_heights(x: FloatArray, y: FloatArray) -> Trace:
    return marks("half height", x, y, "bias", symbol="circle-open")


def _two_curves(compared: Comparison, frame: Frame, more: Sequence[Label] = ()) -> list[Trace]:
    """Target, network, their largest distance twice, and the labels at the right ends."""
    worst = compared.worst
    pair = np.full(2, worst.x), np.array([worst.target, worst.network])
    labels = [
        Label("target", last_height(compared.target), "target"),
        Label("network", last_height(compared.network), "network"),
        *more,
    ]
    return [
        curve("target", compared.x, compared.target, "target", width=2, dash="dash"),
        curve("network", compared.x, compared.network, "network", width=3.5),
        curve("largest error", *pair, "error", width=4),
        marks("largest error", *pair, "error", symbol="diamond"),
        end_labels(float(compared.x[-1]), labels, frame.within, lines=10),
    ]


def _thin(name: str, x: FloatArray, y: FloatArray) -> Trace:
    return curve(name, x, y, "muted", width=1, **QUIET)


def over_x(
    frame: Frame, height: int, remark: str = "", *, up: str = "output", margin: Margin = MARGIN
) -> dict[str, Any]:
    """The layout of a plot in a frame, grey outside the interval. up: the title of the vertical axis."""
    notes = (Note(remark),) if remark else ()
    across, upwards = axis("input x", *frame.view), axis(up, *frame.within)
    drawn = layout(height, across, upwards, margin=margin, notes=notes)
    return {**drawn, "shapes": _outside(frame)}


@lru_cache
def _outside(frame: Frame) -> list[dict[str, Any]]:
    """Grey where the view goes beyond the interval."""
    sides = [(frame.view[0], frame.domain[0]), (frame.domain[1], frame.view[1])]
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": "y domain",
            "x0": left,
            "x1": right,
            "y0": 0,
            "y1": 1,
            "fillcolor": colour("grid"),
            "opacity": 0.5,
            "layer": "below",
            "line": {"width": 0},
        }
        for left, right in sides
        if left < right
    ]


# ---- what is under it ---------------------------------------------------------------------------------


def contributions(
    contributed: tuple[FloatArray, FloatArray], newest: tuple[FloatArray, FloatArray], frame: Frame
) -> Figure:
    """What each hidden unit adds to the sum, and the one that was added last.

    contributed: x and height of the units' contributions, one after the other, NaN in between.
    """
    remark = "a line: one unit; thick: added last"
    return {
        "data": [_thin("one unit", *contributed), curve("added last", *newest, "unit-1", width=3)],
        "layout": over_x(frame, LOW_HEIGHT, remark, up="contribution"),
    }


def error_curve(compared: Comparison, proven: Mapping[str, float], frame: Frame, unit: float) -> Figure:
    """The distance |network - target| over x, logarithmic, its largest value and what is proven of that.

    proven: values in units of the output, by label. unit: the power of ten that the scale ends near.
    """
    lowest, highest = logarithmic(unit)
    distance = np.minimum(np.maximum(compared.distances, lowest), highest)
    distance[~compared.counted] = np.nan
    largest = max(compared.sup_norm, lowest)
    both = np.array(frame.view)
    labels = [Label("largest", largest, "error"), *(Label(*each, "ink") for each in proven.items())]
    return {
        "data": [
            curve("distance", compared.x, distance, "error", width=2),
            curve("largest", both, np.full(2, largest), "error", dash="dot", width=1.5),
            *(
                curve(name, both, np.full(2, level), "ink", dash="dash", width=1.5)
                for name, level in proven.items()
            ),
            log_end_labels(float(frame.view[1]), labels, _ends(unit), LINES),
        ],
        "layout": layout(
            LOW_HEIGHT, axis("input x", *frame.view), _distances("distance", unit), margin=MARGIN
        ),
    }


@dataclass(frozen=True)
class Rate:
    """Errors against N, as a curve with a label: a proven bound, a floor, or what was measured."""

    label: str
    sizes: FloatArray
    errors: FloatArray
    meaning: str
    dash: str = "dash"


def error_against_size(
    measured: Rate, others: Sequence[Rate], now: tuple[float, float], unit: float
) -> Figure:
    """The error of networks of many sizes, both logarithmic, beside what is proven of it.

    measured: drawn as points, what is below the scale on its lower end. others: as lines.
    now: the size and the error of the network on screen.
    """
    lowest, _ = logarithmic(unit)
    most = float(measured.sizes[-1])
    visible = np.maximum(measured.errors, lowest)
    dots = {"size": 4, "color": colour(measured.meaning), "line": {"width": 0}}
    labels = [Label(rate.label, float(rate.errors[-1]), rate.meaning) for rate in (measured, *others)]
    sizes = log_axis("hidden units N", 0.0, float(np.log10(most)), SIZES)
    return {
        "data": [
            *(curve(rate.label, rate.sizes, rate.errors, rate.meaning, dash=rate.dash) for rate in others),
            marks(measured.label, measured.sizes, visible, measured.meaning, marker=dots),
            marks("this network", [now[0]], [max(now[1], lowest)], "network", symbol="diamond"),
            log_end_labels(most, labels, _ends(unit), LINES),
        ],
        "layout": layout(LOW_HEIGHT, sizes, _distances("largest error", unit), margin=MARGIN),
    }


def logarithmic(unit: float) -> Range:
    """The ends of a logarithmic scale of distances: DECADES decades, a little above `unit`."""
    return unit * 10.0**-DECADES, unit * 2.0


@lru_cache
def _ends(unit: float) -> Range:
    """The same as powers of ten."""
    low, high = np.log10(logarithmic(unit))
    return float(low), float(high)


def _distances(title: str, unit: float) -> Axis:
    return log_axis(title, *_ends(unit), every=2)
