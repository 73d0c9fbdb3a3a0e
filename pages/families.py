"""Families: what each kind of layer ties together, and what that saves, counted side by side."""

from __future__ import annotations

from functools import lru_cache
from math import log10

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.families.growth import Reading
from pages.shared.figures.plots.counted.growing import growing
from pages.shared.numbers import grouped, short, shortly
from pages.shared.path import lead_to
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

MOST_DOUBLINGS, MOST_WIDTH, MOST_WINDOW = 12, 64, 9
LENGTHS: FloatArray = np.array([2.0**k for k in range(MOST_DOUBLINGS + 1)])
MOST_NUMBERS, MOST_PRODUCTS = 11.2, 11.2
MANY, LONG = 1_000_000, 64
DENSER = "dense, times the convolution"
ALL, NOBODY, DENSE, TWO = "all of them", "not one", "the dense one alone", "the dense and the squeezed one"
WHO_GROWS = Question(
    "Suppose the text gets twice as long, and each word keeps its d numbers. Which layers need more numbers "
    "then?",
    (ALL, DENSE, TWO, NOBODY),
    {"doublings": 7.0},
)


@lru_cache(maxsize=512)
def curves(width: int, window: int) -> tuple[dict[str, FloatArray], dict[str, FloatArray]]:
    """The numbers and the products of each kind, at every length of the knob."""
    readings = [Reading(int(length), width, window) for length in LENGTHS]
    numbers, products = (
        [each.n_parameters for each in readings],
        [each.n_multiplications for each in readings],
    )
    return (
        {name: np.array([each[name] for each in numbers], dtype=float) for name in numbers[0]},
        {name: np.array([each[name] for each in products], dtype=float) for name in products[0]},
    )


def picture(doublings: float, width: float, window: float, who_grows: str = NOTHING) -> Picture:
    """Numbers and products of five kinds of layers that read the same."""
    reading = Reading(2 ** int(doublings), int(width), int(window))
    numbers, products = curves(reading.width, reading.window)
    counts = reading.n_parameters
    return Picture(
        [
            growing("numbers", LENGTHS, numbers, reading.length, MOST_NUMBERS),
            growing("multiplications", LENGTHS, products, reading.length, MOST_PRODUCTS),
        ],
        readouts={
            "read at once": f"{grouped(reading.length)} × {reading.width}",
            **{name: shortly(count) for name, count in counts.items()},
        },
        measures={
            **{f"numbers, {name}": float(count) for name, count in counts.items()},
            DENSER: counts["dense"] / counts["convolution"],
            "length T": float(reading.length),
        },
        tasks=tasks(reading) | {WHO_GROWS.label: judged(who_grows, reading)},
        description=f"Layers that read {grouped(reading.length)} places of {reading.width} numbers: "
        + ", ".join(f"{name} has {shortly(count)}" for name, count in counts.items())
        + ".",
    )


def tasks(reading: Reading) -> dict[str, Verdict]:
    """Where tying saves most, where it saves nothing, and where attention is dearer than dense."""
    numbers, products = reading.n_parameters, reading.n_multiplications
    times = numbers["dense"] / numbers["recurrence"]
    over = numbers["attention"] / numbers["dense"]
    dearer = products["attention"] / products["dense"]
    return {
        f"Let the dense layer have {shortly(MANY)} times as many numbers as the recurrence.": Verdict(
            times >= MANY, f"It has {short(times, 3)} times as many.", max(log10(MANY / times), 0.0)
        ),
        "Find a length at which attention has more numbers than the dense layer.": Verdict(
            over > 1.0,
            f"{grouped(numbers['attention'])} against {grouped(numbers['dense'])}.",
            max(-log10(over), 0.0),
        ),
        f"At {LONG} places or more, let attention multiply more often than the dense layer.": Verdict(
            dearer > 1.0 and reading.length >= LONG,
            f"{shortly(products['attention'])} against {shortly(products['dense'])}, at "
            f"{grouped(reading.length)} places.",
            max(-log10(dearer), 0.0) + max(log10(LONG / reading.length), 0.0),
        ),
    }


def judged(chosen: str, reading: Reading) -> Verdict:
    """Whose numbers grow when the length doubles: counted here, and at twice the length."""
    twice = Reading(2 * reading.length, reading.width, reading.window).n_parameters
    grown = {name for name, count in reading.n_parameters.items() if twice[name] > count}
    named = {frozenset[str](): NOBODY, frozenset({"dense"}): DENSE, frozenset({"dense", "squeezed"}): TWO}
    right = named.get(frozenset(grown), ALL)
    return answer(
        chosen, right, f"At {grouped(2 * reading.length)} places more numbers: {', '.join(sorted(grown))}."
    )


LESSONS = ("convolution.py", "recurrence.py", "attention.py", "autoencoder.py", "adversaries.py")

# ---- the words ----------------------------------------------------------------------------------------

TIES = """
## One layer, tied in different ways

Every layer here computes what the first lessons computed: multiply by weights, add, bend. Every one learns by
the same gradient, walked back from the loss. They differ in **which weights are one and the same number**.

| layer | what it ties or adds |
|:--|:--|
| dense | nothing: every place has weights of its own for every other |
| convolution | one small window of weights, used at **every place** |
| recurrence | the same weights at **every step**, and its own last answer read again |
| attention | weights that are **looked up** anew for each text; only the looking up is learnt |
| squeezed | dense, but everything passes **two numbers**, as in an autoencoder |

Two networks that learn against each other, as adversaries do, need no new layer: there the **loss** is new.
"""
SAVED = """
## What is saved, and what it costs

Tying has two sides. What is used everywhere needs **no more numbers** for a longer text or a larger picture:
three of the five curves above are level. And what was learnt at one place is known at every other.

But a tied layer **cannot** treat places differently, however useful that were. And numbers are not work: look
at the lower plot. Attention holds every place against every other, so its multiplications grow with T². A
dense layer's grow with T², too; the window's and the recurrence's only with T. The recurrence has to go step
by step, though, while all the others can do all places at once.
"""
EXACTLY = """
Counted for layers that read T places of d numbers and give as many back. **Numbers**: dense (Td)² + Td;
squeezed, through 2 units, 5Td + 2; attention, one head of width d without biases, 4d²; convolution with a
window of s places, sd² + d; recurrence 2d² + d. **Multiplications**: (Td)²; 4Td; 4Td² + 2T²d, for the four
matrices, the scores and the means; sTd², zeros around included; 2Td². Bends, the softmax's exponentials and
sums are not counted. For a picture T is the number of its pixels and s that of the pixels of the window.
"""

st.title("Families")
st.markdown(
    "Your music has a beat that comes back in every bar: should a network learn it anew for each? "
    "**Drag k**: the text grows, and some of the layers grow with it."
)
stage(
    "growth",
    picture,
    presets=[
        Preset("a word", {"doublings": 0.0}),
        Preset("a page", {"doublings": 9.0}),
        Preset("one number a place", {"width": 1.0}),
    ],
    doublings=Knob("k, with T = 2ᵏ places", 0, MOST_DOUBLINGS, value=5, step=1, colour="input"),
    width=Knob("numbers a place d", 1, MOST_WIDTH, value=16, step=1, colour="weight"),
    window=Knob("window s of the convolution", 1, MOST_WINDOW, value=3, step=2, colour="network"),
    who_grows=WHO_GROWS,
)
two_columns(TIES, SAVED)
for file in LESSONS:
    lead_to(file)
more_exactly(EXACTLY)
