"""What a gesture costs the server: `python tests/benchmarks/gestures.py` prints a line for each lesson.

One visitor at a time, over a real socket, sets a knob at random, grabs another, which asks for its sweep, and
lets go of it at random, which commits. Printed for each lesson: the processor time of the whole server in
milliseconds, the kilobytes and the messages, for a picture alone, for a grab and for a release. No state is
asked for twice, so this is what a visitor costs who is alone with a picture. A busy machine makes processor
time longer, too: at the end stands what a fixed loop of Python takes, as a unit.
--rounds 20, and --only approximator for some of the lessons.
"""

import argparse
import asyncio
import os
import random
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.load import LESSONS, SIZES, Tab, anywhere  # noqa: E402
from tests.browser.server import Server  # noqa: E402

KINDS = ("picture", "grab", "release")
TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


def spent_ms(server):
    """The processor time of the server so far, of all its threads."""
    fields = Path(f"/proc/{server.process_id}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK_MS


class Weighed(Tab):
    """A tab that counts the bytes and the messages that come."""

    n_bytes = n_messages = 0

    def take(self, message):
        """Note them."""
        self.n_bytes += message.ByteSize()
        self.n_messages += 1
        super().take(message)


async def costs(server, lesson, rounds, chance):
    """Processor time in ms, bytes and messages: of a picture, of a grab, and of a release."""
    found = {}
    async with Weighed(f"ws://127.0.0.1:{server.port}", lesson) as tab:
        knobs = {name: spec for name, spec in tab.told["inputs"].items() if spec["kind"] == "knob"}
        others = sorted(knobs.keys() - SIZES - {lesson.knob})
        values = tab.told["committed"]

        async def weigh(kind, asked, **more):
            before = spent_ms(server), tab.n_bytes, tab.n_messages
            for each in asked:
                await tab.ask(each, **more)
            await asyncio.sleep(0.3)
            after = spent_ms(server), tab.n_bytes, tab.n_messages
            found[kind] = [(late - early) / len(asked) for early, late in zip(before, after, strict=True)]

        def other():
            name = chance.choice(others) if others else lesson.knob
            return {**values, name: anywhere(knobs[name])}

        states = [other() for _ in range(rounds)]
        await weigh("warm", states[:2])
        await weigh("picture", states[2:])
        await weigh("warm", states[:2], sweep=lesson.knob)
        await weigh("grab", states[2:], sweep=lesson.knob)
        released = [{**each, lesson.knob: anywhere(knobs[lesson.knob])} for each in states]
        await weigh("warm", released[:2], commit=True)
        await weigh("release", released[2:], commit=True)
        if tab.wrong:
            print("    ", tab.wrong[0])
    return found


def unit_ms():
    """What a fixed loop takes here and now."""
    began, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number * number % 7
    return (time.process_time() - began) * 1000


def main():
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--rounds", type=int, default=30)
    asked.add_argument("--only", nargs="+")
    options = asked.parse_args()
    random.seed(1)
    server = Server("app.py")
    total, units = 0.0, []
    try:
        lessons = [each for each in LESSONS if not options.only or each.stage in options.only]
        print(f"{'stage':14}" + "".join(f"{kind:>11} ms     kB msgs" for kind in KINDS))
        for lesson in lessons:
            units.append(unit_ms())
            found = asyncio.run(costs(server, lesson, options.rounds, random))
            total += found["grab"][0] + found["release"][0]
            parts = ((spent, n_bytes / 1000, n) for spent, n_bytes, n in map(found.get, KINDS))
            print(
                f"{lesson.stage:14}" + "".join("{:14.1f}{:7.1f}{:5.0f}".format(*each) for each in parts),
                flush=True,
            )
        print(f"a grab and a release, mean of all: {total / len(lessons):.1f} ms")
        print(f"a million turns of a loop: {statistics.median(units):.1f} ms")
    finally:
        server.stop()


if __name__ == "__main__":
    main()
