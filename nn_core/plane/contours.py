"""A level line is where a surface, known at the points of a grid, passes through one height."""

import numpy as np
from numpy.typing import NDArray

from nn_core.arrays import FloatArray

# Beyond this size the sum of a cell's four corners could overflow.
LARGEST_VALUE = 1e307

# The corners of a cell as (row, column) offsets, counter-clockwise from the lower left.
_CORNER_ROWS = np.array([0, 0, 1, 1])
_CORNER_COLUMNS = np.array([0, 1, 1, 0])

# The edges below, right, above and left, each from its lower or left corner to the other one:
# two neighbouring cells then compute the very same point on the edge they share.
_EDGE_STARTS = np.array([0, 1, 3, 0])
_EDGE_ENDS = np.array([1, 2, 2, 3])

# The two edges that a cell's segment joins. Row c: the corners that are bits of c are above the level.
_SEGMENT = np.array(
    [
        *([0, 0], [3, 0], [0, 1], [3, 1], [1, 2], [3, 0], [0, 2], [2, 3]),
        *([2, 3], [0, 2], [0, 1], [1, 2], [1, 3], [0, 1], [0, 3], [0, 0]),
    ]
)
# Two opposite corners above and two below, and the edges that the second segment joins there.
_SECOND_SEGMENT = {5: [1, 2], 10: [2, 3]}


def level_line(
    values: FloatArray, x: FloatArray, y: FloatArray, most: int, level: float = 0.0
) -> tuple[FloatArray, FloatArray]:
    """The line where a surface is at a level, by marching squares: one short segment after the other.

    A grid edge from p with value u to q with value v is crossed where one of u and v is above the
    level (u > level) and the other is not, at p + (level - u) / (v - u) (q - p). A cell with
    two crossed edges has the segment between the crossings. A cell with four, a saddle,
    has two segments: they cut off the two corners below the level if the mean of the
    four corners is above it, and the two corners above otherwise.

    The crossings are exact for a function that is linear along the grid's edges; for a
    smooth one whose gradient is not 0 the line is off by O(h^2), h the spacing of the grid.

    Args:
        values: shape (ny, nx), values[i, j] at the point (x_j, y_i). Cells with a corner that is
            NaN, infinite or beyond 1e307 in size have no segment.
        x: shape (nx,), increasing.
        y: shape (ny,), increasing.
        most: the number of segments there is room for; if there are more, `most` of them are
            chosen evenly along the rows of cells.
        level: in units of the values, up to 1e307 in size.

    Returns:
        x and y of the segments, each as the triple (start, end, NaN) that breaks the line for
        plotting: two arrays of length 3 * most, filled up with NaN.

    Raises:
        ValueError: if the shapes do not agree, or most is negative.
    """
    values, x, y = (np.asarray(numbers, dtype=np.float64) for numbers in (values, x, y))
    _require_grid(values, x, y)
    if most < 0:
        raise ValueError(f"most must be at least 0, got most={most}")
    rows, columns, edges = _evenly(_segments(values, level), most)
    return _triples(*_crossings(values, x, y, level, (rows, columns, edges)), most)


def _require_grid(values: FloatArray, x: FloatArray, y: FloatArray) -> None:
    """Raise a ValueError unless there is one value for each x and each y."""
    if x.ndim != 1 or y.ndim != 1 or values.shape != (y.size, x.size):
        raise ValueError(
            "values must have one row for each y and one column for each x, "
            f"got values of shape {values.shape}, x of shape {x.shape} and y of shape {y.shape}"
        )


_Segments = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]


def _segments(values: FloatArray, level: float) -> _Segments:
    """The row and column of each segment's cell, shapes (n,), and the two edges it joins, shape (n, 2)."""
    codes = _codes(values > level)
    usable = _in_every_corner(np.abs(values) <= LARGEST_VALUE)
    rows, columns = np.nonzero(usable & (codes > 0) & (codes < 15))
    code = codes[rows, columns]
    saddles = np.flatnonzero((code == 5) | (code == 10))
    if not saddles.size:
        return rows, columns, _SEGMENT[code]
    corners = values[rows[saddles, np.newaxis] + _CORNER_ROWS, columns[saddles, np.newaxis] + _CORNER_COLUMNS]
    # The segments around the corners above are, with all four corners flipped, those around the others.
    around_below = corners.mean(axis=1) > level
    code[saddles[around_below]] = 15 - code[saddles[around_below]]
    second = np.where(code[saddles, np.newaxis] == 5, _SECOND_SEGMENT[5], _SECOND_SEGMENT[10])
    cells = np.concatenate((np.arange(code.size), saddles))
    edges = np.concatenate((_SEGMENT[code], second))
    in_order = np.argsort(cells, kind="stable")
    cells = cells[in_order]
    return rows[cells], columns[cells], edges[in_order]


def _codes(above: NDArray[np.bool_]) -> NDArray[np.int8]:
    """For each cell the sum of 1, 2, 4, 8 for the corners above, counter-clockwise from the lower left."""
    bits = above.astype(np.int8)
    codes: NDArray[np.int8] = bits[:-1, :-1] + 2 * bits[:-1, 1:] + 4 * bits[1:, 1:] + 8 * bits[1:, :-1]
    return codes


def _in_every_corner(marks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The cells whose four corners are all marked."""
    both: NDArray[np.bool_] = marks[:, :-1] & marks[:, 1:]
    return both[:-1] & both[1:]


def _evenly(segments: _Segments, most: int) -> _Segments:
    """All the segments, or `most` of them at even distances in their order."""
    rows, columns, edges = segments
    if rows.size <= most:
        return segments
    chosen = np.linspace(0, rows.size - 1, most).round().astype(np.intp)
    return rows[chosen], columns[chosen], edges[chosen]


def _crossings(
    values: FloatArray, x: FloatArray, y: FloatArray, level: float, segments: _Segments
) -> tuple[FloatArray, FloatArray]:
    """x and y of the two ends of each segment, shapes (n, 2), by linear interpolation along the edges."""
    rows, columns, edges = segments
    starts, ends = _EDGE_STARTS[edges], _EDGE_ENDS[edges]
    i, j = rows[:, np.newaxis] + _CORNER_ROWS[starts], columns[:, np.newaxis] + _CORNER_COLUMNS[starts]
    k, m = rows[:, np.newaxis] + _CORNER_ROWS[ends], columns[:, np.newaxis] + _CORNER_COLUMNS[ends]
    fraction = (level - values[i, j]) / (values[k, m] - values[i, j])
    return x[j] + fraction * (x[m] - x[j]), y[i] + fraction * (y[k] - y[i])


def _triples(x_ends: FloatArray, y_ends: FloatArray, most: int) -> tuple[FloatArray, FloatArray]:
    """The ends of at most `most` segments, shapes (n, 2), as (start, end, NaN) in rows of length 3 * most."""
    triples = np.full((2, most, 3), np.nan)
    triples[0, : len(x_ends), :2] = x_ends
    triples[1, : len(y_ends), :2] = y_ends
    return triples[0].ravel(), triples[1].ravel()
