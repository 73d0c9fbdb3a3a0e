"""The plane: a field is painted as plotly.js paints it, lines are dragged, and points are set by hand."""

from __future__ import annotations

import itertools
from functools import partial
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest
from numpy.typing import NDArray

from nn_core.plane.labelled import MOST
from pages import nonlinearity as lesson_of_bending
from pages.scenes.decision_boundary import by_hand as boundary_by_hand
from pages.scenes.decision_boundary import trained as boundary_trained
from pages.shared.stage.picture import Picture
from tests.browser.reader import PLOTS, Reader, assert_same_ink, told
from tests.browser.test_drawing_in_browser import drawn_lightly

ONE, TWO = "/decision_boundary", "/decision_boundary?network=two+hidden+neurons"
BENT, TRAINED = "/nonlinearity", "/decision_boundary?network=trained"
OWN = f"{TRAINED}&points=your+points"
XOR = boundary_by_hand.BY_HAND["XOR"]
LINE = {"w1": 2.0, "w2": 1.0, "b": 0.5}
STEP = 0.1
LEVELS_APART = 2


def shows(reader: Reader, picture: Picture) -> None:
    """The stage shows this picture: its curves, its fields, its numbers and its tasks."""
    reader.sees_picture(picture)
    said = picture.message()
    for plot, figure in enumerate(said["plots"]):
        for trace, each in enumerate(figure["data"]):
            if "z" in each:
                reader.sees_heights(plot, trace, each["z"])
    reader.soon(reader.part("readouts").locator("dd").all_inner_texts, told(said["readouts"]))
    reader.soon(reader.part("says").all_inner_texts, [task["says"] for task in said["tasks"].values()])


# ---- fields -----------------------------------------------------------------------------------------


def assert_painted_as_plotly_paints(reader: Reader, label: str, target: float) -> None:
    """The light frame of a held knob and plotly's own, once it rests, have the same pixels and lines."""
    before = reader.fields()
    reader.hold(label)
    light = drawn_lightly(reader, label, target)
    reader.until(lambda: reader.drawings() > light.drawings)
    own = reader.fields()
    assert list(map(len, own)) == list(map(len, light.fields))
    assert any(map(len, own))
    for old, one, other in zip(
        *(itertools.chain(*each) for each in (before, light.fields, own)), strict=True
    ):
        painted, wanted, was = (reader.pixels(image) for image in (one, other, old))
        assert painted.shape == wanted.shape
        assert np.abs(painted - wanted).max() <= LEVELS_APART
        assert np.abs(wanted - was).max() > 10 * LEVELS_APART, "nothing is shown: the field stood still"
    assert_same_ink(light.ink, reader.ink(), within=0.1)
    reader.release()
    reader.rests()


@pytest.mark.parametrize(
    ("path", "moves"),
    [
        (TWO, [("w₁₁, from x₁ to neuron 1", -6.0), ("bias b₂", 5.0)]),
        (TRAINED, [("iteration", 1500.0)]),
        # Squares with edges, the first row at the top; letters that become others; tables that are learnt.
        ("/attention?scene=induction", [("sharpness β", 4.0)]),
        ("/attention?scene=recall", [("iteration", 120.0)]),
    ],
)
def test_a_held_knob_paints_field_boundary_points_and_words_as_plotly_does(go, path, moves):
    reader = go(path)
    for label, target in moves:
        assert_painted_as_plotly_paints(reader, label, target)


# Moves a knob by a step in every other frame; tells the images seen, plotly's drawings, the longest pause.
SWEEP_BY = """async ([label, steps]) => {
  const knob = document.querySelector(`input[type=range][aria-label="${label}"]`);
  const frame = () => new Promise(requestAnimationFrame);
  const drawings = window.drawings;
  const images = new Set();
  let [pause, last] = [0, performance.now()];
  for (let step = 0; step < steps; step++) {
    knob.stepUp();
    knob.dispatchEvent(new Event("input", { bubbles: true }));
    await frame();
    await frame();
    images.add(document.querySelector(".heatmaplayer image").href.baseVal);
    pause = Math.max(pause, performance.now() - last);
    last = performance.now();
  }
  return [images.size, window.drawings - drawings, pause];
}"""
RESTS_AFTER_MS = 200


def test_a_field_moves_with_every_step_of_a_drag_and_plotly_draws_it_only_at_rest(go):
    reader = go(f"{BENT}?alpha=0.3")
    reader.hold("nonlinearity α")
    drawn_lightly(reader, "nonlinearity α", 0.4)
    for _ in range(5):
        drawn = reader.drawings()
        images, drawings, pause = reader.page.evaluate(SWEEP_BY, ["nonlinearity α", 6])
        if pause < RESTS_AFTER_MS:
            break
    assert pause < RESTS_AFTER_MS, "this machine is too slow to tell"
    assert (images, drawings) == (6, 0)
    reader.until(lambda: reader.drawings() > drawn)
    chosen = lesson_of_bending.course("tanh", 2)
    shows(reader, lesson_of_bending.picture(chosen, alpha=reader.value("nonlinearity α")))
    reader.release()
    reader.rests()
    assert_painted_as_plotly_paints(reader, "nonlinearity α", 1.0)


