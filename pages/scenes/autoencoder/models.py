"""The networks of the lesson: how they learn, and those that have learnt, which stand in a file beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.families.autoencoders import Autoencoder, divided, principal
from nn_core.families.variational import Variational, divergence, varied
from nn_core.learning.losses import BINARY_CROSS_ENTROPY, MSE, Loss
from nn_core.learning.optimisers import ADAM
from nn_core.learning.training import Recipe, Training, learning
from nn_core.networks.activations import IDENTITY, SIGMOID, TANH
from nn_core.networks.initialisation import random_network
from nn_core.networks.network import Network, parameters, with_parameters
from pages.shared.digits.pictures import SIDE, held_out, to_learn

PIXELS, CODE, HIDDEN = SIDE**2, 2, 24
BETAS = tuple(step / 4 for step in range(15))
# One seed is shown; so many are measured.
SHOWN, SEEDS = 1, 20
RATE, BATCH, ITERATIONS = 0.01, 64, 1760
SAMPLES = 200
FILE = Path(__file__).with_name("learnt.npz")


def pixels(pictures: FloatArray) -> FloatArray:
    """Pictures as rows, shape (n, 64)."""
    return pictures.reshape(len(pictures), PIXELS)


@lru_cache(maxsize=1)
def learnt_from() -> FloatArray:
    """The pictures to learn from, as rows."""
    return pixels(to_learn().pictures)


@lru_cache(maxsize=1)
def kept_back() -> FloatArray:
    """Those held out, as rows."""
    return pixels(held_out().pictures)


@lru_cache(maxsize=1)
def mean_picture() -> FloatArray:
    """The mean of the pictures to learn from, shape (64,)."""
    mean: FloatArray = learnt_from().mean(axis=0)
    return mean


def error(given_back: FloatArray, pictures: FloatArray) -> float:
    """The mean square error of a pixel."""
    return float(np.mean((given_back - pictures) ** 2))


# ---- how they learn -----------------------------------------------------------------------------------


def recipe(loss: Loss, seed: int) -> Recipe:
    """Adam, on a few pictures at a time."""
    return Recipe(loss, ADAM, RATE, BATCH, seed)


def bent_start(seed: int) -> Autoencoder:
    """64 → 24 → 2 → 24 → 64 with random weights; the code is not squeezed by any activation."""
    sizes = (PIXELS, HIDDEN, CODE, HIDDEN, PIXELS)
    layers = list(random_network(sizes, TANH, np.random.default_rng(seed), SIGMOID).layers)
    layers[1] = replace(layers[1], activation=IDENTITY)
    return divided(Network(tuple(layers)), 2)


@dataclass(frozen=True, slots=True)
class Bent:
    """The training of the bent autoencoder, as a course is.

    Attributes:
        seed: of the first weights, and of the order of the digits.
        iterations: the number of steps.
        keep: a network is kept after each so many steps.
    """

    seed: int
    iterations: int = ITERATIONS
    keep: int = ITERATIONS

    def growing(self) -> Iterator[Training]:
        """Its training as it goes on."""
        x, start = learnt_from(), bent_start(self.seed).network
        return learning(start, x, x, recipe(MSE, self.seed), iterations=self.iterations, keep=self.keep)

    def shorter(self, iterations: int) -> Self:
        """The same, ended after so many steps."""
        return replace(self, iterations=iterations)


def variational_start(seed: int) -> Variational:
    """64 → 24 → 2 places and 2 log variances; 2 → 24 → 64 logits, of which the sigmoid is the ink."""
    generator = np.random.default_rng(seed)
    encoder = random_network((PIXELS, HIDDEN, 2 * CODE), TANH, generator)
    return Variational(encoder, random_network((CODE, HIDDEN, PIXELS), TANH, generator))


def variational_learnt(beta: float, seed: int) -> Variational:
    """The variational autoencoder at the end of its training, whose loss is counted in nats."""
    steps = varied(
        variational_start(seed), learnt_from(), beta, recipe(BINARY_CROSS_ENTROPY, seed), ITERATIONS
    )
    *_, (model, _) = steps
    return drawing(model)


def drawing(model: Variational) -> Variational:
    """The same, but its decoder gives ink from 0 to 1 instead of logits."""
    *hidden, last = model.decoder.layers
    return Variational(model.encoder, Network((*hidden, replace(last, activation=SIGMOID))))


# ---- what is measured of them -------------------------------------------------------------------------


class Measures(NamedTuple):
    """What is measured of a variational autoencoder, on pictures held out.

    error: the mean square error of a pixel. nats: what the code says. apart: how far pictures of random codes
    are from their mean, as a mean square of a pixel.
    """

    error: float
    nats: float
    apart: float


def measured(model: Variational) -> Measures:
    """The three, of a model that draws."""
    drawn = model.decoder(random_codes())
    return Measures(
        error(model(kept_back()), kept_back()),
        float(divergence(model.encoder(kept_back())).sum(axis=1).mean()),
        float(drawn.var(axis=0).mean()),
    )


@lru_cache(maxsize=1)
def random_codes() -> FloatArray:
    """Places from normal(0, 1), always the same: shape (SAMPLES, 2)."""
    return np.random.default_rng(0).normal(size=(SAMPLES, CODE))


# ---- those that have learnt ---------------------------------------------------------------------------


class Learnt(NamedTuple):
    """What the file holds.

    bent: the bent autoencoder of the seed shown. variational: those of each of the BETAS. bent_errors: of all
    seeds, shape (SEEDS,). measures: of each of the BETAS and of all seeds, shape (3, len(BETAS), SEEDS).
    """

    bent: Autoencoder
    variational: tuple[Variational, ...]
    bent_errors: FloatArray
    measures: FloatArray


@lru_cache(maxsize=1)
def learnt() -> Learnt:
    """What `.github/weights/autoencoder.py` has made."""
    with np.load(FILE) as kept:
        found = {name: kept[name].astype(np.float64) for name in kept.files}
    start = bent_start(SHOWN).network
    return Learnt(
        divided(with_parameters(start, found["bent"]), 2),
        tuple(variational_of(row) for row in found["variational"]),
        found["bent_errors"],
        found["measures"],
    )


def row_of(model: Variational) -> FloatArray:
    """All weights and biases of a variational autoencoder, the encoder's first."""
    return np.concatenate([parameters(model.encoder), parameters(model.decoder)])


def variational_of(row: FloatArray) -> Variational:
    """The one that draws, of weights and biases in that order."""
    start = drawing(variational_start(SHOWN))
    first = parameters(start.encoder).size
    return Variational(
        with_parameters(start.encoder, row[:first]), with_parameters(start.decoder, row[first:])
    )


@lru_cache(maxsize=1)
def straight() -> Autoencoder:
    """The best straight autoencoder of the pictures to learn from."""
    return principal(learnt_from(), CODE)
