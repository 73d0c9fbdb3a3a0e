"""A package runs in a school's system: a player of SCORM 1.2, which keeps what it is told as they do."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, Route

from pages.shared.assigning.elsewhere import stages_of
from pages.shared.stage.assigning.assignment import Assignment, Goal
from pages.shared.stage.stage import written
from pages.shared.stage.taking.package import MANIFEST, package
from tests.browser.conftest import DESK
from tests.npm import Package

AGAIN = Package(
    "scorm-again",
    "3.4.3",
    "Zbe+7ArMUbT1lVnqYxsbGRfI9JD9JVqEPzZLQdk0nfNmcDYJ404rMO9nbkQ0Hzwux5uACF9zKsvc29Q/ZzMOdg==",
)
SCHOOL = "http://school.test"
# Writes down what it is asked, and keeps what was committed until the next visit.
PLAYER = """<!doctype html><title>school</title><script src="/scorm12.min.js"></script><script>
const api = new Scorm12API({ autocommit: false, logLevel: 5 });
if (localStorage.cmi) api.loadFromJSON(JSON.parse(localStorage.cmi));
window.API = new Proxy(api, { get: (api, name) => (...words) => {
  const said = api[name](...words);
  const calls = JSON.parse(localStorage.calls ?? "[]");
  localStorage.calls = JSON.stringify([...calls, [name, ...words, String(said)]]);
  if (name === "LMSCommit") localStorage.cmi = JSON.stringify(api.renderCMIToJSONObject().cmi);
  return said;
} });
</script><iframe src="/HREF" width="1200" height="850"></iframe>"""
COMMITS = "JSON.parse(localStorage.calls).filter(([name]) => name === 'LMSCommit')"
FORGE = """(suspended) => {
  document.querySelector("iframe").remove();
  localStorage.cmi = JSON.stringify({ ...JSON.parse(localStorage.cmi), suspend_data: suspended });
}"""
# What the file takes of what a school has kept, and how well its two tasks are done by that.
KEPT = """async (suspended) => {
  const { School, Tally } = await import("/school.js");
  const api = { LMSInitialize: () => "true", LMSSetValue: () => "true", LMSGetValue: () => suspended };
  const kept = new School(api, "mine").kept();
  const tally = new Tally({ one: { done: false }, two: { done: false } }, ["one", "two"]);
  tally.take(kept);
  return [kept, tally.best];
}"""
# Windows as files meet them: what stands around them, and what opened them.
AROUND = """async () => {
  const { schoolAround } = await import("/school.js");
  const top = (more) => { const frame = { opener: null, ...more }; frame.parent = frame; return frame; };
  const within = (parent) => ({ opener: null, parent });
  const school = { API: { name: "school", LMSInitialize: () => "true" } };
  const closed = { get: () => { throw new DOMException("another site", "SecurityError"); } };
  const foreign = (frame) => Object.defineProperty(frame, "API", closed);
  const windows = {
    around: within(within(top(school))),
    opener: top({ opener: within(top(school)) }),
    none: within(top()),
    foreign: within(foreign(top())),
    beyond: within(foreign(within(top(school)))),
    "no function": within(top({ API: { name: "other" } })),
  };
  return Object.fromEntries(
    Object.entries(windows).map(([name, window]) => [name, schoolAround(window)?.name ?? null]));
}"""
# What the reader is told by a school that refuses one call, or the value of one name.
REFUSED = """async (refused) => {
  const { School, Tally } = await import("/school.js");
  const answer = (name) => (word) => String(![name, word].includes(refused));
  const names = ["LMSInitialize", "LMSSetValue", "LMSCommit"];
  const api = Object.fromEntries(names.map((name) => [name, answer(name)]));
  const school = new School({ ...api, LMSGetValue: () => "", LMSGetLastError: () => "401" }, "mine");
  const tally = new Tally({ one: { done: false } }, ["one"]);
  tally.see({ one: { done: true } });
  school.tell(tally, "w", 1);
  return school.says(tally);
}"""
V1, V2 = "output weight v₁", "output weight v₂"


class Lesson:
    """A package in the player."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def file(self) -> FrameLocator:
        return self.page.frame_locator("iframe")

    def visit(self) -> None:
        """Come to the school, or load its page anew."""
        self.page.goto(SCHOOL)
        self.file.locator(".sp-plot .js-line").first.wait_for()

    def says(self, words: str) -> None:
        """Wait until that is what the reader is told of the school."""
        self.file.locator("#sp-school").get_by_text(words, exact=True).wait_for()

    def set(self, label: str, number: str) -> None:
        """Set a knob, and wait until the school has kept that."""
        before = len(self.calls("LMSCommit"))
        field = self.file.get_by_label(f"{label}, as a number")
        field.fill(number)
        field.press("Enter")
        self.page.wait_for_function(f"(before) => ({COMMITS}).length > before", arg=before)

    def value(self, label: str) -> str:
        return self.file.get_by_label(label, exact=True).input_value()

    def kept(self) -> Any:
        """What the school has kept."""
        return json.loads(self.page.evaluate("localStorage.cmi"))

    def stands(self) -> tuple[str, str]:
        """The score and the status that the school has kept."""
        core = self.kept()["core"]
        return core["score"]["raw"], core["lesson_status"]

    def calls(self, name: str) -> list[list[str]]:
        """What the school was asked under that name, and what it answered."""
        calls = json.loads(self.page.evaluate("localStorage.calls"))
        return [words for called, *words in calls if called == name]


