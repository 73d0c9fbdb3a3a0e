"""The convex hull: the smallest polygon without dents that holds all points of a set."""

from __future__ import annotations

import numpy as np

from nn_core.arrays import FloatArray


def hull(points: FloatArray) -> FloatArray:
    """The corners of the convex hull, counterclockwise, each once; points on an edge are no corners.

    The lower and the upper chain of the points sorted by x (Andrew 1979).

    Args:
        points: shape (n, 2), finite; at least one.

    Returns:
        Shape (corners, 2): one corner where all points are the same, two where they lie on a line.

    Raises:
        ValueError: if the shape is another, or a number is not finite.
    """
    if np.ndim(points) != 2 or np.shape(points)[1] != 2 or len(points) == 0 or not np.isfinite(points).all():
        raise ValueError(f"points must be finite, of shape (n, 2), n at least 1, got {np.shape(points)}")
    places = np.unique(points, axis=0)
    if len(places) == 1:
        return places
    return np.array([*_chain(places)[:-1], *_chain(places[::-1])[:-1]])


def _chain(places: FloatArray) -> list[FloatArray]:
    """The corners on one side, from the first place to the last, with left turns only."""
    found: list[FloatArray] = []
    for place in places:
        while len(found) > 1 and _turn(found[-2], found[-1], place) <= 0.0:
            found.pop()
        found.append(place)
    return found


def _turn(first: FloatArray, second: FloatArray, third: FloatArray) -> float:
    """Twice the signed area of a triangle: above 0 where one turns left at the second."""
    (ax, ay), (bx, by) = second - first, third - second
    return float(ax * by - ay * bx)
