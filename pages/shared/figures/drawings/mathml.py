"""Pieces of MathML: letters, operators, and numbers that are slots, each in the colour of its meaning."""

from __future__ import annotations

from pages.shared.figures.drawings.markup import slot
from pages.shared.figures.theme import colour


def letter(name: str, meaning: str) -> str:
    """A letter with its index: w1 is w with a small 1."""
    style = f'style="color:{colour(meaning)}"'
    if len(name) == 1:
        return f"<mi {style}>{name}</mi>"
    return f"<msub {style}><mi>{name[0]}</mi><mn>{name[1:]}</mn></msub>"


def number(name: str, meaning: str) -> str:
    """The place of a number. name: of its slot."""
    return f'<mn style="color:{colour(meaning)}" {slot(name)}></mn>'


def operator(sign: str) -> str:
    """A sign between what it joins."""
    return f"<mo>{sign}</mo>"


def display(*pieces: str) -> str:
    """A formula, or as much of one as may not be broken, with fractions at their full height."""
    return f'<math displaystyle="true">{"".join(pieces)}</math>'
