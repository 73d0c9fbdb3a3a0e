"""A forward pass drawn as neurons: numbers in circles, and the edge along which one is passed right now."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from nn_core.networks.activations import IDENTITY
from nn_core.networks.network import ForwardPass
from nn_core.networks.steps import Kind, Step, Walk, winners
from pages.shared.figures.drawings import markup
from pages.shared.figures.drawings.markup import Markup, circle, slot, text
from pages.shared.figures.theme import colour
from pages.shared.numbers import compact

Slot = Mapping[str, str | float]
Place = tuple[float, float]

WIDTH = 340
HEAD, FOOT, MARGIN = 26, 26, 9
SMALL_CIRCLE, LARGE_CIRCLE = 19.0, 23.0
EDGE_LABEL = 0.36
LETTERS = 20.0
DIGIT, NARROW, NARROW_ONES = 0.58, 0.31, frozenset(".·⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


# ---- numbers ------------------------------------------------------------------------------------------


@lru_cache(4096)
def number(value: float | None, width: float, most: float = 17.0) -> Slot:
    """A number as a slot takes it, in letters so small that it fits into `width`; None is no number."""
    text = "" if value is None else compact(value)
    ems = sum(NARROW if sign in NARROW_ONES else DIGIT for sign in text)
    return {"text": text, "font-size": round(min(most, width / max(DIGIT, ems)), 1)}


# ---- where the walk is --------------------------------------------------------------------------------


def reached(walk: Walk, count: int) -> dict[tuple[int, int], dict[Kind, float]]:
    """What the first `count` steps have come to: for each layer and unit its sum, then its z, then its a."""
    found: dict[tuple[int, int], dict[Kind, float]] = {}
    for step in walk.steps[:count]:
        if step.kind is not Kind.ANSWER:
            found.setdefault((step.layer, step.unit), {})[step.kind] = step.total
    return found


def present(walk: Walk, count: int) -> tuple[int, int]:
    """The layer and unit that the last of `count` steps is about, or the first where there is none yet."""
    step = walk.steps[max(count, 1) - 1]
    return step.layer, step.unit


def term_at(walk: Walk, count: int) -> int:
    """Which term is added by the last of `count` steps: -1 before the first, their count behind the last."""
    if not count:
        return -1
    now = walk.steps[count - 1]
    return now.index if now.kind is Kind.TERM else len(walk.inputs(now.layer))


def last(walk: Walk, count: int) -> Step | None:
    """The last of `count` steps; None where there is none yet."""
    return walk.steps[count - 1] if count else None


# ---- the picture --------------------------------------------------------------------------------------


def neurons(walk: Walk, count: int, height: int) -> Markup:
    """Circles in columns, as far as the walk has got after `count` steps.

    height: of the picture; it is WIDTH wide.
    """
    sizes = sizes_of(walk.passed)
    places = _places(sizes, height)
    layer, unit = present(walk, count)
    now = last(walk, count)
    done = reached(walk, count)
    slots: dict[str, Slot] = {}
    inside = 2 * _radius(sizes) - 5
    letters = min(LETTERS, 0.5 * inside)
    for index, value in enumerate(walk.passed.inputs[0]):
        slots[f"0 {index}"] = number(float(value), inside, letters)
        slots[f"ring 0 {index}"] = _ring(now, layer == 0, index)
    for column, units in enumerate(sizes[1:]):
        for index in range(units):
            value = [None, *done.get((column, index), {}).values()][-1]
            slots[f"{column + 1} {index}"] = number(value, inside, letters)
            slots[f"ring {column + 1} {index}"] = _unit_ring(walk, count, (column, index))
    slots |= _edges(walk, count, places)
    slots |= _beside(walk, now, (places[layer + 1][unit], _radius(sizes)))
    slots["answer"] = {"text": told_answer(walk) if now and now.kind is Kind.ANSWER else ""}
    return filled(_neurons_svg(sizes, height), slots)


def filled(html: str, slots: Mapping[str, Slot]) -> Markup:
    """The markup with these slots, each of them a table of its own."""
    return Markup(html, {name: dict(slot) for name, slot in slots.items()})


def sizes_of(passed: ForwardPass) -> tuple[int, ...]:
    """How many inputs, units of each layer, and outputs went into this pass."""
    return (passed.inputs.shape[1], *(a.shape[1] for a in passed.activations))


def told_answer(walk: Walk) -> str:
    """What the output says in a word: true or false of one, the largest of several."""
    if walk.network.n_out == 1:
        return "true" if winners(walk.passed.output[0]) else "false"
    return f"largest: {_named(winners(walk.passed.output[0]))}"


def told_output(walk: Walk) -> str:
    """What the output says: of one whether it is greater than 0, of several which is the largest."""
    output = walk.passed.output[0]
    won = winners(output)
    if output.size == 1:
        return f"{compact(float(output[0]))} {'> 0: true' if won else '≤ 0: false'}"
    units, are = ("outputs", "are") if len(won) > 1 else ("output", "is")
    return f"{units} {_named(won)} {are} largest: {compact(float(output.max()))}"


def _named(won: tuple[int, ...]) -> str:
    """Units by their numbers: 1, 2 and 4."""
    *most, last_one = (str(index + 1) for index in won)
    return f"{', '.join(most)} and {last_one}" if most else last_one


def _radius(sizes: tuple[int, ...]) -> float:
    return LARGE_CIRCLE if max(sizes) < 6 and len(sizes) < 4 else SMALL_CIRCLE


@lru_cache
def _places(sizes: tuple[int, ...], height: int) -> tuple[tuple[Place, ...], ...]:
    """The centre of each circle, column by column."""
    room = height - HEAD - FOOT
    pitch = min(78.0, room / max(sizes))
    side = _radius(sizes) + MARGIN
    gap = (WIDTH - 2 * side) / (len(sizes) - 1)
    middle = HEAD + room / 2
    return tuple(
        tuple(
            (round(side + column * gap, 1), round(middle + (row - (units - 1) / 2) * pitch, 1))
            for row in range(units)
        )
        for column, units in enumerate(sizes)
    )


# ---- slots --------------------------------------------------------------------------------------------

_QUIET: Slot = {"stroke-width": 1.5, "stroke-opacity": 0.55}
_PLAIN: Slot = {"stroke-width": 2, "stroke-opacity": 1}
_STRONG: Slot = {"stroke-width": 4.5, "stroke-opacity": 1}


def _ring(now: Step | None, fed: bool, index: int) -> Slot:
    """The circle of an input: strong while it is what is multiplied."""
    lit = now is not None and fed and now.kind is Kind.TERM and now.index == index
    return _STRONG if lit else _PLAIN


def _unit_ring(walk: Walk, count: int, where: tuple[int, int]) -> Slot:
    """The circle of a unit: strong while it is calculated or multiplied, or wins."""
    if not count:
        return _QUIET
    now = walk.steps[count - 1]
    if now.kind is Kind.ANSWER:
        wins = where[0] == now.layer and where[1] in winners(walk.passed.output[0])
        return _STRONG if wins else _PLAIN
    passed_on = now.kind is Kind.TERM and where == (now.layer - 1, now.index)
    if passed_on or where == (now.layer, now.unit):
        return _STRONG
    return _PLAIN if where < (now.layer, now.unit) else _QUIET


def _edges(walk: Walk, count: int, places: tuple[tuple[Place, ...], ...]) -> dict[str, Slot]:
    """The edges into the present unit with their weights: done, the one that is walked, and the rest."""
    layer, unit = present(walk, count)
    at, answered = term_at(walk, count), count == len(walk.steps)
    weights = walk.network.layers[layer].weights[:, unit]
    slots: dict[str, Slot] = {}
    for index in range(max(map(len, places[:-1]))):
        if answered or index >= len(weights):
            slots[f"edge {index}"], slots[f"weight {index}"] = _HIDDEN_EDGE, _HIDDEN_WEIGHT
            continue
        ends = (*places[layer][index], *places[layer + 1][unit])
        weight = float(weights[index])
        slots[f"edge {index}"] = _edge(ends, weight < 0, standing(index, at))
        cell = f"W{layer + 1} {index} {unit}"
        slots[f"weight {index}"] = _weight(ends, weight, standing(index, at), cell)
    return slots


_HIDDEN_EDGE: Slot = {
    "x1": 0, "y1": 0, "x2": 0, "y2": 0, "stroke-width": 0, "stroke-opacity": 0, "stroke-dasharray": "none",
}  # fmt: skip
_HIDDEN_WEIGHT: Slot = {
    "x": 0, "y": 0, "text": "", "font-size": 14, "font-weight": 400, "opacity": 0, "data-cell": "",
}  # fmt: skip


def standing(index: int, at: int) -> int:
    """Whether what has this index is done (−1), being done (0), or still to come (1)."""
    return (index > at) - (index < at)


@lru_cache(4096)
def _edge(ends: tuple[float, float, float, float], negative: bool, standing: int) -> Slot:
    """One edge: thick where it is walked, faint where it is still to come, dashed where its weight is < 0."""
    x1, y1, x2, y2 = ends
    return {
        "x1": x1, "y1": y1, "x2": x2, "y2": y2,
        "stroke-width": 5 if standing == 0 else 2,
        "stroke-opacity": 0.35 if standing > 0 else 1,
        "stroke-dasharray": "8 5" if negative else "none",
    }  # fmt: skip


@lru_cache(4096)
def _weight(ends: tuple[float, float, float, float], weight: float, standing: int, cell: str) -> Slot:
    """What is written on an edge."""
    x1, y1, x2, y2 = ends
    told = number(weight, 44, 18 if standing == 0 else 14)
    return {
        "x": round(x1 + EDGE_LABEL * (x2 - x1), 1),
        "y": round(y1 + EDGE_LABEL * (y2 - y1) + 5, 1),
        **told,
        "font-weight": 700 if standing == 0 else 400,
        "opacity": 0.6 if standing > 0 else 1,
        "data-cell": cell,
    }


def _beside(walk: Walk, now: Step | None, circle: tuple[Place, float]) -> dict[str, Slot]:
    """The bias above the present unit, and below it the activation when it is applied."""
    (x, y), radius = circle
    if now is None or now.kind is Kind.ANSWER:
        return dict.fromkeys(("bias", "f"), _written((x, y), "", False, ""))
    bias = float(walk.network.layers[now.layer].biases[now.unit])
    told = "" if now.kind is Kind.TERM else f"+ {compact(bias)}" if bias >= 0 else compact(bias)
    applied = "a = z" if walk.activation == IDENTITY else walk.activation.name
    cell = f"b{now.layer + 1} 0 {now.unit}"
    return {
        "bias": _written((x, y - radius - 6), told, now.kind is Kind.BIAS, cell),
        "f": _written((x, y + radius + 15), applied if now.kind is Kind.ACTIVATION else "", True, ""),
    }


def _written(place: Place, text: str, lit: bool, cell: str) -> Slot:
    x, y = place
    return {"x": x, "y": round(y, 1), "text": text, "font-weight": 700 if lit else 400, "data-cell": cell}


# ---- the SVG ------------------------------------------------------------------------------------------


def svg(height: int, pieces: list[str]) -> str:
    """A drawing, WIDTH wide in its own units and as wide as its place on the screen."""
    return markup.svg(WIDTH, height, *pieces, style="display:block;width:100%;height:auto")


_HALO = f'paint-order="stroke" stroke="{colour("paper")}" stroke-width="8" stroke-linejoin="round"'


@lru_cache
def _neurons_svg(sizes: tuple[int, ...], height: int) -> str:
    places = _places(sizes, height)
    most = max(sizes[:-1])
    pieces = [_all_edges(places)]
    pieces += [
        f'<line stroke="{colour("weight")}" stroke-linecap="round" {slot(f"edge {index}")}/>'
        for index in range(most)
    ]
    for column, centres in enumerate(places):
        pieces += [_circle((column, row), centre, _radius(sizes)) for row, centre in enumerate(centres)]
        pieces.append(text(centres[0][0], 15, _heading(column, len(sizes)), "muted", more='font-size="13"'))
    pieces += [text(0, 0, "", "weight", more=f"{_HALO} {slot(f'weight {index}')}") for index in range(most)]
    across, down = places[-1][-1]
    below = (across if sizes[-1] == 1 else WIDTH - 2, down + _radius(sizes) + 19)
    anchor = "" if sizes[-1] == 1 else 'style="text-anchor:end"'
    pieces += [
        text(0, 0, "", "bias", more=f'{_HALO} font-size="15" {slot("bias")}'),
        text(0, 0, "", "network", more=f'{_HALO} font-size="13" {slot("f")}'),
        text(*below, "", "network", more=f'font-weight="700" {anchor} {slot("answer")}'),
    ]
    return svg(height, pieces)


def _heading(column: int, columns: int) -> str:
    if column == 0:
        return "input"
    return "output" if column == columns - 1 else f"layer {column}"


def _all_edges(places: tuple[tuple[Place, ...], ...]) -> str:
    """Every edge of the network, in one quiet path."""
    lines = [
        f"M{x1} {y1}L{x2} {y2}" for before, after in pairwise(places) for x1, y1 in before for x2, y2 in after
    ]
    return f'<path d="{"".join(lines)}" stroke="{colour("grid")}" stroke-width="1.5" fill="none"/>'


def _circle(where: tuple[int, int], centre: Place, radius: float) -> str:
    (column, row), (x, y) = where, centre
    meaning = "network" if column else "input"
    cell = "" if column else f'data-cell="x 0 {row}"'
    ring = circle(x, y, radius, meaning, slot(f"ring {column} {row}"))
    inside = text(x, y + 6.5, "", meaning, more=f'font-weight="600" {slot(f"{column} {row}")}')
    return f"<g {cell}>{ring}{inside}</g>"
