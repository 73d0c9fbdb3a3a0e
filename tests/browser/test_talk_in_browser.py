"""A talk of the reader's own: made of links, kept and passed on, and played over several lessons."""

import json
import random
import re

import pytest
from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.conftest import DESK

PROJECTOR = {"viewport": {"width": 1280, "height": 720}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
STEEP, MOVED, BUMP = "single_neuron?weight=5", "single_neuron?bias=-10&weight=5", "two_neurons?v2=-1"
TYPED = "<b>Minus</b> makes a *bump*, {so}."
MARK = "window.unloaded = true"
ADDRESS = (
    "[location.pathname, ...[...new URLSearchParams(location.search)].map((each) => each.join('=')).sort()]"
)
# Presses a key at the moment when the stage of one lesson is gone and that of the next has not come.
BETWEEN_LESSONS = """(key) => new MutationObserver((_, watching) => {
  if (document.querySelector(".sp-stage")) return;
  watching.disconnect();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}).observe(document.body, { childList: true, subtree: true })"""
KEPT = "localStorage.getItem('superpose talk 1')"


@pytest.fixture
def maker(visit, app_server):
    """A reader who makes the first talk, and may be on a phone."""

    def comes(**look):
        return visit(f"{app_server.url}/talk", whole=".sp-mine", **{**PROJECTOR, **look})

    return comes


def add(reader, *rows):
    reader.page.get_by_label("links to add").fill("\n".join(rows))
    reader.page.get_by_role("button", name="Add", exact=True).press("Enter")


def links(reader):
    return [each.input_value() for each in reader.page.get_by_label(re.compile("^link of stop")).all()]


def packed(reader):
    """The one link of the talk, once it is that of what is shown."""
    field = reader.page.get_by_label("link of the talk", exact=True)
    reader.page.get_by_role("button", name="copy the link of the talk").press("Enter")
    reader.page.get_by_text(re.compile("^Copied|does not copy")).wait_for()
    return field.input_value()


def is_at(reader, place, link, says):
    """Wait until that stop of three is shown."""
    page = reader.page
    expect(page.locator(".sp-caption-count")).to_have_text(f"{place} of 3")
    expect(page.locator(".sp-caption-says")).to_have_text(says)
    path, _, query = link.partition("?")
    there = [f"/{path}", *sorted([*query.split("&"), "present=talk"])]
    reader.soon(lambda: page.evaluate(ADDRESS), there)


def test_a_talk_over_two_lessons_is_played_with_the_keys_of_a_clicker(maker, app_server):
    reader = maker()
    page, keys = reader.page, reader.page.keyboard
    add(
        reader, f"{app_server.url}/{STEEP} The weight is {{weight}}.", f"{MOVED}\tThe bias\tWhere to?",
        "nowhere?x=1 Dead", f"{BUMP} {TYPED}",
    )  # fmt: skip
    page.evaluate(MARK)
    page.get_by_role("button", name="Play", exact=True).press("Enter")
    is_at(reader, 1, STEEP, "The weight is 5.0.")
    with page.expect_popup() as opened:
        keys.press("n")
    notes = opened.value
    keys.press("PageDown")
    is_at(reader, 2, MOVED, "The bias")
    reader.soon(lambda: reader.value("bias b"), -10)
    expect(notes.locator(".asks").first).to_have_text("Where to?")
    page.evaluate(BETWEEN_LESSONS, "c")
    notes.keyboard.press("ArrowRight")
    is_at(reader, 3, BUMP, TYPED)
    expect(page.locator("html")).to_have_class(re.compile("sp-quiet"))
    expect(notes.locator("h1")).to_have_text("Two neurons")
    expect(notes.locator(".next h2")).to_have_text("This is the last one.")
    notes.close()
    keys.press("c")
    expect(page.locator("html")).not_to_have_class(re.compile("sp-quiet"))
    keys.press("PageUp")
    is_at(reader, 2, MOVED, "The bias")
    # What is to be presented again has to be there.
    reader.soon(lambda: reader.value("bias b"), -10)
    keys.press("p")
    expect(page.locator(".sp-caption")).to_have_count(0)
    keys.press("p")
    is_at(reader, 2, MOVED, "The bias")
    assert page.evaluate("window.unloaded"), "no page was loaded"
    page.reload()
    is_at(reader, 2, MOVED, "The bias")


def test_each_bad_row_says_what_is_wrong_with_it_and_the_rest_is_kept(maker, script):
    reader = maker()
    page = reader.page
    add(reader, f"{BUMP}&foo=1 A", "https://other.example/bumps B", "nowhere?x=1 C", "ftp://x D")
    said = page.locator(".sp-stops .sp-error").all_inner_texts()
    wanted = ("nothing called “foo”", "leads to other.example", "no lesson “nowhere”", "is no link")
    assert all(part in text for part, text in zip(wanted, said, strict=True)), said
    assert links(reader) == [f"{BUMP}&foo=1", "https://other.example/bumps", "nowhere?x=1", "ftp://x"]
    for scheme in ("light", "dark"):
        reader.look_like({**DESK, **PROJECTOR, "color_scheme": scheme})
        assert axe.violations(reader, script) == []
    add(reader, *(f"{BUMP} {number**31:x}" for number in range(2, 90)))
    expect(page.locator(".sp-mine > .sp-error").nth(1)).to_have_text(re.compile("Save the talk as a file"))


def test_each_bad_value_is_named_with_its_rule_and_the_rest_is_kept(maker):
    reader = maker()
    page = reader.page
    add(
        reader, "single_neuron?weight=900&bias=1 A", "single_neuron?bias=steep&weight=5 B",
        "depth?scene=fold&times=2 C", "depth?scene=NOT+free&n=3 D", "gradient_descent?v1=-9&w1=1,5 E",
    )  # fmt: skip
    rows = page.locator(".sp-stops li")
    said = [row.locator(".sp-error").inner_text() for row in rows.all()]
    assert said == [
        "weight must be from −10 to 10, and is 900: the nearest is shown.",
        "bias must be a number from −10 to 10, and is “steep”: that part of the link is left out.",
        "scene must be one of cliff, folds, typical, found, not_free, narrow, squares, and is “fold”: that "
        "part of the link is left out.",
        "",
        "v1 must be from −4 to 4, and is -9: the nearest is shown.",
    ]
    led = [row.locator("a").get_attribute("href").rpartition("/")[2] for row in rows.all()]
    assert led[:3] == ["single_neuron?weight=900&bias=1", "single_neuron?weight=5", "depth?times=2"]
    assert links(reader)[2] == "depth?scene=fold&times=2", "what was typed stands"
    page.get_by_role("button", name="Play from here: stop 3").press("Enter")
    page.locator(".sp-caption-says", has_text="C").wait_for()
    reader.link_is(times="2", present="talk")


# What comes of talks as they are made by chance: as a link, cut anywhere, and as a file with dead lines.
TRAVELS = """async (talks) => {
  const { packed, unpacked, opened, written } = await import("/own.js");
  const found = [];
  for (const { talk, cut, dead } of talks) {
    const link = await packed(talk);
    const file = JSON.parse(written(talk));
    for (const { at, line } of dead) file.stops.splice(at, 0, line);
    found.push({
      whole: await unpacked(link), cut: await unpacked(link.slice(0, Math.floor(cut * link.length))),
      file: await opened(new File([JSON.stringify(file)], "talk.json")),
    });
  }
  return found;
}"""
WORDS = ("Minus", "{weight}", "Nº 1", "“so”", "+ & =", "<b>", "ß∑", "💡", "nowhere?x=1")
DEAD = (None, 7, "bumps", [], {}, {"link": 3}, {"says": "no link"})


def by_chance(seed):
    """A talk, where its link is cut, and lines that are no stops with the places where they come in."""
    chosen = random.Random(seed)
    stops = [
        {
            "link": chosen.choice((STEEP, BUMP, "nowhere?x=1", "")),
            **{cell: " ".join(chosen.choices(WORDS, k=chosen.randrange(6))) for cell in ("says", "ask")},
        }
        for _ in range(chosen.randrange(1, 9))
    ]
    dead = [{"at": chosen.randrange(9), "line": chosen.choice(DEAD)} for _ in range(chosen.randrange(4))]
    return {"talk": {"title": f"Nº {seed}", "stops": stops}, "cut": chosen.random(), "dead": dead}


def test_whatever_a_talk_holds_it_travels_whole_or_it_is_said_what_is_lost(modules):
    talks = [by_chance(seed) for seed in range(60)]
    for made, came in zip(talks, modules.evaluate(TRAVELS, talks), strict=True):
        stops, dead = made["talk"]["stops"], len(made["dead"])
        assert came["whole"] == {"talk": made["talk"], "notes": []}
        cut = came["cut"]
        assert cut["notes"], made
        kept = cut["talk"]["stops"] if cut["talk"] else []
        assert kept == stops[: len(kept)]
        assert cut["talk"] is None or f"the first {len(kept)} stops" in cut["notes"][-1]
        assert came["file"]["talk"] == made["talk"]
        lost = [f"{dead} of its {len(stops) + dead} stops had no link, and are left out."] if dead else []
        assert came["file"]["notes"] == lost


def test_stops_are_moved_removed_and_brought_back_by_keys_and_stay_in_this_browser(maker, script):
    reader = maker(**PHONE)
    page, keys = reader.page, reader.page.keyboard
    add(reader, STEEP, MOVED, BUMP)
    page.get_by_role("button", name="move down stop 1").press("Enter")
    assert links(reader) == [MOVED, STEEP, BUMP]
    keys.press("Enter")
    assert links(reader) == [MOVED, BUMP, STEEP]
    page.get_by_role("button", name="Remove stop 2").press("Enter")
    assert links(reader) == [MOVED, STEEP]
    keys.press("Enter")
    assert links(reader) == [MOVED, BUMP, STEEP]
    page.get_by_label("name of the talk").fill("Stairs")
    assert reader.sticks_out() == []
    assert axe.violations(reader, script) == []
    page.reload()
    expect(page.get_by_label("name of the talk")).to_have_value("Stairs")
    assert links(reader) == [MOVED, BUMP, STEEP]


def test_a_talk_travels_as_a_link_and_as_a_file_and_what_is_broken_says_so(maker, tmp_path):
    reader = maker()
    page = reader.page
    add(reader, *(f"{link} Nº {place}: {TYPED}" for place, link in enumerate((STEEP, MOVED, BUMP))))
    page.get_by_label("name of the talk").fill("Stairs")
    told = json.loads(page.evaluate(KEPT))
    link = packed(reader)
    assert re.fullmatch(r"http://[\w.:]+/talk#[\w.-]+", link)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a file").press("Enter")
    file = tmp_path / "talk.json"
    saved.value.save_as(file)
    assert json.loads(file.read_text())["stops"] == told["stops"]
    page.get_by_role("button", name="Begin a new talk").press("Enter")
    assert links(reader) == []
    wrong = page.locator(".sp-wrong li")
    for given, why in (
        (b"{", "JSON file, as"),
        (b"[]", "something else"),
        (file.read_bytes()[:-9], "JSON file, as"),
    ):
        page.locator("input[type=file]").set_input_files({"name": "x.json", "mimeType": "", "buffer": given})
        expect(wrong).to_have_text(re.compile(why))
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_label("name of the talk")).to_have_value("Stairs")
    page.evaluate("(cut) => { location.hash = cut; }", link.partition("#")[2][:-30])
    expect(wrong).to_have_text(re.compile("was cut or changed on its way: the first [12] stops"))
    page.evaluate("location.hash = 'nonsense'")
    expect(wrong).to_have_text(re.compile("no talk that can be read"))
    page.evaluate("(whole) => { location.hash = whole; }", link.partition("#")[2])
    expect(wrong).to_have_count(0)
    reader.soon(lambda: json.loads(page.evaluate(KEPT))["stops"], told["stops"])
    page.get_by_role("button", name="Back to “Stairs”").press("Enter")
    assert links(reader) == [STEEP, MOVED, BUMP]


