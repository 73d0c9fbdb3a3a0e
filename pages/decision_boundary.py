"""Decision boundary: a neuron is a line, hidden neurons are several, and training turns them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from nn_core.activations import ACTIVATIONS, IDENTITY, SIGMOID, FloatArray
from nn_core.courses import Cloud, Course, Given, accuracies, points_of, trained
from nn_core.datasets import DATASETS, XOR_POINTS, Dataset
from nn_core.errors import accuracy, on_their_side
from nn_core.labelled import MOST as MOST_POINTS
from nn_core.lines import along, best_line, bias_through, foot, turned_through
from nn_core.losses import BINARY_CROSS_ENTROPY
from nn_core.network import Layer, Network, forward
from nn_core.optimisers import GRADIENT_DESCENT
from nn_core.training import Recipe, Training
from pages.shared import asking
from pages.shared.figures import plane
from pages.shared.figures.curves import rows
from pages.shared.figures.parts import Figure
from pages.shared.figures.plane import View
from pages.shared.stage import Choice, Grip, Knob, Picture, Point, Points, Preset, Verdict, signed, stage

VIEW = View(1.6, 41)
FEW_SEGMENTS, MANY_SEGMENTS = 200, 500
NORMAL = 0.45
REACH = 1.1
# A pointer so near to the origin shows no direction to turn a line to.
ONE, TWO, TRAINED = "one neuron", "two hidden neurons", "trained"
BY_HAND = {"XOR": XOR_POINTS, "linear": points_of(Cloud("linear", 24, 0.0, 4))[0]}


# ---- by hand ------------------------------------------------------------------------------------------


def lines(units: Layer, meanings: Sequence[str], dash: str = "dash") -> list[dict[str, Any]]:
    """The line of every unit, and the vector of its weights."""
    traces = []
    for index, meaning in enumerate(meanings):
        weights, bias = units.weights[:, index], float(units.biases[index])
        traces.append(plane.unit_line(f"line {index + 1}", weights, bias, VIEW, meaning, dash))
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
    return f"{signed(across)} x {signed(up)} y {signed(bias)} = 0"


def one_neuron(dataset: Dataset, w1: float, w2: float, b: float) -> Picture:
    """A single neuron: its line, the field it makes, and how many points it gets right."""
    network = Network((Layer(np.array([[w1], [w2]]), np.array([b]), IDENTITY),))
    scores = network(dataset.points)[:, 0]
    right = on_their_side(scores, dataset.labels)
    best = best_line(dataset.points, dataset.labels)
    logits = network(VIEW.points)[:, 0]
    count, n = int(right.sum()), dataset.n
    return Picture(
        plane.plane(
            [
                plane.field("field", VIEW.ticks, VIEW.ticks, plane.levels(SIGMOID(logits))),
                *lines(network.layers[0], ["network"], "solid"),
                *plane.labelled(dataset, size=13),
                plane.wrong(dataset.points, right),
            ],
            VIEW,
            380,
        ),
        grips=grips(network.layers[0], ["network"]),
        readouts={"right": f"{count} of {n}", "the best any line can do": f"{best.right} of {n}"},
        tasks={
            "As many right as any line can get.": Verdict(
                count == best.right, f"This line gets {count} of {n} right; the best gets {best.right}."
            ),
            "All points on their side.": Verdict(
                count == n,
                f"{count} of {n} are."
                if best.right == n
                else f"{count} of {n} are. No line can: every way to divide these points by one was tried.",
            ),
        },
        description=f"The line {told(w1, w2, b)} gets {count} of {n} points right.",
    )


WITHIN = {"sigmoid": (-0.15, 1.15), "tanh": (-1.3, 1.3), "ReLU": (-1.0, 7.0)}
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
) -> Picture:
    """Two hidden neurons and an output: two lines, the field they make, and the space behind them."""
    hidden = Layer(np.array([[w11, w21], [w12, w22]]), np.array([b1, b2]), ACTIVATIONS[f])
    network = Network((hidden, Layer(np.array([[v1], [v2]]), np.array([c]), IDENTITY)))
    passed = forward(network, dataset.points)
    right = on_their_side(passed.output[:, 0], dataset.labels)
    count, n = int(right.sum()), dataset.n
    logits = network(VIEW.points)[:, 0]
    separator = np.array([v1, v2]), c
    best = best_line(dataset.points, dataset.labels).right
    return Picture(
        [
            plane.plane(
                [
                    plane.field("field", VIEW.ticks, VIEW.ticks, plane.levels(SIGMOID(logits))),
                    plane.boundary(logits, VIEW, FEW_SEGMENTS),
                    *lines(hidden, UNITS),
                    *plane.labelled(dataset, size=13),
                    plane.wrong(dataset.points, right),
                ],
                VIEW,
            ),
            plane.hidden_space(passed.activations[0], dataset, hidden_grid(hidden), separator, WITHIN[f]),
        ],
        beside=True,
        grips=grips(hidden, UNITS),
        readouts={"right": f"{count} of {n}", "the best one line can do": f"{best} of {n}"},
        tasks={"All points on their side.": Verdict(count == n, f"{count} of {n} are.")},
        description=f"Two hidden {f} neurons get {count} of {n} points right. Their lines are "
        f"{told(w11, w12, b1)} and {told(w21, w22, b2)}.",
    )


def hidden_grid(hidden: Layer) -> tuple[FloatArray, FloatArray]:
    """The plane's grid lines as they lie in the hidden space."""
    threads = plane.threads(VIEW, THREADS, PER_THREAD)
    moved = forward(Network((hidden,)), threads.reshape(-1, 2)).output.reshape(*threads.shape)
    return rows(moved[..., 0], moved[..., 1], len(threads))


