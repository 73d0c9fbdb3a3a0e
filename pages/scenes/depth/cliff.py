"""The cliff: tents in tents, and how wide one hidden layer has to be to follow them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.building.deep.pieces import crossings
from nn_core.building.deep.repeated import needed, tents, zigzag
from nn_core.grids import column, line
from nn_core.networks.network import Network
from pages.shared.figures.drawings.units import deep_and_wide
from pages.shared.figures.plots.deep import pieces
from pages.shared.numbers import small
from pages.shared.programs import files_along
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Handle, Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

DOMAIN, HALF, MOST = (0.0, 1.0), 0.5, 8
# Both networks turn, and the wide one ends, at multiples of 1/512: here they are exact.
X = line(DOMAIN, 513)
SIZES = tuple(sorted({round(2.0 ** (each / 6)) for each in range(6 * MOST + 1)}))
ASKED, MANY, HIGH = 6, 100, 4
COUNTS = {"about 12": 12, "about 36": 36, "about 64": 64, "about 720": 720}
HOW_WIDE = Question(
    f"With k = {ASKED} the deep network has {2 * ASKED} units. How many does one layer need for the same?",
    tuple(COUNTS),
    {"times": float(ASKED), "units": 64.0},
)


@lru_cache
def height(times: int) -> FloatArray:
    """The deep network on the grid."""
    return tents(times)(column(X))[:, 0]


def wide(times: int, units: int) -> FloatArray:
    """One hidden layer on the grid."""
    return zigzag(times, units)(column(X))[:, 0]


@lru_cache
def errors(times: int) -> FloatArray:
    """The largest error of one hidden layer of each of the SIZES."""
    return np.array([np.abs(wide(times, units) - height(times)).max() for units in SIZES])


@lru_cache
def least_exact(times: int) -> int:
    """The fewest units with which one hidden layer is the deep network, as it is built here."""
    return next(units for units in range(1, 2**MOST + 1) if np.array_equal(wide(times, units), height(times)))


@dataclass(frozen=True)
class Scene:
    """A deep network and one hidden layer beside it."""

    times: int
    units: int

    @cached_property
    def deep(self) -> Network:
        """The tent, composed so often."""
        return tents(self.times)

    @cached_property
    def layer(self) -> Network:
        """One hidden layer of so many units, or as many as serve."""
        return zigzag(self.times, self.units)

    @cached_property
    def values(self) -> FloatArray:
        """What that one is on the grid."""
        return self.layer(column(X))[:, 0]

    @property
    def count(self) -> int:
        """How many units it has."""
        return int(self.layer.layers[0].biases.size)

    @cached_property
    def error(self) -> float:
        """How far it is from the deep one, at most."""
        return float(np.abs(self.values - height(self.times)).max())

    @property
    def proven(self) -> bool:
        """Whether no network of one hidden layer of so many ReLUs is nearer than a half."""
        return self.units < needed(self.times)

    @property
    def crossed(self) -> FloatArray:
        """Where it crosses a half."""
        sides = self.values - HALF
        before = np.flatnonzero(sides[:-1] * sides[1:] < 0.0)
        on = np.flatnonzero((sides[1:-1] == 0.0) & (sides[:-2] * sides[2:] < 0.0)) + 1
        share = sides[before] / (sides[before] - sides[before + 1])
        return np.sort(np.concatenate((X[before] + share * (X[before + 1] - X[before]), X[on])))


def picture(times: float, units: float, how_wide: str = NOTHING) -> Picture:
    """The tent composed k times, and one hidden layer of N units that follows it as well as any can."""
    scene = Scene(int(times), int(units))
    last = float(needed(scene.times) - 1)
    return Picture(
        [
            pieces.zigzags(X, height(scene.times), scene.values, scene.crossed, HALF, room=2**MOST),
            pieces.cliff(
                np.array(SIZES, dtype=float), errors(scene.times), (last, HALF), (scene.units, scene.error)
            ),
        ],
        diagram=deep_and_wide((2,) * scene.times, scene.count),
        files=files_along(scene.deep, DOMAIN),
        handles=[Handle("units", float(scene.units), scene.error, plot=1)],
        readouts=readouts(scene),
        measures={
            "largest error": scene.error,
            "hidden units": float(scene.count),
            "parameters": float(scene.layer.n_parameters),
        },
        tasks=tasks(scene) | {HOW_WIDE.label: judged(how_wide)},
        description=f"The deep network goes up and down {2 ** (scene.times - 1)} times. One hidden layer of "
        f"{scene.count} units is up to {small(scene.error)} away from it.",
    )


def readouts(scene: Scene) -> dict[str, str | None]:
    """The error and what is proven of it, the crossings, and what both networks are made of."""
    ups = crossings(height(scene.times), HALF), crossings(scene.values, HALF)
    sizes = 2 * scene.times, scene.count
    numbers = scene.deep.n_parameters, scene.layer.n_parameters
    told = [f"deep {deep}, one layer {one}" for deep, one in (ups, sizes, numbers)]
    return {
        "largest error of one layer": small(scene.error),
        "proven": "at least ½" if scene.proven else "nothing, for so many units",
        **dict(zip(("crossings of ½", "hidden units", "parameters"), told, strict=True)),
    }


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Stay up with many units, fall, and find where depth saves nothing."""
    deep, one = scene.deep.n_parameters, scene.layer.n_parameters
    found = f"k = {scene.times}, {scene.count} units, largest error {small(scene.error)}."
    return {
        f"Fall off the cliff: one layer that is exactly the deep network, with k at least {HIGH}.": Verdict(
            scene.error == 0.0 and scene.times >= HIGH,
            found,
            max(1.0 - scene.units / 2**scene.times, 0.0) + max(HIGH - scene.times, 0),
        ),
        f"At least {MANY} units in one layer, and still an error of ½ that is proven.": Verdict(
            scene.count >= MANY and scene.proven,
            found,
            max(MANY - scene.count, 0) / MANY + max(scene.units + 1 - needed(scene.times), 0) / MANY,
        ),
        "Depth saves nothing: both networks are the same function and have equally many parameters.": Verdict(
            scene.error == 0.0 and deep == one, f"{deep} and {one} parameters. {found}"
        ),
    }


