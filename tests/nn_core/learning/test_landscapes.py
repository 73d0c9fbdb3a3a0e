"""A path goes downhill by steps of the rate times the slope, and the theory's threshold is where it turns."""

import math
import pickle
import re
import warnings
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nn_core.grids import line, plane
from nn_core.learning.landscapes import (
    ARRIVES_SWINGING,
    BOWL,
    CONVERGES,
    CRAWLS,
    DIVERGES,
    FARTHEST,
    LANDSCAPES,
    NARROW_VALLEY,
    NEAR,
    OSCILLATES,
    SADDLE,
    STAYS,
    TWO_VALLEYS,
    Landscape,
    basins,
    behaviour,
    path,
    second_derivatives,
)
from nn_core.learning.landscapes import curvature as curvature_at

EVERY = pytest.mark.parametrize("landscape", LANDSCAPES.values(), ids=LANDSCAPES.keys())
COORDINATES = st.floats(-2.0, 2.0)
STARTS = st.tuples(COORDINATES, COORDINATES)
# Bowl: curvature 1 in every direction; narrow valley: 20 across.
CURVED = pytest.mark.parametrize(("landscape", "curvature"), [(BOWL, 1.0), (NARROW_VALLEY, 20.0)], ids=str)


def height(landscape: Landscape, points: np.ndarray) -> np.ndarray:
    return landscape(points[:, 0], points[:, 1])


def curvatures(landscape: Landscape, x: float, y: float) -> np.ndarray:
    """The eigenvalues of the matrix of second derivatives, by central differences of the gradient."""
    columns = [
        (
            np.array(landscape.gradient(np.array(x + dx), np.array(y + dy)))
            - np.array(landscape.gradient(np.array(x - dx), np.array(y - dy)))
        )
        / 2e-5
        for dx, dy in ((1e-5, 0.0), (0.0, 1e-5))
    ]
    return np.linalg.eigvalsh(np.array(columns))


# ---- landscapes --------------------------------------------------------------------------------------


def test_the_registry_lists_every_landscape_under_its_name() -> None:
    assert list(LANDSCAPES) == ["bowl", "narrow valley", "two valleys", "saddle"]
    assert [str(landscape) for landscape in LANDSCAPES.values()] == list(LANDSCAPES)
    assert all(each.formula.count("{") == each.formula.count("}") for each in LANDSCAPES.values())


@EVERY
def test_a_landscape_is_a_value(landscape: Landscape) -> None:
    again = pickle.loads(pickle.dumps(landscape))
    assert again.name == landscape.name
    assert again(np.ones(2), np.ones(2)).tolist() == landscape(np.ones(2), np.ones(2)).tolist()
    assert isinstance(hash(landscape), int)


@EVERY
def test_the_gradient_is_the_central_difference(landscape: Landscape) -> None:
    x, y = plane(landscape.domain, 21).T
    h = 1e-5
    slope_x, slope_y = landscape.gradient(x, y)
    assert slope_x == pytest.approx((landscape(x + h, y) - landscape(x - h, y)) / (2.0 * h), abs=1e-8)
    assert slope_y == pytest.approx((landscape(x, y + h) - landscape(x, y - h)) / (2.0 * h), abs=1e-8)


@EVERY
def test_its_minima_are_flat_curve_upwards_and_are_named_from_the_lowest_on(landscape: Landscape) -> None:
    assert landscape.minima
    for x, y in landscape.minima:
        assert np.array(landscape.gradient(np.array(x), np.array(y))).tolist() == [0.0, 0.0]
        assert curvatures(landscape, x, y).min() > 0.1
        (left, right), (lower, upper) = landscape.domain
        assert left < x < right
        assert lower < y < upper
    heights = height(landscape, np.array(landscape.minima))
    assert heights.tolist() == sorted(heights.tolist())
    assert height(landscape, plane(landscape.domain, 201)).min() >= heights[0] - 1e-12


