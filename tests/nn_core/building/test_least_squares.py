"""No output weights over the same hidden units come closer than those of least squares."""

import itertools
import math
import re
import warnings
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.building.constructions import least_squares, least_squares_family, one_hidden_layer
from nn_core.building.knots import spread_units
from nn_core.building.least_squares import nested_least_squares
from nn_core.errors import root_mean_square_error
from nn_core.grids import column, line
from nn_core.networks.activations import (
    ACTIVATIONS,
    IDENTITY,
    RELU,
    SIGMOID,
    SINE,
    SOFTPLUS,
    SQUARE,
    STEP,
    TANH,
    Activation,
)
from nn_core.networks.network import Network, forward
from nn_core.targets.curves import JUMP, NIELSENS_GOAL, ONE_WAVE, TARGETS, Target, polyline

X = line((0.0, 1.0), 301)
MOST = 200
NUMBERS = st.floats(-10.0, 10.0)
UNITS = st.lists(st.tuples(NUMBERS, NUMBERS), max_size=6)
EACH_FAMILY = pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=str)


def unit_values(network: Network) -> FloatArray:
    return forward(network, column(X)).activations[0]


def rms(network: Network, target: Target) -> float:
    return root_mean_square_error(network(column(X))[:, 0], target(X))


def spread_family(target: Target, activation: Activation, steepness: float) -> tuple[Network, ...]:
    return tuple(least_squares_family(target, *spread_units(MOST, steepness), activation, X))


# ---- the best there is ------------------------------------------------------------------------------


@example([(2.0, 1.0), (0.25, -4.0), (0.25, -9.0), (0.125, 0.0)], [0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0], 0.03125)
@given(units=UNITS, changes=st.lists(NUMBERS, min_size=7, max_size=7), size=st.floats(1e-6, 10.0))
def test_no_network_over_the_same_hidden_units_comes_closer(
    units: list[tuple[float, float]], changes: list[float], size: float
) -> None:
    weights, biases = ([unit[k] for unit in units] for k in range(2))
    best = least_squares(NIELSENS_GOAL, weights, biases, TANH, X)
    output = best.layers[-1]
    other = one_hidden_layer(
        weights,
        biases,
        output.weights[:, 0] + size * np.array(changes[: len(units)]),
        TANH,
        output.biases[0] + size * changes[-1],
    )
    # Units that are all but constant have weights of 10¹³, of which 4 roundings of each part may be left.
    assert rms(best, NIELSENS_GOAL) <= rms(other, NIELSENS_GOAL) + 1e-6 + 0.04 * rounding(best)


def rounding(network: Network) -> float:
    """What the sum of large weights of opposite signs may be wrong by, in the root mean square."""
    parts = unit_values(network) * network.layers[-1].weights[:, 0]
    return 100.0 * 2.2e-16 * float(np.sqrt(np.mean(np.sum(parts**2, axis=1)))) + 1e-12


@EACH_FAMILY
@pytest.mark.parametrize(
    ("target", "steepness"),
    [(NIELSENS_GOAL, 5.0), (JUMP, 30.0), (NIELSENS_GOAL, 300.0)],
    ids=["soft", "jump", "steep"],
)
def test_what_is_left_over_is_orthogonal_to_every_unit_in_use(
    target: Target, activation: Activation, steepness: float
) -> None:
    network = spread_family(target, activation, steepness)[-1]
    left_over = network(column(X))[:, 0] - target(X)
    used = unit_values(network)[:, network.layers[-1].weights[:, 0] != 0.0]
    directions = used / np.linalg.norm(used, axis=0)
    root = math.sqrt(len(X))
    assert directions.T @ left_over / root == pytest.approx(0.0, abs=rounding(network))
    assert left_over.mean() == pytest.approx(0.0, abs=rounding(network))


def survey(seed: int, count: int) -> Iterator[tuple[Target, Activation, float]]:
    rng = np.random.default_rng(seed)
    targets, activations = [*TARGETS.values()], [*ACTIVATIONS.values()]
    for _ in range(count):
        target, activation = targets[rng.integers(len(targets))], activations[rng.integers(len(activations))]
        yield target, activation, 2.0 * round(100.0 ** rng.random())


def named(case: tuple[Target, Activation, float]) -> str:
    target, activation, steepness = case
    return f"{target.name}, {activation}, {steepness:g}"


def least(target: Target, network: Network) -> float:
    """The root mean square that NumPy's own least squares leaves with the same hidden units."""
    columns = np.hstack((np.ones((len(X), 1)), unit_values(network)))
    best, *_ = np.linalg.lstsq(columns, target(X), rcond=None)
    return root_mean_square_error(columns @ best, target(X))


