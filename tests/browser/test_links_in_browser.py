"""The link is the state: it restores a picture exactly, and survives what is wrong in it."""

from urllib.parse import urlencode

import pytest

from pages.single_neuron import picture as neuron
from tests.browser import bench as desk

BENCH = {"slope": 1.0, "shift": 0.5, "load": 1.0, "shape": "line"}


def test_a_link_restores_the_picture_exactly(lesson, visit):
    lesson.choose("tanh")
    weight, bias = lesson.drag("weight w", -7.0), lesson.drag("bias b", 2.5)
    lesson.link_is(activation="tanh", weight=f"{weight:g}", bias=f"{bias:g}")
    expected = neuron(weight=weight, bias=bias, x=1.0, activation="tanh")
    lesson.sees_picture(expected)
    fresh = visit(lesson.page.url)
    fresh.sees_picture(expected)
    assert (fresh.value("weight w"), fresh.value("bias b")) == (weight, bias)
    assert fresh.page.get_by_role("radio", name="tanh").is_checked()


def test_back_returns_to_the_values_before(new_bench):
    first = new_bench.drag("slope", -1.0)
    new_bench.link_is(slope=f"{first:g}")
    second = new_bench.drag("slope", 0.5)
    new_bench.link_is(slope=f"{second:g}")
    new_bench.page.go_back()
    new_bench.link_is(slope=f"{first:g}")
    new_bench.sees_picture(desk.picture(**{**BENCH, "slope": first}))
    assert new_bench.value("slope") == first
    new_bench.page.get_by_text(f"committed: slope={first}").wait_for()
    new_bench.page.go_forward()
    new_bench.sees_picture(desk.picture(**{**BENCH, "slope": second}))


@pytest.mark.parametrize(
    "bad",
    [
        {"slope": "nan", "shift": "inf", "load": "1e999", "shape": "abc"},
        {"slope": "abc", "shift": "<script>alert(1)</script>", "load": "9" * 3000, "shape": "<b>line</b>"},
    ],
    ids=["not finite", "script and very long"],
)
def test_every_bad_value_in_a_link_is_named_and_the_default_stands(walk, bench_server, bad):
    page = walk(bench_server, f"/?{urlencode(bad)}")
    for label, text in bad.items():
        assert_warns(page, label, text)
    page.sees_picture(desk.picture(**BENCH))
    page.page.get_by_text("committed: slope=1.0, shift=0.5, load=1.0, shape=line").wait_for()


def test_a_value_off_the_scale_in_a_link_is_named_and_clamped(walk, bench_server):
    page = walk(bench_server, "/?slope=99&shift=-1e30")
    assert_warns(page, "slope", "99")
    assert_warns(page, "shift", "-1e30")
    page.sees_picture(desk.picture(**{**BENCH, "slope": 2.0, "shift": 0.0}))
    assert (page.value("slope"), page.value("shift")) == (2, 0)


def test_a_lesson_names_what_is_wrong_in_its_link(go):
    page = go("/single_neuron?weight=heavy&activation=cosine&bias=2.5")
    assert_warns(page, "weight w", "heavy")
    assert_warns(page, "activation f", "cosine")
    page.sees_picture(neuron(weight=1.0, bias=2.5, x=1.0, activation="sigmoid"))


def test_a_menu_puts_the_link_right_and_the_link_goes_on_from_there(go):
    page = go("/approximator?activation=TANH&target=random+curve&seed=inf&way=ladder")
    for text in ("Which random curve “inf” is no whole number", "Built by: “ladder” is not one of"):
        page.page.locator("[data-testid=stAlert]").filter(has_text=text).wait_for()
    page.link_is(activation="tanh", target="random_curve")
    page.page.get_by_label("Which random curve").fill("7")
    page.page.keyboard.press("Enter")
    page.link_is(activation="tanh", target="random_curve", seed="7")
    assert not page.page.locator("[data-testid=stException]").count()


def assert_warns(reader, label, text):
    """A warning names the input and shows the text, as text; nothing is called an exception."""
    alert = reader.page.locator("[data-testid=stAlert]").filter(has_text=f"{label}: “{text[:30]}")
    alert.wait_for()
    assert not alert.locator("script, b").count()
    assert not reader.page.locator("[data-testid=stException]").count()
