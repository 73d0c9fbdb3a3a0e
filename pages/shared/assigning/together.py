"""Together: the curves of all answers to one assignment, in one picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from pages.shared.assigning.pasted import Answer
from pages.shared.figures.plots.overlaid import Curve, curve_of, overlaid
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.picture import Picture
from pages.shared.stage.stage import stage


@dataclass(frozen=True)
class Curves:
    """The curves of the answers, whose they are, what was computed of each; the target and the frame."""

    curves: tuple[Curve, ...]
    names: tuple[str, ...]
    says: tuple[str, ...]
    target: Curve | None
    layout: dict[str, Any]


def curves_of(answers: Sequence[Answer]) -> Curves | None:
    """What the networks of the answers say; None where their pictures show no such curve."""
    found = [(each, curve_of(each.picture.plots, "network")) for each in answers]
    shown = [(each, curve) for each, curve in found if curve]
    if not shown:
        return None
    aim = curve_of(shown[0][0].picture.plots, "target")
    return Curves(
        tuple((trace["x"], trace["y"]) for _, (trace, _) in shown),
        tuple(each.name for each, _ in shown),
        tuple("passed" if each.verdict.done else "not passed" for each, _ in shown),
        aim and (aim[0]["x"], aim[0]["y"]),
        shown[0][1][1],
    )


def together(found: Curves, answer: float = 1.0) -> Picture:
    """All curves, and the one of that number, from 1, thick."""
    chosen = int(answer) - 1
    return Picture(
        overlaid(found.curves, chosen, found.target, found.layout),
        readouts={"whose": found.names[chosen], "verdict": found.says[chosen]},
        description=f"{len(found.curves)} curves in one plot; that of {found.names[chosen]} is thick.",
    )


def show(found: Curves) -> None:
    """The stage with all curves, and where there are several a knob for the one that stands out."""
    count, which = len(found.curves), dict[str, Any]()
    if count > 1:
        which["answer"] = Knob("answer", 1, count, value=1, step=1, colour="error")
    stage("answers", partial(together, found), **which)
