"""A generator and a judge as networks: each learns by the other's answer, step after step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.families.chains import Chain, Dense, Memory, Parameterless, dense, require_last
from nn_core.learning.losses import BINARY_CROSS_ENTROPY
from nn_core.networks.activations import ACTIVATIONS, IDENTITY, SIGMOID, sigmoid
from nn_core.networks.network import Layer, Network

# From logits to the derivative of a loss with respect to them, both of shape (n, 1).
Goal = Callable[[FloatArray], FloatArray]


def not_caught(logits: FloatArray) -> FloatArray:
    """The goal of the game itself, to make the mean of ln(1 - D) small, for D = sigmoid(logit): -D / n."""
    return -sigmoid(logits) / len(logits)


def taken_for_genuine(logits: FloatArray) -> FloatArray:
    """The goal in practice, to make the mean of -ln D small: (D - 1) / n."""
    return BINARY_CROSS_ENTROPY.derivative(logits, np.ones_like(logits))


@dataclass(frozen=True, slots=True)
class Powers(Parameterless):
    """What a judge of bells reads: x - c and its square, for x of shape (n, 1).

    Attributes:
        origin: c, where it counts from. Which logits can be had does not depend on it; how they are learnt
            does.
    """

    origin: float

    def forward(self, x: FloatArray) -> tuple[FloatArray, Memory]:
        """(x - c, (x - c)^2), shape (n, 2). Raises ValueError unless x has shape (n, 1)."""
        require_last(x, 1)
        away = x - self.origin
        return np.concatenate([away, away**2], axis=-1), away

    def backward(self, memory: Memory, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """delta_1 + 2 (x - c) delta_2, and no parameter."""
        return delta[..., :1] + 2.0 * memory * delta[..., 1:], np.zeros(0)


def affine(mean: float, width: float) -> Network:
    """The generator that makes width z + mean of the noise z: a bell, if z is normal."""
    return Network((Layer(np.array([[width]]), np.array([mean]), IDENTITY),))


def quadratic(origin: float, weights: tuple[float, float], bias: float) -> Chain:
    """The judge with the logit w_1 (x - c) + w_2 (x - c)^2 + b: a neuron behind `Powers`."""
    neuron = Layer(np.array(weights).reshape(2, 1), np.array([bias]), IDENTITY)
    return Chain((Powers(origin), Dense(neuron)))


def squares(origin: float, row: FloatArray) -> Network:
    """A judge of `quadratic` as layers: two units that square u = x - c and u + 1, and a sigmoid at its end.

    u = ((u + 1)^2 - u^2 - 1) / 2, so the squares have the weights w_2 - w_1/2 and w_1/2, and the bias is
    b - w_1/2. row: w_1, w_2 and b, as the judge's parameters have them.
    """
    first, second, bias = row
    hidden = Layer(np.ones((1, 2)), np.array([-origin, 1.0 - origin]), ACTIVATIONS["square"])
    weights = np.array([[second - first / 2.0], [first / 2.0]])
    return Network((hidden, Layer(weights, np.array([bias - first / 2.0]), SIGMOID)))


def judge_slope(judge: Chain, genuine: FloatArray, made: FloatArray) -> FloatArray:
    """The gradient of -V by the judge's parameters, V = mean ln D(genuine) + mean ln(1 - D(made)).

    Args:
        judge: gives logits, shape (n, 1).
        genuine: the samples from the world, shape (n, n_in).
        made: as many from the generator.

    Returns:
        Shape (n_parameters,).

    Raises:
        ValueError: if the samples do not fit.
    """
    logits, memory = judge.forward(np.concatenate([genuine, made]))
    right = np.concatenate([np.ones((len(genuine), 1)), np.zeros((len(made), 1))])
    # A mean over both kinds together is half the sum of two means.
    return judge.backward(memory, 2.0 * BINARY_CROSS_ENTROPY.derivative(logits, right))[1]


def generator_slope(generator: Chain, judge: Chain, noise: FloatArray, goal: Goal) -> FloatArray:
    """The gradient of the generator's loss by its parameters: back through the judge, then through itself.

    Args:
        generator: of the noise.
        judge: of what the generator makes.
        noise: shape (n, n_in).
        goal: the derivative of that loss by the logits.

    Returns:
        Shape (n_parameters,).

    Raises:
        ValueError: if noise does not fit the generator, or what it makes the judge.
    """
    made, own = generator.forward(noise)
    logits, judges = judge.forward(made)
    delta, _ = judge.backward(judges, goal(logits))
    return generator.backward(own, delta)[1]


@dataclass(frozen=True, eq=False, slots=True)
class Rivals:
    """A generator and a judge, as they are at some step.

    Attributes:
        generator: makes samples of noise.
        judge: gives logits of samples.
    """

    generator: Chain
    judge: Chain


def starting(mean: float, width: float, origin: float) -> Rivals:
    """A generator of that bell, and a judge of bells that knows nothing: every logit is 0."""
    return Rivals(dense(affine(mean, width)), quadratic(origin, (0.0, 0.0), 0.0))


def duel(
    rivals: Rivals, genuine: tuple[float, float], *, rate: float, batch: int, seed: int
) -> Iterator[Rivals]:
    """The rivals before the first step and after each, for ever: first the judge moves, then the generator.

    Each step draws new genuine samples and new noise. Both walk down their slopes, the generator's is that of
    `taken_for_genuine`. Nothing keeps the numbers from growing beyond all bounds.

    Args:
        rivals: the start; what they read is one number.
        genuine: mean and standard deviation of the normal samples.
        rate: the learning rate of both, at least 0.
        batch: how many samples of each kind a step sees, at least 1.
        seed: of the generator of random numbers.

    Returns:
        An iterator without end.

    Raises:
        ValueError: if rate or batch is not as said, at once.
    """
    if not 0.0 <= rate < float("inf") or batch < 1:
        raise ValueError(f"rate must be at least 0 and batch at least 1, got rate={rate} and batch={batch}")
    return _duel(rivals, genuine, rate, (batch, 1), np.random.default_rng(seed))


def _duel(
    rivals: Rivals,
    genuine: tuple[float, float],
    rate: float,
    shape: tuple[int, int],
    random: np.random.Generator,
) -> Iterator[Rivals]:
    """The steps of `duel`."""
    generator, judge = rivals.generator, rivals.judge
    while True:
        yield Rivals(generator, judge)
        made, found = generator(random.normal(size=shape)), random.normal(*genuine, size=shape)
        judge = judge.with_parameters(judge.parameters - rate * judge_slope(judge, found, made))
        slope = generator_slope(generator, judge, random.normal(size=shape), taken_for_genuine)
        generator = generator.with_parameters(generator.parameters - rate * slope)
