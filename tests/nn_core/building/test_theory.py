"""What the bounds say of the error is true of every network they speak of."""

import math
import re
import warnings
from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.building.constructions import (
    bump_approximation,
    interpolant,
    least_squares,
    staircase,
)
from nn_core.building.knots import curvature_knots, spread_units
from nn_core.building.theory import (
    Bound,
    Built,
    adapted_chords_bounds,
    fitted_slope,
    jump_bounds,
    polynomial_floor,
    polynomials_only,
)
from nn_core.building.ways import (
    CURVATURE_KNOTS,
    EQUAL_KNOTS,
    LEAST_SQUARES,
    PAIRS,
    STAIRCASE,
    WAYS,
    Way,
)
from nn_core.errors import root_mean_square_error, sup_norm_error
from nn_core.grids import column, line
from nn_core.networks.activations import RELU, SIGMOID, SQUARE, STEP, TANH, Activation, sigmoid
from nn_core.networks.network import Network
from nn_core.targets.curves import (
    CONSTANT,
    CORNER,
    GROWING_WAVE,
    JUMP,
    NIELSENS_GOAL,
    ONE_WAVE,
    SAWTOOTH,
    SQUARE_ROOT,
    TARGETS,
    CosineSum,
    Target,
    one_wave,
    polyline,
)
from nn_core.targets.smoothness import Smoothness, measure

Function = Callable[[FloatArray], FloatArray]

UNIT = (0.0, 1.0)
X = line(UNIT, 1001)
# The bounds rest on measured slopes and curvatures, which are too small by a share of about 1e-6.
MEASURED = 1.0 + 1e-5
JUMPING = [target for target in TARGETS.values() if target.jumps]
LIPSCHITZ = [target for target in TARGETS.values() if math.isfinite(measure(target, UNIT).lipschitz)]

each_target = pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
each_lipschitz = pytest.mark.parametrize("target", LIPSCHITZ, ids=[target.name for target in LIPSCHITZ])
sizes = st.integers(1, 60)


def error(network: Network, target: Function, x: FloatArray = X) -> float:
    return sup_norm_error(network(column(x))[:, 0], target(x), x)[0]


def bounds_for(
    way: Way,
    smoothness: Smoothness,
    length: float = 1.0,
    *,
    steepness: float = math.inf,
    activation: Activation = SIGMOID,
) -> tuple[Bound, ...]:
    """What is proven of networks that are built so."""
    built = Built(smoothness, length, steepness, activation)
    return (*way.bounds(built), *jump_bounds(built))


def only(bounds: tuple[Bound, ...], kind: str) -> Bound:
    (bound,) = (bound for bound in bounds if bound.kind == kind)
    return bound


# ---- smoothness ------------------------------------------------------------------------------------


def test_smoothness_is_what_calculus_says() -> None:
    wave = measure(ONE_WAVE, UNIT)
    assert wave.lipschitz == pytest.approx(2.0 * math.pi, rel=1e-6)
    assert wave.curvature == pytest.approx(4.0 * math.pi**2, rel=1e-6)
    assert wave.variation == pytest.approx(4.0, rel=1e-6)
    assert wave.bending == pytest.approx(4.7925609, rel=1e-3)  # 2 pi times the integral of sqrt|sin|
    assert wave.jump == 0.0
    assert measure(CORNER, UNIT) == Smoothness(
        pytest.approx(1.0), math.inf, pytest.approx(1.0), 0.0, pytest.approx(0.0, abs=0.02), (0.5, 0.5)
    )
    assert measure(CONSTANT, UNIT) == Smoothness(0.0, 0.0, 0.0, 0.0, 0.0, (0.9, 0.9))
    assert measure(JUMP, UNIT) == Smoothness(math.inf, math.inf, 1.0, 1.0, math.inf, (0.0, 1.0))


def test_a_vertical_tangent_is_no_jump() -> None:
    root = measure(SQUARE_ROOT, UNIT)
    assert (root.lipschitz, root.curvature, root.jump) == (math.inf, math.inf, 0.0)
    assert root.variation == pytest.approx(1.0)
    assert root.bending == pytest.approx(2.0, rel=0.1)


