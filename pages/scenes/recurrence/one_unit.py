"""One unit: it is given its own answer again and again; where it comes to rest, and when in two places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.families.chains import Chain
from nn_core.families.latch import fixed_points, fold, measured_fold, run, slope, unit
from nn_core.families.recurrence import OneAStep
from nn_core.grids import line
from pages.shared.figures.plots.recurrent import latching
from pages.shared.numbers import plain, signed
from pages.shared.programs import files_of_chain
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Grip, Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

MOST_W, MOST_B = 3.0, 1.5
W = Knob("weight w", -MOST_W, MOST_W, value=0.5, step=0.05, colour="weight")
B = Knob("bias b", -MOST_B, MOST_B, value=0.0, step=0.02, colour="bias")
H = Knob("start h", -1, 1, value=0.8, step=0.02, colour="input")
X = line((-1.1, 1.1), 221)
ALONG = line((1.0, MOST_W), 121)
# How long it runs: as it is drawn, until it is said where it ends, and where the border is measured.
DRAWN, RUN, PROBED = 30, 1500, 1500
FAR, APART, SPARSE = 0.3, 0.1, 4
STAYS, MOVES, GOES = "it stays, and two more come", "it moves to one side", "it vanishes"
THREE = Question(
    "b is 0 and w becomes larger than 1: what becomes of the one place where the unit rests?",
    (STAYS, MOVES, GOES),
    {"w": 1.5, "b": 0.0},
)


@lru_cache
def measured() -> tuple[FloatArray, FloatArray]:
    """Weights of the knob above 1, and the border that runs find there."""
    weights = np.array([each for each in W.steps if each > 1.0])
    return weights, measured_fold(weights, PROBED)


def dots() -> tuple[FloatArray, FloatArray]:
    """Those of them that are drawn."""
    weights, borders = measured()
    return weights[SPARSE - 1 :: SPARSE], borders[SPARSE - 1 :: SPARSE]


@dataclass(frozen=True)
class Scene:
    """A unit and where it starts."""

    w: float
    b: float
    h: float

    @cached_property
    def rests(self) -> FloatArray:
        """Where it stays."""
        return fixed_points(self.w, self.b)

    @property
    def apart(self) -> FloatArray:
        """Those that hold, for nearby the run comes nearer, and the others: (2, 3), NaN for none."""
        split = np.full((2, 3), np.nan)
        for at, place in enumerate(self.rests):
            split[0 if abs(slope(self.w, place)) < 1.0 else 1, at] = place
        return split

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The last two states of a long run."""
        before, last = run(self.w, self.b, self.h, RUN)[-2:].tolist()
        return before, last

    @property
    def jumps(self) -> bool:
        """Whether it never rests."""
        return abs(self.ends[0] - self.ends[1]) > APART

    @property
    def border(self) -> float:
        """The |b| below which there are three; NaN where there is none."""
        return float(fold(np.array(self.w)))

    @property
    def found(self) -> float:
        """The same as runs find it."""
        weights, borders = measured()
        at = int(np.argmin(np.abs(weights - self.w)))
        return float(borders[at]) if self.w > 1.0 else float("nan")


def picture(w: float, b: float, h: float, three: str = NOTHING) -> Picture:
    """The cobweb of a unit, and where its weight and bias stand to the border of memory."""
    scene = Scene(w, b, h)
    corners = np.repeat(run(w, b, h, DRAWN), 2)
    return Picture(
        [
            latching.cobweb(X, np.tanh(w * X + b), (corners[:-1], corners[1:]), scene.apart),
            latching.borders(ALONG, fold(ALONG), dots(), (MOST_W, MOST_B)),
        ],
        beside=True,
        grips=[
            Grip("start", h, h, colour="input"),
            Grip("unit", w, b, plot=1, colour="weight", anywhere=True),
        ],
        files=files_of_chain(Chain((unit(w, 1.0, b, h), OneAStep())), np.zeros((1, DRAWN, 1))),
        readouts=readouts(scene),
        measures={"fixed points": float(len(scene.rests)), "size of the bias": abs(b)},
        tasks=tasks(scene) | {THREE.label: judged(three)},
        description=f"h becomes tanh of {plain(w)} h {signed(b)}. It rests at "
        f"{', '.join(plain(each) for each in scene.rests)}; from {plain(h)} it "
        f"{'never comes to rest' if scene.jumps else f'ends at {plain(scene.ends[1])}'}.",
    )


