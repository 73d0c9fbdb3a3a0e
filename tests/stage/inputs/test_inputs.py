"""Whatever an input reads, a valid value comes out, and what was wrong is said."""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import MOST_STEPS, Knob
from pages.shared.stage.inputs.points import Point, Points
from pages.shared.stage.inputs.sketch import Sketch

MINUS = "\N{MINUS SIGN}"
KNOB = Knob("weight w", -10, 10, value=1.0, step=0.1)
CHOICE = Choice("activation f", ("step", "sigmoid", "ReLU"), "sigmoid")
SKETCH = Sketch("your guess", (-4.0, 4.0), 4, low=-3, high=3, step=0.1)
WORDS = st.text("abcdefgh ", min_size=1, max_size=12).filter(lambda text: text.strip() == text)
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=60)
    | st.binary(max_size=8)
    | st.sampled_from([10**400, "9" * 100_000, "nan", "-Infinity", "1e999", "1;2", "~", ""]),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@st.composite
def knobs(draw: st.DrawFn, most: int = MOST_STEPS) -> Knob:
    """A scale whose ends and step are short decimals, not always of the same length."""
    unit = Decimal(1).scaleb(-draw(st.integers(0, 4)))
    low = unit * draw(st.integers(-1000, 1000))
    step = unit * draw(st.integers(1, 100))
    last = draw(st.integers(1, most - 1))
    start = low + step * draw(st.integers(0, last))
    ends = float(low), float(low + step * last)
    return Knob("the knob", *ends, value=float(start), step=float(step))


@st.composite
def sketches(draw: st.DrawFn) -> Sketch:
    scale = draw(knobs())
    ends = {"low": scale.low, "high": scale.high, "step": scale.step}
    return Sketch("the sketch", (-1.0, 1.0), draw(st.integers(1, 12)), **ends)


def is_named(given: object, complaint: str) -> bool:
    """Whether the complaint quotes what was given; of a long text, its first 30 characters."""
    text = str(given)
    return (f"“{text}”" if len(text) <= 30 else f"“{text[:30]}…”") in complaint


# ---- a knob -------------------------------------------------------------------------------------


@given(knob=knobs())
def test_a_scale_is_low_and_equal_steps_up_to_high(knob: Knob) -> None:
    expected = [knob.low + index * knob.step for index in range(len(knob.steps))]
    assert knob.steps == pytest.approx(expected, rel=1e-9, abs=1e-9 * knob.step)
    assert knob.steps[-1] == pytest.approx(knob.high, rel=1e-9, abs=1e-9 * knob.step)
    assert (knob.steps[0], knob.value in knob.steps) == (knob.low, True)


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


@pytest.mark.parametrize(("low", "step"), [(-10, 0.1), (-0.9, 0.3), (-2.7, 0.3), (-1.5, 0.02)])
def test_zero_on_a_scale_is_exactly_0_and_has_no_sign(low: float, step: float) -> None:
    knob = Knob("k", low, -low, value=low, step=step)
    (zero,) = [value for value in knob.steps if abs(value) < step / 2]
    for value in (zero, knob.snap(-0.0), knob.snap(-step / 4)):
        assert value == 0
        assert math.copysign(1.0, value) == 1.0


@given(given=ANYTHING, knob=knobs())
@example(given="1_0", knob=KNOB)
def test_whatever_a_knob_reads_a_value_of_its_scale_comes_out(given: object, knob: Knob) -> None:
    value, complaint = knob.read(given)
    assert value in knob.steps
    if complaint is None:
        number = float(str(given).strip().replace(MINUS, "-").replace(",", "."))
        assert not isinstance(given, bool)
        assert knob.low <= number <= knob.high
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


@given(knob=knobs(), data=st.data())
def test_a_number_between_two_steps_goes_to_the_nearer_one(knob: Knob, data: st.DataObject) -> None:
    number = data.draw(st.floats(knob.low, knob.high))
    value, complaint = knob.read(number)
    nearest = min(abs(step - number) for step in knob.steps)
    assert abs(value - number) == pytest.approx(nearest, rel=1e-6, abs=1e-6 * knob.step)
    assert complaint is None


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


