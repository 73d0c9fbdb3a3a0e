"""A network drawn as a network: nodes, arrows as thick as their weights, and the numbers that flow through.

A diagram is an SVG made once for a shape of network; only its slots change.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from nn_core.grids import evenly
from nn_core.networks.activations import Activation
from nn_core.networks.network import ForwardPass, Network, knot
from pages.shared.figures.drawings.markup import Markup
from pages.shared.figures.theme import colour
from pages.shared.numbers import plain, signed

Slots = dict[str, dict[str, str | float]]

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
    slots: Slots = {"b": {"text": signed(float(output.biases[0]))}}
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
    strongest = max(1e-12, float(np.abs(weights).max(initial=0.0)))
    few = f"{len(chosen)} of " if len(chosen) < len(weights) else ""
    slots: Slots = {
        "count": {"text": f"{few}{len(weights)} hidden {'unit' if len(weights) == 1 else 'units'} drawn"},
        "b": {"text": f"bias {signed(float(output.biases[0]), 3)}"},
    }
    for row in range(most):
        slots |= _hidden_row(row, None)
    for row, index in enumerate(chosen):
        at = knot(hidden.weights[0, index], hidden.biases[index])
        slots |= _hidden_row(row, index, at, float(weights[index]), strongest)
    return Markup(_many_units_svg(most), slots)


def _hidden_row(
    row: int, index: int | None, at: float | None = None, weight: float = 0.0, strongest: float = 1.0
) -> Slots:
    """What the diagram says of one unit; nothing where there is no unit in that row."""
    shown = index is not None
    return {
        f"row{row}": {"visibility": "visible" if shown else "hidden"},
        f"name{row}": {"text": f"{index + 1}" if index is not None else ""},
        f"knot{row}": {"text": "no knot" if at is None else f"knot {plain(at, 3)}"},
        f"v{row}": {"text": signed(weight, 3)},
        f"weight{row}": _arrow_strength(weight, strongest),
    }


def _arrow_strength(weight: float, strongest: float) -> dict[str, str | float]:
    """As thick as the weight is large; dashed where it is negative, faint where it is zero."""
    return {
        "stroke-width": round(1.5 + 5 * abs(weight) / strongest, 2),
        "stroke-dasharray": "7 4" if weight < 0 else "none",
        "opacity": 1 if weight else 0.25,
    }


@lru_cache
def _glyph(activation: Activation) -> str:
    """The activation's graph over -3 <= z <= 3, fitted into a box of 44 x 26 around (0, 0)."""
    values = activation(_GLYPH)
    low, high = float(values.min()), float(values.max())
    heights = 13 - 26 * (values - low) / (high - low)
    return " ".join(f"{z * 22 / 3:.1f},{y:.1f}" for z, y in zip(_GLYPH, heights, strict=True))


# ---- pieces of SVG --------------------------------------------------------------------------------


def _text(
    x: float, y: float, content: str, *, fill: str = "ink", anchor: str = "middle", more: str = ""
) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour(fill)}" {more}>{content}</text>'


def _slot(name: str) -> str:
    return f'data-slot="{name}"'


def _circle(x: float, y: float, radius: float, stroke: str) -> str:
    return (
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{colour("paper")}" '
        f'stroke="{colour(stroke)}" stroke-width="2"/>'
    )


def _arrow(start: tuple[float, float], end: tuple[float, float], stroke: str, slot: str = "") -> str:
    """A line from start to end with a head at its end."""
    (x0, y0), (x1, y1) = start, end
    along = np.array([x1 - x0, y1 - y0])
    along = along / np.hypot(*along)
    neck = np.array(end) - 10 * along
    side = 5 * np.array([-along[1], along[0]])
    head = " ".join(f"{x:.1f},{y:.1f}" for x, y in (end, neck + side, neck - side))
    return (
        f'<line x1="{x0}" y1="{y0}" x2="{neck[0]:.1f}" y2="{neck[1]:.1f}" '
        f'stroke="{colour(stroke)}" stroke-width="1.5" {slot}/>'
        f'<polygon points="{head}" fill="{colour(stroke)}"/>'
    )


def _activation_box(x: float, y: float, glyph: str, stroke: str) -> str:
    return (
        f'<g transform="translate({x} {y})"><rect x="-32" y="-21" width="64" height="42" rx="8" '
        f'fill="{colour("paper")}" stroke="{colour(stroke)}" stroke-width="2"/>'
        f'<polyline fill="none" stroke="{colour(stroke)}" stroke-width="2.5" {_slot(glyph)}/></g>'
    )


def _svg(width: int, height: int, *pieces: str) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" font-size="15" aria-hidden="true">' + "".join(pieces) + "</svg>"
    )


_BOLD = 'font-weight="600"'
_TINY = f'font-size="12" paint-order="stroke" stroke="{colour("paper")}" stroke-width="3"'
_SMALL = 'font-size="14"'