def packed(lesson: str, task: Assignment | None = None) -> bytes:
    """The package of the first picture of a lesson, or of what a student sees of it."""
    stage = stages_of(lesson, {})[0]
    stage = stage.for_student(task) if task else stage
    values = {name: each.value for name, each in stage.inputs.items()}
    return package(stage.key, lesson, written(stage, values, f"http://app/{lesson}"))


@pytest.fixture(scope="module")
def bump() -> bytes:
    """A package with two tasks, each of which one knob does by itself."""
    return packed("two_neurons")


@pytest.fixture
def played(browser: Browser) -> Iterator[Callable[[bytes], Lesson]]:
    """Unpacks a package into a school that has no other part, and opens what its manifest names."""
    try:
        player = AGAIN.file("dist/scorm12.min.js").read_text("utf-8")
    except OSError as error:
        pytest.skip(f"no player of SCORM to run it in: {error}")
    context = browser.new_context(**DESK)
    page = context.new_page()
    raised: list[str] = []
    page.on("pageerror", lambda error: raised.append(str(error)))

    def play(content: bytes) -> Lesson:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            files = {f"/{name}": parts.read(name).decode() for name in parts.namelist()}
        href = ElementTree.fromstring(files[f"/{MANIFEST}"]).find(".//{*}resource").attrib["href"]
        files |= {"/": PLAYER.replace("HREF", href), "/scorm12.min.js": player}

        def serve(route: Route) -> None:
            url = urlsplit(route.request.url)
            kind = "text/javascript" if url.path.endswith(".js") else "text/html; charset=utf-8"
            route.fulfill(body=files[url.path], content_type=kind)

        page.route(f"{SCHOOL}/**", serve)
        lesson = Lesson(page)
        lesson.visit()
        return lesson

    yield play
    context.close()
    assert raised == []