# ---- trained ------------------------------------------------------------------------------------------

ITERATIONS, KEEP = 2000, 20
STEPS = ITERATIONS // KEEP
TRAINED_VIEW = View(1.2, 49)
TILE = View(1.2, 17)
ACTIVE = ("tanh", "sigmoid", "ReLU", "sine")
WIDTHS = tuple(map(str, range(9)))
RATES = ("0.03", "0.1", "0.3", "1", "3", "10", "100", "10000")
OWN = "your points"
FIRST = tuple(
    (x, y, int(label))
    for (x, y), label in zip((0.6 * XOR_POINTS.points).tolist(), XOR_POINTS.labels, strict=True)
)
AS_PROBABILITIES, AS_CLASSES = "probabilities", "classes"


def plan(hidden: tuple[int, ...], activation: str, rate: float) -> Course:
    """What is trained, but for the points and the seed."""
    recipe = Recipe(BINARY_CROSS_ENTROPY, GRADIENT_DESCENT, rate)
    return Course(Given(()), hidden, ACTIVATIONS[activation], recipe, 0, ITERATIONS, KEEP)


def cloud_picture(
    name: str, planned: Course, n: float, noise: float, points_seed: float, seed: float, **knobs: Any
) -> Picture:
    """A training on points drawn at random."""
    cloud = Cloud(name, int(n), noise, int(points_seed))
    return trained_picture(replace(planned, source=cloud, seed=int(seed)), *points_of(cloud), **knobs)


def own_picture(planned: Course, own: tuple[Point, ...], seed: float, **knobs: Any) -> Picture:
    """A training on the reader's own points."""
    if not own:
        raise ValueError("there is no point yet: click into the plane to set one")
    given = Given(own)
    return trained_picture(replace(planned, source=given, seed=int(seed)), *points_of(given), **knobs)


