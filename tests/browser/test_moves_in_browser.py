"""Moves are taken back and made again, and a picture that is pinned stays behind those that follow it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.browser.reader import Reader

TRAIL = """async () => {
  const { Trail, moveOf } = await import("/moves.js");
  const trail = new Trail();
  trail.begin({ w: 0 });
  for (const w of [1, 1, 2]) trail.rest({ w });
  const told = [trail.back().w, trail.back().w, trail.back(), trail.again().w];
  trail.rest({ w: 5 });
  told.push(trail.again(), trail.back().w);
  trail.begin({ w: 9 });
  told.push(trail.back(), trail.again());
  const key = (key, more = {}) => moveOf({ key, ctrlKey: true, ...more });
  const keys = [key("z"), key("Z", { shiftKey: true }), key("y"), key("z", { ctrlKey: false, metaKey: true }),
    key("z", { ctrlKey: false }), key("z", { altKey: true }), key("x")];
  return [told, keys];
}"""
GHOST = """async () => {
  const { ghostOf, shapesOf, toldOf } = await import("/ghost.js");
  const layout = { xaxis: { title: { text: "x" } }, yaxis: {} };
  const line = { type: "scatter", mode: "lines", x: [0, 1, 2, 3], y: new Float32Array([0.5, NaN, 2, 3]) };
  const data = [line, { ...line, mode: "markers" }, { type: "heatmap" }, { ...line, yaxis: "y2" }];
  const ghost = ghostOf({ data, layout });
  const shapes = shapesOf(ghost, layout, { color: "grey", above: false });
  const other = shapesOf(ghost, { ...layout, xaxis: { title: { text: "z" } } }, {});
  const knob = (label) => ({ kind: "knob", label, digits: 2 });
  const told = toldOf({ w: knob("w"), f: { kind: "choice", label: "f" }, q: { kind: "question" } },
    { w: -1.5, f: "tanh" });
  const many = Array.from({ length: 9 }, (_, i) => [`k${i}`, 0]);
  return [shapes.map(({ path, yref, layer }) => [path, yref, layer]), other, told,
    toldOf(Object.fromEntries(many.map(([name]) => [name, knob(name)])), Object.fromEntries(many))];
}"""
SHAPES = """[...document.querySelectorAll(".js-plotly-plot")].map((gd) =>
  [...gd.querySelectorAll(".shapelayer path")].map((path) => path.getAttribute("d")))"""


def test_a_trail_goes_back_and_again_and_what_is_new_or_comes_by_a_link_ends_it(modules: Page) -> None:
    told, keys = modules.evaluate(TRAIL)
    assert told == [1, 0, None, 1, None, 1, None, None]
    assert keys == [".sp-undo", ".sp-redo", ".sp-redo", ".sp-undo", "", "", ""]


def test_a_ghost_is_the_curves_of_a_picture_on_axes_that_mean_the_same(modules: Page) -> None:
    shapes, other, told, many = modules.evaluate(GHOST)
    drawn = "M0,0.5M2,2L3,3"
    assert shapes == [[drawn, "y", "below"], [drawn, "y2", "below"]]
    assert not other
    assert told == "w = −1.5, f: tanh"
    assert many.endswith("k5 = 0, and 3 more")


def enabled(reader: Reader) -> list[bool]:
    """Whether there is something to take back, and to make again."""
    return [button.is_enabled() for button in reader.page.locator(".sp-moves button").all()]


def test_a_drag_ten_presses_and_a_choice_are_a_move_each_and_go_back_and_again_into_the_link(
    walk: Any, bench_server: Any
) -> None:
    reader = walk(bench_server, "/?slope=0.5")
    keys = reader.page.keyboard
    assert enabled(reader) == [False, False]
    shift = f"{reader.drag('shift', 0.8):g}"
    reader.knob("slope").focus()
    for _ in range(10):
        keys.press("ArrowLeft")
    reader.link_is(slope="0", shift=shift)
    reader.choose("wave")
    reader.link_is(slope="0", shift=shift, shape="wave")
    reader.rests()
    for said in ({"slope": "0", "shift": shift}, {"slope": "0.5", "shift": shift}, {"slope": "0.5"}):
        keys.press("Control+z")
        reader.link_is(**said)
    reader.rests()
    assert enabled(reader) == [False, True]
    keys.press("Control+Shift+z")
    keys.press("Control+y")
    reader.link_is(slope="0", shift=shift)
    reader.rests()
    field = reader.field("slope")
    field.press_sequentially("77")
    field.press("Control+z")
    reader.link_is(slope="0", shift=shift)
    assert reader.value("slope") == 0
    reader.knob("shift").focus()
    reader.page.go_back()
    reader.until(lambda: enabled(reader) == [False, False])
    before = reader.link()
    keys.press("Control+z")
    reader.rests()
    assert reader.link() == before


def test_a_pinned_picture_stays_as_it_was_while_its_knob_moves_and_no_frame_of_the_drag_draws_it_again(
    walk: Any, bench_server: Any
) -> None:
    reader = walk(bench_server, "/")
    reader.page.locator(".sp-pin").click()
    reader.until(lambda: [len(each) for each in reader.page.evaluate(SHAPES)] == [2, 1])
    pinned = reader.page.evaluate(SHAPES)
    reader.hold("slope")
    light = []
    for value in (-1.0, -0.5, -1.0, -0.5):
        reader.keep_frames()
        reader.move("slope", value)
        light.append(reader.light_frame())
    assert any(light), "a frame beside a ghost is light"
    reader.release()
    reader.rests()
    assert reader.page.evaluate(SHAPES) == pinned
    assert reader.part("pinned").inner_text() == "pinned: slope = 1, shift = 0.5, load = 1, shape: line"
    reader.page.emulate_media(color_scheme="dark")
    reader.until(lambda: reader.page.locator(".sp-stage").get_attribute("data-theme") == "dark")
    assert reader.page.evaluate(SHAPES) == pinned
    reader.page.locator(".sp-pin").click()
    reader.until(lambda: reader.page.evaluate(SHAPES) == [[], []])
    assert reader.part("pinned").inner_text() == ""
