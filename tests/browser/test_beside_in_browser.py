"""What a hand asks for beside Streamlit: beside.js alone, with a server that answers when it is told to."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from pages.shared.stage import wire

WORLD = """async () => {
  const { Beside } = await import("/beside.js");
  const world = (window.world = { asked: [], shown: [], failed: [] });
  const fetch = (_, { body }) => new Promise((answer, fail) => {
    world.asked.push({ ...JSON.parse(body), answer, fail });
  });
  const show = (shown) => world.shown.push({ paths: null, before: null, ...shown });
  const fail = (values) => world.failed.push(values);
  world.beside = new Beside({ resolve: (value) => value, show, fail, fetch });
  world.say = (bytes) => world.asked.at(-1).answer(new Response(new Uint8Array(bytes)));
}"""
PICTURE = {"plots": [{"y": [1, 2]}, {"y": [3]}], "says": "one"}


class Pen:
    """The way beside Streamlit, and its server."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.evaluate(WORLD)

    def open(self, door: str | None) -> None:
        self._page.evaluate("(door) => world.beside.open(door)", door)

    def ask(self, values: int) -> bool:
        can: bool = self._page.evaluate("(values) => world.beside.ask(values)", values)
        return can

    def told(self, what: str) -> list[Any]:
        found: list[Any] = self._page.evaluate(f"JSON.parse(JSON.stringify(world.{what}))")
        return found

    def answers(self, message: dict[str, Any], count: int) -> None:
        """The latest question is answered, and then so many were asked in all."""
        self._page.evaluate("(bytes) => world.say(bytes)", list(wire.pack(message)))
        self._page.wait_for_function(
            "(count) => world.asked.length >= count && !world.beside.next", arg=count
        )

    def is_not_known(self, count: int) -> None:
        """The latest question has met another process, and then so many were asked in all."""
        self._page.evaluate("world.asked.at(-1).answer(new Response(null, { status: 404 }))")
        self._page.wait_for_function("(count) => world.asked.length >= count", arg=count)

    def fails(self) -> None:
        self._page.evaluate("world.asked.at(-1).fail(new Error('no server'))")
        self._page.wait_for_function("() => !world.beside.busy")

    def rests(self) -> None:
        self._page.wait_for_function("() => !world.beside.busy")


@pytest.fixture
def pen(modules: Page) -> Pen:
    return Pen(modules)


def test_one_question_is_on_its_way_and_the_latest_values_come_next(pen: Pen) -> None:
    assert not pen.ask(0), "there is no door yet"
    pen.open("mine")
    assert [pen.ask(values) for values in (1, 2, 3)] == [True] * 3
    assert [each["values"] for each in pen.told("asked")] == [1]
    pen.answers({"name": 1, "picture": PICTURE}, 2)
    asked = pen.told("asked")
    assert [(each["door"], each["values"], each["since"]) for each in asked] == [
        ("mine", 1, None),
        ("mine", 3, 1),
    ]
    pen.answers({"name": 2, "paths": [["plots", 0, "y"], ["says"]], "leaves": [[5, 6], "two"]}, 2)
    pen.rests()
    first, second = pen.told("shown")
    assert (first["picture"], first.get("paths")) == (PICTURE, None)
    assert second["picture"] == {"plots": [{"y": [5, 6]}, {"y": [3]}], "says": "two"}
    assert second["paths"] == [["plots", 0, "y"], ["says"]]
    assert second["before"] == PICTURE, "the picture that was shown stays as it is"


def test_where_no_answer_comes_the_stage_asks_as_ever_and_the_door_stays_closed(pen: Pen) -> None:
    pen.open("mine")
    pen.ask(1)
    pen.ask(2)
    pen.fails()
    assert (pen.told("failed"), pen.told("shown")) == ([2], [])
    pen.open("mine")
    assert not pen.ask(3)
    pen.open("another")
    assert pen.ask(3)


def test_another_process_that_does_not_know_the_door_is_passed_over(pen: Pen) -> None:
    pen.open("mine")
    pen.ask(1)
    for count in (2, 3):
        pen.is_not_known(count)
    pen.answers({"name": 1, "picture": PICTURE}, 3)
    pen.rests()
    assert [each["picture"] for each in pen.told("shown")] == [PICTURE]
    assert {(each["door"], each["values"]) for each in pen.told("asked")} == {("mine", 1)}


def test_a_door_that_no_process_knows_is_closed_after_six_tries(pen: Pen) -> None:
    pen.open("mine")
    pen.ask(1)
    for count in (2, 3, 4, 5, 6, 6):
        pen.is_not_known(count)
    pen.rests()
    assert (len(pen.told("asked")), pen.told("failed")) == (6, [1])


def test_an_answer_that_a_message_has_overtaken_is_not_shown(pen: Pen) -> None:
    pen.open("mine")
    pen.ask(1)
    pen.open("mine")
    pen.answers({"name": 1, "picture": PICTURE}, 1)
    pen.rests()
    assert (pen.told("shown"), pen.told("failed")) == ([], [])
    pen.ask(2)
    assert pen.told("asked")[-1]["since"] == 1
