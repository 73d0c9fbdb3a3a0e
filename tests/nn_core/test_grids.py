"""Grids are sorted, keep their number of points, and show both sides of every jump."""

import math
import re
import warnings
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.building.constructions import bump, interpolant, neuron
from nn_core.building.knots import curvature_knots
from nn_core.grids import around_knots, column, lattice, line, line_with_edges, line_with_jumps, plane
from nn_core.networks.activations import RELU, SIGMOID, SOFTPLUS, STEP, TANH, Activation
from nn_core.networks.network import knot
from nn_core.targets.curves import JUMP, SAWTOOTH, TARGETS, Target

EDGES = st.lists(st.none() | st.floats(), max_size=6)


@given(left=st.floats(-1e6, 1e6), size=st.floats(1e-3, 1e6), n=st.integers(2, 300))
def test_a_line_is_evenly_spaced_from_end_to_end(left: float, size: float, n: int) -> None:
    right = left + size
    x = line((left, right), n)
    assert x.shape == (n,)
    assert (x[0], x[-1]) == (left, right)
    assert np.diff(x) == pytest.approx(np.full(n - 1, (right - left) / (n - 1)), rel=1e-4)


@pytest.mark.parametrize(
    "domain", [(1.0, 1.0), (2.0, 1.0), (0.0, math.inf), (math.nan, 1.0), (-1.7e308, 1.7e308)]
)
def test_a_line_refuses_ends_out_of_order_or_not_finite(domain: tuple[float, float]) -> None:
    message = re.escape(f"got left={domain[0]} and right={domain[1]}")
    with pytest.raises(ValueError, match=message):
        line(domain, 5)
    with pytest.raises(ValueError, match=message):
        line_with_edges(domain, 5, [])


@pytest.mark.parametrize("n", [1, 0, -3])
def test_a_line_refuses_fewer_than_two_points(n: int) -> None:
    with pytest.raises(ValueError, match=f"at least 2 points, got n={n}"):
        line((0.0, 1.0), n)


@given(edges=EDGES, left=st.floats(-100.0, 100.0), size=st.floats(0.01, 100.0))
def test_edges_never_change_the_number_of_points_nor_the_order(
    edges: list[float | None], left: float, size: float
) -> None:
    domain = (left, left + size)
    x = line_with_edges(domain, 50, edges)
    assert x.shape == (50 + 2 * len(edges),)
    assert (np.diff(x) >= 0.0).all()
    assert (x[0], x[-1]) == domain
    assert np.isin(line(domain, 50), x).all()


@pytest.mark.parametrize("edge", [None, math.nan, math.inf, -math.inf, -5.0, 5.0, -5.1, 5.1])
def test_an_edge_that_is_not_inside_repeats_the_last_point(edge: float | None) -> None:
    x = line_with_edges((-5.0, 5.0), 11, [edge])
    assert x.tolist() == [*line((-5.0, 5.0), 11).tolist(), 5.0, 5.0]


def test_an_edge_inside_has_a_point_on_either_side() -> None:
    x = line_with_edges((0.0, 1.0), 3, [0.7, 0.2])
    assert x == pytest.approx([0.0, 0.2, 0.2, 0.5, 0.7, 0.7, 1.0], abs=2e-9)
    assert x[1] < 0.2 < x[2]
    assert x[4] < 0.7 < x[5]


@given(
    w=st.floats(-1e3, 1e3).filter(lambda w: abs(w) > 1e-6),
    place=st.floats(0.001, 0.999),
    left=st.floats(-1e3, 1e3),
    size=st.floats(0.1, 1e3),
)
def test_a_step_unit_switches_between_the_two_points_at_its_knot(
    w: float, place: float, left: float, size: float
) -> None:
    domain = (left, left + size)
    b = -w * (left + size * place)
    s = knot(w, b)
    x = line_with_edges(domain, 20, [s])
    values = neuron(w, b, STEP)(column(x))[:, 0]
    (jumps,) = np.nonzero(np.diff(values))
    assert len(jumps) == 1
    assert s is not None
    gap = x[jumps[0] + 1] - x[jumps[0]]
    assert gap <= 2.001e-9 * max(abs(domain[0]), abs(domain[1]))
    assert x[jumps[0]] <= s <= x[jumps[0] + 1]


