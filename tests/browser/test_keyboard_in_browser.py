"""Everything can be done without a pointer, typed, played, and heard."""

import numpy as np
import pytest

from tests.browser import bench as desk

BENCH = {"slope": 1.0, "shift": 0.5, "load": 1.0, "shape": "line"}
OWN_FORMULA = "/approximator?target=your+formula&below=network"
OWN_POINTS = "/decision_boundary?network=trained&points=your+points"


def test_keys_move_a_knob_and_its_picture_and_the_knob_says_its_value(bench):
    """An arrow is one step, a page is ten, Home and End are the ends."""
    knob = bench.knob("slope")
    knob.focus()
    assert knob.get_attribute("aria-label") == "slope"
    assert knob.get_attribute("aria-valuetext") == "1.00"
    for key, value in [
        ("ArrowRight", 1.05), ("ArrowUp", 1.1), ("ArrowLeft", 1.05), ("ArrowDown", 1.0),
        ("PageUp", 1.5), ("PageDown", 1.0), ("End", 2.0), ("PageUp", 2.0), ("Home", -2.0),
    ]:  # fmt: skip
        bench.page.keyboard.press(key)
        bench.soon(lambda: bench.value("slope"), value)
        bench.sees_picture(desk.picture(**{**BENCH, "slope": value}))
        assert knob.get_attribute("aria-valuetext") == f"{value:.2f}".replace("-", "−")
    bench.link_is(slope="-2")


def test_ten_presses_are_one_commit(bench):
    bench.knob("slope").focus()
    for _ in range(10):
        bench.page.keyboard.press("ArrowLeft")
    bench.link_is(slope="0.5")
    assert sum(request["commit"] for request in bench.socket.requests) == 1


def test_tab_reaches_every_control_in_order(bench):
    expected = []
    for label in ("slope", "shift", "load"):
        expected += [f"{label}, as a number", f"play {label}", label]
    expected += ["line", "set steep", "reset every control"]
    bench.field("slope").focus()
    name = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.value"
    reached = []
    for _ in expected:
        reached.append(bench.page.evaluate(name))
        bench.page.keyboard.press("Tab")
    assert reached == expected


def test_a_choice_is_made_with_the_arrows(bench):
    bench.page.get_by_role("radio", name="line").focus()
    bench.page.keyboard.press("ArrowRight")
    bench.sees_picture(desk.picture(**{**BENCH, "shape": "wave"}))
    bench.link_is(shape="wave")


# ---- keys -------------------------------------------------------------------------------------------

FOCUSED = "document.activeElement.getAttribute('aria-label')"


def test_digits_go_to_the_knobs_space_plays_and_r_resets(walk, bench_server):
    page = walk(bench_server, "/")
    keys = page.page.keyboard
    keys.press("Tab")
    keys.press("Enter")
    assert page.page.evaluate(FOCUSED) == "slope", "one Tab from the top of the page"
    for key, label in [("2", "shift"), ("3", "load"), ("9", "load"), ("1", "slope")]:
        keys.press(key)
        assert page.page.evaluate(FOCUSED) == label
    keys.press("2")
    keys.press("End")
    page.link_is(shift="1")
    keys.press("r")
    page.link_is()
    keys.press(" ")
    page.until(lambda: page.value("shift") > 0.55)
    keys.press(" ")
    page.rests()
    assert 0.5 < page.value("shift") < 1


def test_a_key_is_a_letter_where_something_is_typed_and_all_keys_are_shown(bench):
    keys = bench.page.keyboard
    bench.field("slope").click()
    for key in ("1", "r", "?", " "):
        keys.press(key)
    assert bench.field("slope").input_value() == "1r? "
    bench.field("slope").fill("1")
    bench.knob("shift").focus()
    keys.press("?")
    shown = bench.page.get_by_role("dialog", name="Keys")
    assert "walk along a curve" in shown.inner_text()
    keys.press("2")
    assert bench.page.evaluate("document.activeElement.closest('dialog') !== null"), (
        "the dialog keeps the keys"
    )
    keys.press("Escape")
    bench.soon(shown.count, 0)


def test_what_is_half_typed_stays_though_an_answer_comes(new_bench):
    drawings = new_bench.drawings()
    new_bench.field("slope").select_text()
    new_bench.page.keyboard.press("7")
    new_bench.page.mouse.move(*new_bench.spot("shift", 0.3))
    new_bench.until(lambda: any(each["sweep"] for each in new_bench.socket.messages))
    new_bench.until(lambda: new_bench.drawings() > drawings)
    assert new_bench.field("slope").input_value() == "7"
    new_bench.page.keyboard.press("Enter")
    new_bench.soon(lambda: new_bench.field("slope").input_value(), "2.00")


