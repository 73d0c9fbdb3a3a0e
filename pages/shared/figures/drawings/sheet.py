"""A forward pass as a sheet of calculation: a column of inputs, the matrix beside it, the sums below."""

from __future__ import annotations

from functools import lru_cache

from nn_core.networks.activations import IDENTITY
from nn_core.networks.steps import Kind, Step, Walk
from pages.shared.figures.drawings import passing
from pages.shared.figures.drawings.markup import Markup, slot, text
from pages.shared.figures.drawings.passing import LETTERS, WIDTH, Slot, number, svg
from pages.shared.figures.theme import colour
from pages.shared.numbers import compact, lowered

HEAD, ROW, GAP = 46, 33, 10
LINE = 34
LEFT, CELLS, RIGHT = 78, 236, 26
WIDEST, MANY = 96, 99
SUM, BIAS, SUMS, OUTPUTS = range(4)


def height(sizes: tuple[int, ...]) -> int:
    """How high the sheet of the largest layer is, and the line below it, in units of its width."""
    return _drawn_height(sizes) + LINE


def _drawn_height(sizes: tuple[int, ...]) -> int:
    return HEAD + ROW * (max(sizes[:-1]) + 4) + GAP + 4


def sheet(walk: Walk, count: int) -> Markup:
    """The layer that is being calculated after `count` steps, and the present unit's sum written out.

    activation: what hidden layers' activation is called.
    """
    sizes = passing.sizes_of(walk.passed)
    layer, _ = passing.present(walk, count)
    now = passing.last(walk, count)
    rows, columns = walk.network.layers[layer].weights.shape
    wide = _cell_width(sizes)
    slots: dict[str, Slot] = {
        "sheet": _moved((WIDTH - LEFT - RIGHT - columns * wide) / 2, (max(sizes[:-1]) - rows) * ROW),
        "below": _moved(0, (rows - max(sizes[:-1])) * ROW),
        "layer": {"text": f"layer {layer + 1} of {len(sizes) - 1}", "x": LEFT + columns * wide / 2},
        "given": {"text": _subscripted("a", layer) if layer else "x", "fill": colour(_meaning(layer))},
        "W": {"text": _subscripted("W", layer + 1), "x": LEFT + columns * wide / 2},
        "brackets": {"d": _brackets(rows, columns * wide)},
        "f": {
            "text": ""
            if layer == walk.network.depth
            else "a = z"
            if walk.activation == IDENTITY
            else "a = f(z)"
        },
    }
    slots |= _numbers(walk, layer, _latest(now), sizes)
    slots |= _results(walk, count, sizes)
    slots |= _lights(now, rows, wide)
    slots |= _line(walk, count, max(sizes[:-1]))
    return passing.filled(_sheet_html(sizes), slots)


def _meaning(layer: int) -> str:
    """Whose colour the numbers have that a layer is given."""
    return "network" if layer else "input"


def _subscripted(letter: str, index: int) -> str:
    return letter + lowered(index)


@lru_cache(1024)
def _moved(across: float, down: float) -> Slot:
    return {"transform": f"translate({round(across, 1)} {round(down, 1)})"}


def _cell_width(sizes: tuple[int, ...]) -> float:
    return min(WIDEST, CELLS / max(sizes[1:]))


def _letters(wide: float) -> float:
    """How large numbers are written in cells so wide."""
    return min(LETTERS, 0.45 * wide)


def _column(column: int, wide: float) -> float:
    """The middle of a column of the matrix."""
    return round(LEFT + (column + 0.5) * wide, 1)


@lru_cache(256)
def _brackets(rows: int, wide: float) -> str:
    """The brackets around the matrix."""
    top, bottom, left, right = HEAD + 1, HEAD + rows * ROW - 1, LEFT - 4, LEFT + wide + 4
    return f"M{left + 6} {top}H{left}V{bottom}H{left + 6}M{right - 6} {top}H{right}V{bottom}H{right - 6}"


# ---- the numbers --------------------------------------------------------------------------------------


def _latest(now: Step | None) -> int:
    """The last unit of the layer that has been begun: -1 where there is none, all of them at the answer."""
    if now is None:
        return -1
    return MANY if now.kind is Kind.ANSWER else now.unit


def _numbers(walk: Walk, layer: int, latest: int, sizes: tuple[int, ...]) -> dict[str, Slot]:
    """What the layer is given, and its weights: those of units behind the latest are faint."""
    given, weights = walk.inputs(layer), walk.network.layers[layer].weights
    rows, columns = weights.shape
    wide = _cell_width(sizes)
    slots: dict[str, Slot] = {}
    for row in range(max(sizes[:-1])):
        kind = (_meaning(layer), "" if layer else f"x 0 {row}")
        slots[f"x {row}"] = _cell(float(given[row]) if row < rows else None, (46, _letters(wide)), 1.0, kind)
        for column in range(max(sizes[1:])):
            used = row < rows and column < columns
            opacity = 0.5 if column > latest else 1.0
            slots[f"w {row} {column}"] = _cell(
                float(weights[row, column]) if used else None,
                (wide - 6, _letters(wide)),
                opacity,
                ("weight", f"W{layer + 1} {row} {column}" if used else ""),
            )
    return slots