@given(low=st.floats(-1e6, 1e6), size=st.floats(-1e6, 0), step=st.floats(0.001, 1e6))
def test_a_scale_with_low_not_below_high_is_refused(low: float, size: float, step: float) -> None:
    message = re.escape(f"got low={low}, high={low + size} and step={step}")
    with pytest.raises(ValueError, match=f"k: low must be less than high.* {message}"):
        Knob("k", low, low + size, value=low, step=step)


@pytest.mark.parametrize("step", [0.0, -0.1, -1, math.nan, math.inf])
def test_a_step_that_leads_nowhere_is_refused(step: float) -> None:
    with pytest.raises(ValueError, match=re.escape(f"step={step}")):
        Knob("k", 0.0, 1.0, value=0.0, step=step)


@pytest.mark.parametrize(
    ("low", "high"), [(math.nan, 1.0), (0.0, math.nan), (-math.inf, 0.0), (0.0, math.inf)]
)
def test_ends_that_are_not_finite_are_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match=re.escape(f"low={low}, high={high}")):
        Knob("k", low, high, value=0.0, step=0.1)


@pytest.mark.parametrize("value", [0.15, 1.1, -0.1, 1000.0, math.nan, math.inf])
def test_a_start_that_is_not_on_the_scale_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match=re.escape(f"k: {value} is not on the scale 0 to 1")):
        Knob("k", 0.0, 1.0, value=value, step=0.1)


@pytest.mark.parametrize("count", [2, 239, 240])
def test_a_scale_may_have_240_values(count: int) -> None:
    assert len(Knob("k", 0, count - 1, value=0, step=1).steps) == count


@pytest.mark.parametrize("count", [241, 242, 10_000])
def test_a_scale_of_more_than_240_values_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match=f"k: at most 240 values, got {count}"):
        Knob("k", 0, count - 1, value=0, step=1)


@pytest.mark.parametrize(("step", "last"), [(0.3, 0.9), (0.35, 0.7), (0.4, 0.8), (1.0, 1.0)])
def test_a_scale_that_steps_over_its_high_end_stops_before_it(step: float, last: float) -> None:
    knob = Knob("k", 0.0, 1.0, value=0.0, step=step)
    assert knob.steps[-1] == last
    assert knob.read(1.0) == (last, None)
    assert knob.spec()["high"] == last


@given(knob=knobs())
def test_the_browser_learns_enough_of_a_knob_to_name_all_its_values(knob: Knob) -> None:
    spec = json.loads(json.dumps(knob.spec(), allow_nan=False))
    at = [round(spec["low"] + k * spec["step"], spec["digits"]) for k in range(spec["count"])]
    assert tuple(at) == knob.steps
    assert spec["high"] == knob.steps[-1]
    shown = [f"{value:.{spec['digits']}f}" for value in at]
    assert [knob.read(text).value for text in shown] == at
    assert (spec["kind"], spec["label"], spec["value"]) == ("knob", knob.label, knob.value)


# ---- a choice -----------------------------------------------------------------------------------


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    options = draw(st.lists(st.text(max_size=9), min_size=1, max_size=6, unique_by=str.casefold))
    return Choice("the choice", options, draw(st.sampled_from(options)))


@given(choice=choices())
def test_every_name_of_a_choice_is_written_and_read_back_the_same(choice: Choice) -> None:
    for option in choice.steps:
        assert choice.read(choice.write(option)) == (option, None)


@given(names=st.lists(WORDS, min_size=1, max_size=5, unique=True), data=st.data())
def test_a_choice_reads_its_names_in_any_case(names: list[str], data: st.DataObject) -> None:
    choice = Choice("the choice", names, names[0])
    name = data.draw(st.sampled_from(names))
    upper = data.draw(st.lists(st.booleans(), min_size=len(name), max_size=len(name)))
    typed = "".join(c.upper() if up else c for c, up in zip(name, upper, strict=True))
    assert choice.read(typed) == (name, None)


@given(given=ANYTHING, choice=choices())
def test_whatever_a_choice_reads_one_of_its_names_comes_out(given: object, choice: Choice) -> None:
    value, complaint = choice.read(given)
    if complaint is None:
        assert value in choice.options
        assert value.casefold() == str(given).casefold()
    else:
        assert value == choice.value
        assert complaint.startswith("the choice: ")
        assert is_named(given, complaint)
        assert complaint.endswith(f"{', '.join(choice.options)}; {choice.value} stands.")


