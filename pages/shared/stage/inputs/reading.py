"""Reading what somebody typed or linked: numbers as people write them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

# Between the cells and the rows of a link stands what no program escapes or takes for the end of the link.
# Rows had a tilde between them once, and some programs do that to a tilde.
BETWEEN_CELLS, BETWEEN_ROWS, ONCE = "_", "__", "~"


class Reading(NamedTuple):
    """A valid value, and what was wrong with the one that was given (None where nothing was)."""

    value: Any
    complaint: str | None = None


def rows_of(text: str) -> list[str]:
    """The rows of a table in a link; their cells have BETWEEN_CELLS between them."""
    return text.split(ONCE if ONCE in text else BETWEEN_ROWS)


def linked_rows(rows: Iterable[Iterable[str]]) -> str:
    """The table as a link says it."""
    return BETWEEN_ROWS.join(map(BETWEEN_CELLS.join, rows))


def shown(given: object) -> str:
    """What was given, in quotation marks and not too long."""
    text = str(given)
    return f"“{text[:30]}…”" if len(text) > 30 else f"“{text}”"


def written(value: float, digits: int) -> str:
    """The shortest text for a number of that many digits: 1.50 is 1.5, and -0 is 0."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
