"""The pace of play: how many steps a knob has gone after so many seconds, by a clock of its own."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

PACE = """async ([last, hopping, seconds]) => {
  const { paceOf } = await import("/player.js");
  return seconds.map(paceOf(last, hopping));
}"""


@pytest.mark.parametrize(
    ("last", "seconds", "steps"),
    [
        (120, (0, 0.5, 1, 3, 6), (0, 10, 20, 60, 120)),
        (240, (0, 0.5, 1, 3, 6), (0, 20, 40, 120, 240)),
        (2400, (1, 6, 60), (40, 240, 2400)),
        (3, (0.99, 1, 2.5, 3), (0, 1, 2, 3)),
    ],
    ids=["in six seconds", "the fastest", "no faster than 40 steps a second", "no slower than one a second"],
)
def test_a_knob_goes_so_many_steps_in_so_many_seconds(
    modules: Page, last: int, seconds: tuple[float, ...], steps: tuple[int, ...]
) -> None:
    assert tuple(modules.evaluate(PACE, [last, False, list(seconds)])) == steps


def test_where_motion_is_unwelcome_it_goes_in_eight_hops_of_a_second_each(modules: Page) -> None:
    assert modules.evaluate(PACE, [80, True, [0, 0.99, 1, 1.99, 2, 8]]) == [0, 0, 10, 10, 20, 80]
    assert modules.evaluate(PACE, [81, True, [1, 8]]) == [11, 88], "the last hop may be shorter"
    assert modules.evaluate(PACE, [3, True, [1, 3]]) == [1, 3]


@pytest.mark.parametrize(("look", "after_a_second"), [("no-preference", 20), ("reduce", 15)])
def test_the_reader_says_whether_it_glides_or_hops(modules: Page, look: str, after_a_second: int) -> None:
    modules.emulate_media(reduced_motion=look)
    found = modules.evaluate(
        """async () => {
          const { paceOf } = await import("/player.js");
          return paceOf(120)(1);
        }"""
    )
    modules.emulate_media(reduced_motion="no-preference")
    assert found == after_a_second


# A stage with one knob of 61 steps, and frames that are drawn when they are told to.
PLAY = """async ({ from, sweep, frames }) => {
  const { Player } = await import("/player.js");
  const { Scale } = await import("/scale.js");
  const waiting = [];
  const [request, cancel] = [window.requestAnimationFrame, window.cancelAnimationFrame];
  window.requestAnimationFrame = (draw) => waiting.push(draw);
  window.cancelAnimationFrame = () => waiting.splice(0);
  const said = { steps: [], playing: [], commits: 0, fetched: [] };
  const scale = new Scale({ low: 0, step: 1, digits: 0, count: 61 });
  const stage = {
    values: { knob: from }, requests: { asked: {} }, sweeps: { of: () => sweep },
    controls: { rows: new Map([["knob", { scale }]]), playing: (name) => said.playing.push(name) },
    fetch: (name) => said.fetched.push(name),
    set: (name, value) => said.steps.push((stage.values[name] = value)),
    commitSoon: () => said.commits++,
  };
  const player = new Player(stage);
  player.toggle("knob");
  for (const [time, happens] of frames) {
    if (happens === "answered") stage.requests.asked = null;
    if (happens === "pressed") player.toggle("knob");
    waiting.splice(0).forEach((draw) => draw(time));
  }
  Object.assign(window, { requestAnimationFrame: request, cancelAnimationFrame: cancel });
  return { ...said, left: waiting.length };
}"""


def test_play_begins_with_its_first_frame_and_ends_at_the_end_of_the_scale(modules: Page) -> None:
    frames = [[9000, None], [9500, None], [10000, None], [12000, None], [99000, None], [99100, None]]
    said = modules.evaluate(PLAY, {"from": 10, "sweep": {}, "frames": frames})
    assert said["steps"] == [10, 15, 20, 40, 60]
    assert said["playing"] == ["knob", None]
    assert (said["commits"], said["left"], said["fetched"]) == (1, 0, ["knob"])


def test_play_begins_anew_where_the_knob_is_at_its_end(modules: Page) -> None:
    frames = [[0, None], [1000, None]]
    assert modules.evaluate(PLAY, {"from": 60, "sweep": {}, "frames": frames})["steps"] == [0, 10]


def test_the_clock_of_play_stands_still_while_the_sweep_is_on_its_way(modules: Page) -> None:
    frames = [[0, None], [5000, None], [6000, "answered"], [7000, None]]
    assert modules.evaluate(PLAY, {"from": 0, "sweep": None, "frames": frames})["steps"] == [0, 10]


def test_play_that_is_pressed_again_stops_where_it_is(modules: Page) -> None:
    frames = [[0, None], [1000, None], [2000, "pressed"], [3000, None]]
    said = modules.evaluate(PLAY, {"from": 0, "sweep": {}, "frames": frames})
    assert said["steps"] == [0, 10]
    assert (said["playing"], said["commits"], said["left"]) == (["knob", None], 1, 0)
