"""Numbers are typed and pasted into a table, knobs say which way they would turn, grips drop at a click."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page

from pages.shared.stage.inputs.matrix import Matrix
from tests.browser import bench as desk
from tests.browser.conftest import DESK, Walk
from tests.browser.reader import Reader
from tests.browser.server import Server

MINUS = "\N{MINUS SIGN}"
FIRST = [list(row) for row in desk.NUMBERS]
TABLE = Matrix("table", desk.NUMBERS)
NO_NUMBER = f"is no number from {MINUS}999 to 999"
MEANT = "table is 2 × 3, a row for a place and a column for a sort; what you pasted"
WHERE_IT_IS = "document.activeElement.getAttribute('aria-label')"
CHOSEN = "getSelection().toString()"

Rows = list[list[float]]


@pytest.fixture
def reader(stay: Walk, bench_server: Server) -> Iterator[Reader]:
    """A reader at the bench with the table on it; nothing may complain from then on."""
    permissions = ["clipboard-read", "clipboard-write"]
    opened = stay(bench_server, "/?bench=table", permissions=permissions)
    yield opened
    assert not opened.complaints


def cell(reader: Reader, row: int, column: int) -> Locator:
    """A cell by the name that is read out; rows and columns count from 1."""
    name = f"table, row {row}, column {column}"
    return reader.page.get_by_role("textbox", name=name, exact=True)


def shown(reader: Reader) -> list[str]:
    """What the cells show, row by row."""
    found: list[str] = reader.page.locator(".sp-cell").evaluate_all(
        "(cells) => cells.map((cell) => cell.value)"
    )
    return found


def written(rows: Rows) -> list[str]:
    return [f"{number:g}".replace("-", MINUS) for row in rows for number in row]


def type_into(reader: Reader, row: int, column: int, text: str) -> None:
    cell(reader, row, column).fill(text)
    reader.page.keyboard.press("Enter")


def paste(reader: Reader, row: int, column: int, text: str) -> None:
    """Put the text on the clipboard, and paste it into a cell."""
    reader.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    cell(reader, row, column).focus()
    reader.page.keyboard.press("ControlOrMeta+v")


def holds(reader: Reader, rows: Rows) -> None:
    """The cells, the picture and the link say these numbers, or do so soon."""
    link = {} if rows == FIRST else {"table": TABLE.write(tuple(map(tuple, rows)))}
    reader.soon(lambda: shown(reader), written(rows))
    reader.link_is(bench="table", **link)
    words = f"A line of slope 1, a table that adds up to {sum(map(sum, rows)):g}."
    reader.soon(reader.part("words").text_content, words)
    reader.soon(
        reader.part("diagram").locator("g").all_text_contents, [f"{n:g}" for row in rows for n in row]
    )


def refuses(reader: Reader, message: str, rows: Rows = FIRST) -> None:
    """It is said what is wrong, and these numbers stand."""
    reader.soon(reader.part("notice").text_content, message)
    holds(reader, rows)


# ---- typing -----------------------------------------------------------------------------------------


def test_a_number_that_is_typed_into_a_cell_is_in_the_picture_and_in_the_link(reader: Reader) -> None:
    holds(reader, FIRST)
    rows = [list(row) for row in FIRST]
    for (i, j), text, number in [
        ((1, 3), "2,5", 2.5), ((2, 1), f"{MINUS}7", -7.0), ((2, 2), " -0.0004 ", 0.0),
        ((1, 1), "1e2", 100.0), ((1, 2), "1.23456", 1.235), ((1, 2), "1.2350001", 1.235),
        ((2, 1), "-7.0", -7.0),
    ]:  # fmt: skip
        type_into(reader, i, j, text)
        rows[i - 1][j - 1] = number
        reader.soon(lambda rows=rows: shown(reader), written(rows))
    holds(reader, rows)
    reader.open(reader.page.url)
    holds(reader, rows)
    reader.page.get_by_role("button", name="reset every control").click()
    holds(reader, FIRST)


def test_a_word_is_refused_with_its_place_and_the_number_before_it_stands(reader: Reader) -> None:
    rows = [[1.0, -2.0, 3.0], FIRST[1]]
    type_into(reader, 1, 2, "-2")
    holds(reader, rows)
    for text in ("abc", "", "1 2", "0x10", "1000", "-999.1", "Infinity", "1,2,3"):
        type_into(reader, 1, 2, text)
        refuses(reader, f"table, row 1, column 2: “{text}” {NO_NUMBER}; {MINUS}2 stands.", rows)
    type_into(reader, 2, 3, "9" * 31)
    refuses(reader, f"table, row 2, column 3: “{'9' * 30}…” {NO_NUMBER}; 6 stands.", rows)
    type_into(reader, 2, 3, "7")
    refuses(reader, "", [rows[0], [4.0, 5.0, 7.0]])
    assert sum(request["commit"] for request in reader.socket.requests) == 2


def test_arrows_go_from_row_to_row_and_tab_to_the_next_cell_and_what_was_typed_is_kept(
    reader: Reader,
) -> None:
    assert reader.page.get_by_role("group", name="table", exact=True).get_by_role("textbox").count() == 6
    cell(reader, 1, 2).focus()
    for key, place, number in [
        ("ArrowDown", (2, 2), "5"), ("ArrowUp", (1, 2), "2"), ("ArrowDown", (2, 2), "5"),
        ("Tab", (2, 3), "6"),
        ("ArrowUp", (1, 3), "3"), ("Tab", (2, 1), "4"), ("Shift+Tab", (1, 3), "3"),
    ]:  # fmt: skip
        reader.page.keyboard.press(key)
        assert reader.page.evaluate(WHERE_IT_IS) == "table, row {}, column {}".format(*place)
        assert reader.page.evaluate(CHOSEN) == number
    for text, key in [("30", "ArrowDown"), ("60", "Shift+Tab"), ("50", "ArrowUp"), ("20", "Tab")]:
        reader.page.keyboard.type(text)
        reader.page.keyboard.press(key)
    assert reader.page.evaluate(WHERE_IT_IS) == "table, row 1, column 3"
    holds(reader, [[1.0, 20.0, 30.0], [4.0, 50.0, 60.0]])
    assert reader.socket.most_in_flight == 1


def test_a_number_in_the_diagram_leads_to_its_cell(reader: Reader) -> None:
    for i, j in ((1, 2), (0, 1)):
        reader.part("diagram").locator(f"[data-cell='table {i} {j}'] text").click()
        assert reader.page.evaluate(WHERE_IT_IS) == f"table, row {i + 1}, column {j + 1}"
        assert reader.page.evaluate(CHOSEN) == f"{FIRST[i][j]:g}"
    reader.part("diagram").locator("#nowhere").click()
    assert reader.page.evaluate(WHERE_IT_IS) is None


# ---- pasting ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("0,5;1,5\n2,5;3,5", [[["0,5", "1,5"], ["2,5", "3,5"]]]),
        ("0,5\t1,5\n2,5\t3,5", [[["0,5", "1,5"], ["2,5", "3,5"]]]),
        ("1,5 2", [[["1", "5", "2"]], [["1,5", "2"]], [["1,5", "2"]]]),
        ("1 2;3 4", [[["1", "2"], ["3", "4"]], [["1", "2"], ["3", "4"]], [["1", "2", "3", "4"]]]),
        ("[[1,2],[3,4]]", [[["1", "2"], ["3", "4"]], [["1,2"], [",", "3,4"]], [["1,2"], [",", "3,4"]]]),
    ],
)
def test_what_a_text_may_mean_depends_on_how_its_numbers_are_parted(
    modules: Page, text: str, readings: list[list[list[str]]]
) -> None:
    read = "async (text) => (await import('/matrix.js')).readings(text)"
    assert modules.evaluate(read, text) == readings


def test_a_whole_matrix_is_pasted_however_its_rows_end(reader: Reader) -> None:
    for at, (text, rows) in enumerate(
        [
            ("1 2 3\n4 5 60", [[1, 2, 3], [4, 5, 60]]),
            (f"1.5\t{MINUS}2\t3\r\n4\t5\t6\r\n", [[1.5, -2, 3], [4, 5, 6]]),
            ("0,5\t-1,25\t3\n4\t5\t6,75\n", [[0.5, -1.25, 3], [4, 5, 6.75]]),
            ("[[1, 2, 3],\n\t[4, 5, 6]]", [[1, 2, 3], [4, 5, 6]]),
            ("0, 1, 2; 3, 4, 5", [[0, 1, 2], [3, 4, 5]]),
            ("[[1, 2, 3.0004],\n [-4, 5, 999]]", [[1, 2, 3], [-4, 5, 999]]),
            ("0,5;1,5;2,5\n3,5;4,5;5,5", [[0.5, 1.5, 2.5], [3.5, 4.5, 5.5]]),
            ("0,5 1,5 2\n3 4 5", [[0.5, 1.5, 2], [3, 4, 5]]),
            ("[[1. 2. 0.]\n [0. 0. 1.]]", [[1, 2, 0], [0, 0, 1]]),
        ]
    ):
        paste(reader, 1 + at % 2, 1 + at % 3, text)
        reader.soon(lambda rows=rows: shown(reader), written(rows))
        holds(reader, rows)
    paste(reader, 1, 1, "1,5")
    assert cell(reader, 1, 1).input_value() == "1,5", "one number is pasted into its cell"
    cell(reader, 1, 1).fill("1")
    paste(reader, 2, 2, "17")
    reader.page.keyboard.press("Enter")
    holds(reader, [[1, 2, 0], [0, 17, 1]])
    assert reader.part("notice").text_content() == ""


def test_a_pasted_matrix_of_another_shape_is_refused_and_it_is_said_where_turning_it_would_fit(
    reader: Reader,
) -> None:
    for text, shape in [
        ("1 2\n3 4\n5 6", "is 3 × 2: turn rows into columns, and it fits"),
        ("1 2 3", "is 1 × 3"),
        ("1;2;3", "is 3 × 1"),
        ("0,5;1,5\n2,5;3,5\n4,5;5,5", "is 3 × 2: turn rows into columns, and it fits"),
        ("1 2 3\n4 5 6\n7 8 9", "is 3 × 3"),
        ("1 2 3\n4 5", "has rows of 3 and 2 numbers"),
        ("two words", "is 1 × 2"),
    ]:
        paste(reader, 1, 1, text)
        refuses(reader, f"{MEANT} {shape}. Nothing has changed.")
    paste(reader, 1, 1, "1 2 3\n4 five 1000")
    refuses(reader, f"table: “five” {NO_NUMBER}. Nothing has changed.")
    assert not [request for request in reader.socket.requests if request["commit"]]
    paste(reader, 1, 1, "1 2 3\n4 5 7")
    refuses(reader, "", [[1, 2, 3], [4, 5, 7]])


def test_a_table_may_lose_a_row_and_get_it_back_while_a_knob_is_held(reader: Reader) -> None:
    """A menu outside of the stage changes what is asked for while the values are the reader's."""
    reader.hold("slope")
    reader.move("slope", 1.5)
    for rows in (1, 2):
        option = reader.page.get_by_role("radio", name=str(rows), exact=True)
        option.evaluate("(option) => option.click()")
        reader.soon(lambda rows=rows: shown(reader), written(FIRST[:rows]))
    reader.release()
    type_into(reader, 2, 1, "8")
    reader.soon(lambda: reader.link().get("table"), "1_2_3__8_5_6")
    reader.soon(reader.part("diagram").locator("g").nth(3).text_content, "8")


