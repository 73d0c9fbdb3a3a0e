"""Every activation is the function its name says, with its true derivative, at any size."""

import math
import pickle
import warnings
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.grids import line_with_jumps
from nn_core.networks.activations import (
    ACTIVATIONS,
    GAUSSIAN,
    LEAKY_RELU,
    RELU,
    SIGMOID,
    SOFTPLUS,
    SQUARE,
    STEP,
    TANH,
    Activation,
    sigmoid_inverse,
)
from nn_core.networks.collapse import blend
from tests.latex import value_of

LARGEST = float(np.finfo(np.float64).max)
HUGE = np.array([1.0, 27.3, 38.0, 40.0, 710.0, 745.2, 1e16, 1.35e154, 1e200, 1e308, LARGEST])
EVERY = pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS.keys())
# Straight on both sides of 0, and not through it.
KINKED = {name for name, each in ACTIVATIONS.items() if each.scale_free and each.degree is None}
Z = np.linspace(-8.0, 8.0, 1601)


def values_at(activation: Activation, *z: float) -> list[float]:
    values: list[float] = activation(np.array(z)).tolist()
    return values


def exactly_sigmoid(z: float) -> float:
    with localcontext() as context:
        context.prec = 60
        return float(1 / (1 + (-Decimal(z)).exp()))


def test_the_registry_lists_every_activation_under_its_name() -> None:
    assert list(ACTIVATIONS) == [
        "identity",
        "step",
        "sigmoid",
        "tanh",
        "ReLU",
        "leaky ReLU",
        "softplus",
        "sine",
        "Gaussian",
        "square",
    ]
    assert all(name == activation.name for name, activation in ACTIVATIONS.items())


@pytest.mark.parametrize(
    ("name", "z", "expected"),
    [
        ("identity", -1.5, -1.5),
        ("step", -1.5, 0.0),
        ("step", 1.5, 1.0),
        ("sigmoid", -1.5, 1 / (1 + math.exp(1.5))),
        ("sigmoid", 1.5, 1 / (1 + math.exp(-1.5))),
        ("tanh", -1.5, (math.exp(-1.5) - math.exp(1.5)) / (math.exp(-1.5) + math.exp(1.5))),
        ("ReLU", -1.5, 0.0),
        ("ReLU", 1.5, 1.5),
        ("leaky ReLU", -1.5, -0.015),
        ("leaky ReLU", 1.5, 1.5),
        ("softplus", -1.5, math.log(1 + math.exp(-1.5))),
        ("softplus", 1.5, math.log(1 + math.exp(1.5))),
        ("sine", -1.5, math.sin(-1.5)),
        ("Gaussian", -1.5, math.exp(-2.25)),
        ("Gaussian", 1.5, math.exp(-2.25)),
        ("square", -1.5, 2.25),
    ],
)
def test_an_activation_is_the_function_its_name_says(name: str, z: float, expected: float) -> None:
    assert values_at(ACTIVATIONS[name], z) == [pytest.approx(expected, rel=1e-14)]


@EVERY
@given(z=st.floats(-30.0, 30.0))
def test_derivative_matches_central_differences(activation: Activation, z: float) -> None:
    h = 1e-5
    if activation.name in KINKED and abs(z) <= h:
        return
    right, left = values_at(activation, z + h, z - h)
    slope = activation.derivative(np.array([z]))[0]
    assert slope == pytest.approx((right - left) / (2.0 * h), rel=1e-6, abs=2e-8)


def test_derivatives_at_a_kink_or_jump_are_those_from_the_left() -> None:
    zero = np.array([0.0, -0.0])
    assert STEP.derivative(zero).tolist() == [0.0, 0.0]
    assert RELU.derivative(zero).tolist() == [0.0, 0.0]
    assert LEAKY_RELU.derivative(zero).tolist() == [0.01, 0.01]
    assert LEAKY_RELU.derivative(np.array([1e-300])).tolist() == [1.0]


def test_the_step_is_one_from_zero_on() -> None:
    assert values_at(STEP, -1e-300, -0.0, 0.0, 1e-300) == [0.0, 1.0, 1.0, 1.0]


