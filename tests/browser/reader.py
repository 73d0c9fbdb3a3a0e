"""A reader at the browser: holds knobs, reads plots, and overhears what goes over the socket."""

from __future__ import annotations

import itertools
import json
import re
import time
from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import ConsoleMessage, Locator, Page, Route, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.shared.stage import wire
from pages.shared.stage.picture import Picture
from tests.browser.leaving import LEAVING

PATIENCE_S = 15.0
OPENS_WITHIN_MS = 90_000
# How long a page may take to come to rest before it is left; then it is loaded instead.
RESTS_WITHIN_S = 3.0
PREFERRED = ("color_scheme", "reduced_motion", "forced_colors")
# How long to wait before looking again: at first, how much longer each time, and at most.
POLL_MS, LONGER, MOST_MS = 15.0, 1.2, 100.0
# The width of a thumb, in letters.
THUMB = 1.125
# The light redraw goes no farther out of sight than that, in pixels.
FAR = 1e5
# What Streamlit asks for below the path of a page before it asks for it at the root.
TRIED_IN_VAIN = ("/_stcore/health", "/_stcore/host-config")
# What plotly.js says of its own surfaces: it measures letters on a canvas of its own, and picks under the
# pointer by reading pixels back, which is slow where software takes the part of the graphics card.
PLOTLYS_OWN = re.compile(r"Canvas2D: Multiple readback .*/plotly[\w-]*\.min\.js$|GPU stall due to ReadPixels")
# What the link says of the window, and not of the page.
OF_THE_WINDOW = ("embed", "embed_options", "framed", "present")
# What stands on a page when all of it has come: the plots of its stage, or without them its buttons.
DRAWN, UNDRAWN = ".sp-stage .main-svg :is(.xtick, .hm)", ".sp-stage .sp-buttons"
PLOTS = "[...document.querySelectorAll('.js-plotly-plot')]"

# Counts what plotly.js draws by itself, so that a test can tell its drawing from the stage's light one.
COUNT_DRAWINGS = """
window.drawings = 0;
let plotly;
Object.defineProperty(window, "Plotly", {
  get: () => plotly,
  set: (loaded) => {
    plotly = loaded;
    const react = loaded.react;
    loaded.react = (...figure) => { window.drawings++; return react(...figure); };
  },
});
"""

# Bytes as text, which costs a tenth of a list of numbers on its way here.
TEXT = """(bytes) => {
  const chunks = [];
  for (let at = 0; at < bytes.length; at += 8192)
    chunks.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return btoa(chunks.join(""));
}"""
# What plotly.js was given of a trace, and in which precision; a missing number is not a number.
NUMBERS = f"""(plot, trace, axis) => {{
  const given = {PLOTS}[plot]?.data[trace]?.[axis] ?? [];
  const [kind, flat] = axis === "z" ? [given[0], given.flatMap((row) => [...row])] : [given, given];
  const single = kind instanceof Float32Array;
  const numbers = (single ? Float32Array : Float64Array).from(flat, (number) => number ?? NaN);
  return [single ? "float32" : "float64", ({TEXT})(new Uint8Array(numbers.buffer))];
}}"""

# What sticks out of the page or of the window: nothing but what is hidden or scrolls by itself.
STICKS_OUT = """() => [...document.querySelectorAll("[data-testid=stMain], [data-testid=stMain] *")]
  .filter((node) => node.checkVisibility({ visibilityProperty: true }) && node.clientWidth > 1)
  .filter((node) => !node.closest(".katex-display > .katex, .katex-mathml, [data-testid=stDataFrame]"))
  .filter((node) => !node.closest(".sp-pans > *"))
  .map((node) => [node, node.getBoundingClientRect()])
  .filter(([node, { left, right }]) => left < -1 || right > innerWidth + 1
    || (node.matches("[data-testid=stMain]") && node.scrollWidth !== innerWidth))
  .map(([node]) => `${node.tagName}.${node.className?.baseVal ?? node.className}`)"""

