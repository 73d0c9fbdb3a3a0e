"""The browser's scale and its reading of numbers are Python's: scale.js alone, beside the stage's inputs."""

from __future__ import annotations

from itertools import pairwise

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
    near = [(one + other) / 2 + off for one, other in pairwise(knob.steps) for off in (-1e-6, 1e-6)]
    between = [number for number in np.linspace(low, high, 97) if abs((number - low) / step % 1 - 0.5) > 1e-9]
    numbers = [*knob.steps, *near, *between, low - 1, high + 1, -1e300, 1e300]
    bare = {name: value for name, value in knob.spec().items() if name != "count"}
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

MINUS, DASH = "\N{MINUS SIGN}", "\N{EN DASH}"
# A text, and the number that it is; None where it is none.
NUMBERS: list[tuple[str, float | None]] = [
    *(
        ("0", 0.0),
        ("7", 7.0),
        ("-7", -7.0),
        ("+7", 7.0),
        ("007", 7.0),
        ("2.5", 2.5),
        ("2,5", 2.5),
        ("-0", 0.0),
    ),
    *((".5", 0.5), (",5", 0.5), ("5.", 5.0), ("5,", 5.0), (f"{MINUS}2,5", -2.5), (f"{DASH}2.5", -2.5)),
    *((" 3 ", 3.0), ("\t-3\n", -3.0), ("\N{NO-BREAK SPACE}3", 3.0), ("1e3", 1000.0), ("1E+3", 1000.0)),
    *(("1d3", 1000.0), ("2,5D-1", 0.25), (f"5e{MINUS}1", 0.5), (f"5e{DASH}1", 0.5), ("1e-999", 0.0)),
    *(("", None), (" ", None), ("-", None), (".", None), ("e3", None), ("1e", None), ("1e+", None)),
    *(("1e2.5", None), ("1e999", None), ("-1d999", None), ("9" * 400, None), ("--1", None), ("- 1", None)),
    *(("1 2", None), ("1.2.3", None), ("1,2,3", None), ("1.000,5", None), ("1_0", None), ("1'000", None)),
    *(("0x10", None), ("0b11", None), ("0o17", None), ("1n", None), ("inf", None), ("Infinity", None)),
    *(("nan", None), ("null", None), ("true", None), ("½", None), ("²", None), ("1%", None), ("٣", None)),
    *(("１", None), ("1\0", None), ("1;", None), ("1~2", None), ("\N{EM DASH}1", None)),
]


def test_a_text_is_the_number_that_it_spells_or_none(modules: Page) -> None:
    found = modules.evaluate(READ, [text for text, _ in NUMBERS])
    assert list(zip((text for text, _ in NUMBERS), found, strict=True)) == NUMBERS
