"""Deep networks by formula, and what one hidden layer can do against them."""

from collections.abc import Callable, Sequence
from math import prod

import numpy as np

from nn_core.arrays import FloatArray, Numbers, require_increasing, require_ordered
from nn_core.grids import column
from nn_core.networks.activations import IDENTITY, RELU, SQUARE
from nn_core.networks.network import Layer, Network, forward
from nn_core.targets.curves import values_at

# A tent from two hinges: 2 ReLU(x) - 4 ReLU(x - 1/2) is 2x up to 1/2, and 2 - 2x from there on.
TENT = np.array([[2.0], [-4.0]])
HALVES = np.array([0.0, -0.5])


def tents(times: int) -> Network:
    """The tent, composed k times: T_k = t o .. o t with t(x) = 2 ReLU(x) - 4 ReLU(x - 1/2).

    On [0, 1] it goes up and down between 0 and 1 in 2^k straight pieces, and is 0 and 1 in turn at the
    2^k + 1 places j / 2^k. On dyadic numbers, such as those, no digit is rounded.

    Args:
        times: k, at least 1.

    Returns:
        A network of k hidden layers of two units each: 2k units and 6k + 1 parameters.

    Raises:
        ValueError: if k is less than 1.

    Source: M. Telgarsky, "Benefits of depth in neural networks", COLT 2016.
    """
    _require_times(times)
    first = Layer(np.ones((1, 2)), HALVES, RELU)
    inner = Layer(np.repeat(TENT, 2, axis=1), HALVES, RELU)
    return Network((first, *[inner] * (times - 1), Layer(TENT, np.zeros(1), IDENTITY)))


def zigzag(times: int, units: int) -> Network:
    """One hidden layer of N ReLUs that follows `tents` as well as any can: c + sum_j v_j ReLU(s_j - x).

    From N = 2^k on it is T_k itself on [0, 1]. With fewer it is 1/2 at first, seen from x = 1, and from
    s_1 = (N - 1/2) / 2^k down to 0 it is T_k, turning at (N - 1) / 2^k, .., 1 / 2^k. So it is nowhere farther
    than 1/2 away, and up to N = 2^k - 2 no network of one hidden layer is nearer: see `needed`.

    Args:
        times: k, at least 1.
        units: N, at least 1; more than 2^k are not used.

    Returns:
        A network of one hidden layer with min(N, 2^k) units.

    Raises:
        ValueError: if k or N is less than 1.
    """
    _require_times(times)
    if units < 1:
        raise ValueError(f"units must be at least 1, got units={units}")
    pieces = 2**times
    count = min(units, pieces)
    whole = count == pieces
    knots = np.arange(count, 0.0, -1.0) / pieces
    if not whole:
        knots[0] -= 0.5 / pieces
    # Seen from the right, piece N - 1 falls where N is odd; each turn changes the slope by twice its size.
    up = 1.0 if count % 2 == 0 else -1.0
    slopes = pieces * np.where(np.arange(count) % 2 == 0, up, -up)
    slopes[1:] *= 2.0
    hidden = Layer(-np.ones((1, count)), knots, RELU)
    return Network((hidden, Layer(slopes[:, np.newaxis], np.array([0.0 if whole else 0.5]), IDENTITY)))


def needed(times: int) -> int:
    """With fewer units in one hidden layer the largest distance from `tents` is at least 1/2: N < 2^k - 1.

    A continuous function nearer than 1/2 to T_k everywhere is below 1/2 where T_k is 0, and above where it is
    1. So between those 2^k + 1 places it crosses 1/2 at least 2^k times. A straight piece crosses it once at
    most, and N ReLUs in one layer have N + 1 pieces at most.

    Args:
        times: k.

    Returns:
        2^k - 1.
    """
    return int(2**times) - 1


def crossings(values: FloatArray, level: float) -> int:
    """How often a function passes from below a level to above it, or back; to touch it is not to cross it.

    Args:
        values: of the function from left to right, shape (n,); at the ends of its straight pieces if it
            has such, so that the count is exact.
        level: in units of the values.

    Returns:
        The number of changes of sign of values - level, values at the level left out.
    """
    sides = np.sign(values - level)
    sides = sides[sides != 0.0]
    return int(np.count_nonzero(np.diff(sides)))


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


def squarings(times: int) -> Network:
    """2 z^2 - 1, repeated L times: one unit a layer, whose activation is the square.

    On [-1, 1] it is cos(2^L arccos x), Chebyshev's polynomial of degree 2^L, as cos 2a = 2 cos^2 a - 1.

    Args:
        times: L, at least 1.

    Returns:
        A network of L hidden layers of one unit each: 2 L + 2 parameters.

    Raises:
        ValueError: if L is less than 1.

    Source: for polynomial activations in deep, narrow networks P. Kidger and T. Lyons, "Universal
    approximation with deep narrow networks", COLT 2020.
    """
    _require_times(times)
    one, double, less = np.ones((1, 1)), np.full((1, 1), 2.0), np.array([-1.0])
    first, inner = Layer(one, np.zeros(1), SQUARE), Layer(double, less, SQUARE)
    return Network((first, *[inner] * (times - 1), Layer(double, less, IDENTITY)))


