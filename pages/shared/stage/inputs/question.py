"""A question takes the answer that a reader chooses; nothing is chosen at first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pages.shared.stage.inputs.choice import Choice, in_link, named
from pages.shared.stage.inputs.reading import Reading, shown

NOTHING = ""


@dataclass(frozen=True)
class Question:
    """A question that stands with the tasks, and asks before it shows.

    label: what is asked; the picture's task of that name says how the answer stands. shows: what is set by
    the button that shows it, once there is an answer.
    Raises ValueError where two of the options differ in case alone.
    """

    label: str
    options: tuple[str, ...]
    shows: Mapping[str, Any] = field(default_factory=dict)
    value: str = NOTHING

    def __post_init__(self) -> None:
        Choice(self.label, self.options, self.options[0])

    @property
    def steps(self) -> tuple[str, ...]:
        """Nothing, and every answer."""
        return (NOTHING, *self.options)

    def read(self, given: object) -> Reading:
        """The answer given; a complaint where it is none of the options."""
        found = NOTHING if given == NOTHING else named(given, self.options)
        if found is not None:
            return Reading(found)
        options = ", ".join(self.options)
        return Reading(
            NOTHING, f"{self.label} {shown(given)} is not one of {options}; it is not answered yet."
        )

    def write(self, value: str) -> str:
        """The answer as a link says it."""
        return in_link(value, self.options)

    def spec(self) -> dict[str, Any]:
        """What the browser needs to know of it."""
        return {
            "kind": "question", "label": self.label, "options": list(self.options), "value": self.value,
            "shows": dict(self.shows),
        }  # fmt: skip
