"""What moves in a file without a server: each input by itself, in as many steps as there is room for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pages.shared.crowd.turns import clock
from pages.shared.stage import wire
from pages.shared.stage.inputs.input import Input
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.wire import Block

MOST_SECONDS = 3.0
"""How long all steps of each input are computed; what comes after that has fewer, and so long again."""
LATE, FEWEST = 4, 3
LETTERS_PER_BYTE = 4 / 3
# What an input takes in the file beside its frames: its name, and what is said of it.
LONGEST_ENTRY = 400


@dataclass(frozen=True)
class Source:
    """Where a file has its pictures from: the inputs of a stage, and where they stand.

    picture: the one at any values, as it travels, or why there is none. sweep: that of an input of a name;
    None where there is none.
    """

    inputs: Mapping[str, Input]
    values: Mapping[str, Any]
    picture: Callable[[Mapping[str, Any]], Block | str]
    sweep: Callable[[str, Input], Block | None]


@dataclass(frozen=True)
class Moving:
    """An input that moves in the file.

    stride: of a knob's steps each so manieth is there, that of the saved value among them. frames: its sweep,
    or where its pictures do not have the same parts {"pictures": [...]}, one for each step.
    """

    input: Input
    stride: int
    frames: Block

    @property
    def size(self) -> int:
        """How many letters it takes in the file, at most."""
        return int(len(self.frames) * LETTERS_PER_BYTE) + LONGEST_ENTRY


def moving(source: Source, room: int) -> dict[str, Moving]:
    """By its name each input that moves in a file with so many letters left, as finely as there is room.

    While there is too much, what takes most has half as many steps. What is not there stands still: it has no
    steps, each of its pictures takes too long, or there is no room even for few of them.
    """
    found = dict(_in_time(source))
    while found and sum(each.size for each in found.values()) > room:
        largest = max(found, key=lambda name: found[name].size)
        fewer = _fewer(source, largest, found[largest])
        if fewer:
            found[largest] = fewer
        else:
            del found[largest]
    return {name: found[name] for name in source.inputs if name in found}


def spec(each: Moving) -> dict[str, Any]:
    """What the browser needs to know of an input as it moves in the file; of few steps it says so."""
    told = each.input.spec()
    if not isinstance(each.input, Knob) or each.stride == 1:
        return told
    return {**told, "note": f"Here it moves in steps of {each.input.write(each.input.step)}."}


def within(picture: Mapping[str, Any], parts: Iterable[Moving]) -> list[str]:
    """The tasks that are done in the saved picture, or somewhere else in the file."""
    return sorted(set[str]().union(*_done(picture, parts)))


def _done(picture: Mapping[str, Any], parts: Iterable[Moving]) -> Iterator[set[str]]:
    """Tasks that are done: in the picture, and in each part of the file."""
    yield {task for task, verdict in picture["tasks"].items() if verdict["done"]}
    for each in parts:
        frames = wire.unpack(each.frames)
        for whole in frames.get("pictures", ()):
            yield {task for task, verdict in whole.get("tasks", {}).items() if verdict["done"]}
        for path, column in zip(frames.get("paths", ()), frames.get("columns", ()), strict=True):
            if path[0] == "tasks" and path[-1] == "done" and any(column):
                yield {path[1]}


def _in_time(source: Source) -> Iterator[tuple[str, Moving]]:
    """Each input that moves, with all its steps as long as that does not take too long."""
    began = clock()
    for name in source.inputs:
        spent = clock() - began
        if spent > 2 * MOST_SECONDS:
            return
        found = _moved(source, name, 1 if spent <= MOST_SECONDS else LATE)
        if found:
            yield name, found


def _moved(source: Source, name: str, stride: int) -> Moving | None:
    """The input as it moves in the file; a knob with each so manieth of its steps, or with fewer."""
    each = source.inputs[name]
    if isinstance(each, Knob):
        return None if each.one_by_one else _knob(source, name, each, stride)
    frames = source.sweep(name, each) or _pictures(source, name, each)
    return Moving(each, 1, frames) if frames else None


def _knob(source: Source, name: str, each: Knob, stride: int) -> Moving | None:
    """A knob with each so manieth of its steps, or with fewer; None where too few are left."""
    while stride == 1 or stride * FEWEST <= each.scale.count:
        knob = coarser(each, source.values[name], stride)
        if frames := source.sweep(name, knob):
            return Moving(knob, stride, frames)
        stride *= 2
    return None


def _fewer(source: Source, name: str, found: Moving) -> Moving | None:
    """The same with half as many steps; None where it is no knob, or too few are left."""
    each = source.inputs[name]
    return _knob(source, name, each, 2 * found.stride) if isinstance(each, Knob) else None


def coarser(knob: Knob, value: float, stride: int) -> Knob:
    """The knob at `value`, and of its other values each so manieth."""
    scale = knob.scale
    first = scale.index(value) % stride
    last = first + (scale.count - 1 - first) // stride * stride
    step = round(knob.step * stride, scale.digits)
    return replace(knob, low=scale.at(first), high=scale.at(last), step=step, value=value)


def _pictures(source: Source, name: str, each: Input) -> Block | None:
    """A whole picture for each step of an input that has few."""
    if not each.steps:
        return None
    shown = [source.picture({**source.values, name: step}) for step in each.steps]
    return wire.pack(
        {"pictures": [one if isinstance(one, Block) else {"error": one, "tasks": {}} for one in shown]}
    )
