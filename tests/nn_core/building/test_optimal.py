"""No other output weights come closer, and a certificate says so."""

import math
import random
import re
from collections.abc import Callable
from functools import cache
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.building.optimal import least_mean_absolute, least_sup
from nn_core.grids import line
from nn_core.networks.activations import IDENTITY, SIGMOID, TANH, Activation, sigmoid, sigmoid_inverse
from nn_core.targets.curves import NIELSENS_GOAL, TARGETS

X = line((0.0, 1.0), 401)
OUTPUTS = (IDENTITY, SIGMOID)


def bumps(k: int, steepness: float = 200.0) -> FloatArray:
    """k steep bumps side by side, shape (401, k)."""
    steps = sigmoid(steepness * (X[:, np.newaxis] - np.linspace(0.0, 1.0, k + 1)))
    return steps[:, :-1] - steps[:, 1:]


def shared(k: int) -> FloatArray:
    """A constant and k - 1 steep steps, shape (401, k)."""
    return np.column_stack((np.ones(X.size), sigmoid(200.0 * (X[:, np.newaxis] - np.arange(1, k) / k))))


def sharp(k: int) -> FloatArray:
    """A constant and k - 1 sharp steps, shape (401, k): most rows are the same."""
    return np.column_stack((np.ones(X.size), X[:, np.newaxis] >= np.arange(1, k) / k))


def noise(k: int) -> FloatArray:
    return np.random.default_rng(k).standard_normal((X.size, k))


FEATURES = {"bumps": bumps, "shared edges": shared, "sharp steps": sharp, "noise": noise}
NAMES = ["Nielsen's goal", "square root", "jump", "constant 0.9", "x sin 15x"]
each_family = pytest.mark.parametrize("family", FEATURES)
each_smooth = pytest.mark.parametrize("name", [NAMES[0], NAMES[1], NAMES[4]])
each_target = pytest.mark.parametrize("name", NAMES[:4])
# All pairs of a family, a target and a number of units are tried, in every run with other third ones.
SHIFT = random.randrange(12)


@pytest.fixture
def k(family: str, name: str) -> int:
    """How many units there are: for each family and for each target every number is tried."""
    return (1, 5, 10, 20)[([*FEATURES].index(family) + NAMES.index(name) % 4 + SHIFT) % 4]


@pytest.fixture
def few(family: str, name: str) -> int:
    """How many units there are behind a sigmoid, where each takes long."""
    return (1, 5, 10)[([*FEATURES].index(family) + NAMES.index(name) + SHIFT) % 3]


# Small integers: rows repeat, and more equations than unknowns can hold at once.
SMALL = st.integers(1, 7).flatmap(
    lambda n: st.tuples(
        st.lists(st.tuples(st.integers(-2, 2), st.integers(-2, 2)), min_size=n, max_size=n),
        st.lists(st.integers(-3, 3), min_size=n, max_size=n),
    )
)


def mean_absolute(
    features: FloatArray, values: FloatArray, weights: FloatArray, output: Activation = IDENTITY
) -> float:
    return float(np.mean(np.abs(output(features @ weights) - values)))


def sup(
    features: FloatArray, values: FloatArray, weights: FloatArray, output: Activation = IDENTITY
) -> float:
    return float(np.max(np.abs(output(features @ weights) - values)))


def orthonormal(features: FloatArray) -> FloatArray:
    """Columns of length 1 at right angles that span the features."""
    basis, sizes, _ = np.linalg.svd(features, full_matrices=False)
    return basis[:, sizes > 1e-10 * sizes[0]]


def non_negative(matrix: FloatArray, wanted: FloatArray) -> FloatArray:
    """The x >= 0 with the least |matrix x - wanted|: Lawson and Hanson, Solving Least Squares Problems."""
    x, active = np.zeros(matrix.shape[1]), np.zeros(matrix.shape[1], dtype=bool)
    for _ in range(10 * matrix.shape[1]):
        pull = matrix.T @ (wanted - matrix @ x)
        pull[active] = 0.0
        if pull.max() < 1e-12:
            break
        active[np.argmax(pull)] = True
        while True:
            aim = np.zeros_like(x)
            aim[active] = np.linalg.lstsq(matrix[:, active], wanted, rcond=None)[0]
            below = active & (aim <= 0.0)
            if not below.any():
                break
            share = np.min(x[below] / np.maximum(x[below] - aim[below], 1e-300))
            x = x + share * (aim - x)
            active &= x > 1e-15
            x[~active] = 0.0
        x = aim
    return x


