"""Labelled points in the plane, three classes of them, for a softmax to tell apart."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import inf, pi
from typing import TypeAlias

import numpy as np

from nn_core.arrays import FloatArray, IntArray
from nn_core.plane.datasets import REACH, checked, polar, with_noise

CLASSES = 3
BLOB_DISTANCE, BLOB_SPREAD, BLOB_RADIUS = 0.55, 0.13, 0.39
ARM_START, ARM_TURNS = 0.12, 0.75
RING_EDGES = ((0.0, 0.25), (0.4, 0.55), (0.7, 0.9))


@dataclass(frozen=True, eq=False, slots=True)
class ThreeClasses:
    """Points in the plane, each of class 0, 1 or 2.

    The arrays are copied and made read-only, so that a dataset is a value.

    Attributes:
        points: shape (n, 2), one row a point.
        labels: shape (n,), the class of each point.

    Raises:
        ValueError: if the shapes do not fit, a coordinate is not finite, or a label is not 0, 1 or 2.
    """

    points: FloatArray
    labels: IntArray

    def __post_init__(self) -> None:
        """Check the points and the labels, and keep read-only copies."""
        both = checked(self.points, self.labels, CLASSES)
        for name, numbers in zip(("points", "labels"), both, strict=True):
            object.__setattr__(self, name, numbers)

    def __reduce__(self) -> tuple[type["ThreeClasses"], tuple[FloatArray, IntArray]]:
        """Pickle and copy by building anew: NumPy alone would bring back writeable arrays."""
        return ThreeClasses, (self.points, self.labels)

    @property
    def n(self) -> int:
        """The number of points."""
        return int(self.labels.size)

    @property
    def targets(self) -> FloatArray:
        """The labels as probabilities, 1.0 for the right class and 0.0 else: shape (n, 3)."""
        return np.eye(CLASSES)[self.labels]


Sampler: TypeAlias = Callable[[int, float, np.random.Generator], ThreeClasses]


def three_blobs(n: int, noise: float, generator: np.random.Generator) -> ThreeClasses:
    """Three round clouds at the corners of a triangle, 0.55 from the origin.

    Gaussian with standard deviation 0.13, except that what is farther than 0.39 from the centre is
    moved in to that distance: without noise the clouds do not meet.

    Args:
        n: the number of points, at least 3; the classes differ by at most one point.
        noise: the standard deviation of a Gaussian added to both coordinates, in units of the
            plane. Coordinates that it takes beyond -1.2 or 1.2 are put there.
        generator: where the randomness comes from. The points without noise depend on it and on n only.

    Returns:
        The points of class 0, then those of class 1, then those of class 2.

    Raises:
        ValueError: if n is less than 3, or noise is negative or not finite.
    """
    labels = _labels(n, noise)
    offsets = generator.normal(0.0, BLOB_SPREAD, (n, 2))
    distances = np.linalg.norm(offsets, axis=1, keepdims=True)
    offsets = offsets * (BLOB_RADIUS / np.maximum(distances, BLOB_RADIUS))
    centres = polar(np.full(n, BLOB_DISTANCE), pi / 2 + _turned(labels))
    return _noisy(centres + offsets, labels, noise, generator)


def three_arms(n: int, noise: float, generator: np.random.Generator) -> ThreeClasses:
    """Three arms that wind three quarters of a turn around each other, each a third of a turn ahead.

    Class k at r (cos t, sin t), r = 0.12 + 0.78 s, t = 1.5 pi s + 2 pi k / 3, where s is the square
    root of a uniform number, so that an arm is about equally dense everywhere.

    Args, Returns and Raises are those of `three_blobs`.
    """
    labels = _labels(n, noise)
    along = np.sqrt(generator.uniform(0.0, 1.0, n))
    radii = ARM_START + (REACH - ARM_START) * along
    return _noisy(polar(radii, 2.0 * pi * ARM_TURNS * along + _turned(labels)), labels, noise, generator)


def three_rings(n: int, noise: float, generator: np.random.Generator) -> ThreeClasses:
    """A disc in a ring in a ring: radii below 0.25, from 0.4 to 0.55, and from 0.7 to 0.9.

    Uniform in each.

    Args, Returns and Raises are those of `three_blobs`.
    """
    labels = _labels(n, noise)
    inner, outer = np.array(RING_EDGES)[labels].T
    # Uniform in area is uniform in the square of the radius.
    radii = np.sqrt(generator.uniform(inner**2, outer**2))
    return _noisy(polar(radii, generator.uniform(0.0, 2.0 * pi, n)), labels, noise, generator)


THREE_CLASSES: dict[str, Sampler] = {
    "three blobs": three_blobs,
    "three arms": three_arms,
    "three rings": three_rings,
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """Points of three classes drawn at random, as a source for a course.

    Attributes:
        name: one of THREE_CLASSES.
        n: how many points in all.
        noise: the standard deviation of what is added to each coordinate.
        seed: of the generator.
    """

    name: str
    n: int
    noise: float
    seed: int

    def samples(self) -> tuple[FloatArray, FloatArray]:
        """The points, shape (n, 2), and their classes as probabilities, shape (n, 3)."""
        return _samples(self)


@lru_cache(maxsize=16)
def _samples(drawn: Drawn) -> tuple[FloatArray, FloatArray]:
    dataset = THREE_CLASSES[drawn.name](drawn.n, drawn.noise, np.random.default_rng(drawn.seed))
    return dataset.points, dataset.targets


def _labels(n: int, noise: float) -> IntArray:
    """The classes of n points in order, or a ValueError for a wrong n or noise."""
    if n < CLASSES:
        raise ValueError(f"there must be at least 3 points, one of each class, got n={n}")
    if not 0.0 <= noise < inf:
        raise ValueError(f"noise must be at least 0 and finite, got noise={noise}")
    return np.sort(np.arange(n, dtype=np.int64) % CLASSES)


def _turned(labels: IntArray) -> FloatArray:
    """How far each class is turned about the origin: 0, a third and two thirds of a turn."""
    angles: FloatArray = labels.astype(np.float64) * (2.0 * pi / CLASSES)
    return angles


def _noisy(
    points: FloatArray, labels: IntArray, noise: float, generator: np.random.Generator
) -> ThreeClasses:
    """The points moved by noise but not beyond the edge."""
    return ThreeClasses(with_noise(points, noise, generator), labels)