@EVERY
def test_there_are_no_minima_but_those_named(landscape: Landscape) -> None:
    minima = np.array(landscape.minima)
    x, y = line(landscape.domain[0], 81), line(landscape.domain[1], 81)
    heights = height(landscape, plane(landscape.domain, 81)).reshape(81, 81)
    inner = heights[1:-1, 1:-1]
    around = [heights[1 + i : 80 + i, 1 + j : 80 + j] for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]
    for i, j in np.argwhere((inner < np.array(around)).all(axis=0)):
        assert np.hypot(*(minima - (x[j + 1], y[i + 1])).T).min() < 0.1


def test_a_valley_is_20_times_as_steep_across_as_along() -> None:
    along, across = curvatures(NARROW_VALLEY, 0.0, 0.0)
    assert across / along == pytest.approx(20.0)


def test_of_two_valleys_one_is_deeper_and_a_saddle_falls_to_two_sides_only() -> None:
    low, high = height(TWO_VALLEYS, np.array(TWO_VALLEYS.minima))
    assert high - low == pytest.approx(1.0 / 3.0)
    down, up = curvatures(SADDLE, 0.0, 0.0)
    assert down < 0.0 < up


# ---- paths -------------------------------------------------------------------------------------------


@EVERY
@given(start=STARTS, rate=st.floats(0.0, 0.3), momentum=st.floats(0.0, 0.95), steps=st.integers(0, 20))
@settings(max_examples=15)
def test_a_path_is_the_recurrence_of_the_heavy_ball(
    landscape: Landscape, start: tuple[float, float], rate: float, momentum: float, steps: int
) -> None:
    points = path(landscape, start, rate, steps, momentum)
    assert points[0].tolist() == list(start)
    assert len(points) <= steps + 1
    # Polyak's own form has no v: p_{k+1} = p_k - r gradient(p_k) + share (p_k - p_{k-1}).
    before = points[0]
    for here, after in pairwise(points):
        slope = np.array(landscape.gradient(here[0], here[1]))
        expected = here - rate * slope + momentum * (here - before)
        assert after == pytest.approx(expected, rel=1e-6, abs=1e-9 * (1.0 + np.abs(here).max()))
        before = here


@EVERY
@given(start=STARTS, steps=st.integers(1, 30))
@settings(max_examples=15)
def test_a_path_of_small_steps_only_goes_downhill(
    landscape: Landscape, start: tuple[float, float], steps: int
) -> None:
    heights = height(landscape, path(landscape, start, 0.04, steps))
    assert len(heights) == steps + 1
    assert (np.diff(heights) <= 1e-15).all()


@EVERY
def test_a_path_starts_off_at_a_right_angle_to_the_contour(landscape: Landscape) -> None:
    start, after = path(landscape, (1.3, -0.7), 1e-3, 1)
    slope = np.array(landscape.gradient(start[0], start[1]))
    assert after - start == pytest.approx(-1e-3 * slope, rel=1e-9)


@CURVED
@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_a_rate_below_the_threshold_converges_and_one_above_diverges(
    landscape: Landscape, curvature: float, share: float
) -> None:
    # On curvature c gradient descent multiplies by 1 - r c: |1 - r c| < 1 if and only if r < 2 / c.
    # With momentum the threshold is 2 (1 + share) / c.
    threshold = 2.0 * (1.0 + share) / curvature
    steps = 4000
    below = path(landscape, (1.0, 1.0), threshold * (1.0 - 1e-2), steps, share)
    above = path(landscape, (1.0, 1.0), threshold * (1.0 + 1e-2), steps, share)
    assert len(below) == steps + 1
    assert np.abs(below[-1]).max() < 1e-6
    assert len(above) < steps
    assert np.abs(above[-1]).max() > FARTHEST / 10.0


