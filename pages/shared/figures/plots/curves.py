"""Curves over a line: one neuron, contributions and their sum, a target and its network."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nn_core.networks.network import ForwardPass
from pages.shared.figures.axes import Figure, axis, base
from pages.shared.figures.theme import colour

Floats = NDArray[np.float64]
Range = tuple[float, float]

DASHES = ("dash", "dot", "dashdot")


def line(
    name: str,
    x: Floats,
    y: Floats,
    meaning: str,
    *,
    width: float = 2,
    dash: str = "solid",
    **more: Any,
) -> dict[str, Any]:
    """A curve as a Plotly trace."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": y,
        "line": {"color": colour(meaning), "width": width, "dash": dash, "simplify": False},
        "hovertemplate": "x = %{x:.2f}<br>" + name + " = %{y:.3f}<extra></extra>",
        **more,
    }


def points(
    name: str,
    x: Sequence[float] | Floats,
    y: Sequence[float] | Floats,
    meaning: str,
    *,
    symbol: str = "circle",
    **more: Any,
) -> dict[str, Any]:
    """Marked points as a Plotly trace."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": np.array(x, dtype=float),
        "y": np.array(y, dtype=float),
        "marker": {
            "color": colour(meaning),
            "size": 11,
            "symbol": symbol,
            "line": {"color": colour("paper"), "width": 2},
        },
        "hovertemplate": "x = %{x:.2f}<br>" + name + " = %{y:.3f}<extra></extra>",
        **more,
    }


def end_labels(
    x: float,
    heights: Sequence[float],
    texts: Sequence[str],
    meanings: Sequence[str],
    within: Range,
    lines: int = 14,
) -> dict[str, Any]:
    """The names of curves beside their right ends, moved apart where they would overlap.

    within: the range of the axis. lines: how many names fit above each other.
    """
    gap = (within[1] - within[0]) / lines
    order = np.argsort(heights, kind="stable")
    inside = np.clip(heights, within[0] + gap / 2, within[1] - gap / 2)
    placed = np.empty(len(texts))
    placed[order] = spread(inside[order], gap)  # also those held at the edge stay in their order
    return {
        "type": "scatter",
        "mode": "text",
        "x": np.full(len(texts), float(x)),
        "y": placed,
        "text": [f"\N{NO-BREAK SPACE}{text}" for text in texts],
        "textposition": "middle right",
        "textfont": {"color": [colour(meaning) for meaning in meanings], "size": 14},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def spread(heights: Floats, gap: float) -> Floats:
    """The heights in the same order, moved as little as possible until each is `gap` from the next.

    Least squares: without the gaps the heights must not fall, and pooling neighbours that do gives the
    nearest such sequence (the pool-adjacent-violators algorithm, Ayer et al. 1955).
    """
    order = np.argsort(heights, kind="stable")
    steps = gap * np.arange(len(heights))
    pools: list[list[float]] = []
    for height in np.asarray(heights, dtype=float)[order] - steps:
        pools.append([float(height)])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    moved = np.empty(len(heights))
    moved[order] = np.concatenate([np.full(len(pool), fmean(pool)) for pool in pools]) + steps
    return moved


def rows(x: Floats, y: Floats, most: int) -> tuple[Floats, Floats]:
    """Many curves as one: row after row with NaN behind each, and NaN up to `most` rows.

    x, y: (n, points) each. Returns two arrays of most * (points + 1) numbers.
    """
    joined = np.full((2, most, x.shape[1] + 1), np.nan)
    joined[0, : len(x), :-1] = x
    joined[1, : len(y), :-1] = y
    return joined[0].ravel(), joined[1].ravel()


def neuron(x: Floats, passed: ForwardPass, knot: float | None, probe: ForwardPass, within: Range) -> Figure:
    """One neuron: above its pre-activation z, below its activation a, over the same x.

    x: (n,). passed: the forward pass at x. knot: where z = 0, or None. probe: the pass at one input.
    within: the range of the lower axis.
    """
    z, a = passed.pre_activations[0][:, 0], passed.output[:, 0]
    at, z_at, a_at = (float(array[0, 0]) for array in (probe.inputs, probe.pre_activations[0], probe.output))
    ends = [0, -1]
    mark = np.full(2, np.nan if knot is None else knot)
    upper: dict[str, Any] = {"xaxis": "x", "yaxis": "y2"}
    dotted: dict[str, Any] = {
        "width": 1.5,
        "dash": "dot",
        "hoverinfo": "skip",
        "hovertemplate": None,
    }
    return {
        "data": [
            line("a", x, a, "network", width=3.5),
            line("z", x[ends], z[ends], "ink", **upper),
            line("knot", mark, np.array(within), "muted", **dotted),
            line("knot", mark, np.array(_Z), "muted", **upper, **dotted),
            _knot_label(knot),
            points("a", [at], [a_at], "input"),
            points("z", [at], [z_at], "input", **upper),
        ],
        "layout": _neuron_layout(within, float(x[0]), float(x[-1])),
    }


_Z = (-10.0, 10.0)


def _knot_label(knot: float | None) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": np.array([np.nan if knot is None else knot]),
        "y": np.array([_Z[0] * 0.72]),
        "yaxis": "y2",
        "text": ["\N{NO-BREAK SPACE}knot s"],
        "textposition": "middle right",
        "textfont": {"color": colour("bias"), "size": 13},
        "hoverinfo": "skip",
    }


@lru_cache
def _neuron_layout(within: Range, left: float, right: float) -> dict[str, Any]:
    return {
        **base(360),
        "xaxis": axis("input x", left, right, anchor="y"),
        "yaxis": axis("activation a", *within, domain=(0.0, 0.52)),
        "yaxis2": axis("pre-activation z", *_Z, domain=(0.6, 1.0), nticks=5),
    }


def superposition(
    x: Floats, contributions: Floats, total: Floats, names: Sequence[str], within: Range
) -> Figure:
    """Each hidden unit's contribution v_j a_j, and the network's output, their sum plus the bias.

    x: (n,). contributions: (n, n_hidden). total: (n,). names: of the contributions and of the sum.
    """
    meanings = [f"unit-{index + 1}" for index in range(contributions.shape[1])]
    units = [
        line(name, x, contributions[:, index], meaning, width=2.5, dash=DASHES[index % len(DASHES)])
        for index, (name, meaning) in enumerate(zip(names, meanings, strict=False))
    ]
    heights = [*contributions[-1], total[-1]]
    return {
        "data": [
            *units,
            line(names[-1], x, total, "network", width=4),
            end_labels(float(x[-1]), heights, names, [*meanings, "network"], within),
        ],
        "layout": _superposition_layout(within, float(x[0]), float(x[-1])),
    }


@lru_cache
def _superposition_layout(within: Range, left: float, right: float) -> dict[str, Any]:
    return {
        **base(400),
        "margin": {"l": 56, "r": 92, "t": 10, "b": 44},
        "xaxis": axis("input x", left, right),
        "yaxis": axis("contribution, and their sum", *within),
    }


def note(text: str, within: Range) -> dict[str, Any]:
    """A remark in the lower left corner of a plot."""
    return {
        "text": text,
        "x": 0.01,
        "xref": "x domain",
        "xanchor": "left",
        "y": within[0],
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"color": colour("muted"), "size": 13},
    }


def guess(
    x: Floats,
    units: Floats,
    edges: Floats,
    heights: Floats,
    truth: Floats | None,
    worst: tuple[float, float, float] | None,
    hint: str,
) -> Figure:
    """A reader's guess in cells, the units it is made of, and the true curve where it is to be seen.

    x: (n,). units: (n, n_hidden), each unit's own activation. edges: (cells + 1,) of the guess and heights:
    (cells,), NaN where nothing was drawn. truth: (n,) or None. worst: x, the guess and the truth where
    they are furthest apart, or None. hint: a remark in the corner.
    """
    drawn = np.repeat(heights, 2)
    where, low, high = worst or (np.nan, np.nan, np.nan)
    return {
        "data": [
            *(
                line(f"a{index + 1}", x, units[:, index], f"unit-{index + 1}", width=1.5, dash=dash)
                for index, dash in zip(range(units.shape[1]), DASHES, strict=False)
            ),
            line("truth", x, np.full(len(x), np.nan) if truth is None else truth, "network", width=4),
            line("your guess", np.repeat(edges, 2)[1:-1], drawn, "error", width=3),
            line("distance", np.array([where, where]), np.array([low, high]), "ink", dash="dot"),
            points("furthest apart", [where, where], [low, high], "ink", symbol="diamond"),
            end_labels(
                float(x[-1]),
                [*units[-1], np.nan if truth is None else truth[-1], heights[-1]],
                ["a1", "a2", "the graph", "your guess"],
                ["unit-1", "unit-2", "network", "error"],
                _GUESS,
            ),
        ],
        "layout": _guess_layout(float(x[0]), float(x[-1]), hint),
    }


_GUESS = (-2.6, 2.6)


@lru_cache
def _guess_layout(left: float, right: float, hint: str) -> dict[str, Any]:
    return {
        **base(320),
        "margin": {"l": 56, "r": 92, "t": 10, "b": 44},
        "annotations": [note(hint, _GUESS)],
        "xaxis": axis("input x", left, right),
        "yaxis": axis("output y", *_GUESS),
    }
