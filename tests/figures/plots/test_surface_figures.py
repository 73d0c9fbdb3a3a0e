"""A surface has its heights where they are, its worst point on it, and its errors on logarithmic axes."""

import json
import math
import re
from collections.abc import Callable

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from nn_core.arrays import FloatArray
from pages.shared.figures.axes import Figure
from pages.shared.figures.plots import surfaces
from pages.shared.figures.theme import PALETTE
from tests.figures.looking import coloured, form, labels_of, named

X, Y = np.linspace(0.0, 1.0, 5), np.linspace(-2.0, 2.0, 4)
HEIGHTS = X + 10 * Y[:, np.newaxis]
WITHIN = (-25.0, 25.0)
COUNTS = np.arange(1.0, 15.0)
MEASURED = {"towers": 0.5 / COUNTS, "hats": 0.2 / COUNTS**2}
SIZES = st.floats(1e-5, 100.0)


def plain_surface() -> Figure:
    return surfaces.surface(X, Y, HEIGHTS, WITHIN)


def compared(
    times: float = 1.0, worst: tuple[float, float, float, float] | None = (0.5, 2.0, 20.5, 18.0)
) -> Figure:
    return surfaces.surface(
        X, Y, times * HEIGHTS, WITHIN, distances=np.abs(times * HEIGHTS) / 10, worst=worst, unit=2.5
    )


def errors(now: tuple[float, float] = (4.0, 0.1)) -> Figure:
    return surfaces.errors(COUNTS, MEASURED, now, "largest error")


FIGURES: dict[str, Callable[[], Figure]] = {
    "a surface": plain_surface,
    "a surface and its distances": compared,
    "a surface without a worst point": lambda: compared(worst=None),
    "errors": errors,
}
each_figure = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES.keys())


# ---- every figure ---------------------------------------------------------------------------------


@each_figure
@pytest.mark.parametrize("theme", list(PALETTE))
def test_a_figure_is_valid_plotly_in_both_themes(figure: Callable[[], Figure], theme: str) -> None:
    made = go.Figure(coloured(figure(), theme))
    assert len(made.data) == len(figure()["data"])
    assert "var(" not in made.to_json()


@each_figure
def test_a_figure_names_colours_by_meaning_only(figure: Callable[[], Figure]) -> None:
    text = json.dumps(figure(), default=lambda array: array.tolist())
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", text)
    assert "var(--sp-" in text


def test_pictures_of_one_sweep_differ_in_their_numbers_only() -> None:
    assert form(compared()) == form(compared(-3.0)) == form(compared(worst=None))
    shown = json.loads(form(errors())), json.loads(form(errors((14.0, 1e-9))))
    assert shown[0] == shown[1]


# ---- surfaces -------------------------------------------------------------------------------------


@given(row=st.integers(0, 3), column=st.integers(0, 4), times=st.floats(-2.0, 2.0))
def test_the_height_above_a_point_is_that_of_its_row_and_column(row: int, column: int, times: float) -> None:
    drawn = named(compared(times), "height")
    table = drawn["z"].reshape(len(drawn["y"]), len(drawn["x"]))
    assert table[row, column] == times * (drawn["x"][column] + 10 * drawn["y"][row])
    shades = drawn["surfacecolor"].reshape(table.shape)
    assert shades[row, column] == abs(table[row, column]) / 10


def test_distances_colour_a_surface_from_network_to_error() -> None:
    drawn = named(compared(), "height")
    assert (drawn["cmin"], drawn["cmax"]) == (0.0, 2.5)
    assert drawn["colorscale"] == [[0, "var(--sp-network)"], [1, "var(--sp-error)"]]


def test_without_distances_the_height_colours_a_surface() -> None:
    drawn = named(plain_surface(), "height")
    assert drawn["surfacecolor"].tolist() == drawn["z"].tolist() == HEIGHTS.ravel().tolist()
    assert (drawn["cmin"], drawn["cmax"]) == WITHIN
    assert drawn["colorscale"] == [[0, "var(--sp-grid)"], [1, "var(--sp-network)"]]


def test_the_largest_error_is_marked_between_the_two_heights_where_it_is() -> None:
    drawn = named(compared(), "largest error")
    assert [drawn[axis].tolist() for axis in "xyz"] == [[0.5, 0.5], [2.0, 2.0], [20.5, 18.0]]


@pytest.mark.parametrize("figure", [plain_surface, lambda: compared(worst=None)])
def test_without_a_worst_point_none_is_marked(figure: Callable[[], Figure]) -> None:
    drawn = named(figure(), "largest error")
    assert all(np.isnan(drawn[axis]).all() and drawn[axis].shape == (2,) for axis in "xyz")


