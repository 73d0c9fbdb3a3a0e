"""How networks learn, in a browser: cells are typed into, balls dropped, long trainings stopped."""

from __future__ import annotations

import pytest

from pages.scenes.gradient_descent import landscape, mixer
from pages.scenes.gradient_descent.rolling import STEPS
from pages.shared.figures.drawings.chain import UPDATE
from tests.browser.conftest import Go
from tests.browser.reader import Reader
from tests.browser.test_drawing_in_browser import assert_light_is_plotlys
from tests.browser.test_plane_in_browser import assert_painted_as_plotly_paints

DESCENT, FORWARD = "/gradient_descent", "/forward_pass"

# ---- drawn as plotly draws it --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "label", "target"),
    [
        ("scene=mixer", "w₁", 3.0),
        (f"scene=landscape&ball_steps={STEPS}", "learning rate", 0.6),
        (f"scene=one+step&part={UPDATE}", "learning rate r", 1.5),
        ("scene=curve", "iteration", 2000.0),
    ],
)
def test_a_held_knob_of_a_scene_is_drawn_as_plotly_draws_it(
    go: Go, state: str, label: str, target: float
) -> None:
    assert_light_is_plotlys(go(f"{DESCENT}?{state}"), label, target, within=0.1)


def test_the_field_of_three_classes_is_painted_as_plotly_paints_it(go: Go) -> None:
    assert_painted_as_plotly_paints(go(f"{DESCENT}?scene=classes"), "iteration", 900.0)


# ---- the forward pass ----------------------------------------------------------------------------------


def code(reader: Reader) -> str:
    """The NumPy program that the page shows."""
    return reader.page.locator("[data-testid=stCode]").inner_text()


def test_a_number_that_is_typed_is_in_the_picture_the_code_and_the_link(go: Go) -> None:
    reader = go(FORWARD)
    cell = reader.page.get_by_role("textbox", name="input x, row 1, column 4")
    cell.fill("-4")
    cell.press("Enter")
    reader.link_is(x="2_5_7_-4")
    readouts = reader.part("readouts").locator("dd")
    reader.soon(lambda: readouts.first.inner_text(), "−8 ≤ 0: false")
    reader.until(lambda: "a = np.array([2., 5., 7., -4.])" in code(reader))
    reader.page.locator("[data-cell='x 0 3']").first.click()
    assert reader.page.evaluate("document.activeElement.getAttribute('aria-label')") == (
        "input x, row 1, column 4"
    )


def test_other_sizes_keep_the_numbers_that_were_set(go: Go) -> None:
    reader = go(f"{FORWARD}?x=2_5_7_-4&b1=1_2")
    reader.pick("Units of layer 1", "5")
    reader.until(lambda: reader.page.get_by_role("textbox", name="biases b₁, row 1, column 5").is_visible())
    shown = [
        reader.page.get_by_role("textbox", name=f"biases b₁, row 1, column {column}").input_value()
        for column in (1, 2)
    ]
    assert shown == ["1", "2"]
    assert reader.page.get_by_role("textbox", name="input x, row 1, column 4").input_value() == "−4"


def test_the_step_is_played_by_the_keyboard_alone(go: Go) -> None:
    reader = go(FORWARD)
    words = reader.page.locator(".sp-task", has_text="Play the step to its end.")
    task = reader.page.locator(".sp-tasks > li", has=words).locator(".sp-done")
    reader.knob("step").focus()
    reader.page.keyboard.press("Home")
    reader.link_is(step="0")
    reader.page.keyboard.press("ArrowRight")
    reader.link_is()
    assert task.get_attribute("aria-label") == "to do"
    reader.page.keyboard.press("End")
    reader.link_is(step="16")
    reader.soon(lambda: task.get_attribute("aria-label"), "done")


# ---- the mixer and the landscape -----------------------------------------------------------------------