@pytest.mark.parametrize("given", ["selu", "", None, 3, math.nan, ["step"], {"step": 1}, "step "])
def test_a_name_that_is_no_option_is_named_and_the_default_stands(given: object) -> None:
    value, complaint = CHOICE.read(given)
    assert value == "sigmoid"
    assert complaint is not None
    assert is_named(given, complaint)


@pytest.mark.parametrize("options", [["step", "ReLU"], []])
def test_a_choice_that_starts_outside_its_options_is_refused(options: Sequence[str]) -> None:
    message = f"f: 'tanh' is not one of {', '.join(options)}"
    with pytest.raises(ValueError, match=re.escape(message)):
        Choice("f", options, "tanh")


@given(choice=choices())
def test_the_browser_learns_the_options_of_a_choice(choice: Choice) -> None:
    spec = json.loads(json.dumps(choice.spec(), allow_nan=False))
    assert tuple(spec["options"]) == choice.steps
    assert (spec["kind"], spec["label"]) == ("choice", choice.label)
    assert spec["value"] == choice.value


# ---- a sketch -----------------------------------------------------------------------------------


@given(sketch=sketches(), data=st.data())
def test_every_drawing_is_written_and_read_back_the_same_gaps_included(
    sketch: Sketch, data: st.DataObject
) -> None:
    scale = Knob("heights", sketch.low, sketch.high, value=sketch.low, step=sketch.step)
    height = st.none() | st.sampled_from(scale.steps)
    drawn = tuple(data.draw(height) for _ in range(sketch.cells))
    assert sketch.read(sketch.write(drawn)) == (drawn, None)
    assert sketch.read(json.loads(json.dumps(drawn))) == (drawn, None)


def test_nothing_is_drawn_at_first_and_that_is_a_drawing_too() -> None:
    assert SKETCH.value == (None, None, None, None)
    assert SKETCH.read(SKETCH.write(SKETCH.value)) == (SKETCH.value, None)


def test_heights_read_from_text_are_typed_the_way_people_type_numbers() -> None:
    assert SKETCH.read(f"1,5~{MINUS}0.52~~3") == ((1.5, -0.5, None, 3.0), None)


@given(given=ANYTHING, sketch=sketches())
def test_whatever_a_sketch_reads_a_drawing_comes_out(given: Any, sketch: Sketch) -> None:
    value, complaint = sketch.read(given)
    scale = Knob("heights", sketch.low, sketch.high, value=sketch.low, step=sketch.step)
    assert isinstance(value, tuple)
    assert len(value) == sketch.cells
    assert all(height is None or height in scale.steps for height in value)
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
    assert complaint.endswith("; the first drawing stands.")


@pytest.mark.parametrize("given", ["", "1~2~3", "1~2~3~4~5", "1234", [], [1.0] * 5, None, 3, {"0": 1}])
def test_a_drawing_of_another_number_of_cells_is_refused(given: object) -> None:
    complaint = "your guess: 4 heights are needed; the first drawing stands."
    assert SKETCH.read(given) == (SKETCH.value, complaint)


@given(sketch=sketches(), data=st.data())
def test_a_complaint_about_a_drawing_is_made_exactly_when_a_height_is_none(
    sketch: Sketch, data: st.DataObject
) -> None:
    scale = Knob("heights", sketch.low, sketch.high, value=sketch.low, step=sketch.step)
    parts = data.draw(st.lists(ANYTHING, min_size=sketch.cells, max_size=sketch.cells))
    wrong = [part for part in parts if part not in (None, "") and scale.read(part).complaint]
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


# ---- labelled points ----------------------------------------------------------------------------

Cloud = tuple[Point, ...]
FIRST: Cloud = ((-0.5, 0.5, 0), (0.5, 0.5, 1))
POINTS = Points("your points", -1, 1, 0.1, ("a", "b"), ("class-0", "class-1"), 4, first=FIRST)
STAND = "the first ones stand."


@st.composite
def clouds(draw: st.DrawFn, points: Points) -> Cloud:
    """Points that can be set: on the scale, of a class, and not too many."""
    scale = Knob("scale", points.low, points.high, value=points.low, step=points.step)
    place = st.sampled_from(scale.steps)
    return tuple(draw(st.lists(st.tuples(place, place, st.integers(0, 1)), max_size=points.most)))


