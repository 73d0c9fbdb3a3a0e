"""Digits: what a network that looks through windows, and a dense one, say of a digit that is moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.families.chains import Chain, Softmax
from nn_core.learning.losses import softmax
from pages.scenes.convolution.nets import (
    FIELD,
    MOST,
    RING,
    dense_shares,
    placed,
    shipped,
    window_shares,
    with_ring,
)
from pages.shared.asking.beliefs import SHIFTED
from pages.shared.digits.pictures import SIDE, held_out
from pages.shared.figures.axes import Figure
from pages.shared.figures.plots.pixels.digits import HEIGHT, probabilities, shares
from pages.shared.figures.plots.pixels.squares import frame, pixels, squares
from pages.shared.numbers import grouped, percent, percent_beside, plain
from pages.shared.programs import Files, files_of_chain
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Grip, Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

SHOWN, HALF = 100, 0.5
ZEROS = {"zeros around": RING, "none": 0}
AROUND, BARE = ZEROS
MIDDLE = (FIELD - 1) / 2
DROPS = {"about 95 of 100": 0.95, "about 80": 0.8, "about 50": 0.5, "about 10": 0.1}
DROP = Question(
    "The dense network knows nearly every digit in the middle. All are moved one pixel to the right: how "
    "many does it know now?",
    tuple(DROPS),
    {"right": 1.0},
)


@dataclass(frozen=True)
class Scene:
    """One of the held-out digits, moved in its field, with zeros around it or none."""

    digit: int
    down: int
    right: int
    ring: int

    @cached_property
    def field(self) -> FloatArray:
        """The digit where it lies, shape (1, 16, 16, 1)."""
        return placed(held_out().pictures[self.digit : self.digit + 1], self.down, self.right)

    @property
    def label(self) -> int:
        """Which digit it is."""
        return int(held_out().labels[self.digit])

    @property
    def looking(self) -> Chain:
        """The network that looks through windows."""
        return with_ring(shipped().window, self.ring)

    @cached_property
    def by_window(self) -> FloatArray:
        """What it says: ten probabilities."""
        chances: FloatArray = softmax(self.looking(self.field))[0]
        return chances

    @cached_property
    def by_dense(self) -> FloatArray:
        """What the dense network says."""
        chances: FloatArray = softmax(shipped().dense(self.field))[0]
        return chances

    @property
    def knows(self) -> tuple[bool, bool]:
        """Whether the network of windows is right, and whether the dense one is."""
        return int(self.by_window.argmax()) == self.label, int(self.by_dense.argmax()) == self.label

    @property
    def in_the_middle(self) -> bool:
        """Whether the network of windows knows the digit where it was trained."""
        return Scene(self.digit, 0, 0, self.ring).knows[0]

    @property
    def place(self) -> tuple[int, int]:
        """The row and column of the place in the maps of shares."""
        return MOST + self.down, MOST + self.right

    @property
    def shares(self) -> tuple[float, float]:
        """Of all held-out digits at this place the shares that both have right."""
        return float(window_shares(self.ring)[self.place]), float(dense_shares()[self.place])

    @property
    def steps(self) -> int:
        """How many pixels it is moved, along the longer way."""
        return max(abs(self.down), abs(self.right))


def picture(zeros: str, digit: float, down: float, right: float, drop: str = NOTHING) -> Picture:
    """A digit in its field, what both networks say of it, and how often they are right at every place."""
    scene = Scene(int(digit) - 1, int(down), int(right), ZEROS[zeros])
    row, column = scene.place
    return Picture(
        [
            in_the_field(scene),
            probabilities(scene.by_window, scene.by_dense),
            shares("convolution, share right: paper 0, ink 1", window_shares(scene.ring), scene.place),
            shares("dense, share right: paper 0, ink 1", dense_shares(), scene.place),
        ],
        beside=True,
        grips=[
            Grip("digit", MIDDLE + right, -MIDDLE - down, colour="input", anywhere=True),
            Grip("place", float(column), -float(row), plot=2, colour="input", anywhere=True),
            Grip("same place", float(column), -float(row), plot=3, colour="input", anywhere=True),
        ],
        files=files_of_both(scene.looking, scene.field),
        readouts=readouts(scene),
        measures={
            "right, convolution": scene.shares[0],
            "right, dense": scene.shares[1],
            "pixels moved": float(scene.steps),
        },
        tasks=tasks(scene) | {SHIFTED.label: believed(scene), DROP.label: judged(drop)},
        description=described(scene),
    )


def described(scene: Scene) -> str:
    """The picture in words."""
    down, right = plain(scene.down, 0), plain(scene.right, 0)
    window, whole_field = (percent(share, 1) for share in scene.shares)
    return (
        f"A {scene.label}, moved {down} down and {right} to the right. The convolution says "
        f"{said(scene.by_window)}, the dense network {said(scene.by_dense)}. Of all digits that were held "
        f"out they know {window} and {whole_field} at this place."
    )


def files_of_both(looking: Chain, field: FloatArray) -> Files:
    """The network of windows and the dense one, to take away. field: what their programs are given."""
    return {
        **files_of_chain(Chain((*looking.parts, Softmax())), field, "convolution"),
        **files_of_chain(Chain((*shipped().dense.parts, Softmax())), field, "dense"),
    }


def in_the_field(scene: Scene) -> Figure:
    """The field of 16 x 16 pixels, and where the digit lies."""
    around = frame("digit", MOST + scene.down, MOST + scene.right, SIDE, "input", 2)
    title = "drag the digit"
    return squares(title, [pixels("field", scene.field[0, :, :, 0]), around], (FIELD, FIELD), HEIGHT)


def said(chances: FloatArray) -> str:
    """The digit that is most probable, and its probability."""
    return f"{int(chances.argmax())} with {plain(float(chances.max()))}"


def readouts(scene: Scene) -> dict[str, str | None]:
    """What both say, how often they are right here, and what they are made of."""
    window, whole_field = scene.shares
    small, large = (grouped(chain.parameters.size) for chain in shipped())
    return {
        "it is a": str(scene.label),
        "convolution says": said(scene.by_window),
        "dense says": said(scene.by_dense),
        "all digits here, convolution": f"{percent(window, 1)} right",
        "all digits here, dense": f"{percent(whole_field, 1)} right",
        "parameters of both": f"{small} and {large}",
    }


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Where one is right and the other wrong, and where the windows end."""
    window, whole_field = scene.knows
    both = f"Convolution: {said(scene.by_window)}. Dense: {said(scene.by_dense)}. It is a {scene.label}."
    share = scene.shares[0]
    return {
        "Move a digit by one pixel so that only the convolution knows it.": Verdict(
            scene.steps == 1 and window and not whole_field, both, abs(scene.steps - 1) + whole_field
        ),
        "Be fair: in the middle, find a digit that only the dense network knows.": Verdict(
            scene.steps == 0 and whole_field and not window, both, scene.steps + float(window)
        ),
        "Find a place at which the convolution knows fewer than half of all digits.": Verdict(
            share < HALF, f"It knows {percent_beside(share, HALF)} of them here.", max(share - HALF, 0.0)
        ),
    }


