"""Patience: training that takes long shows how far it is, can be stopped, and goes on where it was.

Clock and courses are made up: each bit of work takes as long as a test says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread
from typing import Any
from weakref import ref

import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from nn_core.learning.courses import Course as RealCourse
from nn_core.learning.curve_fitting import Curve
from nn_core.learning.losses import MSE
from nn_core.learning.optimisers import GRADIENT_DESCENT
from nn_core.learning.training import Recipe
from nn_core.networks.activations import TANH
from nn_core.targets.curves import ONE_WAVE
from pages.shared import patience, trainings
from pages.shared.patience import BETWEEN, SOON, Work

# How long a moment is in which nothing is to happen.
MOMENT_S = 0.05


@dataclass(frozen=True)
class Training:
    """How far a made-up course has come."""

    iterations: tuple[int, ...]


@dataclass(frozen=True)
class Course:
    """A made-up course: to look at the start is a bit of work, and so is each iteration."""

    name: str
    iterations: int


COURSES = {
    "long": (Course("a", 100),),
    "short": (Course("b", 10),),
    "several": (Course("a", 40), Course("b", 40), Course("c", 40)),
}


@dataclass
class World:
    """A clock that goes on with the work, what was done, and how the bar stood when.

    happens: after so many bits of work, what else happens.
    """

    seconds_a_bit: float = 0.01
    now: float = 0.0
    done: list[tuple[str, int]] = field(default_factory=list)
    bar: list[tuple[float, float, str]] = field(default_factory=list)
    happens: dict[int, Callable[[], Any]] = field(default_factory=dict)

    def growing(self, course: Course) -> Iterator[Training]:
        for iteration in range(course.iterations + 1):
            self.done.append((course.name, iteration))
            self.now += self.seconds_a_bit
            yield Training((iteration,))

    def monotonic(self) -> float:
        self.happens.pop(len(self.done), lambda: None)()
        return self.now


def shortened(course: Course, training: Training) -> Course:
    return replace(course, iterations=training.iterations[-1])


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    made_up = World()
    monkeypatch.setattr(patience, "growing", made_up.growing)
    monkeypatch.setattr(patience, "monotonic", made_up.monotonic)
    monkeypatch.setattr(patience, "shortened", shortened)
    progress = DeltaGenerator.progress

    def noted(place: DeltaGenerator, share: float, text: str | None = None) -> DeltaGenerator:
        if text:
            made_up.bar.append((made_up.now, share, text))
        return progress(place, share, text)

    monkeypatch.setattr(DeltaGenerator, "progress", noted)
    return made_up


def every_bit(*courses: Course) -> list[tuple[str, int]]:
    """All the work there is in these courses, in order."""
    return [(course.name, iteration) for course in courses for iteration in range(course.iterations + 1)]


# ---- the page -------------------------------------------------------------------------------------


def script(courses):  # type: ignore[no-untyped-def]
    """A page with a menu of courses; it says what it got."""
    from dataclasses import replace

    import streamlit as st

    from pages.shared.patience import patiently

    name = st.selectbox("Courses", list(courses), key="menu")
    got = patiently([replace(course) for course in courses[name]])
    st.text([(course.name, course.iterations) for course in got])


def page(name: str = "long") -> AppTest:
    at = AppTest.from_function(script, default_timeout=30, kwargs={"courses": COURSES})
    at.session_state["menu"] = name
    return at.run()


def click(at: AppTest, label: str) -> AppTest:
    (button,) = (each for each in at.button if each.label == label)
    return button.click().run()


def buttons(at: AppTest) -> list[str]:
    assert not at.exception
    return [each.label for each in at.button]


def got(at: AppTest) -> str:
    """What the page says that it got."""
    assert not at.exception
    return at.text[0].value


def all_of(name: str) -> str:
    return str([(course.name, course.iterations) for course in COURSES[name]])


def test_work_that_is_soon_done_shows_no_bar_and_no_button(world: World) -> None:
    world.seconds_a_bit = 0.99 * SOON / len(every_bit(*COURSES["long"]))
    at = page()
    assert (got(at), buttons(at), world.bar) == (all_of("long"), [], [])


@pytest.mark.parametrize("seconds", [0.008, 0.03, 0.7])
def test_the_bar_comes_after_half_a_second_and_moves_no_oftener_than_it_can_be_seen(
    world: World, seconds: float
) -> None:
    world.seconds_a_bit = seconds
    at = page()
    times = [time for time, _, _ in world.bar]
    assert SOON <= times[0] < SOON + seconds + 1e-9
    for before, after in pairwise(times):
        assert BETWEEN - 1e-9 <= after - before < BETWEEN + seconds + 1e-9
    for time, share, text in world.bar:
        iteration = round(time / seconds) - 1
        assert share == iteration / 100
        assert text == f"Training: iteration {iteration} of 100"
    assert (got(at), buttons(at)) == (all_of("long"), [])
    assert not at.get("progress"), "it goes when all is done"


def test_the_bar_tells_of_several_courses_how_many_are_trained(world: World) -> None:
    page("several")
    told = [text for _, _, text in world.bar]
    assert [*dict.fromkeys(told)] == [f"Training: {count} of 3 trained" for count in (1, 2)]
    assert all(round(3 * share - int(text[10]), 9) <= 1 for _, share, text in world.bar)


# ---- stopping and going on ------------------------------------------------------------------------


def test_what_is_trained_when_the_reader_stops_is_kept_and_no_more_is_done(world: World) -> None:
    world.happens[60] = streamlit.stop
    at = page()
    assert (len(at.get("progress")), buttons(at)) == (1, ["Stop"])
    at = click(at, "Stop")
    for _ in range(2):
        assert got(at) == "[('a', 59)]"
        assert (at.caption[0].value, buttons(at)) == ("Stopped: iteration 59 of 100.", ["Go on"])
        assert (not at.get("progress"), len(world.done)) == (True, 60)
        at = at.run()


def test_what_was_stopped_goes_on_where_it_was(world: World) -> None:
    world.happens[60] = streamlit.stop
    at = click(click(page(), "Stop"), "Go on")
    assert (got(at), buttons(at), list(at.caption)) == (all_of("long"), [], [])
    assert world.done == every_bit(*COURSES["long"])


@pytest.mark.parametrize(
    ("bits", "kept", "told"),
    [
        (20, "[('a', 19)]", "0 of 3 trained"),
        (41, "[('a', 40)]", "0 of 3 trained"),
        (60, "[('a', 40)]", "1 of 3 trained"),
        (120, "[('a', 40), ('b', 40)]", "2 of 3 trained"),
    ],
)
def test_of_several_courses_those_that_are_trained_are_kept(
    world: World, bits: int, kept: str, told: str
) -> None:
    world.seconds_a_bit = SOON / 10
    world.happens[bits] = streamlit.stop
    at = click(page("several"), "Stop")
    assert (got(at), at.caption[0].value) == (kept, f"Stopped: {told}.")
    at = click(at, "Go on")
    assert (got(at), world.done) == (all_of("several"), every_bit(*COURSES["several"]))


@pytest.mark.parametrize("cuts", [[1], [49, 50], [3, 60, 61, 100], [*range(1, 101, 7)], [101]], ids=str)
def test_a_run_that_is_cut_short_loses_nothing(world: World, cuts: list[int]) -> None:
    world.happens = dict.fromkeys(cuts, streamlit.rerun)
    at = page()
    assert not world.happens
    assert (got(at), buttons(at)) == (all_of("long"), [])
    assert world.done == every_bit(*COURSES["long"])


def test_a_stop_that_comes_when_all_is_done_stops_nothing(world: World) -> None:
    world.happens[100] = streamlit.stop
    at = page()
    work = at.session_state[patience.KEY]
    while work.go_on() is not None:
        assert len(world.done) <= 101
    at = click(at, "Stop")
    assert (got(at), buttons(at), list(at.caption)) == (all_of("long"), [], [])


# ---- other courses --------------------------------------------------------------------------------


@pytest.mark.parametrize("stopped", [False, True])
def test_other_courses_take_the_place_of_those_under_way(world: World, stopped: bool) -> None:
    world.happens[60] = streamlit.stop
    at = page()
    at = click(at, "Stop") if stopped else at
    at = at.selectbox[0].select("short").run()
    assert (got(at), buttons(at), list(at.caption)) == (all_of("short"), [], [])
    assert world.done[60:] == every_bit(*COURSES["short"])
    at = at.selectbox[0].select("long").run()
    assert (got(at), buttons(at)) == (all_of("long"), [])


def test_equal_courses_are_the_same_work(world: World) -> None:
    at = page()
    work = at.session_state[patience.KEY]
    assert at.run().session_state[patience.KEY] is work
    assert got(at) == all_of("long")
    assert world.done == every_bit(*COURSES["long"])


# ---- the work -------------------------------------------------------------------------------------

courses = st.lists(st.builds(Course, st.sampled_from("abc"), st.integers(0, 5)), min_size=1, max_size=4)


def work_on(*asked: Course) -> Work:
    return Work(asked)  # type: ignore[arg-type]


@given(asked=courses, data=st.data())
def test_after_any_bit_of_work_what_is_ready_is_the_finished_courses_or_a_beginning_of_the_first(
    asked: list[Course], data: st.DataObject
) -> None:
    made_up = World()
    everything = every_bit(*asked)
    bits = data.draw(st.integers(0, len(everything)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patience, "growing", made_up.growing)
        patch.setattr(patience, "shortened", shortened)
        work = work_on(*asked)
        shares = [work.go_on() for _ in range(bits)]
        assert made_up.done == everything[:bits]
        ends = [sum(course.iterations + 1 for course in asked[: n + 1]) for n in range(len(asked))]
        finished = len([end for end in ends if end < bits])
        beginning = [Course(*made_up.done[-1])] if bits else []
        assert list(work.ready()) == (asked[:finished] or beginning)
        assert all(share is not None and 0 <= share <= 1 for share in shares)
        assert shares == sorted(shares, key=lambda share: share or 0.0)
        while work.go_on() is not None:
            pass
        assert (list(work.ready()), made_up.done, work.go_on()) == (asked, everything, None)


def test_nothing_is_ready_and_iteration_0_is_told_before_the_first_bit(world: World) -> None:
    work = work_on(Course("a", 7))
    assert (work.ready(), work.told()) == ((), "iteration 0 of 7")


def test_work_that_is_stopped_does_nothing_until_it_is_resumed(world: World) -> None:
    work = work_on(Course("a", 3))
    work.go_on()
    work.stop()
    assert (work.go_on(), work.go_on(), len(world.done)) == (None, None, 1)
    work.resume()
    assert (work.go_on(), len(world.done)) == (1 / 3, 2)


def test_two_runs_at_once_take_turns_and_never_do_the_same_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second comes while the first is in the midst of a bit: it waits, and does the next one."""
    came, told = Event(), []

    def second() -> None:
        came.set()
        told.append(work.go_on())

    def growing(course: Course) -> Iterator[Training]:
        other.start()
        assert came.wait(10)
        other.join(MOMENT_S)
        assert other.is_alive(), "it waits for its turn"
        yield Training((1,))
        yield Training((2,))

    monkeypatch.setattr(patience, "growing", growing)
    work, other = work_on(Course("a", 4)), Thread(target=second)
    assert work.go_on() == 1 / 4
    other.join(10)
    assert told == [2 / 4]


