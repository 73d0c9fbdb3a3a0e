"""A recurrent layer reads a sequence step by step, and is given what it said itself one step before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.families.chains import Memory, Parameterless, require_row
from nn_core.networks.activations import Activation


@dataclass(frozen=True, eq=False, slots=True)
class Recurrent:
    """h_t = f(h_(t-1) W + x_t U + b): the same numbers at every step.

    Attributes:
        within: W, shape (n_units, n_units).
        inputs: U, shape (n_in, n_units).
        biases: b, shape (n_units,).
        activation: f.
        start: h_0, shape (n_units,); it is not learnt.

    Raises:
        ValueError: if the shapes do not fit together.
    """

    within: FloatArray
    inputs: FloatArray
    biases: FloatArray
    activation: Activation
    start: FloatArray

    def __post_init__(self) -> None:
        """Check the shapes."""
        n = len(self.biases)
        shapes = self.within.shape, self.inputs.shape[1:], self.biases.shape, self.start.shape
        if shapes != ((n, n), (n,), (n,), (n,)):
            raise ValueError(
                "W, U, b and h_0 must have the shapes (n, n), (n_in, n), (n,) and (n,), got "
                f"{self.within.shape}, {self.inputs.shape}, {self.biases.shape} and {self.start.shape}"
            )

    @property
    def parameters(self) -> FloatArray:
        """W row after row, then U, then b."""
        return np.concatenate([self.within.ravel(), self.inputs.ravel(), self.biases])

    def with_parameters(self, values: FloatArray) -> Self:
        """The same layer with other weights and biases. Raises ValueError at another shape."""
        ends = np.cumsum([self.within.size, self.inputs.size])
        require_row(values, int(ends[-1]) + self.biases.size)
        within, inputs, biases = np.split(values, ends)
        return replace(
            self,
            within=within.reshape(self.within.shape),
            inputs=inputs.reshape(self.inputs.shape),
            biases=biases,
        )

    def forward(self, x: FloatArray) -> tuple[FloatArray, Memory]:
        """h_1 to h_T, shape (n_samples, T, n_units), for x of shape (n_samples, T, n_in).

        Raises ValueError unless x has that shape, with a step in it.
        """
        if x.ndim != 3 or x.shape[1] < 1 or x.shape[2] != len(self.inputs):
            raise ValueError(
                f"x must have shape (n_samples, T, {len(self.inputs)}) with T at least 1, got shape {x.shape}"
            )
        driven = x @ self.inputs + self.biases
        z, states = np.empty_like(driven), np.empty((len(x), x.shape[1] + 1, len(self.biases)))
        states[:, 0] = self.start
        for step in range(x.shape[1]):
            z[:, step] = states[:, step] @ self.within + driven[:, step]
            states[:, step + 1] = self.activation.function(z[:, step])
        return states[:, 1:], (x, states[:, :-1], z)

    def backward(self, memory: Memory, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Backpropagation through time (Rumelhart, Hinton and Williams 1986; Werbos 1990).

        From the last step to the first: delta_z_t = (delta_t + delta_z_(t+1) W^T) f'(z_t). The derivatives
        are delta_z U^T with respect to the input, and sums over all samples and steps: of h_(t-1)^T delta_z_t
        for W, of x_t^T delta_z_t for U, of delta_z_t for b.
        """
        x, before, z = memory
        slopes = self.activation.derivative(z)
        delta_z = np.empty_like(z)
        later = np.zeros((len(x), len(self.biases)))
        for step in reversed(range(x.shape[1])):
            delta_z[:, step] = (delta[:, step] + later) * slopes[:, step]
            later = delta_z[:, step] @ self.within.T
        rows = delta_z.reshape(-1, len(self.biases))
        by_within = before.reshape(-1, len(self.biases)).T @ rows
        by_inputs = x.reshape(-1, len(self.inputs)).T @ rows
        gradient = np.concatenate([by_within.ravel(), by_inputs.ravel(), rows.sum(axis=0)])
        return delta_z @ self.inputs.T, gradient


@dataclass(frozen=True, eq=False, slots=True)
class OneAStep(Parameterless):
    """The only number of every step, step after step in a row: (n_samples, T, 1) becomes (n_samples, T)."""

    def forward(self, x: FloatArray) -> tuple[FloatArray, Memory]:
        """The same numbers. Raises ValueError unless x has shape (n_samples, T, 1)."""
        if x.ndim != 3 or x.shape[2] != 1:
            raise ValueError(f"x must have shape (n_samples, T, 1), got shape {x.shape}")
        return x[:, :, 0], None

    def backward(self, memory: Memory, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The same derivatives."""
        return delta[:, :, np.newaxis], np.empty(0)
