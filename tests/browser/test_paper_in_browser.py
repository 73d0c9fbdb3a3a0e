"""Printed, a lesson is whole: its picture, what is set, its words and its address, light and on few pages."""

import re

import pytest

from tests.browser.reader import DRAWN

CLASSES = "/gradient_descent?scene=classes"
# A4 less the margins, in CSS pixels, upright and across.
SHEETS = [(703, 1032), (1032, 703)]
MOST_PAGES = 3
PAGE = re.compile(rb"/Type /Page\b")
SEEN = """() => {
  const shown = (part) => [...document.querySelectorAll(part)].filter((node) => node.checkVisibility());
  const boxes = (part) => shown(part).map((node) => node.getBoundingClientRect());
  const whole = ".sp-plot .main-svg, .sp-diagram svg, .sp-formula, .sp-knob, .sp-readouts, .stMarkdown";
  const parts = boxes(whole);
  return {
    cut: parts.filter(({ left, right }) => left < -1 || right > innerWidth + 1).length,
    plots: shown(".sp-plot").length,
    empty: boxes(".sp-plot .main-svg").filter(({ width, height }) => width < 100 || height < 50).length,
    controls: shown("[data-testid=stSidebar], .sp-knob input[type=range], .sp-play, .sp-side .sp-button")
      .length,
  };
}"""

# Whether the address and its code stand above and beside the title, and over nothing.
HEAD = """() => {
  const [code, title] = [".sp-address .sp-code", "h1"]
    .map((part) => document.querySelector(`.stMain ${part}`).getBoundingClientRect());
  const right = (part) => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector(`.stMain ${part}`));
    return range.getBoundingClientRect().right;
  };
  return code.top <= title.top && Math.max(right("h1"), right(".stMarkdown p")) <= code.left;
}"""


@pytest.mark.parametrize("path", ["/single_neuron?weight=2", CLASSES])
def test_on_paper_nothing_is_cut_off_and_the_address_stands_at_the_head(go, path):
    reader = go(path)
    plots = reader.part("plot").count()
    for width, height in SHEETS:
        sheet = reader.page.pdf(format="A4", landscape=width > height)
        assert 1 <= len(PAGE.findall(sheet)) <= MOST_PAGES
        reader.page.set_viewport_size({"width": width, "height": height})
        reader.page.emulate_media(media="print")
        assert reader.page.evaluate(SEEN) == {"cut": 0, "plots": plots, "empty": 0, "controls": 0}
        assert reader.page.locator(".sp-address").inner_text() == reader.page.url
        assert reader.page.evaluate(HEAD)
        reader.page.emulate_media(media="null")
    assert reader.page.locator(".sp-address").is_hidden()


@pytest.mark.parametrize(("path", "whole"), [("/two_neurons", DRAWN), ("/glossary", "dfn >> nth=0")])
def test_a_dark_page_is_printed_light_with_a_stage_and_without(go, path, whole):
    reader = go(path, whole=whole, color_scheme="dark")
    reader.page.emulate_media(media="print")
    look = "(node) => [getComputedStyle(node).filter, getComputedStyle(node).backgroundColor]"
    turned, paper = reader.page.locator(".stApp").evaluate(look)
    reader.page.emulate_media(media="null")
    assert turned.startswith("invert(1)")
    assert paper == "rgb(0, 0, 0)"


PAPER = """() => {
  const of = (each, what) => getComputedStyle(document.querySelector(each))[what];
  const [page, plot] = ["body", ".svg-container > .main-svg"].map((each) => of(each, "backgroundColor"));
  return [page, plot, of(".sp-plotly .bg", "fill")];
}"""


def test_a_dark_page_leaves_its_paper_white(go):
    reader = go("/two_neurons", color_scheme="dark")
    reader.page.emulate_media(media="print")
    # What is black is turned white with the page.
    white, black = "rgb(255, 255, 255)", "rgb(0, 0, 0)"
    reader.soon(lambda: reader.page.evaluate(PAPER), [white, black, black])
    reader.page.emulate_media(media="null")
