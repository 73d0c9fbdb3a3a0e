"""A duel: who learns against whom and how, as one plain value, and the training that it gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Self

import numpy as np

from nn_core.families.adversaries.judging import carried
from nn_core.families.adversaries.rivals import Rivals, affine, duel, squares, starting
from nn_core.learning.training import BETWEEN_LOOKS, DIVERGENCE_LIMIT, Training
from nn_core.networks.network import Network


@dataclass(frozen=True, slots=True)
class Duel:
    """How a generator of bells and a judge of bells learn against each other.

    Attributes:
        genuine: mean and standard deviation of what is genuine.
        origin: from where the judge counts.
        rate: the learning rate of both.
        batch: how many samples of each kind a step sees.
        seed: of the random numbers.
        iterations: the number of steps.
        keep: both are kept after each so many steps.
    """

    genuine: tuple[float, float]
    origin: float
    rate: float
    batch: int
    seed: int
    iterations: int
    keep: int

    def shorter(self, iterations: int) -> Self:
        """The same, ended after so many steps."""
        return replace(self, iterations=iterations)

    def growing(self) -> Iterator[Training]:
        """Both as one network, `joined`, at every kept step: every 50 steps what there is, then all of it.

        The start makes standard normal numbers, and the judge knows nothing. The loss of each is `distance`.
        Where a number leaves all bounds it ends with the last network that was kept. Raises ValueError as
        `duel` does.
        """
        steps = duel(
            starting(0.0, 1.0, self.origin), self.genuine, rate=self.rate, batch=self.batch, seed=self.seed
        )
        kept: dict[int, Network] = {}
        for iteration, each in enumerate(islice(steps, self.iterations + 1)):
            if not bounded(each):
                yield self._training(kept, iteration)
                return
            if iteration % self.keep == 0:
                kept[iteration] = joined(each, self.origin)
            if iteration and iteration % BETWEEN_LOOKS == 0 and iteration < self.iterations:
                yield self._training(kept)
        yield self._training(kept)

    def distance(self, network: Network) -> float:
        """How far what the network makes is from what is genuine: Wasserstein's distance."""
        (mean, width), (right, spread) = bell(network), self.genuine
        return carried(mean - right, width - spread)

    def _training(self, kept: dict[int, Network], diverged: int | None = None) -> Training:
        networks = tuple(kept.values())
        return Training(tuple(kept), networks, np.array([self.distance(each) for each in networks]), diverged)


def joined(rivals: Rivals, origin: float) -> Network:
    """The judge behind the generator as one network of the noise: its output is the judge's probability.

    The generator's layer, and those of `squares`.
    """
    width, mean = rivals.generator.parameters
    return Network((*affine(mean, width).layers, *squares(origin, rivals.judge.parameters).layers))


def bell(network: Network) -> tuple[float, float]:
    """Mean and width of what the generator of a joined network makes of normal noise."""
    return float(network.layers[0].biases[0]), abs(float(network.layers[0].weights[0, 0]))


def bounded(rivals: Rivals) -> bool:
    """Whether no number is larger than 1e12 in size, or none at all."""
    rows = np.concatenate([rivals.generator.parameters, rivals.judge.parameters])
    return bool(np.abs(rows).max() <= DIVERGENCE_LIMIT)
