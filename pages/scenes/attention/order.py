"""Order: words change places, and attention does not see it, until it is told the places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import permutations

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.families.attention import Head, Residual
from nn_core.families.chains import Chain
from pages.shared.figures.plots.attention import orders
from pages.shared.numbers import plain, small
from pages.shared.programs import files_of_chain
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

WORDS = ("my", "dog", "bites", "your", "cat")
N = len(WORDS)
ORDERS = tuple(permutations(range(N)))
TURNED = (0, 4, 2, 3, 1)
# Words, places, and the matrices of a head, all in the plane.
VECTORS = np.array([[-0.9, 0.7], [0.8, 0.9], [0.1, -1.0], [-0.8, -0.5], [0.9, -0.2]])
AROUND = 2.0 * np.pi * np.arange(N) / N
PLACES = np.column_stack([np.cos(AROUND), np.sin(AROUND)])
HEAD = Head(
    np.array([[1.2, -0.4], [0.3, 1.0]]),
    np.array([[0.9, 0.5], [-0.6, 1.1]]),
    np.array([[0.8, 0.3], [-0.4, 0.9]]),
    np.array([[0.7, -0.2], [0.3, 0.6]]),
)
ROUNDING, CLEAR = 1e-12, 0.5
SAME, TWO, ALL = "no word's", "only those of the two words", "all five words'"
WHOSE = Question(
    "Dog and cat change places. Without positions, whose outputs change?",
    (TWO, ALL, SAME),
    {"order": float(ORDERS.index(TURNED) + 1), "positions": 0.0},
)


@dataclass(frozen=True)
class Scene:
    """Words in an order, and how much of their places is added to them."""

    order: tuple[int, ...]
    positions: float

    def rows(self, order: tuple[int, ...]) -> FloatArray:
        """What the head reads, place after place: shape (1, 5, 2)."""
        found: FloatArray = (VECTORS[list(order)] + self.positions * PLACES)[np.newaxis]
        return found

    def by_word(self, order: tuple[int, ...]) -> FloatArray:
        """What comes out for each of the WORDS, wherever it stands: shape (5, 2)."""
        output, _ = Residual(HEAD).forward(self.rows(order))
        found: FloatArray = output[0, np.argsort(order)]
        return found

    @cached_property
    def before(self) -> FloatArray:
        """What comes out for each word in the first order."""
        return self.by_word(ORDERS[0])

    @cached_property
    def now(self) -> FloatArray:
        """What comes out for each word in this order."""
        return self.by_word(self.order)

    @property
    def moved(self) -> FloatArray:
        """How far each word's output is from where it was, shape (5,)."""
        found: FloatArray = np.hypot(*(self.now - self.before).T)
        return found

    @property
    def most(self) -> float:
        """The farthest."""
        return float(self.moved.max())

    @property
    def weights(self) -> FloatArray:
        """Where each place looks, shape (5, 5)."""
        found: FloatArray = HEAD.weights(self.rows(self.order))[0]
        return found

    @property
    def sentence(self) -> str:
        """The words in their order."""
        return " ".join(WORDS[each] for each in self.order)


@lru_cache(maxsize=64)
def farthest(positions: float) -> float:
    """The farthest that any order of the words moves an output."""
    return max(Scene(order, positions).most for order in ORDERS)


def picture(order: float, positions: float, whose: str = NOTHING) -> Picture:
    """What comes out for every word, before and after words have changed places, and who looks where."""
    scene = Scene(ORDERS[int(order) - 1], positions)
    words = [WORDS[each] for each in scene.order]
    return Picture(
        [
            orders.outputs(scene.before, scene.now, WORDS),
            orders.looks(scene.weights, words),
        ],
        beside=True,
        files=files_of_chain(Chain((Residual(HEAD),)), scene.rows(scene.order)),
        readouts={
            "sentence": scene.sentence,
            "outputs differ by at most": told(scene.most),
            f"in all {len(ORDERS)} orders by at most": told(farthest(positions)),
        },
        measures={"difference": scene.most, "positions": positions},
        tasks=tasks(scene) | {WHOSE.label: judged(whose)},
        description=f"The sentence is: {scene.sentence}. The outputs of its words differ from those in the "
        f"first order by at most {told(scene.most)}.",
    )


def told(difference: float) -> str:
    """A difference, or that it is none."""
    return "0, up to rounding" if difference < ROUNDING else small(difference)


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Turn the sentence round unseen, and then seen."""
    turned = scene.order == TURNED
    found = f"“{scene.sentence}”, positions {plain(scene.positions)}: a difference of {told(scene.most)}."
    return {
        "Make “my cat bites your dog”, and let the head not notice.": Verdict(
            turned and scene.most < ROUNDING, found, scene.positions + (not turned)
        ),
        f"The same sentence, and an output that differs by at least {CLEAR}.": Verdict(
            turned and scene.most >= CLEAR, found, max(CLEAR - scene.most, 0.0) + (not turned)
        ),
    }


@lru_cache
def judged(chosen: str) -> Verdict:
    """Whose output changes where two words do, without positions."""
    count = int((Scene(TURNED, 0.0).moved > ROUNDING).sum())
    right = SAME if not count else TWO if count == 2 else ALL
    return answer(chosen, right, f"The outputs of {count} of {N} words change: the mean has no order.")


def show() -> None:
    """The stage of the orders, and the words below it."""
    st.markdown(
        "Now **every word** asks all words: each has a query, a key and a value. Play *order*: the words "
        "change places, and what comes out for each stays where it was. Then add **positions**."
    )
    stage(
        "order",
        picture,
        presets=[Preset("my cat bites your dog", {"order": float(ORDERS.index(TURNED) + 1)})],
        order=Knob(f"order, of {len(ORDERS)}", 1, len(ORDERS), value=1, step=1, colour="input"),
        positions=Knob("positions added", 0, 1, value=0, step=0.05, colour="bias"),
        whose=WHOSE,
    )
    two_columns(WHAT, HOW)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

WHAT = """
## Who bites whom?

What comes out for a word is a mean over all words, and a mean does not care in which order it is taken. So
if the words change places, each one's output goes along unchanged: rings and dots stay together, in **all
120 orders**. On the right the same weights are there; their rows and columns have changed places.

For such a head “my dog bites your cat” and “my cat bites your dog” are the same.
"""
HOW = """
## Positions

The remedy is simple: **add** to the numbers of each word some numbers that stand for its place. Drag
*positions added*: the rings, which are the outputs in the first order, and the dots part. Now the same word
is something else at another place, and the head can learn to look, say, one place back.

Words and places are numbers in a table, and so both can be learnt.
"""
EXACTLY = """
Each word here is two numbers, and so is each place, on a circle; a head with fixed matrices and β = 1 reads
them, and its output is added to the word. If P exchanges rows, then the head of PX is P times the head of X:
the softmax goes along rows, and sums do not depend on the order of what is added, up to rounding. Rings and
dots are computed with the same positions, in the first order and in this one.
"""
