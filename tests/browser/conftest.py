"""A real Chromium, and real servers for it to visit."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.browser.reader import Reader
from tests.browser.server import Server

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESK = {"viewport": {"width": 1280, "height": 900}}

Visit = Callable[..., Reader]
Go = Callable[..., Reader]


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
    """The Chromium that is installed; None where only Playwright's own may be."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


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


@contextmanager
def _visiting(browser: Browser) -> Iterator[Visit]:
    """Opens links; at the end they are closed, and it fails where JavaScript raised and nothing caught it."""
    contexts, raised = [], []

    def open_fresh(url: str, drawn: bool = True, **look: Any) -> Reader:
        context = browser.new_context(**{**DESK, **look})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: raised.append(str(error)))
        return Reader(page).open(url, drawn)

    yield open_fresh
    for context in contexts:
        context.close()
    assert not raised, f"uncaught in the page: {raised}"


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open a link as a reader who was never here; `look` is what Playwright's new_context takes."""
    with _visiting(browser) as open_fresh:
        yield open_fresh


@pytest.fixture(scope="module")
def stay(browser: Browser) -> Iterator[Visit]:
    """Open a link once for all tests of a file, for opening takes seconds; for each the page is set back."""
    readers: dict[tuple[str, str], Reader] = {}
    with _visiting(browser) as open_fresh:

        def open_or_set_back(url: str, **look: Any) -> Reader:
            case = url, str(look)
            if case in readers:
                readers[case].set_back(url)
            else:
                readers[case] = open_fresh(url, **look)
            return readers[case]

        yield open_or_set_back


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