def test_the_steepest_slope_and_bend_are_found_between_the_points_of_the_grid() -> None:
    x = line(UNIT, 1_000_001)
    slopes = np.sin(15.0 * x) + 15.0 * x * np.cos(15.0 * x)
    bends = 30.0 * np.cos(15.0 * x) - 225.0 * x * np.sin(15.0 * x)
    found = measure(GROWING_WAVE, UNIT)
    assert found.lipschitz == pytest.approx(np.abs(slopes).max(), rel=1e-6)
    assert found.curvature == pytest.approx(np.abs(bends).max(), rel=1e-4)
    assert found.variation == pytest.approx(np.abs(np.diff(GROWING_WAVE(x))).sum(), rel=1e-6)


@given(steepness=st.floats(10.0, 3e3), place=st.floats(0.1, 0.9))
def test_a_steep_slope_is_no_jump(steepness: float, place: float) -> None:
    found = measure(lambda x: sigmoid(steepness * (x - place)), UNIT)
    assert found.jump == 0.0
    assert found.lipschitz == pytest.approx(steepness / 4.0, rel=1e-5)
    assert found.curvature == pytest.approx(steepness**2 / (6.0 * math.sqrt(3.0)), rel=1e-3)


@given(place=st.floats(0.01, 0.99), height=st.floats(0.01, 100.0), sign=st.sampled_from([-1.0, 1.0]))
def test_a_jump_is_found_on_a_wave(place: float, height: float, sign: float) -> None:
    found = measure(lambda x: one_wave(x) + np.where(x >= place, sign * height, 0.0), UNIT)
    assert found.jump == pytest.approx(height, abs=1e-6)
    assert (found.lipschitz, found.curvature, found.bending) == (math.inf, math.inf, math.inf)


@given(place=st.floats(0.01, 0.99), height=st.floats(0.1, 100.0))
def test_a_corner_on_a_wave_has_no_finite_curvature(place: float, height: float) -> None:
    found = measure(lambda x: one_wave(x) + height * np.abs(x - place), UNIT)
    assert (found.jump, found.curvature) == (0.0, math.inf)
    assert found.lipschitz <= 2.0 * math.pi + height + 1e-6


@pytest.mark.parametrize("power", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("place", [0.0, 0.3, 0.5, 1.0])
def test_a_cusp_is_infinitely_steep_and_no_jump(power: float, place: float) -> None:
    found = measure(lambda x: np.abs(x - place) ** power, UNIT)
    assert (found.lipschitz, found.jump) == (math.inf, 0.0)


def test_a_jump_is_measured_from_end_to_end_of_it() -> None:
    assert measure(lambda x: np.sign(x - 0.5), UNIT).jump == 2.0
    assert measure(lambda x: np.where(x == 0.5, 5.0, 0.0), UNIT).jump == 5.0
    assert measure(SAWTOOTH, UNIT).jump == pytest.approx(1.0)


@given(
    left=st.floats(-100.0, 100.0),
    length=st.floats(0.1, 100.0),
    scale=st.floats(1e-3, 1e3),
    shift=st.floats(-1.0, 1.0),
)
def test_smoothness_is_in_units_of_the_output_over_units_of_x(
    left: float, length: float, scale: float, shift: float
) -> None:
    plain = measure(NIELSENS_GOAL, UNIT)
    moved = measure(lambda x: scale * (NIELSENS_GOAL((x - left) / length) + shift), (left, left + length))
    assert moved.lipschitz == pytest.approx(scale / length * plain.lipschitz, rel=1e-5)
    assert moved.curvature == pytest.approx(scale / length**2 * plain.curvature, rel=1e-3)
    assert moved.variation == pytest.approx(scale * plain.variation, rel=1e-6)
    assert moved.bending == pytest.approx(math.sqrt(scale) * plain.bending, rel=1e-2)
    assert moved.jump == 0.0


@pytest.mark.parametrize("shift", [0.0, 1e3])
def test_a_straight_line_does_not_bend(shift: float) -> None:
    found = measure(lambda x: 3.0 * x - shift, UNIT)
    assert found.lipschitz == pytest.approx(3.0, rel=1e-6)
    assert (found.curvature, found.bending, found.jump) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    "function", [np.log, np.reciprocal, np.sqrt, lambda x: np.full_like(x, np.nan), lambda x: 1e308 * x]
)
def test_values_that_are_not_there_are_passed_over_in_silence(function: Function) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = measure(function, (-0.5, 0.5) if function is np.sqrt else UNIT)
    assert not math.isnan(found.lipschitz + found.curvature + found.jump + sum(found.ends))


