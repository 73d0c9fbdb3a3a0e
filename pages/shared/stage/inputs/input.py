"""Whatever a reader can set."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from pages.shared.stage.inputs.reading import Reading


class Entry(Protocol):
    """What stands in the link under one name."""

    @property
    def value(self) -> Any:
        """What it starts with."""

    def read(self, given: object) -> Reading:
        """A valid value, whatever is given: text of a link or plain data of the browser."""

    def write(self, value: Any) -> str:
        """The value as a link says it; `read` reads it back."""


@runtime_checkable
class Input(Entry, Protocol):
    """What the stage asks of an input; a class that has all this is one."""

    @property
    def label(self) -> str:
        """What it is called on screen, unique on the page."""

    @property
    def steps(self) -> tuple[Any, ...] | None:
        """Every value it takes, in their order, where it can be dragged and played; None where it cannot."""

    def spec(self) -> dict[str, Any]:
        """What the browser needs to know of it, with the "kind" of its row among the controls."""
