"""A picture in a file of its own: what was typed stays text, its numbers are Python's, and it stays small."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared.stage import wire
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.input import Input
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.picture import Picture, Verdict
from pages.shared.stage.sweep import frame, sweep
from pages.shared.stage.taking import alone as files
from pages.shared.stage.taking.alone import alone
from pages.shared.stage.taking.moving import Source, coarser, moving
from pages.shared.stage.wire import Block

HOSTILE = "</script><script>alert(1)</script><!--<script>"
WEIGHT = Knob("weight w", -1, 1, value=0.5, step=0.125)
BIAS = Knob("bias b", 0, 1, value=0.0, step=0.25)
SHOW = Choice("show", ("one", "two"), "one")
X = np.linspace(0.0, 1.0, 500)
VALUES = {"weight": 0.5, "bias": 0.0, "show": "one"}


def picture(weight: float, bias: float = 0.0, show: str = "one") -> Picture:
    """A line, which is drawn once or twice."""
    drawn = {"type": "scatter", "x": X, "y": weight * X + bias}
    tasks = {"go down": Verdict(weight < 0, "…"), "both": Verdict(weight < 0 < bias, "…")}
    return Picture({"data": [drawn] * (1 + (show == "two")), "layout": {}}, HOSTILE, tasks=tasks)


def source(**inputs: Input) -> Source:
    """The stage of that picture."""

    def swept(name: str, each: Input) -> Block | None:
        found = sweep(picture, VALUES, name, each)
        return found and wire.pack(found)

    def shown(values: Any) -> Block:
        return wire.pack(frame(picture, values))

    return Source(inputs or {"weight": WEIGHT, "bias": BIAS, "show": SHOW}, VALUES, shown, swept)


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
    lasting = {"name": title, "cards": [], **more}
    return alone(title, link, lasting, source(), wire.pack(picture(**VALUES).message()))


def told(file: str) -> Any:
    return json.loads(Tags(file).json)


def columns(frames: bytes) -> dict[tuple[str | int, ...], Any]:
    """What differs between the frames, by its path."""
    found = wire.unpack(frames)
    return dict(zip(map(tuple, found["paths"]), found["columns"], strict=True))


def test_the_sweeps_in_the_file_are_those_of_python() -> None:
    heights = columns(b64decode(told(made())["sweeps"]["weight"]))["plots", 0, "data", 0, "y"]
    assert np.array_equal(heights, np.outer(WEIGHT.steps, X).astype(np.float32))


def test_where_pictures_do_not_have_the_same_parts_each_is_there_as_a_whole() -> None:
    one, two = wire.unpack(b64decode(told(made())["sweeps"]["show"]))["pictures"]
    assert [len(each["plots"][0]["data"]) for each in (one, two)] == [1, 2]


def test_the_file_knows_which_tasks_one_control_can_do_by_itself() -> None:
    assert told(made())["message"]["within"] == ["go down"]


def test_what_was_typed_stays_text() -> None:
    plain, hostile = (
        Tags(made(title=each, link=f"http://app/?target={each}", cards=[{"label": each}]))
        for each in ("toy", HOSTILE)
    )
    assert hostile.begun == plain.begun
    assert json.loads(hostile.json)["message"]["cards"] == [{"label": HOSTILE, "values": {}}]


def test_where_all_steps_have_no_room_there_are_fewer_and_the_knob_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = len(made().encode())
    assert whole < files.MOST_BYTES
    steps = []
    for less in (0, 4_000, 20_000, 10**6):
        monkeypatch.setattr(files, "MOST_BYTES", whole + 2_000 - less)
        file = made()
        assert less == 10**6 or len(file.encode()) <= files.MOST_BYTES
        found = told(file)
        spec = found["message"]["inputs"]["weight"]
        moves = "weight" in found["sweeps"]
        steps.append(spec["step"] if moves else None)
        assert ("note" in spec) == (moves and spec["step"] > WEIGHT.step)
    assert steps[0] == WEIGHT.step
    assert steps[-1] is None
    assert 2 * WEIGHT.step in steps


@given(st.integers(0, 16), st.sampled_from([1, 2, 4]))
def test_a_knob_of_fewer_steps_takes_values_that_it_took_and_the_saved_one_among_them(
    index: int, stride: int
) -> None:
    value = WEIGHT.steps[index]
    few = coarser(replace(WEIGHT, value=value), value, stride)
    assert value in few.steps
    assert {*few.steps} <= {*WEIGHT.steps}
    assert len(few.steps) >= len(WEIGHT.steps) // stride


@given(st.integers(0, 30_000))
def test_what_moves_takes_no_more_room_than_there_is_and_shows_what_python_shows(room: int) -> None:
    found = moving(source(weight=WEIGHT, bias=BIAS), room)
    assert sum(each.size for each in found.values()) <= room
    if "weight" in found:
        heights = columns(found["weight"].frames)["plots", 0, "data", 0, "y"]
        assert np.array_equal(heights, np.outer(found["weight"].input.steps or (), X).astype(np.float32))


def test_all_that_a_module_of_the_file_imports_is_in_the_file_and_nothing_else_is_asked_for() -> None:
    file = made()
    map_text = re.search(r'<script type="importmap">(.*?)</script>', file)
    assert map_text
    modules = json.loads(map_text[1])["imports"]
    sources = [b64decode(where.partition("base64,")[2]).decode() for where in modules.values()]
    asked = {name for text in sources for name in re.findall(r'^(?:import|.*? from) "([^"]+)";$', text, re.M)}
    assert asked <= modules.keys()
    assert "default-src 'none'" in file
