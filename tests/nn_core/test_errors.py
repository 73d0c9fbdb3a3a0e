"""Reported errors are what their names say, and refuse what cannot be compared."""

import math
import re
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.errors import (
    Worst,
    accuracy,
    compare,
    mean_absolute_error,
    root_mean_square_error,
    sup_norm_error,
)

VALUES = st.integers(1, 20).flatmap(
    lambda n: st.lists(st.lists(st.floats(-1e3, 1e3), min_size=n, max_size=n), min_size=2, max_size=2)
)


def all_errors(network_values: FloatArray, target_values: FloatArray) -> list[float]:
    return [
        sup_norm_error(network_values, target_values, np.zeros(np.shape(network_values)))[0],
        root_mean_square_error(network_values, target_values),
        mean_absolute_error(network_values, target_values),
    ]


def test_errors_agree_with_a_calculation_by_hand() -> None:
    values, target = np.array([1.0, 2.0, -3.0, 0.0]), np.array([1.0, 1.0, 0.0, 1.0])
    assert sup_norm_error(values, target, np.array([0.0, 0.1, 0.2, 0.3])) == (3.0, 0.2)
    assert root_mean_square_error(values, target) == pytest.approx(math.sqrt(11.0 / 4.0))
    assert mean_absolute_error(values, target) == pytest.approx(5.0 / 4.0)


@given(VALUES)
def test_the_sup_norm_error_is_attained_where_it_says(values: list[list[float]]) -> None:
    network_values, target_values = np.array(values)
    x = np.arange(len(network_values)) / 2.0
    error, where = sup_norm_error(network_values, target_values, x)
    distances = np.abs(network_values - target_values)
    assert (distances <= error).all()
    assert distances[int(2 * where)] == error


def test_the_first_of_several_worst_points_is_reported() -> None:
    x = np.array([0.0, 0.5, 1.0])
    assert sup_norm_error(np.array([0.0, 2.0, -2.0]), np.zeros(3), x) == (2.0, 0.5)


@given(VALUES)
def test_mean_error_is_at_most_root_mean_square_is_at_most_sup(values: list[list[float]]) -> None:
    sup, root_mean_square, mean = all_errors(*np.array(values))
    assert mean <= root_mean_square * (1.0 + 1e-12) + 1e-150
    assert root_mean_square <= sup * (1.0 + 1e-12)


