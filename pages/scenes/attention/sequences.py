"""Sequences that a reader types: letters and spaces, and what is none of them is named and left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nn_core.families.transformers import Tokens
from pages.shared.asking.bound import follow, lead
from pages.shared.markdown import literal
from pages.shared.numbers import grouped
from pages.shared.stage.inputs.reading import Reading, escaped, shown, unescaped

# Before the first letter stands a mark, so that it, too, has something before it.
MARK = "▸"
LETTERS = MARK + "abcdefghijklmnopqrstuvwxyz "
LEAST, MOST, READ = 4, 40, 200


@dataclass(frozen=True)
class Sequence:
    """A text to be typed: what it is called, its place in the link, and the first one."""

    label: str
    key: str
    value: str

    def ask(self, row: DeltaGenerator, remarks: DeltaGenerator) -> str:
        """The sequence that the reader types; what of it cannot be taken is named."""
        follow(self.key, self)
        typed = row.text_input(self.label, key=self.key, max_chars=READ, width=420)
        found, complaint = self.taken(typed)
        if complaint:
            remarks.warning(literal(complaint))
        lead(self.key, self, typed)
        return found

    def taken(self, typed: str) -> tuple[str, str]:
        """The letters and spaces of a text, at most MOST of them, and what is said of the rest."""
        known = [each for each in typed.lower() if each in LETTERS[1:]]
        strange = sorted({each for each in typed.lower() if each not in LETTERS[1:]})
        if len(known) < LEAST:
            return self.value, (
                f"{self.label}: {shown(typed)} has fewer than {LEAST} letters or spaces from a to z; "
                f"“{self.value}” stands."
            )
        said = []
        if strange:
            left_out = " ".join(strange[:8])
            said.append(f"only the letters a to z and spaces are known; left out: {left_out}")
        if len(known) > MOST:
            said.append(f"the first {MOST} of {len(known)} are taken")
        return "".join(known[:MOST]), f"{self.label}: {'; '.join(said)}." if said else ""

    def read(self, given: object) -> Reading:
        """The text as it was typed; what of it can be taken is found when it is asked for."""
        text = unescaped(str(given))
        if len(text) <= READ:
            return Reading(text)
        return Reading(text[:READ], f"{self.label}: the first {READ} of {grouped(len(text))} signs are read.")

    def write(self, value: str) -> str:
        """The text as a link says it."""
        return escaped(value)


def tokens(text: str) -> Tokens:
    """The mark and the letters, as numbers."""
    return np.array([LETTERS.index(each) for each in MARK + text])


def row_and_remarks() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Where a sequence is typed, and where it is said what is wrong with it."""
    return st.container(horizontal=True), st.container()
