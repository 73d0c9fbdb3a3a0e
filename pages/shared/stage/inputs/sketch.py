"""A sketch takes a curve, drawn with the pointer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from pages.shared.stage.inputs.colours import require_colours
from pages.shared.stage.inputs.reading import BETWEEN_CELLS, ONCE, Reading, shown
from pages.shared.stage.inputs.scale import Scale, scale_of

STAND = "; nothing is drawn."
NOTHING = "none"
# What is left of a number when a link is cut in it, before its first digit.
CUT = re.compile(r"[-−–+.,]*")


@dataclass(frozen=True)
class Sketch:
    """A curve drawn with the pointer: a height for each of `cells` equal parts of `domain`, on one plot.

    A cell that was not drawn is None, and so are all at first. Heights lie on the scale low, low + step, ...,
    high. colour: the palette's name of its ink. Raises ValueError where there is no such scale or colour.
    """

    label: str
    domain: tuple[float, float]
    cells: int
    low: float
    high: float
    step: float
    plot: int = 0
    colour: str = "ink"
    scale: Scale = field(init=False, repr=False, compare=False)
    steps: ClassVar[None] = None

    def __post_init__(self) -> None:
        require_colours(self.label, self.colour)
        object.__setattr__(self, "scale", scale_of(self.label, self.low, self.high, self.step))

    @property
    def value(self) -> tuple[float | None, ...]:
        """What it starts with: nothing is drawn."""
        return (None,) * self.cells

    def read(self, given: object) -> Reading:
        """The heights given, as a list or as text; a complaint where one is no height."""
        parts = self._parts(given) if isinstance(given, str) else given
        if not isinstance(parts, list | tuple) or len(parts) != self.cells:
            return Reading(self.value, f"{self.label}: {self.cells} heights are needed{STAND}")
        drawn = []
        for part in parts:
            height = None if part in (None, "") else self.scale.read(part)
            if height is None and part not in (None, ""):
                rule = f"is no height from {self.scale.ends}{STAND}"
                return Reading(self.value, f"{self.label}: {shown(part)} {rule}")
            drawn.append(height)
        return Reading(tuple(drawn))

    def _parts(self, text: str) -> list[str]:
        """The heights that a link says; where it ends, or was cut, nothing is drawn from there on."""
        parts = [] if text == NOTHING else text.replace(ONCE, BETWEEN_CELLS).split(BETWEEN_CELLS)
        if len(parts) <= self.cells and parts and CUT.fullmatch(parts[-1]):
            parts.pop()
        return parts + [""] * (self.cells - len(parts))

    def write(self, value: Sequence[float | None]) -> str:
        """The heights as a link says them, up to the last one that is drawn."""
        texts = ["" if height is None else self.scale.write(height) for height in value]
        return BETWEEN_CELLS.join(texts).rstrip(BETWEEN_CELLS) or NOTHING

    def spec(self) -> dict[str, Any]:
        """What the browser needs to know of it."""
        return {
            "kind": "sketch", "label": self.label, "domain": list(self.domain), "cells": self.cells,
            **self.scale.spec(), "plot": self.plot, "colour": self.colour, "value": list(self.value),
        }  # fmt: skip
