"""One straight line divides the plane in two, and we can find the line that divides labelled points best."""

from dataclasses import dataclass
from math import hypot, inf, isfinite, sqrt

import numpy as np

from nn_core.arrays import FloatArray, IntArray, Numbers

# In radians: critical directions this close are one direction, computed twice with rounding.
SAME_DIRECTION = 1e-12
# In units of the points' largest distance from their centre: projections this close are not divided.
SAME_PLACE = 1e-14
# The gap beyond the last point, in the same units: a line with all points on one side is in its middle.
OUTER_GAP = 0.2
# So near to the origin a place has no direction from it.
NOWHERE = 1e-9


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """The line w_1 x + w_2 y + b = 0, and how many labelled points it gets right.

    Attributes:
        weights: w, shape (2,), read-only, of length 1; it points to the side of class 1, where
            w_1 x + w_2 y + b > 0.
        bias: b, in units of the points: |b| is the line's distance from the origin.
        right: the number of points on the side of their own class.
        n: the number of points.
    """

    weights: FloatArray
    bias: float
    right: int
    n: int

    def __post_init__(self) -> None:
        """Keep a read-only copy of the weights."""
        weights = np.array(self.weights, dtype=np.float64)
        weights.flags.writeable = False
        object.__setattr__(self, "weights", weights)


def best_line(points: FloatArray, labels: Numbers | IntArray) -> Line:
    """A line that gets as many of the points right as any line can, found by trying all that differ.

    The order of the points along a direction u, which is the order of the projections u . p, changes
    only where u is perpendicular to the difference of two points. So one u inside
    each interval between neighbouring critical directions shows every order there is;
    and a line perpendicular to u can divide the points anywhere in that order, except
    between equal projections, with class 1 on either side, or on no side at all:

        right(u, k) = (zeros among the first k) + (ones among the others),  k = 1 .. n,

    and n - right(u, k) with the sides swapped. Of the best divisions the one with the widest
    gap is taken, and the line put in the middle of the gap. About n^2 / 2 directions
    and n^3 log n operations.

    Args:
        points: shape (n, 2), n at least 1, finite; they may coincide or be collinear. Points nearer to
            each other than about 1e-14 of the size of the whole set count as coincident.
        labels: shape (n,), the class of each point, 0 or 1.

    Returns:
        The line; with w of length 1 also where no line is better than a constant answer.

    Raises:
        ValueError: if the shapes are others, or a point is not finite, or a label not 0 or 1.
    """
    points, classes = _required_points(points, labels)
    # Not the mean: that of coincident points can differ from them by rounding.
    centre = points.min(axis=0) / 2.0 + points.max(axis=0) / 2.0
    scale = float(np.hypot(*(points - centre).T).max()) or 1.0
    scaled = (points - centre) / scale
    directions = _directions(scaled)
    row, threshold, side, right = _best_division(scaled, classes, directions)
    weights = side * directions[row]
    bias = -float(weights @ centre) - side * threshold * scale
    return Line(weights, bias, right, len(points))


def foot(weights: Numbers, bias: float) -> tuple[float, float] | None:
    """The point of the line w . p + b = 0 nearest to the origin: -b w / |w|^2, computed as -b/|w| w/|w|.

    Args:
        weights: w, two numbers.
        bias: b.

    Returns:
        Its x and y, or None where there is no line, w = 0, or the point is too far off for a float.

    Raises:
        ValueError: if weights are not two numbers.
    """
    horizontal, vertical = _required_pair(weights)
    length = hypot(horizontal, vertical)
    if length == 0.0:
        return None
    distance = -float(bias) / length
    # + 0.0 turns -0.0 into 0.0, which reads better.
    x, y = distance * (horizontal / length) + 0.0, distance * (vertical / length) + 0.0
    return (x, y) if isfinite(x) and isfinite(y) else None


def along(weights: FloatArray, bias: float, distance: float) -> tuple[float, float] | None:
    """The point of a line at a distance from its foot, to the left of its weights' vector; None for w = 0.

    Args:
        weights: w, shape (2,).
        bias: b.
        distance: in units of the plane; negative for a point to the right.

    Returns:
        foot + distance (-w_2, w_1) / |w|.
    """
    start = foot(weights, bias)
    if start is None:
        return None
    across, up = (np.asarray(weights) / hypot(*weights)).tolist()
    return start[0] - distance * up, start[1] + distance * across


def bias_through(weights: FloatArray, place: tuple[float, float]) -> float:
    """The bias with which the line of these weights goes through a place p: -w . p."""
    return -float(np.dot(weights, place))


def turned_through(weights: FloatArray, bias: float, place: tuple[float, float]) -> FloatArray | None:
    """The weights, of the same size, with which the line goes through a place, turned about the origin.

    With u = p / |p|, c = -b / (|w| |p|) and s = sqrt((1 - c) (1 + c)), these are
    |w| (c u_1 + s u_2, c u_2 - s u_1): for the unit vector n there n . p = -b / |w|, p to the left of it.
    Nearer to the origin than the line is, no such line goes through p: then the nearest one, c = 1 or -1.

    Args:
        weights: w, shape (2,).
        bias: b, which stays.
        place: p.

    Returns:
        Shape (2,); None where w is 0, or p is the origin up to 1e-9 or farther than there are numbers.
    """
    size, away = hypot(*weights), hypot(*place)
    if size == 0.0 or not NOWHERE <= away < inf:
        return None
    x, y = place[0] / away, place[1] / away
    cosine = max(-1.0, min(-bias / size / away, 1.0))
    sine = sqrt((1.0 - cosine) * (1.0 + cosine))
    return size * np.array([cosine * x + sine * y, cosine * y - sine * x])


