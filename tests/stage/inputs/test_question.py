"""A question reads one of its answers, or nothing, and what else is given is named."""

import pytest
from hypothesis import given

from pages.shared.stage.inputs.question import Question
from tests.stage.inputs.strategies import ANYTHING, is_named

ASKED = Question("Up or down?", ("up, by 1", "down", "up, by 2"), {"height": 1.0})


def test_nothing_is_answered_at_first() -> None:
    assert ASKED.value == ""
    assert ASKED.read("") == ("", None)


@pytest.mark.parametrize("value", ASKED.options)
def test_every_answer_is_written_and_read_back_the_same(value: str) -> None:
    assert ASKED.read(ASKED.write(value)) == (value, None)
    assert ASKED.read(value) == (value, None)


@given(ANYTHING)
def test_whatever_it_reads_an_answer_or_nothing_comes_out_and_what_is_none_is_named(given: object) -> None:
    value, complaint = ASKED.read(given)
    assert value in ASKED.steps
    assert complaint is None or (value == "" and is_named(given, complaint))
    assert complaint or value or given == ""


def test_two_answers_differ_in_more_than_case() -> None:
    with pytest.raises(ValueError, match="differ in more than case"):
        Question("Up?", ("yes", "YES"))


def test_the_browser_learns_what_is_asked_and_what_shows_it() -> None:
    spec = ASKED.spec()
    assert (spec["kind"], spec["label"], spec["value"]) == ("question", "Up or down?", "")
    assert spec["options"] == [*ASKED.options]
    assert spec["shows"] == {"height": 1.0}
