"""What an hour of dragging costs in memory: `python tests/benchmarks/memory.py`, for the server and the page.

One visitor in a real Chromium drags N and the steepness of "Any curve", chooses among the lower plots and
changes the target now and then: a drag every three seconds would be 1200 in an hour; here they follow each
other as fast as the server answers. What was there before is measured after a first round of everything: of
the server its peak, of the page what JavaScript still holds once its garbage is collected.
"""

import argparse
import random
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import DESK, FLAGS, _chromium  # noqa: E402
from tests.browser.server import Server  # noqa: E402

HOUR, WARM = 1200, 260
KNOBS = ("hidden units N", "steepness w")
LOWER = ("error", "contributions", "error against N", "network")
TARGETS = ("Nielsen's goal", "one wave", "Runge's function", "jump", "corner")


def drag(page, name, share):
    """Take a knob by its thumb, move it to a share of its track, and let go."""
    knob = page.get_by_role("slider", name=name, exact=True)
    knob.scroll_into_view_if_needed()
    box = knob.bounding_box()
    middle = box["y"] + box["height"] / 2
    held = float(knob.evaluate("(node) => (node.value - node.min) / (node.max - node.min)"))
    page.mouse.move(box["x"] + 9 + held * (box["width"] - 18), middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 9 + share * (box["width"] - 18), middle, steps=6)
    shown = knob.input_value()
    page.mouse.up()
    entry = {"hidden units N": "n", "steepness w": "steepness"}[name]
    default = {"n": "12", "steepness": "400"}[entry]
    page.wait_for_function(
        "([entry, value, first]) => (new URLSearchParams(location.search).get(entry) ?? first) === value",
        arg=[entry, shown, default],
    )


def choose_target(page, name):
    """Pick a target from the menu."""
    page.get_by_role("combobox", name="Target").click()
    page.get_by_role("option", name=name, exact=True).click()


def session(page, chance, drags):
    """So many drags, with a choice after every fifth and a new target after every fiftieth."""
    for count in range(drags):
        drag(page, chance.choice(KNOBS), chance.random())
        if count % 5 == 0:
            page.get_by_text(LOWER[count // 5 % len(LOWER)], exact=True).first.click()
        if count % 50 == 0:
            choose_target(page, TARGETS[count // 50 % len(TARGETS)])


def heap(page):
    """What the page's JavaScript holds on to, in MB: objects and the numbers of arrays."""
    console = page.context.new_cdp_session(page)
    console.send("HeapProfiler.collectGarbage")
    usage = console.send("Runtime.getHeapUsage")
    console.detach()
    return (usage["usedSize"] + usage["backingStorageSize"]) / 1e6


def main():
    """Print both, before and after."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--drags", type=int, default=HOUR)
    drags = parser.parse_args().drags
    chance = random.Random(1)
    server = Server("app.py")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        page = browser.new_context(**DESK).new_page()
        page.goto(f"{server.url}/approximator")
        page.wait_for_selector(".js-plotly-plot .main-svg")
        session(page, chance, WARM)
        before = server.memory(), heap(page)
        session(page, chance, drags)
        after = server.memory(), heap(page)
        browser.close()
    server.stop()
    for name, first, last in zip(("server", "page"), before, after, strict=True):
        print(f"{name}: {first:.0f} MB after a first round of drags, {last:.0f} MB after {drags} more")
        print(f"growth: {last - first:.1f} MB")


if __name__ == "__main__":
    main()
