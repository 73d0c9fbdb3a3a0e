"""Three sines: which is learnt when, by a network that is trained and by one that is infinitely wide."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.grids import column, line
from nn_core.learning.courses import Course
from nn_core.learning.kernels import Film, film, relu_tangent_kernel, shares
from nn_core.learning.losses import MSE
from nn_core.learning.optimisers import OPTIMISERS
from nn_core.learning.training import Recipe
from nn_core.networks.activations import ACTIVATIONS, RELU
from nn_core.networks.network import Network
from pages.shared.activations import bending, continuous, offered
from pages.shared.asking import menus
from pages.shared.figures.axes import Figure, axis, log_axis
from pages.shared.figures.plots import fitting
from pages.shared.figures.plots.approximation import Frame
from pages.shared.numbers import percent, percent_beside, short
from pages.shared.patience import patiently
from pages.shared.programs import files_along
from pages.shared.progress import divergence, kept_iterations, padded, place_of, warn_of_divergence
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage
from pages.shared.trainings import trained

DOMAIN, FREQUENCIES = (-1.0, 1.0), (1, 4, 10)
X = line(DOMAIN, 201)
NAMES = ("sin πx", "sin 4πx", "sin 10πx")
UNITS, ITERATIONS, KEEP = 60, 4000, 25
RATES, HEIGHTS = ("0.001", "0.003", "0.01", "0.03", "0.1"), (1, 3)
# The film's times, as powers of ten.
FIRST, LAST = -1.0, 5.0
TIMES = line((FIRST, LAST), 121)
LEARNT, HARDLY = 0.9, 0.1
SLOWEST = Question(
    "Before you play: of which sine will the trained network have learnt the least?",
    NAMES,
    {"iteration": float(ITERATIONS)},
)


# ---- what is learnt -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sines:
    """Samples of sin πx + sin 4πx + h sin 10πx. fastest: h."""

    fastest: int

    @property
    def waves(self) -> FloatArray:
        """The three of them on the points, shape (3, n)."""
        sizes = np.array([1.0, 1.0, self.fastest])
        waves: FloatArray = sizes[:, np.newaxis] * np.sin(np.outer(FREQUENCIES, np.pi * X))
        return waves

    @property
    def heights(self) -> FloatArray:
        """Their sum."""
        heights: FloatArray = self.waves.sum(axis=0)
        return heights

    def samples(self) -> tuple[FloatArray, FloatArray]:
        """x and y, shape (n, 1) each."""
        return column(X), column(self.heights)


def course(sines: Sines, activation: str, rate: float, seed: int) -> Course:
    """The training of one seed."""
    recipe = Recipe(MSE, OPTIMISERS["Adam"], rate, seed=seed)
    return Course(sines, (UNITS,), ACTIVATIONS[activation], recipe, seed, ITERATIONS, KEEP)


@lru_cache(maxsize=32)
def learnt(training: Course, sines: Sines) -> FloatArray:
    """The shares that each network learnt, shape (kept, 3), NaN behind the last one there is."""
    heights = np.array([each(column(X))[:, 0] for each in trained(training).networks])
    found = shares(heights, sines.waves).T
    return np.array([padded(each, ITERATIONS // KEEP + 1) for each in found]).T


@lru_cache(maxsize=2)
def filmed(sines: Sines) -> tuple[Film, FloatArray]:
    """The film of an infinitely wide network, and the shares that it has learnt at each of the times."""
    shown = film(relu_tangent_kernel(X), sines.heights)
    return shown, shares(shown.at(10.0**TIMES), sines.waves)


@dataclass(frozen=True, eq=False)
class Moment:
    """One iteration of the training and one time of the film. power: of ten, of the time."""

    training: Course
    sines: Sines
    iteration: float
    power: float

    @property
    def now(self) -> int:
        """The place of the network among those kept."""
        return place_of(self.training, self.iteration)

    @property
    def network(self) -> Network:
        """The trained one."""
        return trained(self.training).networks[self.now]

    @property
    def learnt(self) -> FloatArray:
        """The shares that it has learnt."""
        found: FloatArray = learnt(self.training, self.sines)[self.now]
        return found

    @cached_property
    def film(self) -> FloatArray:
        """The heights of the film."""
        return filmed(self.sines)[0].at(10.0**self.power)

    @property
    def filmed(self) -> FloatArray:
        """The shares that the film has learnt."""
        return shares(self.film, self.sines.waves)


# ---- the picture ----------------------------------------------------------------------------------------


def picture(
    training: Course, sines: Sines, *, iteration: float, power: float, slowest: str = NOTHING
) -> Picture:
    """The trained network and the film, each beside how much of every sine it has learnt."""
    shown = Moment(training, sines, iteration, power)
    return Picture(
        plots(shown),
        beside=True,
        files=files_along(shown.network, DOMAIN),
        readouts=readouts(shown),
        measures=dict(zip(MEASURES, (*shown.learnt, *shown.filmed), strict=True)),
        tasks=tasks(shown) | {SLOWEST.label: least(training, sines, slowest)},
        description=f"After {trained(training).iterations[shown.now]} iterations the network has learnt "
        f"{told(shown.learnt)}. At the time {short(10.0**power, 3)} the infinitely wide one has learnt "
        f"{told(shown.filmed)}.",
    )


MEASURES = (*(f"learnt of {name}" for name in NAMES), *(f"film: learnt of {name}" for name in NAMES))


def told(found: FloatArray) -> str:
    """The shares in words."""
    parts = (f"{percent(each)} of {name}" for each, name in zip(found.tolist(), NAMES, strict=True))
    return ", ".join(parts)


def plots(shown: Moment) -> list[Figure]:
    """The training in the first row, the film in the second."""
    reach = 1.1 * (2.0 + shown.sines.fastest)
    frame, target = Frame(DOMAIN, DOMAIN, (-reach, reach)), shown.sines.heights
    iterations = kept_iterations(shown.training)
    return [
        fitting.followed(X, target, ("trained", shown.network(column(X))[:, 0], "network"), frame),
        fitting.learnt_shares(
            iterations,
            learnt(shown.training, shown.sines),
            NAMES,
            (float(iterations[shown.now]), shown.learnt),
            axis("iteration", 0.0, float(ITERATIONS)),
        ),
        fitting.followed(X, target, ("the film", shown.film, "error"), frame),
        fitting.learnt_shares(
            10.0**TIMES,
            filmed(shown.sines)[1],
            NAMES,
            (10.0**shown.power, shown.filmed),
            log_axis("time t of the film", FIRST, LAST, every=2),
        ),
    ]


def readouts(shown: Moment) -> dict[str, str | None]:
    """How much of each sine is learnt by both."""
    both = (*shown.learnt.tolist(), *shown.filmed.tolist())
    return {
        **{name: percent(each) for name, each in zip(MEASURES, both, strict=True)},
        "diverged": divergence(trained(shown.training)),
    }


def tasks(shown: Moment) -> dict[str, Verdict]:
    """One moment between two sines, and a time at which all are learnt."""
    slow, _, fast = shown.learnt.tolist()
    worst = float(shown.filmed.min())
    return {
        "Stop the training where 90 % of sin πx are learnt and not yet 10 % of sin 10πx.": Verdict(
            slow >= LEARNT and fast < HARDLY,
            f"{percent_beside(slow, LEARNT)} and {percent_beside(fast, HARDLY)} are.",
            max(LEARNT - slow, 0.0) + max(fast - HARDLY, 0.0),
        ),
        "Let the film go on until 90 % of every sine are learnt.": Verdict(
            worst >= LEARNT, f"Of one there are {percent_beside(worst, LEARNT)}.", max(LEARNT - worst, 0.0)
        ),
    }


def least(training: Course, sines: Sines, chosen: str) -> Verdict:
    """Of which sine the last network has learnt the least."""
    last = learnt(training, sines)[place_of(training, float(ITERATIONS))]
    return answer(chosen, NAMES[int(np.argmin(last))], f"In the end it has learnt {told(last)}.")


# ---- the scene ----------------------------------------------------------------------------------------


def show() -> None:
    """The menus, the stage and the words."""
    st.markdown(
        "A slow sine, one four times and one ten times as fast, added up. Which is learnt first? Play "
        "*iteration*."
    )
    places = st.columns([5, 4, 5, 3], vertical_alignment="bottom")
    names = offered(bending, continuous, first=(RELU,))
    activation = menus.choose(places[0], "Activation f", names, "sine_activation", RELU.name)
    rate = float(menus.choose(places[1], "Learning rate", RATES, "sine_rate", "0.01"))
    sines = Sines(menus.pick(places[2], "Height of the fast sine", [*HEIGHTS], "fastest", 1))
    seed = menus.number(places[3], "Seed", "sine_seed", 1, (1, 999))
    (training,) = patiently([course(sines, activation, rate, seed)])
    warn_of_divergence(training)
    stage(
        "three_sines",
        partial(picture, training, sines),
        presets=[
            Preset("the slow one is learnt", {"iteration": 150.0, "power": 2.05}),
            Preset("and the next", {"iteration": 1500.0, "power": 3.05}),
        ],
        iteration=Knob("iteration", 0, ITERATIONS, value=0, step=KEEP, colour="network"),
        power=Knob("time t of the film, 10 to the", FIRST, LAST, value=FIRST, step=0.05, colour="error"),
        slowest=SLOWEST,
    )
    two_columns(SLOW, WIDE)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

SLOW = """
## Slow first

