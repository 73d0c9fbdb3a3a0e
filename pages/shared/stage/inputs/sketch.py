"""A sketch takes a curve, drawn with the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.reading import Reading, shown, written


@dataclass(frozen=True)
class Sketch:
    """A curve drawn with the pointer: a height for each of `cells` equal parts of `domain`, on one plot.

    A cell that was not drawn is None. Heights lie on the scale low, low + step, ..., high.
    first: the heights it starts with; without them nothing is drawn at first.
    """

    label: str
    domain: tuple[float, float]
    cells: int
    low: float
    high: float
    step: float
    plot: int = 0
    first: tuple[float | None, ...] = ()

    def __post_init__(self) -> None:
        first = self.first or (None,) * self.cells
        if len(first) != self.cells:
            raise ValueError(f"{self.label}: {self.cells} first heights are needed, got {len(first)}")
        snapped = (None if height is None else self._heights.snap(height) for height in first)
        object.__setattr__(self, "first", tuple(snapped))

    @property
    def value(self) -> tuple[float | None, ...]:
        """What it starts with."""
        return self.first

    @property
    def _heights(self) -> Knob:
        return Knob(self.label, self.low, self.high, value=self.low, step=self.step)

    def read(self, given: object) -> Reading:
        """The heights given, as a list or as text with commas; a complaint where one is no height."""
        parts = given.split("~") if isinstance(given, str) else given
        if not isinstance(parts, list | tuple) or len(parts) != self.cells:
            return Reading(
                self.value, f"{self.label}: {self.cells} heights are needed; the first drawing stands."
            )
        drawn = []
        for part in parts:
            height = Reading(None) if part in (None, "") else self._heights.read(part)
            if height.complaint:
                rule = f"is no height from {self._heights.scale()}; the first drawing stands."
                return Reading(self.value, f"{self.label}: {shown(part)} {rule}")
            drawn.append(height.value)
        return Reading(tuple(drawn))

    def write(self, value: Sequence[float | None]) -> str:
        """The heights as a link says them."""
        digits = self._heights.digits
        return "~".join("" if height is None else written(height, digits) for height in value)

    def spec(self) -> dict[str, Any]:
        """What the browser needs to know of it."""
        return {
            "kind": "sketch", "label": self.label, "domain": list(self.domain), "cells": self.cells,
            "low": self.low, "high": self.high, "step": self.step, "plot": self.plot,
            "digits": self._heights.digits, "value": list(self.value),
        }  # fmt: skip