@lru_cache(8192)
def _cell(value: float | None, room: tuple[float, float], opacity: float, kind: tuple[str, str]) -> Slot:
    """A number in its room (width, size of letters); its meaning and the input's cell that it leads to."""
    meaning, cell = kind
    return {
        **number(value, *room),
        "fill": colour(meaning),
        "opacity": opacity,
        "data-cell": cell if value is not None else "",
    }


def _results(walk: Walk, count: int, sizes: tuple[int, ...]) -> dict[str, Slot]:
    """Under each column its sum so far, its bias, z, and a: what has not been reached is empty."""
    layer, _ = passing.present(walk, count)
    done = passing.reached(walk, count)
    biases = walk.network.layers[layer].biases
    wide = (_cell_width(sizes) - 6, _letters(_cell_width(sizes)))
    slots: dict[str, Slot] = {}
    for column in range(max(sizes[1:])):
        found = done.get((layer, column), {})
        bias = float(biases[column]) if column < len(biases) else None
        faint = 1.0 if Kind.BIAS in found else 0.5
        slots[f"{SUM} {column}"] = _cell(found.get(Kind.TERM), wide, 1.0, ("ink", ""))
        slots[f"{BIAS} {column}"] = _cell(bias, wide, faint, ("bias", f"b{layer + 1} 0 {column}"))
        slots[f"{SUMS} {column}"] = _cell(found.get(Kind.BIAS), wide, 1.0, ("ink", ""))
        slots[f"{OUTPUTS} {column}"] = _cell(found.get(Kind.ACTIVATION), wide, 1.0, ("network", ""))
    return slots


_RESULTS = {Kind.TERM: SUM, Kind.BIAS: SUMS, Kind.ACTIVATION: OUTPUTS, Kind.ANSWER: SUMS}


def _lights(now: Step | None, rows: int, wide: float) -> dict[str, Slot]:
    """Behind the two factors and the sum that is changed, or the number that comes out."""
    if now is None:
        return dict.fromkeys(("light x", "light w", "light sum"), _DARK)
    middle, below = _column(now.unit, wide), HEAD + rows * ROW + GAP
    line = _RESULTS[now.kind]
    result = _light(middle - wide / 2 + 3, below + line * ROW, wide - 6)
    if now.kind is Kind.ANSWER:
        return {"light x": _DARK, "light w": _DARK, "light sum": result}
    if now.kind is not Kind.TERM:
        above = _light(middle - wide / 2 + 3, below + (line - 1) * ROW, wide - 6)
        return {"light x": _DARK, "light w": above, "light sum": result}
    top = HEAD + now.index * ROW
    return {
        "light x": _light(LEFT - 60, top, 50),
        "light w": _light(middle - wide / 2 + 3, top, wide - 6),
        "light sum": result,
    }


_DARK: Slot = {"x": 0, "y": 0, "width": 0}


@lru_cache(4096)
def _light(x: float, y: float, width: float) -> Slot:
    return {"x": round(x, 1), "y": round(y + 2, 1), "width": round(width, 1)}


# ---- the sum, written out -----------------------------------------------------------------------------


def _line(walk: Walk, count: int, most: int) -> dict[str, Slot]:
    """The present unit's sum with its numbers: done, the term that is added now, and the rest."""
    layer, unit = passing.present(walk, count)
    now = passing.last(walk, count)
    weights, bias = walk.network.layers[layer].weights[:, unit], walk.network.layers[layer].biases[unit]
    given = walk.inputs(layer)
    at, summed = passing.term_at(walk, count), not _compared(walk, now)
    slots: dict[str, Slot] = {}
    for index in range(most):
        used = summed and index < len(given)
        slots[f"term {index}"] = _part(passing.standing(index, at)) if used else _GONE
        slots[f"term {index} x"] = {
            "text": _factor(float(given[index]), index == 0) if used else "",
            "style": f"color:{colour(_meaning(layer))}",
        }
        slots[f"term {index} w"] = {"text": _factor(float(weights[index]), False) if used else ""}
    added = now is not None and now.kind is Kind.BIAS
    slots["line bias"] = _part(0 if added else 1 if at < len(given) else -1) if summed else _GONE
    slots["line b"] = {"text": f"+ {_factor(float(bias), True)}" if bias >= 0 else compact(float(bias))}
    slots["line end"] = {"text": _end(walk, now), "style": "font-weight:700"}
    return slots


