"""Pixels take a level of ink for each, 0 where there is none: whatever they read, a picture comes out."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared.stage.inputs.pixels import Pixels
from tests.stage.inputs.strategies import ANYTHING, is_named

PIXELS = Pixels("your digit", 2, 3, 17)


@st.composite
def inputs(draw: st.DrawFn) -> Pixels:
    rows, columns, levels = draw(st.integers(1, 4)), draw(st.integers(1, 4)), draw(st.integers(2, 36))
    return Pixels("the pixels", rows, columns, levels)


@given(pixels=inputs(), data=st.data())
def test_every_picture_is_written_and_read_back_the_same_and_a_cut_link_says_its_beginning(
    pixels: Pixels, data: st.DataObject
) -> None:
    drawn = tuple(data.draw(st.integers(0, pixels.levels - 1)) for _ in range(pixels.count))
    text = pixels.write(drawn)
    assert pixels.read(text) == pixels.read(json.loads(json.dumps(drawn))) == (drawn, None)
    assert text.isascii()
    assert text.isalnum()
    assert len(text) <= pixels.count
    cut = data.draw(st.integers(0, len(text)))
    value, complaint = pixels.read(text[:cut])
    assert complaint is None
    assert value == drawn[:cut] + (0,) * (pixels.count - cut)


def test_nothing_is_drawn_at_first_and_that_is_a_picture_too() -> None:
    assert PIXELS.value == (0,) * 6
    assert PIXELS.read(PIXELS.write(PIXELS.value)) == PIXELS.read("") == (PIXELS.value, None)
    assert PIXELS.read("0g00a") == ((0, 16, 0, 0, 10, 0), None)


@given(given=ANYTHING, pixels=inputs())
def test_whatever_pixels_read_a_picture_comes_out(given: Any, pixels: Pixels) -> None:
    value, complaint = pixels.read(given)
    assert isinstance(value, tuple)
    assert len(value) == pixels.count
    assert all(type(level) is int and 0 <= level < pixels.levels for level in value)
    if complaint is not None:
        assert complaint.startswith("the pixels: ")
        assert value == pixels.value


@pytest.mark.parametrize("bad", ["x", 17, -1, 1.5, True, None, [1], float("nan")])
def test_a_level_that_is_none_is_named_and_nothing_is_drawn(bad: object) -> None:
    value, complaint = PIXELS.read([1, 2, bad, 3, 4, 5])
    assert value == PIXELS.value
    assert is_named(bad, complaint)
    assert complaint == f"your digit: “{bad}” is no level of ink from 0 to 16; nothing is drawn."
    assert PIXELS.read("12h").complaint == (
        "your digit: “h” is no level of ink from 0 to 16; nothing is drawn."
    )


@pytest.mark.parametrize("given", ["1234567", [], [1] * 7, None, 3, {"0": 1}])
def test_a_picture_of_another_number_of_pixels_is_refused(given: object) -> None:
    complaint = "your digit: 2 × 3 pixels are needed; nothing is drawn."
    assert PIXELS.read(given) == (PIXELS.value, complaint)


@pytest.mark.parametrize("wrong", [(0, 3, 17), (2, 0, 17), (2, 3, 1), (2, 3, 37)])
def test_no_pixels_and_no_levels_are_no_input(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="your digit: there must be pixels, of 2 to 36 levels, got"):
        Pixels("your digit", *wrong)
    with pytest.raises(ValueError, match="your digit"):
        Pixels("your digit", 2, 3, 17, colour="no such")


def test_the_browser_learns_where_pixels_are_and_how_many() -> None:
    spec = json.loads(json.dumps(PIXELS.spec(), allow_nan=False))
    assert spec == {
        "kind": "pixels", "label": "your digit", "rows": 2, "columns": 3, "levels": 17, "plot": 0,
        "colour": "ink", "value": [0] * 6,
    }  # fmt: skip
