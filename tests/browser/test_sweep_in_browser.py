"""The sweeps that a stage has: whole ones, and parts near the thumb: sweep.js alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

WORLD = """async () => {
  const { Sweeps } = await import("/sweep.js");
  const { Scale } = await import("/scale.js");
  const scale = new Scale({ low: 0, step: 1, digits: 0, count: 100 });
  const sweeps = new Sweeps(() => scale);
  const picture = { title: 0, error: null };
  window.keep = (first, count) => {
    const column = Array.from({ length: count }, (_, place) => `frame ${first + place}`);
    const sweep = { name: "n", first, count, paths: [["title"]], columns: [column], errors: null };
    return sweeps.keep(sweep, { n: 0, b: 1 }, picture);
  };
  window.ask = (what, values) => sweeps[what]("n", values);
  window.frame = (values) => {
    const sweep = sweeps.covering(values, picture);
    sweep?.apply(scale.index(values.n));
    return sweep ? picture.title : null;
  };
}"""


@pytest.fixture
def page(modules: Page) -> Page:
    modules.evaluate(WORLD)
    return modules


def keep(page: Page, first: int, count: int) -> Any:
    return page.evaluate("([first, count]) => keep(first, count)", [first, count])


def frame(page: Page, n: int, b: int = 1) -> Any:
    return page.evaluate("(values) => frame(values)", {"n": n, "b": b})


def ask(page: Page, what: str, n: int, b: int = 1) -> bool:
    return bool(page.evaluate("([what, values]) => ask(what, values)", [what, {"n": n, "b": b}]))


def test_a_whole_sweep_has_a_frame_for_every_step(page: Page) -> None:
    assert keep(page, 0, 100)
    assert [frame(page, n) for n in (0, 40, 99)] == ["frame 0", "frame 40", "frame 99"]
    assert ask(page, "of", 99)


def test_a_part_has_its_frames_and_no_others(page: Page) -> None:
    assert not keep(page, 30, 20)
    assert [frame(page, n) for n in (29, 30, 49, 50)] == [None, "frame 30", "frame 49", None]
    assert not ask(page, "of", 35)


def test_a_part_is_there_as_far_as_its_frames_go(page: Page) -> None:
    assert not ask(page, "hasPart", 35)
    keep(page, 30, 20)
    assert (ask(page, "hasPart", 35), ask(page, "hasPart", 60)) == (True, False)


def test_neither_fits_where_another_value_has_changed(page: Page) -> None:
    keep(page, 30, 20)
    assert (frame(page, 35, b=2), ask(page, "hasPart", 35, b=2)) == (None, False)
    keep(page, 0, 100)
    assert (frame(page, 35, b=2), ask(page, "of", 35, b=2)) == (None, False)


def test_a_part_makes_room_for_the_whole(page: Page) -> None:
    keep(page, 30, 20)
    keep(page, 0, 100)
    assert not ask(page, "hasPart", 35)
    assert frame(page, 60) == "frame 60"
