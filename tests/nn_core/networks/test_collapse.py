"""A stack of linear layers is one linear layer, and a little bend between them ends that."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.networks.activations import ACTIVATIONS, IDENTITY, RELU, SIGMOID, TANH, Activation
from nn_core.networks.collapse import blend, blended, collapse
from nn_core.networks.network import Layer, Network, forward
from nn_core.targets.formulas import formula_activation, parse_formula

SEEDS = st.integers(0, 2**32 - 1)
WIDTHS = st.lists(st.integers(1, 5), min_size=2, max_size=7)
SHARES = st.floats(0.0, 1.0)
BETWEEN = st.floats(0.0, 1.0, exclude_min=True, exclude_max=True)
each_activation = pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)


def random_network(random: np.random.Generator, widths: list[int], hidden: list[Activation]) -> Network:
    return Network(
        tuple(
            Layer(random.normal(size=(n_in, n_out)), random.normal(size=n_out), activation)
            for n_in, n_out, activation in zip(widths[:-1], widths[1:], [*hidden, IDENTITY], strict=True)
        )
    )


def linear_stack(random: np.random.Generator, widths: list[int]) -> Network:
    return random_network(random, widths, [IDENTITY] * (len(widths) - 2))


# ---- collapse ---------------------------------------------------------------------------------------


@given(widths=WIDTHS, seed=SEEDS)
def test_a_stack_of_linear_layers_is_one_linear_layer(widths: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    stack = linear_stack(random, widths)
    single = collapse(stack)
    x = random.normal(size=(6, widths[0]))
    assert single.depth == 0
    assert single(x) == pytest.approx(stack(x), rel=1e-9, abs=1e-8)
    assert single.n_parameters == (widths[0] + 1) * widths[-1]


def test_six_layers_of_parameters_shrink_to_those_of_one() -> None:
    stack = linear_stack(np.random.default_rng(0), [2, 8, 8, 8, 8, 8, 1])
    assert (stack.depth, stack.n_parameters) == (5, 321)
    assert (collapse(stack).depth, collapse(stack).n_parameters) == (0, 3)


def test_the_collapse_is_what_one_multiplies_by_hand() -> None:
    first = Layer(np.array([[1.0, 2.0]]), np.array([3.0, 4.0]), IDENTITY)
    second = Layer(np.array([[5.0], [6.0]]), np.array([7.0]), IDENTITY)
    (layer,) = collapse(Network((first, second))).layers
    assert (layer.weights.tolist(), layer.biases.tolist()) == ([[17.0]], [46.0])


@given(widths=WIDTHS, seed=SEEDS)
def test_collapsing_twice_changes_nothing(widths: list[int], seed: int) -> None:
    once = collapse(linear_stack(np.random.default_rng(seed), widths))
    twice = collapse(once)
    assert twice.layers[0].weights.tolist() == once.layers[0].weights.tolist()
    assert twice.layers[0].biases.tolist() == once.layers[0].biases.tolist()


def test_a_bottleneck_of_one_unit_leaves_one_direction_only() -> None:
    (layer,) = collapse(linear_stack(np.random.default_rng(0), [4, 1, 4])).layers
    assert np.linalg.matrix_rank(layer.weights) == 1


def test_the_first_layer_that_is_not_linear_is_named() -> None:
    random = np.random.default_rng(0)
    with pytest.raises(ValueError, match="must be linear to collapse, got ReLU in layer 2"):
        collapse(random_network(random, [1, 2, 2, 2, 1], [IDENTITY, RELU, TANH]))
    output = Network((Layer(np.ones((1, 1)), np.zeros(1), SIGMOID),))
    with pytest.raises(ValueError, match="got sigmoid in layer 1"):
        collapse(output)


# ---- blend ------------------------------------------------------------------------------------------


@each_activation
@given(alpha=SHARES, seed=SEEDS)
def test_a_blend_is_the_convex_combination_and_so_is_its_derivative(
    activation: Activation, alpha: float, seed: int
) -> None:
    z = np.random.default_rng(seed).normal(0.0, 3.0, (4, 3))
    blended_one = blend(activation, alpha)
    assert blended_one(z) == pytest.approx((1 - alpha) * z + alpha * activation(z), abs=1e-12)
    code = blended_one.code
    assert not code or eval(code, {"np": np, "z": z}) == pytest.approx(blended_one(z), abs=1e-12)
    slopes = (1 - alpha) + alpha * activation.derivative(z)
    assert blended_one.derivative(z) == pytest.approx(slopes, abs=1e-12)


@each_activation
def test_the_derivative_of_a_blend_matches_finite_differences(activation: Activation) -> None:
    # No point within 0.01 of the kinks and jumps at 0.
    z = np.concatenate((np.linspace(-3.0, -0.01, 40), np.linspace(0.01, 3.0, 40)))
    half = blend(activation, 0.4)
    slopes = (half(z + 1e-5) - half(z - 1e-5)) / 2e-5
    assert half.derivative(z) == pytest.approx(slopes, abs=1e-6)


@each_activation
def test_the_ends_of_a_blend_are_the_identity_and_the_activation_themselves(activation: Activation) -> None:
    assert blend(activation, 0.0) is IDENTITY
    assert blend(activation, 1.0) is activation


def test_a_blend_is_named_by_its_shares() -> None:
    third = blend(TANH, 0.3)
    assert str(third) == third.name == "0.30 tanh + 0.70 identity"
    assert third.formula == r"0.70\,z + 0.30 \left(\tanh z\right)"


@given(alpha=BETWEEN, other=BETWEEN)
def test_a_blend_is_a_value(alpha: float, other: float) -> None:
    one = blend(TANH, alpha)
    for twin in (blend(TANH, alpha), pickle.loads(pickle.dumps(one)), copy.deepcopy(one)):
        assert twin == one
        assert hash(twin) == hash(one)
    assert (blend(TANH, other) == one) == (alpha == other)
    assert blend(SIGMOID, alpha) != one


@each_activation
@settings(max_examples=40)
@given(alpha=SHARES)
def test_a_blend_is_finite_for_every_finite_number(activation: Activation, alpha: float) -> None:
    z = np.array([-1e308, -1.0, 0.0, 1.0, 1e308])
    assert np.isfinite(blend(activation, alpha)(z)).all()
    assert np.isfinite(blend(activation, alpha).derivative(z)).all()


def test_a_typed_activation_blends_too() -> None:
    typed = formula_activation(parse_formula("z^2", ("z",)))
    half = blend(typed, 0.5)
    assert half(np.array([3.0])).tolist() == [6.0]
    assert half.derivative(np.array([3.0])) == pytest.approx([3.5])
    assert pickle.loads(pickle.dumps(half)) == half


@pytest.mark.parametrize("alpha", [-0.01, 1.01, float("nan"), float("inf")])
def test_a_share_is_from_0_to_1(alpha: float) -> None:
    with pytest.raises(ValueError, match=f"from 0 to 1, got alpha={alpha}"):
        blend(TANH, alpha)


# ---- blended networks -------------------------------------------------------------------------------

HIDDEN = st.lists(st.sampled_from([TANH, RELU, SIGMOID, IDENTITY]), max_size=4)


def tried(hidden: list[Activation], seed: int) -> tuple[Network, FloatArray]:
    """A random network with these hidden activations, and some inputs."""
    random = np.random.default_rng(seed)
    widths = [2, *random.integers(1, 6, len(hidden)).tolist(), 3]
    return random_network(random, widths, hidden), random.normal(size=(8, 2))


@given(hidden=HIDDEN, seed=SEEDS)
def test_without_a_bend_a_network_is_its_collapse_whatever_its_depth(
    hidden: list[Activation], seed: int
) -> None:
    network, x = tried(hidden, seed)
    straight = blended(network, 0.0)
    assert straight.depth == len(hidden)
    assert straight(x) == pytest.approx(collapse(straight)(x), rel=1e-9, abs=1e-9)
    middle = straight((x[:4] + x[4:]) / 2.0)
    assert middle == pytest.approx((straight(x[:4]) + straight(x[4:])) / 2.0, rel=1e-9, abs=1e-9)


@given(hidden=HIDDEN, seed=SEEDS)
def test_with_all_its_bend_a_network_is_itself(hidden: list[Activation], seed: int) -> None:
    network, x = tried(hidden, seed)
    assert blended(network, 1.0)(x).tolist() == network(x).tolist()


@given(hidden=HIDDEN, alpha=SHARES, seed=SEEDS)
def test_in_between_every_hidden_activation_is_the_convex_combination(
    hidden: list[Activation], alpha: float, seed: int
) -> None:
    network, x = tried(hidden, seed)
    between = blended(network, alpha)
    passed = forward(between, x)
    for number, activation in enumerate(hidden):
        z, a = passed.pre_activations[number], passed.activations[number]
        assert a == pytest.approx((1 - alpha) * z + alpha * activation(z), abs=1e-9)
    for before, after in zip(network.layers, between.layers, strict=True):
        assert after.weights.tolist() == before.weights.tolist()
        assert after.biases.tolist() == before.biases.tolist()


@given(alpha=BETWEEN)
def test_a_little_bend_is_enough_to_escape_the_straight_line(alpha: float) -> None:
    hinge = Network(
        (Layer(np.ones((1, 1)), np.zeros(1), RELU), Layer(np.ones((1, 1)), np.zeros(1), IDENTITY))
    )
    left, middle, right = blended(hinge, alpha)(np.array([[-1.0], [0.0], [1.0]]))[:, 0]
    assert (left + right) / 2.0 - middle == pytest.approx(alpha / 2.0, abs=1e-12)


def test_the_outputs_activation_stays() -> None:
    layer = Layer(np.ones((1, 1)), np.zeros(1), TANH)
    output = Layer(np.ones((1, 1)), np.zeros(1), SIGMOID)
    assert blended(Network((layer, output)), 0.0).layers[-1].activation is SIGMOID
    with pytest.raises(ValueError, match="got alpha=2"):
        blended(Network((layer, output)), 2.0)
