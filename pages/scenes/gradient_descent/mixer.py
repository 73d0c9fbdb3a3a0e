"""The mixer: seven knobs make a curve, and the slope of the loss says which way to turn each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import ceil
from typing import Any

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.grids import column, line
from nn_core.learning.gradients import chain_rule, in_a_row
from nn_core.learning.losses import MSE
from nn_core.learning.optimisers import GRADIENT_DESCENT
from nn_core.learning.training import Recipe, Training, learn
from nn_core.networks.activations import IDENTITY, TANH
from nn_core.networks.network import Layer, Network, forward, parameters
from pages.shared.figures.drawings.chain import SYMBOLS
from pages.shared.figures.plots import descending
from pages.shared.numbers import beside, short, signed, small
from pages.shared.programs import files_of
from pages.shared.progress import divergence, padded
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.entrance import address_of_run
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Nudge, Picture, Verdict, answer
from pages.shared.stage.stage import stage

# In the order of `parameters`: the weights into the hidden units, their biases, the output's.
NAMES = ("w1", "w2", "b1", "b2", "v1", "v2", "c")
DESK = ("w1", "b1", "w2", "b2", "v1", "v2", "c")
COLOURS = {"w1": "unit-1", "b1": "unit-1", "v1": "unit-1", "w2": "unit-2", "b2": "unit-2", "v2": "unit-2"}
TEACHER = {"w1": 3.5, "w2": 3.0, "b1": 1.75, "b2": -1.5, "v1": 1.2, "v2": -1.6, "c": -0.2}
FIRST = {"w1": -1.0, "w2": 2.0, "b1": 0.5, "b2": -0.5, "v1": -0.5, "v2": 0.5, "c": 0.5}
SCALE = 4.0
STEPS, PART = 200, 50
RATES, RATE = ("0", "0.03", "0.1", "0.3", "1"), "0.1"
GOOD, LOW = 0.1, 0.01
# Stuck: that far from the target, and on ground that is flat.
FAR, FLAT = 0.1, 0.01

X = column(line((-1.0, 1.0), 101))


def network(values: dict[str, float]) -> Network:
    """One input, two tanh units, one output: v1 tanh(w1 x + b1) + v2 tanh(w2 x + b2) + c."""
    w1, w2, b1, b2, v1, v2, c = (values[name] for name in NAMES)
    hidden = Layer(np.array([[w1, w2]]), np.array([b1, b2]), TANH)
    return Network((hidden, Layer(np.array([[v1], [v2]]), np.array([c]), IDENTITY)))


TARGET = network(TEACHER)(X)


@lru_cache(maxsize=64)
def run_of(settings: tuple[float, ...], rate: str, parts: int) -> Training:
    """So many parts of gradient descent from these settings, each of PART steps; fewer where it diverges.

    Each goes on from where the one before ends and is remembered: a sweep along the steps takes each once.
    """
    recipe = Recipe(MSE, GRADIENT_DESCENT, float(rate))
    if not parts:
        start = network(dict(zip(NAMES, settings, strict=True)))
        return learn(start, X, TARGET, recipe, iterations=0, keep=1)
    before = run_of(settings, rate, parts - 1)
    if before.diverged is not None:
        return before
    last = before.iterations[-1]
    added = learn(before.networks[-1], X, TARGET, recipe, iterations=PART, keep=1)
    return Training(
        (*before.iterations, *(last + iteration for iteration in added.iterations[1:])),
        (*before.networks, *added.networks[1:]),
        np.append(before.losses, added.losses[1:]),
        None if added.diverged is None else last + added.diverged,
    )


def run(settings: tuple[float, ...], rate: str, steps: int = STEPS) -> Training:
    """So many steps of gradient descent from settings in the order of NAMES; fewer where it diverges."""
    return beginning(run_of(settings, rate, ceil(steps / PART)), steps)


def beginning(training: Training, steps: int) -> Training:
    """The first steps of a training whose networks are all kept."""
    kept = slice(steps + 1)
    diverged = training.diverged if training.diverged is not None and training.diverged <= steps else None
    return Training(training.iterations[kept], training.networks[kept], training.losses[kept], diverged)


@lru_cache(maxsize=1)
def mark() -> FloatArray:
    """The losses of gradient descent from the first settings: what there is to beat."""
    return run(tuple(FIRST[name] for name in NAMES), RATE).losses


MOVED = {"all seven": NAMES, "the three biases": ("b1", "b2", "c"), "only c": ("c",), "not one": ()}
ZEROS = Question(
    "Suppose every knob stands at 0. Which of them does the gradient turn?",
    tuple(MOVED),
    dict.fromkeys(NAMES, 0.0),
)


@lru_cache(maxsize=8)
def from_zeros(chosen: str) -> Verdict:
    """Which parameters have a slope where all are 0."""
    zeros = network(dict.fromkeys(NAMES, 0.0))
    slopes = in_a_row(chain_rule(zeros, forward(zeros, X), TARGET, MSE)).tolist()
    moved = [name for name, slope in zip(NAMES, slopes, strict=True) if slope]
    right = next((told for told, names in MOVED.items() if sorted(names) == sorted(moved)), "not one")
    return answer(chosen, right, f"There {len(moved)} of {len(NAMES)} slopes are not 0: {', '.join(moved)}.")


def picture(rate: str, steps: float, zeros: str = NOTHING, **values: float) -> Picture:
    """The reader's network, where the gradient would turn it, and what it makes of it in so many steps."""
    own = network(values)
    passed = forward(own, X)
    slopes = in_a_row(chain_rule(own, passed, TARGET, MSE))
    loss = MSE(passed.output, TARGET)
    training = run(tuple(values[name] for name in NAMES), rate, int(steps)) if steps else None
    output = np.full(len(X), np.nan) if training is None else training.networks[-1](X)[:, 0]
    turned = None if training is None else parameters(training.networks[-1])
    return Picture(
        [
            descending.fit(X[:, 0], TARGET[:, 0], passed.output[:, 0], output),
            descending.losses(mark(), *progress(training, loss)),
        ],
        nudges=nudges(slopes, turned),
        files=files_of(own, X),
        readouts=readouts(loss, training),
        measures={
            "loss": loss,
            "gradient steps": steps,
            "loss after the steps": loss if training is None else float(training.losses[-1]),
            f"steps to a loss of {short(LOW)}": steps_to(LOW, training),
        },
        tasks=tasks(loss, training) | {ZEROS.label: from_zeros(zeros)},
        description=told(loss, slopes, training),
    )


