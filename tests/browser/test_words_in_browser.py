"""A dotted word opens its sentence: by the pointer, by the keys, and by tap."""

from typing import Any

import pytest

from pages.shared.glossary.terms import NAMED, TERMS
from tests.browser import axe

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
PAGE = "/single_neuron"
DRAWN = "[...document.querySelectorAll('svg > use')].map((part) => part.getBBox().width)"
# The sentences that are seen, and whether all of what is seen lies in the window.
SEEN = """() => [...document.querySelectorAll(".sp-note")]
  .filter((note) => note.checkVisibility())
  .map((note) => [note.firstChild.textContent, note.getBoundingClientRect()])
  .map(([says, { left, right, top, bottom }]) =>
    [says, left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight])"""


def word(reader: Any, name: str) -> Any:
    found = reader.page.locator(f'.sp-word[data-term="{name}"] .sp-term').first
    found.scroll_into_view_if_needed()
    return found


def test_a_dotted_word_opens_by_pointer_and_by_keys_and_closes_again(visit: Any, app_server: Any) -> None:
    reader = visit(f"{app_server.url}{PAGE}")
    says = [[NAMED["weight"].says, True]]
    assert reader.page.evaluate(SEEN) == []
    word(reader, "weight").hover()
    reader.soon(lambda: reader.page.evaluate(SEEN), says)
    reader.page.mouse.move(2, 2)
    reader.soon(lambda: reader.page.evaluate(SEEN), [])
    word(reader, "weight").focus()
    reader.page.keyboard.press("Enter")
    reader.soon(lambda: reader.page.evaluate(SEEN), says)
    reader.page.keyboard.press("Escape")
    reader.page.keyboard.press("Tab")
    reader.soon(lambda: reader.page.evaluate(SEEN), [[NAMED["bias"].says, True]])


def test_a_phone_opens_a_dotted_word_by_tap_and_shows_the_glossary_to_everybody(
    visit: Any, app_server: Any
) -> None:
    reader = visit(f"{app_server.url}{PAGE}", **PHONE)
    word(reader, "identity").tap()
    reader.soon(lambda: reader.page.evaluate(SEEN), [[NAMED["identity"].says, True]])
    reader.page.touchscreen.tap(180, 40)
    reader.soon(lambda: reader.page.evaluate(SEEN), [])
    reader.page.goto(f"{app_server.url}/glossary")
    reader.page.locator("dfn").nth(len(TERMS) - 1).wait_for()
    assert reader.sticks_out() == []
    pictured = sum(term.picture is not None for term in TERMS)
    reader.soon(lambda: sum(width > 100 for width in reader.page.evaluate(DRAWN)), pictured)
    assert axe.violations(reader, axe.script()) == []