@EVERY
def test_no_activation_overflows_for_huge_inputs(activation: Activation) -> None:
    z = np.concatenate((-HUGE, [0.0], HUGE))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        a, slope = activation(z), activation.derivative(z)
    assert np.isfinite(a).all()
    assert np.isfinite(slope).all()


def test_the_square_saturates_at_the_largest_float() -> None:
    assert values_at(SQUARE, -1e200, 1.3e154, 1e200) == [LARGEST, 1.3e154**2, LARGEST]
    slopes = SQUARE.derivative(np.array([-1e308, -8e307, 8e307, 1e308]))
    assert slopes.tolist() == [-LARGEST, -1.6e308, 1.6e308, LARGEST]


@given(z=st.floats(-700.0, 700.0))
def test_the_sigmoid_keeps_its_digits_in_both_tails(z: float) -> None:
    assert values_at(SIGMOID, z) == [pytest.approx(exactly_sigmoid(z), rel=1e-15, abs=0.0)]


@given(z=st.floats(-300.0, 300.0))
def test_derivatives_of_sigmoids_keep_their_digits_in_both_tails(z: float) -> None:
    hill = exactly_sigmoid(z) * exactly_sigmoid(-z)
    assert SIGMOID.derivative(np.array([z]))[0] == pytest.approx(hill, rel=2e-15, abs=0.0)
    # tanh z = 2 sigmoid(2 z) - 1
    hill = 4.0 * exactly_sigmoid(2.0 * z) * exactly_sigmoid(-2.0 * z)
    assert TANH.derivative(np.array([z]))[0] == pytest.approx(hill, rel=4e-15, abs=0.0)


def test_softplus_keeps_its_digits_in_the_left_tail() -> None:
    assert values_at(SOFTPLUS, -50.0) == [pytest.approx(math.exp(-50.0), rel=1e-14, abs=0.0)]


def test_the_gaussian_is_cut_off_only_where_it_is_zero_anyway() -> None:
    assert values_at(GAUSSIAN, 26.0, -26.0) == [pytest.approx(math.exp(-676.0), rel=1e-12)] * 2
    assert GAUSSIAN.derivative(np.array([-26.0, 26.0])) == pytest.approx(
        [52.0 * math.exp(-676.0), -52.0 * math.exp(-676.0)], rel=1e-12, abs=0.0
    )


@EVERY
def test_an_activation_acts_on_every_entry_and_leaves_its_input_alone(
    activation: Activation,
) -> None:
    for function in (activation, activation.derivative):
        z = np.array([[-2.0, 0.0, 0.5], [1.0, 3.0, -0.1]])
        before = z.copy()
        a: FloatArray = function(z)
        assert a.shape == z.shape
        assert a.dtype == np.float64
        assert a[1, 0] == function(np.array([1.0]))[0]
        a[:] = 7.0
        assert (z == before).all()
        assert function(np.empty((5, 0))).shape == (5, 0)


@EVERY
def test_no_activation_hides_a_nan(activation: Activation) -> None:
    assert np.isnan(activation(np.array([np.nan]))).all()


@EVERY
def test_a_pickled_activation_is_the_same_activation(activation: Activation) -> None:
    assert pickle.loads(pickle.dumps(activation)) == activation


@EVERY
def test_a_formula_is_a_right_hand_side_in_z(activation: Activation) -> None:
    assert "z" in activation.formula
    assert "=" not in activation.formula
    assert activation.formula.count("{") == activation.formula.count("}")


# ---- what it says of itself ---------------------------------------------------------------------------


@EVERY
def test_a_formula_in_latex_says_the_function(activation: Activation) -> None:
    assert value_of(activation.formula, z=Z) == pytest.approx(activation(Z), abs=1e-14)


@EVERY
def test_the_code_of_an_activation_computes_it(activation: Activation) -> None:
    assert eval(activation.code, {"np": np, "z": Z}) == pytest.approx(activation(Z), abs=1e-14)


@EVERY
def test_the_range_holds_all_values_and_both_its_ends_are_come_near_to_or_grown_towards(
    activation: Activation,
) -> None:
    low, high = activation.range
    values = activation(np.concatenate((-HUGE[:8], Z, HUGE[:8])))
    for end, most in ((-low, float((-values).max())), (high, float(values.max()))):
        assert most <= end
        assert most > 1e10 if math.isinf(end) else most == pytest.approx(end, abs=1e-4)


