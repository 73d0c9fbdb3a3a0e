"""What a reader does in one go is one entry of history, and Back undoes it: history.js, alone and in use."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Go, Visit
from tests.browser.reader import Reader
from tests.browser.server import Server

HERE = "http://stage.test/lesson?w=1"
KEY, OTHER_KEY = {"type": "keydown", "target": "w"}, {"type": "keydown", "target": "b"}
DROP = {"type": "pointerup", "target": "w"}
TO_2, TO_3, BACK = "?w=2", "?w=3", "back"
OLD, NEW = "replaceState", "pushState"

PLAY = """async ([here, asked, story]) => {
  const { Entries } = await import("/history.js");
  let [now, at] = [0, here];
  const entries = new Entries(() => new URL(at), () => now);
  const ways = [];
  for (const event of story) {
    if (typeof event === "number") now += event;
    else if (event === "back") entries.went();
    else if (event?.type) entries.did(event);
    else {
      ways.push(entries.way(asked, event));
      if (event) at = new URL(event, at).href;
    }
  }
  return ways;
}"""

STORIES: dict[str, tuple[list[object], list[str]]] = {
    "each drag is an entry": ([DROP, TO_2, DROP, TO_3], [NEW, NEW]),
    "what follows from an act is no other entry": ([DROP, TO_2, 900, TO_3], [NEW, OLD]),
    "presses with short rests are one": ([KEY, 2000, TO_2, KEY, 2900, KEY, TO_3], [NEW, OLD]),
    "presses with a long rest are two": ([KEY, TO_2, 3000, KEY, TO_3], [NEW, NEW]),
    "presses at two places are two": ([KEY, TO_2, OTHER_KEY, TO_3], [NEW, NEW]),
    "a drag after a press is another": ([KEY, TO_2, DROP, TO_3], [NEW, NEW]),
    "what no act has led to is none": ([TO_2], [OLD]),
    "after Back nothing is written on top": ([DROP, BACK, TO_2], [OLD]),
}


@pytest.mark.parametrize("asked", [OLD, NEW])
@pytest.mark.parametrize(("story", "ways"), STORIES.values(), ids=STORIES.keys())
def test_an_entry_belongs_to_what_the_reader_did(
    modules: Page, asked: str, story: list[object], ways: list[str]
) -> None:
    assert modules.evaluate(PLAY, [HERE, asked, story]) == ways


@pytest.mark.parametrize("asked", [OLD, NEW])
@pytest.mark.parametrize("url", ["/another_lesson", f"{HERE}#a-heading"])
def test_another_page_and_another_place_on_it_are_written_as_asked(
    modules: Page, asked: str, url: str
) -> None:
    assert modules.evaluate(PLAY, [HERE, asked, [DROP, url]]) == [asked]


@pytest.mark.parametrize("asked", [OLD, NEW])
@pytest.mark.parametrize("url", [HERE, None])
def test_the_same_address_once_more_is_no_entry(modules: Page, asked: str, url: str | None) -> None:
    assert modules.evaluate(PLAY, [HERE, asked, [DROP, url]]) == [OLD]


def entries(reader: Reader) -> int:
    """How many were made since the page was loaded; the browser itself keeps and counts no more than 50."""
    return int(reader.page.evaluate("window.entries"))


def test_back_undoes_a_change_of_scene_and_stays_in_the_lesson(go: Go) -> None:
    reader = go("/gradient_descent")
    before = entries(reader)
    reader.segment("landscape")
    reader.link_is(scene="landscape")
    assert entries(reader) == before + 1
    reader.page.go_back()
    reader.link_is()
    reader.page.get_by_role("radio", name="mixer", checked=True).wait_for()


def test_five_presses_of_an_arrow_are_one_entry(new_bench: Reader) -> None:
    first, before = new_bench.value("slope"), entries(new_bench)
    for _ in range(5):
        new_bench.knob("slope").press("ArrowRight")
        new_bench.link_is(slope=f"{new_bench.value('slope'):g}")
    assert entries(new_bench) == before + 1
    new_bench.page.go_back()
    new_bench.soon(lambda: new_bench.value("slope"), first)


def test_a_link_that_was_bent_on_its_way_is_put_right(visit: Visit, app_server: Server) -> None:
    reader = visit(f"{app_server.url}/gradient_descent?scene=ONE%2520step&amp;part=2")
    reader.link_is(scene="one_step", part="2")


def test_back_undoes_the_menu_that_was_used_last_at_once(go: Go) -> None:
    reader = go("/approximator")
    reader.pick("Activation f", "tanh")
    reader.link_is(activation="tanh")
    reader.page.go_back()
    reader.soon(lambda: reader.page.get_by_role("combobox", name="Activation f").input_value(), "sigmoid")
    reader.link_is()