def test_play_moves_the_iteration_to_its_end_and_the_numbers_follow(go):
    reader = go(f"{TRAINED}&iteration=1900")
    before = reader.part("readouts").inner_text()
    reader.page.get_by_role("button", name="play iteration").click()
    reader.until(lambda: reader.link().get("iteration") == "2000")
    planned = boundary_trained.plan((4,), "tanh", 1.0)
    defaults = {name: spec["value"] for name, spec in reader.socket.messages[-1]["inputs"].items()}
    del defaults["iteration"]
    end = boundary_trained.cloud_picture("moons", planned, **defaults, iteration=2000.0)
    shows(reader, end)
    assert reader.part("readouts").inner_text() != before


# ---- grips ------------------------------------------------------------------------------------------


def take(reader: Reader, at: tuple[float, float]) -> None:
    """Press the pointer down there."""
    reader.page.mouse.move(*at)
    reader.page.mouse.down()


def middle(reader: Reader, part: str, index: int) -> tuple[float, float]:
    """Where the middle of a grip or a point is on the screen."""
    box = reader.part(part).nth(index).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def line_of(reader: Reader) -> dict[str, float]:
    """The weights and the bias that the knobs show."""
    labels = ("weight w₁", "weight w₂", "bias b")
    return dict(zip(LINE, map(reader.value, labels), strict=True))


def misses(reader: Reader, trace: int, spot: tuple[float, float]) -> float:
    """How far the drawn line passes by a point, in units of the plane."""
    (left, *_, right), (low, *_, high) = (reader.array(0, trace, axis).astype(float) for axis in "xy")
    across, up = right - left, high - low
    return float(abs(across * (spot[1] - low) - up * (spot[0] - left)) / np.hypot(across, up))


def farthest(spot: tuple[float, float], line: dict[str, float]) -> float:
    """How far a line may pass by a point where weights and bias are rounded to the steps of their knobs."""
    return STEP / 2 * (abs(spot[0]) + abs(spot[1]) + 1) / float(np.hypot(line["w1"], line["w2"])) + 1e-3


def test_a_line_goes_through_the_pointer_that_holds_its_grip_and_the_link_has_it_when_let_go(go):
    reader = go(ONE)
    trace, before, link = reader.trace(0, "line 1"), dict(LINE), {}
    for grip, spot, moved in [(0, (0.5, 0.3), {"b"}), (1, (0.9, -0.4), {"w1", "w2"})]:

        def follows(spot: tuple[float, float] = spot, before: dict[str, float] = before) -> bool:
            line = line_of(reader)
            return line != before and misses(reader, trace, spot) <= farthest(spot, line)

        take(reader, middle(reader, "grip", grip))
        reader.page.mouse.move(*reader.at(0, *spot), steps=4)
        reader.until(follows, complaint=lambda spot=spot: f"it passes by at {misses(reader, trace, spot)}")
        assert reader.link() == link
        reader.release()
        reader.rests()
        assert follows()
        after = line_of(reader)
        assert moved <= {name for name in LINE if after[name] != before[name]}
        assert grip or (after["w1"], after["w2"]) == (before["w1"], before["w2"])
        link = {name: f"{after[name]:g}" for name in LINE if after[name] != LINE[name]}
        reader.link_is(**link)
        shows(reader, boundary_by_hand.one_neuron(XOR, **after))
        before = after
    assert reader.socket.most_in_flight == 1


# ---- points of one's own ------------------------------------------------------------------------------


def own_points(reader: Reader) -> list[tuple[float, float, int]]:
    """What the link says of them."""
    parts = [point.split("_") for point in reader.link()["own"].split("__") if point]
    return [(float(x), float(y), int(kind)) for x, y, kind in parts]


def own_picture(points: list[tuple[float, float, int]]) -> Picture:
    planned = boundary_trained.plan((4,), "tanh", 1.0)
    shown = boundary_trained.AS_PROBABILITIES
    return boundary_trained.own_picture(planned, tuple(points), seed=1.0, iteration=0.0, shown=shown)


# Where the middles are of what a selector finds in the first plot, and of what plotly.js has drawn of points.
MIDDLES = f"""(selector) => [...{PLOTS}[0].parentNode.querySelectorAll(selector)]
  .filter((node) => !node.hidden)
  .map((node) => node.getBoundingClientRect())
  .map((box) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2])"""


def middles(reader: Reader, selector: str) -> NDArray[np.float64]:
    return np.array(reader.page.evaluate(MIDDLES, selector)).reshape(-1, 2)


