"""A challenge: equal pieces whose heights are to be set so that a network matches a target."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.building.constructions import bumps, shared_edges
from nn_core.building.optimal import least_mean_absolute, least_sup
from nn_core.errors import Comparison, compare
from nn_core.grids import column, line
from nn_core.networks.activations import IDENTITY, SIGMOID
from nn_core.networks.network import Network, forward, with_output
from nn_core.targets.curves import Target

Measure: TypeAlias = Literal["mean error", "largest error"]
MEASURES: tuple[Measure, ...] = ("mean error", "largest error")
POINTS = 401
# Of the steps, on a domain of length 1: they rise from 1 % to 99 % over 0.046 of it.
STEEPNESS = 200.0
# Of the sum before a sigmoid, which the largest error often wants to be infinite.
HIGHEST = 4.0


@dataclass(frozen=True, slots=True)
class Challenge:
    """What the heights are for.

    Attributes:
        target: f, between 0 and 1 if the output is squashed.
        count: the number of pieces.
        shared: whether neighbouring pieces share a step; else each is a bump of two.
        squashed: whether the output is the sigmoid of the sum; the sum then has to aim at its inverse of f.
    """

    target: Target
    count: int
    shared: bool = False
    squashed: bool = False

    @property
    def x(self) -> FloatArray:
        """The grid of 401 points on which it is judged."""
        return _grid(self.target)[0]

    def network(self, heights: Sequence[float] | FloatArray) -> Network:
        """The network whose pieces have these heights, before the output is squashed."""
        left, right = self.target.domain
        edges = np.linspace(left, right, self.count + 1)
        build = shared_edges if self.shared else bumps
        network = build(np.asarray(heights), edges, STEEPNESS / (right - left))
        return with_output(network, SIGMOID) if self.squashed else network

    def compare(self, network: Network) -> Comparison:
        """The network's output beside the target."""
        x, values = _grid(self.target)
        return compare(network(column(x))[:, 0], values, x)

    def error(self, heights: Sequence[float] | FloatArray, measure: Measure) -> float:
        """The mean absolute or the sup-norm error of these heights, at the output."""
        return error(self.compare(self.network(heights)), measure)


@lru_cache(maxsize=64)
def _grid(target: Target) -> tuple[FloatArray, FloatArray]:
    """The points on which a challenge is judged, and the target there."""
    x = line(target.domain, POINTS)
    values = target(x)
    x.flags.writeable = values.flags.writeable = False
    return x, values


def error(compared: Comparison, measure: Measure) -> float:
    """The error of that name."""
    return compared.mean_absolute if measure == "mean error" else compared.sup_norm


@lru_cache(maxsize=256)
def best_heights(challenge: Challenge, measure: Measure) -> tuple[float, ...]:
    """The heights with the least error there is; see `least_mean_absolute` and `least_sup`.

    For the largest error of a squashed output they are at most HIGHEST in size.
    """
    x = challenge.x
    units = [forward(challenge.network(row), column(x)) for row in np.eye(challenge.count)]
    # The sum before the output is linear in the heights, so these columns say all of it.
    columns = np.hstack([passed.pre_activations[-1] for passed in units])
    output = SIGMOID if challenge.squashed else IDENTITY
    if measure == "mean error":
        heights = least_mean_absolute(columns, challenge.target(x), output)
    else:
        heights = least_sup(columns, challenge.target(x), output, most=HIGHEST)
    return tuple(heights.tolist())


@lru_cache(maxsize=256)
def least_error(challenge: Challenge, measure: Measure) -> float:
    """The error of the best heights."""
    return challenge.error(best_heights(challenge, measure), measure)


@lru_cache(maxsize=64)
def flat_error(challenge: Challenge, measure: Measure) -> float:
    """The error of all heights at 0, with which everybody begins."""
    return challenge.error([0.0] * challenge.count, measure)
