"""Narrow: one unit a layer only rises or only falls, however many layers there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.building.deep.narrow import clamp, largest_fall, monotone_floor
from nn_core.errors import Comparison, compare
from nn_core.grids import column
from nn_core.networks.network import Network
from nn_core.targets.curves import Target
from pages.scenes.depth.heights import Window, ask
from pages.shared.asking.targets import AskedTarget
from pages.shared.figures.plots.deep import rates
from pages.shared.numbers import beside, plain, small
from pages.shared.programs import files_along
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Grip, Picture, Verdict, answer
from pages.shared.stage.stage import stage

# Corners are at least this share of the interval apart. A network is near the floor at this many times of it.
APART, NEAR, ROUNDING = 0.002, 1.25, 1e-9
UP_AND_DOWN = np.array([0.0, 1.0, 0.0])
DISTANCES = {"as near as you like": 0.0, "to ¼": 0.25, "to ½": 0.5, "to 1": 1.0}
HOW_NEAR = Question(
    "A curve rises by 1 and falls by 1 again. How near can one unit a layer come, however many layers?",
    tuple(DISTANCES),
)


@dataclass(frozen=True, eq=False)
class Scene:
    """A target, and a network of width 1 with these corners."""

    window: Window
    network: Network

    @cached_property
    def compared(self) -> Comparison:
        """Both, on the grid of errors."""
        x, values = self.window.values
        return compare(self.network(column(x))[:, 0], values, x)

    @cached_property
    def floor(self) -> float:
        """What no network of width 1 gets below."""
        return monotone_floor(self.window.values[1])

    def turn(self, sign: float) -> tuple[FloatArray, FloatArray]:
        """x and height of both ends of the largest fall, for +1, or rise, for -1."""
        x, values = self.window.values
        ends = list(largest_fall(sign * values))
        return x[ends], values[ends]


def picture(
    target: Target,
    *,
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    how_near: str = NOTHING,
    within: tuple[float, float] | None = None,
) -> Picture:
    """A target, and one unit a layer that is flat, straight and flat again, with corners at these shares.

    x1 .. y2: in hundredths. within: the heights in view; those of the target with room around them if None.
    """
    corners = (x1 / 100, y1 / 100), (x2 / 100, y2 / 100)
    window = Window(target)
    scene = Scene(window, clamped(window, *corners))
    error = scene.compared.sup_norm
    return Picture(
        rates.against_turns(scene.compared, scene.turn(1.0), scene.turn(-1.0), window.frame(within)),
        grips=[
            Grip(name, window.x(x), window.y(y), colour=colour)
            for name, colour, (x, y) in zip(("first", "second"), ("weight", "bias"), corners, strict=True)
        ],
        files=files_along(scene.network, target.domain),
        readouts=readouts(scene),
        measures={"largest error": error},
        tasks=tasks(scene) | {HOW_NEAR.label: judged(how_near)},
        description=f"Two layers of one unit each. The largest error is {small(error)}; no network of "
        f"width 1 gets below {small(scene.floor)}.",
    )


def clamped(window: Window, *corners: tuple[float, float]) -> Network:
    """The clamp with these two corners over a target, in shares of its rectangle."""
    (left, first), (right, second) = sorted(corners)
    right = max(right, left + APART)
    return clamp(window.x(left), window.x(right), window.y(first), window.y(second))


def readouts(scene: Scene) -> dict[str, str | None]:
    """The error and its floor, and the fall and the rise that it comes from."""
    fall, rise = (abs(float(np.diff(scene.turn(sign)[1])[0])) for sign in (1.0, -1.0))
    return {
        "largest error": small(scene.compared.sup_norm),
        "proven for width 1: at least": small(scene.floor),
        "largest fall": small(fall),
        "largest rise": small(rise),
        "parameters": str(scene.network.n_parameters),
    }


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Come near the floor, and find a target that has none."""
    error, goal = scene.compared.sup_norm, NEAR * scene.floor
    none = scene.floor <= ROUNDING * scene.window.height
    found = f"It is {beside(error, goal)}; a quarter above the floor is {small(goal)}."
    return {
        "A largest error at most a quarter above the floor.": Verdict(
            error <= goal and not none,
            "There is no floor here." if none else found,
            None if none else max(error / goal - 1.0, 0.0),
        ),
        "Find a target for which no floor is proven.": Verdict(none, f"Here it is {small(scene.floor)}."),
    }


def judged(chosen: str) -> Verdict:
    """How near one comes to a rise and a fall by 1."""
    floor = monotone_floor(UP_AND_DOWN)
    right = min(DISTANCES, key=lambda told: abs(DISTANCES[told] - floor))
    return answer(chosen, right, f"What only rises misses the fall, so it stays {plain(floor)} away.")


def held(asked: AskedTarget, number: int, values: Mapping[str, Any], x: float, y: float) -> dict[str, float]:
    """The corner of that number where the hand is, in hundredths."""
    across, up = Window(asked.target(values)).shares(x, y)
    return {f"x{number}": 100 * across, f"y{number}": 100 * up}


def corner(number: int, x: float, y: float, colour: str) -> dict[str, Any]:
    """The knobs of a corner."""
    return {
        f"x{number}": Knob(f"corner {number}: x, %", 0, 100, value=x, step=1, colour=colour),
        f"y{number}": Knob(f"corner {number}: y, %", -20, 120, value=y, step=1, colour=colour),
    }


def show() -> None:
    """The stage of width 1, and the words below it."""
    st.markdown(
        "One unit a layer, and as many layers as you like: is depth enough? Drag the two corners. What one "
        "unit hands on only rises or only falls, and so does all that the next ones make of it."
    )
    asked = ask()
    stage(
        "narrow",
        asked.over(picture),
        grips={"first": partial(held, asked, 1), "second": partial(held, asked, 2)},
        **asked.inputs,
        **corner(1, 30.0, 20.0, "weight"),
        **corner(2, 80.0, 90.0, "bias"),
        how_near=HOW_NEAR,
    )
    two_columns(WHY, WIDER)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

WHY = """
## Why one unit a layer is not enough

A neuron of one input only rises or only falls: its weight says which, and its activation rises. If what it is
given only rises or only falls, then so does what it hands on. So the whole network does, however deep.

Look at the largest **fall** of the target. A curve that only rises is at least half of it off, at one end or
the other. A curve that only falls is at least half of the largest **rise** off. So the smaller of the two
halves is a **floor** for every network of width 1.
"""
WIDER = """
## And two units a layer?

Two are enough: with ReLUs, two units a layer and enough layers come as close as you like to any continuous
curve. With three it is easy to see how: the scene *not free* shows it, piece by piece.

So a network has to be **wide enough** before depth helps, and deep or wide enough for the curve.
"""
EXACTLY = """
The floor holds for every activation that only rises, such as step, sigmoid, tanh and ReLU. It is taken at 501
points and at jumps. With ReLUs a network of width 1 is no more than what is drawn here: flat, straight and
flat again. Two units a layer are enough for ReLUs and one input, and one is not: Hanin and Sellke (2017).
"""
