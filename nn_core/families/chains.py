"""A chain of parts computes part after part, and is walked back in the other direction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol, Self

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.learning.losses import softmax
from nn_core.learning.training import Recipe, batches
from nn_core.networks.network import Layer, Network

# What a part keeps of its way forward, for the way back; it means something to that part alone.
Memory = Any


class Part(Protocol):
    """A value that computes: it never changes, and others of its kind differ in their parameters alone."""

    @property
    def parameters(self) -> FloatArray:
        """All its numbers that can be learnt, in a row: shape (n_parameters,), which may be (0,)."""

    def with_parameters(self, values: FloatArray) -> Self:
        """The same part with other numbers in that order. Raises ValueError at another shape."""

    def forward(self, x: FloatArray) -> tuple[FloatArray, Memory]:
        """What comes out, and what the way back needs.

        Args:
            x: shape (n_samples, ..), of as many axes as the part says.

        Returns:
            The output, shape (n_samples, ..), and the memory.

        Raises:
            ValueError: if x does not fit.
        """

    def backward(self, memory: Memory, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The chain rule through this part.

        Args:
            memory: of `forward`.
            delta: the derivatives of the loss with respect to the output, in its shape.

        Returns:
            The derivatives with respect to the input, in its shape, and to the parameters, in their row.
        """


class Parameterless:
    """A part with nothing to learn."""

    __slots__ = ()

    @property
    def parameters(self) -> FloatArray:
        """None: shape (0,)."""
        return np.zeros(0)

    def with_parameters(self, values: FloatArray) -> Self:
        """Itself. Raises ValueError at another shape."""
        require_row(values, 0)
        return self


@dataclass(frozen=True, eq=False, slots=True)
class Dense:
    """A layer of the first lessons as a part: a = f(x W + b), over the last axis of x.

    Attributes:
        layer: W, b and f.
    """

    layer: Layer

    @property
    def parameters(self) -> FloatArray:
        """W row after row, then b."""
        return np.concatenate([self.layer.weights.ravel(), self.layer.biases])

    def with_parameters(self, values: FloatArray) -> Self:
        """The same layer with other weights and biases. Raises ValueError at another shape."""
        require_row(values, self.layer.weights.size + self.layer.biases.size)
        weights, biases = np.split(values, [self.layer.weights.size])
        return replace(
            self, layer=Layer(weights.reshape(self.layer.weights.shape), biases, self.layer.activation)
        )

    def forward(self, x: FloatArray) -> tuple[FloatArray, Memory]:
        """f(x W + b), shape (.., n_out), for x of shape (.., n_in). Raises ValueError if x does not fit."""
        require_last(x, self.layer.weights.shape[0])
        z = x @ self.layer.weights + self.layer.biases
        return self.layer.activation.function(z), (x, z)

    def backward(self, memory: Memory, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """delta_z = delta f'(z): delta_z W^T; and x^T delta_z, sum of delta_z, over all axes but the last."""
        x, z = memory
        delta_z = delta * self.layer.activation.derivative(z)
        n_in, n_out = self.layer.weights.shape
        rows = delta_z.reshape(-1, n_out)
        by_weights = x.reshape(-1, n_in).T @ rows
        return delta_z @ self.layer.weights.T, np.concatenate([by_weights.ravel(), rows.sum(axis=0)])


@dataclass(frozen=True, slots=True)
class Softmax(Parameterless):
    """Probabilities of logits, along the last axis: e^z_j / (sum over k of e^z_k)."""

    def forward(self, x: FloatArray) -> tuple[FloatArray, Memory]:
        """The probabilities, in the shape of x, (n_samples, .., n_classes)."""
        shares = softmax(x.reshape(-1, x.shape[-1])).reshape(x.shape)
        return shares, shares

    def backward(self, memory: Memory, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """p (delta - sum of p delta), the sum along the last axis, and no parameter."""
        return memory * (delta - (memory * delta).sum(axis=-1, keepdims=True)), np.zeros(0)


@dataclass(frozen=True, eq=False, slots=True)
class Chain:
    """Parts one after another; a chain is a part itself.

    Attributes:
        parts: in the order in which they compute; at least one.
    """

    parts: tuple[Part, ...]

    def __call__(self, x: FloatArray) -> FloatArray:
        """What comes out at the end, shape (n_samples, ..). Raises ValueError if x does not fit."""
        return self.forward(x)[0]

    @property
    def parameters(self) -> FloatArray:
        """Those of the parts, in their order."""
        return np.concatenate([part.parameters for part in self.parts])

    def with_parameters(self, values: FloatArray) -> Self:
        """The same chain with other numbers. Raises ValueError at another shape."""
        sizes = [part.parameters.size for part in self.parts]
        require_row(values, sum(sizes))
        rows = np.split(values, np.cumsum(sizes)[:-1])
        return replace(
            self, parts=tuple(part.with_parameters(row) for part, row in zip(self.parts, rows, strict=True))
        )

    def forward(self, x: FloatArray) -> tuple[FloatArray, Memory]:
        """x through every part. Raises ValueError if x does not fit the first of them."""
        memories = []
        for part in self.parts:
            x, memory = part.forward(x)
            memories.append(memory)
        return x, memories

    def backward(self, memory: Memory, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """delta back through every part, the last one first."""
        gradients = []
        for part, kept in zip(reversed(self.parts), reversed(memory), strict=True):
            delta, gradient = part.backward(kept, delta)
            gradients.append(gradient)
        return delta, np.concatenate(gradients[::-1])


def dense(network: Network) -> Chain:
    """The network of the first lessons as a chain: the same outputs, and the same gradient in its order."""
    return Chain(tuple(Dense(layer) for layer in network.layers))


def learning(
    chain: Chain, x: FloatArray, y: FloatArray, recipe: Recipe, iterations: int
) -> Iterator[tuple[Chain, float]]:
    """So many steps of a recipe: the chain before each, and the last, with its loss on that step's samples.

    Args:
        chain: the start; what comes out of it has shape (n_samples, n_out).
        x: shape (n_samples, ..).
        y: the targets, shape (n_samples, n_out).
        recipe: loss, optimiser, learning rate, batch size and seed.
        iterations: the number of steps, at least 0.

    Returns:
        An iterator over iterations + 1 chains and their losses; whoever stops asking stops the work.

    Raises:
        ValueError: if there is no sample, or x does not fit the chain.
    """
    optimiser = recipe.optimiser
    row = chain.parameters
    state = optimiser.start(row.size)
    order = batches(len(x), recipe.batch_size or len(x), np.random.default_rng(recipe.seed))
    for step in range(iterations + 1):
        rows = next(order)
        output, memory = chain.forward(x[rows])
        yield chain, recipe.loss(output, y[rows])
        if step < iterations:
            _, gradient = chain.backward(memory, recipe.loss.derivative(output, y[rows]))
            way, state = optimiser.way(gradient, state, recipe.learning_rate)
            row = row - way
            chain = chain.with_parameters(row)


def require_row(values: FloatArray, size: int) -> None:
    """Raise a ValueError unless the values are a row of this length."""
    if np.shape(values) != (size,):
        raise ValueError(f"values must have shape ({size},), got shape {np.shape(values)}")


def require_last(x: FloatArray, size: int) -> None:
    """Raise a ValueError unless the last axis of x has this length."""
    if np.ndim(x) < 2 or np.shape(x)[-1] != size:
        raise ValueError(f"x must have shape (n_samples, .., {size}), got shape {np.shape(x)}")
