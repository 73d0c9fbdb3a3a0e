"""Fitting a curve: gradient descent finds a network, though hardly ever the best that exists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nn_core.arrays import FloatArray
from nn_core.errors import compare, root_mean_square_error
from nn_core.grids import column, evenly, line, line_with_jumps
from nn_core.learning.courses import Course
from nn_core.learning.curve_fitting import Curve, by_hand
from nn_core.learning.losses import MSE
from nn_core.learning.optimisers import OPTIMISERS
from nn_core.learning.training import Recipe, Training
from nn_core.networks.initialisation import INITIALISATIONS
from nn_core.networks.network import Network, hidden_contributions
from nn_core.targets.curves import Target, own_values, sketched
from pages.shared import asking
from pages.shared.figures.axes import Figure
from pages.shared.figures.plots import fitting
from pages.shared.figures.plots.approximation import Frame
from pages.shared.figures.plots.losses import decades, losses
from pages.shared.figures.traces import joined
from pages.shared.numbers import percent, small
from pages.shared.patience import patiently, warn_of_divergence
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.sketch import Sketch
from pages.shared.stage.picture import Picture, Verdict
from pages.shared.stage.stage import linked, stage
from pages.shared.trainings import trained

ITERATIONS, KEEP = 4000, 25
POINTS, FEW, PER_UNIT = 251, 20, 61
MOST_UNITS, MOST_SEED, SEEDS = 60, 999, 10
ONE, MANY = "one training", "ten seeds"
RATES = ("0", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "10")
BATCHES = ("all", "50", "10", "1")
UNIT, CELLS = (0.0, 1.0), 64
FIRST_DRAWING = tuple(0.6 * np.sin(2 * np.pi * line(UNIT, CELLS)))
DRAWING = Sketch("your drawing", UNIT, CELLS, low=-1.0, high=1.0, step=0.02, first=FIRST_DRAWING)
HIGHEST_PARTS = 20.0


# ---- one training ---------------------------------------------------------------------------------------


def picture(
    course: Course,
    curve: Curve,
    target: Target,
    *,
    iteration: float,
    within: tuple[float, float] | None = None,
) -> Picture:
    """One iteration of a training: the network, what its units add, and the loss until the end.

    curve: the course's source. target: what the network is shown beside. within: the heights in view.
    """
    training = trained(course)
    now = place_of(training, iteration)
    network = curve.scale.unscaled(training.networks[now])
    x, values = grid(target)
    compared = compare(network(column(x))[:, 0], values, x)
    frame = frame_of(target, within)
    _, built = by_hand(curve.target, course.hidden[0], course.activation)
    loss = float(training.losses[now]) * curve.scale.y_half**2
    return Picture(
        [
            fitting.learnt(x, values, compared.network, built(column(x))[:, 0], frame),
            parts_plot(course, curve, network),
            losses_plot(training, curve, now),
        ],
        beside=True,
        lead=True,
        readouts={
            "loss": small(loss),
            "root mean square error": small(compared.root_mean_square),
            "the same, built by hand": small(hand_error(target, built)),
            "largest error": small(compared.sup_norm),
            "different hidden units": f"{different(network)} of {course.hidden[0]}",
            "diverged": None if training.diverged is None else f"at iteration {training.diverged}",
        },
        tasks=tasks(training, now, (compared.root_mean_square, hand_error(target, built)), network),
        description=f"After {training.iterations[now]} iterations the loss is {small(loss)}; the root mean "
        f"square error is {small(compared.root_mean_square)} and the largest {small(compared.sup_norm)}.",
    )


def losses_plot(training: Training, curve: Curve, now: int) -> Figure:
    """The loss of every kept network, in the target's own units."""
    iterations = np.array(training.iterations, dtype=float)
    values = training.losses * curve.scale.y_half**2
    return losses(iterations, values, now, decades(values), last=ITERATIONS)


