"""Folding: a sheet folded again and again, one straight cut through it, and the sheet laid out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import cos, radians, sin
from typing import Any

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.building.deep.folding import folds, most_parts, parts, unfolded
from nn_core.grids import lattice
from nn_core.networks.activations import SIGMOID
from nn_core.networks.network import Layer, Network
from nn_core.plane.lines import line_through_square
from pages.shared.figures.axes import Figure
from pages.shared.figures.plots.deep import sheet
from pages.shared.figures.plots.plane import View
from pages.shared.figures.traces import joined
from pages.shared.numbers import plain
from pages.shared.programs import files_of
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Grip, Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

VIEW, MOST = View(1.0, 81), 4
STEEP = 12.0
# Images of one place that are this near to each other are one.
MEET = 1e-6
COUNTS = {"16": 16, "64": 64, "137": 137, "256": 256}
HOW_MANY = Question(
    f"One layer of {4 * MOST} units makes at most {most_parts(4 * MOST)} straight parts. How many make "
    f"{MOST} folds, with as many units?",
    tuple(COUNTS),
    {"times": float(MOST)},
)


@lru_cache
def counted(times: int) -> int:
    """The straight parts of so many folds: places in the middle between all creases are looked at."""
    cells = 4 * 2**times
    inside = (np.arange(cells) + 0.5) * 2.0 / cells - 1.0
    return parts(folds(times), lattice(inside, inside))


@lru_cache
def folded(times: int) -> FloatArray:
    """Where each point of the view comes to lie, shape (side^2, 2)."""
    return folds(times)(VIEW.points)


@dataclass(frozen=True)
class Scene:
    """A sheet folded so often, a neuron that cuts it, and a place on the sheet."""

    times: int
    angle: float
    shift: float
    place: tuple[float, float]

    @cached_property
    def neuron(self) -> Layer:
        """The neuron that reads the folded sheet: class 1 on the side to which the angle points."""
        turned = radians(self.angle)
        weights = STEEP * np.array([[cos(turned)], [sin(turned)]])
        return Layer(weights, np.array([-STEEP * self.shift]), SIGMOID)

    @property
    def network(self) -> Network:
        """The folds, and the neuron behind them."""
        return Network((*folds(self.times).layers, self.neuron))

    @property
    def cut(self) -> FloatArray:
        """The ends of the neuron's line on the folded sheet, shape (2, 2), NaN where it passes by."""
        weights = self.neuron.weights[:, 0]
        return np.column_stack(line_through_square(weights, float(self.neuron.biases[0]), VIEW.half))

    def sides(self, places: FloatArray) -> FloatArray:
        """What the neuron says of places on the folded sheet, shape (n, 2): from 0 to 1, shape (n,)."""
        return Network((self.neuron,))(places)[:, 0]

    @cached_property
    def below(self) -> FloatArray:
        """Where the place lies on the folded sheet, shape (1, 2)."""
        return folds(self.times)(np.array([self.place]))

    @cached_property
    def images(self) -> FloatArray:
        """All places that lie on it there, shape (4^L, 2)."""
        return unfolded(self.below, self.times)[:, 0]

    @property
    def distinct(self) -> int:
        """How many of them there are."""
        return len(np.unique(np.round(self.images / MEET), axis=0))


def picture(times: float, angle: float, shift: float, x: float, y: float, how_many: str = NOTHING) -> Picture:
    """The sheet laid out, with all images of the cut and of the place; and the sheet folded."""
    scene = Scene(int(times), angle, shift, (x, y))
    u, v = scene.below[0].tolist()
    return Picture(
        [laid_out(scene), folded_up(scene)],
        beside=True,
        grips=[Grip("place", x, y, colour="input", anywhere=True)],
        files=files_of(scene.network, np.array([[x, y], [u, v]])),
        readouts=readouts(scene),
        measures={"straight parts": float(counted(scene.times)), "folds": float(scene.times)},
        tasks=tasks(scene) | {HOW_MANY.label: judged(how_many)},
        description=f"A sheet folded {scene.times} times has {counted(scene.times)} straight parts. The "
        f"place ({plain(x)}, {plain(y)}) comes to lie at ({plain(u)}, {plain(v)}), with {scene.distinct} "
        "places in all.",
    )


