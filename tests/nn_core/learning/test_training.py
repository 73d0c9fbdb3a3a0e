"""The backward pass is the true gradient, a small step descends, and training says where it diverged."""

import math
import re
import warnings
from collections.abc import Iterator
from itertools import islice, pairwise, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.errors import accuracy
from nn_core.learning.gradients import LayerGradient, backward, descend
from nn_core.learning.losses import BINARY_CROSS_ENTROPY, LOSSES, MSE, Loss
from nn_core.learning.optimisers import ADAM, GRADIENT_DESCENT, OPTIMISERS, Optimiser, step
from nn_core.learning.training import (
    DIVERGENCE_LIMIT,
    Recipe,
    Training,
    batches,
    gradient_descent,
    learn,
    learning,
)
from nn_core.networks.activations import (
    ACTIVATIONS,
    IDENTITY,
    RELU,
    SIGMOID,
    STEP,
    TANH,
    Activation,
)
from nn_core.networks.initialisation import random_network
from nn_core.networks.network import Layer, Network, forward
from tests.tables import every

SEEDS = st.integers(0, 2**32 - 1)
EVERY_OPTIMISER = pytest.mark.parametrize("optimiser", OPTIMISERS.values(), ids=OPTIMISERS.keys())
EVERY_LOSS = pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES.keys())
SMOOTH = [activation for activation in ACTIVATIONS.values() if activation != STEP]
ALL_SIZES = [(2, 1), (3, 2), (1, 4, 1), (2, 3, 2), (2, 4, 3, 1), (3, 2, 4, 2)]


def problem(
    seed: int, sizes: tuple[int, ...], activation: Activation = TANH, output: Activation = IDENTITY
) -> tuple[Network, FloatArray, FloatArray]:
    """A network with random biases everywhere, 7 inputs, and their targets in [0, 1]."""
    generator = np.random.default_rng(seed)
    start = random_network(sizes, activation, generator, output)
    layers = [
        Layer(layer.weights, generator.normal(size=layer.biases.size), layer.activation)
        for layer in start.layers
    ]
    return (
        Network(tuple(layers)),
        generator.normal(size=(7, sizes[0])),
        generator.uniform(size=(7, sizes[-1])),
    )


def plainly(
    network: Network, x: FloatArray, y: FloatArray, loss: Loss, rate: float, iterations: int, keep: int
) -> Training:
    """`learn` by gradient descent, all samples in each step."""
    return learn(network, x, y, Recipe(loss, GRADIENT_DESCENT, rate), iterations=iterations, keep=keep)


def descents(network: Network, x: FloatArray, y: FloatArray, recipe: Recipe) -> Iterator[Network]:
    """The networks of a recipe for ever, one step of its optimiser a batch."""
    optimiser, state = recipe.optimiser, recipe.optimiser.start(network.n_parameters)
    for rows in batches(len(x), recipe.batch_size or len(x), np.random.default_rng(recipe.seed)):
        yield network
        gradients = backward(network, x[rows], y[rows], recipe.loss)
        network, state = step(optimiser, network, gradients, state, recipe.learning_rate)


def problem_off_the_kinks(
    seed: int, sizes: tuple[int, ...], activation: Activation, output: Activation
) -> tuple[Network, FloatArray, FloatArray]:
    """The first of the problems from this seed on in which no pre-activation is near 0."""
    while True:
        network, x, y = problem(seed, sizes, activation, output)
        if min(np.abs(z).min() for z in forward(network, x).pre_activations) > 1e-3:
            return network, x, y
        seed += 1


def parameters(network: Network) -> FloatArray:
    """All weights and biases in a row, layer by layer."""
    return np.concatenate([np.append(layer.weights, layer.biases) for layer in network.layers])


def with_parameters(network: Network, values: FloatArray) -> Network:
    """The network with these weights and biases instead."""
    layers = []
    for layer in network.layers:
        weights, biases, values = np.split(values, np.cumsum([layer.weights.size, layer.biases.size]))
        layers.append(Layer(weights.reshape(layer.weights.shape), biases, layer.activation))
    return Network(tuple(layers))


