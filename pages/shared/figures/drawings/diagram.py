"""A network drawn as a network: nodes, arrows as thick as their weights, and the numbers that flow through.

A diagram is an SVG made once for a shape of network; only its slots change.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nn_core.grids import evenly
from nn_core.networks.activations import Activation
from nn_core.networks.network import ForwardPass, Network, knot
from pages.shared.figures.drawings.markup import Markup, Slots, circle, coordinates, slot, svg, text
from pages.shared.figures.theme import colour
from pages.shared.numbers import among, signed, steady

THINNEST, THICKEST = 1.5, 6.5
_GLYPH = np.linspace(-3.0, 3.0, 49)


def neuron(network: Network, probe: ForwardPass) -> Markup:
    """One neuron and one input on its way through: x, times w, plus b, through f, to a.

    network: 1 -> 1, one layer. probe: its forward pass at a single sample.
    """
    (layer,) = network.layers
    weight, bias = float(layer.weights[0, 0]), float(layer.biases[0])
    x, z, a = (float(array[0, 0]) for array in (probe.inputs, probe.pre_activations[0], probe.output))
    slots: Slots = {
        "x": {"text": signed(x)},
        "w": {"text": f"× {signed(weight, 1)}"},
        "b": {"text": signed(bias, 1)},
        "z": {"text": signed(z)},
        "a": {"text": signed(a)},
        "weight": _arrow_strength(weight, 10.0),
        "f": {"text": layer.activation.name},
        "glyph": {"points": _glyph(layer.activation)},
    }
    return Markup(_neuron_svg(), slots)


def one_hidden_layer(network: Network, names: tuple[str, ...], knots: tuple[str, ...]) -> Markup:
    """One input, a few hidden units, and the output that weighs and adds them.

    names: of the output weights. knots: what to write beside each unit.
    """
    hidden, output = network.layers
    strongest = max(2.0, float(np.abs(output.weights).max()))
    slots: Slots = {"c": {"text": signed(float(output.biases[0]))}}
    for index, (name, beside) in enumerate(zip(names, knots, strict=True)):
        weight = float(output.weights[index, 0])
        slots[f"v{index}"] = {"text": f"{name} = {signed(weight)}"}
        slots[f"weight{index}"] = _arrow_strength(weight, strongest)
        slots[f"knot{index}"] = {"text": beside}
        slots[f"glyph{index}"] = {"points": _glyph(hidden.activation)}
    return Markup(_one_hidden_layer_svg(len(names)), slots)


def many_units(network: Network, most: int = 8) -> Markup:
    """One input, one hidden layer of any width, and the output: all units, or `most` of them evenly chosen.

    network: 1 -> n_hidden -> 1.
    """
    hidden, output = network.layers
    weights = output.weights[:, 0]
    chosen = evenly(len(weights), most)
    strongest, bias = float(np.abs(weights).max(initial=0.0)) or 1.0, float(output.biases[0])
    few = f"{len(chosen)} of " if len(chosen) < len(weights) else ""
    slots: Slots = {
        "count": {"text": f"{few}{len(weights)} hidden {'unit' if len(weights) == 1 else 'units'} drawn"},
        "b": {"text": f"bias {steady(bias, strongest)}"},
    }
    knots = tuple(knot(hidden.weights[0, index], hidden.biases[index]) for index in chosen)
    for row, (index, told) in enumerate(zip(chosen, _told_knots(knots), strict=True)):
        slots |= _hidden_row(row, index, told, float(weights[index]), strongest)
    for row in range(len(chosen), most):
        slots |= _hidden_row(row, None)
    return Markup(_many_units_svg(most), slots)


@lru_cache(maxsize=512)
def _told_knots(knots: tuple[float | None, ...]) -> tuple[str, ...]:
    """What is said of each unit's knot: while output weights move, the same again and again."""
    places = [at for at in knots if at is not None]
    return tuple("no knot" if at is None else f"knot {among(at, places)}" for at in knots)


def _hidden_row(
    row: int, index: int | None, told: str = "no knot", weight: float = 0.0, strongest: float = 1.0
) -> Slots:
    """What the diagram says of one unit; nothing where there is no unit in that row."""
    seen: dict[str, str | float] = {"visibility": "hidden" if index is None else "visible"}
    return {
        f"row{row}": seen,
        f"words{row}": seen,
        f"name{row}": {"text": f"{index + 1}" if index is not None else ""},
        f"knot{row}": {"text": told},
        f"v{row}": {"text": steady(weight, strongest)},
        f"weight{row}": _arrow_strength(weight, strongest),
    }


