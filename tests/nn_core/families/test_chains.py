"""A chain of parts: it computes what its parts compute, and its gradient is the slope of the loss."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.families.chains import Chain, Dense, dense, learning
from nn_core.learning.gradients import backward, in_a_row
from nn_core.learning.losses import MSE
from nn_core.learning.optimisers import ADAM, OPTIMISERS, Optimiser
from nn_core.learning.training import Recipe, learn
from nn_core.networks.activations import IDENTITY, TANH
from nn_core.networks.initialisation import random_network
from nn_core.networks.network import Layer, Network, parameters
from tests.nn_core.families.slopes import slopes_agree

SEEDS = st.integers(0, 2**31)


def network(seed: int, sizes: tuple[int, ...] = (3, 4, 2)) -> Network:
    return random_network(sizes, TANH, np.random.default_rng(seed))


@given(seed=SEEDS)
def test_a_network_as_a_chain_has_the_same_outputs_and_the_same_gradient(seed: int) -> None:
    plain, generator = network(seed), np.random.default_rng(seed)
    x, y = generator.normal(size=(5, 3)), generator.normal(size=(5, 2))
    chain = dense(plain)
    output, memory = chain.forward(x)
    assert output == pytest.approx(plain(x))
    _, gradient = chain.backward(memory, MSE.derivative(output, y))
    assert gradient == pytest.approx(in_a_row(backward(plain, x, y, MSE)))
    assert chain.parameters.tolist() == parameters(plain).tolist()


@pytest.mark.parametrize("optimiser", OPTIMISERS.values(), ids=OPTIMISERS.keys())
def test_a_network_as_a_chain_learns_as_the_network_does(optimiser: Optimiser) -> None:
    plain, generator = network(1), np.random.default_rng(1)
    x, y = generator.normal(size=(9, 3)), generator.normal(size=(9, 2))
    recipe = Recipe(MSE, optimiser, 0.05, batch_size=4, seed=3)
    *_, (last, _) = learning(dense(plain), x, y, recipe, iterations=25)
    there = learn(plain, x, y, recipe, iterations=25, keep=25).networks[-1]
    assert last.parameters == pytest.approx(parameters(there), abs=1e-12)


@pytest.mark.parametrize("shape", [(5, 3), (2, 4, 3)])
def test_the_slopes_of_a_dense_part_and_of_a_chain_are_those_of_its_output(shape: tuple[int, ...]) -> None:
    layers = network(2).layers
    x = np.random.default_rng(0).normal(size=shape)
    slopes_agree(Dense(layers[0]), x)
    slopes_agree(Chain((Dense(layers[0]), Chain((Dense(layers[1]),)))), x)


def test_learning_lowers_the_loss_and_ends_after_so_many_steps() -> None:
    generator = np.random.default_rng(0)
    x, y = generator.normal(size=(20, 3)), generator.normal(size=(20, 2))
    losses = [loss for _, loss in learning(dense(network(0)), x, y, Recipe(MSE, ADAM, 0.01), iterations=100)]
    assert len(losses) == 101
    assert losses[-1] < 0.8 * losses[0]


def test_what_does_not_fit_is_refused() -> None:
    chain = dense(network(0))
    with pytest.raises(ValueError, match=r"values must have shape \(26,\), got shape \(25,\)"):
        chain.with_parameters(np.zeros(25))
    with pytest.raises(ValueError, match=r"x must have shape \(n_samples, .., 3\), got shape \(5, 2\)"):
        chain(np.zeros((5, 2)))
    part = Dense(Layer(np.eye(2), np.zeros(2), IDENTITY))
    with pytest.raises(ValueError, match="values must have shape"):
        part.with_parameters(np.zeros((2, 3)))
