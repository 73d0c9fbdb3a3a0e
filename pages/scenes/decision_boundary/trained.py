"""The trained boundary: gradient descent turns the lines of many hidden neurons until they fit."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.errors import accuracy
from nn_core.learning.courses import Cloud, Course, Given
from nn_core.learning.losses import BINARY_CROSS_ENTROPY
from nn_core.learning.optimisers import GRADIENT_DESCENT
from nn_core.learning.training import Recipe, Training
from nn_core.networks.activations import ACTIVATIONS, SIGMOID, TANH
from nn_core.networks.network import Network, forward
from nn_core.plane.clouds import clouds_of
from nn_core.plane.datasets import XOR_POINTS, Dataset
from nn_core.plane.labelled import MOST as MOST_POINTS
from pages.scenes.decision_boundary import believed
from pages.shared.activations import bending, continuous, offered
from pages.shared.asking import data, menus
from pages.shared.asking.beliefs import OVERFITS, PROGRAMMED, STORES
from pages.shared.figures.axes import Figure
from pages.shared.figures.plots import plane
from pages.shared.figures.plots.plane import View
from pages.shared.numbers import percent, plain
from pages.shared.programs import files_of
from pages.shared.progress import divergence, kept_iterations, place_of, until_the_end
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.points import Point, Points
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.stage.stage import stage
from pages.shared.trainings import accuracies, trained

ITERATIONS, KEEP = 2000, 20
VIEW = View(1.2, 49)
SEGMENTS = 500
REACH = 1.1
TILE = View(1.2, 17)
WIDTHS = tuple(map(str, range(9)))
RATES = ("0.03", "0.1", "0.3", "1", "3", "10", "100", "10000")
OWN = "your points"
SHARES = {"less than 10 %": 0.1, "10 to 25 %": 0.25, "25 to 50 %": 0.5, "more than 50 %": 1.0}
CHANGES = (
    "Before you play: compare the colours at iteration 0 with the points. On how much of the plane will the "
    "trained network give another answer?"
)
FIRST = tuple(
    (x, y, int(label))
    for (x, y), label in zip((0.6 * XOR_POINTS.points).tolist(), XOR_POINTS.labels, strict=True)
)
AS_PROBABILITIES, AS_CLASSES = "probabilities", "classes"
OWN_POINTS = Points(OWN, -REACH, REACH, 0.02, ("class 0", "class 1"), plane.CLASSES, MOST_POINTS, first=FIRST)


def plan(hidden: tuple[int, ...], activation: str, rate: float) -> Course:
    """What is trained, but for the points and the seed."""
    recipe = Recipe(BINARY_CROSS_ENTROPY, GRADIENT_DESCENT, rate)
    return Course(Given(()), hidden, ACTIVATIONS[activation], recipe, 0, ITERATIONS, KEEP)


def cloud_picture(
    name: str, planned: Course, n: float, noise: float, points_seed: float, seed: float, **knobs: Any
) -> Picture:
    """A training on points drawn at random."""
    cloud = Cloud(name, int(n), noise, int(points_seed))
    return trained_picture(replace(planned, source=cloud, seed=int(seed)), *cloud.datasets(), **knobs)


def own_picture(planned: Course, own: tuple[Point, ...], seed: float, **knobs: Any) -> Picture:
    """A training on the reader's own points."""
    if not own:
        raise ValueError("there is no point yet: click into the plane to set one")
    given = Given(own)
    return trained_picture(replace(planned, source=given, seed=int(seed)), *given.datasets(), **knobs)


def trained_picture(
    course: Course,
    dataset: Dataset,
    held_out: Dataset,
    *,
    iteration: float,
    shown: str,
    changes: str = NOTHING,
) -> Picture:
    """One iteration of a training: the field, the boundary, the hidden units, and the losses."""
    training = trained(course)
    now = place_of(course, iteration)
    network = training.networks[now]
    passed = forward(network, VIEW.points)
    traces = plane_traces(network, passed.output[:, 0], dataset, held_out, shown)
    return Picture(
        [
            plane.plane(traces, VIEW),
            *([plane.tiles(unit_fields(network), TILE.side)] if network.depth else []),
            learning_plot(course, (dataset, held_out), now),
        ],
        beside=True,
        files=files_of(network, dataset.points),
        readouts=trained_readouts(training, now, dataset, held_out),
        measures={
            "iterations": float(training.iterations[now]),
            "hidden units": float(sum(layer.biases.size for layer in network.layers[:-1])),
            "parameters": float(network.n_parameters),
            "loss": float(training.losses[now]),
            **wrong("training points", network, dataset),
            **wrong("held-out points", network, held_out),
        },
        tasks=trained_tasks(network, dataset, held_out)
        | {CHANGES: judged(changes, changed(course))}
        | believed.verdicts(training, now, dataset, held_out),
        description=f"After {training.iterations[now]} iterations the loss is "
        f"{plain(training.losses[now], 4)}. " + separation(network, dataset),
    )


@lru_cache(maxsize=64)
def changed(course: Course) -> float:
    """On which share of the plane's points the last network gives another class than the first."""
    networks = trained(course).networks
    before, after = (networks[place](VIEW.points) > 0.0 for place in (0, -1))
    return float((before != after).mean())


def judged(chosen: str, share: float) -> Verdict:
    """Which share that is."""
    right = next(told for told, most in SHARES.items() if share < most or most == 1.0)
    return answer(
        chosen,
        right,
        f"It gives another on {percent(share, 1)} of the {VIEW.side} × {VIEW.side} points in view.",
    )


