"""Labelled points in the plane, two classes of them, for a network to tell apart."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, pi
from typing import TypeAlias

import numpy as np

from nn_core.arrays import FloatArray, IntArray

# Without noise the points fill the square of this half side, and noise takes no coordinate beyond the edge.
REACH, EDGE = 0.9, 1.2
# The triangles of "linear" are shrunk to this share, which opens a gap along the diagonal.
SHRUNK = 0.85
# Half the width of the cross that "XOR" leaves free.
MARGIN = 0.15
DISC_RADIUS, RING_RADIUS = 0.4, 0.6
MOON_RADIUS, MOON_CENTRE = 0.6, (-0.3, -0.15)
SPIRAL_START, SPIRAL_TURNS = 0.12, 1.5
# A blob ends at three times its spread.
BLOB_CENTRE, BLOB_SPREAD, BLOB_RADIUS = (-0.45, 0.45), 0.15, 0.45


@dataclass(frozen=True, eq=False, slots=True)
class Dataset:
    """Points in the plane, each of class 0 or of class 1.

    The arrays are copied and made read-only, so that a dataset is a value.

    Attributes:
        points: shape (n, 2), one row a point; n may be 0.
        labels: shape (n,), the class of each point, 0 or 1.

    Raises:
        ValueError: if the shapes do not fit, a coordinate is not finite, or a label is neither 0 nor 1.
    """

    points: FloatArray
    labels: IntArray

    def __post_init__(self) -> None:
        """Check the points and the labels, and keep read-only copies."""
        for name, numbers in zip(("points", "labels"), checked(self.points, self.labels, 2), strict=True):
            object.__setattr__(self, name, numbers)

    def __reduce__(self) -> tuple[type["Dataset"], tuple[FloatArray, IntArray]]:
        """Pickle and copy by building anew: NumPy alone would bring back writeable arrays."""
        return Dataset, (self.points, self.labels)

    @property
    def n(self) -> int:
        """The number of points."""
        return int(self.labels.size)

    @property
    def targets(self) -> FloatArray:
        """The labels as a network's outputs should be, 0.0 or 1.0, shape (n, 1)."""
        return self.labels.astype(np.float64)[:, np.newaxis]

    @property
    def counts(self) -> tuple[int, int]:
        """The number of points of class 0, and that of class 1."""
        ones = int(self.labels.sum())
        return self.n - ones, ones


def checked(points: FloatArray, labels: IntArray, classes: int) -> tuple[FloatArray, IntArray]:
    """Read-only copies of labelled points.

    Args:
        points: shape (n, 2).
        labels: shape (n,), the class of each point.
        classes: how many there are: 0, 1, .., classes - 1.

    Raises:
        ValueError: if the shapes do not fit, a coordinate is not finite, or a label is none of these.
    """
    points, labels = np.array(points, dtype=np.float64), np.array(labels)
    if points.ndim != 2 or points.shape[1] != 2 or labels.shape != points.shape[:1]:
        raise ValueError(
            "points must have shape (n, 2) and labels shape (n,), "
            f"got points of shape {points.shape} and labels of shape {labels.shape}"
        )
    if not np.isfinite(points).all():
        raise ValueError(f"every coordinate must be finite, got {points[~np.isfinite(points)][0]}")
    known = np.isin(labels, range(classes))
    if not known.all():
        *others, last = map(str, range(classes))
        raise ValueError(f"every label must be {', '.join(others)} or {last}, got {labels[~known][0]}")
    labels = labels.astype(np.int64)
    points.flags.writeable = labels.flags.writeable = False
    return points, labels


def polar(radii: FloatArray, angles: FloatArray) -> FloatArray:
    """The points r (cos t, sin t), shape (n, 2), of radii and angles of shape (n,)."""
    points: FloatArray = radii[:, np.newaxis] * np.stack((np.cos(angles), np.sin(angles)), axis=1)
    return points


