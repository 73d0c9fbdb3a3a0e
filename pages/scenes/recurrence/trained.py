"""Trained: two units learn to remember on short sequences, and are asked on long ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.families.chains import Chain, Dense, learning
from nn_core.families.recurrence import Recurrent
from nn_core.families.remembering import first_memory, largest_eigenvalue, signals
from nn_core.learning.losses import BINARY_CROSS_ENTROPY
from nn_core.learning.optimisers import ADAM
from nn_core.learning.training import Recipe
from nn_core.networks.activations import TANH
from nn_core.networks.network import Layer
from pages.shared.figures.plots.recurrent import trained
from pages.shared.numbers import percent, plain
from pages.shared.programs import files_of_chain
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

SEEDS, UNITS, ITERATIONS, KEEP = 20, 2, 100, 5
SHORT, LONG, SEQUENCES = 20, 200, 20
OFTEN, RARELY = 0.1, 0.02
RECIPE = Recipe(BINARY_CROSS_ENTROPY, ADAM, 0.05)
LIMIT, FORGETS, ODD = 1.1, 0.9, 8
NO, SOME, ALL = "no seed", "about half", "all of them"
HOW_MANY = Question(
    f"They are trained on {SHORT} steps only. How many of the {SEEDS} are always right over {LONG} steps?",
    (NO, SOME, ALL),
    {"iteration": float(ITERATIONS)},
)


@lru_cache
def lessons() -> tuple[FloatArray, FloatArray]:
    """What they learn from."""
    return signals(SEQUENCES, SHORT, OFTEN, np.random.default_rng(0))


@lru_cache
def exam() -> tuple[FloatArray, FloatArray]:
    """What they are asked: ten times as long, with far rarer pulses."""
    return signals(SEQUENCES, LONG, RARELY, np.random.default_rng(1))


@lru_cache(maxsize=SEEDS)
def networks(seed: int) -> tuple[Chain, ...]:
    """The networks of one training that are kept."""
    start = first_memory(UNITS, np.random.default_rng(seed))
    steps = learning(start, *lessons(), RECIPE, ITERATIONS)
    return tuple(each for count, (each, _) in enumerate(steps) if count % KEEP == 0)


def right(network: Chain, x: FloatArray, y: FloatArray) -> float:
    """The share of steps at which it says what the last pulse was."""
    return float(np.mean((network(x) > 0.0) == (y > 0.5)))


def within(network: Chain) -> FloatArray:
    """W: how its units see each other."""
    layer = network.parts[0]
    assert isinstance(layer, Recurrent)
    return layer.within


@lru_cache
def found() -> FloatArray:
    """Of each seed and kept network: the eigenvalue, and the share right at both lengths, (SEEDS, n, 3)."""
    rows = [
        [(largest_eigenvalue(within(each)), right(each, *lessons()), right(each, *exam())) for each in kept]
        for kept in map(networks, range(1, SEEDS + 1))
    ]
    return np.array(rows)


@dataclass(frozen=True)
class Scene:
    """One seed among all, at one iteration."""

    seed: int
    iteration: int

    @property
    def all(self) -> FloatArray:
        """Eigenvalue and shares of every seed, shape (SEEDS, 3)."""
        now: FloatArray = found()[:, self.iteration // KEEP]
        return now

    @property
    def this(self) -> FloatArray:
        """Those of this one, shape (3,)."""
        row: FloatArray = self.all[self.seed - 1]
        return row

    @property
    def network(self) -> Chain:
        """The network."""
        return networks(self.seed)[self.iteration // KEEP]

    @property
    def shown(self) -> Chain:
        """The network with tanh of half its logit, from -1, down, to 1, up."""
        memory, output, row = self.network.parts
        assert isinstance(output, Dense)
        half = Layer(output.layer.weights / 2.0, output.layer.biases / 2.0, TANH)
        return Chain((memory, Dense(half), row))

    @property
    def says(self) -> FloatArray:
        """What it says along the first sequence."""
        said: FloatArray = self.shown(exam()[0][:1])[0]
        return said

    @property
    def remember(self) -> int:
        """How many seeds are right at every step of the long sequences."""
        return int((self.all[:, 2] == 1.0).sum())


def picture(seed: float, iteration: float, how_many: str = NOTHING) -> Picture:
    """What one seed says along a long sequence, and how all stand to their eigenvalues."""
    scene = Scene(int(seed), int(iteration))
    x, y = exam()
    size, short, long = scene.this.tolist()
    above = int((scene.all[:, 0] > 1.0).sum())
    return Picture(
        [
            trained.sequence(np.arange(1.0, LONG + 1.0), x[0, :, 0], 2.0 * y[0] - 1.0, scene.says),
            trained.eigenvalues(scene.all[:, 0], scene.all[:, 2], scene.seed - 1),
        ],
        files=files_of_chain(scene.shown, x[:1]),
        readouts={
            f"right at length {SHORT}, trained": percent(short, 1),
            f"right at length {LONG}": percent(long, 1),
            "largest eigenvalue": plain(size, 3),
            "always right": f"{scene.remember} of {SEEDS}",
            "eigenvalue above 1": f"{above} of {SEEDS}",
        },
        measures={f"right at length {LONG}": long, "iteration": iteration, "largest eigenvalue": size},
        tasks=tasks(scene) | {HOW_MANY.label: judged(how_many)},
        description=f"Seed {scene.seed} after {scene.iteration} iterations is right at {percent(long, 1)} of "
        f"the steps of long sequences, and its largest eigenvalue is {plain(size, 3)}. {scene.remember} of "
        f"{SEEDS} seeds are always right.",
    )


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Train until all remember, and find one for which the eigenvalue is not enough."""
    size, _, long = scene.this.tolist()
    return {
        f"Train until all {SEEDS} seeds are right at every step of the long sequences.": Verdict(
            scene.remember == SEEDS, f"{scene.remember} of {SEEDS} are.", float(SEEDS - scene.remember)
        ),
        f"An eigenvalue is not enough: one above {LIMIT}, but right at under {percent(FORGETS)}.": Verdict(
            size > LIMIT and long < FORGETS,
            f"Seed {scene.seed}: eigenvalue {plain(size, 3)}, right at {percent(long, 1)}.",
            max(LIMIT - size, 0.0) + max(long - FORGETS, 0.0),
        ),
    }