def test_no_continuous_network_is_near_a_pole() -> None:
    assert measure(lambda x: 1.0 / (x - 0.3), UNIT).jump == math.inf


def test_what_is_measured_is_remembered() -> None:
    calls = []

    def function(x: FloatArray) -> FloatArray:
        calls.append(x)
        return x

    assert measure(function, UNIT) is measure(function, UNIT)
    before = len(calls)
    measure(function, UNIT)
    assert len(calls) == before


# ---- bounds ----------------------------------------------------------------------------------------


@each_lipschitz
def test_a_step_staircase_is_within_its_bound(target: Target) -> None:
    bound = only(bounds_for(STAIRCASE, measure(target, UNIT), activation=STEP, steepness=1.0), "upper")
    for pieces in range(1, 61):
        network = staircase(target, pieces, 1.0, STEP)
        assert error(network, target) <= MEASURED * bound.value(pieces) + 1e-12


@given(target=st.sampled_from(LIPSCHITZ), pieces=sizes, steepness=st.floats(1.0, 3000.0))
def test_a_sigmoid_staircase_is_within_its_bound_however_soft(
    target: Target, pieces: int, steepness: float
) -> None:
    bound = only(bounds_for(STAIRCASE, measure(target, UNIT), steepness=steepness), "upper")
    assert error(staircase(target, pieces, steepness), target) <= MEASURED * bound.value(pieces) + 1e-12


@given(left=st.floats(-5.0, 5.0), length=st.floats(0.1, 10.0), pieces=sizes)
def test_bounds_know_the_length_of_the_domain(left: float, length: float, pieces: int) -> None:
    domain = (left, left + length)
    x, smoothness = line(domain, 501), measure(np.sin, domain)
    steps = only(bounds_for(STAIRCASE, smoothness, length, activation=STEP), "upper")
    network = staircase(np.sin, pieces, 1.0, STEP, domain=domain)
    assert error(network, np.sin, x) <= MEASURED * steps.value(pieces) + 1e-12
    straight = only(bounds_for(EQUAL_KNOTS, smoothness, length, activation=RELU), "upper")
    network = interpolant(np.sin, line(domain, pieces + 1))
    assert error(network, np.sin, x) <= MEASURED * straight.value(pieces) + 1e-12


def test_the_bound_of_a_staircase_is_attained_by_a_straight_line() -> None:
    bound = only(bounds_for(STAIRCASE, measure(np.positive, UNIT), activation=STEP), "upper")
    assert error(staircase(np.positive, 10, 1.0, STEP), np.positive) == pytest.approx(bound.value(10))


def test_the_blur_of_a_soft_staircase_is_attained_at_a_corner() -> None:
    bound = only(bounds_for(STAIRCASE, measure(CORNER, UNIT), steepness=40.0), "upper")
    assert error(staircase(CORNER, 2000, 40.0), CORNER) == pytest.approx(float(bound.value(2000)), rel=0.01)


@given(target=st.sampled_from(list(TARGETS.values())), pieces=sizes, steepness=st.floats(1.0, 1e4))
def test_pairs_of_sigmoids_are_no_better_than_half_height_allows(
    target: Target, pieces: int, steepness: float
) -> None:
    found = bounds_for(PAIRS, measure(target, UNIT), steepness=steepness)
    ends = line(UNIT, 2)
    for bound in found:
        if bound.name == "half height at the ends":
            network = bump_approximation(target, pieces, steepness)
            assert error(network, target, ends) >= bound.value(pieces) / MEASURED - 1e-12


def test_half_of_a_constant_is_missing_at_the_ends_however_many_and_steep_the_pairs() -> None:
    bound = only(bounds_for(PAIRS, measure(CONSTANT, UNIT)), "lower")
    assert bound.value([1, 10, 1000]).tolist() == [0.45, 0.45, 0.45]
    assert error(bump_approximation(CONSTANT, 50, 1e6), CONSTANT) == pytest.approx(0.45)