def place_of(training: Training, iteration: float) -> int:
    """Which of the kept networks is that of an iteration; the last one where it ended before."""
    return min(int(iteration) // KEEP, len(training.networks) - 1)


@lru_cache(maxsize=32)
def grid(target: Target) -> tuple[FloatArray, FloatArray]:
    """The points that are looked at, both sides of every jump among them, and the target there."""
    x = line_with_jumps(target.domain, POINTS, target)
    return x, own_values(target, x)


@lru_cache(maxsize=32)
def frame_of(target: Target, within: tuple[float, float] | None) -> Frame:
    """The window: the target with room around it."""
    _, values = grid(target)
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    margin = 0.25 * (high - low) or abs(high) or 1.0
    return Frame(target.domain, target.domain, within or (low - margin, high + margin))


def parts_plot(course: Course, curve: Curve, network: Network) -> Any:
    """What each hidden unit adds to the output, at most FEW of them."""
    chosen = evenly(course.hidden[0], FEW)
    x = line(curve.target.domain, PER_UNIT)
    heights = hidden_contributions(network, column(x))[:, chosen].T
    reach = parts_reach(course, curve)
    few = "" if len(chosen) == course.hidden[0] else f"{len(chosen)} of {course.hidden[0]} units drawn"
    frame = Frame(curve.target.domain, curve.target.domain, (-reach, reach))
    return fitting.contributions(
        joined(np.broadcast_to(x, heights.shape), heights, len(chosen)),
        frame,
        few or "one line a hidden unit",
    )


@lru_cache(maxsize=32)
def parts_reach(course: Course, curve: Curve) -> float:
    """How far contributions go from 0 in the first and the last network, within reason."""
    training, scale = trained(course), curve.scale
    x = column(line(curve.target.domain, PER_UNIT))
    ends = (scale.unscaled(training.networks[index]) for index in (0, -1))
    most = max(float(np.abs(hidden_contributions(network, x)).max()) for network in ends)
    return 1.1 * min(max(most, scale.y_half), HIGHEST_PARTS * scale.y_half)


def hand_error(target: Target, built: Network) -> float:
    """The root mean square error of the network built by hand."""
    x, values = grid(target)
    finite = np.isfinite(values)
    return root_mean_square_error(built(column(x))[finite, 0], values[finite])


def different(network: Network) -> int:
    """How many hidden units there are of which no two are alike."""
    hidden, output = network.layers
    units = np.vstack([hidden.weights, hidden.biases, output.weights.T])
    return int(np.unique(units, axis=1).shape[1])


def tasks(training: Training, now: int, errors: tuple[float, float], network: Network) -> dict[str, Verdict]:
    """What to try, judged by the network and the training shown."""
    share = float(training.losses[now] / training.losses[0]) if training.losses[0] else 0.0
    own, built = errors
    alike = different(network)
    return {
        "Bring the loss below a hundredth of what it was at the start.": Verdict(
            share < 0.01, f"It is {percent(share, 1)} of it."
        ),
        "Find a better network than the one built by hand.": Verdict(
            own < built, f"Its error is {small(own)}; that of the one built by hand is {small(built)}."
        ),
        "Make it diverge.": Verdict(
            training.diverged is not None,
            "It does not."
            if training.diverged is None
            else f"At iteration {training.diverged} a number left all bounds; the network before it stays.",
        ),
        "Keep all hidden units alike, however long it trains.": Verdict(
            alike == 1 and now > 0,
            f"{alike} different ones at iteration {training.iterations[now]}.",
        ),
    }


# ---- seeds side by side ---------------------------------------------------------------------------------


def seeds_picture(
    courses: tuple[Course, ...],
    curve: Curve,
    target: Target,
    *,
    iteration: float,
    within: tuple[float, float] | None = None,
) -> Picture:
    """One iteration of the same training from several seeds, and how far their results are spread."""
    x, values = grid(target)
    trainings = [trained(course) for course in courses]
    places = [place_of(training, iteration) for training in trainings]
    networks = [
        curve.scale.unscaled(training.networks[now]) for training, now in zip(trainings, places, strict=True)
    ]
    heights = np.array([network(column(x))[:, 0] for network in networks])
    errors = np.sqrt(np.nanmean((heights - values) ** 2, axis=1))
    _, built = by_hand(curve.target, courses[0].hidden[0], courses[0].activation)
    by_construction = hand_error(target, built)
    seeds = [course.seed for course in courses]
    better = int((errors < by_construction).sum())
    best, middle, worst = (float(each) for each in np.quantile(errors, [0.0, 0.5, 1.0]))
    return Picture(
        [
            fitting.many(
                x,
                values,
                joined(np.broadcast_to(x, heights.shape)[:, ::2], heights[:, ::2], len(courses)),
                built(column(x))[:, 0],
                frame_of(target, within),
            ),
            fitting.spread_of_seeds(seeds, errors, by_construction, error_decades(courses, curve, built)),
        ],
        readouts={
            "best seed": small(best),
            "median": small(middle),
            "worst seed": small(worst),
            "built by hand": small(by_construction),
            "seeds that beat it": f"{better} of {len(courses)}",
        },
        tasks={
            "Find settings with which half of the seeds beat the network built by hand.": Verdict(
                2 * better >= len(courses), f"{better} of {len(courses)} do."
            ),
            "Find settings with which the worst seed is at most twice as far off as the best.": Verdict(
                worst <= 2.0 * best and int(iteration) > 0,
                f"{small(worst)} for the worst, {small(best)} for the best.",
            ),
        },
        description=f"{len(courses)} seeds after {int(iteration)} iterations: root mean square errors from "
        f"{small(best)} to {small(worst)}; that of the network built by hand is {small(by_construction)}.",
    )


@lru_cache(maxsize=16)
def error_decades(courses: tuple[Course, ...], curve: Curve, built: Network) -> tuple[float, float]:
    """The decades that hold the seeds' errors from the start to the end, and the one built by hand."""
    ends = [trained(course).losses[[0, -1]] for course in courses]
    errors = np.sqrt(np.concatenate(ends)) * curve.scale.y_half
    return decades(np.append(errors, max(hand_error(curve.target, built), 1e-6)))


def over_drawing(draw: Callable[..., Picture], drawing: tuple[float | None, ...], **knobs: Any) -> Picture:
    """A picture over a target that the reader draws; what is shown has learnt the drawing before it."""
    return draw(sketched(drawing, UNIT), **knobs, within=(-1.1, 1.1))


# ---- the scene ------------------------------------------------------------------------------------------


def show() -> None:
    """The menus, the stage and the words."""
    places = st.columns([3, 3, 2, 2, 3], vertical_alignment="bottom")
    plan = asked_plan(st.columns(4))
    row, remarks = st.container(horizontal=True), st.container()
    own_target = asking.target(places[0], row, remarks)
    plan["activation"] = asking.activation(places[1], row, remarks)
    plan["hidden"] = (asking.number(places[2], "Hidden units N", "units", 20, 1, MOST_UNITS),)
    seed = asking.number(places[3], "Seed", "first", 1, 1, MOST_SEED)
    many = asking.pick(places[4], "Show", [ONE, MANY], "show", ONE) == MANY
    inputs: dict[str, Any] = {
        **({} if own_target else {"drawing": DRAWING}),
        "iteration": Knob("iteration", 0, ITERATIONS, value=0, step=KEEP, colour="network"),
    }
    before = linked(**inputs)
    curve = Curve(own_target or sketched(before["drawing"], UNIT))
    seeds = range(seed, seed + (SEEDS if many else 1))
    courses = patiently([course(curve, each, plan) for each in seeds])
    if not many:
        with remarks:
            warn_of_divergence(courses[0])
    draw = partial(seeds_picture, courses, curve) if many else partial(picture, courses[0], curve)
    whole = partial(draw, own_target) if own_target else partial(over_drawing, draw)
    committed = stage("fitting", whole, **inputs)
    if committed.get("drawing") != before.get("drawing"):
        st.rerun()
    tell()


def asked_plan(places: Sequence[DeltaGenerator]) -> dict[str, Any]:
    """How the reader wants it trained."""
    optimiser = asking.choose(places[0], "Optimiser", [*OPTIMISERS], "optimiser", "Adam")
    rate = asking.choose(places[1], "Learning rate", RATES, "curve_rate", "0.03")
    batch = asking.choose(places[2], "Samples in each step", BATCHES, "batch", BATCHES[0])
    first = asking.choose(places[3], "First weights", [*INITIALISATIONS], "weights", "Glorot")
    size = None if batch == BATCHES[0] else int(batch)
    return {
        "recipe": Recipe(MSE, OPTIMISERS[optimiser], float(rate), size),
        "initialisation": INITIALISATIONS[first],
    }


def course(curve: Curve, seed: int, plan: dict[str, Any]) -> Course:
    """The training of one seed, which is that of the first weights and of the samples' order."""
    recipe = replace(plan["recipe"], seed=seed)
    return Course(curve, seed=seed, iterations=ITERATIONS, keep=KEEP, **(plan | {"recipe": recipe}))


def tell() -> None:
    """What to try, and what is shown."""
    left, right = st.columns(2, gap="large")
    left.markdown(
        """
#### Exists is not found

The thin green curve is a network with the same N, **built by hand** from the target: the best of our
constructions. So such weights exist. Play *iteration*: gradient descent starts from random weights and sees
only the slope of the loss. Choose *ten seeds*: each start ends somewhere else, and few, if any, get as close.

#### First weights

**Zeros**: all hidden units get the same gradient, so they stay alike for ever: N units do the work of one.
**Too small** starts almost there. **Too large** makes every unit a step that hardly moves, because its slope
is almost 0. **Glorot** and **He** choose the spread so that neither activations nor gradients grow or die
from layer to layer (Glorot and Bengio 2010; He et al. 2015).
"""
    )
    right.markdown(
        """
#### Optimisers and batches

**Gradient descent** steps straight down the slope. **Momentum** keeps nine tenths of its last step, like a
heavy ball. **Adam** gives every weight a step of its own size (Kingma and Ba 2015). Try each at one rate.

Fewer *samples in each step* make a step cheaper and its direction noisy: the loss jumps up and down, and the
seed decides the order. At a learning rate of **0** nothing moves. At **10** gradient descent diverges: the
page stops at the last network that is finite.

#### What is shown

200 even samples are learnt, with x and y scaled to −1 to 1; the loss is their mean squared error in units of
the target. Errors are taken on 251 even points, and on both sides of every jump. *By hand* is the best of
staircases, bumps, interpolants and least squares that fit f.
"""
    )
