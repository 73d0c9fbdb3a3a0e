"""The picture that lives on without a server: one HTML file with the stage's scripts and its sweeps in it."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from typing import Any

from pages.shared.crowd.turns import clock
from pages.shared.serving.files import BUNDLES, STAGE
from pages.shared.stage.inputs.input import Input
from pages.shared.stage.wire import Block, unpack

ALONE = "picture.html"
MOST_BYTES = 3_000_000
MOST_SECONDS = 3.0
# What an entry of JSON takes beside its text, at most.
LONGEST_ENTRY = 80
SOLID = {"surface", "scatter3d"}
"""The traces that are drawn in space (static/loading.js)."""
IMPORTED = re.compile(r'\b((?:from|import) )"\./([\w.-]+\.js)"')
# Nothing is asked of anybody, not even where the file is opened.
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' data: blob:; style-src 'unsafe-inline' data:; "
    "img-src data: blob:; font-src data:"
)
SAYS = (
    "Saved from Superpose; it needs no server. Each control moves by itself from the saved state: when "
    "another one is taken, the first goes back. All of it moves together at"
)


def left_alone(
    lasting: Mapping[str, Any], inputs: Mapping[str, Input], values: Mapping[str, Any]
) -> dict[str, Any]:
    """What the browser is told of a stage that nobody answers, at these values and without its picture.

    lasting: what is true of the stage whatever it shows. What sets several inputs at once is left out.
    """
    still = dict.fromkeys(("assigned", "door", "hint", "file", "sweep", "reply"))
    specs = {name: each.spec() | {"value": values[name]} for name, each in inputs.items()}
    return {
        **lasting,
        **still,
        "values": values,
        "committed": values,
        "presets": [],
        "inputs": {name: spec | ({"shows": {}} if "shows" in spec else {}) for name, spec in specs.items()},
        "cards": [{**card, "values": {}} for card in lasting["cards"]],
    }


def shut_in(title: str, link: str, message: Mapping[str, Any], sweeps: Iterable[tuple[str, Block]]) -> str:
    """The HTML file of a stage.

    title, link: what it is called, and where it is from. message: what the browser is told of the stage, its
    picture a block. sweeps: for the name of an input its sweep from there; they are taken in as long as the
    file stays below 3 MB and all took less than 3 s. An input without one stands still in the file.
    """
    kinds = _kinds(unpack(message["picture"])["plots"])
    taken: dict[str, str] = {}
    told = {
        "message": {name: each for name, each in message.items() if name != "picture"},
        "picture": _letters(message["picture"]),
        "bundles": {" ".join(names): _plotly(path) for path, names in kinds.items()},
        "sweeps": taken,
    }
    room = MOST_BYTES - len(_page(title, link, told).encode())
    for name, text in _in_time(sweeps):
        if len(text) + LONGEST_ENTRY <= room:
            room -= len(text) + LONGEST_ENTRY
            taken[name] = text
    return _page(title, link, told)


def _in_time(sweeps: Iterable[tuple[str, Block]]) -> Iterator[tuple[str, str]]:
    """The sweeps as letters, until they have taken too long."""
    began = clock()
    for name, block in sweeps:
        yield name, _letters(block)
        if clock() - began > MOST_SECONDS:
            return


def _kinds(plots: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """For each plotly.js that draws some of the plots the kinds that it draws."""
    kinds = {"solid" if any(trace["type"] in SOLID for trace in plot["data"]) else "flat" for plot in plots}
    found: dict[str, list[str]] = {}
    for kind in sorted(kinds):
        found.setdefault(str(BUNDLES[kind]), []).append(kind)
    return found


def _page(title: str, link: str, told: Mapping[str, Any]) -> str:
    """The file. What was typed stands in it as text: in JSON no tag begins."""
    data = json.dumps(told, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")
    where = escape(link)
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>{escape(title)}</title>
<link rel="stylesheet" data-stage href="{_style("stage.css")}">
<link rel="stylesheet" href="{_style("alone.css")}">
<script type="importmap">{_modules()}</script>
<h1>{escape(title)}</h1>
<p>{SAYS} <a href="{where}">{where}</a></p>
<div id="sp-stage"></div>
<script type="application/json" id="sp-told">{data}</script>
<script type="module">import "stage/alone.js";</script>
</html>
"""


@cache
def _modules() -> str:
    """An import map with the stage's modules in it: those that alone.js needs, each by its name."""
    found: dict[str, str] = {}
    asked = ["alone.js"]
    while asked:
        name = asked.pop()
        if name in found:
            continue
        source = STAGE.files[name].read_bytes().decode()
        asked += [each for _, each in IMPORTED.findall(source)]
        found[name] = _address(IMPORTED.sub(r'\1"stage/\2"', source).encode(), "text/javascript")
    return json.dumps({"imports": {f"stage/{name}": where for name, where in sorted(found.items())}})


@cache
def _style(name: str) -> str:
    return _address(STAGE.files[name].read_bytes(), "text/css")


@cache
def _plotly(path: str) -> str:
    with open(path, "rb") as file:
        return _letters(zlib.compress(file.read(), level=9))


def _address(content: bytes, kind: str) -> str:
    return f"data:{kind};charset=utf-8;base64,{_letters(content)}"


def _letters(content: bytes) -> str:
    return b64encode(content).decode()
