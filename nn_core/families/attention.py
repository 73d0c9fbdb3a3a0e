"""Attention: a soft look-up. A query is held against keys, and what comes out is a mean of the values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import exp
from typing import Self

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.families.chains import Chain, Memory, Parameterless, Part, require_last, require_row
from nn_core.learning.losses import softmax

# The score of what is not to be seen: behind the softmax its weight is exactly 0.
UNSEEN = -1e300
MATRICES = ("queries", "keys", "values", "out")


def look_up(query: FloatArray, keys: FloatArray, sharpness: float) -> FloatArray:
    """The weights of a soft look-up: w_j = e^(beta q . k_j) / (sum over i of e^(beta q . k_i)).

    Args:
        query: q, shape (m,), finite.
        keys: shape (n, m), finite; at least one.
        sharpness: beta, finite and at least 0; 0 weighs all alike.

    Returns:
        Shape (n,), at least 0, of sum 1 up to rounding.

    Raises:
        ValueError: if the shapes do not fit, there is no key, or a number is not finite or below 0.
    """
    if np.ndim(keys) != 2 or len(keys) == 0 or np.shape(query) != np.shape(keys)[1:]:
        raise ValueError(
            "keys must have shape (n, m), n at least 1, and the query shape (m,), "
            f"got keys of shape {np.shape(keys)} and a query of shape {np.shape(query)}"
        )
    if not (np.isfinite(query).all() and np.isfinite(keys).all()):
        raise ValueError("query and keys must be finite")
    require_sharpness(sharpness)
    weights: FloatArray = softmax(sharpness * (keys @ query)[np.newaxis])[0]
    return weights


def weight_on_match(n: int, sharpness: float, gap: float = 1.0) -> float:
    """The weight of one key whose score is higher than that of all n - 1 others by a gap.

    It is 1 / (1 + (n - 1) e^(-beta gap)): the sum in the softmax, divided by its largest term. Where some of
    the others are farther below, the weight is larger.

    Args:
        n: the number of keys, at least 1.
        sharpness: beta, finite and at least 0.
        gap: at least 0.

    Raises:
        ValueError: if one of them is less.
    """
    require_sharpness(sharpness)
    if n < 1 or not gap >= 0.0:
        raise ValueError(f"n must be at least 1 and gap at least 0, got n={n} and gap={gap}")
    return 1.0 / (1.0 + (n - 1) * exp(-sharpness * gap))


@dataclass(frozen=True, eq=False, slots=True)
class Head:
    """A head of attention: every token looks up among the tokens that it sees.

    With x of shape (n_samples, tokens, d): Q = x W_q, K = x W_k, V = x W_v, the weights are
    A = softmax(beta Q K^T), along rows, and what comes out is A V W_o, of shape (n_samples, tokens, n_out).
    (Vaswani et al. 2017, arXiv 1706.03762, where beta is 1 / sqrt(m).)

    Attributes:
        queries: W_q, shape (d, m).
        keys: W_k, shape (d, m).
        values: W_v, shape (d, n_values).
        out: W_o, shape (n_values, n_out).
        sharpness: beta, finite and at least 0.
        causal: whether a token sees only itself and those before it.
    """

    queries: FloatArray
    keys: FloatArray
    values: FloatArray
    out: FloatArray
    sharpness: float = 1.0
    causal: bool = False

    def __post_init__(self) -> None:
        """Raises ValueError where the shapes do not fit together."""
        shapes = {name: np.shape(getattr(self, name)) for name in MATRICES}
        q, k, v, o = shapes.values()
        if {len(shape) for shape in shapes.values()} != {2} or q != k or q[0] != v[0] or v[1] != o[0]:
            raise ValueError(f"queries, keys, values and out must fit together, got shapes {shapes}")
        require_sharpness(self.sharpness)

    @property
    def parameters(self) -> FloatArray:
        """W_q, W_k, W_v and W_o, each row after row."""
        return np.concatenate([matrix.ravel() for matrix in self._matrices])

    def with_parameters(self, values: FloatArray) -> Self:
        """The same head with other matrices. Raises ValueError at another shape."""
        sizes = [matrix.size for matrix in self._matrices]
        require_row(values, sum(sizes))
        rows = np.split(values, np.cumsum(sizes)[:-1])
        q, k, v, o = (row.reshape(each.shape) for row, each in zip(rows, self._matrices, strict=True))
        return replace(self, queries=q, keys=k, values=v, out=o)

    def weights(self, x: FloatArray) -> FloatArray:
        """A, shape (n_samples, tokens, tokens): row i says where token i looks. Raises as `forward` does."""
        self._require(x)
        scores = self.sharpness * ((x @ self.queries) @ np.swapaxes(x @ self.keys, 1, 2))
        if self.causal:
            scores = np.where(np.tri(x.shape[1], dtype=bool), scores, UNSEEN)
        return softmax(scores.reshape(-1, x.shape[1])).reshape(scores.shape)

    def forward(self, x: FloatArray) -> tuple[FloatArray, Memory]:
        """A V W_o. Raises ValueError unless x has shape (n_samples, tokens, d), with a token in it."""
        weights = self.weights(x)
        mixed = weights @ (x @ self.values)
        return mixed @ self.out, (x, weights, mixed)

    def backward(self, memory: Memory, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The chain rule: through W_o and V, and the softmax, dS = A (dA - sum of A dA) along rows."""
        x, weights, mixed = memory
        by_mixed = delta @ self.out.T
        by_values = np.swapaxes(weights, 1, 2) @ by_mixed
        by_weights = by_mixed @ np.swapaxes(x @ self.values, 1, 2)
        inner = (weights * by_weights).sum(axis=2, keepdims=True)
        by_scores = self.sharpness * weights * (by_weights - inner)
        by_queries = by_scores @ (x @ self.keys)
        by_keys = np.swapaxes(by_scores, 1, 2) @ (x @ self.queries)
        gradients = [_over_tokens(x, each) for each in (by_queries, by_keys, by_values)]
        by_x = by_queries @ self.queries.T + by_keys @ self.keys.T + by_values @ self.values.T
        return by_x, np.concatenate([*gradients, _over_tokens(mixed, delta)])

    @property
    def _matrices(self) -> tuple[FloatArray, ...]:
        return self.queries, self.keys, self.values, self.out

    def _require(self, x: FloatArray) -> None:
        require_last(x, self.queries.shape[0])
        if np.ndim(x) != 3 or x.shape[1] == 0:
            raise ValueError(f"x must have shape (n_samples, tokens, d), got shape {np.shape(x)}")


