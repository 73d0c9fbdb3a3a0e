"""Shared weights: the convolution as a dense layer, and what it means that all places have the same nine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.families.convolution import Beyond, as_matrix, shifted
from nn_core.networks.activations import IDENTITY
from nn_core.networks.network import Layer, Network
from pages.scenes.convolution.kernels import KERNELS
from pages.shared.digits.pictures import SIDE, held_out
from pages.shared.figures.axes import Figure
from pages.shared.figures.plots.pixels.squares import frame, pixels, squares
from pages.shared.figures.traces import Trace, marks
from pages.shared.numbers import grouped, small
from pages.shared.programs import files_of
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Handle, Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

PIXELS, NINE, FEW, HEIGHT = SIDE * SIDE, 9, 4, 290
DIFFERENT = "nine different"
# All are quarters, and pixels sixteenths: sums of their products have no rounding.
SHARED = {
    DIFFERENT: (-1.0, -0.75, -0.5, -0.25, 2.0, 0.25, 0.5, 0.75, 1.0),
    **{name: KERNELS[name] for name in ("upright edges", "outline")},
}
BEYOND: dict[str, Beyond] = {"the other side": "wrap", "zeros": "constant"}
WRAPPED, ZEROS = BEYOND
COUNTS = ("9", "64", "576", "4,096")
HOW_MANY = Question(
    f"{PIXELS} pixels, {PIXELS} units, {grouped(PIXELS**2)} weights: how many different numbers are among "
    "them, 0 aside?",
    COUNTS,
    {"shared": DIFFERENT, "own": 0.0},
)


@lru_cache
def convolving(shared: str, beyond: str) -> FloatArray:
    """The matrix of one of the SHARED nine numbers, shape (64, 64)."""
    kernel = np.array(SHARED[shared]).reshape(3, 3)
    return as_matrix(kernel, SIDE, SIDE, 1, BEYOND[beyond])


@dataclass(frozen=True)
class Scene:
    """A layer of 64 units that is a convolution, but for one weight that may go its own way."""

    shared: str
    beyond: str
    own: float
    down: int
    right: int
    unit: int

    @cached_property
    def matrix(self) -> FloatArray:
        """All weights: a row for each pixel, a column for each unit."""
        matrix = convolving(self.shared, self.beyond).copy()
        matrix[PIXELS // 2 + SIDE // 2, PIXELS // 2 + SIDE // 2] += self.own
        return matrix

    @property
    def weights(self) -> FloatArray:
        """Those of the unit that is looked at, as a picture."""
        return self.matrix[:, self.unit].reshape(SIDE, SIDE)

    def layer(self, x: FloatArray) -> FloatArray:
        """What comes out of a picture, as a picture."""
        return (x.ravel() @ self.matrix).reshape(SIDE, SIDE)

    def shift(self, x: FloatArray) -> FloatArray:
        """A picture, moved."""
        return shifted(x, self.down, self.right, BEYOND[self.beyond])

    @cached_property
    def orders(self) -> tuple[FloatArray, FloatArray]:
        """A digit, first shifted and then put through the layer; and the other way round."""
        digit = held_out().pictures[0]
        return self.layer(self.shift(digit)), self.shift(self.layer(digit))

    @cached_property
    def apart(self) -> float:
        """How far the two are from each other, at most."""
        return float(np.abs(self.orders[0] - self.orders[1]).max())

    @property
    def different(self) -> int:
        """How many different numbers are among the weights, 0 aside."""
        return len(np.unique(self.matrix[self.matrix != 0.0]))

    @property
    def used(self) -> int:
        """How many weights of the unit are not 0."""
        return int(np.count_nonzero(self.weights))


def picture(
    shared: str, beyond: str, own: float, down: float, right: float, unit: float, how_many: str = NOTHING
) -> Picture:
    """The matrix of the layer, the weights of one unit, and a digit shifted before and after."""
    scene = Scene(shared, beyond, own, int(down), int(right), int(unit) - 1)
    largest = float(np.abs(scene.orders).max())
    before, after = (pixels("answers", each / largest, signed=True) for each in scene.orders)
    return Picture(
        [
            matrix(scene),
            looked_at(scene),
            squares("shifted, then through the layer", [before], (SIDE, SIDE), HEIGHT),
            squares("through the layer, then shifted", [after, differing(scene)], (SIDE, SIDE), HEIGHT),
        ],
        beside=True,
        handles=[Handle("unit", float(scene.unit), -PIXELS + 6.0)],
        files=files_of(
            Network((Layer(scene.matrix, np.zeros(PIXELS), IDENTITY),)),
            held_out().pictures[0].reshape(1, -1),
        ),
        readouts=readouts(scene),
        measures={"largest difference": scene.apart, "different numbers": float(scene.different)},
        tasks=tasks(scene) | {HOW_MANY.label: judged(how_many)},
        description=f"Of {grouped(PIXELS**2)} weights {np.count_nonzero(scene.matrix)} are not 0, and among "
        f"them are {scene.different} different numbers. Shifted first or last, the answers differ by at most "
        f"{small(scene.apart)}.",
    )


def matrix(scene: Scene) -> Figure:
    """All weights, and the column of the unit that is looked at."""
    shades = pixels("weights", scene.matrix / np.abs(scene.matrix).max(), signed=True)
    column = frame("unit", 0, scene.unit, 1, "input", 2, high=PIXELS)
    title = "all weights: a row a pixel, a column a unit"
    return squares(title, [shades, column], (PIXELS, PIXELS), HEIGHT)


def looked_at(scene: Scene) -> Figure:
    """The weights of one unit where its pixels are, and its own place."""
    shades = pixels("weights", scene.weights / np.abs(scene.matrix).max(), signed=True)
    place = frame("unit", scene.unit // SIDE, scene.unit % SIDE, 1, "input", 2)
    return squares("the framed unit’s column, as a picture", [shades, place], (SIDE, SIDE), HEIGHT)


def differing(scene: Scene) -> Trace:
    """A mark at each pixel in which the two orders differ."""
    before, after = scene.orders
    rows, columns = np.indices(before.shape).astype(float)
    there = before != after
    x, y = (np.where(there, each, np.nan).ravel() for each in (columns, -rows))
    return marks("differs", x, y, "error", symbol="x")


def readouts(scene: Scene) -> dict[str, str | None]:
    """What the matrix is made of, and the difference."""
    return {
        "weights that are not 0": f"{np.count_nonzero(scene.matrix)} of {grouped(PIXELS**2)}",
        "different numbers, 0 aside": str(scene.different),
        "of this unit not 0": str(scene.used),
        "largest difference": "exactly 0" if scene.apart == 0.0 else small(scene.apart),
    }


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Break it at the edge and from within, and find a corner."""
    found = f"The largest difference is {small(scene.apart)}."
    return {
        "Break it at the edge: zeros come in, all weights are shared, and the two orders differ.": Verdict(
            scene.beyond == ZEROS and scene.own == 0.0 and scene.apart > 0.0, found
        ),
        "Break it from within: beyond the edge is the other side, and still the orders differ.": Verdict(
            scene.beyond == WRAPPED and scene.apart > 0.0, found
        ),
        "Find a unit of nine different weights that uses only four of them.": Verdict(
            scene.shared == DIFFERENT and scene.used == FEW,
            f"Of this unit {scene.used} weights are not 0.",
            max(scene.used - FEW, 0) if scene.shared == DIFFERENT else None,
        ),
    }


