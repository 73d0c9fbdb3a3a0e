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
# Beside each of these stands, on its page, one that asks.
FREE = ("two_neurons", "product", "challenge", "towers")
SCENES = {
    "recurrence.py": [{"scene": name} for name in ("one unit", "a bit kept", "trained")],
    "depth.py": [
        {"scene": name} for name in ("cliff", "folds", "typical", "found", "not free", "narrow", "squares")
    ],
    "forward_pass.py": [{}, {"scene": "from a file"}],
    "convolution.py": [{"scene": name} for name in ("window", "shared weights", "digits", "yours")],
    "adversaries.py": [{"scene": name} for name in ("chase", "judge", "live")],
    "attention.py": [{"scene": name} for name in ("look-up", "order", "induction", "recall", "block")],
    "autoencoder.py": [{"scene": name} for name in ("two numbers", "linear", "variational")],
    "decision_boundary.py": [{"network": name} for name in ("one neuron", "two hidden neurons", "trained")],
    "gradient_descent.py": [
        *({"scene": name} for name in ("mixer", "landscape", "one step", "curve", "three sines", "classes")),
        {"scene": "curve", "show": "ten seeds"},
        {"scene": "landscape", "scape": "bowl"},
    ],
}
each_scene = pytest.mark.parametrize(
    ("page", "query"),
    [
        pytest.param(f"pages/{each.file}", query, marks=pytest.mark.xdist_group(f"pages/{each.file}"))
        for each in LESSONS
        for query in SCENES.get(each.file, [{}])
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


@each_scene
def test_every_scene_asks_before_it_shows(page: str, query: dict[str, str], stages: Any) -> None:
    for key, shown in stages(page, **query).items():
        drawn = any(isinstance(each, Sketch) for each in shown.inputs.values())
        assert drawn or questions(shown) or key in FREE, key


@each_scene
def test_no_question_answers_itself_whatever_is_set_and_one_answer_is_right(
    page: str, query: dict[str, str], stages: Any
) -> None:
    for shown in stages(page, **query).values():
        for name, asked in questions(shown).items():
            for state in some_states(shown):
                unsaid = shown.picture(**state | {name: NOTHING}).tasks[asked.label]
                assert (unsaid.done, unsaid.says) == (False, UNSAID), state
                said = [shown.picture(**state | {name: each}).tasks[asked.label] for each in asked.options]
                assert [verdict.done for verdict in said].count(True) == 1, state
                assert all(("Right." in verdict.says) == verdict.done for verdict in said)