def judged(chosen: str) -> Verdict:
    """The fewest units with which one layer is the deep network."""
    least = least_exact(ASKED)
    right = min(COUNTS, key=lambda told: abs(COUNTS[told] - least))
    why = f"It goes up and down in {2**ASKED} straight pieces, and each takes a unit: {least}."
    return answer(chosen, right, why)


def show() -> None:
    """The stage of the cliff, and the words below it."""
    st.markdown(
        "A **tent** doubles what is below ½, and folds the rest back. Do it again and again, k times: with "
        "every layer the curve goes up and down twice as often. Raise k. Then drag N until **one** layer "
        "follows."
    )
    stage(
        "cliff",
        picture,
        presets=[
            Preset("two units too few", {"times": 5.0, "units": 30.0}),
            Preset("enough", {"times": 5.0, "units": 32.0}),
        ],
        times=Knob("tents k", 1, MOST, value=5, step=1, colour="target"),
        units=Knob("units N", 2, 2**MOST, value=12, step=2, colour="network"),
        how_wide=HOW_WIDE,
    )
    two_columns(WHAT, WHY)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

WHAT = """
## What depth does here

A layer of two hinges makes one tent. The next layer makes a tent of **what it is given**: it does the same
to the left half of the curve and to the right half. So two more units **double** the number of pieces. In one
layer a unit adds **one** piece, wherever it stands.

With k = 8 the deep network has 16 units and 49 parameters. One layer needs 256 units and 769 parameters for
the same curve. With k = 2 they are equal: depth saves nothing yet.
"""
WHY = """
## Why one layer is stuck at ½

The deep curve is 0 and 1 in turn at 2ᵏ + 1 places. A curve that is nearer than ½ to it **everywhere** is
below ½ where it is 0, and above ½ where it is 1. So it crosses the line at ½ at least 2ᵏ times.

A straight piece crosses a line once at most. N hinges in one layer make at most N + 1 pieces. So with fewer
than 2ᵏ − 1 units the largest error is at least ½, **whatever the weights are**. Count the ticks.

This is one special curve. *Not free* shows what depth costs for yours.
"""
EXACTLY = """
The layer shown is a best one: it follows the deep network from x = 0 on as far as its units reach, and stays
at ½ from there, so its largest error is exactly ½, and none is nearer while N is less than 2ᵏ − 1. The errors
are taken at 513 points, among them all at which one of the two networks turns, so they are exact. The deep
network has 6k + 1 parameters, one layer 3N + 1. For networks of other depths there is Telgarsky's theorem
(2016): with k³ layers one can do what takes 2ᵏ units with k layers, up to constant factors.
"""
