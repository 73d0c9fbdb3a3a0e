"""How a training is shown: the network of an iteration, its numbers until the end, and where it diverged."""

from __future__ import annotations

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.learning.courses import Trainable
from nn_core.learning.training import Training
from pages.shared.trainings import trained


def place_of(course: Trainable, iteration: float) -> int:
    """Which of the kept networks is that of an iteration; the last one where the training ended before."""
    return min(int(iteration) // course.keep, len(trained(course).networks) - 1)


def kept_iterations(course: Trainable) -> FloatArray:
    """The iterations of which networks are kept, up to the last one that was planned, shape (kept,).

    The last one that was trained may lie between: there the training diverged.
    """
    iterations = np.arange(0.0, course.iterations + 1.0, course.keep)
    reached = trained(course).iterations
    iterations[: len(reached)] = reached
    return iterations


def until_the_end(course: Trainable, numbers: FloatArray) -> FloatArray:
    """Numbers of the kept iterations, NaN behind the last one there is, shape (kept,)."""
    return padded(numbers, course.iterations // course.keep + 1)


def padded(numbers: FloatArray, count: int) -> FloatArray:
    """So many numbers, NaN behind those there are."""
    return np.append(numbers, np.full(count - len(numbers), np.nan))


def divergence(training: Training, kind: str = "iteration") -> str | None:
    """Where a training diverged, in words; None where it did not."""
    return None if training.diverged is None else f"at {kind} {training.diverged}"


def warn_of_divergence(course: Trainable) -> None:
    """Say where the course's training left all bounds, if it did."""
    diverged = trained(course).diverged
    if diverged is not None:
        st.warning(
            f"The training diverged at iteration {diverged}: the numbers outgrew all bounds. "
            "It is shown up to the last network that was finite."
        )