# The ink of every trace: lines, markers, texts.
INK = """() => [...document.querySelectorAll(".js-plotly-plot")].map((gd) =>
  [...gd.querySelectorAll(".scatterlayer .trace")].map((trace) => ({
    lines: [...trace.querySelectorAll(".js-line")].map((node) => node.getAttribute("d") ?? ""),
    points: [...trace.querySelectorAll(".point")].map((node) => node.getAttribute("transform") ?? ""),
    texts: [...trace.querySelectorAll(".textpoint text")].map((node) =>
      [node.textContent, ...["x", "y", "transform"].map((name) => node.getAttribute(name))].join(" ")),
  })))"""

# The image of every heatmap, plot by plot.
FIELDS = f"""() => {PLOTS}.map((gd) =>
  [...gd.querySelectorAll(".heatmaplayer image")].map((image) => image.href.baseVal))"""

# The bytes of the pixels of an image, row by row: red, green, blue and alpha.
PIXELS = """async (href) => {
  const image = new Image();
  image.src = href;
  await image.decode();
  const { width, height } = image;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(image, 0, 0);
  return [height, width, (TEXT)(pen.getImageData(0, 0, width, height).data)];
}""".replace("TEXT", TEXT)

# Counts the entries of the browser's history that a page makes.
COUNT_ENTRIES = """
window.entries = 0;
{
  const { pushState } = History.prototype;
  History.prototype.pushState = function (...entry) {
    window.entries++;
    return pushState.apply(this, entry);
  };
}
"""

# How far what is seen moves from the first paint on, as Google's Cumulative Layout Shift counts it, and with
# which words the page opens: what they say, and where.
WATCH_OPENING = """
window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries()))
  .observe({ type: "layout-shift", buffered: true });
window.placed = (...parts) => parts.map((part) => document.querySelector(part)).map((node) => {
  const { left, top } = node.getBoundingClientRect();
  return [node.textContent, Math.round(left), Math.round(top)];
});
addEventListener("DOMContentLoaded", () => {
  if (document.querySelector(".sp-opening")) window.opened = placed(".sp-opening h1", ".sp-opening p");
});
"""
MOVED = """() => window.shifts.map(({ value, startTime, sources }) => [value, [startTime,
  ...sources.map(({ node, previousRect, currentRect }) =>
    [node?.className, previousRect.toJSON(), currentRect.toJSON()])]])"""