def believed(scene: Scene) -> Verdict:
    """Whether the network of windows has lost a digit that it knew in the middle."""
    lost = scene.in_the_middle and not scene.knows[0]
    return Verdict(
        lost,
        "It knew this digit in the middle, and no longer does: windows that reach over the edge are missing."
        if lost
        else "It says the same as in the middle, or has not known this digit there.",
    )


def judged(chosen: str) -> Verdict:
    """The share that is right one pixel beside the middle."""
    share = float(dense_shares()[MOST, MOST + 1])
    right = min(DROPS, key=lambda told: abs(DROPS[told] - share))
    middle = percent(float(dense_shares()[MOST, MOST]), 1)
    return answer(chosen, right, f"{middle} in the middle, {percent(share, 1)} one pixel to the right.")


def drag(values: Mapping[str, Any], x: float, y: float) -> dict[str, float]:
    """The digit's middle is where the hand is."""
    return {"right": _within(x - MIDDLE), "down": _within(-y - MIDDLE)}


def pick(values: Mapping[str, Any], x: float, y: float) -> dict[str, float]:
    """The place of the map where the hand is."""
    return {"right": _within(x - MOST), "down": _within(-y - MOST)}


def _within(steps: float) -> float:
    return float(min(max(round(steps), -MOST), MOST))


def show() -> None:
    """The stage of the digits, and the words below it."""
    st.markdown(
        "Two networks have learnt handwritten digits, all of them in the **middle** of a field. One sees the "
        "whole field at once, the other looks through 16 small windows, everywhere. Now drag the digit."
    )
    stage(
        "digits",
        picture,
        presets=[
            Preset("one pixel to the right", {"down": 0.0, "right": 1.0}),
            Preset("into the corner", {"down": -4.0, "right": 4.0}),
        ],
        cards=[SHIFTED.begun(zeros=BARE, digit=1.0, down=-4.0, right=4.0)],
        grips={"digit": drag, "place": pick, "same place": pick},
        zeros=Choice("around the field", tuple(ZEROS), AROUND),
        digit=Knob("digit number", 1, SHOWN, value=1, step=1, colour="input"),
        down=Knob("moved down", -MOST, MOST, value=0, step=1, colour="input"),
        right=Knob("moved to the right", -MOST, MOST, value=0, step=1, colour="input"),
        drop=DROP,
    )
    two_columns(WHAT, FAIR)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

WHAT = """
## The same answer at every place

Each of 16 windows of 5 × 5 pixels looks everywhere. Of all its answers only the **largest** is kept: *that*
it has seen something, not *where*. Ten neurons turn these 16 numbers into the probabilities of ten digits,
by [[softmax]].

Move the digit, and the same pixels lie under the window, only elsewhere. The largest answer stays. So its map
is one even colour. The dense network has weights of its own for every pixel, and those at the edge have never
seen ink.
"""
FAIR = """
## Is the convolution better, then?

Not in the middle. Trained 20 times from different [[seeds]], both knew about as many of the digits that were
[[held out]]: 93.8 to 98.4 % by convolution, 93.8 to 96.9 % by the dense network. What the windows save is to
learn every place anew. They do with 586 numbers where the other one has 4,282.

And they need room. Choose *none* around the field: near the edge the windows that would reach over it are
missing, and the answer changes. *The same everywhere* has its conditions.
"""
EXACTLY = """
Both networks learnt from 1,348 digits for 60 rounds of 21 batches by Adam, at a rate of 0.01; 449 others are
held out, and 100 of those can be shown. Convolution, then ReLU, then the maximum over all places: the answers
move with the picture, and the maximum does not see a shift. That holds as long as every window that touches
ink lies in the field or its four rows of zeros, and some window sees no ink. It need not hold for networks
that keep places, as those do that end in a dense layer over all of them. Digits: Alpaydin and Kaynak, UCI
(1998), CC BY 4.0. The files that can be saved hold both networks.
"""