def plane_traces(
    network: Network, logits: FloatArray, dataset: Dataset, held_out: Dataset, shown: str
) -> list[dict[str, Any]]:
    """The field, the boundary, the lines of the first hidden layer, and the points."""
    chances = SIGMOID(logits) if shown == AS_PROBABILITIES else (logits > 0.0).astype(float)
    unit_lines = [
        plane.unit_line(f"unit {index + 1}", weights, float(bias), VIEW, "muted", dash="dot")
        for index, (weights, bias) in enumerate(
            zip(network.layers[0].weights.T, network.layers[0].biases, strict=True)
        )
    ]
    return [
        plane.field("field", VIEW.ticks, VIEW.ticks, plane.levels(chances)),
        *(unit_lines if network.depth else []),
        plane.boundary(logits, VIEW, SEGMENTS),
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
    right, right_held_out = (until_the_end(course, accuracies(course, part)) for part in parts)
    losses = until_the_end(course, trained(course).losses)
    return plane.learning(kept_iterations(course), losses, (right, right_held_out), now)


def trained_readouts(
    training: Training, now: int, dataset: Dataset, held_out: Dataset
) -> dict[str, str | None]:
    """The loss and both accuracies, and where the training diverged."""
    network = training.networks[now]
    return {
        "loss": plain(training.losses[now], 4),
        "loss at the start": plain(training.losses[0], 4),
        "right in training": told_accuracy(network, dataset),
        "right among those held out": told_accuracy(network, held_out),
        "diverged": divergence(training),
    }


def wrong(name: str, network: Network, dataset: Dataset) -> dict[str, float]:
    """How many of the points are on the wrong side, if there are any."""
    if not dataset.n:
        return {}
    right = accuracy(network(dataset.points)[:, 0], dataset.labels)
    return {f"{name} on the wrong side": float(dataset.n - round(right * dataset.n))}


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
    """All training points apart, and new ones with them."""
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


# ---- the scene ------------------------------------------------------------------------------------------


def asked() -> tuple[str, Course]:
    """Which points, and what is trained on them."""
    places = st.columns([3, 2, 2, 3, 2], vertical_alignment="bottom")
    name = menus.choose(places[0], "Points", [*clouds_of(2), OWN], "points", "moons")
    width = int(menus.choose(places[1], "Hidden units N", WIDTHS, "hidden", "4"))
    layers = int(menus.choose(places[2], "Hidden layers", ("1", "2"), "layers", "1"))
    names = offered(bending, continuous, first=(TANH,))
    activation = menus.choose(places[3], "Activation f", names, "activation", TANH.name)
    rate = menus.choose(places[4], "Learning rate", RATES, "rate", "1")
    return name, plan((width,) * layers if width else (), activation, float(rate))


def show() -> None:
    """The menus and the stage of a training."""
    name, planned = asked()
    knobs: dict[str, Any] = {
        "iteration": Knob("iteration", 0, ITERATIONS, value=0, step=KEEP, colour="network"),
        "seed": Knob("seed of the weights", 1, 50, value=1, step=1, colour="weight", one_by_one=True),
        "shown": Choice("the colours show", (AS_PROBABILITIES, AS_CLASSES), AS_PROBABILITIES),
        "changes": Question(CHANGES, tuple(SHARES), {"iteration": float(ITERATIONS)}),
    }
    cards = [each.begun(iteration=float(ITERATIONS)) for each in (STORES, PROGRAMMED, OVERFITS)]
    if name == OWN:
        data.labelled_points(OWN_POINTS, "own")
        stage("own", partial(own_picture, planned), cards=cards, own=OWN_POINTS, **knobs)
    else:
        stage(
            "trained",
            partial(cloud_picture, name, planned),
            cards=cards,
            **knobs,
            n=Knob("number of points", 10, 400, value=120, step=10, one_by_one=True),
            noise=Knob("noise", 0, 0.5, value=0.05, step=0.01, one_by_one=True),
            points_seed=Knob("seed of the points", 1, 50, value=1, step=1, one_by_one=True),
        )
    two_columns(TO_TRY, SHOWN)
    more_exactly(COMPUTED)


# ---- the words ----------------------------------------------------------------------------------------

TO_TRY = """
## What to try

Play *iteration*. This is [[training]]: at each [[iteration]] all weights change a little, so that the
[[loss]] falls. The loss says in one number how wrong the network is. The dotted lines are those of the first
hidden layer: watch them turn. With N = 0 there is one line, however long you train. For spirals take two
layers of 8.

The [[learning rate]] says how large the changes are. At 100 every step goes too far, and the loss jumps far
above where it began. At 10000 two layers of ReLU [[diverge]]: their weights grow beyond all bounds.
"""
COMPUTED = f"""
The colours are the probability of class 1, σ of the logit, at {VIEW.side} × {VIEW.side} points. Training is
[[gradient descent]]; its loss is the mean [[cross-entropy]] of all filled points, taken at once in every
step. Lesson 9 explains both. Each small picture has a scale of its own. What diverges is drawn up to the
last network whose numbers are finite.
"""
SHOWN = """
## What is shown

The colours show how sure the network is. **Hollow** points, a quarter, are [[held out]]: the network never
sees them in training, so they tell how it does on new ones. The first weights and the points are random:
another [[seed]] gives others.

The small pictures show each hidden unit over the same plane. Where it gives 0, there is no colour.
"""
