"""Knots follow the curvature, and spread units are spread."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.building.constructions import interpolant
from nn_core.building.knots import curvature_knots, sampled_units, spread_units
from nn_core.errors import sup_norm_error
from nn_core.grids import column, line
from nn_core.targets.curves import (
    CORNER,
    JUMP,
    NIELSENS_GOAL,
    ONE_WAVE,
    RUNGES_FUNCTION,
    SQUARE_ROOT,
    TARGETS,
    Target,
    polyline,
)

EVERY = pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS.keys())
X = line((0.0, 1.0), 5001)


def error(target: Target, knots: FloatArray) -> float:
    return sup_norm_error(interpolant(target, knots)(column(X))[:, 0], target(X), X)[0]


# ---- knots that follow the curvature ----------------------------------------------------------------


@EVERY
@pytest.mark.parametrize("pieces", [1, 2, 7, 200, 1000])
def test_n_pieces_have_n_plus_1_knots_from_end_to_end(target: Target, pieces: int) -> None:
    knots = curvature_knots(target, pieces)
    assert knots.shape == (pieces + 1,)
    assert (knots[0], knots[-1]) == (0.0, 1.0)
    assert (np.diff(knots) > 0.0).all()


@pytest.mark.parametrize("pieces", [3, 10, 50])
def test_knots_stand_where_nine_tenths_of_the_bending_and_one_tenth_of_the_way_lie_behind(
    pieces: int,
) -> None:
    # f = x^4 / 12: sqrt(f'') = x, so 0.9 x^2 + 0.1 x = k / N.
    shares = line((0.0, 1.0), pieces + 1)
    expected = (np.sqrt(0.01 + 3.6 * shares) - 0.1) / 1.8
    assert curvature_knots(lambda x: x**4 / 12.0, pieces) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("slope", [0.0, 1.0, -3.0])
@pytest.mark.parametrize("bend", [0.0, 2.0])
def test_knots_are_even_where_the_curvature_is(slope: float, bend: float) -> None:
    knots = curvature_knots(lambda x: 0.9 + slope * x + bend * x**2, 8)
    assert knots == pytest.approx(line((0.0, 1.0), 9), abs=1e-6)


@given(
    scale=st.floats(0.01, 100.0),
    shift=st.floats(-10.0, 10.0),
    stretch=st.floats(0.1, 10.0),
)
def test_knots_do_not_depend_on_units(scale: float, shift: float, stretch: float) -> None:
    knots = curvature_knots(
        lambda x: -scale * NIELSENS_GOAL((x - shift) / stretch), 12, domain=(shift, shift + stretch)
    )
    assert (knots - shift) / stretch == pytest.approx(curvature_knots(NIELSENS_GOAL, 12), abs=1e-6)


@pytest.mark.parametrize("target", [RUNGES_FUNCTION, SQUARE_ROOT], ids=lambda target: target.name)
@pytest.mark.parametrize("pieces", [16, 32, 64])
def test_they_beat_equal_knots_where_the_curvature_is_uneven(target: Target, pieces: int) -> None:
    equal = error(target, line((0.0, 1.0), pieces + 1))
    assert error(target, curvature_knots(target, pieces)) < equal / 5.0


@pytest.mark.parametrize("pieces", [64, 128])
def test_for_many_pieces_the_error_is_nearly_the_least_possible(pieces: int) -> None:
    bending = float(np.mean(2.0 * math.pi * np.sqrt(np.abs(ONE_WAVE(X)))))
    least = bending**2 / (8.0 * pieces**2)
    assert 0.99 * least <= error(ONE_WAVE, curvature_knots(ONE_WAVE, pieces)) <= least / 0.9**2


@pytest.mark.parametrize("target", [CORNER, JUMP], ids=lambda target: target.name)
@pytest.mark.parametrize("pieces", [4, 20])
def test_most_knots_enclose_a_corner_or_a_jump(target: Target, pieces: int) -> None:
    near = np.abs(curvature_knots(target, pieces) - 0.5) < 1.5e-3
    assert near.sum() >= 0.9 * pieces - 1.0


def test_every_corner_of_a_polyline_gets_knots() -> None:
    x = np.array([0.0, 1.0, 2.0, 4.0])
    knots = curvature_knots(polyline(x, [0.0, 1.0, 0.0, 3.0], "mine"), 12, domain=(0.0, 4.0))
    assert all((np.abs(knots - corner) < 0.005).sum() >= 2 for corner in x[1:-1])


def test_what_has_no_pieces_domain_or_finite_values_gets_no_knots() -> None:
    with pytest.raises(ValueError, match="pieces must be at least 1, got pieces=0"):
        curvature_knots(ONE_WAVE, 0)
    with pytest.raises(ValueError, match=r"got left=1\.0 and right=1\.0"):
        curvature_knots(ONE_WAVE, 3, domain=(1.0, 1.0))
    with pytest.raises(ValueError, match=r"must be finite, got inf at x=0\.5"):
        curvature_knots(lambda x: np.where(x == 0.5, np.inf, x), 3)
    with pytest.raises(ValueError, match=r"shape \(2001, 1\) for inputs of shape \(2001,\)"):
        curvature_knots(column, 3)


# ---- spread units -----------------------------------------------------------------------------------

FAMILIES = {
    "n": st.integers(0, 300),
    "steepness": st.floats(0.1, 1e3),
    "left": st.floats(-10.0, 10.0),
    "size": st.floats(0.1, 10.0),
}


@given(**FAMILIES)
def test_knots_lie_in_the_domain_and_weights_between_a_quarter_and_the_whole_steepness(
    n: int, steepness: float, left: float, size: float
) -> None:
    weights, biases = spread_units(n, steepness, (left, left + size))
    assert weights.shape == biases.shape == (n,)
    assert ((np.abs(weights) >= steepness / 4.0) & (np.abs(weights) <= steepness)).all()
    knots = -biases / weights
    assert ((knots > left) & (knots < left + size)).all()


@given(**FAMILIES, m=st.integers(0, 300))
def test_the_first_of_many_units_are_the_few_units(
    n: int, steepness: float, left: float, size: float, m: int
) -> None:
    few, many = (spread_units(k, steepness, (left, left + size)) for k in sorted((n, m)))
    for some, all_of_them in zip(few, many, strict=True):
        assert some.tolist() == all_of_them[: len(some)].tolist()


def test_the_first_knots_halve_the_domain_again_and_again() -> None:
    weights, biases = spread_units(7, 1.0, (0.0, 8.0))
    assert -biases / weights == pytest.approx([4.0, 2.0, 6.0, 1.0, 5.0, 3.0, 7.0])


def test_the_first_weights_are_those_of_the_formula() -> None:
    weights, _ = spread_units(4, 36.0)
    assert weights == pytest.approx([-18.0, 18.0, -30.0, -12.0])


@pytest.mark.parametrize("n", [10, 100, 300])
def test_weights_and_knots_are_spread_evenly(n: int) -> None:
    weights, biases = spread_units(n, 1.0)
    evenly = (np.arange(n) + 0.5) / n
    most = 2.0 * math.log2(n) / n
    assert np.sort(-biases / weights) == pytest.approx(evenly, abs=most)
    assert (np.sort(np.abs(weights)) - 0.25) / 0.75 == pytest.approx(evenly, abs=most)
    assert abs(int(np.sign(weights).sum())) <= math.log2(n)


def test_units_without_number_steepness_or_domain_are_refused() -> None:
    with pytest.raises(ValueError, match="must be at least 0, got n=-1"):
        spread_units(-1, 1.0)
    with pytest.raises(ValueError, match=r"positive and finite, got steepness=0\.0"):
        spread_units(3, 0.0)
    with pytest.raises(ValueError, match=r"got left=1\.0 and right=0\.0"):
        spread_units(3, 1.0, (1.0, 0.0))


# ---- far from zero ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("offset", "length"), [(1.7e9, 20.0), (1e9, 1.0), (-1e6, 1e-3)])
@pytest.mark.parametrize("pieces", [12, 100])
def test_the_rounding_of_x_bends_no_line(offset: float, length: float, pieces: int) -> None:
    shares, y = np.array([0.0, 0.25, 0.5, 0.75, 1.0]), np.array([0.0, 1.0, 0.2, 0.9, 0.3])
    far = polyline(offset + length * shares, y, "far")
    knots = curvature_knots(far, pieces, domain=far.domain)
    near = curvature_knots(polyline(shares, y, "near"), pieces)
    assert (knots - offset) / length == pytest.approx(near, abs=1e-3)


# ---- units left to chance -----------------------------------------------------------------------------


@given(st.integers(0, 60), st.integers(0, 10**6))
def test_units_left_to_chance_have_different_places_for_knots_and_weights_of_both_signs(
    n: int, seed: int
) -> None:
    places = line((-2.0, 3.0), 60)
    weights, biases = sampled_units(n, 8.0, places, seed)
    knots = -biases / weights
    assert np.unique(np.abs(knots[:, np.newaxis] - places).argmin(axis=1)).size == n
    assert np.abs(knots[:, np.newaxis] - places).min(axis=1, initial=9.0) == pytest.approx(0.0, abs=1e-12)
    assert ((np.abs(weights) >= 2.0) & (np.abs(weights) <= 8.0)).all()
    assert n < 30 or 0 < (weights > 0.0).sum() < n


def test_on_average_the_largest_gap_of_fifty_random_knots_is_four_and_a_half_times_an_even_one() -> None:
    places = line((0.0, 1.0), 501)[1:-1]
    gaps = []
    for seed in range(1, 101):
        weights, biases = sampled_units(50, 1.0, places, seed)
        gaps.append(np.diff(np.sort(np.concatenate(([0.0, 1.0], -biases / weights)))).max())
    assert np.mean(gaps) * 51 == pytest.approx(4.5, abs=0.05)


def test_units_left_to_chance_are_refused_where_places_are_too_few_or_weights_are_no_size() -> None:
    with pytest.raises(ValueError, match="from 0 to 3, got n=4"):
        sampled_units(4, 1.0, line((0.0, 1.0), 3), 1)
    with pytest.raises(ValueError, match="steepness"):
        sampled_units(2, 0.0, line((0.0, 1.0), 3), 1)
