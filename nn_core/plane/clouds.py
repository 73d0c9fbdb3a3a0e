"""Clouds of labelled points, drawn at random, each class in a shape of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, pi

import numpy as np

from nn_core.arrays import FloatArray, IntArray
from nn_core.plane.datasets import REACH, Dataset

# Noise takes no coordinate beyond the edge.
EDGE = 1.2
MOST_CLASSES = 3
# The triangles of "linear" are shrunk to this share, which opens a gap along the diagonal.
SHRUNK = 0.85
# Half the width of the cross that "XOR" leaves free.
MARGIN = 0.15
# The least and the largest radius of each class.
CIRCLE, RINGS = ((0.6, REACH), (0.0, 0.4)), ((0.0, 0.25), (0.4, 0.55), (0.7, REACH))
MOON_RADIUS, MOON_CENTRE = 0.6, (-0.3, -0.15)
ARM_START, SPIRAL_TURNS, ARM_TURNS = 0.12, 1.5, 0.75
# A blob ends at three times its spread.
BLOB_CENTRE, BLOB_SPREAD, BLOB_RADIUS = (-0.45, 0.45), 0.15, 0.45
CORNER_DISTANCE, CORNER_SPREAD, CORNER_RADIUS = 0.55, 0.13, 0.39


@dataclass(frozen=True, slots=True)
class Sampler:
    """A shape for each class, and how points are drawn from it.

    Attributes:
        name: what it is called in menus and links.
        n_classes: how many classes there are.
        place: from the class of each point, in order, and a generator to the points without noise.
    """

    name: str
    n_classes: int
    place: Callable[[IntArray, np.random.Generator], FloatArray]

    def __call__(self, n: int, noise: float, generator: np.random.Generator) -> Dataset:
        """So many points, those of class 0 first, and then those of class 1, and so on.

        Args:
            n: the number of points, at least one of each class; the classes differ by at most one point.
            noise: the standard deviation of a Gaussian added to both coordinates, in units of the
                plane. Coordinates that it takes beyond -1.2 or 1.2 are put there.
            generator: where the randomness comes from. The points without noise depend on it and n only.

        Raises:
            ValueError: if n is too small, or noise is negative or not finite.
        """
        if n < self.n_classes:
            raise ValueError(f"there must be at least {self.n_classes} points, one of each class, got n={n}")
        if not 0.0 <= noise < inf:
            raise ValueError(f"noise must be at least 0 and finite, got noise={noise}")
        labels = np.sort(np.arange(n, dtype=np.int64) % self.n_classes)
        points = self.place(labels, generator)
        moved = np.clip(points + generator.normal(0.0, noise, points.shape), -EDGE, EDGE)
        return Dataset(moved, labels, self.n_classes)


# ---- two classes ----------------------------------------------------------------------------------


def linear(labels: IntArray, generator: np.random.Generator) -> FloatArray:
    """Two triangles that a straight line separates: class 1 where x + y > 0, at least 0.27 from 0.

    Uniform in each half of the square, cut along its diagonal and shrunk towards its corner.

    Args:
        labels: the class of each point, in increasing order, shape (n,).
        generator: where the randomness comes from.

    Returns:
        The points without noise, shape (n, 2).
    """
    points = generator.uniform(-REACH, REACH, (labels.size, 2))
    wanted = np.where(labels == 0, -1.0, 1.0)[:, np.newaxis]
    mirrored = np.where(points.sum(axis=1, keepdims=True) * wanted < 0.0, -points, points)
    corner = REACH * wanted
    triangles: FloatArray = corner + SHRUNK * (mirrored - corner)
    return triangles


def exclusive_or(labels: IntArray, generator: np.random.Generator) -> FloatArray:
    """The four quadrants: class 1 where x y < 0, no coordinate nearer to 0 than 0.15.

    Uniform in each quadrant; the two quadrants of a class take turns.

    Args and Returns are those of `linear`.
    """
    distances = generator.uniform(MARGIN, REACH, (labels.size, 2))
    turns = np.arange(labels.size) - np.searchsorted(labels, labels)
    right = np.where(turns % 2 == 0, 1.0, -1.0)
    quadrants: FloatArray = distances * np.stack((right, np.where(labels == 0, right, -right)), axis=1)
    return quadrants


def circle(labels: IntArray, generator: np.random.Generator) -> FloatArray:
    """A disc in a ring: class 1 where the radius is below 0.4, class 0 where it is from 0.6 to 0.9.

    Uniform in each.

    Args and Returns are those of `linear`.
    """
    return _in_rings(CIRCLE, labels, generator)


def moons(labels: IntArray, generator: np.random.Generator) -> FloatArray:
    """Two half circles of radius 0.6, each with an end inside the other.

    Class 0 at (-0.3 + 0.6 cos t, -0.15 + 0.6 sin t), t uniform from 0 to pi; class 1 is its mirror
    image in the origin.

    Args and Returns are those of `linear`.
    """
    arcs = _polar(np.full(labels.size, MOON_RADIUS), generator.uniform(0.0, pi, labels.size))
    return _second_mirrored(MOON_CENTRE + arcs, labels)


def spirals(labels: IntArray, generator: np.random.Generator) -> FloatArray:
    """Two arms that wind one and a half times around each other.

    Class 0 at r (cos t, sin t), r = 0.12 + 0.78 s, t = 3 pi s, where s is the square root of a
    uniform number, so that an arm is about equally dense everywhere; class 1 is its mirror image
    in the origin.

    Args and Returns are those of `linear`.
    """
    return _second_mirrored(_polar(*_arm(SPIRAL_TURNS, labels.size, generator)), labels)


def blobs(labels: IntArray, generator: np.random.Generator) -> FloatArray:
    """Two round clouds, class 0 around (-0.45, 0.45) and class 1 around (0.45, -0.45).

    Gaussian with standard deviation 0.15, except that what is farther than 0.45 from the centre
    is moved in to that distance: without noise the clouds do not meet.

    Args and Returns are those of `linear`.
    """
    offsets = _offsets(BLOB_SPREAD, BLOB_RADIUS, labels.size, generator)
    return _second_mirrored(BLOB_CENTRE + offsets, labels)


# ---- three classes --------------------------------------------------------------------------------


def three_blobs(labels: IntArray, generator: np.random.Generator) -> FloatArray:
    """Three round clouds at the corners of a triangle, 0.55 from the origin.

    Gaussian with standard deviation 0.13, except that what is farther than 0.39 from the centre is
    moved in to that distance: without noise the clouds do not meet.

    Args and Returns are those of `linear`.
    """
    offsets = _offsets(CORNER_SPREAD, CORNER_RADIUS, labels.size, generator)
    return _polar(np.full(labels.size, CORNER_DISTANCE), pi / 2 + _thirds(labels)) + offsets


def three_arms(labels: IntArray, generator: np.random.Generator) -> FloatArray:
    """Three arms that wind three quarters of a turn around each other, each a third of a turn ahead.

    Class k at r (cos t, sin t), r = 0.12 + 0.78 s, t = 1.5 pi s + 2 pi k / 3, where s is the square
    root of a uniform number, so that an arm is about equally dense everywhere.

    Args and Returns are those of `linear`.
    """
    radii, angles = _arm(ARM_TURNS, labels.size, generator)
    return _polar(radii, angles + _thirds(labels))


def three_rings(labels: IntArray, generator: np.random.Generator) -> FloatArray:
    """A disc in a ring in a ring: radii below 0.25, from 0.4 to 0.55, and from 0.7 to 0.9.

    Uniform in each.

    Args and Returns are those of `linear`.
    """
    return _in_rings(RINGS, labels, generator)


CLOUDS: dict[str, Sampler] = {
    sampler.name: sampler
    for sampler in (
        Sampler("linear", 2, linear),
        Sampler("XOR", 2, exclusive_or),
        Sampler("circle", 2, circle),
        Sampler("moons", 2, moons),
        Sampler("spirals", 2, spirals),
        Sampler("blobs", 2, blobs),
        Sampler("three blobs", 3, three_blobs),
        Sampler("three arms", 3, three_arms),
        Sampler("three rings", 3, three_rings),
    )
}


def clouds_of(n_classes: int) -> tuple[str, ...]:
    """The names of the clouds of so many classes, as CLOUDS has them."""
    return tuple(name for name, sampler in CLOUDS.items() if sampler.n_classes == n_classes)


# ---- what several of them use ---------------------------------------------------------------------


def _polar(radii: FloatArray, angles: FloatArray) -> FloatArray:
    """The points r (cos t, sin t), shape (n, 2), of radii and angles of shape (n,)."""
    points: FloatArray = radii[:, np.newaxis] * np.stack((np.cos(angles), np.sin(angles)), axis=1)
    return points


def _in_rings(
    edges: tuple[tuple[float, float], ...], labels: IntArray, generator: np.random.Generator
) -> FloatArray:
    """Points in a ring for each class, given its least and largest radius."""
    inner, outer = np.array(edges)[labels].T
    # Uniform in area is uniform in the square of the radius.
    radii = np.sqrt(generator.uniform(inner**2, outer**2))
    return _polar(radii, generator.uniform(0.0, 2.0 * pi, labels.size))


def _arm(turns: float, n: int, generator: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """The radii and angles of points along an arm that winds so many turns."""
    along = np.sqrt(generator.uniform(0.0, 1.0, n))
    return ARM_START + (REACH - ARM_START) * along, 2.0 * pi * turns * along


def _offsets(spread: float, radius: float, n: int, generator: np.random.Generator) -> FloatArray:
    """Where the points of a blob are, seen from its centre."""
    offsets = generator.normal(0.0, spread, (n, 2))
    distances = np.linalg.norm(offsets, axis=1, keepdims=True)
    within: FloatArray = offsets * (radius / np.maximum(distances, radius))
    return within


def _second_mirrored(points: FloatArray, labels: IntArray) -> FloatArray:
    """The points, those of class 1 mirrored in the origin."""
    return np.where(labels[:, np.newaxis] == 1, -points, points)


def _thirds(labels: IntArray) -> FloatArray:
    """How far each class is turned about the origin: 0, a third and two thirds of a turn."""
    angles: FloatArray = labels.astype(np.float64) * (2.0 * pi / 3)
    return angles
