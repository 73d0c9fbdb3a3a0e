"""A forward pass as matrix equations in LaTeX, and as the few lines of NumPy that compute it."""

from __future__ import annotations

import re

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.networks.activations import IDENTITY, Activation
from nn_core.networks.network import Layer
from nn_core.networks.steps import Walk
from pages.shared.numbers import MINUS, compact_parts, exact

WIDEST_LINE = 9
LOOP = "for W, b, f in layers:\n    z = a @ W + b\n    a = f(z)"

_GREEK = {ord("σ"): r"\sigma"}


def latex_number(value: float) -> str:
    """A number as short as on the picture, in LaTeX."""
    digits, power = compact_parts(value)
    return digits.replace(MINUS, "-") + ("" if power is None else rf" \cdot 10^{{{power}}}")


def latex_matrix(numbers: FloatArray) -> str:
    """A matrix with its numbers, shape (rows, columns)."""
    rows = [" & ".join(latex_number(float(each)) for each in row) for row in numbers]
    return r"\begin{pmatrix}" + r" \\ ".join(rows) + r"\end{pmatrix}"


def matrix_equations(walk: Walk) -> list[str]:
    """For each layer what it computes, with its numbers, in LaTeX."""
    bend = _symbol(walk.activation)
    return [
        _aligned([*_sum_lines(walk, index), *_bend_lines(walk, index, bend)])
        for index in range(len(walk.network.layers))
    ]


def _symbol(activation: Activation) -> str:
    """How the function is written in LaTeX: by the command of its own formula, if that names it."""
    if rf"\{activation.symbol}" in activation.formula and activation.symbol:
        return rf"\{activation.symbol}"
    symbol = activation.symbol.translate(_GREEK)
    return symbol if len(activation.symbol) < 2 else rf"\mathrm{{{symbol}}}"


def _sum_lines(walk: Walk, index: int) -> list[str]:
    """z = a W + b of a layer in letters, in numbers, and what comes out."""
    layer, name = walk.network.layers[index], index + 1
    given = rf"a_{{{index}}}" if index else "x"
    factors = latex_matrix(walk.inputs(index)[np.newaxis]), latex_matrix(layer.weights)
    added = latex_matrix(layer.biases[np.newaxis])
    n_in, n_out = layer.weights.shape
    wide = n_in + 2 * n_out > WIDEST_LINE
    numbers = [rf"&= {factors[0]}", rf"&\phantom{{=}} \cdot {factors[1]}", rf"&\phantom{{=}} + {added}"]
    return [
        rf"z_{{{name}}} &= {given}\, W_{{{name}}} + b_{{{name}}}",
        *(numbers if wide else [rf"&= {factors[0]} {factors[1]} + {added}"]),
        rf"&= {latex_matrix(walk.passed.pre_activations[index])}",
    ]


def _bend_lines(walk: Walk, index: int, bend: str) -> list[str]:
    """a = f(z) of a hidden layer, and what comes out; nothing for the output."""
    if index == walk.network.depth:
        return []
    name = index + 1
    applied = rf"{bend}(z_{{{name}}})" if bend else rf"z_{{{name}}}"
    return [rf"a_{{{name}}} &= {applied} = {latex_matrix(walk.passed.activations[index])}"]


def _aligned(lines: list[str]) -> str:
    return r"\begin{aligned} " + r" \\ ".join(lines) + r" \end{aligned}"


def listing(walk: Walk) -> str:
    """A program that computes this forward pass: the network's numbers, and three lines."""
    layers = walk.network.layers
    functions = list(dict.fromkeys((IDENTITY, *(layer.activation for layer in layers))))
    parts = [
        "import numpy as np",
        *map(_definition, functions),
        "layers = [\n" + "\n".join(map(_layer, layers)) + "\n]",
        f"a = {_array(walk.passed.inputs[0])}\n{LOOP}",
        "print(a)",
    ]
    return "\n\n".join(parts)


def _definition(activation: Activation) -> str:
    """The function, in Python."""
    name = _called(activation)
    if activation.code == f"np.{name}(z)":
        return f"{name} = np.{name}"
    return f"def {name}(z):\n    return {activation.code}"


def _called(activation: Activation) -> str:
    """What the program calls it: where nothing bends there is none."""
    return "none" if activation == IDENTITY else re.sub(r"\W", "_", activation.name.lower())


def _layer(layer: Layer) -> str:
    return f"    ({_array(layer.weights)},\n     {_array(layer.biases)}, {_called(layer.activation)}),"


def _array(numbers: FloatArray) -> str:
    """An array as NumPy reads it, every digit kept."""
    if numbers.ndim == 1:
        return f"np.array([{', '.join(exact(float(each)) for each in numbers)}])"
    widest = max(len(exact(float(each))) for each in numbers.flat)
    rows = [", ".join(exact(float(each)).rjust(widest) for each in row) for row in numbers]
    return "np.array([[" + ("],\n" + " " * 15 + "[").join(rows) + "]])"
