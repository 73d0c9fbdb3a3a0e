"""What an infinitely wide network learns, and when: its training in a closed form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nn_core.arrays import FloatArray


def relu_tangent_kernel(x: FloatArray) -> FloatArray:
    """The neural tangent kernel of one hidden layer of infinitely many ReLUs, between points of a line.

    For f(x) = sum_j v_j ReLU(w_j x + b_j) / sqrt(m) with all v_j, w_j, b_j normal of variance 1, this is what
    the sum of the products of f's derivatives at x and at x' tends to for m to infinity:

        K(x, x') = |p| |p'| (sin a + (pi - a) cos a) / (2 pi) + p.p' (pi - a) / (2 pi),

    p = (x, 1), p' = (x', 1) and a the angle between them. The first part is of the v_j, the second of the
    others.

    Args:
        x: the points, shape (n,).

    Returns:
        K, shape (n, n), symmetric, no eigenvalue below 0 but for rounding.

    Source: A. Jacot, F. Gabriel and C. Hongler, "Neural tangent kernel", NeurIPS 2018; the two means are the
    arc-cosine kernels of Y. Cho and L. Saul, "Kernel methods for deep learning", NIPS 2009.
    """
    sizes = np.hypot(x, 1.0)
    lengths, products = np.outer(sizes, sizes), np.outer(x, x) + 1.0
    # The cosine of a small angle tells little of it; its sine is |x - x'| / (|p| |p'|), to the last digit.
    angles = np.arctan2(np.abs(x[:, np.newaxis] - x), products)
    of_outputs = lengths * (np.sin(angles) + (np.pi - angles) * np.cos(angles))
    kernel: FloatArray = (of_outputs + products * (np.pi - angles)) / (2.0 * np.pi)
    return kernel


@dataclass(frozen=True, eq=False)
class Film:
    """The output of a network whose kernel stays as it is, at every time of its training.

    The mean squared error falls by gradient flow, df/dt = -(2/n) K (f - y), from f = 0. So with the
    eigenvalues L and the eigenvectors V of (2/n) K it is f_t = V (1 - exp(-L t)) V^T y: each part is learnt
    at its own rate.

    Attributes:
        rates: L, shape (n,), none below 0.
        modes: V, shape (n, n), one in each column.
        parts: V^T y, shape (n,).
    """

    rates: FloatArray
    modes: FloatArray
    parts: FloatArray

    def at(self, time: FloatArray | float) -> FloatArray:
        """f_t on the points: shape (n,), or (times, n) for several times."""
        learnt = -np.expm1(-np.multiply.outer(time, self.rates))
        heights: FloatArray = (learnt * self.parts) @ self.modes.T
        return heights


def film(kernel: FloatArray, values: FloatArray) -> Film:
    """The training on given values.

    Args:
        kernel: K, shape (n, n), symmetric.
        values: y, shape (n,).
    """
    rates, modes = np.linalg.eigh(2.0 / len(kernel) * kernel)
    return Film(np.maximum(rates, 0.0), modes, modes.T @ values)


def shares(heights: FloatArray, waves: FloatArray) -> FloatArray:
    """How much of each wave is in some heights: <f, s_k> / <s_k, s_k>, 1 where it is all there.

    Args:
        heights: f on n points, shape (..., n).
        waves: s_k on the same points, shape (k, n), each orthogonal to the others.

    Returns:
        Shape (..., k).
    """
    found: FloatArray = heights @ waves.T / (waves**2).sum(axis=1)
    return found