def steps_to(goal: float, training: Training | None) -> float:
    """The first step of the run at which the loss is that small; infinite where there is none."""
    losses = np.empty(0) if training is None else training.losses
    reached = np.flatnonzero(losses <= goal)
    return float(reached[0]) if reached.size else np.inf


def progress(training: Training | None, loss: float) -> tuple[FloatArray, int]:
    """The losses until the step that is shown, NaN from then on, and that step."""
    known = np.array([loss]) if training is None else training.losses
    return padded(known, STEPS + 1), len(known) - 1


def nudges(slopes: FloatArray, turned: FloatArray | None) -> dict[str, Nudge]:
    """For each knob the way downhill, its arrow relative to the longest, and the gradient's own value."""
    steepest = float(np.abs(slopes).max())
    pushes = -slopes / steepest if steepest else np.zeros(len(slopes))
    ghosts = [None] * len(slopes) if turned is None else np.clip(turned, -SCALE, SCALE).tolist()
    return {
        name: Nudge(push, f"{way(slope)}, slope {signed(slope)}", ghost)
        for name, push, slope, ghost in zip(NAMES, pushes.tolist(), slopes.tolist(), ghosts, strict=True)
    }


def way(slope: float) -> str:
    """Where the loss falls."""
    if abs(slope) < 0.005:
        return "flat"
    return "down" if slope > 0.0 else "up"


def readouts(loss: float, training: Training | None) -> dict[str, str | None]:
    """The three losses, and where the run diverged."""
    now = None if training is None else small(float(training.losses[-1]))
    return {
        "your loss": small(loss),
        "the gradient’s loss": now,
        "loss to beat": small(float(mark()[-1])),
        "diverged": None if training is None else divergence(training, "step"),
    }


def tasks(loss: float, training: Training | None) -> dict[str, Verdict]:
    """A small loss by hand, a smaller one than the gradient's, and a place where the gradient is stuck."""
    beaten = float(mark()[-1])
    return {
        f"Bring your loss below {short(GOOD)}.": Verdict(loss < GOOD, f"It is {beside(loss, GOOD)}.", loss),
        "Beat the gradient: have a smaller loss than it gets to from the first settings, in "
        f"{STEPS} steps at a learning rate of {RATE}.": Verdict(
            loss < beaten, f"Yours is {beside(loss, beaten)}; it gets to {beside(beaten, loss)}.", loss
        ),
        f"Find settings from which it gets stuck: after {STEPS} steps the loss is above {short(FAR)} and "
        f"every slope less than {short(FLAT)} in size.": stuck(training),
    }