def test_a_school_is_told_the_score_and_brings_a_reader_back_to_where_the_file_was_left(played, bump):
    lesson = played(bump)
    lesson.says("What you do here is told to your school's system.")
    lesson.set(V2, "-1")
    lesson.says("Your school's system knows: 1 of 2 tasks done, score 50 of 100.")
    assert lesson.stands() == ("50", "incomplete")

    lesson.visit()
    lesson.says("Your school's system knows: 1 of 2 tasks done, score 50 of 100.")
    assert (lesson.value(V1), lesson.value(V2)) == ("1", "-1")
    lesson.set(V1, "-1")
    lesson.says("Your school's system knows: 2 of 2 tasks done, score 100 of 100.")
    lesson.set(V1, "0.5")
    assert lesson.stands() == ("100", "completed")
    assert json.loads(lesson.kept()["suspend_data"])["moved"] == "v1"

    lesson.page.evaluate("document.querySelector('iframe').remove()")
    assert lesson.calls("LMSInitialize") == [["", "true"]] * 2
    assert lesson.calls("LMSFinish") == [["", "true"]] * 2
    assert [words for words in lesson.calls("LMSSetValue") if words[-1] != "true"] == []
    assert lesson.kept()["core"]["lesson_status"] == "completed"


def test_of_an_assignment_each_goal_that_is_met_counts_and_who_meets_enough_has_passed(played):
    goals = Goal("weight w", "at least", 1.5), Goal("weight w", "at most", 2.0)
    goals += Goal("bias b", "at least", 1.0), Goal("weight w", "at least", 3.0)
    task = Assignment("single_neuron", "single_neuron", ("weight",), ("bias",), {}, "Steep.", goals, 2, 0)
    lesson = played(packed("single_neuron", task))
    lesson.set("weight w", "1.2")
    assert lesson.stands() == ("25", "incomplete")
    lesson.set("weight w", "1.6")
    assert lesson.stands() == ("50", "passed")
    lesson.says("Your school's system knows: 1 of 1 task done, score 50 of 100.")


def test_what_a_school_has_kept_is_forged_and_the_file_begins_anew_without_a_word(played, bump):
    lesson = played(bump)
    lesson.set(V2, "0.5")
    own = json.loads(lesson.kept()["suspend_data"])
    for forged in ({"moved": "__proto__", "at": 0}, {"at": 1e9}):
        suspended = json.dumps({**own, "best": [1, "<b>1</b>"], "done": {"length": 2}, **forged})
        lesson.page.evaluate(FORGE, suspended)
        lesson.visit()
        assert [lesson.value(each) for each in (V1, V2)] == ["1", "1"], suspended
        lesson.says("Your school's system knows: 0 of 2 tasks done, score 0 of 100.")


def test_only_what_was_kept_of_the_very_file_is_taken(modules):
    own = {"form": 1, "file": "mine", "moved": "w", "at": 2, "best": [0.5, 1], "done": [False, True]}
    others = [{**own, "form": 2}, {**own, "file": "another"}, None, [], 7, "mine"]
    for suspended in (*map(json.dumps, others), "", "{", "NaN"):
        assert modules.evaluate(KEPT, suspended) == [{}, [0, 0]], suspended
    for best in ([1], [1, 2], [1, -1], [1, None], [1, "1"], {"length": 2}, "11"):
        assert modules.evaluate(KEPT, json.dumps({**own, "best": best}))[1] == [0, 0], best
    assert modules.evaluate(KEPT, json.dumps(own)) == [own, [0.5, 1]]


def test_the_school_is_found_in_a_window_around_or_in_the_opener_and_another_site_hides_none(modules):
    assert modules.evaluate(AROUND) == {
        "around": "school",
        "opener": "school",
        "none": None,
        "foreign": None,
        "beyond": "school",
        "no function": None,
    }


@pytest.mark.parametrize(
    ("refused", "says"),
    [
        ("LMSInitialize", "did not take it: LMSInitialize (error 401)."),
        ("cmi.core.score.raw", "did not take it: LMSSetValue cmi.core.score.raw (error 401)."),
        ("cmi.core.score.max", "knows: 1 of 1 task done, score 100 of 100."),
    ],
)
def test_what_a_school_refuses_is_said_but_for_what_it_need_not_have(modules, refused, says):
    assert modules.evaluate(REFUSED, refused) == f"Your school's system {says}"
