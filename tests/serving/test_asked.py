"""What is asked beside Streamlit's socket is answered, one question at each door at a time."""

import json
from threading import Event
from typing import Any

import pytest
from starlette.applications import Starlette

from pages.shared.serving.asked import ADDRESS, MOST_BYTES, asked
from tests.serving.asgi import Answer, ask


def post(app: Starlette, question: Any) -> Answer:
    """What comes back for a question."""
    body = question if isinstance(question, bytes) else json.dumps(question).encode()
    return ask(app, ADDRESS, "POST", body=body)


def test_a_question_is_answered_in_bytes_that_nobody_keeps() -> None:
    app = Starlette(routes=[asked(lambda question: f"{question['door']} {question['x']}".encode())])
    answer = post(app, {"door": "mine", "x": 2})
    assert (answer.status, answer.body) == (200, b"mine 2")
    assert answer.headers["Cache-Control"] == "no-store"
    assert ask(app, ADDRESS).status == 405


@pytest.mark.parametrize(
    ("question", "status"),
    [
        (b"{", 400), (b"\xff", 400), (b"[" * 5000, 400), ([], 400), ({}, 400), ({"door": 3}, 400),
        ({"door": ["x"]}, 400), ({"door": "x" * MOST_BYTES}, 413), ({"door": "nobody's"}, 404),
    ],
)  # fmt: skip
def test_what_is_no_question_is_refused(question: Any, status: int) -> None:
    app = Starlette(routes=[asked(lambda _: None)])
    assert post(app, question).status == status


def test_a_door_answers_one_question_at_a_time_and_keeps_no_other_waiting() -> None:
    inner: list[int] = []
    once = Event()

    def answer(question: dict[str, Any]) -> bytes:
        if not once.is_set():
            once.set()
            inner.extend(post(app, {"door": door}).status for door in (question["door"], "another"))
        return b"said"

    app = Starlette(routes=[asked(answer)])
    assert post(app, {"door": "mine"}).status == 200
    assert inner == [429, 200]
    assert post(app, {"door": "mine"}).status == 200, "its turn is given back"
