"""How precisely a picture's arrays travel: as float32 where that shows on no plot, as float64 elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log
from typing import Any

import numpy as np

from pages.shared.figures.axes import Figure, Range

# A number in view may move by this share of its axis: 0.001 pixels of 2000.
TOLERATED = 5e-7
# float32 rounds to 2^-24 of a number, and to 2^-150 near 0; what is not below 3.4e38 it does not know.
# Its powers of ten with all digits go from -37 to 38.
ROUNDING, LEAST, MOST, DECADES = 2.0**-24, 2.0**-150, 3e38, 37.0
AXES = ("x", "y", "z")
Array = np.ndarray[Any, Any]


def exact(plots: Iterable[Figure]) -> frozenset[int]:
    """The ids of the arrays in which float32 would move a number in view."""
    return frozenset(id(array) for figure in plots for array in _fine(figure))


def rounded(picture: dict[str, Any]) -> dict[str, Any]:
    """The picture with its arrays as float32, but for those that are exact and those of bytes.

    One that stands in several places is rounded once, and stands there still.
    """
    kept = exact(picture.get("plots", ()))
    found: dict[int, Array] = {}

    def part(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: part(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [part(each) for each in value]
        if isinstance(value, np.ndarray):
            return found.setdefault(id(value), lightened(value, id(value) in kept))
        return value

    whole: dict[str, Any] = part(picture)
    return whole


def lightened(numbers: Array | Sequence[Array], exactly: bool) -> Array:
    """An array as it travels, or several of one shape one below the other.

    Bytes stay bytes; all else is float64 if `exactly`, and float32 if not.
    """
    parts = [numbers] if isinstance(numbers, np.ndarray) else numbers
    number = np.float64 if exactly else np.float32
    # What is too large for float32 is infinite there, and off every plot.
    with np.errstate(over="ignore"):
        return np.array(numbers, dtype=np.uint8 if all(each.dtype == np.uint8 for each in parts) else number)


def holds(ends: Range, logarithmic: bool = False) -> bool:
    """Whether float32 holds the numbers along an axis, or their logarithms, to 5e-7 of its length."""
    low, high = min(ends), max(ends)
    length, farthest = high - low, max(abs(low), abs(high))
    if logarithmic:
        return farthest <= DECADES and ROUNDING / log(10.0) <= TOLERATED * length
    return farthest < MOST and ROUNDING * farthest + LEAST <= TOLERATED * length


def _fine(figure: Figure) -> Iterator[Array]:
    """The arrays of a figure that lie along an axis which float32 does not hold."""
    layout = figure["layout"]
    short = {name for name, axis in _axes(layout) if not _holds(axis)}
    if not short:
        return
    for trace in figure["data"]:
        for letter in AXES:
            array = trace.get(letter)
            if isinstance(array, np.ndarray) and _along(trace, letter) in short:
                yield array


def _axes(layout: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The axes of a layout, each under the name that traces have for it."""
    for name, part in layout.items():
        if name[1:5] == "axis":
            yield name[0] + name[5:], part
        elif name.startswith("scene"):
            yield from ((f"{name} {letter}", part[f"{letter}axis"]) for letter in AXES)


def _along(trace: Mapping[str, Any], letter: str) -> str:
    """The name of the axis that these numbers of a trace lie along."""
    if trace["type"] in ("surface", "scatter3d"):
        return f"{trace.get('scene', 'scene')} {letter}"
    return str(trace.get(f"{letter}axis", letter))


def _holds(axis: Mapping[str, Any]) -> bool:
    return "range" in axis and holds(axis["range"], axis.get("type") == "log")
