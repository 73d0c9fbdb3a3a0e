"""What a socket is closed for: a message that is larger than the server takes gets a line in the log."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.shared.crowd.pace import seldom

# What a server says of a message that is too large for it (RFC 6455, section 7.4.1).
TOO_LARGE = 1009
CLOSED = ("websocket.close", "websocket.disconnect")


class Sockets:
    """Middleware: such a socket is closed, and nobody would hear of it; here the log does, now and then."""

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
