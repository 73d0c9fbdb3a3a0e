"""A course: the samples that a network learns from, its size, and how it is trained, as one plain value."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol, Self

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.learning.training import Recipe, Training, learning
from nn_core.networks.activations import Activation
from nn_core.networks.initialisation import Initialisation, first_network, random_network
from nn_core.networks.network import Network
from nn_core.plane.clouds import CLOUDS
from nn_core.plane.datasets import Dataset, split

HELD_OUT = 0.25


class Trainable(Protocol):
    """What can be trained step by step: a plain value, and equal ones give equal trainings."""

    @property
    def iterations(self) -> int:
        """The number of steps."""

    @property
    def keep(self) -> int:
        """A network is kept after each so many steps."""

    def growing(self) -> Iterator[Training]:
        """The training as it goes on; each is a beginning of the next."""

    def shorter(self, iterations: int) -> Self:
        """The same, ended after so many steps."""


class Source(Protocol):
    """Where samples come from: a plain value, and equal ones give equal samples."""

    def samples(self) -> tuple[FloatArray, FloatArray]:
        """The inputs, shape (n, n_in), and the targets, shape (n, n_out)."""


class PointSource(ABC):
    """A source of labelled points, made once for all equal ones."""

    __slots__ = ()

    @abstractmethod
    def make(self) -> tuple[Dataset, Dataset]:
        """The points to train on, and those held out, made anew."""

    def datasets(self) -> tuple[Dataset, Dataset]:
        """The points to train on, and those held out."""
        return _datasets(self)

    def samples(self) -> tuple[FloatArray, FloatArray]:
        """Those to train on, as a network takes them."""
        dataset, _ = self.datasets()
        return dataset.points, dataset.targets


@lru_cache(maxsize=32)
def _datasets(source: PointSource) -> tuple[Dataset, Dataset]:
    return source.make()


@dataclass(frozen=True, slots=True)
class Cloud(PointSource):
    """Points to be drawn at random; a share of each class is held out.

    Attributes:
        name: one of CLOUDS.
        n: how many points in all.
        noise: the standard deviation of what is added to each coordinate.
        seed: of the generator.
        held_out: the share, from 0 up to but not including 1.
    """

    name: str
    n: int
    noise: float
    seed: int
    held_out: float = HELD_OUT

    def make(self) -> tuple[Dataset, Dataset]:
        """The points to train on, and those held out, drawn anew."""
        generator = np.random.default_rng(self.seed)
        return split(CLOUDS[self.name](self.n, self.noise, generator), self.held_out, generator)


@dataclass(frozen=True, slots=True)
class Given(PointSource):
    """Points that somebody set; none is held out.

    Attributes:
        points: x, y and the class, 0 or 1, of each.
    """

    points: tuple[tuple[float, float, int], ...]

    def make(self) -> tuple[Dataset, Dataset]:
        """The points to train on, and no others."""
        rows = np.array(self.points, dtype=np.float64).reshape(-1, 3)
        dataset = Dataset(rows[:, :2], rows[:, 2].astype(np.int64))
        return dataset, dataset.part(np.zeros(dataset.n, dtype=bool))


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

    def growing(self) -> Iterator[Training]:
        """Its training as it goes on, as `learning` says. Raises ValueError if there is no sample."""
        x, y = self.source.samples()
        return learning(self.first(), x, y, self.recipe, iterations=self.iterations, keep=self.keep)

    def shorter(self, iterations: int) -> Self:
        """The same course, ended after so many steps."""
        return replace(self, iterations=iterations)


def growing(course: Trainable) -> Iterator[Training]:
    """The course's training as it goes on: what there is once in a while, and then all of it."""
    return course.growing()
