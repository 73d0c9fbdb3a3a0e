"""What every first visit asks for: what Streamlit's page names, and what the first picture needs."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import streamlit

from pages.shared.serving.files import BUNDLES, PLOTLY, STAGE

STREAMLIT = Path(streamlit.__file__).parent / "static"
"""The folder of Streamlit's own files, with its one HTML page."""
NAMED = re.compile(r'(?:src|href)="\./(static/(?:js|css)/[^"]+)"')
IMPORTED = re.compile(r"""(?:from|import)\s*["'`]\./([\w.-]+\.js)["'`]""")
STAGES_PART = "BidiComponent"
"""The part of Streamlit's that mounts a stage; by itself it is asked for when the page's words are there."""

LATER = {"slide.js", "slide.css", "alone.js", "alone.css", "editor.js"}
"""The files of the stage that are asked for when a reader wants what they do."""


def first_files() -> list[str]:
    """The addresses of all of it."""
    html = (STREAMLIT / "index.html").read_text(encoding="utf-8")
    return [*NAMED.findall(html), *(where for where, _ in hinted())]


@cache
def hinted() -> tuple[tuple[str, str], ...]:
    """What the browser would learn of too late: addresses, and what each is: a module, a script, a style."""
    soon = sorted(STAGE.files.keys() - LATER)
    stage = [(STAGE.at(name), "module") for name in soon if name.endswith(".js")]
    styles = [(STAGE.at(name), "style") for name in soon if name.endswith(".css")]
    mounting = [(f"static/js/{name}", "module") for name in _with_imports(f"{STAGES_PART}.*.js")]
    return (*mounting, *stage, *styles, (PLOTLY.at(BUNDLES["flat"].name), "script"))


def _with_imports(pattern: str) -> list[str]:
    """The files of Streamlit's JavaScript with such a name, and all that they import from the start."""
    folder = STREAMLIT / "static" / "js"
    found: list[str] = []
    asked = [path.name for path in folder.glob(pattern)]
    while asked:
        name = asked.pop()
        if name not in found and (folder / name).is_file():
            found.append(name)
            asked += IMPORTED.findall((folder / name).read_text(encoding="utf-8"))
    return found
