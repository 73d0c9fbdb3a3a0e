"""Sweeps in tests take as long as they take."""

from collections.abc import Iterator

import pytest

from pages.shared.stage import sweep


@pytest.fixture(scope="session", autouse=True)
def patience(one_server: None) -> Iterator[None]:
    """A sweep may take as long as it takes, unless a test says otherwise."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweep, "MOST_SECONDS", 600.0)
        yield
