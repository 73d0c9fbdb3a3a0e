"""Markup: HTML, SVG or MathML of ours, with slots for what changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Markup:
    """HTML, SVG or MathML of ours, with slots to fill.

    html: trusted text; an element with data-slot="name" takes what `slots` says of that name.
    slots: for each name its attributes; the attribute "text" is the element's text. Values are set as
    text and attributes, never as HTML.
    """

    html: str
    slots: Mapping[str, Mapping[str, str | float]]
