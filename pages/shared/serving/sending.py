"""The files that run in the browser, sent compressed and to be kept: ours, plotly's, Streamlit's."""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.shared.serving.addresses import address
from pages.shared.serving.compressed import ENCODINGS, Compressed, best
from pages.shared.serving.files import CODE, FILES, PLOTLY, STAGE, File, Served
from pages.shared.serving.first import STREAMLIT, first_files

TEXTS = {".css", ".js", ".json", ".svg"}
TO_BE_KEPT = "public, max-age=31536000, immutable"


def all_files(others: Sequence[Served] = ()) -> dict[str, File]:
    """Every file that is sent from here, by its address: all of ours, and what is text of Streamlit's.

    Each has a fingerprint in its address. What is none of them goes on to Streamlit.
    """
    texts = (path for path in (STREAMLIT / "static").rglob("*") if path.suffix in TEXTS)
    streamlits: dict[str, File] = {path.relative_to(STREAMLIT).as_posix(): path for path in texts}
    ours = (STAGE, PLOTLY, CODE, *others)
    return streamlits | {each.at(name): path for each in ours for name, path in each.files.items()}


class Sending:
    """Middleware: answers for these files, in every process from its start.

    What every first visit asks for is compressed at once, beside other work, the rest when it is asked for.
    """

    def __init__(self, app: ASGIApp, others: Sequence[Served] = ()) -> None:
        self._app = app
        self._files = all_files(others)
        self._compressed = Compressed()
        for path in (self._files[each] for each in first_files() if each in self._files):
            for encoding in ENCODINGS:
                self._compressed.ask(path, encoding)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        answer: ASGIApp = self._app
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            asked = address(scope)
            if path := self._files.get(asked):
                answer = await self._answer(path, Headers(scope=scope).get("Accept-Encoding", ""))
            elif asked.startswith(f"{FILES}/"):
                answer = PlainTextResponse("There is no such file, or not any more.", 404)
        await answer(scope, receive, send)

    async def _answer(self, path: File, accepted: str) -> Response:
        headers = {"Cache-Control": TO_BE_KEPT, "Vary": "Accept-Encoding"}
        kind = mimetypes.guess_type(path.name)[0]
        encoding = best(accepted)
        if encoding is None:
            return Response(await run_in_threadpool(path.read_bytes), headers=headers, media_type=kind)
        content = await asyncio.shield(asyncio.wrap_future(self._compressed.ask(path, encoding)))
        return Response(content, headers={**headers, "Content-Encoding": encoding}, media_type=kind)
