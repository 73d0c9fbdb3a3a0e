"""A reader's labelled points become a dataset, or are refused with a reason."""

import re
import tracemalloc
import warnings
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.plane.datasets import REACH, Dataset
from nn_core.plane.labelled import (
    LINE_ENDS,
    MOST,
    MOST_BYTES,
    MOST_ROWS,
    Labelled,
    TableError,
    parse_labelled,
)
from tests.calls import calls_of

SEEDS = st.integers(0, 2**32 - 1)
INSIDE = st.floats(-1.0, 1.0)
ANYWHERE = st.floats(-1e100, 1e100)
ROW = tuple[float, float, int]


def rows_of(coordinate: st.SearchStrategy[float], most: int) -> st.SearchStrategy[list[ROW]]:
    """Rows of x, y and class; the first two are of different classes and in different places."""
    rows = st.lists(st.tuples(coordinate, coordinate, st.integers(0, 1)), min_size=2, max_size=most)
    return rows.map(lambda rows: [(*rows[0][:2], 0), (*rows[1][:2], 1), *rows[2:]]).filter(
        lambda rows: rows[0][:2] != rows[1][:2]
    )


def written(rows: list[ROW], separator: str = ",") -> str:
    return "\n".join(f"{x!r}{separator}{y!r}{separator}{label}" for x, y, label in rows)


def listed(dataset: Dataset) -> list[ROW]:
    both = zip(dataset.points.tolist(), dataset.labels.tolist(), strict=True)
    return [(x, y, label) for (x, y), label in both]


# ---- tables ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "0,0.5,a\n-1,1,b\n0.25,0,a\n",
        "0, .5, a\r\n-1, 1, b\r\n25e-2, 0, a",
        "0;0,5;a\n-1;1;b\n0,25;0;a\n",
        "0\t0,5\ta\n−1\t1\tb\n0,25\t0\ta",
        "0 0.5 a\n  -1   1 b \n0.25 0 a\n",
        '"0","0.5","a"\n"-1","1","b"\n"0.25","0","a"\n',
        "0,0.5,\"a\"\n-1,1,'b'\n0.25,0,a",
        "# from the lab\n\n0,0.5,a\n   \n# a pause\n-1,1,b\n0.25,0,a",
        "0,0.5,a,\n-1,1,b,,\n0.25,0,a,\n",
        "\ufeff0,0.5,a\n-1,1,b\n0.25,0,a",
    ],
)
def test_a_table_may_be_written_in_many_ways(text: str) -> None:
    labelled = parse_labelled(text)
    assert listed(labelled.dataset) == [(0.0, 0.5, 0), (-1.0, 1.0, 1), (0.25, 0.0, 0)]
    assert labelled.names == ("a", "b")
    assert labelled.remarks == ()


def test_rows_without_two_numbers_are_left_out_as_in_a_table_of_two_columns() -> None:
    labelled = parse_labelled("0,0.5,a\n-1,1,b\nNA,4,b\n1,,a\nnan,-inf,c\n0.25,0,a")
    assert listed(labelled.dataset) == [(0.0, 0.5, 0), (-1.0, 1.0, 1), (0.25, 0.0, 0)]
    assert labelled.remarks == ("3 rows without two finite numbers were left out",)


def test_a_class_in_quotes_may_hold_the_separator() -> None:
    labelled = parse_labelled('0,0.5,"a, b"\n-1,"1","c ""d"""')
    assert labelled.names == ("a, b", 'c "d')


