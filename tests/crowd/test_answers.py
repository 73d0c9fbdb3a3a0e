"""Equal questions are answered once, for all who ask, within a bound of bytes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from threading import Event, Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared.crowd import answers as module
from pages.shared.crowd.answers import PLACE_BYTES, Answers, Tally

LONG_S = 10


class Left(BaseException):
    """The visitor has left."""


class Computing:
    """Work that says when it has begun, and ends when it may."""

    def __init__(self, answer: bytes, fails: type[BaseException] | None = None) -> None:
        self.answer, self.fails, self.times = answer, fails, 0
        self.begun, self.may_end = Event(), Event()

    def __call__(self) -> bytes:
        self.times += 1
        self.begun.set()
        assert self.may_end.wait(LONG_S)
        if self.fails:
            raise self.fails
        return self.answer


def never() -> bytes:
    raise AssertionError("this was known")


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers[bytes]:
    monkeypatch.setattr(module, "LOOK_S", 0.001)
    return Answers(10_000)


@pytest.fixture
def visit() -> Iterator[Callable[..., list[Any]]]:
    """Asks in a thread of its own: what it got, or what was raised, will be in the list."""
    threads = []

    def ask(*asked: Any) -> list[Any]:
        answers, *rest = asked
        got: list[Any] = []

        def run() -> None:
            try:
                got.append(answers.of(*rest))
            except BaseException as error:
                got.append(type(error))

        threads.append(Thread(target=run, daemon=True))
        threads[-1].start()
        return got

    ask.end = lambda: [each.join(LONG_S) for each in threads]  # type: ignore[attr-defined]
    yield ask
    assert not any(each.is_alive() for each in threads)


def test_an_answer_is_computed_once_and_then_known(answers: Answers[bytes]) -> None:
    assert answers.of("a", lambda: b"1") == b"1"
    assert answers.of("a", never) == b"1"
    assert answers.of("b", lambda: b"2") == b"2"
    assert answers.tally() == Tally(hits=1, misses=2, n_kept=2, n_bytes=2 + 2 * PLACE_BYTES)


def test_that_there_is_no_answer_is_known_too() -> None:
    nothing: Answers[bytes | None] = Answers(10_000)
    assert nothing.of("a", lambda: None) is None
    assert nothing.of("a", never) is None


def test_who_asks_meanwhile_waits_for_the_answer_of_the_first(answers: Answers[bytes], visit: Any) -> None:
    computing = Computing(b"1")
    first = visit(answers, "a", computing)
    assert computing.begun.wait(LONG_S)
    looked = Event()
    others = [visit(answers, "a", never, looked.set) for _ in range(3)]
    assert looked.wait(LONG_S), "who waits looks whether it is still wanted"
    computing.may_end.set()
    visit.end()
    assert [*first, *others[0], *others[1], *others[2]] == [b"1"] * 4
    assert answers.tally().hits == 3


def test_who_waits_is_told_as_soon_as_the_answer_is_there(
    answers: Answers[bytes], visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = Event()

    class Told(Event):
        def wait(self, timeout: float | None = None) -> bool:
            waiting.set()
            return super().wait(timeout)

    monkeypatch.setattr(module, "Event", Told)
    monkeypatch.setattr(module, "LOOK_S", 100.0 * LONG_S)
    computing = Computing(b"1")
    visit(answers, "a", computing)
    assert computing.begun.wait(LONG_S)
    second = visit(answers, "a", never)
    assert waiting.wait(LONG_S)
    computing.may_end.set()
    visit.end()
    assert second == [b"1"]


def test_who_asks_something_else_does_not_wait(answers: Answers[bytes], visit: Any) -> None:
    computing = Computing(b"1")
    visit(answers, "a", computing)
    assert computing.begun.wait(LONG_S)
    assert answers.of("b", lambda: b"2") == b"2"
    computing.may_end.set()
    visit.end()


@pytest.mark.parametrize("fails", [Left, ValueError])
def test_where_the_first_leaves_without_an_answer_the_next_computes_it(
    answers: Answers[bytes], visit: Any, fails: type[BaseException]
) -> None:
    computing, looked = Computing(b"", fails), Event()
    first = visit(answers, "a", computing)
    assert computing.begun.wait(LONG_S)
    second = visit(answers, "a", lambda: b"2", looked.set)
    assert looked.wait(LONG_S)
    computing.may_end.set()
    visit.end()
    assert (first, second) == ([fails], [b"2"])
    assert answers.of("a", never) == b"2"


def test_who_leaves_while_waiting_disturbs_nobody(answers: Answers[bytes], visit: Any) -> None:
    def leave() -> None:
        raise Left

    computing = Computing(b"1")
    first = visit(answers, "a", computing)
    assert computing.begun.wait(LONG_S)
    second = visit(answers, "a", never, leave)
    while not second:
        time.sleep(0)
    computing.may_end.set()
    visit.end()
    assert (first, second) == ([b"1"], [Left])


@given(sizes=st.lists(st.integers(0, 4000), max_size=20))
def test_no_more_bytes_are_kept_than_the_bound_and_the_latest_are(sizes: list[int]) -> None:
    small: Answers[bytes] = Answers(5000)
    for name, size in enumerate(sizes):
        small.of(name, lambda size=size: bytes(size))  # type: ignore[misc]
    kept, room = 0, 5000
    for size in reversed(sizes):
        room -= size + PLACE_BYTES
        if room < 0:
            break
        kept += 1
    assert small.tally() == Tally(0, len(sizes), kept, sum(sizes[len(sizes) - kept :]) + kept * PLACE_BYTES)


def test_what_is_asked_for_again_is_forgotten_last() -> None:
    small: Answers[bytes] = Answers(2 * PLACE_BYTES + 20)
    small.of("a", lambda: bytes(10))
    small.of("b", lambda: bytes(10))
    small.of("a", never)
    small.of("c", lambda: bytes(10))
    assert small.of("a", never) == bytes(10)
    assert small.of("b", lambda: b"anew") == b"anew"


def test_what_was_forgotten_is_computed_anew(answers: Answers[bytes]) -> None:
    answers.of("a", lambda: b"1")
    answers.forget()
    assert answers.tally() == Tally(0, 1, 0, 0)
    assert answers.of("a", lambda: b"2") == b"2"
