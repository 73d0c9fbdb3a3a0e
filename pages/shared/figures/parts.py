"""What a picture is made of: figures for Plotly, markup with slots, and numbers as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
