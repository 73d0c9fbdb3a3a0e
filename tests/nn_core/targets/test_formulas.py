"""A typed formula is the function that a mathematician reads, or is refused in words."""

import ast
import copy
import math
import pickle
import re
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.networks.activations import ACTIVATIONS, RELU, SIGMOID, SINE, SQUARE, STEP, TANH, Activation
from nn_core.targets import reading
from nn_core.targets.curves import NIELSENS_GOAL, ONE_WAVE
from nn_core.targets.expressions import FUNCTIONS
from nn_core.targets.formulas import Formula, formula_activation, parse_formula, polynomial_seen
from nn_core.targets.reading import ELSEWHERE, FormulaError
from tests.tables import every

Function: TypeAlias = Callable[[FloatArray], Any]

LARGEST = float(np.finfo(np.float64).max)
X = np.array([-7.0, -1.0, -0.5, 0.0, 0.2, 0.5, 0.7, 1.0, 2.0, 30.0])
EDGES = np.array([-np.inf, -LARGEST, -1.0, -5e-324, 0.0, 0.5, 1.0, LARGEST, np.inf, np.nan])
# Anything at all is refused or answered within so many times what a plain formula takes at the same moment:
# 50 ms on a slow machine.
AT_ONCE = 200


def refusal(text: str, variables: tuple[str, ...] = ("x",)) -> FormulaError:
    with pytest.raises(FormulaError) as caught:
        parse_formula(text, variables)
    return caught.value


# ---- what formulas mean ---------------------------------------------------------------------------

FORMULAS: list[tuple[str, Function]] = [
    ("x", lambda x: x),
    ("X", lambda x: x),
    ("+x", lambda x: x),
    ("--x", lambda x: x),
    ("2", lambda x: 2.0),
    ("2.", lambda x: 2.0),
    ("2" + " " * 199, lambda x: 2.0),
    (".5", lambda x: 0.5),
    ("007", lambda x: 7.0),
    ("1e-3", lambda x: 0.001),
    ("2e3", lambda x: 2000.0),
    ("2E3x", lambda x: 2000 * x),
    ("2e", lambda x: 2 * np.e),
    ("2e-x", lambda x: 2 * np.e - x),
    ("2e x", lambda x: 2 * np.e * x),
    ("PI", lambda x: np.pi),
    ("0.2 + 0.4x^2 + 0.3x sin(15x) + 0.05cos(50x)", NIELSENS_GOAL),
    ("sin(2 pi x)", ONE_WAVE),
    ("2pi x", lambda x: 2 * np.pi * x),
    ("2(x+1)", lambda x: 2 * (x + 1)),
    ("(x+1)(x-1)", lambda x: (x + 1) * (x - 1)),
    ("(x+1)x", lambda x: (x + 1) * x),
    ("x(1-x)", lambda x: x * (1 - x)),
    ("x^2(1-x)", lambda x: x**2 * (1 - x)),
    ("e(x)", lambda x: np.e * x),
    ("x x x", lambda x: x * x * x),
    ("1/2x", lambda x: (1 / 2) * x),
    ("1/2/x", lambda x: (1 / 2) / x),
    ("6 - 3 - 2x", lambda x: 6 - 3 - 2 * x),
    ("x - -2", lambda x: x + 2),
    ("2*-x", lambda x: -2 * x),
    ("-x^2", lambda x: -(x**2)),
    ("(-x)^2", lambda x: x**2),
    ("2^3^2 x", lambda x: 2**9 * x),
    ("x**2", lambda x: x**2),
    ("2^-x", lambda x: 2.0**-x),
    ("2^-x^2", lambda x: 2.0 ** -(x**2)),
    ("e^-x", lambda x: np.exp(1) ** -x),
    ("x^0.5", lambda x: x**0.5),
    ("0^x", lambda x: 0.0**x),
    ("9^9^9^9 + x", lambda x: np.full_like(x, np.inf)),
    ("1/0 + x", lambda x: np.full_like(x, np.inf)),
    ("x/0", lambda x: x / 0.0),
    ("x−1×2·3⋅x÷π", lambda x: x - 1 * 2 * 3 * x / np.pi),
    ("x² + 2x³ – x¹⁰", lambda x: x**2 + 2 * x**3 - x**10),
    ("√(x) + 2√(2)π", lambda x: np.sqrt(x) + 2 * np.sqrt(2) * np.pi),
    ("|x|", np.abs),
    ("2|x|", lambda x: 2 * np.abs(x)),
    ("|x||x|", lambda x: np.abs(x) * np.abs(x)),
    ("|x|x", lambda x: np.abs(x) * x),
    ("|x-1||x+1| - |x|^2", lambda x: np.abs(x - 1) * np.abs(x + 1) - np.abs(x) ** 2),
    ("|x| - 2|x - 1| + |x - 2|", lambda x: np.abs(x) - 2 * np.abs(x - 1) + np.abs(x - 2)),
    ("|x||x| + 2|x|", lambda x: np.abs(x) * np.abs(x) + 2 * np.abs(x)),
    ("|x|x + |x||x|", lambda x: np.abs(x) * x + np.abs(x) * np.abs(x)),
    ("|x - |x - 1||", lambda x: np.abs(x - np.abs(x - 1))),
    ("||x| - 1|", lambda x: np.abs(np.abs(x) - 1)),
    ("|-|-x|(|x|-2)|", lambda x: np.abs(-np.abs(-x) * (np.abs(x) - 2))),
    ("x < 0.5", lambda x: np.where(x < 0.5, 1.0, 0.0)),
    ("x <= 0.5", lambda x: np.where(x <= 0.5, 1.0, 0.0)),
    ("x ≤ 0.5", lambda x: np.where(x <= 0.5, 1.0, 0.0)),
    ("x > 0.5", lambda x: np.where(x > 0.5, 1.0, 0.0)),
    ("x >= 0.5", lambda x: np.where(x >= 0.5, 1.0, 0.0)),
    ("x ≥ 0.5", lambda x: np.where(x >= 0.5, 1.0, 0.0)),
    ("x == 0.5", lambda x: np.where(x == 0.5, 1.0, 0.0)),
    ("x != 0.5", lambda x: np.where(x != 0.5, 1.0, 0.0)),
    ("x ≠ 0.5", lambda x: np.where(x != 0.5, 1.0, 0.0)),
    ("0.2 < x < 0.7", lambda x: np.where((x > 0.2) & (x < 0.7), 1.0, 0.0)),
    ("1 > x >= 0 != x^2", lambda x: np.where((x < 1) & (x >= 0) & (x**2 != 0), 1.0, 0.0)),
    ("3(0.2 < x)(x < 0.7) + 1", lambda x: np.where((x > 0.2) & (x < 0.7), 4.0, 1.0)),
    ("x < 1 + x", lambda x: np.ones_like(x)),
    ("Sin(x)", np.sin),
    ("cos(x)", np.cos),
    ("tan(x)", np.tan),
    ("exp(-x^2/2)", lambda x: np.exp(-(x**2) / 2)),
    ("ln(x)", np.log),
    ("log(x)", np.log),
    ("sqrt(x)", np.sqrt),
    ("abs(x)", np.abs),
    ("sign(x)", np.sign),
    ("floor(10x)/10", lambda x: np.floor(10 * x) / 10),
    ("tanh(x)", np.tanh),
    ("sigmoid(x)", SIGMOID),
    ("relu(x)", RELU),
    ("step(x)", STEP),
    ("step(0)", lambda x: 1.0),
    ("asin(x) + arcsin(x)", lambda x: 2 * np.arcsin(x)),
    ("acos(x) + arccos(x)", lambda x: 2 * np.arccos(x)),
    ("atan(x) + arctan(x)", lambda x: 2 * np.arctan(x)),
    ("sinh(x) + cosh(x)", lambda x: np.sinh(x) + np.cosh(x)),
    ("log10(x) + lg(x)", lambda x: 2 * np.log10(x)),
    ("log2(x) + ld(x)", lambda x: 2 * np.log2(x)),
    ("ceil(x) - sgn(x)", lambda x: np.ceil(x) - np.sign(x)),
    ("mod(x, 2) + mod(-x, 0.3)", lambda x: x - 2 * np.floor(x / 2) + np.mod(-x, 0.3)),
    ("1.0D+02x + 2d−1", lambda x: 100 * x + 0.2),
    ("min(x, 1)", lambda x: np.minimum(x, 1)),
    ("max(0, min(x, 1 - x), -3)", lambda x: np.maximum(0, np.minimum(x, 1 - x))),
    ("x sin(15x)^2 cos(x) ln(2)", lambda x: x * np.sin(15 * x) ** 2 * np.cos(x) * np.log(2)),
]


