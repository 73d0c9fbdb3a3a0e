"""Turns are taken in a row, given back whatever happens, and given way to who comes first.

No test reads a clock: the time that a turn has computed is made up, and threads meet at events.
"""

from __future__ import annotations

import runpy
import time
from collections.abc import Callable, Iterator
from threading import Event, Thread

import pytest

from pages.shared.crowd import turns as module
from pages.shared.crowd.turns import GRACE_S, PREPARED_SLICE_S, SLICE_S, Turn, Turns

LONG_S = 30


class Left(BaseException):
    """The visitor has left."""


class World:
    """A clock that stands unless a test moves it, and the threads of a test."""

    def __init__(self) -> None:
        self.now = 0.0
        self.turns = Turns()
        self.done: list[str] = []
        self.threads: list[Thread] = []

    def start(self, work: Callable[[], object]) -> Thread:
        thread = Thread(target=work, daemon=True)
        self.threads.append(thread)
        thread.start()
        return thread

    def visitor(
        self, name: str, look: Callable[[], object] = module.wanted, prepared: bool = False
    ) -> Thread:
        """A visitor who wants one turn, and says when it has come; this returns when it waits in the row."""
        before = len(self.turns)

        def work() -> None:
            with self.turns.turn(look, prepared):
                self.done.append(name)

        thread = self.start(work)
        while len(self.turns) == before and thread.is_alive():
            time.sleep(0)
        return thread

    def all_done(self) -> bool:
        for thread in self.threads:
            thread.join(LONG_S)
        return not any(thread.is_alive() for thread in self.threads) and len(self.turns) == 0


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    made_up = World()
    monkeypatch.setattr(module, "clock", lambda: made_up.now)
    monkeypatch.setattr(module, "LOOK_S", 0.001)
    monkeypatch.setattr(module, "PREPARED_S", LONG_S)
    yield made_up
    assert made_up.all_done()


# ---- the row --------------------------------------------------------------------------------------


def test_who_comes_first_is_served_first(world: World) -> None:
    with world.turns.turn():
        for name in "abc":
            world.visitor(name)
        assert world.done == []
    assert world.all_done()
    assert world.done == ["a", "b", "c"]


def test_who_has_had_a_turn_waits_behind_those_who_have_had_none(world: World) -> None:
    with world.turns.turn():
        world.visitor("another")
    with world.turns.turn():
        assert world.done == ["another"]


def test_a_turn_is_given_back_where_the_work_fails(world: World) -> None:
    with pytest.raises(ZeroDivisionError), world.turns.turn():
        raise ZeroDivisionError
    with world.turns.turn():
        assert len(world.turns) == 1


def test_who_leaves_while_waiting_keeps_nobody_waiting(world: World) -> None:
    gone, left = Event(), Event()

    def look() -> None:
        if gone.is_set():
            raise Left

    def visit() -> None:
        try:
            with world.turns.turn(look):
                world.done.append("one who had left")
        except Left:
            left.set()

    with world.turns.turn():
        world.start(visit)
        while len(world.turns) < 2:
            time.sleep(0)
        world.visitor("b")
        gone.set()
        assert left.wait(LONG_S)
        assert len(world.turns) == 2
    assert world.all_done()
    assert world.done == ["b"]


def test_who_leaves_while_computing_keeps_nobody_waiting(world: World) -> None:
    def leave() -> None:
        raise Left

    def compute() -> None:
        with world.turns.turn(leave) as turn:
            world.visitor("b")
            turn.pause()

    with pytest.raises(Left):
        compute()
    assert world.all_done()
    assert world.done == ["b"]


# ---- a long work ----------------------------------------------------------------------------------


def test_a_long_work_lets_those_who_wait_pass_after_its_slice(world: World) -> None:
    with world.turns.turn() as turn:
        for name in "ab":
            world.visitor(name)
        turn.pause()
        assert world.done == []
        world.now += SLICE_S
        turn.pause()
        assert world.done == ["a", "b"]


