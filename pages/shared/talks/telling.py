"""How the browser learns of a lesson's stops: only where the link says that somebody presents."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.shared.contents import Lesson
from pages.shared.serving.files import STAGE
from pages.shared.stage.entrance import link
from pages.shared.talks.stops import STOPS

PRESENT = "present"

_LOADER = f"""
export default async ({{ data }}) => {{
  const {{ offer }} = await import(new URL("./{STAGE.at("present.js")}", document.baseURI).href);
  offer(data);
}};
"""

_mount = st.components.v2.component("superpose.stops", js=_LOADER, isolate_styles=False)


def tell_stops(lesson: Lesson) -> None:
    """Give the stops of the lesson to the browser, which steps through them."""
    if PRESENT in link():
        _mount(key="stops", data=told(lesson))


def told(lesson: Lesson) -> dict[str, Any]:
    """The lesson's title, and its stops as the browser knows them."""
    return {"title": lesson.title, "stops": [vars(stop) for stop in STOPS[lesson.name]]}
