"""Typical: how many straight pieces deep networks have whose weights nobody has chosen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.building.deep.pieces import kinks, most_pieces
from nn_core.grids import column, line
from nn_core.networks.activations import RELU
from nn_core.networks.initialisation import HE, first_network
from nn_core.networks.network import Network
from pages.shared.figures.plots.deep import pieces
from pages.shared.numbers import grouped, plain
from pages.shared.programs import files_along
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.stage.stage import stage

DOMAIN, UNITS, SEEDS = (-2.0, 2.0), 24, 100
X = line(DOMAIN, 401)
DEPTHS = (1, 2, 3, 4, 6, 8)
SHAPES = {f"{depth} × {UNITS // depth}": (UNITS // depth,) * depth for depth in DEPTHS}
FLAT, *_, DEEPEST = SHAPES
FEW = 10
MORE, FEWER, SAME = "far more", "fewer", "about as many"
HOW_MANY = Question(
    f"Random weights, and {UNITS} units in {DEPTHS[-1]} layers instead of one: how many straight pieces?",
    (MORE, SAME, FEWER),
    {"shape": DEEPEST},
)


def sampled(widths: tuple[int, ...], seed: int) -> Network:
    """A network of these hidden layers whose weights are random."""
    return first_network((1, *widths, 1), RELU, HE, np.random.default_rng(seed))


@lru_cache
def counts(widths: tuple[int, ...]) -> FloatArray:
    """How many pieces each of the seeds has, shape (SEEDS,)."""
    found = [len(kinks(sampled(widths, seed), DOMAIN)) - 1 for seed in range(1, SEEDS + 1)]
    return np.array(found, dtype=float)


@dataclass(frozen=True)
class Scene:
    """A random network of one of the shapes."""

    widths: tuple[int, ...]
    seed: int

    @cached_property
    def network(self) -> Network:
        """The network."""
        return sampled(self.widths, self.seed)

    @cached_property
    def ends(self) -> FloatArray:
        """Where its pieces end."""
        return kinks(self.network, DOMAIN)

    @property
    def pieces(self) -> int:
        """How many there are."""
        return len(self.ends) - 1

    @property
    def mean(self) -> float:
        """How many there are on average over all seeds."""
        return float(counts(self.widths).mean())

    @property
    def most(self) -> int:
        """How many a network of that shape can have."""
        return most_pieces(self.widths)


def picture(shape: str, seed: float, how_many: str = NOTHING) -> Picture:
    """A network of random weights, where it bends, and how many pieces are typical and how many possible."""
    scene = Scene(SHAPES[shape], int(seed))
    inner = scene.ends[1:-1]
    heights = scene.network(column(inner))[:, 0]
    means = np.array([counts(widths).mean() for widths in SHAPES.values()])
    most = np.array([float(most_pieces(widths)) for widths in SHAPES.values()])
    now = float(len(scene.widths)), float(scene.pieces)
    return Picture(
        [
            pieces.bends(X, scene.network(column(X))[:, 0], inner, heights, room=4 * UNITS),
            pieces.typical_and_possible(np.array(DEPTHS, dtype=float), means, most, now),
        ],
        files=files_along(scene.network, DOMAIN),
        readouts={
            "straight pieces": str(scene.pieces),
            f"on average, {SEEDS} seeds": plain(scene.mean, 1),
            "possible, at most": grouped(scene.most),
            "parameters": str(scene.network.n_parameters),
        },
        measures={"straight pieces": float(scene.pieces), "hidden layers": now[0]},
        tasks=tasks(scene) | {HOW_MANY.label: judged(how_many)},
        description=f"A random network of {shape} units has {scene.pieces} straight pieces; "
        f"{plain(scene.mean, 1)} on average, and at most {grouped(scene.most)}.",
    )


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Look for a lucky seed, deep and flat."""
    deep = len(scene.widths)
    goal = UNITS + 1
    found = f"{scene.pieces} pieces from {deep} {'layer' if deep == 1 else 'layers'} and seed {scene.seed}."
    return {
        f"Find a seed with more pieces than one layer of {UNITS} can have: more than {goal}.": Verdict(
            scene.pieces > goal, found, max(goal + 1 - scene.pieces, 0)
        ),
        f"Find a seed with fewer than {FEW} pieces, though {UNITS} units could make more.": Verdict(
            scene.pieces < FEW, found, max(scene.pieces + 1 - FEW, 0)
        ),
    }


def judged(chosen: str) -> Verdict:
    """How the deepest shape compares with one layer, on average."""
    flat, deep = (float(counts(SHAPES[shape]).mean()) for shape in (FLAT, DEEPEST))
    right = MORE if deep > 1.5 * flat else FEWER if deep < flat / 1.5 else SAME
    most = grouped(most_pieces(SHAPES[DEEPEST]))
    return answer(
        chosen, right, f"{plain(deep, 1)} instead of {plain(flat, 1)}, though {most} would be possible."
    )


def show() -> None:
    """The stage of random networks, and the words below it."""
    st.markdown(
        "The tents are one very special deep network. Take **random** weights instead, and spread the same "
        "24 units over more and more layers. Play *seed*: is a deep network typically more bent?"
    )
    stage(
        "typical",
        picture,
        shape=Choice("layers × units", tuple(SHAPES), tuple(SHAPES)[2]),
        seed=Knob("seed", 1, SEEDS, value=1, step=1, colour="network"),
        how_many=HOW_MANY,
    )
    two_columns(POSSIBLE, TYPICAL)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

POSSIBLE = """
## What is possible

A layer of n ReLUs bends a straight piece at most n times, and so makes at most n + 1 pieces out of one. The
next layer does the same to each of those. So 8 layers of 3 units have at most 4⁸ = 65,536 pieces, and one
layer of 24 units at most 25. The dashed line shows it: it **explodes** with depth.
"""
TYPICAL = """
## What is typical

The dots show how many pieces random networks have on average. They do not follow. That such weights **exist**
does not mean that one meets them: where [[training]] starts, a deep network is hardly more bent than a flat
one, and often less. The number grows with the number of units, however they are stacked.

So more pieces are not what makes deep networks good at once. They have to be **found**, as the next scene
tries.
"""
EXACTLY = """
Weights are normal with variance 2 divided by the inputs of the unit, biases lie evenly between −½ and ½.
Pieces are counted exactly on the interval from −2 to 2, layer by layer: a piece ends where a unit turns on or
off. Hanin and Rolnick (2019) prove that on average the number of pieces along a line grows at most like the
number of units, whatever the depth, for weights and biases spread as in such a start.
"""
