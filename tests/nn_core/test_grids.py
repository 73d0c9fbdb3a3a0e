"""Grids are sorted, keep their number of points, and show both sides of every jump."""

import math
import re

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nn_core.activations import STEP
from nn_core.constructions import bump, knot, neuron
from nn_core.grids import column, line, line_with_edges

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