def stuck(training: Training | None) -> Verdict:
    """Whether the run ended on flat ground, far from the target."""
    if training is not None and training.diverged is not None:
        return Verdict(False, f"It diverged at step {training.diverged}: that is not stuck.")
    if training is None or training.iterations[-1] < STEPS:
        return Verdict(False, f"Move gradient steps to {STEPS} to see where it ends.")
    end = training.networks[-1]
    steepest = float(np.abs(in_a_row(chain_rule(end, forward(end, X), TARGET, MSE))).max())
    loss = float(training.losses[-1])
    return Verdict(
        loss > FAR and steepest < FLAT,
        f"It ends at {beside(loss, FAR)}, the steepest slope {beside(steepest, FLAT)}.",
    )


def told(loss: float, slopes: FloatArray, training: Training | None) -> str:
    """The picture in words."""
    hardest = int(np.argmax(np.abs(slopes)))
    said = f"Your network’s loss is {small(loss)}. "
    said += f"The gradient would turn {SYMBOLS[NAMES[hardest]]} hardest: {way(float(slopes[hardest]))}."
    if training is not None:
        said += f" After {training.iterations[-1]} steps its own loss is {small(float(training.losses[-1]))}."
    return said


# ---- the page -----------------------------------------------------------------------------------------


def inputs() -> dict[str, Any]:
    """The mixing desk."""
    knobs = {
        name: Knob(
            SYMBOLS[name], -SCALE, SCALE, value=FIRST[name], step=0.05, colour=COLOURS.get(name, "network")
        )
        for name in DESK
    }
    return {
        **knobs,
        "steps": Knob("gradient steps", 0, STEPS, value=0, step=1, colour="error"),
        "rate": Choice("learning rate", RATES, RATE),
        "zeros": ZEROS,
    }


def ends(state: Mapping[str, Any]) -> Iterator[dict[str, float]]:
    """The settings that the target was made with, and those at which both units stay equal."""
    yield TEACHER
    yield dict.fromkeys(NAMES, 0.0) | {"steps": float(STEPS)}


def take_over(values: Mapping[str, Any]) -> None:
    """Put the knobs where the gradient has them."""
    training = run(tuple(values[name] for name in NAMES), values["rate"], int(values["steps"]))
    desk = inputs()
    address = address_of_run()
    for name, value in zip(NAMES, parameters(training.networks[-1]).tolist(), strict=True):
        address[name] = desk[name].write(desk[name].snap(value))
    address.pop("steps", None)


def show() -> None:
    """The stage of the mixer, and the words below it."""
    values = stage("mixer", picture, goals=ends, **inputs())
    if values["steps"]:
        st.button("Take over the gradient’s settings", on_click=take_over, args=(values,))
    two_columns(BY_HAND, BY_GRADIENT)
    more_exactly(COMPUTED)


# ---- the words ----------------------------------------------------------------------------------------

BY_HAND = """
## Try it by hand

The network is v₁ tanh(w₁x + b₁) + v₂ tanh(w₂x + b₂) + c, with a knob for every number in it. Bring the
solid curve to the dashed one. The [[loss]] says in one number how far they are apart: it is the mean of the
squared distances. It can be brought to 0, for the dashed curve was made by such a network.

The arrow beside a knob points the way that lowers the loss. The longer it is, the steeper is the **slope**:
the change of the loss for a small turn of that knob. Follow the longest arrow, a little at a time. You need
not look at the curve: the slopes are enough. All seven slopes together are the [[gradient]].
"""
COMPUTED = f"""
The loss is taken at {len(X)} points. The target was made by settings that lie on these scales. A ring at
the end of a scale may stand for a value beyond it. Of a run that diverges the last step is shown whose
numbers are finite.
"""
BY_GRADIENT = """
## Let the gradient do it

Play *gradient steps*. This is [[gradient descent]]: it starts from your settings, and in each step it turns
all knobs at once, each against its slope, by the slope times the [[learning rate]]. The rings on the scales
show where the knobs are then.

Watch the loss: it falls, crawls for a hundred steps, and falls again. Where the slopes are small, so are
the steps. With a learning rate of 0.3 it gets there sooner. With 1 every step goes too far, and the network
[[diverges]]: its numbers outgrow all bounds. With 0 nothing moves.

Set every knob to 0, and let the gradient go: the two units stay equal. It sees no way out.
"""