def buttons(reader: Reader) -> NDArray[np.float64]:
    """Where the points that can be held stand on the screen."""
    return middles(reader, ".sp-point")


def stand_on_points(reader: Reader) -> bool:
    """Whether each of them stands on a point that plotly.js has drawn, and each of those has one."""
    found, drawn = buttons(reader), middles(reader, ".scatterlayer .point")
    apart = np.linalg.norm(found[:, None] - drawn[None], axis=2)
    return len(found) == len(drawn) and bool(max(apart.min(axis=0).max(), apart.min(axis=1).max()) < 1.5)


def test_points_are_clicked_in_dragged_moved_by_keys_and_removed_and_the_link_has_them(go):
    reader = go(OWN)
    first = list(boundary_trained.FIRST)
    put = partial(reader.at, 0)
    shows(reader, own_picture(first))
    reader.choose("class 1")
    reader.page.mouse.click(*put(0.2, 0.3))
    reader.until(lambda: "own" in reader.link())
    assert own_points(reader) == [*first, (0.2, 0.3, 1)]
    take(reader, put(0.2, 0.3))
    reader.page.mouse.move(*put(-0.4, 0.1), steps=4)
    reader.sees(0, reader.trace(0, "class 1"), [*(y for _, y, kind in first if kind), 0.1])
    assert own_points(reader)[-1] == (0.2, 0.3, 1)
    reader.release()
    reader.soon(lambda: own_points(reader), [*first, (-0.4, 0.1, 1)])
    for key in ("ArrowRight", "ArrowUp", "ArrowUp", "ArrowDown"):
        reader.part("point").nth(4).press(key)
    reader.soon(lambda: own_points(reader), [*first, (-0.3, 0.2, 1)])
    reader.until(lambda: stand_on_points(reader))
    reader.part("point").nth(0).press("Delete")
    reader.soon(lambda: own_points(reader), [*first[1:], (-0.3, 0.2, 1)])
    take(reader, buttons(reader)[0])
    reader.page.mouse.move(*put(-3.0, 0.0), steps=4)
    reader.release()
    left = [*first[2:], (-0.3, 0.2, 1)]
    reader.soon(lambda: own_points(reader), left)
    shows(reader, own_picture(left))
    query = reader.page.url.partition("?")[2]
    again = go(f"/decision_boundary?{query}")
    shows(again, own_picture(left))
    assert len(buttons(again)) == len(left)


def test_there_are_no_more_points_than_there_is_room_for_and_what_is_held_stays_on_what_is_drawn(go):
    columns = [
        (round(-1 + 0.16 * column, 2), round(-1 + 0.2 * row, 2)) for column in range(6) for row in range(10)
    ]
    points = [(x, y, index % 2) for index, (x, y) in enumerate(columns)]
    assert len(points) == MOST
    own = "__".join(f"{x:g}_{y:g}_{kind}" for x, y, kind in points)
    reader = go(
        f"/decision_boundary?{urlencode({'network': 'trained', 'points': 'your points', 'own': own})}"
    )
    assert len(buttons(reader)) == MOST
    reader.until(lambda: stand_on_points(reader))
    reader.page.mouse.click(*reader.at(0, 0.6, 0.1))
    reader.soon(reader.part("notice").text_content, f"There is room for {MOST} points.")
    reader.page.get_by_role("button", name="Add one in the middle").click()
    assert len(buttons(reader)) == MOST
    before = buttons(reader)
    reader.page.set_viewport_size({"width": 1000, "height": 700})
    reader.until(lambda: not np.array_equal(buttons(reader), before) and stand_on_points(reader))
    reader.page.evaluate(
        f"Plotly.relayout({PLOTS}[0], {{ 'xaxis.range': [-1.3, 1.1], 'yaxis.range': [-1.1, 1.3] }})"
    )
    moved = buttons(reader)
    reader.until(lambda: stand_on_points(reader))
    assert not np.array_equal(moved, before)
    assert own_points(reader) == points


# ---- where plots stand --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [BENT, TWO])
def test_two_plots_stand_side_by_side_on_a_desk_and_one_below_the_other_on_a_phone(go, path):
    reader = go(path)
    places = [reader.part("plot").nth(index) for index in range(2)]

    def boxes() -> Any:
        found = [place.bounding_box() for place in places]
        return [
            (box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]) for box in found if box
        ]

    first, second = boxes()
    assert first[2] <= second[0]
    assert first[1] == second[1]
    reader.page.set_viewport_size({"width": 390, "height": 844})
    reader.until(lambda: boxes()[0][3] <= boxes()[1][1], complaint=lambda: f"they stand at {boxes()}")
    assert boxes()[0][0] == boxes()[1][0]
    assert max(box[2] for box in boxes()) <= 390
