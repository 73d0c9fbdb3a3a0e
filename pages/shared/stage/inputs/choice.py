"""A choice takes one of a few names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pages.shared.stage.inputs.reading import Reading, shown


def named(given: object, options: Iterable[str]) -> str | None:
    """The option of that name; None where there is none. Case does not matter; + is a space, as in links."""
    return next((option for option in options if _folded(option) == _folded(str(given))), None)


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
        return value

    def spec(self) -> dict[str, Any]:
        """What the browser needs to know of it."""
        return {
            "kind": "choice", "label": self.label, "options": list(self.options), "value": self.value,
        }  # fmt: skip