@CURVED
def test_the_threshold_is_2_over_the_curvature_to_the_ninth_digit(
    landscape: Landscape, curvature: float
) -> None:
    for relative in (-1e-2, -1e-5, -1e-9, 1e-9, 1e-5, 1e-2):
        rate = 2.0 / curvature * (1.0 + relative)
        across = np.abs(path(landscape, (0.0, 1.0), rate, 200)[:, 1])
        grows = np.diff(across) > 0.0
        assert grows.all() if relative > 0.0 else not grows.any()
        expected = np.abs(1.0 - rate * curvature) ** np.arange(201)
        assert across == pytest.approx(expected, rel=1e-12)


@CURVED
def test_at_the_threshold_a_path_swings_for_ever(landscape: Landscape, curvature: float) -> None:
    points = path(landscape, (0.0, 1.0), 2.0 / curvature, 999)
    assert points[:, 1] == pytest.approx(np.tile([1.0, -1.0], 500), rel=1e-12)


def test_in_one_step_the_bowl_is_crossed_and_at_the_minimum_one_stays() -> None:
    assert path(BOWL, (1.5, -0.5), 1.0, 3).tolist() == [[1.5, -0.5]] + 3 * [[0.0, 0.0]]
    assert not path(BOWL, (0.0, 0.0), 1.9, 10, 0.9).any()


def test_in_a_narrow_valley_momentum_arrives_first() -> None:
    # Polyak's best: rate and share from the roots of the curvatures, 1 and 20.
    root = math.sqrt(20.0)
    best = path(NARROW_VALLEY, (2.0, 1.0), 4.0 / (1.0 + root) ** 2, 40, ((root - 1.0) / (root + 1.0)) ** 2)
    plain = path(NARROW_VALLEY, (2.0, 1.0), 2.0 / 21.0, 40)
    assert np.hypot(*best[-1]) < 1e-5 < 1e-2 < np.hypot(*plain[-1])


@given(start=st.floats(-2.0, 2.0), y=COORDINATES)
@settings(max_examples=15)
def test_in_two_valleys_the_start_decides(start: float, y: float) -> None:
    if abs(start - 0.25) > 1e-3:
        end = path(TWO_VALLEYS, (start, y), 0.1, 400)[-1]
        assert end == pytest.approx([1.0 if start > 0.25 else -1.0, 0.0], abs=1e-6)


def test_momentum_can_roll_over_the_ridge_that_stops_gradient_descent() -> None:
    start = (2.0, 0.0)
    assert path(TWO_VALLEYS, start, 0.1, 400)[-1] == pytest.approx([1.0, 0.0], abs=1e-6)
    assert path(TWO_VALLEYS, start, 0.1, 400, 0.9)[-1] == pytest.approx([-1.0, 0.0], abs=1e-6)


@given(x=COORDINATES, y=st.floats(1e-6, 2.0))
@settings(max_examples=10)
def test_only_on_its_ridge_does_a_path_end_at_the_saddle(x: float, y: float) -> None:
    assert path(SADDLE, (x, 0.0), 0.1, 400)[-1] == pytest.approx([0.0, 0.0], abs=1e-9)
    for side in (-1.0, 1.0):
        assert path(SADDLE, (x, side * y), 0.1, 600)[-1] == pytest.approx([0.0, side], abs=1e-9)