def gradient_in_a_row(network: Network, x: FloatArray, y: FloatArray, loss: Loss) -> FloatArray:
    """The backward pass in the order of `parameters`."""
    gradients = backward(network, x, y, loss)
    for gradient, layer in zip(gradients, network.layers, strict=True):
        assert (gradient.weights.shape, gradient.biases.shape) == (layer.weights.shape, layer.biases.shape)
    return np.concatenate([np.append(gradient.weights, gradient.biases) for gradient in gradients])


def central_differences(network: Network, x: FloatArray, y: FloatArray, loss: Loss) -> FloatArray:
    """(loss at p + h e_i - loss at p - h e_i) / 2h for each parameter i, h = 1e-5."""
    here, h = parameters(network), 1e-5
    differences = [
        loss(with_parameters(network, here + nudge)(x), y)
        - loss(with_parameters(network, here - nudge)(x), y)
        for nudge in h * np.eye(here.size)
    ]
    return np.array(differences) / (2.0 * h)


def same(one: Network, other: Network) -> bool:
    return bool(np.array_equal(parameters(one), parameters(other), equal_nan=True))


# ---- where training starts ---------------------------------------------------------------------------


@given(seed=SEEDS, sizes=st.lists(st.integers(1, 5), min_size=2, max_size=5))
def test_a_random_network_has_the_sizes_and_activations_asked_for(seed: int, sizes: list[int]) -> None:
    network = random_network(sizes, TANH, np.random.default_rng(seed), output=SIGMOID)
    assert [layer.weights.shape for layer in network.layers] == list(pairwise(sizes))
    assert [layer.activation for layer in network.layers] == [TANH] * (len(sizes) - 2) + [SIGMOID]
    assert not network.layers[-1].biases.any()


def test_the_output_is_the_identity_unless_said_otherwise() -> None:
    assert random_network((2, 1), TANH, np.random.default_rng(0)).layers[-1].activation == IDENTITY


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS.keys())
def test_weights_have_the_spread_of_glorot_or_for_hinges_of_he(activation: Activation) -> None:
    hidden, output = random_network((300, 500, 200), activation, np.random.default_rng(0)).layers
    fan = 300 if activation.hinge else 300 + 500
    assert np.std(hidden.weights) == pytest.approx(math.sqrt(2.0 / fan), rel=0.01)
    assert np.std(output.weights) == pytest.approx(math.sqrt(2.0 / (500 + 200)), rel=0.01)
    assert np.mean(hidden.weights) == pytest.approx(0.0, abs=0.001)


def test_hidden_biases_are_spread_evenly_from_minus_to_plus_one_half() -> None:
    biases = random_network((2, 20_000, 1), TANH, np.random.default_rng(0)).layers[0].biases
    counts, _ = np.histogram(biases, bins=10, range=(-0.5, 0.5))
    assert counts.sum() == 20_000
    assert counts == pytest.approx(2000, rel=0.1)


def test_the_generator_alone_decides_what_is_drawn() -> None:
    one, again, other = (random_network((2, 3, 1), TANH, np.random.default_rng(seed)) for seed in (5, 5, 6))
    assert same(one, again)
    assert not same(one, other)


@pytest.mark.parametrize("sizes", [(), (3,), (2, 0, 1), (0, 1), (2, -1)])
def test_sizes_that_make_no_network_are_refused(sizes: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=re.escape(f"at least 1, got {sizes}")):
        random_network(sizes, TANH, np.random.default_rng(0))


# ---- the gradient ------------------------------------------------------------------------------------


@EVERY_LOSS
@every("activation, sizes", product(SMOOTH, ALL_SIZES))
def test_the_gradient_is_the_central_difference(
    loss: Loss, activation: Activation, sizes: tuple[int, ...]
) -> None:
    for output in (IDENTITY, activation):
        found = problem_off_the_kinks(7, sizes, activation, output)
        expected = central_differences(*found, loss)
        size = np.abs(expected).max()
        assert gradient_in_a_row(*found, loss) == pytest.approx(expected, rel=1e-6, abs=1e-6 * size)


