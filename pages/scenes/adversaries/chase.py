"""The chase: a generator of one number and a judge of one number, each after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.families.adversaries.chase import Order, eigenvalues, factor, judge, path, slopes
from nn_core.grids import column, lattice, line
from pages.shared.figures.plots.rivals import chase as drawn
from pages.shared.numbers import plain, signed
from pages.shared.programs import files_along
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Grip, Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

STEPS, EVERY, DOMAIN = 500, 5, (-2.0, 2.0)
TICKS = line(DOMAIN, 7)
X = line((-drawn.HALF, drawn.HALF), 41)
PLACES = lattice(TICKS, TICKS)
# Of the distance at the start: what counts as circling, as running away, and as having arrived.
CIRCLES, AWAY, ARRIVED, FAR = (0.9, 1.1), 2, 0.01, 1
ORDERS = {"at once": Order.SIMULTANEOUS, "in turn": Order.ALTERNATING}
HOME, ROUND, OUT = "at the balance", "on a circle, for ever", "farther and farther out"
WHERE = Question(
    "No penalty, and both move at once, each a small step its own best way. Where do they get to?",
    (HOME, ROUND, OUT),
    {"penalty": 0.0, "order": "at once", "steps": float(STEPS), "theta": 1.0, "psi": 0.0, "size": 0.1},
)


@lru_cache(maxsize=256)
def field(penalty: float) -> tuple[FloatArray, FloatArray]:
    """Arrows along the slopes."""
    ways = np.column_stack(slopes(PLACES[:, 0], PLACES[:, 1], penalty))
    return drawn.arrows(PLACES, ways * 0.4)


@lru_cache
def locus() -> FloatArray:
    """The eigenvalues of all penalties up to 1.25, shape (n, 2): both, one after the other."""
    both = np.array([eigenvalues(float(penalty)) for penalty in line((0.0, 1.25), 101)]).T
    lines = np.concatenate([both[0], [np.nan], both[1]])
    return np.column_stack([lines.real, np.where(np.isnan(lines.real), np.nan, lines.imag)])


@dataclass(frozen=True)
class Scene:
    """A start, how both move from there, and up to which step it is shown."""

    start: tuple[float, float]
    size: float
    penalty: float
    order: Order
    now: int

    @cached_property
    def path(self) -> FloatArray:
        """All steps, shape (STEPS + 1, 2)."""
        return path(self.start, steps=STEPS, size=self.size, penalty=self.penalty, order=self.order)

    @property
    def shown(self) -> FloatArray:
        """The steps up to now, NaN behind them."""
        behind = np.arange(STEPS + 1)[:, np.newaxis] > self.now
        return np.where(behind, np.nan, self.path)

    @cached_property
    def far(self) -> FloatArray:
        """The distance from the balance at every step."""
        distances: FloatArray = np.hypot(*self.path.T)
        return distances

    @property
    def place(self) -> tuple[float, float]:
        """Where both are now."""
        theta, psi = self.path[self.now].tolist()
        return theta, psi

    @property
    def grown(self) -> float | None:
        """The last distance as a share of the first; None at the balance."""
        return float(self.far[-1] / self.far[0]) if self.far[0] else None

    @property
    def values(self) -> FloatArray:
        """Both eigenvalues, real and imaginary part."""
        return np.array([[each.real, each.imag] for each in eigenvalues(self.penalty)])


def picture(
    theta: float, psi: float, *, order: str, penalty: float, size: float, steps: float, where: str = NOTHING
) -> Picture:
    """The plane of both numbers, their distance from the balance, and the eigenvalues there."""
    scene = Scene((theta, psi), size, penalty, ORDERS[order], int(steps))
    at = scene.place
    return Picture(
        [
            drawn.plane(field(penalty), scene.shown, at, ("generator θ", "judge ψ")),
            drawn.distances(scene.far, scene.now),
            drawn.score(X, judge(at[1])(column(X))[:, 0], (at[0], at[0] * at[1])),
            drawn.spectrum(locus(), scene.values),
        ],
        beside=True,
        grips=[Grip("start", theta, psi, colour="input", anywhere=True)],
        files=files_along(judge(at[1]), (-drawn.HALF, drawn.HALF)),
        readouts=readouts(scene),
        measures={"penalty γ": penalty, "distance at the end": float(scene.far[-1])},
        tasks=tasks(scene) | {WHERE.label: judged(where)},
        description=f"After {scene.now} steps the generator is at {plain(at[0])} and the judge at "
        f"{plain(at[1])}, {plain(float(scene.far[scene.now]), 3)} from the balance. They began "
        f"{plain(float(scene.far[0]), 3)} from it, and end {plain(float(scene.far[-1]), 3)} from it.",
    )


def readouts(scene: Scene) -> dict[str, str | None]:
    """Distances, the eigenvalues, and what a step does near the balance."""
    first, second = scene.values.tolist()
    turning = f"{plain(first[0])} ± {plain(first[1])} i"
    straight = f"{plain(first[0])} and {plain(second[0])}"
    return {
        "distance now": plain(float(scene.far[scene.now]), 3),
        f"distance after {STEPS} steps": plain(float(scene.far[-1]), 3),
        "eigenvalues": turning if first[1] else straight,
        "near (0, 0) a step multiplies the distance by": plain(
            factor(scene.size, scene.penalty, scene.order), 4
        ),
    }


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Circle, run away, come home, and come home without turning."""
    grown, free = scene.grown, scene.penalty == 0.0
    begun, ended = float(scene.far[0]), float(scene.far[-1])
    told = "They began at the balance, where nothing moves."
    if grown is not None:
        told = f"From {plain(begun, 3)} to {plain(ended, 3)}: {plain(grown, 3)} times as far."
    ratio = grown or 0.0
    off = max(CIRCLES[0] - ratio, ratio - CIRCLES[1], 0.0) + scene.penalty
    near = max(ended - ARRIVED, 0.0) + max(FAR - begun, 0.0)
    return {
        f"No penalty, and after {STEPS} steps still as far from the balance, within a tenth.": Verdict(
            free and CIRCLES[0] <= ratio <= CIRCLES[1], told, off
        ),
        f"Run away: after {STEPS} steps at least {AWAY} times as far.": Verdict(
            ratio >= AWAY, told, max(AWAY - ratio, 0.0)
        ),
        f"Come home: from a distance of at least {FAR} to within {ARRIVED}.": Verdict(
            begun >= FAR and ended <= ARRIVED, told, near
        ),
        "A balance that is reached without turning: both eigenvalues below 0 and real.": Verdict(
            scene.penalty >= 1.0,
            f"The imaginary part is {signed(float(scene.values[0, 1]))}.",
            max(1.0 - scene.penalty, 0.0),
        ),
    }