@dataclass(frozen=True, eq=False, slots=True)
class Heads:
    """Several parts that all read the same x, and whose outputs are added: attention of several heads.

    Putting the heads' mixed values side by side and multiplying by one large W_o is the same sum.

    Attributes:
        parts: at least one; their outputs have the same shape.
    """

    parts: tuple[Part, ...]

    @property
    def parameters(self) -> FloatArray:
        """Those of the parts, in their order."""
        return Chain(self.parts).parameters

    def with_parameters(self, values: FloatArray) -> Self:
        """The same parts with other numbers. Raises ValueError at another shape."""
        return replace(self, parts=Chain(self.parts).with_parameters(values).parts)

    def forward(self, x: FloatArray) -> tuple[FloatArray, Memory]:
        """The sum of what the parts give. Raises ValueError if x does not fit one of them."""
        outputs, memories = zip(*(part.forward(x) for part in self.parts), strict=True)
        return np.sum(outputs, axis=0), memories

    def backward(self, memory: Memory, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """delta goes back through every part, and what arrives at x is added."""
        found = [part.backward(kept, delta) for part, kept in zip(self.parts, memory, strict=True)]
        by_x, gradients = zip(*found, strict=True)
        return np.sum(by_x, axis=0), np.concatenate(gradients)


@dataclass(frozen=True, eq=False, slots=True)
class Residual:
    """A part whose output is added to its input: x + part(x). (He et al. 2015, arXiv 1512.03385.)

    Attributes:
        part: what comes out of it has the shape of what goes in.
    """

    part: Part

    @property
    def parameters(self) -> FloatArray:
        """Those of the part."""
        return self.part.parameters

    def with_parameters(self, values: FloatArray) -> Self:
        """The same with other numbers. Raises ValueError at another shape."""
        return replace(self, part=self.part.with_parameters(values))

    def forward(self, x: FloatArray) -> tuple[FloatArray, Memory]:
        """x + part(x). Raises ValueError if x does not fit, or the output has another shape."""
        output, memory = self.part.forward(x)
        if output.shape != x.shape:
            raise ValueError(f"the output must have the input's shape {x.shape}, got {output.shape}")
        return x + output, memory

    def backward(self, memory: Memory, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """delta goes back both ways: through the part, and past it."""
        by_x, gradient = self.part.backward(memory, delta)
        return delta + by_x, gradient


@dataclass(frozen=True, slots=True)
class Last(Parameterless):
    """What stands at the last token, shape (n_samples, d), of x, shape (n_samples, tokens, d)."""

    def forward(self, x: FloatArray) -> tuple[FloatArray, Memory]:
        """x at the last token. Raises ValueError unless x has three axes and a token."""
        if np.ndim(x) != 3 or x.shape[1] == 0:
            raise ValueError(f"x must have shape (n_samples, tokens, d), got shape {np.shape(x)}")
        return x[:, -1], x.shape

    def backward(self, memory: Memory, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """delta at the last token, 0 at the others."""
        by_x = np.zeros(memory)
        by_x[:, -1] = delta
        return by_x, np.empty(0)


def heads_in(part: Part) -> Iterator[Head]:
    """All heads of a part, in the order in which they compute."""
    if isinstance(part, Head):
        yield part
    elif isinstance(part, Residual):
        yield from heads_in(part.part)
    elif isinstance(part, Chain | Heads):
        for each in part.parts:
            yield from heads_in(each)


def require_sharpness(sharpness: float) -> None:
    """Raise a ValueError unless the number is finite and at least 0."""
    if not 0.0 <= sharpness < np.inf:
        raise ValueError(f"sharpness must be finite and at least 0, got sharpness={sharpness}")


def _over_tokens(x: FloatArray, delta: FloatArray) -> FloatArray:
    """x^T delta, summed over samples and tokens, row after row."""
    product: FloatArray = x.reshape(-1, x.shape[-1]).T @ delta.reshape(-1, delta.shape[-1])
    return product.ravel()