@EVERY_LOSS
def test_no_gradient_passes_a_step(loss: Loss) -> None:
    network, x, y = problem(0, (2, 3, 3, 2))
    first, middle, last = network.layers
    middle = Layer(middle.weights, middle.biases, STEP)
    gradients = backward(Network((first, middle, last)), x, y, loss)
    assert not any(array.any() for each in gradients[:2] for array in (each.weights, each.biases))
    assert gradients[2].biases.all()


@EVERY_LOSS
@given(seed=SEEDS, copies=st.integers(2, 5))
def test_duplicated_samples_change_no_gradient(loss: Loss, seed: int, copies: int) -> None:
    network, x, y = problem(seed, (2, 4, 2))
    often = gradient_in_a_row(network, np.tile(x, (copies, 1)), np.tile(y, (copies, 1)), loss)
    assert often == pytest.approx(gradient_in_a_row(network, x, y, loss), rel=1e-9, abs=1e-12)


@EVERY_LOSS
@given(seed=SEEDS)
def test_the_gradient_is_the_mean_of_each_sample_alone(loss: Loss, seed: int) -> None:
    network, x, y = problem(seed, (2, 4, 2))
    alone = [gradient_in_a_row(network, x[[i]], y[[i]], loss) for i in range(len(x))]
    assert gradient_in_a_row(network, x, y, loss) == pytest.approx(np.mean(alone, axis=0), abs=1e-12)


def test_there_is_no_gradient_at_a_perfect_fit() -> None:
    network, x, _ = problem(0, (2, 4, 1))
    assert not gradient_in_a_row(network, x, network(x), MSE).any()


def test_inputs_and_targets_that_do_not_fit_are_named() -> None:
    network, x, y = problem(0, (2, 4, 1))
    for bad_x, bad_y, message in (
        (x[:, :1], y, "shape (n_samples, 2), got shape (7, 1)"),
        (x, y[:, 0], "got outputs of shape (7, 1) and targets of shape (7,)"),
        (x, y[:3], "got outputs of shape (7, 1) and targets of shape (3, 1)"),
        (x[:0], y[:0], "at least (1, 1), got outputs of shape (0, 1)"),
    ):
        with pytest.raises(ValueError, match=re.escape(message)):
            backward(network, bad_x, bad_y, MSE)
        with pytest.raises(ValueError, match=re.escape(message)):
            gradient_descent(network, bad_x, bad_y, MSE, 0.1)
        with pytest.raises(ValueError, match=re.escape(message)):
            plainly(network, bad_x, bad_y, MSE, 0.1, 1, 1)


# ---- steps -------------------------------------------------------------------------------------------


@EVERY_LOSS
@given(seed=SEEDS)
def test_a_small_step_lowers_the_loss_by_the_rate_times_the_squared_gradient(loss: Loss, seed: int) -> None:
    network, x, y = problem(seed, (2, 4, 3, 1))
    steepness = float(np.sum(gradient_in_a_row(network, x, y, loss) ** 2))
    rate = 1e-5 / (1.0 + steepness)
    after = descend(network, backward(network, x, y, loss), rate)
    assert loss(network(x), y) - loss(after(x), y) == pytest.approx(rate * steepness, rel=1e-2, abs=1e-14)


@given(seed=SEEDS, rate=st.floats(0.0, 10.0))
def test_a_step_goes_against_the_gradient_and_leaves_the_start_alone(seed: int, rate: float) -> None:
    network, x, y = problem(seed, (2, 3, 1))
    before, gradient = parameters(network), gradient_in_a_row(network, x, y, MSE)
    after = descend(network, backward(network, x, y, MSE), rate)
    assert parameters(after).tolist() == (before - rate * gradient).tolist()
    assert parameters(network).tolist() == before.tolist()
    assert [layer.activation for layer in after.layers] == [TANH, IDENTITY]


