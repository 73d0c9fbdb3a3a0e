"""Hints of the lessons: from the first picture and from any other, they lead to where a task is done."""

from __future__ import annotations

import random
from typing import Any

import pytest

from pages.shared.stage.hints.search import Search, way
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import Question
from pages.shared.stage.picture import Verdict

NEURON, TWO, BOUNDARY, FORWARD = (
    f"pages/{name}.py" for name in ("single_neuron", "two_neurons", "decision_boundary", "forward_pass")
)
MOST_HINTS = 8


def somewhere(shown: Any, seed: int) -> dict[str, Any]:
    """The stage's first state, or another one."""
    chosen = random.Random(seed)
    first = {name: each.value for name, each in shown.inputs.items()}
    dragged = {name: each for name, each in shown.inputs.items() if isinstance(each, Knob)}
    return first | ({name: chosen.choice(each.steps) for name, each in dragged.items()} if seed else {})


def followed(shown: Any, task: str, state: dict[str, Any]) -> tuple[int, bool]:
    """How many hints were followed, and whether the task is done then."""
    known: dict[tuple[Any, ...], Verdict] = {}
    for count in range(MOST_HINTS):
        if shown.picture(**state).tasks[task].done:
            return count, True
        moves, ends = way(Search(shown.picture, shown.inputs, task, known), state, shown.told_goals)
        if not ends:
            return count, False
        state = moves[0].made(state)
    return MOST_HINTS, False


@pytest.mark.parametrize(
    ("page", "query", "key"),
    [
        (NEURON, {}, "single_neuron"),
        (TWO, {}, "two_neurons"),
        (BOUNDARY, {"hand": "linear"}, "one"),
        (FORWARD, {}, "cost"),
    ],
)
@pytest.mark.parametrize("seed", [0, 1])
def test_whoever_follows_the_hints_does_every_task(
    page: str, query: dict[str, str], key: str, seed: int, stages: Any
) -> None:
    shown = stages(page, **query)[key]
    state = somewhere(shown, seed)
    questions = {each.label for each in shown.inputs.values() if isinstance(each, Question)}
    tasks = shown.picture(**state).tasks.keys() - questions
    done = {task: followed(shown, task, state) for task in tasks}
    assert {task: each for task, each in done.items() if not each[1]} == {}


def test_what_no_line_can_do_no_hint_leads_to(stages: Any) -> None:
    shown = stages(BOUNDARY)["one"]
    first = somewhere(shown, 0)
    assert not followed(shown, "All points on their side.", first)[1]
    assert followed(shown, "As many right as any line can get.", first)[1]
