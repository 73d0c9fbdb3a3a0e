"""Every optimiser descends by the rule its source gives, and changes neither network nor state."""

import math
import pickle
import re
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.learning.gradients import Gradients, LayerGradient, backward, descend, in_a_row
from nn_core.learning.losses import LOSSES, MSE, Loss
from nn_core.learning.optimisers import (
    ADAM,
    GRADIENT_DESCENT,
    MOMENTUM,
    OPTIMISERS,
    Adam,
    Momentum,
    Optimiser,
    State,
    step,
)
from nn_core.learning.training import Recipe, learn
from nn_core.networks.activations import IDENTITY, LEAKY_RELU, RELU, SIGMOID, TANH, Activation
from nn_core.networks.initialisation import INITIALISATIONS, first_network, random_network
from nn_core.networks.network import Layer, Network, parameters

SEEDS = st.integers(0, 2**32 - 1)
RATES = st.floats(1e-6, 10.0)
EVERY = pytest.mark.parametrize("optimiser", OPTIMISERS.values(), ids=OPTIMISERS.keys())
EVERY_LOSS = pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES.keys())


def problem(seed: int, sizes: tuple[int, ...] = (2, 4, 2)) -> tuple[Network, FloatArray, FloatArray]:
    """A first network, 7 inputs, and their targets in [0, 1]."""
    generator = np.random.default_rng(seed)
    network = random_network(sizes, TANH, generator)
    return network, generator.normal(size=(7, sizes[0])), generator.uniform(size=(7, sizes[-1]))


def random_gradients(network: Network, generator: np.random.Generator) -> Gradients:
    return tuple(
        LayerGradient(generator.normal(size=layer.weights.shape), generator.normal(size=layer.biases.shape))
        for layer in network.layers
    )


def after(optimiser: Optimiser, network: Network, walk: list[Gradients], rate: float) -> Network:
    """Where the optimiser gets from the network, given these gradients one after another."""
    state = optimiser.start(network.n_parameters)
    for gradients in walk:
        network, state = step(optimiser, network, gradients, state, rate)
    return network


def test_the_registry_lists_every_optimiser_under_its_name() -> None:
    assert OPTIMISERS == {"gradient descent": GRADIENT_DESCENT, "momentum": MOMENTUM, "Adam": ADAM}
    assert all(each.formula.count("{") == each.formula.count("}") for each in OPTIMISERS.values())


@EVERY
def test_an_optimiser_is_a_value(optimiser: Optimiser) -> None:
    assert pickle.loads(pickle.dumps(optimiser)) == optimiser
    assert hash(Recipe(MSE, optimiser, 0.1)) == hash(Recipe(MSE, optimiser, 0.1))
    assert Momentum(0.9) == MOMENTUM != Momentum(0.8)


# ---- the rules ---------------------------------------------------------------------------------------


@given(seed=SEEDS, rate=st.floats(0.0, 10.0))
def test_gradient_descent_is_descend_to_the_last_digit(seed: int, rate: float) -> None:
    network, x, y = problem(seed)
    gradients = backward(network, x, y, MSE)
    stepped, state = step(
        GRADIENT_DESCENT, network, gradients, GRADIENT_DESCENT.start(network.n_parameters), rate
    )
    assert parameters(stepped).tolist() == parameters(descend(network, gradients, rate)).tolist()
    assert state == ()


@given(seed=SEEDS, rate=RATES, steps=st.integers(1, 6))
def test_momentum_with_share_0_is_gradient_descent(seed: int, rate: float, steps: int) -> None:
    network, x, y = problem(seed)
    one_way, other_way = (
        learn(network, x, y, Recipe(MSE, optimiser, rate), iterations=steps, keep=1).networks
        for optimiser in (Momentum(0.0), GRADIENT_DESCENT)
    )
    assert len(one_way) > 1
    for one, other in zip(one_way, other_way, strict=True):
        assert parameters(one).tolist() == parameters(other).tolist()