def test_half_height_is_attained_where_the_target_climbs_away_from_its_ends() -> None:
    def roof(x: FloatArray) -> FloatArray:
        values: FloatArray = 2.0 - np.abs(x - 0.5)
        return values

    bound = only(bounds_for(PAIRS, measure(roof, UNIT), steepness=40.0), "lower")
    found = error(bump_approximation(roof, 4000, 40.0), roof, line(UNIT, 2))
    assert found == pytest.approx(float(bound.value(4000)), rel=1e-3)


@each_lipschitz
def test_straight_lines_between_equal_knots_are_within_their_bound(target: Target) -> None:
    smoothness = measure(target, UNIT)
    bound = only(bounds_for(EQUAL_KNOTS, smoothness, activation=RELU), "upper")
    assert ("M" in bound.formula) == math.isfinite(smoothness.curvature)
    for pieces in range(1, 61):
        network = interpolant(target, line(UNIT, pieces + 1))
        assert error(network, target) <= MEASURED * bound.value(pieces) + 1e-12


def test_both_bounds_of_straight_lines_are_attained() -> None:
    parabola = only(bounds_for(EQUAL_KNOTS, measure(np.square, UNIT)), "upper")
    assert error(interpolant(np.square, line(UNIT, 6)), np.square) == pytest.approx(parabola.value(5))

    def zigzag(x: FloatArray) -> FloatArray:
        values: FloatArray = np.abs(5.0 * x - np.round(5.0 * x))
        return values

    corners = only(bounds_for(EQUAL_KNOTS, measure(zigzag, UNIT)), "upper")
    assert error(interpolant(zigzag, line(UNIT, 6)), zigzag) == pytest.approx(corners.value(5))


def test_straight_lines_between_knots_that_follow_the_curvature_reach_their_rate() -> None:
    def growth(x: FloatArray) -> FloatArray:
        values: FloatArray = np.exp(3.0 * x)
        return values

    rate = only(bounds_for(CURVATURE_KNOTS, measure(growth, UNIT), activation=RELU), "rate")
    for pieces, tolerance in ((10, 0.2), (100, 0.02)):
        knots = curvature_knots(growth, pieces)
        measured = error(interpolant(growth, knots), growth, line(UNIT, 20_001))
        assert measured == pytest.approx(float(rate.value(pieces)), rel=tolerance)


@settings(max_examples=15)
@given(
    coefficients=st.lists(st.floats(-2.0, 2.0).filter(lambda a: abs(a) > 0.1), min_size=3, max_size=5),
    domain=st.sampled_from([(0.0, 1.0), (-3.0, 2.0), (10.0, 10.5)]),
)
def test_the_rate_of_curvature_knots_is_the_limit_for_any_smooth_target(
    coefficients: list[float], domain: tuple[float, float]
) -> None:
    left, right = domain
    wave = CosineSum(tuple(coefficients))

    def target(x: FloatArray) -> FloatArray:
        return wave((x - left) / (right - left))

    built = Built(measure.__wrapped__(target, domain), right - left)
    (rate,) = adapted_chords_bounds(built)
    network = interpolant(target, curvature_knots(target, 300, domain=domain))
    measured = error(network, target, line(domain, 6001))
    assert measured == pytest.approx(float(rate.value(300)), rel=0.1)
    least = built.smoothness.bending**2 / (8.0 * 300**2)
    assert 0.999 * least <= rate.value(300) <= least / 0.81


@pytest.mark.parametrize("target", [CORNER, JUMP, SQUARE_ROOT], ids=lambda target: target.name)
def test_no_rate_is_claimed_beside_a_corner_a_jump_or_a_vertical_slope(target: Target) -> None:
    assert adapted_chords_bounds(Built(measure(target, UNIT))) == ()