@pytest.mark.parametrize("rate", [-1e-9, -1.0, math.nan, math.inf, -math.inf])
def test_a_learning_rate_is_finite_and_not_negative(rate: float) -> None:
    network, x, y = problem(0, (2, 3, 1))
    message = re.escape(f"learning rate must be finite and at least 0, got {rate}")
    with pytest.raises(ValueError, match=message):
        descend(network, backward(network, x, y, MSE), rate)
    with pytest.raises(ValueError, match=message):
        gradient_descent(network, x, y, MSE, rate)
    with pytest.raises(ValueError, match=message):
        plainly(network, x, y, MSE, rate, 1, 1)


def test_gradients_of_other_shapes_are_refused() -> None:
    network, x, y = problem(0, (2, 3, 1))
    first, last = backward(network, x, y, MSE)
    wide = LayerGradient(np.zeros((1, 3)), first.biases)
    for gradients in ((first,), (last, first), (first, last, last), (wide, last), ()):
        with pytest.raises(ValueError, match="gradients must have the shapes of the weights and biases"):
            descend(network, gradients, 0.1)


# ---- gradient descent --------------------------------------------------------------------------------


def test_the_first_network_is_the_start_itself() -> None:
    network, x, y = problem(0, (2, 3, 1))
    assert next(gradient_descent(network, x, y, MSE, 0.1)) is network
    assert plainly(network, x, y, MSE, 0.1, 3, 2).networks[0] is network


@EVERY_LOSS
@given(seed=SEEDS, rate=st.floats(0.0, 1.0))
@settings(max_examples=30)
def test_gradient_descent_is_one_backward_pass_and_one_step_after_another(
    loss: Loss, seed: int, rate: float
) -> None:
    network, x, y = problem(seed, (2, 3, 2))
    for each in islice(gradient_descent(network, x, y, loss, rate), 6):
        assert same(each, network)
        network = descend(network, backward(network, x, y, loss), rate)


@EVERY_LOSS
def test_a_learning_rate_of_0_changes_nothing(loss: Loss) -> None:
    network, x, y = problem(0, (2, 3, 1))
    assert all(same(each, network) for each in islice(gradient_descent(network, x, y, loss, 0.0), 5))


@given(seed=SEEDS)
@settings(max_examples=10)
def test_a_linear_network_learns_the_least_squares_solution(seed: int) -> None:
    network, x, y = problem(seed, (2, 2))
    ones = np.column_stack((x, np.ones(len(x))))
    curvatures = np.linalg.eigvalsh(ones.T @ ones / len(x))
    rate = 1.0 / curvatures[-1]
    # Each step shrinks what is left by 1 - least / largest curvature at worst (n_out = 2 cancels the 2).
    steps = math.ceil(25.0 * curvatures[-1] / curvatures[0])
    if steps <= 5000:
        learned = plainly(network, x, y, MSE, rate, steps, steps).networks[-1].layers[0]
        best = np.linalg.lstsq(ones, y, rcond=None)[0]
        assert np.vstack((learned.weights, learned.biases)) == pytest.approx(best, abs=1e-7)


@pytest.mark.parametrize("activation", [TANH, RELU, SIGMOID], ids=str)
def test_a_hidden_layer_learns_exclusive_or_and_none_cannot(activation: Activation) -> None:
    x = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
    y = np.array([[0], [1], [1], [0]])
    scores = {}
    for sizes in ((2, 8, 1), (2, 1)):
        start = random_network(sizes, activation, np.random.default_rng(0))
        learned = plainly(start, x, y, BINARY_CROSS_ENTROPY, 0.5, 2000, 2000).networks[-1]
        scores[sizes] = accuracy(learned(x)[:, 0], y[:, 0])
    assert scores[2, 8, 1] == 1.0
    assert scores[2, 1] <= 0.75


# ---- training ----------------------------------------------------------------------------------------


