"""The sweep: a picture at every value of one input, as one base and what differs from it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, repeat
from operator import is_, itemgetter, ne
from typing import Any

import numpy as np

from pages.shared.crowd.pace import seldom
from pages.shared.crowd.turns import clock
from pages.shared.stage.inputs.input import Input
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.picture import Picture
from pages.shared.stage.precision import Array, exact, lightened

MOST_BYTES = 3_000_000
MOST_SECONDS = 1.0
# A sweep is given up on its way once so much of that time is gone, and it would need so many times that time.
LOOKED_ON, HOPELESS = 0.2, 1.5
# How many steps on either side of the thumb come first where one waits, and at least, where many do.
NEAR, NEAREST = 15, 5

Draw = Callable[..., Picture]
Frame = dict[str, Any]
Path = tuple[str | int, ...]
Column = tuple[Path, Any]


class UnlikeFramesError(ValueError):
    """Two frames of a sweep do not have the same parts, so there is no difference to send."""


def frame(picture: Draw, values: Mapping[str, Any]) -> Frame:
    """The picture at `values` as plain data; one that raises is {"error": what it said}."""
    try:
        return picture(**values).message()
    except ValueError as error:
        return {"error": str(error)}
    except Exception:
        seldom(__name__).exception("no picture at %s", dict(values))
        return {"error": "This picture could not be computed. Move on: the next one may be."}


def near(values: Mapping[str, Any], name: str, moved: Input, n_waiting: int) -> slice | None:
    """The steps next to where the input stands: 15 on either side, fewer where more wait, but at least 5.

    None where there are not many more.
    """
    steps = moved.steps or ()
    if len(steps) < 4 * NEAR or values[name] not in steps:
        return None
    at, reach = list(steps).index(values[name]), max(NEAREST, NEAR // n_waiting)
    return slice(max(at - reach, 0), min(at + reach + 1, len(steps)))


def sweep(
    picture: Draw, values: Mapping[str, Any], name: str, moved: Input, part: slice | None = None
) -> dict[str, Any] | None:
    """Every frame of the input `name`, the other values fixed; None where there are no steps or too much.

    {"name", "first", "count", "paths": [path ...], "columns": [column ...], "errors": [text or None ...]}: a
    path leads to a leaf of the picture, its column holds that leaf for each step: arrays stacked, or a list.
    part: which of the steps; all if None. They are so many, from the first.
    """
    part = part or slice(0, None)
    steps = None if isinstance(moved, Knob) and moved.one_by_one else (moved.steps or ())[part]
    if not steps:
        return None
    # The frames at the ends, and where the input stands, are looked at before all are made.
    at = cache(lambda step: frame(picture, {**values, name: step}))
    if at(values[name])["error"] or _too_much(at, steps):
        return None
    frames = _in_time(at, steps)
    columns = frames and _columns(frames)
    if frames is None or columns is None:
        return None
    errors = [each["error"] for each in frames]
    return {
        "name": name,
        "first": part.start,
        "count": len(steps),
        "paths": [path for path, _ in columns],
        "columns": [column for _, column in columns],
        "errors": errors if any(errors) else None,
    }


def _columns(frames: Sequence[Frame]) -> list[Column] | None:
    """What differs between the frames without an error; None where that cannot be sent or there are none."""
    good = [each for each in frames if each["error"] is None]
    if not good:
        return None
    try:
        columns = list(differences([each if each["error"] is None else good[0] for each in frames]))
    except UnlikeFramesError:
        return None
    return columns if _size(columns) <= MOST_BYTES and all(map(_can_be_sent, columns)) else None


def _can_be_sent(column: Column) -> bool:
    """Whether JSON knows all its numbers; arrays may hold any."""
    numbers = (each for each in column[1] if isinstance(each, float)) if isinstance(column[1], list) else ()
    return all(map(math.isfinite, numbers))


def differences(frames: Sequence[Frame]) -> Iterator[Column]:
    """The leaves in which the frames differ: their path and, for each frame, their value.

    Arrays are stacked to shape (frames, ...) in the precision that they travel in; one that stands in several
    places is stacked once. Raises UnlikeFramesError where the frames differ in more than their leaves.
    """
    return _differences(frames, (), _Stacks(exact(chain.from_iterable(each["plots"] for each in frames))))


class _Stacks:
    """Arrays of several frames as one; those whose ids are `kept` stay as they are."""

    def __init__(self, kept: frozenset[int]) -> None:
        self.kept = kept
        self.made: dict[tuple[int, ...], Array] = {}

    def of(self, arrays: Sequence[Array], path: Path) -> Array:
        """One below the other; the same for the same arrays. Raises UnlikeFramesError where shapes differ."""
        ids = tuple(map(id, arrays))
        if ids not in self.made:
            if len({each.shape for each in arrays}) > 1:
                raise UnlikeFramesError(path)
            self.made[ids] = lightened(arrays, not self.kept.isdisjoint(ids))
        return self.made[ids]


def _differences(parts: Sequence[Any], path: Path, stacks: _Stacks) -> Iterator[Column]:
    """What of one part of the frames differs; path: where that part is."""
    first = parts[0]
    if all(map(is_, parts, repeat(first))):
        return
    if len({*map(type, parts)}) > 1 and len({*map(_kind, parts)}) > 1:
        raise UnlikeFramesError(path)
    if isinstance(first, dict | list | tuple):
        for key in first if isinstance(first, dict) else range(len(first)):
            yield from _differences(_under(key, parts, path), (*path, key), stacks)
    elif isinstance(first, np.ndarray):
        stack = stacks.of(parts, path)
        if not np.array_equal(stack, np.broadcast_to(stack[:1], stack.shape), equal_nan=True):
            yield path, stack
    elif any(map(ne, parts, repeat(first))):
        yield path, list(parts)


def _under(key: Any, parts: Sequence[Any], path: Path) -> list[Any]:
    """What stands there in all the parts, which are of one length."""
    if len({*map(len, parts)}) > 1:
        raise UnlikeFramesError(path)
    try:
        return list(map(itemgetter(key), parts))
    except KeyError as error:
        raise UnlikeFramesError(path) from error


def _kind(part: Any) -> str:
    if isinstance(part, dict):
        return "table"
    if isinstance(part, list | tuple):
        return "list"
    return "array" if isinstance(part, np.ndarray) else "leaf"


def _size(columns: Sequence[Column]) -> int:
    """The bytes of the arrays, one that stands in several places counted once, and float64 as float32.

    So what is granted does not hang on where the numbers lie.
    """
    arrays = {id(column): column for _, column in columns if isinstance(column, np.ndarray)}
    return sum(array.size * min(array.itemsize, 4) for array in arrays.values())


def _in_time(at: Callable[[Any], Frame], steps: Sequence[Any]) -> list[Frame] | None:
    """All frames; None where they take too long after all, because only the ends were remembered.

    Where that can be told after a part of them, no more are made.
    """
    began = clock()
    frames = []
    for step in steps:
        frames.append(at(step))
        spent = (clock() - began) / MOST_SECONDS
        if spent > 1.0 or (spent > LOOKED_ON and spent * len(steps) > HOPELESS * len(frames)):
            return None
    return frames


def _too_much(at: Callable[[Any], Frame], steps: Sequence[Any]) -> bool:
    """Whether all frames would take too many bytes or too long, judged by the two at the ends.

    What seems to take too long is tried again: the first time may have filled a cache for all frames. It is
    tried with the next two, as it may also have filled one for those two alone.
    """
    for end in (0, 1):
        began = clock()
        ends = [at(steps[end % len(steps)]), at(steps[-1 - end % len(steps)])]
        seconds = (clock() - began) / 2 * len(steps)
        if seconds <= MOST_SECONDS:
            break
    if any(end["error"] for end in ends):
        return seconds > MOST_SECONDS
    try:
        size = _size(list(differences(ends))) / 2
    except UnlikeFramesError:
        return True
    return seconds > MOST_SECONDS or size * len(steps) > MOST_BYTES