def test_a_plot_is_walked_with_the_arrows_and_says_where_one_is(bench):
    plot = bench.page.locator(".sp-plot").first
    says, mark = plot.locator(".sp-walked"), plot.locator(".sp-walker")
    whole, broken = (each["y"] for each in desk.picture(**BENCH).message()["plots"][0]["data"])
    plot.focus()
    for key, at, curve in [
        ("End", 40, whole), ("ArrowLeft", 39, whole), ("Home", 0, whole), ("ArrowRight", 1, whole),
        ("ArrowDown", 1, broken), ("ArrowUp", 1, whole),
    ]:  # fmt: skip
        bench.page.keyboard.press(key)
        name = "whole" if curve is whole else "broken"
        said = [f"{float(number):.3g}".replace("-", "−") for number in (desk.X[at], curve[at])]
        assert says.inner_text() == f"x {said[0]}: {name} {said[1]}"
        box, (left, top) = mark.bounding_box(), bench.at(0, desk.X[at], curve[at])
        assert abs(box["x"] + box["width"] / 2 - left) < 1
        assert abs(box["y"] + box["height"] / 2 - top) < 1
    bench.page.keyboard.press("ArrowDown")
    for _ in range(19):
        bench.page.keyboard.press("ArrowRight")
    assert says.inner_text() == "x 0.5: broken no value"
    assert not mark.is_visible()
    bench.knob("slope").focus()
    assert says.inner_text() == ""


# Every pitch that a voice is sent to, in the order of the voices.
HEAR = """() => {
  window.pitches = [];
  const { setTargetAtTime } = AudioParam.prototype;
  AudioParam.prototype.setTargetAtTime = function (value, ...more) {
    if (value > 1) window.pitches.push(value);
    return setTargetAtTime.call(this, value, ...more);
  };
}"""


def test_a_curve_is_played_beside_its_target_and_only_when_asked_for(go):
    page = go("/approximator?below=network")
    page.page.evaluate(HEAR)
    page.page.locator(".sp-plot").first.focus()
    page.page.keyboard.press("ArrowDown")
    page.page.keyboard.press("Home")
    assert page.page.evaluate("window.pitches") == []
    page.page.keyboard.press("s")
    page.until(lambda: len(page.page.evaluate("window.pitches")) >= 8)
    page.page.keyboard.press("s")
    assert page.part("walked").first.inner_text().startswith("input x")
    low, high = page.ranges(0)[2:]
    target, network = (page.array(0, page.trace(0, name)) for name in ("target", "network"))
    curve, after = (220 * 4 ** np.clip((each - low) / (high - low), 0, 1) for each in (network, target))
    pitches = page.page.evaluate("window.pitches")
    for own, others in zip(pitches[0:8:2], pitches[1:8:2], strict=True):
        at = int(np.argmin(np.abs(curve - own) + np.abs(after - others)))
        np.testing.assert_allclose((own, others), (curve[at], after[at]), rtol=1e-5)


# Numbers what Tab can reach in the order of the document. Of the radio buttons that is one of each group:
# the checked one of ours, the first where none is, and the first one of Streamlit's. Formulas that scroll can
# be reached, too.
NUMBER_ALL = """() => {
  const controls = "a[href], button, input, textarea, summary, .stCode, .katex-display, .sp-plot";
  const found = document.querySelectorAll(`.stMain :is(${controls})`);
  const scrolls = (node) => node.scrollWidth > node.clientWidth;
  const group = (node) => [...document.getElementsByName(node.name)];
  const turn = (radios) => radios.find((radio) => radio.checked) ?? radios[0];
  const idle = (node) =>
    (node.type === "radio" && node !== turn(group(node))) || node.matches("[role=radio] ~ [role=radio]");
  [...found]
    .filter((node) => node.matches(".katex-display") ? scrolls(node) : node.tabIndex >= 0 && !node.disabled)
    .filter((node) => !idle(node))
    .filter((node) => node.checkVisibility({ visibilityProperty: true }))
    .forEach((node, index) => (node.inTurn = index));
}"""
# What the focus may change of a control, and of the boxes that it is drawn with.
LOOK = """(node) => {
  const drawn = [node, node.nextElementSibling, node.parentElement, node.parentElement?.parentElement];
  return drawn.filter(Boolean).map((each) => {
    const { outline, boxShadow, borderColor, backgroundColor, opacity } = getComputedStyle(each);
    return [outline, boxShadow, borderColor, backgroundColor, opacity].join();
  }).join();
}"""
LOOKS = f"""() => [...document.querySelectorAll("*")]
  .filter((node) => node.inTurn !== undefined).map(({LOOK}))"""
# The number of the control that has the focus, how it looks, and what it is.
HERE = f"""() => {{
  const node = document.activeElement;
  return [node.inTurn ?? null, ({LOOK})(node), node.outerHTML.slice(0, 120)];
}}"""


@pytest.mark.parametrize("path", ["/bumps", OWN_FORMULA, OWN_POINTS, "/forward_pass"])
def test_tab_reaches_every_control_of_a_lesson_in_order_and_shows_where_it_is(go, path):
    """And comes out again at the end."""
    reader = go(path)
    page = reader.page
    page.evaluate(NUMBER_ALL)
    looks, reached = page.evaluate(LOOKS), []
    page.mouse.click(700, 60)
    page.keyboard.press("Tab")
    turn, look, name = page.evaluate(HERE)
    while turn is not None and turn not in reached:
        reader.until(
            lambda turn=turn, look=look: look != looks[turn] or page.evaluate(HERE)[1] != looks[turn],
            complaint=lambda name=name: f"no focus to be seen on {name}",
        )
        reached.append(turn)
        page.keyboard.press("Tab")
        turn, look, name = page.evaluate(HERE)
    assert reached == list(range(len(looks)))