@EVERY_LOSS
@given(seed=SEEDS, iterations=st.integers(0, 12), keep=st.integers(1, 15))
@settings(max_examples=40)
def test_training_keeps_every_so_many_networks_of_gradient_descent(
    loss: Loss, seed: int, iterations: int, keep: int
) -> None:
    network, x, y = problem(seed, (2, 3, 1))
    training = plainly(network, x, y, loss, 0.1, iterations, keep)
    assert training.iterations == tuple(range(0, iterations + 1, keep))
    assert training.diverged is None
    descent = list(islice(gradient_descent(network, x, y, loss, 0.1), iterations + 1))
    assert all(map(same, training.networks, descent[::keep]))
    assert len(training.networks) == len(training.iterations)
    assert training.losses.tolist() == [loss(each(x), y) for each in training.networks]


def test_training_does_not_mind_whole_numbers() -> None:
    network, x, y = problem(0, (2, 3, 1))
    x, y = np.round(4.0 * x), np.round(y)
    whole = plainly(network, x.astype(int), y.astype(np.uint8), BINARY_CROSS_ENTROPY, 0.1, 9, 9)
    assert same(whole.networks[-1], plainly(network, x, y, BINARY_CROSS_ENTROPY, 0.1, 9, 9).networks[-1])


def out_of_bounds(network: Network, x: FloatArray, y: FloatArray, loss: Loss) -> bool:
    numbers = np.append(parameters(network), loss(network(x), y))
    return not bool((np.abs(numbers) <= DIVERGENCE_LIMIT).all())


def check_where_it_diverged(
    training: Training, x: FloatArray, y: FloatArray, loss: Loss, rate: float
) -> None:
    """Step from the last kept network: it is within bounds, and the next one is not."""
    assert training.diverged is not None
    assert training.diverged >= 1
    assert training.iterations[-1] == training.diverged - 1
    assert np.isfinite(training.losses).all()
    assert not any(out_of_bounds(each, x, y, loss) for each in training.networks)
    with np.errstate(all="ignore"):
        last = training.networks[-1]
        assert out_of_bounds(descend(last, backward(last, x, y, loss), rate), x, y, loss)


@every("rate, keep, activation", product([30.0, 1e6, 1e300], [1, 4], SMOOTH))
def test_a_diverging_training_stops_and_says_where(activation: Activation, keep: int, rate: float) -> None:
    network, x, y = problem(1, (2, 4, 3, 1), activation)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        training = plainly(network, x, y, MSE, rate, 300, keep)
    check_where_it_diverged(training, x, y, MSE, rate)
    multiples = training.iterations[:-1]
    assert multiples == tuple(range(0, training.iterations[-1], keep))


@EVERY_LOSS
@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS.keys())
def test_no_learning_rate_crashes_training_or_makes_it_warn(loss: Loss, activation: Activation) -> None:
    for rate in (10.0, 1e6, 1e100, 1e308):
        network, x, y = problem(2, (2, 4, 4, 1), activation)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            training = plainly(network, x, y, loss, rate, 50, 7)
        if training.diverged is None:
            assert training.iterations == tuple(range(0, 51, 7))
            assert not any(out_of_bounds(each, x, y, loss) for each in training.networks)
        else:
            check_where_it_diverged(training, x, y, loss, rate)


@pytest.mark.parametrize("weight", [2.0 * DIVERGENCE_LIMIT, math.inf, math.nan])
def test_a_start_that_is_out_of_bounds_is_kept_and_nothing_else(weight: float) -> None:
    start = Network((Layer(np.array([[weight]]), np.zeros(1), IDENTITY),))
    training = plainly(start, np.zeros((1, 1)), np.zeros((1, 1)), MSE, 0.1, 10, 1)
    assert (training.iterations, training.networks, training.diverged) == ((0,), (start,), 0)
    assert training.losses.shape == (1,)


