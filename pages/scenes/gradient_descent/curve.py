"""Fitting a curve: gradient descent finds a network, though hardly ever the best that exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nn_core.arrays import FloatArray, span
from nn_core.errors import Comparison, compare, root_mean_square_error
from nn_core.grids import column, evenly, line, line_with_jumps
from nn_core.learning.courses import Course
from nn_core.learning.curve_fitting import Curve, by_hand
from nn_core.learning.losses import MSE
from nn_core.learning.optimisers import OPTIMISERS
from nn_core.learning.training import Recipe
from nn_core.networks.initialisation import INITIALISATIONS
from nn_core.networks.network import Network, hidden_contributions, parameters
from nn_core.targets.curves import Target, own_values
from pages.shared.asking import formulas, menus, targets
from pages.shared.figures.axes import Figure
from pages.shared.figures.plots import fitting
from pages.shared.figures.plots.approximation import Frame
from pages.shared.figures.plots.losses import HIGHEST, LOWEST, decades, losses
from pages.shared.figures.traces import joined
from pages.shared.numbers import beside, percent_beside, small
from pages.shared.patience import patiently
from pages.shared.progress import divergence, place_of, warn_of_divergence
from pages.shared.prose import two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.picture import Picture, Verdict
from pages.shared.stage.stage import stage
from pages.shared.trainings import trained

ITERATIONS, KEEP = 4000, 25
POINTS, FEW, PER_UNIT = 251, 20, 61
MOST_UNITS, MOST_SEED, SEEDS = 60, 999, 10
ONE, MANY = "one training", "ten seeds"
RATES = ("0", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "10")
BATCHES = ("all", "50", "10", "1")
HIGHEST_PARTS = 20.0

Heights = tuple[float, float]


# ---- what is learnt, and what is built ------------------------------------------------------------------


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
    margin = 0.25 * span(values[np.isfinite(values)]) or abs(high) or 1.0
    return Frame(target.domain, target.domain, within or (low - margin, high + margin))


@dataclass(frozen=True)
class Built:
    """The network that is built by hand for the curve, with as many units of the same activation."""

    curve: Curve
    course: Course

    @property
    def network(self) -> Network:
        """The best that our constructions make of the curve."""
        return by_hand(self.curve.target, self.course.hidden[0], self.course.activation)[1]

    def error(self, target: Target) -> float:
        """Its root mean square error on the grid."""
        x, values = grid(target)
        finite = np.isfinite(values)
        return root_mean_square_error(self.network(column(x))[finite, 0], values[finite])


# ---- one training ---------------------------------------------------------------------------------------


def picture(
    course: Course, curve: Curve, target: Target, *, iteration: float, within: Heights | None = None
) -> Picture:
    """One iteration of a training: the network, what its units add, and the loss until the end.

    curve: the course's source. target: what the network is shown beside. within: the heights in view.
    """
    shown = Moment(course, curve, target, place_of(course, iteration))
    return Picture(
        [fit_plot(shown, frame_of(target, within)), parts_plot(shown), losses_plot(shown)],
        beside=True,
        lead=True,
        readouts=readouts(shown),
        tasks=tasks(shown),
        description=f"After {shown.iteration} iterations the loss is {small(shown.loss)}; the root mean "
        f"square error is {small(shown.compared.root_mean_square)} and the largest "
        f"{small(shown.compared.sup_norm)}.",
    )


@dataclass(frozen=True, eq=False)
class Moment:
    """One kept network of a training, in the units of its target. now: its place among those kept."""

    course: Course
    curve: Curve
    target: Target
    now: int

    @property
    def iteration(self) -> int:
        """How many steps there were."""
        return trained(self.course).iterations[self.now]

    @property
    def losses(self) -> FloatArray:
        """The losses of all kept networks, in units of the target squared, shape (kept,)."""
        return trained(self.course).losses * self.curve.scale.y_half**2

    @property
    def loss(self) -> float:
        """The loss of this one."""
        return float(self.losses[self.now])

    @cached_property
    def network(self) -> Network:
        """The network of x whose output is y."""
        return self.curve.scale.unscaled(trained(self.course).networks[self.now])

    @cached_property
    def compared(self) -> Comparison:
        """It and its target on the grid."""
        x, values = grid(self.target)
        return compare(self.network(column(x))[:, 0], values, x)

    @property
    def built(self) -> Built:
        """What it has to beat."""
        return Built(self.curve, self.course)

    @cached_property
    def by_hand(self) -> float:
        """The root mean square error of that."""
        return self.built.error(self.target)

    @cached_property
    def different(self) -> int:
        """How many of its hidden units differ."""
        return different(self.network)

    @property
    def last(self) -> Network:
        """The network at the end of the training."""
        return trained(self.course).networks[-1]

    @property
    def learns(self) -> bool:
        """Whether it is another network than the first one."""
        first, now = (parameters(trained(self.course).networks[index]) for index in (0, self.now))
        return not np.array_equal(first, now)


def different(network: Network) -> int:
    """How many hidden units there are of which no two are alike."""
    hidden, output = network.layers
    units = np.vstack([hidden.weights, hidden.biases, output.weights.T])
    return int(np.unique(units, axis=1).shape[1])


def fit_plot(shown: Moment, frame: Frame) -> Figure:
    """The target, the network, and the one that is built by hand."""
    x, values = grid(shown.target)
    built = shown.built.network(column(x))[:, 0]
    return fitting.learnt(x, values, shown.compared.network, built, frame)


def parts_plot(shown: Moment) -> Figure:
    """What each hidden unit adds to the output, at most FEW of them."""
    domain, width = shown.curve.target.domain, shown.course.hidden[0]
    chosen = evenly(width, FEW)
    x = line(domain, PER_UNIT)
    heights = hidden_contributions(shown.network, column(x))[:, chosen].T
    reach = parts_reach(shown.course, shown.curve)
    few = "" if len(chosen) == width else f"{len(chosen)} of {width} units drawn"
    return fitting.contributions(
        joined(np.broadcast_to(x, heights.shape), heights, len(chosen)),
        Frame(domain, domain, (-reach, reach)),
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


def losses_plot(shown: Moment) -> Figure:
    """The loss of the whole training."""
    iterations = np.array(trained(shown.course).iterations, dtype=float)
    unit = shown.curve.scale.y_half**2
    ends = decades(shown.losses, LOWEST * unit, HIGHEST * unit)
    return losses(iterations, shown.losses, shown.now, ends, last=ITERATIONS)


def readouts(shown: Moment) -> dict[str, str | None]:
    """The errors of the network and of the one built by hand."""
    return {
        "loss": small(shown.loss),
        "root mean square error": small(shown.compared.root_mean_square),
        "the same, built by hand": small(shown.by_hand),
        "largest error": small(shown.compared.sup_norm),
        "different hidden units": f"{shown.different} of {shown.course.hidden[0]}",
        "diverged": divergence(trained(shown.course)),
    }


def tasks(shown: Moment) -> dict[str, Verdict]:
    """Small losses, good networks, divergence and equal units."""
    diverged = trained(shown.course).diverged
    first, own, built = float(shown.losses[0]), shown.compared.root_mean_square, shown.by_hand
    return {
        "Bring the loss below a hundredth of what it was at the start.": Verdict(
            shown.loss < first / 100,
            f"It is {percent_beside(shown.loss / first, 0.01)} of it." if first else "It was 0 at the start.",
        ),
        "Find a better network than the one built by hand: its root mean square error is smaller.": Verdict(
            own < built,
            f"Its error is {beside(own, built)}; that of the one built by hand is {beside(built, own)}.",
        ),
        "Make it diverge.": Verdict(
            diverged is not None,
            "It does not."
            if diverged is None
            else f"At iteration {diverged} a number left all bounds; the network before it stays.",
        ),
        "Keep two hidden units or more all alike, however long the network learns.": Verdict(
            shown.course.hidden[0] > 1 and shown.learns and shown.different == different(shown.last) == 1,
            f"{shown.different} different ones of {shown.course.hidden[0]} at iteration {shown.iteration}, "
            f"{different(shown.last)} in the end."
            + ("" if shown.learns else " The network is still the first one."),
        ),
    }


# ---- seeds side by side ---------------------------------------------------------------------------------


def seeds_picture(
    courses: tuple[Course, ...],
    curve: Curve,
    target: Target,
    *,
    iteration: float,
    within: Heights | None = None,
) -> Picture:
    """One iteration of the same training from several seeds, and how far their results are spread."""
    shown = Seeds(courses, curve, target, iteration)
    best, _, worst = shown.quantiles
    return Picture(
        [many_plot(shown, frame_of(target, within)), spread_plot(shown)],
        readouts=seeds_readouts(shown),
        tasks=seeds_tasks(shown),
        description=f"{len(courses)} seeds after {int(iteration)} iterations: root mean square errors from "
        f"{small(best)} to {small(worst)}; that of the network built by hand is "
        f"{small(shown.by_hand)}.",
    )


@dataclass(frozen=True, eq=False)
class Seeds:
    """One iteration of the same training from several seeds."""

    courses: tuple[Course, ...]
    curve: Curve
    target: Target
    iteration: float

    @property
    def built(self) -> Built:
        """What they have to beat."""
        return Built(self.curve, self.courses[0])

    @cached_property
    def by_hand(self) -> float:
        """The root mean square error of that."""
        return self.built.error(self.target)

    @cached_property
    def heights(self) -> FloatArray:
        """What each network makes of the grid's points, shape (seeds, points)."""
        moments = (
            Moment(each, self.curve, self.target, place_of(each, self.iteration)) for each in self.courses
        )
        x = column(grid(self.target)[0])
        return np.array([each.network(x)[:, 0] for each in moments])

    @cached_property
    def errors(self) -> FloatArray:
        """The root mean square error of each, shape (seeds,)."""
        _, values = grid(self.target)
        errors: FloatArray = np.sqrt(np.nanmean((self.heights - values) ** 2, axis=1))
        return errors

    @property
    def quantiles(self) -> tuple[float, float, float]:
        """The least error, the median and the largest."""
        best, middle, worst = np.quantile(self.errors, [0.0, 0.5, 1.0]).tolist()
        return best, middle, worst

    @property
    def lowered(self) -> int:
        """How many have a smaller loss than at the start."""
        runs = [(trained(each).losses, place_of(each, self.iteration)) for each in self.courses]
        return sum(bool(losses[now] < losses[0]) for losses, now in runs)

    @property
    def better(self) -> int:
        """How many beat the network built by hand."""
        return int((self.errors < self.by_hand).sum())


