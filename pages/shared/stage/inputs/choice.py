"""A choice takes one of a few names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pages.shared.stage.inputs.reading import Reading, shown


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
        if len({option.casefold() for option in self.options}) < len(self.options):
            raise ValueError(f"{self.label}: options differ in more than case, got {', '.join(self.options)}")
        if self.value not in self.options:
            raise ValueError(f"{self.label}: {self.value!r} is not one of {', '.join(self.options)}")

    @property
    def steps(self) -> tuple[str, ...]:
        """Every name it takes."""
        return tuple(self.options)

    def read(self, given: object) -> Reading:
        """The name given, in any case; a complaint where it is not among the options."""
        for option in self.options:
            if str(given).casefold() == option.casefold():
                return Reading(option)
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
