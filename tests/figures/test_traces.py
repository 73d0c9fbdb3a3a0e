"""Many curves are one with gaps, and the names beside their ends neither overlap nor change places."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pages.shared.figures.traces import Label, end_labels, joined, last_height, log_end_labels, spread

HEIGHTS = arrays.arrays(np.float64, st.integers(1, 8), elements=st.floats(-5.0, 5.0))
GAPS = st.floats(0.01, 2.0)


@given(count=st.integers(0, 5), points=st.integers(1, 4), more=st.integers(0, 3), seed=st.integers(0, 99))
def test_curves_are_joined_with_a_gap_behind_each_and_filled_up_with_gaps(
    count: int, points: int, more: int, seed: int
) -> None:
    x, y = np.random.default_rng(seed).normal(size=(2, count, points))
    most = count + more
    found = joined(x, y, most)
    for long, each in zip(found, (x, y), strict=True):
        assert long.shape == (most * (points + 1),)
        table = long.reshape(most, points + 1)
        assert table[:count, :-1].tolist() == each.tolist()
        assert np.isnan(table[:, -1]).all()
        assert np.isnan(table[count:]).all()


# ---- labels that do not overlap -------------------------------------------------------------------


@given(heights=HEIGHTS, gap=GAPS)
def test_spread_heights_are_at_least_a_gap_apart_in_the_same_order(heights: Any, gap: float) -> None:
    moved = spread(heights, gap)
    order = np.argsort(heights, kind="stable")
    assert moved.shape == heights.shape
    assert (np.diff(moved[order]) >= gap - 1e-9).all()


@given(steps=arrays.arrays(np.float64, st.integers(1, 8), elements=st.floats(0.0, 3.0)), gap=GAPS)
def test_heights_that_are_apart_already_stay(steps: Any, gap: float) -> None:
    heights = np.cumsum(steps + gap * (1 + 1e-9))
    assert spread(heights, gap) == pytest.approx(heights, abs=1e-9)
    assert spread(heights[::-1], gap) == pytest.approx(heights[::-1], abs=1e-9)


@given(heights=HEIGHTS, gap=GAPS, data=st.data())
def test_no_other_way_to_keep_apart_moves_less(heights: Any, gap: float, data: Any) -> None:
    size = len(heights)
    slack = data.draw(arrays.arrays(np.float64, size, elements=st.floats(-5.0, 5.0)))
    other = np.empty(size)
    other[np.argsort(heights, kind="stable")] = np.sort(slack) + gap * np.arange(size)
    moved = spread(heights, gap)
    assert np.sum((moved - heights) ** 2) <= np.sum((other - heights) ** 2) + 1e-9


@given(heights=HEIGHTS, gap=GAPS)
def test_spreading_twice_is_spreading_once(heights: Any, gap: float) -> None:
    once = spread(heights, gap)
    assert spread(once, gap) == pytest.approx(once, abs=1e-9)


@given(heights=HEIGHTS, gap=GAPS, by=st.floats(-5.0, 5.0))
def test_moving_all_heights_moves_their_spread(heights: Any, gap: float, by: float) -> None:
    assume(len(set(heights)) == len(set(heights + by)))
    expected = spread(heights, gap) + by
    assert spread(heights + by, gap) == pytest.approx(expected, abs=1e-9)


def test_two_equal_heights_part_evenly() -> None:
    assert spread(np.array([1.0, 1.0]), 0.5).tolist() == [0.75, 1.25]
    assert spread(np.array([2.0, 0.0, 2.0]), 1.0).tolist() == [1.5, 0.0, 2.5]


def named_by_number(heights: Any) -> list[Label]:
    return [Label(str(index), float(height), "ink") for index, height in enumerate(heights)]


@given(heights=HEIGHTS)
def test_labels_held_at_the_edge_stay_in_the_order_of_their_curves(heights: Any) -> None:
    labels = end_labels(5.0, named_by_number(heights), (-100.0, -10.0))
    assert np.argsort(labels["y"]).tolist() == np.argsort(heights, kind="stable").tolist()


@given(heights=HEIGHTS)
def test_the_label_of_a_curve_beyond_the_axis_stands_at_its_edge(heights: Any) -> None:
    labels = end_labels(5.0, named_by_number(heights), (-100.0, -10.0))
    assert labels["y"].max() >= -10 - 90 / 14
    alone = end_labels(5.0, [Label("a", heights[0], "ink")], (-1.0, 1.0))["y"][0]
    assert -1 <= alone <= 1


@given(heights=st.lists(st.floats(1e-9, 1e9), min_size=1, max_size=5))
def test_on_a_logarithmic_axis_labels_are_as_far_apart_in_powers_of_ten(heights: list[float]) -> None:
    labels = log_end_labels(5.0, named_by_number(heights), (-6.0, 6.0), 8)
    placed = end_labels(5.0, named_by_number(np.clip(np.log10(heights), -6.0, 6.0)), (-6.0, 6.0), 8)
    assert np.log10(labels["y"]) == pytest.approx(placed["y"], abs=1e-9)


def test_a_name_stands_at_the_last_height_that_there_is() -> None:
    assert last_height(np.array([1.0, 2.0, np.nan])) == 2.0
    assert np.isnan(last_height(np.full(3, np.nan)))
