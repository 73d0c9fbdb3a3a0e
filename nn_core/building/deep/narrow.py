"""Narrow networks: one straight piece a layer with three units, and what one unit a layer cannot do."""

from collections.abc import Callable

import numpy as np

from nn_core.arrays import FloatArray, Numbers, require_increasing, require_ordered
from nn_core.networks.activations import IDENTITY, RELU
from nn_core.networks.network import Layer, Network
from nn_core.targets.curves import values_at


def carried(target: Callable[[FloatArray], FloatArray], knots: Numbers) -> Network:
    """The straight pieces of `interpolant`, one piece a layer: three units wide, N hidden layers deep.

    Each layer carries on u = x - x_0 and a sum, and makes the next hinge: from layer k to k + 1 goes

        u,  h_{k+1} = ReLU(u - (x_{k+1} - x_0)),  s_{k+1} = s_k + (m_k - m_{k-1}) h_k,  s_0 = M,

    where m_k is the slope on piece k, m_{-1} = 0, and M is so large that no s_k is negative on [x_0, x_N]: so
    the ReLU around it does nothing. The output adds f(x_0) - M. On [x_0, x_N] it is the interpolant, up to
    rounding.

    Args:
        target: maps an array of inputs, shape (n,), to its values, shape (n,).
        knots: x_0 .. x_N, at least 2, strictly increasing, in units of x.

    Returns:
        A network of N hidden layers of three units each: 12 N - 2 parameters.

    Raises:
        ValueError: if the knots do not increase, or the target's values have the wrong shape or are not
            finite.
    """
    knots = np.asarray(knots, dtype=np.float64)
    require_increasing("knots", knots)
    values = values_at(target, knots)
    turns = np.diff(np.diff(values) / np.diff(knots), prepend=0.0)
    places = knots[:-1] - knots[0]
    room = _lowest_sum(turns, places, knots[-1] - knots[0])
    first = Layer(np.array([[1.0, 1.0, 0.0]]), np.array([-knots[0], -knots[0], room]), RELU)
    inner = [
        Layer(np.array([[1.0, 1.0, 0.0], [0.0, 0.0, turn], [0.0, 0.0, 1.0]]), np.array([0.0, -at, 0.0]), RELU)
        for turn, at in zip(turns[:-1], places[1:], strict=True)
    ]
    last = Layer(np.array([[0.0], [turns[-1]], [1.0]]), np.array([values[0] - room]), IDENTITY)
    return Network((first, *inner, last))


def _lowest_sum(turns: FloatArray, places: FloatArray, length: float) -> float:
    """How far below 0 the sum of the first hinges gets on [0, length], whichever number of them is added.

    Such a sum is straight between the places and behind the last, so its least value is at one of them.
    """
    at = np.append(places, length)
    hinges = np.maximum(at[:, np.newaxis] - places, 0.0)
    return float(-np.minimum(np.cumsum(turns * hinges, axis=1), 0.0).min())


def clamp(left: float, right: float, low: float, high: float) -> Network:
    """One unit a layer, two layers deep: `low` up to `left`, `high` from `right` on, straight in between.

    h_1 = ReLU(x - l),  h_2 = ReLU((r - l) - h_1),  y = high + (low - high) / (r - l) h_2.

    Args:
        left: l, in units of x.
        right: r, greater than l.
        low: the value on the left, in units of the output; it may be the greater one.
        high: the value on the right.

    Returns:
        A network of 2 hidden layers of one unit each: 6 parameters.

    Raises:
        ValueError: if left is not less than right, or one is not finite.
    """
    require_ordered(left, right)
    one, width = np.ones((1, 1)), right - left
    return Network(
        (
            Layer(one, np.array([-left]), RELU),
            Layer(-one, np.array([width]), RELU),
            Layer(np.array([[(low - high) / width]]), np.array([high]), IDENTITY),
        )
    )


def largest_fall(values: FloatArray) -> tuple[int, int]:
    """Where a function falls most from one point to a later one: the indices of both, equal if nowhere.

    Args:
        values: from left to right, shape (n,), finite.
    """
    falls = np.maximum.accumulate(values) - values
    end = int(np.argmax(falls))
    return int(np.argmax(values[: end + 1])), end


def monotone_floor(values: FloatArray) -> float:
    """Nothing that only rises or only falls is nearer: half of the largest fall or rise, the smaller one.

    Where the values fall by F from p to q, a g that rises has g(p) <= g(q), so |g - f| is at least F / 2 at
    one of them. Likewise a g that falls is at least half of the largest rise away. A network whose hidden
    layers have one unit each, with activations that rise, only rises or only falls: each layer does.

    Args:
        values: f from left to right, shape (n,), finite.
    """
    (high, low), (bottom, top) = largest_fall(values), largest_fall(-values)
    return float(min(values[high] - values[low], values[top] - values[bottom])) / 2.0