def differences(activation: Activation, order: int) -> float:
    """The largest difference of that order on whole numbers, which floats hold exactly."""
    return float(np.abs(np.diff(activation(np.arange(-30.0, 31.0)), n=order)).max())


@EVERY
def test_an_activation_is_a_polynomial_of_its_degree_or_of_none(activation: Activation) -> None:
    degree = activation.degree
    if degree is None:
        assert all(differences(activation, order) > 1e-3 for order in range(1, 12))
    else:
        assert differences(activation, degree) > 0.5
        assert differences(activation, degree + 1) == 0.0


@EVERY
def test_the_scaling_is_the_power_with_which_a_factor_comes_out(activation: Activation) -> None:
    for power in range(4):
        comes_out = all(np.allclose(activation(c * Z), c**power * activation(Z)) for c in (0.25, 3.0, 40.0))
        assert comes_out == (power == activation.scaling)


@EVERY
def test_a_step_rises_from_0_to_1_and_nothing_else_is_one(activation: Activation) -> None:
    far = values_at(activation, -1e3, 1e3)
    rises = bool((np.diff(activation(Z)) >= 0.0).all())
    assert activation.step == (rises and far == [0.0, 1.0])


@EVERY
def test_an_activation_that_turns_at_0_is_straight_away_from_it_and_the_others_are_not(
    activation: Activation,
) -> None:
    bends = [
        float(np.abs(np.diff(activation(side * np.linspace(30.0, 200.0, 341)), n=2)).max())
        for side in (-1, 1)
    ]
    assert activation.turns == (max(bends) < 1e-9)


@EVERY
def test_an_activation_jumps_where_it_says_and_nowhere_else(activation: Activation) -> None:
    x = line_with_jumps((-7.0, 9.0), 1001, activation)
    sides = np.flatnonzero(np.diff(x) < 1e-6)
    assert x[sides] == pytest.approx(list(activation.jumps), abs=1e-6)


def test_the_hinges_are_those_with_two_slopes() -> None:
    for activation in ACTIVATIONS.values():
        left, right = values_at(activation, -1.0, 1.0)
        assert activation.hinge == (activation.scaling == 1 and left != -right)
    assert [each.name for each in ACTIVATIONS.values() if each.hinge] == ["ReLU", "leaky ReLU"]


def test_what_an_activation_does_not_say_of_itself_is_not_claimed() -> None:
    new = Activation("new", "z", np.positive, np.ones_like)
    assert new.range == (-math.inf, math.inf)
    assert not any((new.degree, new.scaling, new.step, new.turns, new.jumps, new.code, new.hinge))
    assert not new.scale_free
    assert new.common


@EVERY
@pytest.mark.parametrize("alpha", [0.0, 0.3, 1.0])
def test_a_blend_is_what_it_says_it_is(activation: Activation, alpha: float) -> None:
    found = blend(activation, alpha)
    if found.degree is None:
        assert differences(found, 3) > 1e-3
    else:
        assert differences(found, found.degree) > 0.1
        assert differences(found, found.degree + 1) < 1e-9
    assert found.jumps == (activation.jumps if alpha else ())
    assert found.turns == (activation.turns or not alpha)


@given(a=st.floats(1e-300, 1.0, exclude_max=True))
def test_the_inverse_of_the_sigmoid_leads_back(a: float) -> None:
    assert SIGMOID(sigmoid_inverse(np.array(a))) == pytest.approx(a, rel=1e-12)


@given(z=st.floats(-700.0, 12.0))
def test_and_the_sigmoid_leads_back_to_where_its_inverse_began(z: float) -> None:
    assert sigmoid_inverse(SIGMOID(np.array(z))) == pytest.approx(z, rel=1e-9, abs=1e-9)


def test_the_inverse_of_the_sigmoid_is_0_at_a_half_and_odd_around_it() -> None:
    a = np.array([1e-9, 0.1, 0.25, 0.4])
    assert sigmoid_inverse(np.array([[0.5]])).tolist() == [[0.0]]
    assert sigmoid_inverse(a) == pytest.approx(-sigmoid_inverse(1.0 - a), rel=1e-7)
    assert sigmoid_inverse(np.array(0.75)) == pytest.approx(math.log(3.0), rel=1e-15)