@every("text, function", FORMULAS)
def test_a_formula_is_the_function_that_it_says(text: str, function: Function) -> None:
    with np.errstate(all="ignore"):
        expected = np.broadcast_to(function(X), X.shape)
    np.testing.assert_allclose(parse_formula(text)(X), expected, rtol=1e-14)


@every("text", [text for text, _ in FORMULAS])
def test_a_formula_has_a_value_everywhere_in_float64_without_a_warning(text: str) -> None:
    formula = parse_formula(text)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for x in (EDGES, EDGES.reshape(2, 5), np.array(0.5), np.empty((0, 3))):
            values = formula(x)
            assert values.shape == x.shape
            assert values.dtype == np.float64


def test_the_values_are_a_new_array() -> None:
    x = X.copy()
    parse_formula("x")(x)[:] = 0.0
    parse_formula("2")(x)[:] = 0.0
    assert x.tolist() == X.tolist()


def test_two_variables_broadcast_together() -> None:
    formula = parse_formula("x^2 - 2x y", ("x", "y"))
    x, y = X[:, np.newaxis], X[:4]
    np.testing.assert_allclose(formula(x, y), x**2 - 2 * x * y)
    assert parse_formula("2y", ("x", "y"))(x, y).tolist() == np.broadcast_to(2 * y, (10, 4)).tolist()
    assert parse_formula("pi", ("x", "y"))(x, y).shape == (10, 4)


def test_the_first_argument_is_the_first_variable() -> None:
    assert parse_formula("x - y", ("y", "x"))(np.array(1.0), np.array(3.0)) == 2.0


def test_of_several_variables_x1_is_the_first_and_x2_the_second() -> None:
    by_number, by_letter = (parse_formula(text, ("x", "y")) for text in ("2x1 - X2^2", "2x - y^2"))
    assert by_number(X, X[::-1]).tolist() == by_letter(X, X[::-1]).tolist()
    for text, variables in [("x2", ("x",)), ("x3", ("x", "y"))]:
        with pytest.raises(FormulaError, match="unknown name"):
            parse_formula(text, variables)


def test_there_is_one_array_for_each_variable() -> None:
    with pytest.raises(ValueError, match="formula in x, y takes one array for each, got 1"):
        parse_formula("x + y", ("x", "y"))(X)


@pytest.mark.parametrize("variables", [(), ("x", "x"), ("e",), ("X",), ("xy",), ("",), ("x", "sin")])
def test_a_variable_is_a_small_letter_other_than_e(variables: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="variables are different small letters other than e, got"):
        parse_formula("1", variables)


def test_every_function_is_tried_above() -> None:
    texts = " ".join(text.lower() for text, _ in FORMULAS)
    assert [name for name in FUNCTIONS if f"{name}(" not in texts] == []


# ---- equal texts, equal formulas ------------------------------------------------------------------


