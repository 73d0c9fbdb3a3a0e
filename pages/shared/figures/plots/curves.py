"""Curves over a line: one neuron, a sum of several, and a guess of what the sum looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.networks.network import ForwardPass
from pages.shared.figures.axes import Figure, Margin, Note, Range, axis, layout
from pages.shared.figures.traces import DASHES, QUIET, Label, Trace, curve, end_labels, lettering, marks
from pages.shared.numbers import lowered

LABELLED = Margin(right=92)
PRE_ACTIVATIONS: Range = (-10.0, 10.0)
GUESSES: Range = (-2.6, 2.6)


def neuron(
    x: FloatArray, passed: ForwardPass, knot: float | None, probe: ForwardPass, within: Range
) -> Figure:
    """One neuron: above its pre-activation z, below its activation a, over the same x.

    x: (n,). passed: the forward pass at x. knot: where z = 0, or None. probe: the pass at one input.
    within: the range of the lower axis.
    """
    z, a = passed.pre_activations[0][:, 0], passed.output[:, 0]
    at, z_at, a_at = (float(array[0, 0]) for array in (probe.inputs, probe.pre_activations[0], probe.output))
    ends = [0, -1]
    at_knot = np.full(2, np.nan if knot is None else knot)
    upper: dict[str, Any] = {"xaxis": "x", "yaxis": "y2"}
    dotted: dict[str, Any] = {"width": 1.5, "dash": "dot", **QUIET}
    return {
        "data": [
            curve("a", x, a, "network", width=3.5),
            curve("z", x[ends], z[ends], "ink", **upper),
            curve("knot", at_knot, np.array(within), "muted", **dotted),
            curve("knot", at_knot, np.array(PRE_ACTIVATIONS), "muted", **upper, **dotted),
            _knot_label(at_knot[:1], z),
            marks("a", [at], [a_at], "input"),
            marks("z", [at], [z_at], "input", **upper),
        ],
        "layout": layout(
            360,
            axis("input x", float(x[0]), float(x[-1]), anchor="y"),
            axis("activation a", *within, domain=(0.0, 0.52)),
            yaxis2=axis("pre-activation z", *PRE_ACTIVATIONS, domain=(0.6, 1.0), nticks=5),
        ),
    }


def _knot_label(x: FloatArray, z: FloatArray) -> Trace:
    """The knot's name right of it, where z, which is 0 there, is not: below where z rises, else above."""
    side = -0.72 if z[-1] >= z[0] else 0.72
    return {
        "type": "scatter",
        "mode": "text",
        "x": x,
        "y": np.array([PRE_ACTIVATIONS[1] * side]),
        "yaxis": "y2",
        **lettering(["\N{NO-BREAK SPACE}knot s"], "bias"),
        "textposition": "middle right",
        "hoverinfo": "skip",
    }


def superposition(
    x: FloatArray, contributions: FloatArray, total: FloatArray, names: Sequence[str], within: Range
) -> Figure:
    """Each hidden unit's contribution v_j a_j, and the network's output, their sum plus the bias.

    x: (n,). contributions: (n, n_hidden). total: (n,). names: of the contributions and of the sum.
    """
    meanings = [f"unit-{index + 1}" for index in range(contributions.shape[1])]
    units = [
        curve(name, x, contributions[:, index], meaning, width=2.5, dash=DASHES[index % len(DASHES)])
        for index, (name, meaning) in enumerate(zip(names, meanings, strict=False))
    ]
    heights = [*contributions[-1], total[-1]]
    labels = [*map(Label, names, heights, [*meanings, "network"])]
    return {
        "data": [
            *units,
            curve(names[-1], x, total, "network", width=4),
            end_labels(float(x[-1]), labels, within),
        ],
        "layout": layout(
            400,
            axis("input x", float(x[0]), float(x[-1])),
            axis("contribution, and their sum", *within),
            margin=LABELLED,
        ),
    }


@dataclass(frozen=True, eq=False)
class Guess:
    """What a reader drew: the edges of the cells, (cells + 1,), and their heights, (cells,), NaN where none.

    hint: a remark in the corner.
    """

    edges: FloatArray
    heights: FloatArray
    hint: str


def guess(
    x: FloatArray,
    units: FloatArray,
    drawn: Guess,
    truth: FloatArray | None,
    worst: tuple[float, float, float] | None,
) -> Figure:
    """A reader's guess, the units it is made of, and the true curve where it is to be seen.

    x: (n,). units: (n, n_hidden), each unit's own activation. truth: (n,) or None. worst: x, the guess and
    the truth where they are furthest apart, or None.
    """
    where, low, high = worst or (np.nan, np.nan, np.nan)
    furthest = np.array([where, where]), np.array([low, high])
    shown = np.full(len(x), np.nan) if truth is None else truth
    cells = np.repeat(drawn.edges, 2)[1:-1], np.repeat(drawn.heights, 2)
    return {
        "data": [
            *(
                curve(f"a{lowered(index + 1)}", x, units[:, index], f"unit-{index + 1}", width=1.5, dash=dash)
                for index, dash in zip(range(units.shape[1]), DASHES, strict=False)
            ),
            curve("truth", x, shown, "network", width=4),
            curve("your guess", *cells, "error", width=3),
            curve("distance", *furthest, "ink", dash="dot"),
            marks("furthest apart", *furthest, "ink", symbol="diamond"),
            _guess_labels(float(x[-1]), (*units[-1], shown[-1], drawn.heights[-1])),
        ],
        "layout": layout(
            320,
            axis("input x", float(x[0]), float(x[-1])),
            axis("output y", *GUESSES),
            margin=LABELLED,
            notes=(Note(drawn.hint),),
        ),
    }


def _guess_labels(x: float, heights: Sequence[float]) -> Trace:
    names, meanings = ("a₁", "a₂", "the graph", "your guess"), ("unit-1", "unit-2", "network", "error")
    return end_labels(x, [*map(Label, names, heights, meanings)], GUESSES, lines=11)


def without_unit(
    x: FloatArray, whole: FloatArray, left: FloatArray, place: tuple[float, float], within: Range
) -> Figure:
    """The curve of a whole network, a place on it, and the curve of what is left without one unit.

    x, whole, left: (n,); left is NaN where no unit is left out. within: the range of the output's axis.
    """
    labels = [Label("network", whole[-1], "network"), Label("without it", left[-1], "unit-1")]
    across, up = place
    return {
        "data": [
            curve("without the unit", x, left, "unit-1", width=2.5, dash="dash"),
            curve("network", x, whole, "network", width=3.5),
            marks("output", [across], [up], "input"),
            end_labels(float(x[-1]), labels, within),
        ],
        "layout": layout(
            400,
            axis("input x", float(x[0]), float(x[-1])),
            axis("output", *within),
            margin=LABELLED,
        ),
    }
