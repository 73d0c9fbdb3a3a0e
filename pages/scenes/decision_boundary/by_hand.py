"""The boundary by hand: a neuron is a line, and two neurons are two of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nn_core.arrays import FloatArray
from nn_core.errors import on_their_side
from nn_core.learning.courses import Cloud
from nn_core.networks.activations import ACTIVATIONS, IDENTITY, SIGMOID, Activation
from nn_core.networks.network import Layer, Network, forward
from nn_core.plane.datasets import XOR_POINTS, Dataset
from nn_core.plane.lines import along, best_line, bias_through, foot, turned_through
from pages.shared.activations import bending, continuous, heights, offered, turning
from pages.shared.figures.plots import plane
from pages.shared.figures.plots.plane import View
from pages.shared.figures.traces import joined
from pages.shared.numbers import signed
from pages.shared.programs import files_of
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Grip, Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

VIEW = View(1.6, 41)
SEGMENTS = 200
NORMAL = 0.45
REACH = 1.1
# What is left of a score of 0, from knobs with one digit, lies behind these.
DIGITS = 12
Trace = dict[str, Any]

BY_HAND = {"XOR": XOR_POINTS, "linear": Cloud("linear", 24, 0.0, 4).datasets()[0]}


def lines(units: Layer, meanings: Sequence[str], dash: str = "dash") -> list[dict[str, Any]]:
    """The line of every unit, and the vector of its weights."""
    traces = []
    for index, meaning in enumerate(meanings):
        weights, bias = units.weights[:, index], float(units.biases[index])
        traces.append(plane.unit_line(f"line {index + 1}", weights, bias, VIEW, meaning, dash=dash))
        start = np.array(foot(weights, bias) or (np.nan, np.nan))
        traces += plane.normal(f"weights {index + 1}", start, weights, NORMAL, meaning)
    return traces


def grips(units: Layer, meanings: Sequence[str]) -> list[Grip]:
    """For every unit's line a point to drag it by, and one to turn it by."""
    found = []
    for index, meaning in enumerate(meanings, start=1):
        weights, bias = units.weights[:, index - 1], float(units.biases[index - 1])
        for name, place in (("drag", foot(weights, bias)), ("turn", along(weights, bias, REACH))):
            x, y = place or (None, None)
            found.append(Grip(f"{name} {index}", x, y, colour=meaning))
    return found


Names = tuple[str, str, str]


def drag(names: Names, values: Mapping[str, Any], x: float, y: float) -> dict[str, float]:
    """The bias, under its name, with which the line goes through (x, y), its direction kept."""
    first, second, bias = names
    return {bias: bias_through(np.array([values[first], values[second]]), (x, y))}


def turn(names: Names, values: Mapping[str, Any], x: float, y: float) -> dict[str, float]:
    """The weights, under their names, with which the line goes through (x, y), turned about the origin."""
    first, second, bias = names
    turned = turned_through(np.array([values[first], values[second]]), values[bias], (x, y))
    return {} if turned is None else dict(zip((first, second), turned.tolist(), strict=True))


def told(across: float, up: float, bias: float) -> str:
    """The equation of a line."""
    return f"{signed(across)} x₁ {signed(up)} x₂ {signed(bias)} = 0"


NUMBERS = 2.0, 1.0, 0.5
CHANGE, MOVES, STAYS = "the line stays, its sides change places", "the line moves", "nothing changes"
TURNED = Question(
    "Suppose w₁, w₂ and b all change their signs. What happens to the line and its two sides?",
    (MOVES, STAYS, CHANGE),
    dict(zip(("w1", "w2", "b"), (-each for each in NUMBERS), strict=True)),
)


def neuron_of(w1: float, w2: float, b: float) -> Network:
    """The neuron that answers with the sign of w₁x₁ + w₂x₂ + b."""
    return Network((Layer(np.array([[w1], [w2]]), np.array([b]), IDENTITY),))


