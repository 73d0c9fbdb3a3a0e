"""A reader's table becomes the curve it shows, or is refused with a reason."""

import math
import re
import warnings
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.targets.samples import (
    MOST_BYTES,
    MOST_LINK_CHARACTERS,
    MOST_POINTS,
    ROUNDED,
    Samples,
    TableError,
    parse_samples,
    read_samples,
    resample,
    write_samples,
)
from tests.calls import calls_of

NUMBERS = st.floats(-1e6, 1e6)
POINTS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=MOST_POINTS, unique_by=lambda p: p[0])


def samples_of(points: list[tuple[float, float]]) -> Samples:
    x, y = np.array(sorted(points)).T
    return Samples(x, y)


def far_apart(points: list[tuple[float, float]]) -> bool:
    x, y = np.array(points).T
    return apart(x) and (np.ptp(y) == 0.0 or apart(y))


def apart(numbers: FloatArray) -> bool:
    return bool(np.ptp(numbers) >= max(1e-8 * np.abs(numbers).max(), 1e-90))


CURVES = POINTS.filter(far_apart).map(samples_of)


def listed(samples: Samples) -> list[tuple[float, float]]:
    return list(zip(samples.x.tolist(), samples.y.tolist(), strict=True))


# ---- tables ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "0,1.5\n0.5,-2\n1e1,3\n",
        "0, 1.5\r\n0.5, -2\r\n10, 3",
        "0;1,5\n0,5;-2\n10;3\n",
        "0\t1,5\n0,5\t−2\n10\t3",
        "0 1.5\n  0.5   -2 \n10 3\n",
        '"0","1.5"\n"0.5","-2"\n"10","3"\n',
        "'0';'1,5'\n'0,5';'-2'\n'10';'3'\n",
        '"0","1,5"\n"0,5","-2"\n"10","3"\n',
        "0 1,5\n0,5 –2\n1,0D+01 3",
        "sep=;\n0;1,5\n0,5;-2\n10;3",
        '"sep=\t"\r\n0\t1.5\r\n0.5\t-2\r\n10\t3',
        "# from the lab\n\n0,1.5\n   \n# a pause\n0.5,-2\n10,3",
        "0,1.5,\n0.5,-2,,\n10,3,\n",
        "\ufeff0,1.5\n0.5,-2\n10,3",
    ],
)
def test_a_table_may_be_written_in_many_ways(text: str) -> None:
    samples = parse_samples(text)
    assert listed(samples) == [(0.0, 1.5), (0.5, -2.0), (10.0, 3.0)]
    assert samples.remarks == ()


@pytest.mark.parametrize(
    ("text", "y", "remark"),
    [
        ("0;987\n1;1,234", 1.234, "1,234 was read as 1.234, with a decimal comma"),
        ('0,987\n1,"1,234"', 1.234, "1,234 was read as 1.234, with a decimal comma"),
        ("0\t12,345\n1\t12,345", 12.345, "12,345 was read as 12.345, with a decimal comma"),
        ("0;0.5\n1;1,234", 1234.0, "commas were taken to stand between thousands, as in 1,234"),
        ("0;5\n1;1,234.5", 1234.5, "commas were taken to stand between thousands, as in 1,234.5"),
        ("0;5\n1;1,234,567", 1234567.0, "commas were taken to stand between thousands, as in 1,234,567"),
        ("0;0,5\n1;1,234", 1.234, None),
        ("0;0,5\n1;1.234,5", 1234.5, None),
        ("0;5\n1;0,234", 0.234, None),
        ("0;5\n1;1,23", 1.23, None),
    ],
)
def test_what_a_comma_means_is_said_by_the_table_or_remarked(text: str, y: float, remark: str | None) -> None:
    samples = parse_samples(text)
    assert samples.y[1] == y
    assert samples.remarks == (() if remark is None else (remark,))


