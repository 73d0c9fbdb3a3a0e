"""Turns: what takes long is computed for one visitor at a time, and whoever let go of a knob comes first.

Small calls of NumPy's give the interpreter's lock away and have to get it back. Threads that all compute at
once slow one another down many times over; one after the other, each has its answer sooner.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock
from time import perf_counter

# How long a turn lasts where others wait, and how long it may stand aside beyond what it has computed.
SLICE_S, GRACE_S = 0.1, 0.02
# How long what is only prepared stands behind all others, and how long each turn of it lasts after that.
PREPARED_S, PREPARED_SLICE_S = 1.5, 0.02
# How often one looks whether the answer is still wanted: who waits, and who computes. Who has let go
# of a knob waits for that.
LOOK_S, GLANCE_S = 0.04, 0.01

Look = Callable[[], object]

# The time of this thread alone, where the system counts it: others may compute meanwhile.
clock = getattr(time, "thread_time", perf_counter)


def wanted() -> None:
    """A look that finds the answer wanted, always."""


class Turns:
    """A row of those who wait; the first in it computes.

    Whoever has had a turn goes to the end, so nobody has two while another waits for one. What is only
    prepared stands behind all that somebody waits for, but not for ever.
    """

    def __init__(self) -> None:
        self.calm = Event()
        self.calm.set()
        self._changing = Lock()
        self._row: list[Turn] = []
        self._n_first = 0

    def __len__(self) -> int:
        """How many are in the row."""
        return len(self._row)

    @contextmanager
    def turn(self, look: Look = wanted, prepared: bool = False) -> Iterator[Turn]:
        """Wait for a turn; it is given back at the end, whatever happens.

        look: raises where nobody wants the answer any more; called while it waits, and between bits of work.
        prepared: whether nobody waits for the answer yet, who may do so soon.
        """
        turn = Turn(self, look, prepared)
        try:
            self.wait(turn)
            yield turn
        finally:
            self.leave(turn)

    @contextmanager
    def first(self) -> Iterator[None]:
        """Compute at once, with no turn: whoever has one stands aside meanwhile."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def _count(self, change: int) -> None:
        with self._changing:
            self._n_first += change
            if self._n_first:
                self.calm.clear()
            else:
                self.calm.set()

    def wait(self, turn: Turn) -> None:
        """Go to the end of the row, also from within it, and wait until all before are gone.

        Who computes stays in front of the row until it gives way.
        """
        with self._changing:
            self._leave(turn)
            ahead = sum(each.come.is_set() or each.prepared <= turn.prepared for each in self._row)
            self._row.insert(ahead, turn)
            self._row[0].come.set()
        while not turn.come.wait(LOOK_S):
            turn.look()

    def sooner(self, turn: Turn) -> bool:
        """Whether the one whose turn it is prepares, and somebody waits."""
        with self._changing:
            return turn.prepared and any(not each.prepared for each in self._row)

    def leave(self, turn: Turn) -> None:
        """Go out of the row, wherever one stands."""
        with self._changing:
            self._leave(turn)
            if self._row:
                self._row[0].come.set()

    def _leave(self, turn: Turn) -> None:
        turn.come.clear()
        if turn in self._row:
            self._row.remove(turn)


class Turn:
    """A turn: `pause` is called between two bits of the work."""

    def __init__(self, turns: Turns, look: Look, prepared: bool) -> None:
        self.look, self.come = look, Event()
        self._behind_until = perf_counter() + PREPARED_S if prepared else 0.0
        self._slice = PREPARED_SLICE_S if prepared else SLICE_S
        self._turns = turns
        self._began = self._sliced = clock()
        self._looked = -GLANCE_S
        self._aside = 0.0

    @property
    def prepared(self) -> bool:
        """Whether it stands behind those whose answer somebody waits for."""
        return perf_counter() < self._behind_until

    def pause(self) -> None:
        """Look whether the work is wanted; stand aside for who comes first, and for the next in the row."""
        now = clock()
        if now - self._looked >= GLANCE_S:
            self.look()
            self._looked = now
        if not self._turns.calm.is_set():
            self._stand_aside()
        if len(self._turns) > 1 and (now - self._sliced >= self._slice or self._turns.sooner(self)):
            self._turns.wait(self)
            self._sliced = clock()

    def _stand_aside(self) -> None:
        """Wait for those who come first, but in all no longer than was computed: nobody is kept for ever."""
        most = GRACE_S + clock() - self._began - self._aside
        if most > 0:
            began = perf_counter()
            self._turns.calm.wait(most)
            self._aside += perf_counter() - began


# Those of this server.
TURNS = Turns()