@lru_cache(maxsize=8)
def turned_over(chosen: str) -> Verdict:
    """What the other signs do: by the sides of all points of the grid."""
    before, after = (np.sign(neuron_of(*(way * each for each in NUMBERS))(VIEW.points)) for way in (1, -1))
    found = STAYS if np.array_equal(before, after) else CHANGE if np.array_equal(before, -after) else MOVES
    n, same = len(before), int((before == after).sum())
    told = f"Of {n} points of the plane {same} keep their side."
    return answer(chosen, found, told)


def one_neuron(dataset: Dataset, w1: float, w2: float, b: float, signs: str = NOTHING) -> Picture:
    """A single neuron: its line, the field it makes, and how many points it gets right."""
    network = neuron_of(w1, w2, b)
    logits = network(dataset.points)[:, 0]
    right = on_the_right_side(logits, dataset)
    best = most_right(dataset)
    count, n = int(right.sum()), dataset.n
    line = lines(network.layers[0], ["network"], "solid")
    return Picture(
        plane.plane([field(network(VIEW.points)[:, 0]), *line, *points(dataset, right)], VIEW, 380),
        grips=grips(network.layers[0], ["network"]),
        files=files_of(network, dataset.points),
        readouts={"points right": f"{count} of {n}", "the best any line can do": f"{best} of {n}"},
        measures={"points on the wrong side": float(n - count)},
        tasks=tasks_of_one(count, best, n, distance_wrong(logits, dataset))
        | {TURNED.label: turned_over(signs)},
        description=f"The line {told(w1, w2, b)} gets {count} of {n} points right.",
    )


@lru_cache(maxsize=32)
def most_right(dataset: Dataset) -> int:
    """How many points the best line gets right."""
    return best_line(dataset.points, dataset.labels).right


def on_the_right_side(logits: FloatArray, dataset: Dataset) -> NDArray[np.bool_]:
    """Which points are, by the logits there; one on the line itself, up to rounding, is on neither side."""
    return on_their_side(np.round(logits, DIGITS), dataset.labels)


def distance_wrong(logits: FloatArray, dataset: Dataset) -> float:
    """How much is missing until all points are on their side: the mean of ln(1 + e^-m), m the logit there
    times the sign of its side.
    """
    margins = logits * np.where(dataset.labels == 1, 1.0, -1.0)
    return float(np.logaddexp(0.0, -margins).mean())


def field(logits: FloatArray) -> Trace:
    """The probability of class 1 all over the plane, from the logits there."""
    return plane.field("field", VIEW.ticks, VIEW.ticks, plane.levels(SIGMOID(logits)))


def points(dataset: Dataset, right: NDArray[np.bool_]) -> list[Trace]:
    """The points, those on the wrong side marked."""
    return [*plane.labelled(dataset, size=13), plane.wrong(dataset.points, right)]


def tasks_of_one(count: int, best: int, n: int, wrong: float) -> dict[str, Verdict]:
    """As many points right as a line can get, and all.

    count: of this line. best: of the best one. wrong: how much is missing.
    """
    why = "" if best == n else " No line can: every way to divide these points by one was tried."
    return {
        "As many right as any line can get.": Verdict(
            count == best, f"This line gets {count} of {n} right; the best gets {best}.", wrong
        ),
        "All points on their side.": Verdict(count == n, f"{count} of {n} are.{why}", wrong),
    }


# Of the hidden space: room beside a bounded range, as a share of it; beside another; and how far one sees.
ROOM, BEYOND, MOST = 0.15, 1.0, 7.0
UNITS = ("unit-1", "unit-2")
THREADS, PER_THREAD = 9, 21


