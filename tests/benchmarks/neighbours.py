"""What a long training costs the other visitors: `python tests/benchmarks/neighbours.py` prints two lines.

One visitor has ten seeds trained, which takes seconds, again and again. Meanwhile the server is asked for
nothing at all (its health) every 10 ms, and a second visitor lets go of a knob again and again: the longest
time that each of them had to wait is what was blocked, and the same without the training stands beside it.
"""

import http.client
import sys
import threading
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import DESK, FLAGS, _chromium  # noqa: E402
from tests.browser.server import Server  # noqa: E402

EVERY_S, RELEASES, TRAININGS = 0.01, 12, 4


class Asking:
    """A thread that asks the server for its health every 10 ms, and notes how long each answer took."""

    def __init__(self, port):
        self.waits, self.port, self.done = [], port, threading.Event()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        """Ask until it is stopped, over one connection."""
        connection = http.client.HTTPConnection("localhost", self.port)
        while not self.done.wait(EVERY_S):
            began = time.perf_counter()
            connection.request("GET", "/_stcore/health")
            connection.getresponse().read()
            self.waits.append((time.perf_counter() - began) * 1000)

    def stop(self):
        """The waits in milliseconds."""
        self.done.set()
        self.thread.join()
        return sorted(self.waits)


class Second:
    """A visitor of the first page who lets go of its knob, and notes how long the server takes."""

    def __init__(self, context, url):
        self.page, self.heard = context.new_page(), {}
        self.page.on("websocket", self.listen)
        self.page.goto(url)
        self.page.wait_for_selector(".js-plotly-plot .main-svg")
        self.knob = self.page.get_by_role("slider", name="neurons N")
        self.page.wait_for_timeout(2000)

    def listen(self, socket):
        """Note when the last thing was said and answered."""
        socket.on("framesent", lambda _: self.heard.update(asked=time.perf_counter()))
        socket.on("framereceived", lambda _: self.heard.update(answered=time.perf_counter()))

    def releases(self, count):
        """So many times from a release to the last answer, in milliseconds."""
        found = []
        for press in range(count):
            self.knob.press("ArrowRight" if press % 2 else "ArrowLeft")
            self.page.wait_for_timeout(1000)
            found.append((self.heard["answered"] - self.heard["asked"]) * 1000)
        return sorted(found)


def train(page, start):
    """Have ten seeds from this one on trained; returns when the bar is there."""
    seed = page.get_by_role("textbox", name="Seed", exact=True)
    seed.fill(str(start))
    seed.press("Enter")
    page.get_by_role("button", name="Stop").wait_for()


def show(name, answers, releases):
    """One line of the table."""
    middle = answers[len(answers) // 2]
    print(
        f"{name:16} answer: median {middle:5.1f}, 99 % {answers[int(0.99 * len(answers))]:5.1f}, longest "
        f"{answers[-1]:6.1f} ms of {len(answers)};  release: median {releases[len(releases) // 2]:5.1f}, "
        f"longest {releases[-1]:6.1f} ms of {len(releases)}",
        flush=True,
    )


def main():
    """Print the lines."""
    server = Server("app.py")
    try:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=_chromium(), args=FLAGS)
            second = Second(browser.new_context(**DESK), server.url)
            asking = Asking(server.port)
            released = second.releases(RELEASES)
            show("nothing else", asking.stop(), released)
            first = browser.new_context(**DESK).new_page()
            first.goto(f"{server.url}/gradient_descent?scene=curve&show=ten+seeds")
            first.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
            answers, released = [], []
            for round_ in range(TRAININGS):
                train(first, 100 + 20 * round_)
                asking = Asking(server.port)
                released += second.releases(2)
                answers += asking.stop()
                if not first.get_by_role("button", name="Stop").is_visible():
                    print("the training was over before the second visitor was done")
                first.get_by_role("button", name="Stop").wait_for(state="detached", timeout=60_000)
            show("beside training", sorted(answers), sorted(released))
            browser.close()
    finally:
        server.stop()


if __name__ == "__main__":
    main()
