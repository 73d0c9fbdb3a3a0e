"""Trainings that were finished: whoever asks for an equal course need not wait."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock
from typing import TypeVar
from weakref import WeakValueDictionary

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.errors import accuracy
from nn_core.learning import courses
from nn_core.learning.courses import Trainable
from nn_core.learning.training import Training
from nn_core.plane.datasets import Dataset

MOST_KNOWN = 48
C = TypeVar("C", bound=Trainable)
# The latest, for all visitors of this server, and all that some visitor's page still has.
_finished: dict[Trainable, Training] = {}
_held: WeakValueDictionary[Trainable, Training] = WeakValueDictionary()
_finishing = Lock()


class _Growth:
    """A training on its way, for all who wait for it: each of them does the next bit, or finds it done."""

    def __init__(self, course: Trainable) -> None:
        self._bits = courses.growing(course)
        self._latest: Training | None = None
        self._one_at_a_time = Lock()

    def after(self, seen: Training | None) -> Training | None:
        """The training with at least a bit more than was seen; None where there is no more."""
        with self._one_at_a_time:
            if self._latest is seen:
                self._latest = next(self._bits, seen)
            return None if self._latest is seen else self._latest


# As long as a visitor waits for one, it is there for the next who asks.
_under_way: WeakValueDictionary[Trainable, _Growth] = WeakValueDictionary()


def growing(course: Trainable) -> Iterator[Training]:
    """The course's training as it goes on; the whole one at once where it is known.

    Those who ask for equal courses at once share the work. Raises ValueError if there is no sample.
    """
    known = _finished.get(course) or _held.get(course)
    if known is not None:
        yield known
        return
    growth, training = _growth(course), None
    while (more := growth.after(training)) is not None:
        training = more
        yield training
    if training is not None:
        remember(course, training)


def _growth(course: Trainable) -> _Growth:
    """The one that is under way, or a new one."""
    with _finishing:
        growth = _under_way.get(course)
        if growth is None:
            growth = _under_way[course] = _Growth(course)
        return growth


def trained(course: Trainable) -> Training:
    """The course's whole training, from its first network on. Raises ValueError if there is no sample."""
    return deque(growing(course), maxlen=1).pop()


def remember(course: Trainable, training: Training) -> None:
    """Keep a training for all who ask for an equal course; the oldest of too many only while it is held."""
    with _finishing:
        _finished.pop(course, None)
        _finished[course] = _held[course] = training
        while len(_finished) > MOST_KNOWN:
            del _finished[next(iter(_finished))]


def shortened(course: C, training: Training) -> C:
    """The course whose whole training is this beginning of the course's own; it is known from now on."""
    shorter = course.shorter(training.iterations[-1])
    remember(shorter, training)
    return shorter


@lru_cache(maxsize=32)
def accuracies(course: Trainable, dataset: Dataset) -> FloatArray:
    """The accuracy of every kept network on these points; NaN where there is none."""
    networks = trained(course).networks
    if not dataset.n:
        return np.full(len(networks), np.nan)
    return np.array([accuracy(network(dataset.points)[:, 0], dataset.labels) for network in networks])