@pytest.mark.parametrize("again", [lambda f: pickle.loads(pickle.dumps(f)), copy.deepcopy, copy.copy])
def test_a_pickled_formula_is_the_same_formula_and_works(again: Callable[..., Formula]) -> None:
    formula = parse_formula("max(z, 2sin(z))", ("z",))
    assert formula.polynomial is None
    copied = again(formula)
    assert copied == formula
    assert hash(copied) == hash(formula)
    assert copied(X).tolist() == formula(X).tolist()
    assert copied.latex == formula.latex


def test_formulas_are_equal_if_text_and_variables_are() -> None:
    assert parse_formula("x+1") == parse_formula("x+1")
    assert parse_formula("x+1") != parse_formula("1+x")
    assert parse_formula("1", ("x",)) != parse_formula("1", ("z",))
    assert len({parse_formula("x+1"), parse_formula("x+1"), parse_formula("2x")}) == 2


def test_a_pickled_error_keeps_its_position() -> None:
    error = pickle.loads(pickle.dumps(refusal("1 + sen(x)")))
    assert (str(error), error.position) == (str(refusal("1 + sen(x)")), 4)


# ---- what is refused ------------------------------------------------------------------------------

# The text; what the message says; the part of the text that the position points to.
REFUSED = [
    ("", "at least a number or a name, got an empty text", None),
    (" \n ", "got an empty text", None),
    ("x" * 5000, "a formula is at most 200 characters long, got 5000", None),
    ("x" + " " * 200, "at most 200 characters long, got 201", None),
    ("9" * 10**6, "at most 200 characters long, got 1000000", None),
    ("sen(x)", "unknown name 'sen' at character 1: did you mean sin?", "sen"),
    ("2 Sen(x)", "unknown name 'Sen' at character 3: did you mean sin?", "Sen"),
    ("xsin(x)", "unknown name 'xsin' at character 1: did you mean x*sin?", "xsin"),
    ("2pix", "unknown name 'pix' at character 2: did you mean pi*x?", "pix"),
    ("sinx", "did you mean sin(x)?", "sinx"),
    ("2xsinpix", "did you mean x*sin(pi*x)?", "xsinpix"),
    ("2ex", "unknown name 'ex' at character 2: did you mean e*x?", "ex"),
    ("1 + x2", "unknown name 'x2' at character 5: did you mean x^2 or 2x?", "x2"),
    ("0x10", "did you mean x^10 or 10x?", "x10"),
    ("x + y", "unknown name 'y' at character 5: known are x, pi, e, sin", "y"),
    ("1_000", "unknown name '_000' at character 2", "_000"),
    ("1j", "unknown name 'j'", "j"),
    ("nan", "unknown name 'nan'", "nan"),
    ("x" * 200, "unknown name 'xxx", "x"),
    ("__import__", "unknown name '__import__'", "__import__"),
    ("x if x else 1", "unknown name 'if' at character 3: for cases, multiply by comparisons", "if"),
    ("x and 1", "such as (x > 0)", "and"),
    ("x is x", "unknown name 'is'", "is"),
    ("x for x", "unknown name 'for'", "for"),
    ("True", "unknown name 'True'", "True"),
    ("sin", "sin at character 1 needs parentheses: sin(x)", "sin"),
    ("2 sin x", "sin at character 3 needs parentheses: sin(x)", "sin"),
    ("sin^2(x)", "needs parentheses: sin(x)^2", "sin"),
    ("sin²(x)", "needs parentheses: sin(x)^2", "sin"),
    ("max x", "needs parentheses: max(x, 0)", "max"),
    ("√x", "√ at character 1 needs parentheses: sqrt(x)", "√"),
    ("(sin)(x)", "needs parentheses", "sin"),
    ("sin()", "sin takes one number, got 0", "sin"),
    ("1 + sin(x, 2)", "sin takes one number, got 2 at character 5", "sin"),
    ("sin(0,5)", "got 2 at character 1: decimals have a point, 0.5", "sin"),
    ("mod(x)", "mod takes two numbers, got 1", "mod"),
    ("mod(x, 2, 3)", "mod takes two numbers, got 3", "mod"),
    ("mod x", "needs parentheses: mod(x, 1)", "mod"),
    ("cot(x)", "unknown name 'cot' at character 1: write cos(x)/sin(x)", "cot"),
    ("softplus(x)", "unknown name 'softplus' at character 1: write ln(1 + exp(x))", "softplus"),
    ("gelu(x)", "unknown name 'gelu' at character 1: known are x, pi", "gelu"),
    ("max(x)", "max takes two or more numbers, got 1", "max"),
    ("min()", "min takes two or more numbers, got 0", "min"),
    ("max(x,)", "a number is missing after ',' at character 6", ","),
    ("max(,x)", "a number is missing after '(' at character 4", "("),
    ("0,5", "the comma at character 2 is outside a function: write decimals with a point, 0.5", ","),
    ("sin((0,5))", "the comma at character 7 is outside a function", ","),
    ("|x, 1|", "the comma at character 3 is outside a function", ","),
    ("1 + (x", "an opening parenthesis too many at character 5", "("),
    ("sin(x))", "a closing parenthesis too many at character 7", ")"),
    (")(", "a closing parenthesis too many at character 1", ")("),
    ("()", "a number is missing after '(' at character 1", "("),
    ("(" * 200, "nest at most 30 deep, '(' at character 31 is one more", "("),
    ("(" * 31 + "x" + ")" * 31, "nest at most 30 deep", "("),
    ("|" * 200, "nest at most 30 deep", "|"),
    ("sqrt(" * 40, "nest at most 30 deep", "("),
    ("-" * 200, "a number is missing after '-' at character 200", "-"),
    ("-" * 190 + "x", "at most 150 numbers, names and signs, got 191", None),
    ("x+" * 99 + "x", "at most 150 numbers, names and signs, got 199", None),
    ("x " * 100, "at most 150 numbers, names and signs, got 199", None),
    ("2^" * 99 + "2", "at most 150 numbers, names and signs, got 199", None),
    ("|x", "the bar | at character 1 has no partner", "|"),
    ("||", "a number is missing after '|' at character 2", "|"),
    ("|(x|)", "the bar | at character 4 has no partner", "|"),
    ("(|x)|", "the bar | at character 2 has no partner", "|"),
    ("|2|x|+1|", "the bars before '|' at character 5 can be read in two ways: write abs(x)", "|+1"),
    ("|2|x+1|-3|", "the bars before '|' at character 7 can be read in two ways", "|-3"),
    ("|x + 2|x||", "can be read in two ways", "||"),
    ("x = 1", "'=' at character 3 has no meaning in a formula: == compares", "="),
    ("f(x) = x^2", "a left-hand side such as y = is not needed", "="),
    ("(x := 1)", "':' at character 4 has no meaning", ":"),
    ("lambda x: x", "':' at character 9 has no meaning", ":"),
    ("'x'", '"\'" at character 1 has no meaning', "'"),
    ('x"', "'\"' at character 2 has no meaning", '"'),
    ("x.real", "'.' at character 2 has no meaning", "."),
    ("().__class__", "'.' at character 3 has no meaning", "."),
    ("__import__('os')", '"\'" at character 12 has no meaning', "'os"),
    ("x[0]", "'[' at character 2 has no meaning in a formula: write ( and )", "["),
    ("{x}", "'{' at character 1 has no meaning in a formula: write ( and )", "{"),
    ("x % 2", "'%' at character 3 has no meaning", "%"),
    ("5!", "'!' at character 2 has no meaning", "!"),
    ("x # 1", "'#' at character 3 has no meaning", "#"),
    ("x;x", "';' at character 2 has no meaning", ";"),
    ("x\\\n", "at character 2 has no meaning", "\\"),
    ("@x", "'@' at character 1 has no meaning", "@"),
    ("~x", "'~' at character 1 has no meaning", "~"),
    ("x\0", r"'\x00' at character 2 has no meaning", "\0"),
    ("\ud800", r"'\ud800' at character 1 has no meaning", "\ud800"),
    ("2х", "'х' (cyrillic small letter ha) at character 2 has no meaning", "х"),
    ("𝑥", "'𝑥' (mathematical italic small x) at character 1", "𝑥"),
    ("２", "'２' (fullwidth digit two) at character 1", "２"),
    ("σ(x)", "'σ' (greek small letter sigma) at character 1", "σ"),
    ("1e999", "1e999 at character 1 is too large: numbers end at 1.8e308", "1e999"),
    ("x + 1e-999", "1e-999 at character 5 is too small: use 0", "1e-999"),
    ("9e99999999999999999", "is too large", "9e9"),
    ("2 3", "'3' at character 3 follows '2': write a sign such as * or ^", "3"),
    ("1.2.3", "'.3' at character 4 follows '1.2'", ".3"),
    ("x 2", "'2' at character 3 follows 'x'", "2"),
    ("(x)2", "'2' at character 4 follows ')'", "2"),
    ("x²2", "'2' at character 3 follows '²'", "2"),
    ("*x", "a number is missing before '*' at character 1", "*"),
    ("x +", "a number is missing after '+' at character 3", "+"),
    ("x //2", "a number is missing before '/' at character 4", "/2"),
    ("2***x", "a number is missing before '*' at character 4", "*x"),
    ("x < > 1", "a number is missing before '>' at character 5", ">"),
    ("(x + )", "a number is missing after '+' at character 4", "+"),
    ("x <> 1", "a number is missing before '>'", ">"),
    ("²", "a number is missing before '²' at character 1", "²"),
    ("×2", "a number is missing before '×' at character 1", "×"),
]