def laid_out(scene: Scene) -> Figure:
    """The sheet: what the network says of each point, all images of the cut, and those of the place."""
    ends = unfolded(scene.cut, scene.times)
    most = 4**MOST
    images = np.pad(scene.images, ((0, most - len(scene.images)), (0, 0)), constant_values=np.nan)
    cut = joined(ends[..., 0], ends[..., 1], most)
    return sheet.sheet(("x, laid out", "y"), scene.sides(folded(scene.times)), cut, images, VIEW)


def folded_up(scene: Scene) -> Figure:
    """The folded sheet, as the neuron sees it."""
    across, up = scene.cut.T
    names = ("x, folded", "y, folded")
    return sheet.sheet(names, scene.sides(VIEW.points), (across, up), scene.below, VIEW)


def readouts(scene: Scene) -> dict[str, str | None]:
    """The parts of the deep network, and the most that one layer of as many units can have."""
    units = 4 * scene.times
    return {
        "hidden units": f"{units} in {scene.times} {'layer' if scene.times == 1 else 'layers'}",
        "straight parts": str(counted(scene.times)),
        "as many units in one layer": f"at most {most_parts(units)}",
        "images of the place": str(scene.distinct),
    }


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Overtake one layer, and find a crease."""
    units = 4 * scene.times
    deep, wide, images = counted(scene.times), most_parts(units), 4**scene.times
    return {
        "Fold until there are more straight parts than one layer of as many units can have.": Verdict(
            deep > wide,
            f"{units} units: {deep} parts, and one layer has at most {wide}.",
            max(wide - deep, 0),
        ),
        "Bring the place onto a crease, so that some of its images meet.": Verdict(
            scene.distinct < images, f"It has {scene.distinct} of {images} images.", crease(scene)
        ),
    }


def crease(scene: Scene) -> float:
    """How far the nearest image is from its neighbour's crease: how near the folded place is to an edge."""
    return float(1.0 - np.abs(scene.below).max())


def judged(chosen: str) -> Verdict:
    """How many parts the most folds make."""
    found = str(counted(MOST))
    return answer(chosen, found, f"Each fold makes four times as many: {found}.")


def grab(values: Mapping[str, Any], x: float, y: float) -> dict[str, float]:
    """The place is where the hand is."""
    return {"x": x, "y": y}


def show() -> None:
    """The stage of the folded sheet, and the words below it."""
    st.markdown(
        "Each layer of four units folds a sheet along both axes, and stretches it again. Behind the last "
        "fold **one** neuron cuts it straight. Lay the sheet out: every cut is there many times."
    )
    stage(
        "folding",
        picture,
        presets=[Preset("the same, four times over", {"times": 4.0})],
        grips={"place": grab},
        times=Knob("folds L", 1, MOST, value=2, step=1, colour="network"),
        angle=Knob("angle of the cut, °", 0, 360, value=30, step=6, colour="weight"),
        shift=Knob("shift of the cut", -1, 1, value=0.2, step=0.02, colour="bias"),
        x=Knob("x of the place", -1, 1, value=0.3, step=0.01, colour="input"),
        y=Knob("y of the place", -1, 1, value=0.6, step=0.01, colour="input"),
        how_many=HOW_MANY,
    )
    two_columns(WHAT, COUNTED)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

WHAT = """
## What a layer does to a sheet

The layer computes 1 − 2|x| and 1 − 2|y|, and |x| is ReLU(x) + ReLU(−x): two units for each axis. So left is
laid on right, and top on bottom. Four places come to lie on one, then sixteen, and so on: drag the place, and
all its images move with it.

The neuron at the end cuts what it is given **once**, straight. On the sheet laid out that cut is there once
in every part. One layer would have to make each piece of that pattern by itself.
"""
COUNTED = """
## Does depth always win?

No. With one, two and three folds, one layer of as many units can have **more** straight parts than the folds
have: 11 against 4, 37 against 16, 79 against 64. From the fourth fold on depth is ahead: 256 against 137.
Every fold makes four times as many parts; in one layer the number grows only like the square of the units.

More parts do not mean a better network. These parts all carry the same pattern, in mirror images.
"""
EXACTLY = """
The parts are counted: two places count as one part where the same units are on. Places in the middle between
all creases are looked at. One layer of n ReLUs has at most 1 + n + n(n − 1)/2 parts, as many as n lines cut
out of the plane (Zaslavsky 1975), for each unit bends along one line. Folding as a measure of depth is due to
Montúfar, Pascanu, Cho and Bengio (2014). The colours are the neuron's answer at 81 × 81 points; the line
between them is computed by unfolding the cut.
"""
