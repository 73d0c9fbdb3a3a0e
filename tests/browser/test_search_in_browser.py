"""Where there is no sweep a handle is led to the pointer by the pictures that come: search.js alone."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, hypot, pi, sin

import pytest
from playwright.sync_api import Page

COUNT = 201
Place = tuple[float, float]

SEARCH = """async ([places, start, target]) => {
  const { nextStep, nearestStep } = await import("/search.js");
  const tried = new Map([[start, places[start]]]);
  const next = () => nextStep(tried, target, places.length);
  for (let step = next(); !tried.has(step); step = next()) tried.set(step, places[step]);
  return [nearestStep(tried, target), tried.size - 1];
}"""

# Where a handle is, in pixels, as its knob goes from 0 to 1.
PATHS: dict[str, Callable[[float], Place]] = {
    "a straight line": lambda t: (600 * t, 200 - 100 * t),
    "backwards": lambda t: (600 * (1 - t), 50.0),
    "ever slower": lambda t: (600 * t**3, 0.0),
    "a hyperbola": lambda t: (60 / (0.1 + t), 40.0),
    "a step": lambda t: (300 + 300 * sin(pi * (t - 0.5)), 0.0),
    "a quarter of a circle": lambda t: (300 * cos(pi / 2 * t), 300 * sin(pi / 2 * t)),
}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("start", [0, 70, COUNT - 1])
def test_a_few_pictures_bring_the_handle_next_to_the_pointer(modules: Page, path: str, start: int) -> None:
    places = [PATHS[path](step / (COUNT - 1)) for step in range(COUNT)]
    for goal in (0, 33, 120, COUNT - 1):
        found, asked = modules.evaluate(SEARCH, [places, start, places[goal]])
        missed = hypot(*(a - b for a, b in zip(places[found], places[goal], strict=True)))
        assert missed <= 5, f"from {start} to {goal} it went to {found}"
        assert asked <= 16, f"from {start} to {goal} it asked for {asked}"


def test_a_pointer_beyond_the_end_of_the_scale_gets_the_end(modules: Page) -> None:
    places = [PATHS["a straight line"](step / (COUNT - 1)) for step in range(COUNT)]
    assert modules.evaluate(SEARCH, [places, 100, [5000, -700]])[0] == COUNT - 1
    assert modules.evaluate(SEARCH, [places, 100, [-5000, 900]])[0] == 0


def test_a_handle_that_stays_where_it_is_ends_the_search(modules: Page) -> None:
    found, asked = modules.evaluate(SEARCH, [[[50.0, 50.0]] * 41, 10, [300, 50]])
    assert 0 <= found <= 40
    assert asked <= 41


def test_a_scale_of_two_values_is_searched_too(modules: Page) -> None:
    places = [(0.0, 0.0), (100.0, 0.0)]
    for start, target, goal in ((0, 90, 1), (1, 10, 0), (0, 10, 0)):
        assert modules.evaluate(SEARCH, [places, start, [target, 0]])[0] == goal
