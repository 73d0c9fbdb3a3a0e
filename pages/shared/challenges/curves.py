"""Challenges of the lessons on curves: one neuron, two, bumps, and any curve."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import product

import numpy as np

from nn_core.building import challenge as matching
from nn_core.building.closeness import closeness
from nn_core.building.ways import EQUAL_KNOTS, STAIRCASE, Plan
from nn_core.grids import column, line
from nn_core.networks.activations import RELU, SIGMOID
from nn_core.networks.network import Layer, Network
from nn_core.targets.curves import NIELSENS_GOAL, ONE_WAVE, squeezed
from pages.shared.challenges.ramp import ramp_errors
from pages.shared.numbers import grouped, small
from pages.shared.stage.scoring.challenge import Best, Challenge, Limit, Look

# ---- a single neuron ------------------------------------------------------------------------------------

KNOB = line((-10.0, 10.0), 201)


def neurons() -> tuple[Network, list[tuple[float, float]]]:
    """A sigmoid for every weight and bias that the knobs can take, side by side, and their settings."""
    settings = [(round(w, 1), round(b, 1)) for w, b in product(KNOB.tolist(), KNOB.tolist())]
    weights, biases = np.array(settings).T
    return Network((Layer(weights[np.newaxis], biases, SIGMOID),)), settings


def all_of(settings: Sequence[object]) -> str:
    """What was tried."""
    return f"all {grouped(len(settings))} settings of weight and bias were tried"


def gentlest(look: Look) -> Best:
    """The smallest weight with which a sigmoid decides between −1 and 1."""
    network, settings = neurons()
    low, high = network(column(np.array([-1.0, 1.0])))
    sizes = [
        abs(w) if a <= 0.1 and b >= 0.9 else np.inf for (w, _), a, b in zip(settings, low, high, strict=True)
    ]
    at = int(np.argmin(sizes))
    weight, bias = settings[at]
    why = f"{all_of(settings)} (without the knobs' steps it would be ln 9 = {small(float(np.log(9.0)))})"
    return Best(sizes[at], why, {"weight": weight, "bias": bias})


def straightest(look: Look) -> Best:
    """The sigmoid that is nearest to the ramp."""
    network, settings = neurons()
    errors = ramp_errors(network)
    at = int(np.argmin(errors))
    weight, bias = settings[at]
    return Best(float(errors[at]), all_of(settings), {"weight": weight, "bias": bias})


# ---- two neurons ----------------------------------------------------------------------------------------

FLAT, LOW, HIGH = 0.01, -0.01, 0.99


def softest_bump(look: Look) -> Best:
    """The least steepness of two sigmoids that make a bump, among settings that are mirrored at 0."""
    tried = 0
    for steepness, knot in product(line((0.5, 20.0), 40).tolist(), line((0.05, 4.0), 80).tolist()):
        shape = {"w1": steepness, "w2": steepness, "s1": -round(knot, 2), "s2": round(knot, 2)}
        top, end = (bump_height(steepness, knot, x) for x in (0.0, 4.5))
        for height, bias in product(line((0.9, 1.5), 31).tolist(), (0.0, -0.02)):
            tried += 1
            if height * top + bias >= HIGH and abs(height * end + bias) <= FLAT and bias >= LOW:
                values = {"v1": round(height, 2), "v2": -round(height, 2), "c": bias, **shape}
                why = f"{grouped(tried)} settings were tried, from soft to steep, all with knots at −s and s"
                return Best(steepness, why, values, exact=False)
    raise ValueError("no steepness makes such a bump")


def bump_height(steepness: float, knot: float, x: float) -> float:
    """How high a bump of two sigmoids is that rises at −knot and falls at knot."""
    network = Network((Layer(np.full((1, 2), steepness), steepness * np.array([knot, -knot]), SIGMOID),))
    up, down = network(np.array([[x]]))[0].tolist()
    return float(up - down)


# ---- bumps ----------------------------------------------------------------------------------------------

GOAL = squeezed(NIELSENS_GOAL, 0.1, 0.9)
PROGRAM = "the optimum of a linear program (Portnoy and Koenker 1997)"
WHERE = {"target": "", "output": ""}


def matched(measure: matching.Measure, count: int, shared: bool, look: Look) -> Best:
    """The heights with the least error, and how the knobs can come nearest."""
    asked = matching.Challenge(GOAL, count, shared)
    heights = matching.best_heights(asked, measure)
    values = {f"h{k}": round(height, 2) for k, height in enumerate(heights, start=1)}
    return Best(matching.least_error(asked, measure), f"{PROGRAM}; the knobs come near it", values)


def fewest_bumps(look: Look) -> Best:
    """The fewest hidden units with which such a mean error can be had, of all menus."""
    found = []
    for count, shared in product((2, 3, 5, 8), (False, True)):
        asked = matching.Challenge(GOAL, count, shared)
        heights = [round(height, 2) for height in matching.best_heights(asked, "mean error")]
        if asked.error(heights, "mean error") <= NEAR:
            found.append((asked.network(heights).layers[0].biases.size, count, shared, heights))
    units, count, shared, heights = min(found)
    query = {"bumps": str(count)} | ({"steps": "shared_edges"} if shared else {})
    values = {f"h{k}": height for k, height in enumerate(heights, start=1)}
    return Best(
        float(units),
        "for every number of bumps, built both ways, the best heights were computed",
        values,
        query,
    )


NEAR = 0.08

# ---- any curve ------------------------------------------------------------------------------------------

CLOSE, FEW = 0.05, 12


def fewest_hinges(look: Look) -> Best:
    """The fewest ReLUs with equal knots that come that close."""
    plan = Plan(EQUAL_KNOTS, RELU)
    errors = (closeness(plan.network(ONE_WAVE, n, 1.0), ONE_WAVE).sup_norm for n in range(1, 201))
    units = next(n for n, error in enumerate(errors, start=1) if error <= CLOSE)
    return Best(float(units), "every smaller N was tried", {"n": float(units)})


def best_steepness(look: Look) -> Best:
    """The staircase of twelve sigmoids that comes closest."""
    plan, scale = Plan(STAIRCASE, SIGMOID), line((4.0, 800.0), 200).tolist()
    tried = {w: closeness(plan.network(NIELSENS_GOAL, FEW, w), NIELSENS_GOAL).sup_norm for w in scale}
    steepness = min(tried, key=tried.__getitem__)
    return Best(tried[steepness], f"all {len(tried)} values of w were tried", {"steepness": steepness})


# ---- the challenges -------------------------------------------------------------------------------------

NO_REVEAL = (Limit("revealed share", 0.0),)
HANDS = ((1.05, 0.0), (1.3, 0.0), (2.0, 0.0))
COUNTS = ((1.0, 0.0), (1.25, 1.0), (2.0, 1.0))

CURVES = (
    Challenge(
        "gentle",
        "single_neuron",
        "single_neuron",
        "The gentlest decision",
        "a sigmoid that is at most 0.1 at x = −1 and at least 0.9 at x = 1, with the smallest weight.",
        "size of the weight",
        gentlest,
        ((1.0, 0.0), (1.5, 0.0), (3.0, 0.0)),
        (Limit("height at x = −1", 0.1), Limit("height at x = 1", 0.9, at_least=True)),
        given={"activation": ""},
    ),
    Challenge(
        "straight",
        "single_neuron",
        "single_neuron",
        "The straightest sigmoid",
        "a sigmoid that stays as near as it can to the straight ramp from 0 at x = −5 to 1 at x = 5.",
        "largest distance from the ramp",
        straightest,
        ((1.1, 0.0), (1.6, 0.0), (3.0, 0.0)),
        given={"activation": ""},
    ),
    Challenge(
        "soft_bump",
        "two_neurons",
        "two_neurons",
        "The softest bump",
        "two sigmoids that make a bump, as soft as can be: 0 beyond ±4.5, up to 1 between, nowhere below 0, "
        "all within 0.01.",
        "larger steepness",
        softest_bump,
        ((1.0, 0.0), (1.0, 1.0), (2.0, 1.0)),
        (
            Limit("distance from 0 beyond ±4.5", 0.01),
            Limit("highest value", 0.99, at_least=True),
            Limit("lowest value", -0.01, at_least=True),
        ),
        query={"activation": "sigmoid", "v2": "-1", "s1": "-2", "s2": "2"},
        given={"activation": "sigmoid"},
    ),
    Challenge(
        "five_bumps",
        "bumps",
        "challenge",
        "Five bumps",
        "the least mean error with five bumps.",
        "mean error",
        partial(matched, "mean error", 5, False),
        HANDS,
        NO_REVEAL,
        given={"bumps": "", "steps": "", **WHERE},
    ),
    Challenge(
        "eight_stairs",
        "bumps",
        "challenge",
        "Eight stairs",
        "the least largest error with eight pieces that share their edges.",
        "largest error",
        partial(matched, "largest error", 8, True),
        HANDS,
        NO_REVEAL,
        query={"bumps": "8", "steps": "shared_edges"},
        given={"bumps": "8", "steps": "shared_edges", **WHERE},
    ),
    Challenge(
        "fewest_bumps",
        "bumps",
        "challenge",
        "Few bumps",
        f"a mean error of at most {NEAR}, with as few hidden units as you can. The menus are yours.",
        "hidden units",
        fewest_bumps,
        ((1.0, 0.0), (1.5, 0.0), (3.0, 0.0)),
        (Limit("mean error", NEAR), *NO_REVEAL),
        given=WHERE,
    ),
    Challenge(
        "few_hinges",
        "approximator",
        "approximator",
        "As few hinges",
        f"a largest error of at most {CLOSE} on one wave, with as few ReLUs on equal knots as you can.",
        "hidden units",
        fewest_hinges,
        COUNTS,
        (Limit("largest error", CLOSE),),
        query={"target": "one_wave", "activation": "ReLU"},
        given={"target": "one_wave", "activation": "ReLU", "way": ""},
    ),
    Challenge(
        "soft_stairs",
        "approximator",
        "approximator",
        "The best staircase",
        f"the least largest error with {FEW} sigmoids. The steepness is yours.",
        "largest error",
        best_steepness,
        ((1.02, 0.0), (1.2, 0.0), (1.6, 0.0)),
        (Limit("hidden units", FEW),),
        query={"steepness": "100"},
        given={"target": "", "activation": "", "way": "", "n": ""},
    ),
)
