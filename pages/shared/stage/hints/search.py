"""The search: how a task is done from the state on the screen, found by trying.

A picture is a pure function of its values, so every move can be tried. Tried are all moves alone; a descent,
the move that leaves the least to be missing, again and again; and the ways to states that are known to do it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from pages.shared.crowd.turns import clock
from pages.shared.stage.hints.moves import FEW, Move, State, move, moves
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.input import Input
from pages.shared.stage.picture import Verdict
from pages.shared.stage.sweep import Draw, UnlikeFramesError, differences, frame

MOST_SECONDS = 1.5
MOST_MOVES = 8

Way = tuple[Move, ...]
Goals = Callable[[State], Iterable[State]]


class OutOfTimeError(Exception):
    """There is no time to try any more."""


@dataclass(eq=False)
class Search:
    """What is known of a task in the states that were tried.

    Each is tried once. After `MOST_SECONDS` of computing, `verdict` raises OutOfTimeError.
    """

    draw: Draw
    inputs: Mapping[str, Input]
    task: str
    known: dict[tuple[Any, ...], Verdict] = field(default_factory=dict)
    began: float = field(default_factory=clock)

    def verdict(self, state: State) -> Verdict:
        """How the task stands there; where there is no picture, or none with this task, it is not done."""
        key = tuple(state.values())
        if key not in self.known:
            if clock() - self.began > MOST_SECONDS:
                raise OutOfTimeError
            self.known[key] = self._tried(state)
        return self.known[key]

    def _tried(self, state: State) -> Verdict:
        try:
            return self.draw(**state).tasks.get(self.task, Verdict(False, ""))
        except ValueError:
            return Verdict(False, "")

    def missing(self, state: State) -> float:
        """How much there is still missing: 0 where it is done, infinite where the task cannot say."""
        verdict = self.verdict(state)
        if verdict.done:
            return 0.0
        return math.inf if verdict.miss is None or not math.isfinite(verdict.miss) else verdict.miss

    def shows(self, state: State, tried: Move) -> bool:
        """Whether a move changes anything that is seen: a control that is idle does not."""
        frames = [frame(self.draw, each) for each in (state, tried.made(state))]
        try:
            return next(differences(frames), None) is not None
        except UnlikeFramesError:
            return True

    # ---- one move -----------------------------------------------------------------------------------

    def alone(self, state: State) -> Move | None:
        """The nearest of the moves that do it alone; None where none was found.

        All moves are tried only where nothing is measured: else they are tried around the best.
        """
        done = self._done(state, self._coarse(state))
        if not done and math.isinf(self.missing(state)):
            done = self._done(state, self._all(state))
        return min(done, key=lambda each: each.far, default=None)

    def best(self, state: State) -> Move | None:
        """The move that leaves the least to be missing; None where none leaves less than there is."""
        tried = [(self.missing(each.made(state)), each) for each in self._coarse(state)]
        missing, found = min(tried, key=lambda each: (each[0], each[1].far), default=(math.inf, None))
        return found if missing < self.missing(state) else None

    def _done(self, state: State, tried: Iterable[Move]) -> list[Move]:
        return [each for each in tried if self.missing(each.made(state)) == 0.0]

    def _all(self, state: State) -> Iterator[Move]:
        for turns in moves(self.inputs, state):
            yield from turns

    def _coarse(self, state: State) -> Iterator[Move]:
        """Of every input a few moves, evenly, and all around the best of them."""
        for turns in moves(self.inputs, state):
            stride = -(-len(turns) // FEW)
            few = [*turns[::stride], *turns[-1:]]
            yield from few
            if stride > 1:
                best = min(few, key=lambda each: (self.missing(each.made(state)), each.far))
                at = turns.index(best)
                yield from turns[max(0, at - stride + 1) : at + stride]

    # ---- several moves ------------------------------------------------------------------------------

    def descent(self, state: State) -> Way:
        """The moves that leave ever less to be missing, until it is done; none where they get stuck."""
        way: list[Move] = []
        while self.missing(state) and len(way) < MOST_MOVES:
            found = self.best(state)
            if found is None:
                return ()
            way.append(found)
            state = found.made(state)
        return () if self.missing(state) else tuple(way)

    def pair(self, state: State) -> Way:
        """Two moves that do it, the first of them the one of those tried that leaves least to be missing."""
        firsts = sorted(self._coarse(state), key=lambda each: self.missing(each.made(state)))
        for first in firsts:
            done = self._done(first.made(state), self._coarse(first.made(state)))
            if done:
                return first, min(done, key=lambda each: each.far)
        return ()

    def toward(self, state: State, goal: State) -> Way:
        """The moves to a state in which it is done, without those that are not needed; choices come first."""
        if self.missing(goal):
            return ()
        for name in self.inputs:
            kept = {**goal, name: state[name]}
            goal = goal if self.missing(kept) else kept
        names = [name for name in self.inputs if goal[name] != state[name]]
        names.sort(key=lambda name: not isinstance(self.inputs[name], Choice))
        return tuple(move(self.inputs, state, name, goal[name]) for name in names)


def way(search: Search, state: State, goals: Goals) -> tuple[Way, bool]:
    """The shortest way that was found, and whether the task is done at its end.

    goals: from a state others that may do it. Where it is done already the way is empty. The first move is
    one that shows. Where there is no way to the end, one move that leaves less to be missing; none where
    there is none either, or no time.
    """
    found: list[Way] = []
    nearer = None
    with suppress(OutOfTimeError):
        if search.verdict(state).done:
            return (), True
        for each in _ways(search, state, goals(state)):
            found += [each] if each else []
            if len(each) == 1:
                break
    with suppress(OutOfTimeError):
        nearer = None if found else search.best(state)
        pair = () if found else search.pair(state)
        found += [pair] if pair else []
    if found:
        return _shown_first(search, state, min(found, key=len)), True
    return ((nearer,) if nearer else ()), False


def _ways(search: Search, state: State, goals: Iterable[State]) -> Iterator[Way]:
    """The ways to the goals, one move alone, the descent from here, and the way to where another ends."""
    first = {name: each.value for name, each in search.inputs.items()}
    for goal in (*goals, first):
        yield search.toward(state, goal)
    single = search.alone(state)
    yield () if single is None else (single,)
    yield search.descent(state)
    for goal in _ends(first, search.descent(first)):
        yield search.toward(state, goal)


def _ends(state: State, found: Way) -> Iterator[State]:
    """The state at the end of a way, if there is one."""
    for each in found:
        state = each.made(state)
    if found:
        yield state


def _shown_first(search: Search, state: State, found: Way) -> Way:
    """The same moves, the first of them one that shows."""
    first = next((each for each in found if search.shows(state, each)), found[0])
    return (first, *(each for each in found if each is not first))
