"""One dimension, live: a generator of bells and a judge of bells that are trained against each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.families.adversaries.duels import Duel, bell
from nn_core.families.adversaries.judging import Bell
from nn_core.grids import column, line
from nn_core.networks.network import Network
from pages.shared.asking import menus
from pages.shared.asking.beliefs import NEARER
from pages.shared.figures.plots.rivals import bells
from pages.shared.numbers import plain
from pages.shared.patience import patiently
from pages.shared.programs import files_along, files_of
from pages.shared.progress import divergence, kept_iterations, place_of, until_the_end, warn_of_divergence
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.stage.stage import stage
from pages.shared.trainings import trained

GENUINE = 3.0, 0.7
DOMAIN, ITERATIONS, KEEP, BATCH, MOST_SEED = (-2.0, 8.0), 2000, 10, 64, 999
X = line(DOMAIN, 241)
# A bell may be so narrow that it falls between the places of X: it is looked at in these, too.
ACROSS = line((-5.0, 5.0), 41)
NOISE = column(line((-3.0, 3.0), 7))
NARROWEST, THIRD = 1e-3, ITERATIONS // 3
ORIGINS = {"0": 0.0, "3": GENUINE[0]}
RATES = ("0.05", "0.1", "0.2")
# Of the widths in the last third: near the genuine one, and next to nothing.
NEAR, NOTHING_LEFT = 0.2, 0.2
# So many times the smallest distance on the way is no nearer.
FARTHER = 2.0
SETTLES, COLLAPSES, MOVES = "near 0.7", "near 0", "nowhere: it goes on changing"
ENDS = "Before you play: where does the width of what is made settle?"


@dataclass(frozen=True)
class Scene:
    """One iteration of a duel."""

    duel: Duel
    iteration: float

    @cached_property
    def now(self) -> int:
        """Which of the kept networks it is."""
        return place_of(self.duel, self.iteration)

    @property
    def network(self) -> Network:
        """Generator and judge, one behind the other."""
        return trained(self.duel).networks[self.now]

    @property
    def judge(self) -> Network:
        """The judge alone."""
        return Network(self.network.layers[1:])

    @property
    def made(self) -> tuple[float, float]:
        """Mean and width of what is made."""
        return bell(self.network)

    @cached_property
    def bells(self) -> FloatArray:
        """Mean and width at every kept iteration, shape (2, kept)."""
        return np.array([bell(each) for each in trained(self.duel).networks]).T

    @property
    def late(self) -> FloatArray:
        """Mean and width in the last third of the iterations, shape (2, n)."""
        return self.bells[:, np.array(trained(self.duel).iterations) >= ITERATIONS - THIRD]

    @property
    def whole(self) -> bool:
        """Whether the training came to its end, and was not stopped before."""
        return trained(self.duel).iterations[-1] == ITERATIONS

    @property
    def between(self) -> tuple[str, str] | None:
        """The least and the largest width of the last third; None where it was stopped before its end."""
        return (plain(float(self.late[1].min())), plain(float(self.late[1].max()))) if self.whole else None

    @property
    def fate(self) -> str:
        """What becomes of the width in the last third; nothing where it was stopped before its end."""
        if not self.whole:
            return ""
        widths = self.late[1]
        if np.abs(widths - GENUINE[1]).max() <= NEAR:
            return SETTLES
        return COLLAPSES if widths.max() <= NOTHING_LEFT else MOVES

    @property
    def over(self) -> bool:
        """Whether it is the last iteration of the whole training."""
        return self.whole and self.iteration == ITERATIONS


def picture(duel: Duel, iteration: float, ends: str = NOTHING) -> Picture:
    """One iteration: both bells and the judge, and how mean and width have changed."""
    scene = Scene(duel, iteration)
    mean, width = scene.made
    x = np.sort(np.concatenate([X, np.clip(mean + max(width, NARROWEST) * ACROSS, *DOMAIN)]))
    heights = Bell(mean, max(width, NARROWEST)).density(x)
    reached = int(trained(duel).iterations[scene.now])
    means, widths = (until_the_end(duel, each) for each in scene.bells)
    return Picture(
        [
            bells.judged(x, Bell(*GENUINE).density(x), heights, scene.judge(column(x))[:, 0]),
            bells.over_time(kept_iterations(duel), (means, widths), GENUINE, (reached, mean, width)),
        ],
        files={
            **files_along(scene.judge, DOMAIN),
            **files_of(scene.network, NOISE, "duel"),
        },
        readouts=readouts(scene),
        measures={"distance W": duel.distance(scene.network)},
        tasks=tasks(scene) | {ENDS: judged(duel, ends), NEARER.label: nearer(scene)},
        description=f"After {reached} iterations what is made has the mean {plain(mean)} and the width "
        f"{plain(width)}; what is genuine has {plain(GENUINE[0])} and {plain(GENUINE[1])}.",
    )


def readouts(scene: Scene) -> dict[str, str | None]:
    """Mean and width now, and between which the width moved in the end."""
    (mean, width), (low, high) = scene.made, scene.between or (None, None)
    return {
        "mean of what is made": plain(mean),
        "width of what is made": plain(width),
        "width in the last third, from": low,
        "to": high,
        "distance W": plain(scene.duel.distance(scene.network), 3),
        "diverged": divergence(trained(scene.duel)),
    }


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Three fates of the same game."""
    missing = (ITERATIONS - scene.iteration) / ITERATIONS
    said = f"Look at iteration {ITERATIONS} of the whole training."
    if scene.over and scene.between:
        said = f"The width goes from {' to '.join(scene.between)}."
    found = {
        "Find a judge with whom it settles: in the last third the width stays within 0.2 of 0.7.": SETTLES,
        "See it collapse: in the last third hardly any width is left, 0.2 at most.": COLLAPSES,
        "See it never settle: in the last third the width does neither.": MOVES,
    }
    return {
        task: Verdict(scene.over and scene.fate == fate, said, missing if scene.fate == fate else None)
        for task, fate in found.items()
    }


