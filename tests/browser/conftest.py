"""A real Chromium, and real servers for it to visit."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import plotly
import pytest
from playwright.sync_api import Browser, Error, Page, Route, sync_playwright

from tests.browser.reader import Reader
from tests.browser.server import ROOT, Server

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
# Pages that stay open cost: those of a test and of the one before are enough.
MOST_STAY = 2
DESK = {"viewport": {"width": 1280, "height": 900}}
# An address that no server has: a blank page, the stage's modules, and plotly.js beside them.
MODULES = "http://stage.test"
STATIC = ROOT / "pages/shared/stage/static"
PLOTLY = Path(plotly.__file__).parent / "package_data/plotly.min.js"

Visit = Callable[..., Reader]
Go = Callable[..., Reader]
Meet = Callable[..., Reader]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group(item.path.name))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """A failed test comes with what its servers said."""
    report = yield
    if report.failed:
        for used in getattr(item, "funcargs", {}).values():
            if isinstance(used, Server):
                report.sections.append((f"log of {used.script}", used.log()[-4000:]))
    return report


def _chromium() -> str | None:
    """The Chromium that is installed; None where only Playwright's own may be.

    First the one without windows of its own: it opens a page with a third of the work.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next(
        (path for name in (os.environ.get("CHROMIUM"), *names) if name and (path := shutil.which(name))), None
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests. Without any they are skipped, but on CI they fail."""
    with sync_playwright() as play:
        try:
            chromium = play.chromium.launch(executable_path=_chromium(), args=FLAGS)
        except Error as error:
            give_up = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
            give_up(f"no Chromium to test in: {error}")
        yield chromium
        chromium.close()


def _served(script: str) -> Iterator[Server]:
    server = Server(script)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def app_server(browser: Browser) -> Iterator[Server]:
    yield from _served("app.py")


@pytest.fixture(scope="session")
def bench_server(browser: Browser) -> Iterator[Server]:
    yield from _served("tests/browser/bench.py")


@pytest.fixture
def own_server(browser: Browser) -> Iterator[Server]:
    """A bench that the test may stop and start."""
    yield from _served("tests/browser/bench.py")


def _serve_module(route: Route) -> None:
    name = urlsplit(route.request.url).path.removeprefix("/")
    file = PLOTLY if name == PLOTLY.name else STATIC / name
    if not name:
        route.fulfill(body="<!doctype html><title>modules</title>", content_type="text/html")
    elif file.exists():
        route.fulfill(path=file)
    else:
        route.abort()


@pytest.fixture(scope="session")
def modules(browser: Browser) -> Iterator[Page]:
    """A blank page that the stage's modules can be imported into, without a server, a stage or a lesson."""
    context = browser.new_context(**DESK)
    page = context.new_page()
    page.route(f"{MODULES}/**", _serve_module)
    page.goto(MODULES)
    yield page
    context.close()


class Guests:
    """Readers who come and leave. Who has left is taken again: where the scripts were compiled before, a page
    opens in a third of the time. Nothing of the visit before is left: no storage, no cookie, no message."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._gone: dict[str, list[Reader]] = {}

    def come(self, url: str, drawn: bool = True, **look: Any) -> Reader:
        """A reader who opens the link; `look` is what Playwright's new_context takes."""
        gone = self._gone.setdefault(str(look), [])
        reader = gone.pop() if gone else Reader(self._browser.new_context(**{**DESK, **look}).new_page())
        reader.look = look
        return reader.open(url, drawn)

    def leave(self, reader: Reader) -> None:
        """The reader goes; fails where JavaScript raised and nothing caught it."""
        raised = reader.goes()
        self._gone[str(reader.look)].append(reader)
        assert not raised, f"uncaught in the page: {raised}"


@pytest.fixture(scope="session")
def guests(browser: Browser) -> Guests:
    return Guests(browser)


@pytest.fixture
def visit(guests: Guests) -> Iterator[Visit]:
    """Open a link as a reader who was never here; `look` is what Playwright's new_context takes."""
    readers: list[Reader] = []

    def open_fresh(url: str, drawn: bool = True, **look: Any) -> Reader:
        readers.append(guests.come(url, drawn, **look))
        return readers[-1]

    yield open_fresh
    for reader in readers:
        guests.leave(reader)


@pytest.fixture
def meet(browser: Browser) -> Iterator[Meet]:
    """Open a link where some of what it fetches is met on its way: by a pattern, what is done with it."""
    readers: list[Reader] = []

    def open_met(url: str, met: Mapping[str, Callable[[Route], None]], drawn: bool = True) -> Reader:
        page = browser.new_context(**DESK).new_page()
        for pattern, act in met.items():
            page.route(pattern, act)
        readers.append(Reader(page))
        return readers[-1].open(url, drawn)

    yield open_met
    for reader in readers:
        reader.page.context.close()
        assert not reader.raised, f"uncaught in the page: {reader.raised}"


@pytest.fixture(scope="module")
def stay(guests: Guests) -> Iterator[Visit]:
    """Open a link once for tests of a file that follow one another; for each the page is set back."""
    readers: dict[tuple[str, str], Reader] = {}

    def open_or_set_back(url: str, **look: Any) -> Reader:
        case = url, str(look)
        if case in readers:
            readers[case].set_back(url)
        else:
            if len(readers) == MOST_STAY:
                guests.leave(readers.pop(next(iter(readers))))
            readers[case] = guests.come(url, **look)
        return readers[case]

    yield open_or_set_back
    for reader in readers.values():
        guests.leave(reader)


@pytest.fixture
def lesson(stay: Visit, app_server: Server) -> Reader:
    """A reader at the lesson of the single neuron."""
    return stay(f"{app_server.url}/single_neuron")


@pytest.fixture
def bench(stay: Visit, bench_server: Server) -> Reader:
    """A reader at the bench."""
    return stay(bench_server.url)


@pytest.fixture
def fresh_bench(visit: Visit, bench_server: Server) -> Reader:
    """A reader at the bench who was never there."""
    return visit(bench_server.url)


@pytest.fixture
def go(visit: Visit, app_server: Server) -> Iterator[Go]:
    """Open a page of the app; nothing in its console may complain from then on."""
    readers: list[Reader] = []

    def open_page(path: str, **look: Any) -> Reader:
        readers.append(visit(app_server.url + path, **look))
        return readers[-1]

    yield open_page
    assert not [complaint for reader in readers for complaint in reader.complaints]