@every("text, message, culprit", REFUSED)
def test_what_is_no_formula_is_refused_in_words(text: str, message: str, culprit: str | None) -> None:
    error = refusal(text)
    assert message in str(error)
    assert len(str(error)) < 500
    assert str(error).isprintable()
    if culprit is None:
        assert error.position is None
    else:
        assert error.position is not None
        assert text.startswith(culprit, error.position)


HEAVY = [
    *[text for text, *_ in REFUSED],
    "9^" * 74 + "9",
    "-" * 149 + "x",
    "1/7" + "/7" * 74,
    "(" * 30 + "x" + ")" * 30,
    "(pi x+e)^20+" * 13 + "x",
    "((((x^20)^20)^20)^20)^20",
    "((((1e300)^20)^20)^20)^20 x",
    "((((1e-300)^20)^20)^20)^20 x",
    "(x/7+pi)^10(x/13-e)^10-" * 8 + "x",
    "((pi x+e)^2+1/3x)^10" * 9,
    "0e99999999999x",
    "x^99999999999999",
]


@pytest.mark.parametrize("text", HEAVY, ids=[text[:20] for text in HEAVY])
def test_every_answer_comes_at_once(text: str) -> None:
    tries = [(seconds("sin(x) + x^2/3"), seconds(text)) for _ in range(3)]
    plain, asked = (min(each) for each in zip(*tries, strict=True))
    assert asked < AT_ONCE * plain


def seconds(text: str) -> float:
    """The processor time of all that is asked of a formula, or until it is refused."""
    start = time.thread_time()
    with suppress(FormulaError):
        formula = parse_formula(text)
        formula(X)
        assert formula.latex
        assert formula.polynomial != ()
    return time.thread_time() - start


def test_names_in_messages_are_the_variables_of_the_formula() -> None:
    assert "did you mean x*y?" in str(refusal("xy", ("x", "y")))
    assert "did you mean x*exp?" in str(refusal("xexp", ("x", "p")))
    assert "sin(z)" in str(refusal("sin z", ("z",)))
    assert "known are z, pi" in str(refusal("x", ("z",)))


