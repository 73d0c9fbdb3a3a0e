"""A bit kept: what a pulse has written, after many steps, and what is left of the gradient through them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import log10

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.families.chains import Chain
from nn_core.families.latch import slope, unit
from nn_core.families.recurrence import OneAStep
from pages.shared.asking.beliefs import EXPLODES
from pages.shared.figures.drawings.units import unrolled
from pages.shared.figures.plots.recurrent import latching
from pages.shared.numbers import plain, power_of_ten, signed, small
from pages.shared.programs import files_of_chain
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

MOST, ASKED = 50, 2.0
KEPT, LEFT, HUGE = 0.5, 0.01, 1e6
STEPS = np.arange(MOST + 1.0)
POWERS = {"about 1": 0, "about 1/50": log10(1 / 50), "about 10⁻⁸": -8, "about 10⁻³⁹": -39}
HOW_MUCH = Question(
    f"w = {plain(ASKED, 0)} keeps the bit for {MOST} steps. How much is left of the gradient through them?",
    tuple(POWERS),
    {"w": ASKED, "steps": float(MOST)},
)


@dataclass(frozen=True)
class Scene:
    """A unit, a pulse, and how many steps follow it."""

    w: float
    pulse: float
    steps: int

    @property
    def pulses(self) -> FloatArray:
        """What the unit is given: + or − at first, and then nothing, shape (2, steps + 1, 1)."""
        x = np.zeros((2, self.steps + 1, 1))
        x[:, 0, 0] = 1.0, -1.0
        return x

    @property
    def network(self) -> Chain:
        """The unit, which says its state at every step."""
        return Chain((unit(self.w, self.pulse, 0.0), OneAStep()))

    @cached_property
    def bits(self) -> FloatArray:
        """The states from the pulse on, where + and where − was written, shape (2, steps + 1)."""
        return self.network(self.pulses)

    @cached_property
    def products(self) -> FloatArray:
        """The derivative of each state with respect to the first, shape (steps + 1,)."""
        return np.cumprod(np.concatenate([[1.0], slope(self.w, self.bits[0, 1:])]))

    @property
    def kept(self) -> float:
        """How far both bits are still on their sides."""
        return float(min(self.bits[0, -1], -self.bits[1, -1]))

    @property
    def gradient(self) -> float:
        """What is left of the gradient."""
        return float(self.products[-1])

    @property
    def lost(self) -> float:
        """The same in powers of ten that are lost; there is no number as small as 10^-308 here but 0."""
        return -log10(max(self.gradient, 1e-308))


def picture(w: float, pulse: float, steps: float, how_much: str = NOTHING) -> Picture:
    """A bit written by a pulse, after so many steps, and the gradient through them."""
    scene = Scene(w, pulse, int(steps))
    room = (0, MOST - scene.steps)
    return Picture(
        [
            latching.over_time(STEPS, np.pad(scene.bits, ((0, 0), room), constant_values=np.nan)),
            latching.shrinking(STEPS, np.pad(scene.products, room, constant_values=np.nan)),
        ],
        diagram=unrolled(scene.steps, MOST),
        files=files_of_chain(scene.network, scene.pulses),
        readouts={
            "h, written +": signed(float(scene.bits[0, -1]), 4),
            "h, written −": signed(float(scene.bits[1, -1]), 4),
            "the bit is": "kept" if scene.kept >= KEPT else "lost",
            "gradient": told(scene.gradient),
            "last factor": plain(float(slope(w, scene.bits[0, -1])), 4) if scene.steps else None,
        },
        measures={"what is kept": scene.kept, "powers of ten lost": scene.lost},
        tasks=tasks(scene) | {HOW_MUCH.label: judged(how_much)},
        description=f"With w = {plain(w)}, {scene.steps} steps after the pulse the state is "
        f"{signed(scene.kept, 4)} where + was written: the bit is "
        f"{'kept' if scene.kept >= KEPT else 'lost'}. "
        f"The gradient through these steps is {told(scene.gradient)}.",
    )


def told(gradient: float) -> str:
    """The gradient in words, as a power of ten where it needs one."""
    return small(gradient) if gradient == 0.0 or gradient >= 0.001 else power_of_ten(log10(gradient))


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Keep the bit, keep the gradient, and let it explode."""
    found = f"After {scene.steps} steps: h = {signed(scene.kept)}, gradient {told(scene.gradient)}."
    early = (MOST - scene.steps) / MOST
    return {
        f"Keep the bit for {MOST} steps: still {KEPT} or more on its side.": Verdict(
            scene.steps == MOST and scene.kept >= KEPT, found, early + max(KEPT - scene.kept, 0.0)
        ),
        f"Keep the gradient for {MOST} steps: {LEFT} or more, after a pulse of at least 1.": Verdict(
            scene.steps == MOST and scene.gradient >= LEFT and scene.pulse >= 1.0,
            found,
            early + max(1.0 - scene.pulse, 0.0) + max(scene.lost + log10(LEFT), 0.0),
        ),
        "Let the gradient explode: a million or more.": Verdict(
            scene.gradient >= HUGE, found, max(log10(HUGE) + scene.lost, 0.0)
        ),
        EXPLODES.label: Verdict(
            scene.w > 1.0 and scene.steps == MOST and scene.gradient < LEFT,
            f"w = {plain(scene.w)}. {found} Each factor is w(1 − h²), and h is not 0.",
        ),
    }


