"""The straight autoencoder: what is proven of it holds, and training gets there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.families.autoencoders import Autoencoder, divided, least_straight_error, principal, standardised
from nn_core.families.chains import dense, learning
from nn_core.learning.losses import MSE
from nn_core.learning.optimisers import ADAM
from nn_core.learning.training import Recipe
from nn_core.networks.activations import IDENTITY, TANH
from nn_core.networks.initialisation import random_network
from nn_core.networks.network import with_parameters

SEEDS = st.integers(0, 2**31)


def samples(seed: int, n: int = 30, size: int = 5) -> FloatArray:
    generator = np.random.default_rng(seed)
    return generator.normal(size=(n, size)) @ generator.normal(size=(size, size)) + generator.normal(
        size=size
    )


@given(seed=SEEDS, width=st.integers(1, 5))
def test_principal_components_have_the_error_of_the_singular_values_they_leave_out(
    seed: int, width: int
) -> None:
    x = samples(seed)
    error = MSE(principal(x, width)(x), x)
    assert error == pytest.approx(least_straight_error(x, width), abs=1e-12)
    assert least_straight_error(x, 0) == pytest.approx(x.var(axis=0).mean())


@given(seed=SEEDS, width=st.integers(1, 4))
def test_no_straight_autoencoder_beats_principal_components(seed: int, width: int) -> None:
    x, generator = samples(seed), np.random.default_rng(seed)
    best = principal(x, width).network
    row = dense(best).parameters
    for size in (1e-3, 0.1, 1.0):
        other = with_parameters(best, row + size * generator.normal(size=row.size))
        assert MSE(other(x), x) >= least_straight_error(x, width) - 1e-12


@given(seed=SEEDS)
def test_its_numbers_are_uncorrelated_and_the_first_is_spread_most(seed: int) -> None:
    x = samples(seed)
    code = principal(x, 3).encoder(x)
    spread = np.cov(code.T)
    assert code.mean(axis=0) == pytest.approx(np.zeros(3), abs=1e-9)
    assert spread - np.diag(np.diag(spread)) == pytest.approx(np.zeros((3, 3)), abs=1e-8 * spread.max())
    assert np.all(np.diff(np.diag(spread)) <= 1e-9)


def test_a_straight_autoencoder_that_learns_gets_to_the_error_of_principal_components() -> None:
    x = samples(0, 60)
    start = random_network((5, 2, 5), IDENTITY, np.random.default_rng(1))
    *_, (_, loss) = learning(dense(start), x, x, Recipe(MSE, ADAM, 0.02), iterations=1500)
    assert loss == pytest.approx(least_straight_error(x, 2), rel=1e-4)


def test_a_network_divided_is_the_same_network() -> None:
    network = random_network((5, 4, 2, 4, 5), TANH, np.random.default_rng(0))
    halves = divided(network, 2)
    x = samples(1)
    assert halves(x).tolist() == network(x).tolist()
    assert halves.network.layers == network.layers
    assert (halves.encoder.n_out, halves.decoder.n_in) == (2, 2)


def test_a_standardised_code_has_mean_0_and_deviation_1_and_gives_the_same_back() -> None:
    x, given = samples(2), divided(random_network((5, 2, 4, 5), TANH, np.random.default_rng(0)), 2)
    with pytest.raises(ValueError, match="must come out of the identity"):
        standardised(given, x)
    for before in (
        principal(x, 2),
        divided(random_network((5, 2, 5), IDENTITY, np.random.default_rng(0)), 1),
    ):
        after = standardised(before, x)
        assert after(x) == pytest.approx(before(x), abs=1e-9)
        assert after.encoder(x).mean(axis=0) == pytest.approx(np.zeros(2), abs=1e-9)
        assert after.encoder(x).std(axis=0) == pytest.approx(np.ones(2))
    with pytest.raises(ValueError, match="must vary"):
        standardised(principal(x, 2), x[:1])


def test_what_does_not_fit_is_refused() -> None:
    network = random_network((5, 2, 4), TANH, np.random.default_rng(0))
    with pytest.raises(ValueError, match=r"must go back from 2 to 5 numbers, got \(2, 4\)"):
        divided(network, 1)
    with pytest.raises(ValueError, match="got 6 and shape"):
        principal(samples(0), 6)
    with pytest.raises(ValueError, match="got -1 and shape"):
        least_straight_error(samples(0), -1)
    assert isinstance(principal(samples(0), 5), Autoencoder)
