"""What a student's browser has counted, as an answer link says it: it is told, and never believed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pages.shared.stage.assigning.assignment import COUNTED
from pages.shared.stage.inputs.reading import shown

VERSION, END = "1", "end"
FORM = re.compile(r"(\d{1,7})\.(\d{1,7})\.(\d{1,7})\.([01])\.end")


@dataclass(frozen=True)
class Counted:
    """How often something was let go before it was done, the steps of hints, and the seconds that it took.

    passed: what the link says of the verdict, which is computed anew.
    """

    attempts: int
    hints: int
    seconds: int
    passed: bool


def read(link: str) -> Counted:
    """What an answer link says was counted: version.attempts.hints.seconds.passed.end.

    Raises ValueError with what is wrong with it.
    """
    version, _, rest = link.partition(".")
    if version != VERSION and version.isdigit():
        raise ValueError(f"it is of version {version[:9]}, and this page reads version {VERSION}")
    found = FORM.fullmatch(rest) if version == VERSION else None
    if found is None:
        cut = "it was cut: its end is missing" if not rest.endswith(f".{END}") else "it holds no counts"
        raise ValueError(f"{cut}, got {shown(link)}")
    attempts, hints, seconds, passed = map(int, found.groups())
    return Counted(attempts, hints, seconds, bool(passed))


def answered_with(query: Mapping[str, str]) -> Counted | None:
    """What the link of an answer says was counted; None where it is none, or cannot be read."""
    try:
        return read(query[COUNTED]) if COUNTED in query else None
    except ValueError:
        return None
