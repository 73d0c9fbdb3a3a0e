"""What everything here is made of: arrays of numbers, and the rules that several functions ask them to keep.

A rule raises a ValueError or does nothing.
"""

from collections.abc import Sequence
from math import inf
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
Numbers: TypeAlias = Sequence[float] | FloatArray

# What goes up and down by a smaller share of its size is rounding, and not a curve.
ROUNDING = 1e-10


def span(numbers: FloatArray) -> float:
    """How far numbers go up and down; 0 where that is less than 1e-10 of their size: it may be rounding."""
    reach = float(np.ptp(numbers))
    return reach if reach > ROUNDING * float(np.abs(numbers).max()) else 0.0


def require_ordered(left: float, right: float) -> None:
    """Raise a ValueError unless left < right."""
    if not left < right:
        raise ValueError(f"left must be less than right, got left={left} and right={right}")


def require_steep(steepness: float) -> None:
    """Raise a ValueError unless the steepness is positive and finite."""
    if not 0.0 < steepness < inf:
        raise ValueError(f"steepness must be positive and finite, got steepness={steepness}")


def require_increasing(what: str, numbers: FloatArray) -> None:
    """Raise a ValueError unless there are at least two numbers in a row, finite, each above the last."""
    if numbers.ndim != 1 or numbers.size < 2:
        raise ValueError(f"{what} must be at least 2 numbers in a row, got shape {numbers.shape}")
    if not np.isfinite(numbers).all():
        raise ValueError(f"{what} must be finite, got {numbers[~np.isfinite(numbers)][0]}")
    falls = np.flatnonzero(~(numbers[1:] > numbers[:-1]))
    if falls.size:
        first = falls[0]
        raise ValueError(f"{what} must increase, got {numbers[first]} followed by {numbers[first + 1]}")
