"""What is dragged moves the picture at once, and the link when it is let go."""

from typing import Literal
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator

from pages.shared.stage.sweep import NEAR
from pages.single_neuron import picture as neuron
from tests.browser import bench as desk
from tests.browser.reader import PLOTS, UNDRAWN, Held, Reader

LESSON = {"weight": 1.0, "bias": 0.0, "x": 1.0, "activation": "sigmoid"}
BENCH = {"slope": 1.0, "shift": 0.5, "load": 1.0, "shape": "line"}


def visible(reader: Reader) -> list[bool | str]:
    """Which curves of the first plot the reader has not hidden."""
    found: list[bool | str] = reader.page.evaluate(f"{PLOTS}[0]._fullData.map((trace) => trace.visible)")
    return found


def test_the_curve_moves_before_the_knob_is_released(lesson):
    before = lesson.ink()
    lesson.hold("weight w")
    lesson.move("weight w", 6.0)
    lesson.until(lambda: lesson.ink() != before)
    assert lesson.link() == {}
    assert not any(request["commit"] for request in lesson.socket.requests)


def test_the_value_is_in_the_link_and_on_the_page_once_the_knob_is_released(bench):
    shown = bench.drag("slope", -1.5)
    bench.link_is(slope=f"{shown:g}")
    bench.page.get_by_text(f"committed: slope={shown}, shift=0.5, load=1.0, shape=line").wait_for()


def test_every_frame_of_a_drag_is_numpys(lesson):
    lesson.hold("weight w")
    for target in (2.0, 9.0, 10.0, 0.0, -3.0, -10.0):
        shown = lesson.move("weight w", target)
        lesson.sees_picture(neuron(**{**LESSON, "weight": shown}))
    lesson.release()
    lesson.rests()
    for target in (-10.0, 3.3, 10.0):
        lesson.sees_picture(neuron(**{**LESSON, "weight": shown, "bias": lesson.drag("bias b", target)}))


# What is written of a stage, and whether it was so before, or a text in the place of another one.
IDLE = """() => {
  const idle = window.idle = {written: 0, again: []};
  const text = (nodes) => nodes.length === 1 && nodes[0].nodeType === Node.TEXT_NODE;
  const named = ({nodeName, id, className}) => `${nodeName} ${id} ${className.baseVal ?? className}`;
  const options = {subtree: true, childList: true, attributes: true, attributeOldValue: true};
  // A message of Python's, with which the theme comes, writes the whole picture.
  const answered = (records) => records.some(({attributeName}) => attributeName === "data-theme");
  new MutationObserver((records) => answered(records) || records.forEach((each) => {
    const {type, target, attributeName: name, oldValue, addedNodes, removedNodes} = each;
    // When it rests the whole plot is drawn, and what can be undone is told.
    if (target.matches(".sp-plot, button") || target.closest(".js-plotly-plot")) return;
    idle.written++;
    const alike = records.filter((other) => other.target === target && other.attributeName === name);
    const same = type === "attributes" ? alike.length === 1 && target.getAttribute(name) === oldValue
      : text(addedNodes) && text(removedNodes);
    if (same) idle.again.push(`${name ?? "text"} of ${named(target)}`);
  })).observe(document.querySelector(".sp-stage"), options);
}"""


@pytest.mark.parametrize(
    ("page", "knob", "values"),
    [("single_neuron", "weight w", (2.0, 6.0, -3.0)), ("nonlinearity", "nonlinearity α", (0.3, 0.6, 0.9))],
)
def test_while_a_knob_is_held_only_what_changes_is_written(stay, app_server, page, knob, values):
    reader = stay(app_server, f"/{page}")
    reader.hold(knob)
    reader.move(knob, values[0])
    reader.until(lambda: reader.socket.is_answered)
    reader.page.evaluate(IDLE)
    for value in values[1:]:
        before = reader.ink()
        reader.move(knob, value)
        reader.until(lambda before=before: reader.ink() != before)
    written, again = reader.page.evaluate("[idle.written, idle.again]")
    assert written > 4
    assert not again


