"""Found: training the very architecture that can be exact, from many seeds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.building.deep.repeated import tents
from nn_core.grids import column, line
from nn_core.learning.courses import Course
from nn_core.learning.losses import MSE
from nn_core.learning.optimisers import OPTIMISERS
from nn_core.learning.training import Recipe
from nn_core.networks.activations import RELU
from nn_core.networks.network import Network
from pages.shared.asking import menus
from pages.shared.figures.plots.deep import seeds
from pages.shared.figures.traces import joined
from pages.shared.numbers import plain
from pages.shared.patience import patiently
from pages.shared.programs import files_along
from pages.shared.progress import place_of
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.stage.stage import stage
from pages.shared.trainings import trained

DOMAIN, SEEDS, MOST_SEED = (0.0, 1.0), 20, 979
# The target turns at multiples of 1/8, and so do the samples.
X = line(DOMAIN, 33)
ITERATIONS, KEEP = 600, 10
NEAR, BEST = 0.05, 0.01
FITS, WIDER, FLAT = "k layers of 2", "k layers of 6", "one layer of 24"
NONE, SOME, MOST = "none", "at most half", "more than half"
HOW_MANY = "Before you play: how many of these trainings will end at the tents, nearly exactly?"


@dataclass(frozen=True, slots=True)
class Tents:
    """Samples of the tent, composed k times."""

    times: int

    def samples(self) -> tuple[FloatArray, FloatArray]:
        """x and y, shape (n, 1) each."""
        return column(X), tents(self.times)(column(X))


def widths(shape: str, times: int) -> tuple[int, ...]:
    """The hidden layers of that shape."""
    return {FITS: (2,) * times, WIDER: (6,) * times, FLAT: (24,)}[shape]


def course(times: int, shape: str, seed: int) -> Course:
    """The training of one seed."""
    recipe = Recipe(MSE, OPTIMISERS["Adam"], 0.02, seed=seed)
    return Course(Tents(times), widths(shape, times), RELU, recipe, seed, ITERATIONS, KEEP)


@lru_cache(maxsize=256)
def errors_of(training: Course) -> FloatArray:
    """The root mean square error of each network that was kept."""
    return np.sqrt(trained(training).losses)


@dataclass(frozen=True)
class Scene:
    """One iteration of the same training from many seeds."""

    times: int
    courses: tuple[Course, ...]
    iteration: float

    @property
    def places(self) -> list[int]:
        """Which of its networks each training is at."""
        return [place_of(each, self.iteration) for each in self.courses]

    @cached_property
    def networks(self) -> list[Network]:
        """The network of each seed."""
        return [trained(each).networks[at] for each, at in zip(self.courses, self.places, strict=True)]

    @cached_property
    def errors(self) -> FloatArray:
        """The root mean square error of each, at the samples."""
        y = self.target
        return np.array([np.sqrt(np.mean((each(column(X))[:, 0] - y) ** 2)) for each in self.networks])

    @cached_property
    def target(self) -> FloatArray:
        """The tents at the samples."""
        return self.courses[0].source.samples()[1][:, 0]

    @property
    def constant(self) -> float:
        """The error of the best constant: the standard deviation of the target."""
        return float(self.target.std())

    @property
    def found(self) -> int:
        """How many are at the tents, nearly exactly."""
        return int((self.errors < BEST).sum())

    @property
    def flat(self) -> int:
        """How many are hardly better than a constant."""
        return int((self.errors > (1.0 - NEAR) * self.constant).sum())


def picture(times: int, courses: tuple[Course, ...], iteration: float, how_many: str = NOTHING) -> Picture:
    """One iteration of all seeds, the tents that they are to learn, and how far each is from them."""
    scene = Scene(times, courses, iteration)
    deep = tents(scene.times)
    heights = np.array([each(column(X))[:, 0] for each in scene.networks])
    many = joined(np.broadcast_to(X, heights.shape), heights, len(courses))
    best = int(np.argmin(scene.errors))
    numbers = np.array([each.seed for each in courses], dtype=float)
    return Picture(
        [
            seeds.seeds_beside(X, scene.target, many),
            seeds.errors_of_seeds(numbers, scene.errors, scene.constant),
        ],
        files=files_along(scene.networks[best], DOMAIN),
        readouts=readouts(scene, best),
        measures={"seeds that find it": float(scene.found), "best error": float(scene.errors.min())},
        tasks=tasks(scene) | {HOW_MANY: judged(times, courses, how_many)},
        description=f"{len(courses)} seeds after {int(iteration)} iterations. {scene.found} have found the "
        f"tents, {scene.flat} are hardly better than a constant. The network built by hand, with "
        f"{deep.n_parameters} parameters, has the error 0.",
    )


def readouts(scene: Scene, best: int) -> dict[str, str | None]:
    """How many have found it, and how far the others are."""
    n = len(scene.courses)
    return {
        "have found it": f"{scene.found} of {n}",
        "hardly better than a constant": f"{scene.flat} of {n}",
        "best seed": f"{plain(float(scene.errors[best]), 3)}, seed {scene.courses[best].seed}",
        "median": plain(float(np.median(scene.errors)), 3),
        "best constant": plain(scene.constant, 3),
        "parameters": str(scene.networks[0].n_parameters),
    }


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Find one that finds it, and see most of them fail."""
    n = len(scene.courses)
    deep = all(len(each.hidden) == scene.times for each in scene.courses)
    last = scene.iteration == ITERATIONS
    found = f"{scene.found} of {n} have, at iteration {int(scene.iteration)}"
    return {
        "Find seeds, or another shape, of which at least one finds the tents.": Verdict(
            scene.found > 0, f"{found}: an error below {BEST}."
        ),
        "See most seeds of a deep shape end hardly better than a constant.": Verdict(
            deep and last and 2 * scene.flat > n,
            f"{scene.flat} of {n} are, at iteration {int(scene.iteration)}.",
            (ITERATIONS - scene.iteration) / ITERATIONS if deep else None,
        ),
    }


