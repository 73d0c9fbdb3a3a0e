"""Superpose: the table of contents, and the server that serves it."""

import logging
from pathlib import Path

import streamlit as st

from pages.shared.assigning.telling import tell_wrong_task
from pages.shared.challenges.listing import set_task
from pages.shared.contents import LESSONS, titles
from pages.shared.glossary.sheet import SHEET
from pages.shared.path import foot
from pages.shared.serving.html.opening import openings
from pages.shared.serving.middleware import lost, middleware
from pages.shared.serving.start import prepared
from pages.shared.stage.beside.routes import ROUTES
from pages.shared.stage.requests import keep_pace


def contents() -> None:
    """Every lesson's page; the one that is asked for is shown."""
    keep_pace()
    others = [st.Page(f"pages/{file}", title=title) for file, title in titles().items()]
    page = st.navigation([st.Page("pages/home.py", title="Home", default=True), *others])
    st.set_page_config(page_title=f"{page.title} – Superpose", layout="wide")
    set_task(page.url_path)
    tell_wrong_task(page.url_path)
    try:
        page.run()
    except Exception:
        if st.get_option("client.showErrorDetails") != "none":
            raise
        logging.getLogger("superpose").exception("a page failed")
        st.error("Something went wrong on this page: the fault is ours. Load it again, or open another one.")
    foot(page.url_path)


if __name__ == "__main__":  # Streamlit runs this file as a script for every visitor; servers import it.
    contents()
else:
    scripts = sorted(Path(__file__).parent.glob("pages/*.py"))
    known = {"": "Home", **{file.removesuffix(".py"): title for file, title in titles().items()}}
    counts = " ".join(f"{each.name}={each.tasks}" for each in LESSONS)
    passed = [*middleware(openings(scripts), {"superpose-tasks": counts}, [SHEET]), lost(known)]
    app = st.App(__file__, routes=ROUTES, middleware=passed, lifespan=prepared(scripts))
