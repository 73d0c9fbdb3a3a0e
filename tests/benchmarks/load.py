"""How long visitors wait beside one another: `python tests/benchmarks/load.py` prints a line for each crowd.

A visitor is a tab as the server sees it: a WebSocket that opens a lesson, and then every three seconds grabs
a knob, which asks for its sweep, holds it for half of that time and lets go, which commits another value.
Visitors of one link look at the same lesson's first picture, as a class does; with --apart each sets another
knob at random before every grab, so that no two look at the same. Where the server has many to serve, what
comes first of a sweep is the part near the thumb; who holds the knob then asks for the rest, as the browser
does, and lets go whether it has come or not. Printed: the median and the 95th percentile
from a grab to its sweep and from a release to the committed picture, what went wrong, how many of the sweeps
had been sent before, and of those that came in parts how many came whole in time.
Several crowds: --visitors 10 30 60. Another server: --url ws://localhost:8501.
"""

import argparse
import asyncio
import hashlib
import json
import math
import random
import sys
import time
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser.server import Server  # noqa: E402

GESTURE_S, PATIENCE_S = 3.0, 60.0
HEAD = 8
# What is left alone where visitors are apart: how many units there are alone decides how dear a sweep is.
SIZES = {"n", "r", "steps", "noise", "seed", "points_seed", "hidden", "layers"}


class Lesson(NamedTuple):
    """What a visitor opens, and the knob that is grabbed there."""

    page: str
    link: str
    stage: str
    knob: str


LESSONS = (
    Lesson("", "", "home", "n"),
    Lesson("single_neuron", "", "single_neuron", "weight"),
    Lesson("two_neurons", "", "two_neurons", "s1"),
    Lesson("bumps", "", "bump", "height"),
    Lesson("bumps", "", "challenge", "h2"),
    Lesson("approximator", "", "approximator", "n"),
    Lesson("nonlinearity", "", "nonlinearity", "alpha"),
    Lesson("decision_boundary", "network=two+hidden+neurons", "two", "w11"),
    Lesson("decision_boundary", "network=trained", "trained", "iteration"),
    Lesson("towers", "", "towers", "r"),
    Lesson("gradient_descent", "", "mixer", "w1"),
    Lesson("gradient_descent", "scene=landscape", "landscape", "ball_rate"),
    Lesson("gradient_descent", "scene=classes", "classes", "class_iteration"),
)


@dataclass
class Seen:
    """What all visitors of a crowd have met with: seconds, complaints, and which sweeps came."""

    grabs: list[float] = field(default_factory=list)
    releases: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    sweeps: list[str] = field(default_factory=list)
    wholes: list[bool] = field(default_factory=list)


def read(block):
    """The JSON of a message."""
    plain = zlib.decompressobj().decompress(block)
    length = int.from_bytes(plain[:4], "little")
    return json.loads(plain[HEAD : HEAD + length])


def outermost(block):
    """What a stage was told, and the bytes of what was packed last before it: those of the sweep."""
    n_parts, last = (int.from_bytes(block[at : at + 4], "little") for at in (len(block) - 4, len(block) - 8))
    end = len(block) - 4 * n_parts - 4
    return read(block), block[end - last : end]


class Tab:
    """A visitor's tab on one lesson."""

    def __init__(self, url, lesson):
        self.url, self.lesson, self.link = f"{url}/_stcore/stream", lesson, lesson.link
        self.script, self.component, self.told, self.last, self.runs = "", None, None, b"", 0
        self.alone = ""
        self.wrong, self.heard = [], asyncio.Event()

    async def __aenter__(self):
        self.socket = await websockets.connect(
            self.url, subprotocols=["streamlit"], max_size=None, compression=None, ping_interval=None,
            open_timeout=PATIENCE_S,
        )  # fmt: skip
        self.listening = asyncio.create_task(self.listen())
        await self.say(page=self.lesson.page)
        await self.until(lambda: self.runs and self.told)
        return self

    async def __aexit__(self, *_):
        self.listening.cancel()
        await self.socket.close()

    async def listen(self):
        """Take in all that the server says."""
        try:
            async for data in self.socket:
                self.take(ForwardMsg.FromString(data))
                self.heard.set()
        except websockets.ConnectionClosed as error:
            self.wrong.append(repr(error))
        self.heard.set()

    def take(self, message):
        """Note what a visitor would see of one message."""
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.script = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.link = message.page_info_changed.query_string
        elif kind == "script_finished":
            self.runs += message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            if element.WhichOneof("type") == "exception":
                self.wrong.append(element.exception.message)
            elif element.bidi_component.id.endswith(f"-{self.lesson.stage}"):
                self.component, self.alone = element.bidi_component.id, message.delta.fragment_id
                self.told, self.last = outermost(element.bidi_component.bytes)

    async def say(self, page="", request=None):
        """Ask for a run of the page, with what the stage asks for."""
        said = BackMsg()
        said.rerun_script.page_name, said.rerun_script.page_script_hash = page, self.script
        said.rerun_script.query_string = self.link
        if request:
            said.rerun_script.fragment_id = self.alone
            widget = said.rerun_script.widget_states.widgets.add()
            widget.id = f"$$STREAMLIT_INTERNAL_KEY_{self.component}__events"
            widget.json_trigger_value = json.dumps([{"event": "request", "value": request}])
        await self.socket.send(said.SerializeToString())

    async def until(self, so):
        """Wait until something is so; raises TimeoutError, and ConnectionError where the server is gone."""
        async with asyncio.timeout(PATIENCE_S):
            while not so():
                if self.listening.done():
                    raise ConnectionError("; ".join(self.wrong))
                self.heard.clear()
                await self.heard.wait()

    async def ask(self, values, **more):
        """One request of the stage's; the seconds until it is answered."""
        name, began = f"{random.random()}", time.perf_counter()
        await self.say(request={"id": name, "values": values, **more})
        await self.until(lambda: self.told["reply"] == name)
        return time.perf_counter() - began


