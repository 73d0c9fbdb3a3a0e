"""The picture that lives on without a server: one HTML file with the stage's scripts and its sweeps in it."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from typing import Any

from pages.shared.serving.files import BUNDLES, STAGE
from pages.shared.stage.taking.moving import Moving, Source, moving, spec, within
from pages.shared.stage.wire import Block, unpack

MOST_BYTES = 3_000_000
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


def alone(title: str, link: str, lasting: Mapping[str, Any], source: Source, shown: Block) -> str:
    """The HTML file of a stage, below 3 MB.

    title, link: what it is called, and where it is from. lasting: what is true of the stage whatever it
    shows. shown: its picture at the source's values.
    """
    picture = unpack(shown)
    bundles = {" ".join(names): _plotly(path) for path, names in _kinds(picture["plots"]).items()}

    def page(parts: Mapping[str, Moving]) -> str:
        message = _left_alone(lasting, source, parts) | {"within": within(picture, parts.values())}
        sweeps = {name: _letters(each.frames) for name, each in parts.items()}
        told = {"message": message, "picture": _letters(shown), "bundles": bundles, "sweeps": sweeps}
        return _page(title, link, told | {"file": hashlib.sha256(json.dumps(told).encode()).hexdigest()[:8]})

    # What can be done is told of all tasks at most.
    spare = len(json.dumps([*picture["tasks"]]).encode())
    return page(moving(source, MOST_BYTES - len(page({}).encode()) - spare))


def _left_alone(lasting: Mapping[str, Any], source: Source, parts: Mapping[str, Moving]) -> dict[str, Any]:
    """What the browser is told of a stage that nobody answers, without its picture.

    What sets several inputs at once is left out.
    """
    still = dict.fromkeys(("assigned", "door", "hint", "file", "sweep", "reply"))
    specs = {
        name: (spec(parts[name]) if name in parts else each.spec()) | {"value": source.values[name]}
        for name, each in source.inputs.items()
    }
    return {
        **lasting,
        **still,
        "values": source.values,
        "committed": source.values,
        "presets": [],
        "inputs": {name: told | ({"shows": {}} if "shows" in told else {}) for name, told in specs.items()},
        "cards": [{**card, "values": {}} for card in lasting["cards"]],
    }


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
    title, where = escape(title), escape(link)
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>{title}</title>
<link rel="stylesheet" data-stage href="{_style("stage.css")}">
<link rel="stylesheet" href="{_style("alone.css")}">
<script type="importmap">{_modules()}</script>
<h1>{title}</h1>
<p>{SAYS} <a href="{where}">{where}</a></p>
<p id="sp-school" role="status" hidden></p>
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