@given(CURVES, st.sampled_from([",", ";", "\t", " ", "  ", " ; "]))
def test_a_written_table_is_read_exactly(samples: Samples, separator: str) -> None:
    text = "\n".join(f"{x!r}{separator}{y!r}" for x, y in listed(samples))
    assert listed(parse_samples(text)) == listed(samples)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_bytes_are_decoded(encoding: str) -> None:
    samples = parse_samples("Größe;Höhe\n1;2\n3;4\n".encode(encoding))
    assert listed(samples) == [(1.0, 2.0), (3.0, 4.0)]
    assert parse_samples("1;2\n3;4".encode(encoding)).remarks == ()


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        ("x,y\n1,2\n3,4", ("line 1 was taken as a heading",)),
        ("# note\n\ntime (s);value\n1;2\n3;4", ("line 3 was taken as a heading",)),
        ("sep=;\nx;y\n1;2\n3;4", ("line 2 was taken as a heading",)),
        (",y\n1,2\n3,4", ("line 1 was taken as a heading",)),
        ("Temperature of the sea\n1,2\n3,4", ("line 1 was taken as a heading",)),
        ("3,4\n1,2", ("the rows were sorted by x",)),
        ("1,2\n3,3\n3,5", ("1 row had the same x as another: their y were averaged",)),
        ("1,2\n1,2\n1,2\n3,4", ("2 rows had the same x as another: their y were averaged",)),
        ("1,2\n2,NA\n3,4", ("1 row without two finite numbers was left out",)),
        ("1,2\n2,nan\n3,4", ("1 row without two finite numbers was left out",)),
        ("1,2\n2,\n,5\ninf,5\n1e999,5\n3,4", ("4 rows without two finite numbers were left out",)),
        (
            "x,y\n3,4\n1,2\n1,2\n2,-inf",
            (
                "line 1 was taken as a heading",
                "1 row without two finite numbers was left out",
                "the rows were sorted by x",
                "1 row had the same x as another: their y were averaged",
            ),
        ),
    ],
)
def test_every_change_is_remarked_upon(text: str, remarks: tuple[str, ...]) -> None:
    samples = parse_samples(text)
    assert listed(samples) == [(1.0, 2.0), (3.0, 4.0)]
    assert samples.remarks == remarks


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "two columns, x and y, got no line with any"),
        ("\n  \n# nothing\n", "got no line with any"),
        ("x,y\n", "at least two points with different x, got 0"),
        ("1,2", "at least two points with different x, got 1"),
        ("1,2\n1,3\n1,4", "at least two points with different x, got 1"),
        ("1,nan\n2,inf", "at least two points with different x, got 0"),
        ("1,2\n3,4\n# note\n5,abc", "line 4: 'abc' is not a number"),
        ("x,y\nfoo,2", "line 2: 'foo' is not a number"),
        ("x,y\nx,y\n1,2\n3,4", "line 2: 'x' is not a number"),
        ("1;2.5.1\n2;3", "line 1: '2.5.1' is not a number"),
        ("0;0.5\n1;1,23", "line 1: '0.5' has a decimal point, or commas between thousands, and line 2"),
        ("0;1,234,567\n1;0,5", "line 1: '1,234,567' has a decimal point, or commas between thousands"),
        ("0,1\n1,0x10", "line 2: '0x10' is not a number"),
        ("0,1\n1,1_0", "line 2: '1_0' is not a number"),
        ("1,2\n3," + "q" * 99, f"line 2: '{'q' * 20}…' is not a number"),
        ("1\n2\n3", "line 1: there must be two columns, x and y, got 1"),
        ("1,2\n3", "line 2: there must be two columns, x and y, got 1"),
        ("1,2,3\n4,5,6", "line 1: there must be two columns, x and y, got 3"),
        ("1 2\n3 4 5", "line 2: there must be two columns, x and y, got 3"),
        ("1,2\n2,1e101", "every y must be at most 1e+100 in size, got 1e+101"),
        ("1e308,2\n-1e308,3", "every x must be at most 1e+100 in size, got -1e+308"),
        ("1,1e308\n1,1e308\n1,1e308\n2,0", "every y must be at most 1e+100 in size, got 1e+308"),
        ("1,2\n1.0000000000001,3", "the x must differ by more than rounding, got 1 to 1.000"),
        ("0,2\n5e-324,3", "the x must differ by more than rounding"),
        ("0,1\n1,1.0000000000001", "the y must be the same or differ by more than rounding, got 1 to 1.000"),
        ("0,0\n1,5e-324", "the y must be the same or differ by more than rounding"),
        (b"PK\x03\x04\x00\x00\x08", "must be text, such as a CSV file in UTF-8"),
        (b"\xff\xfe1", "must be text, such as a CSV file in UTF-8"),
    ],
)
def test_what_is_no_curve_is_refused_with_its_line(text: str | bytes, message: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(TableError, match=re.escape(message)):
            parse_samples(text)


@given(
    st.one_of(st.text(max_size=60), st.text('0123456789.,;- \t\n"#ex', max_size=60), st.binary(max_size=60))
)
def test_any_other_text_is_read_or_refused(text: str | bytes) -> None:
    try:
        samples = parse_samples(text)
    except TableError:
        return
    assert (np.diff(samples.x) > 0.0).all()
    assert np.isfinite(samples.y).all()


@pytest.mark.parametrize("text", ["1" * (MOST_BYTES + 100_000), b"1" * (MOST_BYTES + 100_000)])
def test_too_large_a_table_is_refused_with_its_size(text: str | bytes) -> None:
    with pytest.raises(TableError, match=re.escape("at most 5 MB, got 5.1 MB")):
        parse_samples(text)


def table_of(n_rows: int) -> bytes:
    return "\n".join(f"{i % 97},{i % 7}" for i in range(n_rows)).encode()


def test_a_row_more_costs_a_few_calls() -> None:
    few, many = (calls_of(partial(parse_samples, table_of(n_rows))) for n_rows in (10_000, 30_000))
    assert (many - few) / 20_000 < 8


def test_a_million_rows_are_read_and_thinned() -> None:
    samples = resample(parse_samples(table_of(1_000_000)))
    assert samples.x.size == MOST_POINTS
    assert samples.remarks[-1] == "97 points were reduced to 64"


def test_samples_are_a_value() -> None:
    x, y = np.array([0.0, 1.0]), np.array([2.0, 3.0])
    samples = Samples(x, y)
    x[0] = y[0] = 7.0
    assert listed(samples) == [(0.0, 2.0), (1.0, 3.0)]
    for numbers in (samples.x, samples.y):
        with pytest.raises(ValueError, match="read-only"):
            numbers[0] = 7.0


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([0.0, 1.0], [0.0], "got shapes (2,) and (1,)"),
        ([[0.0, 1.0]], [[0.0, 1.0]], "got shapes (1, 2) and (1, 2)"),
        ([0.0, 1.0, 1.0], [0.0, 1.0, 2.0], "every x must be larger than the one before it"),
        ([0.0, math.nan], [0.0, 1.0], "every x must be at most 1e+100 in size, got nan"),
        ([0.0, 1.0], [0.0, math.inf], "every y must be at most 1e+100 in size, got inf"),
    ],
)
def test_samples_refuse_what_is_no_curve(x: list[float], y: list[float], message: str) -> None:
    with pytest.raises(TableError, match=re.escape(message)):
        Samples(np.array(x), np.array(y))


