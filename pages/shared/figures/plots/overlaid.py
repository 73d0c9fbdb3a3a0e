"""Many networks' curves in one plot, thin, on the target; one of them stands out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import ROOM, Figure
from pages.shared.figures.theme import colour
from pages.shared.figures.traces import QUIET, Trace, curve

Curve = tuple[FloatArray, FloatArray]


def overlaid(curves: Sequence[Curve], chosen: int, target: Curve | None, layout: dict[str, Any]) -> Figure:
    """The curves, x and y each, in the frame of the plot that they come from."""
    thin = [curve("an answer", *each, "network", width=1.2, opacity=0.6, **QUIET) for each in curves]
    aim = [curve("target", *target, "target", width=2, dash="dash")] if target else []
    own = {key: part for key, part in layout.items() if key not in ("annotations", "shapes")}
    own["margin"] = {**layout["margin"], "r": ROOM.right}
    return {"data": [*thin, *aim, curve("this answer", *curves[chosen], "error", width=3)], "layout": own}


def curve_of(figures: Figure | Sequence[Figure], meaning: str) -> tuple[Trace, dict[str, Any]] | None:
    """The curve of that meaning, and the layout of its plot: the first there is; None where there is none."""
    for figure in [figures] if isinstance(figures, dict) else figures:
        for trace in figure["data"]:
            if _is_curve(trace) and trace["line"].get("color") == colour(meaning):
                return trace, figure["layout"]
    return None


def _is_curve(trace: Trace) -> bool:
    return trace.get("type") == "scatter" and trace.get("mode") == "lines" and "z" not in trace
