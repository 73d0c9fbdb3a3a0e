"""The inputs of a picture as an assignment leaves them: where they start, and which stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from pages.shared.stage.assigning.assignment import Assignment
from pages.shared.stage.inputs.input import Input
from pages.shared.stage.inputs.question import Question
from pages.shared.stage.inputs.reading import Reading

WHY = "locked: it belongs to the task"


@dataclass(frozen=True)
class Locked:
    """An input that is shown and keeps its value, whatever is asked for."""

    inner: Input

    @property
    def label(self) -> str:
        """What it is called on screen."""
        return self.inner.label

    @property
    def value(self) -> Any:
        """What it is."""
        return self.inner.value

    @property
    def steps(self) -> None:
        """It takes no steps."""

    def read(self, given: object) -> Reading:
        """Its value, whatever is given."""
        return Reading(self.value)

    def write(self, value: Any) -> str:
        """The value as a link says it."""
        return self.inner.write(value)

    def spec(self) -> dict[str, Any]:
        """What the browser needs to know of it."""
        return self.inner.spec()


def offered(inputs: Mapping[str, Input]) -> dict[str, Input]:
    """Those that an assignment can leave to the student: all but questions, which are tasks of their own."""
    return {name: each for name, each in inputs.items() if not isinstance(each, Question)}


def started(inputs: Mapping[str, Input], said: Mapping[str, str]) -> dict[str, Any]:
    """Where each input starts: what the assignment says, or the lesson."""
    return {
        name: each.read(said[name]).value if name in said else each.value for name, each in inputs.items()
    }


def left(inputs: Mapping[str, Input], assignment: Assignment) -> dict[str, Input]:
    """The inputs that are shown; of those that lie in the plot, the free ones: the plot shows the others."""
    start = started(inputs, assignment.said)
    shown = {name: _from(each, start[name]) for name, each in offered(inputs).items()}
    return {
        name: each if name in assignment.free else Locked(each)
        for name, each in shown.items()
        if name in assignment.free or (name in assignment.locked and "plot" not in each.spec())
    }


def to_be_said(inputs: Mapping[str, Input], assignment: Assignment) -> dict[str, str]:
    """What the student's link says beside the assignment: where inputs start that else start empty."""
    start = started(inputs, assignment.said)
    return {
        name: assignment.said[name]
        for name in assignment.free
        if name in assignment.said
        and name in inputs
        and _from(inputs[name], start[name]).value != start[name]
    }


def _from(each: Input, start: Any) -> Input:
    """The same input with another start, where it can have one."""
    if not is_dataclass(each) or isinstance(each, type):
        return each
    named = {one.name for one in fields(each)} & {"value", "first"}
    changed: Input = replace(each, **dict.fromkeys(named, start))
    return changed


def freely(values: Iterable[Mapping[str, Any]], free: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Of each of these values those that are free."""
    free = {*free}
    yield from ({name: value for name, value in each.items() if name in free} for each in values)