def many_plot(shown: Seeds, frame: Frame) -> Figure:
    """The target, all the networks, and the one that is built by hand."""
    x, values = grid(shown.target)
    heights = shown.heights
    learnt = joined(np.broadcast_to(x, heights.shape)[:, ::2], heights[:, ::2], len(heights))
    return fitting.many(x, values, learnt, shown.built.network(column(x))[:, 0], frame)


def spread_plot(shown: Seeds) -> Figure:
    """The error of each seed."""
    seeds = [course.seed for course in shown.courses]
    ends = error_decades(shown.courses, shown.curve)
    return fitting.spread_of_seeds(seeds, shown.errors, shown.by_hand, ends)


def seeds_readouts(shown: Seeds) -> dict[str, str | None]:
    """How the errors are spread, and what they have to beat."""
    best, middle, worst = shown.quantiles
    return {
        "best seed": small(best),
        "median": small(middle),
        "worst seed": small(worst),
        "built by hand": small(shown.by_hand),
        "seeds that beat it": f"{shown.better} of {len(shown.courses)}",
    }


def seeds_tasks(shown: Seeds) -> dict[str, Verdict]:
    """Settings that serve many seeds."""
    best, _, worst = shown.quantiles
    count = len(shown.courses)
    return {
        "Find settings with which at least half of the seeds beat the network built by hand.": Verdict(
            2 * shown.better >= count, f"{shown.better} of {count} do."
        ),
        "Find settings with which every seed lowers its loss, and the worst ends at most twice as far off as "
        "the best.": Verdict(
            worst <= 2.0 * best and shown.lowered == count,
            f"{shown.lowered} of {count} lower it; {small(worst)} for the worst, {small(best)} for the best.",
        ),
    }


