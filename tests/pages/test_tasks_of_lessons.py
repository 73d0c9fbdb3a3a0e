"""How many tasks a lesson has: home and the menu say it, so it is what the scenes themselves ask."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pages.scenes.gradient_descent.landscape import NAMES
from pages.shared.contents import LESSONS, Lesson
from pages.shared.stage.picture import Verdict
from tests.pages.test_questions_of_lessons import SCENES

OTHERS = {"gradient_descent.py": [{"scene": "landscape", "scape": name} for name in NAMES]}


def kept_as(task: str, verdict: Verdict) -> str:
    """The name under which a browser keeps a task, as stage/static/kept.js has it."""
    return re.sub(r"[−-]?\d+([.,]\d+)*", "#", verdict.known_as or task)


@pytest.mark.parametrize(
    "lesson", [pytest.param(each, marks=pytest.mark.xdist_group(f"pages/{each.file}")) for each in LESSONS]
)
def test_a_lesson_has_as_many_tasks_as_its_scenes_ask(lesson: Lesson, stages: Any) -> None:
    asked = {
        kept_as(task, verdict)
        for query in (*SCENES.get(lesson.file, [{}]), *OTHERS.get(lesson.file, ()))
        for shown in stages(f"pages/{lesson.file}", **query).values()
        for first in [{name: each.value for name, each in shown.inputs.items()}]
        for task, verdict in shown.picture(**first).tasks.items()
    }
    assert lesson.tasks == len(asked), asked
