"""Under which names the app answers: a page elsewhere must not reach it by a name that it made up."""

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
SAYING_SO = (
    "This server does not answer under this name. Whoever runs it can allow the name, for example with "
    "STREAMLIT_SERVER_ALLOWED_HOSTS=name.example in the environment."
)


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


class KnownHosts:
    """Middleware: refuses what was sent to a name that is not ours, sockets too.

    Streamlit's server.allowedHosts holds the allowed names; by itself it looks at them for sockets only.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        refused = scope["type"] in {"http", "websocket"} and not is_known(
            Headers(scope=scope).get("Host"), config.get_option("server.allowedHosts")
        )
        if not refused:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(SAYING_SO, 421)(scope, receive, send)