@given(
    left=st.floats(0.01, 0.98),
    right=st.floats(0.01, 0.98),
    steepness=st.sampled_from([0.3, 7, 900]),
)
def test_a_drawn_step_bump_has_vertical_sides(left: float, right: float, steepness: float) -> None:
    assume(right - left > 1e-6)
    x = line_with_edges((0.0, 1.0), 20, [left, right])
    values = bump(left, right, 1.0, steepness, STEP)(column(x))[:, 0]
    (jumps,) = np.nonzero(np.diff(values))
    assert len(jumps) == 2
    assert (x[jumps + 1] - x[jumps] < 3e-9).all()


def test_a_column_has_one_row_per_point() -> None:
    assert column(np.array([1.0, 2.0])).tolist() == [[1.0], [2.0]]
    with pytest.raises(ValueError, match=r"got shape \(2, 1\)"):
        column(np.zeros((2, 1)))


# ---- both sides of every jump -----------------------------------------------------------------------

# Continuous, though the first four are steep, and the last two infinitely so.
CONTINUOUS: dict[str, Callable[[FloatArray], FloatArray]] = {
    "sigmoid of w = 1000": lambda x: SIGMOID(1000.0 * (x - 0.3217)),
    "hinge": lambda x: np.maximum(x - 0.3217, 0.0),
    "needle": lambda x: np.maximum(1.0 - 200.0 * np.abs(x - 0.3217), 0.0),
    "many waves": lambda x: np.sin(3000.0 * x),
    "constant": lambda x: np.full_like(x, 0.9),
    "root": lambda x: np.sqrt(np.abs(x - 0.3217)),
    "logarithm": lambda x: np.log(x),
    **{name: target for name, target in TARGETS.items() if target not in (JUMP, SAWTOOTH)},
}


@given(
    cells=st.sets(st.integers(0, 18), min_size=1, max_size=6),
    place=st.floats(0.0, 1.0),
    heights=st.lists(st.floats(0.1, 1.0), min_size=6, max_size=6),
    left=st.floats(-100.0, 100.0),
    size=st.floats(0.01, 100.0),
    own=st.sampled_from([0.0, 1.0]),
)
def test_every_jump_of_a_step_function_has_a_point_close_by_on_either_side(
    cells: set[int], place: float, heights: list[float], left: float, size: float, own: float
) -> None:
    # In at most one of two neighbouring cells, from its left end (a grid point) to its right end.
    places = [left + size * (2 * cell + place) / 39 for cell in sorted(cells)]
    assume(all(left + 1e-6 * size < at < left + size - 1e-6 * size for at in places))

    def stairs(x: FloatArray) -> FloatArray:
        steps = [high * np.heaviside(x - at, own) for at, high in zip(places, heights, strict=False)]
        return np.sum(steps, axis=0)

    x = line_with_jumps((left, left + size), 40, stairs)
    (rises,) = np.nonzero(np.diff(stairs(x)))
    assert len(rises) == len(places)
    for rise, at in zip(rises, places, strict=True):
        assert x[rise] <= at <= x[rise + 1]
        assert x[rise + 1] - x[rise] <= 1e-9 * size + 4e-16 * (abs(left) + size)


@given(n=st.integers(2, 300), left=st.floats(-100.0, 100.0), size=st.floats(0.01, 100.0))
def test_with_jumps_or_without_the_even_points_stay_and_the_grid_increases(
    n: int, left: float, size: float
) -> None:
    domain = (left, left + size)
    x = line_with_jumps(domain, n, lambda x: np.floor(7.3 * (x - left) / size))
    assert np.isin(line(domain, n), x).all()
    assert (np.diff(x) > 0).all()
    assert n < len(x) <= n + 14


