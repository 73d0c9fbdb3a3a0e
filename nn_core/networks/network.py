"""A network is a chain of layers, and a sum of networks is a network."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.networks.activations import IDENTITY, Activation


@dataclass(frozen=True, eq=False, slots=True)
class Layer:
    """Units side by side, each fed by the same inputs: f(x @ weights + biases).

    The arrays are copied to float64 and made read-only, so that a layer is a value.

    Attributes:
        weights: shape (n_in, n_out); column j holds the weights of unit j. n_out may be 0.
        biases: shape (n_out,).
        activation: f, applied to every pre-activation.

    Raises:
        ValueError: if weights is not 2-D, or biases does not hold one number a column of weights.
    """

    weights: FloatArray
    biases: FloatArray
    activation: Activation

    def __post_init__(self) -> None:
        """Check the shapes, and keep read-only copies."""
        weights = np.array(self.weights, dtype=np.float64)
        biases = np.array(self.biases, dtype=np.float64)
        if weights.ndim != 2 or biases.shape != weights.shape[1:]:
            raise ValueError(
                "weights must have shape (n_in, n_out) and biases shape (n_out,), "
                f"got weights of shape {weights.shape} and biases of shape {biases.shape}"
            )
        weights.flags.writeable = False
        biases.flags.writeable = False
        object.__setattr__(self, "weights", weights)
        object.__setattr__(self, "biases", biases)

    def __reduce__(self) -> tuple[type["Layer"], tuple[FloatArray, FloatArray, Activation]]:
        """Pickle and copy by building anew: NumPy alone would bring back writeable arrays."""
        return Layer, (self.weights, self.biases, self.activation)


@dataclass(frozen=True, eq=False, slots=True)
class Network:
    """Layers in a chain, the last one the output: a function from R^n_in to R^n_out.

    Attributes:
        layers: at least one; each takes as many inputs as the layer before it has units.

    Raises:
        ValueError: if there is no layer, or two neighbours do not fit (both shapes are named).
    """

    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        """Check that each layer fits the one before it."""
        layers = tuple(self.layers)
        if not layers:
            raise ValueError("a network must have at least one layer, got none")
        for before, after in pairwise(layers):
            if before.weights.shape[1] != after.weights.shape[0]:
                raise ValueError(
                    "each layer must take as many inputs as the one before it has units, "
                    f"got weights of shape {before.weights.shape} "
                    f"followed by weights of shape {after.weights.shape}"
                )
        object.__setattr__(self, "layers", layers)

    def __call__(self, x: FloatArray) -> FloatArray:
        """The outputs, shape (n_samples, n_out), at the inputs x, shape (n_samples, n_in)."""
        return forward(self, x).output

    @property
    def n_in(self) -> int:
        """The number of inputs."""
        return int(self.layers[0].weights.shape[0])

    @property
    def n_out(self) -> int:
        """The number of outputs."""
        return int(self.layers[-1].weights.shape[1])

    @property
    def depth(self) -> int:
        """The number of hidden layers, which is the number of layers less one."""
        return len(self.layers) - 1

    @property
    def n_parameters(self) -> int:
        """The number of weights and biases; zeros, as between superposed networks, count too."""
        return sum(layer.weights.size + layer.biases.size for layer in self.layers)


@dataclass(frozen=True, eq=False, slots=True)
class ForwardPass:
    """Everything a network computes on the way from its inputs to its outputs.

    Attributes:
        inputs: shape (n_samples, n_in).
        pre_activations: the z of each layer, shape (n_samples, n_units of the layer).
        activations: the a = f(z) of each layer, in the same shapes; the last one is the output.
    """

    inputs: FloatArray
    pre_activations: tuple[FloatArray, ...]
    activations: tuple[FloatArray, ...]

    @property
    def output(self) -> FloatArray:
        """The activations of the last layer, shape (n_samples, n_out)."""
        return self.activations[-1]


def forward(network: Network, x: FloatArray) -> ForwardPass:
    """The forward pass: every pre-activation and activation, layer by layer.

    a_0 = x;  z_k = a_{k-1} @ W_k + b_k,  a_k = f_k(z_k)  for k = 1 .. number of layers.

    Args:
        network: the layers W_k, b_k, f_k.
        x: shape (n_samples, n_in): samples are rows, also when n_in is 1.

    Returns:
        The inputs (as float64) and all z_k and a_k.

    Raises:
        ValueError: if x does not have shape (n_samples, n_in); nothing is reshaped silently.
    """
    inputs = np.asarray(x, dtype=np.float64)
    if inputs.ndim != 2 or inputs.shape[1] != network.n_in:
        raise ValueError(
            "x must have one row a sample and one column an input, "
            f"shape (n_samples, {network.n_in}), got shape {inputs.shape}"
        )
    pre_activations: list[FloatArray] = []
    activations: list[FloatArray] = []
    a = inputs
    for layer in network.layers:
        z = _product(a, layer.weights)
        z += layer.biases
        a = layer.activation(z)
        pre_activations.append(z)
        activations.append(a)
    return ForwardPass(inputs, tuple(pre_activations), tuple(activations))


def _product(a: FloatArray, weights: FloatArray) -> FloatArray:
    """a @ weights; one input is multiplied without a sum, which BLAS takes twice as long for."""
    return a * weights if weights.shape[0] == 1 else a @ weights


def hidden_contributions(network: Network, x: FloatArray | ForwardPass) -> FloatArray:
    """What each unit of the last hidden layer adds to the output: v_j a_j.

    The output's pre-activation is sum_j v_j a_j + output bias.

    Args:
        network: one output, at least one hidden layer; v_j its output weights.
        x: the inputs, shape (n_samples, n_in); or, so as not to compute it twice, their
            forward pass through this network.

    Returns:
        Shape (n_samples, n_hidden), n_hidden the number of units in the last hidden layer.

    Raises:
        ValueError: if the network has no hidden layer or not one output, or x does not fit it.
    """
    if network.depth < 1 or network.n_out != 1:
        raise ValueError(
            "contributions need at least one hidden layer and exactly one output, "
            f"got depth {network.depth} and {network.n_out} outputs"
        )
    forward_pass = x if isinstance(x, ForwardPass) else forward(network, x)
    widths = [layer.biases.size for layer in network.layers]
    pass_widths = [a.shape[1] for a in forward_pass.activations]
    if pass_widths != widths:
        raise ValueError(
            "the forward pass must be of this network, "
            f"got layers of widths {widths} and a pass of widths {pass_widths}"
        )
    # (n_hidden, 1) -> (n_hidden,), so that each sample's row is scaled entry by entry.
    return forward_pass.activations[-2] * network.layers[-1].weights[:, 0]


def unit_contributions(network: Network, x: FloatArray) -> FloatArray:
    """What each hidden unit adds to the output, each on a grid of its own: v_j f(w_j x_jk + b_j).

    Args:
        network: one input, one hidden layer, one output.
        x: the grid of unit j in row j, shape (n_hidden, n).

    Returns:
        The contributions in units of the output, in the shape of x.

    Raises:
        ValueError: if x does not have one row a hidden unit.
    """
    hidden = network.layers[0]
    if np.ndim(x) != 2 or len(x) != hidden.biases.size:
        raise ValueError(
            f"x must have one row a hidden unit, {hidden.biases.size} in all, got shape {np.shape(x)}"
        )
    # One input: the product of a sample's row and the weights is a number for each unit, and each unit
    # needs its own samples alone. (n_hidden, n) with a column (n_hidden, 1) of each parameter.
    z = x * hidden.weights.T + hidden.biases[:, np.newaxis]
    contributions: FloatArray = network.layers[-1].weights * hidden.activation(z)
    return contributions


def superpose(networks: Sequence[Network]) -> Network:
    """The sum of networks, as one network: the key step to universal approximation.

    superpose([F, G, ...])(x) = F(x) + G(x) + ...  for every x, up to rounding. First hidden layers
    are put side by side, deeper ones along the diagonal of a block matrix, output weights
    one under the other; output biases are added. So the widths add up and the depth stays.

    Args:
        networks: at least one; of the same depth (at least 1), number of inputs and number of
            outputs, the same activation in each hidden layer, and identity at the output.

    Returns:
        A network of that depth, units in the order of the networks.

    Raises:
        ValueError: naming what disagrees.

    Source: that such sums stay in the family, and are dense in the continuous functions for
    sigmoidal f, is in G. Cybenko, "Approximation by superpositions of a sigmoidal
    function", Mathematics of Control, Signals and Systems 2 (1989).
    """
    networks = tuple(networks)
    _require_summable(networks)
    depth = networks[0].depth
    stacks = [[network.layers[k] for network in networks] for k in range(depth + 1)]
    joins = [_side_by_side, *[_block_diagonal] * (depth - 1)]
    hidden_layers = [
        Layer(
            join([layer.weights for layer in stack]),
            np.concatenate([layer.biases for layer in stack]),
            stack[0].activation,
        )
        for join, stack in zip(joins, stacks[:-1], strict=True)
    ]
    output_weights = np.concatenate([layer.weights for layer in stacks[-1]], axis=0)
    output_biases = np.sum([layer.biases for layer in stacks[-1]], axis=0)
    return Network((*hidden_layers, Layer(output_weights, output_biases, IDENTITY)))


def with_output(network: Network, activation: Activation) -> Network:
    """The same network with another activation at the output: g(network's last pre-activation).

    Args:
        network: any.
        activation: g.

    Returns:
        A network with the same weights and biases.
    """
    last = network.layers[-1]
    return Network((*network.layers[:-1], Layer(last.weights, last.biases, activation)))


def parameters(network: Network) -> FloatArray:
    """All weights and biases in a row: of each layer W row after row, then b.

    Args:
        network: any.

    Returns:
        Shape (n_parameters,), a new array.
    """
    return np.concatenate([a.ravel() for layer in network.layers for a in (layer.weights, layer.biases)])


def with_parameters(network: Network, values: FloatArray) -> Network:
    """The same network with other weights and biases.

    Args:
        network: gives the sizes and the activations.
        values: the weights and biases in the order of `parameters`, shape (n_parameters,).

    Returns:
        A new network.

    Raises:
        ValueError: if values does not have that shape.
    """
    if np.shape(values) != (network.n_parameters,):
        raise ValueError(
            "values must hold one number a weight and a bias, "
            f"shape ({network.n_parameters},), got shape {np.shape(values)}"
        )
    layers = []
    at = 0
    for layer in network.layers:
        biases_at = at + layer.weights.size
        end = biases_at + layer.biases.size
        weights = values[at:biases_at].reshape(layer.weights.shape)
        layers.append(Layer(weights, values[biases_at:end], layer.activation))
        at = end
    return Network(tuple(layers))


def _side_by_side(matrices: list[FloatArray]) -> FloatArray:
    """The matrix (A B ...) of matrices with equally many rows."""
    return np.concatenate(matrices, axis=1)


def _block_diagonal(matrices: list[FloatArray]) -> FloatArray:
    """The matrix with the given ones along its diagonal and 0 elsewhere."""
    blocks = np.zeros(np.sum([matrix.shape for matrix in matrices], axis=0))
    row, column = 0, 0
    for matrix in matrices:
        n_rows, n_columns = matrix.shape
        blocks[row : row + n_rows, column : column + n_columns] = matrix
        row, column = row + n_rows, column + n_columns
    return blocks


def _require_summable(networks: tuple[Network, ...]) -> None:
    """Raise a ValueError that names what keeps these networks from being superposed."""
    if not networks:
        raise ValueError("there must be at least one network to superpose, got none")
    _require_same("depth", [network.depth for network in networks])
    if networks[0].depth < 1:
        raise ValueError("superposed networks must have at least one hidden layer, got depth 0")
    _require_same("number of inputs", [network.n_in for network in networks])
    _require_same("number of outputs", [network.n_out for network in networks])
    for k in range(networks[0].depth):
        _require_same(
            f"activation in hidden layer {k + 1}",
            [network.layers[k].activation for network in networks],
        )
    for network in networks:
        activation = network.layers[-1].activation
        if activation != IDENTITY:
            raise ValueError(f"superposed networks must have the identity at the output, got {activation}")


def _require_same(what: str, answers: Sequence[int] | Sequence[Activation]) -> None:
    """Raise a ValueError unless the networks' answers all agree."""
    for answer in answers:
        if answer != answers[0]:
            raise ValueError(f"superposed networks must have the same {what}, got {answers[0]} and {answer}")


def knot(weight: float, bias: float) -> float | None:
    """The input where a unit's pre-activation w x + b is zero: s = -b / w.

    Args:
        weight: w, in units of 1/x.
        bias: b.

    Returns:
        s, in units of x (0.0, never -0.0); None where the weight is 0 or -b / w is not finite.
    """
    weight, bias = float(weight), float(bias)
    if weight == 0.0:
        return None
    quotient = -bias / weight + 0.0  # adding 0.0 turns -0.0 into 0.0
    return quotient if isfinite(quotient) else None