def with_noise(points: FloatArray, noise: float, generator: np.random.Generator) -> FloatArray:
    """The points moved by Gaussian noise of that standard deviation, but not beyond -1.2 or 1.2."""
    return np.clip(points + generator.normal(0.0, noise, points.shape), -EDGE, EDGE)


Sampler: TypeAlias = Callable[[int, float, np.random.Generator], Dataset]

XOR_POINTS = Dataset(
    np.array([[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]]),
    np.array([0, 1, 1, 0]),
)


def linear(n: int, noise: float, generator: np.random.Generator) -> Dataset:
    """Two triangles that a straight line separates: class 1 where x + y > 0, at least 0.27 from 0.

    Uniform in each half of the square, cut along its diagonal and shrunk towards its corner.

    Args:
        n: the number of points, at least 2; half of them, or one less, are of class 1.
        noise: the standard deviation of a Gaussian added to both coordinates, in units of the
            plane. Coordinates that it takes beyond -1.2 or 1.2 are put there.
        generator: where the randomness comes from. The points without noise depend on it and on n only.

    Returns:
        The points of class 0, then those of class 1.

    Raises:
        ValueError: if n is less than 2, or noise is negative or not finite.
    """
    zeros, _ = _class_sizes(n, noise)
    points = generator.uniform(-REACH, REACH, (n, 2))
    wanted = np.where(np.arange(n) < zeros, -1.0, 1.0)[:, np.newaxis]
    mirrored = np.where(points.sum(axis=1, keepdims=True) * wanted < 0.0, -points, points)
    corner = REACH * wanted
    return _noisy(corner + SHRUNK * (mirrored - corner), zeros, noise, generator)


def exclusive_or(n: int, noise: float, generator: np.random.Generator) -> Dataset:
    """The four quadrants: class 1 where x y < 0, no coordinate nearer to 0 than 0.15.

    Uniform in each quadrant; the two quadrants of a class take turns.

    Args, Returns and Raises are those of `linear`.
    """
    zeros, ones = _class_sizes(n, noise)
    distances = generator.uniform(MARGIN, REACH, (n, 2))
    right = np.concatenate((_alternating_signs(zeros), _alternating_signs(ones)))
    up = np.where(np.arange(n) < zeros, right, -right)
    return _noisy(distances * np.stack((right, up), axis=1), zeros, noise, generator)


def circle(n: int, noise: float, generator: np.random.Generator) -> Dataset:
    """A disc in a ring: class 1 where the radius is below 0.4, class 0 where it is from 0.6 to 0.9.

    Uniform in each.

    Args, Returns and Raises are those of `linear`.
    """
    zeros, ones = _class_sizes(n, noise)
    inner = np.repeat([RING_RADIUS, 0.0], (zeros, ones))
    outer = np.repeat([REACH, DISC_RADIUS], (zeros, ones))
    # Uniform in area is uniform in the square of the radius.
    radii = np.sqrt(generator.uniform(inner**2, outer**2))
    return _noisy(polar(radii, generator.uniform(0.0, 2.0 * pi, n)), zeros, noise, generator)


def moons(n: int, noise: float, generator: np.random.Generator) -> Dataset:
    """Two half circles of radius 0.6, each with an end inside the other.

    Class 0 at (-0.3 + 0.6 cos t, -0.15 + 0.6 sin t), t uniform from 0 to pi; class 1 is its mirror
    image in the origin.

    Args, Returns and Raises are those of `linear`.
    """
    zeros, _ = _class_sizes(n, noise)
    arcs = polar(np.full(n, MOON_RADIUS), generator.uniform(0.0, pi, n))
    return _noisy(_second_mirrored(MOON_CENTRE + arcs, zeros), zeros, noise, generator)


