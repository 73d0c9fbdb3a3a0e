"""A knob that does nothing now says why in its track's place, and keeps its value."""

from __future__ import annotations

from tests.browser.conftest import Go


def test_an_idle_knob_says_why_keeps_its_value_and_wakes_when_it_does_something(go: Go) -> None:
    reader = go("/two_neurons?w1=9")
    knob = reader.page.locator(".sp-knob").filter(has=reader.page.get_by_label("steepness w₁", exact=True))
    why, field = knob.locator(".sp-why"), knob.locator(".sp-number")
    assert why.inner_text() == "a step is upright at any w"
    assert field.is_disabled()
    assert field.get_attribute("aria-describedby") == why.get_attribute("id")
    assert not knob.locator("input[type=range]").is_visible()
    height = knob.bounding_box()
    reader.choose("sigmoid")
    reader.link_is(w1="9", activation="sigmoid")
    reader.until(lambda: reader.knob("steepness w₁").is_visible())
    assert not why.is_visible()
    assert field.is_enabled()
    assert field.input_value() == "9.0"
    assert knob.bounding_box() == height
