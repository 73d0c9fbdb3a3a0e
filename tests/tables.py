"""A table of examples is one test: each row is tried, and those that fail are named."""

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any


def every(names: str, table: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The test holds for every row: what `pytest.mark.parametrize` says, as one test for a long table.

    names: the arguments, separated by commas; with one alone a row is its value. Fixtures stay arguments, and
    are the same for all rows.
    """
    arguments = [name.strip() for name in names.split(",")]
    rows = [dict(zip(arguments, row if len(arguments) > 1 else (row,), strict=True)) for row in table]
    assert rows, f"a table without a row of {names} tests nothing"

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def for_all(**fixtures: Any) -> None:
            failed = []
            for row in rows:
                try:
                    test(**fixtures, **row)
                except Exception as error:
                    error.add_note(f"The row is {row}.")
                    failed.append(error)
            if failed:
                raise ExceptionGroup(f"{len(failed)} of {len(rows)} rows failed", failed)

        signature = inspect.signature(test)
        left = [each for name, each in signature.parameters.items() if name not in arguments]
        for_all.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]
        return for_all

    return decorate
