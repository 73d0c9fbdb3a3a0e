"""A forward pass as matrix equations in LaTeX, and as the few lines of NumPy that compute it."""

from __future__ import annotations

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.networks.network import Layer
from nn_core.networks.steps import Walk
from pages.shared.figures.drawings.passing import compact
from pages.shared.numbers import MINUS, RAISED

DEFINITIONS = {
    "none": "def none(z):\n    return z",
    "ReLU": "def relu(z):\n    return np.maximum(z, 0)",
    "sigmoid": "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))",
    "tanh": "tanh = np.tanh",
    "step": "def step(z):\n    return np.where(z >= 0, 1.0, 0.0)",
}
WIDEST_LINE = 9
LOOP = "for W, b, f in layers:\n    z = a @ W + b\n    a = f(z)"

_LOWERED = str.maketrans({superscript: chr(plain) for plain, superscript in RAISED.items()})


def latex_number(value: float) -> str:
    """A number as short as on the picture, in LaTeX."""
    digits, _, power = compact(value).replace(MINUS, "-").partition("·10")
    return rf"{digits} \cdot 10^{{{power.translate(_LOWERED)}}}" if power else digits


def latex_matrix(numbers: FloatArray) -> str:
    """A matrix with its numbers, shape (rows, columns)."""
    rows = [" & ".join(latex_number(float(each)) for each in row) for row in numbers]
    return r"\begin{pmatrix}" + r" \\ ".join(rows) + r"\end{pmatrix}"


def matrix_equations(walk: Walk, activation: str) -> list[str]:
    """For each layer what it computes, with its numbers, in LaTeX.

    activation: what hidden layers' activation is called.
    """
    symbols = {"none": "", "sigmoid": r"\sigma", "tanh": r"\tanh"}
    bend = symbols.get(activation, rf"\mathrm{{{activation}}}")
    return [
        _aligned([*_sum_lines(walk, index), *_bend_lines(walk, index, bend)])
        for index in range(len(walk.network.layers))
    ]


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


def listing(walk: Walk, activation: str) -> str:
    """A program that computes this forward pass: the network's numbers, and three lines.

    activation: a name in DEFINITIONS, that of the hidden layers.
    """
    definitions = [DEFINITIONS["none"]]
    if activation != "none" and walk.network.depth:
        definitions.append(DEFINITIONS[activation])
    depth = walk.network.depth
    layers = [
        _layer(layer, activation.lower() if index < depth else "none")
        for index, layer in enumerate(walk.network.layers)
    ]
    sample = f"a = {_array(walk.passed.inputs[0])}"
    return (
        "\n\n".join(["import numpy as np", *definitions, "layers = [\n" + "\n".join(layers) + "\n]", sample])
        + f"\n{LOOP}\n\nprint(a)"
    )


def _layer(layer: Layer, activation: str) -> str:
    return f"    ({_array(layer.weights)},\n     {_array(layer.biases)}, {activation}),"


def _array(numbers: FloatArray) -> str:
    """An array as NumPy reads it, every digit kept."""
    if numbers.ndim == 1:
        return f"np.array([{', '.join(_written(float(each)) for each in numbers)}])"
    widest = max(len(_written(float(each))) for each in numbers.flat)
    rows = [", ".join(_written(float(each)).rjust(widest) for each in row) for row in numbers]
    return "np.array([[" + ("],\n" + " " * 15 + "[").join(rows) + "]])"


def _written(value: float) -> str:
    """A number with all its digits; a whole one ends in a point, so that it is no integer: 2."""
    return repr(value).removesuffix("0") if repr(value).endswith(".0") else repr(value)
