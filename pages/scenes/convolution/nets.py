"""Two networks that were trained on centred digits, and what they say of digits that are moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from nn_core.arrays import FloatArray
from nn_core.families.chains import Chain, Dense, dense, learning
from nn_core.families.convolution import Convolution, Flat, looking_everywhere, surrounded
from nn_core.learning.losses import SOFTMAX_CROSS_ENTROPY
from nn_core.learning.optimisers import ADAM
from nn_core.learning.training import Recipe, Training
from nn_core.networks.activations import RELU
from nn_core.networks.initialisation import HE, first_network
from nn_core.networks.network import Network
from pages.shared.digits.pictures import CLASSES, SIDE, held_out, to_learn

# Digits of 8 x 8 pixels lie in a field of 16 x 16, and are moved up to four pixels to each side.
FIELD, MOST = 16, 4
WINDOW, RING, FILTERS = 5, 4, 16
SEED, EPOCHS, BATCH = 8, 60, 64
RECIPE = Recipe(SOFTMAX_CROSS_ENTROPY, ADAM, 0.01, BATCH, SEED)
FILE = Path(__file__).with_name("trained.npz")
# A short training, while the reader waits: rounds of 21 batches.
ROUND, ROUNDS, FASTER = 21, 12, 0.03
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


@dataclass(frozen=True, slots=True)
class Anew:
    """A short training of the window's network from another seed, as a course is.

    Attributes:
        seed: of the first weights, and of the order of the digits.
        iterations: the number of steps.
    """

    seed: int
    iterations: int = ROUND * ROUNDS

    @property
    def keep(self) -> int:
        """A network is kept after each round."""
        return ROUND

    def growing(self) -> Iterator[Training]:
        """Its training as it goes on, after every round; `looking` makes its networks look everywhere.

        Each loss is that of the step's own digits.
        """
        digits, recipe = to_learn(), replace(RECIPE, learning_rate=FASTER, seed=self.seed)
        x, kept = digits.pictures[..., np.newaxis], []
        for iteration, (chain, loss) in enumerate(
            learning(starts(self.seed).window, x, digits.targets, recipe, self.iterations)
        ):
            if iteration % ROUND == 0:
                kept.append((iteration, _one_window(chain), loss))
                iterations, networks, losses = zip(*kept, strict=True)
                yield Training(iterations, networks, np.array(losses), None)

    def shorter(self, iterations: int) -> Self:
        """The same, ended after so many steps."""
        return replace(self, iterations=iterations)


def _one_window(chain: Chain) -> Network:
    """What the window's network is at one place: 25 pixels, 16 hidden units, 10 digits."""
    window, _, output = chain.parts
    if not isinstance(window, Convolution) or not isinstance(output, Dense):
        raise TypeError("the parts must be a convolution, a maximum and a dense layer")
    return Network((window.layer, output.layer))


def looking(network: Network) -> Chain:
    """Such a network, looking through its window everywhere."""
    return looking_everywhere(network, WINDOW, RING)


def known(chain: Chain) -> float:
    """The share of held-out digits in the middle that a window's network has right.

    It is shown the bare pixels, as in training: what else a window in the field would see is empty.
    """
    digits = held_out()
    return float(np.mean(chain(digits.pictures[..., np.newaxis]).argmax(axis=1) == digits.labels))


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
