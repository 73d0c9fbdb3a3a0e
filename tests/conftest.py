"""Property tests here have no deadline: a busy machine is not a broken theorem.

Each property is tried on 30 cases, other ones every time; `--hypothesis-profile=thorough` tries 500.
"""

import gc
import logging
import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

# Each of the workers has a processor to itself; more threads of NumPy's would wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# With Python's own threshold, 700, a seventh of the time goes to looking for garbage.
gc.set_threshold(50_000, 10, 20)

BROWSER = Path(__file__).with_name("browser")

settings.register_profile("short", deadline=None, max_examples=30)
settings.register_profile("thorough", deadline=None, max_examples=500)
settings.load_profile("short")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The short run does not even read the tests that it leaves out: they import pages and a browser."""
    left_out = config.option.markexpr == "not browser" and collection_path == BROWSER
    return True if left_out else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file's tests go to one worker, where none of them computes again what another has."""
    for item in items:
        if not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.path.name))


@pytest.fixture(autouse=True)
def nothing_is_known_from_another_test() -> None:
    """What was computed or logged in one test, with its constants perhaps, is not there for the next."""
    blocks, pace = (sys.modules.get(f"pages.shared.{name}") for name in ("stage.blocks", "crowd.pace"))
    if blocks and pace:
        blocks.PICTURES.forget()
        blocks.SWEEPS.forget()
        pace.SELDOM.forget()


def pytest_collection_finish() -> None:
    """What every test costs besides itself is kept low.

    The collector of garbage leaves alone what was imported and collected. Streamlit's loggers hand on to the
    root: else pytest attaches itself to seventy in every test.
    """
    gc.freeze()
    for name, logger in logging.root.manager.loggerDict.items():
        if name.startswith("streamlit") and isinstance(logger, logging.Logger):
            logger.propagate = True


@pytest.fixture(scope="session")
def one_server() -> Iterator[None]:
    """Pages are opened as on one server: scripts compiled once, components looked for once, entered once.

    AppTest would forget before each run that `st.navigation` has run, so that every page were begun twice.
    A fault of ours is an exception on the page, as for who develops; what visitors see has a test of its own.
    """
    from streamlit import config
    from streamlit.components.v2 import manifest_scanner
    from streamlit.runtime.scriptrunner.script_cache import ScriptCache
    from streamlit.testing.v1 import app_test, local_script_runner

    config.set_option("client.showErrorDetails", "full")
    compiled, components = ScriptCache(), manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        for module in (app_test, local_script_runner):
            patch.setattr(module, "ScriptCache", lambda: compiled)
        patch.setattr(app_test, "PagesManager", partial(app_test.PagesManager))
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: components)
        yield
