"""The pictures and their labels, those to learn from and those held out.

Source: E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning
Repository 1998, https://doi.org/10.24432/C50P49, the test set, under CC BY 4.0. Every pixel counts the dark
ones of a 4 x 4 block of a scan. LICENCE.md says what was changed: nothing.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nn_core.arrays import FloatArray

SIDE, CLASSES, DARKEST = 8, 10, 16.0
FILE = Path(__file__).with_name("digits.csv.gz")
# Every so many is held out.
HELD_OUT = 4


class Digits(NamedTuple):
    """Pictures of digits: shape (n, 8, 8), from 0 for paper to 1 for ink; and which digits, shape (n,)."""

    pictures: FloatArray
    labels: NDArray[np.int64]

    @property
    def targets(self) -> FloatArray:
        """A 1 for the digit and 0 for the nine others: shape (n, 10)."""
        return np.eye(CLASSES)[self.labels]


@lru_cache(maxsize=1)
def _every() -> Digits:
    rows = np.loadtxt(FILE, delimiter=",", dtype=np.int64)
    pictures = (rows[:, :-1] / DARKEST).reshape(-1, SIDE, SIDE)
    pictures.flags.writeable = rows.flags.writeable = False
    return Digits(pictures, rows[:, -1])


def to_learn() -> Digits:
    """Three of every four pictures: 1,348."""
    pictures, labels = _every()
    learnt = np.arange(len(labels)) % HELD_OUT != HELD_OUT - 1
    return Digits(pictures[learnt], labels[learnt])


def held_out() -> Digits:
    """The fourth of every four: 449 that no network learns from."""
    pictures, labels = _every()
    return Digits(pictures[HELD_OUT - 1 :: HELD_OUT], labels[HELD_OUT - 1 :: HELD_OUT])