@pytest.mark.parametrize("n", [11, 101, 501])
@pytest.mark.parametrize("name", CONTINUOUS)
def test_a_continuous_function_gets_no_point_more(name: str, n: int) -> None:
    assert line_with_jumps((0.0, 1.0), n, CONTINUOUS[name]).tolist() == line((0.0, 1.0), n).tolist()


@pytest.mark.parametrize("own", [0.0, 1.0])
@pytest.mark.parametrize("n", [3, 11, 501])
def test_a_jump_at_a_grid_point_gets_the_one_side_that_is_missing(own: float, n: int) -> None:
    x = line_with_jumps((0.0, 1.0), n, lambda x: np.heaviside(x - 0.5, own))
    (more,) = set(x.tolist()) - set(line((0.0, 1.0), n).tolist())
    assert 0 < (0.5 - more) * (1 if own else -1) <= 1e-9


def test_a_jump_at_the_very_end_is_found_too() -> None:
    x = line_with_jumps((0.0, 1.0), 11, lambda x: np.where((x > 0) & (x < 1), 1.0, 0.0))
    assert len(x) == 13
    assert 0 < x[1] <= 1e-9
    assert 1 - 1e-9 <= x[-2] < 1


def test_a_jump_counts_from_half_a_millionth_of_the_range() -> None:
    def small(share: float) -> FloatArray:
        return line_with_jumps((0.0, 1.0), 101, lambda x: x + share * (x > 0.3217))

    assert len(small(2.5e-7)) == 101
    assert len(small(1e-6)) == 103


