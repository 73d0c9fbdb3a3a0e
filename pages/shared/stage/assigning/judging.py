"""Judging: what a picture measures, and how an assignment stands by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from pages.shared.numbers import beside, short
from pages.shared.stage.assigning.assignment import Assignment, Goal
from pages.shared.stage.assigning.held import WHY
from pages.shared.stage.inputs.input import Input
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.picture import Picture, Verdict
from pages.shared.stage.sweep import Draw

TOLD = partial(short, digits=5)


def measured(picture: Picture, inputs: Mapping[str, Input], values: Mapping[str, Any]) -> dict[str, float]:
    """All numbers by which a picture can be judged: its measures, its readouts, and where its knobs stand."""
    told = {name: value for name, value in picture.readouts.items() if isinstance(value, int | float)}
    set_to = {inputs[name].label: values[name] for name in values if isinstance(inputs[name], Knob)}
    found = {**picture.measures, **told}
    return {name: float(value) for name, value in {**found, **set_to, **found}.items()}


def judged(
    draw: Draw, assignment: Assignment, inputs: Mapping[str, Input], hidden: Mapping[str, Any], **values: Any
) -> Picture:
    """The picture with the assignment as its only task, and nothing to drag but what is free.

    inputs: those of the lesson. hidden: the values of those that are not shown.
    """
    state = {**hidden, **values}
    picture = draw(**state)
    locked = {name: WHY for name in values if name not in assignment.free}
    return replace(
        picture,
        tasks={assignment.words: verdict(assignment, measured(picture, inputs, state))},
        handles=[handle for handle in picture.handles if handle.knob in assignment.free],
        nudges={name: nudge for name, nudge in picture.nudges.items() if name in assignment.free},
        idle={name: why for name, why in picture.idle.items() if name in values} | locked,
    )


def verdict(assignment: Assignment, found: Mapping[str, float]) -> Verdict:
    """How the assignment stands by these numbers."""
    met = [goal.met(found.get(goal.measure, float("nan"))) for goal in assignment.goals]
    misses = sorted(goal.short_of(found.get(goal.measure, float("nan"))) for goal in assignment.goals)
    done = sum(met) >= assignment.passes
    says = "; ".join(_told(goal, found.get(goal.measure)) for goal in assignment.goals)
    return Verdict(
        done,
        f"{_counted(assignment, sum(met), done)} {says}.",
        sum(misses[: assignment.passes]),
        known_as=f"assignment {assignment.name}",
        met=(sum(met), len(met)),
    )


def _counted(assignment: Assignment, met: int, done: bool) -> str:
    """How many goals are met, and how many that takes."""
    count = len(assignment.goals)
    if count == 1:
        return "Passed:" if done else "Not yet:"
    enough = "" if assignment.passes == count else f", and {assignment.passes} are enough"
    return f"{'Passed' if done else 'Not yet'}: {met} of {count} goals are met{enough}."


def _told(goal: Goal, found: float | None) -> str:
    """How one goal stands."""
    if found is None:
        return f"this picture does not measure “{goal.measure}”"
    is_now, asked = beside(found, goal.number, TOLD), beside(goal.number, found, TOLD)
    so = ", which is" if goal.met(found) else " and has to be"
    return f"“{goal.measure}” is {is_now}{so} {goal.comparison} {asked}"