# ---- fewer points ----------------------------------------------------------------------------------


def test_few_points_stay_as_they_are() -> None:
    samples = Samples(np.arange(64.0), np.zeros(64))
    assert resample(samples) is samples
    assert resample(samples, 63) is not samples


@given(
    places=st.lists(st.floats(-100.0, 100.0), min_size=3, max_size=60, unique=True),
    most=st.integers(2, 40),
    seed=st.integers(0, 1000),
)
def test_fewer_points_are_even_from_end_to_end_and_within_the_values(
    places: list[float], most: int, seed: int
) -> None:
    x, y = np.sort(places), np.random.default_rng(seed).uniform(-1.0, 1.0, len(places))
    if (x[-1] - x[0]) < 1e-6:
        return
    fewer = resample(Samples(x, y, ("before",)), most)
    assert fewer.x.size == min(most, len(places))
    assert (fewer.x[0], fewer.x[-1]) == (x[0], x[-1])
    assert y.min() - 1e-12 <= fewer.y.min()
    assert fewer.y.max() <= y.max() + 1e-12
    if len(places) > most:
        assert np.diff(fewer.x) == pytest.approx((x[-1] - x[0]) / (most - 1))
        assert fewer.remarks == ("before", f"{len(places)} points were reduced to {most}")


def test_fewer_points_are_the_means_of_those_around_them_and_straight_across_a_hole() -> None:
    x = np.array([0.0, 0.4, 0.6, 1.0, 1.4, 4.0])
    fewer = resample(Samples(x, np.array([1.0, 3.0, 1.0, 2.0, 6.0, 9.0])), 5)
    assert fewer.x.tolist() == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert fewer.y.tolist() == [2.0, 3.0, 5.0, 7.0, 9.0]


def test_a_fine_curve_keeps_its_shape_and_its_mean() -> None:
    x = np.linspace(0.0, 1.0, 10_001)
    fewer = resample(Samples(x, np.sin(2.0 * np.pi * x)))
    # The outermost bins are half as wide, and so their means lie a quarter of a bin inside.
    assert fewer.y == pytest.approx(np.sin(2.0 * np.pi * fewer.x), abs=0.03)
    assert fewer.y.mean() == pytest.approx(0.0, abs=1e-4)


def test_one_point_is_too_few_to_reduce_to() -> None:
    with pytest.raises(ValueError, match="at least 2 points to resample to, got most=1"):
        resample(Samples(np.arange(3.0), np.zeros(3)), 1)


# ---- links -----------------------------------------------------------------------------------------


