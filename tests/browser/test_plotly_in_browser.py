"""What the stage knows of plotly's inside is true of this plotly, and nothing breaks where it is not.

It was true of plotly 6.0.0 and of 7.1.0; what fails here with another one says what that one has renamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import plotly
import pytest
from playwright.sync_api import ConsoleMessage, Page, Route

from pages.shared.serving.files import BUNDLES
from tests.browser import bench as desk
from tests.browser.conftest import MODULES, PLOTLY, STATIC, Meet, Walk
from tests.browser.server import Server

# A figure with all that can be redrawn: a curve with markers and names, a field, and a second pair of axes.
FIGURE = """() => ({
  data: [
    { type: "scatter", mode: "lines+markers+text", x: [0, 1, 2], y: [0, 1, 0], text: ["a", "b", "c"] },
    { type: "heatmap", zsmooth: "fast", zmin: 0, zmax: 1, showscale: false, xaxis: "x2", yaxis: "y2",
      colorscale: [[0, "#ffffff"], [1, "#000000"]], x: [0, 1], y: [0, 1], z: [[0, 1], [1, 0]] },
  ],
  layout: {
    width: 600, height: 300, xaxis: { range: [-1, 3], domain: [0, 0.5] }, yaxis: { range: [-1, 2] },
    xaxis2: { range: [0, 1], domain: [0.6, 1] }, yaxis2: { range: [0, 1], anchor: "x2" },
  },
})"""

# Draws it, takes one name away, and asks a fresh copy of plotly.js for all that it can do.
DRAWN_WITHOUT = """async ([copy, lose]) => {
  document.body.innerHTML = "<div id='plot' style='width: 600px; height: 300px'></div>";
  const gd = document.getElementById("plot");
  const figure = FIGURE();
  figure.data.forEach((trace, index) => (trace.uid = `trace-${index}`));
  await Plotly.newPlot(gd, figure.data, figure.layout);
  const known = await import(`/plotly.js?${copy}`);
  const { _fullData: full } = gd;
  if (lose) new Function("gd", lose)(gd);
  known.tryNames(gd);
  known.tryNames(gd);
  known.remember(gd, { xaxis: { range: [0, 1] } });
  return {
    told: known.told(),
    pixel: known.pixel(gd, { x: 1, y: 1 }), place: known.place(gd, 300, 100), area: known.area(gd),
    camera: known.camera(gd) ?? null,
    completed: [known.completed(gd, 0), known.completed(gd, 1)].map((each) => each?.type ?? null),
    parts: ["lines", "markers", "text"].map((part) => known.drawn(gd, full[0], part)?.length ?? null),
    image: known.image(gd, full[1])?.tagName ?? null,
  };
}""".replace("FIGURE", f"({FIGURE})")

ON_AXES = "for (const name of ['xaxis', 'yaxis', 'xaxis2', 'yaxis2']) delete gd._fullLayout[name].{}"
RENAMED = "for (const node of gd.querySelectorAll('{0}')) node.classList.replace('{1}', 'renamed')"
LOST = {
    "_fullLayout": "delete gd._fullLayout",
    "_fullData": "delete gd._fullData",
    "_offset": ON_AXES.format("_offset"),
    "_length": ON_AXES.format("_length"),
    "d2p": ON_AXES.format("d2p"),
    "p2d": ON_AXES.format("p2d"),
    "p2d(d2p)": "gd._fullLayout.xaxis.d2p = (number) => number",
    "_rangeInitial0": ON_AXES.format("_rangeInitial0"),
    "_rangeInitial1": ON_AXES.format("_rangeInitial1"),
    "_scene.getCamera": "gd._fullLayout.scene = {}",
    ".trace<uid>": "gd.querySelector('.scatterlayer .trace').removeAttribute('class')",
    ".js-line": RENAMED.format(".js-line", "js-line"),
    ".point": RENAMED.format(".point", "point"),
    ".textpoint > text": RENAMED.format(".textpoint", "textpoint"),
    ".heatmaplayer .hm": RENAMED.format(".hm", "hm"),
    "__data__[0].trace.uid": "gd.querySelectorAll('.hm').forEach((node) => delete node.__data__)",
}
# What is not told any more where the name is missing; all else is.
NOWHERE = {"pixel": None, "place": None, "area": None}
SPOILED: dict[str, dict[str, Any]] = {
    **dict.fromkeys(("_fullLayout", "_offset", "_length", "d2p", "p2d", "p2d(d2p)"), NOWHERE),
    "_fullData": {"completed": [None, None]},
    ".trace<uid>": {"parts": [None, None, None]},
    ".js-line": {"parts": [None, 3, 3]},
    ".point": {"parts": [1, None, 3]},
    ".textpoint > text": {"parts": [1, 3, None]},
    ".heatmaplayer .hm": {"image": None},
    "__data__[0].trace.uid": {"image": None},
}


@pytest.fixture
def said() -> list[str]:
    """What the console was told."""
    return []


@pytest.fixture
def page(modules: Page, said: list[str]) -> Iterator[Page]:
    def overhear(message: ConsoleMessage) -> None:
        said.append(f"{message.type}: {message.text}")

    if not modules.evaluate("'Plotly' in window"):
        modules.add_script_tag(url=f"{MODULES}/{PLOTLY.name}")
    modules.on("console", overhear)
    yield modules
    modules.remove_listener("console", overhear)


@pytest.fixture
def space(page: Page) -> Iterator[Page]:
    """The page with the plotly.js that draws in space; it may be the same."""
    page.evaluate("window.flat = Plotly")
    if BUNDLES["solid"] != PLOTLY:
        page.add_script_tag(url=f"{MODULES}/{BUNDLES['solid'].name}")
    yield page
    page.evaluate("window.Plotly = window.flat")


def drawn_without(page: Page, name: str | None) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(DRAWN_WITHOUT, [name or "whole", LOST[name] if name else None])
    return found


def test_every_private_name_is_as_it_was(page: Page, said: list[str]) -> None:
    found = drawn_without(page, None)
    assert found["told"]["missing"] == [], f"plotly {plotly.__version__} has other names"
    assert set(found["told"]["untold"]) == {"_scene.getCamera", "_scene.glplot.redraw", *SCENES}, (
        "this figure has all but a scene"
    )
    area = found["area"]
    assert found["pixel"] == [area["left"] + area["width"] / 2, area["top"] + area["height"] / 3]
    assert found["completed"] == ["scatter", "heatmap"]
    assert found["parts"] == [1, 3, 3]
    assert found["image"] == "image"
    assert said == []


@pytest.mark.parametrize("name", LOST)
def test_what_stands_on_a_name_that_is_missing_is_left_out_and_it_is_said_once(
    page: Page, said: list[str], name: str
) -> None:
    whole, found = drawn_without(page, None), drawn_without(page, name)
    assert name in found["told"]["missing"]
    (line,) = said
    assert line.startswith(f"info: plotly.js {page.evaluate('Plotly.version')} lacks ")
    assert name in line
    for part in ("pixel", "place", "area", "completed", "parts", "image"):
        assert found[part] == SPOILED.get(name, {}).get(part, whole[part]), part


PRIVATE = re.compile(r"\._|\b_full|__data__|js-line|\.hm\b|(scatter|heatmap)layer|textpoint|[dp]2[dp]")


def test_no_other_module_knows_a_private_name() -> None:
    others = [file for file in STATIC.glob("*.js") if file.name != "plotly.js"]
    assert PRIVATE.search((STATIC / "plotly.js").read_text("utf-8"))
    assert not [file.name for file in others if PRIVATE.search(file.read_text("utf-8"))]


# ---- the light redraw ----------------------------------------------------------------------------------

REDRAW = """async ({ change, numbers, index, after }) => {
  document.body.innerHTML = "<div id='plot' style='width: 600px; height: 300px'></div>";
  const gd = document.getElementById("plot");
  const { redraw } = await import("/light.js");
  const figure = FIGURE();
  figure.data.forEach((trace, index) => (trace.uid = `trace-${index}`));
  Object.assign(figure.data[index], change);
  await Plotly.newPlot(gd, figure.data, figure.layout);
  if (after) new Function("gd", after)(gd);
  const arrays = Object.entries(numbers).map(([name, values]) => [name, new Float32Array(values)]);
  const next = figure.data.map((trace) => ({ ...trace, ...Object.fromEntries(arrays) }));
  return redraw(gd, next, new Set([index]));
}""".replace("FIGURE", f"({FIGURE})")
CURVE, FIELD = 0, 1
MOVED = {"x": [0, 1, 2], "y": [1, 0, 1]}
HEIGHTS = {"z": [1, 0, 0, 1]}


def redrawn(page: Page, index: int, **case: Any) -> bool:
    numbers = MOVED if index == CURVE else HEIGHTS
    light: bool = page.evaluate(REDRAW, {"index": index, "change": {}, "numbers": numbers, **case})
    return light


@pytest.mark.parametrize(
    "case",
    [
        {},
        {"change": {"mode": "lines"}, "numbers": {"x": [0, 1, 2, 3], "y": [0, "NaN", 1, 0]}},
        {"change": {"mode": "none"}},
        {"change": {"mode": "lines", "x": [8, 9], "y": [8, 9]}},
        {"index": FIELD},
        {"index": FIELD, "change": {"zsmooth": False}},
    ],
    ids=[
        "as it is", "a line with other points and a gap", "nothing to see", "out of view", "a field",
        "a field of squares",
    ],
)  # fmt: skip
def test_what_moves_alone_is_drawn_lightly(page: Page, case: dict[str, Any]) -> None:
    assert redrawn(page, **{"index": CURVE, **case})


@pytest.mark.parametrize(
    "case",
    [
        {"change": {"visible": "legendonly"}},
        {"change": {"visible": "legendonly", "mode": "none"}},
        {"change": {"type": "bar"}},
        {"change": {"fill": "tozeroy"}},
        {"change": {"line": {"shape": "spline"}}},
        {"numbers": {"x": [0, 1], "y": [1, 0]}},
        {"change": {"mode": "markers"}, "numbers": {"x": [0, 1, 2], "y": [1, "NaN", 1]}},
        {"change": {"mode": "text"}, "numbers": {"x": [0, 1, 2, 2], "y": [1, 1, 1, 2]}},
        {"after": "gd.querySelectorAll('.js-line').forEach((node) => node.remove())"},
        {"index": FIELD, "change": {"zsmooth": "best"}},
        {"index": FIELD, "change": {"zsmooth": False, "xgap": 1}},
        {"index": FIELD, "change": {"visible": False}},
        {"index": FIELD, "after": "gd.querySelector('.hm image').remove()"},
    ],
    ids=[
        "hidden", "hidden with nothing to see", "another type", "filled", "a spline", "fewer points",
        "a marker less", "a name more",
        "a line without a path", "a field smoothed by plotly", "squares with gaps", "a hidden field",
        "a field without an image",
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_lightly_is_left_to_plotly(page: Page, case: dict[str, Any]) -> None:
    assert not redrawn(page, **{"index": CURVE, **case})


REWORDED = """async (words) => {
  document.body.innerHTML = "<div id='plot' style='width: 600px; height: 300px'></div>";
  const gd = document.getElementById("plot");
  const { redraw } = await import("/light.js");
  const [curve] = FIGURE().data;
  const said = () => [...gd.querySelectorAll(".textpoint text")].map((node) => node.textContent);
  await Plotly.newPlot(gd, [curve], {});
  // Frames of a sweep may share a list, which is changed in place.
  curve.text.splice(0, words.length, ...words);
  const light = redraw(gd, [{ ...curve }], new Set([0])) && said();
  await Plotly.newPlot(gd, [{ ...curve, text: words }], {});
  return [light, said()];
}""".replace("FIGURE", f"({FIGURE})")


def test_words_that_change_are_written_as_plotly_writes_them_and_those_with_signs_of_its_own_by_itself(
    page: Page,
) -> None:
    light, own = page.evaluate(REWORDED, ["x", "\N{NO-BREAK SPACE}", "−1 ✓"])
    assert light == own == ["x", "\N{NO-BREAK SPACE}", "−1 ✓"]
    for meant in ("a<br>b", "a &amp; b", "$a$"):
        assert page.evaluate(REWORDED, ["x", "y", meant])[0] is False


def test_only_numbers_that_move_and_words_are_drawn_lightly(page: Page) -> None:
    moved = """async (paths) => {
      const { moved } = await import("/light.js");
      return paths.map(moved);
    }"""
    paths = [["plots", 0, "data", 3, leaf] for leaf in ("x", "y", "z", "text", "line")]
    assert page.evaluate(moved, [*paths, ["plots", 0, "layout", "xaxis", "x"]]) == [3, 3, 3, 3, None, None]


# A surface whose points are not spread evenly, and a path over it.
SPACE = """() => ({
  data: [
    { uid: "trace-0", type: "surface", x: [0, 1, 3], y: [0, 2], z: [[0, 1, 0], [1, 0, 1]], cmin: 0, cmax: 1,
      surfacecolor: [[0, 1, 0], [1, 0, 1]], showscale: false },
    { uid: "trace-1", type: "scatter3d", mode: "lines+markers", x: [0, 1], y: [0, 1], z: [0, 1] },
  ],
  layout: { width: 120, height: 90, scene: Object.fromEntries([["x", 3], ["y", 2], ["z", 5]].map(
    ([letter, end]) => [`${letter}axis`, { range: [0, end] }])) },
})"""
# Moves traces lightly, then draws the same whole. Where a name is lost: whether a scene is drawn at all.
IN_SPACE = """async ([copy, lose, change, indices]) => {
  document.body.innerHTML = "<div id='plot'></div>";
  const gd = document.getElementById("plot");
  const known = await import(copy ? `/plotly.js?${copy}` : "/plotly.js");
  const { redraw } = await import("/light.js");
  const { data, layout } = (SPACE)();
  const seen = () => ({ ...layout, scene: { ...layout.scene, camera: known.camera(gd) } });
  const react = (traces) => Plotly.react(gd, traces, seen());
  known.drawWhole(gd, data, react);
  if (!lose) known.tryNames(gd);
  const scene = gd._fullLayout.scene._scene;
  // As under a pointer that has not let go: plotly's layout has not been told.
  scene.camera.lookAt([2, 0.5, 1], [0, 0, 0], [0, 0, 1]);
  const drawn = () => {
    const { surface } = scene.traces["trace-0"];
    const [field, scale, offset] = [surface._field[2], scene.dataScale[2], surface.objectOffset[2]];
    const short = (number) => Math.round(number * 1e4) / 1e4;
    const at = (row, column) => short((field.get(column + 1, row + 1) + offset) / scale);
    return {
      shape: [surface.shape[1], surface.shape[0]],
      heights: [0, 1].map((row) => [0, 1, 2].map((column) => at(row, column))),
      given: gd.data[0].z.map((row) => [...row]), path: [...scene.traces["trace-1"].data.z],
      sharpness: scene.glplot.pixelRatio, eye: known.camera(gd).eye,
      range: scene.glplot.bounds[1].map((end, i) => short(end / scene.dataScale[i])),
    };
  };
  if (lose) new Function("scene", "gd", lose)(scene, gd);
  if (lose) known.tryNames(gd);
  const next = data.map((trace, index) => indices.includes(index) ? { ...trace, ...change } : trace);
  const light = copy ? known.render(gd) : redraw(gd, next, new Set(indices));
  if (lose) return { told: known.told(), light };
  const moving = drawn();
  known.drawWhole(gd, next, react);
  return { light, moving, resting: drawn(), told: known.told() };
}""".replace("SPACE", SPACE)
SCENES = {
    "_scene.plot": "scene.plot = null",
    "_scene.glplot.pixelRatio": "delete scene.glplot.pixelRatio",
    "_scene.traces.refineData": "delete scene.traces['trace-0'].refineData",
}
# Without the third a surface still moves, with the points that plotly puts between its own.
NEEDED = ("_scene.plot", "_scene.glplot.pixelRatio")
LOWER = {"z": [[0, 1, 2], [4, 3, 2]]}


def in_space(
    space: Page, lose: str | None = None, change: Any = LOWER, indices: Any = (0,)
) -> dict[str, Any]:
    copy = f"space {lose}" if lose else None
    found: dict[str, Any] = space.evaluate(IN_SPACE, [copy, lose and SCENES[lose], change, [*indices]])
    return found


def test_of_a_moving_surface_just_the_points_of_the_frame_are_drawn_and_when_it_rests_the_same(
    space: Page,
) -> None:
    found = in_space(space)
    moving, resting = found["moving"], found["resting"]
    assert found["light"]
    assert moving["heights"] == moving["given"] == LOWER["z"]
    assert moving["shape"] == [2, 3], "plotly has put points of its own between them"
    assert (moving.pop("sharpness"), resting.pop("sharpness")) == (1, 2)
    assert moving == resting
    assert moving["eye"] == pytest.approx({"x": 2, "y": 0.5, "z": 1})
    assert moving["range"] == [3, 2, 5]
    assert not set(SCENES) & {*found["told"]["missing"], *found["told"]["untold"]}, plotly.__version__


def test_a_path_in_space_moves_without_its_surface(space: Page) -> None:
    found = in_space(space, change={"x": [0, 2], "y": [1, 2], "z": [3, 4]}, indices=[1])
    assert found["light"]
    assert found["moving"]["path"] == [3, 4]
    assert found["moving"]["heights"] == [[0, 1, 0], [1, 0, 1]]


@pytest.mark.parametrize(
    "change",
    [{"z": [[0, 1, 2]], "y": [0]}, {"x": [0, 1], "z": [[0, 1], [1, 0]]}],
    ids=["fewer rows", "fewer columns"],
)
def test_a_surface_of_another_size_is_left_to_plotly(space: Page, change: dict[str, Any]) -> None:
    assert not in_space(space, change=change)["light"]


@pytest.mark.parametrize("name", SCENES)
def test_without_one_of_its_names_a_scene_is_drawn_by_plotly_alone_and_that_is_said_once(
    space: Page, said: list[str], name: str
) -> None:
    found = in_space(space, name)
    assert found["told"]["missing"] == [name]
    assert found["light"] == (name not in NEEDED)
    (line,) = (line for line in said if "lacks" in line)
    assert name in line


GRIDDED = """async (traces) => {
  const { gridded } = await import("/light.js");
  const every = (change) => (value) => value.map ? [...value].map(change)
    : value.constructor !== Object ? value
    : Object.fromEntries(Object.entries(value).map(([name, part]) => [name, change(part)]));
  const array = ({ numbers, shape }) => Object.assign(new Float32Array(numbers), { shape });
  const arrays = (value) => value.numbers ? array(value) : every(arrays)(value);
  const plain = (value) => every(plain)(value);
  return traces.map(arrays).map(gridded).map(plain);
}"""


def test_every_array_of_several_dimensions_becomes_rows_whatever_the_trace_is(
    page: Page,
) -> None:
    across, up = {"numbers": [0, 1, 2], "shape": [3]}, {"numbers": [0, 1], "shape": [2]}
    grid, flat = (
        {"numbers": [1, 2, 3, 4, 5, 6], "shape": [2, 3]},
        {"numbers": [1, 2, 3, 4, 5, 6], "shape": [6]},
    )
    cube = {"numbers": [1, 2, 3, 4, 5, 6], "shape": [2, 3, 1]}
    axes, rows = {"x": across, "y": up}, [[1, 2, 3], [4, 5, 6]]
    cases = [
        ({"type": "contour", "z": grid}, {"z": rows}),
        ({"type": "contour", "customdata": grid}, {"customdata": rows}),
        ({"type": "heatmap", "z": flat}, {"z": rows}),
        ({"type": "heatmap", "z": grid}, {"z": rows}),
        ({"type": "surface", "z": flat, "surfacecolor": grid}, {"z": rows, "surfacecolor": rows}),
        ({"type": "scatter3d", "z": flat}, {"z": flat["numbers"]}),
        ({"type": "scatter", "text": "abc"}, {"text": "abc"}),
        ({"type": "image", "z": cube}, {"z": [[[1], [2], [3]], [[4], [5], [6]]]}),
        ({"type": "table", "cells": {"values": grid}}, {"cells": {"values": rows}}),
        ({"type": "splom", "dimensions": [{"values": grid}]}, {"dimensions": [{"values": rows}]}),
    ]
    found = page.evaluate(GRIDDED, [{**trace, **axes} for trace, _ in cases])
    for (_, expected), trace in zip(cases, found, strict=True):
        assert {name: trace[name] for name in expected} == expected
        assert (trace["x"], trace["y"]) == ([0, 1, 2], [0, 1])


# ---- a whole stage -------------------------------------------------------------------------------------

# Takes a name away after each of plotly's own drawings.
LOSE_AXES = """
{
  const { react } = Plotly;
  Plotly.react = (gd, ...figure) => {
    const done = react(gd, ...figure);
    delete gd._fullLayout.xaxis.d2p;
    return done;
  };
}
"""


def without_axes(route: Route) -> None:
    """plotly.js with another name for what its axes do."""
    route.fulfill(body=PLOTLY.read_text("utf-8") + LOSE_AXES, content_type="text/javascript")


def test_without_one_of_plotlys_names_a_stage_is_drawn_by_plotly_alone_and_its_handles_hide(
    meet: Meet, bench_server: Server
) -> None:
    reader = meet(bench_server.url, {"**/plotly*.min.js": without_axes})
    assert reader.part("handle").count() == 1
    assert reader.part("handle").is_hidden()
    drawn = {"shift": 0.5, "load": 1.0, "shape": "line"}
    reader.hold("slope")
    for target in (0.5, -1.0):
        reader.sees_picture(desk.picture(slope=reader.move("slope", target), **drawn))
    shown = reader.value("slope")
    reader.release()
    reader.link_is(slope=f"{shown:g}")
    assert not reader.complaints


def test_a_contour_gets_its_heights_row_by_row_in_every_frame(walk: Walk, bench_server: Server) -> None:
    reader = walk(bench_server, "/?bench=contour")
    reader.sees_heights(0, 0, desk.heights(1.0))
    reader.hold("slope")
    reader.sees_heights(0, 0, desk.heights(reader.move("slope", -1.5)))
    assert reader.page.locator(".contourlayer path").count() > 3
    reader.release()
    reader.rests()
