"""A matrix is a table of numbers: whatever it reads has its own shape, and what was wrong is said."""

import json
import math
import re
from itertools import chain
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages.shared.figures.theme import PALETTE
from pages.shared.stage import links, wire
from pages.shared.stage.inputs.matrix import DIGITS, LARGEST, Matrix, Rows

MINUS = "\N{MINUS SIGN}"
FIRST: Rows = ((1.0, -2.5, 0.0), (0.125, 40.0, -999.0))
TABLE = Matrix("weights W", FIRST, "an input", "a unit", "weight")
STAND = "the first numbers stand."
MEANT = "weights W must be 2 × 3, a row for an input and a column for a unit"
NO_NUMBER = f"is no number from {MINUS}999 to 999; {STAND}"

numbers = st.integers(-int(LARGEST) * 10**DIGITS, int(LARGEST) * 10**DIGITS).map(lambda n: n / 10**DIGITS)
sizes = st.integers(1, 4)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("0123456789_~-., x", max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@st.composite
def tables(draw: st.DrawFn, shape: tuple[int, int] | None = None, cells: Any = numbers) -> Any:
    height, width = shape or (draw(sizes), draw(sizes))
    row = st.tuples(*[cells] * width)
    return draw(st.tuples(*[row] * height))


def as_text(rows: Any) -> str:
    """The rows as a link says them that somebody wrote by hand."""
    return "~".join("_".join(map(str, row)) for row in rows)


# ---- writing and reading --------------------------------------------------------------------------


@given(rows=tables())
@example(rows=FIRST)
def test_every_table_is_written_and_read_back_the_same(rows: Rows) -> None:
    matrix = Matrix("the table", tuple((0.0,) * len(row) for row in rows))
    assert matrix.shape == (len(rows), len(rows[0]))
    for said in (matrix.write(rows), rows, json.loads(json.dumps(rows))):
        value, complaint = matrix.read(said)
        assert (value, complaint) == (rows, None)
        assert {type(part) for part in (value, *value)} == {tuple}
        assert {type(cell) for cell in chain(*value)} == {float}


@given(one=tables((2, 2)), other=tables((2, 2)))
def test_no_two_tables_are_written_alike(one: Rows, other: Rows) -> None:
    matrix = Matrix("the table", one)
    assert (matrix.write(one) == matrix.write(other)) == (one == other)


def test_a_table_is_written_as_short_as_it_can_be() -> None:
    assert TABLE.write(FIRST) == "1_-2.5_0__0.125_40_-999"


def test_numbers_in_a_link_are_typed_the_way_people_type_numbers() -> None:
    given = f"0,5_{MINUS}2_ 1 __.25_+3_1d2"
    assert TABLE.read(given) == (((0.5, -2.0, 1.0), (0.25, 3.0, 100.0)), None)


@given(rows=tables((2, 3), st.floats(-LARGEST, LARGEST)))
def test_numbers_have_three_decimals_at_most_and_zero_no_sign(rows: Rows) -> None:
    value, complaint = TABLE.read(rows)
    assert complaint is None
    for read, cell in zip(chain(*value), chain(*rows), strict=True):
        assert abs(read - cell) <= 0.5 / 10**DIGITS + 1e-12
        assert round(read, DIGITS) == read
        assert read or math.copysign(1.0, read) == 1.0
    assert TABLE.read(TABLE.write(value)) == (value, None)


# ---- another shape --------------------------------------------------------------------------------


@given(rows=tables())
@example(rows=((1.0, 2.0), (3.0, 4.0), (5.0, 6.0)))
def test_a_table_of_another_shape_is_refused_and_both_shapes_are_named(rows: Rows) -> None:
    for said in (rows, as_text(rows)):
        value, complaint = TABLE.read(said)
        if (len(rows), len(rows[0])) == (2, 3):
            assert (value, complaint) == (rows, None)
        else:
            assert value == FIRST
            assert complaint == f"{MEANT}, got {len(rows)} × {len(rows[0])}; {STAND}"


@pytest.mark.parametrize(
    ("given", "got"),
    [
        ("1_2_3~4_5", "rows of 3, 2 numbers"),
        ([[1, 2, 3], []], "rows of 3, 0 numbers"),
        ([[0] * width for width in range(20)], "rows of 0, 1, 2, 3, 4, 5, 6, 7 numbers"),
        ("", "1 × 1"),
        ([[], []], "2 × 0"),
    ],
)
def test_the_lengths_of_rows_that_differ_are_named(given: object, got: str) -> None:
    assert TABLE.read(given) == (FIRST, f"{MEANT}, got {got}; {STAND}")


@pytest.mark.parametrize("given", [None, 3, True, math.nan, {}, {"0": [1]}, [], (), [1, 2], [[1], 2], b"1_2"])
def test_what_holds_no_rows_is_quoted(given: object) -> None:
    assert TABLE.read(given) == (FIRST, f"{MEANT}, got “{given}”; {STAND}")


# ---- another number -------------------------------------------------------------------------------

BAD_CELLS = ["abc", "", " ", "nan", "inf", "1e999", "0x10", "1,2,3", "1 2", "999.001", "-1000"]
BAD_NUMBERS = [*BAD_CELLS, None, True, math.nan, -math.inf, 999.001, 10**400, [1.0], {}]


@given(place=st.tuples(st.integers(0, 1), st.integers(0, 2)), bad=st.sampled_from(BAD_NUMBERS))
@example(place=(0, 0), bad=None)
def test_a_cell_that_is_no_number_is_named_by_its_row_its_column_and_what_it_holds(
    place: tuple[int, int], bad: object
) -> None:
    i, j = place
    rows: list[list[Any]] = [list(row) for row in FIRST]
    rows[i][j] = bad
    text = str(bad)
    quoted = f"“{text[:30]}…”" if len(text) > 30 else f"“{text}”"
    complaint = f"weights W, row {i + 1}, column {j + 1}: {quoted} {NO_NUMBER}"
    assert TABLE.read(rows) == (FIRST, complaint)
    if bad in BAD_CELLS:
        assert TABLE.read(as_text(rows)) == (FIRST, complaint)


def test_of_several_wrong_cells_the_first_one_is_named() -> None:
    assert TABLE.read("1_2_c~a_b_3").complaint == f"weights W, row 1, column 3: “c” {NO_NUMBER}"


def test_the_largest_numbers_are_numbers_too() -> None:
    ends = ((999.0, -999.0, 999.0), (-999.0, 998.9995, -998.9996))
    assert TABLE.read(ends) == (((999.0, -999.0, 999.0), (-999.0, 999.0, -999.0)), None)


@settings(max_examples=60)
@given(given=anything, rows=tables())
@example(given=[["1", 2, " 3"], (4, 5.0, "6")], rows=FIRST)
def test_whatever_a_matrix_reads_a_table_of_its_shape_comes_out(given: object, rows: Rows) -> None:
    matrix = Matrix("the table", rows)
    value, complaint = matrix.read(given)
    assert [len(row) for row in value] == [len(row) for row in rows]
    assert all(type(cell) is float and abs(cell) <= LARGEST for cell in chain(*value))
    if complaint is not None:
        assert value == matrix.value == rows
        assert complaint.startswith("the table")
        assert complaint.endswith(STAND)


# ---- where it starts ------------------------------------------------------------------------------

BAD_FIRST: dict[str, tuple[Any, str]] = {
    "no rows": ((), "W: there must be a number, got ()"),
    "no columns": (((), ()), "W: there must be a number, got ((), ())"),
    "rows that differ": (
        ((1.0, 2.0), (3.0,)),
        "W must be 2 × 2, a row for a row and a column for a column, got rows of 2, 1 numbers",
    ),
    "no number": (((1.0, math.nan),), f"W, row 1, column 2: “nan” is no number from {MINUS}999 to 999"),
    "too large": (((1000.0,),), f"W, row 1, column 1: “1000.0” is no number from {MINUS}999 to 999"),
}


@pytest.mark.parametrize(("first", "rule"), BAD_FIRST.values(), ids=BAD_FIRST.keys())
def test_first_numbers_that_could_not_be_read_are_refused(first: Any, rule: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(rule)}$"):
        Matrix("W", first)


def test_a_matrix_has_a_colour_of_the_palette_or_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^W: a colour must be one of .*, got puce$"):
        Matrix("W", FIRST, colour="puce")


def test_first_numbers_are_rounded_like_all_others() -> None:
    assert Matrix("W", ((1, -0.0001), (0.12345, 2))).value == ((1.0, 0.0), (0.123, 2.0))


def test_the_browser_learns_what_a_matrix_holds_and_what_a_row_and_a_column_stand_for() -> None:
    spec = json.loads(json.dumps(TABLE.spec(), allow_nan=False))
    assert spec == {
        "kind": "matrix", "label": "weights W", "row": "an input", "column": "a unit", "colour": "weight",
        "digits": DIGITS, "largest": LARGEST, "value": [list(row) for row in FIRST],
    }  # fmt: skip
    assert TABLE.read(spec["value"]) == (FIRST, None)
    assert {spec["colour"], Matrix("W", FIRST).colour} <= PALETTE["light"].keys()


# ---- on a stage -----------------------------------------------------------------------------------

SCRIPT = """
from pages.shared.stage.picture import Grip, Picture
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.matrix import Matrix
from pages.shared.stage.stage import stage
import streamlit as st

def picture(table, scale):
    figure = {"data": [], "layout": {}}
    return Picture(figure, f"The numbers add up to {scale * sum(map(sum, table)):g}.")

def corner(values, x, y):
    return {"table": [[x, 0], [0, y]]}

values = stage(
    "toy", picture, grips={"corner": corner},
    table=Matrix("table", ((1, 2), (3, 4))), scale=Knob("scale", 0, 2, value=1, step=1),
)
st.text(repr(values["table"]))
"""


def page(**query: str) -> AppTest:
    """The page that a reader sees who opens it with this link."""
    at = AppTest.from_string(SCRIPT, default_timeout=30)
    for name, text in query.items():
        at.query_params[name] = text
    return at.run()


def ask(at: AppTest, **request: Any) -> dict[str, Any]:
    """What the stage sends when the browser has asked."""
    at.session_state["toy"] = {"request": {"id": "1", "values": {}, **request}}
    return message(at.run())


def message(at: AppTest) -> dict[str, Any]:
    assert not at.exception
    return wire.unpack(at.get("bidi_component")[0].proto.bytes)


def test_a_table_in_the_link_is_what_the_page_gets_and_the_picture_shows() -> None:
    at = page(table="0.5_-1~2_10")
    assert at.text[0].value == "((0.5, -1.0), (2.0, 10.0))"
    shown = message(at)
    assert shown["committed"]["table"] == [[0.5, -1.0], [2.0, 10.0]]
    assert shown["picture"]["description"] == "The numbers add up to 11.5."
    assert not at.warning


def test_a_table_of_another_shape_in_the_link_is_warned_of_and_the_first_stands() -> None:
    at = page(table="1_2_3")
    assert at.text[0].value == "((1.0, 2.0), (3.0, 4.0))"
    (warning,) = at.warning
    assert "2 × 2" in warning.value
    assert "1 × 3" in warning.value


def test_a_table_that_the_browser_commits_goes_into_the_link_and_its_first_numbers_leave_it() -> None:
    at = page()
    shown = ask(at, values={"table": [[1, 2], [3, -0.5]]}, commit=True)
    assert {**at.query_params} == {"table": "1_2__3_-0.5"}
    assert shown["committed"]["table"] == [[1.0, 2.0], [3.0, -0.5]]
    ask(at, id="2", values={"table": [[1, 2], [3, 4]]}, commit=True)
    assert {**at.query_params} == {}


def test_a_bad_table_of_the_browser_leaves_the_first_numbers() -> None:
    for bad in ([[1, 2]], [[1, 2], [3, None]]):
        assert ask(page(), values={"table": bad})["values"]["table"] == [[1.0, 2.0], [3.0, 4.0]]


def test_a_grip_may_fill_a_table_but_with_valid_numbers_only() -> None:
    for x, expected in [(0.25, [[0.25, 0.0], [0.0, 7.0]]), (1e6, [[1.0, 2.0], [3.0, 4.0]])]:
        shown = ask(page(), grip={"name": "corner", "x": x, "y": 7})
        assert shown["values"]["table"] == expected


def test_a_knob_is_swept_over_the_table_that_the_browser_shows_and_a_table_is_not_swept() -> None:
    values = {"table": [[0, 0], [0, 5]]}
    swept = ask(page(), values=values, sweep="scale")["sweep"]
    at = swept["paths"].index(["description"])
    assert swept["columns"][at] == [f"The numbers add up to {total}." for total in (0, 5, 10)]
    assert ask(page(), values=values, sweep="table")["sweep"] is None


@given(rows=tables((2, 3)))
def test_a_link_says_a_table_just_where_it_is_not_the_first(rows: Rows) -> None:
    said = links.write({"table": TABLE}, {"table": rows})
    assert said == ({} if rows == FIRST else {"table": TABLE.write(rows)})
    assert links.read({"table": TABLE}, said) == ({"table": rows}, [])
