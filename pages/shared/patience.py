"""Patience: training that takes long shows how far it is, can be stopped, and goes on where it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import monotonic
from typing import Generic, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nn_core.learning.courses import Trainable
from nn_core.learning.training import Training
from pages.shared.crowd.turns import TURNS
from pages.shared.stage.entrance import look, through_app
from pages.shared.trainings import growing, shortened

SOON, BETWEEN = 0.5, 0.1
# In stage.css, too.
KEY = "patience"
C = TypeVar("C", bound=Trainable)


class Work(Generic[C]):
    """Courses on their way through training; a run of the page that is cut short leaves them so."""

    def __init__(self, courses: Sequence[C]) -> None:
        self.courses = tuple(courses)
        self.finished: list[tuple[C, Training]] = []
        self.latest: tuple[C, Training] | None = None
        self.stopped = False
        self._steps = self._shares()

    def go_on(self) -> float | None:
        """Do a little; how much of it all is done then, or None where it was stopped or nothing is left.

        Each bit is a turn of its own: sweeps come in between, and a run of the page that begins while the one
        that it cuts short is still at it waits.
        """
        with TURNS.turn(look) as turn:
            turn.pause()
            return None if self.stopped else next(self._steps, None)

    def _shares(self) -> Iterator[float]:
        """How much is done, after each bit of work."""
        for course in self.courses:
            for training in growing(course):
                self.latest = course, training
                yield (len(self.finished) + training.iterations[-1] / max(course.iterations, 1)) / len(
                    self.courses
                )
            self.finished.append((course, training))

    def stop(self) -> None:
        """Go no further until it is resumed; where all is done there is nothing to stop."""
        self.stopped = len(self.finished) < len(self.courses)

    def resume(self) -> None:
        """Go on where it was stopped."""
        self.stopped = False

    def ready(self) -> tuple[C, ...]:
        """The courses that are trained; while there is none, the first as far as it has come.

        Their trainings are known as long as they are held here.
        """
        if not self.finished and self.latest:
            return (shortened(*self.latest),)
        return tuple(course for course, _ in self.finished)

    def told(self) -> str:
        """How far it has come, in words."""
        if len(self.courses) > 1:
            return f"{len(self.finished)} of {len(self.courses)} trained"
        course, training = self.latest or (self.courses[0], None)
        return f"iteration {training.iterations[-1] if training else 0} of {course.iterations}"


def patiently(courses: Sequence[C]) -> tuple[C, ...]:
    """The courses, trained; after half a second with a bar and a button that stops.

    Once the reader stops it, what is trained until then is returned: of a single course its beginning.
    Interrupted by another control, it goes on in the next run. Bar and buttons lie above the page, at the
    lower edge of the window, so that nothing moves when they come and go.
    """
    through_app()
    work = st.session_state.get(KEY)
    if not isinstance(work, Work) or work.courses != tuple(courses):
        work = st.session_state[KEY] = Work(courses)
    slot = st.container(key=KEY).empty()
    if not work.stopped:
        _go_on(work, slot)
    if work.stopped:
        row = slot.container(horizontal=True, vertical_alignment="center")
        row.caption(f"Stopped: {work.told()}.", width="content")
        row.button("Go on", on_click=work.resume)
    return work.ready()


def _go_on(work: Work[C], slot: DeltaGenerator) -> None:
    """Work until all is done; whatever the reader touches meanwhile ends this at the next look."""
    looked = monotonic()
    bar = None
    while (share := work.go_on()) is not None:
        if monotonic() - looked < (BETWEEN if bar else SOON):
            continue
        looked = monotonic()
        bar = bar or _bar(work, slot)
        bar.progress(share, f"Training: {work.told()}")
    slot.empty()


def _bar(work: Work[C], slot: DeltaGenerator) -> DeltaGenerator:
    """An empty bar, and a button beside it."""
    row = slot.container(horizontal=True, vertical_alignment="center")
    bar = row.progress(0.0)
    row.button("Stop", on_click=work.stop)
    return bar
