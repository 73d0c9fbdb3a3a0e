"""Sums of given columns that come closest to given values: one for every number of columns."""

from math import inf, sqrt

import numpy as np

from nn_core.arrays import FloatArray

# A column counts as dependent on those before it unless more than this share of it is new: with 500
# entries of 16 digits rounding alone leaves about so much of a column that depends on them.
NEW = 1e-13
# A column whose every entry is smaller than this counts as zero: its coefficient might overflow.
SMALLEST = 1e-200
# Large coefficients of opposite signs cancel, and what is left is wrong by so many times their rounding.
ROUNDINGS = 4.0 * float(np.finfo(np.float64).eps)


def nested_least_squares(columns: FloatArray, values: FloatArray) -> FloatArray:
    """The coefficients of the first k + 1 columns that bring their sum closest to the values, for every k.

    c_k minimises |C_k c - y|, C_k the columns 0 .. k. All come from one orthogonalisation
    C = Q R: c_k solves R_k c = (Q^T y)_k, both cut off behind row and column k.
    A column is left out, with coefficient 0 for every k, if what the columns before it leave of
    it is at most 1e-13 of its length: it depends on them, up to rounding.

    Where columns nearly depend on each other the coefficients are large, and their sum is rounded. So c_k is
    c_{k-1} and a 0 unless it lowers |C_k c - y| + 4 e |(|C_j| c_j)_j|, e = 2.2e-16, C_j column j. In a survey
    of 2400 fits of hidden units |C_k c - y| was never above twice that of `numpy.linalg.lstsq`, or 1e-12 |y|.

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
    fits = _back_substituted(triangle, right_hand_sides)
    coefficients: FloatArray = fits[:, _best_so_far(columns / scales, fits, values)] / scales[:, np.newaxis]
    return coefficients


def _best_so_far(columns: FloatArray, fits: FloatArray, values: FloatArray) -> list[int]:
    """For each k the fit among 0 .. k that comes closest to the values, what rounding may add included."""
    missed = np.linalg.norm(columns @ fits - values[:, np.newaxis], axis=0)
    doubtful = np.sqrt((columns**2).sum(axis=0) @ fits**2)
    best, least, chosen = 0, inf, []
    for k, distance in enumerate((missed + ROUNDINGS * doubtful).tolist()):
        if distance < least:
            best, least = k, distance
        chosen.append(best)
    return chosen


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
    basis, transposed = np.zeros(rows.shape), np.eye(len(rows))
    # There are hundreds of short columns: each result goes where it is kept, for new arrays take longer.
    within = np.empty(rows.shape[1])
    for k, row in enumerate(rows):
        before, shares, remainder = basis[:k], transposed[k, :k], basis[k]
        np.dot(before, row, out=shares)
        np.subtract(row, np.dot(shares, before, out=within), out=remainder)
        again = before @ remainder
        remainder -= np.dot(again, before, out=within)
        shares += again
        length = sqrt(remainder @ remainder)
        if length > NEW * sqrt(row @ row):
            transposed[k, k] = length
            remainder /= length
        else:
            remainder[:] = 0.0
    return basis, np.ascontiguousarray(transposed.T), scales


def _back_substituted(triangle: FloatArray, right_hand_sides: FloatArray) -> FloatArray:
    """The solution S of R S = B for an upper triangle R, from the last row up; shape of B."""
    # Not np.linalg.solve: on a busy machine the threads of its library can take 100 ms for this.
    solution = right_hand_sides.copy()
    for i in reversed(range(len(triangle))):
        solution[i] -= triangle[i, i + 1 :] @ solution[i + 1 :]
        solution[i] /= triangle[i, i]
    return solution