@lru_cache(maxsize=16)
def error_decades(courses: tuple[Course, ...], curve: Curve) -> tuple[float, float]:
    """The decades that hold the seeds' errors from the start to the end, and the one built by hand."""
    ends = [trained(course).losses[[0, -1]] for course in courses]
    unit = curve.scale.y_half
    errors = np.sqrt(np.concatenate(ends)) * unit
    built = Built(curve, courses[0]).error(curve.target)
    return decades(np.append(errors, max(built, 1e-6 * unit)), LOWEST * unit, HIGHEST * unit)


# ---- the scene ------------------------------------------------------------------------------------------


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
    iteration = Knob("iteration", 0, ITERATIONS, value=0, step=KEEP, colour="network")
    learnt = asked.before
    curve = Curve(learnt)
    seeds = range(seed, seed + (SEEDS if many else 1))
    courses = patiently([course(curve, each, plan) for each in seeds])
    if not many:
        with remarks:
            warn_of_divergence(courses[0])
    draw = partial(seeds_picture, courses, curve) if many else partial(picture, courses[0], curve)
    committed = stage("fitting", asked.over(draw), **asked.inputs, iteration=iteration)
    targets.settle(learnt, asked.target(committed))
    two_columns(EXISTS, OPTIMISED)


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
    return Course(curve, seed=seed, iterations=ITERATIONS, keep=KEEP, **(plan | {"recipe": recipe}))


# ---- the words ----------------------------------------------------------------------------------------

EXISTS = """
#### Exists is not found

The thin green curve is a network with the same N, **built by hand** from the target: the best of our
constructions. So such weights exist. Play *iteration*: gradient descent starts from random weights and sees
only the slope of the loss. Choose *ten seeds*: each start ends somewhere else, and few, if any, get as close.

#### First weights

**Zeros**: all hidden units get the same gradient, so they stay alike for ever: N units do the work of one.
Where f(0) = 0, as for tanh, ReLU and sine, they do not even move: N units do the work of **none**.
**Too small** starts almost there. **Too large** makes every unit a step that hardly moves, because its slope
is almost 0. **Glorot** and **He** choose the spread so that neither activations nor gradients grow or die
from layer to layer (Glorot and Bengio 2010; He et al. 2015).
"""
OPTIMISED = """
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