@given(rows_of(INSIDE, MOST), st.sampled_from([",", ";", "\t", " ", "  ", " ; "]))
def test_a_small_table_within_the_square_is_read_exactly(rows: list[ROW], separator: str) -> None:
    assert listed(parse_labelled(written(rows, separator)).dataset) == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_bytes_are_decoded(encoding: str) -> None:
    labelled = parse_labelled("Größe;Höhe;Art\n0;1;süß\n1;0;herb\n".encode(encoding))
    assert listed(labelled.dataset) == [(0.0, 1.0, 1), (1.0, 0.0, 0)]
    assert labelled.names == ("herb", "süß")


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        ("x,y,class\n0,1,0\n1,0,1", ("line 1 was taken as a heading",)),
        ("# note\n\nx;y;1\n0;1;0\n1;0;1", ("line 3 was taken as a heading",)),
        ("Flowers\n0,1,0\n1,0,1", ("line 1 was taken as a heading",)),
        ("0,1,red\n1,0,blue", ()),
    ],
)
def test_a_heading_has_no_numbers_in_its_first_two_cells(text: str, remarks: tuple[str, ...]) -> None:
    labelled = parse_labelled(text)
    assert labelled.dataset.points.tolist() == [[0.0, 1.0], [1.0, 0.0]]
    assert labelled.remarks == remarks


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ("1", "0", ("0", "1")),
        ("1", "-1", ("-1", "1")),
        ("10", "9", ("9", "10")),
        ("1e1", "9.5", ("9.5", "1e1")),
        ("+1", "−1", ("−1", "+1")),
        ("red", "blue", ("blue", "red")),
        ("b", "B", ("B", "b")),
        ("none", "3", ("3", "none")),
        ("nan", "inf", ("inf", "nan")),
        ("yes", "nan", ("nan", "yes")),
        ("light red", "dark blue", ("dark blue", "light red")),
    ],
)
def test_the_smaller_number_or_the_first_word_is_class_0(
    first: str, second: str, names: tuple[str, str]
) -> None:
    labelled = parse_labelled(f"0,1,{first}\n1,0,{second}\n1,1,{first}")
    assert labelled.names == names
    assert labelled.dataset.labels.tolist() == [1, 0, 1]


