"""A number is what people write as one, and nothing else that a language would take for one."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.numerals import number
from pages.shared.stage.inputs.reading import written
from tests.stage.inputs.numbers import NUMBERS
from tests.stage.inputs.strategies import ANYTHING, MINUS
from tests.tables import every


@every("text, value", NUMBERS)
def test_a_text_is_the_number_that_the_examples_say_or_none(text: str, value: float | None) -> None:
    assert number(text) == value


def test_no_text_is_among_the_examples_twice() -> None:
    assert len(dict(NUMBERS)) == len(NUMBERS)


@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_what_python_or_the_browser_writes_of_a_number_is_read_back_the_same(value: float) -> None:
    assert number(repr(value)) == number(repr(value).replace("-", MINUS)) == value


@given(given=ANYTHING)
def test_whatever_is_given_a_finite_number_or_none_comes_out(given: object) -> None:
    found = number(given)
    assert found is None or (type(found) is float and math.isfinite(found))


@pytest.mark.parametrize("given", [3, 3.0, Fraction(3), np.float64(3), np.float32(3), np.int64(3)], ids=repr)
def test_a_number_of_any_type_is_a_number(given: object) -> None:
    assert number(given) == 3.0


@pytest.mark.parametrize(
    "given", [None, True, np.True_, math.nan, -math.inf, 10**400, b"3", [3.0], (3,), {}, 3j]
)
def test_what_is_no_finite_number_is_none(given: object) -> None:
    assert number(given) is None


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(1.5, 2, "1.5"), (10.0, 0, "10"), (-0.04, 1, "0"), (-0.0, 3, "0"), (100.0, 1, "100"), (0.25, 1, "0.2")],
)
def test_a_number_is_written_as_short_as_it_can_be(value: float, digits: int, text: str) -> None:
    assert written(value, digits) == text