def test_every_choice_shows_what_numpy_says(lesson):
    for name in ("step", "tanh", "ReLU", "identity", "sigmoid"):
        lesson.choose(name)
        lesson.sees_picture(neuron(**{**LESSON, "activation": name}))


def test_all_plots_the_diagram_the_readouts_and_the_tasks_follow_the_drag(new_bench):
    new_bench.hold("slope")
    shown = new_bench.move("slope", -1.0)
    new_bench.sees_picture(desk.picture(**{**BENCH, "slope": shown}))
    new_bench.soon(new_bench.part("diagram").text_content, f"slope {shown:+.2f}")
    new_bench.soon(new_bench.part("says").text_content, f"Its slope is {shown:+.2f}.")
    assert new_bench.part("done").get_attribute("aria-label") == "to do"
    told = f"{shown / 2:+.2f}".replace("-", "−")
    assert new_bench.part("readouts").locator("dd").first.text_content() == told


def test_the_plots_are_never_mounted_anew(bench):
    bench.mark_plots()
    bench.drag("slope", -1.0)
    bench.choose("wave")
    bench.rests()
    bench.page.get_by_role("button", name="set steep").click()
    bench.rests()
    bench.drag("shift", 0.2)
    assert bench.marks() == [0, 1]


def test_a_preset_sets_several_and_reset_sets_all(bench):
    bench.choose("wave")
    bench.page.get_by_role("button", name="set steep").click()
    bench.link_is(slope="2")
    bench.drag("load", 3.0)
    bench.page.get_by_role("button", name="reset every control").click()
    bench.link_is()
    bench.sees_picture(desk.picture(**BENCH))


def test_zoom_and_hidden_curves_outlive_drags_choices_and_commits(new_bench):
    zoomed = new_bench.zoom(0)
    new_bench.page.locator(".legendtoggle").nth(1).click()
    new_bench.soon(lambda: visible(new_bench), [True, "legendonly"])
    new_bench.hold("slope")
    shown = new_bench.move("slope", -1.0)
    new_bench.sees_picture(desk.picture(**{**BENCH, "slope": shown}))
    new_bench.release()
    new_bench.rests()
    new_bench.choose("wave")
    new_bench.rests()
    new_bench.sees_picture(desk.picture(**{**BENCH, "slope": shown, "shape": "wave"}))
    new_bench.drag("shift", 0.2)
    assert visible(new_bench) == [True, "legendonly"]
    assert new_bench.ranges(0) == zoomed


def test_a_handle_ends_where_the_pointer_is_and_moves_its_knob(bench):
    handle, value = bench.part("handle"), 0.5
    left, right, *_ = bench.ranges(0)
    across = bench.page.evaluate(f"{PLOTS}[0]._fullLayout.xaxis._length") / (right - left)
    for target in (0.15, 0.8):
        start, link = centre(handle), bench.link()
        end = start[0] + (target - value) * across, start[1] + 30
        bench.page.mouse.move(*start)
        bench.page.mouse.down()
        bench.until(lambda end=end, target=target: follows(bench, end, target))
        assert bench.link() == link
        bench.page.mouse.up()
        bench.link_is(shift=f"{target:g}")
        bench.sees_picture(desk.picture(**{**BENCH, "shift": target}))
        assert abs(centre(handle)[0] - end[0]) <= 0.01 * across / 2 + 1
        value = target


def follows(bench: Reader, end: tuple[float, float], target: float) -> bool:
    """Move the pointer there; whether the knob has gone along (it cannot before its sweep has come)."""
    bench.page.mouse.move(end[0] - 1, end[1])
    bench.page.mouse.move(*end)
    return bench.value("shift") == target


