"""Not free: the same straight pieces, all in one layer, or one in each of many narrow layers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.building.closeness import error_grid
from nn_core.building.constructions import interpolant
from nn_core.building.deep.narrow import carried
from nn_core.errors import Comparison, compare
from nn_core.grids import column
from nn_core.networks.network import Network
from nn_core.targets.curves import Target, own_values
from pages.scenes.depth.heights import Window, ask
from pages.shared.figures.plots.approximation import Rate
from pages.shared.figures.plots.deep import rates
from pages.shared.numbers import beside, plain, small
from pages.shared.programs import files_along
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.stage.stage import stage

MOST, ROUNDING = 60, 1e-9
SIZES = (*range(1, 21), *range(24, MOST + 1, 4))
TIMES = {"as many": 1.0, "twice as many": 2.0, "four times as many": 4.0, "ten times as many": 10.0}
HOW_MANY = Question(
    f"Cut into {MOST} pieces: how many parameters has the deep network, beside one layer?",
    tuple(TIMES),
    {"n": float(MOST)},
)


def knots(target: Target, n: int) -> FloatArray:
    """The ends of n equal pieces."""
    return np.linspace(*target.domain, n + 1)


@dataclass(frozen=True, eq=False)
class Both:
    """A target cut into n straight pieces, by one hidden layer and by a deep network."""

    target: Target
    n: int

    @cached_property
    def deep(self) -> Network:
        """Three units wide, a layer for each piece."""
        return carried(self.target, knots(self.target, self.n))

    @cached_property
    def wide(self) -> Network:
        """One hidden layer, a unit for each piece."""
        return interpolant(self.target, knots(self.target, self.n))

    @cached_property
    def compared(self) -> Comparison:
        """The deep network beside the target, on the grid of errors and at the knots."""
        ends = np.pad(knots(self.target, self.n), (0, MOST - self.n), mode="edge")
        x = np.sort(np.concatenate((error_grid(self.target), ends)))
        return compare(self.deep(column(x))[:, 0], own_values(self.target, x), x)

    @cached_property
    def one_layer(self) -> FloatArray:
        """The other one on the same grid."""
        return self.wide(column(self.compared.x))[:, 0]

    @property
    def apart(self) -> float:
        """How far the two are from each other."""
        return float(np.abs(self.one_layer - self.compared.network).max())

    @property
    def error_of_one_layer(self) -> float:
        """The largest error of the other one."""
        counted = self.compared.counted
        return float(np.abs(self.one_layer - self.compared.target)[counted].max())


@lru_cache(maxsize=16)
def against_parameters(target: Target) -> tuple[Rate, Rate]:
    """The largest error against the number of parameters, of both kinds."""
    both = [Both(target, n) for n in SIZES]
    deep = np.array([(each.deep.n_parameters, each.compared.sup_norm) for each in both], dtype=float).T
    wide = np.array([(each.wide.n_parameters, each.error_of_one_layer) for each in both], dtype=float).T
    return (
        Rate("one layer", wide[0], wide[1], "unit-1", "dot"),
        Rate("deep", deep[0], deep[1], "network", "solid"),
    )


def picture(
    target: Target, *, n: float, how_many: str = NOTHING, within: tuple[float, float] | None = None
) -> Picture:
    """A target cut into n straight pieces, one a layer.

    within: the heights in view; those of the target with room around them if None.
    """
    both = Both(target, int(n))
    compared, window = both.compared, Window(target)
    unit = float(10.0 ** np.ceil(np.log10(window.height)))
    now = float(both.deep.n_parameters), compared.sup_norm
    return Picture(
        [
            rates.one_piece_a_layer(compared, both.one_layer, window.frame(within)),
            rates.costs(against_parameters(target), now, unit),
        ],
        files=files_along(both.deep, target.domain),
        readouts=readouts(both),
        measures={"largest error": compared.sup_norm, "parameters": now[0], "hidden layers": both.deep.depth},
        tasks=tasks(both, window.height) | {HOW_MANY.label: judged(target, how_many)},
        description=f"{both.n} straight pieces. The deep network has {both.deep.depth} hidden layers of "
        f"three units and is up to {small(compared.sup_norm)} away from the target; one layer of {both.n} "
        f"units up to {small(both.error_of_one_layer)}.",
    )


def readouts(both: Both) -> dict[str, str | None]:
    """The errors, and what both are made of."""
    deep, wide = both.deep, both.wide
    return {
        "largest error, deep": small(both.compared.sup_norm),
        "largest error, one layer": small(both.error_of_one_layer),
        "from each other": "0, up to rounding" if both.apart < ROUNDING else small(both.apart),
        "hidden units": f"deep {3 * deep.depth}, one layer {both.n}",
        "parameters": f"deep {deep.n_parameters}, one layer {wide.n_parameters}",
        "times as many": plain(deep.n_parameters / wide.n_parameters),
    }


def tasks(both: Both, height: float) -> dict[str, Verdict]:
    """Come close in spite of the cost, and be exact."""
    error, goal = both.compared.sup_norm, height / 100
    found = f"It is {beside(error, goal)}, with {both.deep.n_parameters} parameters"
    exact = error <= ROUNDING * height
    return {
        "A largest error of the deep network below a hundredth of the target's height.": Verdict(
            error < goal, f"{found}; a hundredth is {small(goal)}.", max(error / goal - 1.0, 0.0)
        ),
        "Find a target that both follow exactly, up to rounding, with two pieces or more.": Verdict(
            exact and both.n > 1, f"With {both.n} pieces the largest error is {small(error)}."
        ),
    }


def judged(target: Target, chosen: str) -> Verdict:
    """How many times as many parameters the deep network has, with the most pieces."""
    both = Both(target, MOST)
    deep, wide = both.deep.n_parameters, both.wide.n_parameters
    right = min(TIMES, key=lambda told: abs(np.log(TIMES[told] * wide / deep)))
    return answer(chosen, right, f"It has {deep}, one layer has {wide}: {plain(deep / wide)} times as many.")


def show() -> None:
    """The stage on which depth is paid for, and the words below it."""
    st.markdown(
        "Take a curve of your own, without patterns in patterns. A deep network can follow it, too: each "
        "layer adds **one** straight piece and hands on the sum. Raise N, and compare what both cost."
    )
    asked = ask()
    stage(
        "not_free",
        asked.over(picture),
        **asked.inputs,
        n=Knob("straight pieces N", 1, MOST, value=10, step=1, colour="network"),
        how_many=HOW_MANY,
    )
    two_columns(HOW, WHY)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

HOW = """
## How a narrow network does it

Each layer has three units. The first carries x on, unchanged. The second makes the next hinge from it. The
third carries the sum of all hinges so far, and adds the last one. So the deep network has the same straight
pieces as one layer, and the same error.
"""
WHY = """
## What depth costs

One layer needs three numbers a piece: 3N + 1 parameters. Here every layer needs twelve, most of them only to
carry things on: 12N − 2. Depth pays where layers can **reuse** what was made before, as in the two scenes
before this one. A curve that does not repeat itself gives them nothing to reuse.
"""
EXACTLY = """
The pieces are equally long, and both networks equal the target at their ends. A ReLU carries on what is not
negative, so x is counted from the left end, and to the sum a number is added that keeps it above 0; the
output takes it off again. Errors are taken at 501 points, at jumps and at the knots. Width 3 serves for this
construction; with width 2 one can come as close as one likes to any continuous curve, too (Hanin and Sellke
2017).
"""