@given(seed=SEEDS, rate=RATES, share=st.floats(0.0, 0.99), steps=st.integers(1, 8))
def test_momentum_goes_along_all_gradients_so_far_each_older_one_weighing_less(
    seed: int, rate: float, share: float, steps: int
) -> None:
    network, generator = problem(seed)[0], np.random.default_rng(seed)
    walk = [random_gradients(network, generator) for _ in range(steps)]
    gone = parameters(network) - parameters(after(Momentum(share), network, walk, rate))
    # Of gradient s (from 0) each of the steps t = s .. steps - 1 goes along a share to the power t - s.
    weights = [sum(share ** (t - s) for t in range(s, steps)) for s in range(steps)]
    expected = rate * sum(weight * in_a_row(each) for weight, each in zip(weights, walk, strict=True))
    assert gone == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_a_heavy_ball_on_a_constant_slope_gets_10_times_as_fast() -> None:
    network, generator = problem(0)[0], np.random.default_rng(0)
    gradients = random_gradients(network, generator)
    gone = [parameters(after(MOMENTUM, network, [gradients] * n, 0.1)) for n in (300, 301)]
    assert gone[0] - gone[1] == pytest.approx(10.0 * 0.1 * in_a_row(gradients), rel=1e-9)


@given(seed=SEEDS, rate=RATES, size=st.floats(1e-5, 1e100))
def test_the_first_step_of_adam_has_the_size_of_the_learning_rate_in_every_weight(
    seed: int, rate: float, size: float
) -> None:
    network, x, y = problem(seed)
    gradients = backward(network, x, y, MSE)
    scaled = tuple(LayerGradient(size * each.weights, size * each.biases) for each in gradients)
    gradient = in_a_row(scaled)
    gone = parameters(network) - parameters(after(ADAM, network, [scaled], rate))
    steep = np.abs(gradient) > 1e-5
    assert np.abs(gone[steep]) == pytest.approx(np.full(steep.sum(), rate), rel=2e-3, abs=1e-15)
    expected = rate * gradient / (np.abs(gradient) + 1e-8)
    assert gone == pytest.approx(expected, rel=1e-7, abs=1e-14)


def test_where_there_is_no_gradient_adam_stays() -> None:
    network, x, _ = problem(0)
    stayed = after(ADAM, network, [backward(network, x, network(x), MSE)] * 3, 0.1)
    assert parameters(stayed).tolist() == parameters(network).tolist()


@given(seed=SEEDS, rate=RATES, steps=st.integers(1, 8), shares=st.tuples(*[st.floats(0.0, 0.999)] * 2))
def test_adam_divides_the_weighted_mean_by_the_root_of_the_weighted_mean_square(
    seed: int, rate: float, steps: int, shares: tuple[float, float]
) -> None:
    network, generator = problem(seed)[0], np.random.default_rng(seed)
    walk = [random_gradients(network, generator) for _ in range(steps)]
    rows = np.array([in_a_row(each) for each in walk])
    expected = parameters(network)
    for t in range(1, steps + 1):
        # With its correction, a mean is one over the steps so far with weights share^(t - s).
        ages = np.arange(t)[::-1]
        mean, square = (
            np.average(rows[:t] ** power, axis=0, weights=share**ages)
            for power, share in zip((1, 2), shares, strict=True)
        )
        expected = expected - rate * mean / (np.sqrt(square) + 1e-4)
    found = parameters(after(Adam(*shares, epsilon=1e-4), network, walk, rate))
    assert found == pytest.approx(expected, rel=1e-7, abs=1e-7)


@given(seed=SEEDS, size=st.floats(1e-3, 1e3))
def test_adam_does_not_mind_the_scale_of_the_loss_and_the_others_do(seed: int, size: float) -> None:
    network, generator = problem(seed)[0], np.random.default_rng(seed)
    walk = [random_gradients(network, generator) for _ in range(4)]
    scaled = [
        tuple(LayerGradient(size * each.weights, size * each.biases) for each in gradients)
        for gradients in walk
    ]
    start = parameters(network)
    for optimiser, factor in ((Adam(epsilon=1e-300), 1.0), (MOMENTUM, size), (GRADIENT_DESCENT, size)):
        gone = parameters(after(optimiser, network, walk, 0.1)) - start
        scaled_gone = parameters(after(optimiser, network, scaled, 0.1)) - start
        assert scaled_gone == pytest.approx(factor * gone, rel=1e-7, abs=1e-12 * max(1.0, size))


