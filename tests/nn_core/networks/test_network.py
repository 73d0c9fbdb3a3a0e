"""A network is a value, its forward pass is the formula, and a sum of networks is a network."""

import copy
import pickle
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.networks.activations import IDENTITY, RELU, SIGMOID, TANH, Activation
from nn_core.networks.network import (
    ForwardPass,
    Layer,
    Network,
    forward,
    hidden_contributions,
    parameters,
    superpose,
    unit_contributions,
    with_output,
    with_parameters,
)

SEEDS = st.integers(0, 2**32 - 1)
WIDTHS = st.lists(st.integers(1, 4), min_size=2, max_size=5)


def random_network(
    random: np.random.Generator,
    widths: list[int],
    hidden: Activation = TANH,
    output: Activation = IDENTITY,
) -> Network:
    activations = [hidden] * (len(widths) - 2) + [output]
    return Network(
        tuple(
            Layer(random.normal(size=(n_in, n_out)), random.normal(size=n_out), activation)
            for n_in, n_out, activation in zip(widths, widths[1:], activations, strict=False)
        )
    )


def test_the_forward_pass_agrees_with_a_calculation_by_hand() -> None:
    hidden = Layer(np.array([[2.0, -1.0]]), np.array([1.0, 0.5]), RELU)
    output = Layer(np.array([[3.0], [-4.0]]), np.array([10.0]), IDENTITY)
    result = forward(Network((hidden, output)), np.array([[1.0], [-2.0]]))
    assert result.inputs.tolist() == [[1.0], [-2.0]]
    assert [z.tolist() for z in result.pre_activations] == [
        [[3.0, -0.5], [-3.0, 2.5]],
        [[19.0], [0.0]],
    ]
    assert [a.tolist() for a in result.activations] == [
        [[3.0, 0.0], [0.0, 2.5]],
        [[19.0], [0.0]],
    ]
    assert result.output is result.activations[-1]


