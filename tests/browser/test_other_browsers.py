"""Firefox and WebKit do what Chromium does: lessons open, are dragged, typed into, drawn on and linked."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.browser.driven import BROWSERS, WINDOW, MissingError
from tests.browser.reader import said_by
from tests.browser.server import Server
from tests.browser.tour import PAGES

pytestmark = pytest.mark.smoke

PATIENCE_S = 30.0
MOMENT_S = 1.0
DRAWN = ".sp-stage .main-svg .xtick"
FIELD = "input[aria-label='weight w, as a number']"
CONTROL, ENTER = "\ue009", "\ue007"

PLACES = """const parts = [...document.querySelectorAll(".sp-controls, .js-plotly-plot")];
return JSON.stringify(parts.map((part) => part.getBoundingClientRect()));"""


class Visitor:
    """Somebody with this browser, at this app."""

    def __init__(self, driver: Any, url: str) -> None:
        self.driver, self.url = driver, url

    def open(self, path: str) -> None:
        self.driver.get(self.url + path)
        self.until(lambda: self.all(DRAWN))
        self.until(self.stands_still)

    def stands_still(self) -> bool:
        """Whether what is drawn has kept its place for a moment."""
        before = self.driver.execute_script(PLACES)
        time.sleep(MOMENT_S / 2)
        return bool(before == self.driver.execute_script(PLACES))

    def all(self, selector: str) -> list[Any]:
        found: list[Any] = self.driver.find_elements("css selector", selector)
        return found

    def one(self, selector: str) -> Any:
        """The first one that can be seen, moved into the middle of the window."""
        self.until(lambda: any(each.is_displayed() for each in self.all(selector)))
        node = next(each for each in self.all(selector) if each.is_displayed())
        self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", node)
        return node

    @property
    def link(self) -> dict[str, str]:
        return said_by(self.driver.current_url)

    def until(self, condition: Callable[[], Any]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > deadline:
                fields = [each.get_property("value") for each in self.all(".sp-stage input[type=text]")]
                raise AssertionError(f"never at {self.driver.current_url}; fields {fields}")
            time.sleep(0.05)

    def act(self) -> Any:
        from selenium.webdriver import ActionChains

        return ActionChains(self.driver, duration=60)

    def drag(self, node: Any, *ways: tuple[int, int]) -> None:
        """Take it in the middle, hold it a moment, move it these ways one after the other, and let go."""
        act = self.act().move_to_element(node).click_and_hold().pause(MOMENT_S)
        for way in ways:
            act = act.move_by_offset(*way).pause(MOMENT_S / 4)
        act.release().perform()

    def press(self, *keys: str) -> None:
        self.act().send_keys(*keys).perform()

    def with_control(self, key: str) -> None:
        self.act().key_down(CONTROL).send_keys(key).key_up(CONTROL).perform()


@pytest.fixture(scope="module", params=sorted(BROWSERS))
def visitor(request: pytest.FixtureRequest) -> Iterator[Visitor]:
    with ExitStack() as stack:
        try:
            driver = stack.enter_context(BROWSERS[request.param]())
        except MissingError as error:
            give_up = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
            give_up(str(error))
        driver.set_window_size(*WINDOW)
        server = Server("app.py")
        stack.callback(server.stop)
        there = Visitor(driver, server.url)
        there.open("/")
        yield there


@pytest.mark.parametrize("path", PAGES)
def test_every_scene_is_drawn(visitor: Visitor, path: str) -> None:
    visitor.open(path)
    assert not visitor.all("[data-testid=stException]")
    assert not [each.text for each in visitor.all(".sp-error") if each.text]
    assert all(each.text for each in visitor.all(".sp-readouts dd"))


def test_a_knob_is_dragged_and_the_link_has_it(visitor: Visitor) -> None:
    visitor.open("/single_neuron")
    before = visitor.one(".js-line").get_attribute("d")
    visitor.drag(visitor.one("input[type=range][aria-label='bias b']"), (40, 0), (30, 0))
    visitor.until(lambda: float(visitor.link.get("bias", 0)) > 1)
    assert visitor.one(".js-line").get_attribute("d") != before


def test_a_click_selects_what_is_in_a_field_and_what_is_typed_takes_its_place(visitor: Visitor) -> None:
    visitor.open("/single_neuron?weight=2")
    for text in ("8.5", "3"):
        visitor.act().click(visitor.one(FIELD)).send_keys(text, ENTER).perform()
        visitor.until(lambda text=text: visitor.link.get("weight") == text)
        visitor.act().click(visitor.one(".sp-readouts")).perform()


def test_a_cell_is_typed_into_and_a_whole_matrix_is_pasted(visitor: Visitor) -> None:
    visitor.open("/forward_pass")
    visitor.act().click(visitor.one(".sp-cell")).send_keys("7", ENTER).perform()
    visitor.until(lambda: visitor.one(".sp-cell").get_property("value") == "7")
    matrix = visitor.all(".sp-matrix")[0]
    rows = [
        row.find_elements("css selector", ".sp-cell") for row in matrix.find_elements("css selector", "tr")
    ]
    cells = list(itertools.chain.from_iterable(rows))
    text = "; ".join(" ".join("9" * len(row)) for row in rows)
    visitor.act().click(visitor.one("h1")).click(visitor.one(".sp-cell")).send_keys(text).perform()
    visitor.with_control("a")
    visitor.with_control("x")
    visitor.with_control("v")
    visitor.until(lambda: {each.get_property("value") for each in cells} == {"9"})


def test_a_handle_is_dragged(visitor: Visitor) -> None:
    visitor.open("/bumps")
    visitor.drag(visitor.one(".sp-handle"), (60, 0), (30, 0))
    visitor.until(lambda: visitor.link)


def test_a_curve_is_drawn_by_hand(visitor: Visitor) -> None:
    visitor.open("/two_neurons?answer=drawing")
    visitor.drag(visitor.one(".sp-sketch"), (-100, -40), (50, 60), (120, -30), (60, 20))
    visitor.until(lambda: len(visitor.link.get("guess", "").strip("_").split("_")) > 5)


def test_a_table_is_uploaded(visitor: Visitor, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("x,y\n" + "\n".join(f"{x},{(x - 3) ** 2}" for x in range(8)))
    visitor.open("/approximator?target=your+data")
    visitor.act().click(visitor.one(".stMain [data-testid=stPopover] button, .stMain summary")).perform()
    visitor.until(lambda: visitor.all("input[type=file]"))
    before = visitor.one(".js-line").get_attribute("d")
    visitor.all("input[type=file]")[0].send_keys(str(table))
    visitor.until(lambda: visitor.one(".js-line").get_attribute("d") != before)


def test_the_link_opens_the_same_picture_again(visitor: Visitor) -> None:
    visitor.open("/bumps?left=0.2&height=0.7")
    before = [each.text for each in visitor.all(".sp-readouts dd")]
    visitor.driver.refresh()
    visitor.until(lambda: visitor.all(DRAWN))
    visitor.until(lambda: [each.text for each in visitor.all(".sp-readouts dd")] == before)
    assert visitor.link == {"left": "0.2", "height": "0.7"}
