"""A picture goes out as a task and comes back as an answer, which whoever opens it judges anew."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from tests.browser import axe
from tests.browser.conftest import DESK

TASK = "Follow the curve <b>with two heights</b>."
OTHERS = ".stMain h2, .stMain .stMarkdown, [data-testid=stSidebar], .sp-worksheet"
SHOWN = "(others) => [...document.querySelectorAll(others)].filter((each) => each.checkVisibility()).length"


def set_up(reader: Any, url: str) -> str:
    """Make a task of the second picture of a lesson, as a teacher does; returns its link."""
    page = reader.page
    page.locator(".sp-share").nth(1).click()
    href = page.get_by_role("link", name="Assign …").get_attribute("href")
    page.goto(f"{url}{href}")
    page.get_by_label("The task, in your words").fill(TASK)
    page.locator(".st-key-challenge-reveal").get_by_text("hidden", exact=True).click()
    page.locator(".st-key-challenge-h2").get_by_text("locked", exact=True).click()
    page.get_by_label("Goal 1: number").fill("0.3")
    page.get_by_label("Goal 1: number").press("Enter")
    reader.soon(lambda: "at most 0.3" in page.locator(".stMain").inner_text(), True)
    link: str = page.locator(".stCode").inner_text().strip()
    return link


def test_a_task_goes_to_a_student_and_its_answer_is_judged_anew(visit: Any, app_server: Any) -> None:
    reader = visit(f"{app_server.url}/bumps?bumps=2&h2=0.5", **DESK)
    page = reader.page
    link = set_up(reader, app_server.url)

    page.goto(link)
    page.locator(".sp-task", has_text=TASK).wait_for()
    assert page.locator(".sp-stage").count() == 1
    assert page.evaluate(SHOWN, OTHERS) == 0
    assert page.locator(".sp-knob").count() == 2
    assert page.get_by_label("height h₂", exact=True).is_disabled()
    field = page.get_by_label("height h₁, as a number")
    field.fill("0.3")
    field.press("Enter")
    reader.soon(lambda: page.locator(".sp-counts").inner_text(), "1 attempt, 0 of 3 hints.")
    assert page.locator(".sp-says").inner_text().startswith("Passed")
    assert axe.violations(reader, axe.script()) == []
    page.get_by_role("button", name="Answer link").click()
    given = page.get_by_role("dialog", name="Your answer").get_by_label("link", exact=True)
    reader.soon(lambda: "h1=0.3" in given.input_value(), True)
    answer = given.input_value()
    assert ".1.end" in answer

    entries = dict(parse_qsl(urlsplit(answer).query))
    forged = f"{link.split('?')[0]}?{urlencode({**entries, 'h1': '-0.25'})}"
    page.goto(forged)
    page.locator(".sp-counts", has_text="An answer.").wait_for()
    assert page.locator(".sp-says").inner_text().startswith("Not yet")
    page.goto(f"{app_server.url}/answers")
    page.get_by_role("textbox").fill(f"Ada, {answer}\nEve <i>, {forged}\nBob, {answer[:120]}")
    page.get_by_role("textbox").blur()
    page.get_by_text("1 of 2 answers pass.").wait_for()
    page.get_by_text("line 3, Bob: its assignment cannot be read: it was cut").wait_for()
    page.locator(".sp-stage[data-theme] .sp-plot").wait_for()
    assert axe.violations(reader, axe.script()) == []


# The edges of the window, of what is set, and of the picture under it: from above to below.
EDGES = """() => {
  const set = document.querySelector(".sp-given:not([hidden])");
  const plot = set.closest(".sp-stage").querySelector(".sp-plot").getBoundingClientRect();
  const given = set.getBoundingClientRect();
  return [0, given.top, given.bottom, plot.top, plot.bottom, innerHeight];
}"""


@pytest.mark.parametrize(
    ("link", "label", "values"),
    [
        ("/single_neuron?challenge=gentle", "weight w", (0.5, 5.0, -5.0)),
        ("/bumps?challenge=five_bumps", "height h₁", (0.5, -0.9, 0.9)),
    ],
)
def test_a_challenge_stands_in_view_above_its_picture_and_what_is_said_of_it_moves_nothing(
    go, link, label, values
):
    page = go(link, viewport={"width": 1280, "height": 720})
    page.until(lambda: page.page.evaluate(EDGES) == sorted(page.page.evaluate(EDGES)))
    before, says = page.page.evaluate(EDGES), page.page.locator(".sp-given .sp-says:visible")
    page.hold(label)
    for value in values:
        said = says.inner_text()
        page.move(label, value)
        page.until(lambda said=said: says.inner_text() != said)
        assert page.page.evaluate(EDGES) == before
