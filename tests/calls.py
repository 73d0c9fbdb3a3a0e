"""Work is counted in calls, which are the same on every machine, and not in seconds."""

import sys
from collections.abc import Callable
from typing import Any


def calls_of(action: Callable[[], object]) -> int:
    """How many functions are called while the action runs, Python's own among them."""
    count = 0

    def see(_frame: object, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        action()
    finally:
        sys.setprofile(before)
    return count
