"""Networks written by hand are the functions that their formulas say."""

import math
import re
import warnings
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nn_core.activations import RELU, SIGMOID, STEP, TANH, FloatArray
from nn_core.constructions import bump, knot, neuron, one_hidden_layer, staircase
from nn_core.errors import sup_norm_error
from nn_core.grids import column, line
from nn_core.network import hidden_contributions
from nn_core.targets import NIELSENS_GOAL, ONE_WAVE

NUMBERS = st.floats(-10.0, 10.0)
X = line((-2.0, 2.0), 81)


def wave(amplitude: float, frequency: float, slope: float) -> Callable[[FloatArray], FloatArray]:
    def function(x: FloatArray) -> FloatArray:
        values: FloatArray = amplitude * np.sin(frequency * x) + slope * x
        return values

    return function


@given(w=NUMBERS, b=NUMBERS)
def test_a_neuron_is_its_activation_of_a_weighted_input(w: float, b: float) -> None:
    network = neuron(w, b, TANH)
    assert network(column(X))[:, 0] == pytest.approx(np.tanh(w * X + b), abs=1e-14)
    assert (network.n_in, network.n_out, network.depth, network.n_parameters) == (1, 1, 0, 2)


@given(units=st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), max_size=5), c=NUMBERS)
def test_one_hidden_layer_is_a_weighted_sum_of_neurons(
    units: list[tuple[float, float, float]], c: float
) -> None:
    w, b, v = ([unit[k] for unit in units] for k in range(3))
    network = one_hidden_layer(w, b, v, TANH, c)
    expected = c + sum((v_j * np.tanh(w_j * X + b_j) for w_j, b_j, v_j in units), 0.0 * X)
    assert network(column(X))[:, 0] == pytest.approx(expected, abs=1e-12)
    assert (network.depth, network.n_parameters) == (1, 3 * len(units) + 1)


@pytest.mark.parametrize(
    ("w", "b", "v"),
    [([1.0, 2.0], [1.0], [1.0, 2.0]), ([1.0], [1.0], [1.0, 2.0]), ([1.0, 2.0], [1.0], [1.0])],
)
def test_unequal_numbers_of_units_are_named(w: list[float], b: list[float], v: list[float]) -> None:
    lengths = f"got shapes ({len(w)},), ({len(b)},) and ({len(v)},)"
    with pytest.raises(ValueError, match=re.escape(lengths)):
        one_hidden_layer(w, b, v, SIGMOID)


def test_a_matrix_is_not_a_row_of_weights() -> None:
    square = np.ones((2, 2))
    with pytest.raises(ValueError, match=r"numbers in a row, got shapes \(2, 2\)"):
        one_hidden_layer(square, square, square, SIGMOID)


@given(left=NUMBERS, width=st.floats(0.01, 5.0), height=NUMBERS, steepness=st.floats(0.1, 40.0))
def test_a_bump_is_a_step_up_and_a_step_down(
    left: float, width: float, height: float, steepness: float
) -> None:
    right = left + width
    network = bump(left, right, height, steepness)
    up, down = (1.0 / (1.0 + np.exp(-steepness * (X - edge))) for edge in (left, right))
    assert network(column(X))[:, 0] == pytest.approx(height * (up - down), abs=1e-10)


def test_a_bump_of_step_units_is_its_height_inside_and_zero_outside() -> None:
    x = np.array([-5.0, 0.3999, 0.4, 0.5, 0.5999, 0.6, 5.0])
    values = bump(0.4, 0.6, -0.7, 300.0, STEP)(column(x))[:, 0]
    assert values.tolist() == [0.0, 0.0, -0.7, -0.7, -0.7, 0.0, 0.0]


@pytest.mark.parametrize(("left", "right"), [(0.6, 0.4), (0.5, 0.5), (math.nan, 0.4)])
def test_a_bump_refuses_edges_out_of_order(left: float, right: float) -> None:
    message = f"left must be less than right, got left={left} and right={right}"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        bump(left, right, 1.0, 10.0)


@pytest.mark.parametrize("steepness", [0.0, -3.0, math.inf, math.nan])
def test_steepness_must_be_positive_and_finite(steepness: float) -> None:
    message = re.escape(f"positive and finite, got steepness={steepness}")
    with pytest.raises(ValueError, match=message):
        bump(0.4, 0.6, 1.0, steepness)
    with pytest.raises(ValueError, match=message):
        staircase(ONE_WAVE, 4, steepness)


@given(w=NUMBERS, b=NUMBERS)
def test_the_knot_is_where_the_pre_activation_is_zero(w: float, b: float) -> None:
    s = knot(w, b)
    assume(s is not None)
    assert s is not None
    assert w * s + b == pytest.approx(0.0, abs=1e-14)
    assert math.copysign(1.0, s) == 1.0 or s < 0.0


def test_there_is_no_knot_where_no_finite_one_is() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for w, b in [(0.0, 1.0), (-0.0, 0.0), (1e-308, 1e308), (1.0, math.inf), (math.nan, 1.0)]:
            assert knot(w, b) is None
            assert knot(np.float64(w), np.float64(b)) is None