def anywhere(spec):
    """Any value that a knob takes."""
    return round(spec["low"] + random.randrange(spec["count"]) * spec["step"], spec["digits"])


async def gesture(tab, values, apart, seen):
    """Grab, hold, let go, and think; returns the values that were committed."""
    knobs = {name: spec for name, spec in tab.told["inputs"].items() if spec["kind"] == "knob"}
    knob, began = tab.lesson.knob, time.perf_counter()
    others = sorted(knobs.keys() - SIZES - {knob})
    if apart and others:
        other = random.choice(others)
        values = {**values, other: anywhere(knobs[other])}
    seen.grabs.append(await tab.ask(values, sweep=knob))
    if tab.told["sweep"] is None:
        seen.wrong.append(f"no sweep of {knob} on {tab.lesson.stage}")
    else:
        seen.sweeps.append(hashlib.sha256(tab.last).hexdigest())
        if read(tab.last)["count"] < knobs[knob]["count"]:
            rest = asyncio.create_task(tab.ask(values, sweep=knob, rest=True))
            await asyncio.wait({rest}, timeout=max(0.0, began + GESTURE_S / 2 - time.perf_counter()))
            seen.wholes.append(rest.done())
            rest.cancel()
    await asyncio.sleep(max(0.0, began + GESTURE_S / 2 - time.perf_counter()))
    values = {**values, knob: anywhere(knobs[knob])}
    seen.releases.append(await tab.ask(values, commit=True))
    await asyncio.sleep(max(0.0, began + GESTURE_S - time.perf_counter()))
    return values


async def visit(url, lesson, options, delay, seen):
    """A visitor's stay: gestures until the time is over."""
    await asyncio.sleep(delay)
    tab = Tab(url, lesson)
    try:
        async with tab:
            values, end = tab.told["committed"], time.perf_counter() + options.seconds
            while time.perf_counter() < end:
                values = await gesture(tab, values, options.apart, seen)
    except (OSError, TimeoutError, websockets.WebSocketException) as error:
        seen.wrong.append(repr(error))
    seen.wrong += tab.wrong


async def crowd(url, count, options):
    """So many visitors, who come one after the other within two gestures."""
    seen = Seen()
    stays = (
        visit(url, LESSONS[each % len(LESSONS)], options, 2 * GESTURE_S * each / count, seen)
        for each in range(count)
    )
    await asyncio.gather(*stays)
    return seen


def milliseconds(waits):
    """The median, and what 95 of 100 do not wait longer than."""
    if not waits:
        return "none"
    ordered = sorted(waits)
    middle, late = (1000 * ordered[math.ceil(share * len(ordered)) - 1] for share in (0.5, 0.95))
    return f"p50 {middle:5.0f}, p95 {late:5.0f} ms of {len(ordered)}"


def show(count, seen):
    """One line, and one more for each kind of complaint."""
    again = 1 - len({*seen.sweeps}) / max(len(seen.sweeps), 1)
    print(
        f"{count:4} visitors: grab to sweep {milliseconds(seen.grabs)}; release to committed "
        f"{milliseconds(seen.releases)}; {again:.0%} of the sweeps sent before, {len(seen.wholes)} in parts, "
        f"{sum(seen.wholes)} of these whole in time; {len(seen.wrong)} errors",
        flush=True,
    )
    for complaint in sorted({*seen.wrong})[:5]:
        print(f"     {complaint[:200]} ({seen.wrong.count(complaint)})", flush=True)


def main():
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--visitors", type=int, nargs="+", default=[10, 30, 60])
    asked.add_argument("--seconds", type=float, default=30.0)
    asked.add_argument("--apart", action="store_true")
    asked.add_argument("--url")
    options = asked.parse_args()
    server = None if options.url else Server("app.py")
    try:
        url = options.url or f"ws://127.0.0.1:{server.port}"
        for count in options.visitors:
            show(count, asyncio.run(crowd(url, count, options)))
    finally:
        if server:
            server.stop()


if __name__ == "__main__":
    main()
