"""Answering: how a task is done, in words and numbers, found by the code that judges it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from pages.shared.numbers import plain, short
from pages.shared.stage.hints.moves import State
from pages.shared.stage.hints.search import OutOfTimeError, Search, Way
from pages.shared.stage.inputs.input import Input
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.matrix import Matrix
from pages.shared.stage.inputs.question import Question


def question(search: Search) -> str | None:
    """The name of the input that asks what the task asks; None where it is no question."""
    asked = (name for name, each in search.inputs.items() if isinstance(each, Question))
    return next((name for name in asked if search.inputs[name].label == search.task), None)


def chosen(search: Search, state: State, name: str) -> str:
    """The options of a question that are judged right in this state, and what is said of them."""
    options = search.inputs[name].steps or ()
    judged = {}
    with suppress(OutOfTimeError):
        for option in options:
            judged[str(option)] = search.verdict({**state, name: option})
    if len(judged) < len(options):
        return "There was no time to judge all of these: print the worksheet once more."
    right = {option: verdict for option, verdict in judged.items() if verdict.done}
    if not right:
        return "No option is right for this picture."
    return f"“{'” or “'.join(right)}”. {next(iter(right.values())).says.removeprefix('Right. ')}"


def done_by(search: Search, state: State, found: Way, ends: bool) -> str:
    """What is set at the end of a way, and what is so then; where none ends, that none was found."""
    if not ends:
        return (
            f"No setting that does it was found from this picture: {len(search.known)} were tried. If there "
            "are menus above the picture, one of them may have to change first. Or it cannot be done here."
        )
    end = dict(state)
    for each in found:
        end = each.made(end)
    changes = [
        text
        for name, each in search.inputs.items()
        if end[name] != state[name]
        for text in _set(each, state[name], end[name])
    ]
    says = search.verdict(end).says
    return f"For example: {', '.join(changes)}. Then: {says}" if changes else f"It is done already: {says}"


def _set(each: Input, before: object, after: object) -> Iterator[str]:
    """An input and what it is set to; of a matrix the cells that change."""
    if isinstance(each, Matrix) and isinstance(before, tuple) and isinstance(after, tuple):
        for row, (old, new) in enumerate(zip(before, after, strict=True), start=1):
            for column, (one, other) in enumerate(zip(old, new, strict=True), start=1):
                if one != other:
                    yield f"{each.label}, row {row}, column {column}: {short(other)}"
    else:
        yield f"{each.label} = {told(each, after)}"


def told(moved: Input, value: object) -> str:
    """A value as its control shows it."""
    if isinstance(moved, Knob):
        return plain(float(str(value)), moved.scale.digits)
    return value if isinstance(value, str) else short(float(str(value)))
