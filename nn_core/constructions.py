"""Networks written by hand: a neuron, a hidden layer, a bump, a staircase."""

from collections.abc import Callable, Sequence
from math import inf, isfinite
from typing import TypeAlias

import numpy as np

from nn_core.activations import IDENTITY, SIGMOID, Activation, FloatArray
from nn_core.network import Layer, Network

Numbers: TypeAlias = Sequence[float] | FloatArray


def neuron(weight: float, bias: float, activation: Activation) -> Network:
    """A single neuron: x -> f(w x + b).

    Args:
        weight: w, in units of 1/x.
        bias: b.
        activation: f.

    Returns:
        A network of one layer, 1 input and 1 output, no hidden layer.
    """
    return Network((Layer(np.array([[weight]]), np.array([bias]), activation),))


def one_hidden_layer(
    weights: Numbers,
    biases: Numbers,
    output_weights: Numbers,
    activation: Activation,
    output_bias: float = 0.0,
) -> Network:
    """A network of one input, one hidden layer and one output: sum_j v_j f(w_j x + b_j) + c.

    Args:
        weights: w_j, n_hidden numbers in units of 1/x; there may be none.
        biases: b_j, n_hidden numbers.
        output_weights: v_j, n_hidden numbers in units of the output.
        activation: f, the same for every hidden unit.
        output_bias: c, in units of the output.

    Returns:
        A network of depth 1 with the identity at the output.

    Raises:
        ValueError: if the three sequences are not equally long lists of numbers.
    """
    weights = np.asarray(weights, dtype=np.float64)
    biases = np.asarray(biases, dtype=np.float64)
    output_weights = np.asarray(output_weights, dtype=np.float64)
    if weights.ndim != 1 or not weights.shape == biases.shape == output_weights.shape:
        raise ValueError(
            "weights, biases and output weights must be equally many numbers in a row, "
            f"got shapes {weights.shape}, {biases.shape} and {output_weights.shape}"
        )
    # One input: (n_hidden,) -> (1, n_hidden). One output: (n_hidden,) -> (n_hidden, 1).
    hidden = Layer(weights[np.newaxis, :], biases, activation)
    output = Layer(output_weights[:, np.newaxis], np.array([output_bias]), IDENTITY)
    return Network((hidden, output))


def bump(
    left: float,
    right: float,
    height: float,
    steepness: float,
    activation: Activation = SIGMOID,
) -> Network:
    """A bump, one step up and one step down: h f(w (x - l)) - h f(w (x - r)).

    Args:
        left: l, where it rises, in units of x.
        right: r, where it falls, in units of x.
        height: h, in units of the output; negative for a dip.
        steepness: w, in units of 1/x.
        activation: f, a function that rises from 0 to 1, such as SIGMOID or STEP.

    Returns:
        A network of one hidden layer with two units, weights w and biases -w l and -w r.

    Raises:
        ValueError: if left is not less than right, or steepness is not positive and finite.
    """
    _require_ordered(left, right)
    _require_steep(steepness)
    return one_hidden_layer(
        weights=(steepness, steepness),
        biases=(-steepness * left, -steepness * right),
        output_weights=(height, -height),
        activation=activation,
    )


def staircase(
    target: Callable[[FloatArray], FloatArray],
    pieces: int,
    steepness: float,
    activation: Activation = SIGMOID,
    *,
    domain: tuple[float, float] = (0.0, 1.0),
) -> Network:
    """A staircase along a target, its steps sharing their edges, so N pieces need N - 1 units.

    c_0 + sum_{k=1}^{N-1} (c_k - c_{k-1}) f(w (x - x_k)), where the x_k cut the domain into N equal
    pieces and c_k is the target's value at the midpoint of piece k = 0 .. N-1.

    With f = STEP it is the piecewise constant function itself, which for a target with Lipschitz
    constant L on a domain of length D is nowhere farther than L D / (2 N) from the target: no
    point of a piece is farther than D / (2 N) from its midpoint.

    Args:
        target: maps an array of inputs, shape (n,), to its values, shape (n,).
        pieces: N, at least 1; with 1 piece there is no hidden unit, and the output is constant.
        steepness: w, in units of 1/x.
        activation: f, a function that rises from 0 to 1, such as SIGMOID or STEP.
        domain: the two ends of the interval, in units of x.

    Returns:
        A network of one hidden layer with N - 1 units, from left to right.

    Raises:
        ValueError: if pieces is less than 1, steepness is not positive and finite, the
            domain's ends are not in order, or the target's values have the wrong shape.
    """
    _require_ordered(*domain)
    _require_steep(steepness)
    if pieces < 1:
        raise ValueError(f"pieces must be at least 1, got pieces={pieces}")
    edges = np.linspace(domain[0], domain[1], pieces + 1)
    midpoints = (edges[:-1] + edges[1:]) / 2.0
    heights = np.asarray(target(midpoints), dtype=np.float64)
    if heights.shape != midpoints.shape:
        raise ValueError(
            "the target must give one value an input, "
            f"got values of shape {heights.shape} for inputs of shape {midpoints.shape}"
        )
    return one_hidden_layer(
        weights=np.full(pieces - 1, steepness),
        biases=-steepness * edges[1:-1],
        output_weights=np.diff(heights),
        activation=activation,
        output_bias=heights[0],
    )


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


def _require_ordered(left: float, right: float) -> None:
    """Raise a ValueError unless left < right."""
    if not left < right:
        raise ValueError(f"left must be less than right, got left={left} and right={right}")


def _require_steep(steepness: float) -> None:
    """Raise a ValueError unless the steepness is positive and finite."""
    if not 0.0 < steepness < inf:
        raise ValueError(f"steepness must be positive and finite, got steepness={steepness}")
