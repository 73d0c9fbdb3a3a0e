"""Two neurons: their graphs, weighed and added, make a new one."""

from functools import partial

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.building.constructions import one_hidden_layer
from nn_core.errors import sup_norm_error
from nn_core.grids import column, line, line_with_edges
from nn_core.networks.activations import ACTIVATIONS, STEP, Activation
from nn_core.networks.network import forward, hidden_contributions
from pages.shared.activations import bending, idle_slope, offered, turning
from pages.shared.asking import menus
from pages.shared.figures.drawings import diagram, formula
from pages.shared.figures.plots import curves
from pages.shared.numbers import plain, signed, small
from pages.shared.programs import files_along
from pages.shared.prose import two_columns
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.sketch import Sketch
from pages.shared.stage.picture import Handle, Picture, Verdict
from pages.shared.stage.stage import Preset, stage

DOMAIN = (-5.0, 5.0)
POINTS = 241
# Of the output weights and of the output bias; and as far from 0 as the sum is in view.
LARGEST_WEIGHT, LARGEST_BIAS, MOST = 1.5, 1.0, 10.0
NAMES = ("v1", "v2")
CURVES = ("v₁a₁", "v₂a₂", "y")
FLAT, SIDES = 0.01, 4.5
ROUNDING = 1e-9


def picture(
    activation: str, v1: float, v2: float, s1: float, s2: float, w1: float, w2: float, c: float
) -> Picture:
    """Two contributions and their sum: y = v1 f(w1 (x - s1)) + v2 f(w2 (x - s2)) + c."""
    function = ACTIVATIONS[activation]
    network = one_hidden_layer([w1, w2], [-w1 * s1, -w2 * s2], [v1, v2], function, output_bias=c)
    grid = line_with_edges(DOMAIN, POINTS, [s1, s2])
    passed = forward(network, column(grid))
    parts = hidden_contributions(network, passed)
    total = passed.output[:, 0]
    return Picture(
        curves.superposition(grid, parts, total, CURVES, within(function)),
        diagram=diagram.one_hidden_layer(
            network, ("v₁", "v₂"), (f"knot s₁ = {signed(s1)}", f"knot s₂ = {signed(s2)}")
        ),
        formula=formula.weighted_sum((v1, v2), c, ("1", "2")),
        files=files_along(network, DOMAIN),
        handles=[
            Handle("s1", s1, 0.0),
            Handle("s2", s2, 0.0),
            *(
                Handle(name, float(grid[at]), float(parts[at, index]))
                for index, (name, at) in enumerate(zip(NAMES, (-12, -36), strict=True))
            ),
        ],
        tasks=tasks(grid, total, parts),
        measures={
            "distance from 0 beyond ±4.5": float(np.abs(total[np.abs(grid) >= SIDES]).max()),
            "highest value": float(total.max()),
            "lowest value": float(total.min()),
            "larger steepness": max(w1, w2),
        },
        description=describe(activation, (v1, v2), (s1, s2), c, total),
        idle={"w1": idle_slope(function, v1, "v₁"), "w2": idle_slope(function, v2, "v₂")},
    )


def within(activation: Activation) -> tuple[float, float]:
    """The heights in view: all that the sum can reach, if that is not too much."""
    farthest = min(2 * LARGEST_WEIGHT * float(np.abs(activation.range).max()) + LARGEST_BIAS, MOST)
    return -farthest, farthest