HASHES = """async () => {
  const heard = [];
  const changed = new Promise((tell) => addEventListener("hashchange", ({ newURL }) => {
    heard.push(new URL(newURL).hash);
    history.replaceState(history.state, "", location.pathname);
    tell();
  }));
  const told = (text) => new Promise((tell) => {
    addEventListener("message", ({ data }) => data === text && setTimeout(tell));
    postMessage(text, location.origin);
  });
  location.hash = "one";
  await changed;
  await told("first");
  await told("second");
  return [heard, location.hash];
}"""


def test_a_hash_that_is_no_more_does_not_come_back(maker):
    assert maker().page.evaluate(HASHES) == [["#one"], ""]


def test_the_present_picture_is_added_from_share(visit, app_server, script):
    reader = visit(f"{app_server.url}/{BUMP}", **PROJECTOR)
    page = reader.page
    page.keyboard.press("l")
    page.get_by_label("sentence for the talk").fill(TYPED)
    page.get_by_role("button", name="Add to my talk").press("Enter")
    expect(page.locator(".sp-said")).to_have_text("Added: 1 stop in “My talk”. Open the talk")
    assert axe.violations(reader, script) == []
    assert json.loads(page.evaluate(KEPT))["stops"] == [{"link": BUMP, "says": TYPED, "ask": ""}]
