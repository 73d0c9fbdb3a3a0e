"""A grid is the finite set of inputs at which we look at a function."""

from collections.abc import Callable, Sequence
from math import ceil, isfinite, log2

import numpy as np

from nn_core.arrays import FloatArray

# Beside an edge, relative to the size of the domain: far above the rounding of -b/w and of
# w x + b (about 1e-16), far below what a plot in float32 can show (about 1e-7).
BESIDE = 1e-9
# Of a function's range, a jump that counts; of its size, what is rounding.
JUMP, ROUNDING = 5e-7, 1.4e-14
TURN = np.linspace(-5.6, 5.6, 17)


def line(domain: tuple[float, float], n: int) -> FloatArray:
    """A grid of evenly spaced points on an interval, both ends included.

    x_i = l + (r - l) i / (n - 1)  for i = 0 .. n-1, and the last is exactly r.

    Args:
        domain: the ends l and r, in units of x.
        n: the number of points, at least 2.

    Returns:
        Shape (n,), increasing.

    Raises:
        ValueError: if l is not less than r, an end is not finite, or n is less than 2.
    """
    left, right = domain
    if not (left < right and isfinite(right - left)):
        raise ValueError(f"left must be less than right and both finite, got left={left} and right={right}")
    if n < 2:
        raise ValueError(f"a grid must have at least 2 points, got n={n}")
    return np.linspace(left, right, n)


def line_with_edges(domain: tuple[float, float], n: int, edges: Sequence[float | None]) -> FloatArray:
    """The grid of `line` and, for each edge, a point just left and one just right of it.

    Between the two a step unit switches whatever the sign of its weight, although they are one
    and the same place on the screen: so a jump is drawn as a vertical line. They are
    edge - d and edge + d with d = 1e-9 max(|l|, |r|).

    Args:
        domain: the ends l and r, in units of x.
        n: the number of evenly spaced points, at least 2.
        edges: inputs where the function may jump, such as knots, in any order. For one that is
            None, not finite, or not inside the domain (by more than d), the last point r
            is repeated twice instead, so that the number of points never changes.

    Returns:
        Shape (n + 2 len(edges),), sorted.

    Raises:
        ValueError: as `line` does.
    """
    left, right = domain
    evenly = line(domain, n)
    beside = BESIDE * max(abs(left), abs(right))
    points: list[float] = []
    for edge in edges:
        # A comparison with NaN is false, so NaN goes the way of None.
        if edge is not None and left + beside < edge < right - beside:
            points += (edge - beside, edge + beside)
        else:
            points += (right, right)
    return np.sort(np.concatenate((evenly, points)))


def column(x: FloatArray) -> FloatArray:
    """The points of a line as the samples of a network with one input: one row each.

    Args:
        x: shape (n,).

    Returns:
        Shape (n, 1), a view of x.

    Raises:
        ValueError: if x is not 1-D.
    """
    if np.ndim(x) != 1:
        raise ValueError(f"x must have shape (n,), got shape {np.shape(x)}")
    return np.asarray(x, dtype=np.float64)[:, np.newaxis]