def centre(locator: Locator) -> tuple[float, float]:
    box = locator.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_picture_that_raises_says_why_and_the_next_one_is_drawn(bench):
    bench.hold("load")
    bench.move("load", 4.0)
    bench.sees_picture(desk.picture(**{**BENCH, "load": 4.0}))
    bench.move("load", 8.0)
    bench.soon(bench.part("error").inner_text, "load must be at most 5, got load=8")
    bench.sees_picture(desk.picture(**{**BENCH, "load": 4.0}))
    bench.release()
    bench.link_is(load="8")
    bench.page.get_by_text("load=8.0").wait_for()
    assert bench.part("error").inner_text() == "load must be at most 5, got load=8"
    bench.drag("load", 2.0)
    bench.sees_picture(desk.picture(**{**BENCH, "load": 2.0}))
    assert not bench.part("error").is_visible()


def test_a_link_to_a_picture_that_raises_says_why_and_can_be_left(visit, bench_server):
    """Nothing was drawn before, so there is nothing to keep."""
    page = visit(f"{bench_server.url}?load=8", whole=UNDRAWN)
    page.soon(page.part("error").inner_text, "load must be at most 5, got load=8")
    page.drag("load", 2.0)
    page.sees_picture(desk.picture(**{**BENCH, "load": 2.0}))


def test_without_a_sweep_the_picture_still_follows_and_one_request_is_in_flight(walk, bench_server):
    page = walk(bench_server, "/?bench=heavy")
    page.hold("slope")
    for target in (0.5, -0.5, -1.0, -1.5, -2.0):
        shown = page.move("slope", target)
    page.sees_picture(desk.heavy(shown))
    assert page.link() == {"bench": "heavy"}
    assert page.socket.most_in_flight == 1
    assert all(message["sweep"] is None for message in page.socket.messages)
    page.release()
    page.link_is(bench="heavy", slope=f"{shown:g}")
    assert page.socket.most_in_flight == 1


def test_without_a_sweep_a_handle_still_goes_to_the_pointer_and_one_request_is_in_flight(walk, bench_server):
    page = walk(bench_server, "/?bench=heavy")
    page.page.mouse.move(*centre(page.part("handle")))
    page.page.mouse.down()
    for target in (-1.0, 1.7, 0.3):
        page.page.mouse.move(*page.at(0, 1.0, target), steps=3)
        page.soon(lambda: page.value("slope"), target)
        page.sees_picture(desk.heavy(target))
    assert page.link() == {"bench": "heavy"}
    assert page.socket.most_in_flight == 1
    assert all(message["sweep"] is None for message in page.socket.messages)
    asked = len(page.socket.requests)
    page.release()
    page.link_is(bench="heavy", slope="0.3")
    assert [request["commit"] for request in page.socket.requests[asked:]] == [True]


