"""What the judge can say: two bells, the best judge of them, and what the generator learns from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from math import erf, log, pi, sqrt
from typing import Any

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.families.adversaries.judging import Bell, best_network, drawn, shannon, transport
from nn_core.families.adversaries.rivals import not_caught, taken_for_genuine
from nn_core.grids import column, line
from nn_core.networks.network import Network
from pages.shared.figures.plots.rivals import bells
from pages.shared.figures.plots.rivals.bells import Told
from pages.shared.numbers import plain
from pages.shared.programs import files_along
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Grip, Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

DOMAIN, MEANS, WIDTHS = (-8.0, 8.0), (-5.0, 5.0), (0.3, 2.0)
X, APART = line(DOMAIN, 321), line((0.0, 10.0), 26)
# The pull by W jumps where equal bells meet: its curve begins just beside.
TOUCHING = 1e-6
TWIN, STUCK, NEAR, SILENT, LOUD = 0.001, 0.69, 3, 0.01, 3
DOUBLES, HARDLY, HALVES = "it doubles", "it hardly grows", "it halves"
GROWS = Question(
    "Two bells of width 1 are 4 apart, and then 8. What becomes of the Jensen–Shannon divergence?",
    (DOUBLES, HARDLY, HALVES),
    {"p_mean": -4.0, "p_width": 1.0, "q_mean": 4.0, "q_width": 1.0},
)


def pulls(genuine: Bell, made: Bell) -> tuple[float, float, float]:
    """How hard the made bell is drawn, without its sign: by the game, in practice, and by the distance W."""
    apart, wider = abs(genuine.mean - made.mean), abs(genuine.width - made.width)
    carried = erf(apart / (wider * sqrt(2.0))) if wider else float(apart > 0.0)
    game, practice = (abs(drawn(genuine, made, goal)) for goal in (not_caught, taken_for_genuine))
    return game, practice, carried


@lru_cache(maxsize=256)
def at_distances(genuine: float, made: float) -> FloatArray:
    """Of bells of these widths: divergence, W and the three pulls at every distance, shape (5, n)."""
    pairs = [(Bell(0.0, genuine), Bell(max(float(apart), TOUCHING), made)) for apart in APART]
    return np.array([(shannon(*pair), transport(*pair), *pulls(*pair)) for pair in pairs]).T


@dataclass(frozen=True)
class Scene:
    """What is genuine, and what is made."""

    genuine: Bell
    made: Bell

    @property
    def apart(self) -> float:
        """How far their means are from each other."""
        return abs(self.genuine.mean - self.made.mean)

    @cached_property
    def divergence(self) -> float:
        """Jensen's and Shannon's."""
        return shannon(self.genuine, self.made)

    @cached_property
    def carried(self) -> float:
        """Wasserstein's distance."""
        return transport(self.genuine, self.made)

    @cached_property
    def pulls(self) -> tuple[float, float, float]:
        """By the game, in practice, and by Wasserstein's distance."""
        return pulls(self.genuine, self.made)

    @cached_property
    def judge(self) -> Network:
        """The best judge: the probability of genuine."""
        return best_network(self.genuine, self.made)


def picture(p_mean: float, p_width: float, q_mean: float, q_width: float, grows: str = NOTHING) -> Picture:
    """Two bells and their best judge; what it says with the distance, and how it draws the generator."""
    scene = Scene(Bell(p_mean, p_width), Bell(q_mean, q_width))
    return Picture(
        [
            bells.judged(X, scene.genuine.density(X), scene.made.density(X), scene.judge(column(X))[:, 0]),
            distances_plot(scene),
            pulls_plot(scene),
        ],
        beside=True,
        lead=True,
        grips=[
            Grip(name, bell.mean, top(bell.width), colour=colour)
            for name, bell, colour in (
                ("genuine", scene.genuine, "target"),
                ("made", scene.made, "unit-1"),
            )
        ],
        files=files_along(scene.judge, DOMAIN),
        readouts=readouts(scene),
        measures={"distance W": scene.carried, "Jensen–Shannon divergence": scene.divergence},
        tasks=tasks(scene) | {GROWS.label: judged(grows)},
        description=f"What is genuine has the mean {plain(p_mean, 1)} and the width {plain(p_width, 1)}; "
        f"what is made has {plain(q_mean, 1)} and {plain(q_width, 1)}. The Jensen–Shannon divergence is "
        f"{plain(scene.divergence, 3)}, the distance W {plain(scene.carried, 3)}.",
    )


def top(width: float) -> float:
    """How high a bell is; of a height, how wide its bell is."""
    return 1.0 / (width * sqrt(2.0 * pi))


def distances_plot(scene: Scene) -> dict[str, Any]:
    """The divergence and W against the distance."""
    found = at_distances(scene.genuine.width, scene.made.width)
    most = np.full(len(APART), log(2.0))
    told = [
        Told("ln 2", most, "muted", "dot"),
        Told("JS", found[0], "network"),
        Told("W", found[1], "unit-2", "dash"),
    ]
    now = scene.apart, (scene.divergence, scene.carried)
    return bells.against_distance(APART, told, now, "how different", 2.0)


def pulls_plot(scene: Scene) -> dict[str, Any]:
    """How hard the generator is drawn, against the distance."""
    found = at_distances(scene.genuine.width, scene.made.width)
    told = [
        Told("game", found[2], "network"),
        Told("practice", found[3], "error", "dashdot"),
        Told("W", found[4], "unit-2", "dash"),
    ]
    return bells.against_distance(APART, told, (scene.apart, scene.pulls), "pull on the mean", 2.0)


