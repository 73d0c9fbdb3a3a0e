"""A single neuron: one weight, one bias, one activation, and the graph they make."""

from functools import partial

import numpy as np
import streamlit as st

from nn_core.building.constructions import neuron
from nn_core.grids import column, line_with_edges
from nn_core.networks.activations import ACTIVATIONS, IDENTITY, SIGMOID, STEP, Activation
from nn_core.networks.network import Network, forward, knot
from pages.shared.activations import heights, offered, turning
from pages.shared.challenges.ramp import ramp_errors
from pages.shared.figures.drawings import diagram, formula
from pages.shared.figures.plots import curves
from pages.shared.numbers import signed
from pages.shared.programs import files_of
from pages.shared.prose import two_columns
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Handle, Picture, Verdict, answer
from pages.shared.stage.stage import stage

DOMAIN = (-5.0, 5.0)
FAR = 100.0
IGNORES, PASSES, TURNS = "It ignores it", "It passes it on", "It turns it over"
BLIND = Question(
    "Suppose w is 0. What does the neuron do with its input then?",
    (PASSES, IGNORES, TURNS),
    {"weight": 0.0},
)
LINES = "y = mx + c with m = b and c = w", "y = mx + c with m = w and c = b", "y = mx with m = w + b"
SCHOOL = Question(
    "Suppose f is the identity. Which line from school is the neuron then?",
    LINES,
    {"activation": IDENTITY.name},
)
POINTS = 241

# Beside a bounded activation there is this room; of others so much is in view.
ROOM, BEYOND, MOST = 0.25, 2.0, 10.0


def picture(
    weight: float, bias: float, x: float, activation: str, blind: str = NOTHING, school: str = NOTHING
) -> Picture:
    """The neuron a = f(w x + b) on its domain, and the number x on its way through it."""
    function = ACTIVATIONS[activation]
    network, edge = neuron(weight, bias, function), knot(weight, bias)
    within = heights(function.range, ROOM, BEYOND, MOST)
    grid = line_with_edges(DOMAIN, POINTS, [edge])
    probe = forward(network, np.array([[x]]))
    z, a = float(probe.pre_activations[0][0, 0]), float(probe.output[0, 0])
    return Picture(
        curves.neuron(grid, forward(network, column(grid)), edge, probe, within),
        diagram=diagram.neuron(network, probe),
        formula=formula.neuron(network, probe),
        files=files_of(network, np.array([[x]])),
        readouts={
            "knot s = −b/w": "nowhere: w is 0" if edge is None else edge,
            "z = wx + b": z,
            "a = f(z)": a,
        },
        handles=[Handle("bias", edge, 0.0, yaxis="y2")],
        tasks=tasks(weight, bias, activation)
        | {
            BLIND.label: blindly(blind, weight, bias, activation),
            SCHOOL.label: at_school(school, weight, bias),
        },
        measures=measures(network, weight),
        description=describe(weight, bias, x, activation, a),
    )


def measures(network: Network, weight: float) -> dict[str, float]:
    """The size of the weight, the heights at both sides of 0, and how far it is from a straight ramp."""
    low, high = network(column(np.array([-1.0, 1.0])))[:, 0].tolist()
    return {
        "size of the weight": abs(weight),
        "height at x = −1": low,
        "height at x = 1": high,
        "largest distance from the ramp": float(ramp_errors(network)[0]),
    }


def tasks(weight: float, bias: float, activation: str) -> dict[str, Verdict]:
    """A step in its place, and a decision."""
    edge, step = knot(weight, bias), ACTIVATIONS[activation] == STEP
    where = told_step(edge) if step else f"This needs the step; it is {activation} now."
    sides = "yes above it" if weight > 0 else "yes below it"
    missed = partial(off, step, edge)
    return {
        "Choose step and make the step fall at x = 2.": Verdict(step and edge == 2, where, missed(2.0)),
        "Make a decision that says yes (1) below x = −1 and no (0) above it.": Verdict(
            step and edge == -1 and weight < 0,
            f"{where} The neuron says {sides}." if step and edge is not None else where,
            missed(-1.0) + FAR * (weight >= 0),
        ),
    }


def off(step: bool, edge: float | None, place: float) -> float:
    """How far a step is from its place; farther than any where there is none."""
    return FAR * (not step) + (FAR if edge is None else min(abs(edge - place), FAR))


def blindly(chosen: str, weight: float, bias: float, activation: str) -> Verdict:
    """Whether that is what a neuron of weight 0 does."""
    if not chosen:
        return answer(chosen, chosen, "")
    return answer(chosen, deed(bias, ACTIVATIONS[activation]), ignored(weight, bias, activation))