@pytest.mark.parametrize("w", [2.0, -2.0])
def test_a_knot_is_never_minus_zero(w: float) -> None:
    for b in (0.0, -0.0):
        assert str(knot(w, b)) == "0.0"


@given(pieces=st.integers(1, 50))
def test_a_staircase_of_n_pieces_has_n_minus_1_units_with_knots_at_its_edges(pieces: int) -> None:
    hidden = staircase(NIELSENS_GOAL, pieces, 50.0).layers[0]
    knots = [knot(w, b) for w, b in zip(hidden.weights[0], hidden.biases, strict=True)]
    assert knots == pytest.approx([k / pieces for k in range(1, pieces)], abs=1e-14)
    assert (hidden.weights == 50.0).all()


@given(
    pieces=st.integers(1, 50),
    steepness=st.floats(1e-3, 1e6),
    left=NUMBERS,
    size=st.floats(0.1, 10.0),
    places=st.lists(st.floats(0.0, 1.0), min_size=1),
)
def test_a_staircase_of_step_units_is_the_piecewise_constant_function(
    pieces: int, steepness: float, left: float, size: float, places: list[float]
) -> None:
    target, domain = wave(1.0, 3.0, 0.5), (left, left + size)
    network = staircase(target, pieces, steepness, STEP, domain=domain)
    for place in places:
        piece = min(int(place * pieces), pieces - 1)
        if abs(place * pieces - round(place * pieces)) < 1e-9:
            continue  # at an edge, either side is right
        x = np.array([left + size * place])
        middle = np.array([left + size * (piece + 0.5) / pieces])
        assert network(column(x))[0, 0] == pytest.approx(target(middle)[0], abs=1e-12)


@given(
    pieces=st.integers(1, 60),
    amplitude=st.floats(0.0, 2.0),
    frequency=st.floats(0.0, 20.0),
    slope=st.floats(-3.0, 3.0),
    size=st.floats(0.5, 4.0),
)
def test_staircase_error_is_at_most_lipschitz_over_twice_pieces(
    pieces: int, amplitude: float, frequency: float, slope: float, size: float
) -> None:
    target, domain = wave(amplitude, frequency, slope), (-1.0, -1.0 + size)
    x = line(domain, 501)
    network = staircase(target, pieces, 1.0, STEP, domain=domain)
    error, _ = sup_norm_error(network(column(x))[:, 0], target(x), x)
    lipschitz = amplitude * frequency + abs(slope)
    assert error <= lipschitz * size / (2.0 * pieces) + 1e-10


def test_the_lipschitz_bound_is_attained_by_a_straight_line() -> None:
    x = line((0.0, 1.0), 501)
    target = wave(0.0, 0.0, 3.0)
    values = staircase(target, 5, 1.0, STEP)(column(x))[:, 0]
    assert sup_norm_error(values, target(x), x)[0] == pytest.approx(3.0 / (2.0 * 5))


def test_a_steep_sigmoid_staircase_is_the_step_staircase_away_from_its_edges() -> None:
    x = line((0.0, 1.0), 501)
    far = np.abs(8.0 * x - np.round(8.0 * x)) > 0.1
    far |= (x < 0.05) | (x > 0.95)  # both ends of the interval are no edges
    sigmoid = staircase(NIELSENS_GOAL, 8, 3000.0, SIGMOID)(column(x))[far, 0]
    assert sigmoid == pytest.approx(staircase(NIELSENS_GOAL, 8, 1.0, STEP)(column(x))[far, 0], abs=1e-12)
    assert sigmoid[0] == pytest.approx(NIELSENS_GOAL(np.array([1.0 / 16.0]))[0], abs=1e-12)


def test_a_staircase_of_one_piece_is_a_constant_without_hidden_units() -> None:
    network = staircase(ONE_WAVE, 1, 10.0, domain=(0.0, 0.5))
    values = network(column(X))
    assert values == pytest.approx(np.ones((len(X), 1)))
    assert hidden_contributions(network, column(X)).shape == (len(X), 0)


def test_a_staircase_refuses_what_is_no_target_domain_or_number_of_pieces() -> None:
    with pytest.raises(ValueError, match="pieces must be at least 1, got pieces=0"):
        staircase(ONE_WAVE, 0, 10.0)
    with pytest.raises(ValueError, match=r"less than right, got left=1\.0 and right=0\.0"):
        staircase(ONE_WAVE, 4, 10.0, domain=(1.0, 0.0))
    with pytest.raises(ValueError, match=r"shape \(4, 1\) for inputs of shape \(4,\)"):
        staircase(column, 4, 10.0)


def test_a_staircase_may_climb_with_any_activation() -> None:
    network = staircase(ONE_WAVE, 3, 5.0, RELU)
    edges, (low, middle, high) = (1.0 / 3.0, 2.0 / 3.0), ONE_WAVE(np.array([1.0, 3.0, 5.0]) / 6.0)
    expected = (
        low
        + (middle - low) * np.maximum(0.0, 5.0 * (X - edges[0]))
        + (high - middle) * np.maximum(0.0, 5.0 * (X - edges[1]))
    )
    assert network(column(X))[:, 0] == pytest.approx(expected, abs=1e-12)