def balance(basis: FloatArray, signs: FloatArray) -> FloatArray:
    """Shares m_i >= 0 that add up to 1, as nearly as can be with sum m_i s_i b_i = 0 for the rows b_i."""
    rows = np.vstack((basis.T * signs, np.ones(signs.size)))
    return non_negative(rows, np.append(np.zeros(basis.shape[1]), 1.0))


@cache
def solved(
    least: Callable[..., FloatArray], family: str, k: int, name: str, output: Activation = IDENTITY
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Features, values and the weights that are found for them: once for all tests."""
    features, values = FEATURES[family](k), TARGETS[name](X) if output is IDENTITY else squeezed(name)
    return features, values, least(features, values, output)


# ---- certificates ----------------------------------------------------------------------------------


@each_smooth
@each_family
def test_the_least_mean_absolute_error_has_a_certificate(family: str, k: int, name: str) -> None:
    """For |m_i| <= 1 that no feature sees, sum m_i y_i = sum m_i (y_i - f_i . v) <= sum |y_i - f_i . v|.

    Where the gap is not 0, m_i is its sign; where it is 0, m_i = p_i - q_i with p_i, q_i >= 0, p_i + q_i = 1.
    """
    features, values, weights = solved(least_mean_absolute, family, k, name)
    gaps = values - features @ weights
    free = np.abs(gaps) < 1e-7
    multipliers = np.sign(gaps)
    basis = orthonormal(features)
    moves, ones = basis[free].T, np.eye(int(free.sum()))
    rows = np.block([[moves, -moves], [ones, ones]])
    wanted = np.append(-basis[~free].T @ multipliers[~free], np.ones(len(ones)))
    multipliers[free] = non_negative(rows, wanted) @ np.vstack((ones, -ones))
    multipliers -= basis @ (basis.T @ multipliers)
    floor = float(multipliers @ values) / np.abs(multipliers).max(initial=1.0) / X.size
    assert mean_absolute(features, values, weights) <= floor * (1.0 + 1e-6) + 1e-7


@each_target
@each_family
def test_no_step_to_any_side_makes_the_mean_absolute_error_less(family: str, k: int, name: str) -> None:
    features, values, weights = solved(least_mean_absolute, family, k, name)
    least = mean_absolute(features, values, weights)
    for direction in np.vstack((np.eye(k), np.random.default_rng(0).standard_normal((50, k)))):
        for step in (1e-1, 1e-3, -1e-3, -1e-1):
            other = mean_absolute(features, values, weights + step * direction)
            assert other >= least * (1.0 - 1e-6) - 1e-9


@each_target
@each_family
def test_the_least_sup_norm_has_a_certificate(family: str, k: int, name: str) -> None:
    """For m that no feature sees, sum m_i y_i = sum m_i (y_i - f_i . v) <= sum |m_i| max_i |y_i - f_i . v|.

    So m_i is 0 where the gap is not the worst, and elsewhere has its sign.
    """
    features, values, weights = solved(least_sup, family, k, name)
    gaps = values - features @ weights
    error = np.abs(gaps).max()
    worst = np.abs(gaps) >= error * (1.0 - 1e-7) - 1e-9
    multipliers = np.zeros(X.size)
    multipliers[worst] = np.sign(gaps[worst]) * balance(orthonormal(features)[worst], np.sign(gaps[worst]))
    basis = orthonormal(features)
    multipliers -= basis @ (basis.T @ multipliers)
    floor = float(multipliers @ values) / np.abs(multipliers).sum()
    assert error <= floor * (1.0 + 1e-6) + 1e-9


@settings(max_examples=40)
@given(SMALL)
def test_of_few_points_the_least_mean_absolute_error_passes_through_some(
    table: tuple[list[tuple[int, int]], list[int]],
) -> None:
    features, values = np.array(table[0], dtype=np.float64), np.array(table[1], dtype=np.float64)
    found = mean_absolute(features, values, least_mean_absolute(features, values))
    candidates = [np.zeros(2)]
    for size in (1, 2):
        for chosen in combinations(range(len(values)), min(size, len(values))):
            rows = list(chosen)
            candidates.append(np.linalg.lstsq(features[rows], values[rows], rcond=None)[0])
            for column in range(2):  # vertices of a problem with one feature less
                single = np.zeros(2)
                single[column] = np.linalg.lstsq(features[rows][:, [column]], values[rows], rcond=None)[0][0]
                candidates.append(single)
    assert found == pytest.approx(min(mean_absolute(features, values, each) for each in candidates), abs=1e-7)


@settings(max_examples=40)
@given(SMALL)
def test_of_few_points_the_least_sup_norm_is_level_on_some(
    table: tuple[list[tuple[int, int]], list[int]],
) -> None:
    features, values = np.array(table[0], dtype=np.float64), np.array(table[1], dtype=np.float64)
    found = sup(features, values, least_sup(features, values))
    best = float(np.abs(values).max())
    for size in (1, 2, 3):
        for chosen in combinations(range(len(values)), size):
            for signs in product((-1.0, 0.0, 1.0), repeat=size):
                rows = np.column_stack((features[list(chosen)], signs))
                weights = np.linalg.lstsq(rows, values[list(chosen)], rcond=None)[0][:2]
                best = min(best, sup(features, values, weights))
    assert found == pytest.approx(best, abs=1e-7)


# ---- behind a sigmoid ------------------------------------------------------------------------------


def squeezed(name: str) -> FloatArray:
    values = TARGETS[name](X)
    span = float(np.ptp(values)) or 1.0
    return 0.1 + 0.8 * (values - values.min()) / span


def natural_starts(features: FloatArray, values: FloatArray) -> list[FloatArray]:
    logits = sigmoid_inverse(np.clip(values, 1e-3, 1.0 - 1e-3))
    return [
        np.zeros(features.shape[1]),
        np.linalg.lstsq(features, logits, rcond=None)[0],
        least_mean_absolute(features, logits),
        least_sup(features, logits),
    ]


@each_target
@each_family
def test_behind_a_sigmoid_both_are_no_worse_than_natural_starts(family: str, few: int, name: str) -> None:
    starts = natural_starts(FEATURES[family](few), squeezed(name))
    for least, error in ((least_mean_absolute, mean_absolute), (least_sup, sup)):
        features, values, weights = solved(least, family, few, name, SIGMOID)
        found = error(features, values, weights, SIGMOID)
        for start in starts:
            assert found <= error(features, values, start, SIGMOID) * (1.0 + 1e-6) + 1e-9


@each_target
@each_family
def test_behind_a_sigmoid_the_mean_absolute_error_is_least_around(family: str, few: int, name: str) -> None:
    features, values, weights = solved(least_mean_absolute, family, few, name, SIGMOID)
    least = mean_absolute(features, values, weights, SIGMOID)
    for direction in np.vstack((np.eye(few), np.random.default_rng(0).standard_normal((50, few)))):
        for step in (1e-2, 1e-4, -1e-4, -1e-2):
            other = mean_absolute(features, values, weights + step * direction, SIGMOID)
            assert other >= least * (1.0 - 1e-5) - 1e-9


@each_smooth
@each_family
def test_behind_a_sigmoid_the_sup_norm_has_a_certificate(family: str, few: int, name: str) -> None:
    """Where the gap is worst, any v with a lesser error moves every pre-activation to one side, its sign's.

    So if there are non-negative shares m of these sides that no feature sees, there is no such v.
    """
    features, values, weights = solved(least_sup, family, few, name, SIGMOID)
    gaps = values - sigmoid(features @ weights)
    error = np.abs(gaps).max()
    worst = np.abs(gaps) >= error * (1.0 - 1e-4) - 1e-9
    signed = np.sign(gaps[worst])
    seen = (signed * balance(orthonormal(features)[worst], signed)) @ orthonormal(features)[worst]
    assert error < 1e-8 or np.linalg.norm(seen) < 1e-3


def test_a_curve_that_the_units_can_draw_is_drawn() -> None:
    rng = np.random.default_rng(1)
    for family, output in product(FEATURES.values(), OUTPUTS):
        features, weights = family(6), rng.uniform(-2.0, 2.0, 6)
        values = output(features @ weights)
        for least in (least_mean_absolute, least_sup):
            found = output(features @ least(features, values, output))
            assert found == pytest.approx(values, abs=1e-6)


@pytest.mark.parametrize("value", [0.0, 1.0, -0.5, 1.5])
def test_values_that_no_sigmoid_reaches_are_come_close_to(value: float) -> None:
    features, values = np.ones((5, 1)), np.full(5, value)
    gap = abs(value - min(max(value, 0.0), 1.0))
    for least in (least_mean_absolute, least_sup):
        weights = least(features, values, SIGMOID)
        assert np.isfinite(weights).all()
        assert sup(features, values, weights, SIGMOID) == pytest.approx(gap, abs=2e-3)


# ---- units, edges, refusals ------------------------------------------------------------------------


# Here rounding leads away from the optimum once it has been reached.
@example(scale=35.0, turn=1.0, shift=-0.15)
@settings(max_examples=25)
@given(scale=st.floats(1e-6, 1e6), turn=st.floats(1e-6, 1e6), shift=st.floats(-5.0, 5.0))
def test_errors_are_in_units_of_the_output_whatever_those_of_the_features(
    scale: float, turn: float, shift: float
) -> None:
    features, values, _ = solved(least_sup, "bumps", 4, "Nielsen's goal")
    sizes = turn ** np.arange(-1.0, 3.0)
    for least, error in ((least_mean_absolute, mean_absolute), (least_sup, sup)):
        plain = error(*solved(least, "bumps", 4, "Nielsen's goal"))
        moved = scale * (values + features @ np.full(4, shift))
        found = error(features * sizes, moved, least(features * sizes, moved))
        assert found == pytest.approx(scale * plain, rel=1e-5)


@pytest.mark.parametrize("output", OUTPUTS, ids=str)
@pytest.mark.parametrize("least", [least_mean_absolute, least_sup])
def test_features_that_repeat_or_vanish_do_no_harm(least: object, output: Activation) -> None:
    assert callable(least)
    features, values = bumps(3), NIELSENS_GOAL(X)
    doubled = np.column_stack((features, features[:, 0], np.zeros(X.size), 2.0 * features[:, 1]))
    error = mean_absolute if least is least_mean_absolute else sup
    plain = error(features, values, least(features, values, output), output)
    weights = least(doubled, values, output)
    assert np.isfinite(weights).all()
    assert error(doubled, values, weights, output) == pytest.approx(plain, rel=1e-5)
    assert least(np.zeros((4, 2)), np.arange(4.0), output).tolist() == [0.0, 0.0]
    assert least(np.zeros((4, 0)), np.arange(4.0), output).tolist() == []


@pytest.mark.parametrize("least", [least_mean_absolute, least_sup])
def test_what_has_no_best_weights_is_refused(least: object) -> None:
    assert callable(least)
    features, values = np.ones((3, 1)), np.ones(3)
    for broken, message in [
        ((np.ones(3), values), "got shapes (3,) and (3,)"),
        ((features, np.ones(4)), "got shapes (3, 1) and (4,)"),
        ((np.ones((0, 1)), np.ones(0)), "n at least 1, got shapes (0, 1) and (0,)"),
        ((features * math.nan, values), "must be finite"),
        ((features, values * math.inf), "must be finite"),
        ((features, values, TANH), "the identity or the sigmoid, got tanh"),
    ]:
        with pytest.raises(ValueError, match=re.escape(message)):
            least(*broken)
