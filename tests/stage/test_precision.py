"""What a plot shows is NumPy's to a hundredth of a pixel, and ordinary numbers travel as float32."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pages.shared.figures.axes import axis, layout, log_axis
from pages.shared.figures.plots.surfaces import surface
from pages.shared.figures.traces import curve, marks
from pages.shared.stage import wire
from pages.shared.stage.picture import Picture
from pages.shared.stage.precision import TOLERATED, holds, lightened, rounded
from pages.shared.stage.sweep import differences

PIXELS, HUNDREDTH = 2000, 0.01
SHARES = np.array([0.0, 1e-3, 0.125, 1 / 3, 0.5, 0.7071, 0.999, 1.0])
# The plots are told the ends of their axes; a picture may also hold what lies far out of view.
OUT_OF_VIEW = np.array([-1e30, 1e30, np.nan])
SIZES = st.floats(-15.0, 15.0).map(lambda power: 10.0**power)
OFFSETS = st.just(0.0) | st.builds(math.copysign, SIZES, st.sampled_from([-1.0, 1.0]))
# The narrowest range that is accepted, as a share of the size.
NARROWEST = 1e-9


@st.composite
def ranges(draw: st.DrawFn) -> tuple[float, float]:
    """An axis: a range and an offset, each from 1e-15 to 1e15."""
    length, offset = draw(SIZES), draw(OFFSETS)
    return offset, offset + max(length, NARROWEST * abs(offset))


def figure(ends: tuple[float, float], numbers: Any) -> dict[str, Any]:
    """A curve and marks along that axis, both ways."""
    return {
        "data": [curve("f", numbers, numbers, "network"), marks("m", numbers[:1], numbers[:1], "input")],
        "layout": layout(300, axis("x", *ends), axis("y", *ends)),
    }


def arrived(figure: dict[str, Any]) -> dict[str, Any]:
    """The figure as the browser has it."""
    message = rounded(Picture(figure, "words").message())
    plots = wire.unpack(wire.pack(message))["plots"]
    whole: dict[str, Any] = plots[0]
    return whole


def pixels(ends: tuple[float, float], numbers: Any) -> Any:
    """Where plotly.js puts numbers of an axis: b + m v in float64, as it computes it."""
    slope = PIXELS / (ends[1] - ends[0])
    return -slope * ends[0] + slope * np.asarray(numbers, dtype=np.float64)


def truly(ends: tuple[float, float], numbers: Any) -> Any:
    """Where they are."""
    return PIXELS * ((numbers - ends[0]) / (ends[1] - ends[0]))


@given(ends=ranges())
@example(ends=(1.7e9, 1.7e9 + 20))
@example(ends=(1e9, 1e9 + 10))
@example(ends=(1000000.001, 1000000.002))
@example(ends=(0.0, 1e-15))
@example(ends=(1e-15, 1e15))
def test_what_is_drawn_is_numpys_to_a_hundredth_of_a_pixel(ends: tuple[float, float]) -> None:
    inside = ends[0] + SHARES * (ends[1] - ends[0])
    found = arrived(figure(ends, np.concatenate([inside, OUT_OF_VIEW])))
    for trace, count in zip(found["data"], (len(inside), 1), strict=True):
        for letter in "xy":
            off = np.abs(pixels(ends, trace[letter][:count]) - truly(ends, inside[:count]))
            assert off.max() <= HUNDREDTH


@given(ends=ranges())
def test_a_sweep_shows_the_same_in_every_frame(ends: tuple[float, float]) -> None:
    inside = ends[0] + SHARES * (ends[1] - ends[0])
    steps = [inside, inside[::-1].copy(), np.full(len(inside), inside[3])]
    columns = dict(differences([Picture(figure(ends, step), "words").message() for step in steps]))
    moved = wire.unpack(wire.pack({"columns": list(columns.values())}))["columns"]
    assert next(iter(columns)) == ("plots", 0, "data", 0, "x")
    assert np.abs(pixels(ends, moved[0]) - truly(ends, np.array(steps))).max() <= HUNDREDTH


@given(low=st.floats(-280.0, 280.0), decades=st.floats(0.01, 20.0))
def test_a_logarithmic_axis_shows_its_numbers_as_well(low: float, decades: float) -> None:
    powers = low + SHARES * decades
    numbers = 10.0**powers
    found = arrived(
        {
            "data": [curve("e", SHARES, numbers, "error")],
            "layout": layout(300, axis("x", 0.0, 1.0), log_axis("e", low, low + decades)),
        }
    )
    shown = np.log10(found["data"][0]["y"].astype(np.float64))
    assert np.abs(shown - np.log10(numbers)).max() * PIXELS / decades <= HUNDREDTH


@pytest.mark.parametrize(
    "ends", [(0.0, 1.0), (-10.0, 10.0), (-0.3, 1.3), (1.0, 1.2), (0.0, 1e30), (-1e-30, 0.0)]
)
def test_ordinary_numbers_travel_as_float32(ends: tuple[float, float]) -> None:
    found = arrived(figure(ends, np.linspace(*ends, 5)))
    assert {trace[letter].dtype for trace in found["data"] for letter in "xy"} == {np.dtype(np.float32)}


@pytest.mark.parametrize("ends", [(1990.0, 2000.0), (1.7e9, 1.7e9 + 20), (0.0, 1e-40), (0.0, 1e39)])
def test_numbers_that_float32_would_move_travel_as_they_are(ends: tuple[float, float]) -> None:
    numbers = np.linspace(*ends, 5)
    found = arrived(figure(ends, numbers))
    assert all(np.array_equal(found["data"][0][letter], numbers) for letter in "xy")


def test_only_the_axis_that_needs_it_costs_more() -> None:
    numbers = np.linspace(0.0, 1.0, 5)
    years = {
        "data": [curve("f", 1990 + numbers, numbers, "network")],
        "layout": layout(300, axis("x", 1990.0, 1991.0), axis("y", 0.0, 1.0)),
    }
    trace = arrived(years)["data"][0]
    assert (trace["x"].dtype, trace["y"].dtype) == (np.float64, np.float32)


def test_a_second_axis_is_asked_for_itself() -> None:
    numbers = np.linspace(0.0, 1.0, 5)
    axes = layout(300, axis("x", 0.0, 1.0), axis("y", 0.0, 1.0), yaxis2=axis("far", 1e6, 1e6 + 1))
    traces = [
        curve("near", numbers, numbers, "network"),
        curve("far", numbers, 1e6 + numbers, "ink", yaxis="y2"),
    ]
    found = arrived({"data": traces, "layout": axes})["data"]
    assert [trace["y"].dtype for trace in found] == [np.float32, np.float64]


def test_a_surface_far_from_zero_travels_as_it_is() -> None:
    side, heights = np.linspace(0.0, 1.0, 3), 1e6 + np.arange(9.0).reshape(3, 3)
    trace = arrived(surface(side, side, heights, (1e6, 1e6 + 8)))["data"][0]
    assert np.array_equal(trace["z"], heights.ravel())
    assert trace["x"].dtype == np.float32


def test_an_array_in_several_places_is_rounded_once() -> None:
    x = np.linspace(0.0, 1.0, 5)
    trace = rounded(Picture(figure((0.0, 1.0), x), "words").message())["plots"][0]["data"][0]
    assert trace["x"] is not x
    assert trace["x"] is trace["y"]


def test_a_column_is_as_precise_as_the_frame_that_needs_most() -> None:
    near, far = (0.0, 1.0), (1e9, 1e9 + 1)
    frames = [Picture(figure(ends, np.linspace(*ends, 3)), "words").message() for ends in (near, far)]
    columns = dict(differences(frames))
    assert np.array_equal(columns["plots", 0, "data", 0, "y"], [np.linspace(*near, 3), np.linspace(*far, 3)])


def test_an_array_without_an_axis_travels_as_float32_and_bytes_as_bytes() -> None:
    assert lightened(np.array([1e9 + 0.5]), exactly=False).dtype == np.float32
    assert lightened([np.zeros(2, np.uint8)] * 3, exactly=True).dtype == np.uint8


@given(ends=ranges())
def test_float32_holds_an_axis_where_it_rounds_by_less_than_is_tolerated(ends: tuple[float, float]) -> None:
    numbers = ends[0] + np.linspace(0.0, 1.0, 101) * (ends[1] - ends[0])
    moved = np.abs(numbers.astype(np.float32).astype(np.float64) - numbers).max()
    assert not holds(ends) or moved <= TOLERATED * (ends[1] - ends[0])
