"""Bumps: two steps make a bump, and bumps side by side make a curve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.building.challenge import (
    MEASURES,
    Challenge,
    Measure,
    best_heights,
    error,
    flat_error,
    least_error,
)
from nn_core.building.constructions import one_hidden_layer
from nn_core.errors import Comparison, compare
from nn_core.grids import column, line_with_edges
from nn_core.networks.activations import ACTIVATIONS, SIGMOID, sigmoid_inverse
from nn_core.networks.network import Network, forward, hidden_contributions
from nn_core.targets.curves import NIELSENS_GOAL, ONE_WAVE, SMOOTH_BUMP, squeezed
from pages.shared.activations import idle_slope, offered, stepping
from pages.shared.asking import menus
from pages.shared.figures.axes import Figure
from pages.shared.figures.drawings import diagram, formula
from pages.shared.figures.plots import approximation, curves
from pages.shared.figures.plots.approximation import Frame
from pages.shared.glossary.telling import tell
from pages.shared.numbers import beside, lowered, plain, signed, small
from pages.shared.programs import files_along
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Handle, Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

DOMAIN = (0.0, 1.0)

# ---- one bump ---------------------------------------------------------------------------------------

WITHIN = (-1.3, 1.3)
GENTLE, NARROW = 30, 0.1
ROUNDING = 1e-9
NAMES = ("first step", "second step", "bump")


SWAP = {"left": 0.7, "right": 0.3, "height": 0.8}
BUMP, DIP, LINE = "a bump", "a dip", "a flat line"
SWAPPED = Question(
    "Suppose the edges change places: l = 0.7, r = 0.3, and h stays above 0. What do the two steps make?",
    (BUMP, LINE, DIP),
    SWAP,
)


def one_bump(
    f: str, left: float, right: float, height: float, steepness: float, swap: str = NOTHING
) -> Picture:
    """Two steps, weighed h and -h: y = v1 f(w (x - s1)) + v2 f(w (x - s2)) with v1 = h and v2 = -h."""
    network = two_steps(f, (left, right), height, steepness)
    grid = line_with_edges(DOMAIN, 301, [left, right])
    passed = forward(network, column(grid))
    parts = hidden_contributions(network, passed)
    total = passed.output[:, 0]
    middle = (left + right) / 2
    top = float(network(np.array([[middle]]))[0, 0])
    return Picture(
        curves.superposition(grid, parts, total, NAMES, WITHIN),
        diagram=diagram.one_hidden_layer(
            network, ("v₁ = h", "v₂ = −h"), (f"rises at {plain(left)}", f"rises at {plain(right)}")
        ),
        formula=formula.weighted_sum((height, -height), 0.0, ("1", "2")),
        files=files_along(network, DOMAIN),
        handles=[
            Handle("left", left, height / 2),
            Handle("right", right, height / 2),
            Handle("height", middle, top),
        ],
        readouts={"in the middle": top, "width": plain(abs(right - left))},
        tasks=bump_tasks(network, middle, height, ACTIVATIONS[f] == SIGMOID and steepness <= GENTLE)
        | {SWAPPED.label: swapped(swap, f, steepness)},
        description=f"A {f} that rises at {plain(left)} with the weight {signed(height)}, and one that rises "
        f"at {plain(right)} with the weight {signed(-height)}. Their sum is {signed(top)} in the middle.",
        idle={"steepness": idle_slope(ACTIVATIONS[f], height, "h")},
    )


def two_steps(f: str, edges: tuple[float, float], height: float, steepness: float) -> Network:
    """One step up and one step down, at these edges."""
    w = [steepness, steepness]
    return one_hidden_layer(w, [-steepness * s for s in edges], [height, -height], ACTIVATIONS[f])


def swapped(chosen: str, f: str, steepness: float) -> Verdict:
    """What the steps make whose edges have changed places: by the height between them."""
    if not chosen:
        return answer(chosen, chosen, "")
    network = two_steps(f, (SWAP["left"], SWAP["right"]), SWAP["height"], steepness)
    top = largest(network, [(SWAP["left"] + SWAP["right"]) / 2])
    made = BUMP if top > ROUNDING else DIP if top < -ROUNDING else LINE
    return answer(chosen, made, f"In the middle the sum is {signed(top)}: what goes down goes down first.")


def bump_tasks(network: Network, middle: float, height: float, gentle: bool) -> dict[str, Verdict]:
    """A needle, a hill and a dip."""
    beyond = outside(middle)
    there = network(column(np.array([middle, *DOMAIN, *beyond])))[:, 0]
    top, ends, outer = float(there[0]), float(there[1:3].max()), float(there[3:].max())
    full = height > 0 and top >= 0.99 * height
    short_of = max(height - top, 0.0) + (height <= 0)
    reached = f"In the middle it is {signed(top)}, and h is {signed(height)}"
    return {
        "A needle: with a positive h, at least 99 % of h in the middle, and at most 1 % of h outside a tenth "
        "of the interval.": Verdict(
            full and outer <= 0.01 * height,
            f"{reached}; beside that tenth it is up to {small(outer)}.",
            short_of + max(outer, 0.0),
        ),
        "A hill: with a positive h, at least 99 % of h in the middle and at most 1 % of h at both ends, from "
        f"sigmoids no steeper than w = {GENTLE}.": Verdict(
            full and ends <= 0.01 * height and gentle,
            f"{reached}; at the ends it is up to {small(ends)}.",
            short_of + max(ends, 0.0) + (not gentle),
        ),
        "A dip below −0.5 in the middle, with a positive h.": Verdict(
            height > 0 and top < -0.5, f"{reached}.", max(top + 0.5, 0.0) + (height <= 0)
        ),
    }


def largest(network: Network, places: Sequence[float]) -> float:
    """The largest of the network's values there."""
    return float(network(column(np.array(places))).max())


