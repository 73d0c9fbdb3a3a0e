"""Reading what somebody typed or linked: numbers as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

# Between the cells and the rows of a link stands what no program escapes or takes for the end of the link.
# Rows had a tilde between them once, and some programs do that to a tilde.
BETWEEN_CELLS, BETWEEN_ROWS, ONCE = "_", "__", "~"
NEEDS_ESCAPE = re.compile(r"[^A-Za-z0-9.-]+|[.]$")
ESCAPE = re.compile(r"(?:_[0-9A-F]{2})+")


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


def escaped(text: str) -> str:
    """The text in characters that no program escapes or takes for the end of a link; `unescaped` undoes it.

    Each byte of another character, in UTF-8, is _ and two digits: x+1 is x_2B1.
    """
    return NEEDS_ESCAPE.sub(lambda found: "".join(f"_{byte:02X}" for byte in found[0].encode()), text)


def unescaped(text: str) -> str:
    """The text that was `escaped`; one that was not has no underscores, and is the same."""
    return ESCAPE.sub(lambda found: bytes.fromhex(found[0].replace("_", "")).decode(errors="replace"), text)


def shown(given: object) -> str:
    """What was given, in quotation marks and not too long."""
    text = str(given)
    return f"“{text[:30]}…”" if len(text) > 30 else f"“{text}”"


def exactly(value: float) -> str:
    """The shortest text that is read back as the same number: 8, 0.1, 1e-07."""
    return repr(value).removesuffix(".0")


def written(value: float, digits: int) -> str:
    """The shortest text for a number of that many digits: 1.50 is 1.5, and -0 is 0."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
