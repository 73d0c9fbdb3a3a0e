"""All pictures of the terms are one file that browsers keep; a page says only which of them it shows."""

from __future__ import annotations

from pages.shared.figures.drawings.thumbnail import HEIGHT, WIDTH
from pages.shared.glossary.terms import TERMS, Term
from pages.shared.serving.files import Made, Served

NAME = "pictures.svg"


def picture(term: Term) -> str:
    """The picture of a term, as HTML; nothing where it has none."""
    if not term.picture:
        return ""
    part = f'<use href="{SHEET.at(NAME)}#{_mark(term)}"></use>'
    return f'<svg width="{WIDTH}" height="{HEIGHT}" aria-hidden="true">{part}</svg>'


def _mark(term: Term) -> str:
    return term.name.replace(" ", "-")


def _drawn() -> str:
    pictures = [(_mark(term), term.picture()) for term in TERMS if term.picture]
    parts = [drawn.replace("<svg ", f'<svg id="{mark}" ', 1) for mark, drawn in pictures]
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'


SHEET = Served("glossary", {NAME: Made(NAME, _drawn().encode())})
"""The file, as it is served."""