@given(widths=WIDTHS, seed=SEEDS)
def test_the_forward_pass_is_the_index_formula_unit_by_unit(widths: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    network = random_network(random, widths, output=SIGMOID)
    x = random.normal(size=(3, widths[0]))
    for n, sample in enumerate(x):
        a: list[float] = sample.tolist()
        for layer in network.layers:
            n_in, n_out = layer.weights.shape
            z = [sum(a[i] * layer.weights[i, j] for i in range(n_in)) + layer.biases[j] for j in range(n_out)]
            a = [float(layer.activation(np.array(value))) for value in z]
        assert network(x)[n] == pytest.approx(a, abs=1e-12)


@given(widths=WIDTHS, seed=SEEDS)
def test_calling_a_network_is_its_forward_pass(widths: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    network = random_network(random, widths)
    x = random.normal(size=(5, widths[0]))
    assert (network(x) == forward(network, x).output).all()
    assert network(x).shape == (5, widths[-1])


@given(widths=WIDTHS, seed=SEEDS)
def test_a_stack_of_linear_layers_is_one_linear_layer(widths: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    network = random_network(random, widths, hidden=IDENTITY)
    weights, biases = network.layers[0].weights, network.layers[0].biases
    for layer in network.layers[1:]:
        weights, biases = weights @ layer.weights, biases @ layer.weights + layer.biases
    x = random.normal(size=(4, widths[0]))
    assert network(x) == pytest.approx(Network((Layer(weights, biases, IDENTITY),))(x), abs=1e-9)


def test_a_network_counts_its_inputs_outputs_hidden_layers_and_parameters() -> None:
    network = random_network(np.random.default_rng(0), [2, 5, 4, 3])
    assert (network.n_in, network.n_out, network.depth) == (2, 3, 2)
    assert network.n_parameters == (2 * 5 + 5) + (5 * 4 + 4) + (4 * 3 + 3)


def test_a_hidden_layer_without_units_leaves_the_output_bias() -> None:
    hidden = Layer(np.empty((1, 0)), np.empty(0), SIGMOID)
    network = Network((hidden, Layer(np.empty((0, 1)), np.array([2.5]), IDENTITY)))
    assert network(np.array([[-1.0], [7.0]])).tolist() == [[2.5], [2.5]]
    assert hidden_contributions(network, np.zeros((4, 1))).shape == (4, 0)
    assert network.n_parameters == 1


@pytest.mark.parametrize("shape", [(5,), (), (5, 1), (5, 3), (2, 5, 2)])
def test_wrong_shapes_of_inputs_are_named(shape: tuple[int, ...]) -> None:
    network = random_network(np.random.default_rng(0), [2, 3, 1])
    with pytest.raises(ValueError, match=re.escape(f"(n_samples, 2), got shape {shape}")):
        network(np.zeros(shape))


@pytest.mark.parametrize(
    ("weights", "biases"),
    [((2, 3), (2,)), ((2, 3), (1, 3)), ((3,), (3,)), ((3,), ()), ((1, 2, 3), (2, 3))],
)
def test_wrong_shapes_in_a_layer_are_named(weights: tuple[int, ...], biases: tuple[int, ...]) -> None:
    both = f"got weights of shape {weights} and biases of shape {biases}"
    with pytest.raises(ValueError, match=re.escape(both)):
        Layer(np.zeros(weights), np.zeros(biases), RELU)


def test_layers_that_do_not_fit_are_named() -> None:
    first = Layer(np.zeros((1, 3)), np.zeros(3), RELU)
    second = Layer(np.zeros((2, 1)), np.zeros(1), IDENTITY)
    with pytest.raises(ValueError, match=r"\(1, 3\) followed by weights of shape \(2, 1\)"):
        Network((first, second))
    with pytest.raises(ValueError, match="at least one layer"):
        Network(())


def assert_refuses_mutation(network: Network) -> None:
    layer = network.layers[0]
    with pytest.raises(ValueError, match="read-only"):
        layer.weights[0, 0] = 7.0
    with pytest.raises(ValueError, match="read-only"):
        layer.biases += 1.0  # type: ignore[misc]
    with pytest.raises(AttributeError):
        layer.activation = RELU  # type: ignore[misc]
    with pytest.raises(AttributeError):
        network.layers = ()  # type: ignore[misc]


def test_networks_are_values() -> None:
    network = random_network(np.random.default_rng(0), [1, 2, 1])
    assert_refuses_mutation(network)
    assert isinstance(Network(list(network.layers)).layers, tuple)  # type: ignore[arg-type]


def test_copied_and_pickled_networks_are_values_too() -> None:
    network = random_network(np.random.default_rng(0), [1, 2, 1])
    x = np.array([[0.3]])
    for other in (copy.deepcopy(network), pickle.loads(pickle.dumps(network))):
        assert (other(x) == network(x)).all()
        assert_refuses_mutation(other)


def test_a_layer_keeps_its_own_float64_copy_of_its_arrays() -> None:
    weights, biases = np.array([[1.0]]), np.array([2.0])
    layer = Layer(weights, biases, RELU)
    weights[:], biases[:] = 7.0, 7.0
    assert (layer.weights.tolist(), layer.biases.tolist()) == ([[1.0]], [2.0])
    assert Layer(np.array([[1]]), np.array([2]), RELU).weights.dtype == np.float64


@given(widths=st.lists(st.integers(1, 4), min_size=2, max_size=4), seed=SEEDS)
def test_hidden_contributions_sum_to_the_output(widths: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    network = random_network(random, [*widths, 1], output=SIGMOID)
    x = random.normal(size=(6, widths[0]))
    contributions = hidden_contributions(network, x)
    assert contributions.shape == (6, widths[-1])
    z = forward(network, x).pre_activations[-1][:, 0]
    assert contributions.sum(axis=1) + network.layers[-1].biases == pytest.approx(z, abs=1e-12)


def test_a_contribution_is_output_weight_times_activation() -> None:
    hidden = Layer(np.array([[1.0, 1.0]]), np.array([0.0, 1.0]), RELU)
    network = Network((hidden, Layer(np.array([[2.0], [-3.0]]), np.array([9.0]), IDENTITY)))
    x = np.array([[1.0], [-5.0]])
    assert hidden_contributions(network, x).tolist() == [[2.0, -6.0], [0.0, 0.0]]


def test_a_forward_pass_serves_for_the_contributions_as_well_as_its_inputs() -> None:
    random = np.random.default_rng(0)
    network, other = random_network(random, [2, 3, 1]), random_network(random, [2, 4, 1])
    x: FloatArray = random.normal(size=(6, 2))
    from_pass = hidden_contributions(network, forward(network, x))
    assert (from_pass == hidden_contributions(network, x)).all()
    with pytest.raises(ValueError, match=r"widths \[3, 1\] and a pass of widths \[4, 1\]"):
        hidden_contributions(network, forward(other, x))
    alone = random_network(random, [2, 1])
    with pytest.raises(ValueError, match=r"widths \[3, 1\] and a pass of widths \[1\]"):
        hidden_contributions(network, forward(alone, x))


def test_contributions_need_one_output_and_a_hidden_layer() -> None:
    random = np.random.default_rng(0)
    with pytest.raises(ValueError, match="got depth 1 and 2 outputs"):
        hidden_contributions(random_network(random, [1, 3, 2]), np.zeros((4, 1)))
    with pytest.raises(ValueError, match="got depth 0 and 1 outputs"):
        hidden_contributions(random_network(random, [1, 1]), np.zeros((4, 1)))


@given(
    n_in=st.integers(1, 3),
    n_out=st.integers(1, 3),
    hidden=st.integers(1, 3).flatmap(
        lambda depth: st.lists(
            st.lists(st.integers(0, 4), min_size=depth, max_size=depth), min_size=1, max_size=4
        )
    ),
    seed=SEEDS,
)
def test_superposition_is_the_sum(n_in: int, n_out: int, hidden: list[list[int]], seed: int) -> None:
    random = np.random.default_rng(seed)
    networks = [random_network(random, [n_in, *widths, n_out]) for widths in hidden]
    together = superpose(networks)
    x = random.normal(size=(5, n_in))
    assert together(x) == pytest.approx(np.sum([one(x) for one in networks], axis=0), abs=1e-12)
    assert together.depth == networks[0].depth
    assert [layer.weights.shape[1] for layer in together.layers[:-1]] == [
        sum(widths) for widths in zip(*hidden, strict=True)
    ]


def test_superposed_units_keep_the_order_of_the_networks() -> None:
    random = np.random.default_rng(0)
    networks = [random_network(random, [1, 2, 1]), random_network(random, [1, 3, 1])]
    x = random.normal(size=(5, 1))
    apart = np.concatenate([hidden_contributions(one, x) for one in networks], axis=1)
    assert hidden_contributions(superpose(networks), x) == pytest.approx(apart, abs=1e-15)


def test_superposing_names_what_disagrees() -> None:
    random = np.random.default_rng(0)
    one = random_network(random, [2, 3, 1])
    disagreeing = {
        "the same depth, got 1 and 2": random_network(random, [2, 3, 3, 1]),
        "the same number of inputs, got 2 and 1": random_network(random, [1, 3, 1]),
        "the same number of outputs, got 1 and 2": random_network(random, [2, 3, 2]),
        "activation in hidden layer 1, got tanh and ReLU": random_network(random, [2, 3, 1], hidden=RELU),
        "the identity at the output, got sigmoid": random_network(random, [2, 3, 1], output=SIGMOID),
    }
    for message, other in disagreeing.items():
        with pytest.raises(ValueError, match=message):
            superpose([one, other])
    with pytest.raises(ValueError, match="at least one network"):
        superpose([])
    with pytest.raises(ValueError, match="at least one hidden layer, got depth 0"):
        superpose([random_network(random, [2, 1])])


def test_a_forward_pass_cannot_be_reassigned() -> None:
    result = ForwardPass(np.zeros((1, 1)), (), (np.zeros((1, 1)),))
    with pytest.raises(AttributeError):
        result.inputs = np.ones((1, 1))  # type: ignore[misc]


@given(units=st.integers(0, 5), points=st.integers(1, 4), seed=SEEDS)
def test_a_units_own_grid_gives_what_all_contributions_say_there(units: int, points: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    network = random_network(random, [1, units, 1])
    x = random.normal(size=(units, points))
    own = unit_contributions(network, x)
    assert own.shape == x.shape
    for unit, row in enumerate(x):
        assert own[unit] == pytest.approx(hidden_contributions(network, row[:, np.newaxis])[:, unit])


def test_units_on_one_grid_add_up_to_the_network_less_its_bias() -> None:
    network = random_network(np.random.default_rng(0), [1, 6, 1])
    grid = np.linspace(-2.0, 2.0, 9)
    parts = unit_contributions(network, np.tile(grid, (6, 1)))
    bias = network.layers[-1].biases[0]
    assert parts.sum(axis=0) + bias == pytest.approx(network(grid[:, np.newaxis])[:, 0], abs=1e-12)


@pytest.mark.parametrize("shape", [(3,), (2, 4), (4, 3), (3, 2, 1)])
def test_there_is_one_grid_a_unit(shape: tuple[int, ...]) -> None:
    network = random_network(np.random.default_rng(0), [1, 3, 1])
    with pytest.raises(ValueError, match=re.escape(f"one row a hidden unit, 3 in all, got shape {shape}")):
        unit_contributions(network, np.zeros(shape))


@given(widths=WIDTHS, seed=SEEDS)
def test_another_output_activation_is_applied_to_the_same_sum(widths: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    network = random_network(random, widths)
    squashed = with_output(network, SIGMOID)
    x = random.normal(size=(5, widths[0]))
    assert squashed(x).tolist() == SIGMOID(network(x)).tolist()
    assert squashed.layers[:-1] == network.layers[:-1]
    assert with_output(squashed, IDENTITY)(x).tolist() == network(x).tolist()


@given(widths=WIDTHS, seed=SEEDS)
def test_parameters_in_a_row_and_back_are_the_network(widths: list[int], seed: int) -> None:
    network = random_network(np.random.default_rng(seed), widths, output=SIGMOID)
    row = parameters(network)
    assert row.tolist() == [
        value
        for layer in network.layers
        for value in (*layer.weights.ravel().tolist(), *layer.biases.tolist())
    ]
    other = with_parameters(network, 2.0 * row)
    for before, after in zip(network.layers, other.layers, strict=True):
        assert after.weights.tolist() == (2.0 * before.weights).tolist()
        assert after.biases.tolist() == (2.0 * before.biases).tolist()
        assert after.activation == before.activation


@pytest.mark.parametrize("shape", [(8,), (10,), (9, 1), ()])
def test_with_other_than_one_number_a_parameter_there_is_no_network(shape: tuple[int, ...]) -> None:
    network = random_network(np.random.default_rng(0), [1, 2, 1, 1])
    with pytest.raises(ValueError, match=re.escape(f"shape (9,), got shape {shape}")):
        with_parameters(network, np.zeros(shape))
