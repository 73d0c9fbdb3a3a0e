"""A variational autoencoder: its code is a place and how sure it is of it, and what the code says costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.families.chains import Chain, Memory, Parameterless, dense
from nn_core.learning.training import Recipe, batches
from nn_core.networks.network import Network, with_parameters


@dataclass(frozen=True, eq=False, slots=True)
class Sampling(Parameterless):
    """The part that goes from means and log variances to places: z = mu + exp(v / 2) noise; v = ln sigma^2.

    Attributes:
        noise: shape (n_samples, k), from normal(0, 1) where places are sampled; zeros for the means.

    Source: D. P. Kingma and M. Welling, "Auto-encoding variational Bayes", ICLR 2014, section 2.4.
    """

    noise: FloatArray

    def forward(self, x: FloatArray) -> tuple[FloatArray, Memory]:
        """z, shape (n_samples, k), for x = (mu, v) of shape (n_samples, 2k); ValueError if x does not fit."""
        n, width = self.noise.shape
        if np.shape(x) != (n, 2 * width):
            raise ValueError(f"x must have shape ({n}, {2 * width}), got shape {np.shape(x)}")
        spread = np.exp(0.5 * x[:, width:]) * self.noise
        return x[:, :width] + spread, spread

    def backward(self, memory: Memory, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """dz/dmu = 1 and dz/dv = exp(v / 2) noise / 2; no parameters."""
        return np.hstack([delta, 0.5 * delta * memory]), np.zeros(0)


def divergence(codes: FloatArray) -> FloatArray:
    """How much each number of a code says, in nats: KL(N(mu, sigma^2) || N(0, 1)), at least 0.

    (mu^2 + sigma^2 - 1 - ln sigma^2) / 2, which is 0 only where mu = 0 and sigma = 1.

    Args:
        codes: means and log variances v = ln sigma^2, shape (n_samples, 2k).

    Returns:
        Shape (n_samples, k).
    """
    means, logs = np.split(codes, 2, axis=1)
    # expm1 keeps the digits of sigma^2 - 1 where it is small; rounding may not take it below 0.
    return np.maximum(0.5 * (means**2 + np.expm1(logs) - logs), 0.0)


def divergence_slope(codes: FloatArray) -> FloatArray:
    """Its derivatives: mu by mu, and (sigma^2 - 1) / 2 by v; shape (n_samples, 2k) like the codes."""
    means, logs = np.split(codes, 2, axis=1)
    return np.hstack([means, 0.5 * np.expm1(logs)])


def collapse_price(x: FloatArray) -> float:
    """The price of a nat from which on saying nothing is a valley, where the loss is the cross-entropy of x.

    The largest eigenvalue of D^(-1/2) C D^(-1/2), with p the mean of x, C its covariance, D = diag(p - p^2);
    numbers that never vary are left out. For a code whose density is normal(0, 1) times 1 + h, and logits
    logit(p) + g(z), the cost changes, to second order, by E[g D g] / 2 - E[h (x - p) g] + beta E[h^2] / 2.
    The best h is (x - p) g / beta, which leaves E[g (D - C / beta) g] / 2: never negative if beta is at least
    that eigenvalue, whatever encoder and decoder are; below it, codes pay that say a little.

    Args:
        x: from 0 to 1, shape (n_samples, n).

    Returns:
        The price, at least 0; 0 where no number varies.

    Raises:
        ValueError: if a number is not from 0 to 1.
    """
    if not ((x >= 0.0) & (x <= 1.0)).all():
        raise ValueError(f"x must be from 0 to 1, got numbers from {x.min()} to {x.max()}")
    varied = x[:, np.ptp(x, axis=0) > 0.0]
    if not varied.size:
        return 0.0
    mean = varied.mean(axis=0)
    scaled = (varied - mean) / np.sqrt(mean * (1.0 - mean))
    return float(np.linalg.svd(scaled, compute_uv=False)[0] ** 2 / len(x))


@dataclass(frozen=True, eq=False, slots=True)
class Variational:
    """Two networks: one says of each sample where its code lies and how sure that is, the other goes back.

    Attributes:
        encoder: from n numbers to k means and k log variances.
        decoder: from a place of k numbers to n.

    Raises:
        ValueError: if they do not fit.
    """

    encoder: Network
    decoder: Network

    def __post_init__(self) -> None:
        """Check that both fit."""
        there, back = (self.encoder.n_in, self.encoder.n_out), (self.decoder.n_in, self.decoder.n_out)
        if there != (back[1], 2 * back[0]):
            raise ValueError(f"the encoder must go from {back[1]} to {2 * back[0]} numbers, got {there}")

    def __call__(self, x: FloatArray) -> FloatArray:
        """What the decoder makes of the means, shape (n_samples, n)."""
        return self.decoder(self.encoder(x)[:, : self.decoder.n_in])


class Costs(NamedTuple):
    """What a variational autoencoder pays: a mean over samples each.

    reconstruction: the loss of one number, times how many there are. divergence: in nats, of the whole code.
    """

    reconstruction: float
    divergence: float


def costs(
    model: Variational, x: FloatArray, noise: FloatArray, beta: float, recipe: Recipe
) -> tuple[Costs, FloatArray]:
    """What the model pays for samples, and the gradient of reconstruction + beta divergence.

    Args:
        model: the two networks.
        x: shape (n_samples, n).
        noise: shape (n_samples, k), with which places are sampled.
        beta: how much a nat costs, at least 0.
        recipe: its loss, of the decoder's outputs and x, is taken n times.

    Returns:
        The two costs, and the derivatives by all parameters, the encoder's first.

    Raises:
        ValueError: if beta is negative or not finite, or shapes do not fit.
    """
    if not 0.0 <= beta < np.inf:
        raise ValueError(f"beta must be at least 0 and finite, got {beta}")
    encoder, sampling, decoder = dense(model.encoder), Sampling(noise), dense(model.decoder)
    codes, first = encoder.forward(x)
    output, rest = Chain((sampling, decoder)).forward(codes)
    width = x.shape[1]
    paid = Costs(width * recipe.loss(output, x), float(divergence(codes).sum(axis=1).mean()))
    delta, back = Chain((sampling, decoder)).backward(rest, width * recipe.loss.derivative(output, x))
    _, there = encoder.backward(first, delta + (beta / len(x)) * divergence_slope(codes))
    return paid, np.concatenate([there, back])


def varied(
    model: Variational, x: FloatArray, beta: float, recipe: Recipe, iterations: int
) -> Iterator[tuple[Variational, Costs]]:
    """So many steps down reconstruction + beta divergence: the model before each, the last, its costs.

    Each step samples anew, from the recipe's seed.

    Args:
        model: the start.
        x: shape (n_samples, n).
        beta: how much a nat costs, at least 0.
        recipe: loss, optimiser, learning rate, batch size and seed.
        iterations: the number of steps, at least 0.

    Returns:
        An iterator over iterations + 1 models; whoever stops asking stops the work.

    Raises:
        ValueError: as `costs` does.
    """
    generator = np.random.default_rng(recipe.seed)
    order = batches(len(x), recipe.batch_size or len(x), generator)
    row = np.concatenate([dense(model.encoder).parameters, dense(model.decoder).parameters])
    cut, state = dense(model.encoder).parameters.size, recipe.optimiser.start(row.size)
    for step in range(iterations + 1):
        samples = x[next(order)]
        noise = generator.normal(size=(len(samples), model.decoder.n_in))
        paid, gradient = costs(model, samples, noise, beta, recipe)
        yield model, paid
        if step < iterations:
            way, state = recipe.optimiser.way(gradient, state, recipe.learning_rate)
            row = row - way
            model = Variational(
                with_parameters(model.encoder, row[:cut]), with_parameters(model.decoder, row[cut:])
            )