# Remembers what stands in the window once the page has come, and how the document is dressed. What the tests'
# own means put there later is none of a test's.
REMEMBER = """() => {
  const own = ["axe", "calm", "place", "calmed", "placed", "frame", "keepsFrames", "untouched"];
  const known = new Set([...Object.keys(window), ...own]);
  const dressed = () => [document.documentElement, document.body].map((each) => each.className).join();
  const before = dressed();
  window.untouched = () => dressed() === before && Object.keys(window).every((name) => known.has(name));
}"""
# Whether a test has left nothing of its own in the window, which a page that is not loaded anew would keep.
IS_UNTOUCHED = "Boolean(window.untouched?.())"
# Goes to an address as Back does, without a load.
GO = """(address) => {
  document.activeElement.blur();
  document.querySelector(".stMain").scrollTop = 0;
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}"""
RUNS_NOT = "() => document.querySelector('.stApp').dataset.testScriptState === 'notRunning'"
IS_EMPTY = f"() => ({RUNS_NOT})() && !document.querySelector('.stMain .stElementContainer, .sp-stage')"
# Nothing is kept, and what keeps it is told; and Tab begins at the top of the page, as after a load.
FORGET = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.blur();
  document.body.removeAttribute("tabindex");
  localStorage.clear();
  sessionStorage.clear();
  dispatchEvent(new StorageEvent("storage"));
}"""
COUNT_ANEW = "() => { [window.drawings, window.entries, window.shifts] = [0, 0, []]; }"

# What the knobs and the choices are set to, by their labels.
SET = """() => Object.fromEntries([
  ...[...document.querySelectorAll(".sp-stage input[type=range]")].map((knob) =>
    [knob.ariaLabel, knob.valueAsNumber]),
  ...[...document.querySelectorAll(".sp-stage fieldset:has(:checked)")].map((choice) =>
    [choice.querySelector("legend").textContent, choice.querySelector(":checked").value]),
])"""
# The left end and the width of the way of a thumb, the middle of the track, and the ends of its scale.
# It is null where there is no such knob.
TRACK = """([label, scroll]) => {
  const knobs = [...document.querySelectorAll(".sp-stage input[type=range]")];
  const knob = knobs.find((each) => each.ariaLabel === label);
  if (scroll) knob?.scrollIntoViewIfNeeded();
  if (!knob?.checkVisibility()) return null;
  const { left, width, top, height } = knob.getBoundingClientRect();
  const thumb = THUMB * parseFloat(getComputedStyle(document.documentElement).fontSize);
  const ends = [Number(knob.min), Number(knob.max)];
  return [left + thumb / 2, width - thumb, top + height / 2, ...ends, knob.valueAsNumber];
}""".replace("THUMB", str(THUMB))

# From now on keeps the ink of the latest frame of a drag, and whether plotly.js had no part in it.
KEEP_FRAMES = f"""() => {{
window.frame = null;
if (!window.keepsFrames) window.addEventListener("input", ({{ target }}) => {{
  const ink = {INK};
  const fields = {FIELDS};
  const seen = () => ({{ ink: ink(), fields: fields() }});
  const [before, drawings, value] = [JSON.stringify(seen()), window.drawings, target.value];
  const look = () => {{
    const now = seen();
    const light = window.drawings === drawings && JSON.stringify(now) !== before;
    window.frame = {{ value: Number(value), drawings, light, ...now }};
  }};
  requestAnimationFrame(() => requestAnimationFrame(look));
}}, true);
window.keepsFrames = true;
}}"""

# Whether the stage, and what it drew, has kept its place for ten frames: the sidebar slides in after it.
STANDS_STILL = """() => {
  const place = [".sp-stage", ".js-plotly-plot"].map((part) => {
    const box = document.querySelector(part)?.getBoundingClientRect();
    return box && [box.left, box.top, box.width, box.height];
  });
  window.calm = String(place) === window.place ? window.calm + 1 : 0;
  window.place = String(place);
  return window.calm >= 10;
}"""

# A plot, a trace in it, and which of its arrays.
Place = tuple[int, int, str]
Floats = NDArray[np.float32] | NDArray[np.float64]
Ink = list[list[dict[str, list[str]]]]


class Frame(NamedTuple):
    """What a drag drew: the value, plotly.js's drawings before, whether it had no part in it, the ink, and
    the images of the heatmaps."""

    value: float
    drawings: int
    light: bool
    ink: Ink
    fields: list[list[str]]


class Socket:
    """What the page and Python said to each other: requests of the stage, and its answers."""

    def __init__(self, page: Page) -> None:
        self._heard: dict[str, bytes] = {}
        self.begin()
        page.on("websocket", self._listen)

    def begin(self) -> None:
        """Nothing has been said."""
        self.runs = False
        self.requests: list[dict[str, Any]] = []
        self.messages: list[dict[str, Any]] = []
        self.bytes_received = 0
        self.most_in_flight = 0
        self._answered: set[str] = set()

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, frame: bytes | str) -> None:
        if isinstance(frame, str):
            return
        for widget in BackMsg.FromString(frame).rerun_script.widget_states.widgets:
            if widget.json_trigger_value:
                self._asked(json.loads(widget.json_trigger_value))

    def _asked(self, triggered: Any) -> None:
        self.requests += [each["value"] for each in triggered if each["event"] == "request"]
        self.most_in_flight = max(self.most_in_flight, len(self.in_flight))

    def _received(self, frame: bytes | str) -> None:
        self.bytes_received += len(frame)
        if isinstance(frame, str):
            return
        message = ForwardMsg.FromString(frame)
        if message.WhichOneof("type") in ("new_session", "script_finished"):
            self.runs = message.WhichOneof("type") == "new_session"
        if block := self._block(message):
            self.messages.append(wire.unpack(block))
            self._answered.add(self.messages[-1]["reply"])

    def _block(self, message: ForwardMsg) -> bytes:
        """What is told to a stage. Where the browser was told the same before, only its name is sent."""
        block = self._heard.get(message.ref_hash, message.delta.new_element.bidi_component.bytes)
        if block and message.hash:
            self._heard[message.hash] = block
        return block

    def forget(self) -> None:
        """Begin anew, but for the latest message: it says what is committed."""
        self.requests.clear()
        del self.messages[:-1]
        self.bytes_received = self.most_in_flight = 0

    @property
    def is_answered(self) -> bool:
        """Whether the latest request was answered; one that a server took with it never is."""
        return not self.requests or self.requests[-1]["id"] in self._answered

    @property
    def in_flight(self) -> list[dict[str, Any]]:
        return [each for each in self.requests if each["id"] not in self._answered]


class Held:
    """What is asked for by a pattern is held back until it is released."""

    def __init__(self, page: Page, pattern: str) -> None:
        self.routes: list[Route] = []
        self.released = False
        page.route(pattern, self._meet)

    def _meet(self, route: Route) -> None:
        if self.released:
            route.continue_()
        else:
            self.routes.append(route)

    def release(self) -> None:
        """From now on it comes."""
        self.released = True
        for route in self.routes:
            route.continue_()


class Reader:
    """Opens pages, moves what can be moved, and sees what is drawn."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.look: dict[str, Any] = {}
        self.socket = Socket(page)
        self.complaints: list[str] = []
        self.raised: list[str] = []
        page.on("console", self._overhear)
        page.on("pageerror", lambda error: self.raised.append(str(error)))
        page.add_init_script(COUNT_DRAWINGS + COUNT_ENTRIES + WATCH_OPENING)

    def _overhear(self, message: ConsoleMessage) -> None:
        """Keep what the console complains of, but for the two addresses that Streamlit tries in vain, and
        what plotly.js cannot help."""
        told = f"{message.type}: {message.text} {message.location.get('url', '')}"
        excused = told.endswith(TRIED_IN_VAIN) or PLOTLYS_OWN.search(told)
        if message.type in ("error", "warning") and not excused:
            self.complaints.append(told)

    def open(self, url: str, whole: str = DRAWN) -> Reader:
        """Load the page, and wait until what makes it whole is there, and the stage stands still."""
        self.page.goto(url, timeout=OPENS_WITHIN_MS)
        self.page.wait_for_selector(whole, state="attached", timeout=OPENS_WITHIN_MS)
        self.page.wait_for_function(STANDS_STILL)
        self.page.evaluate(REMEMBER)
        return self

    def look_like(self, look: dict[str, Any]) -> None:
        """Look like this: the size of the window, what the reader prefers, and may do."""
        if self.page.viewport_size != look["viewport"]:
            self.page.set_viewport_size(look["viewport"])
        if look != self.look:
            self.page.emulate_media(**{name: look[name] for name in PREFERRED})
            self.page.context.clear_permissions()
            self.page.context.grant_permissions(look["permissions"])
        self.look = look

    def come_back(self, url: str, look: dict[str, Any], whole: str = DRAWN, anew: bool = False) -> Reader:
        """Come to a page of the same server, with nothing in storage; what was said before is forgotten.

        That is a quarter of the work of a load. The page is loaded `anew` where that is asked for, where the
        look is another one or the window is no plain one, and where a test has left something in the window.
        """
        self._let_go()
        as_before = look == self.look and self.page.viewport_size == look["viewport"]
        if not anew and as_before and self._may_walk(url):
            return self._walk(url, whole)
        self.page.evaluate(FORGET)
        if not as_before:
            # The page before would draw itself anew in vain.
            self.page.goto("about:blank")
        self.look_like(look)
        self._begin()
        return self.open(url, whole)

    def _may_walk(self, url: str) -> bool:
        names = {*said_by(url), *self.link()}
        plain = names.isdisjoint(OF_THE_WINDOW) and self.socket.messages
        return bool(plain and self.page.evaluate(IS_UNTOUCHED)) and self._comes_to_rest()

    def _comes_to_rest(self) -> bool:
        """Whether nothing is under way any more: an answer to the page before would come to the next one."""
        deadline = time.monotonic() + RESTS_WITHIN_S
        while not (self._is_at_rest() and self.page.evaluate(f"({RUNS_NOT})()")):
            if time.monotonic() > deadline:
                return False
            self.page.wait_for_timeout(POLL_MS)
        return True

    def _walk(self, url: str, whole: str) -> Reader:
        """Follow a link inside the app, by way of a page where there is nothing: there all is forgotten that
        the browser and the server know of this reader, and the stages that come next are new."""
        self.page.evaluate(GO, f"?{LEAVING}=now")
        self.page.wait_for_function(IS_EMPTY, timeout=OPENS_WITHIN_MS)
        self.page.evaluate(FORGET)
        self._begin()
        self.page.evaluate(GO, url)
        self.page.wait_for_selector(whole, state="attached", timeout=OPENS_WITHIN_MS)
        self.page.wait_for_function(RUNS_NOT, timeout=OPENS_WITHIN_MS)
        self.page.wait_for_function(STANDS_STILL)
        self.page.evaluate(COUNT_ANEW)
        return self

    def _begin(self) -> None:
        self.socket.begin()
        self.complaints.clear()

    def _let_go(self) -> None:
        self.page.mouse.up()
        self.page.mouse.move(0, 0)

    def goes(self) -> None:
        """Leave, and nothing behind."""
        self._let_go()
        self.page.evaluate(FORGET)
        self.page.unroute_all()
        self.page.context.clear_cookies()
        self.page.goto("about:blank")
        self._begin()

    def has_raised_nothing(self) -> None:
        """Fails where JavaScript raised in a page and nothing caught it; asked again it is forgotten."""
        raised, self.raised = self.raised, []
        assert not raised, f"uncaught in the page: {raised}"

    def set_back(self, url: str) -> None:
        """Let go, reset every control until the link is this again, and forget what was said and drawn."""
        first = said_by(url)
        self._let_go()
        self.page.evaluate("document.activeElement.blur()")
        self.rests()
        if self.link() != first:
            for button in self.page.get_by_role("button", name="reset every control").all():
                button.click()
            self.link_is(**first)
            self.rests()
        self.page.evaluate("window.drawings = 0")
        self.complaints.clear()
        self.socket.forget()

    def until(
        self,
        condition: Callable[[], Any],
        patience: float = PATIENCE_S,
        complaint: Callable[[], str] = lambda: "it never came to that",
    ) -> None:
        """Wait until the condition holds; fails with the complaint where it never does."""
        deadline, pause = time.monotonic() + patience, POLL_MS
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(complaint())
            self.page.wait_for_timeout(pause)
            pause = min(pause * LONGER, MOST_MS)

    # ---- moving --------------------------------------------------------------------------------

    def knob(self, label: str) -> Locator:
        return self.page.get_by_role("slider", name=label, exact=True)

    def field(self, label: str) -> Locator:
        return self.page.get_by_role("textbox", name=f"{label}, as a number", exact=True)

    def value(self, label: str) -> float:
        """What a knob is set to; not a number where there is none of that label."""
        return float(self._set().get(label, "nan"))

    def _set(self) -> dict[str, Any]:
        """What the knobs and the choices are set to, by their labels."""
        found: dict[str, Any] = self.page.evaluate(SET)
        return found

    def hold(self, label: str) -> None:
        """Take the knob's thumb with the pointer, once it stands still and nothing lies over it."""
        self.knob(label).hover(trial=True)
        self.page.mouse.move(*self._on_track(label, scroll=True))
        self.page.mouse.down()

    def move(self, label: str, value: float) -> float:
        """Move the held thumb to a value; returns the value it shows then, at most a few steps away."""
        before = self.value(label)
        self.page.mouse.move(*self.spot(label, value))
        self.until(lambda: before == value or self.value(label) != before)
        return self.value(label)

    def release(self) -> None:
        self.page.mouse.up()

    def drag(self, label: str, value: float) -> float:
        """Hold, move, release; returns the value the knob has when it is in the link."""
        self.hold(label)
        shown = self.move(label, value)
        self.release()
        self.rests()
        return shown

    def rests(self) -> None:
        """Wait until Python has answered what was asked last, and what is shown is what is committed."""
        self.until(
            self._is_at_rest,
            complaint=lambda: (
                f"not answered: {self.socket.in_flight}; "
                f"committed is {self._committed()}, shown {self._controls()}"
            ),
        )

    def _is_at_rest(self) -> bool:
        return self.socket.is_answered and self.link_says_what_knobs_say()

    def link_says_what_knobs_say(self) -> bool:
        return bool(self.socket.messages) and self._committed() == self._controls()

    def _committed(self) -> dict[str, Any]:
        committed: dict[str, Any] = self.socket.messages[-1]["committed"]
        return committed

    def _controls(self) -> dict[str, Any]:
        """The committed values, with what the knobs and choices show now in their place."""
        latest, now = self.socket.messages[-1], self._set()
        shown = {
            name: now.get(spec["label"])
            for name, spec in latest["inputs"].items()
            if spec["kind"] in ("knob", "choice")
        }
        return {**self._committed(), **shown}

    def spot(self, label: str, value: float) -> tuple[float, float]:
        """Where the middle of the thumb is at this value."""
        return self._on_track(label, value)

    def _on_track(self, label: str, value: float | None = None, scroll: bool = False) -> tuple[float, float]:
        """Where that value of a knob is on the screen; by itself the one that is set."""
        track: list[float] = []

        def found() -> bool:
            track[:] = self.page.evaluate(TRACK, [label, scroll]) or []
            return bool(track)

        self.until(found, complaint=lambda: f"there is no knob {label}")
        left, width, middle, low, high, now = track
        share = ((now if value is None else value) - low) / (high - low)
        return left + share * width, middle

    def choose(self, option: str) -> None:
        self.page.locator(".sp-segments").get_by_text(option, exact=True).click()

    def pick(self, menu: str, option: str) -> None:
        """Choose from one of Streamlit's menus."""
        self.page.get_by_role("combobox", name=menu, exact=True).click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def segment(self, option: str) -> None:
        """Choose from one of Streamlit's segmented controls."""
        self.page.get_by_role("radio", name=option, exact=True).click()

    def at(self, plot: int, x: float, y: float) -> tuple[float, float]:
        """Where a point of the plane is on the screen, once its plot stands still there."""
        left, top = self.page.evaluate(
            """async ([plot, x, y]) => {
              const gd = document.querySelectorAll(".js-plotly-plot")[plot];
              const { xaxis, yaxis } = gd._fullLayout;
              let box = null;
              for (let calm = 0; calm < 3; await new Promise(requestAnimationFrame)) {
                const now = gd.getBoundingClientRect();
                calm = box && now.left === box.left && now.top === box.top ? calm + 1 : 0;
                box = now;
              }
              return [box.left + xaxis._offset + xaxis.d2p(x), box.top + yaxis._offset + yaxis.d2p(y)];
            }""",
            [plot, x, y],
        )
        return left, top

    def mark_plots(self) -> None:
        """Leave a mark on each plot's element."""
        self.page.evaluate(f"{PLOTS}.forEach((plot, index) => (plot.marked = index))")

    def marks(self) -> list[int | None]:
        """The marks that the plots bear; one that was mounted anew bears none."""
        found: list[int | None] = self.page.evaluate(f"{PLOTS}.map((plot) => plot.marked ?? null)")
        return found

    def zoom(self, plot: int) -> list[float]:
        """Draw a zoom box over the upper left quarter of a plot; the ranges of its axes then."""
        plane = self.page.locator(".js-plotly-plot").nth(plot).locator(".nsewdrag").first
        box, before = plane.bounding_box(), self.ranges(plot)
        assert box
        self.page.mouse.move(box["x"] + 0.15 * box["width"], box["y"] + 0.1 * box["height"])
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + 0.45 * box["width"], box["y"] + 0.45 * box["height"], steps=5)
        self.page.mouse.up()
        self.until(lambda: self.ranges(plot) != before)
        return self.ranges(plot)

    # ---- seeing --------------------------------------------------------------------------------

    def array(self, plot: int, trace: int, axis: str = "y") -> Floats:
        """What plotly.js was given for one trace; the heights of a field row after row."""
        return self._arrays([(plot, trace, axis)])[0]

    def _arrays(self, places: Sequence[Place]) -> list[Floats]:
        found = self.page.evaluate(f"(places) => places.map((place) => ({NUMBERS})(...place))", [*places])
        return [np.frombuffer(b64decode(text), precision) for precision, text in found]

    def sees(self, plot: int, trace: int, expected: Any, axis: str = "y") -> None:
        """The trace shows these numbers bit for bit in the precision that they came in, or does so soon."""
        self._sees({(plot, trace, axis): expected})

    def _sees(self, expected: Mapping[Place, Any]) -> None:
        wanted = {place: np.asarray(each).ravel() for place, each in expected.items()}

        def others() -> list[tuple[Place, Floats]]:
            shown = zip(wanted, self._arrays([*wanted]), strict=True)
            return [
                (place, numbers)
                for place, numbers in shown
                if not np.array_equal(numbers, wanted[place].astype(numbers.dtype), equal_nan=True)
            ]

        def complaint() -> str:
            return "; ".join(f"{place}: {numbers} is not {wanted[place]}" for place, numbers in others())

        self.until(lambda: not others(), complaint=complaint)

    def trace(self, plot: int, name: str) -> int:
        """The first trace of that name, as soon as there is one."""

        def names() -> list[str]:
            return self.page.evaluate(f"{PLOTS}[{plot}].data.map((trace) => trace.name)")

        self.until(lambda: name in names(), complaint=lambda: f"{name} is none of {names()}")
        return names().index(name)

    def sees_picture(self, picture: Picture, first: int = 0) -> None:
        """Every array of the picture is what its plots show; `first` is the first plot of its stage."""
        self._sees(
            {
                (plot, trace, axis): each[axis]
                for plot, figure in enumerate(picture.message()["plots"], start=first)
                for trace, each in enumerate(figure["data"])
                for axis in ("x", "y")
            }
        )

    def ink(self) -> Ink:
        """What is drawn of every trace: the strokes of lines, and where points and texts are."""
        return with_strokes(self.page.evaluate(INK))

    def sees_heights(self, plot: int, trace: int, expected: Any) -> None:
        """The heatmap or the surface shows these numbers, as `sees` says."""
        self.sees(plot, trace, expected, "z")

    def fields(self) -> list[list[str]]:
        """The images of the heatmaps, plot by plot."""
        images: list[list[str]] = self.page.evaluate(FIELDS)
        return images

    def pixels(self, image: str) -> NDArray[np.int64]:
        """What an image of the page holds, shape (height, width, 4)."""
        height, width, text = self.page.evaluate(PIXELS, image)
        return np.frombuffer(b64decode(text), np.uint8).astype(np.int64).reshape(height, width, 4)

    def ranges(self, plot: int) -> list[float]:
        """What part of the plane a plot shows: left, right, low, high."""
        shown: list[float] = self.page.evaluate(
            """(plot) => {
              const { xaxis, yaxis } = document.querySelectorAll(".js-plotly-plot")[plot]._fullLayout;
              return [...xaxis.range, ...yaxis.range];
            }""",
            plot,
        )
        return shown

    def sticks_out(self) -> list[str]:
        """What is wider than the window, or sticks out of it."""
        found: list[str] = self.page.evaluate(STICKS_OUT)
        return found

    def moved(self) -> tuple[float, list[Any]]:
        """How far what is seen has moved since the page was opened, and what that was."""
        found = self.page.evaluate(MOVED)
        return sum(value for value, _ in found), [what for _, what in found]

    def drawings(self) -> int:
        """How often plotly.js itself drew."""
        count: int = self.page.evaluate("window.drawings")
        return count

    def frame(self) -> Frame | None:
        """The latest frame of a drag, of those that are kept."""
        kept = self.page.evaluate("window.frame")
        return kept and Frame(**{**kept, "ink": with_strokes(kept["ink"])})

    def light_frame(self) -> Frame | None:
        """The latest frame of a drag, as soon as there is one; None where plotly.js had a part in it."""
        self.until(lambda: self.page.evaluate("Boolean(window.frame)"))
        return self.frame() if self.page.evaluate("window.frame.light") else None

    def keep_frames(self) -> None:
        """From now on keep the latest frame of a drag; there is none yet."""
        self.page.evaluate(KEEP_FRAMES)

    def link(self) -> dict[str, str]:
        """What the link says."""
        return said_by(self.page.url)

    def link_is(self, **expected: str) -> None:
        """The link says just this, or does so soon."""
        self.soon(self.link, expected)

    def soon(self, read: Callable[[], Any], expected: Any, patience: float = PATIENCE_S) -> None:
        """What is read is as expected, or becomes so."""
        self.until(lambda: read() == expected, patience, lambda: f"{read()} is not {expected}")

    def part(self, name: str) -> Locator:
        """A part of the stage: notice, error, words, diagram, ..."""
        return self.page.locator(f".sp-{name}")


