"""What a network does without one of its units, one of its outputs alone, and where it turns."""

from __future__ import annotations

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.networks.network import Layer, Network, forward, hidden_contributions

# From -5 to 5 a smooth activation makes nearly all of its turn.
TURN = 5.0
FARTHEST, NEAREST = 1e6, 1e-3
LOOKED_AT = 2001


def output_alone(network: Network, index: int) -> Network:
    """The network with one of its outputs: the last layer keeps column `index` of its weights.

    Raises IndexError where there is no such output.
    """
    *hidden, last = network.layers
    return Network((*hidden, Layer(last.weights[:, [index]], last.biases[[index]], last.activation)))


def without_each(network: Network, x: FloatArray) -> FloatArray:
    """The output without each unit of the last hidden layer in turn: f(z - v_j a_j).

    Args:
        network: one output; v_j its output weights, a_j the activations of the last hidden layer, z and f
            the output's pre-activation and activation. Without a hidden layer there are no units.
        x: shape (n_samples, n_in).

    Returns:
        Shape (n_samples, n_units), units in their order.

    Raises:
        ValueError: if the network has several outputs, or x another shape.
    """
    if network.n_out != 1:
        raise ValueError(f"the network must have one output, got {network.n_out}")
    passed, last = forward(network, x), network.layers[-1]
    if not network.depth:
        return np.empty((len(passed.inputs), 0))
    return last.activation(passed.pre_activations[-1] - hidden_contributions(network, passed))


def turning_interval(network: Network) -> tuple[float, float]:
    """An interval of the input in which the units of a network of one input turn.

    A unit of the first layer turns at its knot -b/w; where its activation is smooth, from (-5 - b)/w to
    (5 - b)/w. Units of later layers turn where their z changes its sign: looked for at 2001 points of an
    interval three times as long. Knots beyond 1e6 are left out.

    Returns:
        The least interval with all of these, at least 0.001 long; (-1, 1) where nothing turns.

    Raises:
        ValueError: if the network has not one input.
    """
    if network.n_in != 1:
        raise ValueError(f"the network must have one input, got {network.n_in}")
    found = _first_turns(network.layers[0])
    if not found.size:
        return -1.0, 1.0
    low, high = _apart(float(found.min()), float(found.max()))
    x = np.linspace(2.0 * low - high, 2.0 * high - low, LOOKED_AT)
    for z in forward(network, x[:, np.newaxis]).pre_activations[1:-1]:
        crossed = x[:-1][np.any(np.diff(z > 0.0, axis=0), axis=1)]
        if crossed.size:
            low, high = min(low, float(crossed.min())), max(high, float(crossed.max()))
    return low, high


def turning_distance(network: Network) -> float:
    """How far from the origin the units of the first layer of a network of two inputs turn, at most.

    A unit turns along its line, |b| / |w| away; where its activation is smooth, up to (|b| + 5) / |w|.

    Returns:
        The largest such distance up to 1e6; 1 where there is none.

    Raises:
        ValueError: if the network has not two inputs.
    """
    if network.n_in != 2:
        raise ValueError(f"the network must have two inputs, got {network.n_in}")
    first = network.layers[0]
    length = np.hypot(*first.weights)
    some = length > 0.0
    away = (np.abs(first.biases[some]) + _turn(first)) / length[some]
    near = away[(away >= NEAREST) & (away <= FARTHEST)]
    return float(near.max(initial=0.0)) or 1.0


def _first_turns(first: Layer) -> FloatArray:
    """The ends of the turns of the first layer's units."""
    weights = first.weights[0]
    some = weights != 0.0
    turns = np.array([-_turn(first), _turn(first)])[:, np.newaxis]
    ends = (turns - first.biases[some]) / weights[some]
    near: FloatArray = ends[np.abs(ends) <= FARTHEST]
    return near


def _turn(layer: Layer) -> float:
    """How far from z = 0 the layer's units have turned."""
    return 0.0 if layer.activation.scale_free else TURN


def _apart(low: float, high: float) -> tuple[float, float]:
    """The two ends; where they are one place, an interval around it."""
    if high - low >= NEAREST:
        return low, high
    half = max(1.0, abs(low) / 100.0)
    return low - half, high + half
