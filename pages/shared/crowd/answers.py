"""Answers: what was computed for one visitor is there for all who ask the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Event, Lock
from typing import Generic, TypeVar

from pages.shared.crowd.turns import LOOK_S, Look, wanted

# What is counted for an answer's name and place, beside its own bytes.
PLACE_BYTES = 500

Answer = TypeVar("Answer", bound=bytes | str | None)


@dataclass(frozen=True)
class Tally:
    """How often an answer was there for who asked, and how much is kept.

    hits: it was kept, or being computed for another visitor. misses: it was computed.
    n_kept, n_bytes: the answers kept now.
    """

    hits: int
    misses: int
    n_kept: int
    n_bytes: int

    @property
    def hit_rate(self) -> float | None:
        """The share of those who asked for whom it had not to be computed; None before anybody has."""
        asked = self.hits + self.misses
        return self.hits / asked if asked else None


class Answers(Generic[Answer]):
    """The latest answers, as many as fit into so many bytes; each is computed for one visitor at a time."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._changing = Lock()
        self._kept: dict[Hashable, Answer] = {}
        self._under_way: dict[Hashable, Event] = {}
        self._hits = self._misses = self._n_bytes = 0

    def of(self, question: Hashable, compute: Callable[[], Answer], look: Look = wanted) -> Answer:
        """The answer to the question: as it is kept, or computed.

        While another visitor has it computed this one waits; where the other leaves without an answer, the
        next one computes. look: raises where this visitor does not want it any more; called while waiting.
        """
        while True:
            with self._changing:
                if question in self._kept:
                    return self._again(question)
                under_way = self._under_way.get(question)
                if under_way is None:
                    under_way = self._under_way[question] = Event()
                    break
            if not under_way.wait(LOOK_S):
                look()
        try:
            return self._keep(question, compute())
        finally:
            with self._changing:
                self._under_way.pop(question).set()

    def knows(self, question: Hashable) -> bool:
        """Whether the answer is kept, or being computed."""
        with self._changing:
            return question in self._kept or question in self._under_way

    def tally(self) -> Tally:
        """How it stands."""
        with self._changing:
            return Tally(self._hits, self._misses, len(self._kept), self._n_bytes)

    def forget(self) -> None:
        """Keep none of the answers any more."""
        with self._changing:
            self._kept.clear()
            self._n_bytes = 0

    def _again(self, question: Hashable) -> Answer:
        """An answer that is kept; it is the last one to be forgotten now."""
        answer = self._kept[question] = self._kept.pop(question)
        self._hits += 1
        return answer

    def _keep(self, question: Hashable, answer: Answer) -> Answer:
        """Keep a new answer, and forget those that nobody has asked for the longest."""
        with self._changing:
            self._misses += 1
            self._kept[question] = answer
            self._n_bytes += _size(answer)
            while self._n_bytes > self._most_bytes:
                self._n_bytes -= _size(self._kept.pop(next(iter(self._kept))))
        return answer


def _size(answer: bytes | str | None) -> int:
    return PLACE_BYTES + len(answer or b"")
