"""Who asks next, how long it waits, what is done about what was lost: requests.js alone, by its own clock."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

PATIENCE = 5000

# A world of stages that share their turns, a clock that stands still until time passes, and what was sent.
WORLD = """async () => {
  const { Requests, Turns } = await import("/requests.js");
  const timers = new Map();
  const world = (window.world = { time: 0, sent: [], stages: {}, values: {} });
  const turns = new Turns();
  const clock = {
    now: () => world.time,
    setTimeout: (act, delay) => {
      timers.set(act, world.time + delay);
      return act;
    },
    clearTimeout: (act) => timers.delete(act),
  };
  world.pass = (delay) => {
    const end = world.time + delay;
    const due = () => [...timers].filter(([, at]) => at <= end).sort(([, one], [, other]) => one - other)[0];
    for (let next = due(); next; next = due()) {
      const [act, at] = next;
      timers.delete(act);
      world.time = at;
      act();
    }
    world.time = end;
  };
  world.stage = (name) => {
    const sent = (request) => world.sent.push({ stage: name, at: world.time, ...request });
    const send = (request, givenUp, goes) => goes() && sent(request);
    world.values[name] = 0;
    world.stages[name] = new Requests({ send, values: () => world.values[name], turns, clock });
  };
}"""


class Stage:
    """The requests of one stage in the page."""

    def __init__(self, page: Page, name: str) -> None:
        self._page, self._name = page, name
        page.evaluate("(name) => world.stage(name)", name)

    def want(self, **wish: Any) -> None:
        self._call("want", wish)

    def settle(self, reply: str | None) -> Any:
        """A message comes with this reply; the request that it answers, if any."""
        return self._call("settle", reply)

    def pump(self) -> None:
        """A message has been dealt with."""
        self._call("pump")

    def close(self) -> None:
        self._call("close")

    def moves_to(self, value: int) -> None:
        self._page.evaluate("([name, value]) => { world.values[name] = value; }", [self._name, value])

    def get(self, what: str) -> Any:
        return self._page.evaluate("([name, what]) => world.stages[name][what]", [self._name, what])

    def sent(self) -> list[dict[str, Any]]:
        """What it has sent, in order."""
        everything = self._page.evaluate("world.sent")
        return [each for each in everything if each["stage"] == self._name]

    def answer(self) -> Any:
        """The answer to its latest request comes."""
        return self.settle(self.sent()[-1]["id"])

    def _call(self, method: str, *arguments: Any) -> Any:
        run = "([name, method, ...given]) => world.stages[name][method](...given) ?? null"
        return self._page.evaluate(run, [self._name, method, *arguments])


@pytest.fixture
def page(modules: Page) -> Page:
    modules.evaluate(WORLD)
    return modules


@pytest.fixture
def stage(page: Page) -> Stage:
    return Stage(page, "one")


def passes(page: Page, milliseconds: float) -> None:
    page.evaluate("(delay) => world.pass(delay)", milliseconds)


def wishes(stage: Stage) -> list[tuple[str | None, bool, Any]]:
    """The sweep, the commit and the grip of all that was sent."""
    return [(each["sweep"], each["commit"], each["grip"]) for each in stage.sent()]


# ---- one at a time -----------------------------------------------------------------------------------


def test_what_is_wanted_is_asked_at_once_with_the_values_as_they_are(stage: Stage) -> None:
    stage.moves_to(7)
    stage.want(sweep="slope")
    (request,) = stage.sent()
    assert (request["sweep"], request["commit"], request["grip"], request["values"]) == (
        "slope",
        False,
        None,
        7,
    )
    assert stage.get("busy")


def test_what_is_wanted_meanwhile_is_one_request_with_the_latest_values_after_the_answer(
    stage: Stage,
) -> None:
    stage.want()
    for value in (1, 2, 3):
        stage.moves_to(value)
        stage.want()
    assert len(stage.sent()) == 1
    assert stage.answer()["id"] == stage.sent()[0]["id"]
    stage.pump()
    assert [each["values"] for each in stage.sent()] == [0, 3]
    stage.answer()
    stage.pump()
    assert len(stage.sent()) == 2
    assert not stage.get("busy")


def test_every_request_has_a_name_of_its_own(stage: Stage) -> None:
    for _ in range(3):
        stage.want()
        stage.answer()
    assert len({each["id"] for each in stage.sent()}) == 3


def test_a_commit_goes_before_the_sweep_that_is_wanted_with_it(page: Page, stage: Stage) -> None:
    other = Stage(page, "other")
    other.want()
    stage.want(sweep="slope")
    stage.want(commit=True)
    assert stage.sent() == []
    other.answer()
    stage.answer()
    stage.pump()
    assert wishes(stage) == [(None, True, None), ("slope", False, None)]


def test_of_two_sweeps_or_grips_that_are_wanted_the_later_one_is_asked_for(stage: Stage) -> None:
    stage.want()
    stage.want(sweep="slope", grip={"name": "place", "x": 1})
    stage.want(sweep="shift")
    stage.want(grip={"name": "place", "x": 2})
    stage.answer()
    stage.pump()
    assert wishes(stage)[1:] == [("shift", False, {"name": "place", "x": 2})]


def test_a_grip_is_known_to_be_on_its_way_from_when_it_is_wanted_until_it_is_answered(stage: Stage) -> None:
    stage.want()
    assert not stage.get("gripping")
    stage.want(grip={"name": "place"})
    assert stage.get("gripping")
    stage.answer()
    stage.pump()
    assert stage.get("gripping")
    assert stage.answer()["grip"] == {"name": "place"}
    assert not stage.get("gripping")


# ---- answers that are none ---------------------------------------------------------------------------


def test_a_message_that_answers_an_earlier_request_leaves_this_one_under_way(
    page: Page, stage: Stage
) -> None:
    stage.want()
    first = stage.sent()[0]["id"]
    stage.answer()
    assert stage.settle(first) is None, "nothing is asked"
    stage.want(commit=True)
    stage.want()
    assert stage.settle(first) is None
    assert stage.settle("another one's") is None
    assert wishes(stage) == [(None, False, None), (None, True, None)]
    passes(page, PATIENCE)
    assert wishes(stage)[2:] == [(None, True, None)]


def test_a_session_that_knows_of_no_request_is_asked_again_for_the_same(stage: Stage) -> None:
    stage.want(sweep="slope", grip={"name": "place"})
    stage.moves_to(1)
    assert stage.settle(None) is None
    assert wishes(stage) == [("slope", False, {"name": "place"})] * 2
    assert [each["values"] for each in stage.sent()] == [0, 1]
    stage.answer()
    assert stage.settle(None) is None, "nothing is asked, and nothing is lost"
    assert len(stage.sent()) == 2


# ---- what is lost ------------------------------------------------------------------------------------


def test_a_request_is_asked_again_when_patience_ends_and_not_before(page: Page, stage: Stage) -> None:
    stage.want(commit=True)
    passes(page, PATIENCE - 1)
    assert len(stage.sent()) == 1
    passes(page, 1)
    assert wishes(stage) == [(None, True, None)] * 2


def test_a_sweep_that_is_lost_is_not_asked_for_again(page: Page, stage: Stage) -> None:
    stage.want(sweep="slope")
    passes(page, PATIENCE)
    assert wishes(stage) == [("slope", False, None), (None, False, None)]


def test_patience_doubles_with_each_loss_and_an_answer_brings_it_back(page: Page, stage: Stage) -> None:
    stage.want(commit=True)
    passes(page, 1000 * PATIENCE)
    gaps = [1, 2, 4, 8, 16, 32, 64, 128, 256]
    times = [each["at"] / PATIENCE for each in stage.sent()]
    assert times == [sum(gaps[:count]) for count in range(len(gaps) + 1)]
    stage.answer()
    stage.want(commit=True)
    asked = len(stage.sent())
    passes(page, PATIENCE)
    assert len(stage.sent()) == asked + 1


def test_the_answer_to_a_request_that_was_taken_for_lost_is_no_answer_to_its_successor(
    page: Page, stage: Stage
) -> None:
    stage.want(commit=True)
    passes(page, PATIENCE)
    first, second = (each["id"] for each in stage.sent())
    assert stage.settle(first) is None
    assert stage.get("busy")
    assert stage.settle(second)["id"] == second


def test_an_answer_ends_the_waiting(page: Page, stage: Stage) -> None:
    stage.want(commit=True)
    stage.answer()
    passes(page, 100 * PATIENCE)
    assert len(stage.sent()) == 1


@pytest.mark.parametrize("loss", ["no answer", "a session that knows nothing"])
def test_what_was_let_go_while_a_request_was_lost_is_committed_with_the_latest_grip(
    page: Page, stage: Stage, loss: str
) -> None:
    stage.want(grip={"name": "place", "x": 1})
    stage.want(grip={"name": "place", "x": 2})
    stage.want(commit=True)
    if loss == "no answer":
        passes(page, PATIENCE)
    else:
        stage.settle(None)
    assert wishes(stage)[1:] == [(None, True, {"name": "place", "x": 2})]


# ---- turns -------------------------------------------------------------------------------------------


def test_of_all_stages_one_asks_at_a_time_and_they_take_turns(page: Page) -> None:
    stages = [Stage(page, name) for name in ("one", "two", "three")]
    for stage in stages:
        stage.want()
    for _ in range(2):
        for stage in stages:
            stage.want()
            stage.answer()
            stage.pump()
    order = [each["stage"] for each in page.evaluate("world.sent")]
    assert order == ["one", "two", "three"] * 2 + ["one"]


def test_a_stage_that_is_lost_lets_the_next_one_ask(page: Page) -> None:
    one, two = Stage(page, "one"), Stage(page, "two")
    one.want(commit=True)
    two.want()
    passes(page, PATIENCE)
    assert [each["stage"] for each in page.evaluate("world.sent")] == ["one", "two"]
    two.answer()
    assert wishes(one) == [(None, True, None)] * 2


@pytest.mark.parametrize("closed", ["the one that asks", "the one that waits"])
def test_a_stage_that_is_closed_asks_nothing_more_and_keeps_nobody_waiting(page: Page, closed: str) -> None:
    one, two, three = (Stage(page, name) for name in ("one", "two", "three"))
    for stage in (one, two, three):
        stage.want()
    gone, left = (one, two) if closed == "the one that asks" else (two, one)
    gone.close()
    gone.want(commit=True)
    asked = len(gone.sent())
    left.answer()
    assert len(three.sent()) == 1
    three.answer()
    passes(page, 10 * PATIENCE)
    assert len(gone.sent()) == asked
    assert not left.get("busy")


def test_a_stage_that_was_closed_and_is_there_again_asks_again(stage: Stage) -> None:
    stage.want()
    stage.close()
    stage.settle(None)
    assert len(stage.sent()) == 1, "what it asked for was for the one that has gone"
    stage.want(commit=True)
    assert wishes(stage)[1:] == [(None, True, None)]


# ---- the rest of a sweep -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "more", [{"commit": True}, {"sweep": "bias"}, {}], ids=["a commit", "a sweep", "a picture"]
)
def test_the_rest_of_a_sweep_keeps_nothing_else_waiting(stage: Stage, more: dict[str, Any]) -> None:
    stage.want(sweep="weight", rest=True)
    rest = stage.sent()[-1]
    assert (rest["sweep"], rest["rest"]) == ("weight", True)
    stage.want(**more)
    latest = stage.sent()[-1]
    assert latest["id"] != rest["id"]
    assert {name: latest[name] for name in more} == more
    assert "rest" not in latest
    assert stage.settle(rest["id"]) is None
    assert stage.answer()["id"] == latest["id"]
    assert not stage.get("busy")


def test_a_sweep_that_is_asked_for_the_first_time_is_waited_for(stage: Stage) -> None:
    stage.want(sweep="weight")
    stage.want(commit=True)
    assert len(stage.sent()) == 1


def test_who_waits_for_its_turn_is_not_passed_by_a_stage_that_gives_up_the_rest(page: Page) -> None:
    one, other = Stage(page, "one"), Stage(page, "other")
    one.want(sweep="weight", rest=True)
    other.want(sweep="bias")
    one.want(commit=True)
    assert other.sent() == []
    one.answer()
    assert [each["sweep"] for each in other.sent()] == ["bias"]
