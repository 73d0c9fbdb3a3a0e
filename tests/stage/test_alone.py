"""A picture in a file of its own: what was typed stays text, its numbers are Python's, and it stays small."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest

from pages.shared.stage import wire
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.picture import Picture
from pages.shared.stage.sweep import sweep
from pages.shared.stage.taking import alone
from pages.shared.stage.taking.alone import shut_in

HOSTILE = "</script><script>alert(1)</script><!--<script>"
WEIGHT = Knob("weight w", -1, 1, value=1.0, step=0.5)
X = np.linspace(0.0, 1.0, 500)


def picture(weight: float) -> Picture:
    return Picture({"data": [{"type": "scatter", "x": X, "y": weight * X}], "layout": {}}, HOSTILE)


class Tags(HTMLParser):
    """The tags of a file, and its JSON."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.begun: list[str] = []
        self.json = ""
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.begun.append(tag)
        self._inside = ("id", "sp-told") in attrs

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        self.json += data if self._inside else ""


def made(title: str = "toy", link: str = "http://app/toy?weight=1", **more: Any) -> str:
    shown = picture(1.0).message()
    message = {"name": title, "values": {"weight": 1.0}, **more}
    found = sweep(picture, {"weight": 1.0}, "weight", WEIGHT)
    assert found
    return shut_in(title, link, {**message, "picture": wire.pack(shown)}, [("weight", wire.pack(found))])


def test_the_sweeps_in_the_file_are_those_of_python() -> None:
    told = json.loads(Tags(made()).json)
    found = wire.unpack(b64decode(told["sweeps"]["weight"]))
    (heights,) = found["columns"]
    assert np.array_equal(heights, np.outer(WEIGHT.steps, X).astype(np.float32))


def test_what_was_typed_stays_text() -> None:
    plain, hostile = (
        Tags(made(title=each, link=f"http://app/?target={each}", cards=[each])) for each in ("toy", HOSTILE)
    )
    assert hostile.begun == plain.begun
    assert json.loads(hostile.json)["message"]["cards"] == [HOSTILE]


def test_a_file_has_as_many_sweeps_as_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = len(made().encode())
    assert whole < alone.MOST_BYTES
    for most, kept in [(whole + 2 * alone.LONGEST_ENTRY, ["weight"]), (whole - 1, [])]:
        monkeypatch.setattr(alone, "MOST_BYTES", most)
        file = made()
        assert (list(json.loads(Tags(file).json)["sweeps"]), len(file.encode()) <= most) == (kept, True)


def test_all_that_a_module_of_the_file_imports_is_in_the_file_and_nothing_else_is_asked_for() -> None:
    file = made()
    map_text = re.search(r'<script type="importmap">(.*?)</script>', file)
    assert map_text
    modules = json.loads(map_text[1])["imports"]
    sources = [b64decode(where.partition("base64,")[2]).decode() for where in modules.values()]
    asked = {name for text in sources for name in re.findall(r'^(?:import|.*? from) "([^"]+)";$', text, re.M)}
    assert asked <= modules.keys()
    assert "default-src 'none'" in file
