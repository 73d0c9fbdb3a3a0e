"""The app answers under its own names: a page elsewhere cannot reach it by a name of that page's making."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.types import Message
from streamlit import config

from pages.shared.serving.hosts import KnownHosts, is_known, is_ours
from tests.serving.asgi import HTML, Streamlit, ask, run

OURS = [
    "localhost", "localhost:8501", "127.0.0.1:8501", "192.168.1.5:8501", "[::1]:8501", "[fe80::1]",
    "teacher-pc:8501", "teacher-pc.local", "room.lan", "LOCALHOST", "localhost.", "app.localhost:1",
]  # fmt: skip
OTHERS = [
    "evil.example", "evil.example:8501", "127.0.0.1.evil.example", "localhost.evil.example", "", None,
    "127.0.0.1@evil.example", "[::1", "evil.example.", "1.2.3", "local.com", "a.b:notaport",
]  # fmt: skip


@pytest.mark.parametrize("host", OURS)
def test_addresses_and_the_names_of_a_house_are_ours_without_being_told(host: str) -> None:
    assert is_known(host, [])


@pytest.mark.parametrize("host", OTHERS)
def test_a_name_that_somebody_may_have_bought_is_not(host: str | None) -> None:
    assert not is_known(host, [])
    assert not is_known(host, ["superpose.example", "*.school.example"])


@pytest.mark.parametrize("host", ["superpose.example:443", "math.school.example", "SUPERPOSE.example."])
def test_whoever_runs_it_can_allow_a_name(host: str) -> None:
    assert not is_known(host, [])
    assert is_known(host, ["superpose.example", "*.school.example"])
    assert is_known(host, ["*"])


@pytest.fixture
def allowed() -> Iterator[None]:
    config.set_option("server.allowedHosts", ["superpose.example"])
    yield
    config.set_option("server.allowedHosts", [])


def test_a_request_to_another_name_is_refused_before_streamlit_hears_of_it(allowed: None) -> None:
    streamlit = Streamlit()
    app = KnownHosts(streamlit)
    refused = ask(app, "/", host="evil.example")
    assert (refused.status, streamlit.asked) == (421, [])
    assert b"STREAMLIT_SERVER_ALLOWED_HOSTS" in refused.body
    assert b"evil" not in refused.body
    assert ask(app, "/", host="superpose.example").body == HTML.encode()


HERE = b"10.0.0.7:8501"


@pytest.mark.parametrize(
    ("host", "origin", "reached"),
    [
        (b"evil.example", None, False),
        (b"evil.example", b"http://evil.example", False),
        (HERE, None, True),
        (HERE, b"http://10.0.0.7:8501", True),
        (HERE, b"http://localhost:3000", True),
        (HERE, b"http://evil.example", False),
        (HERE, b"http://localhost.evil.example", False),
        (HERE, b"http://10.0.0.7:8501@evil.example", False),
        (HERE, b"http://10.0.0.7:9999", False),
        (HERE, b"null", False),
        (HERE, b"", False),
        (HERE, b"http://[::1", False),
    ],
)
def test_so_is_a_socket_and_one_of_a_page_elsewhere(host: bytes, origin: bytes | None, reached: bool) -> None:
    said: list[Message] = []
    heard: list[object] = []

    async def app(scope: object, receive: object, send: object) -> None:
        heard.append(scope)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        said.append(message)

    headers = [(b"host", host), *([] if origin is None else [(b"origin", origin)])]
    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers}
    run(KnownHosts(app)(scope, receive, send))
    assert [len(heard), [each["type"] for each in said]] == ([1, []] if reached else [0, ["websocket.close"]])


def test_streamlit_never_hears_of_a_page_elsewhere_which_reads_what_all_may_read_and_sends_nothing() -> None:
    streamlit = Streamlit()
    app = KnownHosts(streamlit)
    evil, own = "http://evil.example", "http://localhost:8501"
    assert ask(app, "/_stcore/health", origin=evil).status == 200
    assert ask(app, "/_stcore/upload_file/a/b", method="PUT", origin=evil).status == 403
    assert ask(app, "/_stcore/upload_file/a/b", method="PUT", origin=own).status == 200
    origins = [dict(scope["headers"]).get(b"origin") for scope in streamlit.asked]
    assert origins == [None, own.encode()]


@pytest.mark.parametrize(
    "option", ["server.corsAllowedOrigins", "server.enableCORS", "browser.serverAddress"]
)
def test_whoever_runs_it_can_allow_a_page(option: str) -> None:
    before = config.get_option(option)
    allowing: dict[str, Any] = {
        "server.corsAllowedOrigins": ["https://school.example"],
        "server.enableCORS": False,
        "browser.serverAddress": "school.example",
    }
    assert not is_ours("https://school.example", "localhost:8501")
    config.set_option(option, allowing[option])
    try:
        assert is_ours("https://school.example", "localhost:8501")
    finally:
        config.set_option(option, before)
