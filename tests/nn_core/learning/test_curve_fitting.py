"""A curve is learnt on a scale from -1 to 1, and what was learnt is a network of x."""

from pickle import dumps, loads

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.building.ways import WAYS, Plan
from nn_core.errors import root_mean_square_error
from nn_core.grids import column
from nn_core.learning.courses import Course, growing
from nn_core.learning.curve_fitting import STEEPNESSES, Curve, Scale, by_hand
from nn_core.learning.losses import MSE
from nn_core.learning.optimisers import ADAM, OPTIMISERS, Optimiser
from nn_core.learning.training import Recipe, Training
from nn_core.networks.activations import ACTIVATIONS, RELU, SIGMOID, SINE, TANH, Activation
from nn_core.networks.initialisation import ZEROS, random_network
from nn_core.networks.network import Network
from nn_core.targets.curves import CONSTANT, NIELSENS_GOAL, ONE_WAVE, TARGETS, Target
from nn_core.targets.formulas import parse_formula

halves, middles = st.floats(0.01, 100.0), st.floats(-50.0, 50.0)
scales = st.builds(Scale, middles, halves, middles, halves)
each_target = pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS.keys())


def whole(course: Course) -> Training:
    """The whole training of a course."""
    *_, training = growing(course)
    return training


def error(network: Network, curve: Curve) -> float:
    """The root mean square error at the samples of a curve."""
    x, y = curve.points
    return root_mean_square_error(network(column(x))[:, 0], y)


# ---- the scale ----------------------------------------------------------------------------------------


@given(scale=scales, seed=st.integers(0, 99), hidden=st.sampled_from([(3,), (4, 2)]))
def test_an_unscaled_network_is_the_scaled_one_behind_both_scales(
    scale: Scale, seed: int, hidden: tuple[int, ...]
) -> None:
    generator = np.random.default_rng(seed)
    network = random_network((1, *hidden, 1), TANH, generator)
    u = generator.uniform(-1.0, 1.0, size=(9, 1))
    x = scale.x_middle + scale.x_half * u
    expected = scale.y_middle + scale.y_half * network(u)
    size = 1.0 + abs(scale.y_middle) + scale.y_half
    assert scale.unscaled(network)(x) == pytest.approx(expected, abs=1e-9 * size * (1 + abs(scale.x_middle)))


@each_target
def test_samples_fill_the_scale_from_minus_1_to_1(target: Target) -> None:
    inputs, outputs = Curve(target).samples()
    assert inputs.shape == outputs.shape == (200, 1)
    assert (inputs[0, 0], inputs[-1, 0]) == pytest.approx((-1.0, 1.0))
    assert np.diff(inputs[:, 0]) == pytest.approx(2.0 / 199.0)
    ends = (0.0, 0.0) if target is CONSTANT else (-1.0, 1.0)
    assert (outputs.min(), outputs.max()) == pytest.approx(ends)


@each_target
def test_what_is_learnt_on_the_scale_is_the_curve_in_its_own_units(target: Target) -> None:
    curve = Curve(target)
    x, y = curve.points
    inputs, outputs = curve.samples()
    network = random_network((1, 5, 1), TANH, np.random.default_rng(0))
    scaled = MSE(network(inputs), outputs) * curve.scale.y_half**2
    assert MSE(curve.scale.unscaled(network)(column(x)), column(y)) == pytest.approx(scaled, rel=1e-9)


def test_where_a_target_has_no_value_there_is_no_sample() -> None:
    def pole(x: FloatArray) -> FloatArray:
        with np.errstate(all="ignore"):
            return np.where(x < 0.25, np.nan, 1.0 + x)

    x, y = Curve(Target("half", "", pole, (0.0, 1.0))).points
    assert len(x) == len(y) == 150
    assert x.min() >= 0.25
    assert np.isfinite(y).all()


def test_a_curve_is_a_plain_value() -> None:
    formula = parse_formula("x^2 - 1")
    typed = Curve(Target("typed", formula.latex, formula, (-2.0, 3.0)))
    for curve in (Curve(NIELSENS_GOAL), typed):
        again = loads(dumps(curve))
        assert again == curve
        assert hash(again) == hash(curve)
    assert Curve(NIELSENS_GOAL) != typed


# ---- learning it --------------------------------------------------------------------------------------


@pytest.mark.parametrize("optimiser", OPTIMISERS.values(), ids=OPTIMISERS.keys())
def test_training_brings_the_network_nearer_to_the_curve(optimiser: Optimiser) -> None:
    curve = Curve(ONE_WAVE)
    training = whole(Course(curve, (6,), TANH, Recipe(MSE, optimiser, 0.03), 1, 300, 300))
    first, last = (error(curve.scale.unscaled(network), curve) for network in training.networks)
    assert last < 0.8 * first
    assert np.sqrt(training.losses[-1]) * curve.scale.y_half == pytest.approx(last)


@pytest.mark.parametrize("n", [2, 6, 13, 30])
@pytest.mark.parametrize("activation", [SIGMOID, TANH, RELU], ids=str)
def test_from_zeros_all_hidden_units_stay_alike(activation: Activation, n: int) -> None:
    recipe = Recipe(MSE, ADAM, 0.1)
    training = whole(Course(Curve(NIELSENS_GOAL), (n,), activation, recipe, 1, 100, 25, ZEROS))
    for network in training.networks:
        hidden, output = network.layers
        for each in (hidden.weights[0], hidden.biases, output.weights[:, 0]):
            assert (each == each[0]).all()


@pytest.mark.parametrize("activation", [TANH, RELU, SINE], ids=str)
def test_from_zeros_units_with_f_of_0_at_0_do_the_work_of_none(activation: Activation) -> None:
    training = whole(
        Course(Curve(NIELSENS_GOAL), (9,), activation, Recipe(MSE, ADAM, 0.1), 1, 100, 50, ZEROS)
    )
    hidden, output = training.networks[-1].layers
    assert not hidden.weights.any()
    assert not hidden.biases.any()
    assert not output.weights.any()


# ---- built by hand ------------------------------------------------------------------------------------


@settings(max_examples=12)
@given(
    target=st.sampled_from([*TARGETS.values()]),
    n=st.integers(1, 40),
    activation=st.sampled_from([*ACTIVATIONS.values()]),
)
def test_no_way_that_fits_is_better_than_the_one_that_is_chosen(
    target: Target, n: int, activation: Activation
) -> None:
    curve = Curve(target)
    way, network = by_hand(target, n, activation)
    assert network.layers[0].biases.size == n
    assert way.fits(activation)
    least = error(network, curve)
    for other in WAYS.values():
        if other.placed or not other.fits(activation) or n % other.fewest:
            continue
        for steepness in STEEPNESSES:
            built = Plan(other, activation).network(target, n, steepness)
            assert error(built, curve) >= least


def test_exists_is_not_found() -> None:
    """What the page says: with 20 sigmoids a better network exists than Adam finds from its first seed."""
    curve = Curve(NIELSENS_GOAL)
    course = Course(curve, (20,), SIGMOID, Recipe(MSE, ADAM, 0.03, seed=1), 1, 1000, 1000)
    found = curve.scale.unscaled(whole(course).networks[-1])
    _, built = by_hand(NIELSENS_GOAL, 20, SIGMOID)
    assert error(built, curve) < 0.011
    assert error(found, curve) > 3.0 * error(built, curve)
