"""A real Chromium, and real servers for it to visit."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error, Page, Route, sync_playwright

from pages.shared.serving.files import BUNDLES
from tests.browser import axe
from tests.browser.reader import DRAWN, Reader
from tests.browser.server import ROOT, Server

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # There is no other host: whatever a page asks of one fails, and its console says so.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]  # fmt: skip
DESK = {
    "viewport": {"width": 1280, "height": 900}, "color_scheme": "light", "reduced_motion": "no-preference",
    "forced_colors": "none", "permissions": [],
}  # fmt: skip
# An address that no server has: a blank page, the stage's modules, and plotly.js beside them.
MODULES = "http://stage.test"
STATIC = ROOT / "pages/shared/stage/static"
PLOTLY, BESIDE = BUNDLES["flat"], {path.name: path for path in BUNDLES.values()}

FAILED = pytest.StashKey[bool]()

Visit = Callable[..., Reader]
Walk = Callable[..., Reader]
Go = Callable[..., Reader]
Meet = Callable[..., Reader]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "smoke" not in config.getoption("markexpr"):
        long = [item for item in items if item.get_closest_marker("smoke")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group(item.path.name))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """A failed test comes with what its servers said."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
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
    yield from _served("tests/browser/apped.py")


@pytest.fixture(scope="session")
def bench_server(browser: Browser) -> Iterator[Server]:
    yield from _served("tests/browser/benched.py")


@pytest.fixture
def own_server(browser: Browser) -> Iterator[Server]:
    """A bench that the test may stop and start."""
    yield from _served("tests/browser/benched.py")


def _serve_module(route: Route) -> None:
    name = urlsplit(route.request.url).path.removeprefix("/")
    file = BESIDE.get(name, STATIC / name)
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

    def take(self, **look: Any) -> Reader:
        """A reader who is nowhere yet; `look` is what Playwright's new_context takes."""
        gone = self._gone.setdefault(device(look), [])
        reader = gone.pop() if gone else Reader(self._browser.new_context(**{**DESK, **look}).new_page())
        reader.look_like({**DESK, **look})
        return reader

    def leave(self, reader: Reader) -> None:
        """The reader goes; fails where JavaScript raised and nothing caught it."""
        reader.goes()
        self._gone[device(reader.look)].append(reader)
        reader.has_raised_nothing()


def device(look: Mapping[str, Any]) -> str:
    """What of a look is the machine's: all else can be changed while a page is open."""
    return str({name: value for name, value in look.items() if name in ("has_touch", "is_mobile")})


class Walkers:
    """Readers who stay, and follow links inside the app: the stages are new on each page, and storage and the
    session at the server are empty. Tests that are about loading come `anew`."""

    def __init__(self, guests: Guests) -> None:
        self._guests = guests
        self._there: dict[tuple[Server, str], Reader] = {}
        self._stay_at: dict[Reader, tuple[str, Any]] = {}

    def walk(self, server: Server, link: str, whole: str = DRAWN, anew: bool = False, **look: Any) -> Reader:
        """A reader who has come to this link of the server, loaded where `anew` says so; `whole` stands
        there when all has come."""
        case, url, look = (server, device(look)), server.url + link, {**DESK, **look}
        if reader := self._there.get(case):
            self._stay_at.pop(reader, None)
            return reader.come_back(url, look, whole, anew)
        self._there[case] = self._guests.take(**look)
        return self._there[case].open(url, whole)

    def stay(self, server: Server, link: str, **look: Any) -> Reader:
        """The same; where it was asked for before, all that was done with controls since is taken back."""
        reader, url = self._there.get((server, device(look))), server.url + link
        if reader and self._stay_at.get(reader) == (url, look):
            reader.set_back(url)
            return reader
        reader = self.walk(server, link, **look)
        self._stay_at[reader] = url, look
        return reader

    def rest(self, failed: bool) -> None:
        """After a test: nobody who was there when it failed is asked again, and no page raised anything."""
        there = [*self._there.values()]
        if failed:
            for reader in there:
                reader.page.context.close()
            self._there.clear()
        for reader in there:
            reader.has_raised_nothing()


@pytest.fixture(scope="session")
def axe_core() -> str:
    """axe-core, which says what shuts readers out; nothing where it cannot be had."""
    try:
        return axe.script()
    except OSError:
        return ""


@pytest.fixture(scope="session")
def script(axe_core: str) -> str:
    """axe-core, without which a test cannot be."""
    return axe_core or pytest.skip("no axe-core to test with")


@pytest.fixture(scope="session")
def guests(browser: Browser) -> Guests:
    return Guests(browser)


@pytest.fixture(scope="session")
def all_walkers(guests: Guests) -> Walkers:
    return Walkers(guests)


@pytest.fixture
def walkers(all_walkers: Walkers, request: pytest.FixtureRequest) -> Iterator[Walkers]:
    yield all_walkers
    all_walkers.rest(request.node.stash.get(FAILED, False))


@pytest.fixture
def visit(guests: Guests) -> Iterator[Visit]:
    """Load a link as a reader who was never here; `look` is what Playwright's new_context takes."""
    readers: list[Reader] = []

    def open_fresh(url: str, whole: str = DRAWN, **look: Any) -> Reader:
        readers.append(guests.take(**look))
        return readers[-1].open(url, whole)

    yield open_fresh
    for reader in readers:
        guests.leave(reader)


@pytest.fixture
def walk(walkers: Walkers) -> Walk:
    """Follow a link inside the app, to new stages with the values of the link."""
    return walkers.walk


@pytest.fixture
def stay(walkers: Walkers) -> Walk:
    """Follow a link once for tests that follow one another; for each the page is set back."""
    return walkers.stay


@pytest.fixture
def meet(guests: Guests) -> Iterator[Meet]:
    """Open a link where some of what it fetches is met on its way: by a pattern, what is done with it."""
    readers: list[Reader] = []

    def open_met(url: str, met: Mapping[str, Callable[[Route], None]], whole: str = DRAWN) -> Reader:
        readers.append(guests.take())
        for pattern, act in met.items():
            readers[-1].page.route(pattern, act)
        return readers[-1].open(url, whole)

    yield open_met
    for reader in readers:
        guests.leave(reader)


@pytest.fixture
def lesson(stay: Walk, app_server: Server) -> Reader:
    """A reader at the lesson of the single neuron."""
    return stay(app_server, "/single_neuron")


@pytest.fixture
def bench(stay: Walk, bench_server: Server) -> Reader:
    """A reader at the bench."""
    return stay(bench_server, "/")


@pytest.fixture
def fresh_bench(visit: Visit, bench_server: Server) -> Reader:
    """A reader at the bench who was never there: what a test changes in the page itself goes with it."""
    return visit(bench_server.url)


@pytest.fixture
def new_bench(walk: Walk, bench_server: Server) -> Reader:
    """A reader at the bench, whose stage is new."""
    return walk(bench_server, "/")


@pytest.fixture
def go(walk: Walk, app_server: Server) -> Iterator[Go]:
    """Follow a link to a page of the app; nothing in its console may complain from then on."""
    readers: list[Reader] = []

    def to_page(path: str, **look: Any) -> Reader:
        readers.append(walk(app_server, path, **look))
        return readers[-1]

    yield to_page
    assert not [complaint for reader in readers for complaint in reader.complaints]