The upper row is a network of 60 hidden units in [[training]]. On its right is how much of each sine there is
in its output: at 100 % all of it. The slow sine is there after about a hundred iterations, the next one after
about a thousand, and of the fast one a quarter at most is there in the end. Networks learn first what changes
slowly, and fine detail late. That is called their **spectral bias**.

Is it the size? Let the fast sine be three times as high, so that it is the largest by far. Its share still
comes last. Try other activations, too: with *sine* even the second one stays behind.

Noise changes fast. So a training that is stopped early leaves out much of it.
"""
WIDE = """
## The film of an infinitely wide network

The lower row needs no training. In a network of more and more units each has to move less and less, and in
the limit the whole training is **one formula**. In it stands a table of numbers, the **kernel**: how much a
step that raises the output at one x raises it at another (Jacot, Gabriel and Hongler 2018). It splits the
target into parts, each of which is learnt at a pace of its own, and parts that go up and down often have a
slow one. 90 % of the three sines are there at the times 110, 1000 and 7600.

The network in the upper row is narrow. Its units move, and its kernel with them, so the film is not its own
future: they agree in the order, not in the pace.
"""
EXACTLY = """
Both see the same 201 even points from −1 to 1, and the loss is the mean squared error. A share is
⟨f, s⟩ / ⟨s, s⟩, sums over these points, on which the sines are orthogonal: none is mistaken for another. It
can be below 0 %, or above 100 %. The training takes 4000 steps of [[Adam]]. For ReLU, the learning rate 0.01
and equal heights, among the seeds 1 to 20, 90 % of sin πx were learnt after 100 iterations in the median and
200 at most; of sin 4πx after 825 at the soonest and 1275 in the median, by 5 seeds not at all; of
sin 10πx there were 13 to 26 % in the end. The film is $f_t = V (1 - e^{-Λt}) V^T y$: gradient flow from 0,
with the eigenvalues Λ and the eigenvectors V of 2K/201, and K the neural tangent kernel of one hidden layer
of ReLUs whose weights and biases are normal with variance 1, without an output bias. On a circle the time
grows like the square of the frequency (Basri and others 2019), 1 : 16 : 100 for these; here it is 1 : 9 : 68.
Rahaman and others (2019) saw the bias in deep networks.
"""
