"""What a browser keeps of a reader's way: kept.js, alone and in use."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.reader import Reader, said_by
from tests.browser.server import Server

ALONE = """async ([stored, story]) => {
  const { Kept, nameOf, told, queryOf, lessonAt } = await import("/kept.js");
  let now = 0;
  const shelf = (stored) => Object.defineProperties({ ...stored }, {
    getItem: { value: function (name) { return this[name] ?? null; } },
    setItem: { value: function (name, text) { this[name] = text; } },
    removeItem: { value: function (name) { delete this[name]; } },
  });
  const storage = shelf(stored);
  const kept = (store = () => storage) => new Kept(store, () => ++now);
  return new Function("kept", "storage", "nameOf", "told", "queryOf", "lessonAt", `return (${story})`)(
    kept, storage, nameOf, told, queryOf, lessonAt);
}"""
DONE = (
    '{ "Make 2 steps.": { done: true, says: "There are 2." }, "A bump.": { done: false, says: "No bump." } }'
)
SOLVED = {"Make # steps.": "There are 2."}
NOTHING = {"link": "", "done": {}, "stars": {}, "at": 0}


def alone(modules: Page, story: str, stored: dict[str, str] | None = None) -> Any:
    """What a line of JavaScript says about storage that holds this, with no browser's own in it."""
    return modules.evaluate(ALONE, [stored or {}, story])


def test_a_task_once_done_stays_done_with_what_was_true_then(modules: Page) -> None:
    later = '{ "Make 4 steps.": { done: true, says: "There are 4." } }'
    story = f'(kept().solve("bumps", {DONE}), kept().solve("bumps", {later}), kept().of("bumps").done)'
    assert alone(modules, story) == SOLVED


def test_a_task_is_known_by_its_words_without_their_numbers_or_by_the_words_it_had_first(
    modules: Page,
) -> None:
    names = alone(modules, '[nameOf("At x = −1.50 and 3,000.", {}), nameOf("Now.", { knownAs: "Once 1." })]')
    assert names == ["At x = # and #.", "Once #."]


def test_what_is_done_now_is_said_as_it_is_and_what_was_done_with_both_sentences(modules: Page) -> None:
    now, lost = '{ done: true, says: "2." }', '{ done: false, says: "3." }'
    said = alone(modules, f'[told({now}, "1."), told({lost}, undefined), told({lost}, "1.")]')
    assert said == ["2.", "3.", "Solved ✓ “1.” Now: 3."]


@pytest.mark.parametrize(
    "text",
    ["{", "", "null", "[]", '"done"', '{"link":5,"done":"abc","at":"x"}', '{"link":"//a.b","done":[1]}'],
)
def test_what_is_no_record_of_ours_is_nothing_and_is_written_over(modules: Page, text: str) -> None:
    stored = {"superpose 1 bumps": text}
    assert alone(modules, 'kept().of("bumps")', stored) == NOTHING
    after = alone(modules, f'(kept().solve("bumps", {DONE}), kept().of("bumps"))', stored)
    assert after == {"link": "", "done": SOLVED, "stars": {}, "at": 1}


@pytest.mark.parametrize(
    "storage",
    [
        '() => { throw new Error("forbidden"); }',
        '() => ({ getItem: () => null, setItem: () => { throw new Error("full"); } })',
    ],
    ids=["forbidden", "full"],
)
def test_where_nothing_can_be_kept_what_is_done_is_known_until_the_page_is_left(
    modules: Page, storage: str
) -> None:
    story = f'(k => [k.solve("bumps", {DONE}), k.of("bumps"), k.marks(), k.forget()])(kept({storage}))'
    solved, kept, marks, _ = alone(modules, story)
    assert (solved, kept) == (SOLVED, NOTHING)
    assert "start here" in marks


def test_the_most_stars_of_a_challenge_stay_and_what_is_no_star_is_none(modules: Page) -> None:
    task = '{ few: { done: false, says: "", knownAs: "challenge few", stars } }'
    story = f'([1, 2, 0].forEach((stars) => kept().solve("bumps", {task})), kept().of("bumps").stars)'
    assert alone(modules, story) == {"challenge few": 2}
    forged = {"superpose 1 bumps": '{"stars":{"challenge few":9,"x\\"]{}":2,"challenge more":1}}'}
    assert alone(modules, 'kept().of("bumps").stars', forged) == {"challenge more": 1}


def test_what_is_done_is_counted_of_all_tasks_of_the_lesson_and_what_others_set_is_none_of_them(
    modules: Page,
) -> None:
    done = '{"done":{"One.":"1","Two.":"2","challenge few":"3","assignment mine":"4"}}'
    stored = {"superpose 1 bumps": done, "superpose 1 towers": '{"done":{"One.":"1","Two.":"2"}}'}
    marks = alone(modules, "kept().marks({ bumps: 6, towers: 1 })", stored)
    assert 'content: "2 of 6 tasks done ✓' in marks
    assert '"2/6 ✓" / "2 of 6 tasks done"' in marks
    assert 'content: "1 of 1 tasks done ✓' in marks


