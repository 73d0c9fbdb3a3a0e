"""An autoencoder sends numbers through a few numbers and back; the best straight one is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.networks.activations import IDENTITY
from nn_core.networks.network import Layer, Network


@dataclass(frozen=True, eq=False, slots=True)
class Autoencoder:
    """Two networks: one makes a code of what it is given, the other makes that again of the code.

    Attributes:
        encoder: from n numbers to a code of k.
        decoder: from k numbers to n.

    Raises:
        ValueError: if the decoder does not take what the encoder gives, or gives back another count.
    """

    encoder: Network
    decoder: Network

    def __post_init__(self) -> None:
        """Check that both fit."""
        there, back = (self.encoder.n_in, self.encoder.n_out), (self.decoder.n_in, self.decoder.n_out)
        if there != back[::-1]:
            raise ValueError(f"the decoder must go back from {there[1]} to {there[0]} numbers, got {back}")

    def __call__(self, x: FloatArray) -> FloatArray:
        """There and back, shape (n_samples, n) for x of that shape. Raises ValueError if x does not fit."""
        return self.decoder(self.encoder(x))

    @property
    def network(self) -> Network:
        """Both as one network."""
        return Network((*self.encoder.layers, *self.decoder.layers))


def divided(network: Network, layers: int) -> Autoencoder:
    """The autoencoder whose encoder is so many layers of a network, and whose decoder is all others.

    Raises:
        ValueError: if one of them has no layer, or the network does not give as many numbers as it takes.
    """
    return Autoencoder(Network(network.layers[:layers]), Network(network.layers[layers:]))


def standardised(autoencoder: Autoencoder, x: FloatArray) -> Autoencoder:
    """The same function, with a code whose numbers have mean 0 and standard deviation 1 on x.

    With m and s the mean and deviation of the code: the last layer of the encoder becomes W / s, (b - m) / s,
    and the first one of the decoder diag(s) W, b + m W.

    Args:
        autoencoder: its encoder ends in a layer whose activation is the identity.
        x: shape (n_samples, n).

    Raises:
        ValueError: if the encoder ends in another activation, or a number of the code is the same for all x.
    """
    (*before, last), (first, *behind) = autoencoder.encoder.layers, autoencoder.decoder.layers
    if last.activation is not IDENTITY:
        raise ValueError(f"the code must come out of the identity, got {last.activation}")
    code = autoencoder.encoder(x)
    mean, spread = code.mean(axis=0), code.std(axis=0)
    if not spread.all():
        raise ValueError("every number of the code must vary")
    into = Layer(last.weights / spread, (last.biases - mean) / spread, IDENTITY)
    out = Layer(spread[:, np.newaxis] * first.weights, first.biases + mean @ first.weights, first.activation)
    return Autoencoder(Network((*before, into)), Network((out, *behind)))


def principal(x: FloatArray, width: int) -> Autoencoder:
    """The best straight autoencoder of x: principal components.

    With m the mean of x and the columns of U the first `width` directions in which x is spread most
    (right singular vectors of x - m): the code is (x - m) U, and back it is code U^T + m. No linear encoder
    and decoder with that many numbers between them, biases included, has a smaller mean square error on x.

    Args:
        x: shape (n_samples, n), with at least one sample.
        width: k, from 1 to the smaller one of n_samples and n.

    Returns:
        Encoder and decoder of one linear layer each. The largest entry of each direction is positive.

    Raises:
        ValueError: if there are not so many directions.

    Source: C. Eckart and G. Young, "The approximation of one matrix by another of lower rank",
    Psychometrika 1 (1936); P. Baldi and K. Hornik, "Neural networks and principal component analysis:
    learning from examples without local minima", Neural Networks 2 (1989).
    """
    _require_width(x, width)
    mean = x.mean(axis=0)
    _, _, directions = np.linalg.svd(x - mean, full_matrices=False)
    along = directions[:width]
    largest = np.take_along_axis(along, np.abs(along).argmax(axis=1)[:, np.newaxis], axis=1)
    along = along * np.sign(largest)
    return Autoencoder(
        Network((Layer(along.T, -mean @ along.T, IDENTITY),)), Network((Layer(along, mean, IDENTITY),))
    )


def least_straight_error(x: FloatArray, width: int) -> float:
    """The least mean square error that a straight autoencoder can have on x.

    The sum of the squares of all singular values of x - mean but the first `width`, over the size of x:
    a mean over samples and numbers.

    Args and Raises are those of `principal`, but that width may be 0: then only the mean is given back.
    """
    if width:
        _require_width(x, width)
    sizes = np.linalg.svd(x - x.mean(axis=0), compute_uv=False)
    return float((sizes[width:] ** 2).sum() / x.size)


def _require_width(x: FloatArray, width: int) -> None:
    """Raise a ValueError unless x has so many directions."""
    if np.ndim(x) != 2 or not 1 <= width <= min(np.shape(x)):
        raise ValueError(
            f"width must be from 1 to the smaller side of x, got {width} and shape {np.shape(x)}"
        )
