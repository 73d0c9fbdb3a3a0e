"""How the page of challenges learns of the stars: the reader's browser keeps them, and marks them itself."""

from __future__ import annotations

import streamlit as st

from pages.shared.serving.files import STAGE

_LOADER = f"""
export default async () => {{
  const {{ keepWay }} = await import(new URL("./{STAGE.at("kept.js")}", document.baseURI).href);
  keepWay();
}};
"""

_mount = st.components.v2.component("superpose.kept", js=_LOADER, isolate_styles=False)


def mark_stars() -> None:
    """Let the browser mark the stars that it keeps, on a page without a stage."""
    _mount(key="kept")