def test_a_scene_shows_the_whole_surface_with_its_axes_named_and_keeps_how_it_was_turned() -> None:
    scene = compared()["layout"]["scene"]
    ranges = [scene[axis]["range"] for axis in ("xaxis", "yaxis", "zaxis")]
    assert ranges == [[0.0, 1.0], [-2.0, 2.0], [-25.0, 25.0]]
    assert [scene[axis]["title"]["text"] for axis in ("xaxis", "yaxis", "zaxis")] == ["x₁", "x₂", "height"]
    assert scene == compared(-3.0, worst=None)["layout"]["scene"]
    assert scene["uirevision"]


# ---- errors ---------------------------------------------------------------------------------------


def test_errors_are_drawn_as_measured_each_in_its_own_dash() -> None:
    drawn = [named(errors(), name) for name in MEASURED]
    for trace, measured in zip(drawn, MEASURED.values(), strict=True):
        assert trace["x"].tolist() == COUNTS.tolist()
        assert trace["y"].tolist() == measured.tolist()
    assert len({trace["line"]["dash"] for trace in drawn}) == len(drawn)


@st.composite
def several_errors(draw: st.DrawFn) -> dict[str, FloatArray]:
    names = ["towers", "bumps", "hats"][: draw(st.integers(1, 3))]
    return {name: draw(arrays.arrays(np.float64, 14, elements=SIZES)) for name in names}


@given(measured=several_errors(), now=st.tuples(st.sampled_from(COUNTS.tolist()), SIZES))
def test_all_errors_are_within_the_logarithmic_axes(
    measured: dict[str, FloatArray], now: tuple[float, float]
) -> None:
    figure = surfaces.errors(COUNTS, measured, now, "largest error")
    layout = figure["layout"]
    assert (layout["xaxis"]["type"], layout["yaxis"]["type"]) == ("log", "log")
    low, high = layout["yaxis"]["range"]
    assert low < high
    for rate in measured.values():
        assert low - 1e-9 <= math.log10(rate.min())
        assert math.log10(rate.max()) < high
    assert layout["xaxis"]["range"] == pytest.approx([0.0, math.log10(14)])
    assert layout["yaxis"]["title"]["text"] == "largest error"


@given(measured=several_errors())
def test_errors_are_named_at_their_right_ends_in_their_order(measured: dict[str, FloatArray]) -> None:
    figure = surfaces.errors(COUNTS, measured, (1.0, 1.0), "largest error")
    labels = labels_of(figure)
    assert labels.keys() == measured.keys()
    low, high = figure["layout"]["yaxis"]["range"]
    gap = (high - low) / 7
    assert all(low - gap <= math.log10(label) <= high + gap for label in labels.values())
    assert (np.diff(sorted(map(math.log10, labels.values()))) >= gap - 1e-9).all(), "none hides another"
    ends = {name: float(rate[-1]) for name, rate in measured.items()}
    assert all(
        labels[one] > labels[other] for one in ends for other in ends if ends[one] > ends[other] * (1 + 1e-9)
    )


def test_the_error_on_screen_is_marked_where_it_is() -> None:
    mark = named(errors((4.0, 0.125)), "shown")
    assert (mark["x"].tolist(), mark["y"].tolist()) == ([4.0], [0.125])


@pytest.mark.parametrize("tiny", [0.0, 1e-17, 1e-300])
def test_an_error_of_nothing_but_rounding_is_at_the_lower_end_of_the_axis(tiny: float) -> None:
    measured = {"towers": 0.5 / COUNTS, "hats": np.full(14, tiny)}
    figure = surfaces.errors(COUNTS, measured, (3.0, tiny), "largest error")
    low, _ = figure["layout"]["yaxis"]["range"]
    assert low == pytest.approx(-6.0)
    assert math.log10(named(figure, "shown")["y"][0]) == pytest.approx(low)
    assert math.log10(labels_of(figure)["hats"]) < math.log10(labels_of(figure)["towers"])
    go.Figure(coloured(figure, "light"))


def test_where_nothing_is_wrong_anywhere_the_axes_still_are() -> None:
    figure = surfaces.errors(COUNTS, {"hats": np.zeros(14)}, (1.0, 0.0), "largest error")
    low, high = figure["layout"]["yaxis"]["range"]
    assert math.isfinite(high)
    assert high - low > 0.5
    assert low <= math.log10(labels_of(figure)["hats"]) <= high