@pytest.mark.parametrize(
    ("weight", "bias"), [(2.0, 0.0), (-2.0, 0.0), (0.0, 2.0), (0.0, -2.0), (0.0, math.nan)]
)
def test_every_weight_and_bias_has_to_stay_within_the_limit(weight: float, bias: float) -> None:
    first = Layer(
        DIVERGENCE_LIMIT * np.array([[0.0, weight]]), DIVERGENCE_LIMIT * np.array([bias, 0.0]), STEP
    )
    start = Network((first, Layer(np.zeros((2, 1)), np.zeros(1), IDENTITY)))
    x, y = np.ones((1, 1)), np.zeros((1, 1))
    assert plainly(start, x, y, MSE, 0.1, 10, 1).diverged == 0
    halved = with_parameters(start, np.nan_to_num(parameters(start)) / 2.0)
    assert plainly(halved, x, y, MSE, 0.1, 10, 1).diverged is None


def test_a_loss_beyond_the_limit_is_a_divergence_too() -> None:
    start = Network((Layer(np.array([[1e7]]), np.zeros(1), IDENTITY),))
    x, y = np.ones((1, 1)), np.zeros((1, 1))
    assert plainly(start, x, y, MSE, 0.1, 10, 1).diverged == 0
    assert plainly(start, x / 100.0, y, MSE, 0.1, 10, 1).diverged is None


@pytest.mark.parametrize(("iterations", "keep"), [(-1, 1), (5, 0), (5, -2)])
def test_the_numbers_of_iterations_and_of_those_kept_have_least_values(iterations: int, keep: int) -> None:
    network, x, y = problem(0, (2, 3, 1))
    with pytest.raises(ValueError, match=f"got iterations={iterations} and keep={keep}"):
        plainly(network, x, y, MSE, 0.1, iterations, keep)


# ---- batches -----------------------------------------------------------------------------------------


@given(seed=SEEDS, n=st.integers(1, 40), size=st.integers(1, 40), epochs=st.integers(1, 4))
def test_every_epoch_the_batches_are_a_partition_of_the_samples(
    seed: int, n: int, size: int, epochs: int
) -> None:
    stream = batches(n, size, np.random.default_rng(seed))
    for _ in range(epochs):
        epoch = list(islice(stream, math.ceil(n / size)))
        assert sorted(np.concatenate(epoch).tolist()) == list(range(n))
        assert [len(batch) for batch in epoch[:-1]] == [size] * (len(epoch) - 1)
        assert len(epoch[-1]) == (n - 1) % size + 1 if size < n else n


def test_every_epoch_has_an_order_of_its_own_that_the_generator_decides() -> None:
    def orders(seed: int) -> list[list[int]]:
        stream = batches(50, 10, np.random.default_rng(seed))
        return [np.concatenate(list(islice(stream, 5))).tolist() for _ in range(3)]

    assert orders(0) == orders(0)
    different = [tuple(order) for order in (*orders(0), *orders(1), range(50))]
    assert len(set(different)) == len(different)


def test_in_many_epochs_every_sample_is_first_equally_often() -> None:
    stream = batches(5, 5 - 1, np.random.default_rng(0))
    firsts = [int(batch[0]) for batch in islice(stream, 0, 2 * 5000, 2)]
    assert np.bincount(firsts) == pytest.approx(np.full(5, 1000), rel=0.1)


@pytest.mark.parametrize("size", [7, 8, 1000])
def test_the_full_batch_is_in_order_and_leaves_the_generator_alone(size: int) -> None:
    generator, untouched = np.random.default_rng(0), np.random.default_rng(0)
    for batch in islice(batches(7, size, generator), 3):
        assert batch.tolist() == list(range(7))
    assert generator.bit_generator.state == untouched.bit_generator.state


@pytest.mark.parametrize(("n", "size"), [(0, 1), (-1, 1), (5, 0), (5, -2)])
def test_batches_need_a_sample_and_a_size(n: int, size: int) -> None:
    with pytest.raises(ValueError, match=f"must be at least 1, got n={n} and size={size}"):
        batches(n, size, np.random.default_rng(0))


# ---- recipes -----------------------------------------------------------------------------------------


@EVERY_OPTIMISER
@given(seed=SEEDS, size=st.integers(1, 9))
@settings(max_examples=20)
def test_a_recipe_is_a_step_of_the_optimiser_a_batch(optimiser: Optimiser, seed: int, size: int) -> None:
    network, x, y = problem(seed, (2, 3, 2))
    recipe = Recipe(MSE, optimiser, 0.1, size, seed)
    found = learn(network, x, y, recipe, iterations=12, keep=1).networks
    assert len(found) == 13
    assert all(map(same, found, descents(network, x, y, recipe)))


