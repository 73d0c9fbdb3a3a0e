"""What a gesture costs the server's processor: `python tests/benchmarks/gestures.py` prints a line for each lesson.

One visitor at a time, over a real socket, sets a knob at random, grabs another, which asks for its sweep, and lets
go of it at random, which commits. Printed for each lesson: the processor time of the whole server for one grab
and for one release, in milliseconds, and how many bytes each has sent. Nothing is remembered of another visitor's, so
it is what a visitor costs who is alone with a picture. Processor time is what counts here, and it is about the
same on a machine that is busy. --rounds 20, and --only approximator for some of the lessons.
"""

import argparse
import asyncio
import os
import random
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.load import LESSONS, SIZES, Tab, anywhere  # noqa: E402
from tests.browser.server import Server  # noqa: E402

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
    """Processor time in ms, bytes and messages: of a grab, and of a release."""
    found = {"grab": [0.0, 0, 0], "release": [0.0, 0, 0]}
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
        await weigh("warm", states[:2], sweep=lesson.knob)
        await weigh("grab", states[2:], sweep=lesson.knob)
        released = [{**each, lesson.knob: anywhere(knobs[lesson.knob])} for each in states]
        await weigh("warm", released[:2], commit=True)
        await weigh("release", released[2:], commit=True)
        if tab.wrong:
            print("    ", tab.wrong[0])
    return found


def main():
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--rounds", type=int, default=30)
    asked.add_argument("--only", nargs="+")
    options = asked.parse_args()
    random.seed(1)
    server = Server("app.py")
    total = 0.0
    try:
        print(f"{'stage':16}{'grab ms':>9}{'kB':>7}{'msgs':>6}{'release ms':>12}{'kB':>7}{'msgs':>6}")
        lessons = [each for each in LESSONS if not options.only or each.stage in options.only]
        for lesson in lessons:
            found = asyncio.run(costs(server, lesson, options.rounds, random))
            grab, release = found["grab"], found["release"]
            total += grab[0] + release[0]
            print(
                f"{lesson.stage:16}{grab[0]:9.1f}{grab[1] / 1000:7.1f}{grab[2]:6.0f}"
                f"{release[0]:12.1f}{release[1] / 1000:7.1f}{release[2]:6.0f}",
                flush=True,
            )
        print(f"a gesture, mean of all: {total / len(lessons):.1f} ms")
    finally:
        server.stop()


if __name__ == "__main__":
    main()