def line_with_jumps(
    domain: tuple[float, float], n: int, function: Callable[[FloatArray], FloatArray]
) -> FloatArray:
    """A grid of evenly spaced points, and a point on either side of every jump of a function.

    In each cell of `line(domain, n)` the half in which the function changes most is kept, until it is 1e-9
    of the domain; what is left there of at least 5e-7 of the function's range is a jump, unless six more
    halvings make it smaller, as a slope, or it is more than twice as high as the even points, as beside a
    pole. So no continuous curve passes between two points of the grid and hides how far it is from the jump.

    Args:
        domain: the ends, in units of x.
        n: the number of evenly spaced points, at least 2.
        function: from an array of inputs, shape (m,), to its values; not finite where it has none.

    Returns:
        Shape (n + at most 2 for each jump,), strictly increasing; at most one jump a cell is found.

    Raises:
        ValueError: as `line` does.
    """
    x = line(domain, n)
    left, right = x[:-1], x[1:]
    with np.errstate(all="ignore"):
        values = function(x)
        low, high = values[:-1], values[1:]
        finite = values[np.isfinite(values)]
        highest = 2.0 * np.max(np.abs(finite), initial=0.0)
        least = max(np.ptp(finite) * JUMP if finite.size else 0.0, highest * ROUNDING)
        for _ in range(ceil(log2(1.0 / (n - 1) / BESIDE))):
            left, right, low, high = _steeper_halves(function, left, right, low, high)
        jumps = (np.abs(high - low) > least) & (np.abs(low) <= highest) & (np.abs(high) <= highest)
        left, right, low, high = left[jumps], right[jumps], low[jumps], high[jumps]
        inner = left, right, low, high
        for _ in range(6):
            inner = _steeper_halves(function, *inner)
        stays = np.abs(inner[3] - inner[2]) > 0.9 * np.abs(high - low)
    return np.unique(np.concatenate((x, left[stays], right[stays])))


def _steeper_halves(
    function: Callable[[FloatArray], FloatArray],
    left: FloatArray,
    right: FloatArray,
    low: FloatArray,
    high: FloatArray,
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """The ends, and the values there, of that half of each cell in which the function changes more."""
    middle = (left + right) / 2.0
    value = function(middle)
    first = np.abs(value - low) > np.abs(high - value)
    ends = np.where(first, left, middle), np.where(first, middle, right)
    return *ends, np.where(first, low, value), np.where(first, value, high)


def around_knots(domain: tuple[float, float], weights: FloatArray, biases: FloatArray) -> FloatArray:
    """For each unit a grid that is fine where an S, a bell or a hinge turns, and holds both ends.

    l, then s_j + t_i / |w_j| held within [l, r], s_j = -b_j / w_j, with 17 even t_i from -5.6 to 5.6, then r.
    Beyond |t| = 5.6 a sigmoid is within 0.4 % of straight.

    Args:
        domain: the ends l and r, in units of x.
        weights: w_j, shape (n_units,), none of them 0.
        biases: b_j, shape (n_units,).

    Returns:
        Shape (n_units, 19), each row increasing, not strictly.
    """
    knots = -biases / weights
    inner = np.clip(knots[:, np.newaxis] + TURN / np.abs(weights)[:, np.newaxis], *domain)
    ends = np.broadcast_to(np.array(domain), (len(knots), 2))
    return np.hstack([ends[:, :1], inner, ends[:, 1:]])


def plane(domain: tuple[tuple[float, float], tuple[float, float]], n: int) -> FloatArray:
    """An even grid of n times n points on a rectangle, sides included, as the samples of a network.

    Row i n + j is (x_j, y_i), i and j = 0 .. n-1, so `values.reshape(n, n)[i, j]` is at x_j and y_i.

    Args:
        domain: the ends of x, then those of y, each in its own units.
        n: the number of points along each side, at least 2.

    Returns:
        Shape (n^2, 2), x running fastest.

    Raises:
        ValueError: as `line` does.
    """
    x_domain, y_domain = domain
    return lattice(line(x_domain, n), line(y_domain, n))


def lattice(x: FloatArray, y: FloatArray) -> FloatArray:
    """Every x with every y, as the samples of a network with two inputs: row i n_x + j is (x_j, y_i).

    Args:
        x: shape (n_x,).
        y: shape (n_y,).

    Returns:
        Shape (n_x n_y, 2), x running fastest.
    """
    return np.column_stack((np.tile(x, len(y)), np.repeat(y, len(x))))


def evenly(count: int, most: int) -> list[int]:
    """The indices below `count`, or `most` of them evenly chosen, the first and the last included."""
    if count <= most:
        return [*range(count)]
    return [round(index * (count - 1) / (most - 1)) for index in range(most)]
