"""The linear one, trained: it ends at principal components, by way of saddles; the bent one dives below."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.families.autoencoders import least_straight_error
from nn_core.learning.courses import Course, Trainable
from nn_core.learning.losses import MSE
from nn_core.learning.optimisers import GRADIENT_DESCENT
from nn_core.learning.training import Recipe
from nn_core.networks.activations import IDENTITY
from nn_core.networks.initialisation import SMALL
from nn_core.networks.network import Network
from pages.scenes.autoencoder import models
from pages.shared.asking import menus
from pages.shared.digits.pictures import SIDE
from pages.shared.figures.plots.codes import amounts, sheets
from pages.shared.numbers import beside, percent, plain, short, small
from pages.shared.patience import patiently
from pages.shared.programs import files_of
from pages.shared.progress import kept_iterations, place_of, until_the_end
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage
from pages.shared.trainings import trained

ITERATIONS, KEEP, SEEDS, PICTURES, FIRST = 1500, 10, (1, 2, 3, 4, 5), 100, 17
RATE = 3.0
LINEAR, BENT = "2 linear", "4, bent"
# So near is "there", as a share of the error; and so near to a saddle's height is "on it".
THERE, ON = 0.001, 0.03
NAMES = ("the digit", "learnt so far", "principal components")
STUCK, SAME, WORSE = "in a local minimum above it", "exactly there", "near it, but never there"
WHERE = Question(
    "Principal components are the best straight way. Where does training a linear network end?",
    (STUCK, SAME, WORSE),
    {"iteration": float(ITERATIONS)},
)


@dataclass(frozen=True, slots=True)
class Pixels:
    """The digits to learn from, which are their own targets."""

    def samples(self) -> tuple[FloatArray, FloatArray]:
        """x and the same again, shape (1348, 64) each."""
        return models.learnt_from(), models.learnt_from()


def course(seed: int) -> Course:
    """The training of a linear network with two units in the middle, from small weights."""
    recipe = Recipe(MSE, GRADIENT_DESCENT, RATE)
    return Course(Pixels(), (models.CODE,), IDENTITY, recipe, seed, ITERATIONS, KEEP, SMALL)


@lru_cache
def floors() -> tuple[float, ...]:
    """The least error of 0, 1 and 2 straight directions on the digits to learn from, by singular values."""
    return tuple(least_straight_error(models.learnt_from(), width) for width in range(models.CODE + 1))


@dataclass(frozen=True)
class Scene:
    """One iteration of the training, and a digit held out."""

    course: Trainable
    iteration: float
    index: int

    @property
    def place(self) -> int:
        """Which of the networks that were kept."""
        return place_of(self.course, self.iteration)

    @cached_property
    def network(self) -> Network:
        """The network."""
        return trained(self.course).networks[self.place]

    @cached_property
    def error(self) -> float:
        """Its error on what it learns from."""
        return float(trained(self.course).losses[self.place])

    @property
    def above(self) -> float:
        """How far that is above the least there is, as a share of it."""
        return self.error / floors()[-1] - 1.0

    @property
    def angle(self) -> float | None:
        """Between the plane of its pictures and that of principal components, in degrees; None if bent."""
        if isinstance(self.course, models.Bent):
            return None
        own, _ = np.linalg.qr(self.network.layers[1].weights.T)
        best = models.straight().decoder.layers[0].weights
        return float(np.degrees(np.arccos(min(np.linalg.svd(best @ own, compute_uv=False)[-1], 1.0))))


def picture(training: Trainable, iteration: float, digit: float, where: str = NOTHING) -> Picture:
    """The error on its way down, the heights that are known, and a digit there and back."""
    scene = Scene(training, iteration, int(digit) - 1)
    one = models.kept_back()[[scene.index]]
    tiles = np.concatenate([one, scene.network(one), models.straight()(one)]).reshape(-1, SIDE, SIDE)
    nothing, single, both = floors()
    levels = (("the mean", nothing), ("one direction", single), ("two directions", both))
    at = float(trained(training).iterations[scene.place])
    return Picture(
        [
            amounts.descent(
                kept_iterations(training),
                until_the_end(training, trained(training).losses),
                levels,
                (at, scene.error),
            ),
            sheets.sheet(tiles, NAMES, across=3, height=230),
        ],
        files=files_of(scene.network, one),
        readouts={
            "error": beside(scene.error, both),
            "least of two directions, by SVD": beside(both, scene.error),
            "above it by": percent(scene.above, 2),
            "angle between the planes": None if scene.angle is None else f"{plain(scene.angle)}°",
        },
        measures={"error": scene.error, "iteration": at, "above the least": scene.above},
        tasks=tasks(scene) | {WHERE.label: judged(training, where)},
        description=f"After {int(at)} iterations the network’s error is {small(scene.error)}. The "
        f"least that two straight directions can have is {small(both)}, one direction {small(single)}.",
    )


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Arrive, and stand on the saddle on the way."""
    single = floors()[1]
    off = abs(scene.error / single - 1.0)
    told = f"The error is {short(scene.error, 5)}"
    return {
        "Train until it is within a thousandth of principal components, or below.": Verdict(
            scene.above < THERE, f"{told}, {percent(scene.above, 2)} above.", max(scene.above - THERE, 0.0)
        ),
        "Stop where it looks done, and is not: at the error of one direction, up to 3 %.": Verdict(
            off < ON, f"{told}; one direction has {short(single, 5)}.", max(off - ON, 0.0)
        ),
    }


