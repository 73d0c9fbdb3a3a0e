"""The one HTML page that Streamlit has for all addresses, with what the first picture needs named in it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache, partial
from hashlib import sha256
from html import escape
from types import MappingProxyType

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.shared.serving.addresses import address
from pages.shared.serving.compressed import ENCODINGS, best
from pages.shared.serving.files import BUNDLES, PLOTLY, STAGE
from pages.shared.serving.first import hinted
from pages.shared.serving.html.opening import Opening
from pages.shared.serving.policy import content_policy

SMALLEST = {"br": partial(brotli.compress, quality=11)}
NOT_ASKED = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
"""What Streamlit is not asked: the page changes after it has left it, and is compressed after that."""
AT_ONCE = """window.__streamlit = {
  BACKEND_BASE_URL: new URL("./", document.baseURI).href,
  HOST_CONFIG: { allowedOrigins: [window.location.origin], useExternalAuthToken: false },
};
try {
  document.documentElement.dataset.scheme = localStorage.getItem("superpose scheme");
} catch {}
const load = document.fonts.load.bind(document.fonts);
document.fonts.load = (font, text) => (font.includes("Material") ? Promise.resolve([]) : load(font, text));
addEventListener("message", (event) => {
  if (event.source === window && event.data?.type === "UPDATE_HASH") event.stopImmediatePropagation();
});"""
"""Told where the app is, the page opens its socket at once; else it first asks, twice. And what is painted
first is light or dark as the reader has chosen (stage/static/scheme.js).

Streamlit fetches its font of all signs before there is any, a fifth of a first visit. It comes when a sign is
shown; the few that are on nearly every page are drawn without it (stage/static/stage.css).

Of a new hash Streamlit tells whoever frames the page, and obeys who tells it of one: where nobody does it
would tell itself, and a hash that is no more would come back."""
LETTERS = re.compile(rb'href="(\./static/media/[\w.-]+\.woff2)"\s+as="font"')
FONT = """@font-face {
  font-family: "sp-letters"; font-weight: 200 900; font-display: optional; src: url("%s") format("woff2");
}"""
INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


class Page:
    """Middleware: the page comes with its first words, our hints, and a policy for what may be in it.

    openings: how pages open, by their addresses in the app. told: what each tells its scripts, by its name.
    """

    def __init__(
        self,
        app: ASGIApp,
        openings: Mapping[str, Opening] = MappingProxyType({}),
        told: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._app = app
        self._openings = openings
        self._told = "".join(
            f'<meta name="{escape(name)}" content="{escape(text)}">' for name, text in told.items()
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; where the answer is a page it goes through our hands."""
        asked = Headers(scope=scope) if scope["type"] == "http" else Headers()
        if scope.get("method") != "GET" or "text/html" not in asked.get("Accept", ""):
            await self._app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name not in NOT_ASKED]
        sender = _Sender(send, best(asked.get("Accept-Encoding", "")), self._told, self._first(scope))
        await self._app({**scope, "headers": plain}, receive, sender)

    def _first(self, scope: Scope) -> str:
        """The HTML with which the page that is asked for opens; in a frame on another site with nothing."""
        opening = self._openings.get(address(scope).rstrip("/"))
        framed = b"embed=true" in scope.get("query_string", b"").lower()
        return opening.html() if opening and not framed else ""


class _Sender:
    """Holds an answer back until it is whole, if it is a page."""

    def __init__(self, send: Send, encoding: str | None, *ours: str) -> None:
        self._send = send
        self._encoding = encoding
        self._ours = ours
        self._held: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and is_page(message):
            self._held = message
        elif self._held is None or message["type"] != "http.response.body":
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._held)

    async def _send_page(self, start: Message) -> None:
        page = ready(self._body, *self._ours)
        body = compressed(page, self._encoding) if self._encoding else page
        headers = MutableHeaders(raw=[each for each in start["headers"] if each[0] not in _OF_THE_FILE])
        headers.update({"Content-Length": str(len(body)), "Content-Security-Policy": policy_for(page)})
        headers.add_vary_header("Accept-Encoding")
        if self._encoding:
            headers["Content-Encoding"] = self._encoding
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


_OF_THE_FILE = {b"content-length", b"etag", b"last-modified", b"accept-ranges"}


def is_page(start: Message) -> bool:
    """Whether an answer that begins so is an HTML page."""
    kind = Headers(raw=start["headers"]).get("Content-Type", "")
    return start["status"] == 200 and kind.startswith("text/html")


@lru_cache(maxsize=64)
def ready(html: bytes, told: str = "", opening: str = "") -> bytes:
    """The page with our hints, what it tells its scripts and what it opens with.

    Our style stands in the body, for Streamlit adds its own to the head later.
    """
    ours = [_link(hint) for hint in hinted() if hint[1] != "style"]
    styles = [_link(hint) for hint in hinted() if hint[1] == "style"]
    first = f"<head><script>{AT_ONCE}</script>{_module('scheme.js')}"
    last = "".join([*ours, told, _module("early.js"), "</head>"])
    opening = opening and _letters(html) + opening
    html = html.replace(b"<head>", first.encode(), 1).replace(b"</head>", last.encode(), 1)
    return html.replace(b"<body>", "".join(["<body>", *styles, opening]).encode(), 1)


def _letters(html: bytes) -> str:
    """The letters of the page for its first words, where they are there before those are painted."""
    found = LETTERS.search(html)
    return f"<style>{FONT % found[1].decode()}</style>" if found else ""


def _module(name: str) -> str:
    return f'<script type="module" src="./{STAGE.at(name)}"></script>'


@lru_cache(maxsize=64)
def compressed(page: bytes, encoding: str) -> bytes:
    """The page as it travels, as small as can be: it is fetched anew at every visit."""
    made: bytes = SMALLEST.get(encoding, ENCODINGS[encoding])(page)
    return made


def _link(hint: tuple[str, str]) -> str:
    where, kind = hint
    if kind == "script":
        kinds = " ".join(each for each, path in BUNDLES.items() if PLOTLY.at(path.name) == where)
        return f'<link rel="preload" as="script" href="./{where}" data-plotly="{kinds}">'
    if kind == "style":
        return f'<link rel="stylesheet" href="./{where}">'
    # A module is found again only by who asks in the same manner, and Streamlit's ask with crossorigin.
    streamlits = " crossorigin" if where.startswith("static/") else ""
    return f'<link rel="modulepreload"{streamlits} href="./{where}">'


@lru_cache(maxsize=64)
def policy_for(page: bytes) -> str:
    """The policy under which the page's own scripts may run, and no others that stand in it."""
    inline = INLINE.findall(page)
    return content_policy(f"'sha256-{b64encode(sha256(each).digest()).decode()}'" for each in inline)
