"""What a grab and a release make the server run, over a real socket: the stage, and the page if need be."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.benchmarks.load import Lesson, Tab
from tests.browser.server import Server
from tests.serving.asgi import run

NEURON = Lesson("single_neuron", "", "single_neuron", "weight")
CURVE = Lesson("approximator", "", "approximator", "n")


class Hearing(Tab):  # type: ignore[misc]
    """A tab that keeps what it was told, but for what comes when it opens."""

    def __init__(self, url: str, lesson: Lesson) -> None:
        super().__init__(url, lesson)
        self.messages: list[ForwardMsg] = []
        self.replies: list[str | None] = []

    def take(self, message: ForwardMsg) -> None:
        """Keep it."""
        self.messages.append(message)
        super().take(message)
        self.replies.append(self.told and self.told["reply"])

    async def ask(self, values: Any, **more: Any) -> float:
        """Ask, and hear all that comes before the run is over."""
        self.messages.clear()
        runs = self.runs
        waited: float = await super().ask(values, **more)
        await self.until(lambda: self.runs > runs)
        return waited

    def elements(self, alone: bool) -> list[Any]:
        """What came that belongs to the stage alone, or to the rest of the page."""
        deltas = [each.delta for each in self.messages if each.WhichOneof("type") == "delta"]
        return [each.new_element for each in deltas if bool(each.fragment_id) is alone]

    def texts(self) -> str:
        """The words of the page that came."""
        return " ".join(each.markdown.body for each in self.elements(alone=False))


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    server = Server("app.py")
    try:
        yield f"ws://127.0.0.1:{server.port}"
    finally:
        server.stop()


def visit(url: str, lesson: Lesson, do: Callable[[Hearing], Awaitable[None]]) -> None:
    async def stay() -> None:
        async with Hearing(url, lesson) as tab:
            await do(tab)
        assert tab.wrong == []

    run(stay())


def test_a_grab_runs_the_stage_and_not_the_page(url: str) -> None:
    async def do(tab: Hearing) -> None:
        await tab.ask({**tab.told["committed"], "bias": 1.5}, sweep="weight")
        assert (tab.told["values"]["bias"], tab.told["committed"]["bias"]) == (1.5, 0.0)
        assert tab.told["sweep"] is not None
        assert len(tab.elements(alone=True)) >= 1
        assert tab.elements(alone=False) == []

    visit(url, NEURON, do)


def test_a_release_of_what_the_page_does_not_read_goes_into_the_link_without_running_it(url: str) -> None:
    async def do(tab: Hearing) -> None:
        await tab.ask({**tab.told["committed"], "weight": 3.5}, commit=True)
        assert (tab.told["committed"]["weight"], tab.link) == (3.5, "weight=3.5")
        assert tab.elements(alone=False) == []
        await tab.say()
        await tab.until(lambda: tab.texts())
        assert tab.told["committed"]["weight"] == 3.5

    visit(url, NEURON, do)


def test_a_release_of_what_the_page_reads_runs_it_and_its_words_follow(url: str) -> None:
    async def do(tab: Hearing) -> None:
        await tab.ask({**tab.told["committed"], "activation": "tanh"}, commit=True)
        assert (tab.told["committed"]["activation"], tab.link) == ("tanh", "activation=tanh")
        assert "The one you chose, tanh, is" in tab.texts()

    visit(url, NEURON, do)


def test_a_complaint_of_the_link_goes_when_the_value_is_let_go(url: str) -> None:
    async def do(tab: Hearing) -> None:
        first = [each.delta.new_element.alert.body for each in tab.messages if each.HasField("delta")]
        assert any("weight" in each for each in first)
        await tab.ask({**tab.told["committed"], "weight": 3.5}, commit=True)
        assert tab.texts()
        assert not any(each.alert.body for each in tab.elements(alone=False))

    visit(url, NEURON._replace(link="weight=heavy"), do)


def test_who_lets_go_does_not_wait_for_the_sweep_that_was_given_up(url: str) -> None:
    async def do(tab: Hearing) -> None:
        values = tab.told["committed"]
        tab.messages.clear()
        await tab.say(request={"id": "the rest", "values": values, "sweep": "n", "rest": True})
        await tab.until(lambda: tab.messages)
        await tab.ask({**values, "added": 50.0}, commit=True)
        assert tab.told["committed"]["added"] == 50.0
        assert "the rest" not in tab.replies

    visit(url, CURVE, do)


def test_a_stage_that_the_server_does_not_know_any_more_is_asked_again_by_the_page(url: str) -> None:
    async def do(tab: Hearing) -> None:
        known, tab.alone = tab.alone, "of another server"
        await tab.say(request={"id": "lost", "values": tab.told["committed"], "sweep": "weight"})
        tab.told = None
        await tab.say()
        await tab.until(lambda: tab.told)
        assert tab.told["reply"] is None
        tab.alone = known
        await tab.ask(tab.told["committed"], sweep="weight")
        assert tab.told["sweep"] is not None

    visit(url, NEURON, do)
