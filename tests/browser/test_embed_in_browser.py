"""In a frame on another site a picture lives on, shows what is asked for, and tells it how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page

from tests.browser.conftest import DESK
from tests.browser.server import Server

# The site knows what came, and from where; what Streamlit says of itself has another form.
KEEP = """<!doctype html><html lang="en"><title>A school</title><script>
window.told = [];
addEventListener("message", ({ data, origin }) => data.from && told.push({ ...data, origin }));
</script>"""
# The strictest browsers give a frame of another site no storage.
NO_STORAGE = """if (window.parent !== window) Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("Access is denied for this document.", "SecurityError"); },
});"""
COOKIES = {
    "enableThirdPartyCookieRestriction": True,
    "disableThirdPartyCookieMetadata": True,
    "disableThirdPartyCookieHeuristics": True,
}
SANDBOX = '<iframe sandbox="allow-scripts allow-same-origin"'
SEES = """() => [
  "h1", ".sp-plot", ".sp-knob", ".sp-try", ".stMarkdown", "[data-testid=stSidebar]", ".stPageLink"]
  .filter((part) => [...document.querySelectorAll(part)].some((node) => node.checkVisibility()))"""
FITS = (
    "() => { const main = document.querySelector('.stMain'); return main.scrollHeight <= main.clientHeight; }"
)
SEEN = {
    "picture": [".sp-plot"],
    "knobs": [".sp-plot", ".sp-knob"],
    "words": ["h1", ".sp-plot", ".sp-knob", ".sp-try", ".stMarkdown", ".stPageLink"],
}


@pytest.fixture
def school(browser: Browser) -> Iterator[School]:
    site = School(browser)
    yield site
    site.close()


class School:
    """Another site: a server at 127.0.0.1, while ours is at localhost; it holds whatever HTML it is given."""

    def __init__(self, browser: Browser) -> None:
        site = self
        self.html = ""

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write((KEEP + site.html).encode())

            def log_message(self, *_said: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        Thread(target=self._server.serve_forever, daemon=True).start()
        self.context = browser.new_context(**DESK)
        self.context.add_init_script(NO_STORAGE)
        self.page = self.context.new_page()
        self.raised: list[str] = []
        self.page.on("pageerror", lambda error: self.raised.append(str(error)))
        session = self.context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.send("Network.setCookieControls", COOKIES)

    def close(self) -> None:
        self.context.close()
        self._server.shutdown()
        self._server.server_close()

    def hold(self, html: str) -> Frame:
        """The frame in a page with that HTML, once its picture is drawn."""
        self.html = html
        self.page.goto(f"http://127.0.0.1:{self._server.server_port}/")
        return self.drawn()

    def drawn(self) -> Frame:
        (frame,) = self.page.main_frame.child_frames
        frame.wait_for_selector(".sp-stage .main-svg .xtick", state="attached")
        return frame

    def told(self, holds: str) -> list[dict[str, Any]]:
        """What it was told, when that holds of `told`."""
        self.page.wait_for_function(f"() => {holds}")
        said: list[dict[str, Any]] = self.page.evaluate("told")
        return said


def test_without_cookies_and_storage_it_lives_in_a_sandbox_and_tells_the_site_around_it_how_it_stands(
    school: School, app_server: Server, modules: Page
) -> None:
    link = f"{app_server.url}/single_neuron?bias=-2"
    code = modules.evaluate(
        "async (link) => (await import('/share.js')).frameCode(link, document.title)",
        f"{link}&embed=true&framed=all",
    )
    frame = school.hold(code.replace("<iframe", SANDBOX))
    assert frame.evaluate("document.cookie = 'probe=1; SameSite=None; Secure'; document.cookie") == ""
    frame.get_by_text("framed: “all” is none of picture, knobs, words; words stands.").wait_for()
    assert frame.evaluate(SEES) == SEEN["words"]
    frame.wait_for_function(FITS)
    first = school.told("told.length")[-1]
    assert first == {
        "from": "superpose", "height": first["height"], "done": False, "score": 0, "link": link,
        "origin": app_server.url,
    }  # fmt: skip
    frame.get_by_role("radio", name="step").check(force=True)
    said = school.told("told.some(({ statement }) => statement)")
    (statement,) = [each["statement"] for each in said if "statement" in each]
    assert statement["verb"]["id"] == "http://adlnet.gov/expapi/verbs/scored"
    assert statement["object"]["id"] == f"{app_server.url}/single_neuron"
    assert statement["result"]["score"]["raw"] == 1
    told = school.told(f"told.some(({{ link }}) => link === '{link}&activation=step')")
    (score,) = {each["score"] for each in told if "score" in each} - {0}
    assert score == statement["result"]["score"]["scaled"] < 1
    heights = [each["height"] for each in told if "height" in each]
    assert sum(after < before for before, after in pairwise(heights)) <= 1, "it falls by itself"
    for level in ("knobs", "picture"):
        frame.goto(f"{link}&embed=true&framed={level}")
        assert school.drawn().evaluate(SEES) == SEEN[level]
    assert school.raised == []


ORIGINS = """async () => {
  const { originAround } = await import("/embed.js");
  const around = (ancestorOrigins, referrer) =>
    originAround({ parent: {}, location: { ancestorOrigins }, document: { referrer } });
  return [
    around(["https://school.example", "https://top.example"], "https://other.example/page"),
    around(undefined, "https://school.example/page?name=x"),
    around(["null"], ""), around(undefined, ""), around(undefined, "about:srcdoc"), around([], "file:///x"),
    originAround(window),
  ];
}"""


def test_only_the_site_that_the_browser_names_is_told(modules: Page) -> None:
    named = "https://school.example"
    assert modules.evaluate(ORIGINS) == [named, named, None, None, None, None, None]


TELLING = """async (states) => {
  const { Reports } = await import("/embed.js");
  const said = [];
  const reports = new Reports((message) => said.push(message), () => new Date(0));
  const page = { height: 100, max: 2, link: "https://a.example/bumps?n=3", title: "Bumps", solved: false };
  for (const state of states) reports.tell({ ...page, ...state });
  return said;
}"""


def test_what_is_told_once_is_not_told_again_and_a_task_done_makes_a_statement(modules: Page) -> None:
    states = [
        {"raw": 0},
        {"raw": 0},
        {"raw": 1, "solved": True},
        {"raw": 1, "height": 90},
        {"raw": 2, "solved": True},
    ]
    said = modules.evaluate(TELLING, [*states, {"raw": 2}, {"raw": 0, "max": 0}])
    reports = [(each["height"], each["done"], each["score"]) for each in said if "height" in each]
    assert reports == [
        (100, False, 0),
        (100, False, 0.5),
        (90, False, 0.5),
        (100, True, 1),
        (100, False, None),
    ]
    statements = [each["statement"] for each in said if "statement" in each]
    assert [each["verb"]["display"]["en"] for each in statements] == ["scored", "scored", "completed"]
    assert statements[-1] == {
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed", "display": {"en": "completed"}},
        "object": {
            "objectType": "Activity",
            "id": "https://a.example/bumps",
            "definition": {"type": "http://adlnet.gov/expapi/activities/lesson", "name": {"en": "Bumps"}},
        },
        "result": {"score": {"scaled": 1, "raw": 2, "min": 0, "max": 2}, "completion": True},
        "timestamp": "1970-01-01T00:00:00.000Z",
    }