def test_two_long_works_take_turns_slice_by_slice(world: World) -> None:
    def long(turn: Turn, name: str) -> None:
        for _ in range(3):
            world.done.append(name)
            world.now += 2 * SLICE_S
            turn.pause()

    def other() -> None:
        with world.turns.turn() as turn:
            long(turn, "b")

    with world.turns.turn() as turn:
        world.start(other)
        while len(world.turns) < 2:
            time.sleep(0)
        long(turn, "a")
    assert world.all_done()
    assert world.done == ["a", "b", "a", "b", "a", "b"]


def test_alone_a_work_goes_on_however_long_it_takes(world: World) -> None:
    with world.turns.turn() as turn:
        for _ in range(10):
            world.now += SLICE_S
            turn.pause()
        assert len(world.turns) == 1


def test_what_is_only_prepared_stands_behind_all_that_somebody_waits_for(world: World) -> None:
    with world.turns.turn():
        world.visitor("the rest", prepared=True)
        world.visitor("another rest", prepared=True)
        for name in "ab":
            world.visitor(name)
    assert world.all_done()
    assert world.done == ["a", "b", "the rest", "another rest"]


def test_what_is_only_prepared_gives_way_at_once(world: World) -> None:
    with world.turns.turn(prepared=True) as turn:
        world.visitor("another rest", prepared=True)
        turn.pause()
        assert world.done == []
        world.visitor("a")
        turn.pause()
        assert world.done == ["a", "another rest"]


def test_what_is_prepared_for_long_stands_in_the_row_like_all_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PREPARED_S", 0.0)
    with world.turns.turn():
        world.visitor("the rest", prepared=True)
        world.visitor("a")
    assert world.all_done()
    assert world.done == ["the rest", "a"]


def test_what_is_prepared_for_long_lets_those_who_wait_pass_sooner(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PREPARED_S", 0.0)
    with world.turns.turn(prepared=True) as turn:
        world.visitor("a")
        world.now += PREPARED_SLICE_S
        assert PREPARED_SLICE_S < SLICE_S
        turn.pause()
        assert world.done == ["a"]


# ---- who comes first ------------------------------------------------------------------------------


def test_who_comes_first_waits_for_no_turn(world: World) -> None:
    with world.turns.turn(), world.turns.first():
        world.done.append("first")
    assert world.done == ["first"]


def test_a_turn_stands_aside_until_all_are_done_who_come_first(world: World) -> None:
    began = Event()

    def compute() -> None:
        with world.turns.turn() as turn:
            world.now += LONG_S
            began.set()
            turn.pause()
            world.done.append("sweep")

    with world.turns.first():
        with world.turns.first():
            world.start(compute)
            assert began.wait(LONG_S)
        world.done.append("commit")
    assert world.all_done()
    assert world.done == ["commit", "sweep"]


def test_in_all_a_turn_stands_aside_no_longer_than_it_computes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many come first, half of the time is left for the work: nobody is kept waiting for ever."""
    wall, asked = [0.0], []

    def wait(seconds: float) -> None:
        asked.append(seconds)
        wall[0] += seconds

    monkeypatch.setattr(module, "perf_counter", lambda: wall[0])
    monkeypatch.setattr(world.turns.calm, "wait", wait)
    with world.turns.first(), world.turns.turn() as turn:
        for _ in range(5):
            world.now += 0.5
            turn.pause()
            turn.pause()
    assert asked == pytest.approx([GRACE_S + 0.5, 0.5, 0.5, 0.5, 0.5])


def test_where_nobody_comes_first_nobody_stands_aside(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with world.turns.first():
        pass
    monkeypatch.setattr(world.turns.calm, "wait", lambda seconds: world.done.append("waited"))
    with world.turns.turn() as turn:
        turn.pause()
    assert world.done == []


def test_without_a_clock_of_the_thread_that_of_the_wall_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def clock() -> object:
        return runpy.run_path(str(module.__file__))["clock"]

    assert clock() is time.thread_time
    monkeypatch.delattr(time, "thread_time")
    assert clock() is time.perf_counter
