"""Two numbers: a digit becomes a place in the plane, and every place is drawn as a picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.families.autoencoders import Autoencoder, standardised
from pages.scenes.autoencoder import models
from pages.shared.asking.beliefs import REPEATS
from pages.shared.digits.pictures import SIDE, held_out
from pages.shared.figures.plots.codes import codes, sheets
from pages.shared.figures.traces import Trace
from pages.shared.numbers import grouped, plain, small
from pages.shared.programs import files_of
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Grip, Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

BENT, STRAIGHT = "bent", "linear"
HALF, STEP, PICTURES = 3.2, 0.05, 100
ON, NOBODY = 0.1, 1.0
# So far from every code is a new place; and so different from every picture learnt is a new picture.
NEW, UNSEEN = 0.2, 0.01
FIRST = 17
NAMES = ("drawn at the point", "the digit", "linear, and back", "bent, and back")
ALL, TWO_THIRDS, TENTH = "as large as the linear one’s", "about two thirds of it", "about a tenth of it"
HOW_MUCH = Question(
    "Both have two numbers for 64 pixels. How large is the bent one’s error, beside the linear one’s?",
    (ALL, TWO_THIRDS, TENTH),
    {"kind": BENT},
)


@lru_cache
def autoencoder(kind: str) -> Autoencoder:
    """The bent or the linear one, its code of mean 0 and deviation 1 on the pictures it learnt from."""
    found = models.learnt().bent if kind == BENT else models.straight()
    return standardised(found, models.learnt_from())


@lru_cache
def places(kind: str) -> FloatArray:
    """The codes of all pictures held out, shape (449, 2)."""
    return autoencoder(kind).encoder(models.kept_back())


@lru_cache
def given_back(kind: str) -> FloatArray:
    """All pictures held out, there and back, shape (449, 64)."""
    return autoencoder(kind)(models.kept_back())


@lru_cache
def error(kind: str) -> float:
    """The mean square error of a pixel on them."""
    return models.error(given_back(kind), models.kept_back())


@lru_cache
def written(kind: str) -> list[Trace]:
    """The digits at their codes."""
    return codes.written(places(kind), held_out().labels)


@dataclass(frozen=True)
class Scene:
    """One of the two autoencoders, a point in its plane, and a digit held out."""

    kind: str
    point: tuple[float, float]
    index: int

    @cached_property
    def drawn(self) -> FloatArray:
        """What the decoder makes of the point, shape (64,)."""
        found: FloatArray = autoencoder(self.kind).decoder(np.array([self.point]))[0]
        return found

    @property
    def digit(self) -> FloatArray:
        """The digit, as it is."""
        found: FloatArray = models.kept_back()[self.index]
        return found

    @property
    def label(self) -> int:
        """Which one it is."""
        return int(held_out().labels[self.index])

    @property
    def code(self) -> FloatArray:
        """Where its code lies."""
        found: FloatArray = places(self.kind)[self.index]
        return found

    def error(self, kind: str) -> float:
        """How far the digit is from what comes back."""
        return models.error(given_back(kind)[self.index], self.digit)

    @property
    def away(self) -> float:
        """From the point to the code of the digit."""
        return float(np.hypot(*(self.code - self.point)))

    @cached_property
    def nearest(self) -> tuple[float, int]:
        """How far the nearest code of all is, and which digit it is."""
        distances = np.hypot(*(places(self.kind) - self.point).T)
        found = int(distances.argmin())
        return float(distances[found]), int(held_out().labels[found])


def picture(kind: str, c1: float, c2: float, digit: float, how_much: str = NOTHING) -> Picture:
    """The plane of the codes, what is drawn at the point, and a digit there and back."""
    scene = Scene(kind, (c1, c2), int(digit) - 1)
    both = [given_back(each)[scene.index] for each in (STRAIGHT, BENT)]
    tiles = np.array([scene.drawn, scene.digit, *both]).reshape(-1, SIDE, SIDE)
    away, label = scene.nearest
    across, up = scene.code.tolist()
    return Picture(
        [
            codes.codes(written(kind), (across, up), HALF, "449 digits held out; ring: the one chosen"),
            sheets.sheet(tiles, NAMES, across=2),
        ],
        beside=True,
        grips=[Grip("point", c1, c2, colour="input", anywhere=True)],
        files={
            **files_of(autoencoder(kind).network, scene.digit[np.newaxis]),
            **files_of(autoencoder(kind).decoder, np.array([scene.point]), "decoder"),
        },
        readouts=readouts(scene),
        measures={
            "error of the drawing": models.error(scene.drawn, scene.digit),
            "error, there and back": scene.error(kind),
            "distance to the nearest code": away,
        },
        tasks=tasks(scene) | {REPEATS.label: repeats(scene), HOW_MUCH.label: judged(how_much)},
        description=f"The {kind} decoder draws the point ({plain(c1)}, {plain(c2)}). The nearest code is "
        f"that of a {label}, {plain(away)} away. The digit chosen is a {scene.label}; its code is "
        f"({plain(across)}, {plain(up)}).",
    )


def readouts(scene: Scene) -> dict[str, str | None]:
    """What lies near the point, the code of the digit, and the errors of both, of it and of all."""
    away, label = scene.nearest
    across, up = scene.code.tolist()
    alone = "; no digit is near" if away > NOBODY else ""
    one, every = (
        [f"{name} {small(found)}" for name, found in ((STRAIGHT, of(STRAIGHT)), (BENT, of(BENT)))]
        for of in (scene.error, error)
    )
    return {
        "nearest code": f"a {label}, {plain(away)} away{alone}",
        "code of the digit": f"a {scene.label} at ({plain(across)}, {plain(up)})",
        "drawing, from the digit": small(models.error(scene.drawn, scene.digit)),
        "error, this digit": ", ".join(one),
        "error, all held out": ", ".join(every),
        "the mean picture, all": small(models.error(models.mean_picture(), models.kept_back())),
    }


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Meet the digit's code, leave all codes, and find where bending does not help."""
    away, _ = scene.nearest
    straight, bent = scene.error(STRAIGHT), scene.error(BENT)
    return {
        "Bring the point onto the code of the digit: what is drawn there comes back, too.": Verdict(
            scene.away < ON, f"It is {plain(scene.away)} away from the ring.", max(scene.away - ON, 0.0)
        ),
        "Go where nobody has been: no code within a distance of 1. What is drawn there?": Verdict(
            away > NOBODY, f"The nearest code is {plain(away)} away.", max(NOBODY - away, 0.0)
        ),
        "Find a digit that the linear one gives back better than the bent one.": Verdict(
            straight < bent,
            f"This {scene.label}: linear {small(straight)}, bent {small(bent)}.",
            max(straight - bent, 0.0),
        ),
    }