def judged(times: int, courses: tuple[Course, ...], chosen: str) -> Verdict:
    """How many are at the tents in the end."""
    last = at_last(times, courses)
    n = len(courses)
    right = NONE if not last.found else SOME if 2 * last.found <= n else MOST
    return answer(chosen, right, f"At iteration {ITERATIONS} {last.found} of {n} are.")


@lru_cache(maxsize=16)
def at_last(times: int, courses: tuple[Course, ...]) -> Scene:
    """The end of all trainings."""
    return Scene(times, courses, float(ITERATIONS))


def show() -> None:
    """The stage of many trainings, and the words below it."""
    st.markdown(
        "There **is** a network of k layers of two units that is the tents exactly. Does training find it? "
        "Here are 20 trainings of the very same shape, each from other first weights. Play *iteration*."
    )
    places = st.columns([3, 6, 3])
    times = menus.pick(places[0], "Tents k", [2, 3], "tents", 3)
    shape = menus.pick(places[1], "Hidden layers", [FITS, WIDER, FLAT], "hidden", FITS)
    first = menus.number(places[2], "First seed", "first", 1, (1, MOST_SEED))
    courses = patiently([course(times, shape, seed) for seed in range(first, first + SEEDS)])
    stage(
        "found",
        partial(picture, times, courses),
        iteration=Knob("iteration", 0, ITERATIONS, value=0, step=KEEP, colour="network"),
        how_many=Question(HOW_MANY, (NONE, SOME, MOST), {"iteration": float(ITERATIONS)}),
    )
    two_columns(EXISTS, WHY)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

EXISTS = """
## It exists, and is not found

The thin curves are trained networks, one for each [[seed]]. The dashed curve is what they are to learn, and
what a network of k layers of two units can be **exactly**. Most trainings of that shape end near a constant,
the flat line at ½: the best that a network can do which does not bend at all.

Wider layers help a little, and so does one layer of 24 units: with more units it is likelier that some stand
well.
"""
WHY = """
## Why it is so hard

Near its start the deep network is hardly bent, and the target goes up and down so evenly that every small
bend helps in one place and harms in another: the slope of the [[loss]] says almost nothing. Two units a layer
leave none to spare, and a ReLU that is off at all samples has slope 0, and stays off.

That a network **can** do something does not mean that training **will**. The theorem of universal
approximation speaks of the first only.
"""
EXACTLY = f"""
All trainings take {ITERATIONS} steps of Adam with the learning rate 0.02 on {len(X)} even points, with
weights first set as He's. A seed has found the tents where its root mean square error at these points is
below {BEST}; it is hardly better than a constant within 5 % of the best constant's error. Between two points
a curve may differ from the straight line that is drawn.
"""
