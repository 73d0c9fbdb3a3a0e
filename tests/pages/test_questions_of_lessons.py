"""Questions of the lessons: each asks before it shows, and what is right is computed."""

from __future__ import annotations

import random
from typing import Any

import pytest

from pages.shared.contents import LESSONS
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.inputs.sketch import Sketch

UNSAID = "Say what you expect. Then it is shown."
each_lesson = pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"pages/{each.file}", marks=pytest.mark.xdist_group(f"pages/{each.file}"))
        for each in LESSONS
    ],
)


def questions(shown: Any) -> dict[str, Question]:
    return {name: each for name, each in shown.inputs.items() if isinstance(each, Question)}


def some_states(shown: Any) -> list[dict[str, Any]]:
    """The first state, what each question shows, and one with all knobs anywhere."""
    chosen = random.Random(1)
    first = {name: each.value for name, each in shown.inputs.items()}
    knobs = {
        name: chosen.choice(each.steps)
        for name, each in shown.inputs.items()
        if isinstance(each, Knob) and not each.one_by_one
    }
    return [first, first | knobs, *(first | dict(each.shows) for each in questions(shown).values())]


@each_lesson
def test_every_lesson_asks_before_it_shows(page: str, stages: Any) -> None:
    found = stages(page).values()
    drawn = [each for shown in found for each in shown.inputs.values() if isinstance(each, Sketch)]
    assert drawn or any(map(questions, found))


@each_lesson
def test_no_question_answers_itself_whatever_is_set_and_one_answer_is_right(page: str, stages: Any) -> None:
    for shown in stages(page).values():
        for name, asked in questions(shown).items():
            for state in some_states(shown):
                unsaid = shown.picture(**state | {name: NOTHING}).tasks[asked.label]
                assert (unsaid.done, unsaid.says) == (False, UNSAID), state
                said = [shown.picture(**state | {name: each}).tasks[asked.label] for each in asked.options]
                assert [verdict.done for verdict in said].count(True) == 1, state
                assert all(("Right." in verdict.says) == verdict.done for verdict in said)
