"""The browser's scale and its reading of numbers are Python's: scale.js alone, beside the stage's inputs."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page

from pages.shared.stage.inputs.knob import Knob

SCALES = [
    (-2, 2, 0.05),
    (0, 1, 0.01),
    (0, 10, 0.5),
    (-0.3, 0.3, 0.1),
    (1, 400, 7),
    (-0.5, 1.5, 0.125),
    (5, 90, 5),
]

ON_SCALE = """async ([spec, numbers]) => {
  const { Scale } = await import("/scale.js");
  const scale = new Scale(spec);
  const values = Array.from({ length: scale.count }, (_, index) => scale.at(index));
  return { values, snapped: numbers.map((number) => scale.snap(number)) };
}"""


@pytest.mark.parametrize(("low", "high", "step"), SCALES)
def test_a_scale_has_pythons_values_and_every_number_goes_where_python_puts_it(
    modules: Page, low: float, high: float, step: float
) -> None:
    knob = Knob("knob", low, high, value=low, step=step)
    halfway = [(one + other) / 2 for one, other in zip(knob.steps, knob.steps[1:], strict=False)]
    near = [number + off for number in halfway for off in (-1e-6, 1e-6)]
    numbers = [*knob.steps, *near, low - 1, high + 1, -1e300, 1e300, *np.linspace(low, high, 97)]
    bare = {"low": low, "high": high, "step": step, "digits": knob.digits}
    for spec in (knob.spec(), bare):
        found = modules.evaluate(ON_SCALE, [spec, numbers])
        assert tuple(found["values"]) == knob.steps
        assert found["snapped"] == [knob.snap(number) for number in numbers]


HALFWAY = """async (numbers) => {
  const { Scale } = await import("/scale.js");
  const scale = new Scale({ low: -2, high: 2, step: 1, digits: 0 });
  return numbers.map((number) => [scale.index(number), Object.is(scale.snap(number), -0)]);
}"""


def test_halfway_between_two_values_it_is_the_upper_one_and_zero_has_no_sign(modules: Page) -> None:
    found = modules.evaluate(HALFWAY, [-1.5, -0.5, 0.5, 1.5, -0.2])
    assert found == [[1, False], [2, False], [3, False], [4, False], [2, False]]


READ = """async (texts) => {
  const { numberIn } = await import("/scale.js");
  return texts.map((text) => numberIn(text));
}"""
