"""Matrices and their products in LaTeX, with the numbers that they have."""

from __future__ import annotations

from nn_core.arrays import FloatArray
from pages.shared.numbers import lowered, signed


def matrix(numbers: FloatArray, digits: int = 2) -> str:
    """A matrix with its numbers."""
    rows = [" & ".join(signed(float(number), digits) for number in row) for row in numbers]
    return r"\begin{pmatrix}" + r" \\ ".join(rows) + r"\end{pmatrix}"


def product_name(count: int) -> str:
    """W_1 W_2 ... of so many factors."""
    return " ".join(f"W_{{{index}}}" for index in range(1, count + 1))


def plain_name(count: int) -> str:
    """The same without LaTeX: W₁W₂."""
    return "".join(f"W{lowered(index)}" for index in range(1, count + 1))


def entry(left: FloatArray, right: FloatArray, product: FloatArray) -> str:
    """The first entry of a product, as the sum it is."""
    terms = [
        rf"({signed(float(one))})({signed(float(other))})"
        for one, other in zip(left[0], right[:, 0], strict=True)
    ]
    return " + ".join(terms) + f" = {signed(float(product[0, 0]))}"


def over_lines(left: str, right: str) -> str:
    """left = right with every term of a sum on a line of its own, for narrow windows."""
    terms, _, total = right.partition(" = ")
    lines = r" \\ &\phantom{=} + ".join(terms.split(" + "))
    return rf"\begin{{aligned}} {left} &= {lines} \\ &= {total} \end{{aligned}}"
