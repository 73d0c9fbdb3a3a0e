"""A forward pass is a long walk of small steps: multiply, add, multiply, add, and now and then bend."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.networks.activations import IDENTITY, Activation
from nn_core.networks.network import ForwardPass, Network, forward


class Kind(Enum):
    """What a step does: add a product, add the bias, apply the activation, or read off the answer."""

    TERM = "term"
    BIAS = "bias"
    ACTIVATION = "activation"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the walk.

    Attributes:
        kind: what it does.
        layer: which layer, from 0.
        unit: which unit j of that layer, from 0; for the answer the largest output, the first of them.
        index: of a term, which input i of the layer, from 0; 0 otherwise.
        amount: what is added: a_i w_ij for a term, b_j for the bias, 0 otherwise.
        total: the unit's value after the step: the sum so far, z_j after the bias (the forward pass's
            own), a_j = f(z_j) after the activation; the largest output for the answer.
    """

    kind: Kind
    layer: int
    unit: int
    index: int
    amount: float
    total: float


@dataclass(frozen=True, eq=False, slots=True)
class Walk:
    """The forward pass of one sample, step by step.

    Attributes:
        network: the network that is walked through, its hidden layers of one activation.
        passed: its forward pass at that one sample.
        steps: every multiplication, bias and activation in order, and the answer last.
    """

    network: Network
    passed: ForwardPass
    steps: tuple[Step, ...]

    @property
    def activation(self) -> Activation:
        """That of the hidden layers; the identity where there is none."""
        return self.network.layers[0].activation

    def inputs(self, layer: int) -> FloatArray:
        """What a layer is given, shape (n_in of the layer,): the sample, or the layer before's outputs."""
        return _given(self.passed, layer)


def walk(network: Network, sample: FloatArray) -> Walk:
    """Every step of the forward pass of one sample.

    For each layer k, for each of its units j:  s = 0;  s += a_i w_ij  for each i;  z_j = s + b_j;  and
    in hidden layers a_j = f_k(z_j). Last comes the answer. Output units are taken to be their z_j, so
    a step for their activation is not among them.

    Args:
        network: its last activation the identity.
        sample: shape (n_in,).

    Returns:
        The walk, with `n_steps` of the network's sizes steps.

    Raises:
        ValueError: if the output has another activation than the identity, or the sample does not fit.
    """
    last = network.layers[-1].activation
    if last != IDENTITY:
        raise ValueError(f"the output's activation must be the identity, got {last}")
    passed = forward(network, np.atleast_2d(sample))
    steps = [
        step
        for layer in range(len(network.layers))
        for unit in range(network.layers[layer].biases.size)
        for step in _unit_steps(network, passed, layer, unit)
    ]
    largest = int(passed.output[0].argmax())
    answer = Step(Kind.ANSWER, network.depth, largest, 0, 0.0, float(passed.output[0, largest]))
    return Walk(network, passed, (*steps, answer))


def _given(passed: ForwardPass, layer: int) -> FloatArray:
    given: FloatArray = (passed.activations[layer - 1] if layer else passed.inputs)[0]
    return given


def _unit_steps(network: Network, passed: ForwardPass, layer: int, unit: int) -> Iterator[Step]:
    """The steps of one unit: its terms, its bias, and in hidden layers its activation."""
    weights, biases = network.layers[layer].weights[:, unit], network.layers[layer].biases
    amounts = _given(passed, layer) * weights
    for index, (amount, total) in enumerate(zip(amounts, np.cumsum(amounts), strict=True)):
        yield Step(Kind.TERM, layer, unit, index, float(amount), float(total))
    z, a = passed.pre_activations[layer][0, unit], passed.activations[layer][0, unit]
    yield Step(Kind.BIAS, layer, unit, 0, float(biases[unit]), float(z))
    if layer < network.depth:
        yield Step(Kind.ACTIVATION, layer, unit, 0, 0.0, float(a))


def n_steps(sizes: tuple[int, ...]) -> int:
    """How many steps a walk through a network of these sizes has.

    sum_k n_k (n_{k-1} + 1)  for the terms and biases, one for each hidden unit's activation, and the answer.

    Args:
        sizes: (n_in, hidden sizes, n_out); at least two numbers.

    Returns:
        The count.
    """
    sums = sum(after * (before + 1) for before, after in pairwise(sizes))
    return sums + sum(sizes[1:-1]) + 1


def winners(output: FloatArray) -> tuple[int, ...]:
    """The network's answer, as the outputs that win.

    A single output wins where it is greater than 0. Of several, those win that equal the largest.

    Args:
        output: shape (n_out,).

    Returns:
        Their indices in order; empty where a single output is not greater than 0.
    """
    if output.size == 1:
        return (0,) if output[0] > 0.0 else ()
    return tuple(int(index) for index in np.flatnonzero(output == output.max()))
