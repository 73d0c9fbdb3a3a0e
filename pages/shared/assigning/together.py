"""Together: what all answers to one assignment show, in one picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from pages.shared.assigning.pasted import Answer
from pages.shared.figures.plots.overlaid import Line, line_of, overlaid
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.picture import Picture
from pages.shared.stage.stage import stage


@dataclass(frozen=True)
class Shown:
    """What an answer shows: the line, whose it is, and what was computed of it."""

    line: Line
    name: str
    says: str


def shown(answers: Sequence[Answer]) -> tuple[Shown, ...]:
    """What the answers show that can be laid over one another: of some pictures there is nothing."""
    return tuple(
        Shown(line, each.name, "passed" if each.verdict.done else "not passed")
        for each in answers
        if (line := line_of(each.picture.plots))
    )


def together(found: tuple[Shown, ...], answer: float = 1.0) -> Picture:
    """All lines, and the one of that number, from 1, thick."""
    chosen = int(answer) - 1
    own = found[chosen]
    return Picture(
        overlaid([each.line for each in found], chosen),
        readouts={"whose": own.name, "verdict": own.says},
        description=f"{len(found)} times the {own.line.kind}, in one plot; that of {own.name} is thick.",
    )


def show(found: tuple[Shown, ...]) -> None:
    """The stage with all lines, and where there are several a knob for the one that stands out."""
    which = dict[str, Any]()
    if len(found) > 1:
        which["answer"] = Knob("answer", 1, len(found), value=1, step=1, colour="error")
    stage("answers", partial(together, found), **which)
