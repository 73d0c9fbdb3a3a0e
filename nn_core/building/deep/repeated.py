"""One formula, repeated in every layer: tents in tents, squares of squares, and one layer beside them."""

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.networks.activations import IDENTITY, RELU, SQUARE
from nn_core.networks.network import Layer, Network

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
    require_times(times)
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
    require_times(times)
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
    require_times(times)
    one, double, less = np.ones((1, 1)), np.full((1, 1), 2.0), np.array([-1.0])
    first, inner = Layer(one, np.zeros(1), SQUARE), Layer(double, less, SQUARE)
    return Network((first, *[inner] * (times - 1), Layer(double, less, IDENTITY)))


def chebyshev(x: FloatArray, times: int) -> FloatArray:
    """Chebyshev's polynomial of degree 2^L, cos(2^L arccos x): 2 z^2 - 1 repeated in whole numbers.

    A number of a computer is p / q. From z = p / q comes (2 p^2 - q^2) / q^2, without any rounding; only the
    last value is rounded, once, to the nearest number of 16 digits.

    Args:
        x: shape (n,), finite.
        times: L, at least 1.

    Returns:
        Shape (n,).

    Raises:
        ValueError: if L is less than 1.
    """
    require_times(times)
    ratios = [each.as_integer_ratio() for each in x.tolist()]
    return np.array([_doubled(numerator, denominator, times) for numerator, denominator in ratios])


def _doubled(numerator: int, denominator: int, times: int) -> float:
    for _ in range(times):
        square = denominator * denominator
        numerator, denominator = 2 * numerator * numerator - square, square
    return numerator / denominator


def rounding_of(times: int) -> float:
    """What rounding can put between `squarings` and `chebyshev` on [-1, 1] at most: 4^L u, u = 2^-53.

    A layer squares, doubles and takes 1 away: it rounds twice, by 2 u and by u at most, as |z| is at most 1.
    And what z was off already becomes 4 |z| times as much. So after L layers it is e_L <= 4 e_(L-1) + 3 u at
    most, which is (4^L - 1) u, up to terms in u^2; u / 2 is from rounding the polynomial's own value.

    Args:
        times: L.
    """
    return float(4.0**times * 2.0**-53)


def require_times(times: int) -> None:
    """Raise a ValueError unless something is done at least once."""
    if times < 1:
        raise ValueError(f"times must be at least 1, got times={times}")
