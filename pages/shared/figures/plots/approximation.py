"""A target and the network that approximates it: the two curves, their distance, and what adds up to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from nn_core.errors import Comparison
from pages.shared.figures.axes import Figure, axis, base
from pages.shared.figures.plots.curves import Floats, Range, end_labels, line, note, points
from pages.shared.figures.theme import colour

MARGIN = {"l": 64, "r": 108, "t": 10, "b": 40}
DECADES = 6
LOGARITHMIC = {"type": "log", "zeroline": False}


@dataclass(frozen=True)
class Frame:
    """The window of a plot over x: what is in view, the interval that is approximated, and the heights."""

    view: Range
    domain: Range
    within: Range


# ---- the two curves -----------------------------------------------------------------------------------


def approximation(compared: Comparison, parts: tuple[Floats, Floats], frame: Frame) -> Figure:
    """A target and a network on what each neuron contributes.

    parts: x and height of the hidden units' contributions, one after the other, NaN in between.
    """
    return {
        "data": [_thin("one neuron", *parts), *_two_curves(compared, frame)],
        "layout": _layout(frame, 380, "thin lines: what each neuron contributes"),
    }


def closing_in(compared: Comparison, frame: Frame, *, pinned: Floats | None = None) -> Figure:
    """A target and a network, and the ghost of another network over the same x."""
    ghost = [] if pinned is None else [line("pinned", compared.x, pinned, "unit-3", width=2, dash="dot")]
    label = [] if pinned is None else [("pinned", pinned, "unit-3")]
    outside = "outside the interval the theorem promises nothing" if frame.view != frame.domain else ""
    return {
        "data": [*ghost, *_two_curves(compared, frame, label)],
        "layout": _layout(frame, 264, outside),
    }


def heights(compared: Comparison, frame: Frame, halves: tuple[Floats, Floats]) -> Figure:
    """A network whose pieces the reader sets, and its target. halves: x and y where half a bump is up."""
    return {
        "data": [*_two_curves(compared, frame), _half_heights(*halves)],
        "layout": _layout(frame, 300, ""),
    }


def heights_before(compared: Comparison, frame: Frame, halves: tuple[Floats, Floats]) -> Figure:
    """The same before the output's activation: the sum, and what it has to aim at."""
    target, network, _, _, labels = _two_curves(compared, frame)
    return {
        "data": [
            {**target, "name": "σ⁻¹(target)"},
            {**network, "name": "hidden sum"},
            _half_heights(*halves),
            {**labels, "text": ["\N{NO-BREAK SPACE}σ⁻¹(target)", "\N{NO-BREAK SPACE}hidden sum"]},
        ],
        "layout": {**_layout(frame, 300, ""), "yaxis": axis("before σ", *frame.within)},
    }


def _half_heights(x: Floats, y: Floats) -> dict[str, Any]:
    return {
        **points("half height", x, y, "bias", symbol="circle-open"),
        "mode": "markers+text",
        "text": ["half height"] * len(x),
        "textposition": ["top right", "top left"],
        "textfont": {"color": colour("bias"), "size": 13},
    }


Label = tuple[str, Floats, str]


def _two_curves(compared: Comparison, frame: Frame, more: Sequence[Label] = ()) -> list[dict[str, Any]]:
    """Target, network, their largest distance twice, and the labels at the right ends."""
    labels = [("target", compared.target, "target"), ("network", compared.network, "network"), *more]
    names, values, meanings = zip(*labels, strict=True)
    at = compared.worst
    pair = np.full(2, compared.x[at]), np.array([compared.target[at], compared.network[at]])
    return [
        line("target", compared.x, compared.target, "target", width=2, dash="dash"),
        line("network", compared.x, compared.network, "network", width=3.5),
        line("largest error", *pair, "error", width=4),
        points("largest error", *pair, "error", symbol="diamond"),
        end_labels(
            float(compared.x[-1]), [_last(each) for each in values], names, meanings, frame.within, lines=10
        ),
    ]


def _last(values: Floats) -> float:
    """The last finite value, or NaN."""
    finite = values[np.isfinite(values)]
    return float(finite[-1]) if len(finite) else float("nan")


def _thin(name: str, x: Floats, y: Floats) -> dict[str, Any]:
    return line(name, x, y, "muted", width=1, hoverinfo="skip", hovertemplate=None)


@lru_cache
def _layout(frame: Frame, height: int, remark: str) -> dict[str, Any]:
    return {
        **base(height),
        "margin": MARGIN,
        "xaxis": axis("input x", *frame.view),
        "yaxis": axis("output", *frame.within),
        "shapes": _outside(frame),
        "annotations": [note(remark, frame.within)] if remark else [],
    }


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