@given(
    heights=st.lists(st.floats(-10.0, 10.0), min_size=2, max_size=6),
    gaps=st.lists(st.floats(-9.0, 1.0), min_size=5, max_size=5),
)
def test_what_is_known_of_a_polyline_is_exact_however_narrow_its_pieces(
    heights: list[float], gaps: list[float]
) -> None:
    x = np.concatenate(([0.0], np.cumsum(10.0 ** np.array(gaps[: len(heights) - 1]))))
    target = polyline(x, heights, "mine")
    found = measure(target, target.domain)
    assert found.lipschitz == np.abs(np.diff(heights) / np.diff(x)).max()
    assert found.variation == pytest.approx(np.abs(np.diff(heights)).sum())
    assert found.jump == 0.0
    assert found.curvature in ((0.0, math.inf) if len(heights) > 2 else (0.0,))


@given(target=st.sampled_from(JUMPING), pieces=sizes, steepness=st.floats(1.0, 1e4))
def test_no_continuous_network_comes_nearer_than_half_a_jump(
    target: Target, pieces: int, steepness: float
) -> None:
    jumps = np.array(target.jumps)
    x = np.sort(np.concatenate((jumps - 1e-9, jumps)))
    networks = {
        STAIRCASE: staircase(target, pieces, steepness),
        PAIRS: bump_approximation(target, pieces, steepness),
        EQUAL_KNOTS: interpolant(target, line(UNIT, pieces + 1)),
        LEAST_SQUARES: least_squares(target, *spread_units(pieces, steepness), TANH, X),
    }
    for way, network in networks.items():
        bound = only(bounds_for(way, measure(target, UNIT), steepness=steepness), "lower")
        assert error(network, target, x) >= bound.value(pieces) - 1e-3


def test_sharp_steps_may_jump_with_their_target() -> None:
    assert bounds_for(STAIRCASE, measure(JUMP, UNIT), activation=STEP) == ()
    assert bounds_for(PAIRS, measure(CONSTANT, UNIT), activation=STEP) == ()
    rounded = Activation("round", r"\lfloor z \rceil", np.round, np.zeros_like)
    assert bounds_for(LEAST_SQUARES, measure(JUMP, UNIT), activation=rounded) == ()
    assert bounds_for(LEAST_SQUARES, measure(JUMP, UNIT), activation=TANH) != ()
    assert error(staircase(JUMP, 2, 1.0, STEP), JUMP) == 0.0


@pytest.mark.parametrize("way", [STAIRCASE, PAIRS])
def test_of_steps_that_are_neither_sharp_nor_sigmoids_nothing_is_claimed(way: Way) -> None:
    ramp = Activation("ramp", "z", lambda z: np.clip(z + 0.5, 0.0, 1.0), np.zeros_like, step=True)
    assert way.fits(ramp)
    assert bounds_for(way, measure(ONE_WAVE, UNIT), steepness=50.0, activation=ramp) == ()
    assert bounds_for(way, measure(ONE_WAVE, UNIT), steepness=50.0) != ()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@each_target
def test_every_bound_is_a_finite_number_for_every_number_of_pieces(way: Way, target: Target) -> None:
    pieces = np.arange(1, 201)
    for bound in bounds_for(way, measure(target, UNIT), steepness=50.0):
        values = bound.value(pieces)
        assert (values.shape, values.dtype) == (pieces.shape, np.float64)
        assert (np.isfinite(values) & (values >= 0.0)).all()
        assert bound.value(7) == values[6]
        assert bound.source.endswith(".")
        assert bound.kind in ("upper", "lower", "rate")


def test_nothing_is_said_where_nothing_is_proven() -> None:
    smoothness = measure(SQUARE_ROOT, UNIT)
    assert [way for way in WAYS.values() if bounds_for(way, smoothness)] == []
    assert bounds_for(LEAST_SQUARES, measure(ONE_WAVE, UNIT)) == ()


# ---- floors ----------------------------------------------------------------------------------------

# Numbers near 1e-308 have few digits, so that their rounding is no small share of them.
COEFFICIENTS = st.lists(
    st.floats(-2.0, 2.0).map(lambda c: c if abs(c) > 1e-290 else 0.0), min_size=1, max_size=7
)


def polynomial(coefficients: list[float], x: FloatArray) -> FloatArray:
    """A polynomial of degree len(coefficients) - 1, in Chebyshev polynomials on [0, 1]."""
    return np.polynomial.chebyshev.chebval(2.0 * x - 1.0, coefficients)


