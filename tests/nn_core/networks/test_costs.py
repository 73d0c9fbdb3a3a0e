"""What a network costs: its numbers and its multiplications, counted exactly."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from nn_core.networks.activations import IDENTITY
from nn_core.networks.costs import DIGITS, LANDMARKS, n_multiplications, n_parameters
from nn_core.networks.network import Layer, Network

some = settings(max_examples=50, phases=[Phase.generate])
sizes_of_networks = st.lists(st.integers(1, 12), min_size=2, max_size=6)


def test_the_network_for_digits_has_13002_parameters_and_multiplies_12960_times() -> None:
    assert n_parameters(DIGITS) == 13_002
    assert n_multiplications(DIGITS) == 12_960


def test_the_network_of_the_talk_has_13_parameters_and_multiplies_10_times() -> None:
    assert n_parameters((4, 2, 1)) == 13
    assert n_multiplications((4, 2, 1)) == 10


@some
@given(sizes=sizes_of_networks)
def test_parameters_are_those_of_the_network_and_multiplications_its_weights(sizes: list[int]) -> None:
    network = Network(
        tuple(
            Layer(np.zeros((before, after)), np.zeros(after), IDENTITY) for before, after in pairwise(sizes)
        )
    )
    assert n_parameters(sizes) == network.n_parameters
    assert n_multiplications(sizes) == sum(layer.weights.size for layer in network.layers)


@some
@given(sizes=sizes_of_networks)
def test_doubling_every_layer_makes_four_times_as_many_multiplications(sizes: list[int]) -> None:
    assert n_multiplications([2 * size for size in sizes]) == 4 * n_multiplications(sizes)


def test_large_counts_are_exact() -> None:
    assert n_multiplications((2**40, 2**40 + 1)) == 2**80 + 2**40


@pytest.mark.parametrize("sizes", [(), (3,), (4, 0, 1), (4, -1)])
def test_sizes_of_no_network_are_refused(sizes: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="at least two sizes, each at least 1, got"):
        n_parameters(sizes)


def test_landmarks_rise_and_say_where_they_are_from() -> None:
    counts = [landmark.n_parameters for landmark in LANDMARKS]
    assert counts == [13_002, 60_000, 60_000_000, 1_500_000_000, 175_000_000_000]
    assert all(landmark.source for landmark in LANDMARKS)
    published = LANDMARKS[1:]
    for landmark in published:
        year = landmark.name.rpartition(" ")[2]
        assert f"({year})" in landmark.source
