"""A browser without a network: asks an app, and sees what comes back."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar

import brotli
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HTML = (
    '<html><head><script>window.ready = false</script><script type="module" src="./static/js/index.js">'
    "</script></head><body></body></html>"
)


T = TypeVar("T")


class Answer(NamedTuple):
    """What came back; the body as it is meant, however it travelled."""

    status: int
    headers: Headers
    body: bytes
    travelled: int


def run(work: Coroutine[Any, Any, T]) -> T:
    """What comes of it, in a thread of its own: the browser tests keep a loop in this one."""
    with ThreadPoolExecutor(1) as worker:
        return worker.submit(asyncio.run, work).result()


def ask(
    app: ASGIApp,
    path: str,
    method: str = "GET",
    root: str = "",
    query: str = "",
    *,
    body: bytes = b"",
    **headers: str,
) -> Answer:
    """The answer to one request; headers: with _ for -."""
    found: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        found.append(message)

    given = {"host": "localhost:8501", **{name.replace("_", "-"): text for name, text in headers.items()}}
    scope: Scope = {
        "asgi": {"spec_version": "2.4"},
        "type": "http", "method": method, "path": path, "root_path": root, "query_string": query.encode(),
        "headers": [(name.lower().encode(), text.encode()) for name, text in given.items()],
    }  # fmt: skip
    run(app(scope, receive, send))
    start, body = found[0], b"".join(each.get("body", b"") for each in found[1:])
    told = Headers(raw=start["headers"])
    undo: Any = {"br": brotli.decompress, "gzip": gzip.decompress}.get(
        told.get("Content-Encoding", ""), bytes
    )
    return Answer(start["status"], told, undo(body), len(body))


class Streamlit:
    """In Streamlit's place: one HTML page for whatever is asked, and what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Scope] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        self.asked.append(scope)
        kept = {"ETag": '"1"', "Last-Modified": "Thu, 01 Jan 1970 00:00:00 GMT", "Cache-Control": "no-cache"}
        await HTMLResponse(HTML, headers=kept)(scope, receive, send)