def judged(training: Trainable, chosen: str) -> Verdict:
    """Where the training ends."""
    reached = trained(training).iterations[-1]
    if chosen and (reached < ITERATIONS or isinstance(training, models.Bent)):
        why = f"Stopped at {reached}" if reached < ITERATIONS else "This one is bent"
        return Verdict(chosen == SAME, f"{why}; the linear one ends {SAME}, as is proven.")
    above = float(trained(training).losses[-1]) / floors()[-1] - 1.0
    right = SAME if above < THERE else WORSE if above < ON else STUCK
    return answer(chosen, right, f"The last error is {percent(above, 3)} above that of principal components.")


def show() -> None:
    """The stage of the linear one, and the words below it."""
    st.markdown(
        "Without a bend the best there is has been known since 1901: **principal components**, the two "
        "straight directions in which digits differ most. A linear network is not told. Play the iteration. "
        "Then let a bent one learn."
    )
    places = st.columns(2)
    layers = menus.pick(places[0], "Layers", [LINEAR, BENT], "layers", LINEAR)
    seed = menus.pick(places[1], "Seed", list(SEEDS), "seed", SEEDS[0])
    chosen: Trainable = course(seed) if layers == LINEAR else models.Bent(seed, ITERATIONS, KEEP)
    (ready,) = patiently((chosen,))
    stage(
        "straight",
        partial(picture, ready),
        presets=[Preset("the end", {"iteration": float(ITERATIONS)})],
        iteration=Knob("iteration", 0, ITERATIONS, value=30, step=KEEP, colour="network"),
        digit=Knob("digit held out", 1, PICTURES, value=FIRST, step=1, colour="target"),
        where=WHERE,
    )
    two_columns(WHAT, WHY)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

WHAT = """
## It gets there, exactly

Two layers without an [[activation]], 64 → 2 → 64, start from small random weights. [[gradient
descent|Gradient descent]] knows nothing of principal components. Yet it ends with their error, and its
pictures fill the same plane: the angle between both planes goes to 0.

It does **not** find their two directions. Any two directions of that plane serve as well, and which ones
come out depends on the [[seed]]. Try another one.
"""
WHY = """
## The stops on the way

The error does not fall evenly. It stays for a while near the height of **one direction**: the network has
found the first way in which digits differ, and not yet the second. Such a place is a **saddle**: flat
where one stands, and there is a way down, but no slope shows it yet.

There are such places at every choice of too few directions, and **no other trap**: no local minimum lies
above the lowest one. That is proven for linear networks. For bent ones it is not so; but they are not
bound to the lowest line either. Train one: it dives through.
"""
EXACTLY = """
Baldi and Hornik (1989): the mean square error of a linear autoencoder has one minimum, the projection
onto the leading principal components, up to an invertible change of the code; all other places without
slope are saddles. It is proven for variances along the components that all differ, and of which none is
0; the three pixels that are always paper say nothing, and can be left out. The best error is the sum of
the squares of all singular values of the centred digits but the two largest, divided by the number of
pixels of all: 0.05189; with one direction 0.06210, with none 0.07313, on the digits that were learnt. The
training is gradient descent on all 1,348 digits, at a learning rate of 3, from weights of standard
deviation 0.01. The bent one learns as in the first scene, by Adam, from 64 digits in each step, so that
its error jitters; all errors here are those of the digits learnt. Principal components are due to Pearson
(1901).
"""
