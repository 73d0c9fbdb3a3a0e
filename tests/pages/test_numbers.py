"""Numbers on screen have a fixed count of digits and no negative zero; other people's text is only text."""

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.grids import evenly
from pages.shared.markdown import WORD_JOINER, literal
from pages.shared.numbers import (
    MINUS,
    among,
    beside,
    between,
    compact,
    exact,
    grouped,
    lowered,
    percent,
    percent_beside,
    plain,
    power_of_ten,
    raised,
    rounded,
    short,
    shortly,
    sign,
    signed,
    small,
    steady,
)
from tests.tables import every

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
        (-0.0, "0.0000"),
        (-0.5, "−0.5000"),
        (-1.23e-6, "−1.2·10⁻⁶"),
    ],
)
def test_a_size_reads_as_one_writes_it(value: float, text: str) -> None:
    assert small(value) == text


# ---- as short as it can be ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (4.0, "4"), (-0.5, "−0.5"), (0.0, "0"), (-0.0, "0"), (0.1 + 0.2, "0.3"), (0.9993, "1.00"),
        (-1.0, "−1"), (12.345, "12.35"), (999.0, "999"), (123456.0, "123456"), (1.2e6, "1.2·10⁶"),
        (6.7e-4, "6.7·10⁻⁴"), (-3e-7, "−3·10⁻⁷"), (1e12, "1·10¹²"), (0.004, "4·10⁻³"), (2.5, "2.5"),
        (0.0149, "0.015"), (0.05, "0.05"), (0.099, "0.10"),
    ],
)  # fmt: skip
def test_a_number_is_told_as_short_as_it_can_be(value: float, told: str) -> None:
    assert compact(value) == told


@given(value=st.floats(-1e15, 1e15))
def test_a_short_number_is_the_number_to_two_digits_and_never_minus_zero(value: float) -> None:
    digits, _, power = compact(value).replace("−", "-").partition("·10")
    exponent = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or "0"
    assert float(f"{digits}e{exponent}") == pytest.approx(value, rel=0.06, abs=1e-300)
    assert compact(value) != "−0"
    assert len(compact(value)) <= 11


@given(exponent=st.floats(-1e4, 1e4))
def test_any_power_of_ten_is_written_however_large_or_small(exponent: float) -> None:
    digits, _, power = power_of_ten(exponent).partition("·10")
    assert re.fullmatch(r"[1-9]\.\d", digits)
    assert math.log10(float(digits)) + int(power.translate(LOWERED)) == pytest.approx(exponent, abs=0.022)


def test_what_rounds_to_ten_is_the_next_power() -> None:
    assert power_of_ten(3.9999) == "1.0·10⁴"
    assert power_of_ten(-4.0) == "1.0·10⁻⁴"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.05, 6, "0.05"),
        (40.0, 6, "40"),
        (-2.5, 6, "−2.5"),
        (-0.0, 6, "0"),
        (1e9, 6, "10⁹"),
        (-1e-7, 6, "−10⁻⁷"),
        (1.5e20, 6, "1.5·10²⁰"),
        (1 / 3, 4, "0.3333"),
    ],
)
def test_a_short_number_has_no_zeros_at_its_end(value: float, digits: int, text: str) -> None:
    assert short(value, digits) == text


@given(value=NUMBERS)
def test_python_reads_an_exact_number_as_itself_and_never_as_an_integer(value: float) -> None:
    assert float(exact(value)) == value
    assert isinstance(eval(exact(value)), float)


# ---- counts -------------------------------------------------------------------------------------------


@given(count=st.integers(0, 10**15))
def test_of_a_grouped_count_no_digit_is_lost(count: int) -> None:
    assert int(grouped(count).replace(",", "")) == count
    assert re.fullmatch(r"\d{1,3}(,\d{3})*", grouped(count))


@given(size=st.floats(1e-3, 1e9))
def test_a_rounded_size_keeps_three_digits_and_has_no_power_of_ten(size: float) -> None:
    assert float(rounded(size).replace(",", "")) == pytest.approx(size, rel=0.0051)
    assert "e" not in rounded(size)


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (13, "13"), (13_002, "13,002"), (60_000_000, "60 million"), (1_500_000_000, "1.5 billion"),
        (999_600_000, "1,000 million"), (175_000_000_000, "175 billion"), (10**16, "10,000 trillion"),
    ],
)  # fmt: skip
def test_a_count_is_told_in_words_as_short_as_they_can_be(count: int, text: str) -> None:
    assert shortly(count) == text


@pytest.mark.parametrize(
    ("share", "digits", "text"), [(0.405, 1, "40.5 %"), (0.57, 0, "57 %"), (0.0, 0, "0 %")]
)
def test_a_share_is_told_in_hundredths(share: float, digits: int, text: str) -> None:
    assert percent(share, digits) == text