# ---- what every optimiser does -----------------------------------------------------------------------


@EVERY
@EVERY_LOSS
@given(seed=SEEDS)
@settings(max_examples=40)
def test_a_small_step_lowers_the_loss(optimiser: Optimiser, loss: Loss, seed: int) -> None:
    network, x, y = problem(seed)
    gradients = backward(network, x, y, loss)
    stepped, _ = step(optimiser, network, gradients, optimiser.start(network.n_parameters), 1e-6)
    assert loss(stepped(x), y) < loss(network(x), y)


@EVERY
@given(seed=SEEDS)
@settings(max_examples=20)
def test_a_step_leaves_network_gradients_and_state_alone(optimiser: Optimiser, seed: int) -> None:
    network, generator = problem(seed)[0], np.random.default_rng(seed)
    walk = [random_gradients(network, generator) for _ in range(3)]
    state: State = optimiser.start(network.n_parameters)
    for gradients in walk:
        before = parameters(network).tolist(), in_a_row(gradients).tolist(), [a.tolist() for a in state]
        stepped, remembered = step(optimiser, network, gradients, state, 0.1)
        again, remembered_again = step(optimiser, network, gradients, state, 0.1)
        now = parameters(network).tolist(), in_a_row(gradients).tolist(), [a.tolist() for a in state]
        assert now == before
        assert parameters(again).tolist() == parameters(stepped).tolist()
        assert [a.tolist() for a in remembered_again] == [a.tolist() for a in remembered]
        assert not any(a.flags.writeable for a in (*state, *remembered))
        network, state = stepped, remembered


@EVERY
def test_a_learning_rate_of_0_changes_nothing(optimiser: Optimiser) -> None:
    network, x, y = problem(0)
    for each in learn(network, x, y, Recipe(MSE, optimiser, 0.0), iterations=5, keep=1).networks:
        assert parameters(each).tolist() == parameters(network).tolist()


@EVERY
def test_every_optimiser_keeps_activations_and_sizes(optimiser: Optimiser) -> None:
    network, x, y = problem(0, (2, 5, 3, 1))
    stepped = after(optimiser, network, [backward(network, x, y, MSE)], 0.1)
    assert [layer.weights.shape for layer in stepped.layers] == [(2, 5), (5, 3), (3, 1)]
    assert [layer.activation for layer in stepped.layers] == [TANH, TANH, IDENTITY]


@EVERY
def test_every_optimiser_finds_the_least_squares_line(optimiser: Optimiser) -> None:
    x = np.linspace(-1.0, 1.0, 21)[:, np.newaxis]
    y = np.exp(x)
    start = Network((Layer(np.array([[3.0]]), np.array([-2.0]), IDENTITY),))
    recipe = Recipe(MSE, optimiser, 0.02)
    learned = learn(start, x, y, recipe, iterations=4000, keep=4000).networks[-1]
    best = np.linalg.lstsq(np.column_stack((x, np.ones(21))), y, rcond=None)[0][:, 0]
    assert parameters(learned) == pytest.approx(best, abs=1e-6)


# ---- where it starts decides -------------------------------------------------------------------------


def hidden_units(network: Network) -> list[FloatArray]:
    """Of each hidden layer a row a unit: its weights, its bias, and the weights it goes out by."""
    return [
        np.column_stack((layer.weights.T, layer.biases, following.weights))
        for layer, following in zip(network.layers, network.layers[1:], strict=False)
    ]


def unlikeness(network: Network) -> float:
    """The least, over the hidden layers, of the widest spread of a weight among the layer's units."""
    return min(float(np.ptp(units, axis=0).max()) for units in hidden_units(network))


