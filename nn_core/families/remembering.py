"""A task that takes memory, and a small recurrent network that learns it: say which pulse was the last."""

from __future__ import annotations

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.families.chains import Chain, Dense
from nn_core.families.recurrence import OneAStep, Recurrent
from nn_core.networks.activations import IDENTITY, TANH
from nn_core.networks.network import Layer


def signals(n: int, steps: int, rate: float, generator: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Sequences of rare pulses up and down, and at every step whether the last pulse was up.

    Args:
        n: how many sequences.
        steps: how long each is, at least 1; there is a pulse at the first step.
        rate: how often there is a pulse at each other step, from 0 to 1.
        generator: where they come from.

    Returns:
        The inputs -1, 0 and 1, shape (n, steps, 1), and the targets 0 and 1, shape (n, steps).
    """
    pulses = generator.choice([-1.0, 1.0], size=(n, steps))
    there = generator.random((n, steps)) < rate
    there[:, 0] = True
    last = np.maximum.accumulate(np.where(there, np.arange(steps), 0), axis=1)
    x = np.where(there, pulses, 0.0)
    return x[:, :, np.newaxis], (np.take_along_axis(x, last, axis=1) + 1.0) / 2.0


def first_memory(units: int, generator: np.random.Generator) -> Chain:
    """A network to start training from: so many tanh units that see each other, and a logit at every step.

    W is normal with variance 1 divided by the number of units, U and the output's weights are normal with
    variance 1, all biases and h_0 are 0.
    """
    within = generator.normal(size=(units, units)) / np.sqrt(units)
    inputs, outputs = generator.normal(size=(1, units)), generator.normal(size=(units, 1))
    zeros = np.zeros(units)
    layer = Recurrent(within, inputs, zeros, TANH, zeros)
    return Chain((layer, Dense(Layer(outputs, np.zeros(1), IDENTITY)), OneAStep()))


def largest_eigenvalue(within: FloatArray) -> float:
    """The size of the largest eigenvalue of W, shape (n, n): how W alone stretches, in the long run."""
    return float(np.abs(np.linalg.eigvals(within)).max())
