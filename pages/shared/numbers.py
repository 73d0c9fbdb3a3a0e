"""Numbers become text here, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from math import floor, log10

MINUS = "\N{MINUS SIGN}"
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# What `compact` writes without a power of ten.
_SMALLEST, _LARGEST = 1e-2, 1e6
# What `between` writes with all digits.
_PLAINEST, _PLAINMOST = 1e-5, 1e15


# ---- with so many decimals ----------------------------------------------------------------------------


def plain(value: float, digits: int = 2) -> str:
    """A number with a fixed count of digits and a typographic minus: 1.50, −0.25. Minus zero is 0.00."""
    text = f"{value:.{digits}f}"
    return text.replace("-", MINUS) if float(text) else f"{0:.{digits}f}"


def signed(value: float, digits: int = 2) -> str:
    """The same with its sign, so that nothing jitters: +1.50, −0.25, +0.00."""
    text = plain(value, digits)
    return text if text.startswith(MINUS) else f"+{text}"


def sign(value: float) -> str:
    """The sign of a number as the operator before it: + or −."""
    return MINUS if value < 0 else "+"


def grouped(value: float, digits: int = 0) -> str:
    """A count or a size whose thousands are set apart: 13,002 or 1,234.5."""
    return f"{value:,.{digits}f}"


def decimals(low: float, high: float) -> int:
    """How many decimals tell a thousandth of the way from low to high."""
    return max(0, 3 - floor(log10(high - low))) if high > low else 0


def figures(low: float, high: float) -> int:
    """How many digits behind the first one tell the same."""
    return max(0, 3 - floor(log10(high - low)) + floor(log10(max(abs(low), abs(high))))) if high > low else 0


def between(value: float, low: float, high: float) -> str:
    """A number on its way from low to high, to a thousandth of it: 0.125, 1994.61, 2.500·10⁻⁷."""
    if not high > low or _PLAINEST <= max(abs(low), abs(high)) < _PLAINMOST or not value:
        return plain(value, decimals(low, high) if value else 0)
    digits, _, exponent = f"{value:.{figures(low, high)}e}".partition("e")
    return scientific(digits.replace("-", MINUS), int(exponent))


def among(value: float, others: Sequence[float]) -> str:
    """One of several numbers, with three decimals or as many as tell them apart: 0.125, 1000000.000250."""
    low, high = min(others), max(others)
    if high > low and not _PLAINEST <= max(abs(low), abs(high)) < _PLAINMOST:
        return between(value, low, high)
    return plain(value, max(3, 2 - floor(log10(high - low)) if high > low else 0))


def steady(value: float, largest: float) -> str:
    """A number with its sign and three decimals; in powers of ten where the largest of its kind needs it."""
    return signed(value, 3) if _SMALLEST <= largest < _LARGEST else compact(value)


def percent(share: float, digits: int = 0) -> str:
    """A share of 1 in hundredths: 41 %, or 40.5 % with one digit."""
    return f"{plain(100 * share, digits)} %"


# ---- with as many digits as it needs ------------------------------------------------------------------


def short(value: float, digits: int = 6) -> str:
    """A number of at most so many digits, without zeros at its end: 0.05, −40, 1.5·10⁹, 10²⁰."""
    written, _, exponent = f"{value + 0.0:.{digits}g}".replace("-", MINUS).partition("e")
    if not exponent:
        return written
    power = f"10{raised(int(exponent.replace(MINUS, '-')))}"
    return f"{written.removesuffix('1')}{power}" if written in ("1", f"{MINUS}1") else f"{written}·{power}"


def rounded(value: float) -> str:
    """A size of three digits, or of all that stand before the point: 1.5, 0.0123, 175, 13,002."""
    return grouped(value) if value >= 99.95 else f"{value:.3g}"


def shortly(count: int) -> str:
    """A count in words as short as they can be: 13, 13,002, 60 million, 1.5 billion."""
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if count >= size:
            return f"{rounded(count / size)} {name}"
    return grouped(count)


def exact(value: float) -> str:
    """A number as Python reads it, with all its digits; a whole one ends in a point: 2. or -0.1."""
    return repr(value).removesuffix("0") if repr(value).endswith(".0") else repr(value)


# ---- with powers of ten -------------------------------------------------------------------------------


def small(value: float) -> str:
    """A number with four decimals, 0.0123, or in powers of ten where they do not serve: −1.2·10⁻⁶."""
    if 0.001 <= abs(value) < 1000 or value == 0.0:
        return plain(value, 4)
    return scientific(*_parts(value))


def beside(value: float, other: float, tell: Callable[[float], str] = small) -> str:
    """A number as `tell` writes it, or with more digits where another reads alike: 0.09999 beside 0.1."""
    if value == other or tell(value) != tell(other):
        return tell(value)
    return next(text for digits in range(1, 18) if (text := short(value, digits)) != short(other, digits))


def percent_beside(share: float, other: float) -> str:
    """A share in hundredths with one decimal, with more where another share would read alike."""
    return f"{beside(100 * share, 100 * other, partial(plain, digits=1))} %"


@lru_cache(4096)
def compact(value: float) -> str:
    """A number as short as it can be said: 4, −0.5, 1.00 where it was rounded, 1.2·10⁶, 6.7·10⁻⁴."""
    return scientific(*compact_parts(value))


def compact_parts(value: float) -> tuple[str, int | None]:
    """The digits that `compact` writes, and the power of ten behind them, None where there is none."""
    size = abs(value)
    if value and not _SMALLEST <= size < _LARGEST:
        digits, exponent = _parts(value)
        written = float(f"{value:.1e}")
        return _trimmed(float(digits.replace(MINUS, "-")), 1, _same(written, value)), exponent
    decimals = 3 if size < 0.095 else 2 if size < 1e3 else 1 if size < 1e4 else 0
    written = round(value, decimals)
    return _trimmed(written, decimals, _same(written, value)), None


def power_of_ten(exponent: float) -> str:
    """Ten to any power, however large or small the result: 3.2·10⁵, 1.0·10⁻⁴⁰⁰."""
    whole = floor(exponent)
    digits = plain(10.0 ** (exponent - whole), 1)
    return scientific("1.0", whole + 1) if digits == "10.0" else scientific(digits, whole)


def scientific(digits: str, exponent: int | None) -> str:
    """Digits and the power of ten behind them: 1.2·10⁻⁶; the digits alone where the power is None."""
    return digits if exponent is None else f"{digits}·10{raised(exponent)}"


def raised(number: int) -> str:
    """A whole number as an exponent: ⁻¹²."""
    return str(number).translate(_RAISED)


def lowered(number: int) -> str:
    """A whole number as an index: ₁₂."""
    return str(number).translate(_LOWERED)


def _parts(value: float) -> tuple[str, int | None]:
    """Two digits and the power of ten behind them; what is not finite has no power."""
    digits, _, exponent = f"{value:.1e}".partition("e")
    return digits.replace("-", MINUS), int(exponent) if exponent else None


def _same(rounded: float, value: float) -> bool:
    return abs(rounded - value) <= 1e-9 * abs(value)


def _trimmed(value: float, decimals: int, exact: bool) -> str:
    """The number without the zeros at its end, where they are exact."""
    if not exact:
        return plain(value, decimals)
    return plain(value, next(count for count in range(decimals + 1) if round(value, count) == value))
