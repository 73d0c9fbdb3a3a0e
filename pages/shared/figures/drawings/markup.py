"""Markup: HTML, SVG or MathML of ours, with slots for what changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pages.shared.figures.theme import colour

Slots = dict[str, dict[str, str | float]]


@dataclass(frozen=True)
class Markup:
    """HTML, SVG or MathML of ours, with slots to fill.

    html: trusted text; an element with data-slot="name" takes what `slots` says of that name.
    slots: for each name its attributes; the attribute "text" is the element's text. Values are set as
    text and attributes, never as HTML.
    """

    html: str
    slots: Mapping[str, Mapping[str, str | float]]


def slot(name: str) -> str:
    """The attribute that makes an element the slot of that name."""
    return f'data-slot="{name}"'


def svg(width: int, height: float, *pieces: str, font_size: float = 15, style: str = "") -> str:
    """A drawing of so many units, that nobody has to hear who does not see it."""
    styled = f' style="{style}"' if style else ""
    opening = f'<svg viewBox="0 0 {width} {height}" font-size="{font_size}" aria-hidden="true"{styled}>'
    return f"{opening}{''.join(pieces)}</svg>"


def text(
    x: float, y: float, content: str = "", fill: str = "ink", *, anchor: str = "middle", more: str = ""
) -> str:
    """Text at a place, in the colour of a meaning. more: its other attributes."""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour(fill)}" {more}>{content}</text>'


def circle(x: float, y: float, radius: float, stroke: str, more: str = 'stroke-width="2"') -> str:
    """A circle of paper, its edge in the colour of a meaning."""
    return (
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{colour("paper")}" stroke="{colour(stroke)}" {more}/>'
    )


def coordinates(places: Iterable[tuple[float, float]]) -> str:
    """The corners of a line or a shape, to a tenth of a unit: 0.0,1.5 2.0,3.5."""
    return " ".join(f"{round(x, 1)},{round(y, 1)}" for x, y in places)
