"""An expression is a tree of numbers, names and operations, with its values, its LaTeX and its polynomial."""

import functools
import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple, TypeAlias

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.networks.activations import LARGEST_FLOAT, relu, sigmoid, step

HIGHEST_DEGREE = 20
# In bits, above or below the bar. float64 goes up to 1074, and exact powers of pi need some more.
LONGEST_FRACTION = 2048


def _greatest(*values: FloatArray) -> FloatArray:
    """The greatest of two or more, entry by entry."""
    return functools.reduce(np.maximum, values)


def _least(*values: FloatArray) -> FloatArray:
    """The least of two or more, entry by entry."""
    return functools.reduce(np.minimum, values)


CONSTANTS = {"pi": np.pi, "e": np.e}
FUNCTIONS: dict[str, Callable[..., FloatArray]] = {
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "exp": np.exp,
    "ln": np.log,
    "log": np.log,
    "log10": np.log10,
    "log2": np.log2,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "sign": np.sign,
    "floor": np.floor,
    "ceil": np.ceil,
    "mod": np.mod,
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "relu": relu,
    "step": step,
    "min": _least,
    "max": _greatest,
}
OF_SEVERAL_NUMBERS, OF_TWO_NUMBERS = {"min", "max"}, {"mod"}
OPERATIONS: dict[str, Callable[..., FloatArray]] = {
    **FUNCTIONS,
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
    "negative": np.negative,
}
COMPARISONS: dict[str, Callable[..., FloatArray]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}

# ---- the tree -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Number:
    """A float64 number."""

    value: float


@dataclass(frozen=True, slots=True)
class Name:
    """A variable or a constant."""

    name: str


