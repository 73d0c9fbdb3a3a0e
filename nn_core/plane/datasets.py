"""A dataset is labelled points in the plane, for a network to tell apart."""

from dataclasses import dataclass

import numpy as np

from nn_core.arrays import FloatArray, IntArray

# Points without noise fill the square of this half side.
REACH = 0.9


@dataclass(frozen=True, eq=False, slots=True)
class Dataset:
    """Points in the plane, each of one class: of class 0, 1, .., n_classes - 1.

    The arrays are copied and made read-only, so that a dataset is a value.

    Attributes:
        points: shape (n, 2), one row a point; n may be 0.
        labels: shape (n,), the class of each point.
        n_classes: how many there are, at least 2.

    Raises:
        ValueError: if the shapes do not fit, a coordinate is not finite, or a label is no class.
    """

    points: FloatArray
    labels: IntArray
    n_classes: int = 2

    def __post_init__(self) -> None:
        """Check the points and the labels, and keep read-only copies."""
        points, labels = np.array(self.points, dtype=np.float64), np.array(self.labels)
        if points.ndim != 2 or points.shape[1] != 2 or labels.shape != points.shape[:1]:
            raise ValueError(
                "points must have shape (n, 2) and labels shape (n,), "
                f"got points of shape {points.shape} and labels of shape {labels.shape}"
            )
        if not np.isfinite(points).all():
            raise ValueError(f"every coordinate must be finite, got {points[~np.isfinite(points)][0]}")
        known = (labels >= 0) & (labels < self.n_classes) & (np.floor(labels) == labels)
        if not known.all():
            *others, last = map(str, range(self.n_classes))
            raise ValueError(f"every label must be {', '.join(others)} or {last}, got {labels[~known][0]}")
        for name, numbers in (("points", points), ("labels", labels.astype(np.int64))):
            numbers.flags.writeable = False
            object.__setattr__(self, name, numbers)

    def __reduce__(self) -> tuple[type["Dataset"], tuple[FloatArray, IntArray, int]]:
        """Pickle and copy by building anew: NumPy alone would bring back writeable arrays."""
        return Dataset, (self.points, self.labels, self.n_classes)

    @property
    def n(self) -> int:
        """The number of points."""
        return int(self.labels.size)

    @property
    def targets(self) -> FloatArray:
        """What a network's outputs should be: the probability of class 1, or of each class of more than two.

        1.0 for the right class and 0.0 for others; shape (n, 1) for two classes, else (n, n_classes).
        """
        chances: FloatArray = np.eye(self.n_classes)[self.labels]
        return chances[:, 1:] if self.n_classes == 2 else chances

    @property
    def counts(self) -> tuple[int, ...]:
        """The number of points of each class."""
        return tuple(np.bincount(self.labels, minlength=self.n_classes).tolist())

    def part(self, chosen: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> "Dataset":
        """Those of the points for which `chosen`, shape (n,), is true, in their order."""
        return Dataset(self.points[chosen], self.labels[chosen], self.n_classes)


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
    for label in range(dataset.n_classes):
        members = np.flatnonzero(dataset.labels == label)
        leaving = min(round(share * members.size), max(members.size - 1, 0))
        held_out[generator.permutation(members)[:leaving]] = True
    return dataset.part(~held_out), dataset.part(held_out)


XOR_POINTS = Dataset(
    np.array([[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]]),
    np.array([0, 1, 1, 0]),
)
