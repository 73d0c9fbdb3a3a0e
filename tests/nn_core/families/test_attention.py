"""Attention: what is claimed of a soft look-up, of the order of tokens, and of two heads set by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.families.attention import Head, Heads, Last, Residual, heads_in, look_up, weight_on_match
from nn_core.families.chains import Chain, Dense, learning
from nn_core.families.transformers import (
    WIDER,
    Shape,
    Tokens,
    embedded,
    induction,
    recall_head,
    recall_tasks,
)
from nn_core.learning.losses import SOFTMAX_CROSS_ENTROPY
from nn_core.learning.optimisers import ADAM
from nn_core.learning.training import Recipe
from nn_core.networks.activations import IDENTITY, RELU, TANH
from nn_core.networks.network import Layer
from tests.nn_core.families.slopes import slopes_agree

SEEDS = st.integers(0, 2**31)
SHARPNESS = st.floats(0.0, 50.0)
FIRST = 12
SHAPES = st.builds(Shape, st.integers(1, 6), st.integers(1, 3), st.integers(1, 4))


def random_head(seed: int, causal: bool = False, sharpness: float = 0.7) -> Head:
    generator = np.random.default_rng(seed)
    queries, keys, values, out = (generator.normal(size=shape) for shape in ((3, 2), (3, 2), (3, 4), (4, 3)))
    return Head(queries, keys, values, out, sharpness, causal)


def rows(seed: int, tokens: int = 5, width: int = 3) -> FloatArray:
    return np.random.default_rng(seed + 1).normal(size=(2, tokens, width))


def block(shape: Shape, generator: np.random.Generator, causal: bool = True) -> Chain:
    """A transformer block: x + heads(x), and then y + dense(y), with ReLU; without normalisation.

    Its numbers are normal, with the standard deviation 1 / sqrt(rows) of each matrix; biases are 0.
    """
    wide, narrow = (shape.width, shape.head_width), (shape.head_width, shape.width)

    def matrix(rows: int, columns: int) -> FloatArray:
        return generator.normal(0.0, 1.0 / sqrt(rows), (rows, columns))

    heads = tuple(
        Head(matrix(*wide), matrix(*wide), matrix(*wide), matrix(*narrow), 1.0 / sqrt(narrow[0]), causal)
        for _ in range(shape.n_heads)
    )
    hidden = WIDER * shape.width
    layers = (
        Dense(Layer(matrix(shape.width, hidden), np.zeros(hidden), RELU)),
        Dense(Layer(matrix(hidden, shape.width), np.zeros(shape.width), IDENTITY)),
    )
    return Chain((Residual(Heads(heads)), Residual(Chain(layers))))


# ---- look-up ------------------------------------------------------------------------------------------


@given(n=st.integers(1, 20), sharpness=SHARPNESS, at=st.data())
def test_a_key_that_is_ahead_of_all_others_by_1_has_exactly_the_weight_of_the_formula(
    n: int, sharpness: float, at: st.DataObject
) -> None:
    match = at.draw(st.integers(0, n - 1))
    keys = np.eye(n)
    weights = look_up(keys[match], keys, sharpness)
    assert weights[match] == pytest.approx(weight_on_match(n, sharpness), rel=1e-12)
    assert weights.sum() == pytest.approx(1.0)


@given(seed=SEEDS, n=st.integers(2, 9), sharpness=SHARPNESS)
def test_and_at_least_that_where_others_are_farther_below(seed: int, n: int, sharpness: float) -> None:
    generator = np.random.default_rng(seed)
    keys, query = generator.normal(size=(n, 2)), generator.normal(size=2)
    *_, second, best = np.sort(keys @ query)
    weights = look_up(query, keys, sharpness)
    assert weights.max() >= weight_on_match(n, sharpness, float(best - second)) - 1e-12


def test_sharpness_0_is_the_plain_mean_and_a_million_takes_the_match_alone() -> None:
    keys = np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]])
    query = np.array([1.0, 0.2])
    assert look_up(query, keys, 0.0).tolist() == [1 / 3] * 3
    assert look_up(query, keys, 1e6).tolist() == [1.0, 0.0, 0.0]
    assert look_up(query, np.ones((4, 2)), 1e6).tolist() == [0.25] * 4


@pytest.mark.parametrize(
    ("query", "keys", "sharpness"),
    [
        ([1.0], np.empty((0, 1)), 1.0),
        ([1.0], np.ones((2, 2)), 1.0),
        ([np.nan], np.ones((2, 1)), 1.0),
        ([1.0], np.full((2, 1), np.inf), 1.0),
        ([1.0], np.ones((2, 1)), -1.0),
        ([1.0], np.ones((2, 1)), np.nan),
    ],
)
def test_a_look_up_that_cannot_be_meant_is_refused(
    query: list[float], keys: FloatArray, sharpness: float
) -> None:
    with pytest.raises(ValueError, match="must"):
        look_up(np.array(query), keys, sharpness)


def test_there_is_no_match_among_no_keys() -> None:
    with pytest.raises(ValueError, match="n must be at least 1"):
        weight_on_match(0, 1.0)


# ---- parts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("causal", [False, True])
def test_the_slopes_of_a_head_are_those_of_its_output(causal: bool) -> None:
    slopes_agree(random_head(1, causal), rows(1))


def test_and_those_of_heads_residuals_and_a_whole_block() -> None:
    slopes_agree(Heads((random_head(2), random_head(3))), rows(2))
    slopes_agree(Residual(Dense(Layer(np.eye(3) / 2, np.ones(3), TANH))), rows(3))
    slopes_agree(Chain((random_head(4), Last())), rows(4))
    slopes_agree(block(Shape(3, 2, 2), np.random.default_rng(0)), rows(5))


@given(seed=SEEDS, causal=st.booleans())
def test_every_token_looks_with_weights_of_sum_1_and_a_causal_one_never_ahead(
    seed: int, causal: bool
) -> None:
    weights = random_head(seed, causal).weights(rows(seed))
    assert weights.sum(axis=2) == pytest.approx(np.ones((2, 5)))
    assert weights.min() >= 0.0
    if causal:
        assert np.array_equal(weights, np.tril(weights))


@given(seed=SEEDS)
def test_to_permute_the_tokens_is_to_permute_what_comes_out(seed: int) -> None:
    order = np.random.default_rng(seed).permutation(5)
    x = rows(seed)
    for part in (random_head(seed), block(Shape(3, 2, 2), np.random.default_rng(seed), causal=False)):
        assert part.forward(x[:, order])[0] == pytest.approx(part.forward(x)[0][:, order], abs=1e-9)


def test_with_positions_added_the_order_is_seen() -> None:
    x, positions, order = rows(0), rows(7)[:1], np.array([1, 0, 2, 3, 4])
    head = random_head(0)
    there, here = head.forward(x[:, order] + positions)[0], head.forward(x + positions)[0][:, order]
    assert np.abs(there - here).max() > 0.1


@given(seed=SEEDS)
def test_what_a_head_gives_lies_within_the_values(seed: int) -> None:
    head = replace(random_head(seed), out=np.eye(4))
    x = rows(seed)
    values, output = x @ head.values, head.forward(x)[0]
    assert (output <= values.max(axis=1, keepdims=True) + 1e-12).all()
    assert (output >= values.min(axis=1, keepdims=True) - 1e-12).all()


@given(seed=SEEDS)
def test_heads_added_are_heads_side_by_side_before_one_large_matrix(seed: int) -> None:
    heads = (random_head(seed), random_head(seed + 1))
    x = rows(seed)
    mixed = np.concatenate([replace(each, out=np.eye(4)).forward(x)[0] for each in heads], axis=2)
    whole = mixed @ np.concatenate([each.out for each in heads])
    assert Heads(heads).forward(x)[0] == pytest.approx(whole, abs=1e-9)


@given(shape=SHAPES)
def test_a_block_has_as_many_parameters_as_its_shape_says_and_rows_keep_their_shape(shape: Shape) -> None:
    made = block(shape, np.random.default_rng(0))
    assert made.parameters.size == shape.n_parameters
    assert made(np.ones((1, 3, shape.width))).shape == (1, 3, shape.width)
    assert len([*heads_in(made)]) == shape.n_heads


@given(shape=SHAPES, tokens=st.integers(1, 9))
def test_products_are_counted_matrix_by_matrix(shape: Shape, tokens: int) -> None:
    weights = [matrix for matrix in matrices_of(block(shape, np.random.default_rng(0))) if matrix.ndim == 2]
    assert shape.products_of_matrices(tokens) == sum(tokens * matrix.size for matrix in weights)
    each = tokens * shape.head_width * tokens + tokens * tokens * shape.head_width
    assert shape.products_of_looking(tokens) == shape.n_heads * each


def matrices_of(part: object) -> Iterator[FloatArray]:
    """All weights and biases in a part, each in its shape."""
    for field in fields(part) if is_dataclass(part) and not isinstance(part, type) else ():
        found = getattr(part, field.name)
        if isinstance(found, np.ndarray):
            yield found
        for each in found if isinstance(found, tuple) else (found,):
            yield from matrices_of(each)


def test_96_blocks_of_gpt_3_have_174_billion_parameters() -> None:
    assert 96 * Shape(12288, 96, 128).n_parameters == 173_952_073_728


def test_parts_that_do_not_fit_are_refused() -> None:
    head, flat = random_head(0), np.ones((2, 3))
    with pytest.raises(ValueError, match="must fit together"):
        replace(head, keys=np.ones((3, 5)))
    with pytest.raises(ValueError, match="sharpness must be finite"):
        replace(head, sharpness=np.inf)
    with pytest.raises(ValueError, match=r"got shape \(25,\)"):
        head.with_parameters(np.zeros(25))
    for part in (head, Last()):
        with pytest.raises(ValueError, match=r"tokens, d\), got shape \(2, 3\)"):
            part.forward(flat)
    with pytest.raises(ValueError, match="must have the input's shape"):
        Residual(replace(head, out=np.ones((4, 2)))).forward(rows(0))
    with pytest.raises(ValueError, match="must be at least 1"):
        Shape(1, 0, 1)


# ---- induction ----------------------------------------------------------------------------------------


def right(tokens: Tokens, sharpness: float) -> list[bool]:
    """Whether the next token is told, at each but the mark at the beginning and the last."""
    out = induction(30, len(tokens), sharpness)(embedded(tokens, 30, len(tokens)))[0]
    told: list[bool] = (out.argmax(axis=1)[1:-1] == tokens[2:]).tolist()
    return told


@pytest.mark.parametrize("seed", range(5))
def test_two_heads_continue_what_is_repeated_and_guess_nothing_before(seed: int) -> None:
    once = 1 + np.random.default_rng(seed).permutation(29)[:FIRST]
    told = right(np.concatenate([[0], once, once]), 4.0)
    assert not any(told[: FIRST - 1])
    assert all(told[FIRST:])
    assert not any(right(np.concatenate([[0], once, once]), 0.0))


def test_one_of_the_two_heads_alone_continues_nothing() -> None:
    tokens = np.concatenate([[0], 1 + np.arange(FIRST), 1 + np.arange(FIRST)])
    chain = induction(30, len(tokens), 4.0)
    out = Chain(chain.parts[1:])(embedded(tokens, 30, len(tokens)))[0]
    assert not (out.argmax(axis=1)[1:-1] == tokens[2:]).any()


def test_the_first_head_looks_one_back_with_the_weight_of_the_formula() -> None:
    chain = induction(5, 8, 3.0)
    (weights,) = next(heads_in(chain)).weights(embedded(np.zeros(8, dtype=np.int64), 5, 8))
    for at in range(1, 8):
        assert weights[at, at - 1] == pytest.approx(weight_on_match(at + 1, 3.0), rel=1e-12)


@pytest.mark.parametrize("tokens", [[], [0] * 9, [5], [-1]])
def test_tokens_that_there_are_not_are_refused(tokens: list[int]) -> None:
    with pytest.raises(ValueError, match="there must be 1 to 8 tokens from 0 to 4"):
        embedded(np.array(tokens, dtype=np.int64), 5, 8)


# ---- recall -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seed", "looks_at_the_match"), [(1, True), (2, False)])
def test_a_head_learns_recall_by_looking_at_the_match_or_at_all_but_the_match(
    seed: int, looks_at_the_match: bool
) -> None:
    generator = np.random.default_rng(seed)
    start = recall_head(6, generator)
    x, y = recall_tasks(6, 3000, generator)
    unseen, answers = recall_tasks(6, 300, np.random.default_rng(12345))
    recipe = Recipe(SOFTMAX_CROSS_ENTROPY, ADAM, 0.1, batch_size=64, seed=seed)
    *_, (learnt, _) = learning(start, x, y, recipe, iterations=300)
    shares = [(each(unseen).argmax(axis=1) == answers.argmax(axis=1)).mean() for each in (start, learnt)]
    assert shares[0] < 0.3
    assert shares[1] > 0.99
    (head,) = heads_in(learnt)
    scores = head.queries[12:] @ head.keys[:6].T
    own = scores.trace() / 6
    assert (own > (scores.sum() - scores.trace()) / 30) == looks_at_the_match


def test_in_every_task_the_key_that_is_asked_for_stands_once_beside_the_answer() -> None:
    x, y = recall_tasks(4, 50, np.random.default_rng(0))
    keys, values, asked = x[:, :-1, :4], x[:, :-1, 4:8], x[:, -1, 8:]
    found = (keys * asked[:, np.newaxis]).sum(axis=2)
    assert found.sum(axis=1).tolist() == [1.0] * 50
    assert np.array_equal((found[:, :, np.newaxis] * values).sum(axis=1), y)
