"""Numbers on screen have a fixed count of digits and no negative zero; other people's text is only text."""

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.grids import evenly
from pages.shared.markdown import literal
from pages.shared.numbers import MINUS, plain, sign, signed, small

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


# ---- sizes ------------------------------------------------------------------------------------------

LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def size_of(text: str) -> float:
    digits, _, exponent = text.partition("·10")
    return float(f"{digits}e{exponent.translate(LOWERED) or 0}")


@given(value=st.floats(1e-300, 1e300) | st.just(0.0))
def test_a_size_says_at_least_two_digits_whatever_its_size(value: float) -> None:
    assert size_of(small(value)) == pytest.approx(value, rel=0.0501)


@given(value=st.floats(0.001, 999.0))
def test_a_size_that_four_decimals_can_say_has_four_decimals(value: float) -> None:
    assert re.fullmatch(r"\d+\.\d{4}", small(value))
    assert float(small(value)) == pytest.approx(value, abs=0.5001e-4)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.0000"),
        (0.0123, "0.0123"),
        (0.001, "0.0010"),
        (0.00099, "9.9·10⁻⁴"),
        (1.23e-6, "1.2·10⁻⁶"),
        (4.0e-16, "4.0·10⁻¹⁶"),
        (12.5, "12.5000"),
        (1234.0, "1.2·10³"),
        (5e17, "5.0·10¹⁷"),
        (math.inf, "inf"),
    ],
)
def test_a_size_reads_as_one_writes_it(value: float, text: str) -> None:
    assert small(value) == text


# ---- text that is not ours ----------------------------------------------------------------------------

SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


@given(text=st.text())
def test_of_a_literal_markdown_shows_what_was_there(text: str) -> None:
    escaped = literal(text)
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped) == " ".join(text.split())
    assert "\n" not in escaped


@given(text=st.text())
def test_in_a_literal_no_sign_of_markdown_stands_alone(text: str) -> None:
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", literal(text))
    assert not set(bare) & set(SIGNS)


@pytest.mark.parametrize("sign", SIGNS)
def test_every_ascii_sign_is_escaped(sign: str) -> None:
    assert literal(f"a{sign}b") == f"a\\{sign}b"


def test_letters_digits_and_other_alphabets_stay() -> None:
    assert literal("  x²  is 4\n− ünd “so” ") == "x² is 4 − ünd “so”"


# ---- a choice -----------------------------------------------------------------------------------------


@given(count=st.integers(0, 300), most=st.integers(2, 60))
def test_a_choice_is_all_or_so_many_from_the_first_to_the_last(count: int, most: int) -> None:
    chosen = evenly(count, most)
    assert len(chosen) == min(count, most)
    assert sorted(set(chosen)) == chosen
    if count:
        assert (chosen[0], chosen[-1]) == (0, count - 1)
        steps = [after - before for before, after in pairwise(chosen)] or [0]
        assert max(steps) - min(steps) <= 2
    if count <= most:
        assert chosen == list(range(count))
