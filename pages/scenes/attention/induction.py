"""Induction: two heads, one behind the other, go on with what has begun to repeat itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.families.attention import heads_in
from nn_core.families.chains import Chain
from nn_core.families.transformers import Tokens, embedded, induction
from pages.scenes.attention.sequences import LETTERS, MOST, Sequence, row_and_remarks, tokens
from pages.shared.figures.plots.attention import reading
from pages.shared.numbers import percent, plain
from pages.shared.programs import files_of_chain
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.stage.stage import stage

FIRST = "blacksmithblacksmith"
NEW = "abcdefghijklabcdefghijkl"
BOTH, SECOND = "both", "the second alone"
NONE, HALF, EVERY = "not one", "about half", "all"
SHARP = 6.0
HOW_MANY = Question(
    f"“{NEW}”: with β = {plain(SHARP, 0)}, how many letters of its second half do the two heads tell?",
    (NONE, HALF, EVERY),
    {"sharpness": SHARP, "heads": BOTH},
)


@dataclass(frozen=True)
class Scene:
    """A sequence, the heads that read it, and how sharp they are."""

    text: str
    heads: str
    sharpness: float

    @cached_property
    def given(self) -> Tokens:
        """The mark and the letters."""
        return tokens(self.text)

    @cached_property
    def rows(self) -> FloatArray:
        """What the first head reads."""
        return embedded(self.given, len(LETTERS), MOST + 1)

    @cached_property
    def chain(self) -> Chain:
        """The heads."""
        both = induction(len(LETTERS), MOST + 1, self.sharpness)
        return both if self.heads == BOTH else Chain(both.parts[1:])

    @cached_property
    def told(self) -> Tokens:
        """What is told to come next, at each letter but the last: for the letters from the second on."""
        output = np.round(self.chain(self.rows)[0], 12)
        found: Tokens = output.argmax(axis=1)[1:-1]
        return found

    @cached_property
    def right(self) -> list[bool]:
        """Whether it is so."""
        found: list[bool] = (self.told == self.given[2:]).tolist()
        return found

    @property
    def halves(self) -> tuple[float, float]:
        """The shares told rightly: of the letters 2 to h, and of h + 2 to the last, h half of them."""
        half = len(self.text) // 2
        first, second = self.right[: half - 1], self.right[half:]
        return sum(first) / len(first), sum(second) / len(second)

    @property
    def looks(self) -> tuple[FloatArray, FloatArray]:
        """The weights of the first head, which are 0 where there is none, and of the second."""
        *before, last = heads_in(self.chain)
        x = self.rows
        if not before:
            return np.zeros((len(self.given), len(self.given))), last.weights(x)[0]
        (first,) = before
        return first.weights(x)[0], last.weights(x + first.forward(x)[0])[0]


def picture(text: str, sharpness: float, heads: str, how_many: str = NOTHING) -> Picture:
    """The sequence with what was told to come, and where both heads look."""
    scene = Scene(text, heads, sharpness)
    first, second = scene.looks
    letters = [LETTERS[each] for each in scene.given]
    guesses = [LETTERS[each] for each in scene.told]
    early, late = scene.halves
    return Picture(
        [
            reading.beneath(letters, guesses, scene.right),
            reading.who_looks(first, letters, "first head: row asks, column is heard"),
            reading.who_looks(second, letters, "second head"),
        ],
        beside=True,
        lead=True,
        files=files_of_chain(scene.chain, scene.rows),
        readouts={
            "told in the first half": percent(early),
            "told in the second half": percent(late),
            "told in all": f"{sum(scene.right)} of {len(scene.right)}",
        },
        measures={
            "sharpness β": sharpness,
            "told in the second half": late,
            "told in the first half": early,
        },
        tasks=tasks(scene) | {HOW_MANY.label: judged(how_many)},
        description=f"Of “{text}” {percent(early)} of the letters of the first half are told from those "
        f"before, and {percent(late)} of the second half.",
    )


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Go on with a repetition, and lose it."""
    early, late = scene.halves
    found = f"First half {percent(early)}, second half {percent(late)}, β = {plain(scene.sharpness, 1)}."
    return {
        "Both heads tell all of the second half.": Verdict(
            late == 1.0 and scene.heads == BOTH, found, 1.0 - late + (scene.heads != BOTH)
        ),
        "Let the second head look without the first, as sharply as it can: less than half is told.": Verdict(
            scene.heads == SECOND and scene.sharpness >= SHARP and late < 0.5,
            found,
            max(SHARP - scene.sharpness, 0.0) / SHARP + (scene.heads != SECOND),
        ),
    }


@lru_cache
def judged(chosen: str) -> Verdict:
    """How much of a repetition of letters that are all different is told."""
    early, late = Scene(NEW, BOTH, SHARP).halves
    right = EVERY if late == 1.0 else HALF if late > 0.0 else NONE
    return answer(
        chosen, right, f"Second half {percent(late)}, first half {percent(early)}: there each letter is new."
    )


def show() -> None:
    """The stage of induction, and the words below it."""
    st.markdown(
        "Two heads, set by hand; nothing is trained. They read a text and tell each next letter. What they "
        "have never seen they cannot know. But once it **repeats itself**, they go on with it. Type your own."
    )
    row, remarks = row_and_remarks()
    text = Sequence("Your sequence", "text", FIRST).ask(row, remarks)
    stage(
        "induction",
        partial(picture, text),
        sharpness=Knob("sharpness β", 0, 20, value=1, step=0.1, colour="weight"),
        heads=Choice("heads", (BOTH, SECOND), BOTH),
        how_many=HOW_MANY,
    )
    two_columns(WHAT, WHY)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

WHAT = """
## One looks back, one looks for the same

The **first head** has the places as queries and keys. It looks one place back, and writes down which letter
stands there. So every place then knows its letter **and the one before**: see the line below the diagonal.

The **second head** asks: where was **my letter** the one before? What stands there is what followed last
time, and that is told. In “abcabc” the second a finds the b, for before it stood an a. Both look backwards
only.

With a small β the heads see everything a little, and the right letter drowns. The more letters there are, the
sharper they have to be: the weight on the match is 1/(1 + (n − 1)e⁻ᵝ).
"""
WHY = """
## Why two, one behind the other?

The second head needs, at each place, what stood **one place before** it. Nobody has written that there,
unless a head did so earlier. Choose *the second alone*: there is nothing to be found.

Is one layer unable to do it? Not quite. It is proven that a single layer needs a **size** (heads × numbers
per head × digits per number) that grows in proportion to the length of the text, while two layers manage with
heads of a fixed size, and digits that grow like its logarithm. That is a bound on size, and no impossibility.
It is **depth** again: what is cheap with two steps is dear with one.
"""
EXACTLY = f"""
Each letter is a row of three parts, each with a single 1, else 0: the letter, the letter before (empty at
first), and the place; a mark stands before the first letter. The next letter is the one with the largest sum
of weights; where several are equal, the first in the alphabet, and the mark comes before a. The first letter
of all and the first of the second half are not counted: nothing before tells them. At most {MOST} letters are
taken. Heads of this kind were found in trained transformers (Olsson and others 2022, arXiv 2209.11895). The
bound: Sanford, Hsu and Telgarsky 2024, arXiv 2408.14332.
"""