@pytest.mark.parametrize(
    "function",
    [
        lambda x: 1.0 / (x - 0.3217),
        lambda x: 1.0 / (x - 0.5),
        lambda x: np.abs(1.0 / (x - 0.3217)),
        lambda x: np.where(x < 0.3217, np.nan, x),
        lambda x: np.where((x > 0.2) & (x < 0.7), np.inf, 1.0),
        lambda x: np.full_like(x, np.nan),
        lambda x: np.sqrt(x - 0.3217),
    ],
)
def test_poles_and_holes_are_no_jumps_and_raise_no_warning(
    function: Callable[[FloatArray], FloatArray],
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert line_with_jumps((0.0, 1.0), 101, function).tolist() == line((0.0, 1.0), 101).tolist()


def test_a_jump_beside_a_hole_is_found() -> None:
    def broken(x: FloatArray) -> FloatArray:
        return np.where(x < 0.2, np.nan, np.heaviside(x - 0.7031, 1.0))

    x = line_with_jumps((0.0, 1.0), 101, broken)
    assert len(x) == 103
    assert np.abs(x - 0.7031).min() <= 1e-9


@pytest.mark.parametrize("target", [JUMP, SAWTOOTH], ids=["jump", "sawtooth"])
def test_no_continuous_curve_hides_its_ramp_between_two_points(target: Target) -> None:
    x = line_with_jumps(target.domain, 501, target)
    even = line(target.domain, 501)
    errors = []
    for n in range(1, 201):
        network = interpolant(target, curvature_knots(target, n))
        errors.append(np.abs(network(column(x))[:, 0] - target(x)).max())
        assert errors[-1] >= 0.5 - 1e-8
        assert errors[-1] >= np.abs(network(column(even))[:, 0] - target(even)).max()
    # On the even points alone some of these look perfect: the ramp is narrower than a cell.
    best = interpolant(JUMP, curvature_knots(JUMP, 40))
    assert np.abs(best(column(even))[:, 0] - JUMP(even)).max() == 0.0


@pytest.mark.parametrize("domain", [(1.0, 1.0), (2.0, 1.0), (0.0, math.inf)])
def test_a_line_with_jumps_refuses_what_a_line_refuses(domain: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="left must be less than right"):
        line_with_jumps(domain, 5, np.sign)
    with pytest.raises(ValueError, match="at least 2 points"):
        line_with_jumps((0.0, 1.0), 1, np.sign)


# ---- around knots -----------------------------------------------------------------------------------


@given(
    units=st.lists(
        st.tuples(st.floats(0.01, 1e3), st.sampled_from([-1.0, 1.0]), st.floats(-3.0, 3.0)), max_size=5
    ),
    left=st.floats(-10.0, 10.0),
    size=st.floats(0.01, 10.0),
)
def test_each_unit_has_a_rising_grid_with_both_ends_that_is_fine_where_it_turns(
    units: list[tuple[float, float, float]], left: float, size: float
) -> None:
    weights = np.array([size_of * sign for size_of, sign, _ in units])
    knots = np.array([left + size * place for *_, place in units])
    domain = (left, left + size)
    grids = around_knots(domain, weights, -weights * knots)
    assert grids.shape == (len(units), 19)
    assert (np.diff(grids, axis=1) >= 0).all()
    for grid, weight, at in zip(grids, weights, knots, strict=True):
        assert (grid[0], grid[-1]) == domain
        for turn in np.linspace(-5.6, 5.6, 17):
            wanted = min(max(at + turn / abs(weight), domain[0]), domain[1])
            assert np.abs(grid - wanted).min() <= 1e-9


# Between points d = 0.7 apart a straight line is max|f''| d^2 / 8 away; beyond |t| = 5.6 little is left.
@pytest.mark.parametrize("weight", [-300.0, -9.0, 1.0, 40.0])
@pytest.mark.parametrize(("unit", "far"), [(RELU, 1e-12), (SIGMOID, 0.006), (SOFTPLUS, 0.016), (TANH, 0.048)])
def test_straight_lines_between_these_points_look_like_the_unit(
    weight: float, unit: Activation, far: float
) -> None:
    (grid,) = around_knots((0.0, 1.0), np.array([weight]), np.array([-weight * 0.4]))
    x = line((0.0, 1.0), 5001)
    drawn = np.interp(x, grid, unit(weight * (grid - 0.4)))
    assert np.abs(drawn - unit(weight * (x - 0.4))).max() <= far


# ---- the plane --------------------------------------------------------------------------------------

ENDS = st.tuples(st.floats(-100.0, 100.0), st.floats(0.01, 100.0)).map(lambda end: (end[0], sum(end)))


@given(x_ends=ENDS, y_ends=ENDS, n=st.integers(2, 12))
def test_values_on_a_plane_fold_into_rows_of_one_y_and_columns_of_one_x(
    x_ends: tuple[float, float], y_ends: tuple[float, float], n: int
) -> None:
    points = plane((x_ends, y_ends), n)
    assert points.shape == (n * n, 2)
    x, y = points[:, 0].reshape(n, n), points[:, 1].reshape(n, n)
    assert all(row.tolist() == line(x_ends, n).tolist() for row in x)
    assert all(column.tolist() == line(y_ends, n).tolist() for column in y.T)


def test_a_lattice_need_not_be_square() -> None:
    points = lattice(np.array([1.0, 2.0, 3.0]), np.array([-1.0, 5.0]))
    assert points.tolist() == [[1, -1], [2, -1], [3, -1], [1, 5], [2, 5], [3, 5]]


def test_a_plane_refuses_what_a_line_refuses_along_either_side() -> None:
    good = (0.0, 1.0)
    for domain in (((1.0, 1.0), good), (good, (1.0, 1.0))):
        with pytest.raises(ValueError, match=r"got left=1\.0 and right=1\.0"):
            plane(domain, 5)
    with pytest.raises(ValueError, match="at least 2 points, got n=1"):
        plane((good, good), 1)
