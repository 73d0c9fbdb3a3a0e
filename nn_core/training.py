"""Networks learn by gradient descent: walk against the gradient of the loss, step after step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from math import isfinite, sqrt
from typing import TypeAlias

import numpy as np

from nn_core.activations import IDENTITY, LEAKY_RELU, RELU, Activation, FloatArray
from nn_core.losses import Loss, require_comparable
from nn_core.network import ForwardPass, Layer, Network, forward

# Beyond this size of a weight, a bias or the loss, training has diverged.
DIVERGENCE_LIMIT = 1e12
LARGEST_FIRST_BIAS = 0.5


@dataclass(frozen=True, eq=False, slots=True)
class LayerGradient:
    """The derivatives of the loss with respect to one layer's weights and biases.

    Attributes:
        weights: shape (n_in, n_out) of the layer's weights.
        biases: shape (n_out,).
    """

    weights: FloatArray
    biases: FloatArray


Gradients: TypeAlias = tuple[LayerGradient, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Training:
    """What a training left behind: some of its networks, from the start on, and their losses.

    Attributes:
        iterations: of each kept network the number of steps that led to it; the first is 0.
        networks: the kept networks, in that order; the first is the start itself.
        losses: the loss of each kept network, in the same order.
        diverged: None, or the first iteration at which a weight, a bias or the loss was not
            finite or exceeded 1e12 in size. Unless that is the start, its network is not kept.
    """

    iterations: tuple[int, ...]
    networks: tuple[Network, ...]
    losses: FloatArray
    diverged: int | None


def random_network(
    sizes: Sequence[int],
    activation: Activation,
    generator: np.random.Generator,
    output: Activation = IDENTITY,
) -> Network:
    """A network to start training from, for inputs of about the size of [-1, 1].

    Weights are normal around 0 with standard deviation sqrt(2 / (n_in + n_out)), or
    sqrt(2 / n_in) into hidden ReLU and leaky ReLU units; hidden biases are uniform in
    [-1/2, 1/2), so that the units' knots do not all pass through the origin; output biases are 0.

    Args:
        sizes: the numbers of inputs, of units in each hidden layer, and of outputs, such as (2, 8, 8, 1).
        activation: of every hidden layer.
        generator: where the randomness comes from.
        output: the activation of the output.

    Returns:
        A network of depth len(sizes) - 2.

    Raises:
        ValueError: if there are fewer than two sizes, or one is less than 1.

    Source: X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward
    neural networks", AISTATS 2010, equation (12); for ReLU K. He, X. Zhang, S. Ren and J. Sun,
    "Delving deep into rectifiers", ICCV 2015, equation (10).
    """
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"a network needs at least two sizes, each at least 1, got {tuple(sizes)}")
    *hidden, (n_last, n_out) = pairwise(sizes)
    layers = [_random_hidden_layer(n_in, n_units, activation, generator) for n_in, n_units in hidden]
    weights = generator.normal(scale=sqrt(2.0 / (n_last + n_out)), size=(n_last, n_out))
    return Network((*layers, Layer(weights, np.zeros(n_out), output)))


def backward(network: Network, x: FloatArray, y: FloatArray, loss: Loss) -> Gradients:
    """The backward pass: the gradient of loss(network(x), y), by the chain rule.

    With a_0 = x, z_k, a_k = f_k(z_k) of the forward pass, W_k the weights, L the last layer:
    delta_L = dloss/da_L * f'_L(z_L);  delta_k = (delta_{k+1} @ W_{k+1}^T) * f'_k(z_k);
    dloss/dW_k = a_{k-1}^T @ delta_k;  dloss/db_k = sum over samples of delta_k.

    Args:
        network: the layers W_k, b_k, f_k.
        x: the inputs, shape (n_samples, n_in).
        y: the targets, shape (n_samples, n_out).
        loss: a mean over samples, so that the gradient is one too.

    Returns:
        One gradient a layer, in the order of the layers.

    Raises:
        ValueError: if x or y does not fit the network, or there is no sample.
    """
    forward_pass = forward(network, x)
    require_comparable(forward_pass.output, y)
    return _chain_rule(network, forward_pass, np.asarray(y, dtype=np.float64), loss)


def descend(network: Network, gradients: Gradients, learning_rate: float) -> Network:
    """One step against the gradient: W_k - r dloss/dW_k and b_k - r dloss/db_k for every layer k.

    Args:
        network: where the step starts; it stays as it is.
        gradients: one a layer, in the shapes of the layers.
        learning_rate: r, at least 0.

    Returns:
        The network after the step.

    Raises:
        ValueError: if the learning rate is negative or not finite, or the gradients do not fit.
    """
    _require_learning_rate(learning_rate)
    shapes = [(layer.weights.shape, layer.biases.shape) for layer in network.layers]
    gradient_shapes = [(gradient.weights.shape, gradient.biases.shape) for gradient in gradients]
    if gradient_shapes != shapes:
        raise ValueError(
            f"gradients must have the shapes of the weights and biases, {shapes}, got {gradient_shapes}"
        )
    return _step(network, gradients, learning_rate)


def gradient_descent(
    network: Network, x: FloatArray, y: FloatArray, loss: Loss, learning_rate: float
) -> Iterator[Network]:
    """The networks of gradient descent: the start itself, then one after each full step, for ever.

    Each is `descend` of the one before by its `backward`, over all samples at once. It does not
    stop if the weights grow beyond all bounds; `train` does.

    Args:
        network: the start.
        x: the inputs, shape (n_samples, n_in).
        y: the targets, shape (n_samples, n_out).
        loss: what to descend.
        learning_rate: the same in every step, at least 0.

    Returns:
        An iterator without end.

    Raises:
        ValueError: as `backward` and `descend` do, at once.
    """
    _require_fit(network, x, y, learning_rate)
    descent = _descent(network, x, np.asarray(y, dtype=np.float64), loss, learning_rate)
    return (each for each, _ in descent)


def train(
    network: Network,
    x: FloatArray,
    y: FloatArray,
    loss: Loss,
    learning_rate: float,
    iterations: int,
    keep: int,
) -> Training:
    """Gradient descent for so many iterations, or until it diverges, without a warning.

    Args:
        network: the start.
        x: the inputs, shape (n_samples, n_in).
        y: the targets, shape (n_samples, n_out).
        loss: what to descend.
        learning_rate: the same in every step, at least 0.
        iterations: the number of steps, at least 0.
        keep: the networks after 0, keep, 2 keep, .. steps are kept; at least 1. The last network
            before a divergence is kept in any case.

    Returns:
        The kept networks, their losses, and where it diverged if it did.

    Raises:
        ValueError: as `gradient_descent` does, or if iterations or keep is too small.
    """
    _require_fit(network, x, y, learning_rate)
    if iterations < 0 or keep < 1:
        raise ValueError(
            f"iterations must be at least 0 and keep at least 1, got iterations={iterations} and keep={keep}"
        )
    y = np.asarray(y, dtype=np.float64)
    descent = islice(_descent(network, x, y, loss, learning_rate), iterations + 1)
    kept: dict[int, tuple[Network, float]] = {}
    before: tuple[Network, float] | None = None
    diverged = None
    with np.errstate(all="ignore"):
        for iteration, (each, outputs) in enumerate(descent):
            now = (each, loss.function(outputs, y))
            if _has_diverged(*now):
                diverged = iteration
                kept[max(iteration - 1, 0)] = before or now
                break
            if iteration % keep == 0:
                kept[iteration] = now
            before = now
    networks, losses = zip(*kept.values(), strict=True)
    return Training(tuple(kept), networks, np.array(losses), diverged)


def _descent(
    network: Network, x: FloatArray, y: FloatArray, loss: Loss, learning_rate: float
) -> Iterator[tuple[Network, FloatArray]]:
    """The networks of gradient descent for ever, each with its outputs at x."""
    while True:
        forward_pass = forward(network, x)
        yield network, forward_pass.output
        network = _step(network, _chain_rule(network, forward_pass, y, loss), learning_rate)


def _chain_rule(network: Network, forward_pass: ForwardPass, y: FloatArray, loss: Loss) -> Gradients:
    """The gradient of the loss, as `backward` says, from a forward pass through the network."""
    layers = list(zip(network.layers, forward_pass.pre_activations, strict=True))
    output, z = layers[-1]
    deltas = [loss.derivative(forward_pass.output, y) * output.activation.derivative(z)]
    for (after, _), (layer, z) in pairwise(reversed(layers)):
        deltas.append(deltas[-1] @ after.weights.T * layer.activation.derivative(z))
    inputs = (forward_pass.inputs, *forward_pass.activations[:-1])
    return tuple(
        LayerGradient(a.T @ delta, delta.sum(axis=0))
        for a, delta in zip(inputs, reversed(deltas), strict=True)
    )


def _step(network: Network, gradients: Gradients, learning_rate: float) -> Network:
    """The network after a step against gradients that fit it."""
    return Network(
        tuple(
            Layer(
                layer.weights - learning_rate * gradient.weights,
                layer.biases - learning_rate * gradient.biases,
                layer.activation,
            )
            for layer, gradient in zip(network.layers, gradients, strict=True)
        )
    )


def _has_diverged(network: Network, loss: float) -> bool:
    """Whether a weight, a bias or the loss is not finite or exceeds the limit."""
    parameters = [array for layer in network.layers for array in (layer.weights.ravel(), layer.biases)]
    # A comparison with NaN is false, so that NaN counts as diverged.
    return not (
        abs(loss) <= DIVERGENCE_LIMIT and np.abs(np.concatenate(parameters)).max() <= DIVERGENCE_LIMIT
    )


def _random_hidden_layer(
    n_in: int, n_units: int, activation: Activation, generator: np.random.Generator
) -> Layer:
    """A hidden layer as `random_network` draws it."""
    fan = n_in if activation in (RELU, LEAKY_RELU) else n_in + n_units
    weights = generator.normal(scale=sqrt(2.0 / fan), size=(n_in, n_units))
    biases = generator.uniform(-LARGEST_FIRST_BIAS, LARGEST_FIRST_BIAS, size=n_units)
    return Layer(weights, biases, activation)


def _require_fit(network: Network, x: FloatArray, y: FloatArray, learning_rate: float) -> None:
    """Raise a ValueError unless gradient descent can begin."""
    _require_learning_rate(learning_rate)
    with np.errstate(all="ignore"):
        require_comparable(network(x), y)


def _require_learning_rate(learning_rate: float) -> None:
    """Raise a ValueError unless the learning rate is finite and not negative."""
    if not (isfinite(learning_rate) and learning_rate >= 0.0):
        raise ValueError(f"learning rate must be finite and at least 0, got {learning_rate}")
