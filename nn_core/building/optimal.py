"""The best output weights of fixed units in the measures we report: mean absolute error and sup norm."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.networks.activations import IDENTITY, SIGMOID, Activation, sigmoid_inverse

# A direction of the weights counts as without effect below this share of the strongest one, and features
# of this size as zero.
NEW, VANISHING = 1e-10, 1e-100
# Interior points: at most so many steps, each at most this share of the way to the boundary, until the
# mean of the products of room and price is this small.
STEPS, SHARE, GAP = 60, 0.9995, 1e-14
# On the diagonal of a triangle what is smaller than this share of the largest is rounding.
TINY = 1e-16
# Behind a sigmoid: at most so many rounds, until one gains less than this share, or this error.
ROUNDS, GAIN, NOTHING = 40, 1e-7, 1e-10
# Where a logit is wanted of values at or beyond 0 and 1, they are held this far inside.
INSIDE = 1e-3


def least_mean_absolute(
    features: FloatArray, values: FloatArray, output: Activation = IDENTITY
) -> FloatArray:
    """The weights v with the least mean absolute error: mean_i |g(features_i . v) - y_i|.

    With g = IDENTITY it is a linear program, and v is its global optimum. With g = SIGMOID the
    error has many valleys: from the best of some natural starts, g is replaced by its
    tangent at v, that program is solved, and v goes there or, if that is not better, a part of
    the way, until nothing is gained. So it is no worse than any of the starts: v = 0, and the
    optima of the linear programs for the logits of y, in both measures.

    Args:
        features: what each unit gives at each point, shape (n, k), finite.
        values: y, shape (n,), finite.
        output: g, IDENTITY or SIGMOID.

    Returns:
        v, shape (k,). Where features depend on each other, one of the many that are best.

    Raises:
        ValueError: if the shapes do not fit, a number is not finite, or g is another activation.

    Source: S. Portnoy and R. Koenker, "The Gaussian hare and the Laplacian tortoise", Statistical
    Science 12 (1997), for the linear program and its solution by interior points.
    """
    features, values = _required(features, values, output)
    if output == IDENTITY:
        return _least_mean_absolute(features, values)
    weights = min(_starts(features, values), key=lambda start: _mean_absolute(features, values, start))
    for _ in range(ROUNDS):
        z = features @ weights
        slopes = output.derivative(z)[:, np.newaxis]
        direction = _least_mean_absolute(slopes * features, values - output(z))
        better = _along(features, values, weights, direction)
        if better is None:
            break
        weights = better
    return weights


def least_sup(
    features: FloatArray, values: FloatArray, output: Activation = IDENTITY, most: float = np.inf
) -> FloatArray:
    """The weights v with the least error in the sup norm: max_i |g(features_i . v) - y_i|.

    With g = IDENTITY it is a linear program. With g = SIGMOID an error of at most t means that
    g^-1(y_i - t) <= features_i . v <= g^-1(y_i + t) for all i, as g increases: whether there is such a
    v is a linear program again, and the least t is found by cutting the interval of those in
    question. So in both cases v is the global optimum; where that lies at infinity, nearly.

    Args:
        features: what each unit gives at each point, shape (n, k), finite.
        values: y, shape (n,), finite.
        output: g, IDENTITY or SIGMOID.
        most: behind a SIGMOID, the largest size that a weight may have; positive.

    Returns:
        v, shape (k,). Where features depend on each other, one of the many that are best.

    Raises:
        ValueError: as `least_mean_absolute` does.
    """
    features, values = _required(features, values, output)
    if output == IDENTITY:
        return _least_sup(features, values)
    starts = [np.clip(start, -most, most) for start in _starts(features, values)]
    weights = min(starts, key=lambda start: _sup(features, values, start))
    # No sigmoid leaves [0, 1].
    low = float(np.max(np.maximum(-values, values - 1.0), initial=0.0))
    high = _sup(features, values, weights)
    while high - low > max(GAIN * high, NOTHING):
        middle = high - 0.1 * (high - low)
        rows, limits = _limits(features, values, middle)
        if np.isfinite(most):
            one_each = np.eye(features.shape[1])
            rows = np.concatenate((rows, one_each, -one_each))
            limits = np.append(limits, np.full(2 * len(one_each), most))
        candidate = np.clip(_least_excess(rows, limits), -most, most)
        error = _sup(features, values, candidate)
        if error < high:
            weights, high = candidate, error
        if error > middle:
            low = middle
    return weights


def _required(features: FloatArray, values: FloatArray, output: Activation) -> tuple[FloatArray, FloatArray]:
    """Features and values as float64, or a ValueError that says what is wrong with them."""
    features, values = np.asarray(features, dtype=np.float64), np.asarray(values, dtype=np.float64)
    if features.ndim != 2 or values.shape != features.shape[:1] or not values.size:
        raise ValueError(
            "features must have shape (n, k) and values shape (n,), n at least 1, "
            f"got shapes {features.shape} and {values.shape}"
        )
    if not (np.isfinite(features).all() and np.isfinite(values).all()):
        raise ValueError("features and values must be finite, got NaN or an infinite number")
    if output not in (IDENTITY, SIGMOID):
        raise ValueError(f"the output must be the identity or the sigmoid, got {output}")
    return features, values


def _mean_absolute(features: FloatArray, values: FloatArray, weights: FloatArray) -> float:
    """The mean absolute error behind a sigmoid."""
    return float(np.mean(np.abs(SIGMOID(features @ weights) - values)))


def _sup(features: FloatArray, values: FloatArray, weights: FloatArray) -> float:
    """The error in the sup norm behind a sigmoid."""
    return float(np.max(np.abs(SIGMOID(features @ weights) - values)))


def _starts(features: FloatArray, values: FloatArray) -> list[FloatArray]:
    """Natural weights behind a sigmoid: none, and the optima of both linear programs for the logits."""
    inside = np.clip(values, INSIDE, 1.0 - INSIDE)
    logits, slopes = sigmoid_inverse(inside), inside * (1.0 - inside)
    return [
        np.zeros(features.shape[1]),
        _least_mean_absolute(slopes[:, np.newaxis] * features, slopes * logits),
        _least_sup(features, logits),
    ]


def _along(
    features: FloatArray, values: FloatArray, weights: FloatArray, direction: FloatArray
) -> FloatArray | None:
    """The first of weights + direction / 1, 2, 4, .. 1024 with a lower mean absolute error; None if none."""
    error = _mean_absolute(features, values, weights)
    for halvings in range(11):
        candidate: FloatArray = weights + direction / 2.0**halvings
        if _mean_absolute(features, values, candidate) < (1.0 - GAIN) * error:
            return candidate
    return None


def _limits(features: FloatArray, values: FloatArray, error: float) -> tuple[FloatArray, FloatArray]:
    """Rows and limits such that rows @ v <= limits says |sigmoid(features @ v) - y| <= error.

    Below 0 and above 1 a sigmoid needs no limit, so that there may be none at all.
    """
    above, below = values + error < 1.0, values - error > 0.0
    rows = np.concatenate((features[above], -features[below]))
    limits = (sigmoid_inverse(values[above] + error), -sigmoid_inverse(values[below] - error))
    return rows, np.concatenate(limits)


def _least_mean_absolute(features: FloatArray, values: FloatArray) -> FloatArray:
    """The v that minimises sum_i |features_i . v - y_i|.

    Its dual: minimise y . p with features^T p = features^T (1/2, .., 1/2) and 0 <= p <= 1.
    """
    basis, back = _orthonormal(features)
    return back @ _multipliers(basis.T, basis.sum(axis=0) / 2.0, values)


def _least_sup(features: FloatArray, values: FloatArray) -> FloatArray:
    """The v that minimises max_i |features_i . v - y_i|."""
    return _least_excess(np.concatenate((features, -features)), np.concatenate((values, -values)))


def _least_excess(rows: FloatArray, limits: FloatArray) -> FloatArray:
    """The v that minimises max_i (rows_i . v - limits_i), or makes it -max(1, max|limits|).

    Its dual: minimise limits . p with rows^T p = 0, sum p = 1 and p >= 0, so that p <= 1 too.
    """
    basis, back = _orthonormal(rows)
    size = max(1.0, np.abs(limits).max(initial=0.0))
    # The last column is the row 0 . v - size: it keeps the excess from falling for ever.
    columns = np.zeros((basis.shape[1] + 1, basis.shape[0] + 1))
    columns[:-1, :-1], columns[-1] = basis.T, 1.0
    totals = np.zeros(basis.shape[1] + 1)
    totals[-1] = 1.0
    return back @ _multipliers(columns, totals, np.append(limits, size))[:-1]


def _orthonormal(features: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Orthogonal columns that span the features, and the matrix that turns their weights into weights."""
    scales = np.abs(features).max(axis=0, initial=0.0)
    scales[scales < VANISHING] = 1.0
    left, sizes, right = np.linalg.svd(features / scales, full_matrices=False)
    kept = sizes > max(NEW * sizes.max(initial=0.0), VANISHING)
    root = np.sqrt(features.shape[0])
    return left[:, kept] * root, (right[kept].T * (root / sizes[kept])) / scales[:, np.newaxis]