@pytest.mark.parametrize("trouble", [SyntaxError, ValueError, MemoryError, RecursionError])
def test_trouble_in_pythons_parser_is_a_formula_error(
    trouble: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise trouble

    monkeypatch.setattr(ast, "parse", fail)
    assert "no formula that can be read" in str(refusal("x"))


@pytest.mark.parametrize(
    "code",
    [
        *("a.b", "a[0]", "f()()", "lambda: 0", "[x]", "(x,)", "{x}", "'x'", "f'{x}'", "1", "1j", "True"),
        *("x if x else x", "x and x", "not x", "~x", "x // x", "x % x", "x @ x", "x << 1", "x | x"),
        *("x in x", "x is x", "(x := 1.0)", "print(x)", "sin(x=1.0)", "sin(*x)", "[x for x in x]", "..."),
    ],
)
def test_the_tree_has_no_place_for_anything_but_arithmetic(code: str) -> None:
    with pytest.raises(FormulaError, match="got a Python"):
        reading._tree(ast.parse(code, mode="eval").body)


# ---- any text at all ------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [*"xXyeE0123456789...  ((()))|||,,,+-−*/^²³π√<>=!'_[]:;\0", "sin(", "max(", "abs", "pi", "1e-3", "<="]
)
ANY_CHARACTER = st.one_of(st.characters(), st.characters(categories=["Cs"]))
TEXTS = st.one_of(st.text(ANY_CHARACTER), st.lists(PIECES, max_size=25).map("".join))


def answer(text: str) -> Formula | FormulaError:
    try:
        return parse_formula(text)
    except FormulaError as error:
        return error


