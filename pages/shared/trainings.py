"""Trainings that were finished: whoever asks for an equal course need not wait."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from threading import Lock

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.errors import accuracy
from nn_core.learning import courses
from nn_core.learning.courses import Course
from nn_core.learning.training import Training
from nn_core.plane.datasets import Dataset

MOST_KNOWN = 48
# The latest, for all visitors of this server.
_finished: dict[Course, Training] = {}
_finishing = Lock()


def growing(course: Course) -> Iterator[Training]:
    """The course's training as it goes on; the whole one at once where it is known.

    Raises ValueError if there is no sample.
    """
    known = _finished.get(course)
    if known is not None:
        yield known
        return
    for training in courses.growing(course):
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
def accuracies(course: Course, dataset: Dataset) -> FloatArray:
    """The accuracy of every kept network on these points; NaN where there is none."""
    networks = trained(course).networks
    if not dataset.n:
        return np.full(len(networks), np.nan)
    return np.array([accuracy(network(dataset.points)[:, 0], dataset.labels) for network in networks])