def readouts(scene: Scene) -> dict[str, str | None]:
    """Where it rests, how steep it is there, where it ends, and the border, by the formula and by runs."""
    slopes = ", ".join(plain(each) for each in slope(scene.w, scene.rests))
    return {
        "fixed points": f"{len(scene.rests)}: {', '.join(signed(each) for each in scene.rests)}",
        "slope there": slopes,
        "ends at": "jumps for ever" if scene.jumps else signed(scene.ends[1], 3),
        "three if |b| is below": "–" if np.isnan(scene.border) else plain(scene.border, 4),
        "the same, measured": "–" if np.isnan(scene.found) else plain(scene.found, 4),
    }


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Three fixed points off the middle, an end on the other side, and no rest at all."""
    three, border = len(scene.rests) == 3, 0.0 if np.isnan(scene.border) else scene.border
    ends = "It never rests." if scene.jumps else f"It ends at {signed(scene.ends[1])}."
    found = f"{len(scene.rests)} fixed {'points' if three else 'point'}, b = {signed(scene.b)}. {ends}"
    return {
        f"Three fixed points, though the bias pulls to one side: b at least {FAR} in size.": Verdict(
            three and abs(scene.b) >= FAR,
            found,
            max(FAR - abs(scene.b), 0.0) + max(max(abs(scene.b), FAR) - border, 0.0),
        ),
        f"It remembers: it ends below 0, though b is at least {APART}.": Verdict(
            scene.b >= APART and not scene.jumps and scene.ends[1] < 0.0,
            found,
            max(APART - scene.b, 0.0) + max(max(scene.b, APART) - border, 0.0) + max(scene.ends[1], 0.0),
        ),
        "It never comes to rest.": Verdict(scene.jumps, found, max(scene.w + 1.0, 0.0) + abs(scene.b)),
    }


def judged(chosen: str) -> Verdict:
    """What there is beyond 1."""
    rests = fixed_points(1.5, 0.0)
    stays = bool(np.any(np.abs(rests) < 1e-9))
    right = STAYS if len(rests) == 3 and stays else MOVES if len(rests) else GOES
    told = ", ".join(signed(each) for each in rests)
    return answer(chosen, right, f"At w = {plain(1.5, 1)} it rests at {told}; the one in the middle lets go.")


def grab_start(values: Mapping[str, Any], x: float, y: float) -> dict[str, float]:
    """The start is on the diagonal, below or beside the hand."""
    return {"h": H.snap((x + y) / 2)}


def grab_unit(values: Mapping[str, Any], x: float, y: float) -> dict[str, float]:
    """Weight and bias are where the hand is."""
    return {"w": W.snap(x), "b": B.snap(y)}


def goals(values: Mapping[str, Any]) -> list[dict[str, float]]:
    """Within the border, and on the other side than the bias pulls."""
    return [{"w": 2.0, "b": 2.0 * APART, "h": -0.8}]


def show() -> None:
    """The stage of one unit, and the words below it."""
    st.markdown(
        "At every step the unit says **h ← tanh(w h + b)**, and is given that again. Drag the start, and "
        "follow the thin line. Then drag w across 1."
    )
    stage(
        "one_unit",
        picture,
        presets=[
            Preset("forgets", {"w": 0.5, "b": 0.0}),
            Preset("remembers", {"w": 2.0, "b": 0.0}),
            Preset("just beyond the border", {"w": 2.0, "b": 0.54, "h": -1.0}),
        ],
        grips={"start": grab_start, "unit": grab_unit},
        goals=goals,
        w=W,
        b=B,
        h=H,
        three=THREE,
    )
    two_columns(WHAT, WHY)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

WHAT = """
## A place to stay

Go from the start up to the curve: that is what the unit says next. Go across to the diagonal: that is what
it is given then. Where curve and diagonal meet, the unit **stays**. Such a place is called a
[[fixed point]].

A small w makes a flat curve, and it meets the diagonal once: wherever the unit starts, it ends there. It
forgets. A steep curve meets the diagonal three times. Now the start decides where it ends: it **remembers**
on which side it was.
"""
WHY = """
## Which ones hold

Near a fixed point each step multiplies the distance by the slope of the curve there. Is the slope smaller
than 1 in size, the distance shrinks: the point holds (filled). Is it larger, the smallest nudge grows
(hollow).

A bias lifts the curve, and at some height two of the three points meet and vanish. The dashed line is that
border, computed. The dots are found by running the unit from both ends, 1500 steps each.
"""
EXACTLY = """
h is a fixed point where F(h) = artanh h − w h − b is 0. For w ≤ 1, F only rises: one fixed point. For w > 1
it rises up to h = −m, falls to m = √(1 − 1/w), and rises again. So there are three where F(−m) > 0 > F(m),
which is **|b| < b\\*(w) = w m − artanh m**. The same equation and the same border are known of magnets
(Weiss's mean field). With w < −1 there is one fixed point; near b = 0 it does not hold, and the unit jumps
between two states. Close to the border the unit is slow, so a run that is too short finds the border too
high.
"""