@settings(max_examples=300)
@given(text=TEXTS)
def test_any_text_is_a_formula_or_refused_and_nobody_is_warned(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = answer(text)
        if isinstance(found, FormulaError):
            assert found.position is None or 0 <= found.position < len(text)
            assert str(found).isprintable()
            assert all(int(place) <= len(text) for place in re.findall(r"at character (\d+)", str(found)))
        else:
            assert found(EDGES).shape == EDGES.shape
            assert is_balanced(found.latex)
            assert found.polynomial is None or np.isfinite(found.polynomial).all()


# ---- any tree of arithmetic -----------------------------------------------------------------------

Tree: TypeAlias = tuple[Any, ...]

UNARY = ["sin", "exp", "ln", "sqrt", "relu", "sign", "floor", "step"]
LEAVES = st.one_of(
    st.just(("x",)),
    st.sampled_from([("pi",), ("e",)]),
    st.sampled_from(["0", "1", "2", "0.5", "3.", ".25", "1e2", "10"]).map(lambda number: ("number", number)),
)


def grown(trees: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.one_of(
        st.tuples(st.sampled_from(["+", "-", "*", " ", "/", "^", "<", ">="]), trees, trees),
        st.tuples(st.sampled_from(["negative", "|", *UNARY]), trees),
        st.tuples(st.just("max"), trees, trees, trees),
    )


TREES = st.recursive(LEAVES, grown, max_leaves=12)
RANKS = {"<": 0, ">=": 0, "+": 1, "-": 1, "*": 2, " ": 2, "/": 2, "negative": 3, "^": 4}


def written(tree: Tree, least: int, space: str) -> str:
    """The tree as text, with no parentheses but those that it needs; " " is a product without a sign."""
    kind, *parts = tree
    rank = RANKS.get(str(kind), 5)
    if rank < least:
        return f"({space}{written(tree, 0, space)}{space})"
    match kind, parts:
        case "number", [number]:
            return str(number)
        case "negative", [part]:
            return f"-{space}{written(part, 3, space)}"
        case "|", [part]:
            return f"|{space}{written(part, 0, space)}{space}|"
        case "^", [base, exponent]:
            return f"{written(base, 5, space)}{space}^{space}{written(exponent, 3, space)}"
        case (("<" | ">="), [left, right]):
            return f"{written(left, 1, space)}{space}{kind}{space}{written(right, 1, space)}"
        case " ", [left, right]:
            factor = written(right, 3, space)
            sign = " " if factor[0].isalpha() or factor[0] == "(" else "*"
            return f"{written(left, 2, space)}{space}{sign}{space}{factor}"
        case _, [left, right]:
            return f"{written(left, rank, space)}{space}{kind}{space}{written(right, rank + 1, space)}"
    inside = f"{space},{space}".join(written(part, 0, space) for part in parts)
    return f"{kind}{space}({space}{inside}{space})" if parts else str(kind)


BINARY: dict[str, Any] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    " ": np.multiply,
    "/": np.divide,
    "^": np.power,
}
BINARY |= {"<": np.less, ">=": np.greater_equal}
ONE: dict[str, Any] = {
    "negative": np.negative,
    "|": np.abs,
    "exp": np.exp,
    "sin": np.sin,
    "ln": np.log,
    "sqrt": np.sqrt,
}
ONE |= {"relu": RELU, "step": STEP, "sign": np.sign, "floor": np.floor}


def computed(tree: Tree, x: FloatArray) -> Any:
    """The values of the tree, straight from NumPy."""
    match tree:
        case ("x",):
            return x
        case ("pi",) | ("e",):
            return np.float64(getattr(math, tree[0]))
        case "number", number:
            return np.float64(number)
        case "max", *parts:
            return np.maximum.reduce(np.broadcast_arrays(*(computed(part, x) for part in parts)))
        case kind, part:
            return ONE[kind](computed(part, x))
        case kind, left, right:
            return 1.0 * BINARY[kind](computed(left, x), computed(right, x))
    raise AssertionError(tree)


@settings(max_examples=150)
@given(tree=TREES, space=st.sampled_from(["", " ", "\t\n\u00a0 "]))
def test_a_written_tree_is_the_function_of_the_tree_whatever_the_spaces(tree: Tree, space: str) -> None:
    text = written(tree, 0, space)
    assume(len(text) <= 200)
    with np.errstate(all="ignore"):
        expected = np.broadcast_to(computed(tree, X), X.shape)
    np.testing.assert_array_equal(parse_formula(text)(X), expected)


# ---- LaTeX ----------------------------------------------------------------------------------------

LATEX = [
    ("x", "x"),
    ("0.50x", r"0.5\,x"),
    ("0.2 + 0.4x^2 + 0.3x sin(15x) + 0.05cos(50x)", NIELSENS_GOAL.formula),
    ("sin(2pi*x)", ONE_WAVE.formula),
    ("2e3", "2000"),
    ("1e22x", r"10^{22}\,x"),
    ("(1e22)^2", "(10^{22})^2"),
    ("1.5e-7", r"1.5 \cdot 10^{-7}"),
    ("x*1.5e-7", r"x(1.5 \cdot 10^{-7})"),
    ("2*3x", r"2 \cdot 3\,x"),
    ("2pi", r"2\pi"),
    ("pi e", r"\pi e"),
    ("x pi", r"x \pi"),
    ("x x", r"x\,x"),
    ("1/2x", r"\frac{1}{2}\,x"),
    ("1/(2x)", r"\frac{1}{2\,x}"),
    ("x(1/2)", r"x \frac{1}{2}"),
    ("(1/2)^x", r"\left(\frac{1}{2}\right)^x"),
    ("x(1-x)", "x(1 - x)"),
    ("(x+1)(x-1)", "(x + 1)(x - 1)"),
    ("x-(1-x)", "x - (1 - x)"),
    ("x-1-x", "x - 1 - x"),
    ("x+(1+x)", "x + (1 + x)"),
    ("x*(2*x)", r"x(2\,x)"),
    ("x/2/3", r"\frac{\frac{x}{2}}{3}"),
    ("-x", "-x"),
    ("--x", "-(-x)"),
    ("+x", "x"),
    ("1 + -x", "1 + (-x)"),
    ("2*-x", "2(-x)"),
    ("-2x + 1", r"-2\,x + 1"),
    ("-x/2", r"-\frac{x}{2}"),
    ("-(x+1)", "-(x + 1)"),
    ("-x^2", "-x^2"),
    ("(-x)^2", "(-x)^2"),
    ("x^10", "x^{10}"),
    ("x^-1", "x^{-1}"),
    ("2^3^2", "2^{3^2}"),
    ("(2^3)^2", "(2^3)^2"),
    ("(x+1)^(x+1)", "(x + 1)^{x + 1}"),
    ("(2x)^2", r"(2\,x)^2"),
    ("exp(-x^2/2)", r"e^{-\frac{x^2}{2}}"),
    ("exp(x)^2", "(e^x)^2"),
    ("sin(x)^2", r"\sin(x)^2"),
    ("sin(x)x", r"\sin(x)\,x"),
    ("sin(x/2)", r"\sin\left(\frac{x}{2}\right)"),
    ("log(x)", r"\ln(x)"),
    ("sqrt(x+1)", r"\sqrt{x + 1}"),
    ("√(x)/2", r"\frac{\sqrt{x}}{2}"),
    ("|x|", r"\left|x\right|"),
    ("2abs(x-1)", r"2 \left|x - 1\right|"),
    ("floor(x)", r"\left\lfloor x \right\rfloor"),
    ("ceil(x)", r"\left\lceil x \right\rceil"),
    ("log10(x) + log2(x)", r"\log_{10}(x) + \log_2(x)"),
    ("atan(x) + sinh(x)", r"\arctan(x) + \sinh(x)"),
    ("mod(x, 2)", r"\operatorname{mod}(x, 2)"),
    ("max(0, x, x^2)", r"\max(0, x, x^2)"),
    ("sign(x)", r"\operatorname{sign}(x)"),
    ("sigmoid(x)", r"\operatorname{sigmoid}(x)"),
    ("tanh(x)", r"\tanh(x)"),
    ("0.2 < x <= 0.5", r"[0.2 < x \le 0.5]"),
    ("(x == 1) + (x >= 2) - (x != 3)", r"[x = 1] + [x \ge 2] - [x \ne 3]"),
    ("2(x < 1/2)", r"2 \left[x < \frac{1}{2}\right]"),
]


@every("name", [name for name, said in ELSEWHERE.items() if said])
def test_what_says_a_function_known_elsewhere_is_a_formula_of_that_value(name: str) -> None:
    x = np.array([0.1, 0.4, 0.7, 0.9])
    known: dict[str, Function] = {
        **{"cot": lambda x: 1 / np.tan(x), "sec": lambda x: 1 / np.cos(x), "csc": lambda x: 1 / np.sin(x)},
        **{"sinc": lambda x: np.sinc(x / np.pi), "coth": lambda x: 1 / np.tanh(x)},
        **{"sech": lambda x: 1 / np.cosh(x), "csch": lambda x: 1 / np.sinh(x), "asinh": np.arcsinh},
        **{"exp2": np.exp2, "atanh": np.arctanh, "expm1": np.expm1, "log1p": np.log1p, "cbrt": np.cbrt},
        **{"sqr": np.square, "square": np.square, "pow": np.square, "int": np.trunc, "frac": lambda x: x},
        **{"heaviside": lambda x: np.heaviside(x, 1.0), "softplus": lambda x: np.logaddexp(0, x)},
        **{"swish": lambda x: x / (1 + np.exp(-x)), "silu": lambda x: x / (1 + np.exp(-x))},
        **{"softsign": lambda x: x / (1 + np.abs(x)), "elu": lambda x: x, "round": np.round},
    }
    if name == "acosh":
        assert parse_formula(ELSEWHERE[name])(x + 1) == pytest.approx(np.arccosh(x + 1))
    else:
        assert parse_formula(ELSEWHERE[name])(x) == pytest.approx(known[name](x))


@every("name", ELSEWHERE)
def test_a_function_known_elsewhere_is_never_taken_for_another_one(name: str) -> None:
    assert "did you mean" not in str(refusal(f"{name}(x)"))


@every("text, latex", LATEX)
def test_the_latex_is_what_a_mathematician_writes(text: str, latex: str) -> None:
    assert parse_formula(text).latex == latex


def test_the_latex_takes_other_letters() -> None:
    assert parse_formula("x sin(y)", ("x", "y")).latex == r"x \sin(y)"
    assert parse_formula("x sin(y)", ("x", "y")).latex_in("u", "v") == r"u \sin(v)"


def is_balanced(latex: str) -> bool:
    """Whether all braces, parentheses, brackets and bars have their partners in good order."""
    for left, right in ((r"\left|", r"\right|"), (r"\left\lfloor", r"\right\rfloor")):
        latex = latex.replace(left, "{").replace(right, "}")
    signs = re.sub(r"[^{}()\[\]]", "", latex)
    while signs != (fewer := re.sub(r"\{\}|\(\)|\[\]", "", signs)):
        signs = fewer
    return signs == ""


def read_again(latex: str) -> str:
    """What somebody types who reads the LaTeX."""
    for symbol, typed in (
        *((r"\left\lfloor ", "floor("), (r"\right\rfloor", ")"), (r"\left|", "abs("), (r"\right|", ")")),
        *((r"\left", ""), (r"\right", ""), ("[", "("), ("]", ")"), (r"\,", " "), (r"\cdot", "*")),
        *((r"\ge", ">="), (r"\le", "<="), (r"\ne", "!="), (" = ", " == ")),
    ):
        latex = latex.replace(symbol, typed)
    typed = re.sub(r"\\operatorname\{(\w+)\}", r"\1", latex)
    for _ in range(12):
        typed = re.sub(r"\^\{([^{}]*)\}", r"^(\1)", typed)
        typed = re.sub(r"\\sqrt\{([^{}]*)\}", r"sqrt(\1)", typed)
        typed = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))", typed)
    return typed.replace("\\", "")


