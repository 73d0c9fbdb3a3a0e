"""Every initialisation has the spread its name says, and differs from the others in nothing else."""

import math
import pickle
import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.networks.activations import ACTIVATIONS, IDENTITY, LEAKY_RELU, RELU, SIGMOID, TANH, Activation
from nn_core.networks.initialisation import INITIALISATIONS, Initialisation, first_network, random_network
from nn_core.networks.network import forward, parameters

SEEDS = st.integers(0, 2**32 - 1)
SIZES = st.lists(st.integers(1, 5), min_size=2, max_size=5)
EVERY = pytest.mark.parametrize("initialisation", INITIALISATIONS.values(), ids=INITIALISATIONS.keys())


def test_the_registry_lists_every_initialisation_under_its_name() -> None:
    assert list(INITIALISATIONS) == ["zeros", "too small", "too large", "Glorot", "He"]
    assert [str(each) for each in INITIALISATIONS.values()] == list(INITIALISATIONS)
    assert all(each.formula.count("{") == each.formula.count("}") for each in INITIALISATIONS.values())


@EVERY
def test_an_initialisation_is_a_value(initialisation: Initialisation) -> None:
    assert pickle.loads(pickle.dumps(initialisation)) == initialisation
    assert len({initialisation, pickle.loads(pickle.dumps(initialisation))}) == 1


@EVERY
@given(seed=SEEDS, sizes=SIZES)
def test_a_first_network_has_the_sizes_and_activations_asked_for(
    initialisation: Initialisation, seed: int, sizes: list[int]
) -> None:
    network = first_network(sizes, TANH, initialisation, np.random.default_rng(seed), SIGMOID)
    assert [layer.weights.shape for layer in network.layers] == list(pairwise(sizes))
    assert [layer.activation for layer in network.layers] == [TANH] * (len(sizes) - 2) + [SIGMOID]
    assert not network.layers[-1].biases.any()


@pytest.mark.parametrize(
    ("name", "hidden_spread", "output_spread", "largest_bias"),
    [
        ("zeros", 0.0, 0.0, 0.0),
        ("too small", 0.01, 0.01, 0.01),
        ("too large", 5.0, 5.0, 5.0),
        ("Glorot", math.sqrt(2.0 / (300 + 500)), math.sqrt(2.0 / (500 + 200)), 0.5),
        ("He", math.sqrt(2.0 / 300), math.sqrt(2.0 / (500 + 200)), 0.5),
    ],
)
def test_weights_are_spread_as_the_name_says(
    name: str, hidden_spread: float, output_spread: float, largest_bias: float
) -> None:
    generator = np.random.default_rng(0)
    hidden, output = first_network((300, 500, 200), TANH, INITIALISATIONS[name], generator).layers
    assert output.activation == IDENTITY
    assert np.std(hidden.weights) == pytest.approx(hidden_spread, rel=0.01)
    assert np.std(output.weights) == pytest.approx(output_spread, rel=0.01)
    assert np.mean(hidden.weights) == pytest.approx(0.0, abs=0.01 * hidden_spread)
    assert np.abs(hidden.biases).max() == pytest.approx(largest_bias, rel=0.02)
    assert np.std(hidden.biases) == pytest.approx(largest_bias / math.sqrt(3.0), rel=0.05)


@given(seed=SEEDS, sizes=SIZES)
def test_from_one_seed_all_initialisations_draw_the_same_numbers(seed: int, sizes: list[int]) -> None:
    networks = {
        name: first_network(sizes, TANH, each, np.random.default_rng(seed))
        for name, each in INITIALISATIONS.items()
    }
    assert not parameters(networks["zeros"]).any()
    large = parameters(networks["too large"])
    assert parameters(networks["too small"]) == pytest.approx(0.01 / 5.0 * large, rel=1e-12)
    for name in ("Glorot", "He"):
        assert (np.sign(parameters(networks[name])) == np.sign(large)).all()


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS.keys())
def test_a_random_network_is_of_he_for_hinges_and_else_of_glorot(activation: Activation) -> None:
    name = "He" if activation in (RELU, LEAKY_RELU) else "Glorot"
    suited = first_network((2, 3, 4, 1), activation, INITIALISATIONS[name], np.random.default_rng(5))
    drawn = random_network((2, 3, 4, 1), activation, np.random.default_rng(5))
    assert parameters(drawn).tolist() == parameters(suited).tolist()


def test_through_ten_layers_glorot_keeps_a_signal_and_the_others_lose_or_saturate_it() -> None:
    x = np.random.default_rng(1).normal(size=(50, 100))
    sizes = [100] * 11
    last = {
        name: np.abs(forward(first_network(sizes, TANH, each, np.random.default_rng(0)), x).activations[-2])
        for name, each in INITIALISATIONS.items()
    }
    assert not last["zeros"].any()
    assert np.median(last["too small"]) < 0.01
    assert 0.1 < np.median(last["Glorot"]) < 0.9
    assert np.median(last["too large"]) > 0.99


@EVERY
@pytest.mark.parametrize("sizes", [(), (3,), (2, 0, 1), (0, 1), (2, -1)])
def test_sizes_that_make_no_network_are_refused(
    initialisation: Initialisation, sizes: tuple[int, ...]
) -> None:
    with pytest.raises(ValueError, match=re.escape(f"at least 1, got {sizes}")):
        first_network(sizes, TANH, initialisation, np.random.default_rng(0))