@given(number=st.integers(-999, 999))
def test_exponents_are_raised_and_indices_lowered(number: int) -> None:
    assert raised(number).translate(LOWERED) == str(number)
    assert lowered(abs(number)).translate(str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")) == str(abs(number))


# ---- text that is not ours ----------------------------------------------------------------------------

SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


@given(text=st.text())
def test_of_a_literal_markdown_shows_what_was_there(text: str) -> None:
    escaped = literal(text).replace(WORD_JOINER, "")
    text = text.replace(WORD_JOINER, "")
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped) == " ".join(text.split())
    assert "\n" not in escaped


@given(text=st.text())
def test_in_a_literal_no_sign_of_markdown_stands_alone(text: str) -> None:
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", literal(text))
    assert not set(bare) & set(SIGNS)


@every("sign", SIGNS.replace("@", ""))
def test_every_ascii_sign_is_escaped(sign: str) -> None:
    assert literal(f"a{sign}b") == f"a\\{sign}b"


@pytest.mark.parametrize("address", ["http://a.example/x", "HTTPS://a.b", "www.a.example", "a@b.example"])
def test_no_address_in_a_literal_becomes_a_link(address: str) -> None:
    bare = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", literal(f"see {address}"))
    assert not re.search(r"https?:|www\.|@[-\w]", bare, re.IGNORECASE)
    assert bare.replace(WORD_JOINER, "") == f"see {address}"


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


@pytest.mark.parametrize(
    ("value", "low", "high", "text"),
    [
        (0.125, 0.0, 1.0, "0.125"),
        (-0.5, -10.0, 10.0, "−0.50"),
        (1994.6125, 1990.0, 2000.0, "1994.61"),
        (1700000004.25, 1700000000.0, 1700000020.0, "1700000004.25"),
        (1000000.00125, 1000000.001, 1000000.003, "1000000.001250"),
        (2.5e-16, 0.0, 1e-15, "2.500·10⁻¹⁶"),
        (1e-7 + 3e-13, 1e-7, 1e-7 + 1e-12, "1.00000300·10⁻⁷"),
        (2.5e15, 0.0, 1e16, "2.500·10¹⁵"),
        (0.0, 0.0, 1e-15, "0"),
        (3.0, 3.0, 3.0, "3"),
    ],
)
def test_a_number_on_its_way_is_told_to_a_thousandth_of_it(
    value: float, low: float, high: float, text: str
) -> None:
    assert between(value, low, high) == text


@given(
    length=st.floats(-15.0, 15.0).map(lambda power: 10.0**power),
    offset=st.just(0.0) | st.floats(-15.0, 15.0).map(lambda power: 10.0**power),
)
def test_a_hundredth_of_the_way_apart_numbers_read_differently(length: float, offset: float) -> None:
    low, high = offset, offset + max(length, 1e-9 * offset)
    told = [between(low + share * (high - low), low, high) for share in (0.1, 0.11, 0.5, 0.51, 0.99)]
    assert len(set(told)) == len(told)
    assert not any(re.search("[a-zA-Z,]", text) for text in told)


def test_several_numbers_have_three_decimals_or_as_many_as_tell_them_apart() -> None:
    assert among(0.0769, [0.0769, 0.9]) == "0.077"
    assert among(1700000001.5, [1700000001.5, 1700000018.0]) == "1700000001.500"
    far = [1000000.00125, 1000000.0015]
    assert [among(each, far) for each in far] == ["1000000.001250", "1000000.001500"]
    assert among(2e-16, [2e-16, 8e-16]) == "2.000·10⁻¹⁶"
    assert among(0.5, [0.5]) == "0.500"


def test_a_number_is_steady_where_the_largest_of_its_kind_needs_no_powers_of_ten() -> None:
    assert [steady(value, 3.0) for value in (0.25, -3.0)] == ["+0.250", "−3.000"]
    assert [steady(value, 3e15) for value in (0.25, -3e15)] == ["0.25", "−3·10¹⁵"]
    assert steady(2e-7, 3e-7) == "2·10⁻⁷"


@given(value=NUMBERS, other=NUMBERS)
def test_a_number_beside_another_one_is_told_apart_from_it(value: float, other: float) -> None:
    assert (beside(value, other) == beside(other, value)) == (value == other)
    for near in (math.nextafter(value, math.inf), value * (1 + 1e-9)):
        assert (beside(value, near) == beside(near, value)) == (value == near)


def test_a_number_beside_one_that_reads_otherwise_is_told_as_everywhere() -> None:
    assert (beside(0.05, 0.1), beside(0.1, 0.1), beside(0.099999, 0.1)) == ("0.0500", "0.1000", "0.099999")
    assert (beside(1.5, 1.0, plain), beside(1.001, 1.0, plain)) == ("1.50", "1.001")
    assert (percent_beside(0.5, 0.4), percent_beside(0.40001, 0.4)) == ("50.0 %", "40.001 %")
