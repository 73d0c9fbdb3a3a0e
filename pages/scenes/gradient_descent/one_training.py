"""Fitting a curve once: the network of an iteration, what its units add, and what it has to beat."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from nn_core.arrays import FloatArray, span
from nn_core.errors import Comparison, compare, root_mean_square_error
from nn_core.grids import column, evenly, line, line_with_jumps
from nn_core.learning.courses import Course
from nn_core.learning.curve_fitting import Curve, by_hand
from nn_core.networks.network import Network, hidden_contributions, parameters
from nn_core.targets.curves import Target, own_values
from pages.shared.asking.beliefs import FOUND
from pages.shared.figures.axes import Figure
from pages.shared.figures.plots import fitting
from pages.shared.figures.plots.approximation import Frame
from pages.shared.figures.plots.losses import HIGHEST, LOWEST, decades, losses
from pages.shared.figures.traces import joined
from pages.shared.numbers import beside, percent_beside, plain, small
from pages.shared.programs import files_along
from pages.shared.progress import divergence, place_of
from pages.shared.stage.inputs.question import NOTHING
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.trainings import trained

ITERATIONS, KEEP = 4000, 25
POINTS, FEW, PER_UNIT = 251, 20, 61
HIGHEST_PARTS = 20.0
WORST = "Before you play: where will the trained network be farthest from its target?"
THIRDS = ("in the left third", "in the middle third", "in the right third")

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
    course: Course,
    curve: Curve,
    target: Target,
    *,
    iteration: float,
    within: Heights | None = None,
    worst: str = NOTHING,
) -> Picture:
    """One iteration of a training: the network, what its units add, and the loss until the end.

    curve: the course's source. target: what the network is shown beside. within: the heights in view.
    """
    shown = Moment(course, curve, target, place_of(course, iteration))
    return Picture(
        [fit_plot(shown, frame_of(target, within)), parts_plot(shown), losses_plot(shown)],
        beside=True,
        lead=True,
        files=files_along(shown.network, target.domain),
        readouts=readouts(shown),
        tasks=tasks(shown) | {WORST: farthest(shown, worst), FOUND.label: found(shown)},
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


def farthest(shown: Moment, chosen: str) -> Verdict:
    """In which third of the interval the last network is farthest from the target."""
    last = at_last(shown.course, shown.curve, shown.target)
    (low, high), at = shown.target.domain, last.compared.where
    third = min(int(len(THIRDS) * (at - low) / (high - low)), len(THIRDS) - 1)
    told = f"At iteration {last.iteration} it is {small(last.compared.sup_norm)} away at x = {plain(at)}."
    return answer(chosen, THIRDS[third], told)


@lru_cache(maxsize=32)
def at_last(course: Course, curve: Curve, target: Target) -> Moment:
    """The end of the training."""
    return Moment(course, curve, target, place_of(course, course.iterations))


def found(shown: Moment) -> Verdict:
    """Whether there is a better network than the one that the training has come to in the end."""
    own, built, last = shown.compared.root_mean_square, shown.by_hand, trained(shown.course).iterations[-1]
    return Verdict(
        shown.iteration == last and own > built,
        f"There is one whose root mean square error is {beside(built, own)}: it was built by hand. Training "
        f"has come to {beside(own, built)} by iteration {shown.iteration} of {last}.",
    )