# ---- nudges -----------------------------------------------------------------------------------------


def middle(reader: Reader, part: str, share: float = 0.5) -> tuple[float, float]:
    """A point of a part of the stage: its middle, or so far from its left to its right."""
    box = reader.part(part).bounding_box()
    assert box
    return box["x"] + share * box["width"], box["y"] + box["height"] / 2


def near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) < 1.0


def shows_nudge(reader: Reader, value: float) -> None:
    """Words, arrow and ghost are those of the value: the arrow starts at the thumb."""
    nudge, knob = desk.nudge(value), reader.knob("slope")
    reader.soon(reader.part("nudge-says").text_content, nudge.says)
    assert knob.get_attribute("aria-description") == nudge.says
    for part, there in (("nudge", nudge.push), ("ghost", nudge.ghost is not None)):
        assert reader.part(part).is_visible() == bool(there)
        assert reader.part(part).get_attribute("aria-hidden") == "true"
    if nudge.push:
        start, end = (0.0, 1.0) if nudge.push > 0 else (1.0, 0.0)
        assert near(middle(reader, "nudge", start), reader.spot("slope", value))
        box = knob.bounding_box()
        assert box
        length = middle(reader, "nudge", end)[0] - middle(reader, "nudge", start)[0]
        assert abs(length - 0.3 * nudge.push * box["width"]) < 1.0
    if nudge.ghost is not None:
        assert near(middle(reader, "ghost"), reader.spot("slope", nudge.ghost))