def line_through_square(weights: Numbers, bias: float, half: float) -> tuple[FloatArray, FloatArray]:
    """The ends of the part of the line w . p + b = 0 inside the square [-half, half]^2.

    The points of the line are foot + t d with d = (-w_2, w_1) / |w|; each of |x| <= half and
    |y| <= half allows an interval of t, and the ends are those of the intervals' intersection.

    Args:
        weights: w, two numbers.
        bias: b.
        half: half the side of the square, in units of x, more than 0.

    Returns:
        x and y of the two ends, shapes (2,), the side w . p + b > 0 on the right when going from the first
        to the second; all NaN where the line misses the square or w = 0.

    Raises:
        ValueError: if half is not more than 0, or weights not two numbers.
    """
    if not half > 0.0:
        raise ValueError(f"half must be more than 0, got half={half}")
    nearest = foot(weights, bias)
    if nearest is None:
        return np.full(2, np.nan), np.full(2, np.nan)
    horizontal, vertical = _required_pair(weights)
    length = hypot(horizontal, vertical)
    along = (-vertical / length, horizontal / length)
    intervals = [_interval(start, speed, half) for start, speed in zip(nearest, along, strict=True)]
    first, last = max(low for low, _ in intervals), min(high for _, high in intervals)
    if first > last:
        return np.full(2, np.nan), np.full(2, np.nan)
    x, y = (
        np.array([max(-half, min(start + time * speed, half)) for time in (first, last)])
        for start, speed in zip(nearest, along, strict=True)
    )
    return x, y


def _required_points(points: FloatArray, labels: Numbers | IntArray) -> tuple[FloatArray, FloatArray]:
    """Points and labels as float64 arrays, or a ValueError that names what is wrong with them."""
    points = np.asarray(points, dtype=np.float64)
    classes = np.asarray(labels, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != 2 or len(points) < 1 or classes.shape != points.shape[:1]:
        raise ValueError(
            "points must have shape (n, 2) and labels shape (n,), n at least 1, "
            f"got points of shape {points.shape} and labels of shape {classes.shape}"
        )
    if not np.isfinite(points).all():
        raise ValueError(f"points must be finite, got {points[~np.isfinite(points).all(axis=1)][0]}")
    strangers = classes[(classes != 0.0) & (classes != 1.0)]
    if strangers.size:
        raise ValueError(f"labels must be 0 or 1, got {strangers[0]}")
    return points, classes


def _required_pair(weights: Numbers) -> tuple[float, float]:
    """The two weights as floats, or a ValueError unless there are two."""
    pair = np.asarray(weights, dtype=np.float64)
    if pair.shape != (2,):
        raise ValueError(f"a line in the plane must have two weights, got shape {pair.shape}")
    return float(pair[0]), float(pair[1])


def _directions(points: FloatArray) -> FloatArray:
    """One vector of length 1 inside each interval between neighbouring critical directions, in rows."""
    first, second = np.triu_indices(len(points), k=1)
    differences = points[second] - points[first]
    differences = differences[np.abs(differences).max(axis=1, initial=0.0) > SAME_PLACE]
    if not len(differences):
        return np.array([[1.0, 0.0]])
    perpendicular = np.arctan2(differences[:, 0], -differences[:, 1])
    critical = np.sort(perpendicular % np.pi)
    widths = np.diff(critical, append=critical[0] + np.pi)
    wide = widths > SAME_DIRECTION
    inside = critical[wide] + widths[wide] / 2.0
    return np.stack((np.cos(inside), np.sin(inside)), axis=1)


def _best_division(
    points: FloatArray, labels: FloatArray, directions: FloatArray
) -> tuple[int, float, float, int]:
    """The row of the best direction, where to cut along it, the side of class 1 (1 or -1), how many right."""
    # (m, 1) * (1, n) -> (m, n) entry by entry, so that coincident points have equal projections.
    projections = directions[:, :1] * points[:, 0] + directions[:, 1:] * points[:, 1]
    order = np.argsort(projections, axis=1)
    places = np.take_along_axis(projections, order, axis=1)
    places = np.hstack((places, places[:, -1:] + OUTER_GAP))
    gaps = np.diff(places, axis=1)
    right = labels.sum() + np.cumsum(1.0 - 2.0 * labels[order], axis=1)
    better = np.where(gaps > SAME_PLACE, np.maximum(right, len(points) - right), -1.0)
    best = better.max()
    row, cut = np.unravel_index(np.where(better == best, gaps, -1.0).argmax(), gaps.shape)
    side = 1.0 if right[row, cut] == best else -1.0
    return int(row), float(places[row, cut : cut + 2].mean()), side, int(best)


def _interval(start: float, speed: float, half: float) -> tuple[float, float]:
    """The first and last t with |start + t speed| <= half; first > last if there is none."""
    if speed == 0.0:
        return (-np.inf, np.inf) if abs(start) <= half else (np.inf, -np.inf)
    ends = ((-half - start) / speed, (half - start) / speed)
    return min(ends), max(ends)
