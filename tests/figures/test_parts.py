"""Numbers on screen have a fixed count of digits and no negative zero."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared.figures.parts import MINUS, plain, sign, signed

NUMBERS = st.floats(-1e6, 1e6)
DIGITS = st.integers(0, 6)


def value_of(text: str) -> float:
    return float(text.replace(MINUS, "-"))


@given(value=NUMBERS, digits=DIGITS)
def test_a_signed_number_has_a_sign_and_a_fixed_count_of_digits(value: float, digits: int) -> None:
    fraction = rf"\.\d{{{digits}}}" if digits else ""
    assert re.fullmatch(rf"[+{MINUS}]\d+{fraction}", signed(value, digits))


@given(value=NUMBERS, digits=DIGITS)
def test_a_plain_number_is_the_signed_one_without_its_plus(value: float, digits: int) -> None:
    assert plain(value, digits) == signed(value, digits).removeprefix("+")


@given(value=NUMBERS, digits=DIGITS)
def test_a_number_on_screen_is_the_number_rounded(value: float, digits: int) -> None:
    assert value_of(signed(value, digits)) == pytest.approx(value, abs=0.5001 * 10**-digits)


@given(digits=DIGITS, share=st.floats(-0.49, 0.49))
def test_what_rounds_to_zero_is_plus_zero(digits: int, share: float) -> None:
    text = signed(share * 10**-digits, digits)
    assert text == "+" + (f"0.{'0' * digits}" if digits else "0")


@given(value=NUMBERS, digits=DIGITS)
def test_turning_the_sign_over_turns_over_nothing_else(value: float, digits: int) -> None:
    one, other = signed(value, digits), signed(-value, digits)
    assert one[1:] == other[1:]
    assert (one[0] != other[0]) == (value_of(one) != 0)


@given(small=st.floats(-9.99, 9.99), other=st.floats(-9.99, 9.99))
def test_numbers_of_the_same_size_are_equally_long_so_that_nothing_jitters(
    small: float, other: float
) -> None:
    assert len(signed(small)) == len(signed(other)) == len("+0.00")


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.5, "+1.50"), (-0.25, "−0.25"), (0.0, "+0.00"), (-0.0, "+0.00"), (-0.004, "+0.00")],
)
def test_a_signed_number_reads_as_one_writes_it(value: float, text: str) -> None:
    assert signed(value) == text


@given(value=NUMBERS)
def test_a_sign_and_the_size_of_a_number_make_the_number(value: float) -> None:
    assert value_of(f"{sign(value)}{abs(value)!r}") == value
    assert sign(value) == ("−" if value < 0 else "+")


def test_zero_is_added_and_not_taken_away() -> None:
    assert (sign(0.0), sign(-0.0)) == ("+", "+")
