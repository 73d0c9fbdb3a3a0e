"""A network of one input, opened from a file: its curve, and the same without one of its units."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.grids import column, line_with_edges
from nn_core.networks.network import knot
from nn_core.networks.parts import turning_interval
from pages.scenes.forward_pass.opened import (
    POINTS,
    Opened,
    Worth,
    counted,
    how_many,
    inputs_of,
    most_matters,
    opened,
    round_ends,
    round_step,
    worth,
)
from pages.shared.figures.plots.curves import without_unit
from pages.shared.numbers import between, grouped, short
from pages.shared.programs import files_along
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING
from pages.shared.stage.picture import Handle, Picture, Verdict
from pages.shared.stage.stage import Preset, stage

ABOUT, MARGIN, ROOM = 120, 0.1, 0.3
# So near to the highest output, as a share of the height, is at it.
NEAR = 0.01
HIGHEST = "Drag x to where the output is highest."
MOST_EDGES = 100


@lru_cache(maxsize=64)
def knob_along(network: Opened, times: float) -> Knob:
    """x over the interval in which the network turns, so many times as long; it starts where y is lowest."""
    low, high = turning_interval(network.shown)
    middle, half = (low + high) / 2.0, (high - low) / 2.0 * (1.0 + 2.0 * MARGIN) * times
    step = round_step(2.0 * half, ABOUT)
    low, high = round_ends(middle - half, middle + half, step)
    knob = Knob("x", low, high, value=low, step=step, colour="input")
    lowest = int(np.argmin(network.shown(column(np.array(knob.steps)))[:, 0]))
    return Knob("x", low, high, value=knob.steps[lowest], step=step, colour="input")


@lru_cache(maxsize=64)
def grid(network: Opened, times: float) -> FloatArray:
    """Where the curve is computed, also beside the jumps of the first layer's steps."""
    x, first = knob_along(network, times), network.shown.layers[0]
    places = zip(first.weights[0].tolist(), first.biases.tolist(), strict=True)
    edges = [knot(*each) for each in places][:MOST_EDGES] if first.activation.jumps else []
    return line_with_edges((x.low, x.high), POINTS, edges)


@lru_cache(maxsize=64)
def curves(network: Opened, times: float) -> Worth:
    """The curve, and the curve without each unit."""
    return worth(network, column(grid(network, times)))


def picture(
    text: str, output: int, times: float, at: float, left_out: float = 0.0, numbers: str = NOTHING
) -> Picture:
    """The curve of an opened network, a place on it, and the curve without one unit."""
    network, unit = opened(text, output), int(left_out)
    x, found = grid(network, times), curves(network, times)
    y = float(network.shown(np.array([[at]]))[0, 0])
    low, high = float(found.whole.min()), float(found.whole.max())
    room = ROOM * found.height
    return Picture(
        without_unit(x, found.whole, found.left(unit), (at, y), (low - room, high + room)),
        handles=[Handle("at", at, y)],
        files=files_along(network.shown, (float(x[0]), float(x[-1]))),
        readouts={
            "output at x": between(y, low, high),
            "without the unit it changes by": found.told(unit),
            "sizes": network.told_sizes,
            "parameters": grouped(network.whole.n_parameters),
        },
        measures={"output at x": y} | found.measured(unit),
        tasks={how_many(network).label: counted(network, numbers)}
        | most_matters(found, unit)
        | {HIGHEST: at_the_top(network, times, y, found.height)},
        description=f"A network of the sizes {network.told_sizes}, as a curve from {between(low, low, high)} "
        f"to {between(high, low, high)}. At x = {short(at)} the output is {between(y, low, high)}.",
    )


def at_the_top(network: Opened, times: float, y: float, height: float) -> Verdict:
    """Whether no value of x has a higher output."""
    top = highest(network, times)
    missing = (top - y) / height
    return Verdict(missing <= NEAR, f"{between(y, y - height, y + height)} here.", max(missing, 0.0))


@lru_cache(maxsize=64)
def highest(network: Opened, times: float) -> float:
    """The highest output at the values that x takes."""
    return float(network.shown(column(np.array(knob_along(network, times).steps))).max())


def show(network: Opened, times: float) -> None:
    """The stage of the curve."""
    more: dict[str, Any] = inputs_of(network)
    stage(
        f"curve from a file {' '.join(map(str, network.sizes))}",
        partial(picture, network.text, network.output, times),
        presets=[Preset("all units", {"left_out": 0.0})] if "left_out" in more else [],
        at=knob_along(network, times),
        **more,
    )
