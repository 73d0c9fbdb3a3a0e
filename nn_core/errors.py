"""How far a network is from its target, in the measures we report."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nn_core.arrays import FloatArray


def sup_norm_error(
    network_values: FloatArray, target_values: FloatArray, x: FloatArray
) -> tuple[float, float]:
    """The sup-norm error on the grid, and where it is attained.

    error = max_i |N(x_i) - f(x_i)|. Between grid points the true difference may be larger.

    Args:
        network_values: N(x_i), shape (n,).
        target_values: f(x_i), shape (n,).
        x: the grid, shape (n,).

    Returns:
        The error, in units of the output, and the first x_i of the grid where it is attained.

    Raises:
        ValueError: if the three are not 1-D and equally long (their shapes are named), there is no
            point, or a difference is NaN.
    """
    distances = _distances(network_values, target_values)
    if np.shape(x) != distances.shape:
        raise ValueError(f"x must have the shape of the values, {distances.shape}, got shape {np.shape(x)}")
    worst = int(np.argmax(distances))
    return float(distances[worst]), float(x[worst])


def root_mean_square_error(network_values: FloatArray, target_values: FloatArray) -> float:
    """The root-mean-square error on the grid: sqrt(mean_i (N(x_i) - f(x_i))^2).

    On an even grid of [0, 1] it approximates the L2 norm of N - f. Args and Raises are those of
    `sup_norm_error`, without the grid.
    """
    return _root_mean_square(_distances(network_values, target_values))


def mean_absolute_error(network_values: FloatArray, target_values: FloatArray) -> float:
    """The mean absolute error on the grid: mean_i |N(x_i) - f(x_i)|.

    On an even grid of [0, 1] it approximates the L1 norm of N - f. Args and Raises are those of
    `sup_norm_error`, without the grid.
    """
    return _mean(_distances(network_values, target_values))


def on_their_side(scores: FloatArray, labels: NDArray[np.float64 | np.int64]) -> NDArray[np.bool_]:
    """Which samples are right: score > 0 and label 1, or score < 0 and label 0.

    A score of exactly 0, or NaN, takes no side: it is wrong for either label.

    Args:
        scores: logits, shape (n,).
        labels: 0 or 1, shape (n,).

    Returns:
        Shape (n,).

    Raises:
        ValueError: if the two are not 1-D and equally long (their shapes are named), or there is no sample.
    """
    scores, labels = np.asarray(scores), np.asarray(labels)
    if scores.ndim != 1 or scores.shape != labels.shape or scores.size == 0:
        raise ValueError(
            "scores and labels must both have shape (n,) with n at least 1, "
            f"got shapes {scores.shape} and {labels.shape}"
        )
    return np.where(labels == 1, scores > 0.0, scores < 0.0)


def accuracy(scores: FloatArray, labels: NDArray[np.float64 | np.int64]) -> float:
    """The accuracy of a classifier: the share of samples that are `on_their_side`, from 0 to 1.

    Args and Raises are those of `on_their_side`.
    """
    return float(np.mean(on_their_side(scores, labels)))


class Worst(NamedTuple):
    """The point where a network is farthest from its target, and both values there."""

    x: float
    target: float
    network: float


@dataclass(frozen=True, eq=False)
class Comparison:
    """A network beside its target on a grid, and how far they are apart there.

    Attributes:
        x: the grid, shape (n,).
        target: f(x_i), shape (n,), NaN where the target has no value.
        network: N(x_i), shape (n,).
        counted: which points count for the errors, shape (n,).
        sup_norm: the sup-norm error over the points that count, in units of the output.
        worst: the first point where it is attained; off the grid if it was looked for there, too.
    """

    x: FloatArray
    target: FloatArray
    network: FloatArray
    counted: NDArray[np.bool_]
    sup_norm: float
    worst: Worst

    @property
    def where(self) -> float:
        """The x where the sup-norm error is attained."""
        return self.worst.x

    @cached_property
    def distances(self) -> FloatArray:
        """|N(x_i) - f(x_i)| at every point, NaN where the target has no value."""
        with np.errstate(over="ignore"):
            distances: FloatArray = np.abs(self.network - self.target)
        return distances

    @cached_property
    def counted_distances(self) -> FloatArray:
        """The same at the points that count, where it is a number."""
        return self.distances[self.counted]

    @cached_property
    def root_mean_square(self) -> float:
        """The root-mean-square error over the points that count."""
        return _root_mean_square(self.counted_distances)

    @cached_property
    def mean_absolute(self) -> float:
        """The mean absolute error over the points that count."""
        return _mean(self.counted_distances)


def compare(
    network_values: FloatArray,
    target_values: FloatArray,
    x: FloatArray,
    domain: tuple[float, float] | None = None,
) -> Comparison:
    """A network beside its target, their errors taken where the target has a value within the domain.

    Args:
        network_values: N(x_i), shape (n,).
        target_values: f(x_i), shape (n,), NaN where there is none.
        x: the grid, shape (n,).
        domain: the ends of the interval that counts, in units of x; all of the grid if None.

    Returns:
        Both, and their distance.

    Raises:
        ValueError: as `sup_norm_error` does, also where no point counts.
    """
    counted = np.isfinite(target_values)
    if domain is not None:
        counted = counted & (domain[0] <= x) & (x <= domain[1])
    places = np.flatnonzero(counted)
    error, where = sup_norm_error(network_values[places], target_values[places], x[places])
    at = int(places[np.searchsorted(x[places], where)])
    worst = Worst(where, float(target_values[at]), float(network_values[at]))
    return Comparison(x, target_values, network_values, counted, error, worst)


def _root_mean_square(distances: FloatArray) -> float:
    with np.errstate(over="ignore"):
        return float(np.sqrt(np.mean(distances**2)))


def _mean(distances: FloatArray) -> float:
    with np.errstate(over="ignore"):
        return float(np.mean(distances))


def _distances(network_values: FloatArray, target_values: FloatArray) -> FloatArray:
    """The distances |N(x_i) - f(x_i)|, shape (n,), after checking that they make sense."""
    if np.ndim(network_values) != 1 or np.shape(network_values) != np.shape(target_values):
        raise ValueError(
            "network values and target values must both have shape (n,), "
            f"got shapes {np.shape(network_values)} and {np.shape(target_values)}"
        )
    if len(network_values) == 0:
        raise ValueError("an error needs at least one point, got shape (0,)")
    with np.errstate(over="ignore", invalid="ignore"):
        distances: FloatArray = np.abs(np.subtract(network_values, target_values))
    if np.isnan(distances).any():
        raise ValueError("an error needs numbers, got NaN in the values or in their difference")
    return distances
