"""What a gesture costs the server: `python tests/benchmarks/server.py` prints a table.

For every knob of every scene of all lessons: the processor time of one sweep and the bytes that travel, with
the option of each choice that makes them largest, and a mark where they are more than a lesson should take;
then the errors against N; and the time from a release to the committed page, run by Streamlit's own test
harness without a browser. --only depth convolution for some of the lessons.
"""

import argparse
import importlib
import itertools
import statistics
import sys
import time
from functools import partial
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from streamlit.testing.v1 import AppTest  # noqa: E402

import pages.shared.stage.stage as stage_module  # noqa: E402
from nn_core.building.ways import WAYS, Plan, history  # noqa: E402
from nn_core.networks.activations import ACTIVATIONS  # noqa: E402
from nn_core.targets.curves import NIELSENS_GOAL  # noqa: E402
from pages.shared.contents import LESSONS  # noqa: E402
from pages.shared.stage import wire  # noqa: E402
from pages.shared.stage.inputs.choice import Choice  # noqa: E402
from pages.shared.stage.inputs.knob import Knob  # noqa: E402
from pages.shared.stage.sweep import frame, sweep  # noqa: E402

PAGES = ("home", *(lesson.file.removesuffix(".py") for lesson in LESSONS))
# What else a page can show, by its module, where it has no table of its SCENES.
MODES = {
    "decision_boundary": lambda page: [
        partial(page.by_hand.show_two, page.by_hand.BY_HAND["XOR"]),
        page.trained.show,
    ],
}
ROUNDS = 9
# What a sweep may take: milliseconds of a processor, and bytes.
MOST_MS, MOST_BYTES = 300.0, 1_000_000


def scenes(lesson, page):
    """What shows each scene of a lesson; nothing where the page shows all that there is as it opens."""
    return MODES[lesson](page) if lesson in MODES else getattr(page, "SCENES", {}).values()


def stages(lesson):
    """The stages of a lesson, as the lesson asks for them."""
    found = {}

    def record(asked):
        found[asked.key] = asked
        return {name: each.value for name, each in asked.inputs.items()}

    with mock.patch.object(stage_module, "run", record):
        page = importlib.import_module(f"pages.{lesson}")
        for show in scenes(lesson, page):
            show()
    return found.values()


def median_ms(action, clock=time.process_time):
    """The median time of ROUNDS calls in milliseconds, the first call left out."""
    action()
    times = []
    for _ in range(ROUNDS):
        began = clock()
        action()
        times.append((clock() - began) * 1000)
    return statistics.median(times)


def answer(picture, values, name, knob):
    """What travels when a knob is grabbed."""
    return wire.pack({"picture": frame(picture, values), "sweep": sweep(picture, values, name, knob)})


def settings(inputs):
    """The default values, with every combination of the choices."""
    choices = {name: each.options for name, each in inputs.items() if isinstance(each, Choice)}
    for options in itertools.product(*choices.values()):
        yield {name: each.value for name, each in inputs.items()} | dict(zip(choices, options, strict=True))


def sweeps(lesson):
    """A row for each knob: its frames, the processor time of its sweep and the bytes on the wire."""
    for stage in stages(lesson):
        for name, knob in stage.inputs.items():
            if isinstance(knob, Knob):
                asked = [partial(answer, stage.picture, each, name, knob) for each in settings(stage.inputs)]
                times = [median_ms(each) for each in asked]
                sizes = [len(each()) for each in asked]
                yield stage.key, knob.label, len(knob.steps), max(times), max(sizes)


def release(lesson):
    """The milliseconds of one run of the page with other values in its link, as after a release."""
    page = AppTest.from_file(str(ROOT / "pages" / f"{lesson}.py"), default_timeout=60).run()
    return median_ms(lambda: page.run(), time.perf_counter)


def histories():
    """A row for each way to build: the processor time of the errors for all N up to 200, not yet cached."""
    for way in WAYS.values():
        for activation in ACTIVATIONS.values():
            if way.fits(activation):
                plan = Plan(way, activation)
                yield plan, median_ms(partial(history.__wrapped__, plan, NIELSENS_GOAL, 100.0))


def asked():
    """The lessons to look at."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", nargs="+", choices=PAGES, default=PAGES, metavar="LESSON")
    return parser.parse_args().only


def main():
    """Print the table."""
    lessons = asked()
    print(f"{'stage':16}{'knob':32}{'frames':>8}{'CPU ms':>9}{'ms per 200':>12}{'kB':>8}")
    for lesson in lessons:
        for key, label, frames, milliseconds, size in sweeps(lesson):
            each = milliseconds / frames * 200
            mark = " !" if milliseconds > MOST_MS or size > MOST_BYTES else ""
            print(
                f"{key:16}{label:32}{frames:8}{milliseconds:9.1f}{each:12.1f}{size / 1000:8.0f}{mark}",
                flush=True,
            )
    if "approximator" in lessons:
        for plan, milliseconds in histories():
            print(f"error against N, {plan.way.name}, {plan.activation}: {milliseconds:.0f} ms")
    for lesson in lessons:
        print(f"release to committed, {lesson}: {release(lesson):.1f} ms")


if __name__ == "__main__":
    main()
