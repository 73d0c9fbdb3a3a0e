"""Networks written by hand are the functions that their formulas say."""

import math
import re
import warnings
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.building.constructions import (
    bump,
    bump_approximation,
    bumps,
    chosen_units,
    interpolant,
    neuron,
    one_hidden_layer,
    shared_edges,
    staircase,
)
from nn_core.building.knots import curvature_knots
from nn_core.errors import sup_norm_error
from nn_core.grids import column, line
from nn_core.networks.activations import ACTIVATIONS, RELU, SIGMOID, STEP, TANH, Activation
from nn_core.networks.network import Network, hidden_contributions, knot, superpose
from nn_core.targets.curves import (
    CORNER,
    JUMP,
    NIELSENS_GOAL,
    ONE_WAVE,
    SAWTOOTH,
    SQUARE_ROOT,
    TARGETS,
    Target,
    polyline,
)

NUMBERS = st.floats(-10.0, 10.0)
PIECES = st.lists(st.tuples(st.floats(0.05, 2.0), NUMBERS), min_size=1, max_size=8)
X = line((-2.0, 2.0), 81)
FINE = line((0.0, 1.0), 2001)
EVERY_TARGET = pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS.keys())


def sup_error(network: Network, target: Target, x: FloatArray = FINE) -> float:
    return sup_norm_error(network(column(x))[:, 0], target(x), x)[0]


def heights_and_edges(pieces: list[tuple[float, float]]) -> tuple[FloatArray, FloatArray]:
    return np.array([height for _, height in pieces]), np.cumsum([-2.0, *(size for size, _ in pieces)])


def same_layers(one: Network, other: Network) -> bool:
    return all(
        np.array_equal(a.weights, b.weights)
        and np.array_equal(a.biases, b.biases)
        and a.activation == b.activation
        for a, b in zip(one.layers, other.layers, strict=True)
    )


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


# ---- steps and bumps from heights and edges ---------------------------------------------------------


@given(pieces=PIECES, steepness=st.floats(0.1, 1e3), activation=st.sampled_from([*ACTIVATIONS.values()]))
def test_bumps_are_the_superposition_of_single_bumps(
    pieces: list[tuple[float, float]], steepness: float, activation: Activation
) -> None:
    heights, edges = heights_and_edges(pieces)
    singles = [
        bump(left, right, height, steepness, activation)
        for left, right, height in zip(edges[:-1], edges[1:], heights, strict=True)
    ]
    assert same_layers(bumps(heights, edges, steepness, activation), superpose(singles))


@given(pieces=PIECES, place=st.floats(0.01, 0.99), steepness=st.floats(0.1, 1e3))
def test_step_units_have_the_heights_between_the_edges(
    pieces: list[tuple[float, float]], place: float, steepness: float
) -> None:
    heights, edges = heights_and_edges(pieces)
    inside = column((1.0 - place) * edges[:-1] + place * edges[1:])
    beyond = column(np.array([edges[0] - 1.0, edges[-1] + 1.0]))
    alone, shared = (build(heights, edges, steepness, STEP) for build in (bumps, shared_edges))
    assert alone(inside)[:, 0] == pytest.approx(heights, abs=1e-12)
    assert shared(inside)[:, 0] == pytest.approx(heights, abs=1e-12)
    assert alone(beyond)[:, 0] == pytest.approx([0.0, 0.0], abs=1e-12)
    assert shared(beyond)[:, 0] == pytest.approx([heights[0], heights[-1]], abs=1e-12)


@given(pieces=PIECES, steepness=st.floats(0.1, 1e3), activation=st.sampled_from([SIGMOID, STEP, TANH]))
def test_shared_edges_are_the_bumps_and_what_the_first_and_the_last_step_lack(
    pieces: list[tuple[float, float]], steepness: float, activation: Activation
) -> None:
    heights, edges = heights_and_edges(pieces)
    first, last = (activation(-steepness * edge + steepness * X) for edge in (edges[0], edges[-1]))
    lack = heights[0] * (1.0 - first) + heights[-1] * last
    alone, shared = (build(heights, edges, steepness, activation) for build in (bumps, shared_edges))
    assert shared(column(X))[:, 0] == pytest.approx(alone(column(X))[:, 0] + lack, abs=1e-9)


@given(pieces=PIECES)
def test_n_pieces_need_2n_units_as_bumps_and_n_minus_1_with_shared_edges(
    pieces: list[tuple[float, float]],
) -> None:
    heights, edges = heights_and_edges(pieces)
    alone, shared = (build(heights, edges, 9.0).layers[0] for build in (bumps, shared_edges))
    assert (alone.weights.size, shared.weights.size) == (2 * len(pieces), len(pieces) - 1)


