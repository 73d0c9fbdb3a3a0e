"""The largest error that is told is not exceeded between the points that were looked at."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.building.closeness import closeness, error_grid
from nn_core.building.ways import (
    CURVATURE_KNOTS,
    EQUAL_KNOTS,
    LEAST_SQUARES,
    STAIRCASE,
    Plan,
    proven,
)
from nn_core.grids import column, line
from nn_core.networks.activations import RELU, SIGMOID, TANH
from nn_core.targets.curves import SQUARE_ROOT, TARGETS, Target, own_values, polyline
from nn_core.targets.formulas import parse_formula

PLANS = (
    Plan(EQUAL_KNOTS, RELU),
    Plan(CURVATURE_KNOTS, RELU),
    Plan(STAIRCASE, SIGMOID),
    Plan(LEAST_SQUARES, TANH),
)
LEVELS = st.integers(-5, 5).map(float)


def typed(text: str, domain: tuple[float, float]) -> Target:
    formula = parse_formula(text)
    return Target("typed", formula.latex, formula, domain, typed=True)


def largest(plan: Plan, target: Target, n: int, steepness: float = 40.0) -> float:
    return closeness(plan.network(target, n, steepness), target).sup_norm


def levels(plan: Plan, target: Target, n: int, kind: str) -> list[float]:
    return [float(plan.bound(each, n)) for each in proven(plan, target, 40.0) if each.kind == kind]


@settings(max_examples=25)
@given(
    plan=st.sampled_from(PLANS),
    target=st.sampled_from([*TARGETS.values()]),
    n=st.integers(1, 200),
    seed=st.integers(0, 2**20),
)
def test_no_point_of_the_interval_is_farther_than_the_largest_error_told(
    plan: Plan, target: Target, n: int, seed: int
) -> None:
    network = plan.network(target, n, 40.0)
    found = closeness(network, target)
    where = np.array([found.where])
    there = abs(network(column(where))[0, 0] - own_values(target, where)[0])
    # The large weights of a best fit are added up in another order here, and round otherwise.
    assert there == pytest.approx(found.sup_norm, rel=0.01, abs=1e-9)
    x = np.random.default_rng(seed).uniform(*target.domain, 1500)
    distances = np.abs(network(column(x))[:, 0] - target(x))
    assert distances.max() <= 1.02 * found.sup_norm + 1e-9


@pytest.mark.parametrize("n", [46, 90, 160])
def test_where_pieces_are_narrower_than_the_grid_each_is_looked_at_half_way(n: int) -> None:
    network = Plan(CURVATURE_KNOTS, RELU).network(TARGETS["smooth bump"], n, 1.0)
    x = line((0.0, 1.0), 40_001)
    farthest = np.abs(network(column(x))[:, 0] - TARGETS["smooth bump"](x)).max()
    assert farthest <= 1.02 * closeness(network, TARGETS["smooth bump"]).sup_norm


def test_between_the_first_knots_of_a_root_the_error_is_seen() -> None:
    assert largest(Plan(CURVATURE_KNOTS, RELU), SQUARE_ROOT, 200) == pytest.approx(1.67e-3, rel=0.01)


def test_an_error_is_never_below_half_a_jump_that_is_proven() -> None:
    target = typed("exp(x) + sign(x - 5)", (0.0, 10.0))
    plan = Plan(EQUAL_KNOTS, RELU)
    (least,) = levels(plan, target, 200, "lower")
    assert least == pytest.approx(1.0, rel=1e-3)
    assert largest(plan, target, 200) >= 0.999 * least


@settings(max_examples=25)
@given(
    plan=st.sampled_from([Plan(EQUAL_KNOTS, RELU), Plan(STAIRCASE, SIGMOID)]),
    n=st.integers(1, 60),
    place=st.floats(0.01, 0.99),
    share=st.floats(-5.9, -1.0).map(lambda power: 10.0**power),
)
def test_no_jump_is_smaller_for_the_error_than_for_the_bound(
    plan: Plan, n: int, place: float, share: float
) -> None:
    target = typed(f"x^2 + {share:.12f}*(x > {place:.6f})", (0.0, 1.0))
    for least in levels(plan, target, n, "lower"):
        assert largest(plan, target, n) >= 0.99 * least


@settings(max_examples=40)
@given(
    plan=st.sampled_from(PLANS),
    n=st.integers(1, 60),
    heights=st.lists(LEVELS, min_size=2, max_size=7),
    gaps=st.lists(st.floats(-6.0, 0.0), min_size=6, max_size=6),
)
def test_no_bound_of_a_polyline_is_contradicted_however_narrow_its_pieces(
    plan: Plan, n: int, heights: list[float], gaps: list[float]
) -> None:
    x = np.concatenate(([0.0], np.cumsum(10.0 ** np.array(gaps[: len(heights) - 1]))))
    target = polyline(x, heights, "mine")
    error = largest(plan, target, n)
    assert all(error <= most * (1.0 + 1e-6) + 1e-9 for most in levels(plan, target, n, "upper"))
    assert not levels(plan, target, n, "lower")


def test_a_spike_between_the_points_of_the_grid_is_seen_and_within_its_bound() -> None:
    target = polyline([0.0, 0.50199, 0.502, 0.50201, 1.0], [0.0, 0.0, 1.0, 0.0, 0.0], "mine")
    plan = Plan(EQUAL_KNOTS, RELU)
    (most,) = levels(plan, target, 12, "upper")
    assert largest(plan, target, 12) == pytest.approx(1.0)
    assert most == pytest.approx(1e5 / 24.0)
    assert not levels(plan, polyline([0, 0.3, 0.30000001, 1], [0, 0, 1, 1], "steep"), 12, "lower")


def test_a_narrow_hill_of_a_formula_is_seen() -> None:
    target = typed("exp(-((x - 0.3131)*3000)^2)", (0.0, 1.0))
    assert largest(Plan(EQUAL_KNOTS, RELU), target, 12) > 0.95
    assert np.abs(target(line((0.0, 1.0), 501))).max() < 0.9


def test_mean_errors_are_those_of_the_grid() -> None:
    network = Plan(EQUAL_KNOTS, RELU).network(SQUARE_ROOT, 9, 40.0)
    x = error_grid(SQUARE_ROOT)
    distances = network(column(x))[:, 0] - SQUARE_ROOT(x)
    assert closeness(network, SQUARE_ROOT).root_mean_square == pytest.approx(np.sqrt(np.mean(distances**2)))
