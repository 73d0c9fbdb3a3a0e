"""Targets are the functions that their formulas say."""

import math
import pickle
import re
import warnings
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.grids import line, line_with_jumps
from nn_core.targets.curves import (
    CORNER,
    GROWING_WAVE,
    JUMP,
    NIELSENS_GOAL,
    ONE_WAVE,
    RUNGES_FUNCTION,
    SAWTOOTH,
    SMOOTH_BUMP,
    SQUARE_ROOT,
    TARGETS,
    Affine,
    CosineSum,
    Mended,
    Target,
    mended,
    own_values,
    polyline,
    random_smooth,
    sketched,
    squeezed,
    values_at,
)
from tests.latex import value_of

EVERY = pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS.keys())
NUMBERS = st.floats(-10.0, 10.0)


def test_the_registry_lists_every_target_under_its_name() -> None:
    names = {"Nielsen's goal", "one wave", "x sin 15x", "corner", "Runge's function", "smooth bump"}
    names |= {"jump", "sawtooth", "square root", "constant 0.9", "random curve"}
    assert set(TARGETS) == names
    assert all(name == target.name for name, target in TARGETS.items())


# ---- every target -----------------------------------------------------------------------------------


@EVERY
def test_a_target_is_finite_on_its_domain_and_keeps_the_shape(target: Target) -> None:
    left, right = target.domain
    x = line((left, right), 501)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        values = target(x)
    assert values.dtype == np.float64
    assert np.isfinite(values).all()
    assert target(x[:, np.newaxis]).tolist() == values[:, np.newaxis].tolist()
    assert target(x[7]) == values[7]