@settings(max_examples=150)
@given(tree=TREES)
def test_the_latex_of_any_tree_says_the_function_of_the_tree(tree: Tree) -> None:
    # exp(x) is written e^x, which would be read as a power and round otherwise.
    text = written(tree, 0, "").replace("exp(", "cos(")
    assume(len(text) <= 200)
    formula = parse_formula(text)
    assert is_balanced(formula.latex)
    again = read_again(formula.latex)
    assume(len(again) <= 200)
    np.testing.assert_array_equal(parse_formula(again)(X), formula(X))


# ---- polynomials ----------------------------------------------------------------------------------

POLYNOMIALS = [
    ("0", (0.0,)),
    ("3", (3.0,)),
    ("x", (0.0, 1.0)),
    ("+x", (0.0, 1.0)),
    ("x - x", (0.0,)),
    ("x^3 - 2x", (0.0, -2.0, 0.0, 1.0)),
    ("(x+1)^2 - x^2", (1.0, 2.0)),
    ("(x + 0.1)^3 - x^3 - 0.3x^2", (0.001, 0.03)),
    ("0.1x + 0.2x - 0.3x", (0.0,)),
    ("x/3 + 2x/3", (0.0, 1.0)),
    ("x^2/(1+1)", (0.0, 0.0, 0.5)),
    ("x^0", (1.0,)),
    ("0^0", (1.0,)),
    ("x^(4/2)", (0.0, 0.0, 1.0)),
    ("x^sqrt(4)", (0.0, 0.0, 1.0)),
    ("2^-1 x", (0.0, 0.5)),
    ("2^0.5 x", (0.0, math.sqrt(2))),
    ("2^1000 x", (0.0, 2.0**1000)),
    ("sin(2)x", (0.0, math.sin(2))),
    ("max(1, 2, 3)x", (0.0, 3.0)),
    ("(1 < 2 < 3)x", (0.0, 1.0)),
    ("relu(x - x + 2) x", (0.0, 2.0)),
    ("pi x - e", (-math.e, math.pi)),
    ("(pi x + 1)^20 - (pi x + 1)^20 + x", (0.0, 1.0)),
    ("-(x+1)(x-1)", (1.0, 0.0, -1.0)),
    ("x^20", (0.0,) * 20 + (1.0,)),
    ("x^10 x^10", (0.0,) * 20 + (1.0,)),
    ("5e-324x", (0.0, 5e-324)),
    ("1e-300*1e-300x", (0.0,)),
    ("0e99999999999 + x", (0.0, 1.0)),
    ("x^21", None),
    ("x^10 x^11", None),
    ("(x^5)^5", None),
    ("x^-1", None),
    ("x^0.5", None),
    ("x^x", None),
    ("2^x", None),
    ("1/x", None),
    ("x/x", None),
    ("x/(1 + x)", None),
    ("x/0", None),
    ("1/0", None),
    ("sqrt(-1)", None),
    ("9^9^9", None),
    ("1e308*10x", None),
    ("1e300^20*0", None),
    ("relu(x)", None),
    ("x + step(x)", None),
    ("abs(x)*abs(x)", None),
    ("|x|", None),
    ("0sin(x)", None),
    ("x < 1", None),
    ("max(x, 1)", None),
]


@every("text, expected", POLYNOMIALS)
def test_a_polynomial_is_recognised_by_its_exact_coefficients(
    text: str, expected: tuple[float, ...] | None
) -> None:
    assert parse_formula(text).polynomial == expected


def test_a_formula_in_two_variables_is_not_called_a_polynomial() -> None:
    assert parse_formula("x + 1", ("x", "y")).polynomial is None


