"""Recall: a head learns to look up, and not every one learns it the way one thinks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.families.attention import Head, heads_in
from nn_core.families.chains import Chain, learning
from nn_core.families.transformers import recall_head, recall_tasks
from nn_core.learning.losses import SOFTMAX_CROSS_ENTROPY
from nn_core.learning.optimisers import ADAM
from nn_core.learning.training import Recipe
from pages.shared.asking import menus
from pages.shared.asking.beliefs import EXPLAINS
from pages.shared.figures.plots.attention import tables
from pages.shared.numbers import grouped, percent, plain
from pages.shared.programs import files_of_chain
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.stage.stage import stage

N, SAMPLES, BATCH, RATE = 6, 3000, 64, 0.1
STEPS, KEEP, MOST_SEED, PRINTED = 300, 5, 999, 5
UNSEEN, ANSWERS = recall_tasks(N, 500, np.random.default_rng(12345))
GOOD = 0.99
SHARES = {"not one": 0.0, "1 of 6": 1.0 / N, "half": 0.5}
GUESS = Question(
    "Before anything is learnt: how many of the answers are right, about?",
    tuple(SHARES),
    {"iteration": 0.0},
)


@lru_cache(maxsize=32)
def trained(seed: int) -> tuple[Chain, ...]:
    """The head before and after every KEEP steps of a training."""
    generator = np.random.default_rng(seed)
    start = recall_head(N, generator)
    x, y = recall_tasks(N, SAMPLES, generator)
    recipe = Recipe(SOFTMAX_CROSS_ENTROPY, ADAM, RATE, batch_size=BATCH, seed=seed)
    return tuple(chain for chain, _ in learning(start, x, y, recipe, STEPS))[::KEEP]


@lru_cache(maxsize=32)
def shares(seed: int) -> FloatArray:
    """The share of tasks that each of them answers rightly."""
    answers = ANSWERS.argmax(axis=1)
    return np.array([np.mean(each(UNSEEN).argmax(axis=1) == answers) for each in trained(seed)])


@dataclass(frozen=True)
class Scene:
    """One moment of a training."""

    seed: int
    iteration: float

    @property
    def at(self) -> int:
        """Which of the heads that were kept."""
        return int(self.iteration) // KEEP

    @cached_property
    def head(self) -> Head:
        """The head."""
        return next(heads_in(trained(self.seed)[self.at]))

    @cached_property
    def scores(self) -> FloatArray:
        """The score of each key, a column, for each that is asked for, a row."""
        found: FloatArray = self.head.queries[2 * N :] @ self.head.keys[:N].T
        return found

    @property
    def gives(self) -> FloatArray:
        """What each value, a row, adds to each answer, a column."""
        found: FloatArray = self.head.values[N : 2 * N] @ self.head.out
        return found

    @property
    def ahead(self) -> float:
        """By how much the scores on the diagonal are above the others, in the mean."""
        return on_diagonal(self.scores)

    @property
    def right(self) -> float:
        """The share of right answers."""
        return float(shares(self.seed)[self.at])


def on_diagonal(table: FloatArray) -> float:
    """The mean on the diagonal less the mean beside it."""
    own = float(np.trace(table))
    return own / N - (float(table.sum()) - own) / (N * N - N)


def picture(seed: int, iteration: float, guess: str = NOTHING) -> Picture:
    """What is asked against the keys, what the values add, and how many answers are right."""
    scene = Scene(seed, iteration)
    steps = np.arange(len(shares(seed)), dtype=float) * KEEP
    return Picture(
        [
            tables.right_over_time(steps, shares(seed), (iteration, scene.right), 1.0 / N),
            tables.table(scene.scores, "scores: row asked for, column key"),
            tables.table(scene.gives, "added: row value, column answer"),
        ],
        beside=True,
        lead=True,
        files=files_of_chain(trained(seed)[scene.at], UNSEEN[:PRINTED]),
        readouts={
            "right, of new tasks": percent(scene.right, 1),
            "by chance": percent(1.0 / N, 1),
            "own key’s score ahead by": plain(scene.ahead, 1),
            "own answer ahead by": plain(on_diagonal(scene.gives), 1),
        },
        measures={"right": scene.right, "ahead": scene.ahead},
        tasks=tasks(scene) | {GUESS.label: judged(seed, guess)},
        description=f"After {plain(iteration, 0)} steps the head of seed {seed} answers "
        f"{percent(scene.right, 1)} of new tasks. The score of the key that is asked for is ahead of the "
        f"others by {plain(scene.ahead, 1)} in the mean.",
    )


def tasks(scene: Scene) -> dict[str, Verdict]:
    """See it learn, and see one that does not look where one thinks."""
    found = f"{percent(scene.right, 1)} right; the own key is ahead by {plain(scene.ahead, 1)}."
    lacking = max(GOOD - scene.right, 0.0)
    return {
        f"Train until at least {percent(GOOD)} are right.": Verdict(scene.right >= GOOD, found, lacking),
        EXPLAINS.label: Verdict(
            scene.right >= GOOD and scene.ahead < 0.0,
            f"{found} {'It looks at all keys but that one.' if scene.ahead < 0.0 else 'It looks there.'}",
        ),
    }


def judged(seed: int, chosen: str) -> Verdict:
    """How many answers are right by chance."""
    first = float(shares(seed)[0])
    right = min(SHARES, key=lambda told: abs(SHARES[told] - first))
    return answer(chosen, right, f"At the start {percent(first, 1)} are: it guesses one of six.")


def show() -> None:
    """The stage of a head that learns, and the words below it."""
    st.markdown(
        "Six keys, each with one of six values, dealt anew in every task; then one key is asked for. The "
        "head knows nothing at first. **Play iteration**: it learns in front of you."
    )
    seed = menus.number(st.container(), "Seed", "seed", 1, (1, MOST_SEED))
    stage(
        "recall",
        partial(picture, seed),
        cards=[EXPLAINS.begun(iteration=float(STEPS))],
        iteration=Knob("iteration", 0, STEPS, value=0, step=KEEP, colour="network"),
        guess=GUESS,
    )
    two_columns(WHAT, OTHER)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

WHAT = """
## A look-up, learnt

Nobody tells the head where to look. It is told the right answer only, and [[gradient descent]] turns its four
matrices until the [[loss]] is small. The first table shows the scores: a row for what is asked, a column for
each key; blue is above 0, orange below. Mostly a **diagonal** appears: what is asked for finds its own key.
The second table shows what each value adds to each answer.

The tasks by which it is judged are new: it has learnt to look up, not the answers by heart.
"""
OTHER = """
## The other way round

Try seeds 2 and 10. All answers are right, and the diagonal is **orange in both tables**: this head looks at
all keys **but** the right one, and what it finds there it subtracts. What is not ruled out is the answer.

So a picture of where a head looks does not say what it does. One has to see both tables: where it looks, and
what it makes of what it finds.
"""
EXACTLY = f"""
A task is a row for each of six pairs (key, value), and one for what is asked: three parts of six numbers
each, a single 1 in each part that is filled. {STEPS} steps of Adam, learning rate {plain(RATE, 1)}, {BATCH}
of {grouped(SAMPLES)} tasks a step; judged on 500 others. Of the seeds 1 to 30, 28 end with at least 99 %
right: 21 look at the right key, 7 at all others. Two get stuck on their way, seeds 6 and 15, with 79 %.
The shades are tanh of a quarter of each number.
"""
