"""A stack of linear layers is one linear layer."""

from collections.abc import Callable
from dataclasses import dataclass

from nn_core.arrays import FloatArray
from nn_core.networks.activations import IDENTITY, Activation
from nn_core.networks.network import Layer, Network


@dataclass(frozen=True, slots=True)
class Mixture:
    """A function between two: (1 - alpha) g(z) + alpha f(z).

    Attributes:
        start: g, from float64 arrays of any shape to arrays of that shape.
        end: f, likewise.
        alpha: the share of f, from 0 to 1.
    """

    start: Callable[[FloatArray], FloatArray]
    end: Callable[[FloatArray], FloatArray]
    alpha: float

    def __call__(self, z: FloatArray) -> FloatArray:
        """The values at z, in the shape of z."""
        return (1.0 - self.alpha) * self.start(z) + self.alpha * self.end(z)


def collapse(network: Network) -> Network:
    """The one layer that a stack of linear layers is, whatever its depth and widths.

    W = W_1 W_2 .. W_L  and  b = (..(b_1 W_2 + b_2) W_3 ..) + b_L, so that x W + b is the stack's
    output up to rounding.

    Args:
        network: every layer, the output too, with the identity as its activation.

    Returns:
        A network of depth 0, with (n_in + 1) n_out parameters.

    Raises:
        ValueError: if a layer is not linear; the first such layer is named, counted from 1.
    """
    for number, layer in enumerate(network.layers, start=1):
        if layer.activation != IDENTITY:
            raise ValueError(
                f"all layers must be linear to collapse, got {layer.activation} in layer {number}"
            )
    first, *others = network.layers
    weights, biases = first.weights, first.biases
    for layer in others:
        weights, biases = weights @ layer.weights, biases @ layer.weights + layer.biases
    return Network((Layer(weights, biases, IDENTITY),))


def blend(activation: Activation, alpha: float) -> Activation:
    """An activation between the straight line and a bent one: f_alpha(z) = (1 - alpha) z + alpha f(z).

    Its derivative is (1 - alpha) + alpha f'(z).

    Args:
        activation: f.
        alpha: the share of f, from 0 to 1.

    Returns:
        The blend, named like "0.30 tanh + 0.70 identity"; IDENTITY itself if alpha is 0, f itself if
        it is 1. Blends are values as activations are: equal, hashed and pickled by what they hold.

    Raises:
        ValueError: unless 0 <= alpha <= 1.
    """
    if not 0.0 <= alpha <= 1.0:
        raise ValueError(f"alpha must be from 0 to 1, got alpha={alpha}")
    if alpha in (0.0, 1.0):
        return activation if alpha else IDENTITY
    return Activation(
        f"{alpha:.2f} {activation} + {1.0 - alpha:.2f} {IDENTITY}",
        rf"{1.0 - alpha:.2f}\,z + {alpha:.2f} \left({activation.formula}\right)",
        Mixture(IDENTITY.function, activation.function, alpha),
        Mixture(IDENTITY.derivative, activation.derivative, alpha),
        code=f"{1.0 - alpha!r} * z + {alpha!r} * ({activation.code})" if activation.code else "",
        degree=None if activation.degree is None else max(activation.degree, 1),
        turns=activation.turns,
        jumps=activation.jumps,
    )


def blended(network: Network, alpha: float) -> Network:
    """The same weights with every hidden layer's activation f replaced by `blend` (f, alpha).

    At alpha = 0 it is affine up to the output's activation, at alpha = 1 it is the network itself.

    Args:
        network: any; the output's activation stays.
        alpha: the share of the network's own activations, from 0 to 1.

    Returns:
        A network of the same depth and widths.

    Raises:
        ValueError: unless 0 <= alpha <= 1.
    """
    *hidden, output = network.layers
    bent = [Layer(layer.weights, layer.biases, blend(layer.activation, alpha)) for layer in hidden]
    return Network((*bent, output))
