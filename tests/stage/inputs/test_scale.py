"""A scale is low and equal steps up to high; whatever is put on it goes to the nearest value."""

import json
import math
import re
from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.points import Points
from pages.shared.stage.inputs.scale import Scale
from pages.shared.stage.inputs.sketch import Sketch
from tests.stage.inputs.strategies import ANYTHING, MINUS, scales

UNIT = Scale(0, 1, 0.1)


@given(scale=scales())
def test_a_scale_is_low_and_equal_steps_up_to_high(scale: Scale) -> None:
    expected = [scale.low + index * scale.step for index in range(scale.count)]
    assert scale.steps == pytest.approx(expected, rel=1e-9, abs=1e-9 * scale.step)
    assert scale.steps[-1] == pytest.approx(scale.high, rel=1e-9, abs=1e-9 * scale.step)
    assert scale.steps[0] == scale.low


@given(scale=scales())
def test_a_value_of_a_scale_is_told_by_its_index_and_by_its_text(scale: Scale) -> None:
    for index, value in enumerate(scale.steps):
        assert (scale.at(index), scale.index(value), scale.snap(value)) == (value, index, value)
        assert scale.read(scale.write(value)) == scale.read(value) == value


@given(scale=scales(), data=st.data())
def test_a_number_between_two_values_goes_to_the_nearer_one(scale: Scale, data: st.DataObject) -> None:
    number = data.draw(st.floats(scale.low, scale.high))
    nearest = min(abs(step - number) for step in scale.steps)
    assert abs(scale.snap(number) - number) == pytest.approx(nearest, rel=1e-6, abs=1e-6 * scale.step)
    assert scale.read(number) == scale.snap(number)


@pytest.mark.parametrize(
    ("scale", "number", "value"),
    [
        *((Scale(0, 4, 1), 0.5, 1.0), (Scale(0, 4, 1), 1.5, 2.0), (Scale(0, 4, 1), 2.5, 3.0)),
        *((Scale(-3, 3, 1), -0.5, 0.0), (Scale(-3, 3, 1), -1.5, -1.0), (Scale(-3, 3, 0.5), 0.25, 0.5)),
        *((Scale(-3, 3, 0.5), -2.75, -2.5), (Scale(1, 9, 2), 4, 5.0), (Scale(0, 4, 1), 3.5, 4.0)),
    ],
)
def test_of_two_values_equally_near_it_is_the_upper_one_as_in_the_browser(
    scale: Scale, number: float, value: float
) -> None:
    assert scale.snap(number) == value


@given(scale=scales(), beyond=st.floats(1e-3, math.inf))
def test_what_lies_beyond_an_end_goes_to_that_end_and_is_no_number_of_the_scale(
    scale: Scale, beyond: float
) -> None:
    for number, end in ((scale.low - beyond, 0), (scale.high + beyond, -1)):
        assert scale.snap(number) == scale.steps[end]
        assert not scale.spans(number)
        assert scale.read(number) is None


@given(given=ANYTHING, scale=scales())
@example(given=f" {MINUS}0,5 ", scale=Scale(-1, 1, 0.25))
def test_whatever_a_scale_reads_one_of_its_values_or_none_comes_out(given: object, scale: Scale) -> None:
    assert scale.read(given) in (None, *scale.steps)


@pytest.mark.parametrize(("low", "step"), [(-10, 0.1), (-0.9, 0.3), (-2.7, 0.3), (-1.5, 0.02)])
def test_zero_on_a_scale_is_exactly_0_and_has_no_sign(low: float, step: float) -> None:
    scale = Scale(low, -low, step)
    (zero,) = [value for value in scale.steps if abs(value) < step / 2]
    for value in (zero, scale.snap(-0.0), scale.snap(-step / 4)):
        assert value == 0
        assert math.copysign(1.0, value) == 1.0


@pytest.mark.parametrize(("step", "last"), [(0.3, 0.9), (0.35, 0.7), (0.4, 0.8), (1.0, 1.0)])
def test_a_scale_that_steps_over_its_high_end_stops_before_it(step: float, last: float) -> None:
    scale = Scale(0.0, 1.0, step)
    assert (scale.steps[-1], scale.snap(1.0), scale.spec()["high"]) == (last, last, last)


@given(scale=scales())
def test_the_browser_learns_enough_of_a_scale_to_name_all_its_values(scale: Scale) -> None:
    spec = json.loads(json.dumps(scale.spec(), allow_nan=False))
    assert spec.keys() == {"low", "high", "step", "digits", "count"}
    at = [round(spec["low"] + k * spec["step"], spec["digits"]) for k in range(spec["count"])]
    assert tuple(at) == scale.steps
    assert spec["high"] == scale.steps[-1]
    assert [scale.read(f"{value:.{spec['digits']}f}") for value in at] == at


def test_a_scale_is_a_value() -> None:
    assert Scale(0, 1, 0.1) == UNIT
    assert hash(Scale(0, 1, 0.1)) == hash(UNIT)
    with pytest.raises(FrozenInstanceError):
        UNIT.low = 0.5  # type: ignore[misc]


# ---- what is no scale, of whatever is set on one ----------------------------------------------------

MADE: dict[str, Any] = {
    "": Scale,
    "k: ": lambda low, high, step: Knob("k", low, high, value=low, step=step),
    "s: ": lambda low, high, step: Sketch("s", (0.0, 1.0), 3, low=low, high=high, step=step),
    "p: ": lambda low, high, step: Points(
        "p", low, high, step, ("no", "yes"), ("class-0", "class-1"), most=4
    ),
}
each_owner = pytest.mark.parametrize("owner", MADE)


@each_owner
@given(low=st.floats(-1e6, 1e6), size=st.floats(-1e6, 0), step=st.floats(0.001, 1e6))
def test_a_scale_with_low_not_below_high_is_refused(owner: str, low: float, size: float, step: float) -> None:
    message = re.escape(f"got low={low}, high={low + size} and step={step}")
    with pytest.raises(ValueError, match=f"^{owner}low must be less than high.* {message}$"):
        MADE[owner](low, low + size, step)


@each_owner
@pytest.mark.parametrize("step", [0.0, -0.1, -1, math.nan, math.inf])
def test_a_step_that_leads_nowhere_is_refused(owner: str, step: float) -> None:
    with pytest.raises(ValueError, match=re.escape(f"step={step}")):
        MADE[owner](0.0, 1.0, step)


@each_owner
@pytest.mark.parametrize(
    ("low", "high"), [(math.nan, 1.0), (0.0, math.nan), (-math.inf, 0.0), (0.0, math.inf)]
)
def test_ends_that_are_not_finite_are_refused(owner: str, low: float, high: float) -> None:
    with pytest.raises(ValueError, match=re.escape(f"low={low}, high={high}")):
        MADE[owner](low, high, 0.1)


@each_owner
@pytest.mark.parametrize("count", [2, 239, 240])
def test_a_scale_may_have_240_values(owner: str, count: int) -> None:
    assert MADE[owner](0, count - 1, 1).spec()["count"] == count


@each_owner
@pytest.mark.parametrize("count", [241, 242, 10_000])
def test_a_scale_of_more_than_240_values_is_refused(owner: str, count: int) -> None:
    with pytest.raises(ValueError, match=f"^{owner}at most 240 values, got {count}$"):
        MADE[owner](0, count - 1, 1)
