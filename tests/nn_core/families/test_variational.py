"""The variational autoencoder: its divergence is that of the two densities, and its gradient is the slope."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.families.chains import dense
from nn_core.families.variational import (
    Sampling,
    Variational,
    collapse_price,
    costs,
    divergence,
    divergence_slope,
    varied,
)
from nn_core.learning.losses import BINARY_CROSS_ENTROPY, MSE
from nn_core.learning.optimisers import ADAM
from nn_core.learning.training import Recipe
from nn_core.networks.activations import IDENTITY, SIGMOID, TANH
from nn_core.networks.initialisation import random_network
from nn_core.networks.network import Layer, Network, with_parameters
from tests.nn_core.families.slopes import slopes, slopes_agree

SEEDS = st.integers(0, 2**31)
RECIPE = Recipe(MSE, ADAM, 0.02, batch_size=10, seed=1)


def model(seed: int) -> Variational:
    generator = np.random.default_rng(seed)
    return Variational(
        random_network((3, 4, 4), TANH, generator), random_network((2, 4, 3), TANH, generator, SIGMOID)
    )


@given(mean=st.floats(-3, 3), log=st.floats(-4, 2))
def test_the_divergence_is_the_integral_of_p_times_the_log_of_p_over_q(mean: float, log: float) -> None:
    spread = np.exp(log / 2)
    z = mean + spread * np.linspace(-12, 12, 4001)
    p = np.exp(-((z - mean) ** 2) / (2 * spread**2)) / (spread * np.sqrt(2 * np.pi))
    ratio = -((z - mean) ** 2) / (2 * spread**2) - np.log(spread) + z**2 / 2
    integral = float((p * ratio).sum() * (z[1] - z[0]))
    assert divergence(np.array([[mean, log]]))[0, 0] == pytest.approx(integral, abs=1e-9)


@given(seed=SEEDS)
def test_a_code_says_nothing_only_where_it_is_the_standard_normal(seed: int) -> None:
    codes = np.random.default_rng(seed).normal(size=(20, 6))
    assert divergence(codes).shape == (20, 3)
    assert np.all(divergence(codes) > 0)
    assert divergence(np.zeros((2, 6))).tolist() == np.zeros((2, 3)).tolist()


def test_the_slope_of_the_divergence_is_its_derivative() -> None:
    codes = np.random.default_rng(0).normal(size=(3, 4))

    def total(row: FloatArray) -> float:
        return float(divergence(row.reshape(3, 4)).sum())

    assert divergence_slope(codes).ravel() == pytest.approx(slopes(total, codes.ravel()), abs=1e-7)


def test_the_slopes_of_sampling_are_those_of_its_output() -> None:
    generator = np.random.default_rng(0)
    part = Sampling(generator.normal(size=(3, 2)))
    slopes_agree(part, generator.normal(size=(3, 4)))
    assert part.with_parameters(np.zeros(0)) is part


@pytest.mark.parametrize("beta", [0.0, 0.7, 5.0])
def test_the_gradient_is_the_slope_of_what_it_costs(beta: float) -> None:
    start, generator = model(0), np.random.default_rng(1)
    x, noise = generator.uniform(size=(6, 3)), generator.normal(size=(6, 2))
    ends = dense(start.encoder).parameters, dense(start.decoder).parameters

    def cost(row: FloatArray) -> float:
        encoder, decoder = np.split(row, [ends[0].size])
        there = Variational(with_parameters(start.encoder, encoder), with_parameters(start.decoder, decoder))
        paid, _ = costs(there, x, noise, beta, RECIPE)
        return paid.reconstruction + beta * paid.divergence

    _, gradient = costs(start, x, noise, beta, RECIPE)
    assert gradient == pytest.approx(slopes(cost, np.concatenate(ends)), rel=1e-6, abs=1e-7)


def test_without_noise_and_without_a_price_it_is_an_autoencoder_of_the_means() -> None:
    start, x = model(0), np.random.default_rng(1).uniform(size=(6, 3))
    paid, _ = costs(start, x, np.zeros((6, 2)), 0.0, RECIPE)
    assert paid.reconstruction == pytest.approx(3 * MSE(start(x), x))


def test_where_a_nat_is_dear_training_ends_at_the_mean_and_says_nothing() -> None:
    x = np.random.default_rng(0).uniform(size=(60, 3))
    *_, (dear, _) = varied(model(0), x, 50.0, RECIPE, 600)
    *_, (free, _) = varied(model(0), x, 0.0, RECIPE, 600)
    assert divergence(dear.encoder(x)).sum(axis=1).mean() < 0.01
    assert np.abs(dear(x) - x.mean(axis=0)).max() < 0.05
    assert MSE(free(x), x) < 0.6 * MSE(dear(x), x)


def test_from_one_seed_it_learns_the_same_every_time() -> None:
    x = np.random.default_rng(0).uniform(size=(20, 3))
    first, again = ([paid for _, paid in varied(model(0), x, 1.0, RECIPE, 9)] for _ in range(2))
    assert first == again
    assert len(first) == 10


@pytest.mark.parametrize(("share", "pays"), [(0.95, True), (1.05, False)])
def test_a_code_that_says_a_little_pays_just_below_the_price_of_collapse_and_not_above(
    share: float, pays: bool
) -> None:
    x = np.random.default_rng(0).uniform(size=(40, 3)) ** 2
    mean, price = x.mean(axis=0), collapse_price(x)
    spread = np.sqrt(mean - mean**2)
    _, vectors = np.linalg.eigh(np.cov(x.T, bias=True) / np.outer(spread, spread))
    beta, w = share * price, 1e-3 * vectors[:, -1] / spread
    recipe = Recipe(BINARY_CROSS_ENTROPY, ADAM, 0.0)
    logits = np.log(mean / (1.0 - mean))

    def cost(size: float) -> float:
        into = np.column_stack([size * w / beta, np.zeros(3)])
        out = Layer(size * w[np.newaxis], logits, IDENTITY)
        little = Variational(Network((Layer(into, -mean @ into, IDENTITY),)), Network((out,)))
        both = np.repeat([[1.0], [-1.0]], len(x), axis=0)
        paid, _ = costs(little, np.vstack([x, x]), both, beta, recipe)
        return paid.reconstruction + beta * paid.divergence

    assert (cost(1.0) < cost(0.0)) == pays


def test_where_nothing_varies_no_price_is_needed_and_numbers_beyond_1_are_refused() -> None:
    assert collapse_price(np.ones((4, 2))) == 0.0
    with pytest.raises(ValueError, match=r"from 0 to 1, got numbers from 0\.0 to 2\.0"):
        collapse_price(np.array([[0.0, 2.0]]))


def test_what_does_not_fit_is_refused() -> None:
    generator = np.random.default_rng(0)
    with pytest.raises(ValueError, match=r"from 3 to 4 numbers, got \(3, 2\)"):
        Variational(random_network((3, 2), TANH, generator), random_network((2, 3), TANH, generator))
    with pytest.raises(ValueError, match=r"x must have shape \(2, 4\), got shape \(2, 3\)"):
        Sampling(np.zeros((2, 2))).forward(np.zeros((2, 3)))
    for beta in (-1.0, np.inf, np.nan):
        with pytest.raises(ValueError, match="beta must be at least 0 and finite"):
            costs(model(0), np.zeros((2, 3)), np.zeros((2, 2)), beta, RECIPE)
