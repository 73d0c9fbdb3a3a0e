"""The private ground of Streamlit's that the stage's Python stands on, each piece with a fallback.

PagesManager.uses_pages_directory   lessons are entered through app.py (below); gone: pages lack their titles
ScriptRunContext.cursors            made anew for every run (below); gone: names in the link are not compared,
                                    and a link that the browser does not know yet is lost
ScriptRunContext.is_history_navigation, .page_script_hash
                                    whether the reader went back, and on which page (below); gone: for some
                                    seconds after a change, Back does nothing
ScriptRunContext.fragment_ids_this_run, .script_requests and its _state
                                    whether the stage alone runs, and a newer request waits (below); gone: who
                                    lets go waits until the rest of a sweep is there
window.__streamlit                  html/page.py opens the socket at once; gone: 0.2 s more for every visit
runner.postScriptGC                 .streamlit/config.toml; gone: 60 ms more for every run
its answer to RERUN_SCRIPT          static/stage.js has the page run where it knows no stage; gone: after a
                                    restart a knob that is let go waits until the page is loaded again
its answer to popstate              static/kept.js comes back to a lesson as Back does, static/talk.js goes to
                                    a stop, static/present.js asks for the stops; gone: no menu leads to a
                                    lesson that was kept, and a talk stands still
[data-testid=stSidebarNavLink], [data-testid=stPageLink-NavLink]
                                    static/kept.js knows menus and cards by them; gone: a lesson opens as new
its asking matchMedia, and [data-testid=stHeader]
                                    static/scheme.js answers for the reader; gone: no choice of light or dark
.stMainBlockContainer, .stElementContainer[data-stale], [data-testid=stSidebar], .stMain, .st-key-patience
                                    static/stage.css; gone: flicker and wider margins
#root, .stApp[data-test-script-state], [data-testid=stSkeleton], .stMain .stElementContainer
                                    static/opening.js gives way when these say that all is there; gone: a page
                                    moves while it opens, or its first words stay
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import unquote_plus

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shared.stage.address import Address
from pages.shared.stage.assigning.assignment import assigned

try:
    from streamlit.runtime.pages_manager import PagesManager
except ImportError:
    PagesManager = None  # type: ignore[assignment, misc]

Known = TypeVar("Known")

CAUGHT_UP = "run that caught up with the link"
ENCODED = re.compile("%[0-9A-Fa-f]{2}")


def through_app() -> None:
    """Run the page again through app.py where Streamlit found it in the folder by itself.

    Until st.navigation has run once, Streamlit takes the files of pages/ for its pages and leaves app.py
    out, with the titles and the layout that it sets. No public option turns that off.
    """
    if getattr(PagesManager, "uses_pages_directory", False):
        PagesManager.uses_pages_directory = False
        st.rerun()


def link() -> Address:
    """What stands in the address: whoever reads a value there is sent through app.py first."""
    through_app()
    return address_of_run()


def address_of_run() -> Address:
    """What stands in the address, for what runs before the page does, as callbacks do.

    What the browser does not know yet is written again, an address that was bent on its way is put right, and
    what an assignment has set is as it was set.
    """
    address = Address(_of_run("page_script_hash", ""))
    if st.session_state.get(CAUGHT_UP) is not this_run():
        st.session_state[CAUGHT_UP] = this_run()
        address.catch_up(_of_run("is_history_navigation", False))
    said = dict(address)
    straight = straightened(said)
    task = assigned(straight)
    straight = task.holds(straight) if task else straight
    if straight != said:
        st.query_params.from_dict(straight)
    return address


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
    return _of_run("cursors", object())


def _of_run(name: str, otherwise: Known) -> Known:
    known: Known = getattr(get_script_run_ctx(suppress_warning=True), name, otherwise)
    return known


def look() -> None:
    """End this run where a newer one is asked for, or the visitor has left.

    Streamlit looks for that wherever the state of the session is read; but a run of the stage alone it does
    not end for another of these. Outside of runs it finds nothing.
    """
    if get_script_run_ctx(suppress_warning=True) is None:
        return
    _ = "look" in _of_run("session_state", st.session_state)
    waiting = getattr(getattr(_of_run("script_requests", None), "_state", None), "name", "")
    if waiting == "RERUN" and _of_run("fragment_ids_this_run", ()):
        st.rerun(scope="fragment")