@lru_cache
def _neuron_svg() -> str:
    x, total, box, a, middle = 34, 190, 348, 506, 64
    return _svg(
        540,
        104,
        _arrow((x + 28, middle), (total - 24, middle), "weight", _slot("weight")),
        _text(114, middle - 12, "", fill="weight", more=f"{_BOLD} {_slot('w')}"),
        _text(114, middle + 25, "weight w", fill="weight", more=_SMALL),
        _circle(x, middle, 28, "input"),
        _text(x, middle + 5, "", fill="input", more=f"{_BOLD} {_slot('x')}"),
        _text(x, 24, "input x", fill="input", more=_SMALL),
        _arrow((total, 22), (total, middle - 24), "bias"),
        _text(total, 16, "", fill="bias", more=f"{_BOLD} {_slot('b')}"),
        _text(total + 26, 16, "bias b", fill="bias", anchor="start", more=_SMALL),
        _circle(total, middle, 24, "ink"),
        _text(total, middle + 6, "Σ", more='font-size="18"'),
        _arrow((total + 24, middle), (box - 32, middle), "ink"),
        _text(262, middle - 10, "", more=f"{_BOLD} {_slot('z')}"),
        _text(262, middle + 22, "z", more='font-style="italic"'),
        _activation_box(box, middle, "glyph", "network"),
        _text(box, 32, "", fill="network", more=f"{_SMALL} {_slot('f')}"),
        _arrow((box + 32, middle), (a - 30, middle), "network"),
        _circle(a, middle, 29, "network"),
        _text(a, middle + 5, "", fill="network", more=f"{_BOLD} {_slot('a')}"),
        _text(a, 24, "output a", fill="network", more=_SMALL),
    )


@lru_cache
def _one_hidden_layer_svg(count: int) -> str:
    row, x, box, total = 56, 30, 232, 440
    height = row * count
    middle = height / 2
    pieces = []
    for index in range(count):
        y = row * (index + 0.5)
        unit = f"unit-{index + 1}"
        tip = middle + (index - (count - 1) / 2) * 16
        side = -1 if y < middle else 1
        pieces += [
            _arrow((x + 24, middle), (box - 33, y), unit),
            _activation_box(box, y, f"glyph{index}", unit),
            _text(124, y + 6 + 16 * side, "", fill=unit, more=f"{_SMALL} {_slot(f'knot{index}')}"),
            _arrow((box + 34, y), (total - 26, tip), unit, _slot(f"weight{index}")),
            _text(342, (y + tip) / 2 + 6 + 18 * side, "", fill=unit, more=f"{_BOLD} {_slot(f'v{index}')}"),
        ]
    return _svg(
        540,
        height,
        *pieces,
        _circle(x, middle, 24, "ink"),
        _text(x, middle + 5, "x", more='font-style="italic" font-size="18"'),
        _circle(total, middle, 25, "network"),
        _text(total, middle + 6, "Σ", fill="network", more='font-size="18"'),
        _text(total, middle - 34, "", fill="network", more=f"{_BOLD} {_slot('b')}"),
        _arrow((total + 26, middle), (512, middle), "network"),
        _text(526, middle + 6, "y", fill="network", more='font-style="italic" font-size="18"'),
    )


@lru_cache
def _many_units_svg(most: int) -> str:
    row, x, unit, total = 26, 30, 250, 470
    middle = row * (most + 1) / 2
    pieces = []
    for index in range(most):
        y = row * (index + 1)
        tip = middle + (index - (most - 1) / 2) * 5
        pieces.append(
            f"<g {_slot(f'row{index}')}>"
            + _line((x + 18, middle), (unit - 12, y), "axis")
            + _line((unit + 12, y), (total - 20, tip), "network", _slot(f"weight{index}"))
            + _circle(unit, y, 11, "network")
            + _text(unit, y + 4, "", more=f'font-size="11" {_slot(f"name{index}")}')
            + _text(unit - 20, y + 4, "", fill="muted", anchor="end", more=f"{_TINY} {_slot(f'knot{index}')}")
            + _text(unit + 20, y + 4, "", fill="ink", anchor="start", more=f"{_TINY} {_slot(f'v{index}')}")
            + "</g>"
        )
    return _svg(
        600,
        row * (most + 1),
        *pieces,
        _circle(x, middle, 18, "ink"),
        _text(x, middle + 5, "x", more='font-style="italic"'),
        _circle(total, middle, 20, "network"),
        _text(total, middle + 6, "Σ", fill="network", more='font-size="18"'),
        _text(total, middle + 40, "", fill="network", more=f"{_SMALL} {_slot('b')}"),
        _text(total, 16, "", fill="muted", more=f"{_TINY} {_slot('count')}"),
        _arrow((total + 21, middle), (556, middle), "network"),
        _text(572, middle + 5, "y", fill="network", more='font-style="italic"'),
    )


def _line(start: tuple[float, float], end: tuple[float, float], stroke: str, slot: str = "") -> str:
    (x0, y0), (x1, y1) = start, end
    return f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" stroke="{colour(stroke)}" {slot}/>'