@EVERY
@pytest.mark.parametrize("sizes", [(1, 20, 1), (2, 5, 4, 3)], ids=str)
@pytest.mark.parametrize("batch_size", [None, 3])
def test_from_zeros_the_units_of_a_layer_stay_equal_for_ever_and_from_glorot_they_do_not(
    optimiser: Optimiser, sizes: tuple[int, ...], batch_size: int | None
) -> None:
    _, x, y = problem(3, sizes)
    recipe = Recipe(MSE, optimiser, 0.05, batch_size, seed=1)
    zeros, glorot = (
        learn(
            first_network(sizes, SIGMOID, INITIALISATIONS[name], np.random.default_rng(0)),
            *(x, y, recipe),
            iterations=100,
            keep=50,
        ).networks
        for name in ("zeros", "Glorot")
    )
    # Equal up to rounding: a matrix product may sum up some of its columns in another order.
    assert max(map(unlikeness, zeros)) < 1e-6
    # They do learn, all of them the same: the output's weights are no longer 0.
    assert all(zeros[-1].layers[-1].weights.ravel())
    assert min(map(unlikeness, glorot)) > 0.1


@EVERY
@pytest.mark.parametrize("activation", [TANH, RELU, LEAKY_RELU, IDENTITY], ids=str)
def test_from_zeros_units_that_are_0_at_0_learn_nothing_but_the_mean(
    optimiser: Optimiser, activation: Activation
) -> None:
    _, x, y = problem(3, (2, 6, 1))
    start = first_network((2, 6, 1), activation, INITIALISATIONS["zeros"], np.random.default_rng(0))
    learned = learn(start, x, y, Recipe(MSE, optimiser, 0.05), iterations=1000, keep=1000).networks[-1]
    *nothing, bias = parameters(learned)
    assert not any(nothing)
    assert bias == pytest.approx(y.mean(), abs=1e-6)


# ---- what is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [-0.1, 1.0, math.nan, math.inf])
def test_a_share_is_at_least_0_and_less_than_1(share: float) -> None:
    with pytest.raises(ValueError, match=f"^share must be at least 0 and less than 1, got {share}"):
        Momentum(share)
    with pytest.raises(ValueError, match=f"^share must be at least 0 and less than 1, got {share}"):
        Adam(share)
    with pytest.raises(ValueError, match=f"^square share must be at least 0 and less than 1, got {share}"):
        Adam(square_share=share)


@pytest.mark.parametrize("epsilon", [0.0, -1e-8, math.nan])
def test_epsilon_is_more_than_0(epsilon: float) -> None:
    with pytest.raises(ValueError, match=f"epsilon must be more than 0, got {epsilon}"):
        Adam(epsilon=epsilon)


@EVERY
def test_learning_rates_and_gradients_that_are_none_are_refused(optimiser: Optimiser) -> None:
    network, x, y = problem(0)
    gradients, state = backward(network, x, y, MSE), optimiser.start(network.n_parameters)
    for rate in (-1e-9, math.nan, math.inf):
        with pytest.raises(ValueError, match=f"learning rate must be finite and at least 0, got {rate}"):
            step(optimiser, network, gradients, state, rate)
    with pytest.raises(ValueError, match="gradients must have the shapes of the weights and biases"):
        step(optimiser, network, gradients[::-1], state, 0.1)


@pytest.mark.parametrize("optimiser", [MOMENTUM, ADAM], ids=str)
def test_the_state_of_another_network_or_optimiser_is_refused(optimiser: Optimiser) -> None:
    network, x, y = problem(0)
    gradients = backward(network, x, y, MSE)
    other = optimiser.start(2)
    for state in (
        other,
        (),
        GRADIENT_DESCENT.start(network.n_parameters),
        optimiser.start(network.n_parameters) * 2,
    ):
        with pytest.raises(ValueError, match=re.escape("got shapes " + str([a.shape for a in state]))):
            step(optimiser, network, gradients, state, 0.1)


@EVERY
@pytest.mark.parametrize("rate", [1e6, 1e300])
@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES.keys())
def test_no_learning_rate_makes_training_warn(optimiser: Optimiser, rate: float, loss: Loss) -> None:
    network, x, y = problem(2)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        training = learn(network, x, y, Recipe(loss, optimiser, rate, 3), iterations=50, keep=7)
    assert np.isfinite(training.losses).all()
    assert all(np.isfinite(parameters(each)).all() for each in training.networks)