def readouts(scene: Scene) -> dict[str, str | None]:
    """Both distances, and the pulls."""
    game, practice, carried = scene.pulls
    return {
        "Jensen–Shannon divergence": plain(scene.divergence, 4),
        "ln 2": plain(log(2.0), 4),
        "distance W": plain(scene.carried, 3),
        "pull of the game": plain(game, 4),
        "pull in practice": plain(practice, 3),
        "pull by W": plain(carried, 3),
    }


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Fool the best judge, saturate the divergence nearby, and silence the game alone."""
    game, practice, _ = scene.pulls
    told = f"The divergence is {plain(scene.divergence, 4)}, the distance W {plain(scene.carried, 3)}."
    return {
        f"Leave the best judge with nothing to tell: a divergence below {TWIN}.": Verdict(
            scene.divergence < TWIN, told, max(scene.divergence - TWIN, 0.0)
        ),
        f"A divergence of at least {STUCK}, though W is below {NEAR}.": Verdict(
            scene.divergence >= STUCK and scene.carried < NEAR,
            told,
            max(STUCK - scene.divergence, 0.0) + max(scene.carried - NEAR, 0.0),
        ),
        f"The game pulls with less than {SILENT}, the goal in practice with more than {LOUD}.": Verdict(
            game < SILENT and practice > LOUD,
            f"{plain(game, 4)} and {plain(practice, 3)}.",
            max(game - SILENT, 0.0) + max(LOUD - practice, 0.0),
        ),
    }


@lru_cache
def judged(chosen: str) -> Verdict:
    """How the divergence grows from 4 to 8."""
    near, far = (shannon(Bell(0.0, 1.0), Bell(apart, 1.0)) for apart in (4.0, 8.0))
    right = DOUBLES if far > 1.5 * near else HALVES if far < near / 1.5 else HARDLY
    return answer(chosen, right, f"From {plain(near, 3)} to {plain(far, 3)}; ln 2 = 0.693 is the most.")


def held(kind: str, values: Mapping[str, Any], x: float, y: float) -> dict[str, float]:
    """The bell whose top is where the hand is."""
    width = top(y) if y > 0.0 else WIDTHS[1]
    return {f"{kind}_mean": x, f"{kind}_width": min(max(width, WIDTHS[0]), WIDTHS[1])}


def show() -> None:
    """The stage of two bells, and the words below it."""
    st.markdown(
        "What is genuine is one bell, what is made another. The curve between 0 and 1 is the **best judge** "
        "there is: how probable it is that x is genuine. Drag the tops of the bells apart."
    )
    stage(
        "judging",
        picture,
        presets=[
            Preset("alike", {"p_mean": 0.0, "p_width": 1.0, "q_mean": 0.0, "q_width": 1.0}),
            Preset("4 apart", {"p_mean": -2.0, "p_width": 1.0, "q_mean": 2.0, "q_width": 1.0}),
            Preset("8 apart", {"p_mean": -4.0, "p_width": 1.0, "q_mean": 4.0, "q_width": 1.0}),
        ],
        grips={"genuine": partial(held, "p"), "made": partial(held, "q")},
        p_mean=Knob("genuine: mean", *MEANS, value=1, step=0.1, colour="target"),
        p_width=Knob("genuine: width", *WIDTHS, value=1, step=0.1, colour="target"),
        q_mean=Knob("made: mean", *MEANS, value=-1, step=0.1, colour="unit-1"),
        q_width=Knob("made: width", *WIDTHS, value=1, step=0.1, colour="unit-1"),
        grows=GROWS,
    )
    two_columns(TRY, SHOWS)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

TRY = """
## The best judge, and what it is worth

At x the genuine bell has the height p, and the made one q. The best answer is **p/(p + q)**: where both are
equally high it is ½, and the judge can only guess. Lay one bell on the other, and it is ½ everywhere: the
generator has won.

How well the best judge does says how different the bells are: the **Jensen–Shannon divergence**, JS. Drag the
bells apart, and look at the blue curve below: from about four widths on it is almost flat. It never reaches
**ln 2**. Two bells that hardly overlap are as different as can be for it, be they 6 or 600 apart.
"""
SHOWS = """
## What the generator hears

The generator moves the way that makes the judge's answer better for it. In the game itself that **pull**
fades away as the bells part: a judge who is always right says the same everywhere, so nothing tells the
generator which way to go.

In practice the generator is given another goal: to be **taken for genuine**. Its pull is the stronger the
farther the bells are apart. Another way out is another measure: the distance **W** says how far what is made
has to be **carried**. It goes on growing, off the picture, and its pull does not fade.
"""
EXACTLY = """
The judge shown is a [[sigmoid]] neuron of x − c and (x − c)², c the genuine mean, or of two squares: ln(p/q)
is quadratic. That no judge does better is proposition 1 of Goodfellow and others (2014); its value in the
game is 2 JS − ln 4. The pull is the size of the slope of the generator's [[loss]] along its mean while the
judge stays as it is, taken back through the judge and the generator: of the mean of ln(1 − D) for the game,
of −ln D in practice, for the judge's answers D. W is Wasserstein's distance, the mean of |m + sz| over a
normal z, for the differences m of the means and s of the widths. Its use for training is due to Arjovsky,
Chintala and Bottou (2017). Means are weighted sums over 721 places.
"""
