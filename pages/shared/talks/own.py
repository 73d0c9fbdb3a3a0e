"""A talk of the reader's own: the browser makes and keeps it; Python tells it which links there can be."""

from __future__ import annotations

import streamlit as st

from pages.shared.contents import LESSONS
from pages.shared.serving.files import STAGE
from pages.shared.talks.entries import ENTRIES
from pages.shared.talks.values import VALUES

_LOADER = f"""
export default async ({{ data, parentElement }}) => {{
  const {{ edit }} = await import(new URL("./{STAGE.at("editor.js")}", document.baseURI).href);
  edit(data, parentElement);
}};
"""

_mount = st.components.v2.component("superpose.talk", js=_LOADER, isolate_styles=False)


def own_talk() -> None:
    """Show the list of the reader's own stops, with what changes, keeps and plays it."""
    titles = {"": "Superpose", **{each.name: each.title for each in LESSONS}}
    lessons = {
        name: {"title": titles[name], "entries": [*entries], "values": VALUES.get(name, {})}
        for name, entries in ENTRIES.items()
    }
    _mount(key="talk", data={"lessons": lessons})
