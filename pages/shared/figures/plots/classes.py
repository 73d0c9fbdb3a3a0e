"""Three classes in the plane: the most probable one as colour, a probe's logits and probabilities as bars."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Any

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.plane.clouds import MOST_CLASSES
from nn_core.plane.contours import level_line
from pages.shared.figures.axes import Axis, Figure, Range, axis, layout
from pages.shared.figures.plots import plane
from pages.shared.figures.plots.losses import Share, losses
from pages.shared.figures.plots.plane import HEIGHT, LEVELS, MARGIN, View
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import QUIET, Trace, curve
from pages.shared.numbers import small

MEANINGS = tuple(f"class-{kind}" for kind in range(MOST_CLASSES))
# Of the 255 shades each class has a third, from undecided (paper) to sure (its colour).
SHADES = LEVELS // MOST_CLASSES
LOGITS: Range = (-16.0, 16.0)
LOSSES: Range = (-4.0, 2.0)


# ---- the plane ----------------------------------------------------------------------------------------


def shades(probabilities: FloatArray) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """The most probable class and how sure it is, as one of 255 shades.

    Class k with probability p is 85 k + 84 (p - 1/3) / (2/3), rounded: p of the most probable of three
    classes is at least 1/3. probabilities: shape (n, 3). Returns shape (n,).
    """
    sure = (probabilities.max(axis=1) - 1.0 / MOST_CLASSES) / (1.0 - 1.0 / MOST_CLASSES)
    within = np.rint(np.clip(sure, 0.0, 1.0) * (SHADES - 1))
    found: np.ndarray[Any, np.dtype[np.uint8]] = (SHADES * probabilities.argmax(axis=1) + within).astype(
        np.uint8
    )
    return found


def field(view: View, probabilities: FloatArray) -> Trace:
    """The colour of the most probable class, the stronger the surer. probabilities: shape (side^2, 3)."""
    return plane.field("field", view.ticks, view.ticks, shades(probabilities), colours=_colorscale())


@lru_cache
def _colorscale() -> list[list[Any]]:
    """From paper to the colour of each class in turn; between two classes it jumps."""
    stops = []
    for kind, meaning in enumerate(MEANINGS):
        stops.append([SHADES * kind / LEVELS, colour("paper")])
        stops.append([(SHADES * (kind + 1) - 1) / LEVELS, colour(meaning)])
    return [*stops, [1.0, colour(MEANINGS[-1])]]


def borders(logits: FloatArray, view: View, most: int) -> Trace:
    """The lines where the most probable class changes: there z_k equals the largest other logit.

    logits: shape (side^2, 3). most: the number of segments there is room for.
    """
    first, second = (_border(logits, kind, view, most) for kind in (0, 1))
    doubled = _is_border_of_first(logits, second, view)
    found = np.concatenate((first, second[~doubled]))
    if len(found) > most:
        found = found[np.linspace(0, len(found) - 1, most).round().astype(int)]
    drawn = np.full((most, 3, 2), np.nan)
    drawn[: len(found), :2] = found
    x, y = drawn.reshape(-1, 2).T
    return curve("border", x, y, "ink", width=2.5, **QUIET)


def _border(logits: FloatArray, kind: int, view: View, most: int) -> FloatArray:
    """The segments around one class: shape (n, 2, 2), from start to end, each x and y."""
    lead = logits[:, kind] - np.delete(logits, kind, axis=1).max(axis=1)
    x, y = level_line(lead.reshape(view.side, view.side), view.ticks, view.ticks, most)
    triples = np.column_stack([x, y]).reshape(most, 3, 2)[:, :2]
    return triples[np.isfinite(triples).all(axis=(1, 2))]


def _is_border_of_first(
    logits: FloatArray, segments: FloatArray, view: View
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which segments around class 1 lie where class 0, and not class 2, is on the other side."""
    middles = segments.mean(axis=1)
    step = view.ticks[1] - view.ticks[0]
    across, up = np.rint((middles + view.half) / step).astype(int).T
    nearest = logits[up * view.side + across]
    found: np.ndarray[Any, np.dtype[np.bool_]] = nearest[:, 0] > nearest[:, 2]
    return found


# ---- the probe ----------------------------------------------------------------------------------------


def bars(logits: FloatArray, probabilities: FloatArray) -> Figure:
    """A probe's three logits, any numbers, and below them its probabilities, from 0 to 1.

    logits, probabilities: shape (3,). A logit beyond the axis ends at its edge.
    """
    shown = np.clip(logits, *LOGITS)
    upper = {"xaxis": "x2", "yaxis": "y2"}
    return {
        "data": [
            *(_bar(kind, float(shown[kind]), "z", upper) for kind in range(MOST_CLASSES)),
            *(_bar(kind, float(probabilities[kind]), "p", {}) for kind in range(MOST_CLASSES)),
        ],
        "layout": layout(
            HEIGHT,
            axis("probability p", 0.0, 1.0, anchor="y"),
            _class_axis(domain=(0.0, 0.38)),
            margin=MARGIN._replace(left=60),
            xaxis2=axis("logit z", *LOGITS, anchor="y2"),
            yaxis2=_class_axis(domain=(0.62, 1.0), anchor="x2"),
        ),
    }


def _bar(kind: int, value: float, letter: str, axes: dict[str, str]) -> Trace:
    """A thick line from 0 to the value, which the light redraw can move."""
    ends = np.array([0.0, value])
    name = f"{letter} of class {kind}"
    return curve(name, ends, np.full(2, float(kind)), MEANINGS[kind], width=18, **axes, **QUIET)


def _class_axis(**more: Hashable) -> Axis:
    """A row for each class, the first one on top."""
    rows = tuple(range(MOST_CLASSES))
    names = tuple(f"class {kind}" for kind in rows)
    quiet = {"showgrid": False, "zeroline": False, "nticks": None}
    return axis("", MOST_CLASSES - 0.4, -0.6, tickvals=rows, ticktext=names, **quiet, **more)


# ---- the training -------------------------------------------------------------------------------------


def learning(iterations: FloatArray, values: FloatArray, share: FloatArray, now: int) -> Figure:
    """The loss against the iteration, logarithmic, the share of right points, and where the knob stands.

    iterations, values, share: shape (n,); NaN where a training ended early. Losses beyond the axis stand at
    its edge; the exact one is told on hover.
    """
    right = Share("share right", share, "dot")
    remark = "solid: loss; dotted: share right"
    figure = losses(iterations, values, now, LOSSES, height=200, shares=[right], remark=remark)
    loss, *others = figure["data"]
    hover = "iteration %{x}<br>loss %{customdata}<extra></extra>"
    exact = {"customdata": _written(values.tobytes()), "hovertemplate": hover}
    return {**figure, "data": [{**loss, **exact}, *others]}


@lru_cache(maxsize=32)
def _written(values: bytes) -> list[str]:
    """An array's numbers as texts."""
    return [small(value) for value in np.frombuffer(values).tolist()]