def test_arrow_words_and_ghost_follow_a_drag_along_the_sweep_and_nothing_is_asked_for(reader: Reader) -> None:
    assert reader.part("nudge").count() == 1, "only a knob that is nudged has an arrow"
    shows_nudge(reader, 1.0)
    type_into(reader, 1, 1, "7")
    reader.link_is(bench="table", table="7_2_3__4_5_6")
    heard = len(reader.socket.messages)
    reader.hold("slope")
    reader.until(lambda: any(message["sweep"] for message in reader.socket.messages[heard:]))
    asked = len(reader.socket.requests)
    for value in (2.0, 0.5, 0.0, -0.4, -2.0):
        shows_nudge(reader, reader.move("slope", value))
    assert len(reader.socket.requests) == asked
    reader.release()
    reader.rests()
    shows_nudge(reader, reader.value("slope"))


# ---- a grip that is dropped, and points -------------------------------------------------------------


def place(reader: Reader) -> tuple[float, float]:
    return reader.value("across"), reader.value("up")


def test_a_click_anywhere_in_the_plot_drops_the_grip_there_and_dragging_goes_on_from_it(
    reader: Reader,
) -> None:
    trace = reader.trace(1, "place")
    reader.page.mouse.click(*reader.at(1, 0.2, 1.5))
    reader.link_is(bench="table", across="0.2", up="1.5")
    reader.soon(lambda: place(reader), (0.2, 1.5))
    assert near(middle(reader, "grip"), reader.at(1, 0.2, 1.5))
    reader.page.mouse.move(*reader.at(1, 0.9, -2.0))
    reader.page.mouse.down()
    reader.soon(lambda: place(reader), (0.9, -2.0))
    reader.page.mouse.move(*reader.at(1, 0.4, -1.0), steps=4)
    reader.sees(1, trace, [0.4], "x")
    reader.sees(1, trace, [-1.0])
    assert near(middle(reader, "grip"), reader.at(1, 0.4, -1.0))
    assert reader.link() == {"bench": "table", "across": "0.2", "up": "1.5"}, "not let go yet"
    reader.release()
    reader.link_is(bench="table", across="0.4", up="-1")
    reader.page.mouse.move(*middle(reader, "grip"))
    reader.page.mouse.down()
    reader.page.mouse.move(*reader.at(1, 3.0, 9.0), steps=4)
    reader.release()
    reader.link_is(bench="table", across="1", up="3")
    assert reader.socket.most_in_flight == 1


