"""A bench for the stage: tiny pictures that need no lesson. The link's `bench` says which stage is on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from time import sleep
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from pages.shared.crowd.turns import Turns
from pages.shared.figures.drawings.markup import Markup
from pages.shared.figures.plots.pixels.squares import pixels, squares
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.matrix import Matrix
from pages.shared.stage.inputs.pixels import Pixels
from pages.shared.stage.inputs.points import Point, Points
from pages.shared.stage.inputs.sketch import Sketch
from pages.shared.stage.picture import Grip, Handle, Nudge, Picture, Verdict
from pages.shared.stage.stage import Preset, linked, stage
from tests.browser.leaving import leave_if_asked

X = np.linspace(0.0, 1.0, 41)
CELLS = 8
STRONGEST = 5.0
HEAVY = 30_000
# The numbers of a table, and a diagram whose numbers lead to its cells.
NUMBERS = ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0))
PLACES = [(i, j) for i in range(2) for j in range(3)]
LEADING = '<svg viewBox="0 0 200 20">{}<text x="180" y="15" id="nowhere">0</text></svg>'.format(
    "".join(
        f'<g data-cell="table {i} {j}"><text x="{30 * (3 * i + j)}" y="15" data-slot="{i}{j}"></text></g>'
        for i, j in PLACES
    )
)


def trace(name: str, x: Sequence[float], y: Sequence[float], **more: Any) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines", "name": name, "x": np.array(x, dtype=float),
        "y": np.array(y, dtype=float), "line": {"simplify": False}, **more,
    }  # fmt: skip


def figure(*traces: dict[str, Any], legend: bool = False, height: int = 300) -> dict[str, Any]:
    layout = {
        "height": height, "margin": {"l": 40, "r": 60, "t": 10, "b": 30}, "uirevision": "the reader's",
        "xaxis": {"range": [-0.1, 1.1]}, "yaxis": {"range": [-3, 3]}, "showlegend": legend,
    }  # fmt: skip
    return {"data": list(traces), "layout": layout}


def picture(slope: float, shift: float, load: float, shape: str) -> Picture:
    """A curve, the same with a gap, points on it and names beside it; too great a load breaks it."""
    if load > STRONGEST:
        raise ValueError(f"load must be at most {STRONGEST:g}, got load={load:g}")
    curve = slope * (X - shift if shape == "line" else np.sin(7 * (X - shift)))
    broken = np.where(np.abs(X - shift) < 0.1, np.nan, curve - load / 4)
    few = slice(None, None, 10)
    return Picture(
        [
            figure(trace("whole", X, curve), trace("broken", X, broken), legend=True),
            figure(
                trace("points", X[few], curve[few], mode="markers"),
                trace("names", X[few], curve[few], mode="text", text=list("abcde"), textposition="top right"),
                trace("edge", [shift, shift], [-3, 3]),
            ),
        ],
        description=f"A {shape} of slope {slope:g} from {shift:g} under load {load:g}.",
        diagram=Markup(
            '<svg viewBox="0 0 200 20"><text y="15" data-slot="slope"></text></svg>',
            {"slope": {"text": f"slope {slope:+.2f}"}},
        ),
        readouts={"height at 1": float(curve[-1]), "load": load},
        tasks={"Make it rise.": Verdict(slope > 0, f"Its slope is {slope:+.2f}.")},
        handles=[Handle("shift", shift, 0.0)],
    )


def heavy(slope: float) -> Picture:
    """A curve of so many points that its sweep is too large, and a handle at its end."""
    x = np.linspace(0.0, 1.0, HEAVY)
    return Picture(
        figure(trace("heavy", x, slope * x)),
        description=f"Slope {slope:g}.",
        handles=[Handle("slope", 1.0, slope)],
    )


def heights(slope: float) -> NDArray[np.float64]:
    """Heights over the plane, a row for each y: the last column is as high as the slope says."""
    return slope * X[None, ::4] + X[::10, None] ** 2


def contour(slope: float) -> Picture:
    """Lines of equal height."""
    z = heights(slope)
    lines = {"type": "contour", "x": X[::4], "y": X[::10], "z": z, "showscale": False}
    drawn = figure(lines)
    drawn["layout"]["yaxis"]["range"] = [0, 1]
    return Picture(drawn, description=f"Slope {slope:g}.")


def beside(before: float, slope: float) -> Picture:
    """A line, and the one that was committed before it."""
    lines = figure(trace("line", X, slope * X), trace("before", X, before * X))
    return Picture(lines, description=f"Slope {slope:g}, before it {before:g}.")


def sketched(guess: tuple[float | None, ...]) -> Picture:
    """The curve that was drawn: a height for each cell."""
    middles = (np.arange(CELLS) + 0.5) / CELLS
    heights = [np.nan if height is None else height for height in guess]
    drawn = sum(height is not None for height in guess)
    return Picture(figure(trace("guess", middles, heights)), description=f"{drawn} of {CELLS} cells drawn.")


def inked(drawn: tuple[int, ...]) -> Picture:
    """The picture that was drawn: 4 x 6 pixels, of 5 levels each."""
    sheet = squares("", [pixels("drawn", np.reshape(drawn, (4, 6)) / 4)], (4, 6))
    levels = figure(trace("levels", np.arange(len(drawn)) / len(drawn), np.array(drawn) / 4))
    return Picture([sheet, levels], description=f"Ink in {np.count_nonzero(drawn)} pixels.")


def tabled(
    table: tuple[tuple[float, ...], ...], slope: float, across: float, up: float, own: tuple[Point, ...]
) -> Picture:
    """A line as high as the table's numbers say, a point to be dropped anywhere, and a cloud."""
    x, y, kinds = np.array(own, dtype=float).reshape(-1, 3).T
    return Picture(
        [
            figure(trace("line", X, slope * X + np.sum(table) / 100), height=160),
            figure(trace("place", [across], [up], mode="markers"), height=160),
            figure(trace("cloud", x, y, mode="markers", text=[f"{kind:g}" for kind in kinds]), height=160),
        ],
        description=f"A line of slope {slope:g}, a table that adds up to {np.sum(table):g}.",
        diagram=Markup(
            LEADING,
            {f"{i}{j}": {"text": f"{cell:g}"} for i, row in enumerate(table) for j, cell in enumerate(row)},
        ),
        formula=Markup('<math><mi data-slot="up"></mi></math>', {"up": {"text": f"{up:g}"}}),
        beside=True,
        lead=True,
        nudges={"slope": nudge(slope)},
        grips=[Grip("place", across, up, plot=1, anywhere=True)],
    )