@given(target=st.sampled_from(list(TARGETS.values())), coefficients=COEFFICIENTS)
def test_no_polynomial_goes_below_the_floor(target: Target, coefficients: list[float]) -> None:
    floor = polynomial_floor(target(X), X, len(coefficients) - 1)
    values = polynomial(coefficients, X)
    assert sup_norm_error(values, target(X), X)[0] >= floor.sup
    assert root_mean_square_error(values, target(X)) >= floor.root_mean_square


@pytest.mark.parametrize("degree", [0, 2, 5])
@each_target
def test_some_polynomial_stands_on_the_floor(target: Target, degree: int) -> None:
    floor = polynomial_floor(target(X), X, degree)
    powers = np.polynomial.chebyshev.chebvander(2.0 * X - 1.0, degree)
    best = powers @ np.linalg.lstsq(powers, target(X), rcond=None)[0]
    assert root_mean_square_error(best, target(X)) == pytest.approx(floor.root_mean_square, abs=1e-13)
    # Lawson's weights: where a fit misses by more, it has to look harder.
    weights, least = np.full(X.size, 1.0 / X.size), math.inf
    for _ in range(100):
        roots = np.sqrt(weights)
        fit = np.linalg.lstsq(roots[:, np.newaxis] * powers, roots * target(X), rcond=None)[0]
        gaps = np.abs(powers @ fit - target(X))
        least = min(least, gaps.max())
        weights = weights * gaps / max(float(weights @ gaps), 1e-300)
    assert least <= 1.05 * floor.sup + 1e-12
    assert least >= floor.sup * (1.0 - 1e-9)


@pytest.mark.parametrize("degree", range(11))
def test_chebyshev_the_power_after_the_last_is_two_to_the_minus_d_away(degree: int) -> None:
    x = line((-1.0, 1.0), 4001)
    assert polynomial_floor(x ** (degree + 1), x, degree).sup == pytest.approx(2.0**-degree, rel=1e-4)
    extrema = -np.cos(np.pi * np.arange(degree + 2) / (degree + 1))
    assert polynomial_floor(extrema ** (degree + 1), extrema, degree).sup == pytest.approx(2.0**-degree)


@given(coefficients=COEFFICIENTS, more=st.integers(0, 3), scale=st.floats(1e-3, 1e3))
def test_a_polynomial_has_no_floor(coefficients: list[float], more: int, scale: float) -> None:
    values = scale * polynomial(coefficients, X)
    floor = polynomial_floor(values, X, len(coefficients) - 1 + more)
    assert (floor.sup, floor.root_mean_square) == (0.0, 0.0)


@given(
    values=st.lists(st.floats(-1.0, 1.0).map(lambda y: round(y, 2)), min_size=1, max_size=30),
    degree=st.integers(0, 10),
    seed=st.integers(0, 100),
)
def test_the_floor_is_met_on_d_plus_2_points_where_signs_alternate(
    values: list[float], degree: int, seed: int
) -> None:
    """On any d + 2 points the best error is |sum l_i y_i| / sum |l_i|, l_i = 1 / prod_j (x_i - x_j)."""
    y, x = np.array(values), np.sort(np.random.default_rng(seed).uniform(0.0, 1.0, len(values)))
    floor = polynomial_floor(y, x, degree).sup
    if len(values) < degree + 2:
        assert floor == 0.0
        return
    size = min(degree + 2, len(values))
    chosen = np.sort(np.random.default_rng(seed).choice(len(values), size, replace=False))
    gaps = x[chosen][:, np.newaxis] - x[chosen]
    np.fill_diagonal(gaps, 1.0)
    shares = 1.0 / np.prod(gaps / np.abs(gaps).max(), axis=1)
    assert floor >= abs(shares @ y[chosen]) / np.abs(shares).sum() - 1e-9


