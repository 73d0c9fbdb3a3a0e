"""Look-up: a query is held against keys, and what comes out is a mean of the values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Any

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.families.attention import look_up, weight_on_match
from nn_core.families.chains import Chain, Dense, Softmax
from nn_core.networks.activations import IDENTITY
from nn_core.networks.network import Layer
from pages.shared.figures.plots.attention import looking
from pages.shared.numbers import percent, plain, short
from pages.shared.programs import files_of_chain
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.matrix import Matrix, Rows
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Grip, Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

HALF, N = 1.4, 4
KEYS: Rows = ((1.0, -0.2), (0.1, 0.7), (-0.9, 0.1), (0.2, -0.9))
VALUES: Rows = ((0.8, 0.6), (-0.8, 0.7), (-0.8, -0.7), (0.7, -0.8))
# Key 1 is ahead of all others by exactly 1, as the query sees it.
AHEAD: Rows = ((1.0, -0.2), (0.0, 0.7), (0.0, 0.1), (0.0, -0.9))
SURE, ALIKE, SHARED = 0.99, 0.005, 0.95
ASKED = 3.0
WEIGHTS = {"about 30 %": 0.3, "about 50 %": 0.5, "about 87 %": 0.87, "all of it": 1.0}
HOW_MUCH = Question(
    f"The score of one key is 1 higher than those of the {N - 1} others. With β = {short(ASKED)}, how much "
    "of the weight does it get?",
    tuple(WEIGHTS),
    {"across": 1.0, "up": 0.0, "sharpness": ASKED, "keys": AHEAD},
)


@dataclass(frozen=True)
class Scene:
    """A query, keys and values in the plane."""

    query: tuple[float, float]
    sharpness: float
    keys: Rows
    values: Rows

    @cached_property
    def scores(self) -> FloatArray:
        """The product of the query with each key."""
        found: FloatArray = np.array(self.keys) @ np.array(self.query)
        return found

    @cached_property
    def weights(self) -> FloatArray:
        """How much of each value comes out."""
        return look_up(np.array(self.query), np.array(self.keys), self.sharpness)

    @cached_property
    def output(self) -> FloatArray:
        """The mean of the values with these weights."""
        found: FloatArray = self.weights @ np.array(self.values)
        return found

    @property
    def network(self) -> Chain:
        """It as layers: scores of the query, their softmax, and a mean of the values."""
        keys, values = np.array(self.keys), np.array(self.values)
        scores = Layer(self.sharpness * keys.T, np.zeros(len(keys)), IDENTITY)
        return Chain((Dense(scores), Softmax(), Dense(Layer(values, np.zeros(values.shape[1]), IDENTITY))))

    @property
    def most(self) -> float:
        """The largest weight."""
        return float(self.weights.max())

    @property
    def gap(self) -> float:
        """By how much the best score is ahead of the second."""
        *_, second, best = np.sort(self.scores)
        return float(best - second)

    @property
    def proven(self) -> float:
        """What the largest weight is at least, for such a gap."""
        return weight_on_match(N, self.sharpness, self.gap)


def picture(
    across: float, up: float, sharpness: float, keys: Rows, values: Rows, how_much: str = NOTHING
) -> Picture:
    """The keys with the query, and the values with what comes out."""
    scene = Scene((across, up), sharpness, keys, values)
    first, second = (np.array(each) for each in (keys, values))
    return Picture(
        [
            looking.keys_and_query(np.array(scene.query), first, scene.weights, HALF),
            looking.values_and_output(second, scene.weights, HALF),
        ],
        beside=True,
        grips=[
            Grip("query", across, up, colour="input"),
            *(Grip(f"key {each + 1}", row[0], row[1], colour="unit-1") for each, row in enumerate(keys)),
            *(Grip(f"value {each + 1}", row[0], row[1], 1, "unit-2") for each, row in enumerate(values)),
        ],
        files=files_of_chain(scene.network, np.array([scene.query])),
        readouts=readouts(scene),
        measures={"largest weight": scene.most, "sharpness β": sharpness},
        tasks=tasks(scene) | {HOW_MUCH.label: judged(how_much)},
        description=f"The weights of values 1 to {N} are {', '.join(map(percent, scene.weights))}. "
        f"What comes out is ({plain(float(scene.output[0]))}, {plain(float(scene.output[1]))}).",
    )


def readouts(scene: Scene) -> dict[str, str | None]:
    """The scores, the lead of the best one, and what its weight is and at least is."""
    return {
        "scores q·k": ", ".join(plain(float(each)) for each in scene.scores),
        "best score ahead by": plain(scene.gap),
        "weights": ", ".join(map(percent, scene.weights)),
        "largest weight": percent(scene.most, 1),
        "proven: at least": percent(scene.proven, 1),
        "output": f"({plain(float(scene.output[0]))}, {plain(float(scene.output[1]))})",
    }


def tasks(scene: Scene) -> dict[str, Verdict]:
    """Find one, find none, and find two that cannot be told apart."""
    *_, second, best = np.sort(scene.weights).tolist()
    apart = scene.most - float(scene.weights.min())
    told = ", ".join(percent(each, 1) for each in scene.weights)
    return {
        f"Be sure: one key gets at least {percent(SURE)} of the weight.": Verdict(
            scene.most >= SURE,
            f"The largest weight is {percent(scene.most, 1)}.",
            max(SURE - scene.most, 0.0),
        ),
        "All four weights alike, to half a percent, though β is at least 1.": Verdict(
            apart <= ALIKE and scene.sharpness >= 1.0,
            f"They are {told}, and β is {plain(scene.sharpness, 1)}.",
            max(apart - ALIKE, 0.0) + max(1.0 - scene.sharpness, 0.0),
        ),
        f"Two keys share: together at least {percent(SHARED)}, and alike to half a percent.": Verdict(
            best + second >= SHARED and best - second <= ALIKE,
            f"The two largest are {percent(best, 1)} and {percent(second, 1)}.",
            max(SHARED - best - second, 0.0) + max(best - second - ALIKE, 0.0),
        ),
    }


@lru_cache
def judged(chosen: str) -> Verdict:
    """The weight of a key that is ahead of all others by 1."""
    weight = Scene((1.0, 0.0), ASKED, AHEAD, VALUES).most
    right = min(WEIGHTS, key=lambda told: abs(WEIGHTS[told] - weight))
    why = f"The others have e⁻³ each for its 1: it gets 1/(1 + 3e⁻³), which is {percent(weight, 1)}."
    return answer(chosen, right, why)


def grab_query(values: Mapping[str, Any], x: float, y: float) -> dict[str, float]:
    """The query ends where the hand is."""
    return {"across": x, "up": y}


def grab_row(name: str, row: int, values: Mapping[str, Any], x: float, y: float) -> dict[str, Rows]:
    """One row of a table is where the hand is."""
    rows = [tuple(each) for each in values[name]]
    rows[row] = (round(x, 2), round(y, 2))
    return {name: tuple(rows)}


def show() -> None:
    """The stage of the look-up, and the words below it."""
    st.markdown(
        "A **query** is held against four **keys**. The better a key fits, the more of its **value** comes "
        "out. Drag the query, a key, a value. Then raise **β**: the look-up becomes sharp."
    )
    stage(
        "look_up",
        picture,
        presets=[
            Preset("one key ahead by 1", {"across": 1.0, "up": 0.0, "keys": AHEAD}),
            Preset("two keys at one place", {"keys": (KEYS[0], KEYS[0], KEYS[2], KEYS[3])}),
        ],
        grips={
            "query": grab_query,
            **{f"key {each + 1}": partial(grab_row, "keys", each) for each in range(N)},
            **{f"value {each + 1}": partial(grab_row, "values", each) for each in range(N)},
        },
        sharpness=Knob("sharpness β", 0, 20, value=4, step=0.1, colour="weight"),
        across=Knob("x of the query", -1.2, 1.2, value=0.4, step=0.02, colour="input"),
        up=Knob("y of the query", -1.2, 1.2, value=0.2, step=0.02, colour="input"),
        keys=Matrix("keys", KEYS, "a key", "x, y", "unit-1"),
        values=Matrix("values", VALUES, "a value", "x, y", "unit-2"),
        how_much=HOW_MUCH,
    )
    two_columns(WHAT, EXACT)
    more_exactly(EXACTLY)


# ---- the words ----------------------------------------------------------------------------------------

WHAT = """
## A look-up that is soft

