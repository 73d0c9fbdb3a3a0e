"""The health page tells whether the process answers, and what it computed."""

import json

import pytest
from starlette.applications import Starlette

from pages.shared.crowd.answers import Answers, Tally
from pages.shared.serving.health import ADDRESS, health
from tests.serving.asgi import ask


def test_the_health_page_tells_of_each_kind_how_often_an_answer_was_there() -> None:
    answers: Answers[str] = Answers(10_000)
    for question in ("one", "two", "one", "one"):
        answers.of(question, lambda: "answer")
    answer = ask(Starlette(routes=[health(lambda: {"sweeps": answers.tally()})]), ADDRESS)
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")
    told = json.loads(answer.body)["sweeps"]
    assert (told["hits"], told["misses"], told["n_kept"], told["hit_rate"]) == (2, 2, 2, 0.5)


@pytest.mark.parametrize(("hits", "misses", "rate"), [(0, 0, None), (0, 4, 0.0), (3, 1, 0.75)])
def test_a_hit_rate_is_the_share_of_those_who_asked(hits: int, misses: int, rate: float | None) -> None:
    assert Tally(hits, misses, 0, 0).hit_rate == rate