def said_by(url: str) -> dict[str, str]:
    """The names and texts of a link."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


def told(readouts: Mapping[str, str]) -> list[str]:
    """What the numbers beside a picture say; those that say nothing are not shown."""
    return [said for said in readouts.values() if said != "–"]


def strokes(path: str) -> list[str]:
    """The strokes of an SVG path, each through at least two points."""
    return [piece for piece in path.split("M") if len(NUMBER.findall(piece)) > 2]


def with_strokes(plots: Ink) -> Ink:
    """The ink with each trace's lines taken apart into strokes, however many paths they were written in."""
    for trace in itertools.chain.from_iterable(plots):
        trace["lines"] = list(itertools.chain.from_iterable(map(strokes, trace["lines"])))
    return plots


def assert_same_ink(one: Ink, other: Ink, within: float = 0.02) -> None:
    """Two drawings have the same parts in the same places, to that many pixels, where they can be seen."""
    one_text, other_text = (json.dumps(ink, indent=1).splitlines() for ink in (one, other))
    assert [NUMBER.sub("#", line) for line in one_text] == [NUMBER.sub("#", line) for line in other_text]
    for line, other_line in zip(one_text, other_text, strict=True):
        pair = (
            np.clip(np.array(NUMBER.findall(each), dtype=float), -FAR, FAR) for each in (line, other_line)
        )
        np.testing.assert_allclose(*pair, rtol=0, atol=within)
