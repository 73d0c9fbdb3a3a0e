"""The target of a scene: asked for in one row, and the rectangle of its interval and heights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.building.closeness import error_grid
from nn_core.targets.curves import Target, own_values
from pages.shared.asking import targets
from pages.shared.asking.targets import AskedTarget
from pages.shared.figures.plots.approximation import Frame

ROOM = 0.2


def ask() -> AskedTarget:
    """The menu of targets, and what each of them asks for in turn."""
    menu = st.columns([5, 10])[0]
    return targets.target(menu, st.container(horizontal=True), st.container())


@dataclass(frozen=True, eq=False)
class Window:
    """The interval and the heights of a target, as a rectangle from 0 to 1."""

    target: Target

    @cached_property
    def values(self) -> tuple[FloatArray, FloatArray]:
        """x and the target, where it has values of its own."""
        x = error_grid(self.target)
        values = own_values(self.target, x)
        sound = np.isfinite(values)
        return x[sound], values[sound]

    @cached_property
    def low(self) -> float:
        """The target's least value."""
        return float(self.values[1].min())

    @cached_property
    def height(self) -> float:
        """How far the target goes up and down; for a constant 1."""
        return float(np.ptp(self.values[1])) or 1.0

    def frame(self, within: tuple[float, float] | None) -> Frame:
        """The window of a plot: the target with room around it, or the heights given."""
        room = ROOM * self.height
        given = within or (self.low - room, self.low + self.height + room)
        return Frame(self.target.domain, self.target.domain, given)

    def x(self, share: float) -> float:
        """The place at that share of the interval."""
        left, right = self.target.domain
        return left + share * (right - left)

    def y(self, share: float) -> float:
        """The height at that share of the target's."""
        return self.low + share * self.height

    def shares(self, x: float, y: float) -> tuple[float, float]:
        """The shares of a place."""
        left, right = self.target.domain
        return (x - left) / (right - left), (y - self.low) / self.height