def _arrow_strength(weight: float, strongest: float) -> dict[str, str | float]:
    """As thick as the weight is large, to THICKEST; dashed where it is negative, faint where it is zero."""
    share = min(abs(weight) / strongest, 1.0)
    return {
        "stroke-width": round(THINNEST + (THICKEST - THINNEST) * share, 2),
        "stroke-dasharray": "7 4" if weight < 0 else "none",
        "opacity": 1 if weight else 0.25,
    }


@lru_cache
def _glyph(activation: Activation) -> str:
    """The activation's graph over -3 <= z <= 3, fitted into a box of 44 x 26 around (0, 0)."""
    values = activation(_GLYPH)
    low, high = float(values.min()), float(values.max())
    heights = 13 - 26 * (values - low) / (high - low) if high > low else np.zeros_like(values)
    return coordinates(zip((_GLYPH * 22 / 3).tolist(), heights.tolist(), strict=True))


# ---- pieces of SVG ------------------------------------------------------------------------------------

_BOLD = 'font-weight="600"'
# Lines pass behind letters.
_CLEAR = f'paint-order="stroke" stroke="{colour("paper")}" stroke-width="3"'
_TINY = f'font-size="13.5" {_CLEAR}'
_SMALL = 'font-size="14"'
_LARGE = 'font-size="18"'
_ITALIC = 'font-style="italic"'

Place = tuple[float, float]


def _line(start: Place, end: Place, stroke: str, more: str = "") -> str:
    (x0, y0), (x1, y1) = start, end
    return f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" stroke="{colour(stroke)}" {more}/>'


def _arrow(start: Place, end: Place, stroke: str, named: str = "") -> str:
    """A line from start to end with a head at its end."""
    along = np.subtract(end, start) / np.hypot(*np.subtract(end, start))
    neck = np.array(end) - 10 * along
    side = 5 * np.array([-along[1], along[0]])
    head = coordinates(map(tuple, (np.array(end), neck + side, neck - side)))
    line = _line(start, (round(neck[0], 1), round(neck[1], 1)), stroke, f'stroke-width="{THINNEST}" {named}')
    return f'{line}<polygon points="{head}" fill="{colour(stroke)}"/>'


def _activation_box(x: float, y: float, glyph: str, stroke: str) -> str:
    return (
        f'<g transform="translate({x} {y})"><rect x="-32" y="-21" width="64" height="42" rx="8" '
        f'fill="{colour("paper")}" stroke="{colour(stroke)}" stroke-width="2"/>'
        f'<polyline fill="none" stroke="{colour(stroke)}" stroke-width="2.5" {slot(glyph)}/></g>'
    )


@lru_cache
def _neuron_svg() -> str:
    x, total, box, a, middle = 34, 190, 348, 506, 64
    return svg(
        540,
        104,
        _arrow((x + 28, middle), (total - 24, middle), "weight", slot("weight")),
        text(114, middle - 12, "", "weight", more=f"{_BOLD} {slot('w')}"),
        text(114, middle + 25, "weight w", "weight", more=_SMALL),
        circle(x, middle, 28, "input"),
        text(x, middle + 5, "", "input", more=f"{_BOLD} {slot('x')}"),
        text(x, 24, "input x", "input", more=_SMALL),
        _arrow((total, 22), (total, middle - 24), "bias"),
        text(total, 16, "", "bias", more=f"{_BOLD} {slot('b')}"),
        text(total + 26, 16, "bias b", "bias", anchor="start", more=_SMALL),
        circle(total, middle, 24, "ink"),
        text(total, middle + 6, "Σ", more=_LARGE),
        _arrow((total + 24, middle), (box - 32, middle), "ink"),
        text(262, middle - 10, "", more=f"{_BOLD} {slot('z')}"),
        text(262, middle + 22, "z", more=_ITALIC),
        _activation_box(box, middle, "glyph", "network"),
        text(box, 32, "", "network", more=f"{_SMALL} {slot('f')}"),
        _arrow((box + 32, middle), (a - 30, middle), "network"),
        circle(a, middle, 29, "network"),
        text(a, middle + 5, "", "network", more=f"{_BOLD} {slot('a')}"),
        text(a, 24, "output a", "network", more=_SMALL),
    )


