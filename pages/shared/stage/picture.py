"""What can be shown: plots, a diagram, a formula, numbers, verdicts, and a description in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pages.shared.figures.axes import Figure
from pages.shared.figures.drawings.markup import Markup
from pages.shared.numbers import signed
from pages.shared.stage.inputs.colours import require_colours


@dataclass(frozen=True)
class Handle:
    """A point of a plot that is one knob: dragged, it picks the knob's value that brings it nearest.

    It follows the knob's sweep, so it moves at the rate of the screen; a `Grip` moves several inputs.
    knob: the knob's name. x, y: where it is, in the units of the axes; None, or no finite number, hides it.
    plot: which plot; xaxis, yaxis: which axes of that plot.
    """

    knob: str
    x: float | None
    y: float | None
    plot: int = 0
    xaxis: str = "x"
    yaxis: str = "y"


@dataclass(frozen=True)
class Grip:
    """A point of a plot that moves several inputs at once: the stage's `grips` says how.

    Python is asked where they get to, at every place where it is dragged to; a `Handle` moves one knob.
    name: that of the function in `grips`. x, y: where it is, in the units of the axes; None, or no finite
    number, hides it. plot: which plot. colour: the palette's name. anywhere: whether a click into the plot
    drops it there. Raises ValueError where the palette has no such colour.
    """

    name: str
    x: float | None
    y: float | None
    plot: int = 0
    colour: str = "ink"
    anywhere: bool = False

    def __post_init__(self) -> None:
        require_colours(self.name, self.colour)


@dataclass(frozen=True)
class Nudge:
    """Which way something would turn a knob: an arrow from its thumb, and where the knob would get to.

    push: from -1 to 1, down or up the scale, and how hard; no arrow where it is no finite number. says: the
    same in words. ghost: a value on the knob's scale that gets a mark of its own; None, or no finite number,
    for no mark.
    """

    push: float
    says: str
    ghost: float | None = None


@dataclass(frozen=True)
class Verdict:
    """How a task stands: whether it is done, and what the present state says about it.

    known_as: the words under which readers' browsers know the task, where they have changed since; its
    numbers may change without that. miss: how much there is missing, in any unit, 0 or more: by it a hint
    finds the way. None where nothing between done and not done can be measured. stars: of a challenge, how
    many there are now, 0 to 3; met: of an assignment, how many of its goals are met, and how many there are;
    both None for other tasks.
    """

    done: bool
    says: str
    miss: float | None = field(default=None, compare=False)
    known_as: str = ""
    stars: int | None = None
    met: tuple[int, int] | None = None


def answer(chosen: str, right: str, why: str) -> Verdict:
    """How a question stands: what is so is said once something is chosen."""
    if not chosen:
        return Verdict(False, "Say what you expect. Then it is shown.")
    return Verdict(chosen == right, f"{'Right.' if chosen == right else f'Not “{chosen}”.'} {why}")


@dataclass(frozen=True)
class Picture:
    """All that a lesson shows for one set of values.

    plots: a Plotly figure or several, one below the other. diagram, formula: markup above the plots, or below
    them where `diagram_below` says so. beside: plots stand side by side where there is room, and so do
    diagram and formula. lead: the first plot has a row of its own even then. nudges: by the name of a knob,
    which way it would be turned. idle: by the name of a knob why it does nothing now, in at most 40 letters;
    empty where it does something; the same names in every picture. It is shown in place of the knob's track.
    readouts: a name and its number (or text; None, or no finite number, is not shown).
    tasks: what to try, and how it stands. measures: by a name in words, what can be measured here, as it is
    computed, for goals and challenges; it is not sent. files: by the name of a file to take away, what writes
    its text from a heading; the same names in every picture.
    description: the picture in words, for those who do not see it.
    """

    plots: Figure | Sequence[Figure]
    description: str
    diagram: Markup | None = None
    formula: Markup | None = None
    diagram_below: bool = False
    beside: bool = False
    lead: bool = False
    readouts: Mapping[str, float | str | None] = field(default_factory=dict)
    tasks: Mapping[str, Verdict] = field(default_factory=dict)
    measures: Mapping[str, float] = field(default_factory=dict)
    handles: Sequence[Handle] = ()
    grips: Sequence[Grip] = ()
    nudges: Mapping[str, Nudge] = field(default_factory=dict)
    idle: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Callable[[str], str]] = field(default_factory=dict)

    def message(self) -> dict[str, Any]:
        """The picture as plain data, the same structure for every picture of a lesson."""
        return {
            "plots": [self.plots] if isinstance(self.plots, dict) else list(self.plots),
            "diagram": self.diagram and vars(self.diagram),
            "formula": self.formula and vars(self.formula),
            "diagramBelow": self.diagram_below,
            "beside": self.beside,
            "lead": self.lead,
            "readouts": {name: _readout(value) for name, value in self.readouts.items()},
            "tasks": {task: _judged(verdict) for task, verdict in self.tasks.items()},
            "handles": [_placed(handle) for handle in self.handles],
            "grips": [_placed(grip) for grip in self.grips],
            "nudges": {knob: _nudged(nudge) for knob, nudge in self.nudges.items()},
            "idle": dict(self.idle),
            "files": list(self.files),
            "description": self.description,
            "error": None,
        }


def _readout(value: float | str | None) -> str:
    if isinstance(value, str):
        return value
    number = _finite(value)
    return "–" if number is None else signed(number)


def _placed(point: Handle | Grip) -> dict[str, Any]:
    return {**vars(point), "x": _finite(point.x), "y": _finite(point.y)}


def _judged(verdict: Verdict) -> dict[str, Any]:
    """What the browser is told; the name only where it has to be."""
    known = {"knownAs": verdict.known_as} if verdict.known_as else {}
    stars = {} if verdict.stars is None else {"stars": verdict.stars}
    met = {} if verdict.met is None else {"met": verdict.met}
    return {"done": verdict.done, "says": verdict.says, **known, **stars, **met}


def _nudged(nudge: Nudge) -> dict[str, Any]:
    return {**vars(nudge), "push": _finite(nudge.push) or 0.0, "ghost": _finite(nudge.ghost)}


def _finite(number: float | None) -> float | None:
    """The number; None where it is none that JSON knows."""
    return None if number is None or not math.isfinite(number) else float(number)
