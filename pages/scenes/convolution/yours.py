"""Yours: a digit that the reader draws, moved, and what both networks say of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.learning.losses import softmax
from pages.scenes.convolution.digits import MIDDLE, drag, files_of_both, said
from pages.scenes.convolution.nets import FIELD, MOST, Anew, known, looking, placed, shipped
from pages.shared.asking import menus
from pages.shared.digits.pictures import DARKEST, SIDE, held_out
from pages.shared.figures.axes import Figure
from pages.shared.figures.plots.pixels.digits import HEIGHT, probabilities
from pages.shared.figures.plots.pixels.squares import frame, pixels, squares
from pages.shared.numbers import percent, plain
from pages.shared.patience import patiently
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.pixels import Pixels
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Grip, Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage
from pages.shared.trainings import trained

Levels = tuple[int, ...]
DRAWING = Pixels("your digit", SIDE, SIDE, int(DARKEST) + 1)
BLACK: Levels = (int(DARKEST),) * SIDE**2
NO, YES, MOST_SEED = "no", "yes", 999
SEVEN, SURE, CERTAIN = 7, 0.9, 0.95
# Of all 1,797 digits none has ink in fewer than 16 pixels.
FEW = 12
UNSURE, HALF, NEARLY = (
    "not at all: about 0.1 for each digit",
    "a little: at most 0.5",
    "nearly certain: above 0.95",
)
SQUARE = Question(
    "Ink in all 64 pixels, a black square. How sure of some digit is the dense network?",
    (UNSURE, HALF, NEARLY),
    {"drawing": BLACK},
)


@dataclass(frozen=True)
class Scene:
    """A drawing of 8 x 8 levels of ink, where it lies in the field, and a training of another network."""

    drawing: Levels
    down: int
    right: int
    course: Anew | None = None

    @cached_property
    def ink(self) -> FloatArray:
        """The drawing, from 0 for paper to 1 for ink, shape (8, 8)."""
        shades: FloatArray = np.array(self.drawing, dtype=np.float64).reshape(SIDE, SIDE) / DARKEST
        return shades

    @property
    def inked(self) -> int:
        """In how many pixels there is ink."""
        return int(np.count_nonzero(self.ink))

    @cached_property
    def field(self) -> FloatArray:
        """The drawing where it lies, shape (1, 16, 16, 1)."""
        return placed(self.ink[np.newaxis], self.down, self.right)

    @cached_property
    def by_window(self) -> FloatArray:
        """What the network says that looks through windows: ten probabilities."""
        chances: FloatArray = softmax(shipped().window(self.field))[0]
        return chances

    @cached_property
    def by_dense(self) -> FloatArray:
        """What the dense network says."""
        chances: FloatArray = softmax(shipped().dense(self.field))[0]
        return chances

    @cached_property
    def anew(self) -> FloatArray | None:
        """What the convolution says that was trained anew; None where there is none."""
        if self.course is None:
            return None
        chances: FloatArray = softmax(looking(trained(self.course).networks[-1])(self.field))[0]
        return chances

    @property
    def middle(self) -> Scene:
        """The same drawing in the middle."""
        return Scene(self.drawing, 0, 0)

    @property
    def named(self) -> tuple[int, int]:
        """Which digit each of the two says it is."""
        return int(self.by_window.argmax()), int(self.by_dense.argmax())

    @property
    def surest(self) -> float:
        """The largest probability that one of them gives."""
        return float(max(self.by_window.max(), self.by_dense.max()))


@lru_cache(maxsize=32)
def knows(course: Anew) -> float:
    """The share of held-out digits that the network knows at the end of its training."""
    return known(looking(trained(course).networks[-1]))


def picture(
    course: Anew | None, drawing: Levels, down: float, right: float, square: str = NOTHING
) -> Picture:
    """A drawing, where it lies in the field, and what all networks say of it."""
    scene = Scene(tuple(drawing), int(down), int(right), course)
    return Picture(
        [sheet(scene), in_the_field(scene), probabilities(scene.by_window, scene.by_dense, scene.anew)],
        beside=True,
        grips=[Grip("drawing", MIDDLE + right, -MIDDLE - down, plot=1, colour="input", anywhere=True)],
        files=files_of_both(shipped().window, scene.field),
        readouts=readouts(scene),
        measures={
            "surest, convolution": float(scene.by_window.max()),
            "surest, dense": float(scene.by_dense.max()),
            "pixels with ink": float(scene.inked),
        },
        tasks=tasks(scene) | {SQUARE.label: judged(square)},
        description=described(scene),
    )


def readouts(scene: Scene) -> dict[str, str | None]:
    """How much is drawn, what all networks say of it, and how good the new one is."""
    return {
        "pixels with ink": f"{scene.inked} of {SIDE**2}" if scene.inked else "0: nothing is drawn",
        "convolution says": said(scene.by_window),
        "trained anew, it says": None if scene.anew is None else said(scene.anew),
        "dense says": said(scene.by_dense),
        "held out, trained anew": (
            None if scene.course is None else f"{percent(knows(scene.course), 1)} right"
        ),
    }


def described(scene: Scene) -> str:
    """The picture in words."""
    what = f"Ink in {scene.inked} of {SIDE**2} pixels" if scene.inked else "Nothing is drawn"
    down, right = plain(scene.down, 0), plain(scene.right, 0)
    anew = "" if scene.anew is None else f" The convolution trained anew says {said(scene.anew)}."
    return (
        f"{what}, moved {down} down and {right} to the right. The convolution says {said(scene.by_window)}, "
        f"the dense network {said(scene.by_dense)}.{anew}"
    )


def sheet(scene: Scene) -> Figure:
    """The square to draw in."""
    title = "draw here" if scene.inked else "nothing is drawn: draw a digit here"
    return squares(title, [pixels("drawing", scene.ink)], (SIDE, SIDE), HEIGHT)


def in_the_field(scene: Scene) -> Figure:
    """The field that both networks see, and where the drawing lies."""
    around = frame("drawing", MOST + scene.down, MOST + scene.right, SIDE, "input", 2)
    shown = pixels("field", scene.field[0, :, :, 0])
    return squares("what they see: drag the frame", [shown, around], (FIELD, FIELD), HEIGHT)


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Be understood, be believed for nothing, be understood by one alone elsewhere, and set two at odds."""
    both = f"Convolution: {said(scene.by_window)}. Dense: {said(scene.by_dense)}."
    least = float(min(scene.by_window[SEVEN], scene.by_dense[SEVEN]))
    few = 0 < scene.inked <= FEW
    (here, dense), (before, dense_before) = scene.named, scene.middle.named
    return {
        "Draw a 7: both are to give it a probability above 0.9.": Verdict(
            bool(scene.inked) and least > SURE, both, max(SURE - least, 0.0)
        ),
        f"Draw what is no digit: ink in 1 to {FEW} pixels, and one of them is more than 0.95 sure.": Verdict(
            few and scene.surest > CERTAIN,
            f"There is ink in {scene.inked} pixels. {both}",
            max(scene.inked - FEW, 0) / SIDE + max(CERTAIN - scene.surest, 0.0) if scene.inked else None,
        ),
        "Draw a digit that both name alike in the middle. Then move it until only the dense one changes "
        "its mind.": Verdict(
            bool(scene.inked) and before == dense_before == here != dense,
            f"Convolution and dense network, in the middle: {before}, {dense_before}. Here: {here}, {dense}.",
        ),
        "Train another convolution. Then draw what the two convolutions take for different digits.": parted(
            scene
        ),
    }


