"""Reading what somebody typed or linked: numbers as people write them."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any, NamedTuple


class Reading(NamedTuple):
    """A valid value, and what was wrong with the one that was given (None where nothing was)."""

    value: Any
    complaint: str | None = None


def number(given: object) -> float | None:
    """The finite number that `given` stands for, or None. A decimal comma and a typographic minus will do."""
    if isinstance(given, bool) or given is None:
        return None
    try:
        found = float(given if isinstance(given, int | float) else _plain(str(given)))
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def _plain(text: str) -> str:
    """As Python writes it; an underscore, which Python reads over, is no part of a number here."""
    return text.strip().replace("\N{MINUS SIGN}", "-").replace(",", ".").replace("_", "?")


def shown(given: object) -> str:
    """What was given, in quotation marks and not too long."""
    text = str(given)
    return f"“{text[:30]}…”" if len(text) > 30 else f"“{text}”"


def decimals(step: float) -> int:
    """How many decimals a step needs."""
    exponent = Decimal(str(step)).normalize().as_tuple().exponent
    return max(0, -int(exponent))


def written(value: float, digits: int) -> str:
    """The shortest text for a number of that many digits: 1.50 is 1.5, and -0 is 0."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
