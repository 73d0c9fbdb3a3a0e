"""The best line is beaten by no other, and what one line cannot do, no line does."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.arrays import FloatArray, IntArray
from nn_core.plane.lines import (
    Line,
    along,
    best_line,
    bias_through,
    foot,
    line_through_square,
    turned_through,
)

SEEDS = st.integers(0, 2**32 - 1)
SIZES = st.integers(1, 20)
CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
REAL = st.floats(-5, 5)
WEIGHTS = st.tuples(REAL, REAL).filter(lambda pair: max(map(abs, pair)) > 1e-3)


def right_of(weights: FloatArray, bias: float, points: FloatArray, labels: IntArray) -> int:
    return int(((points @ weights + bias > 0.0) == (labels == 1)).sum())


def random_points(seed: int, n: int) -> tuple[FloatArray, IntArray]:
    random = np.random.default_rng(seed)
    return random.normal(size=(n, 2)), random.integers(0, 2, size=n)


def lattice_points(seed: int, n: int) -> tuple[FloatArray, IntArray]:
    """Points of a 4 x 4 lattice: many are collinear, many coincide."""
    random = np.random.default_rng(seed)
    return random.integers(0, 4, size=(n, 2)).astype(np.float64), random.integers(0, 2, size=n)


Scatter = Callable[[int, int], tuple[FloatArray, IntArray]]
SCATTERS: st.SearchStrategy[Scatter] = st.sampled_from([random_points, lattice_points])


def brute_force(points: FloatArray, labels: IntArray, random: np.random.Generator, tries: int) -> int:
    """The most that random lines get right, each tried with class 1 on either side."""
    angles = random.uniform(0.0, np.pi, tries)
    projections = np.cos(angles) * points[:, :1] + np.sin(angles) * points[:, 1:]
    thresholds = random.uniform(projections.min(axis=0) - 0.1, projections.max(axis=0) + 0.1)
    right = ((projections > thresholds) == (labels[:, np.newaxis] == 1)).sum(axis=0)
    return int(np.maximum(right, len(points) - right).max())


def test_no_line_gets_more_than_three_of_the_four_corners_of_xor_right() -> None:
    line = best_line(CORNERS, [0, 1, 1, 0])
    assert (line.right, line.n) == (3, 4)


@pytest.mark.parametrize("code", range(16))
def test_of_sixteen_labellings_of_four_corners_a_line_gets_all_but_two_right(code: int) -> None:
    labels = np.array([code >> k & 1 for k in range(4)])
    line = best_line(CORNERS, labels)
    assert line.right == (3 if code in (6, 9) else 4)
    assert right_of(line.weights, line.bias, CORNERS, labels) == line.right


@given(scatter=SCATTERS, seed=SEEDS, n=SIZES)
def test_the_line_is_a_line_and_gets_as_many_right_as_it_says(scatter: Scatter, seed: int, n: int) -> None:
    points, labels = scatter(seed, n)
    line = best_line(points, labels)
    assert np.hypot(*line.weights) == pytest.approx(1.0)
    assert line.n == n
    assert right_of(line.weights, line.bias, points, labels) == line.right


@given(seed=SEEDS, n=st.integers(1, 60), margin=st.floats(1e-6, 1.0))
def test_points_labelled_by_a_line_are_all_right(seed: int, n: int, margin: float) -> None:
    random = np.random.default_rng(seed)
    weights, bias = random.normal(size=2), random.normal()
    weights /= np.hypot(*weights)
    points = random.normal(size=(n, 2))
    labels = (points @ weights + bias > 0.0).astype(np.int64)
    points += margin * (2 * labels[:, np.newaxis] - 1) * weights
    assert best_line(points, labels).right == n


@given(scatter=SCATTERS, seed=SEEDS, n=SIZES)
def test_never_fewer_are_right_than_the_larger_class_has(scatter: Scatter, seed: int, n: int) -> None:
    points, labels = scatter(seed, n)
    assert max(labels.sum(), n - labels.sum()) <= best_line(points, labels).right <= n


@given(scatter=SCATTERS, seed=SEEDS, n=st.integers(1, 12))
@settings(max_examples=50)
def test_random_lines_never_beat_it(scatter: Scatter, seed: int, n: int) -> None:
    points, labels = scatter(seed, n)
    assert brute_force(points, labels, np.random.default_rng(seed), 5000) <= best_line(points, labels).right


@pytest.mark.parametrize("seed", range(20))
def test_of_a_few_points_many_random_lines_do_as_well_and_no_better(seed: int) -> None:
    points, labels = random_points(seed, 6)
    assert (
        brute_force(points, labels, np.random.default_rng(seed), 100_000) == best_line(points, labels).right
    )


@given(seed=SEEDS, n=SIZES, angle=st.floats(0, 6.3), scale=st.floats(1e-3, 1e3), shift=st.tuples(REAL, REAL))
def test_turning_scaling_and_shifting_the_points_does_not_change_how_many_are_right(
    seed: int, n: int, angle: float, scale: float, shift: tuple[float, float]
) -> None:
    points, labels = random_points(seed, n)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    moved = scale * points @ turn + shift
    assert best_line(moved, labels).right == best_line(points, labels).right


@given(scatter=SCATTERS, seed=SEEDS, n=SIZES)
def test_swapping_the_classes_or_the_order_does_not_change_how_many_are_right(
    scatter: Scatter, seed: int, n: int
) -> None:
    points, labels = scatter(seed, n)
    right = best_line(points, labels).right
    order = np.random.default_rng(seed).permutation(n)
    assert best_line(points, 1 - labels).right == right
    assert best_line(points[order], labels[order]).right == right


@given(seed=SEEDS, n=st.integers(1, 30))
def test_points_on_a_line_are_divided_as_numbers_are_by_a_threshold(seed: int, n: int) -> None:
    random = np.random.default_rng(seed)
    places, labels = np.sort(random.normal(size=n)), random.integers(0, 2, size=n)
    points = np.array([0.5, -1.0]) + places[:, np.newaxis] * np.array([3.0, 4.0])
    below = np.concatenate(([0], np.cumsum(1 - 2 * labels))) + labels.sum()
    assert best_line(points, labels).right == max(below.max(), (n - below).max())


@pytest.mark.parametrize("place", [(0.0, 0.0), (0.1, 0.1), (-7.3, 1e6)])
@pytest.mark.parametrize("ones", range(4))
def test_of_coincident_points_one_class_is_wrong(place: tuple[float, float], ones: int) -> None:
    points, labels = np.tile(place, (3, 1)), np.array([1] * ones + [0] * (3 - ones))
    line = best_line(points, labels)
    assert line.right == max(ones, 3 - ones)
    assert right_of(line.weights, line.bias, points, labels) == line.right


@given(seed=SEEDS, n=st.integers(1, 10))
def test_a_pair_of_coincident_points_of_different_classes_is_one_error(seed: int, n: int) -> None:
    points, labels = random_points(seed, n)
    line = best_line(np.vstack((points, points)), np.concatenate((labels, 1 - labels)))
    assert line.right == n


def test_the_line_is_in_the_middle_of_its_gap() -> None:
    points = np.array([[0.0, 0.0], [0.0, 0.5], [0.0, 3.5], [0.0, 4.0]])
    line = best_line(points, [0, 0, 1, 1])
    assert foot(line.weights, line.bias) == pytest.approx((0.0, 2.0))
    swapped = best_line(points, [1, 1, 0, 0])
    assert swapped.weights == pytest.approx(-line.weights)


@pytest.mark.parametrize(("places", "middle"), [((0, 1, 5, 8), 6.5), ((0, 3, 5, 6), 1.5)])
def test_of_equally_good_divisions_the_widest_gap_is_taken(places: tuple[int, ...], middle: float) -> None:
    points = np.stack((np.array(places, dtype=np.float64), np.zeros(4)), axis=1)
    line = best_line(points, [0, 1, 0, 1])
    assert line.right == 3
    assert foot(line.weights, line.bias) == pytest.approx((middle, 0.0))


def test_where_only_constant_answers_are_right_the_line_misses_the_points() -> None:
    points, _ = random_points(0, 20)
    for label in (0, 1):
        line = best_line(points, np.full(20, label))
        assert line.right == 20
        assert set(points @ line.weights + line.bias > 0.0) == {label == 1}


def test_a_line_is_a_value() -> None:
    line = best_line(CORNERS, [0, 1, 1, 1])
    with pytest.raises(ValueError, match="read-only"):
        line.weights[0] = 3.0
    with pytest.raises(AttributeError):
        line.bias = 0.0  # type: ignore[misc]
    assert isinstance(line, Line)


@pytest.mark.parametrize(
    ("points", "labels"),
    [((0, 2), (0,)), ((3, 3), (3,)), ((3, 2), (2,)), ((3, 2), (3, 1)), ((2,), (2,)), ((1, 3, 2), (1,))],
)
def test_wrong_shapes_and_no_points_are_named(points: tuple[int, ...], labels: tuple[int, ...]) -> None:
    both = f"got points of shape {points} and labels of shape {labels}"
    with pytest.raises(ValueError, match=re.escape(both)):
        best_line(np.zeros(points), np.zeros(labels))


def test_other_labels_and_places_that_are_no_numbers_are_named() -> None:
    with pytest.raises(ValueError, match=re.escape("0 or 1, got 2.0")):
        best_line(CORNERS, [0, 1, 2, 1])
    with pytest.raises(ValueError, match="finite, got"):
        best_line(np.where(CORNERS == 1.0, np.nan, 0.0), [0, 1, 1, 0])


@given(weights=WEIGHTS, bias=REAL)
def test_the_foot_is_on_the_line_and_nearer_to_the_origin_than_any_other_point_of_it(
    weights: tuple[float, float], bias: float
) -> None:
    nearest = foot(weights, bias)
    assert nearest is not None
    w, p = np.array(weights), np.array(nearest)
    assert w @ p + bias == pytest.approx(0.0, abs=1e-9)
    along = np.array([-w[1], w[0]]) / np.hypot(*w)
    assert along @ p == pytest.approx(0.0, abs=1e-9 * (1.0 + np.hypot(*p)))


def test_without_weights_there_is_no_line() -> None:
    assert foot((0.0, 0.0), 1.0) is None
    assert np.isnan(line_through_square((0.0, 0.0), 0.0, 1.0)).all()


def test_a_line_too_far_off_for_a_float_has_no_foot() -> None:
    assert foot((1e-300, 0.0), 1e300) is None
    assert np.isnan(line_through_square((1e-300, 0.0), 1e300, 1.0)).all()


@given(weights=WEIGHTS, bias=REAL, half=st.floats(0.1, 10))
def test_the_ends_are_on_the_line_and_on_the_square(
    weights: tuple[float, float], bias: float, half: float
) -> None:
    x, y = line_through_square(weights, bias, half)
    assert x.shape == y.shape == (2,)
    corners = half * np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]]) @ np.array(weights) + bias
    if np.isnan(x).any():
        assert np.isnan([*x, *y]).all()
        assert corners.min() > -1e-9 or corners.max() < 1e-9
        return
    assert corners.min() < 1e-9
    assert corners.max() > -1e-9
    assert weights[0] * x + weights[1] * y + bias == pytest.approx(np.zeros(2), abs=1e-9)
    assert np.maximum(np.abs(x), np.abs(y)) == pytest.approx(np.full(2, half))
    assert (np.maximum(np.abs(x), np.abs(y)) <= half).all()


@given(weights=WEIGHTS, share=st.floats(-0.99, 0.99), half=st.floats(0.1, 10))
def test_a_line_through_the_inside_has_two_ends_with_class_1_on_the_right(
    weights: tuple[float, float], share: float, half: float
) -> None:
    x, y = line_through_square(weights, share * half * max(map(abs, weights)), half)
    assert np.hypot(x[1] - x[0], y[1] - y[0]) > 0.0
    assert (y[1] - y[0]) * weights[0] - (x[1] - x[0]) * weights[1] > 0.0


@pytest.mark.parametrize("half", [0.0, -1.0, float("nan")])
def test_a_square_without_inside_and_wrong_weights_are_named(half: float) -> None:
    with pytest.raises(ValueError, match=f"more than 0, got half={half}"):
        line_through_square((1.0, 0.0), 0.0, half)
    with pytest.raises(ValueError, match=re.escape("two weights, got shape (3,)")):
        foot((1.0, 2.0, 3.0), 0.0)


# ---- a line that is moved ---------------------------------------------------------------------------

SIZES = st.floats(0.1, 8.0)
ANGLES = st.floats(-np.pi, np.pi)
OFFSETS = st.floats(-1.5, 1.5)


def weights_of(size: float, angle: float) -> FloatArray:
    return size * np.array([np.cos(angle), np.sin(angle)])


@given(size=SIZES, angle=ANGLES, x=OFFSETS, y=OFFSETS)
def test_a_line_goes_through_any_place_with_the_right_bias(
    size: float, angle: float, x: float, y: float
) -> None:
    weights = weights_of(size, angle)
    assert weights @ [x, y] + bias_through(weights, (x, y)) == pytest.approx(0.0, abs=1e-12)


@given(size=SIZES, angle=ANGLES, bias=OFFSETS, x=OFFSETS, y=OFFSETS)
def test_a_turned_line_goes_through_the_place_at_its_old_distance_from_the_origin(
    size: float, angle: float, bias: float, x: float, y: float
) -> None:
    turned = turned_through(weights_of(size, angle), bias, (x, y))
    if np.hypot(x, y) < 1e-9:
        assert turned is None
        return
    assert turned is not None
    assert np.hypot(*turned) == pytest.approx(size)
    if np.hypot(x, y) > abs(bias) / size + 1e-6:
        assert turned @ [x, y] + bias == pytest.approx(0.0, abs=1e-6)


@given(size=SIZES, angle=ANGLES, bias=OFFSETS, distance=st.floats(0.1, 2.0))
def test_a_line_turned_to_a_place_on_its_left_stays_as_it_is(
    size: float, angle: float, bias: float, distance: float
) -> None:
    weights = weights_of(size, angle)
    place = along(weights, bias, distance)
    assert place is not None
    assert weights @ place + bias == pytest.approx(0.0, abs=1e-9)
    assert np.hypot(*np.subtract(place, foot(weights, bias))) == pytest.approx(distance)
    assert turned_through(weights, bias, place) == pytest.approx(weights, abs=1e-6)


@pytest.mark.parametrize("place", [(1e155, 1e155), (-1e300, 1.0), (1.0, -1.7e308)])
def test_a_line_turns_to_a_place_however_far_it_is(place: tuple[float, float]) -> None:
    weights = turned_through(np.array([3.0, -4.0]), 2.0, place)
    assert weights is not None
    assert np.hypot(*weights) == pytest.approx(5.0)
    assert weights @ (np.array(place) / np.hypot(*place)) == pytest.approx(0.0, abs=1e-12)


def test_to_a_place_farther_than_there_are_numbers_no_line_turns() -> None:
    assert turned_through(np.array([3.0, -4.0]), 2.0, (1.7e308, 1.7e308)) is None


def test_without_weights_there_is_no_line_to_move() -> None:
    assert along(np.zeros(2), 1.0, 1.0) is None
    assert turned_through(np.zeros(2), 1.0, (1.0, 1.0)) is None
