"""What a reader takes away of a picture comes out of the browser as a file, and holds what is shown."""

from __future__ import annotations

import contextlib
import csv
import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from PIL import Image

from pages.shared.figures.theme import PALETTE
from pages.shared.stage.taking.package import FILE
from tests.browser.reader import Reader

SLIDE = (1920, 1080)
HEIGHTS = "[...document.querySelectorAll('.js-plotly-plot')].at(-1).data.find(({ name }) => name === 'a')"
# Where the title stands on a slide, and what is set with the readouts below it: left, top, right, lower edge.
TITLE, SIDE = (0, 0, 1920, 90), (0, 90, 410, 900)


def taken(reader: Reader, name: str) -> tuple[str, bytes]:
    """The name and the content of the file that is chosen in the menu, with the keyboard."""
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="Save …").first.press("Enter")
        reader.page.get_by_role("button", name=name, exact=True).first.press("Enter")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def saved(reader: Reader, name: str) -> tuple[str, str]:
    """The name and the text of the file that is chosen in the menu."""
    called, content = taken(reader, name)
    return called, content.decode()


def image(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def test_the_program_of_the_picture_prints_what_the_picture_shows_and_the_table_holds_its_curves(go):
    reader = go("/single_neuron?weight=2&bias=-1&x=0.75&activation=tanh")
    name, program = saved(reader, "network_numpy.py")
    assert name.endswith("single-neuron-superpose-network_numpy.py"), name
    assert program.splitlines()[:2] == ["# single neuron", f"# {reader.page.url}"]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program, name, "exec"), {})
    shown = reader.page.locator(".sp-readouts div", has_text="a = f(z)").locator("dd").inner_text()
    x, _, y = out.getvalue().split()
    assert (float(x), f"{float(y):+.2f}") == (0.75, shown)
    _, table = saved(reader, "curves.csv")
    assert {row["curve"] for row in csv.DictReader(io.StringIO(table))} >= {"a", "z"}
    assert reader.page.locator(".sp-files").first.is_hidden()


def test_a_menu_of_many_files_is_on_the_screen_whole_or_scrolls_in_it(go):
    page = go("/convolution?scene=digits").page
    for width, height in ((390, 560), (640, 300)):
        page.set_viewport_size({"width": width, "height": height})
        page.get_by_role("button", name="Save …").first.press("Enter")
        menu = page.locator(".sp-files").first
        assert menu.get_by_role("button").count() > 10
        box = menu.bounding_box()
        assert min(box["x"], box["y"]) >= 0, box
        assert box["x"] + box["width"] <= width, box
        assert box["y"] + box["height"] <= height, box
        page.keyboard.press("Escape")


def test_a_picture_lives_on_in_a_file_without_any_server(go, browser, tmp_path):
    reader = go("/single_neuron?weight=2&bias=-1")
    name, content = taken(reader, "picture.html")
    assert (name.endswith("picture.html"), len(content) < 3_000_000) == (True, True)
    packed, package = taken(reader, "scorm.zip")
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        assert (packed.endswith("scorm.zip"), parts.read(FILE)) == (True, content)
    (tmp_path / name).write_bytes(content)
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 720})
    page = context.new_page()
    asked: list[str] = []
    raised: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: raised.append(str(error)))
    page.goto((tmp_path / name).as_uri())
    page.wait_for_selector(".sp-plot .js-line")
    for w, b, moved in ((2.3, -1.0, "weight w"), (2.0, -0.7, "bias b")):
        for _ in range(3):
            page.get_by_label(moved, exact=True).press("ArrowRight")
        # Plotly has the numbers once the knob rests: the height at the left end tells which.
        first = 1 / (1 + np.exp(-(w * -5 + b)))
        page.wait_for_function(f"(first) => Math.abs({HEIGHTS}.y[0] - first) < 1e-6 * first", arg=first)
        x, y = (np.array(page.evaluate(f"() => [...{HEIGHTS}.{axis}]")) for axis in "xy")
        assert np.allclose(y, 1 / (1 + np.exp(-(w * x + b))), atol=1e-6)
        readouts = page.locator(".sp-readouts dd").all_inner_texts()
        assert readouts[1:] == [f"{w + b:+.2f}", f"{1 / (1 + np.exp(-(w + b))):+.2f}"]
    assert page.locator("#sp-school").is_hidden()
    context.close()
    assert ([each for each in asked if not each.startswith(("file:", "data:", "blob:"))], raised) == ([], [])


def test_the_stage_is_saved_as_a_slide_and_the_svg_shows_the_same_without_the_app(go, tmp_path):
    reader = go("/single_neuron?weight=2&bias=-1", color_scheme="dark")
    name, png = taken(reader, "picture.png")
    slide = image(png)
    assert (name.endswith("single-neuron-superpose-picture.png"), slide.size) == (True, SLIDE)
    paper = np.array([int(PALETTE["dark"]["paper"][at : at + 2], 16) for at in (1, 3, 5)])
    inked = [np.any(abs(np.asarray(slide.crop(box)) - paper) > 60, axis=2).mean() for box in (TITLE, SIDE)]
    assert min(inked) > 0.01, inked

    svg = saved(reader, "picture.svg")[1]
    words = " ".join(ElementTree.fromstring(svg).itertext())
    readouts = reader.page.locator(".sp-readouts dd").all_inner_texts()
    told = ["A single neuron", "pre-activation z", *readouts, reader.page.url]
    assert [each for each in told if each not in words] == []
    (tmp_path / "slide.svg").write_text(svg, encoding="utf-8")
    page = reader.page.context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": SLIDE[0], "height": SLIDE[1]})
    page.goto((tmp_path / "slide.svg").as_uri())
    alone = image(page.screenshot())
    page.close()
    assert [each for each in asked if not each.startswith(("file:", "data:"))] == []
    off = abs(np.asarray(slide, float) - np.asarray(alone, float)).max(axis=2)
    assert (off > 60).mean() < 0.002
