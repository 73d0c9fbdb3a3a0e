"""The private ground of Streamlit's that the stage's Python stands on, each piece with a fallback.

PagesManager.uses_pages_directory   lessons are entered through app.py (below); gone: pages lack their titles
ScriptRunContext.cursors            made anew for every run (below); gone: names in the link are not compared
declare_component(path=...).name    component.py serves files by it; gone: the stage has no JavaScript
runner.postScriptGC                 .streamlit/config.toml; gone: 60 ms more for every run
.stMainBlockContainer, .stElementContainer[data-stale], [data-testid=stSidebar], .stMain, .st-key-patience
                                    static/stage.css; gone: flicker and wider margins
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from urllib.parse import unquote_plus

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

try:
    from streamlit.runtime.pages_manager import PagesManager
except ImportError:
    PagesManager = None  # type: ignore[assignment, misc]

ENCODED = re.compile("%[0-9A-Fa-f]{2}")


def through_app() -> None:
    """Run the page again through app.py where Streamlit found it in the folder by itself.

    Until st.navigation has run once, Streamlit takes the files of pages/ for its pages and leaves app.py
    out, with the titles and the layout that it sets. No public option turns that off.
    """
    if getattr(PagesManager, "uses_pages_directory", False):
        PagesManager.uses_pages_directory = False
        st.rerun()


def link() -> MutableMapping[str, str]:
    """What stands in the address: whoever reads a value there is sent through app.py first.

    An address that was bent on its way is put right, and the page runs again with it.
    """
    through_app()
    query: MutableMapping[str, str] = st.query_params
    straight = straightened(query)
    if straight != dict(query):
        st.query_params.from_dict(straight)
        st.rerun()
    return query


def straightened(query: Mapping[str, str]) -> dict[str, str]:
    """The query as it was before programs that pass links on changed it.

    Mail and web pages write & as &amp;, and some encode what is encoded: then a per cent sign and two digits
    are left. No entry of ours holds either.
    """
    return {name.removeprefix("amp;"): _decoded(text) for name, text in query.items()}


def _decoded(text: str) -> str:
    return unquote_plus(text) if ENCODED.search(text) else text


def this_run() -> object:
    """What is the same object all through one run of the page, and another one in every other run."""
    return getattr(get_script_run_ctx(suppress_warning=True), "cursors", object())