def nudge(slope: float) -> Nudge:
    """Towards 0, the harder the farther; it would get half of the way, and at 0 there is no ghost."""
    return Nudge(-slope / 2, f"towards 0, slope {slope:.2f}", slope / 2 if slope else None)


def dropped(values: dict[str, Any], x: float, y: float) -> dict[str, float]:
    return {"across": x, "up": y}


def table() -> Mapping[str, Any]:
    """A table of numbers with whatever else; a menu takes its second row away."""
    rows = st.segmented_control("rows", [2, 1], default=2) or 2
    return stage(
        "table",
        tabled,
        grips={"place": dropped},
        table=Matrix("table", NUMBERS[:rows], "a place", "a sort", "weight"),
        slope=Knob("slope", -2, 2, value=1.0, step=0.05),
        across=Knob("across", 0, 1, value=0.5, step=0.1),
        up=Knob("up", -3, 3, value=0.0, step=0.5),
        own=Points("own", -0.5, 1.5, 0.1, ("no", "yes"), ("class-0", "class-1"), 9, plot=2),
    )


def crowd() -> Mapping[str, Any]:
    """A line, on a server where others wait."""
    Turns.__len__ = lambda turns: 2 if asked() == "crowd" else len(turns._row)  # type: ignore[method-assign]
    return stage("crowd", partial(beside, 0.0), slope=Knob("slope", -2, 2, value=1.0, step=0.02))


def asked() -> str:
    """Which stage is on the bench."""
    return st.query_params.get("bench", "plots")


def main() -> None:
    leave_if_asked()
    st.title("Bench")
    bench = asked()
    if bench == "heavy":
        values = stage("heavy", heavy, slope=Knob("slope", -2, 2, value=1.0, step=0.05))
    elif bench == "contour":
        values = stage("contour", contour, slope=Knob("slope", -2, 2, value=1.0, step=0.05))
    elif bench == "beside":
        slope = {"slope": Knob("slope", -2, 2, value=1.0, step=0.05)}
        before = linked(**slope)
        values = stage("beside", partial(beside, before["slope"]), **slope)
        if values != before:
            # Of two pictures that come at once the stage would see the second alone.
            sleep(0.1)
            st.rerun()
    elif bench == "crowd":
        values = crowd()
    elif bench == "sketch":
        guess = Sketch("guess", (0.0, 1.0), CELLS, low=-2, high=2, step=0.1)
        values = stage("sketch", sketched, guess=guess)
    elif bench == "pixels":
        values = stage("pixels", inked, drawn=Pixels("your picture", 4, 6, 5))
    elif bench == "table":
        values = table()
    else:
        values = stage(
            "plots",
            picture,
            presets=[Preset("steep", {"slope": 2.0, "shape": "line"})],
            slope=Knob("slope", -2, 2, value=1.0, step=0.05),
            shift=Knob("shift", 0, 1, value=0.5, step=0.01, colour="bias"),
            load=Knob("load", 0, 10, value=1.0, step=0.5, colour="error"),
            shape=Choice("shape", ("line", "wave"), "line"),
        )
    st.text("committed: " + ", ".join(f"{name}={value}" for name, value in values.items()))


if __name__ == "__main__":
    main()
