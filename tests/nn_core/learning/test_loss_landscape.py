"""A loss over two parameters is the network's own loss there, and its minima are where all slopes are 0."""

import itertools
import pickle
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.grids import column, line
from nn_core.learning.landscapes import path, second_derivatives
from nn_core.learning.loss_landscape import Slice, loss_landscape
from nn_core.learning.losses import MSE
from nn_core.networks.activations import IDENTITY, SIGMOID, TANH
from nn_core.networks.network import Layer, Network, parameters, with_parameters

NETWORK = Network(
    (
        Layer(np.array([[2.0, 1.5]]), np.array([1.0, -0.5]), TANH),
        Layer(np.array([[1.2], [-1.6]]), np.array([-0.2]), IDENTITY),
    )
)
X = column(line((-1.0, 1.0), 11))
Y = NETWORK(X)
PLACES = st.sampled_from(list(itertools.permutations(range(NETWORK.n_parameters), 2)))
NUMBERS = st.floats(-4.0, 4.0)
SQUARE = ((-4.0, 4.0), (-4.0, 4.0))


def straight(places: tuple[int, int] = (0, 1)) -> Slice:
    """A line fitted to 2 x - 1: its loss is a bowl of its own weight and bias."""
    network = Network((Layer(np.array([[2.0]]), np.array([-1.0]), IDENTITY),))
    return Slice(network, X, network(X), MSE, places)


@given(places=PLACES, x=NUMBERS, y=NUMBERS)
@settings(max_examples=30)
def test_the_height_is_the_loss_with_two_parameters_replaced(
    places: tuple[int, int], x: float, y: float
) -> None:
    values = parameters(NETWORK)
    values[places[0]], values[places[1]] = x, y
    found = Slice(NETWORK, X, Y + 0.5, MSE, places)(np.array([[x]]), np.array([[y]]))
    assert found.shape == (1, 1)
    assert found[0, 0] == MSE(with_parameters(NETWORK, values)(X), Y + 0.5)


@given(places=PLACES, x=NUMBERS, y=NUMBERS)
@settings(max_examples=30)
def test_its_gradient_is_the_slope_in_either_direction(places: tuple[int, int], x: float, y: float) -> None:
    heights = Slice(NETWORK, X, Y + 0.5, MSE, places)
    across, up = heights.gradient(np.array(x), np.array(y))
    h = 1e-5
    moved = heights(np.array([x + h, x - h, x, x]), np.array([y, y, y + h, y - h]))
    assert across == pytest.approx((moved[0] - moved[1]) / (2 * h), abs=1e-6)
    assert up == pytest.approx((moved[2] - moved[3]) / (2 * h), abs=1e-6)


def test_heights_and_slopes_keep_the_shape_that_they_are_asked_in() -> None:
    x, y = np.meshgrid([0.0, 1.0, 2.0], [-1.0, 1.0])
    heights = straight()
    assert heights(x, y).shape == (2, 3)
    assert [slope.shape for slope in heights.gradient(x, y)] == [(2, 3), (2, 3)]
    assert heights(x, y)[1, 2] == heights(np.array(2.0), np.array(1.0))


def test_the_loss_of_a_straight_line_is_a_bowl_with_its_own_parameters_at_the_bottom() -> None:
    found = loss_landscape("line", straight(), SQUARE, 9)
    assert np.array(found.minima) == pytest.approx(np.array([[2.0, -1.0]]))
    assert second_derivatives(found, (0.3, 0.7)) == pytest.approx(
        np.diag([2.0 * np.mean(X**2), 2.0]), abs=1e-6
    )


def test_the_places_say_which_parameter_goes_across() -> None:
    assert np.array(loss_landscape("line", straight((1, 0)), SQUARE, 9).minima) == pytest.approx(
        np.array([[-1.0, 2.0]])
    )


def outlier() -> Slice:
    """A sigmoid neuron, a step in the data, and a sample that contradicts it."""
    x = column(np.array([-2.0, -1.2, -0.6, 0.1, 0.7, 1.4, 2.0]))
    y = column(np.array([1.0, 0.0, 0.0, 0.3, 0.8, 0.9, 1.0]))
    return Slice(Network((Layer(np.ones((1, 1)), np.zeros(1), SIGMOID),)), x, y, MSE, (0, 1))


def test_an_outlier_gives_a_neuron_two_minima_and_each_is_one() -> None:
    found = loss_landscape("neuron", outlier(), ((-6.0, 6.0), (-6.0, 6.0)), 61)
    assert len(found.minima) == 2
    low, high = (float(found(np.array(x), np.array(y))) for x, y in found.minima)
    assert low < high
    for x, y in found.minima:
        assert np.abs(found.gradient(np.array(x), np.array(y))).max() < 1e-8
        assert (np.linalg.eigvalsh(second_derivatives(found, (x, y))) > 0.0).all()
        end = path(found, (x + 0.05, y - 0.05), 2.0, 300)[-1]
        assert np.hypot(*(end - (x, y))) < 0.05


def test_a_minimum_outside_the_domain_is_none_of_its() -> None:
    assert loss_landscape("line", straight(), ((-1.0, 1.0), (-4.0, 4.0)), 9).minima == ()


def test_a_landscape_can_be_sent_away_and_is_the_same() -> None:
    found = loss_landscape("neuron", outlier(), SQUARE, 9)
    again = pickle.loads(pickle.dumps(found))
    assert again.minima == found.minima
    assert again(np.array(0.5), np.array(1.5)) == found(np.array(0.5), np.array(1.5))


@pytest.mark.parametrize("places", [(0, 0), (0, 2), (-1, 0)])
def test_places_that_are_not_two_parameters_are_refused(places: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=re.escape(f"two different ones from 0 to 1, got {places}")):
        straight(places)
