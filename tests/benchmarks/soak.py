"""Whether a server stays as it was: `python tests/benchmarks/soak.py` prints a line for each tenth of visits.

Visitors come, open a lesson, grab and let go of knobs and leave, a dozen at a time and without a rest. What a
class does in two hours, one gesture in three seconds each, follows one another here; a part of it is
enough to see whether anything grows. Printed: the server's resident memory, its threads and open files, the
sessions it has, and what went wrong. The last line says how the second half differs from the first after the
first fifth, which is left out: there everything is computed for the first time.
"""

import argparse
import asyncio
import random
import statistics
import sys
import time
import urllib.request
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.load import LESSONS, Tab, anywhere  # noqa: E402
from tests.browser.server import Server  # noqa: E402

AT_ONCE, TENTHS = 12, 10
# Streamlit keeps the session of somebody who left for so long, for they may come back.
KEPT_S = 120


def state(server):
    """What the process holds."""
    process = Path(f"/proc/{server.process_id}")
    status = dict(line.split(":\t", 1) for line in (process / "status").read_text("ascii").splitlines())
    with urllib.request.urlopen(f"{server.url}/_stcore/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    sessions = next(line.split()[1] for line in lines if line.startswith("active_sessions"))
    return SimpleNamespace(
        memory=int(status["VmRSS"].split()[0]) / 1024,
        threads=int(status["Threads"]),
        files=len([*(process / "fd").iterdir()]),
        sessions=int(sessions),
    )


async def visit(url, chance, n_gestures, wrong):
    """One visitor: opens a lesson at a place of its own, drags some knobs, and leaves."""
    lesson = chance.choice(LESSONS)
    try:
        async with Tab(url, lesson) as tab:
            values = tab.told["committed"]
            knobs = {name: spec for name, spec in tab.told["inputs"].items() if spec["kind"] == "knob"}
            for _ in range(n_gestures):
                name = chance.choice([*knobs])
                await tab.ask(values, sweep=name)
                values = {**values, name: anywhere(knobs[name])}
                await tab.ask(values, commit=True)
            wrong += tab.wrong
    except (OSError, TimeoutError) as error:
        wrong.append(repr(error))


async def tenth(url, chance, n_visits, n_gestures, wrong):
    """A tenth of all visits, a dozen at a time."""
    room = asyncio.Semaphore(AT_ONCE)

    async def enter():
        async with room:
            await visit(url, chance, n_gestures, wrong)

    await asyncio.gather(*(enter() for _ in range(n_visits)))


def show(when, now, wrong):
    """One line."""
    print(
        f"{when}: {now.memory:5.0f} MB, {now.threads} threads, {now.files} files, "
        f"{now.sessions} sessions, {len(wrong)} errors",
        flush=True,
    )


def main():
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--visits", type=int, default=600)
    asked.add_argument("--gestures", type=int, default=10)
    options = asked.parse_args()
    chance, wrong, states = random.Random(1), [], []
    server = Server("app.py")
    try:
        for count in range(1, TENTHS + 1):
            n_visits = options.visits // TENTHS
            asyncio.run(tenth(f"ws://127.0.0.1:{server.port}", chance, n_visits, options.gestures, wrong))
            now = state(server)
            states.append(now)
            show(f"{count * n_visits:5} visits", now, wrong)
        time.sleep(KEPT_S)
        asyncio.run(tenth(f"ws://127.0.0.1:{server.port}", chance, 1, 1, wrong))
        show(f"{KEPT_S} s later ", state(server), wrong)
    finally:
        server.stop()
    early, late = (statistics.median(each.memory for each in half) for half in (states[2:6], states[6:]))
    print(f"memory of the second half: {late / early:.1%} of the first's; errors: {sorted({*wrong})[:3]}")


if __name__ == "__main__":
    main()
