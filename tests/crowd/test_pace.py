"""Who asks faster than a hand can waits each time, nobody else does, and the log stays short."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from pages.shared.crowd import pace as module
from pages.shared.crowd.pace import (
    AT_ONCE,
    COMMIT,
    EACH_SECOND,
    PAGE,
    PICTURE,
    QUIET_S,
    SWEEP,
    Pace,
    Seldom,
    seldom,
)

ROOT = Path(__file__).parents[2]


class Clock:
    """A clock that only waiting, and the test, move on."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waited: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made_up = Clock()
    monkeypatch.setattr(module, "monotonic", lambda: made_up.now)
    monkeypatch.setattr(module, "sleep", made_up.sleep)
    module.SELDOM.forget()
    return made_up


def test_a_drag_of_sixty_pictures_a_second_never_waits(clock: Clock) -> None:
    pace = Pace()
    for _ in range(6000):
        pace.keep(PICTURE)
        clock.now += 1 / 60
    assert clock.waited == []


def test_a_dozen_sweeps_at_once_and_some_in_every_second_do_not_wait(clock: Clock) -> None:
    pace = Pace()
    for _ in range(int(AT_ONCE / SWEEP)):
        pace.keep(SWEEP)
    for _ in range(100):
        clock.now += 1.001 * SWEEP / EACH_SECOND
        pace.keep(SWEEP)
    assert clock.waited == []


@pytest.mark.parametrize("cost", [PICTURE, PAGE, COMMIT, SWEEP])
def test_of_a_flood_no_more_is_answered_in_a_second_than_its_share(clock: Clock, cost: float) -> None:
    pace = Pace()
    for _ in range(int(AT_ONCE / cost)):
        pace.keep(cost)
    for _ in range(60):
        pace.keep(cost)
    assert clock.now == pytest.approx(60 * cost / EACH_SECOND)
    assert max(clock.waited) == pytest.approx(cost / EACH_SECOND), "it waits a moment, not for ever"


def test_after_a_flood_a_hand_is_served_at_once_again(clock: Clock) -> None:
    pace = Pace()
    for _ in range(100):
        pace.keep(SWEEP)
    clock.waited.clear()
    clock.now += AT_ONCE / EACH_SECOND
    pace.keep(SWEEP)
    assert clock.waited == []


def test_a_flood_is_one_line_a_minute(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    pace = Pace()
    while clock.now < 1.5 * QUIET_S:
        pace.keep(SWEEP)
    assert [each.getMessage() for each in caplog.records] == [
        "a visitor asks faster than a hand can, and waits each time"
    ] * 2


def test_of_lines_that_visitors_cause_there_are_few_of_each_kind_in_a_minute(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    logger = seldom("a test of few lines")
    assert seldom("a test of few lines") is logger
    for number in range(100):
        logger.warning("no picture at %s", number)
    logger.warning("something else")
    told = [each.getMessage() for each in caplog.records]
    assert told[:2] == ["no picture at 0", "no picture at 1"]
    assert told[-2:] == ["no picture at 19 (more of these are left out for a minute)", "something else"]
    assert len(told) == Seldom.MOST + 1
    clock.now += QUIET_S
    logger.warning("no picture at %s", 100)
    assert caplog.records[-1].getMessage() == "no picture at 100"
    logging.getLogger("a test of few lines").filters.clear()


@pytest.mark.parametrize("request_", [{}, {"commit": True}, {"sweep": "n"}, {"hint": "any"}])
def test_runs_of_a_page_and_releases_are_paced_whatever_is_asked(
    request_: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of those that come while one waits Streamlit makes one, so that a flood of them is none of runs."""
    costs: list[float] = []
    monkeypatch.setattr(Pace, "keep", lambda pace, cost: costs.append(cost))
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert costs == [PAGE]
    at.session_state["home"] = {"request": {"id": "1", "values": {}, **request_}}
    at.run()
    dear = {"sweep": SWEEP, "hint": SWEEP, "commit": COMMIT}
    assert costs == [PAGE, PAGE, *(dear[each] for each in request_)] if request_ else [PAGE, PAGE, PICTURE]
    assert not config.get_option("runner.fastReruns")
