"""A reader's own data: two columns of numbers, read from a table and kept in a link."""

import re
from dataclasses import dataclass
from math import floor, log10

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.numerals import number
from nn_core.tables import LARGEST, PLAIN, SHOWN, Table, TableError, decoded, left_out

MOST_BYTES = 5_000_000
MOST_POINTS = 64
# 64 times two numbers of at most 24 characters, a colon, and a tilde in between.
MOST_LINK_CHARACTERS = 64 * 50
# Numbers closer together than this share of their size have too few digits left that differ.
NARROWEST = 1e-9
# In a link numbers are rounded to this share of their range.
ROUNDED = 1e-4


@dataclass(frozen=True, eq=False, slots=True)
class Samples:
    """Points of a curve, from left to right.

    The arrays are copied to float64 and made read-only, so that samples are a value.

    Attributes:
        x: shape (n,), n at least 2, strictly increasing, at most 1e100 in size.
        y: shape (n,), at most 1e100 in size.
        remarks: sentences on what was done to the reader's table to get there.

    Raises:
        TableError: if the points are not like that, or all x, or all y, agree up to a share of 1e-9; the y
            may be all the same.
    """

    x: FloatArray
    y: FloatArray
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the points, and keep read-only copies."""
        x, y = np.array(self.x, dtype=np.float64), np.array(self.y, dtype=np.float64)
        _require_points(x, y)
        for name, numbers in (("x", x), ("y", y)):
            numbers.flags.writeable = False
            object.__setattr__(self, name, numbers)


def parse_samples(text: str | bytes) -> Samples:
    """The points in a table of two columns, x and y, sorted and each x once.

    How lines are cut into cells and numbers are read, `Table` says. Rows with an empty cell, NaN, NA or an
    infinite number are left out; rows with the same x are replaced by their mean.

    Args:
        text: at most 5 MB. Bytes are UTF-16 if they start with its mark, else UTF-8, else Latin-1.

    Returns:
        The points, with a remark on each change made on the way.

    Raises:
        TableError: if it is too large, not text, has a line (which is named) without two columns of
            numbers, or holds no two points with different x, or too large numbers.
    """
    table = Table(decoded(text, MOST_BYTES).splitlines(), ("x", "y"))
    points = _plain_points([line for _, line in table.said()], table.separator)
    if points is None:
        points = np.array([(x, y) for _, x, y, _ in table.numbers()]).reshape(-1, 2)
    finite = np.isfinite(points).all(axis=1)
    remarks = [*table.remarks, *left_out(int(np.sum(~finite)))]
    return _curve(points[finite, 0], points[finite, 1], remarks)


def _plain_points(lines: list[str], separator: str) -> FloatArray | None:
    """The points, shape (n, 2), if each line is two plain numbers; None if not. This is for speed only."""
    text = separator.join(lines)
    if not PLAIN.fullmatch(text) or any(line.count(separator) != 1 for line in lines):
        return None
    cells = text.split(separator) if lines else []
    try:
        return np.fromiter(map(float, cells), np.float64, len(cells)).reshape(-1, 2)
    except ValueError:
        return None


def _curve(x: FloatArray, y: FloatArray, remarks: list[str]) -> Samples:
    """The points from left to right, those with the same x replaced by their mean."""
    if (x[1:] < x[:-1]).any():
        remarks.append("the rows were sorted by x")
    places, inverse, counts = np.unique(x, return_inverse=True, return_counts=True)
    if places.size < x.size:
        remarks.append(f"{_count(x.size - places.size)} had the same x as another: their y were averaged")
    sums = np.bincount(inverse, weights=y, minlength=places.size)
    # A mean lies between its numbers, but for rounding.
    means = np.clip(sums / counts, y.min(initial=np.inf), y.max(initial=-np.inf))
    return Samples(places, means, tuple(remarks))


def _count(rows: int) -> str:
    """So many rows, in words."""
    return "1 row" if rows == 1 else f"{rows} rows"


def resample(samples: Samples, most: int = MOST_POINTS) -> Samples:
    """The samples themselves if they are few; else their means around evenly spaced x, from end to end.

    Each point counts for the nearest of the x. Where an x has no points, the value is on the
    straight line between the means on either side.

    Args:
        samples: any.
        most: the number of points, at least 2.

    Returns:
        At most that many points, with one more remark if there were more.

    Raises:
        ValueError: if most is less than 2.
    """
    if most < 2:
        raise ValueError(f"there must be at least 2 points to resample to, got most={most}")
    n = samples.x.size
    if n <= most:
        return samples
    grid = np.linspace(samples.x[0], samples.x[-1], most)
    shares = (samples.x - samples.x[0]) / (samples.x[-1] - samples.x[0])
    nearest = np.rint(shares * (most - 1)).astype(int)
    counts = np.bincount(nearest, minlength=most)
    sums = np.bincount(nearest, weights=samples.y, minlength=most)
    full = counts > 0
    means = np.interp(grid, grid[full], sums[full] / counts[full])
    means = np.clip(means, samples.y.min(), samples.y.max())
    return Samples(grid, means, (*samples.remarks, f"{n} points were reduced to {most}"))


def write_samples(samples: Samples) -> str:
    """The points for a link, as x_y__x_y__x_y, rounded to 1/10000 of the range of x and of y.

    Where that would make two x the same, all x get more digits. Remarks are not written.

    Args:
        samples: at most 64 points.

    Returns:
        What `read_samples` reads: digits, and _ . - e, which no program escapes.

    Raises:
        TableError: if there are more points.
    """
    if samples.x.size > MOST_POINTS:
        raise TableError(f"a link holds at most {MOST_POINTS} points, got {samples.x.size}")
    decimals = _decimals(samples.x)
    x = _rounded(samples.x, decimals)
    while len(set(x)) < len(x):
        decimals += 1
        x = _rounded(samples.x, decimals)
    y = _rounded(samples.y, _decimals(samples.y))
    return "__".join(f"{_written(a)}_{_written(b)}" for a, b in zip(x, y, strict=True))


def _decimals(numbers: FloatArray) -> int:
    """How many decimals make a step of at most 1/10000 of the range; negative for large numbers."""
    size = float(np.abs(numbers).max())
    reach = max(float(np.ptp(numbers)), NARROWEST * size, 1.0 / LARGEST)
    return -floor(log10(ROUNDED * reach))


def _rounded(numbers: FloatArray, decimals: int) -> list[float]:
    """The numbers rounded to so many decimals, never to -0."""
    return [round(number, decimals) + 0.0 for number in numbers.tolist()]


def _written(number: float) -> str:
    """The shortest way to write a number, without a plus sign."""
    return repr(number).removesuffix(".0").replace("e+", "e")


def read_samples(text: str) -> Samples:
    """The points of a link.

    Args:
        text: what `write_samples` wrote, or x:y~x:y~x:y, as it once did.

    Returns:
        The points, without remarks.

    Raises:
        TableError: if it is too long, holds more than 64 points or something that is not x_y (which
            is shown), or they are no samples.
    """
    if len(text) > MOST_LINK_CHARACTERS:
        raise TableError(
            f"points in a link must have at most {MOST_LINK_CHARACTERS} characters, got {len(text)}"
        )
    pieces = re.split("~|__", text)
    if len(pieces) > MOST_POINTS:
        raise TableError(f"a link holds at most {MOST_POINTS} points, got {len(pieces)}")
    points = np.array([_linked_point(piece) for piece in pieces])
    return Samples(points[:, 0], points[:, 1])


def _linked_point(piece: str) -> list[float]:
    found = [number(part) for part in re.split("[_:]", piece)]
    if len(found) != 2 or None in found:
        raise TableError(f"each point in a link must be two numbers x_y, got {piece[:SHOWN]!r}")
    return [each for each in found if each is not None]


def _require_points(x: FloatArray, y: FloatArray) -> None:
    """Raise a TableError unless these are the points of a curve."""
    if x.ndim != 1 or x.shape != y.shape:
        raise TableError(f"x and y must be equally many numbers, got shapes {x.shape} and {y.shape}")
    if x.size < 2:
        raise TableError(f"there must be at least two points with different x, got {x.size}")
    for name, numbers in (("x", x), ("y", y)):
        if not (np.abs(numbers) <= LARGEST).all():
            worst = numbers[np.argmin(np.abs(numbers) <= LARGEST)]
            raise TableError(f"every {name} must be at most {LARGEST:g} in size, got {worst:g}")
    if (np.diff(x) <= 0.0).any():
        raise TableError("every x must be larger than the one before it")
    if not _differ(x):
        raise TableError(f"the x must differ by more than rounding, got {x[0]:.17g} to {x[-1]:.17g}")
    if np.ptp(y) and not _differ(y):
        raise TableError(
            f"the y must be the same or differ by more than rounding, got {y.min():.17g} to {y.max():.17g}"
        )


def _differ(numbers: FloatArray) -> bool:
    """Whether numbers go up and down by more than rounding."""
    # Two numbers that are written 1e-9 of their size apart are so up to the rounding of their difference.
    least = NARROWEST * (1.0 - 1e-6) * float(np.abs(numbers).max())
    return bool(np.ptp(numbers) >= max(least, 1.0 / LARGEST))
