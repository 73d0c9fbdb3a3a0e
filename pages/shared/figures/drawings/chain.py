"""One training step drawn along the network: numbers forward above the edges, derivatives back below them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nn_core.learning.gradients import Gradients
from nn_core.networks.network import ForwardPass, Network
from pages.shared.figures.drawings.markup import Markup, Slots, circle, slot, svg, text
from pages.shared.figures.theme import colour
from pages.shared.numbers import lowered, plain, signed

PARTS = ("sample", "forward", "loss", "backward", "update")
SAMPLE, FORWARD, LOSS, BACKWARD, UPDATE = range(1, 6)
NAMES = ("w1", "w2", "b1", "b2", "v1", "v2", "c")
SYMBOLS = {name: name[0] + lowered(int(name[1])) if name != "c" else name for name in NAMES}
NAMED = {symbol: name for name, symbol in SYMBOLS.items()}
MEANINGS = {name: "weight" if name[0] in "wv" else "bias" for name in NAMES}


@dataclass(frozen=True, eq=False)
class OneStep:
    """Everything that one step of a 1-2-1 network computes, from one pair to the network after it.

    network: two hidden units, the output without activation. passed: its pass at the one input.
    target: the label t. loss: (y - t)^2. gradients: of that loss. after: the network after the step.
    loss_after: that network's loss of the same pair.
    """

    network: Network
    passed: ForwardPass
    target: float
    loss: float
    gradients: Gradients
    after: Network
    loss_after: float

    @property
    def x(self) -> float:
        """The input."""
        return float(self.passed.inputs[0, 0])

    @property
    def output(self) -> float:
        """The network's output y."""
        return float(self.passed.output[0, 0])

    @property
    def output_derivative(self) -> float:
        """dL/dy."""
        return float(self.gradients[1].biases[0])

    def unit(self, index: int) -> dict[str, float]:
        """Of one hidden unit z, a, f'(z), dL/da and dL/dz, under the names z, a, slope, da and dz."""
        z = self.passed.pre_activations[0][:, index]
        hidden, output = self.network.layers
        return {
            "z": float(z[0]),
            "a": float(self.passed.activations[0][0, index]),
            "slope": float(hidden.activation.derivative(z)[0]),
            "da": self.output_derivative * float(output.weights[index, 0]),
            "dz": float(self.gradients[0].biases[index]),
        }


def by_name(network: Network | Gradients) -> dict[str, float]:
    """The seven parameters of a 1-2-1 network, or the derivatives with respect to them, by their names."""
    hidden, output = network.layers if isinstance(network, Network) else network
    arrays = hidden.weights[0], hidden.biases, output.weights[:, 0], output.biases
    return dict(zip(NAMES, map(float, np.concatenate(arrays)), strict=True))


def network(step: OneStep, part: int, chosen: str) -> Markup:
    """The network with all numbers of the step up to this part, the chosen parameter's edge the boldest.

    part: from SAMPLE to UPDATE; numbers of later parts are hidden.
    """
    before, derivatives, after = (by_name(each) for each in (step.network, step.gradients, step.after))
    slots: Slots = {
        "x": {"text": plain(step.x)},
        "t": {"text": f"t = {plain(step.target)}"},
        "y": {"text": plain(step.output)},
        "loss number": {"text": plain(step.loss, 4)},
        "dy": {"text": signed(step.output_derivative)},
    }
    for name in NAMES:
        slots[name] = {"text": f"{SYMBOLS[name]} = {plain(before[name])}"}
        slots[f"{name} after"] = {"text": f"→ {plain(after[name])}"}
        slots[f"edge {name}"] = {"stroke-width": 4 if name == chosen else 1.5}
    slots |= {f"d{name}": {"text": signed(derivatives[name])} for name in NAMES if name[0] in "wv"}
    for index in (0, 1):
        slots |= _unit_slots(step, index)
    return Markup(_svg(), slots | _part_slots(part))


def _unit_slots(step: OneStep, index: int) -> Slots:
    numbers, j = step.unit(index), index + 1
    mark = lowered(j)
    return {
        f"z{j}": {"text": f"z{mark} = {plain(numbers['z'])}"},
        f"a{j}": {"text": f"a{mark} = {plain(numbers['a'])}"},
        f"da{j}": {"text": f"dL/da{mark} = {signed(numbers['da'])}"},
        f"slope{j}": {"text": f"f′(z{mark}) = {plain(numbers['slope'])}"},
        f"dz{j}": {"text": f"dL/dz{mark} = dL/db{mark} = {signed(numbers['dz'])}"},
    }


def _part_slots(part: int) -> Slots:
    """What is seen, and that the part at hand stands out."""
    slots: Slots = {}
    for number, name in enumerate(PARTS, start=1):
        weight = 700 if number == part else 400
        slots[f"part {name}"] = {
            "visibility": "visible" if number <= part else "hidden",
            "font-weight": weight,
        }
        slots[f"title {name}"] = {
            "font-weight": weight,
            "text-decoration": "underline" if number == part else "none",
            "fill": colour("ink" if number <= part else "muted"),
        }
    return slots


# ---- pieces of SVG ------------------------------------------------------------------------------------

WIDTH, HEIGHT, WIDEST = 640, 288, "48rem"
LEFT, UNIT, OUTPUT, RIGHT = 30, 270, 498, 592
ROWS = (77, 209)
MIDDLE = sum(ROWS) // 2
HALF_WIDE, HALF_HIGH, RADIUS = 62, 22, 26
FORTH, BACK = 152, 388