def test_where_many_ask_the_frames_near_the_thumb_come_first_and_then_the_rest(walk, bench_server):
    reader = walk(bench_server, "/?bench=crowd")
    sweeps = lambda: [each["sweep"]["count"] for each in reader.socket.messages if each["sweep"]]  # noqa: E731
    reader.socket.forget()
    reader.hold("slope")
    # Two wait, so half as many come first.
    reader.soon(sweeps, [2 * (NEAR // 2) + 1, 201])
    asked = len(reader.socket.requests)
    for target in (1.2, -1.9, 0.9):
        shown = reader.move("slope", target)
        reader.sees_picture(desk.beside(0.0, shown))
    assert len(reader.socket.requests) == asked
    reader.release()
    reader.link_is(bench="crowd", slope=f"{shown:g}")


def test_a_commit_that_makes_another_picture_brings_its_sweep_to_the_knob_in_hand(walk, bench_server):
    page = walk(bench_server, "/?bench=beside")
    page.knob("slope").focus()
    page.knob("slope").press("ArrowRight")
    page.link_is(bench="beside", slope="1.05")
    page.until(lambda: page.socket.requests[-1]["sweep"] == "slope" and page.socket.is_answered)
    asked = len(page.socket.requests)
    page.hold("slope")
    shown = page.move("slope", -1.0)
    page.sees_picture(desk.beside(1.05, shown))
    assert len(page.socket.requests) == asked


NO_PATIENCE = """() => {
  const wait = window.setTimeout;
  window.setTimeout = (act, delay, ...more) => wait(act, delay >= 5000 ? delay / 1000 : delay, ...more);
}"""


def test_a_request_that_seems_lost_is_repeated_without_its_sweep_and_with_more_patience(fresh_bench):
    """Asked for anew each time, the sweep of a busy server would never come."""
    fresh_bench.page.evaluate(NO_PATIENCE)
    fresh_bench.hold("slope")
    shown = fresh_bench.move("slope", -1.0)
    fresh_bench.sees_picture(desk.picture(**{**BENCH, "slope": shown}))
    fresh_bench.release()
    fresh_bench.rests()
    # A run of the page that is wanted just then brings the same request along: its name is answered once.
    asked = [*{request["id"]: request["sweep"] for request in fresh_bench.socket.requests}.values()]
    assert len(asked) > 3
    # Once as the pointer comes near, and once as the knob is taken, unless the first answer is there by then.
    assert asked.count("slope") <= 2
    fresh_bench.link_is(slope=f"{shown:g}")


# As a menu does it; and before that run ends the stage is asked for something.
RUN_PAGE_AND_ASK = """(name) => {
  const buttons = [...document.querySelectorAll(".sp-buttons .sp-button")];
  const button = buttons.find((each) => each.textContent === name);
  window.postMessage({ stCommVersion: 1, type: "RERUN_SCRIPT" }, location.origin);
  setTimeout(() => button.click(), 5);
}"""


def test_a_run_of_the_page_that_one_of_the_stage_follows_at_once_leaves_the_plots_where_they_are(fresh_bench):
    fresh_bench.mark_plots()
    marks = fresh_bench.marks()
    for link in [{"slope": "2"}, {}] * 10:
        fresh_bench.page.evaluate(RUN_PAGE_AND_ASK, "Reset" if not link else "steep")
        fresh_bench.link_is(**link)
    assert fresh_bench.marks() == marks


UNPACK_SLOWLY = """() => {
  const { arrayBuffer } = Response.prototype;
  Response.prototype.arrayBuffer = async function () {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return arrayBuffer.call(this);
  };
}"""


def test_a_message_that_is_overtaken_by_the_next_one_leaves_the_plots_where_they_are(visit, bench_server):
    """Streamlit then takes back what it did with the first one, as if the stage had gone."""
    page = visit(f"{bench_server.url}?bench=beside")
    page.mark_plots()
    page.page.evaluate(UNPACK_SLOWLY)
    shown = page.drag("slope", -1.0)
    page.sees_picture(desk.beside(shown, shown))
    assert page.marks() == [0]


KEEP_WEAKLY = """() => {
  const { arrayBuffer } = Response.prototype;
  window.blocks = [];
  Response.prototype.arrayBuffer = async function () {
    const block = await arrayBuffer.call(this);
    window.blocks.push(new WeakRef(block));
    return block;
  };
}"""


def test_what_was_shown_once_is_forgotten(fresh_bench):
    """The numbers of a message may stay while it is shown, or is the sweep of a knob."""
    fresh_bench.page.evaluate(KEEP_WEAKLY)
    for target in (2.0, -1.0, 0.5, -2.0, 1.5, -0.5):
        fresh_bench.drag("slope", target)
    collector = fresh_bench.page.context.new_cdp_session(fresh_bench.page)
    collector.send("HeapProfiler.collectGarbage")
    alive = "window.blocks.filter((block) => block.deref()).length"
    assert fresh_bench.page.evaluate("window.blocks.length") > 6
    fresh_bench.until(lambda: fresh_bench.page.evaluate(alive) <= 3)


# In the first frame after the pointer has moved: the ink, and how many heights the picture has.
KEEP_FIRST_INK = """() => window.addEventListener("pointermove", () => requestAnimationFrame(() => {
  const drawn = document.querySelector(".js-plotly-plot").data[0].y.filter(Number.isFinite).length;
  window.inked ??= [document.querySelector(".sp-sketch path").getAttribute("d"), drawn];
}), { once: true })"""


def test_pixels_are_drawn_rubbed_out_and_set_by_keys_and_are_in_the_link(walk, bench_server):
    page = walk(bench_server, "/?bench=pixels")
    board = page.part("pixels")
    box = board.bounding_box()

    def stroke(*places: tuple[float, float], button: Literal["left", "right"] = "left") -> None:
        at = [
            (box["x"] + box["width"] * (x + 0.5) / 6, box["y"] + box["height"] * (y + 0.5) / 4)
            for x, y in places
        ]
        page.page.mouse.move(*at[0])
        page.page.mouse.down(button=button)
        page.page.mouse.move(*at[1], steps=8)

    pictures = Held(page.page, "**/asked")
    stroke((0.0, 1.0), (9.0, 1.0))
    assert page.part("wet").count() == 18, "the ink is there before Python's picture"
    assert page.array(0, 0, "z").min() == page.array(0, 0, "z").max()
    pictures.release()
    page.page.mouse.up()
    page.link_is(bench="pixels", drawn="111111444444111111")
    page.rests()
    page.soon(page.part("wet").count, 0)
    assert not page.page.evaluate("document.activeElement.matches('.sp-pixels')"), "arrow keys stay a talk's"
    stroke((4.0, 1.0), (4.0, 1.0), button="right")
    page.page.mouse.up(button="right")
    page.link_is(bench="pixels", drawn="111111444303111111")
    page.rests()
    for key in (
        "ArrowDown",
        "ArrowDown",
        "ArrowDown",
        "ArrowDown",
        "ArrowRight",
        " ",
        "ArrowLeft",
        "ArrowLeft",
    ):
        board.press(key)
    page.link_is(bench="pixels", drawn="11111144430311111104")
    page.soon(page.part("said").inner_text, "row 4, column 1: empty")
    page.rests()
    drawn = (1, 1, 1, 1, 1, 1, 4, 4, 4, 3, 0, 3, 1, 1, 1, 1, 1, 1, 0, 4, 0, 0, 0, 0)
    page.sees_picture(desk.inked(drawn))
    page.page.get_by_role("button", name="Rub all out").click()
    page.link_is(bench="pixels")
    page.sees_picture(desk.inked((0,) * 24))


def test_a_sketch_is_drawn_with_the_pointer_and_is_in_the_link(walk, bench_server):
    page = walk(bench_server, "/?bench=sketch")
    box = page.part("sketch").bounding_box()

    def at(x: float, y: float) -> tuple[float, float]:
        return box["x"] + box["width"] * (x + 0.1) / 1.2, box["y"] + box["height"] * (3 - y) / 6

    pictures = Held(page.page, "**/asked")
    page.page.mouse.move(*at(0.07, 1.5))
    page.page.evaluate(KEEP_FIRST_INK)
    page.page.mouse.down()
    page.page.mouse.move(*at(0.55, -1.0), steps=10)
    path, drawn = page.page.evaluate("window.inked")
    assert (path.count("M"), drawn) == (1, 0), "the ink is there before Python's picture"
    pictures.release()
    page.until(lambda: page.array(0, 0)[4] < 0)
    assert page.link() == {"bench": "sketch"}
    page.page.mouse.up()
    page.until(lambda: "guess" in page.link())
    page.rests()
    cells = page.link()["guess"].split("_")
    assert (len(cells), all(cells)) == (5, True)
    assert float(cells[0]) > float(cells[1]) > float(cells[4])
    page.soon(lambda: page.part("sketch").locator("path").get_attribute("d"), "")
    guess = (*map(float, cells), *[None] * (desk.CELLS - len(cells)))
    page.sees_picture(desk.sketched(guess))
    walk(bench_server, f"/?{urlencode(page.link())}").sees_picture(desk.sketched(guess))