def repeats(scene: Scene) -> Verdict:
    """Whether a drawing is none of the pictures that were learnt, at a place that is no code."""
    away, _ = scene.nearest
    learnt = models.learnt_from()
    kept = autoencoder(scene.kind).network.n_parameters
    unlike = float(np.mean((learnt - scene.drawn) ** 2, axis=1).min())
    return Verdict(
        away > NEW and unlike > UNSEEN,
        f"{plain(away)} from the nearest code. The nearest of {grouped(len(learnt))} pictures learnt differs "
        f"by {small(unlike)}. {grouped(kept)} numbers are kept; the pictures "
        f"had {grouped(learnt.size)}.",
        max(NEW - away, 0.0) + max(UNSEEN - unlike, 0.0),
    )


def judged(chosen: str) -> Verdict:
    """Which share of the linear error is left."""
    share = error(BENT) / error(STRAIGHT)
    right = ALL if share > 0.9 else TWO_THIRDS if share > 0.4 else TENTH
    told = (
        f"{small(error(BENT))} instead of {small(error(STRAIGHT))}, on digits that neither has learnt from."
    )
    return answer(chosen, right, told)


def grab(values: Mapping[str, Any], x: float, y: float) -> dict[str, float]:
    """The point is where the hand is, up to the edge."""
    return {"c1": x, "c2": y}


def show() -> None:
    """The stage of the two numbers, and the words below it."""
    st.markdown(
        "A network squeezes the 64 pixels of a digit into **two numbers**, its *code*: a place in the plane. "
        "Another one draws a picture of any two numbers. Drag the point, and it draws."
    )
    stage(
        "two_numbers",
        picture,
        presets=[
            Preset("the linear plane", {"kind": STRAIGHT}),
            Preset("far outside", {"c1": 3.0, "c2": -3.0}),
        ],
        grips={"point": grab},
        cards=[REPEATS.begun(c1=-1.2, c2=1.2)],
        kind=Choice("autoencoder", (BENT, STRAIGHT), BENT),
        c1=Knob("c₁ of the point", -3, 3, value=0.0, step=STEP, colour="input"),
        c2=Knob("c₂ of the point", -3, 3, value=0.0, step=STEP, colour="input"),
        digit=Knob("digit held out", 1, PICTURES, value=FIRST, step=1, colour="target"),
        how_much=HOW_MUCH,
    )
    two_columns(WHAT, WHY)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

WHAT = """
## There and back

The **encoder** makes two numbers of 64, the **decoder** 64 of two. Together they are an **autoencoder**,
and [[training]] asks one thing of it: what comes out should be what went in. The [[loss]] is the mean of
the squared differences of the pixels. No label is used; the digits in the plane are written there only
for you.

Drag the point from the heap of zeros to the heap of sixes: the picture turns over, step by step. Between
the heaps are pictures that nobody wrote. Far outside there is a picture, too: a decoder answers anything,
and does not say that nobody has been there.
"""
WHY = """
## Linear against bent

The linear one has no [[activation]]: its pictures lie in a plane through the space of all pictures, and
no other such plane is nearer to the digits. The bent one has 24 [[hidden units]] on the way in and on the
way out. Its pictures lie on a **curved** sheet, which can follow the digits: the same two numbers, a
third less error.

Not for every digit: some come back better from the plane. And two numbers are few: about half of the
error that the mean picture makes for all is still there.
"""
EXACTLY = """
The digits are 8 × 8 pixels, from 0 for paper to 1 for ink (Alpaydin and Kaynak 1998). Both learn from
1,348 of them; all errors here are on the 449 held out. The bent one is 64 → 24 → 2 → 24 → 64 with tanh,
its code is not squeezed, its output is a sigmoid, and it is one training of 1,760 steps of Adam on 64
digits each. From 20 seeds the error is 0.0366 on average, between 0.0348 and 0.0384; the linear one's is
0.0542. The shares of a picture below 0 or above 1, which only the linear one draws, are shown as paper
and as ink. Both codes are moved and stretched so that on what was learnt each number has mean 0 and
standard deviation 1, which changes nothing of what comes back.
"""