def _multipliers(rows: FloatArray, totals: FloatArray, costs: FloatArray) -> FloatArray:
    """The multipliers w of the rows in: minimise costs . x with rows @ x = totals and 0 <= x <= 1.

    At the optimum costs - w @ rows = z - s, where z, s >= 0 and z x = s (1 - x) = 0. Each round is a step
    of Newton's method towards z x = s (1 - x) = m: first for m = 0, which tells how small an m
    is within reach, then for that one. Near the end rounding can lead away again, so the w of all rounds
    is returned for which the dual program's totals . w + sum of min(0, costs - w @ rows) is largest.

    Source: S. Mehrotra, "On the implementation of a primal-dual interior point method", SIAM
    Journal on Optimization 2 (1992).
    """
    size = float(np.abs(costs).max()) or 1.0
    costs, w = costs / size, np.zeros(totals.size)
    # Both bounds side by side: what room there is to each, (x, 1 - x), and its price, (z, s).
    room = np.full((2, costs.size), 0.5)
    prices = np.maximum((costs, -costs), 0.0) + 1.0
    best, highest = w, -np.inf
    for _ in range(STEPS):
        dual = float(totals @ w + np.minimum(costs - w @ rows, 0.0).sum())
        if dual > highest:
            best, highest = w, dual
        gap = np.mean(room * prices)
        if gap <= GAP:
            break
        lacks = totals - rows @ room[0], costs - w @ rows - prices[0] + prices[1]
        newton = _Newton(rows, lacks, room, prices)
        _, roomier, dearer = newton.changes(-room * prices)
        ahead = (room + _reach(room, roomier) * roomier) * (prices + _reach(prices, dearer) * dearer)
        aim = gap * (np.mean(ahead) / gap) ** 3
        wanted = aim - room * prices - roomier * dearer
        change, roomier, dearer = newton.changes(wanted)
        room = room + _reach(room, roomier) * roomier
        share = _reach(prices, dearer)
        w, prices = w + share * change, prices + share * dearer
    return size * best


