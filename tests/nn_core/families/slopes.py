"""Derivatives, held against central differences."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from nn_core.arrays import FloatArray
from nn_core.families.chains import Part


def slopes_agree(part: Part, x: FloatArray, seed: int = 0) -> None:
    """Both derivatives of a part are central differences of a loss that weighs its outputs at random."""
    output, memory = part.forward(x)
    weights = np.random.default_rng(seed).normal(size=output.shape)

    def by_x(row: FloatArray) -> float:
        return float((part.forward(row.reshape(x.shape))[0] * weights).sum())

    def by_parameters(row: FloatArray) -> float:
        return float((part.with_parameters(row).forward(x)[0] * weights).sum())

    delta, gradient = part.backward(memory, weights)
    assert delta.shape == x.shape
    assert gradient == pytest.approx(slopes(by_parameters, part.parameters), rel=1e-6, abs=1e-6)
    assert delta.ravel() == pytest.approx(slopes(by_x, x.ravel()), rel=1e-6, abs=1e-6)


def slopes(function: Callable[[FloatArray], float], row: FloatArray, h: float = 1e-5) -> FloatArray:
    steps = h * np.eye(row.size)
    return np.array([(function(row + step) - function(row - step)) / (2 * h) for step in steps])
