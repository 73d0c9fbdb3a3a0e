"""Three classes: softmax turns logits into probabilities, and cross-entropy is what training lowers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.learning.courses import Cloud, Course
from nn_core.learning.losses import SOFTMAX_CROSS_ENTROPY, softmax
from nn_core.learning.optimisers import GRADIENT_DESCENT
from nn_core.learning.training import Recipe
from nn_core.networks.activations import ACTIVATIONS, TANH
from nn_core.plane.clouds import MOST_CLASSES, clouds_of
from nn_core.plane.datasets import Dataset
from pages.shared.activations import bending, continuous, offered
from pages.shared.asking import menus
from pages.shared.figures.axes import Figure
from pages.shared.figures.drawings import softmax as written
from pages.shared.figures.plots import classes, plane
from pages.shared.figures.plots.plane import View
from pages.shared.numbers import beside, percent, percent_beside, plain, small
from pages.shared.patience import patiently
from pages.shared.programs import files_of
from pages.shared.progress import divergence, kept_iterations, place_of, until_the_end, warn_of_divergence
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Grip, Picture, Verdict, answer
from pages.shared.stage.stage import stage
from pages.shared.trainings import trained

ITERATIONS, KEEP = 1500, 15
POINTS, NOISE, POINTS_SEED = 150, 0.04, 1
VIEW = View(1.2, 49)
SEGMENTS = 260
WIDTHS = tuple(map(str, range(13)))
RATES = ("0", "0.01", "0.03", "0.1", "0.3", "1", "3", "10", "100", "10000")
SEEDS = tuple(map(str, range(1, 11)))
CLASS_NAMES = tuple(f"class {kind}" for kind in range(MOST_CLASSES))
UNDECIDED, SURPRISED = 0.4, 3.0
AT_LAST = "Before you play: which class will the network give to the place of the probe when it is trained?"


# ---- the training -------------------------------------------------------------------------------------


def plan(points: str, hidden: int, activation: str, rate: float, seed: int) -> Course:
    """What is trained: the points, the width of the hidden layer (0 for none), and how."""
    recipe = Recipe(SOFTMAX_CROSS_ENTROPY, GRADIENT_DESCENT, rate)
    drawn = Cloud(points, POINTS, NOISE, POINTS_SEED, held_out=0.0)
    widths = (hidden,) if hidden else ()
    return Course(drawn, widths, ACTIVATIONS[activation], recipe, seed, ITERATIONS, KEEP)


@lru_cache(maxsize=16)
def rights(course: Course) -> FloatArray:
    """How many points each kept network gets right, shape (kept,)."""
    points, targets = course.source.samples()
    answers = [network(points).argmax(axis=1) for network in trained(course).networks]
    right: FloatArray = (np.array(answers) == targets.argmax(axis=1)).sum(axis=1).astype(np.float64)
    return right


@lru_cache(maxsize=256)
def plane_figure(course: Course, now: int) -> Figure:
    """The plane as the network of one kept iteration sees it."""
    points, targets = course.source.samples()
    labels, network = targets.argmax(axis=1), trained(course).networks[now]
    logits = network(VIEW.points)
    traces = [
        classes.field(VIEW, softmax(logits)),
        classes.borders(logits, VIEW, SEGMENTS),
        *plane.labelled(Dataset(points, labels, MOST_CLASSES), size=8),
        plane.wrong(points, network(points).argmax(axis=1) == labels),
    ]
    return plane.plane(traces, VIEW)


@lru_cache(maxsize=256)
def learning_figure(course: Course, now: int) -> Figure:
    """Loss and share right of the whole training; where it ended early, they are missing."""
    losses, shares = (
        until_the_end(course, each) for each in (trained(course).losses, rights(course) / POINTS)
    )
    return classes.learning(kept_iterations(course), losses, shares, now)


# ---- the picture --------------------------------------------------------------------------------------


def picture(
    course: Course,
    class_iteration: float,
    probe_x1: float,
    probe_x2: float,
    label: str,
    shift: float,
    at_last: str = NOTHING,
) -> Picture:
    """One iteration of a training, and what its network says of one point."""
    training = trained(course)
    now = place_of(course, class_iteration)
    logits = training.networks[now](np.array([[probe_x1, probe_x2]])) + shift
    probabilities, right = softmax(logits)[0], CLASS_NAMES.index(label)
    loss = SOFTMAX_CROSS_ENTROPY(logits, np.eye(MOST_CLASSES)[[right]])
    return Picture(
        [
            plane_figure(course, now),
            classes.bars(logits[0], probabilities),
            learning_figure(course, now),
        ],
        beside=True,
        formula=written.formula(logits[0], probabilities, right, loss),
        grips=[Grip("probe", probe_x1, probe_x2, anywhere=True)],
        files=files_of(training.networks[now], np.array([[probe_x1, probe_x2]])),
        readouts=readouts(course, now, probabilities, loss),
        tasks=tasks(int(rights(course)[now]), probabilities, loss)
        | {AT_LAST: given_at_last(course, (probe_x1, probe_x2), at_last)},
        description=described(course, now, probabilities),
    )


def readouts(course: Course, now: int, probabilities: FloatArray, loss: float) -> dict[str, str | None]:
    """The loss of all points and how many are right, and the probe's probabilities and loss."""
    training = trained(course)
    return {
        "loss": small(float(training.losses[now])),
        "points right": f"{int(rights(course)[now])} of {POINTS}",
        **{f"probe: p of class {kind}": plain(float(p), 4) for kind, p in enumerate(probabilities)},
        "probe: −ln p, right class": small(loss),
        "diverged": divergence(training),
    }


