"""A knob takes a number on its scale: whatever it reads, one comes out, and what was wrong is said."""

import json
import math
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nn_core.numerals import number
from pages.shared.figures.theme import PALETTE
from pages.shared.stage.inputs.knob import Knob
from tests.stage.inputs.strategies import ANYTHING, MINUS, is_named, knobs

KNOB = Knob("weight w", -10, 10, value=1.0, step=0.1)


@given(knob=knobs())
def test_every_value_of_a_scale_is_written_and_read_back_the_same(knob: Knob) -> None:
    for value in knob.steps:
        assert knob.read(knob.write(value)) == (value, None)
        assert knob.read(value) == (value, None)


@given(knob=knobs())
def test_no_two_values_of_a_scale_are_written_alike(knob: Knob) -> None:
    assert len({knob.write(value) for value in knob.steps}) == len(knob.steps)


@pytest.mark.parametrize(
    ("value", "text"), [(1.5, "1.5"), (-10.0, "-10"), (10.0, "10"), (0.0, "0"), (-0.04, "0")]
)
def test_a_number_is_written_as_short_as_it_can_be(value: float, text: str) -> None:
    assert KNOB.write(value) == text


@given(given=ANYTHING, knob=knobs())
@example(given="1_0", knob=KNOB)
def test_whatever_a_knob_reads_a_value_of_its_scale_comes_out(given: object, knob: Knob) -> None:
    value, complaint = knob.read(given)
    assert value in knob.steps
    if complaint is None:
        found = number(given)
        assert found is not None
        assert knob.low <= found <= knob.high
    else:
        assert complaint.startswith(f"{knob.label}: ")
        assert is_named(given, complaint)


@pytest.mark.parametrize(
    "given",
    [
        *(None, True, False, math.nan, math.inf, -math.inf, 10**400, b"1", [1.0], (1.0,), {"v": 1}),
        *("", " ", "abc", "nan", "inf", "1e999", "1,2,3", "0x10", "--1", "1 2", "9" * 100_000),
    ],
)
def test_what_is_no_finite_number_is_named_and_the_default_stands(given: object) -> None:
    value, complaint = KNOB.read(given)
    assert value == KNOB.value
    assert complaint is not None
    assert complaint.startswith("weight w: ")
    assert is_named(given, complaint)
    assert complaint.endswith("is not a number; 1 stands.")


@given(knob=knobs(), beyond=st.floats(1e-3, 1e300), below=st.booleans())
def test_a_number_outside_the_scale_is_named_and_becomes_the_nearer_end(
    knob: Knob, beyond: float, below: bool
) -> None:
    given = knob.low - beyond if below else knob.high + beyond
    value, complaint = knob.read(given)
    assert value == (knob.steps[0] if below else knob.steps[-1])
    assert complaint is not None
    assert complaint.startswith("the knob: ")
    assert is_named(given, complaint)
    assert complaint.endswith(f"it is now {knob.write(value)}.")


@pytest.mark.parametrize(
    ("given", "value"),
    [
        *(("2.5", 2.5), ("2,5", 2.5), (f"{MINUS}2,5", -2.5), (f" {MINUS}3 ", -3.0), ("+4", 4.0)),
        *(("-0", 0.0), ("2.5e0", 2.5), (".5", 0.5), ("5.", 5.0), (3, 3.0), (2.4999999999, 2.5)),
    ],
)
def test_a_number_may_be_typed_the_way_people_type_it(given: object, value: float) -> None:
    assert KNOB.read(given) == (value, None)


@given(knob=knobs(), data=st.data())
def test_a_comma_and_a_typographic_minus_read_as_a_point_and_a_hyphen(
    knob: Knob, data: st.DataObject
) -> None:
    text = knob.write(data.draw(st.sampled_from(knob.steps)))
    typed = f" {text.replace('.', ',').replace('-', MINUS)} "
    assert knob.read(typed) == knob.read(text)


@pytest.mark.parametrize("value", [0.15, 1.1, -0.1, 1000.0, math.nan, math.inf])
def test_a_start_that_is_not_on_the_scale_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match=re.escape(f"k: {value} is not on the scale 0 to 1")):
        Knob("k", 0.0, 1.0, value=value, step=0.1)


@given(knob=knobs())
def test_the_browser_learns_enough_of_a_knob_to_name_all_its_values(knob: Knob) -> None:
    spec = json.loads(json.dumps(knob.spec(), allow_nan=False))
    at = [round(spec["low"] + k * spec["step"], spec["digits"]) for k in range(spec["count"])]
    assert tuple(at) == knob.steps
    assert spec["high"] == knob.steps[-1]
    shown = [f"{value:.{spec['digits']}f}" for value in at]
    assert [knob.read(text).value for text in shown] == at
    assert (spec["kind"], spec["label"], spec["value"]) == ("knob", knob.label, knob.value)


def test_a_knob_has_a_colour_of_the_palette_or_is_refused() -> None:
    for meaning in PALETTE["light"]:
        assert Knob("k", 0, 1, value=0, step=1, colour=meaning).spec()["colour"] == meaning
    with pytest.raises(ValueError, match=r"^k: a colour must be one of network, .*, got puce$"):
        Knob("k", 0, 1, value=0, step=1, colour="puce")
