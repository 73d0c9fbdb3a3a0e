"""Networks as dots: one deep and one wide, a row for every layer; one that runs through time, unrolled."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pages.shared.figures.drawings.markup import Markup, coordinates, slot, svg, text
from pages.shared.figures.theme import colour

WIDTH, HEIGHT, BOTTOM = 400, 118, 92
DEEP, LEFT, RIGHT = 72, 152, 392
ROW, GAP, DOT = 10.5, 12.0, 7.0
# Time runs from BEGIN to RIGHT, at one height; the pulse enters from so far below.
BEGIN, MIDDLE, BELOW, LOW = 12, 16, 30, 62


def deep_and_wide(widths: tuple[int, ...], count: int) -> Markup:
    """A network of hidden layers of these widths, from the input below up, and one of a single hidden layer.

    widths: at most 8 layers of a few units. count: how many units the other one has in its layer.
    """
    deep = [
        (DEEP + GAP * (index - (width - 1) / 2), BOTTOM - 8 - ROW * row)
        for row, width in enumerate(widths)
        for index in range(width)
    ]
    gap = min(GAP, (RIGHT - LEFT) / max(count - 1, 1))
    middle = (LEFT + RIGHT) / 2
    wide = [(middle + gap * (index - (count - 1) / 2), BOTTOM - 8) for index in range(count)]
    return Markup(
        _svg(),
        {
            "deep": {"d": _dots(deep)},
            "wide": {"d": _dots(wide), "stroke-width": round(min(DOT, max(2.0, 0.7 * gap)), 1)},
            "deep_name": {"text": f"{sum(widths)} units in {len(widths)} {_layers(len(widths))}"},
            "wide_name": {"text": f"{count} {'unit' if count == 1 else 'units'} in 1 layer"},
        },
    )


def unrolled(steps: int, most: int) -> Markup:
    """One unit, drawn once for every step: the pulse comes in from below, and the state goes to the right.

    steps: after the pulse, at least 0. most: of all pictures.
    """
    gap = (RIGHT - BEGIN) / max(most, 1)
    places = [(BEGIN + gap * step, MIDDLE) for step in range(steps + 1)]
    end = places[-1][0]
    times = "no step" if steps == 0 else "1 step" if steps == 1 else f"{steps} steps"
    return Markup(
        _time(),
        {
            "links": {"d": f"M{BEGIN} {MIDDLE}H{round(end, 1)}"},
            "states": {"d": _dots(places)},
            "count": {"text": f"the same unit and the same w, {times} after the pulse"},
        },
    )


def _layers(count: int) -> str:
    return "layer" if count == 1 else "layers"


def _dots(places: Iterable[tuple[float, float]]) -> str:
    """A path of round ends and no length: a dot at each place."""
    return "".join(f"M{place}h0" for place in coordinates(places).split())


@lru_cache
def _svg() -> str:
    dots = f'fill="none" stroke-linecap="round" stroke-width="{DOT}"'
    return svg(
        WIDTH,
        HEIGHT,
        f'<path stroke="{colour("target")}" {dots} {slot("deep")}/>',
        f'<path stroke="{colour("network")}" {dots} {slot("wide")}/>',
        text(DEEP, BOTTOM + 20, "", "target", more=f'font-size="15" {slot("deep_name")}'),
        text((LEFT + RIGHT) / 2, BOTTOM + 20, "", "network", more=f'font-size="15" {slot("wide_name")}'),
    )


@lru_cache
def _time() -> str:
    return svg(
        WIDTH,
        LOW,
        f'<path d="M{BEGIN} {MIDDLE + BELOW}V{MIDDLE}" stroke="{colour("input")}" stroke-width="3"/>',
        f'<path fill="none" stroke="{colour("weight")}" stroke-width="2" {slot("links")}/>',
        f'<path fill="none" stroke-linecap="round" stroke-width="{DOT}" stroke="{colour("network")}" '
        f"{slot('states')}/>",
        text(BEGIN + 8, LOW - 14, "pulse u", "input", anchor="start", more='font-size="14"'),
        text(RIGHT, LOW - 14, "", "ink", anchor="end", more=f'font-size="14" {slot("count")}'),
    )