POLYNOMIAL_TREES = st.recursive(
    st.one_of(st.just(("x",)), st.integers(0, 9).map(lambda number: ("number", str(number)))),
    lambda trees: st.one_of(
        st.tuples(st.sampled_from(["+", "-", "*", " "]), trees, trees),
        st.tuples(st.just("negative"), trees),
        st.tuples(st.just("^"), trees, st.integers(0, 3).map(lambda number: ("number", str(number)))),
    ),
    max_leaves=8,
)


@given(tree=POLYNOMIAL_TREES)
def test_the_coefficients_are_those_of_the_function(tree: Tree) -> None:
    text = written(tree, 0, "")
    assume(len(text) <= 200)
    formula = parse_formula(text)
    polynomial = formula.polynomial or ()
    assume(polynomial and max(map(abs, polynomial)) < 2**40)
    assert polynomial == (0.0,) or polynomial[-1] != 0.0
    for x in range(-2, 3):
        exact = sum(Fraction(coefficient) * x**power for power, coefficient in enumerate(polynomial))
        assert formula(np.array(float(x))) == pytest.approx(float(exact), rel=1e-9, abs=1e-3)


# ---- activations ----------------------------------------------------------------------------------


@pytest.mark.parametrize("variable", ["x", "z"])
def test_an_activation_has_the_text_for_its_name_and_its_latex_in_z(variable: str) -> None:
    formula = parse_formula(f"{variable} sigmoid({variable})", (variable,))
    activation = formula_activation(formula)
    assert str(activation) == formula.text
    assert activation.formula == r"z \operatorname{sigmoid}(z)"
    assert activation(X).tolist() == formula(X).tolist()


def test_activations_of_equal_texts_are_equal_also_pickled() -> None:
    activation = formula_activation(parse_formula("sin(x)"))
    again = formula_activation(parse_formula("sin(x)"))
    assert activation == again == pickle.loads(pickle.dumps(activation))
    assert hash(activation) == hash(again)
    assert activation != formula_activation(parse_formula("sin( x)"))


@pytest.mark.parametrize(
    ("text", "activation"),
    [("sin(z)", SINE), ("z^2", SQUARE), ("tanh(z)", TANH), ("1/(1 + e^-z)", SIGMOID), ("max(0, z)", RELU)],
)
def test_the_derivative_is_right_to_nine_digits(text: str, activation: Activation) -> None:
    z = np.array([-20.0, -3.0, -0.7, 0.3, 1.0, 2.5, 20.0])
    slopes = formula_activation(parse_formula(text, ("z",))).derivative(z[:, np.newaxis])
    assert slopes.shape == (7, 1)
    np.testing.assert_allclose(slopes[:, 0], activation.derivative(z), rtol=1e-9, atol=1e-9)


def test_the_derivative_of_a_line_is_its_slope_to_the_last_digits_at_any_size() -> None:
    derivative = formula_activation(parse_formula("x")).derivative
    assert derivative(np.array([0.0, 1.0, -3.7, 1e10, -1e300])).tolist() == [1.0] * 5


def test_the_derivative_is_the_mean_slope_at_a_kink_and_the_jump_over_2h_at_a_jump() -> None:
    zero = np.array(0.0)
    assert formula_activation(parse_formula("relu(x)")).derivative(zero) == 0.5
    h = np.cbrt(2.0**-52)
    assert formula_activation(parse_formula("3step(x)")).derivative(zero) == pytest.approx(3 / (2 * h))


@pytest.mark.parametrize("text", ["x", "2", "1/x", "ln(x)", "x^3", "step(x)", "9^9^9 x"])
def test_a_derivative_warns_of_nothing(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert formula_activation(parse_formula(text)).derivative(EDGES).shape == EDGES.shape


def test_an_activation_has_one_variable() -> None:
    with pytest.raises(ValueError, match="an activation has one variable, got a formula in x, y"):
        formula_activation(parse_formula("x + y", ("x", "y")))


def test_of_the_registry_the_identity_and_the_square_are_polynomials() -> None:
    degrees = {name: activation.degree for name, activation in ACTIVATIONS.items()}
    assert {name: degree for name, degree in degrees.items() if degree is not None} == {
        "identity": 1,
        "square": 2,
    }


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("z", 1),
        ("z^2", 2),
        ("3", 0),
        ("0", 0),
        ("(z + 0.1)^3 - z^3", 2),
        ("z^20 - 1", 20),
        ("tanh(z)", None),
        ("relu(z)", None),
        ("1/(1 + z^2)", None),
        ("|z|", None),
    ],
)
def test_a_typed_activation_has_the_degree_of_its_formula(text: str, degree: int | None) -> None:
    assert formula_activation(parse_formula(text, ("z",))).degree == degree


def test_a_namesake_of_a_polynomial_is_none() -> None:
    namesake = Activation("square", "z^2", TANH.function, TANH.derivative)
    assert namesake.degree is None


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("z^21", 21),
        ("relu(z) - relu(-z)", 1),
        ("abs(z)*abs(z)", 2),
        ("max(z, z)", 1),
        ("sigmoid(z) + sigmoid(-z)", 0),
        ("z == 0", 0),
        ("sqrt(z^2)^2*z", 3),
    ],
)
def test_a_polynomial_in_disguise_is_seen_almost_everywhere(text: str, degree: int) -> None:
    assert formula_activation(parse_formula(text, ("z",))).degree == degree


@pytest.mark.parametrize(
    "text", ["tanh(z)", "|z|", "sin(z)", "sin(z/50)", "exp(z/100)", "z > 0", "floor(z)", "z + tanh(z)/1000"]
)
def test_what_bends_otherwise_is_not_taken_for_a_polynomial(text: str) -> None:
    assert formula_activation(parse_formula(text, ("z",))).degree is None


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=str)
def test_what_is_seen_of_the_registry_is_what_it_says(activation: Activation) -> None:
    assert polynomial_seen(activation.function) == activation.degree
