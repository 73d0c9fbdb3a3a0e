"""The window: nine products and their sum, at every place of a picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.families.convolution import convolved
from nn_core.networks.activations import IDENTITY
from nn_core.networks.network import Layer, Network
from pages.scenes.convolution.kernels import (
    BLUR,
    KERNELS,
    NAMES,
    OUT,
    PICTURES,
    SIDE,
    SIZE,
    kernel_of,
    values_of,
)
from pages.shared.figures.axes import Figure
from pages.shared.figures.drawings.pixels.products import products
from pages.shared.figures.plots.pixels.squares import frame, pixels, squares
from pages.shared.numbers import lowered, plain, signed
from pages.shared.programs import files_of
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Grip, Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

ROUNDING, STRONG, MOST = 1e-9, 2.0, 4.0
ZERO, GREY, NINE = "0", "the grey of the ground", "nine times the grey"
FLAT = Question(
    "The nine numbers add up to 0. What comes out where the picture is one even grey?",
    (ZERO, GREY, NINE),
    values_of("upright edges"),
)


@dataclass(frozen=True, eq=False)
class Scene:
    """A picture, nine numbers, and the place of the window's first pixel, from 0."""

    x: FloatArray
    kernel: FloatArray
    row: int
    column: int

    @cached_property
    def y(self) -> FloatArray:
        """What comes out at every place."""
        answers: FloatArray = convolved(self.x[np.newaxis], self.kernel)[0]
        return answers

    @property
    def seen(self) -> FloatArray:
        """The pixels under the window."""
        return self.x[self.row : self.row + SIDE, self.column : self.column + SIDE]

    @property
    def here(self) -> float:
        """What comes out at the window's place."""
        return float(self.y[self.row, self.column])

    @property
    def total(self) -> float:
        """The sum of the nine numbers: what flat ground of grey 1 gives; 0 where only rounding is left."""
        found = float(self.kernel.sum())
        return found if abs(found) > ROUNDING else 0.0

    @property
    def strongest(self) -> float:
        """The largest number that comes out, whatever its sign."""
        return float(np.abs(self.y).max())

    @property
    def reach(self) -> float:
        """The largest size that could come out of any picture from 0 to 1; 1 for nine zeros."""
        return float(max(self.kernel.clip(0).sum(), -self.kernel.clip(None, 0).sum())) or 1.0

    @property
    def moved(self) -> bool:
        """Whether the picture comes out one pixel on, in one of eight directions."""
        others = [place for place in product(range(SIDE), repeat=2) if place != (1, 1)]
        still = np.array_equal(self.y, self.x[1 : 1 + OUT, 1 : 1 + OUT])
        return not still and any(np.array_equal(self.y, self.x[u : u + OUT, v : v + OUT]) for u, v in others)


def picture(subject: str, row: float, column: float, flat: str = NOTHING, **numbers: float) -> Picture:
    """A picture with a window on it, what is calculated there, and what comes out everywhere."""
    scene = Scene(PICTURES[subject], kernel_of(numbers), int(row) - 1, int(column) - 1)
    middle = scene.column + 1.0, -scene.row - 1.0
    return Picture(
        [given(scene), found(scene)],
        beside=True,
        diagram=products(scene.seen, scene.kernel),
        grips=[
            Grip("window", *middle, colour="input", anywhere=True),
            Grip("answer", float(scene.column), -float(scene.row), plot=1, colour="network", anywhere=True),
        ],
        files=files_of(neuron(scene.kernel), scene.seen.reshape(1, -1)),
        readouts=readouts(scene),
        measures={
            "numbers that are not 0": float(np.count_nonzero(scene.kernel)),
            "sum of the nine": abs(scene.total),
            "strongest answer": scene.strongest,
        },
        tasks=tasks(scene) | {FLAT.label: judged(flat)},
        description=f"The window in row {scene.row + 1} and column {scene.column + 1} gives "
        f"{signed(scene.here)}. All over the picture the strongest answer is {plain(scene.strongest)}.",
    )


def neuron(kernel: FloatArray) -> Network:
    """The window as what it is: one neuron of nine inputs, without bias and activation."""
    return Network((Layer(kernel.reshape(-1, 1), np.zeros(1), IDENTITY),))


def given(scene: Scene) -> Figure:
    """The picture and the window on it."""
    window = frame("window", scene.row, scene.column, SIDE, "input", 4)
    return squares("picture x", [pixels("picture", scene.x), window], (SIZE, SIZE))


def found(scene: Scene) -> Figure:
    """What comes out, and where the window's answer stands."""
    shades = pixels("answers", scene.y / scene.reach, signed=True)
    place = frame("answer", scene.row, scene.column, 1, "network", 4)
    return squares("answers y: blue above 0, orange below", [shades, place], (OUT, OUT))