def tasks(right: int, probabilities: FloatArray, loss: float) -> dict[str, Verdict]:
    """All points right, and a probe that the network is undecided or mistaken about."""
    kind, most = int(probabilities.argmax()), float(probabilities.max())
    return {
        "All points right.": Verdict(right == POINTS, f"{right} of {POINTS} are.", POINTS - right),
        "Put the probe where no class has more than 40 %.": Verdict(
            most <= UNDECIDED, f"Class {kind} has {percent_beside(most, UNDECIDED)} there.", most
        ),
        "Surprise the network: find a point and a right class for which −ln p is more than 3.": Verdict(
            loss > SURPRISED, f"Here −ln p is {beside(loss, SURPRISED)}.", max(SURPRISED - loss, 0.0)
        ),
    }


def given_at_last(course: Course, place: tuple[float, float], chosen: str) -> Verdict:
    """Which class the last network gives to a place."""
    training = trained(course)
    first, last = (
        softmax(network(np.array([place])))[0]
        for network in training.networks[:: max(len(training.networks) - 1, 1)]
    )
    kind = int(last.argmax())
    told = (
        f"After {training.iterations[-1]} iterations class {kind} has {percent(float(last[kind]), 1)} there"
    )
    return answer(chosen, CLASS_NAMES[kind], f"{told}; at the start it had {percent(float(first[kind]), 1)}.")


def described(course: Course, now: int, probabilities: FloatArray) -> str:
    """The picture in words."""
    training = trained(course)
    kind = int(probabilities.argmax())
    ended = (
        f"The training diverged at iteration {training.diverged}; the last finite network is the last shown. "
    )
    return (
        f"After {training.iterations[now]} iterations the loss is {small(float(training.losses[now]))} and "
        f"{int(rights(course)[now])} of {POINTS} points are right. {ended if training.diverged else ''}"
        f"At the probe class {kind} is the most probable, with {plain(float(probabilities[kind]), 2)}."
    )


def move(_: Mapping[str, Any], x: float, y: float) -> dict[str, float]:
    """The probe where it was dragged to."""
    return {"probe_x1": x, "probe_x2": y}


# ---- the scene ----------------------------------------------------------------------------------------


def asked() -> Course:
    """What the menus ask for."""
    places = st.columns([3, 2, 2, 2, 2], vertical_alignment="bottom")
    names = offered(bending, continuous, first=(TANH,))
    return plan(
        menus.choose(places[0], "Points", clouds_of(MOST_CLASSES), "class_points", "three arms"),
        int(menus.choose(places[1], "Hidden units", WIDTHS, "class_hidden", "8")),
        menus.choose(places[2], "Activation f", names, "class_activation", TANH.name),
        float(menus.choose(places[3], "Learning rate", RATES, "class_rate", "1")),
        int(menus.choose(places[4], "Seed", SEEDS, "class_seed", "1")),
    )


def show() -> None:
    """The menus, the stage and its words."""
    (course,) = patiently([asked()])
    warn_of_divergence(course)
    stage(
        "classes",
        partial(picture, course),
        grips={"probe": move},
        formerly={"probe_x": "probe_x1", "probe_y": "probe_x2"},
        class_iteration=Knob("iteration", 0, ITERATIONS, value=0, step=KEEP, colour="network"),
        probe_x1=Knob("probe x₁", -1.2, 1.2, value=0.3, step=0.02, colour="input"),
        probe_x2=Knob("probe x₂", -1.2, 1.2, value=0.2, step=0.02, colour="input"),
        label=Choice("right class of the probe", CLASS_NAMES, CLASS_NAMES[0]),
        shift=Knob("add d to all logits", -10, 10, value=0.0, step=0.1, colour="ink"),
        at_last=Question(AT_LAST, CLASS_NAMES, {"class_iteration": float(ITERATIONS)}),
    )
    two_columns(SOFTMAX, CROSS_ENTROPY)
    more_exactly(COMPUTED)


# ---- the words ----------------------------------------------------------------------------------------

SOFTMAX = """
## From logits to probabilities

The network has one output for each class, its [[logit]], which can be any number. [[Softmax]] takes e to the
power of each and divides by their sum: the results are positive and add up to 1, as probabilities do.

Move *add d to all logits*. Every eᶻ is multiplied by the same eᵈ, which cancels: no probability changes.
Programs use that: they subtract the largest logit first, so that no eᶻ is too large for the computer.

## What to try

Play *iteration*, and drag the probe. With 0 hidden units every border is straight, and rings and arms
stay out of reach. With a learning rate of 0 nothing moves.
"""
COMPUTED = f"""
The colours are computed at {VIEW.side} × {VIEW.side} points; the lines are where the most probable class
changes. Training is [[gradient descent]] on all {POINTS} points at once. The [[seed]] gives the first
weights.
"""
CROSS_ENTROPY = """
## The loss of classification

[[Cross-entropy]] looks at the probability p that the network gives to the *right* class, and takes −ln p: 0
where it is sure and right; the surer it is of a wrong class, the larger. The loss is the mean over
all points.

Its derivative with respect to a logit is as simple as can be: **p − t**, where t is 1 for the right class
and 0 for the others. A step against it pulls the right logit up by what it lacks and pushes the others down
by what they have too much. From there the backward pass goes on as ever.

## The same with ten

A network that reads digits, 784 → 16 → 16 → 10, ends in ten logits instead of three. Softmax and loss are
the same.

The colour is that of the most probable class, stronger where the network is surer. Rings mark points on the
wrong side.
"""
