"""Towers: surfaces are drawn, turn under the pointer, and stay as they were turned while a knob moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Route

from pages import towers as lesson
from pages.shared.stage.picture import Picture
from tests.browser.conftest import Meet, Walk
from tests.browser.reader import PLOTS, Reader, told
from tests.browser.server import Server

TOWER = {
    "made": lesson.WALL, "steepness": 60.0, "x1": 0.5, "x2": 0.5, "size": 0.4, "threshold": 1.5,
    "sharpness": 40.0,
}  # fmt: skip
# Less to paint for the software that takes the part of a graphics card.
SMALL = {"viewport": {"width": 760, "height": 500}}
SCENES = f"{PLOTS}.filter((plot) => plot._fullLayout.scene)"


@pytest.fixture
def page(stay: Walk, app_server: Server) -> Iterator[Reader]:
    """A reader at the lesson who stays; nothing in the console may complain from then on."""
    reader = stay(app_server, "/towers", **SMALL)
    yield reader
    assert not reader.complaints


def camera(reader: Reader, scene: int = 0) -> list[float]:
    """From where a scene is seen, as it is drawn."""
    seen: list[float] = reader.page.evaluate(
        f"""(scene) => {{
          const {{ eye, up, center }} = {SCENES}[scene]._fullLayout.scene._scene.getCamera();
          return [eye, up, center].flatMap(({{ x, y, z }}) => [x, y, z]);
        }}""",
        scene,
    )
    return seen


def turn(reader: Reader, scene: int) -> list[float]:
    """Turn a scene with the pointer; from where it is seen then."""
    canvas, before = reader.page.locator(".gl-container canvas").nth(scene), camera(reader, scene)
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    start = box["x"] + 0.6 * box["width"], box["y"] + 0.5 * box["height"]
    reader.page.mouse.move(*start)
    reader.page.mouse.down()
    reader.page.mouse.move(start[0] - 70, start[1] - 30, steps=4)
    reader.until(lambda: camera(reader, scene) != before, complaint=lambda: "the surface stood still")
    reader.page.mouse.up()
    reader.until(lambda: stands_still(reader, scene), complaint=lambda: "the surface went on turning")
    return camera(reader, scene)


def stands_still(reader: Reader, scene: int) -> bool:
    """Whether it is seen from the same place a few frames on: plotly turns it a little after the pointer."""
    before = camera(reader, scene)
    for _ in range(4):
        reader.page.evaluate("new Promise(requestAnimationFrame)")
    return camera(reader, scene) == before


def shows(reader: Reader, picture: Picture, first: int) -> None:
    """The stage whose first plot that is shows the surface, the curves and the numbers of this picture."""
    said = picture.message()
    for plot, figure in enumerate(said["plots"], start=first):
        for trace, each in enumerate(figure["data"]):
            if each["type"] == "surface":
                reader.sees_heights(plot, trace, each["z"])
            for axis in "xy":
                reader.sees(plot, trace, each[axis], axis)
    stage = reader.page.locator(".sp-stage").nth(first)
    reader.soon(stage.locator(".sp-readouts dd").all_inner_texts, told(said["readouts"]))


def test_a_surface_turns_under_the_pointer_and_is_seen_from_there_while_knobs_and_choices_change(page):
    assert page.page.locator(".gl-container canvas").count() == page.page.evaluate(f"{SCENES}.length") == 2
    assert page.page.locator(".no-webgl").count() == 0
    page.mark_plots()
    shows(page, lesson.construction(**TOWER), first=0)
    seen = turn(page, 0)
    page.hold("size")
    size = page.move("size", 0.7)
    shows(page, lesson.construction(**{**TOWER, "size": size}), first=0)
    assert camera(page) == pytest.approx(seen)
    page.release()
    page.until(lambda: page.link() == {"size": f"{size:g}"})
    page.choose(lesson.TOWER)
    shows(page, lesson.construction(**{**TOWER, "size": size, "made": lesson.TOWER}), first=0)
    assert camera(page) == pytest.approx(seen)
    assert page.marks() == [0, 1, 2]


# How many colours there are in each photograph, and whether it lies where the surface does.
PHOTOGRAPHS = """() => [...document.querySelectorAll(".sp-photo")].map((photo) => {
  const { data } = photo.getContext("2d").getImageData(0, 0, photo.width, photo.height);
  const colours = new Set(new Uint32Array(data.buffer)).size;
  const { width, height } = photo.getBoundingClientRect();
  return [colours > 20, width > 300 && height > 150, getComputedStyle(photo.previousSibling).display];
})"""


def test_on_paper_a_photograph_stands_for_what_the_graphics_card_draws(page):
    page.page.emulate_media(media="print")
    page.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.page.evaluate(PHOTOGRAPHS) == [[True, True, "none"]] * 2
    page.page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.page.emulate_media(media="null")
    assert page.page.locator(".sp-photo").count() == 0
    assert page.page.locator(".gl-container canvas").first.is_visible()


def test_nothing_is_wider_than_a_phone(page):
    """Here and not with the other lessons: to set up its surfaces takes ten seconds."""
    page.page.set_viewport_size({"width": 390, "height": 844})
    page.soon(lambda: page.page.evaluate("innerWidth"), 390)
    page.soon(page.sticks_out, [])


def test_without_webgl_a_map_stands_in_and_says_why(meet: Meet, app_server: Server) -> None:
    def without_webgl(route: Route) -> None:
        route.fulfill(response=(found := route.fetch()), body=found.text().replace('"webgl"', '"nothing"'))

    page = meet(app_server.url + "/towers", {"**/flat.js": without_webgl})
    assert page.page.evaluate(f"{PLOTS}.map((plot) => plot.data[0].type)")[0] == "heatmap"
    assert "has no WebGL" in (page.page.locator(".sp-plot .annotation-text").first.text_content() or "")
    assert page.page.locator(".gl-container canvas").count() == 0
    assert page.page.locator(".contourlayer path").count() > 3
    before = page.fields()[0]
    knob = page.page.locator(".sp-knob input[type=range]").first
    page.drag(knob.get_attribute("aria-label") or "", 20)
    page.until(lambda: page.fields()[0] != before)
    assert not page.complaints


LETTERED = f"""() => {{
  const {{ labelSize, tickSize }} = {SCENES}[0]?._fullLayout.scene._scene?.axesOptions ?? {{}};
  return labelSize && [parseFloat(getComputedStyle(document.documentElement).fontSize), labelSize, tickSize];
}}"""


def test_the_letters_of_a_scene_are_as_large_as_those_around_it_on_a_projector(go: Walk) -> None:
    reader = go("/towers?present=1", viewport={"width": 1400, "height": 900})
    letter, titles, ticks = reader.page.wait_for_function(LETTERED).json_value()
    assert letter > 20
    assert all(0.8 * letter < size < letter for size in titles), (letter, titles)
    # plotly.js draws them as large as a twelfth of the square.
    assert all(0.8 * letter < size**2 / 12 < letter for size in ticks), (letter, ticks)
