"""Fitting a curve from several seeds: where each training ends, and how far the ends are spread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.grids import column
from nn_core.learning.courses import Course
from nn_core.learning.curve_fitting import Curve
from nn_core.targets.curves import Target
from pages.scenes.gradient_descent.one_training import Built, Heights, Moment, frame_of, grid
from pages.shared.figures.axes import Figure
from pages.shared.figures.plots import fitting
from pages.shared.figures.plots.approximation import Frame
from pages.shared.figures.plots.losses import HIGHEST, LOWEST, decades
from pages.shared.figures.traces import joined
from pages.shared.numbers import small
from pages.shared.progress import place_of
from pages.shared.stage.inputs.question import NOTHING
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.trainings import trained

HOW_MANY = "Before you play: how many of these trainings will beat the network built by hand?"
NONE, SOME, MOST = "none", "at most half", "more than half"


def picture(
    courses: tuple[Course, ...],
    curve: Curve,
    target: Target,
    *,
    iteration: float,
    within: Heights | None = None,
    beating: str = NOTHING,
) -> Picture:
    """One iteration of the same training from several seeds, and how far their results are spread."""
    shown = Seeds(courses, curve, target, iteration)
    best, _, worst = shown.quantiles
    return Picture(
        [many_plot(shown, frame_of(target, within)), spread_plot(shown)],
        readouts=readouts(shown),
        tasks=tasks(shown) | {HOW_MANY: beaten(shown, beating)},
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


def beaten(shown: Seeds, chosen: str) -> Verdict:
    """How many beat it in the end."""
    last = at_last(shown.courses, shown.curve, shown.target)
    count, n = last.better, len(last.courses)
    right = NONE if not count else SOME if 2 * count <= n else MOST
    return answer(chosen, right, f"At iteration {int(last.iteration)} {count} of {n} do.")


@lru_cache(maxsize=32)
def at_last(courses: tuple[Course, ...], curve: Curve, target: Target) -> Seeds:
    """The end of all trainings."""
    return Seeds(courses, curve, target, courses[0].iterations)


def readouts(shown: Seeds) -> dict[str, str | None]:
    """How the errors are spread, and what they have to beat."""
    best, middle, worst = shown.quantiles
    return {
        "best seed": small(best),
        "median": small(middle),
        "worst seed": small(worst),
        "built by hand": small(shown.by_hand),
        "seeds that beat it": f"{shown.better} of {len(shown.courses)}",
    }


def tasks(shown: Seeds) -> dict[str, Verdict]:
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
