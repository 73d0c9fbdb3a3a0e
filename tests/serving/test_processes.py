"""README's server for a class: every process has everything from its start, and large messages end."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from pages.shared.serving.files import PLOTLY, STAGE
from pages.shared.stage import wire
from tests.benchmarks.load import Lesson, Tab
from tests.browser.server import free_port
from tests.serving.asgi import run

ROOT = Path(__file__).parents[2]
STARTS_WITHIN_S = 60
MB = 1_000_000
TOO_LARGE = "a message that is too large"


def command() -> list[str]:
    """The command of README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (found,) = re.findall(r"^\.venv/bin/uvicorn (.*)$", readme, re.MULTILINE)
    return [sys.executable, "-m", "uvicorn", *str(found).split()]


def answer(port: int, path: str, **more: str) -> tuple[int, Message, bytes]:
    """Status, headers and body; on a connection of its own, so that any process may answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        asked = {"Accept": "text/html, */*", "Accept-Encoding": "gzip", **more}
        connection.request("GET", path, headers=asked)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def stands(port: int) -> bool:
    """Whether a process answers there."""
    try:
        return answer(port, "/_stcore/health")[0] == 200
    except OSError:
        return False


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the server says."""
    return tmp_path_factory.mktemp("served") / "log"


@pytest.fixture(scope="module")
def served(log: Path) -> Iterator[int]:
    """The port of the server, as README starts it, with all its processes."""
    port, asked = free_port(), command()
    asked[asked.index("--port") + 1] = str(port)
    workers = int(asked[asked.index("--workers") + 1])
    with log.open("w") as output:
        process = subprocess.Popen(asked, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
    try:
        deadline = time.monotonic() + STARTS_WITHIN_S
        while log.read_text("utf-8").count("Waiting for application startup") < workers or not stands(port):
            assert process.poll() is None, log.read_text("utf-8")
            assert time.monotonic() < deadline, log.read_text("utf-8")
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def test_every_process_has_every_file_although_none_has_run_a_session(served: int) -> None:
    for each in (STAGE, PLOTLY):
        for name, path in each.files.items():
            for _ in range(2):
                status, headers, body = answer(served, f"/{each.at(name)}")
                assert (status, headers["Content-Encoding"]) == (200, "gzip")
                assert gzip.decompress(body) == path.read_bytes()


def test_pages_open_by_their_addresses_with_what_they_need_and_what_they_refuse(served: int) -> None:
    for path in ("/", "/single_neuron", "/bumps?n=3") * 3:
        status, headers, body = answer(served, path)
        assert status == 200
        assert STAGE.at("early.js") in gzip.decompress(body).decode()
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


async def _closed_with(port: int, message: bytes) -> int | None:
    """The code with which a socket is closed after this message; None where the server goes on listening."""
    async with connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"]) as socket:  # type: ignore[list-item]
        try:
            await socket.send(message)
            await socket.recv()
        except ConnectionClosed as error:
            return error.rcvd.code if error.rcvd else 1006
        return None


@pytest.mark.parametrize(("size", "code"), [(7 * MB, None), (9 * MB, 1009), (20 * MB, 1009)])
def test_the_largest_table_passes_and_what_is_larger_than_all_that_is_meant_does_not(
    served: int, log: Path, size: int, code: int | None
) -> None:
    before = log.read_text("utf-8").count(TOO_LARGE)
    message = BackMsg()
    message.rerun_script.widget_states.widgets.add(id="table", string_value="0" * size)
    assert run(_closed_with(served, message.SerializeToString())) == code
    deadline = time.monotonic() + 10
    while (told := log.read_text("utf-8").count(TOO_LARGE) - before) < bool(code):
        assert time.monotonic() < deadline, "no line in the log says so"
        time.sleep(0.05)
    assert told == bool(code)


def test_a_socket_from_a_page_elsewhere_is_refused(served: int) -> None:
    async def opened(**headers: str) -> bool:
        try:
            async with connect(
                f"ws://127.0.0.1:{served}/_stcore/stream", additional_headers=headers, proxy=None
            ):
                return True
        except Exception:
            return False

    own = f"http://127.0.0.1:{served}"
    assert run(opened(Origin=own))
    assert not run(opened(Origin="http://evil.example"))


def test_what_is_sent_to_a_name_that_is_not_ours_is_refused(served: int) -> None:
    assert answer(served, "/", Host=f"evil.example:{served}")[0] == 421
    assert answer(served, "/", Host=f"192.168.1.5:{served}")[0] == 200


async def _asked(port: int, door: str, values: object) -> tuple[int, str | None, bytes]:
    """What a question gets beside Streamlit, on a connection of its own: status, Connection, content."""
    body = json.dumps({"door": door, "values": values, "since": None}).encode()
    head = f"POST /asked HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {len(body)}\r\n\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head.encode() + body)
    status, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = {name.lower(): text.strip() for name, _, text in (line.partition(":") for line in lines)}
    content = await reader.readexactly(int(headers.get("content-length", 0)))
    writer.close()
    return int(status.split()[1]), headers.get("connection"), content


def test_a_hand_that_draws_is_answered_by_its_process_and_told_by_others_to_come_on_another_connection(
    served: int,
) -> None:
    async def draw() -> None:
        lesson = Lesson("approximator", "target=your+drawing", "approximator", "n")
        async with Tab(f"ws://127.0.0.1:{served}", lesson) as tab:
            values = {**tab.told["committed"], "n": 7.0}
            told = [await _asked(served, tab.told["door"], values) for _ in range(30)]
        assert {(status, connection) for status, connection, _ in told} <= {(200, None), (404, "close")}
        answers = [wire.unpack(content) for status, _, content in told if status == 200]
        assert answers
        assert all("7 hidden units" in each["picture"]["description"] for each in answers)

    run(draw())


def test_what_is_compressed_is_not_compressed_again_on_a_socket(served: int) -> None:
    async def offered() -> list[object]:
        url = f"ws://127.0.0.1:{served}/_stcore/stream"
        async with connect(url, subprotocols=["streamlit"], compression="deflate") as socket:  # type: ignore[list-item]
            return [*socket.protocol.extensions]

    assert run(offered()) == []


def test_a_server_says_what_goes_wrong_and_not_a_line_for_every_request(served: int, log: Path) -> None:
    assert answer(served, "/bumps")[0] == 200
    said = log.read_text("utf-8")
    assert "Uvicorn running on" in said
    assert "GET" not in said
