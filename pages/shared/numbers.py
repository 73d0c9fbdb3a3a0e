"""Numbers become text here, and nowhere else."""

from __future__ import annotations

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
MINUS = "\N{MINUS SIGN}"


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


def small(value: float) -> str:
    """A size with four decimals, 0.0123, or in powers of ten where they do not serve: 1.2·10⁻⁶."""
    if 0.001 <= value < 1000 or value == 0.0:
        return f"{value:.4f}"
    digits, _, exponent = f"{value:.1e}".partition("e")
    return f"{digits}·10{str(int(exponent)).translate(RAISED)}" if exponent else digits
