"""Transformers: blocks of attention and dense layers, two heads set by hand, and a task to be learnt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nn_core.arrays import FloatArray
from nn_core.families.attention import Head, Last, Residual
from nn_core.families.chains import Chain

Tokens = NDArray[np.int64]
WIDER = 4


# ---- a block ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a transformer block is: its rows have d numbers, its h heads m each, its hidden layer 4 d.

    Attributes:
        width: d, at least 1.
        n_heads: h, at least 1.
        head_width: m, at least 1.
    """

    width: int
    n_heads: int
    head_width: int

    def __post_init__(self) -> None:
        """Raises ValueError where one of them is less than 1."""
        if min(self.width, self.n_heads, self.head_width) < 1:
            raise ValueError(f"width, n_heads and head_width must be at least 1, got {self}")

    @property
    def attention(self) -> int:
        """How many numbers its heads have: 4 d m each, of W_q, W_k, W_v and W_o."""
        return 4 * self.width * self.head_width * self.n_heads

    @property
    def dense(self) -> int:
        """How many its two dense layers have: d 4d + 4d weights and biases, and 4d d + d."""
        hidden = WIDER * self.width
        return self.width * hidden + hidden + hidden * self.width + self.width

    @property
    def n_parameters(self) -> int:
        """How many there are in all; the number of tokens is none of them."""
        return self.attention + self.dense

    def products_of_matrices(self, tokens: int) -> int:
        """How many products of numbers its matrices take for so many rows: T (4 d h m + 8 d^2)."""
        return tokens * (self.attention + 2 * WIDER * self.width**2)

    def products_of_looking(self, tokens: int) -> int:
        """How many the scores and the means of the values take: 2 T^2 m for each of the h heads."""
        return 2 * tokens**2 * self.head_width * self.n_heads


# ---- induction ----------------------------------------------------------------------------------------


def induction(n_kinds: int, length: int, sharpness: float) -> Chain:
    """Two heads, one behind the other, that continue what has begun to repeat itself; set by hand.

    A row holds three one-hot parts: the token, the token before (empty at first), and the position. The first
    head looks one position back, and writes the token it finds there into the empty part. The second looks
    for rows whose token before is the own token, and gives the tokens that stand there.

    Args:
        n_kinds: how many tokens there are, at least 1.
        length: how many positions there are, at least 1.
        sharpness: beta of both heads.

    Returns:
        A chain from rows, shape (n_samples, up to `length`, 2 n_kinds + length), as `embedded` makes them, to
        the weights of the next token, shape (n_samples, tokens, n_kinds).
    """
    width = 2 * n_kinds + length
    token, before, position = np.split(np.eye(width), [n_kinds, 2 * n_kinds], axis=1)
    back = np.zeros((length, length))
    back[np.arange(1, length), np.arange(length - 1)] = 1.0
    one_back = Head(position @ back, position, token, before.T, sharpness, causal=True)
    same = Head(token, before, token, np.eye(n_kinds), sharpness, causal=True)
    return Chain((Residual(one_back), same))


def embedded(tokens: Tokens, n_kinds: int, length: int) -> FloatArray:
    """Rows for `induction`: shape (1, len(tokens), 2 n_kinds + length).

    Raises:
        ValueError: if there is no token, there are more than `length`, or one is not in 0 .. n_kinds - 1.
    """
    if not 1 <= len(tokens) <= length or tokens.min() < 0 or tokens.max() >= n_kinds:
        raise ValueError(
            f"there must be 1 to {length} tokens from 0 to {n_kinds - 1}, got {len(tokens)} of them"
        )
    at = np.arange(len(tokens))
    rows = np.zeros((1, len(tokens), 2 * n_kinds + length))
    rows[0, at, tokens] = 1.0
    rows[0, at, 2 * n_kinds + at] = 1.0
    return rows


# ---- recall -------------------------------------------------------------------------------------------


def recall_head(n_kinds: int, generator: np.random.Generator) -> Chain:
    """A head that is to learn recall: among pairs, the value of the key that is asked for; small at first.

    It reads rows of three one-hot parts: key, value, and what is asked. Out come logits of the values.
    """
    width = 3 * n_kinds
    queries, keys, values = generator.normal(0.0, 0.3, (3, width, n_kinds))
    return Chain((Head(queries, keys, values, np.eye(n_kinds)), Last()))


def recall_tasks(n_kinds: int, n_tasks: int, generator: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Tasks for `recall_head`: pairs of a key and a value in any order, and last the key that is asked for.

    In every task each key stands once, and the values are dealt to the keys anew.

    Returns:
        The rows, shape (n_tasks, n_kinds + 1, 3 n_kinds), and the right values, shape (n_tasks, n_kinds).
    """
    eye, each = np.eye(n_kinds), np.arange(n_tasks)
    keys, values = (generator.permuted(np.tile(np.arange(n_kinds), (n_tasks, 1)), axis=1) for _ in range(2))
    asked = generator.integers(n_kinds, size=n_tasks)
    rows = np.zeros((n_tasks, n_kinds + 1, 3 * n_kinds))
    rows[:, :-1, :n_kinds] = eye[keys]
    rows[:, :-1, n_kinds : 2 * n_kinds] = eye[values]
    rows[:, -1, 2 * n_kinds :] = eye[keys[each, asked]]
    return rows, eye[values[each, asked]]