def test_a_link_is_short() -> None:
    assert write_samples(Samples(np.array([0.0, 0.1]), np.array([0.12, 0.5]))) == "0_0.12__0.1_0.5"
    assert write_samples(Samples(np.array([-1e5, -0.1]), np.array([-0.0, -1e-9]))) == "-100000_0__0_-1e-09"
    x = np.linspace(-1.0, 2.0, MOST_POINTS)
    assert len(write_samples(Samples(x, np.exp(x)))) < 1000


@settings(max_examples=50)
@given(CURVES)
def test_a_link_gives_its_points_back_up_to_rounding(samples: Samples) -> None:
    text = write_samples(samples)
    assert re.fullmatch(r"[-0-9.e_]+", text)
    again = read_samples(text)
    assert again.remarks == ()
    for before, after in ((samples.x, again.x), (samples.y, again.y)):
        step = max(ROUNDED * np.ptp(before), 1e-13 * np.abs(before).max(), 1e-104)
        assert np.abs(before - after).max() <= 0.5 * step * (1.0 + 1e-9)


@given(CURVES)
def test_a_link_that_was_read_is_written_alike(samples: Samples) -> None:
    once = read_samples(write_samples(samples))
    twice = read_samples(write_samples(once))
    assert once.x.size == twice.x.size
    assert write_samples(read_samples(write_samples(twice))) == write_samples(twice)


@pytest.mark.parametrize("size", [1e-80, 1e-5, 1.0, 1e5, 1e16, 1e90])
@pytest.mark.parametrize("shift", [0.0, 1e8])
def test_points_of_any_size_fit_into_a_link(size: float, shift: float) -> None:
    gaps = np.random.default_rng(0).uniform(1e-7, 1.0, MOST_POINTS)
    x = size * (shift + np.cumsum(gaps))
    text = write_samples(Samples(x, x[::-1]))
    assert len(text) <= MOST_LINK_CHARACTERS
    assert read_samples(text).x == pytest.approx(x, abs=ROUNDED * (x[-1] - x[0]))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "each point in a link must be two numbers x_y, got ''"),
        ("0:1~", "each point in a link must be two numbers x_y, got ''"),
        ("0:1~2", "must be two numbers x_y, got '2'"),
        ("0:1~2:3:4", "must be two numbers x_y, got '2:3:4'"),
        ("0:1~2:nan", "must be two numbers x_y, got '2:nan'"),
        ("0:1~2:inf", "must be two numbers x_y, got '2:inf'"),
        ("0_1__2_1_0", "must be two numbers x_y, got '2_1_0'"),
        ("0:1~2:٣", "must be two numbers x_y"),
        ("0:1", "at least two points with different x, got 1"),
        ("0:1~0:2", "every x must be larger than the one before it"),
        ("1:1~0:2", "every x must be larger than the one before it"),
        ("0:1~1:1e101", "every y must be at most 1e+100 in size, got 1e+101"),
        ("0:1~1:1e999", "must be two numbers x_y, got '1:1e999'"),
        ("~".join(f"{i}:0" for i in range(65)), "a link holds at most 64 points, got 65"),
        ("0:0~1:" + "1" * 4000, f"at most {MOST_LINK_CHARACTERS} characters, got 4006"),
    ],
)
def test_a_broken_link_is_refused(text: str, message: str) -> None:
    with pytest.raises(TableError, match=re.escape(message)):
        read_samples(text)


@given(st.text("0123456789.:~_-e", max_size=40))
def test_any_other_link_is_read_or_refused(text: str) -> None:
    try:
        samples = read_samples(text)
    except TableError:
        return
    assert read_samples(write_samples(samples)).x.size == samples.x.size


def test_more_points_than_a_link_holds_are_not_written() -> None:
    with pytest.raises(TableError, match="at most 64 points, got 65"):
        write_samples(Samples(np.arange(65.0), np.zeros(65)))


# ---- numbers that rounding moves ---------------------------------------------------------------------


def test_the_mean_of_equal_numbers_is_that_number() -> None:
    rows = [f"{x},0.1" for x in (0, 1) for _ in range(7)]
    assert parse_samples("\n".join(rows)).y.tolist() == [0.1, 0.1]
    many = resample(Samples(np.arange(1000.0), np.full(1000, 0.1)))
    assert set(many.y.tolist()) == {0.1}


@pytest.mark.parametrize(("low", "high"), [(9.99999999, 10.0), (1e9, 1e9 + 1.0), (-3.000000003, -3.0)])
def test_what_is_a_billionth_apart_as_it_is_written_is_apart(low: float, high: float) -> None:
    assert listed(read_samples(f"{low!r}:{low!r}~{high!r}:{high!r}")) == [(low, low), (high, high)]
