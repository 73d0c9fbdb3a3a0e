"""A sketch takes a height for each of its cells, or none: whatever it reads, a drawing comes out."""

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.shared.stage.inputs.sketch import Sketch
from tests.stage.inputs.strategies import ANYTHING, MINUS, is_named, scales

SKETCH = Sketch("your guess", (-4.0, 4.0), 4, low=-3, high=3, step=0.1)


@st.composite
def sketches(draw: st.DrawFn) -> Sketch:
    scale = draw(scales())
    ends = {"low": scale.low, "high": scale.high, "step": scale.step}
    return Sketch("the sketch", (-1.0, 1.0), draw(st.integers(1, 12)), **ends)


@given(sketch=sketches(), data=st.data())
def test_every_drawing_is_written_and_read_back_the_same_gaps_included(
    sketch: Sketch, data: st.DataObject
) -> None:
    height = st.none() | st.sampled_from(sketch.scale.steps)
    drawn = tuple(data.draw(height) for _ in range(sketch.cells))
    assert sketch.read(sketch.write(drawn)) == (drawn, None)
    assert sketch.read(json.loads(json.dumps(drawn))) == (drawn, None)


@given(data=st.data())
def test_a_drawing_whose_link_was_cut_is_not_drawn_from_there_on(data: st.DataObject) -> None:
    height = st.none() | st.sampled_from(SKETCH.scale.steps)
    drawn = (*(data.draw(height) for _ in range(SKETCH.cells - 1)), -1.5)
    text = SKETCH.write(drawn)
    kept = text[: data.draw(st.integers(0, len(text) - 1))]
    value, complaint = SKETCH.read(kept)
    whole = kept.count("_")
    assert complaint is None
    assert value[:whole] == drawn[:whole]
    assert value[whole + 1 :] == (None,) * (SKETCH.cells - whole - 1)


def test_nothing_is_drawn_at_first_and_that_is_a_drawing_too() -> None:
    assert SKETCH.value == (None, None, None, None)
    assert SKETCH.read(SKETCH.write(SKETCH.value)) == (SKETCH.value, None)


def test_heights_read_from_text_are_typed_the_way_people_type_numbers() -> None:
    assert SKETCH.read(f"1,5_{MINUS}0.52__3") == ((1.5, -0.5, None, 3.0), None)


@given(given=ANYTHING, sketch=sketches())
def test_whatever_a_sketch_reads_a_drawing_comes_out(given: Any, sketch: Sketch) -> None:
    value, complaint = sketch.read(given)
    assert isinstance(value, tuple)
    assert len(value) == sketch.cells
    assert all(height is None or height in sketch.scale.steps for height in value)
    if complaint is not None:
        assert complaint.startswith("the sketch: ")
        assert value == sketch.value


@pytest.mark.parametrize("bad", ["abc", "nan", "4", "-3.1", "a;b", math.inf, True, [1.0], {}])
def test_a_height_that_is_none_is_named_and_nothing_is_drawn(bad: object) -> None:
    value, complaint = SKETCH.read([1.0, None, bad, 2.0])
    assert value == SKETCH.value
    assert complaint is not None
    assert complaint.startswith("your guess: ")
    assert is_named(bad, complaint)
    assert complaint.endswith("; nothing is drawn.")


@pytest.mark.parametrize("given", ["1_2_3_4_5", "1~2~3~4~5", "____1", [], [1.0] * 5, None, 3, {"0": 1}])
def test_a_drawing_of_another_number_of_cells_is_refused(given: object) -> None:
    complaint = "your guess: 4 heights are needed; nothing is drawn."
    assert SKETCH.read(given) == (SKETCH.value, complaint)


@settings(max_examples=40)
@given(sketch=sketches(), data=st.data())
def test_a_complaint_about_a_drawing_is_made_exactly_when_a_height_is_none(
    sketch: Sketch, data: st.DataObject
) -> None:
    parts = data.draw(st.lists(ANYTHING, min_size=sketch.cells, max_size=sketch.cells))
    wrong = [part for part in parts if part not in (None, "") and sketch.scale.read(part) is None]
    complaint = sketch.read(parts).complaint
    assert (complaint is not None) == bool(wrong)
    assert not wrong or is_named(wrong[0], complaint)


@given(sketch=sketches())
def test_the_browser_learns_where_a_sketch_is_and_what_heights_it_takes(sketch: Sketch) -> None:
    spec = json.loads(json.dumps(sketch.spec(), allow_nan=False))
    assert (spec["kind"], spec["label"]) == ("sketch", "the sketch")
    assert (spec["domain"], spec["cells"]) == ([-1.0, 1.0], sketch.cells)
    assert (spec["low"], spec["high"], spec["step"]) == (sketch.low, sketch.high, sketch.step)
    assert spec["value"] == [None] * sketch.cells
