"""A finite difference is the derivative but for truncation, which grows with h, and rounding."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.learning.finite_differences import central_difference, losses_along
from nn_core.learning.gradients import backward, in_a_row
from nn_core.learning.losses import LOSSES, MSE, Loss
from nn_core.networks.activations import ACTIVATIONS, IDENTITY, SQUARE, TANH, Activation
from nn_core.networks.network import Layer, Network, parameters, with_parameters

X = np.array([[0.5, -1.0], [1.5, 0.25], [-0.75, 0.6], [0.2, 1.1]])
ONE_HOT = np.eye(3)[[0, 2, 1, 0]]
ONE = np.ones((1, 1))
some = settings(max_examples=30)


def network_of(activation: Activation, seed: int = 3) -> Network:
    """2 -> 4 -> 3, its pre-activations away from every kink by far more than h."""
    generator = np.random.default_rng(seed)
    hidden = Layer(generator.normal(size=(2, 4)), generator.normal(size=4), activation)
    return Network((hidden, Layer(generator.normal(size=(4, 3)), generator.normal(size=3), IDENTITY)))


def fourth_power(weight: float) -> Network:
    """Its loss at x = 1 and y = 0 is the fourth power of the weight."""
    return Network((Layer(np.array([[weight]]), np.zeros(1), SQUARE),))


def tanh_neuron(weight: float) -> Network:
    return Network((Layer(np.array([[weight]]), np.zeros(1), TANH),))


def central_differences(
    network: Network, samples: tuple[FloatArray, FloatArray], loss: Loss, h: float
) -> FloatArray:
    """That of every parameter."""
    every = range(network.n_parameters)
    return np.array([central_difference(network, samples, loss, index, h) for index in every])


def gradient(network: Network, targets: FloatArray, loss: Loss) -> FloatArray:
    return in_a_row(backward(network, X, targets, loss))


@pytest.mark.parametrize("loss", LOSSES.values(), ids=str)
@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=str)
def test_finite_differences_agree_with_the_backward_pass(activation: Activation, loss: Loss) -> None:
    network = network_of(activation)
    found = central_differences(network, (X, ONE_HOT), loss, 1e-5)
    assert found.shape == (network.n_parameters,)
    np.testing.assert_allclose(found, gradient(network, ONE_HOT, loss), rtol=1e-5, atol=1e-8)


@some
@given(h=st.floats(0.01, 10.0))
def test_every_h_is_exact_where_the_loss_is_a_parabola(h: float) -> None:
    linear = network_of(IDENTITY)
    network = Network((Layer(linear.layers[0].weights[:, :3], np.ones(3), IDENTITY),))
    found = central_differences(network, (X, ONE_HOT), MSE, h)
    np.testing.assert_allclose(found, gradient(network, ONE_HOT, MSE), rtol=1e-9, atol=1e-10)


@some
@given(weight=st.floats(-2.0, 2.0), h=st.floats(0.01, 1.0))
def test_the_truncation_is_a_sixth_of_h_squared_times_the_third_derivative(weight: float, h: float) -> None:
    # Of a fourth power the fifth derivative is 0, so nothing comes behind this term.
    found = central_difference(fourth_power(weight), (ONE, 0.0 * ONE), MSE, 0, h)
    third = 24.0 * weight
    assert found - 4.0 * weight**3 == pytest.approx(h**2 / 6.0 * third, abs=1e-10)


def test_h_must_be_neither_large_nor_tiny() -> None:
    network, samples = tanh_neuron(0.7), (ONE, np.zeros((1, 1)))
    exact = in_a_row(backward(network, *samples, MSE))[0]
    large, middle, tiny = (
        abs(central_difference(network, samples, MSE, 0, h) - exact) for h in (1.0, 1e-5, 1e-13)
    )
    assert middle < 1e-9 < 1e-6 < tiny < 1e-2 < large


def test_a_finite_difference_is_the_slope_of_the_line_through_two_losses() -> None:
    network, samples, h = network_of(TANH), (X, ONE_HOT), 0.5
    for index in (0, 7, 11, network.n_parameters - 1):
        here = parameters(network)[index]
        below, above = losses_along(network, samples, MSE, index, np.array([here - h, here + h]))
        assert central_difference(network, samples, MSE, index, h) == pytest.approx((above - below) / (2 * h))


def test_along_a_parameter_all_others_stay() -> None:
    network, index, values = network_of(TANH), 5, np.array([-1.0, 0.0, 2.0])
    found = losses_along(network, (X, ONE_HOT), MSE, index, values)
    for value, loss in zip(values, found, strict=True):
        numbers = parameters(network)
        numbers[index] = value
        assert loss == MSE(with_parameters(network, numbers)(X), ONE_HOT)


def test_where_the_parameter_stands_the_loss_is_the_network_s() -> None:
    network = network_of(TANH)
    before = parameters(network)
    for index, value in enumerate(before):
        at = np.array([value])
        assert losses_along(network, (X, ONE_HOT), MSE, index, at)[0] == MSE(network(X), ONE_HOT)
    assert np.array_equal(parameters(network), before)


@pytest.mark.parametrize("h", [0.0, -0.1, np.nan, np.inf])
def test_h_is_positive_and_finite(h: float) -> None:
    with pytest.raises(ValueError, match=f"h must be positive and finite, got h={h}"):
        central_difference(tanh_neuron(1.0), (ONE, ONE), MSE, 0, h)


def test_there_must_be_such_a_parameter() -> None:
    with pytest.raises(IndexError):
        central_difference(tanh_neuron(1.0), (ONE, ONE), MSE, 2, 0.1)


def test_the_samples_must_fit() -> None:
    with pytest.raises(ValueError, match="shape"):
        central_difference(tanh_neuron(1.0), (X, ONE), MSE, 0, 0.1)
    with pytest.raises(ValueError, match="same shape"):
        central_difference(tanh_neuron(1.0), (ONE, ONE_HOT), MSE, 0, 0.1)
