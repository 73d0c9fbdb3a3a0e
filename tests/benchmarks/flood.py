"""What one visitor's flood costs another: `python tests/benchmarks/flood.py` prints a line for each flood.

A second visitor moves a knob and lets go, again and again, while the first floods the server: with 600 forged
sweep requests in 4 s, with releases, with messages of 20 MB, with the dearest sweep of all lessons, and with
one training after the other. Beside each stands the same second visitor with no flood just before, for both
are taken in one run: the delay of a release is the difference of their 95th percentiles. "back" is how long
after the flood's end releases take as long as before. Printed besides: the lines that the flood put into the
log, and the memory that the server had grown by at most. --only sweeps for one of the floods.
"""

import argparse
import asyncio
import math
import sys
import time
from pathlib import Path

import websockets

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.load import Lesson, Tab, anywhere  # noqa: E402
from tests.browser.server import Server  # noqa: E402

CALM_S, FLOOD_S, EVERY_S, BACK_S = 6.0, 4.0, 0.15, 12.0
N_REQUESTS, LARGE = 600, 20_000_000
NEIGHBOUR = Lesson("single_neuron", "", "single_neuron", "weight")
HOME = Lesson("", "", "home", "n")
DEAREST = Lesson("gradient_descent", "scene=classes", "classes", "class_iteration")
SEEDS = Lesson("gradient_descent", "scene=curve&show=ten+seeds", "fitting", "iteration")


def resident_mb(server):
    """The memory of the server now."""
    status = Path(f"/proc/{server.process_id}/status").read_text("ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


async def releases(tab, seconds, found):
    """Let go of another value again and again for so long; the time and the wait of each, in seconds."""
    spec = tab.told["inputs"][NEIGHBOUR.knob]
    end = time.perf_counter() + seconds
    while (now := time.perf_counter()) < end:
        wait = await tab.ask({**tab.told["committed"], NEIGHBOUR.knob: anywhere(spec)}, commit=True)
        found.append((now, wait))
        await asyncio.sleep(EVERY_S)


async def requests(tab, count=N_REQUESTS, **asked):
    """So many requests in FLOOD_S, each of other values; none of the answers is waited for."""
    knobs = {name: each for name, each in tab.told["inputs"].items() if each["kind"] == "knob"}
    began = time.perf_counter()
    for number in range(count):
        values = {**tab.told["committed"], **{name: anywhere(each) for name, each in knobs.items()}}
        await tab.say(request={"id": str(number), "values": values, **asked})
        await asyncio.sleep(max(0.0, began + FLOOD_S * number / count - time.perf_counter()))


async def large(tab):
    """Five messages of 20 MB, each on a socket of its own: a server that refuses one closes its socket."""
    for _ in range(5):
        try:
            async with Tab(tab.url.removesuffix("/_stcore/stream"), HOME) as other:
                await other.say(request={"id": "large", "values": {"n": "9" * LARGE}})
                await asyncio.sleep(FLOOD_S / 5)
        except (OSError, TimeoutError, websockets.WebSocketException):
            continue


async def trainings(tab):
    """Ten seeds trained from another one on, three times."""
    for first in range(3):
        tab.link = f"{SEEDS.link}&seed={100 + 20 * first}"
        await tab.say(page=SEEDS.page)
        await asyncio.sleep(FLOOD_S / 3)


async def picture(tab):
    """The sweep of the dearest lesson, of other values each time it has come."""
    await requests(tab, count=40, sweep=DEAREST.knob)


FLOODS = {
    "sweeps": (HOME, lambda tab: requests(tab, sweep=HOME.knob)),
    "releases": (HOME, lambda tab: requests(tab, commit=True)),
    "20 MB": (HOME, large),
    "dearest": (DEAREST, picture),
    "trainings": (SEEDS, trainings),
}


def late(waits):
    """What 95 of 100 do not wait longer than, in milliseconds."""
    ordered = sorted(waits)
    return 1000 * ordered[math.ceil(0.95 * len(ordered)) - 1]


async def watch(server, most):
    """Note the most memory there was."""
    while True:
        most[0] = max(most[0], resident_mb(server))
        await asyncio.sleep(0.05)


async def measure(server, lesson, flood):
    """Releases before, during and after a flood; when it began and ended; the memory it took."""
    url, found = f"ws://127.0.0.1:{server.port}", []
    async with Tab(url, NEIGHBOUR) as neighbour, Tab(url, lesson) as flooder:
        await releases(neighbour, CALM_S, found)
        before = [resident_mb(server)]
        most, began = [*before], time.perf_counter()
        watching = asyncio.create_task(watch(server, most))
        neighbouring = asyncio.create_task(releases(neighbour, FLOOD_S + BACK_S, found))
        await flood(flooder)
        ended = time.perf_counter()
        await neighbouring
        watching.cancel()
        return found, began, ended, most[0] - before[0], neighbour.wrong


def show(name, taken, n_lines):
    """One line of the table."""
    found, began, ended, grown, wrong = taken
    calm = late([wait for at, wait in found if at < began])
    flooded = late([wait for at, wait in found if began <= at <= ended])
    slow = [at + wait - ended for at, wait in found if at > began and 1000 * wait > calm + 250]
    print(
        f"{name:10}: release p95 {calm:5.0f} ms calm, {flooded:5.0f} ms in the flood, later by "
        f"{flooded - calm:5.0f} ms; back {max([0.0, *slow]):4.1f} s after it; "
        f"{n_lines} lines in the log, {grown:4.0f} MB more; {len(wrong)} errors",
        flush=True,
    )


def main():
    """Print the lines."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--only", choices=[*FLOODS], nargs="+", default=[*FLOODS])
    options = asked.parse_args()
    server = Server("app.py")
    try:
        for name in options.only:
            before = len(server.log().splitlines())
            taken = asyncio.run(measure(server, *FLOODS[name]))
            show(name, taken, len(server.log().splitlines()) - before)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