@pytest.mark.parametrize("build", [bumps, shared_edges])
def test_one_height_belongs_between_two_edges(build: Callable[..., Network]) -> None:
    with pytest.raises(ValueError, match=r"heights of shape \(2,\) and edges of shape \(2,\)"):
        build([1.0, 2.0], [0.0, 1.0], 9.0)
    with pytest.raises(ValueError, match=r"edges must increase, got 1\.0 followed by 0\.5"):
        build([1.0, 2.0], [0.0, 1.0, 0.5], 9.0)
    with pytest.raises(ValueError, match=r"edges must be at least 2 numbers in a row, got shape \(1,\)"):
        build([], [0.0], 9.0)
    with pytest.raises(ValueError, match=r"positive and finite, got steepness=0\.0"):
        build([1.0], [0.0, 1.0], 0.0)


# ---- bumps along a target ---------------------------------------------------------------------------


@given(pieces=st.integers(1, 30), steepness=st.floats(0.1, 1e4), left=NUMBERS, size=st.floats(0.1, 5.0))
def test_a_bump_approximation_is_a_bump_of_the_midpoint_value_on_each_piece(
    pieces: int, steepness: float, left: float, size: float
) -> None:
    domain = (left, left + size)
    edges = line(domain, pieces + 1)
    singles = [
        bump(a, b, float(NIELSENS_GOAL(np.array((a + b) / 2.0))), steepness) for a, b in pairwise(edges)
    ]
    assert same_layers(
        bump_approximation(NIELSENS_GOAL, pieces, steepness, domain=domain), superpose(singles)
    )


@pytest.mark.parametrize("steepness", [200.0, 1e3, 1e5, 1e7])
def test_at_both_ends_sigmoid_bumps_have_half_the_height_however_steep_they_are(steepness: float) -> None:
    heights = NIELSENS_GOAL(np.array([0.125, 0.875]))
    ends = column(np.array([0.0, 1.0]))
    assert bump_approximation(NIELSENS_GOAL, 4, steepness)(ends)[:, 0] == pytest.approx(heights / 2.0)
    assert staircase(NIELSENS_GOAL, 4, steepness)(ends)[:, 0] == pytest.approx(heights)


def test_at_the_right_end_the_last_bump_of_steps_is_off_already() -> None:
    ends = column(np.array([0.0, 1.0]))
    first = NIELSENS_GOAL(np.array([0.125]))[0]
    values = bump_approximation(NIELSENS_GOAL, 4, 100.0, STEP)(ends)[:, 0]
    assert values == pytest.approx([first, 0.0], abs=1e-15)


@pytest.mark.parametrize("steepness", [50.0, 200.0, 1000.0])
@pytest.mark.parametrize("pieces", [1, 5, 40])
def test_away_from_the_ends_bumps_and_staircase_agree_up_to_the_tails_of_a_sigmoid(
    pieces: int, steepness: float
) -> None:
    x = line((0.1, 0.9), 401)
    alone, shared = (
        build(NIELSENS_GOAL, pieces, steepness)(column(x))[:, 0] for build in (bump_approximation, staircase)
    )
    most = np.abs(NIELSENS_GOAL(FINE)).max()
    tails = most * (np.exp(-steepness * x) + np.exp(-steepness * (1.0 - x)))
    assert (np.abs(alone - shared) <= tails + 1e-12).all()


def test_a_bump_approximation_refuses_what_a_staircase_refuses() -> None:
    for build in (staircase, bump_approximation):
        with pytest.raises(ValueError, match="pieces must be at least 1, got pieces=0"):
            build(ONE_WAVE, 0, 10.0)
        with pytest.raises(ValueError, match=r"less than right, got left=1\.0 and right=0\.0"):
            build(ONE_WAVE, 4, 10.0, domain=(1.0, 0.0))
        with pytest.raises(ValueError, match=r"the target must be finite, got nan at x=0\.125"):
            build(lambda x: x * np.nan, 4, 10.0)


# ---- presets ----------------------------------------------------------------------------------------


LIPSCHITZ = [target for target in TARGETS.values() if target not in (JUMP, SAWTOOTH, SQUARE_ROOT)]


@pytest.mark.parametrize("target", LIPSCHITZ, ids=lambda target: target.name)
@pytest.mark.parametrize("pieces", [1, 2, 5, 16, 61])
def test_a_lipschitz_target_is_within_its_bound_of_its_staircase(target: Target, pieces: int) -> None:
    lipschitz = 1.001 * np.abs(np.diff(target(line((0.0, 1.0), 20001)))).max() * 20000.0
    assert sup_error(staircase(target, pieces, 9.0, STEP), target) <= lipschitz / (2.0 * pieces) + 1e-12


# ---- straight lines from knot to knot ---------------------------------------------------------------


@given(pieces=PIECES, place=st.floats(0.0, 1.0))
def test_an_interpolant_is_the_polyline_through_its_knots(
    pieces: list[tuple[float, float]], place: float
) -> None:
    heights, knots = heights_and_edges([(1.0, 3.0), *pieces])
    heights = np.append(heights, -1.0)
    target = polyline(knots, heights, "mine")
    network = interpolant(target, knots)
    assert network(column(knots))[:, 0] == pytest.approx(heights, abs=1e-10)
    between = (1.0 - place) * knots[:-1] + place * knots[1:]
    assert network(column(between))[:, 0] == pytest.approx(target(between), abs=1e-10)
    assert network.layers[0].weights.shape == (1, len(knots) - 1)


