"""A network of two inputs, opened from a file: its heights over the plane, and the line at one of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

import numpy as np

from nn_core.grids import lattice
from nn_core.networks.activations import IDENTITY
from nn_core.networks.parts import turning_distance
from pages.scenes.forward_pass.opened import (
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
from pages.shared.figures.plots.plane import View, heights
from pages.shared.numbers import between, grouped, percent, short
from pages.shared.programs import files_of
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING
from pages.shared.stage.picture import Grip, Picture, Verdict
from pages.shared.stage.stage import Preset, stage

SIDE, ABOUT_PLACES, ABOUT_LEVELS, MARGIN = 49, 100, 60, 0.1
# So near to the highest output, as a share of the height, is at it.
NEAR = 0.01
HIGHEST = "Drag the place to where the output is highest."
NOTHING_ABOVE = "Raise the level until nothing lies above it."


@lru_cache(maxsize=64)
def view(network: Opened, times: float) -> View:
    """The square in which the first layer turns, so many times as wide."""
    half = turning_distance(network.shown) * (1.0 + MARGIN) * times
    return View(round_ends(-half, half, round_step(2.0 * half, ABOUT_PLACES))[1], SIDE)


@lru_cache(maxsize=64)
def heights_of(network: Opened, times: float) -> Worth:
    """The output at the points of the view, and without each unit."""
    return worth(network, view(network, times).points)


@lru_cache(maxsize=64)
def level_knob(network: Opened, times: float) -> Knob:
    """The level, on round numbers from the lowest output to the highest; it starts where a class begins."""
    found = heights_of(network, times)
    lowest = float(found.whole.min())
    step = round_step(found.height, ABOUT_LEVELS)
    low, high = round_ends(lowest, lowest + found.height, step)
    knob = Knob("level c", low, high, value=low, step=step, colour="ink")
    between_classes = 0.0 if network.shown.layers[-1].activation == IDENTITY else 0.5
    first = between_classes if low < between_classes < high else (low + high) / 2.0
    return Knob("level c", low, high, value=knob.snap(first), step=step, colour="ink")


def place_knobs(network: Opened, times: float) -> dict[str, Any]:
    """The two inputs over the view; the place starts in the lowest corner."""
    half = view(network, times).half
    corners = half * np.array([(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)])
    start = corners[int(np.argmin(network.shown(corners)[:, 0]))].tolist()
    step = round_step(2.0 * half, ABOUT_PLACES)
    return {
        name: Knob(label, -half, half, value=first, step=step, colour="input")
        for name, label, first in zip(("x1", "x2"), ("x₁", "x₂"), start, strict=True)
    }


def picture(
    text: str,
    output: int,
    times: float,
    *,
    x1: float,
    x2: float,
    level: float,
    left_out: float = 0.0,
    numbers: str = NOTHING,
) -> Picture:
    """The heights of an opened network, the line at a level, and the line without one unit."""
    network, unit = opened(text, output), int(left_out)
    found, square = heights_of(network, times), view(network, times)
    here = np.array([[x1, x2]])
    y = float(network.shown(here)[0, 0])
    low, high = float(found.whole.min()), float(found.whole.max())
    above = float((found.whole > level).mean())
    return Picture(
        heights(square, found.whole, found.left(unit), level, (x1, x2)),
        grips=[Grip("place", x1, x2, colour="input", anywhere=True)],
        files=files_of(network.shown, here),
        readouts={
            "output at the place": between(y, low, high),
            "above the level": f"{percent(above)} of the square",
            "without the unit it changes by": found.told(unit),
            "sizes": network.told_sizes,
            "parameters": grouped(network.whole.n_parameters),
        },
        measures={"output at the place": y, "share above the level": above} | found.measured(unit),
        tasks={how_many(network).label: counted(network, numbers)}
        | most_matters(found, unit)
        | tasks((highest(network, times) - y) / found.height, above),
        description=f"A network of the sizes {network.told_sizes}, as heights over a square: from "
        f"{between(low, low, high)} to {between(high, low, high)}, {percent(above)} of it above the level "
        f"{short(level)}. At ({short(x1)}, {short(x2)}) the output is {between(y, low, high)}.",
    )


@lru_cache(maxsize=64)
def highest(network: Opened, times: float) -> float:
    """The highest output at the places that can be set."""
    steps = np.array(place_knobs(network, times)["x1"].steps)
    return float(network.shown(lattice(steps, steps))[:, 0].max())


def tasks(missing: float, above: float) -> dict[str, Verdict]:
    """The place at the top, and the level above all. missing: to the highest output, of the height."""
    return {
        HIGHEST: Verdict(
            missing <= NEAR, f"{percent(max(missing, 0.0), 1)} of the height is missing.", max(missing, 0.0)
        ),
        NOTHING_ABOVE: Verdict(above == 0.0, f"{percent(above, 1)} of the square lies above.", above),
    }


def grab(values: Mapping[str, Any], x: float, y: float) -> dict[str, float]:
    """The place is where the hand is."""
    return {"x1": x, "x2": y}


def show(network: Opened, times: float) -> None:
    """The stage of the plane."""
    more: dict[str, Any] = inputs_of(network)
    stage(
        f"plane from a file {' '.join(map(str, network.sizes))}",
        partial(picture, network.text, network.output, times),
        presets=[Preset("all units", {"left_out": 0.0})] if "left_out" in more else [],
        grips={"place": grab},
        level=level_knob(network, times),
        **place_knobs(network, times),
        **more,
    )
