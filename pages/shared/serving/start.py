"""What the first visitor would wait for, done when a process starts."""

from __future__ import annotations

import ast
import importlib
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from threading import Thread

from pages.shared.serving.files import BUNDLES, CODE, KINDS, plotly_version

Lifespan = Callable[[object], AbstractAsyncContextManager[None]]
_LOG = logging.getLogger(__name__)


def prepared(scripts: list[Path]) -> Lifespan:
    """What an app does while it lives: at its start it fetches all that these scripts import.

    It does so beside its other work, and answers from the beginning.
    """

    @asynccontextmanager
    async def lifespan(app: object) -> AsyncIterator[None]:
        tell_of_parts()
        Thread(target=bring, args=[scripts], name="imports", daemon=True).start()
        yield

    return lifespan


def tell_of_parts() -> None:
    """A line in the log where plotly.js is sent whole, which takes longer, or links have no QR code."""
    if len(set(BUNDLES.values())) < len(KINDS):
        version = plotly_version(BUNDLES["flat"])
        _LOG.warning(
            "plotly.js %s is sent whole: `pip install -e .` fetches its parts, a third as large", version
        )
    if not CODE.files:
        _LOG.warning("links have no QR code: `pip install -e .` fetches lean-qr, which makes it")


def bring(scripts: list[Path]) -> None:
    """Import what the scripts will. What cannot be imported the page itself complains of."""
    for name in sorted(set().union(*map(imported, scripts))):
        try:
            importlib.import_module(name)
        except Exception:
            _LOG.debug("%s was not there at the start", name, exc_info=True)


def imported(script: Path) -> set[str]:
    """The modules from which a script imports at its top."""
    body = ast.parse(script.read_text(encoding="utf-8")).body
    whole = {alias.name for node in body if isinstance(node, ast.Import) for alias in node.names}
    return whole | {str(node.module) for node in body if isinstance(node, ast.ImportFrom)}