@dataclass(frozen=True)
class _Layer:
    """Where a hidden layer stands: the height of a row, and x of the input, the units and the sum.

    above: the room above the first unit, in rows. fan: how far apart the arrows' tips are at the sum.
    """

    count: int
    row: int
    unit: int
    total: int
    above: float
    fan: int
    x: int = 30

    @property
    def middle(self) -> float:
        """The height of the input and the sum."""
        return self.row * (self.count - 1 + 2 * self.above) / 2

    @property
    def places(self) -> list[tuple[int, float, float]]:
        """For each unit its index, its height, and that of its arrow's tip."""
        rows = range(self.count)
        heights = [self.row * (index + self.above) for index in rows]
        tips = [self.middle + (index - (self.count - 1) / 2) * self.fan for index in rows]
        return [*zip(rows, heights, tips, strict=True)]


@lru_cache
def _one_hidden_layer_svg(count: int) -> str:
    layer = _Layer(count, row=56, unit=232, total=440, above=0.5, fan=16)
    x, total, middle = layer.x, layer.total, layer.middle
    return svg(
        540,
        layer.row * count,
        *(_drawn_unit(layer, *place) for place in layer.places),
        *(_unit_words(layer, *place) for place in layer.places),
        circle(x, middle, 24, "ink"),
        text(x, middle + 5, "x", more=f"{_ITALIC} {_LARGE}"),
        circle(total, middle, 25, "network"),
        text(total, middle + 6, "Σ", "network", more=_LARGE),
        text(total, middle - 34, "", "network", more=f"{_BOLD} {slot('c')}"),
        _arrow((total + 26, middle), (512, middle), "network"),
        text(526, middle + 6, "y", "network", more=f"{_ITALIC} {_LARGE}"),
    )


def _drawn_unit(layer: _Layer, index: int, y: float, tip: float) -> str:
    """A hidden unit as a box with its graph, between its two arrows."""
    unit = f"unit-{index + 1}"
    return "".join(
        [
            _arrow((layer.x + 24, layer.middle), (layer.unit - 33, y), unit),
            _activation_box(layer.unit, y, f"glyph{index}", unit),
            _arrow((layer.unit + 34, y), (layer.total - 26, tip), unit, slot(f"weight{index}")),
        ]
    )


def _unit_words(layer: _Layer, index: int, y: float, tip: float) -> str:
    """The knot and the output weight of a hidden unit, beside its arrows."""
    unit, side = f"unit-{index + 1}", -1 if y < layer.middle else 1
    halfway = (y + tip) / 2 + 6 + 18 * side
    return "".join(
        [
            text(124, y + 6 + 16 * side, "", unit, more=f"{_SMALL} {_CLEAR} {slot(f'knot{index}')}"),
            text(342, halfway, "", unit, more=f"{_BOLD} {_CLEAR} {slot(f'v{index}')}"),
        ]
    )


@lru_cache
def _many_units_svg(most: int) -> str:
    layer = _Layer(most, row=26, unit=250, total=470, above=1, fan=5)
    x, total, middle = layer.x, layer.total, layer.middle
    return svg(
        600,
        layer.row * (most + 1),
        *(_drawn_row(layer, *place) for place in layer.places),
        *(_row_words(layer, index, y) for index, y, _ in layer.places),
        circle(x, middle, 18, "ink"),
        text(x, middle + 5, "x", more=_ITALIC),
        circle(total, middle, 20, "network"),
        text(total, middle + 6, "Σ", "network", more=_LARGE),
        text(total, middle + 40, "", "network", more=f"{_SMALL} {slot('b')}"),
        text(total, 16, "", "muted", more=f"{_TINY} {slot('count')}"),
        _arrow((total + 21, middle), (556, middle), "network"),
        text(572, middle + 5, "y", "network", more=_ITALIC),
    )


def _drawn_row(layer: _Layer, index: int, y: float, tip: float) -> str:
    """One of many hidden units: a small circle between its two lines."""
    return "".join(
        [
            f"<g {slot(f'row{index}')}>",
            _line((layer.x + 18, layer.middle), (layer.unit - 12, y), "axis"),
            _line((layer.unit + 12, y), (layer.total - 20, tip), "network", slot(f"weight{index}")),
            circle(layer.unit, y, 11, "network"),
            text(layer.unit, y + 4, "", more=f'font-size="12.5" {slot(f"name{index}")}'),
            "</g>",
        ]
    )


def _row_words(layer: _Layer, index: int, y: float) -> str:
    """The knot and the output weight of one of many units, before all lines."""
    return "".join(
        [
            f"<g {slot(f'words{index}')}>",
            text(layer.unit - 20, y + 4, "", "muted", anchor="end", more=f"{_TINY} {slot(f'knot{index}')}"),
            text(layer.unit + 20, y + 4, "", anchor="start", more=f"{_TINY} {slot(f'v{index}')}"),
            "</g>",
        ]
    )