_GONE: Slot = {"style": "display:none", "class": ""}
_STYLES: dict[int, Slot] = {
    -1: {"style": "", "class": ""},
    0: {"style": f"font-weight:700;border-bottom:3px solid {colour('weight')}", "class": ""},
    1: {"style": "", "class": "sp-later"},
}


def _part(standing: int) -> Slot:
    return _STYLES[standing]


def _factor(value: float, first: bool) -> str:
    """A factor as it stands in a sum: a negative one in parentheses, unless it is the first."""
    return compact(value) if value >= 0 or first else f"({compact(value)})"


def _compared(walk: Walk, now: Step | None) -> bool:
    """Whether several outputs are compared: then no single sum is written out."""
    return now is not None and now.kind is Kind.ANSWER and walk.network.n_out > 1


def _end(walk: Walk, now: Step | None) -> str:
    """What the sum has come to."""
    if now is None:
        return ""
    if now.kind is Kind.ANSWER:
        return f"{'' if walk.network.n_out > 1 else '= '}{passing.told_output(walk)}"
    return f"= {compact(now.total)}"


# ---- the markup ---------------------------------------------------------------------------------------


@lru_cache
def _sheet_html(sizes: tuple[int, ...]) -> str:
    most_rows, most_columns = max(sizes[:-1]), max(sizes[1:])
    wide = _cell_width(sizes)
    pieces = [f"<g {slot('sheet')}>", text(0, 15, "", "muted", more=f'font-size="13" {slot("layer")}')]
    pieces += [
        f'<rect height="{ROW - 4}" rx="5" fill="{colour(meaning)}" fill-opacity="0.2" '
        f"{slot(f'light {name}')}/>"
        for name, meaning in (("x", "input"), ("w", "weight"), ("sum", "network"))
    ]
    pieces += [
        text(LEFT - 35, HEAD - 8, "", "input", more=f'font-style="italic" {slot("given")}'),
        text(LEFT, HEAD - 8, "", "weight", more=f'font-style="italic" {slot("W")}'),
        f'<path fill="none" stroke="{colour("muted")}" stroke-width="2" {slot("brackets")}/>',
    ]
    for row in range(most_rows):
        y = HEAD + (row + 0.5) * ROW + 6
        pieces.append(text(LEFT - 35, y, "", "input", more=f'font-weight="600" {slot(f"x {row}")}'))
        pieces += [
            text(_column(column, wide), y, "", "weight", more=slot(f"w {row} {column}"))
            for column in range(most_columns)
        ]
    return svg(_drawn_height(sizes), [*pieces, _below(most_rows, most_columns, wide), "</g>"]) + _line_html(
        most_rows
    )


def _below(rows: int, columns: int, wide: float) -> str:
    """The four rows under the matrix with their names."""
    top = HEAD + rows * ROW + GAP
    pieces = [f"<g {slot('below')}>"]
    for line, (name, meaning) in enumerate(
        (("sum", "ink"), ("+ b", "bias"), ("= z", "ink"), ("", "network"))
    ):
        y = top + (line + 0.5) * ROW + 6
        more = f'text-anchor="end" font-size="14" {slot("f") if line == OUTPUTS else ""}'
        pieces.append(f'<text x="{LEFT - 12}" y="{y}" fill="{colour(meaning)}" {more}>{name}</text>')
        weight = 'font-weight="700"' if line in (SUMS, OUTPUTS) else ""
        pieces += [
            text(_column(column, wide), y, "", meaning, more=f"{weight} {slot(f'{line} {column}')}")
            for column in range(columns)
        ]
    return "".join([*pieces, "</g>"])


def _line_html(most: int) -> str:
    """One line of terms, which becomes two where there are many."""
    terms = [
        f"<span {slot(f'term {index}')}>{'+ ' if index else ''}"
        f"<span {slot(f'term {index} x')}></span>·"
        f'<span style="color:{colour("weight")}" {slot(f"term {index} w")}></span></span>'
        for index in range(most)
    ]
    bias = f'<span {slot("line bias")}><span style="color:{colour("bias")}" {slot("line b")}></span></span>'
    lines = 1 if most <= 4 else 2
    style = (
        "display:flex;flex-wrap:wrap;justify-content:center;align-content:start;align-items:start;"
        f"gap:0 0.4em;white-space:nowrap;min-height:{1.6 * lines}em;padding-top:0.3em"
    )
    end = f'<span style="color:{colour("network")}" {slot("line end")}></span>'
    return f'<div aria-hidden="true" style="{style}">{"".join(terms)}{bias}{end}</div>'
