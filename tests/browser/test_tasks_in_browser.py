"""Tasks in a browser: a hint is opened step by step, and a question is answered before it is shown."""

from __future__ import annotations

from tests.browser.conftest import Go
from tests.browser.reader import Reader


def test_hints_open_step_by_step_and_a_question_asks_before_it_shows(go: Go) -> None:
    reader = go("/single_neuron?activation=step&blind=It_turns_it_over")
    first = reader.page.locator(".sp-tasks > li").first
    steps, button = first.locator(".sp-hints li"), first.locator(".sp-hint-button")

    # By keyboard, one after the other.
    for count, label in enumerate(("Which way?", "How far?", "Hide"), start=1):
        button.press("Enter")
        reader.soon(steps.count, count)
        reader.soon(button.text_content, label)
    assert steps.all_inner_texts() == [
        "One control is enough: bias b.",
        "Turn it down from 0.0.",
        "Set it to −2.0: that does it.",
    ]
    # It holds while that control is moved, and ends with the task.
    reader.field("bias b").fill("-1")
    reader.field("bias b").press("Enter")
    reader.link_is(activation="step", blind="It_turns_it_over", bias="-1")
    reader.rests()
    assert steps.count() == 3
    reader.field("bias b").fill("-2")
    reader.field("bias b").press("Enter")
    reader.soon(steps.count, 0)
    assert first.get_attribute("data-done") == "true"

    asked = reader.page.locator(".sp-tasks > li", has_text="Suppose w is 0.")
    shown, other = asked.get_by_text("Show it"), reader.page.locator("li", has_text="Suppose f is the id")
    reader.soon(lambda: asked.locator(".sp-says").inner_text().startswith("Not “It turns it over”."), True)
    assert asked.locator("input:checked").input_value() == "It turns it over"
    assert other.get_by_text("Show it").is_disabled()
    asked.get_by_text("It ignores it").click()
    reader.soon(lambda: asked.get_attribute("data-done"), "true")
    assert reader.value("weight w") == 1.0
    shown.click()
    reader.soon(lambda: reader.value("weight w"), 0.0)
    reader.link_is(activation="step", blind="It_ignores_it", bias="-2", weight="0")


def test_what_is_done_as_a_link_opens_is_nobodys_whatever_is_asked_before_something_moves(
    new_bench: Reader,
) -> None:
    told = len(new_bench.socket.messages)
    assert new_bench.part("done").get_attribute("aria-label") == "done"
    new_bench.knob("slope").focus()
    new_bench.until(lambda: len(new_bench.socket.messages) > told)
    new_bench.drag("slope", -1.0)
    assert "Solved" not in new_bench.part("says").text_content()
    new_bench.drag("slope", 2.0)
    new_bench.drag("slope", -1.0)
    assert new_bench.part("says").text_content().startswith("Solved ✓ “Its slope is +")
