"""Every page and scene on a phone: it opens quietly, shuts nobody out, and everything on it can be read."""

import pytest

from tests.browser import axe, tour
from tests.browser.conftest import DESK
from tests.browser.lettered import LIES_OVER
from tests.browser.test_loading_in_browser import MOST_MOVED

PHONE = {**DESK, "viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
# Every page and scene as the dark phone sees it, and as the light desk does (test_looks_in_browser); the long
# way round takes the others.
DARK = {**PHONE, "color_scheme": "dark"}
OTHERS = [PHONE, {**DESK, "viewport": {"width": 1280, "height": 720}, "color_scheme": "dark"}]
LEAST_LETTER = 11
STARS = """[...document.querySelectorAll(".sp-stars")].slice(0, 2)
  .map((each) => getComputedStyle(each, "::before").content.slice(1, 4))"""
# What scrolls inside itself, but for what is panned and says so; and letters of diagrams that are too small.
CRAMPED = """(least) => {
  const shown = (node) => node.checkVisibility();
  const inside = [...document.querySelectorAll(".sp-stage, .sp-stage *")].filter(shown);
  const scrolls = (node, way, size) => ["auto", "scroll"].includes(getComputedStyle(node)[`overflow${way}`])
    && node[`scroll${size}`] > node[`client${size}`] + 1;
  const high = inside.filter((node) => scrolls(node, "Y", "Height"));
  const wide = inside.filter((node) => scrolls(node, "X", "Width") && !node.matches(".sp-pans"));
  const size = (node) => parseFloat(getComputedStyle(node).fontSize)
    * (node.ownerSVGElement && node.closest(".sp-panels") ? node.getScreenCTM().a : 1);
  const raised = ":is(msub, msup, msubsup) > :not(:first-child)";
  const small = inside.filter((node) => node.matches("text, mi, mn, mo") && node.textContent.trim()
    && !node.closest(raised) && size(node) < least - 0.05);
  return [...new Set([...[...high, ...wide].map((node) => `${node.className} scrolls`),
    ...small.map((node) => `${node.textContent} has ${size(node).toFixed(1)} pixels`)])];
}"""


@pytest.fixture(scope="module", params=[*tour.PAGES, *tour.READ], ids=tour.said)
def seen(request, all_walkers, app_server, axe_core):
    """All that is seen of one page on a phone in the dark, which opens it once."""
    reader = tour.come(all_walkers, app_server, request.param, **DARK)
    found = {"moved": reader.moved(), "too wide": reader.sticks_out()}
    found["shut out"] = tour.shut_out(reader, request.param, axe_core)
    found["too wide"] += reader.sticks_out()
    found["over"] = reader.page.evaluate(LIES_OVER)
    found["cramped"] = reader.page.evaluate(CRAMPED, LEAST_LETTER)
    found["complaints"] = [*reader.complaints]
    reader.has_raised_nothing()
    return found


def test_nothing_is_wider_than_the_phone_or_moves_while_it_opens(seen):
    far, moved = seen["moved"]
    assert seen["too wide"] == []
    assert far <= MOST_MOVED, moved


def test_on_a_phone_no_text_of_a_figure_lies_over_another_over_a_handle_or_over_data_and_none_is_cut(seen):
    assert not seen["over"]


def test_on_a_phone_no_picture_scrolls_inside_itself_and_letters_can_be_read(seen):
    assert not seen["cramped"]


def test_nobody_is_shut_out_on_a_dark_phone_and_the_console_is_silent(seen, script):
    assert (seen["shut out"], seen["complaints"]) == ([], [])


def test_stars_that_were_earned_are_shown_with_the_challenges(go, app_server):
    reader = go("/single_neuron?challenge=gentle", **DARK)
    reader.field("weight w").fill("2.2")
    reader.field("weight w").press("Enter")
    reader.link_is(challenge="gentle", weight="2.2")
    task = reader.page.locator(".sp-tasks li").first
    reader.soon(lambda: task.get_attribute("data-kept"), "true")
    reader.page.goto(f"{app_server.url}/challenges")
    reader.page.locator(".sp-stars").last.wait_for()
    reader.soon(lambda: reader.page.evaluate(STARS), ["★★★", "☆☆☆"])


@pytest.mark.smoke
@pytest.mark.parametrize("path", [*tour.PAGES, *tour.READ], ids=tour.said)
def test_nobody_is_shut_out_on_the_light_phone_and_at_the_dark_desk(walkers, app_server, script, path):
    phone, desk = OTHERS
    reader = tour.come(walkers, app_server, path, **phone)
    far, moved = reader.moved()
    found = {"too wide": reader.sticks_out(), "moved": moved * (far > MOST_MOVED)}
    found["light"] = tour.shut_out(reader, path, script)
    reader.look_like(desk)
    found["dark"] = axe.violations(reader, script)
    found["complaints"] = [*reader.complaints]
    assert not any(found.values()), found