def parted(scene: Scene) -> Verdict:
    """Whether two convolutions that learnt from the same digits name different ones."""
    if scene.anew is None:
        return Verdict(False, "There is one convolution so far.")
    return Verdict(
        bool(scene.inked and scene.by_window.argmax() != scene.anew.argmax()),
        f"As before: {said(scene.by_window)}. Trained anew: {said(scene.anew)}.",
        abs(float(scene.by_window.max() - scene.by_window[scene.anew.argmax()])),
    )


def judged(chosen: str) -> Verdict:
    """How sure the dense network is of a black square."""
    black = Scene(BLACK, 0, 0).by_dense
    sure = float(black.max())
    right = NEARLY if sure > CERTAIN else HALF if sure > 2 / len(black) else UNSURE
    return answer(chosen, right, f"It says {said(black)}.")


def example(number: int) -> Levels:
    """A digit that was held out, as if it were drawn."""
    return tuple(int(level) for level in (held_out().pictures[number - 1] * DARKEST).ravel())


def course() -> Anew | None:
    """The training that the reader asks for, at its end or where it was stopped; None where none is asked."""
    places = st.columns(2, vertical_alignment="bottom")
    asked = menus.pick(places[0], "Train another convolution", [NO, YES], "another", NO) == YES
    seeds = [menus.number(places[1], "Seed", "seed", 1, (1, MOST_SEED))] if asked else []
    # Where none is asked for, too: the stage stands at one place.
    return next(iter(patiently([Anew(seed) for seed in seeds])), None)


