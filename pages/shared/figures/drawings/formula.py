"""Formulas as mathematics (MathML), with the current numbers in their colours."""

from __future__ import annotations

from functools import lru_cache

from pages.shared.figures.drawings.markup import Markup
from pages.shared.figures.theme import colour
from pages.shared.numbers import plain, sign


def neuron(weight: float, bias: float, x: float, z: float, a: float, symbol: str) -> Markup:
    """a = f(w x + b), then the same with its numbers, then the result; `symbol` is how f is written."""
    return Markup(
        _neuron_mathml(symbol),
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
    """y = v_1 a_1 + v_2 a_2 + ... + b with the current weights; `names` are those of the activations."""
    slots = {}
    for slot, number in [
        *((f"v{index}", weight) for index, weight in enumerate(weights)),
        ("b", bias),
    ]:
        slots[f"{slot} sign"] = {"text": sign(number)}
        slots[slot] = {"text": plain(abs(number))}
    if weights[0] >= 0:
        slots["v0 sign"] = {"text": ""}
    return Markup(_weighted_sum_mathml(names), slots)


def _letter(letter: str, meaning: str = "ink") -> str:
    return f'<mi style="color:{colour(meaning)}">{letter}</mi>'


def _number(slot: str, meaning: str) -> str:
    return f'<mn style="color:{colour(meaning)}" data-slot="{slot}"></mn>'


def _signed_number(slot: str, meaning: str) -> str:
    return f'<mo form="infix" data-slot="{slot} sign"></mo>{_number(slot, meaning)}'


def _operator(sign: str) -> str:
    return f"<mo>{sign}</mo>"


def _applied(symbol: str, *inside: str) -> str:
    """A function and its argument in parentheses; without a symbol the argument alone."""
    if not symbol:
        return "".join(inside)
    return f"<mi>{symbol}</mi>{_operator('(')}{''.join(inside)}{_operator(')')}"


@lru_cache
def _neuron_mathml(symbol: str) -> str:
    general = (_letter("w", "weight"), _letter("x", "input"), _operator("+"), _letter("b", "bias"))
    numbers = (
        _number("w", "weight"), _operator("·"), _number("x", "input"),
        _signed_number("b", "bias"),
    )  # fmt: skip
    middle = [_operator("="), _applied(symbol, _number("z", "ink"))] if symbol else []
    return "".join(
        [
            "<math>", _letter("a", "network"), _operator("="), _applied(symbol, *general), "</math>",
            "<math>", _operator("="), _applied(symbol, *numbers), *middle,
            _operator("="), _number("a", "network"), "</math>",
        ]
    )  # fmt: skip


@lru_cache
def _weighted_sum_mathml(names: tuple[str, ...]) -> str:
    terms = []
    for index, name in enumerate(names):
        unit = f"unit-{index + 1}"
        subscript = f'<mn style="color:{colour(unit)}">{name}</mn>'
        terms.append(f"{_signed_number(f'v{index}', unit)}<msub>{_letter('a', unit)}{subscript}</msub>")
    return "".join(
        [
            "<math>",
            _letter("y", "network"),
            _operator("="),
            *terms,
            _signed_number("b", "network"),
            "</math>",
        ]
    )