@st.composite
def points_inputs(draw: st.DrawFn) -> Points:
    scale = draw(knobs())
    most = draw(st.integers(0, 5))
    ends = scale.low, scale.high, scale.step
    empty = Points("the points", *ends, ("a", "b"), ("class-0", "class-1"), most)
    return replace(empty, first=draw(clouds(empty)))


@given(points=points_inputs(), data=st.data())
def test_every_cloud_of_points_is_written_and_read_back_the_same(points: Points, data: st.DataObject) -> None:
    cloud = data.draw(clouds(points))
    assert points.read(points.write(cloud)) == (cloud, None)
    assert points.read(json.loads(json.dumps(cloud))) == (cloud, None)
    assert points.read(cloud) == (cloud, None)


@given(points=points_inputs(), data=st.data())
def test_no_two_clouds_of_points_are_written_alike(points: Points, data: st.DataObject) -> None:
    one, other = data.draw(clouds(points)), data.draw(clouds(points))
    assert (points.write(one) == points.write(other)) == (one == other)


def test_a_point_is_written_as_short_as_it_can_be() -> None:
    assert POINTS.write(FIRST) == "-0.5_0.5_0~0.5_0.5_1"
    assert POINTS.write(((-0.0, 1.0, 1),)) == "0_1_1"


@pytest.mark.parametrize("given", ["", "~", "~~~", [], ()])
def test_no_point_at_all_is_a_cloud_too(given: object) -> None:
    assert POINTS.read(given) == ((), None)
    assert POINTS.read(POINTS.write(())) == ((), None)


@given(points=points_inputs(), data=st.data())
def test_the_coordinates_of_a_point_go_to_the_nearest_values_of_the_scale(
    points: Points, data: st.DataObject
) -> None:
    scale = Knob("scale", points.low, points.high, value=points.low, step=points.step)
    inside = st.floats(scale.low, scale.high)
    given = data.draw(st.lists(st.tuples(inside, inside, st.integers(0, 1)), max_size=points.most))
    expected = tuple((scale.snap(x), scale.snap(y), kind) for x, y, kind in given)
    assert points.read([list(point) for point in given]) == (expected, None)


def test_points_read_from_text_are_typed_the_way_people_type_numbers() -> None:
    assert POINTS.read(f"0,5_{MINUS}0.52_1~~ 1 _.3_0~") == (((0.5, -0.5, 1), (1.0, 0.3, 0)), None)


@given(kind=st.one_of(st.sampled_from([0, 1, 0.0, 1.0, "0", "1", "1.0"]), ANYTHING))
def test_a_class_is_0_or_1_and_a_whole_number(kind: Any) -> None:
    value, complaint = POINTS.read([[0.5, 0.5, kind]])
    if complaint is None:
        ((_, _, read),) = value
        assert type(read) is int
        assert read == float(kind)
        assert read in (0, 1)
        assert not isinstance(kind, bool)
    else:
        assert value == FIRST
        assert str(kind) not in ("0", "1", "0.0", "1.0")


@pytest.mark.parametrize(
    "bad",
    [
        *("0.5_0.5", "0.5_0.5_0_1", "0.5_0.5_2", "0.5_0.5_", "1.1_0_0", "0_-1.1_0", "a_0_0", "0_nan_1"),
        *("_", "0.5", "0_inf_1", "0 0 0", "1e999_0_0", "0_0_0.5", "0_0_-1", "9" * 100_000),
        *([0.5, 0.5], [0.5, 0.5, 0, 1], [0.5, 0.5, 2], [1.1, 0, 0], [0, math.nan, 0], [math.inf, 0, 0]),
        *([0, 0, True], [False, 0, 0], [None, 0, 0], [[0], 0, 0], [10**400, 0, 0], [0, 0, 10**400]),
        *(None, 3, True, {}, {"0": 0, "1": 0, "2": 0}, [], b"1_1"),
    ],
)
def test_what_is_no_point_is_named_and_the_first_ones_stand(bad: object) -> None:
    value, complaint = POINTS.read([[0.1, 0.1, 1], bad, [7, 7, 7]])
    assert value == FIRST
    assert complaint is not None
    assert complaint.startswith("your points: ")
    assert is_named(bad, complaint), "the first one that is no point"
    assert complaint.endswith(f"is no point with coordinates from -1 to 1 and a class 0 or 1; {STAND}")
    if isinstance(bad, str):
        assert POINTS.read(f"0.1_0.1_1~{bad}~7_7_7") == (value, complaint)