@EVERY
def test_a_target_is_defined_on_the_unit_interval_and_silent_around_it(target: Target) -> None:
    assert target.domain == (0.0, 1.0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isfinite(target(line((-1.0, 2.0), 301))).all()


@EVERY
def test_a_pickled_target_is_the_same_target(target: Target) -> None:
    copy = pickle.loads(pickle.dumps(target))
    assert copy == target
    assert hash(copy) == hash(target)


def test_different_targets_are_different() -> None:
    assert len({*TARGETS.values(), random_smooth(2), polyline([0, 1], [0, 1], "a")}) == len(TARGETS) + 2
    assert polyline([0, 1], [0, 1], "a") != polyline([0, 1], [0, 2], "a")


@EVERY
def test_a_formula_is_a_right_hand_side_in_x(target: Target) -> None:
    assert "x" in target.formula or target.name.startswith("constant")
    assert "=" not in target.formula
    for opening, closing in (("{", "}"), ("(", ")"), (r"\left", r"\right"), (r"\begin", r"\end")):
        assert len(re.findall(re.escape(opening) + r"(?!floor)", target.formula)) == len(
            re.findall(re.escape(closing) + r"(?!floor)", target.formula)
        )


@EVERY
def test_a_formula_in_latex_says_the_target(target: Target) -> None:
    x = line(target.domain, 101)
    if not isinstance(target.function, CosineSum):
        assert value_of(target.formula, x=x) == pytest.approx(target(x), abs=1e-14)


@EVERY
def test_a_target_jumps_where_it_says_and_nowhere_else(target: Target) -> None:
    x = line_with_jumps(target.domain, 2001, target)
    sides = np.flatnonzero(np.diff(x) < 1e-8)
    assert x[sides] == pytest.approx(list(target.jumps), abs=1e-8)
    for jump in target.jumps:
        beside = target(np.array([jump - 1e-9, jump, jump + 1e-9]))
        assert np.abs(np.diff(beside)).max() > 1e-3


def test_there_are_targets_that_jump_and_scaled_or_mended_ones_still_do() -> None:
    jumping = [target for target in TARGETS.values() if target.jumps]
    assert jumping
    for target in jumping:
        assert squeezed(target, 0.0, 5.0).jumps == target.jumps


# ---- one by one -------------------------------------------------------------------------------------


@pytest.mark.parametrize("x", [0.0, 0.3, 1.0])
def test_nielsens_goal_is_his_formula(x: float) -> None:
    expected = 0.2 + 0.4 * x * x + 0.3 * x * math.sin(15 * x) + 0.05 * math.cos(50 * x)
    assert NIELSENS_GOAL(np.array([x]))[0] == pytest.approx(expected, abs=1e-15)


def test_nielsens_goal_stays_between_0_and_1() -> None:
    values = NIELSENS_GOAL(line(NIELSENS_GOAL.domain, 1001))
    assert 0.0 < values.min() < values.max() < 1.0


def test_one_wave_goes_up_and_down_once() -> None:
    x = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
    assert ONE_WAVE(x) == pytest.approx([0.0, 1.0, 0.0, -1.0, 0.0], abs=1e-15)


@given(x=st.floats(0.0, 1.0))
def test_the_simple_ones_are_their_names(x: float) -> None:
    at = np.array([x])
    assert GROWING_WAVE(at)[0] == pytest.approx(x * math.sin(15 * x), abs=1e-14)
    assert CORNER(at)[0] == abs(x - 0.5)
    assert RUNGES_FUNCTION(at)[0] == pytest.approx(1 / (1 + 25 * (2 * x - 1) ** 2), abs=1e-14)
    assert SQUARE_ROOT(at)[0] == math.sqrt(x)
    assert TARGETS["constant 0.9"](at)[0] == 0.9


@given(x=st.floats(0.0, 1.0))
def test_the_smooth_bump_is_its_formula_inside_and_zero_outside(x: float) -> None:
    gap = 1 - (5 * x - 2.5) ** 2
    expected = math.exp(1 - 1 / gap) if gap > 0 else 0.0
    assert SMOOTH_BUMP(np.array([x]))[0] == pytest.approx(expected, abs=1e-15)


def test_the_smooth_bump_is_1_in_the_middle_and_exactly_0_from_its_foot_on() -> None:
    assert SMOOTH_BUMP(np.array([0.0, 0.3, 0.5, 0.7, 1.0])).tolist() == [0.0, 0.0, 1.0, 0.0, 0.0]
    assert SMOOTH_BUMP(np.array([0.31, 0.69])).min() > 0.0


def test_the_jump_is_exactly_1_and_belongs_to_the_right() -> None:
    half = np.array([0.0, np.nextafter(0.5, 0.0), 0.5, 1.0])
    assert JUMP(half).tolist() == [0.0, 0.0, 1.0, 1.0]


def test_the_sawtooth_climbs_from_0_to_1_and_falls_at_the_odd_eighths() -> None:
    eighths = np.array([1.0, 3.0, 5.0, 7.0]) / 8.0
    assert SAWTOOTH(eighths).tolist() == [0.0] * 4
    assert SAWTOOTH(eighths - 1e-9) == pytest.approx(1.0, abs=1e-8)
    assert SAWTOOTH(np.array([0.0, 0.25, 0.5, 0.75, 1.0])).tolist() == [0.5] * 5
    x = line((0.13, 0.37), 50)
    assert np.diff(SAWTOOTH(x)) == pytest.approx(4.0 * np.diff(x), abs=1e-14)


# ---- random curves ----------------------------------------------------------------------------------


@given(coefficients=st.lists(NUMBERS, min_size=1, max_size=9), x=st.floats(0.0, 1.0))
def test_a_cosine_sum_is_its_sum_of_cosines(coefficients: list[float], x: float) -> None:
    expected = sum(a * math.cos(k * math.pi * x) for k, a in enumerate(coefficients))
    assert CosineSum(tuple(coefficients))(np.array([x]))[0] == pytest.approx(expected, abs=1e-11)


@given(seed=st.integers(0, 10**6))
def test_a_random_curve_lies_between_minus_1_and_1_and_comes_close_to_both(seed: int) -> None:
    values = random_smooth(seed)(line((0.0, 1.0), 5003))
    assert values.min() == pytest.approx(-1.0, abs=1e-3)
    assert values.max() == pytest.approx(1.0, abs=1e-3)


@given(seed=st.integers(0, 10**6))
def test_a_seed_is_a_curve(seed: int) -> None:
    assert random_smooth(seed) == random_smooth(seed)
    assert random_smooth(seed) != random_smooth(seed + 1)
    assert random_smooth(seed).name == "random curve"


def test_a_random_curve_has_as_many_terms_as_its_formula_says() -> None:
    curve = random_smooth(1)
    assert isinstance(curve.function, CosineSum)
    assert (
        rf"a_{len(curve.function.coefficients) - 1} \cos({len(curve.function.coefficients) - 1} \pi x)"
        in (curve.formula)
    )


# ---- polylines --------------------------------------------------------------------------------------


@given(
    points=st.lists(st.tuples(st.floats(0.1, 2.0), NUMBERS), min_size=2, max_size=12),
    place=st.floats(0.0, 1.0),
)
def test_a_polyline_goes_straight_from_point_to_point(
    points: list[tuple[float, float]], place: float
) -> None:
    x = np.cumsum([step for step, _ in points])
    y = np.array([height for _, height in points])
    target = polyline(x, y, "mine")
    assert target(x).tolist() == y.tolist()
    between = (1.0 - place) * x[:-1] + place * x[1:]
    assert target(between) == pytest.approx((1.0 - place) * y[:-1] + place * y[1:], abs=1e-11)
    assert target(np.array([x[0] - 1.0, x[-1] + 1.0])).tolist() == [y[0], y[-1]]
    assert (target.name, target.domain) == ("mine", (x[0], x[-1]))


def test_a_polyline_is_a_value() -> None:
    one, other = polyline([0.0, 1.0], (2.0, 3.0), "a"), polyline(np.array([0.0, 1.0]), [2, 3], "a")
    assert one == other
    assert hash(one) == hash(other)
    assert pickle.loads(pickle.dumps(one)) == one
    assert one(np.array([[0.5]])).tolist() == [[2.5]]


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([0.0], [0.0], "x must be at least 2 numbers in a row, got shape (1,)"),
        ([[0.0, 1.0]], [[0.0, 1.0]], "x must be at least 2 numbers in a row, got shape (1, 2)"),
        ([0.0, 1.0, 1.0], [0.0] * 3, "x must increase, got 1.0 followed by 1.0"),
        ([0.0, 2.0, 1.0], [0.0] * 3, "x must increase, got 2.0 followed by 1.0"),
        ([0.0, math.inf], [0.0, 1.0], "x must be finite, got inf"),
        ([0.0, math.nan], [0.0, 1.0], "x must be finite, got nan"),
        ([0.0, 1.0], [0.0] * 3, "x and y must be equally many, got shapes (2,) and (3,)"),
        ([0.0, 1.0], [0.0, math.nan], "y must be finite, got nan"),
    ],
)
def test_what_is_no_polyline_is_refused(x: list[float], y: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        polyline(x, y, "mine")


# ---- values -----------------------------------------------------------------------------------------


def test_the_values_of_a_target_are_one_finite_number_an_input() -> None:
    x = np.array([0.0, 0.25, 1.0])
    assert values_at(ONE_WAVE, x) == pytest.approx([0.0, 1.0, 0.0], abs=1e-15)
    with pytest.raises(ValueError, match=r"shape \(1, 3\) for inputs of shape \(3,\)"):
        values_at(lambda x: x[np.newaxis], x)
    with pytest.raises(ValueError, match=r"must be finite, got inf at x=0\.25"):
        values_at(lambda x: np.where(x == 0.25, np.inf, x), x)


# ---- scaled and moved -------------------------------------------------------------------------------

WITH_SHAPE = [target for name, target in TARGETS.items() if not name.startswith("constant")]


@given(scale=NUMBERS, shift=NUMBERS, x=st.floats(0.0, 1.0))
def test_an_affine_function_is_its_formula(scale: float, shift: float, x: float) -> None:
    at = np.array([[x]])
    assert Affine(ONE_WAVE, scale, shift)(at).tolist() == (scale * ONE_WAVE(at) + shift).tolist()


@pytest.mark.parametrize("target", WITH_SHAPE, ids=lambda target: target.name)
@pytest.mark.parametrize(("low", "high"), [(0.1, 0.9), (-3.0, 5.0)])
def test_a_squeezed_target_goes_from_low_to_high_and_keeps_its_shape(
    target: Target, low: float, high: float
) -> None:
    found = squeezed(target, low, high)
    x = line(target.domain, 2001)
    values, before = found(x), target(x)
    assert (values.min(), values.max()) == pytest.approx((low, high), abs=1e-12)
    straight = np.interp(before, [before.min(), before.max()], [low, high])
    assert values == pytest.approx(straight, abs=1e-12)
    assert (found.name, found.domain) == (target.name, target.domain)
    assert target.formula in found.formula


def test_the_formula_of_a_squeezed_target_says_its_numbers() -> None:
    assert squeezed(ONE_WAVE, 0.1, 0.9).formula == rf"0.4 \left({ONE_WAVE.formula}\right) +0.5"
    assert squeezed(ONE_WAVE, -0.9, -0.1).formula == rf"0.4 \left({ONE_WAVE.formula}\right) -0.5"


def test_a_constant_cannot_be_squeezed() -> None:
    with pytest.raises(ValueError, match=r"got constant 0\.9, which is 0\.9 everywhere"):
        squeezed(TARGETS["constant 0.9"], 0.0, 1.0)


# ---- holes and poles --------------------------------------------------------------------------------

GRID = line((0.0, 1.0), 11)


def pole(x: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore"):
        return 1.0 / (x - 0.5)


def root(x: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore"):
        return np.sqrt(x - 0.35)


def high(x: FloatArray) -> FloatArray:
    return np.where(np.abs(x - 0.7) < 0.01, 2e9, x)


BROKEN = {
    "a pole": (Target("a pole", "x", pole, (0.0, 1.0)), [0.5]),
    "a root": (Target("a root", "x", root, (0.0, 1.0)), [0.0, 0.1, 0.2, 0.3]),
    "a peak": (Target("a peak", "x", high, (0.0, 1.0)), [0.7]),
}
each_broken = pytest.mark.parametrize("name", BROKEN)


@EVERY
def test_a_target_without_holes_is_mended_to_itself_and_all_values_are_its_own(target: Target) -> None:
    x = line(target.domain, 501)
    whole, holes = mended(target, x)
    assert whole is target
    assert holes.shape == (0,)
    assert own_values(target, x).tolist() == target(x).tolist()


@each_broken
def test_holes_are_filled_straight_and_told(name: str) -> None:
    target, holes = BROKEN[name]
    whole, found = mended(target, GRID)
    assert found.tolist() == pytest.approx(holes)
    sound = ~np.isin(GRID, found)
    assert whole(GRID)[sound].tolist() == target(GRID)[sound].tolist()
    straight = np.interp(found, GRID[sound], target(GRID)[sound])
    assert whole(found).tolist() == straight.tolist()
    assert (whole.name, whole.formula, whole.domain) == (target.name, target.formula, target.domain)
    assert np.isfinite(values_at(whole, line(target.domain, 1001))).all()


@each_broken
def test_filled_values_are_not_the_targets_own(name: str) -> None:
    target, holes = BROKEN[name]
    whole, _ = mended(target, GRID)
    for either in (target, whole):
        own = own_values(either, GRID)
        assert GRID[np.isnan(own)].tolist() == pytest.approx(holes)
        assert own[~np.isnan(own)].tolist() == target(GRID)[~np.isnan(own)].tolist()


def test_a_hole_between_the_points_of_the_grid_is_no_value_either() -> None:
    whole, _ = mended(BROKEN["a root"][0], GRID)
    own = own_values(whole, np.array([0.34, 0.36]))
    assert np.isnan(own).tolist() == [True, False]
    assert np.isfinite(whole(np.array([0.34, 0.36]))).all()


def test_a_target_that_is_finite_nowhere_cannot_be_mended() -> None:
    nowhere = Target("nothing", "x", lambda x: np.full_like(x, np.nan), (0.0, 1.0))
    with pytest.raises(ValueError, match="got nothing, which is finite nowhere"):
        mended(nowhere, GRID)


def test_beyond_its_outermost_points_a_polyline_has_no_values_of_its_own() -> None:
    target = polyline([0.0, 0.4, 1.0], [1.0, 2.0, 0.0], "mine")
    own = own_values(target, np.array([-0.1, 0.0, 0.2, 1.0, 1.1]))
    assert own == pytest.approx([np.nan, 1.0, 1.5, 0.0, np.nan], nan_ok=True)
    assert own_values(ONE_WAVE, np.array([1.25])) == pytest.approx([1.0])


# ---- drawn by hand ----------------------------------------------------------------------------------

CELLS = st.lists(st.none() | st.floats(-1.0, 1.0), min_size=1, max_size=20)


@given(heights=CELLS, left=st.floats(-5.0, 5.0), size=st.floats(0.1, 10.0))
def test_a_drawing_goes_through_the_middles_of_its_cells(
    heights: list[float | None], left: float, size: float
) -> None:
    domain = (left, left + size)
    target = sketched(heights, domain)
    assert (target.name, target.domain) == ("your drawing", domain)
    middles = left + size * (np.arange(len(heights)) + 0.5) / len(heights)
    drawn = np.array([height is not None for height in heights])
    said = np.array([height for height in heights if height is not None])
    if not drawn.any():
        assert target(middles).tolist() == [0.0] * len(heights)
        return
    assert target(middles[drawn]) == pytest.approx(said, abs=1e-9)
    assert target(middles) == pytest.approx(np.interp(middles, middles[drawn], said), abs=1e-9)
    assert target(np.array(domain)).tolist() == [said[0], said[-1]]


def test_cells_left_out_are_crossed_in_a_straight_line() -> None:
    target = sketched([None, 0.0, None, 1.0, None], (0.0, 5.0))
    assert target(np.array([0.0, 1.5, 2.5, 3.5, 5.0])) == pytest.approx([0.0, 0.0, 0.5, 1.0, 1.0])


# ---- all of them are values -------------------------------------------------------------------------

VALUES = {
    "squeezed": lambda: squeezed(NIELSENS_GOAL, 0.1, 0.9),
    "a mended pole": lambda: mended(BROKEN["a pole"][0], GRID)[0],
    "squeezed and mended": lambda: squeezed(mended(BROKEN["a root"][0], GRID)[0], 0.0, 1.0),
    "drawn": lambda: sketched([0.0, None, 1.0], (0.0, 1.0)),
    "drawn, nothing yet": lambda: sketched([None], (0.0, 1.0)),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_target_made_twice_or_pickled_is_one_target(name: str) -> None:
    target = VALUES[name]()
    for other in (VALUES[name](), pickle.loads(pickle.dumps(target))):
        assert other == target
        assert hash(other) == hash(target)
        assert other(GRID).tolist() == target(GRID).tolist()


def test_what_differs_in_one_number_is_another_target() -> None:
    affine = Affine(ONE_WAVE, 2.0, 1.0)
    assert affine not in (replace(affine, scale=3.0), replace(affine, shift=0.0))
    filled = Mended(pole, (0.0, 1.0), (2.0, 3.0))
    assert filled not in (replace(filled, y=(2.0, 4.0)), replace(filled, function=root))
    assert squeezed(ONE_WAVE, 0.0, 1.0) != squeezed(ONE_WAVE, 0.0, 2.0)
    assert sketched([0.0, None], (0.0, 1.0)) != sketched([0.0, 1.0], (0.0, 1.0))
