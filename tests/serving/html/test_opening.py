"""A page opens with the words that its script begins with."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.responses import HTMLResponse

from app import app
from pages.shared.contents import LESSONS, READERS
from pages.shared.serving.html.opening import Opening, opening, openings
from pages.shared.serving.html.page import Page
from tests.serving.asgi import HTML, Answer, ask

PAGES = Path(__file__).parents[3] / "pages"
OPENS = {"": Opening("Sums & parts", "*Add* **all**: a < b.", switched=False, pictured=True)}

# Pages without a stage.
PLAIN = {"answers", "assign", "challenges", "for_teachers", "glossary", "talk"}


def opened(path: str, app: Page | None = None) -> str:
    """The page that comes for an address, as HTML."""
    answer: Answer = ask(app or Page(HTMLResponse(HTML), OPENS), path, accept="text/html")
    return answer.body.decode()


def test_every_page_opens_with_a_title_and_a_claim_of_its_own() -> None:
    found = openings(sorted(PAGES.glob("*.py")))
    names = {each.file.removesuffix(".py") for each in LESSONS} | {
        name.removesuffix(".py") for name in READERS
    }
    assert found.keys() == {"", *names}
    assert len({each.claim for each in found.values()}) == len(found)
    assert {each.title for each in found.values()} >= {each.title for each in LESSONS}


def test_where_a_picture_follows_its_frame_is_drawn() -> None:
    found = openings(sorted(PAGES.glob("*.py")))
    assert {name for name, each in found.items() if not each.pictured} == PLAIN
    assert {name for name, each in found.items() if "sp-frame" not in each.html()} == PLAIN


def test_the_app_sends_the_words_of_the_page_that_is_asked_for() -> None:
    (found,) = [each.kwargs["openings"] for each in app._user_middleware if each.cls is Page]
    page = Page(HTMLResponse(HTML), found)
    assert "<h1>Bumps</h1>" in opened("/bumps", page)
    assert "<h1>Superpose</h1>" in opened("/", page)
    assert "sp-opening" not in opened("/nowhere", page)


def test_the_words_are_marked_up_and_what_html_would_take_for_its_own_is_not() -> None:
    html = opened("/")
    assert "<h1>Sums &amp; parts</h1><p><em>Add</em> <strong>all</strong>: a &lt; b.</p>" in html
    assert html.index("stage.css") < html.index("sp-opening")


def test_a_frame_on_another_site_shows_no_more_than_is_asked_for() -> None:
    page = Page(HTMLResponse(HTML), OPENS)
    answer = ask(page, "/", accept="text/html", query="embed=true&framed=picture")
    assert "sp-opening" not in answer.body.decode()


@pytest.mark.parametrize("script", ["x = 1", 'st.title("Only this")', 'st.markdown("Only that")'])
def test_a_script_that_does_not_begin_with_words_has_no_opening(script: str, tmp_path: Path) -> None:
    path = tmp_path / "page.py"
    path.write_text(script)
    assert opening(path) is None