@EVERY
@pytest.mark.parametrize("rate", [3.0, 1e3, 1e100, 1e308])
@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_a_path_ends_before_it_leaves_the_map_and_does_not_warn(
    landscape: Landscape, rate: float, momentum: float
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        points = path(landscape, (1.7, 1.9), rate, 500, momentum)
        found = basins(landscape, 8, rate, 500)
    assert 1 <= len(points) < 501 or rate == 3.0
    assert np.abs(points).max() <= FARTHEST
    assert found.shape == (8, 8)


# ---- basins ------------------------------------------------------------------------------------------


@EVERY
@pytest.mark.parametrize("rate", [0.05, 0.15, 1.1, 2.1])
@pytest.mark.parametrize("steps", [0, 7, 100])
def test_basins_are_where_the_paths_end(landscape: Landscape, rate: float, steps: int) -> None:
    n = 7
    found = basins(landscape, n, rate, steps)
    assert (found.shape, found.dtype) == ((n, n), np.int64)
    for (x, y), place in zip(plane(landscape.domain, n), found.ravel(), strict=True):
        points = path(landscape, (x, y), rate, steps)
        near = [
            k
            for k, minimum in enumerate(landscape.minima)
            if len(points) == steps + 1 and np.hypot(*(points[-1] - minimum)) <= NEAR
        ]
        assert [place] == (near or [-1])


def test_the_basins_of_two_valleys_meet_at_the_ridge() -> None:
    found = basins(TWO_VALLEYS, 40, 0.1, 300)
    x = line(TWO_VALLEYS.domain[0], 40)
    assert (found == np.where(x > 0.25, 1, 0)).all()


def test_with_large_steps_the_start_still_decides_but_not_by_which_side_it_is_on() -> None:
    found = basins(TWO_VALLEYS, 41, 0.7, 300)
    changes = np.count_nonzero(np.diff(found[20]))
    assert changes > 1


def test_of_a_bowl_all_is_one_basin_below_the_threshold_and_above_it_none() -> None:
    assert (basins(BOWL, 20, 1.9, 200) == 0).all()
    assert (basins(BOWL, 20, 2.1, 400) == -1).all()


# ---- what is refused ---------------------------------------------------------------------------------


def test_what_makes_no_path_is_named() -> None:
    for start in ((math.nan, 0.0), (0.0, math.inf), (2e6, 0.0), (0.0, -2e6)):
        with pytest.raises(
            ValueError, match=re.escape(f"the start must be finite and within 1e+06 of 0, got {start}")
        ):
            path(BOWL, start, 0.1, 1)
    for momentum in (-0.1, 1.0, math.nan):
        with pytest.raises(ValueError, match=f"momentum must be at least 0 and less than 1, got {momentum}"):
            path(BOWL, (0.0, 0.0), 0.1, 1, momentum)
    for rate in (-0.1, math.nan, math.inf):
        with pytest.raises(ValueError, match=f"learning rate must be finite and at least 0, got {rate}"):
            path(BOWL, (0.0, 0.0), rate, 1)
        with pytest.raises(ValueError, match=f"learning rate must be finite and at least 0, got {rate}"):
            basins(BOWL, 2, rate, 1)
    with pytest.raises(ValueError, match="steps must be at least 0, got -1"):
        path(BOWL, (0.0, 0.0), 0.1, -1)
    with pytest.raises(ValueError, match="steps must be at least 0, got -1"):
        basins(BOWL, 2, 0.1, -1)
    with pytest.raises(ValueError, match="at least 2 points, got n=1"):
        basins(BOWL, 1, 0.1, 1)


# ---- what a path does --------------------------------------------------------------------------------


def told(landscape: Landscape, start: tuple[float, float], rate: float, momentum: float = 0.0) -> str:
    return behaviour(path(landscape, start, rate, 60, momentum), 60)


@CURVED
@given(share=st.floats(1e-6, 3.0), y=st.floats(0.1, 2.0))
@settings(max_examples=30)
def test_one_over_the_curvature_parts_gliding_from_swinging_and_two_from_diverging(
    landscape: Landscape, curvature: float, share: float, y: float
) -> None:
    # Each step is 1 - share times the one before; at its half a path that rests has a tenth of its way left.
    word = told(landscape, (0.0, y), share / curvature)
    factor = 1.0 - share
    assume(min(abs(share - edge) for edge in (1.0, 2.0)) > 1e-6 and abs(abs(factor) ** 30 - 1 / 9) > 1e-3)
    if share > 2.0:
        assert word == DIVERGES
    elif share > 1.0:
        # Half way it is |f|^30 from the bottom, and one step on as far on the other side.
        assert word in (ARRIVES_SWINGING, OSCILLATES)
        assert abs(factor) > 0.9 or word == ARRIVES_SWINGING
        assert abs(factor) < 0.98 or word == OSCILLATES
    else:
        assert word == (CONVERGES if factor**30 < 1 / 9 else CRAWLS)


@pytest.mark.parametrize(("share", "word"), [(0.069, CRAWLS), (0.072, CONVERGES)])
def test_a_ninth_of_the_way_left_at_half_time_parts_crawling_from_converging(share: float, word: str) -> None:
    # (1 - share)^30 = 1/9 at share = 0.0706.
    assert told(BOWL, (1.5, -1.0), share) == word


def test_a_rate_of_0_stays_and_so_does_a_ball_at_the_bottom_or_on_the_saddle() -> None:
    for landscape in LANDSCAPES.values():
        assert told(landscape, (1.0, 0.5), 0.0) == STAYS
    assert told(BOWL, (0.0, 0.0), 1.5) == STAYS
    assert told(SADDLE, (0.0, 0.0), 0.5, 0.9) == STAYS


def test_in_a_narrow_valley_momentum_turns_a_crawl_into_an_arrival() -> None:
    assert told(NARROW_VALLEY, (-1.8, 0.02), 0.03) == CRAWLS
    assert told(NARROW_VALLEY, (-1.8, 0.02), 0.03, 0.6) == CONVERGES


@pytest.mark.parametrize("y", [1e-6, 0.02, 1.0])
def test_a_slow_divergence_is_seen_before_the_path_leaves_the_map(y: float) -> None:
    points = path(NARROW_VALLEY, (0.0, y), 2.002 / 20.0, 60)
    assert np.abs(points).max() < 2.0
    assert behaviour(points, 60) == DIVERGES


def test_a_path_that_was_ended_early_diverges_and_a_slide_down_a_ridge_does_not() -> None:
    points = path(TWO_VALLEYS, (2.0, 2.0), 5.0, 60)
    assert len(points) < 61
    assert behaviour(points, 60) == DIVERGES
    assert behaviour(points[:1], 60) == DIVERGES
    # Its steps grow from first to last, but none turns back.
    assert told(SADDLE, (0.0, 1e-3), 0.05) == CRAWLS


@CURVED
def test_the_curvature_of_a_parabola_is_its_larger_one(landscape: Landscape, curvature: float) -> None:
    for point in ((0.0, 0.0), (1.3, -0.4)):
        bends = second_derivatives(landscape, point)
        assert bends == pytest.approx(np.diag([1.0, curvature]), abs=1e-9)
        assert curvature_at(landscape, point) == pytest.approx(curvature)


@EVERY
@given(point=STARTS)
@settings(max_examples=20)
def test_the_second_derivatives_have_the_eigenvalues_of_the_ground(
    landscape: Landscape, point: tuple[float, float]
) -> None:
    expected = curvatures(landscape, *point)
    assert np.linalg.eigvalsh(second_derivatives(landscape, point)) == pytest.approx(expected, abs=1e-4)
    assert curvature_at(landscape, point) == pytest.approx(expected[1], abs=1e-4)


@EVERY
def test_basins_with_momentum_are_where_the_paths_end(landscape: Landscape) -> None:
    found = basins(landscape, 7, 0.1, 40, 0.8)
    for (x, y), place in zip(plane(landscape.domain, 7), found.ravel(), strict=True):
        end = path(landscape, (x, y), 0.1, 40, 0.8)[-1]
        near = [k for k, minimum in enumerate(landscape.minima) if np.hypot(*(end - minimum)) <= NEAR]
        assert [place] == (near or [-1])


def test_momentum_moves_the_border_between_two_basins() -> None:
    found, plain = basins(TWO_VALLEYS, 21, 0.1, 60, 0.9), basins(TWO_VALLEYS, 21, 0.1, 60)
    # From the far right the ball rolls over the ridge only with momentum.
    assert (plain[10, -1], found[10, -1]) == (1, 0)


def test_basins_refuse_a_momentum_of_1() -> None:
    with pytest.raises(ValueError, match=r"momentum must be at least 0 and less than 1, got 1.0"):
        basins(BOWL, 3, 0.1, 2, 1.0)
