"""How a curve follows the pen: `python tests/benchmarks/drawing.py` prints a table.

A real Chromium draws a wave to and fro with the pointer at 60 Hz, or drags a point, and counts in how many of
the screen's frames the pointer had moved, in how many there was new ink, and in how many a new picture of the
network; beside them the screen's frames on the same page with nothing to do. On a busy machine there are
fewer of all these: "ink" is the share of the frames with a moved pointer in which its ink was there. What one
picture takes: the processor time of the page's main thread, that of the server, and the bytes that were sent
and that came. `--slower 4` is a processor of a quarter of the speed.
"""

import argparse
import math
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.browser import main_thread, slow_down  # noqa: E402
from tests.benchmarks.gestures import spent_ms  # noqa: E402
from tests.browser.conftest import DESK, FLAGS, _chromium  # noqa: E402
from tests.browser.server import Server  # noqa: E402

PEN, POINT, PIXELS = ".sp-sketch", ".sp-point", ".sp-pixels"
CASES = [
    ("approximator", "?target=your+drawing", PEN),
    ("approximator, 60 contributions", "?target=your+drawing&n=60&below=contributions", PEN),
    ("gradient_descent, learning", "?scene=curve&target=your+drawing", PEN),
    ("two_neurons, the guess", "?graph=shown", PEN),
    ("convolution, a digit", "?scene=yours", PIXELS),
    ("decision_boundary, a point", "?network=trained&points=your+points", POINT),
]
SWING_S = 1.5
ROW = "{:7.1f}{:9.1f}{:8.1f}{:7.1f}{:11.1f}{:6.2f}{:9.1f}{:10.1f}{:8.0f}{:8.0f}"

WATCH = """() => {
  const seen = window.seen = {frames: 0, moved: 0, inked: 0, pictures: 0, changed: false, moves: 0};
  window.addEventListener("pointermove", () => seen.moves++, true);
  const ink = () => [...document.querySelectorAll(".sp-sketch path, .sp-point, .sp-wet")]
    .map((node) => node.getAttribute("d") ?? `${node.style.transform} ${node.getAttribute("x")}`).join();
  const note = (changes) => changes.forEach(({target, attributeName, oldValue}) => {
    seen.changed ||= attributeName === null || target.getAttribute(attributeName) !== oldValue;
  });
  const options = {subtree: true, childList: true, attributes: true, attributeOldValue: true};
  const pictures = new MutationObserver(note);
  document.querySelectorAll(".sp-plotly").forEach((plot) => pictures.observe(plot, options));
  let last = ink();
  const look = () => {
    if (window.seen !== seen) return pictures.disconnect();
    note(pictures.takeRecords());
    const now = ink();
    seen.frames++;
    if (seen.moves) seen.moved++;
    if (now !== last) seen.inked++;
    if (seen.changed) seen.pictures++;
    [last, seen.changed, seen.moves] = [now, false, 0];
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


def drag(page, board, seconds):
    """Draw on the board at 60 Hz for so long."""
    box = board.bounding_box()
    left, top, width, height = (box[side] for side in ("x", "y", "width", "height"))
    point = width < 60
    width, height = (240, 120) if point else (width * 0.9, height * 0.5)
    left, top = left + box["width"] / 2 - width / 2, top + box["height"] / 2 - height / 2
    page.mouse.move(left + width / 2, top + height / 2)
    page.mouse.down()
    began, moves = time.monotonic(), 0
    while (gone := time.monotonic() - began) < seconds:
        phase = (0.5 + gone / SWING_S) % 2
        across = min(phase, 2 - phase)
        page.mouse.move(left + width * across, top + height * (0.5 + 0.5 * math.sin(5 * gone)))
        moves += 1
        time.sleep(max(0, began + moves / 60 - time.monotonic()))
    return time.monotonic() - began


class Asked:
    """Counts the bytes that a page sends, on its socket and beside it, and those that come."""

    def __init__(self, page):
        self.sent, self.received = [], []
        page.on("websocket", self.listen)
        page.on("request", lambda request: self.sent.append(len(request.post_data or "")))
        page.on("response", lambda each: self.received.append(int(each.headers.get("content-length", 0))))

    def listen(self, socket):
        """Count from now on."""
        socket.on("framesent", lambda data: self.sent.append(len(data)))
        socket.on("framereceived", lambda data: self.received.append(len(data)))


def idle_rate(page, seconds):
    """The screen's frames per second with nothing to do."""
    page.evaluate(WATCH)
    page.wait_for_timeout(seconds * 1000)
    return page.evaluate("() => seen.frames") / seconds


def measure(browser, server, options, case):
    """One row of the table: the rates, what an answer costs, and its bytes."""
    name, query, kind = case
    page = browser.new_context(**DESK).new_page()
    asked = Asked(page)
    page.goto(f"{server.url}/{name.partition(',')[0]}{query}")
    board = page.locator(kind).first
    board.wait_for()
    page.wait_for_timeout(1500)
    board.scroll_into_view_if_needed()
    slow_down(page, options.slower)
    idle = idle_rate(page, 1)
    drag(page, board, 0.5)
    page.mouse.up()
    page.wait_for_timeout(1000)
    page.evaluate(WATCH)
    spent, before = main_thread(page), spent_ms(server)
    asked.sent.clear()
    asked.received.clear()
    began = spent()
    gone = drag(page, board, options.seconds)
    work, served = spent() - began, spent_ms(server) - before
    seen = page.evaluate("() => ({...seen})")
    page.mouse.up()
    page.context.close()
    rates = [seen[each] / gone for each in ("frames", "moved", "inked", "pictures")]
    each = [
        total / max(seen["pictures"], 1) for total in (work, served, sum(asked.sent), sum(asked.received))
    ]
    return idle, *rates, seen["inked"] / max(seen["moved"], 1), *each


def main():
    """Print the table."""
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--seconds", type=float, default=4)
    ask.add_argument("--slower", type=float, default=1)
    ask.add_argument("--only", default="", help="a part of the name of the cases to measure")
    options = ask.parse_args()
    server = Server("app.py")
    print(
        f"{'':31}{'idle/s':>7}{'frames/s':>9}{'moved/s':>8}{'ink/s':>7}{'pictures/s':>11}{'ink':>6}"
        f"{'main ms':>9}{'server ms':>10}{'B sent':>8}{'B got':>8}"
    )
    try:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=_chromium(), args=FLAGS)
            for case in CASES:
                if options.only in case[0]:
                    row = measure(browser, server, options, case)
                    print(f"{case[0]:31}" + ROW.format(*row), flush=True)
            browser.close()
    finally:
        server.stop()


if __name__ == "__main__":
    main()