@dataclass(frozen=True, slots=True)
class Applied:
    """One of the OPERATIONS, applied to its parts."""

    operation: str
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Parts with COMPARISONS between them, one fewer: 1 where all are true, else 0."""

    signs: tuple[str, ...]
    parts: tuple["Node", ...]


Node: TypeAlias = Number | Name | Applied | Compared


# ---- from the tree to values ----------------------------------------------------------------------


def values_of(node: Node, arrays: Mapping[str, FloatArray]) -> FloatArray:
    """The values of a tree, of a shape that broadcasts to that of the arrays of its variables."""
    match node:
        case Number(value):
            return np.array(value)
        case Name(name):
            return arrays[name] if name in arrays else np.array(CONSTANTS[name])
        case Applied(operation, parts):
            return OPERATIONS[operation](*[values_of(part, arrays) for part in parts])
        case Compared(signs, parts):
            sides = [values_of(part, arrays) for part in parts]
            truths = [
                COMPARISONS[sign](left, right)
                for sign, left, right in zip(signs, sides, sides[1:], strict=False)
            ]
            return np.multiply(1.0, functools.reduce(np.logical_and, truths))


# ---- from the tree to LaTeX -----------------------------------------------------------------------

# How tightly a piece of LaTeX holds together, from a sum to what never needs parentheses.
SUM, PRODUCT, QUOTIENT, POWER, WHOLE = range(5)
RELATIONS = {"<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "==": "=", "!=": r"\ne"}
LATEX_NAMES = {
    name: rf"\{name}" for name in ("sin", "cos", "tan", "sinh", "cosh", "ln", "tanh", "min", "max")
}
LATEX_NAMES |= {"log": r"\ln", "log10": r"\log_{10}", "log2": r"\log_2"}
LATEX_NAMES |= {"asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan"}


class _Latex(NamedTuple):
    """A piece of LaTeX, and how tightly it holds together."""

    text: str
    rank: int


def latex_of(node: Node, names: Mapping[str, str]) -> _Latex:
    """A tree in LaTeX, the variables and constants under the given names."""
    match node:
        case Number(value):
            return _number_latex(value)
        case Name(name):
            return _Latex(names[name], WHOLE)
        case Applied(operation, parts):
            return _applied_latex(operation, [latex_of(part, names) for part in parts])
        case Compared(signs, parts):
            sides = [latex_of(part, names).text for part in parts]
            rest = [f" {RELATIONS[sign]} {side}" for sign, side in zip(signs, sides[1:], strict=True)]
            return _Latex(_enclosed("[", sides[0] + "".join(rest), "]"), WHOLE)


def _number_latex(value: float) -> _Latex:
    """A number, in powers of ten where Python writes one too."""
    digits, _, exponent = repr(value).partition("e")
    digits = digits.removesuffix(".0")
    if not exponent:
        return _Latex(digits, WHOLE)
    power = f"10^{{{int(exponent)}}}"
    return _Latex(power, POWER) if digits == "1" else _Latex(rf"{digits} \cdot {power}", PRODUCT)


def _applied_latex(operation: str, parts: list[_Latex]) -> _Latex:
    """An operation on its parts."""
    match operation, parts:
        case "negative", [part]:
            return _Latex(f"-{_at_least(PRODUCT, part)}", SUM)
        case (("+" | "-"), [left, right]):
            return _Latex(f"{left.text} {operation} {_at_least(PRODUCT, right)}", SUM)
        case "*", [left, right]:
            return _Latex(_times(_at_least(PRODUCT, left), _at_least(QUOTIENT, right)), PRODUCT)
        case "/", [left, right]:
            return _Latex(rf"\frac{{{left.text}}}{{{right.text}}}", QUOTIENT)
        case "^", [base, exponent]:
            return _Latex(_raised(_at_least(WHOLE, base), exponent.text), POWER)
        case "exp", [exponent]:
            return _Latex(_raised("e", exponent.text), POWER)
    return _Latex(_function_latex(operation, ", ".join(part.text for part in parts)), WHOLE)


def _function_latex(name: str, argument: str) -> str:
    """A function of its argument or arguments."""
    match name:
        case "abs":
            return rf"\left|{argument}\right|"
        case "sqrt":
            return rf"\sqrt{{{argument}}}"
        case "floor":
            return rf"\left\lfloor {argument} \right\rfloor"
        case "ceil":
            return rf"\left\lceil {argument} \right\rceil"
    return LATEX_NAMES.get(name, rf"\operatorname{{{name}}}") + _enclosed("(", argument, ")")


def _at_least(rank: int, part: _Latex) -> str:
    """A piece of LaTeX, in parentheses if it holds less tightly than it must."""
    return part.text if part.rank >= rank else _enclosed("(", part.text, ")")


def _enclosed(left: str, text: str, right: str) -> str:
    """LaTeX in parentheses or brackets, as tall as it is."""
    return rf"\left{left}{text}\right{right}" if r"\frac" in text else f"{left}{text}{right}"


def _raised(base: str, exponent: str) -> str:
    """A power."""
    return f"{base}^{exponent}" if len(exponent) == 1 else f"{base}^{{{exponent}}}"


def _times(left: str, right: str) -> str:
    r"""A product: 2\,x and 2\pi x and x(1 - x), with a dot before a number only."""
    if right[0].isdigit():
        return rf"{left} \cdot {right}"
    if right.startswith(("(", r"\left(")) or (right.startswith("\\pi") and left[-1].isdigit()):
        return left + right
    return rf"{left}\,{right}" if right[0].isalpha() and not left.endswith(r"\pi") else f"{left} {right}"


# ---- from the tree to a polynomial ----------------------------------------------------------------

_Coefficients: TypeAlias = list[Fraction]


def polynomial_of(node: Node) -> _Coefficients | None:
    """The exact coefficients of a tree in one variable, lowest first, or None."""
    match node:
        case Number(value):
            return [Fraction(repr(value))]
        case Name(name):
            return [Fraction(CONSTANTS[name])] if name in CONSTANTS else [Fraction(0), Fraction(1)]
    parts = [polynomial_of(part) for part in node.parts]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    operation = node.operation if isinstance(node, Applied) else ""
    return _bounded(_combined(operation, known) or _folded(node, known))


def _combined(operation: str, parts: list[_Coefficients]) -> _Coefficients | None:
    """An operation on polynomials, or None if that is not known to be one."""
    match operation, parts:
        case "negative", [part]:
            return _multiplied(part, [Fraction(-1)])
        case "+", [left, right]:
            return _added(left, right)
        case "-", [left, right]:
            return _added(left, _multiplied(right, [Fraction(-1)]))
        case "*", [left, right] if len(left) + len(right) - 2 <= HIGHEST_DEGREE:
            return _multiplied(left, right)
        case "/", [left, [divisor]] if divisor:
            return _multiplied(left, [1 / divisor])
        case "^", [base, [exponent]] if exponent.denominator == 1 and 0 <= exponent <= HIGHEST_DEGREE:
            return _raised_polynomial(base, int(exponent))
    return None


def _folded(node: Applied | Compared, parts: list[_Coefficients]) -> _Coefficients | None:
    """An operation on constants, as float64 has it, or None if not all are constants."""
    if any(len(part) > 1 for part in parts):
        return None
    numbers = tuple(Number(float(constant)) for [constant] in parts)
    with np.errstate(all="ignore"):
        value = float(values_of(replace(node, parts=numbers), {}))
    return [Fraction(value)] if np.isfinite(value) else None


def _bounded(coefficients: _Coefficients | None) -> _Coefficients | None:
    """The coefficients without zeros at the end, or None if one is too long or too large."""
    if coefficients is None:
        return None
    for coefficient in coefficients:
        longest = max(coefficient.numerator.bit_length(), coefficient.denominator.bit_length())
        if longest > LONGEST_FRACTION or abs(coefficient) > LARGEST_FLOAT:
            return None
    while len(coefficients) > 1 and not coefficients[-1]:
        coefficients = coefficients[:-1]
    return coefficients


def _added(left: _Coefficients, right: _Coefficients) -> _Coefficients:
    """The sum of two polynomials."""
    return [a + b for a, b in itertools.zip_longest(left, right, fillvalue=Fraction(0))]


def _multiplied(left: _Coefficients, right: _Coefficients) -> _Coefficients:
    """The product of two polynomials, each over one denominator: fractions are reduced once a coefficient."""
    (below, tops), (below_other, other_tops) = _over_one_denominator(left), _over_one_denominator(right)
    product = [0] * (len(left) + len(right) - 1)
    for i, a in enumerate(tops):
        for j, b in enumerate(other_tops):
            product[i + j] += a * b
    return [Fraction(top, below * below_other) for top in product]


def _over_one_denominator(coefficients: _Coefficients) -> tuple[int, list[int]]:
    """The least common denominator, and the numerators over it."""
    below = math.lcm(*(each.denominator for each in coefficients))
    return below, [each.numerator * (below // each.denominator) for each in coefficients]


def _raised_polynomial(base: _Coefficients, exponent: int) -> _Coefficients | None:
    """A power of a polynomial, or None if its degree is too high."""
    if (len(base) - 1) * exponent > HIGHEST_DEGREE:
        return None
    return _power(base, exponent)


def _power(base: _Coefficients, exponent: int) -> _Coefficients:
    """base^exponent, by squaring."""
    if exponent < 2:
        return base if exponent else [Fraction(1)]
    half = _power(base, exponent // 2)
    square = _multiplied(half, half)
    return _multiplied(square, base) if exponent % 2 else square
