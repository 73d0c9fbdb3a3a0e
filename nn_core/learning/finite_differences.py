"""A derivative can be checked without calculus: move one parameter a little both ways and compare losses."""

from math import isfinite

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.learning.losses import Loss
from nn_core.networks.network import Network, parameters, with_parameters


def central_difference(
    network: Network, samples: tuple[FloatArray, FloatArray], loss: Loss, index: int, h: float
) -> float:
    """The slope of the loss in one parameter p, from two losses: (L(p + h) - L(p - h)) / (2 h).

    All other parameters stay. The slope is off by the sum of two errors. Truncation is
    h^2 / 6 times the third derivative of L somewhere within h of p: it shrinks with h, and is 0 where L is
    a parabola in p. Rounding is about 1e-16 L / h, and that of p + h counts likewise: it grows as h shrinks.
    Where p, L and its derivatives are of size 1, both are smallest together around h = 1e-5.

    Args:
        network: any.
        samples: the inputs x, shape (n_samples, n_in), and the targets y, shape (n_samples, n_out).
        loss: a mean over samples.
        index: which parameter, in the order of `network.parameters`.
        h: in units of the parameter, positive.

    Returns:
        The slope, in units of the loss per unit of the parameter.

    Raises:
        ValueError: if h is not positive and finite, or x or y does not fit the network.
        IndexError: if there is no such parameter.

    Source: W. H. Press, S. A. Teukolsky, W. T. Vetterling and B. P. Flannery, "Numerical Recipes",
    3rd edition, Cambridge University Press 2007, section 5.7.
    """
    if not (isfinite(h) and h > 0.0):
        raise ValueError(f"h must be positive and finite, got h={h}")
    here = float(parameters(network)[index])
    above, below = losses_along(network, samples, loss, index, np.array([here + h, here - h]))
    return float((above - below) / (2.0 * h))


def losses_along(
    network: Network,
    samples: tuple[FloatArray, FloatArray],
    loss: Loss,
    index: int,
    values: FloatArray,
) -> FloatArray:
    """The loss of the network with each of these values as one parameter, the others as they are.

    Args:
        network: any.
        samples: the inputs x, shape (n_samples, n_in), and the targets y, shape (n_samples, n_out).
        loss: a mean over samples.
        index: which parameter, in the order of `network.parameters`.
        values: shape (n,).

    Returns:
        Shape (n,).

    Raises:
        ValueError: if x or y does not fit the network.
        IndexError: if there is no such parameter.
    """
    x, y = samples
    moved = parameters(network)
    losses = np.empty(len(values))
    for place, value in enumerate(values):
        moved[index] = value
        losses[place] = loss(with_parameters(network, moved)(x), y)
    return losses