def tasks(grid: FloatArray, total: FloatArray, parts: FloatArray) -> dict[str, Verdict]:
    """A bump, the bump turned over, and two curves that cancel."""
    left, right = (float(np.abs(total[side]).max()) for side in (grid <= -SIDES, grid >= SIDES))
    top, low = float(total.max()), float(total.min())
    flat = max(left, right) <= FLAT
    ends = f"On the left side it is up to {plain(left)} away from 0, on the right side up to {plain(right)}"
    return {
        f"Make a bump: y is 0 on both sides, for x beyond ±{SIDES}, reaches 1 between them, and is nowhere "
        f"below 0, all within {FLAT}.": Verdict(
            flat and top >= 1 - FLAT and low >= -FLAT,
            f"{ends}; at most it is {signed(top)}, at least {signed(low)}.",
            left + right + over(1.0 - top) + over(-low),
        ),
        "Turn the bump upside down.": Verdict(
            flat and low <= -1 + FLAT and top <= FLAT,
            f"{ends}; at least it is {signed(low)}, at most {signed(top)}.",
            left + right + over(1.0 + low) + over(top),
        ),
        "Make the two contributions cancel everywhere, though neither is 0 itself.": cancelled(parts),
    }


def over(amount: float) -> float:
    """The amount, if it is too much."""
    return max(amount - FLAT, 0.0)


def cancelled(parts: FloatArray) -> Verdict:
    """Whether both contributions are there and add up to 0, but for rounding."""
    sizes, sums = np.abs(parts).max(axis=0), np.abs(parts.sum(axis=1))
    if not sizes.all():
        return Verdict(False, "One of the two contributes nothing here, so there is nothing to cancel.")
    return Verdict(
        bool(sums.max() <= ROUNDING * sizes.max()),
        f"They add up to as much as {small(float(sums.max()))} in size on this grid of {len(parts)} points.",
        float(sums.mean()),
    )


def describe(
    activation: str,
    weights: tuple[float, float],
    knots: tuple[float, float],
    bias: float,
    total: FloatArray,
) -> str:
    """The picture in words."""
    units = " and ".join(
        f"{signed(weight)} times a {activation} at {signed(knot)}"
        for weight, knot in zip(weights, knots, strict=True)
    )
    return (
        f"The sum of {units}, with the bias {signed(bias)}. It begins at {signed(float(total[0]))}, ends "
        f"at {signed(float(total[-1]))}, and lies between {signed(float(total.min()))} and "
        f"{signed(float(total.max()))}."
    )


# ---- the exercise -----------------------------------------------------------------------------------

CELLS = 32
EXERCISE_DOMAIN = (-4.0, 4.0)
EXERCISE = one_hidden_layer([1.0, 1.0], [1.0, -1.0], [1.5, -0.5], STEP)
KNOTS = (-1.0, 1.0)


def drawn_picture(guess: tuple[float | None, ...], graph: str) -> Picture:
    """A guess drawn cell by cell, beside the two neurons it is about."""
    return guess_picture(np.array(guess, dtype=float), graph, "draw here, from left to right")


def plateau_picture(left: float, middle: float, right: float, graph: str) -> Picture:
    """A guess of one height for each side of the knots."""
    at = cells()
    guess = np.select([at < KNOTS[0], at < KNOTS[1]], [left, middle], default=right)
    return guess_picture(guess, graph, "set the three plateaus")


def guess_picture(guess: FloatArray, graph: str, hint: str) -> Picture:
    """The two neurons alone, the guess, and the truth where it is asked for."""
    grid = line_with_edges(EXERCISE_DOMAIN, 2 * CELLS + 1, list(KNOTS))
    passed = forward(EXERCISE, column(grid))
    shown = graph == "shown"
    score, where, worst = judge(guess) if shown else (None, "", None)
    return Picture(
        curves.guess(
            grid,
            passed.activations[0],
            curves.Guess(np.linspace(*EXERCISE_DOMAIN, CELLS + 1), guess, hint),
            passed.output[:, 0] if shown else None,
            worst,
        ),
        readouts={"largest distance": score, "at x": where or None},
        description=f"You have drawn {int(np.isfinite(guess).sum())} of {CELLS} parts of the graph. "
        + (f"The largest distance: {score} {where}" if score else "The true graph is hidden."),
    )


def cells() -> FloatArray:
    """The middles of the cells, which the knots do not touch."""
    edges = line(EXERCISE_DOMAIN, CELLS + 1)
    return (edges[1:] + edges[:-1]) / 2