@pytest.mark.parametrize("case", [*survey(12, 12)], ids=named)
def test_no_fit_is_twice_as_far_as_that_of_numpy(case: tuple[Target, Activation, float]) -> None:
    target, activation, steepness = case
    for network in spread_family(target, activation, steepness)[2::33]:
        floor = 1e-12 * np.abs(target(X)).max()
        assert rms(network, target) <= max(2.0 * least(target, network), floor)


def test_a_dozen_soft_hinges_come_within_rounding_of_a_wave() -> None:
    x = line((0.0, 1.0), 501)
    network = least_squares(ONE_WAVE, *spread_units(12, 2.0), SOFTPLUS, x)
    assert root_mean_square_error(network(column(x))[:, 0], ONE_WAVE(x)) < 4e-8


@pytest.mark.parametrize("case", [*survey(7, 8)], ids=named)
def test_more_units_never_raise_the_error(case: tuple[Target, Activation, float]) -> None:
    target, activation, steepness = case
    family = spread_family(target, activation, steepness)
    assert rms(family[0], target) == pytest.approx(np.std(target(X)), abs=1e-12)
    for fewer, more in itertools.pairwise((*family[:30], *family[30::10])):
        assert rms(more, target) <= rms(fewer, target) + 0.1 * rounding(more)


# ---- the family -------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(units=UNITS)
def test_network_number_n_is_the_least_squares_network_of_the_first_n_units(
    units: list[tuple[float, float]],
) -> None:
    weights, biases = (np.array([unit[k] for unit in units]) for k in range(2))
    family = least_squares_family(ONE_WAVE, weights, biases, SIGMOID, X)
    assert len(family) == len(units) + 1
    for n, network in enumerate(family):
        alone = least_squares(ONE_WAVE, weights[:n], biases[:n], SIGMOID, X)
        assert network.layers[0].weights[0].tolist() == weights[:n].tolist()
        assert network.layers[0].biases.tolist() == biases[:n].tolist()
        near = rounding(alone) + rounding(network)
        assert rms(network, ONE_WAVE) == pytest.approx(rms(alone, ONE_WAVE), abs=near)


def test_a_family_has_a_network_for_no_other_number_of_units() -> None:
    family = least_squares_family(ONE_WAVE, [1.0, 2.0], [0.0, 0.5], SIGMOID, X)
    assert len(list(family)) == 3
    for n in (-1, 3):
        with pytest.raises(IndexError, match=f"from 0 to 2 hidden units, got {n}"):
            family[n]


def test_without_hidden_units_it_is_the_mean() -> None:
    network = least_squares(NIELSENS_GOAL, [], [], SIGMOID, X)
    assert network(column(X)) == pytest.approx(NIELSENS_GOAL(X).mean(), abs=1e-14)


# ---- what kinds of units can do ---------------------------------------------------------------------


@pytest.mark.parametrize(("activation", "degree"), [(IDENTITY, 1), (SQUARE, 2)], ids=str)
@pytest.mark.parametrize("target", [NIELSENS_GOAL, ONE_WAVE], ids=lambda target: target.name)
def test_polynomial_units_never_beat_the_best_polynomial_and_attain_it_with_as_many_as_its_degree(
    target: Target, activation: Activation, degree: int
) -> None:
    best = np.polynomial.Polynomial.fit(X, target(X), degree)(X)
    bound = root_mean_square_error(best, target(X))
    for n, network in enumerate(spread_family(target, activation, 7.0)[:30]):
        assert rms(network, target) >= bound - 1e-12
        if n >= degree:
            assert network(column(X))[:, 0] == pytest.approx(best, abs=1e-9)


@pytest.mark.parametrize(("activation", "least"), [(SIGMOID, 1e-5), (TANH, 1e-6), (RELU, 1e-3)], ids=str)
def test_spread_units_come_close_to_a_smooth_target(activation: Activation, least: float) -> None:
    assert rms(spread_family(NIELSENS_GOAL, activation, 30.0)[-1], NIELSENS_GOAL) < least


def test_as_many_different_steps_as_points_reach_the_target_itself() -> None:
    x = line((0.0, 1.0), 33)
    weights, knots = np.ones(32), (x[:-1] + x[1:]) / 2.0
    network = least_squares(NIELSENS_GOAL, weights, -knots, STEP, x)
    assert network(column(x))[:, 0] == pytest.approx(NIELSENS_GOAL(x), abs=1e-12)


def test_hinges_at_its_corners_reach_a_polyline_itself() -> None:
    target = polyline([0.0, 0.2, 0.5, 1.0], [1.0, -1.0, 2.0, 0.0], "mine")
    network = least_squares(target, np.ones(3), [0.0, -0.2, -0.5], RELU, X)
    assert network.layers[-1].weights[:, 0] == pytest.approx([-10.0, 20.0, -14.0], abs=1e-10)
    assert network.layers[-1].biases == pytest.approx([1.0], abs=1e-12)


# ---- units that add nothing -------------------------------------------------------------------------