@lru_cache
def judged(chosen: str) -> Verdict:
    """Where both get to from (1, 0)."""
    scene = Scene((1.0, 0.0), 0.1, 0.0, Order.SIMULTANEOUS, STEPS)
    ratio = scene.far[-1] / scene.far[0]
    right = HOME if ratio < CIRCLES[0] else ROUND if ratio <= CIRCLES[1] else OUT
    times = plain(float(ratio))
    return answer(chosen, right, f"With steps of 0.1 they are {times} times as far out after {STEPS}.")


def held(values: Mapping[str, Any], x: float, y: float) -> dict[str, float]:
    """The start is where the hand is."""
    return {"theta": x, "psi": y}


def show() -> None:
    """The stage of the chase, and the words below it."""
    st.markdown(
        "The smallest such game: what is genuine is always **0**, and the generator always makes **θ**. The "
        "judge gives x the score **ψx**: above 0 it says *genuine*. Drag the start, and play *steps*."
    )
    stage(
        "chase",
        picture,
        presets=[
            Preset("at once", {"order": "at once", "penalty": 0.0}),
            Preset("in turn", {"order": "in turn", "penalty": 0.0}),
            Preset("with a penalty", {"order": "at once", "penalty": 0.3}),
        ],
        grips={"start": held},
        order=Choice("both move", tuple(ORDERS), "at once"),
        penalty=Knob("penalty γ", 0, 1.2, value=0, step=0.01, colour="error"),
        size=Knob("size of a step", 0.02, 0.4, value=0.1, step=0.02, colour="network"),
        steps=Knob("steps", 0, STEPS, value=200, step=EVERY, colour="network"),
        theta=Knob("start of θ", *DOMAIN, value=1, step=0.05, colour="input"),
        psi=Knob("start of ψ", *DOMAIN, value=0, step=0.05, colour="input"),
        where=WHERE,
    )
    two_columns(TRY, SHOWS)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

TRY = """
## Who chases whom

Where ψ is above 0 the judge takes larger numbers for genuine, so the generator makes θ larger. Where θ is
above 0 the judge learns that larger numbers are made, and turns ψ down, below 0. Now θ falls; and once it is
below 0, ψ rises again. The arrows show it: **round and round**. Only at (0, 0) both are content.

Play *steps* with both moving **at once**: the path is a spiral **outwards**. Let them move **in turn**, the
judge first, and it is a ring: no nearer after 500 steps than before. Now raise the **penalty γ**: it pulls
the judge's ψ towards 0, and the spiral turns inwards.
"""
SHOWS = """
## What the two diamonds say

Near the balance the arrows are those of a straight rule: the slopes are ½ψ and −½θ − γψ. Such a
rule has two **eigenvalues**. Their imaginary part says how fast it turns, and their real part how fast the
distance grows or shrinks. Without a penalty the real part is **0**: nothing pulls home.

A step goes straight ahead, and whoever steps straight ahead on a circle lands a little **outside** it. So
moving at once drives them away, however small the steps. With γ above a quarter of the step's size they come
home. From γ = 1 on they do not even turn.
"""
EXACTLY = """
This is the Dirac-GAN of Mescheder, Geiger and Nowozin, *Which training methods for GANs do actually
converge?* (2018), with ψ of the other sign. GAN is short for generative adversarial network, and the score is
a [[logit]]. The value of the game is ln σ(0) + ln(1 − σ(ψθ)): the judge makes it larger, the generator
smaller. The penalty takes off ½γψ², half the square of the judge's slope at what is genuine.

The eigenvalues at the balance are −γ/2 ± √(γ²/4 − ¼). A step of size h multiplies the distance near the
balance by √(1 − hγ + h²/4) when both move at once, and by √(1 − hγ) when they move in turn, as long as they
turn. From (1, 0) with h = 0.1 and no penalty, the distance after 500 steps is 1.756 at once, and 1.017 in
turn; with γ = 0.3 it is 0.001 at once.
"""