def two_neurons(
    dataset: Dataset,
    f: str,
    w11: float,
    w12: float,
    b1: float,
    w21: float,
    w22: float,
    b2: float,
    v1: float,
    v2: float,
    c: float,
    silent: str = NOTHING,
) -> Picture:
    """Two hidden neurons and an output: two lines, the field they make, and the space behind them."""
    hidden = Layer(np.array([[w11, w21], [w12, w22]]), np.array([b1, b2]), ACTIVATIONS[f])
    network = Network((hidden, Layer(np.array([[v1], [v2]]), np.array([c]), IDENTITY)))
    passed = forward(network, dataset.points)
    scores = passed.output[:, 0]
    right, wrong = on_the_right_side(scores, dataset), distance_wrong(scores, dataset)
    count, n = int(right.sum()), dataset.n
    separator = np.array([v1, v2]), c
    best = most_right(dataset)
    logits = network(VIEW.points)[:, 0]
    boundary = plane.boundary(logits, VIEW, SEGMENTS)
    return Picture(
        [
            plane.plane([field(logits), boundary, *lines(hidden, UNITS), *points(dataset, right)], VIEW),
            plane.hidden_space(
                passed.activations[0], dataset, hidden_grid(hidden), separator, within(hidden.activation)
            ),
        ],
        beside=True,
        grips=grips(hidden, UNITS),
        files=files_of(network, dataset.points),
        readouts={"points right": f"{count} of {n}", "the best one line can do": f"{best} of {n}"},
        measures={
            "points on the wrong side": float(n - count),
            "mean cross-entropy": wrong,
        },
        tasks={
            "All points on their side.": Verdict(count == n, f"{count} of {n} are.", wrong),
            SILENT.label: left_alone(silent, hidden, (v1, c)),
        },
        description=f"Two hidden {f} neurons get {count} of {n} points right. Their lines are "
        f"{told(w11, w12, b1)} and {told(w21, w22, b2)}.",
    )


NO_LINE, ONE_LINE_LEFT, SEVERAL, BENT = "nothing", "one straight line", "several lines", "a curve"
SILENT = Question(
    "Suppose v₂ is 0. What is seen of the boundary then?",
    (BENT, ONE_LINE_LEFT, SEVERAL, NO_LINE),
    {"v2": 0.0},
)


def left_alone(chosen: str, hidden: Layer, output: tuple[float, float]) -> Verdict:
    """What the boundary is where the second neuron has no weight, by the signs of all points of the grid.

    hidden: the layer of the two. output: the weight of the first neuron, and the output bias.
    """
    if not chosen:
        return answer(chosen, chosen, "")
    alone = Network((hidden, Layer(np.array([[output[0]], [0.0]]), np.array([output[1]]), IDENTITY)))
    passed = forward(alone, VIEW.points)
    order = np.argsort(passed.pre_activations[0][:, 0], kind="stable")
    signs = np.sign(passed.output[order, 0])
    changes = int((np.diff(signs[signs != 0]) != 0).sum())
    found = (NO_LINE, ONE_LINE_LEFT)[changes] if changes < 2 else SEVERAL
    lies = (
        "so it runs parallel to the line of that neuron"
        if changes
        else "and all points in view lie on one side"
    )
    return answer(chosen, found, f"The logit is v₁a₁ + c: only neuron 1 is heard, {lies}.")


def within(activation: Activation) -> tuple[float, float]:
    """The part of the hidden space in view, along both axes."""
    low, high = activation.range
    return heights(activation.range, ROOM * (high - low), BEYOND, MOST)


def hidden_grid(hidden: Layer) -> tuple[FloatArray, FloatArray]:
    """The plane's grid lines as they lie in the hidden space."""
    threads = plane.threads(VIEW, THREADS, PER_THREAD)
    moved = forward(Network((hidden,)), threads.reshape(-1, 2)).output.reshape(*threads.shape)
    return joined(moved[..., 0], moved[..., 1], len(threads))


# ---- the scenes -----------------------------------------------------------------------------------------


def weight(label: str, value: float, colour: str) -> Knob:
    """A knob for one weight or bias."""
    return Knob(label, -8, 8, value=value, step=0.1, colour=colour)


