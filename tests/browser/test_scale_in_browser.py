"""The browser's scale and its reading of numbers are Python's: scale.js alone, beside the stage's inputs."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from playwright.sync_api import Page

from pages.shared.stage.inputs.scale import Scale
from tests.stage.inputs.numbers import NUMBERS

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
    scale = Scale(low, high, step)
    near = [(one + other) / 2 + off for one, other in pairwise(scale.steps) for off in (-1e-6, 0, 1e-6)]
    numbers = [*scale.steps, *near, *np.linspace(low, high, 97), low - 1, high + 1, -1e300, 1e300]
    found = modules.evaluate(ON_SCALE, [scale.spec(), numbers])
    assert tuple(found["values"]) == scale.steps
    assert found["snapped"] == [scale.snap(number) for number in numbers]


def test_zero_has_no_sign(modules: Page) -> None:
    signed = """async (spec) => {
      const { Scale, numberIn } = await import("/scale.js");
      return [new Scale(spec).snap(-0.2), numberIn("-0")].some((number) => Object.is(number, -0));
    }"""
    assert modules.evaluate(signed, Scale(-2, 2, 1).spec()) is False


READ = """async (texts) => {
  const { numberIn } = await import("/scale.js");
  return texts.map((text) => numberIn(text));
}"""


def test_a_text_is_the_number_that_it_spells_or_none(modules: Page) -> None:
    found = modules.evaluate(READ, [text for text, _ in NUMBERS])
    assert list(zip((text for text, _ in NUMBERS), found, strict=True)) == NUMBERS
