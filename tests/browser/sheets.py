"""Worksheets on paper: what stands on them, and whether any of it is cut off, torn or without room."""

from __future__ import annotations

from typing import Any

from pages.shared.serving.files import STAGE
from tests.browser.reader import Reader

# A4 less the margins, in CSS pixels, upright and across.
SHEETS = [(703, 1032), (1032, 703)]
# From now on nothing is printed and sheets stay; answers, which take seconds to find, are said at once.
STAND_IN = """async (module) => {
  const { Worksheet } = await import(new URL(`./${module}`, document.baseURI).href);
  Worksheet.prototype.answers = async (tasks) => tasks.map((task) => `For example: ${task} <b>It is so.</b>`);
  window.printed = 0;
  window.print = () => window.printed++;
  document.querySelectorAll(".sp-worksheet").forEach((each) => each.checkVisibility() && each.click());
  return [...document.querySelectorAll(".sp-worksheet")].filter((each) => each.checkVisibility()).length;
}"""
# What is wrong with the sheets, in words: a page of paper has this width and height.
WRONG = """([width, height]) => [...document.querySelectorAll(".sp-sheet")].flatMap((sheet) => {
  const all = (part) => [...sheet.querySelectorAll(part)];
  const box = (node) => node.getBoundingClientRect();
  const tasks = all(":scope > ol > li"), answers = sheet.querySelector(".sp-sheet-answers");
  const cut = all("*").filter((node) => box(node).left < -1 || box(node).right > width + 1);
  const whole = [...tasks, ...all(".sp-sheet-answers li"), ...all("img, svg")];
  const torn = whole.filter((node) => box(node).height > height
    || (node.matches("li") && getComputedStyle(node).breakInside !== "avoid"));
  const small = all("img").filter((image) => image.naturalWidth < 100 || box(image).height < 60);
  const cramped = tasks.filter((task) => !task.querySelector(".sp-sheet-line"));
  const asked = tasks.map((task) => task.querySelector("strong").textContent);
  const told = all(".sp-sheet-answers strong").map((each) => each.textContent);
  const said = all(".sp-sheet-answers li p").map((each) => each.textContent);
  return [
    ...cut.map((node) => `${node.className || node.tagName} is cut off`),
    ...torn.map((node) => `${node.textContent || node.tagName} is torn`),
    ...small.map(() => "a figure is not to be seen"),
    ...cramped.map((task) => `${task.textContent} has no room`),
    ...(asked.length && String(asked) === String(told) ? [] : ["tasks have other answers"]),
    ...said.filter((answer, place) => answer !== `For example: ${asked[place]} <b>It is so.</b>`),
    ...(getComputedStyle(answers).breakBefore === "page" ? [] : ["answers are beside the tasks"]),
    ...(box(answers).top - box(sheet).top > 2 * height ? ["the tasks take more than two pages"] : []),
  ];
})"""


def worksheets(reader: Reader) -> dict[Any, list[str]]:
    """What is wrong with the worksheets of the page that is open, for each way that paper can lie."""
    page = reader.page
    count = page.evaluate(STAND_IN, STAGE.at("worksheet.js"))
    page.wait_for_function("(count) => window.printed === count", arg=count)
    found = {}
    for width, height in SHEETS if count else []:
        page.emulate_media(media="print")
        page.set_viewport_size({"width": width, "height": height})
        found[width, height] = page.evaluate(WRONG, [width, height])
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="null")
    return found