def test_the_gradients_settings_are_taken_over_by_the_knobs(go: Go) -> None:
    reader = go(f"{DESCENT}?steps=150")
    reader.page.get_by_role("button", name="Take over the gradient’s settings").click()
    settings = tuple(mixer.FIRST[name] for name in mixer.NAMES)
    expected = mixer.parameters(mixer.run(settings, mixer.RATE).networks[150])
    for name, value in zip(mixer.NAMES, expected.tolist(), strict=True):
        knob = mixer.inputs()[name]
        reader.soon(lambda name=name: reader.value(mixer.SYMBOLS[name]), knob.snap(value))


def test_a_click_drops_the_ball(go: Go) -> None:
    reader = go(f"{DESCENT}?scene=landscape")
    reader.page.mouse.click(*reader.at(0, 1.5, -1.0))
    reader.until(lambda: reader.link().get("q") == "-1")
    assert abs(float(reader.link()["p"]) - 1.5) <= 0.021
    asked = landscape.Asked(landscape.FIRST)
    values = {name: each.value for name, each in landscape.inputs(asked).items()}
    values |= {name: float(reader.link()[name]) for name in "pq"}
    reader.sees_picture(landscape.picture(asked, **values))


def test_the_map_comes_back_after_the_surface(go: Go) -> None:
    reader = go(f"{DESCENT}?scene=landscape")
    reader.choose("surface")
    reader.page.wait_for_selector(".gl-container canvas", state="attached")
    reader.link_is(scene="landscape", seen="surface")
    reader.choose("contours")
    reader.link_is(scene="landscape")
    asked = landscape.Asked(landscape.FIRST)
    values = {name: each.value for name, each in landscape.inputs(asked).items()}
    reader.sees_picture(landscape.picture(asked, **values))
    reader.page.mouse.click(*reader.at(0, 1.0, 1.0))
    reader.until(lambda: reader.link().get("q") == "1")


# ---- what takes long -----------------------------------------------------------------------------------


def test_a_long_training_is_stopped_with_what_there_is_and_gone_on_with(go: Go) -> None:
    reader = go(f"{DESCENT}?scene=curve&units=3&first=700")
    stop, go_on = (reader.page.get_by_role("button", name=name) for name in ("Stop", "Go on"))
    reader.mark_plots()
    before = reader.page.locator(".sp-stage").bounding_box()
    reader.segment("ten seeds")
    stop.wait_for()
    assert reader.page.locator(".sp-stage").bounding_box() == before, "nothing moves for the bar"
    stop.click()
    go_on.wait_for()
    reader.page.locator(".st-key-patience").get_by_text("of 10 trained").wait_for()
    seeds = reader.trace(1, "a seed")
    assert 1 <= len(reader.array(1, seeds)) < 10
    go_on.click()
    reader.until(lambda: len(reader.array(1, seeds)) == 10, 60.0)
    go_on.wait_for(state="hidden")


def test_another_question_while_it_trains_is_answered_and_the_first_one_forgotten(go: Go) -> None:
    reader = go(f"{DESCENT}?scene=curve&units=50&first=800")
    stop = reader.page.get_by_role("button", name="Stop")
    reader.segment("ten seeds")
    stop.wait_for()
    reader.segment("one training")
    stop.wait_for(state="detached")
    reader.page.get_by_text("Stopped").wait_for(state="hidden")
    reader.drag("iteration", 1000.0)
    reader.link_is(scene="curve", units="50", first="800", iteration=f"{reader.value('iteration'):.0f}")


# ---- from scene to scene -------------------------------------------------------------------------------


def test_a_scene_keeps_its_settings_while_others_are_looked_at(go: Go) -> None:
    reader = go(f"{DESCENT}?w1=2.5")
    reader.segment("curve")
    reader.knob("iteration").wait_for()
    reader.pick("First weights", "He")
    reader.until(lambda: reader.link().get("weights") == "He")
    for scene, knob in (("classes", "probe x₁"), ("landscape", "momentum"), ("one step", "move p")):
        reader.segment(scene)
        reader.knob(knob).wait_for()
    reader.segment("mixer")
    reader.knob("w₁").wait_for()
    reader.soon(lambda: reader.value("w₁"), 2.5)
    reader.segment("curve")
    reader.knob("iteration").wait_for()
    reader.link_is(scene="curve", w1="2.5", weights="He")
    assert reader.page.locator("[data-testid=stException]").count() == 0
