"""A course: the points that a classifier learns from, its size, and how it is trained, as one plain value."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nn_core.activations import Activation, FloatArray
from nn_core.datasets import DATASETS, Dataset, split
from nn_core.errors import accuracy
from nn_core.losses import BINARY_CROSS_ENTROPY
from nn_core.network import Network
from nn_core.training import Training, random_network, train

HELD_OUT = 0.25


@dataclass(frozen=True, slots=True)
class Cloud:
    """Points to be drawn at random; a share of each class is held out.

    Attributes:
        name: one of DATASETS.
        n: how many points in all.
        noise: the standard deviation of what is added to each coordinate.
        seed: of the generator.
    """

    name: str
    n: int
    noise: float
    seed: int

    def __call__(self) -> tuple[Dataset, Dataset]:
        """The points to train on, and those held out."""
        generator = np.random.default_rng(self.seed)
        return split(DATASETS[self.name](self.n, self.noise, generator), HELD_OUT, generator)


@dataclass(frozen=True, slots=True)
class Given:
    """Points that somebody set; none is held out.

    Attributes:
        points: x, y and the class of each.
    """

    points: tuple[tuple[float, float, int], ...]

    def __call__(self) -> tuple[Dataset, Dataset]:
        """The points to train on, and no others."""
        rows = np.array(self.points, dtype=np.float64).reshape(-1, 3)
        nothing = Dataset(np.zeros((0, 2)), np.zeros(0, dtype=np.int64))
        return Dataset(rows[:, :2], rows[:, 2].astype(np.int64)), nothing


@dataclass(frozen=True, slots=True)
class Course:
    """How a classifier of points in the plane is trained; its logit is positive for class 1.

    Attributes:
        points: where the points come from.
        hidden: the width of each hidden layer; there may be none.
        activation: of the hidden units.
        learning_rate: of gradient descent on the mean binary cross-entropy, all points in each step.
        seed: of the first weights.
        iterations: the number of steps.
        keep: of how many steps the network is kept once.
    """

    points: Cloud | Given
    hidden: tuple[int, ...]
    activation: Activation
    learning_rate: float
    seed: int
    iterations: int
    keep: int


@lru_cache(maxsize=32)
def points_of(source: Cloud | Given) -> tuple[Dataset, Dataset]:
    """The points to train on, and those held out."""
    return source()


@lru_cache(maxsize=16)
def trained(course: Course) -> Training:
    """The course's training, from its first random network on. Raises ValueError if there is no point."""
    dataset, _ = points_of(course.points)
    generator = np.random.default_rng(course.seed)
    first = random_network((2, *course.hidden, 1), course.activation, generator)
    return train(
        first,
        dataset.points,
        dataset.targets,
        BINARY_CROSS_ENTROPY,
        course.learning_rate,
        course.iterations,
        course.keep,
    )


@lru_cache(maxsize=16)
def accuracies(course: Course) -> tuple[FloatArray, FloatArray]:
    """The accuracy of every kept network on its training points, and on those held out: NaN where none is."""
    networks = trained(course).networks
    training, held_out = points_of(course.points)
    return _accuracies(networks, training), _accuracies(networks, held_out)


def _accuracies(networks: tuple[Network, ...], dataset: Dataset) -> FloatArray:
    if not dataset.n:
        return np.full(len(networks), np.nan)
    return np.array([accuracy(network(dataset.points)[:, 0], dataset.labels) for network in networks])
