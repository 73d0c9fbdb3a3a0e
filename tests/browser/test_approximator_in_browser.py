"""Any curve: picked, typed, drawn, pasted or uploaded, it is approximated under the reader's hand."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import Request

from nn_core.building.ways import EQUAL_KNOTS, STAIRCASE, Pin, Plan
from nn_core.networks.activations import RELU, SIGMOID
from nn_core.targets.curves import NIELSENS_GOAL
from pages.scenes.approximator.closing_in import picture
from pages.shared.asking.targets import over_drawing
from pages.shared.stage.picture import Picture
from tests.browser.conftest import Go, Walk
from tests.browser.reader import Reader, assert_same_ink
from tests.browser.server import Server

N = "hidden units N"
PLAN = Plan(STAIRCASE, SIGMOID)
MEASURED = NIELSENS_GOAL, 400.0, 1
KNOBS = {"n": 12.0, "added": 100.0, "below": "error", "view": "the interval", "steepness": 400.0}
CELLS = 64
ZIGZAG = "0 0\n1 2\n2 0\n3 1\n"
MB = 2**20


@pytest.fixture
def page(stay: Walk, app_server: Server) -> Reader:
    """A reader at the lesson who keeps to the stage."""
    return stay(app_server, "/approximator")


@pytest.fixture
def with_link(go: Go) -> Go:
    """A reader at the lesson with this query in the link."""
    return lambda query: go(f"/approximator?{query}")


def expected(pin: Pin | None = None, **changed: Any) -> Picture:
    """The picture of the first target with these knobs moved."""
    return picture(PLAN, pin, MEASURED, NIELSENS_GOAL, **{**KNOBS, **changed})


def shows(reader: Reader, readout: str) -> str:
    """What the stage says of one number."""
    row = reader.part("readouts").locator("div").filter(has=reader.page.get_by_text(readout, exact=True))
    return row.locator("dd").inner_text()


def curves(reader: Reader) -> tuple[Any, Any, Any]:
    """x, the target and the network as they are drawn."""
    target, network = (reader.trace(0, name) for name in ("target", "network"))
    return reader.array(0, target, "x"), reader.array(0, target), reader.array(0, network)


def told_honestly(reader: Reader) -> bool:
    """Whether the largest error that is told is that of the two curves that are drawn."""
    _, target, network = curves(reader)
    return abs(float(shows(reader, "largest error")) - np.abs(target - network).max()) < 1e-4


# ---- the knob N -------------------------------------------------------------------------------------


def test_dragging_n_closes_in_on_the_target_while_the_axes_stand_still(page, with_link):
    page.mark_plots()
    before, link = [page.ranges(plot) for plot in (0, 1)], page.link()
    page.hold(N)
    for aim in (30, 200, 90, 1):
        shown = page.move(N, aim)
        page.sees_picture(expected(n=shown))
        page.soon(lambda: shows(page, "hidden units"), f"{shown:g}")
        assert [page.ranges(plot) for plot in (0, 1)] == before
    assert page.link() == link
    shown = page.move(N, 60)
    page.release()
    page.link_is(n=f"{shown:g}")
    page.rests()
    assert page.marks() == [0, 1]
    dragged = page.ink()
    page = with_link(f"n={shown:g}")
    page.sees_picture(expected(n=shown))
    assert_same_ink(dragged, page.ink())


def test_units_are_added_one_by_one_up_to_all_of_them(with_link):
    page = with_link("n=40&added=60")
    page.soon(lambda: shows(page, "hidden units"), "24")
    play = page.page.get_by_role("button", name="play units added, %")
    play.click()
    page.until(lambda: float(shows(page, "hidden units")) > 24)
    play.click()
    added = page.value("units added, %")
    assert 60 < added < 100
    page.link_is(n="40", added=f"{added:g}")
    page.sees_picture(expected(n=40.0, added=added))
    play.click()
    page.link_is(n="40")
    page.sees_picture(expected(n=40.0))
    assert shows(page, "hidden units") == "40"


# ---- a target of one's own --------------------------------------------------------------------------


def drawn(asked: list[Request]) -> tuple[float | None, ...]:
    """The drawing that Python was asked about last; nothing before that."""
    return tuple(asked[-1].post_data_json["values"]["drawing"]) if asked else (None,) * CELLS


def drawing(heights: tuple[float | None, ...], **changed: Any) -> Picture:
    draw = partial(picture, PLAN, None, MEASURED)
    return over_drawing(draw, heights, **{**KNOBS, **changed})


def test_a_target_is_drawn_and_the_network_follows_the_pointer(with_link):
    page = with_link("")
    page.pick("Target", "your drawing")
    page.page.wait_for_url("**target=your_drawing")
    page.part("sketch").wait_for()
    page.mark_plots()
    _, first_target, first_network = curves(page)
    page.socket.forget()
    asked: list[Request] = []
    finished: list[Request] = []
    page.page.on("request", lambda request: asked.append(request))
    page.page.on("requestfinished", lambda request: finished.append(request))
    page.page.mouse.move(*page.at(0, 0.1, -0.5))
    page.page.mouse.down()
    for x, y in [(0.5, 0.9), (0.95, -0.9)]:
        page.page.mouse.move(*page.at(0, x, y), steps=8)
        page.until(lambda y=y, x=x: drawn(asked)[int(x * CELLS)] == pytest.approx(y, abs=0.03))
        page.until(lambda: len(asked) == len(finished))
        page.sees_picture(drawing(drawn(asked)))
        assert "drawing" not in page.link()
    assert {each.url.rpartition("/")[2] for each in asked} == {"asked"}
    assert page.socket.requests == [], "Streamlit runs nothing while the pen is down"
    _, target, network = curves(page)
    assert not np.array_equal(target, first_target)
    assert not np.array_equal(network, first_network)
    page.page.mouse.up()
    page.until(lambda: "drawing" in page.link())
    page.rests()
    said = [float(cell) if cell else None for cell in page.link()["drawing"].split("_")]
    cells = (*said, *[None] * (CELLS - len(said)))
    assert max(cell for cell in said if cell is not None) == pytest.approx(0.9, abs=0.05)
    page.sees_picture(drawing(cells))
    assert page.marks() == [0, 1]
    link = page.link()
    page.page.go_back()
    page.link_is(target="your_drawing")
    page.until(lambda: np.array_equal(curves(page)[1], first_target))
    page.until(lambda: np.array_equal(curves(page)[2], first_network))
    with_link(urlencode(link)).sees_picture(drawing(cells))


def test_the_ink_pad_is_there_only_while_the_target_is_drawn(with_link):
    """Elsewhere the plot can be zoomed, with the pointer and with the buttons above it."""
    page = with_link("target=your+drawing")
    assert page.part("sketch").is_visible()
    page.pick("Target", "Nielsen's goal")
    page.part("sketch").wait_for(state="hidden")
    page.sees_picture(expected())
    before = page.ranges(0)
    zoomed = page.zoom(0)
    assert zoomed[1] - zoomed[0] < before[1] - before[0]
    page.page.get_by_role("button", name="Reset axes").first.click()
    page.soon(lambda: page.ranges(0), before)
    page.pick("Target", "your drawing")
    page.part("sketch").wait_for()


def type_into(reader: Reader, label: str, text: str) -> None:
    reader.page.get_by_role("textbox", name=label).fill(text)
    reader.page.keyboard.press("Enter")


def test_a_typed_formula_is_the_target_and_a_bad_one_leaves_it_as_it_is(with_link):
    page = with_link("target=your+formula&n=30")
    page.mark_plots()
    type_into(page, "Your target g(x)", "2x sin(9x)")
    page.link_is(target="your_formula", n="30", formula="2x_20sin_289x_29")
    page.until(lambda: np.allclose((ends := curves(page))[1], 2 * ends[0] * np.sin(9 * ends[0]), atol=1e-5))
    page.until(lambda: told_honestly(page))
    assert page.value(N) == 30
    assert page.marks() == [0, 1]
    before = page.ink()
    type_into(page, "Your target g(x)", "sen(x)")
    page.page.get_by_role("alert").filter(has_text="did you mean sin?").wait_for()
    assert page.ink() == before
    type_into(page, "Your target g(x)", "x/2")
    page.until(lambda: np.allclose((ends := curves(page))[1], ends[0] / 2, atol=1e-5))
    page.page.get_by_role("alert").filter(has_text="did you mean").wait_for(state="detached")


def test_a_typed_activation_is_that_of_the_hidden_units(with_link):
    page = with_link("")
    before = curves(page)[2]
    page.pick("Activation f", "your formula")
    type_into(page, "Your activation f(z)", "cos(z)")
    page.until(lambda: page.link().get("f") == "cos_28z_29")
    page.until(lambda: page.page.get_by_role("combobox", name="Built by").input_value() == "least squares")
    page.until(lambda: not np.array_equal(curves(page)[2], before))
    page.until(lambda: told_honestly(page))
    page.rests()
    typed = curves(page)[2]
    with_link(urlencode(page.link()))
    page.until(lambda: np.array_equal(curves(page)[2], typed))


def test_pasted_and_uploaded_points_are_the_target_and_are_in_the_link(with_link):
    page = with_link("target=your+data")
    page.mark_plots()
    page.page.get_by_role("button", name="Paste or upload two columns").click()
    page.page.get_by_role("textbox", name="x and y, one pair a line").fill(ZIGZAG)
    page.page.keyboard.press("Control+Enter")
    page.link_is(target="your_data", data="0_0__1_2__2_0__3_1")
    goes_through(page, [0, 1, 2, 3], [0, 2, 0, 1])
    upload(page, "points.csv", b"x,y\n0,1\n2,3\n4,1\n")
    page.link_is(target="your_data", data="0_1__2_3__4_1")
    goes_through(page, [0, 2, 4], [1, 3, 1])
    page.until(lambda: told_honestly(page))
    assert page.marks() == [0, 1]
    goes_through(with_link(urlencode(page.link())), [0, 2, 4], [1, 3, 1])


def test_what_is_no_data_or_too_much_is_refused_and_the_curve_stays(with_link):
    page = with_link("target=your+data&data=0_0__1_2__2_0__3_1")
    before = page.ink()
    page.page.get_by_role("button", name="Paste or upload two columns").click()
    upload(page, "big.csv", b"0,1\n" * (6 * MB // 4))
    refused = page.page.get_by_role("alert").filter(has_text="it must have at most 5 MB, got 6")
    refused.wait_for()
    page.page.get_by_role("textbox", name="x and y, one pair a line").fill("hello\nworld")
    page.page.keyboard.press("Control+Enter")
    page.page.get_by_role("alert").filter(has_text="The curve before it stands.").wait_for()
    assert page.ink() == before
    page.link_is(target="your_data", data="0_0__1_2__2_0__3_1")


def upload(reader: Reader, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    reader.page.locator("input[type=file]").set_input_files([file])


def goes_through(reader: Reader, x: list[float], y: list[float]) -> None:
    """The target as it is drawn comes through these points."""

    def values() -> Any:
        at, target, _ = curves(reader)
        return np.interp(x, at, target)

    reader.until(lambda: np.allclose(values(), y, atol=0.02), complaint=lambda: f"{values()} is not {y}")


# ---- menus ------------------------------------------------------------------------------------------


def test_the_two_plots_stand_one_below_the_other_so_that_x_lies_below_x(go):
    page = go("/approximator", viewport={"width": 1920, "height": 1080})
    above, below = (plot.bounding_box() for plot in page.page.locator(".sp-plot").all())
    assert (above["x"], above["width"]) == (below["x"], below["width"])
    assert above["y"] + above["height"] <= below["y"]


def test_menus_change_the_knobs_and_not_the_plots_and_values_survive(with_link):
    page = with_link("n=31&steepness=200")
    page.mark_plots()
    page.pick("Activation f", "ReLU")
    page.knob("steepness w").wait_for(state="detached")
    page.soon(page.page.get_by_role("combobox", name="Built by").input_value, EQUAL_KNOTS.name)
    hinges = Plan(EQUAL_KNOTS, RELU)
    page.sees_picture(picture(hinges, None, MEASURED, NIELSENS_GOAL, **{**KNOBS, "n": 31.0}))
    shown = page.drag(N, 50)
    page.pick("Activation f", "sigmoid")
    page.knob("steepness w").wait_for()
    page.pick("Target", "one wave")
    page.until(lambda: np.allclose((ends := curves(page))[1], np.sin(2 * np.pi * ends[0]), atol=1e-5))
    page.rests()
    assert (page.value(N), page.value("steepness w")) == (shown, 200)
    page.pick("Built by", "pairs of bumps")
    page.until(lambda: page.knob(N).get_attribute("step") == "2")
    page.until(lambda: float(shows(page, "hidden units")) == page.value(N))
    page.drag(N, 20)
    assert page.marks() == [0, 1]


def test_a_menu_keeps_the_focus_when_a_key_has_chosen(with_link):
    page = with_link("")
    menu = page.page.get_by_role("combobox", name="Activation f")
    menu.focus()
    page.page.keyboard.press("ArrowDown")
    page.page.get_by_role("option", name="ReLU", exact=True).wait_for()
    pointed = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))"
    while page.page.evaluate(f"{pointed}?.textContent") != "ReLU":
        page.page.keyboard.press("ArrowDown")
    page.page.keyboard.press("Enter")
    page.link_is(activation="ReLU")
    page.knob("steepness w").wait_for(state="detached")
    assert menu.evaluate("(node) => node === document.activeElement")
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement.getAttribute('aria-label')") == "Built by"


# ---- the views --------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["the interval", "beyond it"])
def test_below_the_curves_is_what_was_chosen(page, view):
    page.choose(view)
    for below, plots in [("contributions", 2), ("error against N", 2), ("network", 1), ("error", 2)]:
        page.choose(below)
        page.soon(lambda: page.page.locator(".js-plotly-plot").count(), plots)
        page.sees_picture(expected(below=below, view=view))
        page.soon(page.part("diagram").is_visible, below == "network")
    shown = page.drag(N, 40)
    page.sees_picture(expected(view=view, n=shown))


def test_on_error_against_n_the_present_network_is_one_of_those_measured(page):
    page.choose("error against N")
    page.rests()
    page.hold(N)
    for aim in (150, 3, 40):
        shown = page.move(N, aim)
        page.sees_picture(expected(n=shown, below="error against N"))
        measured, now = page.trace(1, "measured"), page.trace(1, "this network")
        errors = dict(zip(page.array(1, measured, "x"), page.array(1, measured), strict=True))
        assert page.array(1, now, "x") == [shown]
        assert page.array(1, now) == pytest.approx(errors[shown])
    page.release()
    page.link_is(n=f"{shown:g}", below="error_against_N")


def test_a_pinned_network_stays_as_a_ghost_until_it_is_unpinned(with_link):
    page = with_link("")
    pinned = Pin(PLAN, 12, 400.0)
    page.mark_plots()
    page.page.get_by_role("button", name="Pin this network").click()
    page.link_is(pin="staircase__12__400__sigmoid")
    page.sees_picture(expected(pinned))
    page.page.get_by_text("Pinned: staircase, sigmoid, 12 hidden units").wait_for()
    shown = page.drag(N, 90)
    page.sees_picture(expected(pinned, n=shown))
    assert page.marks() == [0, 1]
    with_link(urlencode(page.link())).sees_picture(expected(pinned, n=shown))
    page.mark_plots()
    page.page.get_by_role("button", name="Unpin").click()
    page.link_is(n=f"{shown:g}")
    page.sees_picture(expected(n=shown))
    assert page.marks() == [0, 1]