def judged(chosen: str) -> Verdict:
    """How much is left of it."""
    scene = Scene(ASKED, 1.0, MOST)
    right = min(POWERS, key=lambda each: abs(POWERS[each] + scene.lost))
    return answer(chosen, right, f"It is {told(scene.gradient)}, and h is still {plain(scene.kept, 3)}.")


def show() -> None:
    """The stage of a bit that is kept, and the words below it."""
    st.markdown(
        "A pulse writes a bit, + or −. Then nothing comes in any more. Raise w until the unit still knows it "
        f"after {MOST} steps. **What does that cost?**"
    )
    stage(
        "kept",
        picture,
        presets=[
            Preset("forgotten", {"w": 0.9, "pulse": 1.0, "steps": float(MOST)}),
            Preset("kept", {"w": 1.5, "pulse": 1.0, "steps": float(MOST)}),
            Preset("explodes", {"w": 2.0, "pulse": 0.0, "steps": float(MOST)}),
        ],
        cards=[EXPLODES.begun(w=ASKED, pulse=1.0, steps=float(MOST))],
        w=Knob("weight w", 0, 2.3, value=0.9, step=0.01, colour="weight"),
        pulse=Knob("pulse u", 0, 3, value=1.0, step=0.1, colour="input"),
        steps=Knob("steps T", 0, MOST, value=MOST, step=1, colour="network"),
        how_much=HOW_MUCH,
    )
    two_columns(WHAT, WHY)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

WHAT = """
## Unrolled in time

The row of dots is **one** unit, drawn once for every step. So T steps are like T layers that all have the
same weight. Drag T, and watch the row grow.

To learn that the pulse mattered, [[training]] has to follow the dots back from the last to the first. The
**gradient** says how much the last state changes when the first one changes a little. At every step it is
multiplied by w(1 − h²), the slope of the unit's curve where it is.
"""
WHY = """
## To keep a bit is to lose the gradient

The bit is safe **because** small changes die out: the unit comes back to its fixed point. But a small
change is just what the gradient measures, so it dies out as well. With w = 0.9 the bit is forgotten. With w
= 2 it is kept, and the gradient is far smaller still.

Without a pulse the state is 0, and 0 does not hold where w is larger than 1: now the same product
**explodes**. In between, near w = 1, some gradient is left, and little of the bit.
"""
EXACTLY = """
h₀ = tanh(±u) after the pulse, then hₜ = tanh(w hₜ₋₁), with b = 0. The gradient is ∂h_T/∂h₀ = ∏ w(1 − hₜ²)
over t = 1 … T: what backpropagation through time multiplies. Near a fixed point that holds each factor is
below some number smaller than 1, so the product shrinks at least as a power of it. Bengio, Simard and
Frasconi (1994) prove this for every network of such units: where a bit is latched safely against noise,
gradients through time vanish. A product below 10⁻³⁰⁸ is counted as 10⁻³⁰⁸. Gates were invented against this
(Hochreiter and Schmidhuber 1997): their factor stays near 1 while they are shut.
"""