@given(VALUES, st.floats(-100.0, 100.0))
def test_errors_are_in_units_of_the_output(values: list[list[float]], scale: float) -> None:
    network_values, target_values = np.array(values)
    scaled = all_errors(scale * network_values, scale * target_values)
    expected = [abs(scale) * error for error in all_errors(network_values, target_values)]
    assert scaled == pytest.approx(expected, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    ("one", "other"), [((3,), (4,)), ((3, 1), (3,)), ((3,), (3, 1)), ((2, 2), (2, 2)), ((), ())]
)
def test_wrong_shapes_of_values_are_named(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    for error in (
        root_mean_square_error,
        mean_absolute_error,
        lambda n, t: sup_norm_error(n, t, n),
    ):
        with pytest.raises(ValueError, match=re.escape(f"got shapes {one} and {other}")):
            error(np.zeros(one), np.zeros(other))


def test_a_grid_of_another_shape_is_named() -> None:
    with pytest.raises(ValueError, match=r"\(3,\), got shape \(3, 1\)"):
        sup_norm_error(np.zeros(3), np.zeros(3), np.zeros((3, 1)))


@pytest.mark.parametrize(("one", "other"), [(math.nan, 0.0), (0.0, math.nan), (math.inf, math.inf)])
def test_no_error_is_made_of_nan(one: float, other: float) -> None:
    values, target = np.array([0.0, one, 5.0]), np.array([0.0, other, 0.0])
    for error in (
        root_mean_square_error,
        mean_absolute_error,
        lambda n, t: sup_norm_error(n, t, n),
    ):
        with pytest.raises(ValueError, match="NaN"):
            error(values, target)


def test_no_error_is_made_of_no_points() -> None:
    for error in (
        root_mean_square_error,
        mean_absolute_error,
        lambda n, t: sup_norm_error(n, t, n),
    ):
        with pytest.raises(ValueError, match="at least one point"):
            error(np.empty(0), np.empty(0))


def test_an_error_too_large_for_a_float_is_infinite_without_a_warning() -> None:
    values = np.array([1e308, -1e308])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert all_errors(values, -values) == [math.inf] * 3
        assert mean_absolute_error(values, np.zeros(2)) == math.inf


# ---- a network beside its target --------------------------------------------------------------------

# A network's value, and the target's: NaN where it has none.
POINTS = st.lists(
    st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3) | st.just(math.nan)), min_size=1, max_size=20
).filter(lambda points: not math.isnan(points[len(points) // 2][1]))


@given(points=POINTS, half=st.integers(0, 10))
def test_a_comparison_counts_what_has_a_value_within_the_domain(
    points: list[tuple[float, float]], half: int
) -> None:
    network, target = np.array(points).T
    n, middle = len(points), len(points) // 2
    x = np.arange(n) / 2.0
    domain = (x[max(middle - half, 0)], x[min(middle + half, n - 1)])
    found = compare(network, target, x, domain)
    counted = [i for i in range(n) if abs(i - middle) <= half and not math.isnan(target[i])]
    assert np.flatnonzero(found.counted).tolist() == counted
    apart = [abs(points[i][0] - points[i][1]) for i in counted]
    assert found.sup_norm == max(apart)
    at = counted[apart.index(max(apart))]
    assert found.worst == Worst(x[at], target[at], network[at])
    assert found.where == x[at]
    assert found.mean_absolute == pytest.approx(sum(apart) / len(apart))
    assert found.root_mean_square == pytest.approx(math.hypot(*apart) / math.sqrt(len(apart)))


@given(points=POINTS)
def test_a_comparison_keeps_every_point_and_knows_all_distances(points: list[tuple[float, float]]) -> None:
    network, target = np.array(points).T
    x = np.arange(len(points)) - len(points) // 2.0
    found = compare(network, target, x, (-2.5, 2.5))
    for kept, given_ in ((found.x, x), (found.network, network), (found.target, target)):
        assert np.array_equal(kept, given_, equal_nan=True)
    assert np.array_equal(found.distances, np.abs(network - target), equal_nan=True)


def test_without_a_domain_all_of_the_grid_counts() -> None:
    x = np.array([-1.0, 0.0, 1.0])
    found = compare(np.array([3.0, 0.0, 1.0]), np.zeros(3), x)
    assert (found.sup_norm, found.worst, found.where) == (3.0, Worst(-1.0, 0.0, 3.0), -1.0)
    within = compare(np.array([3.0, 0.0, 1.0]), np.zeros(3), x, (-0.5, 1.0))
    assert (within.sup_norm, within.worst, within.where) == (1.0, Worst(1.0, 0.0, 1.0), 1.0)


def test_the_first_of_several_worst_points_that_count_is_marked() -> None:
    x, network = np.arange(6.0), np.array([9.0, 9.0, -2.0, 2.0, 2.0, 9.0])
    target = np.array([0.0, math.nan, 0.0, 0.0, 0.0, math.nan])
    assert compare(network, target, x, (1.0, 5.0)).where == 2.0


def test_a_comparison_needs_a_point_that_counts() -> None:
    x = np.array([0.0, 1.0])
    for target, domain in (([math.nan, math.nan], None), ([0.0, 0.0], (0.2, 0.8))):
        with pytest.raises(ValueError, match="at least one point"):
            compare(np.zeros(2), np.array(target), x, domain)


def test_a_network_without_a_value_is_refused_only_where_it_counts() -> None:
    x, network = np.array([0.0, 1.0, 2.0]), np.array([math.nan, 1.0, math.nan])
    assert compare(network, np.array([0.0, 0.0, math.nan]), x, (0.5, 2.0)).sup_norm == 1.0
    with pytest.raises(ValueError, match="NaN"):
        compare(network, np.zeros(3), x, (0.5, 2.0))


# ---- accuracy ---------------------------------------------------------------------------------------

LABELLED = st.lists(
    st.tuples(st.floats(-1e3, 1e3) | st.sampled_from([math.inf, -math.inf, 0.0]), st.integers(0, 1)),
    min_size=1,
    max_size=20,
)


def test_accuracy_agrees_with_a_count_by_hand() -> None:
    assert accuracy(np.array([2.0, -0.1, 3.0, -5.0]), np.array([1, 1, 0, 0])) == 0.5
    assert accuracy(np.array([1e-300, -1e-300, -math.inf]), np.array([1.0, 0.0, 1.0])) == 2.0 / 3.0


@pytest.mark.parametrize("score", [0.0, -0.0, math.nan])
@pytest.mark.parametrize("label", [0, 1])
def test_a_score_that_takes_no_side_is_wrong_for_either_class(score: float, label: int) -> None:
    assert accuracy(np.array([score]), np.array([label])) == 0.0


@given(LABELLED)
def test_accuracies_for_opposite_labels_add_up_to_the_share_that_takes_a_side(
    labelled: list[tuple[float, int]],
) -> None:
    scores, labels = np.array(labelled).T
    sides = np.count_nonzero(scores) / len(scores)
    assert accuracy(scores, labels) + accuracy(scores, 1.0 - labels) == pytest.approx(sides)
    assert accuracy(-scores, 1.0 - labels) == accuracy(scores, labels)


@given(LABELLED)
def test_scores_with_the_sign_of_their_label_are_all_right(labelled: list[tuple[float, int]]) -> None:
    scores, labels = np.array(labelled).T
    assert accuracy((2.0 * labels - 1.0) * (1.0 + np.abs(scores)), labels) == 1.0


@pytest.mark.parametrize(
    ("one", "other"), [((3,), (4,)), ((3, 1), (3,)), ((3, 1), (3, 1)), ((), ()), ((0,), (0,))]
)
def test_scores_and_labels_that_do_not_fit_are_named(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=re.escape(f"got shapes {one} and {other}")):
        accuracy(np.zeros(one), np.zeros(other))
