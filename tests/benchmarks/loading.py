"""How soon the picture is there: `python tests/benchmarks/loading.py` prints a table.

A fresh Chromium, held to 10 Mbit/s and 40 ms, opens a lesson, goes on to the next one, and opens the first
again: what came over the wire (the socket's messages included), in how many requests, and after how many
seconds the first plot stood there. The median of several rounds, each with a browser and a server of its own.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import DESK, FLAGS, _chromium  # noqa: E402
from tests.browser.server import Server  # noqa: E402

SERVER_RESTS_S = 4  # by then it has compressed what it sends first
PATIENCE_MS = 120_000
# Playwright listens for what is thrown. For each error that plotly.js throws and catches as it starts V8
# would then read it all once more to say where, which no reader's browser does: so it notes places at once.
NOTES_PLACES = "--js-flags=--no-enable-lazy-source-positions"
LESSON, NEXT = "single_neuron", "Two neurons"

# When the first plot of a new stage stood there, in milliseconds since this was asked or the page began.
WATCH = """() => {
  document.querySelectorAll(".sp-stage").forEach((stage) => stage.setAttribute("data-old", ""));
  const began = document.querySelector(".sp-stage") ? performance.now() : 0;
  delete window.stood;
  const drawn = [".main-svg .xtick", "canvas"].map((part) => `.sp-stage:not([data-old]) ${part}`).join();
  const look = () => {
    if (!document.querySelector(drawn)) return requestAnimationFrame(look);
    window.stood = performance.now() - began;
  };
  look();
}"""


class Wire:
    """What comes to a page: bytes, requests, and each file with its bytes."""

    def __init__(self, page, bytes_per_s, latency_ms, slow):
        self.files, self.sizes, self.socket = {}, {}, 0
        cdp = page.context.new_cdp_session(page)
        cdp.send("Network.enable")
        line = {"latency": latency_ms, "downloadThroughput": bytes_per_s, "uploadThroughput": bytes_per_s}
        cdp.send("Network.emulateNetworkConditions", {"offline": False, **line})
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": slow})
        cdp.on("Network.responseReceived", self.answered)
        cdp.on("Network.loadingFinished", self.finished)
        cdp.on("Network.webSocketFrameReceived", self.heard)

    def answered(self, event):
        self.files[event["requestId"]] = event["response"]["url"]

    def finished(self, event):
        if event["encodedDataLength"]:
            self.sizes[event["requestId"]] = event["encodedDataLength"]

    def heard(self, event):
        message = event["response"]
        self.socket += len(message["payloadData"]) * (3 / 4 if message["opcode"] == 2 else 1)

    def take(self):
        """Bytes and requests since this was last asked, and the files, the largest first."""
        found = sorted(((size, self.files.get(each, "")) for each, size in self.sizes.items()), reverse=True)
        total = sum(self.sizes.values()) + self.socket
        self.sizes, self.socket = {}, 0
        return total, len(found), found


def stood(page):
    """The milliseconds that WATCH has found."""
    page.wait_for_function("() => window.stood", timeout=PATIENCE_MS)
    return page.evaluate("() => window.stood")


def settled(page):
    """Wait until nothing more is fetched."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)


def visits(context, url, options):
    """A row for each visit: name, bytes, requests, milliseconds, files."""
    for name in ("first visit", "second visit", "third visit"):
        page = context.new_page()
        wire = Wire(page, options.mbit * 1e6 / 8, options.latency, options.slow)
        page.add_init_script(f"({WATCH})()")
        page.goto(f"{url}/{options.lesson}", wait_until="commit")
        took = stood(page)
        settled(page)
        yield name, *wire.take(), took
        if name == "first visit":
            page.evaluate(WATCH)
            page.get_by_role("link", name=NEXT).first.click()
            took = stood(page)
            settled(page)
            yield "the next lesson", *wire.take(), took
        page.close()


def measured(play, options):
    """The rows of one round."""
    server = Server("app.py")
    try:
        time.sleep(SERVER_RESTS_S)
        with tempfile.TemporaryDirectory() as profile:
            context = play.chromium.launch_persistent_context(
                profile, executable_path=_chromium(), args=[*FLAGS, NOTES_PLACES], **DESK
            )
            rows = [*visits(context, server.url, options)]
            context.close()
            return rows
    finally:
        server.stop()


def main():
    """Print the table."""
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--lesson", default=LESSON)
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--mbit", type=float, default=10)
    ask.add_argument("--latency", type=float, default=40)
    ask.add_argument("--slow", type=float, default=1, help="how many times slower the processor is")
    ask.add_argument("--files", action="store_true", help="name the largest files")
    options = ask.parse_args()
    with sync_playwright() as play:
        rounds = [measured(play, options) for _ in range(options.rounds)]
    print(f"{'':16}{'kB':>8}{'requests':>10}{'picture s':>11}")
    for rows in zip(*rounds, strict=True):
        name, size, requests, files, _ = rows[0]
        took = statistics.median(row[-1] for row in rows) / 1000
        print(f"{name:16}{size / 1000:8.1f}{requests:10}{took:11.2f}")
        for each, url in files[:30] if options.files else []:
            print(f"{'':16}{each / 1000:8.1f}  {url}")


if __name__ == "__main__":
    main()
