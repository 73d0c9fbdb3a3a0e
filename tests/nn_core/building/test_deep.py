"""What is claimed of depth holds of the networks themselves."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.building.constructions import interpolant, one_hidden_layer
from nn_core.building.deep.folding import folds, most_parts, parts, unfolded
from nn_core.building.deep.narrow import carried, clamp, largest_fall, monotone_floor
from nn_core.building.deep.pieces import crossings, kinks, most_pieces
from nn_core.building.deep.repeated import chebyshev, needed, rounding_of, squarings, tents, zigzag
from nn_core.errors import sup_norm_error
from nn_core.grids import column, lattice, line
from nn_core.networks.activations import IDENTITY, RELU, STEP, TANH, Activation
from nn_core.networks.initialisation import HE, first_network
from nn_core.networks.network import Layer, Network, forward
from nn_core.targets.curves import TARGETS, polyline

TIMES = range(1, 9)
DYADIC = line((0.0, 1.0), 1025)
NUMBERS = st.floats(-20.0, 20.0)
SHAPES = [(24,), (12, 12), (8, 8, 8), (4,) * 6, (3,) * 8]
VALUES = st.lists(NUMBERS, min_size=2, max_size=20).map(np.array)
CHAINS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=4)


def values(network: Network) -> np.ndarray:
    return network(column(DYADIC))[:, 0]


def apart(one: Network, other: Network) -> float:
    return sup_norm_error(values(one), values(other), DYADIC)[0]


@pytest.mark.parametrize("times", TIMES)
def test_tents_go_up_and_down_once_more_for_every_unit_that_one_layer_would_need(times: int) -> None:
    network, places = tents(times), column(np.arange(2.0**times + 1) / 2**times)
    assert np.array_equal(network(places)[:, 0], np.arange(2**times + 1) % 2)
    assert crossings(values(network), 0.5) == 2**times
    assert network.n_parameters == 6 * times + 1
    assert all(layer.biases.size == 2 for layer in network.layers[:-1])


@pytest.mark.parametrize("times", TIMES)
def test_one_layer_is_a_half_away_until_it_has_as_many_units_as_there_are_pieces(times: int) -> None:
    deep = tents(times)
    for units in {1, 2, 3, needed(times) - 1, needed(times)} & {*range(1, 2**times)}:
        assert apart(zigzag(times, units), deep) == 0.5
    for units in (2**times, 2**times + 5):
        assert apart(zigzag(times, units), deep) == 0.0
    assert zigzag(times, 2**times).n_parameters == 3 * 2**times + 1


@pytest.mark.parametrize("times", TIMES)
def test_as_many_units_as_are_needed_make_as_many_pieces_as_there_are_crossings(times: int) -> None:
    assert most_pieces((needed(times),)) == crossings(values(tents(times)), 0.5)


@given(st.integers(2, 5), st.data())
def test_no_weights_bring_a_smaller_layer_nearer_than_a_half(times: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(1, needed(times) - 1))
    rows = [data.draw(st.lists(NUMBERS, min_size=count, max_size=count)) for _ in range(3)]
    assert apart(one_hidden_layer(*rows, RELU, data.draw(NUMBERS)), tents(times)) >= 0.5


def test_deep_and_shallow_have_as_many_parameters_at_two_tents_and_49_against_769_at_eight() -> None:
    counted = {k: (tents(k).n_parameters, zigzag(k, 2**k).n_parameters) for k in (2, 3, 8)}
    assert counted == {2: (13, 13), 3: (19, 25), 8: (49, 769)}


def test_to_touch_a_level_is_not_to_cross_it() -> None:
    assert crossings(np.array([0.0, 0.5, 0.0, 1.0, 0.5, 0.5, 0.0]), 0.5) == 2


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS.keys())
@pytest.mark.parametrize("pieces", [1, 2, 7, 40])
def test_three_units_a_layer_carry_the_same_straight_pieces(target, pieces: int) -> None:  # type: ignore[no-untyped-def]
    knots = np.linspace(*target.domain, pieces + 1)
    x = column(line(target.domain, 501))
    wide, deep = interpolant(target, knots), carried(target, knots)
    assert np.allclose(deep(x), wide(x), rtol=0.0, atol=1e-11)
    assert deep.depth == pieces
    assert deep.n_parameters == 12 * pieces - 2
    assert all(layer.biases.size == 3 for layer in deep.layers[:-1])


@given(st.lists(st.tuples(st.floats(0.05, 2.0), NUMBERS), min_size=2, max_size=12), st.floats(-5.0, 5.0))
def test_also_through_points_anywhere(steps: list[tuple[float, float]], start: float) -> None:
    x = start + np.cumsum([size for size, _ in steps])
    points = polyline(x, [height for _, height in steps], "points")
    shown = column(line((float(x[0]), float(x[-1])), 201))
    assert np.allclose(carried(points, x)(shown), interpolant(points, x)(shown), rtol=0.0, atol=1e-8)


@pytest.mark.parametrize("times", range(1, 8))
def test_squares_of_squares_are_chebyshevs_polynomial(times: int) -> None:
    x = np.append(line((-1.0, 1.0), 2001), -np.cos(line((0.0, np.pi), 769)))
    network = squarings(times)
    exact = chebyshev(x, times)
    assert np.abs(network(column(x))[:, 0] - exact).max() < min(rounding_of(times), 1e-12)
    assert np.abs(np.cos(2**times * np.arccos(x)) - exact).max() < 1e-13
    assert network.n_parameters == 2 * times + 2


@given(st.integers(1, 6), st.floats(-1.0, 1.0))
def test_nowhere_do_squares_of_squares_lose_more_digits_than_is_proven(times: int, x: float) -> None:
    found = float(squarings(times)(np.array([[x]]))[0, 0])
    exact = Fraction(x)
    for _ in range(times):
        exact = 2 * exact * exact - 1
    assert abs(Fraction(found) - exact) <= Fraction(rounding_of(times)) <= Fraction(1, 10**12)
    assert chebyshev(np.array([x]), times)[0] == float(exact)


def test_the_polynomial_is_that_of_the_recurrence_that_defines_it() -> None:
    x = line((-1.0, 1.0), 41)
    assert chebyshev(x, 3) == pytest.approx(np.polynomial.Chebyshev.basis(8)(x), abs=1e-13)
    with pytest.raises(ValueError, match="times must be at least 1"):
        chebyshev(x, 0)


@pytest.mark.parametrize("times", range(1, 6))
def test_with_every_fold_a_sheet_has_four_times_as_many_straight_parts(times: int) -> None:
    cells = 4 * 2**times
    inside = (np.arange(cells) + 0.5) * 2.0 / cells - 1.0
    assert parts(folds(times), lattice(inside, inside)) == 4**times


@given(st.integers(1, 4), st.tuples(st.floats(-1.0, 1.0), st.floats(-1.0, 1.0)))
def test_all_mirror_images_of_a_place_are_folded_onto_it(times: int, place: tuple[float, float]) -> None:
    images = unfolded(np.array([place]), times)
    assert images.shape == (4**times, 1, 2)
    assert np.allclose(folds(times)(images[:, 0]), place, rtol=0.0, atol=1e-12)


def test_deep_overtakes_the_most_that_one_layer_can_have_at_the_fourth_fold() -> None:
    assert [most_parts(4 * times) for times in range(1, 6)] == [11, 37, 79, 137, 211]
    assert [4**times > most_parts(4 * times) for times in range(1, 6)] == [False, False, False, True, True]


@given(VALUES)
def test_the_largest_fall_is_that_of_all_pairs(values: np.ndarray) -> None:
    high, low = largest_fall(values)
    assert high <= low
    assert values[high] - values[low] == max(
        values[i] - values[j] for j in range(len(values)) for i in range(j + 1)
    )


@given(VALUES, CHAINS, st.sampled_from([RELU, TANH, STEP]))
def test_no_network_of_width_1_gets_below_its_floor(
    values: np.ndarray, chain: list[tuple[float, float]], activation: Activation
) -> None:
    layers = [Layer(np.array([[w]]), np.array([b]), activation) for w, b in chain]
    network = Network((*layers, Layer(np.array([[3.0]]), np.array([-1.0]), IDENTITY)))
    x = np.linspace(0.0, 1.0, len(values))
    floor = monotone_floor(values)
    assert sup_norm_error(network(column(x))[:, 0], values, x)[0] >= floor - 1e-9


@given(VALUES)
def test_and_a_function_that_only_rises_or_only_falls_reaches_it(values: np.ndarray) -> None:
    rising = (np.maximum.accumulate(values) + np.minimum.accumulate(values[::-1])[::-1]) / 2.0
    falling = (np.minimum.accumulate(values) + np.maximum.accumulate(values[::-1])[::-1]) / 2.0
    nearest = min(np.abs(each - values).max() for each in (rising, falling))
    assert np.isclose(nearest, monotone_floor(values), rtol=0.0, atol=1e-12)


def test_a_clamp_is_flat_up_to_its_left_corner_and_from_its_right_one() -> None:
    x = line((-1.0, 2.0), 301)
    expected = np.interp(x, [0.25, 0.75], [0.9, -0.3])
    assert np.allclose(clamp(0.25, 0.75, 0.9, -0.3)(column(x))[:, 0], expected, rtol=0.0, atol=1e-12)
    with pytest.raises(ValueError, match="left"):
        clamp(0.5, 0.5, 0.0, 1.0)


@pytest.mark.parametrize("times", TIMES)
def test_the_ends_of_a_tents_pieces_are_found_exactly(times: int) -> None:
    assert np.array_equal(kinks(tents(times), (0.0, 1.0)), np.arange(2**times + 1) / 2**times)


@pytest.mark.parametrize("widths", SHAPES, ids=str)
def test_between_its_kinks_a_random_network_is_straight_and_at_each_a_unit_turns(
    widths: tuple[int, ...],
) -> None:
    for seed in range(5):
        network = first_network((1, *widths, 1), RELU, HE, np.random.default_rng(seed))
        ends = kinks(network, (-2.0, 2.0))
        assert len(ends) - 1 <= most_pieces(widths)
        inner = ends[:-1, np.newaxis] + np.array([0.25, 0.5, 0.75]) * np.diff(ends)[:, np.newaxis]
        passed = forward(network, inner.reshape(-1, 1))
        left, middle, right = passed.output[:, 0].reshape(-1, 3).T
        assert np.allclose(left + right, 2 * middle, rtol=0.0, atol=1e-9)
        on = np.hstack([z > 0.0 for z in passed.pre_activations[:-1]])[1::3]
        assert (on[1:] != on[:-1]).any(axis=1).all()


@pytest.mark.parametrize("make", [tents, squarings, folds, lambda times: zigzag(times, 1)])
def test_nothing_is_composed_less_than_once(make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="times must be at least 1, got times=0"):
        make(0)


def test_there_is_no_layer_without_a_unit() -> None:
    with pytest.raises(ValueError, match="units must be at least 1, got units=0"):
        zigzag(2, 0)