def judge(guess: FloatArray) -> tuple[str, str, tuple[float, float, float] | None]:
    """The distance in words, where it is attained, and there x, the guess and the truth."""
    empty = int(np.isnan(guess).sum())
    if empty:
        return f"{empty} of {CELLS} parts are not drawn yet", "", None
    at = cells()
    truth = EXERCISE(column(at))[:, 0]
    error, where = sup_norm_error(guess, truth, at)
    index = int(np.argmin(np.abs(at - where)))
    verdict = plain(error) if error > FLAT else "0.00, exactly right"
    return verdict, signed(where, 3), (where, float(guess[index]), float(truth[index]))


# ---- the page ---------------------------------------------------------------------------------------

st.title("Two neurons")
st.markdown(
    "You skip what is too slow, and what is too fast. One neuron has one edge; two can say *in between*: an "
    "output neuron weighs the graphs of the neurons before it and adds them, the **principle of "
    "superposition**."
)

stage(
    "two_neurons",
    picture,
    presets=[
        Preset("(1, 1)", {"v1": 1.0, "v2": 1.0}),
        Preset("(1, −1)", {"v1": 1.0, "v2": -1.0}),
        Preset("(−1, 1)", {"v1": -1.0, "v2": 1.0}),
    ],
    activation=Choice("activation f", offered(turning, bending), STEP.name),
    formerly={"w11": "v1", "w21": "v2", "k1": "w1", "k2": "w2", "b": "c"},
    v1=Knob("output weight v₁", -LARGEST_WEIGHT, LARGEST_WEIGHT, value=1.0, step=0.02, colour="unit-1"),
    v2=Knob("output weight v₂", -LARGEST_WEIGHT, LARGEST_WEIGHT, value=1.0, step=0.02, colour="unit-2"),
    s1=Knob("knot s₁", -5, 5, value=-1.0, step=0.05, colour="unit-1"),
    s2=Knob("knot s₂", -5, 5, value=1.0, step=0.05, colour="unit-2"),
    w1=Knob("steepness w₁", 0.5, 20, value=4.0, step=0.5, colour="unit-1"),
    w2=Knob("steepness w₂", 0.5, 20, value=4.0, step=0.5, colour="unit-2"),
    c=Knob("output bias c", -LARGEST_BIAS, LARGEST_BIAS, value=0.0, step=0.02, colour="network"),
)

two_columns(
    """
## What to notice

The two neurons are called [[hidden units]]: their graphs stand between input and output. An
[[output weight]] only **scales** the graph of its unit: ½ halves it, −1 turns it over, and with 0 nothing is
left of it.

The output neuron then **adds** the two graphs at every x: this is their [[superposition]]. Where the sum has
a corner, one of the two has it, too.

The **steepness** w is the weight of the input x, as before. A step jumps, so its steepness changes nothing.
""",
    """
## Where this leads

Two steps of opposite weights make a [[bump]]: up at one knot, down at the other. With enough bumps side by
side the sum can follow any continuous curve. A network learns a curve by finding such weights and biases.
""",
)

st.header("Now you: draw the graph for v₁ = 1.5, v₂ = −0.5")
st.markdown(
    "The two steps stand at x = −1 and x = 1, and c = 0. Say what their weighted sum looks like, "
    "then show the graph."
)
by = menus.pick(st.container(), "Answer by", ["drawing", "plateaus"], "answer", "drawing")
graph = Choice("the graph", ("hidden", "shown"), "hidden")
height = partial(Knob, low=-2.5, high=2.5, value=0.0, step=0.1, colour="error")
if by == "plateaus":
    stage(
        "plateaus",
        plateau_picture,
        left=height("left of both"),
        middle=height("between them"),
        right=height("right of both"),
        graph=graph,
    )
else:
    stage(
        "drawing",
        drawn_picture,
        guess=Sketch("your guess", EXERCISE_DOMAIN, CELLS, low=-2.5, high=2.5, step=0.1, colour="error"),
        graph=graph,
    )