def show() -> None:
    """The stage of the drawing, and the words below it."""
    st.markdown(
        "Now **you** write. Draw a digit that fills the first square, with mouse, pen or finger. Both "
        "networks say at every stroke what they take it for."
    )
    stage(
        "yours",
        partial(picture, course()),
        presets=[
            Preset("somebody’s 3", {"drawing": example(1)}),
            Preset("one pixel to the right", {"down": 0.0, "right": 1.0}),
        ],
        grips={"drawing": drag},
        drawing=DRAWING,
        down=Knob("moved down", -MOST, MOST, value=0, step=1, colour="input"),
        right=Knob("moved to the right", -MOST, MOST, value=0, step=1, colour="input"),
        square=SQUARE,
    )
    two_columns(WHAT, SURE_OF)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

WHAT = """
## Your hand is new to them

Nobody has shown them your digits. Draw a 7, then the same with a bar through it; a 1 with and without a
foot. Rub a little away, and see where they change their mind. Draw a small one, in a corner: nobody from
whom they learnt wrote like that.

Then drag the frame. What both took for a 7 the convolution goes on to take for a 7. The dense network says
something else, and often it is **just as sure**.

Now train **another convolution**: it learns from the same digits, and begins elsewhere. That takes a second
or two. It knows about as many of the digits that were [[held out]]. What does it say of your scribble?
"""
SURE_OF = """
## Sure is not the same as right

Rub all out: even then both name a digit. They have ten answers, and none of them is *this is no digit*. The
ten probabilities add up to 1, whatever is seen, for that is what [[softmax]] does.

So a probability says which of the ten it would be, **if** it is like what was learnt. It does not say whether
it is. Of a few dots, or of a black square, a network can be as good as certain.
"""
EXACTLY = """
The two networks are those of *digits*: trained once, on 1,348 digits in the middle, and never on yours; what
you draw is kept in the link alone. Your pen inks a pixel wholly within 0.3 pixels of its way and leaves it
white from 1.3 on. Of all 1,797 digits the one with the least ink has it in 16 of its 64 pixels. Of 4,000
pictures with three black pixels at random, the dense network gave more than 0.95 to some digit in 10 %, the
convolution in 0.2 %; of 2,000 pictures of grey noise, in 68 % and 8 %. Multiply a picture by ever larger
numbers, and a network of ReLU and softmax becomes certain of one answer in nearly all directions: proven by
Hein, Andriushchenko and Bitterwolf (2019) for networks whose linear pieces tell the classes apart. Pixels
here end at 1, and most of the certainty is there before. The other convolution learns for 12 rounds of 21
batches at a rate of 0.03. Trained from 20 seeds, it knew 88.6 to 96.9 % of 449 digits held out; of these it
named 3 to 11 % otherwise than the first one, and of 1,000 pictures of grey noise 32 to 90 %.
"""