def _text(x: float, y: float, content: str = "", fill: str = "ink", named: str = "") -> str:
    return text(x, y, content, fill, more=slot(named) if named else "")


def _group(part: str, *pieces: str) -> str:
    return f"<g {slot(f'part {part}')}>{''.join(pieces)}</g>"


def _edge(path: str, stroke: str, parameter: str = "") -> str:
    """A line; that of a parameter gets as bold as its slot says."""
    shape = f'd="{path}" fill="none" stroke-linecap="round" stroke-width="1.5"'
    named = " " + slot(f"edge {parameter}") if parameter else ""
    return f'<path {shape} stroke="{colour(stroke)}"{named}/>'


def _box(x: float, y: float, half_wide: float, half_high: float, stroke: str) -> str:
    return (
        f'<rect x="{x - half_wide}" y="{y - half_high}" width="{2 * half_wide}" height="{2 * half_high}" '
        f'rx="9" fill="{colour("paper")}" stroke="{colour(stroke)}" stroke-width="2"/>'
    )


def _edges(j: int, y: float) -> str:
    """To and from one hidden unit, each level where its numbers stand, and the bias from above."""
    turn = MIDDLE + (8 if y > MIDDLE else -8)
    start, end = LEFT + 24, OUTPUT - 24
    near, far = UNIT - HALF_WIDE, UNIT + HALF_WIDE
    return "".join(
        [
            _edge(
                f"M {start} {turn} C {start + 26} {turn} {start + 12} {y} 96 {y} L {near} {y}",
                "weight",
                f"w{j}",
            ),
            _edge(f"M {far} {y} L 444 {y} C {end - 6} {y} {end - 26} {turn} {end} {turn}", "weight", f"v{j}"),
            _edge(f"M {UNIT} {y - 32} L {UNIT} {y - HALF_HIGH}", "bias", f"b{j}"),
        ]
    )


def _unit(j: int, y: float) -> str:
    """One hidden unit with its bias, what it computes, and all derivatives around it."""
    return "".join(
        [
            _edges(j, y),
            _box(UNIT, y, HALF_WIDE, HALF_HIGH, f"unit-{j}"),
            _text(UNIT - 40, y - 32, fill="bias", named=f"b{j}"),
            _text(FORTH, y - 25, fill="weight", named=f"w{j}"),
            _text(BACK, y - 25, fill="weight", named=f"v{j}"),
            _group(
                "forward", _text(UNIT, y - 4, named=f"z{j}"), _text(UNIT, y + 14, "", f"unit-{j}", f"a{j}")
            ),
            _group("backward", *_derivatives(j, y)),
            _group(
                "update",
                _text(FORTH, y - 8, fill="weight", named=f"w{j} after"),
                _text(BACK, y - 8, fill="weight", named=f"v{j} after"),
                _text(UNIT + 38, y - 32, fill="bias", named=f"b{j} after"),
            ),
        ]
    )


def _derivatives(j: int, y: float) -> list[str]:
    """Everything below the edges of a unit, and below the unit."""
    mark = lowered(j)
    return [
        _text(FORTH, y + 19, f"dL/dw{mark}", "error"),
        _text(FORTH, y + 37, "", "error", f"dw{j}"),
        _text(BACK, y + 19, f"dL/dv{mark}", "error"),
        _text(BACK, y + 37, "", "error", f"dv{j}"),
        _text(UNIT, y + 40, "", "error", f"da{j}"),
        _text(UNIT, y + 57, "", "muted", f"slope{j}"),
        _text(UNIT, y + 74, "", "error", f"dz{j}"),
    ]


def _output() -> str:
    """The output, its bias, and the loss with the label."""
    y = MIDDLE
    return "".join(
        [
            _edge(f"M {OUTPUT} {y - 36} L {OUTPUT} {y - RADIUS}", "bias", "c"),
            circle(OUTPUT, y, RADIUS, "network"),
            _text(OUTPUT + 6, y - 58, "", "bias", "c"),
            _group("update", _text(OUTPUT + 6, y - 41, "", "bias", "c after")),
            _edge(f"M {OUTPUT + RADIUS} {y} L {RIGHT - 42} {y}", "network"),
            _edge(f"M {RIGHT} {y - 42} L {RIGHT} {y - RADIUS}", "target"),
            _box(RIGHT, y, 42, RADIUS, "error"),
            _text(RIGHT, y - 5, "(y − t)²", "error"),
            _group("sample", _text(RIGHT, y - 48, "", "target", "t")),
            _group(
                "forward", _text(OUTPUT, y - 3, "y", "network"), _text(OUTPUT, y + 14, "", "network", "y")
            ),
            _group("loss", _text(RIGHT, y + 16, "", "error", "loss number")),
            _group(
                "backward",
                _text(OUTPUT + 44, y + 46, "dL/dy = dL/dc", "error"),
                _text(OUTPUT + 44, y + 63, "", "error", "dy"),
            ),
        ]
    )


@lru_cache
def _svg() -> str:
    titles = [
        _text(70 + 125 * index, 15, f"{index + 1} {name}", named=f"title {name}")
        for index, name in enumerate(PARTS)
    ]
    return svg(
        WIDTH,
        HEIGHT,
        *titles,
        *(_unit(j, y) for j, y in enumerate(ROWS, start=1)),
        _output(),
        circle(LEFT, MIDDLE, RADIUS, "input"),
        _group("sample", _text(LEFT, MIDDLE - 3, "x", "input"), _text(LEFT, MIDDLE + 14, "", "input", "x")),
        font_size=16,
        style=f"max-width:{WIDEST};margin:0 auto",
    )
