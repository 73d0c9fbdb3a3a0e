"""A talk: the picture alone on a projector, and the keys of a clicker step through its stops."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from pages.shared.talks.stops import STOPS
from tests.browser import axe
from tests.browser.conftest import DESK

PROJECTORS = [(1280, 720), (1024, 768), (1920, 1080)]
NEURON = STOPS["single_neuron"]
# What of the page is seen beside the stage, and whether anything can be scrolled.
SEEN = """() => {
  const stage = document.querySelector(".sp-on");
  const main = document.querySelector("[data-testid=stMain]");
  const beside = [...document.querySelectorAll(".stApp *")].filter((node) => !stage.contains(node)
    && node.getClientRects().length && node.checkVisibility({ visibilityProperty: true }));
  const parts = [...stage.querySelectorAll(".sp-plot, .sp-panels, .sp-controls, .sp-readouts")];
  const { top, bottom, width } = stage.getBoundingClientRect();
  return {
    beside: beside.map((node) => node.outerHTML.slice(0, 80)),
    scrolls: [main.scrollTop, stage.scrollHeight > stage.clientHeight + 1],
    lowest: Math.max(...parts.map((part) => part.getBoundingClientRect().bottom)) <= innerHeight,
    fills: width === innerWidth && bottom === innerHeight && top < innerHeight / 8,
    letters: parseFloat(getComputedStyle(stage).fontSize),
  };
}"""
# Every value that the knob had from now on.
WATCH = """() => {
  const knob = document.querySelector(".sp-on [aria-label='weight w'][type=range]");
  window.went = [];
  const look = () => {
    if (window.went.at(-1) !== knob.valueAsNumber) window.went.push(knob.valueAsNumber);
    requestAnimationFrame(look);
  };
  look();
}"""
# Whether the address says this, in any order.
IN_ADDRESS = """(link) => link ===
  [...new URLSearchParams(location.search)].map((each) => each.join("=")).sort().join("&")"""
MARK = "window.unloaded = true"


def is_at(reader, stop, stops=NEURON):
    """Wait until the stop is shown: its name, its place, its link, and a sentence without a gap."""
    page = reader.page
    expect(page.locator(".sp-caption-name")).to_have_text(stop.name)
    expect(page.locator(".sp-caption-count")).to_have_text(f"{stops.index(stop) + 1} of {len(stops)}")
    link = "&".join(sorted([*stop.query.split("&"), "present=1"])).strip("&")
    page.wait_for_function(IN_ADDRESS, arg=link)
    expect(page.locator(".sp-caption-says")).to_have_text(re.compile("^[^{}…]+$"))


# The signs of the menu that are drawn: they show themselves where the rest is hidden.
SIGNS = """[...document.querySelectorAll("[data-testid=stSidebar] [data-testid=stIconMaterial]")]
  .flatMap((node) => ["::before", "::after"].map((part) => getComputedStyle(node, part)))
  .filter(({ content, visibility }) => content !== "none" && visibility === "visible").map(String)"""


def says(reader):
    return reader.page.locator(".sp-caption-says").text_content()


@pytest.fixture
def talk(go):
    """A reader who presents the single neuron."""
    reader = go("/single_neuron?present=1", viewport={"width": 1280, "height": 720})
    is_at(reader, NEURON[0])
    return reader


def test_nothing_of_the_menu_is_seen_in_a_talk(talk):
    assert talk.page.locator("[data-testid=stSidebar]").count() == 1
    assert talk.page.evaluate(SIGNS) == []


def test_a_clicker_steps_through_the_stops_and_its_keys_blank_and_reset(talk):
    keys, page = talk.page.keyboard, talk.page
    page.evaluate(MARK)
    page.evaluate(WATCH)
    keys.press("PageDown")
    is_at(talk, NEURON[1])
    went = page.evaluate("window.went")
    assert went == sorted(went)
    assert len(went) > 5, "the knob moves there, and does not jump"
    assert "5.0" in says(talk)
    keys.press("ArrowRight")
    is_at(talk, NEURON[2])
    assert "+2.00" in says(talk), "the number is the picture's"
    keys.press("PageUp")
    is_at(talk, NEURON[1])
    for key in ("b", "."):
        keys.press(key)
        expect(page.locator(".sp-blank")).to_be_visible()
        keys.press(key)
        expect(page.locator(".sp-blank")).to_be_hidden()
    talk.knob("weight w").focus()
    keys.press("PageDown")
    expect(page.locator(".sp-caption-says")).to_have_text(re.compile("moved on"))
    expect(page.locator(".sp-caption-name")).to_have_text(NEURON[1].name)
    keys.press("Escape")
    keys.press("r")
    is_at(talk, NEURON[1])
    talk.soon(lambda: talk.value("weight w"), 5)
    assert page.evaluate("window.unloaded"), "no page was loaded"


def test_other_scenes_are_reached_without_a_load(go):
    stops = STOPS["decision_boundary"]
    reader = go("/decision_boundary?present=1&b=2&w1=2&w2=2", viewport={"width": 1280, "height": 720})
    is_at(reader, stops[1], stops)
    reader.page.evaluate(MARK)
    for stop in stops[2:4]:
        reader.page.keyboard.press("PageDown")
        is_at(reader, stop, stops)
    reader.until(lambda: "4 of 4" in says(reader))
    assert reader.page.evaluate("window.unloaded")


def test_where_motion_is_unwelcome_a_stop_is_there_at_once(go):
    reader = go("/single_neuron?present=1", viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    is_at(reader, NEURON[0])
    reader.page.evaluate(WATCH)
    reader.page.keyboard.press("PageDown")
    is_at(reader, NEURON[1])
    reader.soon(lambda: reader.page.evaluate("window.went"), [1, 5])


def test_p_leaves_the_stage_alone_in_the_window_and_gives_the_page_back(go):
    reader = go("/single_neuron", viewport={"width": 1280, "height": 720})
    page = reader.page
    page.keyboard.press("p")
    is_at(reader, NEURON[0])
    for width, height in PROJECTORS:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(f"({SEEN})().lowest")
        seen = page.evaluate(SEEN)
        assert seen["beside"] == [], seen
        assert seen["fills"], seen
        assert seen["scrolls"] == [0, False], seen
        assert seen["letters"] > min(height / 45, width / 64), seen
    page.keyboard.press("p")
    expect(page.locator("h1").first).to_have_text("A single neuron")
    expect(page.locator(".sp-caption")).to_have_count(0)
    reader.link_is()


def test_two_panels_stand_beside_one_another_on_the_narrow_projector(go):
    reader = go("/forward_pass?present=1", viewport={"width": 1024, "height": 768})
    reader.page.wait_for_function(f"({SEEN})().lowest")
    seen = reader.page.evaluate(SEEN)
    assert seen["scrolls"] == [0, False]
    assert seen["beside"] == [], "its menus have names, and it has a second picture"


# What stands above the stage's parts, and what scrolls.
ABOVE = """() => {
  const [stage, caption] = [".sp-on", ".sp-caption"].map((each) => document.querySelector(each));
  const parts = [...stage.querySelectorAll(".sp-plot, .sp-panels, .sp-controls, .sp-readouts")];
  const tops = parts.filter((part) => part.checkVisibility()).map((part) => part.getBoundingClientRect().top);
  const lines = [...caption.querySelectorAll("h1, p")].map((line) => line.getBoundingClientRect());
  const main = document.querySelector("[data-testid=stMain]");
  const { left, right, bottom } = stage.getBoundingClientRect();
  return {
    cut: Math.min(...lines.map(({ top }) => top)) < 0,
    over: Math.max(...lines.map(({ bottom }) => bottom)) > Math.min(...tops),
    inside: stage.scrollHeight > stage.clientHeight + 1,
    lost: bottom + main.scrollTop > main.scrollHeight + 1,
    wide: [left, right - innerWidth, main.scrollWidth - innerWidth],
  };
}"""


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1024, 500)])
def test_in_a_small_window_the_line_stands_above_the_picture_and_the_page_scrolls(go, width, height):
    reader = go("/two_neurons?present=1", viewport={"width": width, "height": height})
    is_at(reader, STOPS["two_neurons"][0], STOPS["two_neurons"])
    whole = {"cut": False, "over": False, "inside": False, "lost": False, "wide": [0, 0, 0]}
    reader.soon(lambda: reader.page.evaluate(ABOVE), whole)
    (main,) = reader.page.evaluate(SEEN)["beside"]
    assert main.startswith("<main"), "by which the page scrolls"
    reader.page.keyboard.press("PageDown")
    is_at(reader, STOPS["two_neurons"][1], STOPS["two_neurons"])
    reader.soon(lambda: reader.page.evaluate(ABOVE), whole)


def test_who_presses_faster_than_the_knobs_move_comes_to_the_last_stop(talk):
    for _ in NEURON[1:]:
        talk.page.keyboard.press("PageDown")
    is_at(talk, NEURON[-1])


def test_the_notes_have_a_window_of_their_own_and_the_same_keys(talk):
    with talk.page.expect_popup() as opened:
        talk.page.keyboard.press("n")
    notes = opened.value
    expect(notes.locator("h1")).to_have_text(NEURON[0].name)
    expect(notes.locator(".next h2")).to_have_text(f"Next: {NEURON[1].name}")
    expect(notes.locator(".asks").first).to_have_text(NEURON[0].ask)
    expect(notes.locator("header")).to_contain_text("1 of 6")
    notes.keyboard.press("PageDown")
    is_at(talk, NEURON[1])
    expect(notes.locator("h1")).to_have_text(NEURON[1].name)
    notes.keyboard.press("b")
    expect(talk.page.locator(".sp-blank")).to_be_visible()
    expect(notes.locator(".blank")).to_have_text("The screen is blank.")
    notes.close()


def test_nobody_is_shut_out_of_a_talk(talk):
    try:
        script = axe.script()
    except OSError as error:
        pytest.skip(f"no axe-core to test with: {error}")
    found = {}
    for scheme in ("light", "dark"):
        talk.look_like({**DESK, "viewport": {"width": 1280, "height": 720}, "color_scheme": scheme})
        found[scheme] = axe.violations(talk, script)
    assert found == {"light": [], "dark": []}