@pytest.mark.parametrize("given", [None, 3, 0.5, True, math.nan, {}, {"0_0_0": 1}, b"0_0_0", {1}])
def test_what_holds_no_points_is_named_and_the_first_ones_stand(given: object) -> None:
    value, complaint = POINTS.read(given)
    assert (value, complaint) == (FIRST, f"your points: “{given}” holds no points; {STAND}")


@pytest.mark.parametrize("count", [5, 6, 10_000])
def test_too_many_points_are_counted_and_the_first_ones_stand(count: int) -> None:
    complaint = f"your points: there are at most 4 points, got {count}; {STAND}"
    assert POINTS.read([[0, 0, 1]] * count) == (FIRST, complaint)
    assert POINTS.read("~".join(["0_0_1"] * count)) == (FIRST, complaint)
    assert POINTS.read("~".join(["0_0_1"] * 4)) == (((0.0, 0.0, 1),) * 4, None)


@given(given=ANYTHING, points=points_inputs())
@example(given=[[0, 0, []]], points=POINTS)
@example(given="1_1_1_1", points=POINTS)
def test_whatever_points_are_read_a_cloud_comes_out(given: object, points: Points) -> None:
    value, complaint = points.read(given)
    scale = Knob("scale", points.low, points.high, value=points.low, step=points.step)
    assert isinstance(value, tuple)
    assert len(value) <= points.most
    for x, y, kind in value:
        assert {x, y} <= {*scale.steps}
        assert type(kind) is int
        assert kind in (0, 1)
    if complaint is not None:
        assert complaint.startswith(f"{points.label}: ")
        assert value == points.value == points.first


BAD_FIRST: dict[str, tuple[Any, str]] = {
    "outside": (((0.0, 0.0, 0), (1.5, 0.0, 0)), "“(1.5, 0.0, 0)” is no point with coordinates from -1 to 1"),
    "another class": (((0.0, 0.0, 2),), "“(0.0, 0.0, 2)” is no point with coordinates from -1 to 1"),
    "not finite": (((math.nan, 0.0, 0),), "“(nan, 0.0, 0)” is no point with coordinates from -1 to 1"),
    "two numbers": (((0.0, 0.0),), "“(0.0, 0.0)” is no point with coordinates from -1 to 1"),
    "too many": (((0.0, 0.0, 0),) * 5, "there are at most 4 points, got 5"),
    "nothing": (None, "“None” holds no points"),
}


@pytest.mark.parametrize(("first", "rule"), BAD_FIRST.values(), ids=BAD_FIRST.keys())
def test_first_points_that_could_not_be_read_are_refused(first: Any, rule: str) -> None:
    with pytest.raises(ValueError, match=f"^your points: {re.escape(rule)}(?!.*stand)"):
        replace(POINTS, first=first)


def test_first_points_lie_on_the_scale_like_all_others() -> None:
    assert replace(POINTS, first=((0.52, -0.96, 1),)).value == ((0.5, -1.0, 1),)
    assert replace(POINTS, first=()).value == ()


def test_first_points_on_an_empty_scale_are_refused() -> None:
    with pytest.raises(ValueError, match="low must be less than high"):
        replace(POINTS, low=1.0)


@given(points=points_inputs())
def test_the_browser_learns_where_points_may_lie_how_many_and_what_their_classes_are(points: Points) -> None:
    spec = json.loads(json.dumps(points.spec(), allow_nan=False))
    assert (spec["kind"], spec["label"], spec["plot"]) == ("points", "the points", 0)
    assert (spec["low"], spec["high"], spec["step"]) == (points.low, points.high, points.step)
    assert (spec["classes"], spec["colours"]) == (["a", "b"], ["class-0", "class-1"])
    assert spec["most"] == points.most
    assert points.read(spec["value"]) == (points.value, None)
    typed = "~".join(f"{x:.{spec['digits']}f}_{y:.{spec['digits']}f}_{kind}" for x, y, kind in spec["value"])
    assert points.read(typed) == (points.value, None), "with so many digits all values are told apart"
