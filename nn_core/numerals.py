"""A numeral is a number as people write it, in whatever they type, paste or link."""

import math
import re
from numbers import Real

# The browser reads numbers by the same rule: pages/shared/stage/static/scale.js.
NUMBER = re.compile(r"[+\-−–]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eEdD][+\-−–]?[0-9]+)?")
PYTHONS = str.maketrans("−–,dD", "--.ee")


def number(given: object) -> float | None:
    """The finite number that `given` is or spells, or None.

    A sign, digits with a decimal point or comma, an exponent after e or d; a typographic minus and an en dash
    are minus signs, and spaces around it do not count.
    """
    if isinstance(given, str):
        text = given.strip()
        found = _spelt(text) if NUMBER.fullmatch(text) else math.nan
    elif isinstance(given, Real) and not isinstance(given, bool):
        found = _float(given)
    else:
        return None
    return found if math.isfinite(found) else None


def _spelt(text: str) -> float:
    """What a text that looks like a number says; most are Python's own already."""
    try:
        return float(text)
    except ValueError:
        return float(text.translate(PYTHONS))


def _float(given: Real) -> float:
    """NaN where it is too large for a float."""
    try:
        return float(given)
    except OverflowError:
        return math.nan
