"""Leaving a unit out is setting its weight to 0, and a picture is as wide as the units turn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.building.constructions import interpolant
from nn_core.building.deep.folding import folds
from nn_core.networks.activations import ACTIVATIONS, RELU, SIGMOID, TANH
from nn_core.networks.network import Layer, Network
from nn_core.networks.parts import output_alone, turning_distance, turning_interval, without_each
from tests.nn_core.networks.test_packed import some


@given(st.integers(1, 3), st.integers(1, 6), st.integers(0, 99))
def test_the_output_without_a_unit_is_that_of_the_network_with_its_weight_at_0(
    n_in: int, units: int, seed: int
) -> None:
    network = some([n_in, 4, units, 1], seed)
    x = np.random.default_rng(seed).normal(size=(20, n_in))
    found = without_each(network, x)
    assert found.shape == (20, units)
    last = network.layers[-1]
    for unit in range(units):
        weights = last.weights.copy()
        weights[unit] = 0.0
        left = Network((*network.layers[:-1], Layer(weights, last.biases, last.activation)))
        # A step may fall on the other side by rounding.
        apart = np.abs(found[:, unit] - left(x)[:, 0])
        assert np.median(apart) <= 1e-9
        assert last.activation.jumps or apart.max() <= 1e-9 * (1.0 + np.abs(left(x)).max())


def test_without_a_hidden_layer_there_is_no_unit_to_leave_out_and_several_outputs_are_refused() -> None:
    assert without_each(some([2, 1], 1), np.zeros((3, 2))).shape == (3, 0)
    with pytest.raises(ValueError, match="one output, got 2"):
        without_each(some([2, 3, 2], 1), np.zeros((3, 2)))


@given(st.integers(0, 99))
def test_an_output_alone_is_that_column_of_the_outputs(seed: int) -> None:
    network, x = some([2, 3, 4], seed), np.random.default_rng(seed).normal(size=(9, 2))
    for index in range(4):
        np.testing.assert_allclose(output_alone(network, index)(x), network(x)[:, [index]], rtol=1e-12)


@given(st.floats(-50, 50), st.floats(0.01, 100), st.integers(2, 30))
def test_a_curve_of_hinges_turns_from_its_first_inner_knot_to_its_last(
    left: float, length: float, n: int
) -> None:
    knots = left + length * np.arange(n + 1) / n
    low, high = turning_interval(interpolant(lambda x: np.sin(7.0 * x), knots))
    assert knots[0] - 1.01 * max(1.0, abs(left)) <= low < high <= knots[-1] + 1.01 * max(1.0, abs(left))
    if n > 2:
        assert low <= knots[1] + 1e-6 * length
        assert high >= knots[n - 1] - 1e-6 * length


def test_a_smooth_neuron_turns_where_its_z_is_between_minus_5_and_5() -> None:
    for activation in (SIGMOID, TANH):
        network = Network((Layer(np.array([[2.0]]), np.array([-6.0]), activation),))
        assert turning_interval(network) == (0.5, 5.5)


def test_later_layers_are_looked_at_too() -> None:
    first = Layer(np.array([[1.0, 1.0]]), np.array([0.0, -1.0]), RELU)
    second = Layer(np.array([[1.0], [0.0]]), np.array([-1.5]), RELU)
    network = Network((first, second, Layer(np.ones((1, 1)), np.zeros(1), RELU)))
    low, high = turning_interval(network)
    assert low == 0.0
    assert high == pytest.approx(1.5, abs=0.01)


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=str)
def test_where_nothing_turns_there_is_a_picture_all_the_same(activation: object) -> None:
    flat = Network((Layer(np.zeros((1, 3)), np.zeros(3), activation),))  # type: ignore[arg-type]
    assert turning_interval(flat) == (-1.0, 1.0)
    assert turning_distance(Network((Layer(np.zeros((2, 3)), np.ones(3), RELU),))) == 1.0


def test_a_line_turns_as_far_from_the_origin_as_it_is() -> None:
    network = Network((Layer(np.array([[3.0, 0.0], [4.0, 1.0]]), np.array([-10.0, 0.5]), RELU),))
    assert turning_distance(network) == pytest.approx(2.0)
    with pytest.raises(ValueError, match="two inputs, got 1"):
        turning_distance(interpolant(np.sin, np.array([0.0, 1.0])))
    with pytest.raises(ValueError, match="one input, got 2"):
        turning_interval(folds(2))