def nearer(scene: Scene) -> Verdict:
    """Whether it was far nearer on the way than it is now."""
    found = trained(scene.duel).losses[: scene.now + 1]
    best = int(np.argmin(found))
    least, now = float(found[best]), float(found[-1])
    return Verdict(
        now >= FARTHER * least,
        f"W is {plain(now, 3)} here. At iteration {trained(scene.duel).iterations[best]} it was "
        f"{plain(least, 3)}.",
    )


def judged(duel: Duel, chosen: str) -> Verdict:
    """What becomes of the width."""
    scene = Scene(duel, float(ITERATIONS))
    if scene.between is None:
        return Verdict(False, "The training was stopped before its end. Let it go on, and it will be seen.")
    return answer(chosen, scene.fate, f"In the last third it goes from {' to '.join(scene.between)}.")


def show() -> None:
    """The menus, the stage of the duel, and the words below it."""
    st.markdown(
        "The generator makes **width · z + mean** of noise z, and is to match the dashed bell. The judge "
        "reads x − c and its square. Play *iteration*, then change c."
    )
    places = st.columns([5, 4, 3], vertical_alignment="bottom")
    origin = menus.pick(places[0], "The judge counts from c =", [*ORIGINS], "counts", "0")
    rate = menus.pick(places[1], "Learning rate", [*RATES], "rate", "0.2")
    seed = menus.number(places[2], "Seed", "seed", 1, (1, MOST_SEED))
    asked = Duel(GENUINE, ORIGINS[origin], float(rate), BATCH, seed, ITERATIONS, KEEP)
    (duel,) = patiently([asked])
    warn_of_divergence(duel)
    stage(
        "duel",
        partial(picture, duel),
        cards=[NEARER.begun(iteration=float(ITERATIONS))],
        iteration=Knob("iteration", 0, ITERATIONS, value=0, step=KEEP, colour="network"),
        ends=Question(ENDS, (SETTLES, COLLAPSES, MOVES), {"iteration": float(ITERATIONS)}),
    )
    two_columns(SHOWS, WHY)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

SHOWS = """
## It finds the place, and may never rest

Soon the orange bell stands where the dashed one stands: the **mean** is found quickly. The **width** is
another matter. At the [[learning rate]] 0.2, counting from zero, it shrinks to almost nothing, the judge
notices, it grows far too wide, the judge notices, and so on to the end. At 0.05 it **collapses**: the
generator makes nearly one number only, and in 2,000 steps nothing opens it again.

No curve tells when to stop: what is good for one is bad for the other, so neither's [[loss]] says how far
they are. That is why the distance W is shown, which only we can know who know the bell.
"""
WHY = """
## The same judge, in other words

Let the judge count from the genuine mean, c = 3. What it **can** say is exactly the same as before: every
quadratic in x is one in x − 3. Yet now mean and width come to rest, at every learning rate here. What has
changed is how its weights pull at each other while they learn: counted from zero, x and x² rise together, and
a step for the one undoes what the other has learnt.

So whether such a game settles is no matter of what the networks can be. It is a matter of **how they move**:
as in the *chase*, where a penalty decided it.
"""
EXACTLY = """
What is genuine is normal with the mean 3 and the standard deviation 0.7. Each step draws 64 new genuine
numbers and twice 64 of noise; the judge takes its step down the slope of the [[cross-entropy]], then the
generator its own, to be taken for genuine: that of the mean of −ln D. The generator begins at the mean 0 and
the width 1, the judge with nothing learnt. The width is the size of the generator's weight.

Measured over 20 seeds each, in the last third of 2,000 steps. Counting from zero: at the rate 0.05 the width
is below 0.06 in all, with means from 3.04 to 3.10; at 0.1 it goes below 0.64 and above 0.83 in each; at 0.2
below 0.04 and above 1.1 in each. Counting from the genuine mean, it stays between 0.57 and 0.82 in all 60,
with means from 2.87 to 3.13. What had collapsed at 0.05 opened again in all of 20 when it was left alone for
12,000 steps.
"""