def test_a_click_into_another_plot_drops_no_grip_and_points_are_set_and_moved_beside_it(
    reader: Reader,
) -> None:
    reader.page.mouse.click(*reader.at(0, 0.2, 0.5))
    reader.page.mouse.click(*reader.at(2, 0.3, 0.7))
    reader.link_is(bench="table", own="0.3_0.7_0")
    reader.sees(2, 0, [0.3], "x")
    assert near(middle(reader, "point"), reader.at(2, 0.3, 0.7))
    reader.page.mouse.move(*middle(reader, "point"))
    reader.page.mouse.down()
    reader.page.mouse.move(*reader.at(2, 0.8, 1.2), steps=4)
    reader.release()
    reader.link_is(bench="table", own="0.8_1.2_0")
    reader.page.mouse.click(*reader.at(1, 0.2, 1.5))
    reader.link_is(bench="table", own="0.8_1.2_0", across="0.2", up="1.5")
    assert reader.part("point").count() == 1


# ---- where things stand -----------------------------------------------------------------------------


# At the letters of so high a window there is room for two side by side beside the menu and the knobs.
WIDE = {"width": 1600, "height": 900}


def boxes(reader: Reader, *parts: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of all these parts."""
    found = [each.bounding_box() for part in parts for each in reader.part(part).all()]
    return [(box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]) for box in found if box]


def test_the_leading_plot_has_a_row_of_its_own_and_all_else_stands_side_by_side_on_a_desk(
    reader: Reader,
) -> None:
    reader.page.set_viewport_size(WIDE)
    reader.until(lambda: boxes(reader, "diagram")[0][2] <= boxes(reader, "formula")[0][0])
    lead, left, right = boxes(reader, "plot")
    assert (lead[0], lead[2]) == (left[0], right[2])
    assert lead[3] <= left[1]
    diagram, formula = boxes(reader, "diagram", "formula")
    for one, other in ((left, right), (diagram, formula)):
        assert one[2] <= other[0]
        assert abs((one[2] - one[0]) - (other[2] - other[0])) < 1.0
        assert max(one[1], other[1]) < min(one[3], other[3])
    assert formula[3] <= lead[1]
    reader.page.set_viewport_size({"width": 390, "height": 844})
    reader.until(lambda: len({box[0] for box in boxes(reader, "plot", "diagram", "formula")}) == 1)
    stacked = boxes(reader, "diagram", "formula", "plot")
    assert all(above[3] <= below[1] for above, below in pairwise(stacked))
    assert max(box[2] for box in stacked) <= 390
    reader.page.set_viewport_size(WIDE)
    reader.until(lambda: boxes(reader, "plot") == [lead, left, right])
    reader.page.set_viewport_size(DESK["viewport"])