@EVERY_LOSS
@pytest.mark.parametrize("size", [None, 7, 100])
def test_a_recipe_with_the_full_batch_is_gradient_descent(loss: Loss, size: int | None) -> None:
    network, x, y = problem(0, (2, 3, 2))
    recipe = Recipe(loss, GRADIENT_DESCENT, 0.1, size, seed=4)
    found = learn(network, x, y, recipe, iterations=20, keep=1).networks
    assert len(found) == 21
    assert all(map(same, found, gradient_descent(network, x, y, loss, 0.1)))


@EVERY_OPTIMISER
@EVERY_LOSS
@pytest.mark.parametrize("size", [None, 3])
def test_learning_keeps_networks_of_the_recipe_and_their_losses_on_all_samples(
    optimiser: Optimiser, loss: Loss, size: int | None
) -> None:
    network, x, y = problem(1, (2, 3, 2))
    recipe = Recipe(loss, optimiser, 0.05, size, seed=2)
    training = learn(network, x, y, recipe, iterations=20, keep=6)
    assert (training.iterations, training.diverged) == ((0, 6, 12, 18), None)
    descent = list(islice(descents(network, x, y, recipe), 21))
    assert all(map(same, training.networks, descent[::6]))
    expected = [loss(each(x), y) for each in training.networks]
    assert training.losses == pytest.approx(expected, rel=1e-12)


def test_the_seed_decides_the_batches() -> None:
    network, x, y = problem(0, (2, 3, 1))
    one, again, other = (
        learn(network, x, y, Recipe(MSE, ADAM, 0.1, 2, seed), iterations=9, keep=9).networks[-1]
        for seed in (5, 5, 6)
    )
    assert same(one, again)
    assert not same(one, other)


@EVERY_OPTIMISER
@pytest.mark.parametrize("keep", [1, 4])
@pytest.mark.parametrize("size", [None, 3])
def test_learning_that_diverges_keeps_the_last_network_within_bounds(
    optimiser: Optimiser, keep: int, size: int | None
) -> None:
    network, x, y = problem(1, (2, 4, 3, 1))
    recipe = Recipe(MSE, optimiser, 1e6, size)
    training = learn(network, x, y, recipe, iterations=3000, keep=keep)
    assert training.diverged is not None
    last = training.diverged - 1
    assert training.iterations == (*range(0, last, keep), last)
    assert not any(out_of_bounds(each, x, y, MSE) for each in training.networks)
    with np.errstate(all="ignore"):
        assert out_of_bounds(next(islice(descents(network, x, y, recipe), last + 1, None)), x, y, MSE)


def test_batches_find_the_least_squares_line_where_all_samples_lie_on_one() -> None:
    x = np.linspace(-1.0, 1.0, 20)[:, np.newaxis]
    start = random_network((1, 1), TANH, np.random.default_rng(0))
    recipe = Recipe(MSE, GRADIENT_DESCENT, 0.1, 4)
    training = learn(start, x, 3.0 * x - 1.0, recipe, iterations=1500, keep=1500)
    assert parameters(training.networks[-1]) == pytest.approx([3.0, -1.0], abs=1e-9)


def test_a_recipe_is_a_value_and_its_numbers_are_checked() -> None:
    assert hash(Recipe(MSE, ADAM, 0.1, 5, 6)) == hash(Recipe(MSE, ADAM, 0.1, 5, 6))
    assert Recipe(MSE, ADAM, 0.1) != Recipe(MSE, GRADIENT_DESCENT, 0.1)
    for size in (0, -1):
        with pytest.raises(ValueError, match=f"the batch size must be at least 1, got {size}"):
            Recipe(MSE, ADAM, 0.1, size)
    for rate in (-0.1, math.nan, math.inf):
        with pytest.raises(ValueError, match=f"learning rate must be finite and at least 0, got {rate}"):
            Recipe(MSE, ADAM, rate)