def test_the_floor_of_few_points_is_the_best_of_all_references() -> None:
    rng = np.random.default_rng(0)
    for n, degree in [(4, 0), (5, 1), (7, 2), (8, 3), (9, 5), (12, 10)]:
        x, y = np.sort(rng.uniform(0.0, 1.0, n)), rng.standard_normal(n)
        best = 0.0
        for chosen in combinations(range(n), degree + 2):
            gaps = x[list(chosen)][:, np.newaxis] - x[list(chosen)]
            np.fill_diagonal(gaps, 1.0)
            shares = 1.0 / np.prod(gaps, axis=1)
            best = max(best, abs(shares @ y[list(chosen)]) / np.abs(shares).sum())
        assert polynomial_floor(y, x, degree).sup == pytest.approx(best, rel=1e-7)


@given(scale=st.floats(1e-200, 1e200), shift=st.floats(-1.0, 1.0))
def test_floors_are_in_units_of_the_output_and_no_constant_changes_them(scale: float, shift: float) -> None:
    plain = polynomial_floor(NIELSENS_GOAL(X), X, 3)
    moved = polynomial_floor(scale * (NIELSENS_GOAL(X) + shift), 5.0 * X - 2.0, 3)
    assert moved.sup == pytest.approx(scale * plain.sup, rel=1e-8)
    assert moved.root_mean_square == pytest.approx(scale * plain.root_mean_square, rel=1e-8)


@pytest.mark.parametrize("n", [1, 3, 100])
def test_networks_of_squares_never_go_below_the_floor_of_parabolas(n: int) -> None:
    floor = polynomial_floor(GROWING_WAVE(X), X, 2)
    bound = polynomials_only(floor, 2)
    weights, biases = spread_units(n, 10.0)
    network = least_squares(GROWING_WAVE, weights, biases, SQUARE, X)
    assert error(network, GROWING_WAVE) >= bound.value(n)
    found = root_mean_square_error(network(column(X))[:, 0], GROWING_WAVE(X))
    assert found >= floor.root_mean_square * (1.0 - 1e-9)
    assert bound.kind == "lower"


@pytest.mark.parametrize(
    ("values", "x", "degree", "message"),
    [
        ([0.0, 1.0], [0.0, 1.0, 2.0], 1, "got shapes (2,) and (3,)"),
        ([[0.0]], [[0.0]], 1, "got shapes (1, 1) and (1, 1)"),
        ([0.0, math.nan], [0.0, 1.0], 0, "must be finite"),
        ([0.0, 1.0], [0.0, math.inf], 0, "must be finite"),
        ([0.0, 1.0, 2.0], [0.0, 1.0, 1.0], 0, "x must increase"),
        ([0.0, 1.0], [0.0, 1.0], -1, "at least 0, got degree=-1"),
    ],
)
def test_what_has_no_floor_is_refused(values: list[float], x: list[float], degree: int, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        polynomial_floor(np.array(values), np.array(x), degree)


# ---- slopes ----------------------------------------------------------------------------------------


@given(
    c=st.floats(1e-6, 1e6),
    p=st.floats(-5.0, 5.0),
    sizes=st.lists(st.integers(1, 200), min_size=2, max_size=50, unique=True),
)
def test_the_slope_of_a_power_is_its_exponent(c: float, p: float, sizes: list[int]) -> None:
    n = np.array(sizes, dtype=np.float64)
    assert fitted_slope(n, c * n**p) == pytest.approx(p, abs=1e-8)


def test_the_slope_is_that_of_least_squares() -> None:
    rng = np.random.default_rng(0)
    n, errors = np.arange(1.0, 51.0), rng.uniform(0.1, 1.0, 50)
    assert fitted_slope(n, errors) == pytest.approx(np.polyfit(np.log(n), np.log(errors), 1)[0])


def test_only_positive_finite_errors_count_for_the_slope() -> None:
    assert fitted_slope([1, 2, 3, 4, 8], [1.0, 0.0, math.nan, math.inf, 0.125]) == pytest.approx(-1.0)
    assert fitted_slope([1, 0, 2], [1.0, 5.0, 0.5]) == pytest.approx(-1.0)
    for sizes, errors in [([], []), ([3], [1.0]), ([3, 3], [1.0, 2.0]), ([1, 2], [0.0, 1.0])]:
        assert fitted_slope(sizes, errors) is None
    with pytest.raises(ValueError, match=re.escape("got (2,) and (1,)")):
        fitted_slope([1, 2], [1.0])