A dictionary gives the value whose key is **equal** to what is asked. Here nothing needs to be equal. Each key
gets a **score**: the product q·k = q₁k₁ + q₂k₂, large where the key points the same way as the query. The
[[softmax]] makes weights of the scores, above 0 and of sum 1. What comes out is the mean of the values with
these weights.

So it lies **between** the values: never outside the polygon around them, whatever you drag. And as it changes
smoothly with every number, all of it can be learnt by [[gradient descent]].
"""
EXACT = """
## How sharp is it?

With β = 0 all keys count alike, and what comes out is the plain mean. The larger β, the more the best key
wins. If its score is ahead of n − 1 others by exactly 1, its weight is exactly **1/(1 + (n − 1)e⁻ᵝ)**: try
*one key ahead by 1*. Where some others are farther behind, its weight is larger: that is what *proven* says.

A longer query does the same as a larger β. And two keys at the same place share evenly, however sharp the
look-up is: it cannot tell them apart.
"""
EXACTLY = """
The weight of key j is e^(β q·kⱼ), divided by the sum of these over all keys. Divide above and below by the
largest term, and for a lead of γ before all n − 1 others 1/(1 + (n − 1)e^(−βγ)) is what is left; if some are
farther behind, the sum is smaller. Transformers take β = 1/√m for queries of m numbers (Vaswani and others
2017, arXiv 1706.03762). Numbers typed into the tables may be up to 999; the plots show those up to 1.4.
"""