def test_inputs_and_targets_that_do_not_fit_are_refused_before_the_first_step() -> None:
    network, x, y = problem(0, (2, 4, 1))
    recipe = Recipe(MSE, ADAM, 0.1, 2)
    for bad_x, bad_y in ((x[:, :1], y), (x, y[:, 0]), (x, y[:3]), (x[:0], y[:0])):
        with pytest.raises(ValueError, match="got "):
            gradient_descent(network, bad_x, bad_y, MSE, 0.1)
        with pytest.raises(ValueError, match="got "):
            learn(network, bad_x, bad_y, recipe, iterations=1, keep=1)


# ---- a training that goes on ---------------------------------------------------------------------------


def grown(iterations: int, keep: int) -> tuple[list[Training], Training]:
    """What there is of a training again and again, and the whole."""
    network, x, y = problem(0, (2, 3, 1))
    recipe = Recipe(MSE, ADAM, 0.1, 3)
    return (
        [*learning(network, x, y, recipe, iterations=iterations, keep=keep)],
        learn(network, x, y, recipe, iterations=iterations, keep=keep),
    )


@pytest.mark.parametrize(("iterations", "keep"), [(0, 1), (49, 4), (50, 1), (300, 7), (300, 120), (100, 100)])
def test_the_last_that_there_is_is_the_whole_training(iterations: int, keep: int) -> None:
    parts, whole = grown(iterations, keep)
    assert parts[-1].iterations == whole.iterations == tuple(range(0, iterations + 1, keep))
    assert all(map(same, parts[-1].networks, whole.networks))
    assert parts[-1].losses.tolist() == whole.losses.tolist()


@pytest.mark.parametrize("keep", [1, 7, 120])
def test_each_is_the_training_of_fewer_iterations(keep: int) -> None:
    parts, _ = grown(180, keep)
    for part in parts:
        _, shorter = grown(part.iterations[-1], keep)
        assert part.iterations == shorter.iterations
        assert all(map(same, part.networks, shorter.networks))
        assert part.losses.tolist() == shorter.losses.tolist()
        assert part.diverged is None


@pytest.mark.parametrize("keep", [1, 7, 50, 120])
def test_there_is_more_to_see_every_50_iterations_or_as_soon_as_one_is_kept(keep: int) -> None:
    parts, _ = grown(360, keep)
    gaps = np.diff([part.iterations[-1] for part in parts[:-1]])
    assert ((gaps >= 50) & (gaps < 50 + keep)).all()
    assert parts[0].iterations[-1] < 50 + keep


def test_no_step_is_taken_before_it_is_asked_for() -> None:
    taken = []

    class Noted(type(ADAM)):  # type: ignore[misc]
        """Adam, and a note of each step."""

        def way(self, *more: Any) -> Any:
            taken.append(1)
            return super().way(*more)

    network, x, y = problem(0, (2, 3, 1))
    going_on = learning(network, x, y, Recipe(MSE, Noted(), 0.1), iterations=1000, keep=10)
    assert not taken
    next(going_on)
    assert len(taken) == 50


def test_whoever_looks_on_gets_their_own_warnings() -> None:
    going_on = learning(*problem(0, (2, 3, 1)), Recipe(MSE, ADAM, 0.1), iterations=200, keep=10)
    before = np.geterr()
    for _ in going_on:
        assert np.geterr() == before


def test_a_training_that_diverges_ends_where_it_does_when_looked_at() -> None:
    start, x, y = Network((Layer(np.ones((1, 1)), np.zeros(1), IDENTITY),)), np.ones((1, 1)), np.zeros((1, 1))
    recipe = Recipe(MSE, GRADIENT_DESCENT, 1.5)
    *_, last = learning(start, x, y, recipe, iterations=500, keep=10)
    whole = learn(start, x, y, recipe, iterations=500, keep=10)
    assert last.diverged == whole.diverged is not None
    assert last.iterations == whole.iterations