def trained_picture(
    course: Course, dataset: Dataset, held_out: Dataset, *, iteration: float, shown: str
) -> Picture:
    """One iteration of a training: the field, the boundary, the hidden units, and the losses."""
    training = trained(course)
    now = min(int(iteration) // KEEP, len(training.networks) - 1)
    network = training.networks[now]
    passed = forward(network, TRAINED_VIEW.points)
    traces = plane_traces(network, passed.output[:, 0], dataset, held_out, shown)
    return Picture(
        [
            plane.plane(traces, TRAINED_VIEW),
            *([plane.tiles(unit_fields(network), TILE.side)] if network.depth else []),
            learning_plot(course, (dataset, held_out), now),
        ],
        beside=True,
        readouts=trained_readouts(training, now, dataset, held_out),
        tasks=trained_tasks(network, dataset, held_out),
        description=f"After {training.iterations[now]} iterations the loss is {training.losses[now]:.4f}. "
        + separation(network, dataset),
    )


def plane_traces(
    network: Network, logits: FloatArray, dataset: Dataset, held_out: Dataset, shown: str
) -> list[dict[str, Any]]:
    """The field, the boundary, the lines of the first hidden layer, and the points."""
    chances = SIGMOID(logits) if shown == AS_PROBABILITIES else (logits > 0.0).astype(float)
    view = TRAINED_VIEW
    unit_lines = [
        plane.unit_line(f"unit {index + 1}", weights, float(bias), view, "muted", "dot")
        for index, (weights, bias) in enumerate(
            zip(network.layers[0].weights.T, network.layers[0].biases, strict=True)
        )
    ]
    return [
        plane.field("field", view.ticks, view.ticks, plane.levels(chances)),
        *(unit_lines if network.depth else []),
        plane.boundary(logits, view, MANY_SEGMENTS),
        *plane.labelled(dataset),
        *plane.labelled(held_out, hollow=True),
    ]


def unit_fields(network: Network) -> list[FloatArray]:
    """What every hidden unit says of the plane, from 0 to 1, layer by layer."""
    passed = forward(network, TILE.points)
    return [scaled(layer) for layer in passed.activations[:-1]]


def scaled(activations: FloatArray) -> FloatArray:
    """Each unit's values on a scale from 0 to 1 with its zero at one half."""
    most = np.abs(activations).max(axis=0)
    return 0.5 + activations / np.where(most > 0.0, 2.0 * most, 1.0)


def learning_plot(course: Course, parts: tuple[Dataset, Dataset], now: int) -> Figure:
    """Losses and accuracies of the whole training; where it ended early, they are missing."""
    training = trained(course)
    iterations = np.arange(STEPS + 1, dtype=float) * KEEP
    iterations[: len(training.iterations)] = training.iterations
    right, right_held_out = (whole(accuracies(course, part)) for part in parts)
    return plane.learning(iterations, whole(training.losses), (right, right_held_out), now)


def whole(kept: FloatArray) -> FloatArray:
    """Numbers of the kept iterations, NaN behind them up to the last one there might be."""
    return np.append(kept, np.full(STEPS + 1 - len(kept), np.nan))


def trained_readouts(
    training: Training, now: int, dataset: Dataset, held_out: Dataset
) -> dict[str, str | None]:
    """The loss and both accuracies, and where the training diverged."""
    network = training.networks[now]
    return {
        "loss": f"{training.losses[now]:.4f}",
        "loss at the start": f"{training.losses[0]:.4f}",
        "right in training": told_accuracy(network, dataset),
        "right among those held out": told_accuracy(network, held_out),
        "diverged": None if training.diverged is None else f"at iteration {training.diverged}",
    }


def told_accuracy(network: Network, dataset: Dataset) -> str | None:
    """How many of the points are right, in words."""
    if not dataset.n:
        return None
    share = accuracy(network(dataset.points)[:, 0], dataset.labels)
    return f"{round(share * dataset.n)} of {dataset.n}"


def separation(network: Network, dataset: Dataset) -> str:
    """Whether the network separates all points."""
    right = round(accuracy(network(dataset.points)[:, 0], dataset.labels) * dataset.n)
    if right == dataset.n:
        return f"It separates all {dataset.n} training points."
    return f"It has {right} of {dataset.n} training points right."


def trained_tasks(network: Network, dataset: Dataset, held_out: Dataset) -> dict[str, Verdict]:
    """What to try, judged by the network shown."""
    all_right = told_accuracy(network, dataset) == f"{dataset.n} of {dataset.n}"
    new = told_accuracy(network, held_out)
    share = accuracy(network(held_out.points)[:, 0], held_out.labels) if held_out.n else 0.0
    return {
        "Separate all training points.": Verdict(all_right, separation(network, dataset)),
        "The same, and at least 9 of 10 held-out points right.": Verdict(
            all_right and share >= 0.9,
            "No point is held out here." if new is None else f"{new} held-out points are right.",
        ),
    }


# ---- the page -----------------------------------------------------------------------------------------


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
        w1=weight("weight w1", 2.0, "network"),
        w2=weight("weight w2", 1.0, "network"),
        b=weight("bias b", 0.5, "network"),
    )


SOLVED = {
    "w11": 4.0, "w12": 4.0, "b1": 4.0, "w21": 4.0, "w22": 4.0, "b2": -4.0, "v1": 8.0, "v2": -8.0, "c": -4.0,
}  # fmt: skip
START = {
    "w11": 3.0, "w12": 1.0, "b1": 2.0, "w21": -1.0, "w22": 3.0, "b2": -2.0, "v1": 6.0, "v2": 4.0, "c": -4.0,
}  # fmt: skip
LABELS = {
    "w11": "w11, from x to neuron 1", "w12": "w12, from y to neuron 1", "b1": "bias b1",
    "w21": "w21, from x to neuron 2", "w22": "w22, from y to neuron 2", "b2": "bias b2",
    "v1": "output weight v1", "v2": "output weight v2", "c": "output bias c",
}  # fmt: skip
COLOURS = {
    **dict.fromkeys(("w11", "w12", "b1", "v1"), UNITS[0]),
    **dict.fromkeys(("w21", "w22", "b2", "v2"), UNITS[1]),
}