def folds(times: int) -> Network:
    """(x, y) -> (1 - 2|x|, 1 - 2|y|), repeated L times: a sheet folded along both axes, and stretched.

    |x| = ReLU(x) + ReLU(-x), so each fold takes four units. On [-1, 1]^2 the sheet is folded into 4^L equal
    squares that come to lie on each other.

    Args:
        times: L, at least 1.

    Returns:
        A network of 2 inputs, L hidden layers of four units each, and 2 outputs.

    Raises:
        ValueError: if L is less than 1.

    Source: G. Montúfar, R. Pascanu, K. Cho and Y. Bengio, "On the number of linear regions of deep neural
    networks", NIPS 2014.
    """
    _require_times(times)
    apart = np.array([[1.0, -1.0, 0.0, 0.0], [0.0, 0.0, 1.0, -1.0]])
    folded = np.array([[-2.0, 0.0], [-2.0, 0.0], [0.0, -2.0], [0.0, -2.0]])
    first = Layer(apart, np.zeros(4), RELU)
    inner = Layer(folded @ apart, np.ones(2) @ apart, RELU)
    return Network((first, *[inner] * (times - 1), Layer(folded, np.ones(2), IDENTITY)))


def unfolded(points: FloatArray, times: int) -> FloatArray:
    """All places that `folds` takes to these: x = -(1 - u) / 2 or (1 - u) / 2, and so for y, L times over.

    Args:
        points: (u, v) on the folded sheet, shape (n, 2), within [-1, 1].
        times: L, at least 0.

    Returns:
        Shape (4^L, n, 2): in every image of the sheet the points in their order. At a crease images meet.
    """
    signs = np.array([[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]])
    images: FloatArray = np.asarray(points, dtype=np.float64)[np.newaxis]
    for _ in range(times):
        images = (signs[:, np.newaxis, np.newaxis] * (1.0 - images) / 2.0).reshape(-1, *images.shape[1:])
    return images


def most_parts(units: int) -> int:
    """The most parts into which n lines cut the plane: 1 + n + n (n - 1) / 2.

    So one hidden layer of n ReLUs has at most so many linear regions over two inputs.

    Args:
        units: n, at least 0.

    Source: T. Zaslavsky, "Facing up to arrangements", Memoirs of the AMS 154 (1975).
    """
    return 1 + units + units * (units - 1) // 2


def parts(network: Network, x: FloatArray) -> int:
    """In how many different ways the hidden ReLUs of a network are on or off at the given places.

    Each way is one linear region, if the network has at most one region a way, as the folds do.

    Args:
        network: its hidden layers all of ReLUs.
        x: shape (n, n_in), none of it at a kink.
    """
    on = np.hstack([z > 0.0 for z in forward(network, x).pre_activations[:-1]])
    return len(np.unique(np.packbits(on, axis=1), axis=0))


def kinks(network: Network, domain: tuple[float, float]) -> FloatArray:
    """The ends of the straight pieces of a network of ReLUs on an interval, both ends of it included.

    Layer by layer: between two ends found so far each pre-activation is straight, so where it has opposite
    signs at both it is 0 at z_0 / (z_0 - z_1) of the way, and there its unit turns on or off. What only
    touches 0 at an end counts there already.

    Args:
        network: one input, its hidden layers all of ReLUs.
        domain: the ends of the interval, in units of x.

    Returns:
        Shape (pieces + 1,), increasing. A unit that no later layer hears makes a piece, too.
    """
    ends = np.array(domain, dtype=np.float64)
    for layer in range(network.depth):
        z = forward(network, column(ends)).pre_activations[layer]
        before, after = z[:-1], z[1:]
        cell, unit = np.nonzero(before * after < 0.0)
        share = before[cell, unit] / (before[cell, unit] - after[cell, unit])
        ends = np.unique(np.append(ends, ends[cell] + share * (ends[cell + 1] - ends[cell])))
    return ends


def most_pieces(widths: Sequence[int]) -> int:
    """The most straight pieces that a network of one input and so many ReLUs a layer can have.

    (n_1 + 1) (n_2 + 1) .. (n_L + 1): on each piece so far, where all is straight, a layer of n units adds at
    most n ends.

    Args:
        widths: n_1 .. n_L, the number of units of each hidden layer.
    """
    return prod(width + 1 for width in widths)


def _require_times(times: int) -> None:
    if times < 1:
        raise ValueError(f"times must be at least 1, got times={times}")
