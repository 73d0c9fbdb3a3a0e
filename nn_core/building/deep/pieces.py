"""Straight pieces: where they end, how many there can be, and how often a curve crosses a level."""

from collections.abc import Sequence
from math import prod

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.grids import column
from nn_core.networks.network import Network, forward


def kinks(network: Network, domain: tuple[float, float]) -> FloatArray:
    """The ends of the straight pieces of a network of ReLUs on an interval, both ends of it included.

    Layer by layer: between two ends found so far each pre-activation is straight, so where it has opposite
    signs at both it is 0 at z_0 / (z_0 - z_1) of the way, and there its unit turns on or off. What only
    touches 0 at an end counts there already.

    Args:
        network: one input, its hidden layers all of ReLUs.
        domain: the ends of the interval, in units of x.

    Returns:
        Shape (pieces + 1,), increasing. A unit that no later layer hears makes a piece, too.
    """
    ends = np.array(domain, dtype=np.float64)
    for layer in range(network.depth):
        z = forward(network, column(ends)).pre_activations[layer]
        before, after = z[:-1], z[1:]
        cell, unit = np.nonzero(before * after < 0.0)
        share = before[cell, unit] / (before[cell, unit] - after[cell, unit])
        ends = np.unique(np.append(ends, ends[cell] + share * (ends[cell + 1] - ends[cell])))
    return ends


def most_pieces(widths: Sequence[int]) -> int:
    """The most straight pieces that a network of one input and so many ReLUs a layer can have.

    (n_1 + 1) (n_2 + 1) .. (n_L + 1): on each piece so far, where all is straight, a layer of n units adds at
    most n ends.

    Args:
        widths: n_1 .. n_L, the number of units of each hidden layer.
    """
    return prod(width + 1 for width in widths)


def crossings(values: FloatArray, level: float) -> int:
    """How often a function passes from below a level to above it, or back; to touch it is not to cross it.

    Args:
        values: of the function from left to right, shape (n,); at the ends of its straight pieces if it
            has such, so that the count is exact.
        level: in units of the values.

    Returns:
        The number of changes of sign of values - level, values at the level left out.
    """
    sides = np.sign(values - level)
    sides = sides[sides != 0.0]
    return int(np.count_nonzero(np.diff(sides)))