def at_school(chosen: str, weight: float, bias: float) -> Verdict:
    """Whether that is the line that the neuron is with the identity."""
    if not chosen:
        return answer(chosen, chosen, "")
    return answer(chosen, line_from_school(), same_line(weight, bias))


def deed(bias: float, function: Activation) -> str:
    """What a neuron of weight 0 does with its input."""
    x = line_with_edges(DOMAIN, POINTS, [])
    output = neuron(0.0, bias, function)(column(x))[:, 0]
    if not np.ptp(output):
        return IGNORES
    return PASSES if np.array_equal(output, x) else TURNS


def ignored(weight: float, bias: float, activation: str) -> str:
    """What is so at a weight of 0, in words."""
    now = "" if weight == 0 else f" Now w is {signed(weight, 1)}."
    return f"At w = 0, a = f(b) = {signed(activation_at(bias, activation))} for every x.{now}"


def line_from_school() -> str:
    """Which line the neuron w = 2, b = −1 with the identity is: by what it gives at 0 and 1."""
    at_0, at_1 = neuron(2.0, -1.0, IDENTITY)(np.array([[0.0], [1.0]]))[:, 0].tolist()
    return {(-1.0, 2.0): LINES[0], (2.0, -1.0): LINES[1]}.get((at_1 - at_0, at_0), LINES[2])


def same_line(weight: float, bias: float) -> str:
    """The line that is meant, with the numbers as they are."""
    m, c = signed(weight, 1), signed(bias, 1)
    return f"Now m = w = {m} and c = b = {c}. It is the line that linear regression fits."


def told_step(edge: float | None) -> str:
    """Where the step falls, in words."""
    return "There is no step: w is 0." if edge is None else f"The step falls at x = {signed(edge)}."


def activation_at(z: float, activation: str) -> float:
    """f(z), a number."""
    return float(ACTIVATIONS[activation](np.array(z)))


def describe(weight: float, bias: float, x: float, activation: str, a: float) -> str:
    """The picture in words."""
    edge = knot(weight, bias)
    direction = "rises" if weight > 0 else "falls"
    shape = (
        f"The line z = wx + b {direction} and crosses zero at the knot x = {signed(edge)}."
        if edge is not None
        else "The weight is 0, so the line is flat and there is no knot."
    )
    return (
        f"A {activation} neuron with weight {signed(weight, 1)} and bias {signed(bias, 1)}. {shape} "
        f"At x = {signed(x)} its output is {signed(a)}."
    )


st.title("A single neuron")
st.markdown(
    "A music app wants to know from a song’s tempo whether you will skip it: yes or no. One neuron can "
    "decide. It is a line, bent: multiply by a weight, add a bias, apply one fixed function."
)

values = stage(
    "single_neuron",
    picture,
    activation=Choice("activation f", offered(turning, last=(IDENTITY,)), SIGMOID.name),
    weight=Knob("weight w", -10, 10, value=1.0, step=0.1, colour="weight"),
    bias=Knob("bias b", -10, 10, value=0.0, step=0.1, colour="bias"),
    x=Knob("input x", -5, 5, value=1.0, step=0.05, colour="input"),
    blind=BLIND,
    school=SCHOOL,
)

chosen = ACTIVATIONS[values["activation"]]
bend = (
    "It bends nothing: the neuron is the straight line y = mx + c, the one that linear regression fits."
    if chosen is IDENTITY
    else "It is the only part of the neuron that is not a straight line."
)
two_columns(
    f"""
## From x to a

First the neuron makes a straight line: z = wx + b. This z is called the [[pre-activation]]. Then it puts z
into a fixed function f, the [[activation]], and out comes a = f(z). The one you chose, {chosen.name}, is

$$f(z) = {chosen.formula}$$

{bend} It stays as it is while the weight and the bias change.

There are several to choose from: a [[step]] says only 0 or 1, [[sigmoid]] and [[tanh]] are smooth steps, a
[[ReLU]] keeps what is positive, and the [[identity]] keeps everything.
""",
    """
## What to notice

The [[weight]] sets how steep the neuron is, and its sign says which side is the high one. Drag it from
10 to −10: the sigmoid becomes flat at 0, and then it is mirrored.

The [[bias]] moves the curve sideways, because it moves the [[knot]] s = −b/w, the x at which z is 0.
Drag the knot itself, on the upper plot.

With a weight of 10 the sigmoid already looks like a step. A step makes a *decision*: yes on one side of the
knot, no on the other.
""",
)
