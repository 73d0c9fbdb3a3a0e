"""The worksheet: a lesson's tasks on paper with room for answers, and on a page of its own what is right."""

import re

SHEET = """() => {
  const sheet = document.querySelector(".sp-sheet");
  const text = (part) => [...sheet.querySelectorAll(part)].map((each) => each.textContent);
  const boxes = [...sheet.querySelectorAll("*")].map((each) => each.getBoundingClientRect());
  return {
    title: text("h1"),
    tasks: text(":scope > ol > li > strong"),
    options: text(".sp-sheet-options li"),
    answers: text(".sp-sheet-answers li p"),
    axes: [...sheet.querySelectorAll(".sp-sheet-room img")].filter((each) => each.naturalWidth > 100).length,
    cut: boxes.filter(({ left, right }) => left < -1 || right > innerWidth + 1).length,
    others: [...document.querySelectorAll(".stApp, .sp-way")].filter((each) => each.checkVisibility()).length,
  };
}"""
HOSTILE = "<img src=x onerror=alert(1)>"
# Nothing is printed, and the title of the page is what somebody else might write.
QUIET = """(text) => {
  window.print = () => { window.printed = true; };
  const title = document.querySelector(".stMain h1");
  document.createTreeWalker(title, NodeFilter.SHOW_TEXT).nextNode().data += text;
}"""


def test_a_worksheet_has_every_task_with_room_and_on_its_last_page_the_answers_that_are_judged_right(go):
    reader = go("/single_neuron?weight=0.5")
    page = reader.page
    tasks = page.locator(".sp-task").all_inner_texts()
    page.evaluate(QUIET, HOSTILE)
    page.locator(".sp-worksheet").click()
    reader.until(lambda: page.evaluate("window.printed === true"))
    page.set_viewport_size({"width": 703, "height": 1032})
    page.emulate_media(media="print")
    seen = page.evaluate(SHEET)
    assert seen["title"] == [f"A single neuron{HOSTILE}", f"A single neuron{HOSTILE}: answers"]
    assert seen["tasks"] == tasks
    assert seen["axes"] == 2
    assert (seen["cut"], seen["others"]) == (0, 0)
    assert "It ignores it" in seen["options"]
    step, decision, blind, school = seen["answers"]
    assert step == "For example: activation f = step, bias b = −1.0. Then: The step falls at x = +2.00."
    assert decision.startswith("For example: activation f = step")
    assert decision.endswith("yes below it.")
    assert blind.startswith("“It ignores it”. ")
    assert "m = w and c = b" in school
    page.emulate_media(media="null")
    assert page.locator(".sp-sheet").is_hidden()
    assert len(re.findall(rb"/Type /Page\b", page.pdf(format="A4"))) == 2
    reader.soon(page.locator(".sp-sheet").count, 0)
    assert page.locator(".sp-worksheet").inner_text() == "Print worksheet"
