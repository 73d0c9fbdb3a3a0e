"""A level line is exact on linear surfaces, as close as h^2 on smooth ones, and never breaks off inside."""

import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.plane.contours import level_line

SEEDS = st.integers(0, 2**32 - 1)
X = np.array([-2.0, -1.0, 0.5, 1.0, 3.0])
Y = np.array([-1.0, 0.0, 0.25, 2.0])
PLENTY = 2 * (X.size - 1) * (Y.size - 1)
CELL = np.array([0.0, 1.0])

Point = tuple[float, float]


def segments_of(line: tuple[FloatArray, FloatArray]) -> list[tuple[Point, Point]]:
    """The segments, as pairs of points, of a line in (start, end, NaN) triples."""
    x, y = (numbers.reshape(-1, 3) for numbers in line)
    assert np.isnan(x[:, 2]).all()
    assert (np.isnan(x) == np.isnan(y)).all()
    shown = ~np.isnan(x[:, 0])
    return [
        ((float(a), float(b)), (float(c), float(d)))
        for (a, c, _), (b, d, _) in zip(x[shown], y[shown], strict=True)
    ]


def ends_of(line: tuple[FloatArray, FloatArray]) -> Counter[Point]:
    """How many segments end at each point."""
    return Counter(point for segment in segments_of(line) for point in segment)


def lies_on_the_border(point: Point) -> bool:
    return point[0] in (X[0], X[-1]) or point[1] in (Y[0], Y[-1])


@given(
    slopes=st.tuples(st.floats(-5, 5), st.floats(-5, 5)).filter(lambda pair: max(map(abs, pair)) > 0.01),
    level=st.floats(-3, 3),
)
def test_the_line_of_a_linear_function_is_exact(slopes: tuple[float, float], level: float) -> None:
    values = slopes[0] * X + slopes[1] * Y[:, np.newaxis] + 0.3
    for (x0, y0), (x1, y1) in segments_of(level_line(values, X, Y, PLENTY, level)):
        ends = np.array([slopes[0] * x0 + slopes[1] * y0, slopes[0] * x1 + slopes[1] * y1])
        assert ends + 0.3 == pytest.approx(np.full(2, level), abs=1e-12)


def test_the_line_of_a_linear_function_goes_from_border_to_border() -> None:
    values = X + 0.3 * Y[:, np.newaxis] - 0.1
    segments = segments_of(level_line(values, X, Y, PLENTY))
    height = sum(abs(y1 - y0) for (_, y0), (_, y1) in segments)
    assert height == pytest.approx(Y[-1] - Y[0], abs=1e-12)


def test_a_line_along_the_grid_is_drawn_once() -> None:
    grid = np.linspace(-1.0, 1.0, 5)
    values = np.tile(grid, (5, 1))
    x, _ = line = level_line(values, grid, grid, 16)
    assert len(segments_of(line)) == 4
    assert set(x[np.isfinite(x)]) == {0.0}


@pytest.mark.parametrize("n", [11, 21, 41, 81])
def test_the_points_of_a_circle_have_its_radius_up_to_h_squared(n: int) -> None:
    grid = np.linspace(-1.5, 1.5, n)
    h = grid[1] - grid[0]
    x, y = level_line(np.hypot(*np.meshgrid(grid, grid)) ** 2, grid, grid, n * n, level=1.0)
    # x^2 is off by at most h^2 / 4 between two grid points, and the radius by half of that.
    radii = np.hypot(x, y)[np.isfinite(x)]
    assert radii.size > 0
    assert np.abs(radii - 1.0).max() <= 0.14 * h * h


def test_a_circle_is_closed_and_has_its_circumference() -> None:
    grid = np.linspace(-1.5, 1.5, 61)
    line = level_line(np.hypot(*np.meshgrid(grid, grid)), grid, grid, 500, level=1.0)
    assert all(times % 2 == 0 for times in ends_of(line).values())
    length = sum(np.hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in segments_of(line))
    assert length == pytest.approx(2.0 * np.pi, rel=2e-3)


@given(seed=SEEDS)
def test_a_line_breaks_off_only_at_the_border_which_it_meets_an_even_number_of_times(seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=(Y.size, X.size))
    ends = ends_of(level_line(values, X, Y, PLENTY))
    for point, times in ends.items():
        assert times == (1 if lies_on_the_border(point) else 2)
    assert sum(lies_on_the_border(point) for point in ends) % 2 == 0


@given(seed=SEEDS)
def test_every_grid_edge_that_changes_sides_is_crossed_and_no_other_is(seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=(Y.size, X.size))
    above = values > 0.0
    crossed = (above[:, 1:] != above[:, :-1]).sum() + (above[1:] != above[:-1]).sum()
    ends = ends_of(level_line(values, X, Y, PLENTY))
    assert len(ends) == crossed
    assert all(x in X or y in Y for x, y in ends)


def side_of(cut: tuple[Point, Point], corner: Point) -> float:
    (x0, y0), (x1, y1) = cut
    return float(np.sign((x1 - x0) * (corner[1] - y0) - (y1 - y0) * (corner[0] - x0)))