def show_one(dataset: Dataset) -> None:
    """The stage of the single neuron."""
    names = ("w1", "w2", "b")
    stage(
        "one",
        partial(one_neuron, dataset),
        grips={"drag 1": partial(drag, names), "turn 1": partial(turn, names)},
        w1=weight("weight w₁", NUMBERS[0], "network"),
        w2=weight("weight w₂", NUMBERS[1], "network"),
        b=weight("bias b", NUMBERS[2], "network"),
        signs=TURNED,
    )
    two_columns(ONE_LINE, XOR)
    more_exactly(COMPUTED)


SOLVED = {
    "w11": 4.0, "w12": 4.0, "b1": 4.0, "w21": 4.0, "w22": 4.0, "b2": -4.0, "v1": 8.0, "v2": -8.0, "c": -4.0,
}  # fmt: skip
START = {
    "w11": 3.0, "w12": 1.0, "b1": 2.0, "w21": -1.0, "w22": 3.0, "b2": -2.0, "v1": 6.0, "v2": 4.0, "c": -4.0,
}  # fmt: skip
KNOB_LABELS = {
    "w11": "w₁₁, from x₁ to neuron 1", "w12": "w₁₂, from x₂ to neuron 1", "b1": "bias b₁",
    "w21": "w₂₁, from x₁ to neuron 2", "w22": "w₂₂, from x₂ to neuron 2", "b2": "bias b₂",
    "v1": "output weight v₁", "v2": "output weight v₂", "c": "output bias c",
}  # fmt: skip
COLOURS = {
    **dict.fromkeys(("w11", "w12", "b1", "v1"), UNITS[0]),
    **dict.fromkeys(("w21", "w22", "b2", "v2"), UNITS[1]),
}


def show_two(dataset: Dataset) -> None:
    """The stage of the two hidden neurons."""
    first, second = ("w11", "w12", "b1"), ("w21", "w22", "b2")
    knobs: dict[str, Any] = {
        name: weight(KNOB_LABELS[name], START[name], COLOURS.get(name, "network")) for name in START
    }
    stage(
        "two",
        partial(two_neurons, dataset),
        presets=[Preset("two lines that solve XOR", {**SOLVED, "f": SIGMOID.name})],
        grips={
            "drag 1": partial(drag, first),
            "turn 1": partial(turn, first),
            "drag 2": partial(drag, second),
            "turn 2": partial(turn, second),
        },
        f=Choice("activation f", offered(turning, bending, continuous), SIGMOID.name),
        **knobs,
        silent=SILENT,
    )
    two_columns(TWO_LINES, HIDDEN_SPACE)
    more_exactly(COMPUTED)


# ---- the words ----------------------------------------------------------------------------------------

COMPUTED = f"""
The colours are the probability of class 1, σ of the logit, at {VIEW.side} × {VIEW.side} points. The best
that one line can do is counted by trying every way in which a line can divide these points.
"""
ONE_LINE = """
## One neuron is one line

Its [[logit]] is w₁x₁ + w₂x₂ + b. Above 0 the answer is class 1, below 0 it is class 0, and where it is 0
there is a straight line, the [[decision boundary]]. The arrow is the vector (w₁, w₂): it stands at a right
angle to the line and points to the side of class 1. Drag the line by its middle, turn it by its end.

The colours show how sure the neuron is: the stronger, the surer.
"""
XOR = """
## XOR

Opposite corners are of one class. Whatever line you draw, a corner is on the wrong side: **3 of 4** is the
best. Two lines can do it: choose *two hidden neurons*. This set of points is called [[XOR]].
"""

TWO_LINES = """
## Two lines, and what lies between them

Each hidden neuron has a line of its own, dashed. The output neuron weighs both and adds; where the sum is 0
is the boundary, solid. Try to make a band.
"""
HIDDEN_SPACE = """
## The hidden space

On the right are the same points, each at the place (a₁, a₂) that the two neurons give it. The thin lines are
the plane's own grid, bent by them. There the output neuron is **one straight line** again. The hidden layer
has to move the points so that one line is enough.
"""
