"""The gradient of a loss is found by walking back through the network, and one step goes against it."""

from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import TypeAlias

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.learning.losses import Loss, require_comparable
from nn_core.networks.network import ForwardPass, Layer, Network, forward


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
    return chain_rule(network, forward_pass, np.asarray(y, dtype=np.float64), loss)


def chain_rule(network: Network, forward_pass: ForwardPass, y: FloatArray, loss: Loss) -> Gradients:
    """The gradient of the loss, as `backward` says, from a forward pass that was made already.

    Args:
        network: the layers W_k, b_k, f_k.
        forward_pass: of this network; trusted to be so.
        y: the targets as float64, in the shape of the output; trusted likewise.
        loss: a mean over samples.

    Returns:
        One gradient a layer, in the order of the layers.
    """
    layers = list(zip(network.layers, forward_pass.pre_activations, strict=True))
    output, z = layers[-1]
    deltas = [loss.derivative(forward_pass.output, y) * output.activation.derivative(z)]
    for (after, _), (layer, z) in pairwise(reversed(layers)):
        deltas.append(deltas[-1] @ after.weights.T * layer.activation.derivative(z))
    inputs = (forward_pass.inputs, *forward_pass.activations[:-1])
    return tuple(
        LayerGradient(_over_samples(a, delta), np.einsum("nj->j", delta))
        for a, delta in zip(inputs, reversed(deltas), strict=True)
    )


def _over_samples(a: FloatArray, delta: FloatArray) -> FloatArray:
    """a^T delta, shape (n_in, n_out)."""
    # BLAS may add one column in another order than the next; so, equal units stay equal to the last bit.
    alone = 1 in (a.shape[1], delta.shape[1])
    product: FloatArray = np.einsum("ni,nj->ij", a, delta) if alone else a.T @ delta
    return product


def in_a_row(gradients: Gradients) -> FloatArray:
    """All derivatives in a row, in the order of `network.parameters`: shape (n_parameters,)."""
    return np.concatenate([a.ravel() for each in gradients for a in (each.weights, each.biases)])


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
    require_step(network, gradients, learning_rate)
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


def require_step(network: Network, gradients: Gradients, learning_rate: float) -> None:
    """Raise a ValueError unless the gradients fit the network and the learning rate is one."""
    require_learning_rate(learning_rate)
    shapes = [(layer.weights.shape, layer.biases.shape) for layer in network.layers]
    gradient_shapes = [(gradient.weights.shape, gradient.biases.shape) for gradient in gradients]
    if gradient_shapes != shapes:
        raise ValueError(
            f"gradients must have the shapes of the weights and biases, {shapes}, got {gradient_shapes}"
        )


def require_learning_rate(learning_rate: float) -> None:
    """Raise a ValueError unless the learning rate is finite and not negative."""
    if not (isfinite(learning_rate) and learning_rate >= 0.0):
        raise ValueError(f"learning rate must be finite and at least 0, got {learning_rate}")