def spirals(n: int, noise: float, generator: np.random.Generator) -> Dataset:
    """Two arms that wind one and a half times around each other.

    Class 0 at r (cos t, sin t), r = 0.12 + 0.78 s, t = 3 pi s, where s is the square root of a
    uniform number, so that an arm is about equally dense everywhere; class 1 is its mirror image
    in the origin.

    Args, Returns and Raises are those of `linear`.
    """
    zeros, _ = _class_sizes(n, noise)
    along = np.sqrt(generator.uniform(0.0, 1.0, n))
    radii = SPIRAL_START + (REACH - SPIRAL_START) * along
    arms = polar(radii, 2.0 * pi * SPIRAL_TURNS * along)
    return _noisy(_second_mirrored(arms, zeros), zeros, noise, generator)


def blobs(n: int, noise: float, generator: np.random.Generator) -> Dataset:
    """Two round clouds, class 0 around (-0.45, 0.45) and class 1 around (0.45, -0.45).

    Gaussian with standard deviation 0.15, except that what is farther than 0.45 from the centre
    is moved in to that distance: without noise the clouds do not meet.

    Args, Returns and Raises are those of `linear`.
    """
    zeros, _ = _class_sizes(n, noise)
    offsets = generator.normal(0.0, BLOB_SPREAD, (n, 2))
    distances = np.linalg.norm(offsets, axis=1, keepdims=True)
    offsets = offsets * (BLOB_RADIUS / np.maximum(distances, BLOB_RADIUS))
    return _noisy(_second_mirrored(BLOB_CENTRE + offsets, zeros), zeros, noise, generator)


DATASETS: dict[str, Sampler] = {
    "linear": linear,
    "XOR": exclusive_or,
    "circle": circle,
    "moons": moons,
    "spirals": spirals,
    "blobs": blobs,
}


def split(dataset: Dataset, share: float, generator: np.random.Generator) -> tuple[Dataset, Dataset]:
    """Points to train on, and points held out to judge by: a random share of each class.

    Of a class of m > 0 points, min(round(share m), m - 1) are held out: at least one stays.

    Args:
        dataset: any.
        share: of each class, from 0 up to but not including 1.
        generator: where the randomness comes from.

    Returns:
        The training points and the held-out points, each in the order of the dataset.

    Raises:
        ValueError: if share is not in that range.
    """
    if not 0.0 <= share < 1.0:
        raise ValueError(f"share must be at least 0 and less than 1, got share={share}")
    held_out = np.zeros(dataset.n, dtype=bool)
    for label in (0, 1):
        members = np.flatnonzero(dataset.labels == label)
        leaving = min(round(share * members.size), max(members.size - 1, 0))
        held_out[generator.permutation(members)[:leaving]] = True
    return (
        Dataset(dataset.points[~held_out], dataset.labels[~held_out]),
        Dataset(dataset.points[held_out], dataset.labels[held_out]),
    )


def _class_sizes(n: int, noise: float) -> tuple[int, int]:
    """How many of n points are of class 0 and of class 1, or a ValueError for a wrong n or noise."""
    if n < 2:
        raise ValueError(f"there must be at least 2 points, one of each class, got n={n}")
    if not 0.0 <= noise < inf:
        raise ValueError(f"noise must be at least 0 and finite, got noise={noise}")
    return n - n // 2, n // 2


def _noisy(points: FloatArray, zeros: int, noise: float, generator: np.random.Generator) -> Dataset:
    """The points moved by noise but not beyond the edge; the first ones, so many, are of class 0."""
    labels = (np.arange(len(points)) >= zeros).astype(np.int64)
    return Dataset(with_noise(points, noise, generator), labels)


def _alternating_signs(n: int) -> FloatArray:
    """The numbers 1, -1, 1, -1, .. shape (n,)."""
    return np.where(np.arange(n) % 2 == 0, 1.0, -1.0)


def _second_mirrored(points: FloatArray, zeros: int) -> FloatArray:
    """The points, all but the first ones, so many, mirrored in the origin."""
    mirrored: FloatArray = np.concatenate((points[:zeros], np.negative(points[zeros:])))
    return mirrored