def test_numbers_of_equal_value_are_one_class_named_as_first_written() -> None:
    labelled = parse_labelled("0,1,1.0\n1,0,0\n1,1,1\n0,0,-0")
    assert labelled.names == ("0", "1.0")
    assert labelled.dataset.labels.tolist() == [1, 0, 1, 0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "three columns, x₁, x₂ and class, got no line with any"),
        ("\n  \n# nothing\n", "got no line with any"),
        ("x,y,class\n", "at least two points, got 0"),
        ("1,2,red", "at least two points, got 1"),
        ("1,2,a\n3,4,b\n# note\n5,abc,a", "line 4: 'abc' is not a number"),
        ("x,y,class\nfoo,2,a", "line 2: 'foo' is not a number"),
        ("x,y,class\nx,y,class\n1,2,a\n3,4,b", "line 2: 'x' is not a number"),
        ("1,2,a\n3," + "q" * 99 + ",b", f"line 2: '{'q' * 20}…' is not a number"),
        ("1,2\n3,4", "line 1: there must be three columns, x₁, x₂ and class, got 2"),
        ("1,2,a\n3,4", "line 2: there must be three columns, x₁, x₂ and class, got 2"),
        ("1,2,a\n3,4,", "line 2: there must be three columns, x₁, x₂ and class, got 2"),
        ("1 2 a\n3 4 b c", "line 2: there must be three columns, x₁, x₂ and class, got 4"),
        ("1,2,a\n1e101,4,b", "line 2: x and y must be at most 1e+100 in size, got '1e101'"),
        ("\n".join(["1,2,red"] * 12), "all 12 points are of class red: two classes are needed"),
        ("1,2,1\n3,4,1.0", "all 2 points are of class 1: two classes are needed"),
        ("1,2," + "q" * 99 + "\n1,2," + "q" * 99, f"of class {'q' * 20}…: two classes are needed"),
        ("1,2,c\n1,2,b\n3,4,10\n1,2,c", "there must be two classes, got 3: 10, b, c"),
        ("\n".join(f"1,2,{i}" for i in range(5)), "there must be two classes, got 5: 0, 1, 2, 3, 4"),
        ("\n".join(f"1,2,{i}" for i in range(11, 0, -1)), "got 11: 1, 2, 3, 4, 5 and 6 more"),
        (b"PK\x03\x04\x00\x00\x08", "must be text, such as a CSV file in UTF-8, got something else"),
        (b"\xff\xfe1", "must be text, such as a CSV file in UTF-8, got something else"),
    ],
)
def test_what_is_no_table_of_two_classes_is_refused_and_said_where(text: str | bytes, message: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(TableError, match=re.escape(message) + "$"):
            parse_labelled(text)


def assert_a_dataset_for_the_plane(labelled: Labelled) -> None:
    dataset = labelled.dataset
    assert 2 <= dataset.n <= MOST
    assert min(dataset.counts) >= 1
    assert np.abs(dataset.points).max() <= 1.0
    assert labelled.names[0] != labelled.names[1]


@given(
    st.one_of(st.text(max_size=60), st.text('0123456789.,;- \t\n"#exab', max_size=60), st.binary(max_size=60))
)
def test_any_other_text_is_read_or_refused(text: str | bytes) -> None:
    try:
        labelled = parse_labelled(text)
    except TableError:
        return
    assert_a_dataset_for_the_plane(labelled)


@given(rows_of(ANYWHERE, 100))
def test_any_finite_points_of_two_classes_become_a_dataset_for_the_plane(rows: list[ROW]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_a_dataset_for_the_plane(parse_labelled(written(rows)))


# ---- places ----------------------------------------------------------------------------------------


@given(rows_of(st.floats(-1e6, 1e6), MOST))
def test_points_beyond_the_square_are_scaled_to_fill_it_in_order(rows: list[ROW]) -> None:
    labelled = parse_labelled(written(rows))
    before, after = np.array(rows)[:, :2], labelled.dataset.points
    if np.abs(before).max() <= 1.0:
        assert after.tolist() == before.tolist()
        return
    for axis in (0, 1):
        low, span = before[:, axis].min(), np.ptp(before[:, axis])
        if span == 0.0:
            assert not after[:, axis].any()
            continue
        assert (after[:, axis].min(), after[:, axis].max()) == (-REACH, REACH)
        assert after[:, axis] == pytest.approx((before[:, axis] - low) / span * 1.8 - 0.9, abs=1e-12)


def test_scaling_names_the_ranges_that_the_points_had() -> None:
    labelled = parse_labelled("140,0.5,a\n195,0.5,b\n167.5,1,a")
    assert labelled.dataset.points == pytest.approx(np.array([[-0.9, -0.9], [0.9, -0.9], [0.0, 0.9]]))
    assert labelled.remarks == (
        "the points, x from 140 to 195 and y from 0.5 to 1, "
        "are scaled and shifted to fill -0.9 to 0.9 on each axis",
    )


def test_an_axis_on_which_all_points_agree_is_put_at_0() -> None:
    labelled = parse_labelled("3,5,a\n4,5,b\n5,5,a")
    assert labelled.dataset.points.tolist() == [[-0.9, 0.0], [0.0, 0.0], [0.9, 0.0]]


@pytest.mark.parametrize(("x", "y"), [(3.0, 4.0), (0.5, -0.25), (1e100, -1e100), (0.0, 0.0)])
def test_points_all_in_one_place_are_put_at_the_origin(x: float, y: float) -> None:
    labelled = parse_labelled(written([(x, y, 0), (x, y, 1), (x, y, 1)]))
    assert labelled.dataset.points.tolist() == [[0.0, 0.0]] * 3
    assert labelled.remarks == (
        "3 points share their place with a point of the other class",
        f"all points are in one place, x = {x:g}, y = {y:g}: they are put at the origin",
    )


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 1)), min_size=2, max_size=60))
def test_points_that_share_a_place_with_the_other_class_are_counted(grid: list[tuple[int, int, int]]) -> None:
    rows: list[ROW] = [(x / 2.0, y / 2.0, label) for x, y, label in [*grid, (0, 0, 0), (1, 1, 1)]]
    meeting = sum((x, y, 1 - label) in rows for x, y, label in rows)
    said = (f"{meeting} points share their place with a point of the other class",) if meeting else ()
    remarks = parse_labelled(written(rows)).remarks
    assert tuple(remark for remark in remarks if "share their place" in remark) == said


# ---- fewer points ----------------------------------------------------------------------------------


def numbered(labels: list[int]) -> list[ROW]:
    """Rows within the square whose x tells their index."""
    return [(index / len(labels), 0.0, label) for index, label in enumerate(labels)]


