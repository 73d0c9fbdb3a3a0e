"""A sheet that is folded in every layer: its parts, and what comes to lie on what."""

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.building.deep.repeated import require_times
from nn_core.networks.activations import IDENTITY, RELU
from nn_core.networks.network import Layer, Network, forward


def folds(times: int) -> Network:
    """(x, y) -> (1 - 2|x|, 1 - 2|y|), repeated L times: a sheet folded along both axes, and stretched.

    |x| = ReLU(x) + ReLU(-x), so each fold takes four units. On [-1, 1]^2 the sheet is folded into 4^L equal
    squares that come to lie on each other.

    Args:
        times: L, at least 1.

    Returns:
        A network of 2 inputs, L hidden layers of four units each, and 2 outputs.

    Raises:
        ValueError: if L is less than 1.

    Source: G. Montúfar, R. Pascanu, K. Cho and Y. Bengio, "On the number of linear regions of deep neural
    networks", NIPS 2014.
    """
    require_times(times)
    apart = np.array([[1.0, -1.0, 0.0, 0.0], [0.0, 0.0, 1.0, -1.0]])
    folded = np.array([[-2.0, 0.0], [-2.0, 0.0], [0.0, -2.0], [0.0, -2.0]])
    first = Layer(apart, np.zeros(4), RELU)
    inner = Layer(folded @ apart, np.ones(2) @ apart, RELU)
    return Network((first, *[inner] * (times - 1), Layer(folded, np.ones(2), IDENTITY)))


def unfolded(points: FloatArray, times: int) -> FloatArray:
    """All places that `folds` takes to these: x = -(1 - u) / 2 or (1 - u) / 2, and so for y, L times over.

    Args:
        points: (u, v) on the folded sheet, shape (n, 2), within [-1, 1].
        times: L, at least 0.

    Returns:
        Shape (4^L, n, 2): in every image of the sheet the points in their order. At a crease images meet.
    """
    signs = np.array([[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]])
    images: FloatArray = np.asarray(points, dtype=np.float64)[np.newaxis]
    for _ in range(times):
        images = (signs[:, np.newaxis, np.newaxis] * (1.0 - images) / 2.0).reshape(-1, *images.shape[1:])
    return images


def most_parts(units: int) -> int:
    """The most parts into which n lines cut the plane: 1 + n + n (n - 1) / 2.

    So one hidden layer of n ReLUs has at most so many linear regions over two inputs.

    Args:
        units: n, at least 0.

    Source: T. Zaslavsky, "Facing up to arrangements", Memoirs of the AMS 154 (1975).
    """
    return 1 + units + units * (units - 1) // 2


def parts(network: Network, x: FloatArray) -> int:
    """In how many different ways the hidden ReLUs of a network are on or off at the given places.

    Each way is one linear region, if the network has at most one region a way, as the folds do.

    Args:
        network: its hidden layers all of ReLUs.
        x: shape (n, n_in), none of it at a kink.
    """
    on = np.hstack([z > 0.0 for z in forward(network, x).pre_activations[:-1]])
    return len(np.unique(np.packbits(on, axis=1), axis=0))
