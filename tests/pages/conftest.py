"""Lessons are opened as a reader opens them: through app.py, with a link, and without a browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import pages.shared.stage.stage as stage_module
from nn_core.building import builds, ways
from pages.scenes.decision_boundary import trained
from pages.scenes.gradient_descent import classes, one_training
from pages.shared import trainings
from pages.shared.stage import sweep, wire
from pages.shared.stage.stage import Stage

ROOT = Path(__file__).parents[2]
# The scenes whose trainings are long.
LEARNING = (one_training, classes, trained)
WHOLE = tuple((scene.ITERATIONS, scene.KEEP) for scene in LEARNING)


def page_at(page: str, **query: str) -> AppTest:
    """The page before it has run, to be entered through app.py with this link."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    at.switch_page(page)
    for name, text in query.items():
        at.query_params[name] = text
    return at


def open_page(page: str, **query: str) -> AppTest:
    """The page that a reader sees who opens it with this link."""
    return page_at(page, **query).run()


def messages_of(at: AppTest) -> dict[str, dict[str, Any]]:
    """What each stage of the page sent to the browser, by its key."""
    assert not at.exception
    stages = [each.proto for each in at.get("bidi_component") if each.proto.bytes]
    return {proto.id.rsplit("-", 1)[1]: wire.unpack(proto.bytes) for proto in stages}


@pytest.fixture(scope="session", autouse=True)
def patience(one_server: None) -> Iterator[None]:
    """A sweep may take as long as it takes: a busy machine is not a broken lesson."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweep, "MOST_SECONDS", 600.0)
        yield


@pytest.fixture(scope="session", autouse=True)
def memory() -> Iterator[None]:
    """What a page remembers a few of, tests remember many of: none waits for what another has waited for."""
    remembered = [
        (trainings, "accuracies", None),
        (builds, "errors_against_count", None),
        (ways, "_family", 128),  # as many as a sweep has; each takes a megabyte
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trainings, "MOST_KNOWN", 10_000)
        for module, name, most in remembered:
            patch.setattr(module, name, lru_cache(most)(getattr(module, name).__wrapped__))
        yield


def lengths() -> tuple[tuple[int, int], ...]:
    """How many iterations each scene trains now, and after how many it keeps a network."""
    return tuple((scene.ITERATIONS, scene.KEEP) for scene in LEARNING)


@contextmanager
def trainings_of(each_length: tuple[tuple[int, int], ...]) -> Iterator[None]:
    """The scenes train so many iterations, and keep a network after so many."""
    with pytest.MonkeyPatch.context() as patch:
        for scene, length in zip(LEARNING, each_length, strict=True):
            for name, number in zip(("ITERATIONS", "KEEP"), length, strict=True):
                patch.setattr(scene, name, number)
        yield


@pytest.fixture(scope="module", autouse=True)
def short_trainings() -> Iterator[None]:
    """A training has as many networks as ever, with two steps from one to the next: an eighth of the work.

    What a page says of a training holds however long it is. Where the length itself is meant, a test asks
    for `whole_trainings`.
    """
    with trainings_of(tuple((2 * iterations // keep, 2) for iterations, keep in WHOLE)):
        yield


@pytest.fixture
def whole_trainings(short_trainings: None) -> Iterator[None]:
    """Trainings are as long as a reader's."""
    with trainings_of(WHOLE):
        yield


@pytest.fixture(scope="session")
def opened() -> Callable[..., AppTest]:
    """Opens a page: opened("pages/home.py", n="12")."""
    return open_page


@pytest.fixture(scope="session")
def unopened() -> Callable[..., AppTest]:
    """A page that has not run yet: its first run may be asked for something, as after a restart."""
    return page_at


@pytest.fixture(scope="session")
def messages() -> Callable[[AppTest], dict[str, dict[str, Any]]]:
    """What each stage of an open page sent to the browser."""
    return messages_of


@dataclass(frozen=True)
class Look:
    """A page that was opened to be looked at: what it asked for, and what it sent to the browser."""

    at: AppTest
    stages: dict[str, Stage]

    @cached_property
    def told(self) -> dict[str, dict[str, Any]]:
        """What each stage sent, by its key."""
        return messages_of(self.at)


@pytest.fixture(scope="session")
def look() -> Callable[..., Look]:
    """A page as it opens, once for all who only look at it: look("pages/home.py", n="12")."""
    found: dict[tuple[Any, ...], Look] = {}
    run = stage_module.run

    def look_at(page: str, **query: str) -> Look:
        case = (page, *query.items(), *lengths(), builds.MOST_TILES)
        if case not in found:
            stages: dict[str, Stage] = {}

            def noted(asked: Stage) -> dict[str, Any]:
                stages[asked.key] = asked
                return run(asked)

            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(stage_module, "run", noted)
                found[case] = Look(open_page(page, **query), stages)
        return found[case]

    return look_at


@pytest.fixture(scope="session")
def stages(look: Callable[..., Look]) -> Callable[..., dict[str, Stage]]:
    """The stages of a page by their keys, as the page itself asks for them."""
    return lambda page, **query: look(page, **query).stages
