"""Elsewhere: what a lesson's page would show at a link, without showing it."""

from __future__ import annotations

import logging
import runpy
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import (
    RerunException,
    ScriptRunContext,
    StopException,
    add_script_run_ctx,
)
from streamlit.runtime.state import SafeSessionState, SessionState

from pages.shared.contents import LESSONS
from pages.shared.stage.stage import FOUND, Stage

PAGES = Path(__file__).parents[2]


def stages_of(lesson: str, query: Mapping[str, str]) -> tuple[Stage, ...]:
    """The stages of a lesson's page at a link. Raises ValueError where there is none.

    Its script runs as for a visitor of its own, and whatever it shows goes nowhere. What takes long there
    waits for its turn by itself: whoever asks here must have none meanwhile.
    """
    if lesson not in {each.name for each in LESSONS}:
        raise ValueError("it leads to no lesson of this site")
    return _stages_of(lesson, tuple(sorted(query.items())))


@lru_cache(16)
def _stages_of(lesson: str, query: tuple[tuple[str, str], ...]) -> tuple[Stage, ...]:
    found: list[Stage] = []
    visit = Thread(target=_visit, args=(lesson, urlencode(query), found), daemon=True)
    visit.start()
    visit.join()
    if not found:
        raise ValueError("the lesson shows no picture there")
    return tuple(found)


def _visit(lesson: str, query: str, found: list[Stage]) -> None:
    context = ScriptRunContext(
        f"a visit of {lesson}",
        _nowhere,
        query,
        SafeSessionState(SessionState(), _nothing),
        MemoryUploadedFileManager(""),
        str(PAGES.parent / "app.py"),
        {},
        MemoryFragmentStorage(),
        PagesManager(str(PAGES.parent / "app.py")),
    )
    add_script_run_ctx(ctx=context)
    context.reset(query)
    st.session_state[FOUND] = found
    with suppress(RerunException, StopException):
        try:
            runpy.run_path(str(PAGES / f"{lesson}.py"))
        except Exception:
            logging.getLogger(__name__).exception("%s could not be visited", lesson)


def _nowhere(message: object) -> None:
    """What the page shows."""


def _nothing() -> None:
    """What waits for a newer run: there is none."""
