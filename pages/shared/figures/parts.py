"""What a picture is made of: figures for Plotly, markup with slots, and numbers as text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
MINUS = "\N{MINUS SIGN}"

Figure = dict[str, Any]
"""A Plotly figure as plain data, {"data": [traces], "layout": {...}}; arrays are NumPy's."""


@dataclass(frozen=True)
class Markup:
    """HTML, SVG or MathML of ours, with slots to fill.

    html: trusted text; an element with data-slot="name" takes what `slots` says of that name.
    slots: for each name its attributes; the attribute "text" is the element's text. Values are set as
    text and attributes, never as HTML.
    """

    html: str
    slots: Mapping[str, Mapping[str, str | float]]


def plain(value: float, digits: int = 2) -> str:
    """A number with a fixed count of digits and a typographic minus: 1.50, −0.25. Minus zero is 0.00."""
    text = f"{value:.{digits}f}"
    return text.replace("-", MINUS) if float(text) else f"{0:.{digits}f}"


def signed(value: float, digits: int = 2) -> str:
    """The same with its sign, so that nothing jitters: +1.50, −0.25, +0.00."""
    text = plain(value, digits)
    return text if text.startswith(MINUS) else f"+{text}"


def sign(value: float) -> str:
    """The sign of a number as the operator before it: + or −."""
    return MINUS if value < 0 else "+"


def small(value: float) -> str:
    """A size with four decimals, 0.0123, or in powers of ten where they do not serve: 1.2·10⁻⁶."""
    if 0.001 <= value < 1000 or value == 0.0:
        return f"{value:.4f}"
    digits, _, exponent = f"{value:.1e}".partition("e")
    return f"{digits}·10{str(int(exponent)).translate(RAISED)}" if exponent else digits


def literal(text: str) -> str:
    """The text for Markdown to show as it is: every ASCII sign is escaped."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))


def evenly(count: int, most: int) -> list[int]:
    """The indices below `count`, or `most` of them evenly chosen, the first and the last included."""
    if count <= most:
        return [*range(count)]
    return [round(index * (count - 1) / (most - 1)) for index in range(most)]
