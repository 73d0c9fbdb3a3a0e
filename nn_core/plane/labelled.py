"""A reader's own labelled points: three columns, read from a table."""

from dataclasses import dataclass
from math import isfinite

import numpy as np

from nn_core.arrays import FloatArray, IntArray
from nn_core.plane.datasets import REACH, Dataset
from nn_core.tables import LARGEST, Table, TableError, decoded, left_out, number_of, shown

MOST_BYTES = 50_000_000
MOST_ROWS = 2_000_000
# So many points are kept of a table.
MOST = 60
# Of the classes of a table with too many, a message names so many.
MOST_NAMED = 5
# Every sign at which a text is cut into lines.
LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


@dataclass(frozen=True, eq=False, slots=True)
class Labelled:
    """Labelled points from a reader's table.

    Attributes:
        dataset: the points, moved and scaled into the square of the datasets where need be.
        remarks: sentences on what was done to the table to get there, and on what to know of it.
        names: the classes as the table writes them, that of class 0 first.
    """

    dataset: Dataset
    remarks: tuple[str, ...]
    names: tuple[str, str]


def parse_labelled(text: str | bytes) -> Labelled:
    """The points in a table of three columns, x, y and class, in the order of its lines.

    Cells, comments, the heading and bytes are read as `parse_samples` reads them. The class may be
    any two words or numbers; numbers of equal value are one class. The smaller number, or the
    first word by code point, is class 0; a number comes before a word.

    Of more than 60 points 60 are kept, evenly by line within each class, and of each class its
    share, but at least one. If one of those has a coordinate beyond -1 or 1, then each axis is
    mapped by p -> -0.9 + 1.8 (p - lowest) / (highest - lowest), or to 0 where all p agree. Points
    that are all in one place are put at the origin.

    Args:
        text: at most 50 MB, at most 2 000 000 lines.

    Returns:
        The points, with a remark on each change made on the way, and on points of different
        classes in the same place.

    Raises:
        TableError: if it is too large, not text, has a line (which is named) without two finite
            numbers and a class, holds fewer than two points, or not two classes.
    """
    points, classes, remarks = _table(text)
    labels, names = _labels(classes)
    remarks += _meetings(points, labels)
    kept = _kept(labels)
    if kept.size < labels.size:
        remarks.append(f"{kept.size} of {labels.size:,} points are kept")
    fitted, fitting = _fitted(points[kept])
    return Labelled(Dataset(fitted, labels[kept]), (*remarks, *fitting), names)


def _table(text: str | bytes) -> tuple[FloatArray, list[str], list[str]]:
    """The points of a table, their classes as written, and what there is to remark so far."""
    table = Table(_rows(decoded(text, MOST_BYTES)), ("x₁", "x₂", "class"))
    points, classes, missing = _columns(table)
    if len(classes) < 2:
        raise TableError(f"there must be at least two points, got {len(classes)}")
    return points, classes, [*table.remarks, *left_out(missing)]


def _rows(text: str) -> list[str]:
    """The lines of a text, or a TableError, before they are cut, if there are too many."""
    ends = max(text.count(end) for end in LINE_ENDS)
    rows = text.splitlines() if ends <= MOST_ROWS else []
    if max(ends, len(rows)) > MOST_ROWS:
        raise TableError(f"the table must have at most {MOST_ROWS:,} lines, got {max(ends, len(rows)):,}")
    return rows


def _columns(table: Table) -> tuple[FloatArray, list[str], int]:
    """The points, shape (n, 2), the n classes, and how many lines have no point."""
    coordinates: list[float] = []
    classes: list[str] = []
    missing = 0
    # Each word is kept once, not once a line.
    words: dict[str, str] = {}
    for number, x, y, cells in table.numbers():
        if not (isfinite(x) and isfinite(y)):
            missing += 1
            continue
        _require_small(number, (x, y), cells)
        coordinates += (x, y)
        classes.append(words.setdefault(cells[2], cells[2]))
    return np.array(coordinates).reshape(-1, 2), classes, missing


