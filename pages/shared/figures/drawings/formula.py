"""Formulas as mathematics (MathML), with the current numbers in their colours."""

from __future__ import annotations

from functools import lru_cache

from nn_core.networks.network import ForwardPass, Network
from pages.shared.figures.drawings.markup import Markup
from pages.shared.figures.drawings.mathml import letter, number, operator
from pages.shared.figures.theme import colour
from pages.shared.numbers import plain, sign


def neuron(network: Network, probe: ForwardPass) -> Markup:
    """a = f(w x + b), then the same with its numbers, then the result.

    network: 1 -> 1, one layer. probe: its forward pass at a single sample.
    """
    (layer,) = network.layers
    weight, bias = float(layer.weights[0, 0]), float(layer.biases[0])
    x, z, a = (float(array[0, 0]) for array in (probe.inputs, probe.pre_activations[0], probe.output))
    return Markup(
        _neuron_mathml(layer.activation.symbol),
        {
            "w": {"text": plain(weight, 1)},
            "x": {"text": plain(x) if x >= 0 else f"({plain(x)})"},
            "b sign": {"text": sign(bias)},
            "b": {"text": plain(abs(bias), 1)},
            "z": {"text": plain(z)},
            "a": {"text": plain(a)},
        },
    )


def weighted_sum(weights: tuple[float, ...], bias: float, names: tuple[str, ...]) -> Markup:
    """y = v_1 a_1 + v_2 a_2 + ... + c with the current weights; `names` are those of the activations."""
    slots = {}
    for slot, value in [
        *((f"v{index}", weight) for index, weight in enumerate(weights)),
        ("c", bias),
    ]:
        slots[f"{slot} sign"] = {"text": sign(value), "style": ""}
        slots[slot] = {"text": plain(abs(value))}
    if weights[0] >= 0:
        slots["v0 sign"] = {"text": "", "style": "display:none"}
    return Markup(_weighted_sum_mathml(names), slots)


def _signed_number(slot: str, meaning: str, form: str = "infix") -> str:
    """A number and its sign, which stands between two terms (infix) or before the first one (prefix)."""
    return f'<mo form="{form}" data-slot="{slot} sign"></mo>{number(slot, meaning)}'


def _applied(symbol: str, *inside: str) -> str:
    """A function and its argument in parentheses; without a symbol the argument alone."""
    if not symbol:
        return "".join(inside)
    return f"<mi>{symbol}</mi>{operator('(')}{''.join(inside)}{operator(')')}"


@lru_cache
def _neuron_mathml(symbol: str) -> str:
    general = (letter("w", "weight"), letter("x", "input"), operator("+"), letter("b", "bias"))
    numbers = (
        number("w", "weight"), operator("·"), number("x", "input"),
        _signed_number("b", "bias"),
    )  # fmt: skip
    middle = [operator("="), _applied(symbol, number("z", "ink"))] if symbol else []
    return "".join(
        [
            "<math>", letter("a", "network"), operator("="), _applied(symbol, *general), "</math>",
            "<math>", operator("="), _applied(symbol, *numbers), *middle,
            operator("="), number("a", "network"), "</math>",
        ]
    )  # fmt: skip


@lru_cache
def _weighted_sum_mathml(names: tuple[str, ...]) -> str:
    terms = []
    for index, name in enumerate(names):
        unit = f"unit-{index + 1}"
        subscript = f'<mn style="color:{colour(unit)}">{name}</mn>'
        signed = _signed_number(f"v{index}", unit, "infix" if index else "prefix")
        terms.append(f"{signed}<msub>{letter('a', unit)}{subscript}</msub>")
    total = letter("y", "network") + operator("=")
    return f"<math>{total}{''.join(terms)}{_signed_number('c', 'network')}</math>"
