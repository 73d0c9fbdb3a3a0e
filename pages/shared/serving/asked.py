"""What pages ask beside Streamlit's socket while a hand moves: one question of each at a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

ADDRESS = "/asked"
MOST_BYTES = 64_000

Answer = Callable[[dict[str, Any]], bytes | None]


def asked(answer: Answer) -> Route:
    """The route to it. answer: from a question what it says; None if nothing.

    A question is an object in JSON; its "door" names the stage that is asked. What is no question gets 400,
    one that is too long 413, one that comes before the last one at the same door has its answer 429, and one
    at a door that is not there 404.
    """
    return Route(ADDRESS, _Asked(answer).respond, methods=["POST"])


class _Asked:
    """Answers questions in threads, one of each door: no visitor takes the threads of all."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._answering: set[str] = set()

    async def respond(self, request: Request) -> Response:
        """The answer to a question."""
        content = await _content(request)
        if content is None:
            return Response(status_code=413)
        question = _question(content)
        if question is None:
            return Response(status_code=400)
        door = question["door"]
        if door in self._answering:
            return Response(status_code=429)
        self._answering.add(door)
        try:
            found = await run_in_threadpool(self._answer, question)
        finally:
            self._answering.discard(door)
        if found is None:
            # Another process may know the door: the next question comes on another connection.
            return Response(status_code=404, headers={"Connection": "close"})
        return Response(found, media_type="application/octet-stream", headers={"Cache-Control": "no-store"})


async def _content(request: Request) -> bytes | None:
    """What was sent; None where it is too much."""
    content = b""
    async for part in request.stream():
        content += part
        if len(content) > MOST_BYTES:
            return None
    return content


def _question(content: bytes) -> dict[str, Any] | None:
    """The question that was sent; None where it is none."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    named = isinstance(found, dict) and isinstance(found.get("door"), str)
    return found if named else None