@dataclass(frozen=True, eq=False)
class _Newton:
    """Newton's method at one place: what makes up, to first order, for what the equations lack there.

    room is (x, 1 - x), prices are (z, s); shapes (2, n). The matrix of the equations for the change of w,
    rows diag(give) rows^T, is factored once for all that is wanted at this place.
    """

    rows: FloatArray
    lacks: tuple[FloatArray, FloatArray]
    room: FloatArray
    prices: FloatArray

    @cached_property
    def give(self) -> FloatArray:
        """How much x gives way to a change of its price."""
        give: FloatArray = 1.0 / np.sum(self.prices / self.room, axis=0)
        return give

    @cached_property
    def triangle(self) -> FloatArray:
        """The R of the matrix R^T R: to factor it without multiplying it out keeps twice as many digits."""
        triangle = np.linalg.qr((self.rows * np.sqrt(self.give)).T, mode="r")
        diagonal = np.abs(np.diagonal(triangle))
        least = TINY * diagonal.max(initial=0.0)
        kept: FloatArray = triangle + np.diag(np.where(diagonal < least, least, 0.0))
        return kept

    def changes(self, wanted: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """The changes of w, room and prices where room * prices is to change by wanted.

        Those of w solve (rows diag(give) rows^T) dw = lacks_0 - rows (give * slant).
        """
        pull = wanted / self.room
        slant = pull[0] - pull[1] - self.lacks[1]
        lacking: FloatArray = self.lacks[0] - self.rows @ (self.give * slant)
        halfway = np.linalg.solve(self.triangle.T, lacking)
        change = np.linalg.solve(self.triangle, halfway)
        dx = self.give * (change @ self.rows + slant)
        droom: FloatArray = np.stack((dx, -dx))
        dprices: FloatArray = pull - self.prices / self.room * droom
        return change, droom, dprices


def _reach(numbers: FloatArray, changes: FloatArray) -> float:
    """How much of the changes, at most 1, keeps the positive numbers positive with some room to spare."""
    fall = float(np.max(-changes / numbers))
    return 1.0 if fall <= SHARE else SHARE / fall
