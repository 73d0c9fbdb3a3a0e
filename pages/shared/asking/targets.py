"""The target that a reader asks for: picked, typed, pasted, or drawn on the stage itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nn_core.grids import lattice, line
from nn_core.targets.curves import (
    NIELSENS_GOAL,
    RANDOM_CURVE,
    TARGETS,
    Target,
    mended,
    polyline,
    random_smooth,
    sketched,
)
from nn_core.targets.formulas import parse_formula
from nn_core.targets.surfaces import SURFACES, WAVES, Surface, typed_surface
from pages.shared.asking import data
from pages.shared.asking.formulas import OWN_FORMULA, Typed
from pages.shared.asking.menus import choose, number
from pages.shared.figures.axes import Note, noted
from pages.shared.markdown import literal
from pages.shared.numbers import short
from pages.shared.stage.inputs.sketch import Sketch
from pages.shared.stage.picture import Picture, Verdict
from pages.shared.stage.stage import linked

OWN_DRAWING, OWN_DATA = "your drawing", "your data"
POINTS = 501
SURFACE_POINTS, HIGHEST_SURFACE = 113, 1e9
# Surfaces are drawn by the graphics card, in float32: at this share of their height to a quarter of a pixel.
FLATTEST_SURFACE = 1e-4
FARTHEST, NARROWEST = 1000.0, 0.001
UNIT, CELLS = (0.0, 1.0), 64
WITHIN = (-1.1, 1.1)
UNDRAWN = "Nothing is drawn yet: until then the target is y = 0."
DRAW_HERE = "draw the target here, from left to right"
SKETCH = Sketch(OWN_DRAWING, UNIT, CELLS, low=-1.0, high=1.0, step=0.02, colour="target")
YOUR_TARGET = Typed("Your target", "formula", ("x",), "x^2 + sin(10x)/4", "g", ("x",))
YOUR_SURFACE = Typed("Your surface", "formula", ("x", "y"), "x1*x2 + sin(6*x1)/4", "g", ("x_1", "x_2"))


@dataclass(frozen=True)
class AskedTarget:
    """The target that was asked for; one that is drawn is an input of the stage, and follows the hand there.

    given: the target; None where it is drawn.
    """

    given: Target | None

    @property
    def inputs(self) -> dict[str, Any]:
        """What the stage has to offer for it."""
        return {} if self.given else {"drawing": SKETCH}

    def target(self, values: Mapping[str, Any]) -> Target:
        """The target, from the values of a stage with these inputs."""
        return self.given or sketched(values["drawing"], UNIT)

    @property
    def before(self) -> Target:
        """The target as the link has it, before the stage takes what was let go in this run."""
        return self.target(linked(**self.inputs))

    def over(self, draw: Callable[..., Picture]) -> Callable[..., Picture]:
        """The picture over this target, the first argument that `draw` still wants.

        A drawn one comes with the heights in view, `within`, which do not move while it is drawn.
        """
        return partial(draw, self.given) if self.given else partial(over_drawing, draw)


def over_drawing(draw: Callable[..., Picture], drawing: tuple[float | None, ...], **values: Any) -> Picture:
    """A picture over a target that the reader draws; while nothing is drawn it says so, and where to draw."""
    picture = draw(sketched(drawing, UNIT), **values, within=WITHIN)
    if any(height is not None for height in drawing):
        return with_remark(picture, "")
    tasks = {task: Verdict(False, UNDRAWN, None, each.known_as) for task, each in picture.tasks.items()}
    told = f"{UNDRAWN} {picture.description}"
    return replace(with_remark(picture, DRAW_HERE), tasks=tasks, description=told)


def with_remark(picture: Picture, remark: str) -> Picture:
    """The picture with a remark above its first plot in place of others; it is always there, be it empty."""
    first, *others = [picture.plots] if isinstance(picture.plots, dict) else picture.plots
    told = noted(first["layout"], [Note(remark)])
    if remark:
        told["annotations"] = [
            *({**note, "text": ""} for note in told["annotations"][:-1]),
            Note(remark).drawn,
        ]
    return replace(picture, plots=[{**first, "layout": told}, *others])


def settle(used: object, shown: object) -> None:
    """End the run where what was let go in it asks for something else than the page has computed before.

    used: what took long was computed for this. shown: what the stage shows, which the next run computes.
    """
    if used != shown:
        st.rerun()


def target(menu: DeltaGenerator, row: DeltaGenerator, remarks: DeltaGenerator) -> AskedTarget:
    """The target that the reader picks, types, pastes or draws.

    menu: where the menu stands. row: a horizontal container for what it asks for in turn. remarks: for words.
    """
    options = [*TARGETS, OWN_FORMULA, OWN_DRAWING, OWN_DATA]
    name = choose(menu, "Target", options, "target", NIELSENS_GOAL.name)
    if name == OWN_DRAWING:
        return AskedTarget(None)
    if name == OWN_FORMULA:
        return AskedTarget(_typed_target(row, remarks))
    if name == OWN_DATA:
        found = data.samples(row, remarks)
        return AskedTarget(polyline(found.x, found.y, OWN_DATA))
    if name == RANDOM_CURVE.name:
        return AskedTarget(random_smooth(number(row, "Which random curve", "seed", 1, (0, 9999))))
    return AskedTarget(TARGETS[name])


def _typed_target(row: DeltaGenerator, remarks: DeltaGenerator) -> Target:
    formula = YOUR_TARGET.ask(row, remarks)
    low = number(row, "from x =", "from", 0.0, (-FARTHEST, FARTHEST))
    high = number(row, "to x =", "to", 1.0, (-FARTHEST, FARTHEST))
    # The difference of two numbers is rounded where they are written to the last digit.
    if not high - low >= NARROWEST * (1.0 - 1e-6):
        rule = f"The interval goes from a smaller x to a larger one, at least {short(NARROWEST)} apart"
        remarks.error(f"{rule}, got {short(low, 12)} and {short(high, 12)}; 0 to 1 stands.")
        low, high = 0.0, 1.0
    return _sound(Target(OWN_FORMULA, formula.latex, formula, (low, high), typed=True), remarks)


def _sound(typed: Target, remarks: DeltaGenerator) -> Target:
    """The target with its holes mended, and the reader told of them."""
    try:
        usable, holes = mended(typed, line(typed.domain, POINTS))
    except ValueError:
        remarks.error("The formula is finite nowhere on the interval; x² stands.")
        square = parse_formula("x^2")
        return Target(OWN_FORMULA, square.latex, square, typed.domain, typed=True)
    if len(holes):
        more = f" and at {len(holes) - 1} more of {POINTS} grid points" if len(holes) > 1 else ""
        remarks.warning(
            f"The target has no finite value, or one beyond 10⁹, at x = {short(holes[0], 4)}{more}. "
            "It is drawn and measured where it is finite."
        )
    return usable


def surface(menu: DeltaGenerator, row: DeltaGenerator, remarks: DeltaGenerator) -> Surface:
    """The surface that the reader picks or types; see `target`."""
    name = choose(menu, "Target", [*SURFACES, OWN_FORMULA], "surface", WAVES.name)
    if name != OWN_FORMULA:
        return SURFACES[name]
    formula = YOUR_SURFACE.ask(row, remarks)
    typed = typed_surface(formula)
    values = formula(*lattice(*(line(ends, SURFACE_POINTS) for ends in typed.domain)).T)
    if not (np.isfinite(values).all() and np.abs(values).max() <= HIGHEST_SURFACE):
        wrong = "is not finite, or beyond 10⁹, somewhere on the unit square"
    elif 0.0 < np.ptp(values) < FLATTEST_SURFACE * np.abs(values).max():
        wrong = "goes up and down by less than 10⁻⁴ of its height, which is too little to be drawn in space"
    else:
        return typed
    remarks.error(f"{literal(formula.text)} {wrong}; {WAVES.name} stands.")
    return WAVES