def contributions(rows: tuple[Floats, Floats], newest: tuple[Floats, Floats], frame: Frame) -> Figure:
    """What each hidden unit adds to the sum, and the one that was added last.

    rows: x and height of the units' contributions, one after the other, NaN in between.
    """
    return {
        "data": [_thin("one unit", *rows), line("added last", *newest, "unit-1", width=3)],
        "layout": {
            **_layout(frame, 200, "each line: one unit; thick: the one added last"),
            "yaxis": axis("contribution", *frame.within),
        },
    }


def error_curve(compared: Comparison, proven: Mapping[str, float], frame: Frame, unit: float) -> Figure:
    """The distance |network - target| over x, logarithmic, its largest value and what is proven of that.

    proven: values in units of the output, by label. unit: the power of ten that the scale ends near.
    """
    lowest, highest = logarithmic(unit)
    distance = np.where(compared.counted, np.clip(compared.distances, lowest, highest), np.nan)
    levels = {"largest": max(compared.sup_norm, lowest), **proven}
    both = np.array(frame.view)
    meanings = ["error", *["ink"] * len(proven)]
    labels = _log_labels(float(frame.view[1]), [*levels.values()], [*levels], meanings, (lowest, highest))
    return {
        "data": [
            line("distance", compared.x, distance, "error", width=2),
            line("largest", both, np.full(2, levels["largest"]), "error", dash="dot", width=1.5),
            *(
                line(name, both, np.full(2, level), "ink", dash="dash", width=1.5)
                for name, level in proven.items()
            ),
            labels,
        ],
        "layout": _log_layout(frame.view, "input x", "distance", unit),
    }


@dataclass(frozen=True)
class Rate:
    """Errors against N, as a curve with a label: a proven bound, a floor, or what was measured."""

    label: str
    sizes: Floats
    errors: Floats
    meaning: str
    dash: str = "dash"


def error_against_size(
    measured: Rate, others: Sequence[Rate], now: tuple[float, float], unit: float
) -> Figure:
    """The error of networks of many sizes, both logarithmic, beside what is proven of it.

    measured: drawn as points, what is below the scale on its lower end. others: as lines.
    now: the size and the error of the network on screen.
    """
    lowest, highest = logarithmic(unit)
    rates = [measured, *others]
    visible = np.maximum(measured.errors, lowest)
    marks = {"size": 4, "color": colour(measured.meaning), "line": {"width": 0}}
    labels = _log_labels(
        float(measured.sizes[-1]),
        [float(rate.errors[-1]) for rate in rates],
        [rate.label for rate in rates],
        [rate.meaning for rate in rates],
        (lowest, highest),
    )
    return {
        "data": [
            *(line(rate.label, rate.sizes, rate.errors, rate.meaning, dash=rate.dash) for rate in others),
            points(measured.label, measured.sizes, visible, measured.meaning, marker=marks),
            points("this network", [now[0]], [max(now[1], lowest)], "network", symbol="diamond"),
            labels,
        ],
        "layout": _size_layout(float(measured.sizes[-1]), unit),
    }


def _log_labels(
    x: float, levels: Sequence[float], texts: Sequence[str], meanings: Sequence[str], within: Range
) -> dict[str, Any]:
    """The names of levels on a logarithmic axis, beside its right end."""
    low, high = (float(end) for end in np.log10(within))
    heights = np.log10(np.clip(levels, *within)).tolist()
    labels = end_labels(x, heights, texts, meanings, (low, high), lines=6)
    return {**labels, "y": 10.0 ** labels["y"]}


@lru_cache
def _size_layout(most: float, unit: float) -> dict[str, Any]:
    view = (0.0, float(np.log10(most)))
    ticks = {**LOGARITHMIC, "tickvals": [1, 2, 5, 10, 20, 50, 100, 200]}
    return {
        **_log_layout(view, "hidden units N", "largest error", unit),
        "xaxis": {**axis("hidden units N", *view), **ticks},
    }


def logarithmic(unit: float) -> Range:
    """The ends of a logarithmic scale of distances: DECADES decades, a little above `unit`."""
    return unit * 10.0**-DECADES, unit * 2.0


@lru_cache
def _log_layout(view: Range, across: str, up: str, unit: float) -> dict[str, Any]:
    low, high = np.log10(logarithmic(unit))
    return {
        **base(200),
        "margin": MARGIN,
        "xaxis": axis(across, *view),
        "yaxis": {**axis(up, float(low), float(high)), **LOGARITHMIC, "dtick": 2, "exponentformat": "power"},
    }