def _require_small(number: int, place: tuple[float, float], cells: list[str]) -> None:
    """Raise a TableError where a coordinate is too large to go on with."""
    for coordinate, cell in zip(place, cells, strict=False):
        if abs(coordinate) > LARGEST:
            raise TableError(
                f"line {number}: x and y must be at most {LARGEST:g} in size, got {shown(cell)!r}"
            )


def _labels(classes: list[str]) -> tuple[IntArray, tuple[str, str]]:
    """The labels, 0 or 1, and the names of the two classes, or a TableError if they are not two."""
    names: dict[tuple[float, str], str] = {}
    keys = {word: _key(word) for word in dict.fromkeys(classes)}
    for word, key in keys.items():
        names.setdefault(key, word)
    ordered = sorted(names)
    if len(ordered) == 1:
        name = shown(classes[0])
        raise TableError(f"all {len(classes):,} points are of class {name}: two classes are needed")
    if len(ordered) > 2:
        named = ", ".join(shown(names[key]) for key in ordered[:MOST_NAMED])
        more = f" and {len(ordered) - MOST_NAMED:,} more" if len(ordered) > MOST_NAMED else ""
        raise TableError(f"there must be two classes, got {len(ordered):,}: {named}{more}")
    label = {word: ordered.index(key) for word, key in keys.items()}
    labels = np.fromiter((label[word] for word in classes), np.int64, len(classes))
    return labels, (names[ordered[0]], names[ordered[1]])


def _key(word: str) -> tuple[float, str]:
    """What a class is sorted by: its value if it is a finite number, else, after these, the word."""
    try:
        value = number_of(word)
    except ValueError:
        return np.inf, word
    return (value, "") if isfinite(value) else (np.inf, word)


def _meetings(points: FloatArray, labels: IntArray) -> list[str]:
    """A remark on the points, if any, that share their place with a point of the other class."""
    # As complex numbers, because these are sorted much faster than rows.
    _, place = np.unique(points.view(np.complex128)[:, 0], return_inverse=True)
    ones, all_there = np.bincount(place, weights=labels), np.bincount(place)
    meeting = int(all_there[(ones > 0) & (ones < all_there)].sum())
    return [f"{meeting:,} points share their place with a point of the other class"] if meeting else []


def _kept(labels: IntArray) -> IntArray:
    """The indices, increasing, of the points to keep: all if they are few, else evenly of each class."""
    if labels.size <= MOST:
        return np.arange(labels.size)
    ones = min(max(round(MOST * float(labels.mean())), 1), MOST - 1)
    kept = []
    for label, most in enumerate((MOST - ones, ones)):
        members = np.flatnonzero(labels == label)
        kept.append(members[np.arange(most) * members.size // most])
    return np.sort(np.concatenate(kept))


def _fitted(points: FloatArray) -> tuple[FloatArray, list[str]]:
    """The points within the square of the datasets, and a remark if they had to be moved there."""
    lowest, highest = points.min(axis=0), points.max(axis=0)
    if (lowest == highest).all():
        where = f"x = {lowest[0]:.12g}, y = {lowest[1]:.12g}"
        return np.zeros(points.shape), [f"all points are in one place, {where}: they are put at the origin"]
    if np.abs(points).max() <= 1.0:
        return points, []
    span = highest - lowest
    spread = span > 0.0
    shares = (points - lowest) / np.where(spread, span, 1.0)
    fitted = np.where(spread, -REACH + 2.0 * REACH * shares, 0.0)
    ranges = " and ".join(
        f"{axis} from {low:.12g} to {high:.12g}"
        for axis, low, high in zip("xy", lowest, highest, strict=True)
    )
    return fitted, [f"the points, {ranges}, are scaled and shifted to fill {-REACH} to {REACH} on each axis"]
