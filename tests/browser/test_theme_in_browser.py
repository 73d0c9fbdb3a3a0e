"""Dark or light, every colour is one of the palette's and stands out from the paper."""

import re
from base64 import b64encode
from collections import Counter

import pytest
import streamlit

from pages.shared.figures.theme import PALETTE
from tests.browser import axe

# The colours of lines, words and thumbs, each with what it stands on, as numbers from 0 to 255.
COLOURS = """() => {
  const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const numbers = (colour) => {
    probe.fillStyle = colour;
    probe.fillRect(0, 0, 1, 1);
    return [...probe.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const paper = numbers(getComputedStyle(document.querySelector(".stApp")).backgroundColor);
  const found = [];
  const look = (selector, property) => {
    for (const node of document.querySelectorAll(selector)) {
      const colour = getComputedStyle(node)[property];
      if (colour !== "none") found.push([selector, numbers(colour), paper]);
    }
  };
  look(".js-line", "stroke");
  look(".textpoint text, .xtick text, .ytick text, .xtitle, .ytitle", "fill");
  look(".sp-diagram text", "fill");
  look(".sp-knob label, .sp-readouts dt, .sp-readouts dd, .sp-task, .sp-says, .sp-choice legend", "color");
  return found;
}"""


def luminance(colour):
    """WCAG's relative luminance."""
    parts = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


# Which page opens in which colours.
TWO_PAGES = {
    "dark": "/bumps?output=adds+up,+then+σ",
    "light": "/approximator?below=network&pin=staircase~4~400~sigmoid",
}


@pytest.mark.parametrize("first", ["dark", "light"])
def test_lines_and_words_stand_out_from_the_paper_and_the_console_is_silent(visit, app_server, first):
    """One of the pages opens dark and the other light; then each is seen in the other colours."""
    path, schemes = TWO_PAGES[first], [first, "light" if first == "dark" else "dark"]
    page = visit(app_server.url + path, color_scheme=first)
    for scheme in schemes:
        page.look_like({**page.look, "color_scheme": scheme})
        page.page.wait_for_function(axe.IS_DARK, arg=scheme)
        page.soon(lambda scheme=scheme: (scheme, faults_of_colours(page, scheme)), (scheme, []))
    assert not page.complaints


def faults_of_colours(page, scheme):
    """What is too faint, which parts are not there, and whether no curve has the scheme's network colour."""
    found = page.page.evaluate(COLOURS)
    faults = [(selector, colour) for selector, colour, paper in found if contrast(colour, paper) < 3]
    network = tuple(int(PALETTE[scheme]["network"][at : at + 2], 16) for at in (1, 3, 5))
    if network not in {tuple(colour) for selector, colour, _ in found if selector == ".js-line"}:
        faults.append((f"no curve of the network's {scheme} colour", network))
    kinds = {selector for selector, _, _ in found}
    return faults if len(kinds) == 4 else [*faults, ("not parts of four kinds", kinds)]


def colours_of(reader, node):
    """The colours of the middle row of a node's pixels, each with how many of them it has."""
    box = node.bounding_box()
    shot = reader.page.screenshot(clip={**box, "y": box["y"] + box["height"] / 2, "height": 1})
    pixels = reader.pixels("data:image/png;base64," + b64encode(shot).decode())
    return Counter(map(tuple, pixels[0, :, :3].tolist()))


def test_where_the_system_sets_the_colours_tracks_and_chosen_segments_are_seen(visit, app_server):
    page = visit(app_server.url + "/single_neuron", forced_colors="active")
    track = colours_of(page, page.knob("weight w")).most_common(3)
    assert len(track) >= 2
    paper = tuple(page.page.evaluate(COLOURS)[0][2])
    assert max(contrast(colour, paper) for colour, count in track if count > 50) >= 3
    segments = page.page.locator(".sp-segments").first.locator("label")
    chosen = segments.filter(has=page.page.locator(":checked")).first
    other = segments.filter(has=page.page.locator(":not(:checked)")).last
    one, two = (colours_of(page, each).most_common(1)[0][0] for each in (chosen, other))
    assert contrast(one, two) >= 3


def test_the_reader_chooses_light_or_dark_at_once_and_for_every_later_visit(visit, app_server):
    reader = visit(app_server.url + "/single_neuron")
    menu, theme = reader.page.get_by_label("light or dark"), reader.page.locator(".sp-stage").first

    def shows(scheme):
        paper = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
        told = f"Streamlit {streamlit.__version__} asks matchMedia for the scheme no more; 1.67.0 did"
        reader.until(lambda: theme.get_attribute("data-theme") == scheme, complaint=lambda: told)
        assert (min(map(int, re.findall(r"\d+", reader.page.evaluate(paper)))) > 128) == (scheme == "light")

    shows("light")
    menu.select_option("dark")
    shows("dark")
    reader.open(app_server.url + "/bumps")
    shows("dark")
    menu.select_option("system")
    shows("light")
    reader.page.emulate_media(color_scheme="dark")
    shows("dark")
    menu.select_option("light")
    shows("light")
    reader.page.emulate_media(color_scheme="light")
    reader.page.goto(app_server.url + "/glossary")
    menu.wait_for()
    assert menu.input_value() == "light"
    assert menu.evaluate("(node) => getComputedStyle(node).position") == "absolute"
    assert menu.count() == 1


WRAP_WORDS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const words = [];
  while (walker.nextNode()) words.push(walker.currentNode);
  for (const word of words) {
    const font = document.createElement("font");
    word.replaceWith(font);
    font.append(word.data);
  }
}"""


def test_a_page_that_was_translated_shows_the_next_page_and_not_the_words_of_the_last(visit, app_server):
    page = visit(app_server.url + "/bumps")
    page.page.evaluate(WRAP_WORDS)
    page.page.get_by_test_id("stSidebarNavLink").filter(has_text="Home").click()
    page.page.get_by_role("heading", level=1, name="Superpose").wait_for()
    page.page.wait_for_selector(".sp-stage .main-svg .xtick", state="attached")
    assert page.page.locator("h1 font").count() == 0
