"""The walk: every multiplication, bias and activation of a forward pass, in order, and what they come to."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from nn_core.networks.activations import ACTIVATIONS, IDENTITY, SIGMOID
from nn_core.networks.network import Layer, Network
from nn_core.networks.steps import Kind, Walk, n_steps, walk, winners

some = settings(max_examples=40, phases=[Phase.generate])
TALK = Network(
    (
        Layer(np.array([[2, 1], [1, 1], [1, 1], [-1, 1]]), np.array([-9, -7]), IDENTITY),
        Layer(np.array([[-1], [1]]), np.array([0]), IDENTITY),
    )
)
X = np.array([2.0, 5.0, 7.0, 3.0])


@st.composite
def walks(draw: st.DrawFn) -> Walk:
    """The walk through any network of up to three layers, at any sample."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=2, max_size=4))
    random = np.random.default_rng(draw(st.integers(0, 999)))
    hidden = draw(st.sampled_from(list(ACTIVATIONS.values())))
    layers = tuple(
        Layer(
            random.normal(0, 2, (before, after)),
            random.normal(0, 2, after),
            hidden if index < len(sizes) - 2 else IDENTITY,
        )
        for index, (before, after) in enumerate(pairwise(sizes))
    )
    return walk(Network(layers), random.normal(0, 2, sizes[0]))


def totals(found: Walk, kind: Kind, layer: int) -> list[float]:
    return [step.total for step in found.steps if (step.kind, step.layer) == (kind, layer)]


def test_the_numbers_of_the_talk_give_4_and_10_and_then_6_which_is_true() -> None:
    found = walk(TALK, X)
    assert totals(found, Kind.BIAS, 0) == [4.0, 10.0]
    assert totals(found, Kind.BIAS, 1) == [6.0]
    assert found.steps[-1].total == 6.0
    assert winners(found.passed.output[0]) == (0,)


def test_the_first_unit_of_the_talk_is_walked_term_by_term() -> None:
    first = walk(TALK, X).steps[:6]
    assert [step.amount for step in first] == [4.0, 5.0, 7.0, -3.0, -9.0, 0.0]
    assert [step.total for step in first] == [4.0, 9.0, 16.0, 13.0, 4.0, 4.0]
    assert [step.kind for step in first] == [*[Kind.TERM] * 4, Kind.BIAS, Kind.ACTIVATION]
    assert [step.index for step in first[:4]] == [0, 1, 2, 3]


@some
@given(found=walks())
def test_the_last_sum_of_every_unit_is_its_pre_activation_in_the_forward_pass(found: Walk) -> None:
    for layer, z in enumerate(found.passed.pre_activations):
        np.testing.assert_array_equal(totals(found, Kind.BIAS, layer), z[0])


@some
@given(found=walks())
def test_the_amounts_of_a_unit_add_up_to_its_pre_activation(found: Walk) -> None:
    for layer, z in enumerate(found.passed.pre_activations):
        for unit, expected in enumerate(z[0]):
            added = sum(s.amount for s in found.steps if (s.layer, s.unit) == (layer, unit))
            assert added == pytest.approx(expected, abs=1e-9)


@some
@given(found=walks())
def test_every_sum_is_the_one_before_it_and_what_is_added(found: Walk) -> None:
    before = 0.0
    for step in found.steps:
        if step.kind is Kind.TERM:
            assert step.total == pytest.approx((before if step.index else 0.0) + step.amount, abs=1e-9)
        before = step.total


@some
@given(found=walks())
def test_hidden_units_end_with_their_activation_and_output_units_have_none(found: Walk) -> None:
    depth = found.network.depth
    for layer, a in enumerate(found.passed.activations[:depth]):
        np.testing.assert_array_equal(totals(found, Kind.ACTIVATION, layer), a[0])
    assert totals(found, Kind.ACTIVATION, depth) == []


@some
@given(found=walks())
def test_there_is_one_step_a_multiplication_a_bias_and_an_activation_and_the_answer(found: Walk) -> None:
    kinds = [step.kind for step in found.steps]
    layers = found.network.layers
    assert kinds.count(Kind.TERM) == sum(layer.weights.size for layer in layers)
    assert kinds.count(Kind.BIAS) == sum(layer.biases.size for layer in layers)
    assert kinds.count(Kind.ACTIVATION) == sum(layer.biases.size for layer in layers[:-1])
    assert kinds.count(Kind.ANSWER) == 1
    assert kinds[-1] is Kind.ANSWER
    assert n_steps((found.network.n_in, *(layer.biases.size for layer in layers))) == len(kinds)


@some
@given(found=walks())
def test_the_walk_goes_layer_by_layer_and_unit_by_unit(found: Walk) -> None:
    places = [(step.layer, step.unit) for step in found.steps[:-1]]
    assert places == sorted(places)


@some
@given(found=walks())
def test_the_answer_is_the_largest_output(found: Walk) -> None:
    answer, output = found.steps[-1], found.passed.output[0]
    assert answer.total == output.max() == output[answer.unit]


@some
@given(found=walks())
def test_a_layer_is_given_the_sample_or_what_the_layer_before_gave(found: Walk) -> None:
    np.testing.assert_array_equal(found.inputs(0), found.passed.inputs[0])
    for layer in range(1, len(found.network.layers)):
        np.testing.assert_array_equal(found.inputs(layer), found.passed.activations[layer - 1][0])


def test_six_inputs_two_layers_of_six_and_six_outputs_take_139_steps() -> None:
    assert n_steps((6, 6, 6, 6)) == 139


@pytest.mark.parametrize(
    ("output", "won"),
    [([0.1], (0,)), ([0.0], ()), ([-1.0], ()), ([1.0, 3.0, 2.0], (1,)), ([2.0, -1.0, 2.0], (0, 2))],
)
def test_one_output_wins_above_0_and_of_several_the_largest(
    output: list[float], won: tuple[int, ...]
) -> None:
    assert winners(np.array(output)) == won


def test_an_output_with_an_activation_is_refused() -> None:
    bent = Network((Layer(np.ones((1, 1)), np.zeros(1), SIGMOID),))
    with pytest.raises(ValueError, match="the output's activation must be the identity, got sigmoid"):
        walk(bent, np.ones(1))


def test_a_sample_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match=re.escape("(1, 3)")):
        walk(TALK, np.ones(3))