def test_the_description_is_said_when_the_knob_is_released_and_not_before(bench):
    words = bench.part("words")
    assert words.get_attribute("aria-live") == "polite"
    before = words.inner_text()
    assert before == desk.picture(**BENCH).description
    bench.hold("slope")
    shown = bench.move("slope", -1.0)
    now = desk.picture(**{**BENCH, "slope": shown})
    bench.sees_picture(now)
    assert words.inner_text() == before
    bench.release()
    bench.soon(words.inner_text, now.description)


# ---- typing -----------------------------------------------------------------------------------------


def type_slope(bench, text):
    bench.field("slope").fill(text)
    bench.page.keyboard.press("Enter")


def test_a_typed_number_is_committed(bench):
    for text, value in [("1.5", 1.5), ("0,5", 0.5), ("−1.25", -1.25), (" 2 ", 2.0)]:
        type_slope(bench, text)
        bench.link_is(slope=f"{value:g}")
        bench.sees_picture(desk.picture(**{**BENCH, "slope": value}))
        assert bench.field("slope").input_value() == f"{value:.2f}".replace("-", "−")
        assert bench.part("notice").text_content() == ""


SELECTED = """() => {
  const { value, selectionStart, selectionEnd } = document.activeElement;
  return value.slice(selectionStart, selectionEnd);
}"""


def test_a_click_selects_what_is_in_a_field_and_the_next_one_puts_the_caret(bench):
    bench.field("slope").click()
    assert bench.page.evaluate(SELECTED) == "1.00"
    bench.field("slope").click()
    assert bench.page.evaluate(SELECTED) == ""
    bench.page.keyboard.press("Tab")
    bench.page.keyboard.press("Shift+Tab")
    assert bench.page.evaluate(SELECTED) == "1.00"


def test_what_is_no_number_or_off_the_scale_is_named(bench):
    """The old value stands, or the end of the scale."""
    assert bench.part("notice").get_attribute("role") == "status"
    for text in ("abc", "", "1e999", "nan", "1 2", "0x2"):
        type_slope(bench, text)
        bench.soon(bench.part("notice").text_content, f"slope: “{text}” is not a number; 1.00 stands.")
        assert bench.field("slope").input_value() == "1.00"
        assert bench.value("slope") == 1
    type_slope(bench, "-99")
    bench.link_is(slope="-2")
    assert (bench.part("notice").text_content() or "").startswith("slope: -99 is outside")
    assert bench.field("slope").input_value() == "−2.00"


# While the commit of a typed number is on its way, everything is reset.
TYPE_AND_RESET = """(field) => {
  field.value = "1.5";
  field.dispatchEvent(new Event("change"));
  setTimeout(() => document.querySelector("[aria-label='reset every control']").click(), 4);
}"""


def test_what_is_reset_while_a_commit_is_on_its_way_stays_reset(bench):
    bench.field("slope").evaluate(TYPE_AND_RESET)
    bench.until(lambda: sum(request["commit"] for request in bench.socket.requests) == 2)
    bench.rests()
    assert bench.value("slope") == 1
    bench.link_is()


# ---- playing ----------------------------------------------------------------------------------------

RECORD = """(knob) => {
  window.hops = [];
  const watch = new MutationObserver(() => window.hops.push(knob.value));
  watch.observe(knob, { attributeFilter: ["aria-valuetext"] });
}"""


def play(page):
    page.knob("shift").evaluate(RECORD)
    page.page.get_by_role("button", name="play shift").click()


def test_play_moves_a_knob_to_its_end_and_commits(walk, bench_server):
    page = walk(bench_server, "/?shift=0.8")
    play(page)
    page.link_is(shift="1")
    assert page.page.get_by_role("button", name="play shift").get_attribute("aria-pressed") == "false"
    assert len(page.page.evaluate("window.hops")) > 5
    page.sees_picture(desk.picture(**{**BENCH, "shift": 1.0}))


def test_play_stops_when_pressed_again_and_commits_where_it_is(bench):
    button = bench.page.get_by_role("button", name="play shift")
    button.click()
    bench.until(lambda: bench.value("shift") > 0.55)
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    stopped = bench.value("shift")
    assert 0.55 < stopped < 1
    bench.link_is(shift=f"{stopped:g}")
    assert bench.value("shift") == stopped


def test_play_hops_where_motion_is_unwelcome(walk, bench_server):
    page = walk(bench_server, "/?shift=0.8", reduced_motion="reduce")
    play(page)
    page.link_is(shift="1")
    assert page.page.evaluate("window.hops") == ["0.93", "1"]
