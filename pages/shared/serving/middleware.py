"""What a request passes on its way to Streamlit, and its answer on the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType

from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.shared.crowd.pace import seldom
from pages.shared.serving.addresses import address
from pages.shared.serving.files import Served
from pages.shared.serving.hosts import KnownHosts
from pages.shared.serving.html.opening import Opening
from pages.shared.serving.html.page import Page, is_page
from pages.shared.serving.policy import Refusals
from pages.shared.serving.sending import Sending

# What a server says of a message that is too large for it (RFC 6455), and with which messages.
TOO_LARGE = 1009
CLOSED = ("websocket.close", "websocket.disconnect")


def middleware(
    openings: Mapping[str, Opening] = MappingProxyType({}),
    told: Mapping[str, str] = MappingProxyType({}),
    served: Sequence[Served] = (),
) -> list[Middleware]:
    """What an app's requests pass, from the outside in.

    openings: how its pages open, by their addresses. told: what each page tells its scripts, by its name.
    served: files beside those of the stage.
    """
    page = Middleware(Page, openings=openings, told=told)
    sending = Middleware(Sending, others=served)
    return [Middleware(Closed), Middleware(Refusals), Middleware(KnownHosts), sending, page]


NO_SUCH_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>No such page – Superpose</title>
<style>
  :root { color-scheme: light dark; font: 1.1rem/1.6 system-ui, sans-serif; }
  main { max-width: 36rem; margin: 12vh auto; padding: 0 1.5rem; }
  ul { padding: 0; list-style: none; }
</style>
</head>
<body><main>
<h1>There is no such page</h1>
<p>The address may have been cut or mistyped. These pages there are:</p>
<ul>{links}</ul>
</main></body>
</html>
"""


def lost(pages: Mapping[str, str]) -> Middleware:
    """Middleware for an app with these pages: for the address of each, in the app, what it is called."""
    return Middleware(Lost, pages=pages)


class Lost:
    """Middleware: Streamlit sends its one HTML page for every address; where that is no page ours comes."""

    def __init__(self, app: ASGIApp, pages: Mapping[str, str]) -> None:
        self._app = app
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back or ours in its place."""
        if scope["type"] != "http" or address(scope).rstrip("/") in self._pages:
            await self._app(scope, receive, send)
            return
        refused = False

        async def send_or_refuse(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and is_page(message):
                refused = True
                await HTMLResponse(self._told(address(scope)), 404)(scope, receive, send)
            elif not refused:
                await send(message)

        await self._app(scope, receive, send_or_refuse)

    def _told(self, where: str) -> str:
        up = "./" + "../" * where.count("/")
        links = [f'<li><a href="{up}{name}">{escape(title)}</a></li>' for name, title in self._pages.items()]
        return NO_SUCH_PAGE.replace("{links}", "".join(links))


class Closed:
    """Middleware: where a socket is closed for a message that is too large, the log says so, now and then."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the socket on, and what goes through it; the server closes it, or Streamlit."""

        def telling(message: Message) -> Message:
            if message["type"] in CLOSED and message.get("code") == TOO_LARGE:
                seldom(__name__).warning(
                    "a visitor sent a message that is too large; its connection is closed"
                )
            return message

        async def receive_and_tell() -> Message:
            return telling(await receive())

        async def send_and_tell(message: Message) -> None:
            await send(telling(message))

        if scope["type"] == "websocket":
            await self._app(scope, receive_and_tell, send_and_tell)
        else:
            await self._app(scope, receive, send)
