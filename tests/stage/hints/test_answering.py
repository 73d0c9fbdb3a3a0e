"""Answers on paper are found by the code that judges: what they say to set is judged done."""

from __future__ import annotations

from typing import Any

from pages import towers
from pages.shared.stage.hints.search import Search
from pages.shared.stage.hints.telling import hint
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.matrix import Matrix
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer

TASK, ASKED = "Bring it there.", "Which is it?"
INPUTS: dict[str, Any] = {
    "kind": Choice("kind", ("round", "square"), "round"),
    "across": Knob("across", -5, 5, value=0.0, step=0.1),
    "table": Matrix("the table", ((0.0, 0.0),)),
    "guess": Question(ASKED, ("this", "that")),
}
STATE = {name: each.value for name, each in INPUTS.items()}


def judged(kind: str, across: float, table: tuple[tuple[float, ...], ...], guess: str) -> Picture:
    """Done at one setting of three controls; the question's answer depends on the kind."""
    miss = abs(across - 2.3) + abs(table[0][1] - 4) + (kind != "square")
    right = "this" if kind == "round" else "that"
    tasks = {TASK: Verdict(miss == 0, f"{miss:g} away", miss), ASKED: answer(guess, right, f"It is {kind}.")}
    return Picture([], "", tasks=tasks)


def told(task: str, draw: Any = judged, **changed: Any) -> str:
    state = {**STATE, **changed}
    return hint(Search(draw, INPUTS, task), state, lambda state: ()).answer


def test_an_answer_says_what_to_set_and_what_is_judged_then():
    assert told(TASK) == (
        "For example: kind = square, across = 2.3, the table, row 1, column 2: 4. Then: 0 away"
    )


def test_what_is_done_already_says_so():
    done = {"kind": "square", "across": 2.3, "table": ((0.0, 4.0),)}
    assert told(TASK, **done) == "It is done already: 0 away"


def test_of_a_question_the_option_that_is_judged_right_is_the_answer_whatever_was_chosen():
    for guess in (NOTHING, "this", "that"):
        assert told(ASKED, guess=guess) == "“this”. It is round."
        assert told(ASKED, kind="square", guess=guess) == "“that”. It is square."


def test_where_no_setting_is_found_the_answer_says_so_and_how_many_were_tried():
    def never(**state: Any) -> Picture:
        return Picture([], "", tasks={TASK: Verdict(False, "no")})

    assert told(TASK, never).startswith("No setting that does it was found from this picture: ")


def test_the_answers_of_lessons_are_those_that_their_pictures_judge():
    corner = Search(towers.construction, {"corner": towers.CORNER}, towers.CORNER.label)
    state = {"made": towers.WALL, "steepness": 60.0, "x1": 0.5, "x2": 0.5, "size": 0.4, "threshold": 1.5,
             "sharpness": 40.0, "corner": NOTHING}  # fmt: skip
    assert hint(corner, state, lambda state: ()).answer.startswith("“1”. It is 1.000 there")