@pytest.mark.parametrize("code", range(16))
@pytest.mark.parametrize(("high", "low"), [(3.0, -1.0), (1.0, -3.0)])
def test_corners_are_divided_by_side_and_a_saddle_by_its_mean(code: int, high: float, low: float) -> None:
    above = np.array([[code & 1, code & 2], [code & 8, code & 4]]).astype(bool)
    values = np.where(above, high, low)
    segments = segments_of(level_line(values, CELL, CELL, 2))
    saddle = code in (5, 10)
    assert len(segments) == (0 if code in (0, 15) else 2 if saddle else 1)
    cut_off = [
        [(j, i) for i in (0, 1) for j in (0, 1) if side_of(cut, (j, i)) != side_of(cut, (0.5, 0.5))]
        for cut in segments
    ]
    if saddle:
        alone = ~above if values.mean() > 0.0 else above
        assert sorted(cut_off) == [[(j, i)] for j in (0, 1) for i in (0, 1) if alone[i, j]]
    for cut in segments if not saddle else []:
        sides = {side_of(cut, (j, i)) * (1 if above[i, j] else -1) for i in (0, 1) for j in (0, 1)}
        assert len(sides) == 1
        assert 0.0 not in sides


def test_a_saddle_whose_mean_is_the_level_cuts_off_the_corners_above() -> None:
    segments = segments_of(level_line(np.array([[1.0, -1.0], [-1.0, 1.0]]), CELL, CELL, 2))
    assert sorted(sorted(segment) for segment in segments) == [
        [(0.0, 0.5), (0.5, 0.0)],
        [(0.5, 1.0), (1.0, 0.5)],
    ]


def test_a_value_at_the_level_counts_as_below() -> None:
    at_the_level = np.full((2, 2), 0.7)
    at_the_level[1, 1] = -3.0
    assert segments_of(level_line(at_the_level, CELL, CELL, 2, level=0.7)) == []
    at_the_level[1, 1] = 3.0
    assert segments_of(level_line(at_the_level, CELL, CELL, 2, level=0.7)) == [((1.0, 0.0), (0.0, 1.0))]


@pytest.mark.parametrize("constant", [-1.0, 0.0, 2.5, 1e300])
def test_a_constant_surface_has_no_line(constant: float) -> None:
    assert segments_of(level_line(np.full((Y.size, X.size), constant), X, Y, PLENTY)) == []


@given(seed=SEEDS, level=st.floats(-1, 1), factor=st.floats(0.1, 10))
def test_the_line_stays_where_it_is_when_values_and_level_are_moved_and_scaled(
    seed: int, level: float, factor: float
) -> None:
    values = np.random.default_rng(seed).normal(size=(Y.size, X.size))
    x, y = level_line(values, X, Y, PLENTY, level)
    u, v = level_line(factor * (values - level), X, Y, PLENTY)
    assert u == pytest.approx(x, abs=1e-9, nan_ok=True)
    assert v == pytest.approx(y, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("hole", [np.nan, np.inf, -np.inf, 1e308])
def test_cells_with_a_corner_that_is_no_number_are_left_out_and_the_others_stay(hole: float) -> None:
    values = np.tile(Y[:, np.newaxis] - 1.0, (1, X.size))
    values[2, 1] = hole
    x, y = line = level_line(values, X, Y, PLENTY)
    assert len(segments_of(line)) == 2
    assert sorted(x[np.isfinite(x)]) == [0.5, 1.0, 1.0, 3.0]
    assert y[np.isfinite(y)] == pytest.approx(np.ones(4))


def test_huge_values_raise_no_warning() -> None:
    x, y = level_line(np.array([[-1e307, 1e307], [-1e307, 1e307]]), CELL, CELL, 1)
    assert x[:2].tolist() == [0.5, 0.5]
    assert sorted(y[:2]) == [0.0, 1.0]


@given(seed=SEEDS, most=st.integers(0, 2 * PLENTY))
def test_the_length_is_fixed_and_thinning_keeps_segments_of_the_line(seed: int, most: int) -> None:
    values = np.random.default_rng(seed).normal(size=(Y.size, X.size))
    every = segments_of(level_line(values, X, Y, PLENTY))
    x, y = thinned = level_line(values, X, Y, most)
    assert x.shape == y.shape == (3 * most,)
    kept = segments_of(thinned)
    assert len(kept) == len(set(kept)) == min(most, len(every))
    assert set(kept) <= set(every)


def test_thinning_is_even() -> None:
    grid = np.linspace(-1.0, 1.0, 101)
    values = np.tile(grid[:, np.newaxis] - 0.005, (1, 101))
    x, _ = level_line(values, grid, grid, 11)
    starts = np.sort(x[::3])
    assert np.diff(starts) == pytest.approx(np.full(10, 0.198), abs=0.021)


@pytest.mark.parametrize("shape", [(5, 4), (4, 6), (20,), (1, 4, 5)])
def test_wrong_shapes_are_named(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=re.escape(f"got values of shape {shape}, x of shape (5,)")):
        level_line(np.zeros(shape), X, Y, 3)
    with pytest.raises(ValueError, match=re.escape("at least 0, got most=-1")):
        level_line(np.zeros((4, 5)), X, Y, -1)