def judged(chosen: str) -> Verdict:
    """As many as the window has."""
    count = Scene(DIFFERENT, WRAPPED, 0.0, 0, 0, 0).different
    why = f"Every column has the same {NINE} numbers, each time one place further on. All the rest is 0."
    return answer(chosen, str(count), why)


def show() -> None:
    """The stage of the matrix, and the words below it."""
    st.markdown(
        "A dense layer has a weight for every pixel and every unit. A convolution **is** such a layer, but "
        "most of its weights are 0, and the others are the same few, over and over. Drag *unit* along the "
        "matrix."
    )
    stage(
        "shared",
        picture,
        presets=[
            Preset("a weight of its own", {"own": 2.0}),
            Preset("over the edge", {"beyond": ZEROS, "down": 3.0, "right": 3.0}),
            Preset("a corner", {"beyond": ZEROS, "unit": 1.0}),
        ],
        shared=Choice("the nine numbers", tuple(SHARED), DIFFERENT),
        beyond=Choice("beyond the edge", tuple(BEYOND), WRAPPED),
        unit=Knob("unit", 1, PIXELS, value=28, step=1, colour="input"),
        down=Knob("shifted down", -4, 4, value=1, step=1, colour="target"),
        right=Knob("shifted to the right", -4, 4, value=2, step=1, colour="target"),
        own=Knob("one weight goes its own way, by", -2, 2, value=0, step=0.25, colour="weight"),
        how_many=HOW_MANY,
    )
    two_columns(WHAT, WHY)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

WHAT = """
## Stripes

Each column holds the weights of one unit: nine of the 64 are its window, the others are 0. The next unit has
the same nine, one pixel on. So the matrix has stripes. Of 4,096 weights 576 are not 0, and among them are
**nine** different numbers. Only these nine have to be learnt, stored and sent.

Unlike a dense layer it knows from the start that pixels have neighbours.
"""
WHY = """
## Shift first, or last?

Both pictures below come from the same digit, and they are equal: exactly 0 lies between them. Whoever treats
all places alike cannot tell whether a picture was shifted before or after. That is what sharing buys.

Let **one** of the 4,096 weights go its own way, and it is over: a mark stands wherever the two differ. Let
zeros come in at the edge and push the digit over it, and they differ there: what is pushed out is lost, and
the window at the edge misses it.
"""
EXACTLY = """
Rows of the matrix are images of pictures of one pixel. Where the picture goes on at its other side, the
matrix consists of circulant blocks; with zeros beyond the edge, of Toeplitz blocks: along each diagonal
stands one number. A linear layer commutes with all shifts of a picture that closes on itself **if and only
if** it is such a convolution, with a window as large as the picture: its answer to one pixel, shifted, is its
answer to the shifted pixel, and these answers are its rows. The nine numbers are quarters and pixels
sixteenths, so that no sum is rounded, and equal means equal.
"""