def outside(middle: float) -> list[float]:
    """Just outside the tenth of the interval that lies around the middle of a bump, or at an end of it.

    A bump falls on both sides of its middle, so nowhere farther outside is it higher.
    """
    start = min(max(middle - NARROW / 2, DOMAIN[0]), DOMAIN[1] - NARROW)
    beside = (start - ROUNDING, start + NARROW + ROUNDING)
    return [place for place in beside if DOMAIN[0] < place < DOMAIN[1]]


# ---- bumps side by side -----------------------------------------------------------------------------

SHAPES = {"Nielsen's goal": NIELSENS_GOAL, "wave": ONE_WAVE, "hill": SMOOTH_BUMP}
AIMS = {name: squeezed(target, 0.1, 0.9) for name, target in SHAPES.items()}
PAIRS, SHARED = "pairs", "shared edges"
ADDS, SQUASHES = "adds up", "adds up, then σ"
# For each: how far above the least error it may be, as a share of that, and how much of the way to it from
# the error of all heights at 0 may be left.
STARS = ((0.05, 0.1, "★★★"), (0.3, 0.3, "★★☆"), (1.0, 0.6, "★☆☆"))
PLAIN = Frame(DOMAIN, DOMAIN, (-0.3, 1.3))
HIDDEN = Frame(DOMAIN, DOMAIN, (-4.2, 4.2))
SQUASHED = Frame(DOMAIN, DOMAIN, (-0.05, 1.05))


