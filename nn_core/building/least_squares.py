"""Sums of given columns that come closest to given values: one for every number of columns."""

from math import sqrt

import numpy as np

from nn_core.arrays import FloatArray

# A column counts as dependent on those before it unless more than this share of it is new. A smaller
# share lets the coefficients grow, and with them the rounding of their sum: here below 1e-8 as a rule.
NEW = 1e-6
# A column whose every entry is smaller than this counts as zero: its coefficient might overflow.
SMALLEST = 1e-200


def nested_least_squares(columns: FloatArray, values: FloatArray) -> FloatArray:
    """The coefficients of the first k + 1 columns that bring their sum closest to the values, for every k.

    c_k minimises |C_k c - y|^2, C_k the columns 0 .. k. All come from one orthogonalisation
    C = Q R: c_k solves R_k c = (Q^T y)_k, both cut off behind row and column k.
    A column is left out, with coefficient 0 for every k, if what the columns before it leave of
    it is at most 1e-6 of its length: it depends on them, or would by a little rounding.

    Args:
        columns: C, shape (n, m), both at least 1; finite.
        values: y, shape (n,), finite.

    Returns:
        Shape (m, m), upper triangular: column k holds c_k, then zeros.

    Raises:
        ValueError: if there is no row or no column.

    Source: Å. Björck, Numerical Methods for Least Squares Problems (SIAM 1996), chapter 2.
    """
    basis, triangle, scales = _orthogonalised(columns)
    # Column k of the right-hand sides holds the first k + 1 entries of Q^T y, then zeros.
    right_hand_sides = np.triu(np.broadcast_to((basis @ values)[:, np.newaxis], triangle.shape))
    coefficients: FloatArray = _back_substituted(triangle, right_hand_sides) / scales[:, np.newaxis]
    return coefficients


def least_squares_coefficients(columns: FloatArray, values: FloatArray) -> FloatArray:
    """The coefficients of all columns that bring their sum closest to the values: the last nested ones.

    Args:
        columns: C, shape (n, m), both at least 1; finite.
        values: y, shape (n,), finite.

    Returns:
        Shape (m,).

    Raises:
        ValueError: if there is no row or no column.
    """
    basis, triangle, scales = _orthogonalised(columns)
    return _back_substituted(triangle, basis @ values) / scales


def _orthogonalised(columns: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The rows q_k, the upper triangle R and the scales s of columns = Q R s.

    For a dependent column q_k = 0 and R_kk = 1. Gram-Schmidt, column after column, each time done
    twice: that is enough for q_k to be orthogonal up to rounding (L. Giraud, J. Langou, M. Rozložník, 2005).
    """
    if columns.size == 0:
        raise ValueError(f"a fit needs at least one point and one column, got shape {columns.shape}")
    scales = np.abs(columns).max(axis=0)
    scales[scales < SMALLEST] = 1.0
    rows = np.ascontiguousarray((columns / scales).T)
    basis, triangle = np.zeros(rows.shape), np.eye(len(rows))
    for k, row in enumerate(rows):
        before = basis[:k]
        shares = before @ row
        remainder = row - shares @ before
        again = before @ remainder
        remainder -= again @ before
        triangle[:k, k] = shares + again
        length = sqrt(remainder @ remainder)
        if length > NEW * sqrt(row @ row):
            triangle[k, k] = length
            basis[k] = remainder / length
    return basis, triangle, scales


def _back_substituted(triangle: FloatArray, right_hand_sides: FloatArray) -> FloatArray:
    """The solution S of R S = B for an upper triangle R, from the last row up; shape of B."""
    # Not np.linalg.solve: on a busy machine the threads of its library can take 100 ms for this.
    solution = right_hand_sides.copy()
    for i in reversed(range(len(triangle))):
        solution[i] -= triangle[i, i + 1 :] @ solution[i + 1 :]
        solution[i] /= triangle[i, i]
    return solution
