"""A course: the samples that a network learns from, its size, and how it is trained, as one plain value."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from typing import Protocol

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.errors import accuracy
from nn_core.learning.training import Recipe, Training, learning
from nn_core.networks.activations import Activation
from nn_core.networks.initialisation import Initialisation, first_network, random_network
from nn_core.networks.network import Network
from nn_core.plane.datasets import DATASETS, Dataset, split

HELD_OUT = 0.25
MOST_KNOWN = 48


class Source(Protocol):
    """Where samples come from: a plain value, and equal ones give equal samples."""

    def samples(self) -> tuple[FloatArray, FloatArray]:
        """The inputs, shape (n, n_in), and the targets, shape (n, n_out)."""


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

    def samples(self) -> tuple[FloatArray, FloatArray]:
        """Those to train on, as a network takes them."""
        dataset, _ = points_of(self)
        return dataset.points, dataset.targets


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

    def samples(self) -> tuple[FloatArray, FloatArray]:
        """Those to train on, as a network takes them."""
        dataset, _ = points_of(self)
        return dataset.points, dataset.targets


@dataclass(frozen=True, slots=True)
class Course:
    """How a network is trained.

    Attributes:
        source: where the samples come from.
        hidden: the number of units in each hidden layer.
        activation: of the hidden layers; the output's is the identity.
        recipe: loss, optimiser, learning rate and batches.
        seed: of the first weights.
        initialisation: how they are spread; as suits the activation, if None.
        iterations: the number of steps.
        keep: a network is kept after each so many steps.
    """

    source: Source
    hidden: tuple[int, ...]
    activation: Activation
    recipe: Recipe
    seed: int
    iterations: int
    keep: int
    initialisation: Initialisation | None = None

    def first(self) -> Network:
        """The network that training starts from. Raises ValueError if there is no sample."""
        x, y = self.source.samples()
        sizes, generator = (x.shape[1], *self.hidden, y.shape[1]), np.random.default_rng(self.seed)
        if self.initialisation is None:
            return random_network(sizes, self.activation, generator)
        return first_network(sizes, self.activation, self.initialisation, generator)


# The latest trainings, for all who ask for an equal course.
_finished: dict[Course, Training] = {}
_finishing = Lock()


def growing(course: Course) -> Iterator[Training]:
    """The course's training as it goes on, as `learning` says; the whole one at once where it is known.

    Raises ValueError if there is no sample.
    """
    known = _finished.get(course)
    if known is not None:
        yield known
        return
    x, y = course.source.samples()
    steps = learning(course.first(), x, y, course.recipe, iterations=course.iterations, keep=course.keep)
    for training in steps:
        yield training
    remember(course, training)


def trained(course: Course) -> Training:
    """The course's whole training, from its first network on. Raises ValueError if there is no sample."""
    return deque(growing(course), maxlen=1).pop()


def remember(course: Course, training: Training) -> None:
    """Keep a training for all who ask for an equal course, and forget the oldest of too many."""
    with _finishing:
        _finished.pop(course, None)
        _finished[course] = training
        while len(_finished) > MOST_KNOWN:
            del _finished[next(iter(_finished))]


def shortened(course: Course, training: Training) -> Course:
    """The course whose whole training is this beginning of the course's own; it is known from now on."""
    shorter = replace(course, iterations=training.iterations[-1])
    remember(shorter, training)
    return shorter


@lru_cache(maxsize=32)
def points_of(source: Cloud | Given) -> tuple[Dataset, Dataset]:
    """The points to train on, and those held out."""
    return source()


@lru_cache(maxsize=32)
def accuracies(course: Course, dataset: Dataset) -> FloatArray:
    """The accuracy of every kept network on these points; NaN where there is none."""
    networks = trained(course).networks
    if not dataset.n:
        return np.full(len(networks), np.nan)
    return np.array([accuracy(network(dataset.points)[:, 0], dataset.labels) for network in networks])
