"""What many pictures show, in one plot: a line of each, thin, on what all of them have; one stands out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import ROOM, Figure
from pages.shared.figures.plots.plane import is_boundary, is_of_a_class
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import QUIET, Trace, curve

Path = tuple[FloatArray, FloatArray]


@dataclass(frozen=True)
class Line:
    """A line of a picture that can be laid over another's: what it is, where it runs, and its plot.

    ground: what stands in that plot whoever answers: the target, or the points.
    """

    kind: str
    path: Path
    ground: tuple[Trace, ...]
    layout: dict[str, Any]


def line_of(figures: Figure | Sequence[Figure]) -> Line | None:
    """The decision boundary in a picture, or else the curve of its network; None where it has neither."""
    plots = [figures] if isinstance(figures, dict) else figures
    return _line(plots, is_boundary, "decision boundary") or _line(plots, _is("network"), "curve")


def overlaid(lines: Sequence[Line], chosen: int) -> Figure:
    """The lines, in the frame of the first one's plot."""
    first = lines[0]
    own = {key: part for key, part in first.layout.items() if key not in ("annotations", "shapes")}
    own["margin"] = {**own["margin"], "r": ROOM.right}
    quiet: Trace = {**QUIET, "showlegend": False}
    thin = [curve("an answer", *each.path, "network", width=1.2, opacity=0.6, **quiet) for each in lines]
    stands_out = curve("this answer", *lines[chosen].path, "error", width=3, **quiet)
    return {"data": [*thin, *first.ground, stands_out], "layout": own}


def _line(plots: Sequence[Figure], is_it: Callable[[Trace], bool], kind: str) -> Line | None:
    """The first of such lines."""
    for figure in plots:
        for trace in filter(is_it, figure["data"]):
            return Line(kind, (trace["x"], trace["y"]), _ground(figure["data"]), figure["layout"])
    return None


def _ground(traces: Sequence[Trace]) -> tuple[Trace, ...]:
    aims = [each for each in traces if _is("target")(each)][:1]
    dashed = [curve("target", each["x"], each["y"], "target", width=2, dash="dash") for each in aims]
    return *dashed, *filter(is_of_a_class, traces)


def _is(meaning: str) -> Callable[[Trace], bool]:
    """Whether a trace is a curve of that meaning."""

    def is_it(trace: Trace) -> bool:
        drawn = trace.get("type"), trace.get("mode")
        return drawn == ("scatter", "lines") and trace["line"].get("color") == colour(meaning)

    return is_it
