"""Fitting a curve: gradient descent finds a network, though hardly ever the best that exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nn_core.learning.courses import Course
from nn_core.learning.curve_fitting import Curve
from nn_core.learning.losses import MSE
from nn_core.learning.optimisers import OPTIMISERS
from nn_core.learning.training import Recipe
from nn_core.networks.initialisation import INITIALISATIONS
from pages.scenes.gradient_descent import one_training, ten_seeds
from pages.shared.asking import formulas, menus, targets
from pages.shared.asking.beliefs import FOUND
from pages.shared.patience import patiently
from pages.shared.progress import warn_of_divergence
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import Question
from pages.shared.stage.stage import stage

MOST_UNITS, MOST_SEED, SEEDS = 60, 999, 10
ONE, MANY = "one training", "ten seeds"
RATES = ("0", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "10")
BATCHES = ("all", "50", "10", "1")


def show() -> None:
    """The menus, the stage and the words."""
    places = st.columns([5, 5, 4, 4, 8], vertical_alignment="bottom")
    plan = asked_plan(st.columns(4))
    row, remarks = st.container(horizontal=True), st.container()
    asked = targets.target(places[0], row, remarks)
    plan["activation"] = formulas.activation(places[1], row, remarks)
    plan["hidden"] = (menus.number(places[2], "Hidden units N", "units", 20, (1, MOST_UNITS)),)
    seed = menus.number(places[3], "Seed", "first", 1, (1, MOST_SEED))
    many = menus.pick(places[4], "Show", [ONE, MANY], "show", ONE) == MANY
    length, keep = one_training.ITERATIONS, one_training.KEEP
    iteration = Knob("iteration", 0, length, value=0, step=keep, colour="network")
    learnt = asked.before
    curve = Curve(learnt)
    seeds = range(seed, seed + (SEEDS if many else 1))
    courses = patiently([course(curve, each, plan) for each in seeds])
    if not many:
        with remarks:
            warn_of_divergence(courses[0])
    one, several = partial(one_training.picture, courses[0]), partial(ten_seeds.picture, courses)
    draw = partial(several if many else one, curve)
    cards = [] if many else [FOUND.begun(iteration=float(length))]
    committed = stage(
        "fitting",
        asked.over(draw),
        cards=cards,
        **asked.inputs,
        iteration=iteration,
        **question(many, length),
    )
    targets.settle(learnt, asked.target(committed))
    two_columns(EXISTS, OPTIMISED)
    more_exactly(COMPUTED)


def question(many: bool, length: int) -> dict[str, Any]:
    """What is asked before the end of the training is shown."""
    shows = {"iteration": float(length)}
    if many:
        options = (ten_seeds.NONE, ten_seeds.SOME, ten_seeds.MOST)
        return {"beating": Question(ten_seeds.HOW_MANY, options, shows)}
    return {"worst": Question(one_training.WORST, one_training.THIRDS, shows)}


def asked_plan(places: Sequence[DeltaGenerator]) -> dict[str, Any]:
    """How the reader wants it trained."""
    optimiser = menus.choose(places[0], "Optimiser", [*OPTIMISERS], "optimiser", "Adam")
    rate = menus.choose(places[1], "Learning rate", RATES, "curve_rate", "0.03")
    batch = menus.choose(places[2], "Samples in each step", BATCHES, "batch", BATCHES[0])
    first = menus.choose(places[3], "First weights", [*INITIALISATIONS], "weights", "Glorot")
    size = None if batch == BATCHES[0] else int(batch)
    return {
        "recipe": Recipe(MSE, OPTIMISERS[optimiser], float(rate), size),
        "initialisation": INITIALISATIONS[first],
    }


def course(curve: Curve, seed: int, plan: dict[str, Any]) -> Course:
    """The training of one seed, which is that of the first weights and of the samples' order."""
    recipe = replace(plan["recipe"], seed=seed)
    length = {"iterations": one_training.ITERATIONS, "keep": one_training.KEEP}
    return Course(curve, seed=seed, **(plan | length | {"recipe": recipe}))


# ---- the words ----------------------------------------------------------------------------------------

EXISTS = """
## There is one, but training does not find it

The thin green curve is a network with the same N, **built by hand** from the target: the best of our
constructions. So such weights exist. Play *iteration*: training starts from random weights and sees only the
slope of the [[loss]]. Choose *ten seeds*: each [[seed]] gives other first weights, each start ends somewhere
else, and few, if any, get as close.

## First weights

**Zeros**: all hidden units get the same [[gradient]], so they stay alike for ever: N units do the work of
one. Where f(0) = 0, as for tanh, ReLU and sine, they do not even move. **Too small** starts almost there.
**Too large** makes every unit a step that hardly moves, because its slope is almost 0. [[Glorot]] and
**He** are named after those who proposed them: random weights neither too small nor too large, so that
signals do not grow or fade from layer to layer (Glorot and Bengio 2010; He et al. 2015).
"""
OPTIMISED = """
## Optimisers and batches

An [[optimiser]] makes a step out of the slopes. [[Gradient descent]] steps straight down the slope.
[[Momentum]] keeps nine tenths of its last step, like a heavy ball. [[Adam]] gives every weight a step of
its own size (Kingma and Ba 2015). Try each at one [[learning rate]].

With fewer *samples in each step* a step is quicker, but only roughly downhill: the loss jumps up and down,
and the seed decides the order of the samples. At a learning rate of **0** nothing moves. At **10** gradient
descent [[diverges]].
"""
COMPUTED = """
200 even samples are learnt, with x and y scaled to −1 to 1; the loss is their mean squared error in units of
the target. Errors are taken on 251 even points, and on both sides of every jump. *By hand* is the best of
staircases, bumps, interpolants and least squares that fit f.
What diverges is shown up to the last network whose numbers are finite.
"""