def output_weights(weights: list[float], biases: list[float], activation: Activation) -> list[float]:
    network = least_squares(NIELSENS_GOAL, weights, biases, activation, X)
    return [float(v) for v in network.layers[-1].weights[:, 0]]


@pytest.mark.parametrize(
    ("weights", "biases", "activation"),
    [
        pytest.param([5.0, 5.0], [-2.0, -2.0], SIGMOID, id="the same unit again"),
        pytest.param([3.0, 0.0], [-2.0, 7.0], SIGMOID, id="a constant"),
        pytest.param([3.0, 3.0], [-1.0, -4.0], RELU, id="a hinge beyond the grid"),
        pytest.param([5.0, -5.0], [-2.0, 2.0], SIGMOID, id="f(-z) = 1 - f(z)"),
        pytest.param([5.0, 2.0], [1.0, 9.0], IDENTITY, id="a second line"),
    ],
)
def test_a_unit_that_depends_on_those_before_it_keeps_output_weight_zero(
    weights: list[float], biases: list[float], activation: Activation
) -> None:
    first, second = output_weights(weights, biases, activation)
    assert first == pytest.approx(output_weights(weights[:1], biases[:1], activation)[0])
    assert first != 0.0
    assert second == 0.0


@pytest.mark.parametrize(("activation", "rank"), [(IDENTITY, 1), (SQUARE, 2), (SINE, 2)], ids=str)
def test_units_of_one_weight_and_many_biases_may_span_few_dimensions(
    activation: Activation, rank: int
) -> None:
    v = output_weights([8.0] * 20, line((-3.0, 3.0), 20).tolist(), activation)
    assert np.count_nonzero(v) == np.count_nonzero(v[:rank]) == rank


def test_with_different_weights_sines_span_more() -> None:
    weights, biases = spread_units(20, 100.0)
    assert np.count_nonzero(output_weights(weights.tolist(), biases.tolist(), SINE)) == 20


# ---- numbers of every size --------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1e-150, 1e-3, 1e3, 1e150])
def test_the_size_of_a_column_does_not_matter(size: float) -> None:
    columns, values = np.stack((np.ones(301), X, X**2), axis=1), NIELSENS_GOAL(X)
    sizes = np.array([1.0, size, 1.0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        scaled = nested_least_squares(columns * sizes, values)
    assert scaled * sizes[:, np.newaxis] == pytest.approx(nested_least_squares(columns, values), rel=1e-9)


def test_columns_too_small_to_divide_by_are_left_out_in_silence() -> None:
    columns = np.stack((np.ones(301), 1e-320 * X, 0.0 * X), axis=1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        coefficients = nested_least_squares(columns, X)
    assert coefficients.tolist() == [[pytest.approx(0.5)] * 3, [0.0] * 3, [0.0] * 3]


def test_a_column_has_no_part_in_the_fits_before_it() -> None:
    columns = np.stack((np.ones(301), np.sin(9.0 * X), X**2, np.cos(X)), axis=1)
    coefficients = nested_least_squares(columns, NIELSENS_GOAL(X))
    assert coefficients.tolist() == np.triu(coefficients).tolist()
    assert (coefficients[np.triu_indices(4)] != 0.0).all()


@pytest.mark.parametrize("shape", [(0, 3), (3, 0)])
def test_a_fit_needs_points_and_columns(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=re.escape(f"one column, got shape {shape}")):
        nested_least_squares(np.ones(shape), np.ones(shape[0]))


# ---- what is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weight", "bias", "activation"),
    [(math.inf, 0.0, RELU), (1.0, math.nan, SIGMOID), (1e308, 1e308, IDENTITY)],
    ids=["inf", "nan", "overflow"],
)
def test_a_unit_that_is_not_finite_on_the_grid_is_named(
    weight: float, bias: float, activation: Activation
) -> None:
    message = f"must be finite, those of unit 1, with weight {weight} and bias {bias}, are not"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(ValueError, match=re.escape(message)):
            least_squares(NIELSENS_GOAL, [1.0, weight, 1.0], [0.0, bias, 0.0], activation, X)


def test_what_is_no_list_of_units_grid_or_target_is_refused() -> None:
    with pytest.raises(ValueError, match=re.escape("got shapes (2,), (1,) and (2,)")):
        least_squares(ONE_WAVE, [1.0, 2.0], [0.0], SIGMOID, X)
    with pytest.raises(ValueError, match=re.escape("x must have shape (n,), got shape (301, 1)")):
        least_squares(ONE_WAVE, [1.0], [0.0], SIGMOID, column(X))
    with pytest.raises(ValueError, match="at least one point"):
        least_squares(ONE_WAVE, [1.0], [0.0], SIGMOID, np.empty(0))
    with pytest.raises(ValueError, match=r"the target must be finite, got nan at x=0\.0"):
        least_squares(lambda x: x * np.nan, [1.0], [0.0], SIGMOID, X)
