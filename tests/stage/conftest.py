"""Tests here have no deadline: a busy machine is not a broken theorem."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from pages.shared.stage import sweep

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


@pytest.fixture(scope="session", autouse=True)
def patience() -> Iterator[None]:
    """A sweep may take as long as it takes, unless a test says otherwise."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweep, "MOST_SECONDS", 600.0)
        yield
