"""Pace: who asks faster than a hand can waits a moment each time, and the log says so once a minute."""

from __future__ import annotations

import logging
from time import monotonic, sleep

# What a hand may ask for at once, and in each second: a picture counts 1.
AT_ONCE, EACH_SECOND = 120.0, 60.0
PICTURE, PAGE, COMMIT, SWEEP = 1.0, 3.0, 5.0, 10.0
QUIET_S = 60.0


class Pace:
    """How fast one visitor asks.

    While a request waits, Streamlit joins all that come after it into one: of a flood few are answered.
    """

    def __init__(self) -> None:
        self._left = AT_ONCE
        self._asked = monotonic()
        self._told = -QUIET_S

    def keep(self, cost: float) -> None:
        """Wait until a request that counts so much is due."""
        now = monotonic()
        self._left = min(AT_ONCE, self._left + (now - self._asked) * EACH_SECOND) - cost
        self._asked = now
        if self._left < 0:
            self._tell(now)
            sleep(-self._left / EACH_SECOND)

    def _tell(self, now: float) -> None:
        if now - self._told >= QUIET_S:
            logging.getLogger(__name__).warning("a visitor asks faster than a hand can, and waits each time")
            self._told = now


class Seldom(logging.Filter):
    """Lets few lines of each kind through in a minute, whoever causes them."""

    MOST = 20

    def __init__(self) -> None:
        super().__init__()
        self.forget()

    def forget(self) -> None:
        """Begin a new minute."""
        self._since = monotonic()
        self._n: dict[str, int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written; the last one of its kind in this minute says that it is."""
        if monotonic() - self._since >= QUIET_S:
            self.forget()
        kind = str(record.msg)
        n = self._n[kind] = self._n.get(kind, 0) + 1
        if n == self.MOST:
            record.msg = f"{kind} (more of these are left out for a minute)"
        return n <= self.MOST


SELDOM = Seldom()


def seldom(name: str) -> logging.Logger:
    """The logger of that name, for what visitors can cause at will: its lines are bounded."""
    logger = logging.getLogger(name)
    logger.addFilter(SELDOM)
    return logger