def side_by_side(challenge: Challenge, judge: Measure, hint: str, reveal: float, **heights: float) -> Picture:
    """Pieces of these heights, on their way to the best ones, beside their target."""
    names = sorted(heights, key=place_of)
    own, best = np.array([heights[name] for name in names]), np.array(best_heights(challenge, judge))
    shown = own + reveal / 100 * (best - own)
    network = challenge.network(shown)
    compared = challenge.compare(network)
    scores: dict[str, str] = {measure: score(challenge, compared, measure) for measure in MEASURES}
    return Picture(
        challenge_plots(challenge, network, compared),
        diagram=diagram.many_units(network, most=2 * challenge.count),
        diagram_below=True,
        files=files_along(network, DOMAIN),
        handles=[
            Handle(name, (index + 0.5) / challenge.count, float(height))
            for index, (name, height) in enumerate(zip(names, shown, strict=True))
        ],
        readouts={
            **scores,
            **{f"best {measure}": plain(least_error(challenge, measure), 3) for measure in MEASURES},
            "hint": advice(names, shown, best) if hint == "shown" else None,
        },
        tasks=challenge_tasks(challenge, compared, revealed=reveal > 0),
        measures={
            **{measure: error(compared, measure) for measure in MEASURES},
            "hidden units": float(network.layers[0].biases.size),
            "revealed share": reveal,
        },
        description=f"{challenge.count} pieces of the heights {', '.join(map(signed, shown))}. "
        + ", ".join(f"{measure} {told}" for measure, told in scores.items()),
    )


def place_of(name: str) -> int:
    """Which height it is: that of z12 is the twelfth, after that of z2."""
    return int(name[1:])


def stars(challenge: Challenge, compared: Comparison, measure: Measure) -> str:
    """Those that an error earns; none where all heights at 0 do as well."""
    found = error(compared, measure)
    if found > flat_error(challenge, measure) - ROUNDING:
        return "☆☆☆"
    marks = (mark for *limits, mark in STARS if found <= goal(challenge, measure, *limits) + ROUNDING)
    return next(marks, "☆☆☆")


@lru_cache(maxsize=256)
def goal(challenge: Challenge, measure: Measure, above: float, left: float) -> float:
    """The error that is so far above the least, or so far from it on the way there; the lesser of the two."""
    least = least_error(challenge, measure)
    return least + min(above * least, left * (flat_error(challenge, measure) - least))


def score(challenge: Challenge, compared: Comparison, measure: Measure) -> str:
    """The error and its stars."""
    return f"{plain(error(compared, measure), 3)} {stars(challenge, compared, measure)}"


def challenge_tasks(challenge: Challenge, compared: Comparison, *, revealed: bool) -> dict[str, Verdict]:
    """Three stars for each measure, by hand."""
    *limits, three = STARS[0]
    tasks, told = {}, partial(plain, digits=3)
    for measure in MEASURES:
        begin = goal(challenge, measure, *limits)
        own = error(compared, measure)
        says = f"It is {beside(own, begin, told)}; they begin at {beside(begin, own, told)}."
        if begin > flat_error(challenge, measure) - ROUNDING:
            says = "There are none: all heights at 0 are as near as any."
        if revealed:
            says += " These heights are not your own: set the reveal to 0."
        done = stars(challenge, compared, measure) == three and not revealed
        tasks[f"Three stars for the {measure}."] = Verdict(done, says, max(own - begin, 0.0) + revealed)
    return tasks


def advice(names: Sequence[str], heights: FloatArray, best: FloatArray) -> str:
    """Which height to change first."""
    index = int(np.argmax(np.abs(best - heights)))
    gap = float(best[index] - heights[index])
    if abs(gap) < 0.02:
        return "you are there"
    return f"{'raise' if gap > 0 else 'lower'} {names[index][0]}{lowered(index + 1)}"


def best_of(
    challenge: Challenge, knobs: Mapping[str, Any], state: Mapping[str, Any]
) -> Iterator[dict[str, float]]:
    """The heights that are best by each of the measures, set by hand."""
    for measure in MEASURES:
        heights = dict(zip(sorted(knobs, key=place_of), best_heights(challenge, measure), strict=True))
        yield {name: knobs[name].snap(height) for name, height in heights.items()} | {"reveal": 0.0}


def challenge_plots(challenge: Challenge, network: Network, compared: Comparison) -> list[Figure]:
    """The network and its target; with a squashing output also the sum before it and what that aims at."""
    z = forward(network, column(compared.x)).pre_activations[-1][:, 0]
    ends = np.array([0, -1])
    halves = compared.x[ends], np.full(2, np.nan) if challenge.shared else z[ends]
    if not challenge.squashed:
        return [approximation.heights(compared, PLAIN, halves)]
    hidden = compare(z, sigmoid_inverse(compared.target), compared.x)
    return [
        approximation.heights_before(hidden, HIDDEN, halves),
        approximation.closing_in(compared, SQUASHED),
    ]