def test_what_two_tabs_do_is_kept_of_both(modules: Page) -> None:
    other = '{ "A bump.": { done: true, says: "A bump of 1." } }'
    story = f"""((one, two) => (one.solve("bumps", {DONE}), two.keep("bumps", {{ link: "?h=1" }}),
      one.solve("bumps", {other}), two.of("bumps")))(kept(), kept())"""
    assert alone(modules, story) == {
        "link": "?h=1", "done": SOLVED | {"A bump.": "A bump of 1."}, "stars": {}, "at": 3,
    }  # fmt: skip


def test_forgetting_takes_what_is_ours_and_nothing_else(modules: Page) -> None:
    stored = {"superpose 1 bumps": "{}", "superpose 1 towers": "", "another app": "its own"}
    assert alone(modules, "(kept().forget(), Object.keys(storage))", stored) == ["another app"]


def test_no_name_that_somebody_else_has_stored_gets_into_a_style_rule(modules: Page) -> None:
    stored = {'superpose 1 x"]{}': "{}", "superpose 1 bumps": "{}"}
    assert alone(modules, "kept().lessons()", stored) == ["bumps"]


def test_what_belongs_to_the_window_is_not_kept_with_a_lesson(modules: Page) -> None:
    search = "?embed=true&w=1&embed_options=dark_theme"
    assert alone(modules, f'[queryOf("{search}"), queryOf("{search}", true)]') == [
        "w=1",
        "embed=true&embed_options=dark_theme",
    ]
    assert alone(modules, 'lessonAt(new URL("http://a.b/school/bumps?h=1"))') == "bumps"


# ---- in use -------------------------------------------------------------------------------------------


def mark(reader: Reader, node: str) -> str:
    """What is said beside a node about the reader's way."""
    script = "(node) => getComputedStyle(document.querySelector(node), '::after').content"
    return str(reader.page.evaluate(script, node)).split('"')[1]


def goes_to(reader: Reader, link: str, name: str, title: str) -> None:
    """Follow a link of the menu or of the page; one entry of history, whatever comes with it."""
    before = reader.page.evaluate("window.entries")
    reader.page.locator(link).filter(has_text=name).click()
    reader.page.get_by_role("heading", level=1, name=title).wait_for()
    reader.until(lambda: reader.page.evaluate("window.entries") == before + 1)


def sets(reader: Reader, label: str, text: str, **link: str) -> None:
    """Type a number into the field of a knob; the link is this then."""
    reader.rests()
    reader.field(label).fill(text)
    reader.field(label).press("Enter")
    reader.link_is(**link)


def test_a_reader_finds_their_tasks_and_settings_again_and_the_browser_forgets_them_when_asked(
    visit: Visit, app_server: Server
) -> None:
    menu, first = "[data-testid=stSidebarNavLink]", '[class*="st-key-card-1-"]'
    reader = visit(f"{app_server.url}/single_neuron?bias=3")
    page = reader.page
    goes_to(reader, menu, "Home", "Superpose")
    page.locator(first).wait_for()
    assert mark(reader, first) == "you were here last"
    page.get_by_role("button", name="Forget it").click()
    reader.soon(lambda: mark(reader, first), "start here")
    ours = "Object.keys(localStorage).filter((name) => name.startsWith('superpose'))"
    assert page.evaluate(ours) == []
    assert not page.get_by_role("button", name="Forget it").is_visible()

    box = page.locator(first).bounding_box()
    assert box
    page.locator(first).click(position={"x": box["width"] - 9, "y": box["height"] - 9})
    page.wait_for_url("**/single_neuron")
    reader.choose("step")
    reader.link_is(activation="step")
    sets(reader, "bias b", "-2", activation="step", bias="-2")
    # Whoever goes on at once, before all that was asked for has come, has done it too.
    reader.knob("bias b").press("ArrowRight")
    task = page.locator(".sp-tasks li").first
    reader.soon(lambda: task.get_attribute("data-kept"), "true")
    sets(reader, "bias b", "1", activation="step", bias="1")
    reader.soon(lambda: (task.get_attribute("data-done"), task.get_attribute("data-kept")), ("false", "true"))
    assert task.locator(".sp-says").inner_text().startswith("Solved ✓ “The step falls at x = +2.00.” Now: ")
    assert mark(reader, f"{menu}[href$=single_neuron]") == "1/4 ✓"

    goes_to(reader, ".st-key-foot a", "Two neurons", "Two neurons")
    reader.link_is()
    kept_link = page.locator(menu).filter(has_text="A single neuron")
    fresh = kept_link.get_attribute("href")
    with page.context.expect_page() as tab:
        kept_link.click(modifiers=["Control"])
    tab.value.wait_for_url("**/single_neuron*")
    assert said_by(tab.value.url) == {"activation": "step", "bias": "1"}
    tab.value.close()
    assert kept_link.get_attribute("href") == fresh
    goes_to(reader, menu, "A single neuron", "A single neuron")
    reader.link_is(activation="step", bias="1")
    reader.soon(lambda: reader.value("bias b"), 1.0)
    page.goto(f"{app_server.url}/single_neuron?bias=3")
    reader.soon(lambda: (reader.value("bias b"), reader.link()), (3.0, {"bias": "3"}))