def test_a_bit_that_fails_does_not_keep_the_next_run_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    def growing(course: Course) -> Iterator[Training]:
        raise ValueError("there is no sample")
        yield

    monkeypatch.setattr(patience, "growing", growing)
    work = work_on(Course("a", 4))
    with pytest.raises(ValueError, match="no sample"):
        work.go_on()
    later = Thread(target=work.go_on, daemon=True)
    later.start()
    later.join(10)
    assert not later.is_alive()


def test_what_others_have_pushed_out_of_memory_is_not_trained_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainings, "MOST_KNOWN", 2)
    monkeypatch.setattr(trainings, "_finished", {})
    recipe = Recipe(MSE, GRADIENT_DESCENT, 0.1)
    mine, *others = [RealCourse(Curve(ONE_WAVE, 9), (2,), TANH, recipe, seed, 60, 20) for seed in range(1, 5)]
    work = Work([mine])
    while work.go_on() is not None:
        pass
    before = ref(trainings.trained(mine))
    for other in others:
        trainings.trained(other)
    assert work.ready() == (mine,)
    assert trainings.trained(mine) is before()


def test_the_bar_is_styled_by_the_name_that_it_has() -> None:
    styles = (Path(patience.__file__).parent / "stage" / "static").glob("*.css")
    assert any(f".st-key-{patience.KEY} " in style.read_text("utf-8") for style in styles)