# ---- the page ---------------------------------------------------------------------------------------

st.title("Bumps")
st.markdown(
    "How much you like a song at each tempo is a curve with hills and dips. One step up and one step down "
    "make a **bump**, and bumps side by side can follow any continuous curve."
)

stage(
    "bump",
    one_bump,
    presets=[Preset("needle", {"left": 0.48, "right": 0.52, "height": 1.0, "steepness": 200.0})],
    f=Choice("neurons of the bump", offered(stepping, first=(SIGMOID,)), SIGMOID.name),
    left=Knob("left edge s₁", 0, 1, value=0.35, step=0.005, colour="unit-1"),
    right=Knob("right edge s₂", 0, 1, value=0.65, step=0.005, colour="unit-2"),
    height=Knob("height h", -1, 1, value=0.8, step=0.01, colour="network"),
    steepness=Knob("steepness w", 5, 200, value=60, step=1),
    swap=SWAPPED,
)

st.header("Now you: match the curve")
st.markdown(
    "Drag the tops of the bumps until the network follows the target. You get up to **three stars** for each "
    "error: the closer to the best that these bumps can do, the more."
)
places = st.columns([2, 3, 2, 3])
count = menus.pick(places[0], "Number of bumps", [2, 3, 5, 8], "bumps", 5)
target = menus.pick(places[1], "Target", [*AIMS], "target", "Nielsen's goal")
steps = menus.pick(places[2], "Built from", [PAIRS, SHARED], "steps", PAIRS)
squash = menus.pick(places[3], "The output neuron", [ADDS, SQUASHES], "output", ADDS) == SQUASHES
aim = st.container()
if squash:
    tell(
        "The output neuron now applies σ, the [[sigmoid]], to the sum. So the sum has to aim at another "
        "curve: at those z for which σ(z) is the target. It is z = ln(y / (1 − y)) where the target is y. If "
        "the sum follows that curve, the output follows the target.",
        aim,
    )
letter, low, high, step = ("z", -4.0, 4.0, 0.04) if squash else ("h", -0.25, 1.25, 0.01)
inputs: dict[str, Any] = {
    f"{letter}{k}": Knob(f"height {letter}{lowered(k)}", low, high, value=0.0, step=step, colour="network")
    for k in range(1, count + 1)
}
challenge = Challenge(AIMS[target], count, steps == SHARED, squash)
stage(
    "challenge",
    partial(side_by_side, challenge),
    goals=partial(best_of, challenge, inputs),
    **inputs,
    reveal=Knob("reveal, %", 0, 100, value=0, step=1, colour="target"),
    judge=Choice("best by the", MEASURES, MEASURES[0]),
    hint=Choice("the hint", ("hidden", "shown"), "hidden"),
)

two_columns(
    """
### The half-height defect

Look at the two ends. A sigmoid at its own knot is ½, **however steep it is**. So the first bump has only half
its height at x = 0, and the last one only half at x = 1. No height mends that.

Now choose *shared edges*. The first piece is the output bias, which is there from the start, and each neuron
steps from one height to the next. The defect is gone, and N pieces need N − 1 neurons instead of 2N.
""",
    """
### What to notice

In the network each bump is a **pair of output weights**, v₁ = h and v₂ = −h. With shared edges each output
weight is the difference of two neighbouring heights: the same curve, with fewer numbers.

There are two errors. The **mean** error is how far network and target are apart on average, the
[[largest error]] how far they are apart where it is worst. The best heights for the one are not those for the
other: a narrow peak costs little on average, but it decides the largest error.
""",
)
more_exactly(
    """
Errors are taken at the **output**, on a grid of 401 points. The best heights are computed for each of the
two errors. **Three stars** are within 5 % of the error that they leave, two within 30 %, one within twice
as much; and of the way there from all heights at 0, three take at least 90 %, two 70 %, one 40 %.
"""
)
