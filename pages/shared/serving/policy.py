"""What browsers are told to refuse: headers for all that is sent, and the policy for the page."""

from __future__ import annotations

import os
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FRAMED_BY = "SUPERPOSE_FRAMED_BY"
"""The setting (of the environment) that says which sites may show the app in a frame; by default all may."""
FOR_ALL = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}


def content_policy(scripts: Iterable[str]) -> str:
    """The Content-Security-Policy of the page: all comes from here, or was made in the page itself.

    scripts: the sources of scripts that may stand in the page. A component's few lines come as a blob,
    Streamlit reads its messages' long numbers with WebAssembly, it and plotly make styles, and plotly saves
    its pictures by way of data and blobs. Nothing is evaluated from text.
    """
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", "blob:", "'wasm-unsafe-eval'", *scripts]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self' data: blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": os.environ.get(FRAMED_BY, "*"),
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


class Refusals:
    """Middleware: puts the headers that are for all answers on every one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(FOR_ALL)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
