"""A choice takes one of a few names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pages.shared.stage.inputs.reading import (
    BETWEEN_CELLS,
    NEEDS_ESCAPE,
    Reading,
    escaped,
    shown,
    unescaped,
)


def named(given: object, options: Iterable[str]) -> str | None:
    """The option of that name, as it is or as a link says it; None where there is none.

    Case does not matter; + is a space, as in links.
    """
    asked, options = _folded(str(given)), tuple(options)
    as_it_is = next((each for each in options if _folded(each) == asked), None)
    return as_it_is or next((each for each in options if _folded(in_link(each, options)) == asked), as_it_is)


def in_link(name: str, options: Iterable[str]) -> str:
    """The name in letters that no program escapes: those it has, if they tell it from the other options."""
    short = _letters(name)
    alike = sum(_letters(each).casefold() == short.casefold() for each in options)
    return short if short and alike == 1 and unescaped(short) == short else escaped(name)


def _letters(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    return NEEDS_ESCAPE.sub(BETWEEN_CELLS, plain).strip(BETWEEN_CELLS)


def _folded(name: str) -> str:
    return name.casefold().replace("+", " ")


@dataclass(frozen=True)
class Choice:
    """One of a few names.

    Raises ValueError where `value` is not among the options, or two of them differ in case alone.
    """

    label: str
    options: Sequence[str]
    value: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", tuple(self.options))
        if len(set(map(_folded, self.options))) < len(self.options):
            raise ValueError(f"{self.label}: options differ in more than case, got {', '.join(self.options)}")
        if self.value not in self.options:
            raise ValueError(f"{self.label}: {self.value!r} is not one of {', '.join(self.options)}")

    @property
    def steps(self) -> tuple[str, ...]:
        """Every name it takes."""
        return tuple(self.options)

    def read(self, given: object) -> Reading:
        """The name given; a complaint where it is not among the options."""
        found = named(given, self.options)
        if found is not None:
            return Reading(found)
        options = ", ".join(self.options)
        return Reading(
            self.value,
            f"{self.label}: {shown(given)} is not one of {options}; {self.value} stands.",
        )

    def write(self, value: str) -> str:
        """The name as a link says it."""
        return in_link(value, self.options)

    def spec(self) -> dict[str, Any]:
        """What the browser needs to know of it."""
        return {
            "kind": "choice", "label": self.label, "options": list(self.options), "value": self.value,
        }  # fmt: skip
