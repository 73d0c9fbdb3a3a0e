"""A term in a text becomes a dotted word: a sentence and a picture open under it.

It is HTML's own popover: it opens by tap, click, Enter and Space, and closes by Escape; while the pointer or
the focus is on the word, it shows as well. Screen readers hear the sentence with the word.
"""

from __future__ import annotations

import re
from hashlib import sha256

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.glossary.sheet import picture
from pages.shared.glossary.terms import NAMED, Term

MARK = re.compile(r"\[\[([^]|]+)(?:\|([^]]+))?]]")


def explained(text: str) -> str:
    """Markdown in which every [[term]], or [[word|term]], opens. Raises KeyError for what is no term."""
    page = sha256(text.encode()).hexdigest()[:6]

    def opened(found: re.Match[str]) -> str:
        return dotted(found[1], NAMED[(found[2] or found[1]).casefold()], f"{page}-{found.start()}")

    return MARK.sub(opened, text)


def dotted(word: str, term: Term, place: str) -> str:
    """The word that opens its term. place: what tells it from others on the page."""
    name = f"term-{place}"
    note = f'<span popover="auto" id="{name}" class="sp-note"><span>{term.says}</span>{picture(term)}</span>'
    button = f'<button type="button" class="sp-term" popovertarget="{name}" aria-describedby="{name}">'
    return f'<span class="sp-word" data-term="{term.name}">{button}{word}</button>{note}</span>'


def tell(text: str, place: DeltaGenerator | None = None) -> None:
    """Show a text of ours, as Markdown, with its terms."""
    (place or st).markdown(explained(text), unsafe_allow_html=bool(MARK.search(text)))


def words(*names: str) -> None:
    """The words on the controls and plots above that a later lesson explains."""
    tell("New words: " + ", ".join(f"[[{name}]]" for name in names) + ".")