@given(zeros=st.integers(1, 300), ones=st.integers(1, 300), seed=SEEDS)
def test_of_many_points_a_share_of_each_class_is_kept_evenly_and_in_order(
    zeros: int, ones: int, seed: int
) -> None:
    n = zeros + ones
    rows = numbered(np.random.default_rng(seed).permutation(np.repeat([0, 1], (zeros, ones))).tolist())
    dataset = parse_labelled(written(rows)).dataset
    kept = listed(dataset)
    assert len(kept) == min(n, MOST)
    assert kept == [row for row in rows if row in set(kept)]
    for label, size in enumerate((zeros, ones)):
        ranks = [[row for row in rows if row[2] == label].index(row) for row in kept if row[2] == label]
        assert ranks[0] == 0
        assert abs(len(ranks) - min(n, MOST) * size / n) <= 0.5 + 1e-9 or 1 in dataset.counts
        steps = np.diff([*ranks, size])
        assert steps.max() - steps.min() <= 1


def test_few_points_are_kept_without_a_remark_and_many_with_one() -> None:
    assert parse_labelled(written(numbered([0, 1] * (MOST // 2)))).remarks == ()
    assert parse_labelled(written(numbered([0, 1] * 5000))).remarks == ("60 of 10,000 points are kept",)


@pytest.mark.parametrize("rare", [0, 1])
def test_a_rare_class_keeps_a_point(rare: int) -> None:
    labels = [1 - rare] * 10_000
    labels[7000] = rare
    dataset = parse_labelled(written(numbered(labels))).dataset
    assert dataset.counts[rare] == 1
    assert dataset.points[dataset.labels == rare].tolist() == [[7000 / 10_000, 0.0]]


def test_the_points_that_are_kept_fill_the_square() -> None:
    rows: list[ROW] = [(float(i), float(i % 7), i % 2) for i in range(1000)]
    points = parse_labelled(written(rows)).dataset.points
    assert (points.min(axis=0).tolist(), points.max(axis=0).tolist()) == ([-REACH] * 2, [REACH] * 2)


def table_of(n_rows: int) -> bytes:
    points = np.random.default_rng(0).uniform(-5.0, 5.0, (n_rows, 2)).tolist()
    return "\n".join(f"{x},{y},{'in' if x * x + y * y < 9.0 else 'out'}" for x, y in points).encode()


def test_a_hundred_thousand_rows_are_read_and_thinned() -> None:
    labelled = parse_labelled(table_of(100_000))
    assert labelled.remarks[0] == "60 of 100,000 points are kept"
    assert labelled.names == ("in", "out")


def test_a_row_more_costs_a_few_calls() -> None:
    few, many = (calls_of(partial(parse_labelled, table_of(n_rows))) for n_rows in (10_000, 30_000))
    assert (many - few) / 20_000 < 25


@pytest.mark.parametrize("character", ["1", b"1"])
def test_too_large_a_table_is_refused_before_it_is_read(character: str | bytes) -> None:
    text = character * (MOST_BYTES + 100_000)

    def refused() -> None:
        with pytest.raises(TableError, match=re.escape("at most 50 MB, got 50.1 MB")):
            parse_labelled(text)

    assert calls_of(refused) < 1000
    tracemalloc.start()
    refused()
    _, most_memory = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most_memory < 100_000


@pytest.mark.parametrize("end", [*LINE_ENDS, "\r\n", "\n\v"])
def test_too_many_lines_are_refused_before_they_are_cut(end: str) -> None:
    text = end * (MOST_ROWS + 1)
    tracemalloc.start()
    with pytest.raises(TableError, match="at most 2,000,000 lines, got 2,000,001"):
        parse_labelled(text)
    _, most_memory = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most_memory < MOST_ROWS


def test_lines_are_counted_whatever_ends_them() -> None:
    with pytest.raises(TableError, match="at most 2,000,000 lines, got 2,000,002"):
        parse_labelled("\n" * (MOST_ROWS // 2 + 1) + "\v" * (MOST_ROWS // 2 + 1))
