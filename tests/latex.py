"""A formula's LaTeX, read and evaluated: so that what is shown is what is computed."""

import re

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.targets.formulas import parse_formula

BRACES = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
REWRITTEN = [
    (r"\\lfloor", " floor("),
    (r"\\rfloor", ")"),
    (r"\\ge|\\geq", ">="),
    (r"\\le|\\leq", "<="),
    (r"\\pi", " pi "),
    (r"\\(tanh|sin|cos|tan|exp|ln|max|min)", r" \1 "),
]
CASES = re.compile(r"\\begin\{cases\}(.*)\\end\{cases\}", re.DOTALL)


def value_of(latex: str, **variables: FloatArray) -> FloatArray:
    """The values of a right-hand side in LaTeX, with these arrays for its letters."""
    cases = CASES.fullmatch(latex.strip())
    if not cases:
        return parse_formula(plain(latex), tuple(variables))(*variables.values())
    values: FloatArray = np.full_like(next(iter(variables.values())), np.nan)
    for line in reversed(cases[1].split(r"\\")):
        value, condition = line.split("&")
        holds = 1.0 if "elsewhere" in condition else value_of(condition, **variables)
        values = np.where(holds, value_of(value, **variables), values)
    return values


def plain(latex: str) -> str:
    """The same in the signs that a reader types."""
    text = re.sub(r"\\left|\\right|\\[,;! ]", " ", latex)
    while re.search(r"\\[dt]?frac|\\sqrt|\^\{", text):
        text = re.sub(rf"\\[dt]?frac{BRACES}{BRACES}", r"((\1)/(\2))", text)
        text = re.sub(rf"\\sqrt{BRACES}", r"sqrt(\1)", text)
        text = re.sub(rf"\^{BRACES}", r"^(\1)", text)
    for pattern, instead in REWRITTEN:
        text = re.sub(pattern, instead, text)
    # tanh z, sin z: one letter needs no parentheses in LaTeX.
    return re.sub(r"(tanh|sin|cos|tan|exp|ln)\s+([a-z])\b", r"\1(\2)", text)