def readouts(scene: Scene) -> dict[str, str | None]:
    """The answer here, the largest ones, and what flat ground gives."""
    return {
        "y at the window": signed(scene.here),
        "largest y": signed(float(scene.y.max())),
        "smallest y": signed(float(scene.y.min())),
        "sum of the nine numbers": signed(scene.total, 1),
    }


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Find edges, move a picture, and find the place."""
    most = float(scene.y.max())
    weak = max(STRONG - scene.strongest, 0.0)
    return {
        f"Make even ground vanish: a sum of 0, and still an answer of size {plain(STRONG, 0)}.": Verdict(
            scene.total == 0.0 and not weak,
            f"The sum is {signed(scene.total, 1)}, the strongest answer {plain(scene.strongest)}.",
            abs(scene.total) + weak,
        ),
        "Move the picture: let exactly what you see come out, one pixel further on.": Verdict(
            scene.moved, f"{np.count_nonzero(scene.kernel)} of the nine numbers are not 0."
        ),
        "Put the window where the answer is largest, and more than 1.": Verdict(
            scene.here == most > 1.0,
            f"It is {signed(scene.here)} here, and {signed(most)} at the best place.",
            most - scene.here + max(1.0 - most, 0.0),
        ),
    }


def judged(chosen: str) -> Verdict:
    """Nine equal pixels: the grey times the sum of the nine numbers."""
    grey = np.full((1, SIDE, SIDE), 0.5)
    value = float(convolved(grey, np.array(KERNELS["upright edges"]).reshape(SIDE, SIDE)).item())
    right = ZERO if value == 0.0 else GREY
    return answer(chosen, right, "The grey is multiplied by the sum of the numbers. Only changes are seen.")


def look(values: Mapping[str, Any], x: float, y: float) -> dict[str, float]:
    """The window's middle is where the hand is."""
    return {"row": 1.0 + _within(-y - 1.0), "column": 1.0 + _within(x - 1.0)}


def point(values: Mapping[str, Any], x: float, y: float) -> dict[str, float]:
    """The window whose answer is where the hand is."""
    return {"row": 1.0 + _within(-y), "column": 1.0 + _within(x)}


def _within(place: float) -> float:
    return float(min(max(round(place), 0), OUT - 1))


def show() -> None:
    """The stage of the window, and the words below it."""
    st.markdown(
        "Drag the window over the picture. Under it lie nine pixels; each is multiplied by its own number, "
        "and the products are added. That sum is **one** pixel of the answer."
    )
    nine: dict[str, Any] = {name: number(name, BLUR) for name in NAMES}
    stage(
        "window",
        picture,
        presets=[Preset(name.removesuffix(" edges"), values_of(name)) for name in KERNELS],
        grips={"window": look, "answer": point},
        subject=Choice("picture", tuple(PICTURES), "box"),
        row=Knob("window’s row", 1, OUT, value=2, step=1, colour="input"),
        column=Knob("window’s column", 1, OUT, value=2, step=1, colour="input"),
        **nine,
        flat=FLAT,
    )
    two_columns(WHAT, EDGES)
    more_exactly(EXACTLY)


def number(name: str, value: float) -> Knob:
    """One of the nine, named by its row and column in the window."""
    label = f"k{lowered(int(name[1:]))}"
    return Knob(label, -MOST, MOST, value=value, step=0.1, colour="weight")


# ---- the words ----------------------------------------------------------------------------------------

WHAT = """
## One neuron, everywhere

Under the window sits a neuron of nine inputs. Its nine weights are called the **kernel**. It looks at one
small place, writes down its answer, moves one pixel on, and looks again, **with the same nine weights**. All
its answers together are a new picture. This is a [[convolution]].

Nine equal numbers blur. Press *upright*, then *outline*. Nobody has told the picture where its edges are.
They come out because of nine numbers.
"""
EDGES = """
## Why edges?

On even ground all nine pixels are equal. Then the answer is their grey times the **sum of the nine
numbers**. With a sum of 0 even ground is silent, dark or bright, and only changes speak.

*Upright* takes the left column from the right one: blue where it gets darker to the right, orange where
it gets lighter. It does not see level edges at all: drag the window onto one.
"""
EXACTLY = """
y[i, j] = Σ k[u, v] · x[i + u, j + v], summed over the nine places u, v of the window. Mathematics calls that
a *cross-correlation*; its convolution turns the kernel by half a turn first. Where the nine numbers are
learnt this makes no difference, and deep learning says *convolution* for both. The window lies wholly on the
picture, so 10 × 10 pixels give 8 × 8 answers. Their colours show y as a share of the largest size that these
nine numbers could give on any picture between 0 and 1. Networks that look through shared windows go back to
Fukushima (1980); LeCun and others (1989) trained them by gradient descent.
"""
