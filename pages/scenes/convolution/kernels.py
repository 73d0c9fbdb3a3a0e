"""Nine numbers each, and pictures to look at through them."""

from __future__ import annotations

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.digits.pictures import held_out

SIDE, SIZE = 3, 10
OUT = SIZE - SIDE + 1
NAMES = tuple(f"k{u}{v}" for u in range(1, SIDE + 1) for v in range(1, SIDE + 1))
KERNELS: dict[str, tuple[float, ...]] = {
    "upright edges": (-1.0, 0.0, 1.0) * 3,
    "level edges": (-1.0, -1.0, -1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0),
    "outline": (0.0, -1.0, 0.0, -1.0, 4.0, -1.0, 0.0, -1.0, 0.0),
}
BLUR = 0.1


def kernel_of(numbers: dict[str, float]) -> FloatArray:
    """The nine numbers, by their names, as a square of three."""
    return np.array([numbers[name] for name in NAMES]).reshape(SIDE, SIDE)


def values_of(kernel: str) -> dict[str, float]:
    """The numbers of one of the KERNELS by their names."""
    return dict(zip(NAMES, KERNELS[kernel], strict=True))


def _box() -> FloatArray:
    picture = np.full((SIZE, SIZE), 0.2)
    picture[2:8, 3:8] = 0.9
    return picture


def _disc() -> FloatArray:
    across, up = np.meshgrid(np.arange(SIZE) - 4.5, np.arange(SIZE) - 4.5)
    return np.where(np.hypot(across, up) < 3.6, 0.8, 0.0)


def _slope() -> FloatArray:
    return np.where(np.add.outer(np.arange(SIZE), np.arange(SIZE)) < SIZE, 1.0, 0.1)


def _digit() -> FloatArray:
    return np.pad(held_out().pictures[0], 1)


PICTURES = {"box": _box(), "disc": _disc(), "slope": _slope(), "digit": _digit()}