def show_two(dataset: Dataset) -> None:
    """The stage of the two hidden neurons."""
    first, second = ("w11", "w12", "b1"), ("w21", "w22", "b2")
    knobs: dict[str, Any] = {
        name: weight(LABELS[name], START[name], COLOURS.get(name, "network")) for name in START
    }
    stage(
        "two",
        partial(two_neurons, dataset),
        presets=[Preset("two lines that solve XOR", {**SOLVED, "f": "sigmoid"})],
        grips={
            "drag 1": partial(drag, first),
            "turn 1": partial(turn, first),
            "drag 2": partial(drag, second),
            "turn 2": partial(turn, second),
        },
        f=Choice("activation f", tuple(WITHIN), "sigmoid"),
        **knobs,
    )


def show_trained() -> None:
    """The menus and the stage of a training."""
    places = st.columns([3, 2, 2, 3, 2], vertical_alignment="bottom")
    name = asking.choose(places[0], "Points", [*DATASETS, OWN], "points", "moons")
    width = int(asking.choose(places[1], "Hidden units h", WIDTHS, "hidden", "4"))
    layers = int(asking.choose(places[2], "Hidden layers", ("1", "2"), "layers", "1"))
    activation = asking.choose(places[3], "Activation f", ACTIVE, "activation", ACTIVE[0])
    rate = asking.choose(places[4], "Learning rate", RATES, "rate", "1")
    planned = plan((width,) * layers if width else (), activation, float(rate))
    knobs: dict[str, Any] = {
        "iteration": Knob("iteration", 0, ITERATIONS, value=0, step=KEEP, colour="network"),
        "seed": Knob("seed of the weights", 1, 50, value=1, step=1, colour="weight"),
        "shown": Choice("the field shows", (AS_PROBABILITIES, AS_CLASSES), AS_PROBABILITIES),
    }
    if name == OWN:
        own = Points(
            "your points",
            -REACH,
            REACH,
            0.02,
            ("class 0", "class 1"),
            plane.CLASSES,
            MOST_POINTS,
            first=FIRST,
        )
        asking.labelled_points(own, "own")
        stage("own", partial(own_picture, planned), own=own, **knobs)
        return
    stage(
        "trained",
        partial(cloud_picture, name, planned),
        **knobs,
        n=Knob("number of points", 10, 400, value=120, step=10),
        noise=Knob("noise", 0, 0.5, value=0.05, step=0.01),
        points_seed=Knob("seed of the points", 1, 50, value=1, step=1),
    )


st.title("Decision boundary")
st.markdown("One neuron cuts the plane along a **line**. Hidden neurons bend it into any boundary.")
places = st.columns([3, 2])
network = asking.pick(places[0], "Network", [ONE, TWO, TRAINED], "network", ONE)
if network == TRAINED:
    show_trained()
else:
    hand = asking.pick(places[1], "Points", [*BY_HAND], "hand", "XOR")
    (show_one if network == ONE else show_two)(BY_HAND[hand])

left, right = st.columns(2, gap="large")
if network == ONE:
    left.markdown(
        """
#### One neuron is one line

It answers with the sign of w1 x + w2 y + b. Where that is 0 is a straight line. The arrow is the vector
(w1, w2): it stands at a right angle to the line and points to class 1. Drag the line by its middle, turn it
by its end.

The colours are the probability of class 1, in 256 levels at 41 × 41 points.
"""
    )
    right.markdown(
        """
#### XOR

Opposite corners are of one class. Whatever line you draw, a corner is on the wrong side: **3 of 4** is the
best, and that is counted here, by trying every way in which a line can divide these points. Two lines can do
it: choose *two hidden neurons*.
"""
    )
elif network == TWO:
    left.markdown(
        """
#### Two lines, and what lies between them

Each hidden neuron has a line of its own, dashed. The output neuron weighs both and adds; where the sum is 0
is the boundary, solid. Try to make a band.

The colours are the probability of class 1, in 256 levels at 41 × 41 points.
"""
    )
    right.markdown(
        """
#### The hidden space

On the right are the same points, each at the place (a1, a2) that the two neurons give it. The thin lines are
the plane's own grid, bent by them. There the output neuron is **one straight line** again. The hidden layer
has to move the points so that one line is enough.
"""
    )
else:
    left.markdown(
        """
#### What to try

Play *iteration*. The dotted lines are those of the first hidden layer; watch them turn and find their
places. With h = 0 there is one line, whatever the training. Spirals want two layers of 8.

At a learning rate of 100 every step goes too far, and the loss jumps far above where it began. At 10000 two
layers of ReLU **diverge**: the weights outgrow all bounds. They are drawn until they do.
"""
    )
    right.markdown(
        """
#### What is shown

The field is the probability of class 1, in 256 levels on a grid of 49 × 49 points. Training is gradient
descent on the mean cross-entropy of all filled points at once. **Hollow** points, a quarter, are held out:
the network never sees them, so they tell how it does on new ones.

The small pictures are the hidden units, each with its own scale: paper is 0.
"""
    )