@EVERY_TARGET
@pytest.mark.parametrize("pieces", [1, 2, 9, 64, 200])
def test_an_interpolant_equals_its_target_at_the_knots(target: Target, pieces: int) -> None:
    for knots in (line((0.0, 1.0), pieces + 1), curvature_knots(target, pieces)):
        assert interpolant(target, knots)(column(knots))[:, 0] == pytest.approx(target(knots), abs=1e-9)


def test_beyond_its_knots_an_interpolant_is_constant_and_goes_on_straight() -> None:
    values = interpolant(ONE_WAVE, [0.0, 0.25, 0.75])(column(np.array([-3.0, -1.0, 1.0, 1.25])))[:, 0]
    assert values == pytest.approx([0.0, 0.0, -2.0, -3.0], abs=1e-12)


def test_twice_the_units_make_a_quarter_of_the_error() -> None:
    errors = [sup_error(interpolant(ONE_WAVE, line((0.0, 1.0), n + 1)), ONE_WAVE) for n in (16, 32, 64, 128)]
    ratios = [before / after for before, after in pairwise(errors)]
    assert all(3.8 <= ratio <= 4.2 for ratio in ratios)


@pytest.mark.parametrize("pieces", [1, 2, 3, 8, 17, 64])
def test_the_error_is_at_most_the_greatest_curvature_over_8_n_squared(pieces: int) -> None:
    network = interpolant(ONE_WAVE, line((0.0, 1.0), pieces + 1))
    assert sup_error(network, ONE_WAVE) <= 4.0 * math.pi**2 / (8.0 * pieces**2)


def test_that_bound_is_attained_by_a_parabola() -> None:
    network = interpolant(np.square, line((0.0, 1.0), 6))
    assert sup_norm_error(network(column(FINE))[:, 0], FINE**2, FINE)[0] == pytest.approx(2.0 / (8.0 * 5**2))


@pytest.mark.parametrize("pieces", [1, 3, 7, 51])
def test_with_a_corner_the_error_is_at_most_lipschitz_over_twice_pieces(pieces: int) -> None:
    network = interpolant(CORNER, line((0.0, 1.0), pieces + 1))
    assert sup_error(network, CORNER) <= 1.0 / (2.0 * pieces) + 1e-12


@pytest.mark.parametrize("pieces", [1, 4, 64, 200])
def test_no_interpolant_comes_closer_to_a_jump_than_half_of_it(pieces: int) -> None:
    beside = np.array([np.nextafter(0.5, 0.0), 0.5])
    for knots in (line((0.0, 1.0), pieces + 1), curvature_knots(JUMP, pieces)):
        assert sup_error(interpolant(JUMP, knots), JUMP, beside) >= 0.5 - 1e-9


def test_an_interpolant_refuses_what_is_no_target_or_row_of_knots() -> None:
    with pytest.raises(ValueError, match=r"knots must be at least 2 numbers in a row, got shape \(1,\)"):
        interpolant(ONE_WAVE, [0.0])
    with pytest.raises(ValueError, match=r"knots must increase, got 0\.5 followed by 0\.5"):
        interpolant(ONE_WAVE, [0.0, 0.5, 0.5])
    with pytest.raises(ValueError, match="knots must be finite, got inf"):
        interpolant(ONE_WAVE, [0.0, math.inf])
    with pytest.raises(ValueError, match=r"the target must be finite, got -inf at x=1\.0"):
        interpolant(lambda x: np.where(x == 1.0, -np.inf, x), [0.0, 1.0])


# ---- some of the units ------------------------------------------------------------------------------

UNITS = st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=8)


def layer_of(units: list[tuple[float, float, float]], bias: float) -> Network:
    weights, biases, output_weights = np.array(units).T
    return one_hidden_layer(weights, biases, output_weights, TANH, bias)


@given(units=UNITS, bias=NUMBERS, data=st.data())
def test_the_chosen_units_contribute_what_they_did_and_the_bias_stays(
    units: list[tuple[float, float, float]], bias: float, data: st.DataObject
) -> None:
    network = layer_of(units, bias)
    chosen = data.draw(st.lists(st.integers(0, len(units) - 1), unique=True))
    few = chosen_units(network, chosen)
    parts = hidden_contributions(network, column(X))[:, chosen]
    assert hidden_contributions(few, column(X)).tolist() == parts.tolist()
    assert few(column(X))[:, 0] == pytest.approx(parts.sum(axis=1) + bias, abs=1e-12)


@given(units=UNITS, bias=NUMBERS, n=st.integers(0, 8))
def test_the_first_units_and_the_others_add_up_to_the_network(
    units: list[tuple[float, float, float]], bias: float, n: int
) -> None:
    network = layer_of(units, bias)
    first, others = chosen_units(network, slice(n)), chosen_units(network, slice(n, None))
    both = superpose([first, others])(column(X)) - bias
    assert both == pytest.approx(network(column(X)), abs=1e-11)
    assert first.layers[0].biases.size == min(n, len(units))
    assert chosen_units(network, slice(None))(column(X)).tolist() == network(column(X)).tolist()
