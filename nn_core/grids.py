"""A grid is the finite set of inputs at which we look at a function."""

from collections.abc import Sequence
from math import isfinite

import numpy as np

from nn_core.activations import FloatArray

# Beside an edge, relative to the size of the domain: far above the rounding of -b/w and of
# w x + b (about 1e-16), far below what a plot in float32 can show (about 1e-7).
BESIDE = 1e-9


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
