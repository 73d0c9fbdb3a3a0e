"""A matrix in LaTeX has its numbers in its rows, and an entry of a product is written as the sum it is."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from nn_core.arrays import FloatArray
from pages.shared.figures.latex import matrices

MINUS = "\N{MINUS SIGN}"
NUMBERS = st.floats(-99.0, 99.0)
MATRICES = arrays.arrays(
    np.float64, arrays.array_shapes(min_dims=2, max_dims=2, max_side=5), elements=NUMBERS
)


def told(text: str) -> list[list[float]]:
    """The numbers of a matrix as it is written."""
    begin, end = r"\begin{pmatrix}", r"\end{pmatrix}"
    assert text.startswith(begin)
    assert text.endswith(end)
    rows = text.removeprefix(begin).removesuffix(end).split(r"\\")
    return [[number(cell) for cell in row.split("&")] for row in rows]


def number(text: str) -> float:
    """A number as it is written: with its sign, and digits behind the point."""
    assert re.fullmatch(rf"[+{MINUS}]\d+(\.\d+)?", text.strip())
    return float(text.strip().replace(MINUS, "-"))


@st.composite
def factors(draw: st.DrawFn) -> tuple[FloatArray, FloatArray]:
    """Two matrices that can be multiplied."""
    rows, inner, columns = (draw(st.integers(1, 4)) for _ in range(3))
    left = draw(arrays.arrays(np.float64, (rows, inner), elements=NUMBERS))
    return left, draw(arrays.arrays(np.float64, (inner, columns), elements=NUMBERS))


# ---- a matrix -------------------------------------------------------------------------------------


@given(numbers=MATRICES, digits=st.integers(0, 4))
def test_a_matrix_has_its_rounded_numbers_row_by_row(numbers: FloatArray, digits: int) -> None:
    rows = told(matrices.matrix(numbers, digits))
    assert [len(row) for row in rows] == [numbers.shape[1]] * numbers.shape[0]
    assert np.array(rows) == pytest.approx(numbers, abs=0.5 * 10.0**-digits + 1e-9)


def test_a_matrix_is_latex_with_ampersands_and_line_ends() -> None:
    numbers = np.array([[1.0, -0.25], [0.004, -0.004]])
    cells = rf"+1.00 & {MINUS}0.25 \\ +0.00 & +0.00"
    assert matrices.matrix(numbers) == rf"\begin{{pmatrix}}{cells}\end{{pmatrix}}"


# ---- a product ------------------------------------------------------------------------------------


def test_a_product_is_named_by_its_factors_from_the_left() -> None:
    assert [matrices.product_name(count) for count in (1, 2, 3)] == [
        "W_{1}",
        "W_{1} W_{2}",
        "W_{1} W_{2} W_{3}",
    ]
    assert [matrices.plain_name(count) for count in (1, 2, 3)] == ["W₁", "W₁W₂", "W₁W₂W₃"]


@given(count=st.integers(1, 30))
def test_both_names_of_a_product_name_the_same_factors(count: int) -> None:
    subscripts = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
    indices = [int(index) for index in re.findall(r"W_\{(\d+)\}", matrices.product_name(count))]
    assert indices == [*range(1, count + 1)]
    assert [int(part) for part in matrices.plain_name(count).translate(subscripts).split("W")[1:]] == indices


@given(pair=factors())
def test_the_first_entry_of_a_product_is_told_as_the_sum_it_is(pair: tuple[FloatArray, FloatArray]) -> None:
    left, right = pair
    product = left @ right
    terms, _, total = matrices.entry(left, right, product).partition(" = ")
    factors_told = [
        [number(each) for each in term.removeprefix("(").removesuffix(")").split(")(")]
        for term in terms.split(" + ")
    ]
    assert np.array(factors_told) == pytest.approx(np.column_stack([left[0], right[:, 0]]), abs=0.00501)
    assert number(total) == pytest.approx(product[0, 0], abs=0.00501)
    assert sum(one * other for one, other in factors_told) == pytest.approx(
        number(total), abs=len(factors_told) * 2 * 0.005 * 99.01 + 0.01
    )


def test_an_entry_of_two_terms_reads_like_the_rule() -> None:
    left, right = np.array([[2.0, -1.0], [7.0, 7.0]]), np.array([[0.5, 7.0], [3.0, 7.0]])
    expected = f"(+2.00)(+0.50) + ({MINUS}1.00)(+3.00) = {MINUS}2.00"
    assert matrices.entry(left, right, left @ right) == expected


def test_an_entry_whose_factors_do_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        matrices.entry(np.ones((1, 2)), np.ones((3, 1)), np.ones((1, 1)))


def test_over_lines_every_term_stands_on_its_own() -> None:
    told = matrices.over_lines("a", "(+1.00)(+2.00) + (+3.00)(+4.00) = +14.00")
    assert told.count(r"\\") == 2
    rows = [row.split("&")[1] for row in told.removesuffix(r"\end{aligned}").split(r"\\")]
    assert [row.replace(r"\phantom{=}", "").strip(" =") for row in rows] == [
        "(+1.00)(+2.00)",
        "+ (+3.00)(+4.00)",
        "+14.00",
    ]


@given(pair=factors())
def test_over_lines_a_sum_keeps_all_its_terms_each_on_a_line_and_its_total_last(
    pair: tuple[FloatArray, FloatArray],
) -> None:
    entry = matrices.entry(*pair, pair[0] @ pair[1])
    begin, end = r"\begin{aligned} P &= ", r" \end{aligned}"
    told_lines = matrices.over_lines("P", entry)
    assert told_lines.startswith(begin)
    assert told_lines.endswith(end)
    first, *others, total = told_lines.removeprefix(begin).removesuffix(end).split(r" \\ ")
    more = r"&\phantom{=} + "
    assert all(line.startswith(more) for line in others)
    again = " + ".join([first, *(line.removeprefix(more) for line in others)])
    assert again + " " + total.removeprefix("&") == entry
