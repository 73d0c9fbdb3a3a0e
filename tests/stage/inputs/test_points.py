"""Points are a cloud of labelled points on a scale: whatever is read, a cloud comes out."""

import json
import math
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pages.shared.stage.inputs.points import Point, Points
from tests.stage.inputs.strategies import ANYTHING, MINUS, is_named, scales

Cloud = tuple[Point, ...]
FIRST: Cloud = ((-0.5, 0.5, 0), (0.5, 0.5, 1))
POINTS = Points("your points", -1, 1, 0.1, ("a", "b"), ("class-0", "class-1"), 4, first=FIRST)
STAND = "the first ones stand."


@st.composite
def clouds(draw: st.DrawFn, points: Points) -> Cloud:
    """Points that can be set: on the scale, of a class, and not too many."""
    place = st.sampled_from(points.scale.steps)
    return tuple(draw(st.lists(st.tuples(place, place, st.integers(0, 1)), max_size=points.most)))


@st.composite
def points_inputs(draw: st.DrawFn) -> Points:
    scale = draw(scales())
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
    assert POINTS.write(FIRST) == "-0.5_0.5_0__0.5_0.5_1"
    assert POINTS.write(((-0.0, 1.0, 1),)) == "0_1_1"


@pytest.mark.parametrize("given", ["", "~", "~~~", [], ()])
def test_no_point_at_all_is_a_cloud_too(given: object) -> None:
    assert POINTS.read(given) == ((), None)
    assert POINTS.read(POINTS.write(())) == ((), None)


@given(points=points_inputs(), data=st.data())
def test_the_coordinates_of_a_point_go_to_the_nearest_values_of_the_scale(
    points: Points, data: st.DataObject
) -> None:
    inside = st.floats(points.low, points.high)
    given = data.draw(st.lists(st.tuples(inside, inside, st.integers(0, 1)), max_size=points.most))
    expected = tuple((points.scale.snap(x), points.scale.snap(y), kind) for x, y, kind in given)
    assert points.read([list(point) for point in given]) == (expected, None)


def test_points_read_from_text_are_typed_the_way_people_type_numbers() -> None:
    assert POINTS.read(f"0,5_{MINUS}0.52_1____ 1 _.3_0__") == (((0.5, -0.5, 1), (1.0, 0.3, 0)), None)


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
    assert isinstance(value, tuple)
    assert len(value) <= points.most
    for x, y, kind in value:
        assert {x, y} <= {*points.scale.steps}
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


def test_classes_have_colours_of_the_palette_or_are_refused() -> None:
    assert replace(POINTS, colours=("unit-1", "unit-2")).spec()["colours"] == ["unit-1", "unit-2"]
    with pytest.raises(ValueError, match=r"^your points: a colour must be one of .*, got puce, mauve$"):
        replace(POINTS, colours=("puce", "mauve"))
