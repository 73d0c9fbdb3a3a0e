"""Under which names the app answers, and whom: a page elsewhere must not reach it, by whatever name."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

# Names that nobody can buy: they are given by the machine or the network it stands in.
OF_THE_HOUSE = re.compile(r"[^.]+|.*\.(localhost|local|lan|internal|home\.arpa|test)")
NOT_THIS_NAME = (
    "This server does not answer under this name. Whoever runs it can allow the name, for example with "
    "STREAMLIT_SERVER_ALLOWED_HOSTS=name.example in the environment."
)
NOT_THIS_PAGE = "Pages of other sites cannot send anything here."


def is_known(host: str | None, allowed: list[str]) -> bool:
    """Whether a request to this host (a header Host, with or without a port) is meant for us.

    A page of somebody else's can let its own name point to this machine, and would then read what is here
    (DNS rebinding). So all addresses of numbers are fine, the names of a house or a school's network, and of
    all other names those that whoever runs the app has allowed: "name.example", "*.name.example", or "*".
    """
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".") if host else ""
    except ValueError:
        return False
    if _is_number(name) or OF_THE_HOUSE.fullmatch(name):
        return True
    patterns = [each.strip().lower().rstrip(".") for each in allowed]
    return any(each in ("*", name) or (each[:2] == "*." and name.endswith(each[1:])) for each in patterns)


def _is_number(name: str) -> bool:
    try:
        return bool(ip_address(name))
    except ValueError:
        return False


def is_ours(origin: str, host: str | None) -> bool:
    """Whether a page of this origin may speak with the app at this host.

    Pages of the app itself may, those of this machine, and those that Streamlit's options name:
    browser.serverAddress and server.corsAllowedOrigins; without server.enableCORS all may.
    """
    try:
        parts = urlsplit(origin)
        name = parts.hostname
    except ValueError:
        return False
    named = [config.get_option("browser.serverAddress"), *config.get_option("server.corsAllowedOrigins")]
    known = {urlsplit(each if "//" in each else f"//{each}").hostname for each in named}
    known |= {"localhost", "127.0.0.1"}
    return (bool(name) and (parts.netloc == host or name in known)) or not config.get_option(
        "server.enableCORS"
    )


class KnownHosts:
    """Middleware: refuses what was sent to a name that is not ours, or by a page that is not.

    Streamlit's server.allowedHosts holds the allowed names; by itself it looks at them for sockets only. And
    for every page that it does not know it asks a host of its own choice what this machine's address is, and
    all readers wait for that: so it never hears of one. What such a page only reads it gets, without a word
    that it may.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, origin = headers.get("Host"), headers.get("Origin")
        foreign = origin is not None and not is_ours(origin, host)
        if not is_known(host, config.get_option("server.allowedHosts")):
            await _refuse(PlainTextResponse(NOT_THIS_NAME, 421), scope, receive, send)
        elif foreign and scope.get("method") not in {"GET", "HEAD", "OPTIONS"}:
            await _refuse(PlainTextResponse(NOT_THIS_PAGE, 403), scope, receive, send)
        else:
            kept = [each for each in scope["headers"] if not foreign or each[0] != b"origin"]
            await self._app({**scope, "headers": kept}, receive, send)


async def _refuse(answer: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        await answer(scope, receive, send)
