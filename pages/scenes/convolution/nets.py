"""Two networks that were trained on centred digits, and what they say of digits that are moved."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nn_core.arrays import FloatArray
from nn_core.families.chains import Chain, dense, learning
from nn_core.families.convolution import Convolution, Flat, looking_everywhere, surrounded
from nn_core.learning.losses import SOFTMAX_CROSS_ENTROPY
from nn_core.learning.optimisers import ADAM
from nn_core.learning.training import Recipe
from nn_core.networks.activations import RELU
from nn_core.networks.initialisation import HE, first_network
from pages.shared.digits.pictures import CLASSES, SIDE, held_out, to_learn

# Digits of 8 x 8 pixels lie in a field of 16 x 16, and are moved up to four pixels to each side.
FIELD, MOST = 16, 4
WINDOW, RING, FILTERS = 5, 4, 16
SEED, EPOCHS, BATCH = 8, 60, 64
RECIPE = Recipe(SOFTMAX_CROSS_ENTROPY, ADAM, 0.01, BATCH, SEED)
FILE = Path(__file__).with_name("trained.npz")
# So many pictures are looked at together.
TOGETHER = 64


class Both(NamedTuple):
    """A network that looks through windows, and a dense one that sees the whole field."""

    window: Chain
    dense: Chain


def starts(seed: int = SEED) -> Both:
    """Both before they have learnt anything: 586 and 4,282 parameters."""
    small, large = (
        first_network((inputs, FILTERS, CLASSES), RELU, HE, np.random.default_rng(seed))
        for inputs in (WINDOW**2, FIELD**2)
    )
    return Both(looking_everywhere(small, WINDOW, RING), Chain((Flat(), *dense(large).parts)))


def taught() -> Both:
    """Both trained on the digits to learn from, all in the middle: some seconds of work.

    The window's network is shown the bare 8 x 8 pixels with the ring of zeros around them: what else a window
    in the field would see is empty.
    """
    digits, first = to_learn(), starts()
    iterations = EPOCHS * (len(digits.labels) // BATCH)
    bare, middle = digits.pictures[..., np.newaxis], placed(digits.pictures, 0, 0)
    return Both(
        *(
            list(learning(chain, x, digits.targets, RECIPE, iterations))[-1][0]
            for chain, x in zip(first, (bare, middle), strict=True)
        )
    )


@lru_cache(maxsize=1)
def shipped() -> Both:
    """Both as they were trained once, from the file that .github/weights/convolution.py makes."""
    with np.load(FILE) as numbers:
        window, whole = (chain.with_parameters(numbers[name].astype(float)) for name, chain in _named())
    return Both(window, whole)


def _named() -> list[tuple[str, Chain]]:
    first = starts()
    return [("window", first.window), ("dense", first.dense)]


def placed(pictures: FloatArray, down: int, right: int) -> FloatArray:
    """Digits, shape (n, 8, 8), in the field, moved from its middle: shape (n, 16, 16, 1)."""
    field = np.zeros((len(pictures), FIELD, FIELD, 1))
    field[:, MOST + down : MOST + down + SIDE, MOST + right : MOST + right + SIDE, 0] = pictures
    return field


def with_ring(chain: Chain, ring: int) -> Chain:
    """The window's network with so many zeros around the field."""
    first, *others = chain.parts
    if not isinstance(first, Convolution):
        raise TypeError(f"the first part must be a convolution, got {type(first).__name__}")
    return Chain((Convolution(first.layer, first.side, ring), *others))


@lru_cache(maxsize=1)
def dense_shares() -> FloatArray:
    """The share of held-out digits that the dense network has right at each place, shape (9, 9)."""
    digits, moves = held_out(), range(-MOST, MOST + 1)
    chain = shipped().dense
    return np.array(
        [
            [
                np.mean(chain(placed(digits.pictures, down, right)).argmax(axis=1) == digits.labels)
                for right in moves
            ]
            for down in moves
        ]
    )


@lru_cache(maxsize=2)
def window_shares(ring: int) -> FloatArray:
    """The same of the window's network, with so many zeros around the field."""
    digits = held_out()
    groups = [slice(start, start + TOGETHER) for start in range(0, len(digits.labels), TOGETHER)]
    hits = [_hits(digits.pictures[group], digits.labels[group], ring) for group in groups]
    shares: FloatArray = np.sum(hits, axis=0) / len(digits.labels)
    return shares


def _hits(pictures: FloatArray, labels: NDArray[np.int64], ring: int) -> FloatArray:
    """How many are right at each place, shape (9, 9).

    Instead of the digit the field is moved, over one large empty ground with the digit in its middle: each
    window is looked through once, and each place has the maximum over the windows that lie in its field.
    """
    *_, last = shipped().window.parts
    ground = surrounded(pictures[..., np.newaxis], 2 * MOST + ring)
    answers, _ = with_ring(shipped().window, 0).parts[0].forward(ground)
    reach = FIELD + 2 * ring - WINDOW + 1
    hits = np.zeros((2 * MOST + 1, 2 * MOST + 1))
    for down in range(-MOST, MOST + 1):
        rows = answers[:, MOST - down : MOST - down + reach].max(axis=1)
        for right in range(-MOST, MOST + 1):
            strongest = rows[:, MOST - right : MOST - right + reach].max(axis=1)
            said = last.forward(strongest)[0].argmax(axis=1)
            hits[MOST + down, MOST + right] = np.sum(said == labels)
    return hits
