"""An address that is no page is answered in our words."""

from __future__ import annotations

import re

import pytest
from starlette.responses import JSONResponse

from app import app
from pages.shared.contents import LESSONS, READERS
from pages.shared.serving.middleware import Lost
from tests.serving.asgi import HTML, Streamlit, ask

PAGES = {"": "Home", "bumps": "3 · Bumps & more"}


@pytest.mark.parametrize("path", ["/", "/bumps", "/bumps/"])
def test_a_page_that_is_there_is_streamlits(path: str) -> None:
    answer = ask(Lost(Streamlit(), PAGES), path)
    assert (answer.status, answer.body) == (200, HTML.encode())


@pytest.mark.parametrize(
    ("path", "up"),
    [("/no_such_page", "./"), ("/bumps/2", "./../"), ("/Bumps", "./"), ("/school/x/y", "./../")],
)
def test_one_that_is_not_there_is_told_so_and_led_on(path: str, up: str) -> None:
    answer = ask(Lost(Streamlit(), PAGES), path, root="/school" if "school" in path else "")
    assert answer.status == 404
    said = answer.body.decode()
    assert "There is no such page" in said
    assert "Streamlit" not in said
    assert re.findall(r'href="(.*?)">(.*?)<', said) == [(up, "Home"), (f"{up}bumps", "3 · Bumps &amp; more")]


def test_what_is_no_page_passes_whatever_its_address() -> None:
    answer = ask(Lost(JSONResponse({"well": True}), PAGES), "/health")
    assert (answer.status, answer.body) == (200, b'{"well":true}')


def test_the_app_knows_all_its_pages() -> None:
    (pages,) = [each.kwargs["pages"] for each in app._user_middleware if each.cls is Lost]
    assert [*pages] == ["", *(each.name for each in LESSONS), *(file.removesuffix(".py") for file in READERS)]
