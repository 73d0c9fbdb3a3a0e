"""What the ball of the landscape rolls on, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor, log10

import numpy as np
from numpy.typing import NDArray

from nn_core.arrays import FloatArray
from nn_core.grids import column, line, plane
from nn_core.learning.landscapes import LANDSCAPES, NEAR, Landscape, basins, behaviour, curvature, path
from nn_core.learning.loss_landscape import Slice, loss_landscape
from nn_core.learning.losses import MSE
from nn_core.networks.activations import SIGMOID
from nn_core.networks.network import Layer, Network
from pages.scenes.gradient_descent import mixer
from pages.shared.figures.drawings.chain import SYMBOLS
from pages.shared.figures.plots.relief import Relief

NEURON, PAIR = "one neuron: weight and bias", "two weights of the mixer"
STEPS = 60
GRID, FATE_GRID = 61, 41
# The scale of the learning rate ends a little above 2 / curvature, where descent beside a minimum diverges.
BEYOND, MOST_RATES = 2.2, 110
# Every step on a true loss is a backward pass, so there is room for fewer values.
MOST_TRUE_RATES = 60
# Fitted by the one neuron; the first sample is an outlier.
SAMPLES = (-2.0, -1.2, -0.6, 0.1, 0.7, 1.4, 2.0), (1.0, 0.0, 0.0, 0.3, 0.8, 0.9, 1.0)

Start = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which landscape: its name, and the mixer's two parameters, where it is theirs."""

    name: str
    across: str = ""
    up: str = ""


# ---- the ground -----------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Terrain:
    """What the ball rolls on.

    rates: how many learning rates there are above 0, and how far apart. step: of the scales of its start.
    """

    landscape: Landscape
    relief: Relief
    rates: tuple[int, float]
    step: float

    @property
    def true_loss(self) -> bool:
        """Whether it is the loss of a network."""
        return self.landscape.name not in LANDSCAPES

    @property
    def height(self) -> str:
        """What a height is called."""
        return "loss" if self.true_loss else "height"


@lru_cache(maxsize=64)
def terrain(asked: Asked) -> Terrain:
    """The landscape that is asked for."""
    name = asked.name
    if name in LANDSCAPES:
        return surveyed(LANDSCAPES[name], ("p", "q"), 0.02)
    if name == NEURON:
        start = Network((Layer(np.ones((1, 1)), np.zeros(1), SIGMOID),))
        x, y = (column(np.array(each)) for each in SAMPLES)
        ground = loss_landscape(name, Slice(start, x, y, MSE, (0, 1)), ((-6.0, 6.0), (-6.0, 6.0)), GRID)
        return surveyed(ground, ("weight w", "bias b"), 0.2)
    places = mixer.NAMES.index(asked.across), mixer.NAMES.index(asked.up)
    target = Slice(mixer.network(mixer.TEACHER), mixer.X, mixer.TARGET, MSE, places)
    ground = loss_landscape(name, target, ((-4.0, 4.0), (-4.0, 4.0)), GRID)
    return surveyed(ground, (SYMBOLS[asked.across], SYMBOLS[asked.up]), 0.2)


def surveyed(landscape: Landscape, titles: tuple[str, str], step: float) -> Terrain:
    """A landscape with its heights on a grid, its minima named, and a scale of learning rates to fit."""
    x, y = (line(ends, GRID) for ends in landscape.domain)
    heights = landscape(*plane(landscape.domain, GRID).T).reshape(GRID, GRID)
    bottoms = landscape(*np.array(landscape.minima).T)
    names = ["global minimum" if each - bottoms[0] < 1e-9 else "local minimum" for each in bottoms]
    if len(set(names)) < 2:
        names = ["minimum"] * len(names)
    minima = tuple((*point, name) for point, name in zip(landscape.minima, names, strict=True))
    seen = Relief(x, y, heights, titles, minima, float(bottoms[0]))
    sharpest = max(curvature(landscape, point) for point in landscape.minima)
    most = MOST_RATES if landscape.name in LANDSCAPES else MOST_TRUE_RATES
    return Terrain(landscape, seen, rates(BEYOND / sharpest, most), step)


def rates(highest: float, most: int) -> tuple[int, float]:
    """A scale from 0 to at least `highest` in `most` steps or fewer: their number, and their size.

    The size is 1, 2 or 5 times a power of ten.
    """
    least = highest / most * (1.0 - 1e-9)
    decade = floor(log10(least))
    size = next(each for each in (1, 2, 5, 10) if each * 10.0**decade >= least)
    step = float(f"{size}e{decade}")
    return ceil(highest / step - 1e-6), step


# ---- the ball -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moves:
    """How the ball moves: its learning rate, and the share of its last step that it keeps."""

    rate: float
    momentum: float


@dataclass(frozen=True, eq=False)
class Ball:
    """One descent of all its steps.

    moves: how it got there.
    points: shape (steps + 1, 2), NaN where it had been ended. heights: shape (steps + 1,), likewise.
    word: what it does. end: the place of the minimum that it ended in, or None.
    """

    moves: Moves
    points: FloatArray
    heights: FloatArray
    word: str
    end: int | None


@lru_cache(maxsize=1024)
def rolled(asked: Asked, start: Start, moves: Moves) -> Ball:
    """The descent from a start."""
    landscape = terrain(asked).landscape
    points = path(landscape, start, moves.rate, STEPS, moves.momentum)
    missing = STEPS + 1 - len(points)
    whole = np.pad(points, ((0, missing), (0, 0)), constant_values=np.nan)
    heights = np.pad(landscape(*points.T), (0, missing), constant_values=np.nan)
    near = [k for k, place in enumerate(landscape.minima) if np.hypot(*(points[-1] - place)) <= NEAR]
    return Ball(moves, whole, heights, behaviour(points, STEPS), near[0] if near and not missing else None)


@lru_cache(maxsize=512)
def ended(asked: Asked, moves: Moves) -> NDArray[np.int64]:
    """Where the descent from every point of a grid ends."""
    return basins(terrain(asked).landscape, FATE_GRID, moves.rate, STEPS, moves.momentum)


def where(asked: Asked, ball: Ball) -> str:
    """The name of the minimum that it ended in."""
    return "no minimum yet" if ball.end is None else terrain(asked).relief.minima[ball.end][2]