def judged(chosen: str) -> Verdict:
    """How many remember in the end."""
    count = Scene(1, ITERATIONS).remember
    correct = ALL if count == SEEDS else NO if count == 0 else SOME
    return answer(chosen, correct, f"After {ITERATIONS} iterations {count} of {SEEDS} are.")


def show() -> None:
    """The stage of trained memories, and the words below it."""
    st.markdown(
        "Two units see each other. At every step they are to say whether the **last pulse** was up or down. "
        f"They learn on {SHORT} steps. Play *iteration*: do they know it over {LONG}?"
    )
    stage(
        "trained_memory",
        picture,
        presets=[Preset("trained", {"iteration": float(ITERATIONS)})],
        seed=Knob("seed", 1, SEEDS, value=1, step=1, colour="network"),
        iteration=Knob("iteration", 0, ITERATIONS, value=0, step=KEEP, colour="network"),
        how_many=HOW_MANY,
    )
    two_columns(WHAT, WHY)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

WHAT = f"""
## Short lessons, long memory

At first the [[seed]] decides what a network does after a pulse: mostly it forgets. Then [[training]]
follows {SHORT} steps back and changes the same few numbers at all of them. In the end the state has two
places to rest, one for up and one for down. Where it rests it stays, over {LONG} steps or any number.

So it has not learnt {SHORT} steps. It has learnt a **latch**, as in the scene before. Seed {ODD} has one of
its own kind: for down its state jumps between two places for ever, and the output reads down from both.
"""
WHY = """
## One number that tells

The four weights between the units make a table W. Its largest [[eigenvalue]] says how much W alone
stretches in the long run, as w did for one unit. Every dot is a network: during training the dots move to
the right across 1, and up.

Above 1 is what is found at the end, in all of them. It is not the whole story: pulses have to be strong
enough to turn the latch, and the output has to read it. Some dots are right of 1 and still wrong.
"""
EXACTLY = f"""
h becomes tanh(h W + x U + b), and the output is a logit of h. Each training takes {ITERATIONS} steps of
Adam with the learning rate 0.05 on the cross-entropy at all steps of {SEQUENCES} sequences of {SHORT}
steps, with a pulse at the first step and at a tenth of the others. The long sequences have a pulse at one
step in fifty. W starts normal with variance ½. The size of an eigenvalue is counted, for it may be negative
or complex.

Proven is this much: if W stretches no direction, its largest singular value being below 1, any two states
come nearer at every step, and all is forgotten. With two units the largest eigenvalue alone decides neither
way.
"""
