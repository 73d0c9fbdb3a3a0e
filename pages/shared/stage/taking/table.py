"""The table of a picture: the numbers of all its curves."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

import numpy as np

from pages.shared.stage.picture import Picture

AXES = ("x", "y", "z")
# A table that begins a cell with one of these has it computed by programs that open it.
COMPUTED = ("=", "+", "-", "@", "\t", "\r")


def curves(picture: Picture) -> str:
    """Every curve, mark and surface of the plots as a table, a row for each of its points.

    The columns: which plot, from 1; the name of the curve; then for each of x, y and z what its axis is
    called, and the number, every digit of it. What is not there, or is not finite, is left empty. The
    colours of a map are no numbers of it: they are left out.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["plot", "curve", "x is", "x", "y is", "y", "z is", "z"])
    plots = [picture.plots] if isinstance(picture.plots, dict) else picture.plots
    for number, figure in enumerate(plots, 1):
        for trace in figure["data"]:
            called = [_called(figure["layout"], trace, axis) for axis in AXES]
            for place in _places(trace):
                numbers = zip(called, map(_cell, place), strict=False)
                table.writerow(
                    [number, _harmless(trace.get("name", "")), *(cell for pair in numbers for cell in pair)]
                )
    return text.getvalue()


def _places(trace: Mapping[str, Any]) -> Iterable[tuple[Any, ...]]:
    """x and y, and in space z, of each point of a trace."""
    if trace["type"] == "heatmap":
        return ()
    given = [trace[axis] for axis in AXES if axis in trace]
    if trace["type"] == "surface":
        x, y, z = given
        return zip(np.tile(x, len(y)), np.repeat(y, len(x)), z, strict=True)
    return zip(*given, strict=True)


def _called(layout: Mapping[str, Any], trace: Mapping[str, Any], axis: str) -> str:
    """What the axis of a trace is called in its plot."""
    which = trace.get(f"{axis}axis", axis).replace(axis, f"{axis}axis")
    told = layout.get("scene", layout).get(which, {})
    return str(told.get("title", {}).get("text", ""))


def _cell(number: Any) -> float | None:
    return float(number) if number is not None and isfinite(number) else None


def _harmless(text: str) -> str:
    """The text, so that no program that opens the table takes it for a formula."""
    return f"'{text}" if text.startswith(COMPUTED) else text
