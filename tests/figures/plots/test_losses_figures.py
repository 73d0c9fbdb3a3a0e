"""Losses are drawn as they are within their axis, and marked where the knob stands."""

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared.figures.axes import Figure
from pages.shared.figures.plots.losses import Share, decades, losses
from tests.figures.looking import coloured, form, named

POSITIVE = st.floats(1e-15, 1e15)


def plot(values: np.ndarray, now: int = 0, **more: object) -> Figure:
    return losses(np.arange(len(values)) * 25.0, values, now, decades(values), **more)


@given(values=st.lists(POSITIVE, min_size=1, max_size=9), now=st.integers(0, 8))
def test_every_loss_within_reason_is_in_view_and_the_mark_is_on_its_line(
    values: list[float], now: int
) -> None:
    now = min(now, len(values) - 1)
    figure = plot(np.array(values), now, last=4000.0)
    line, mark = named(figure, "loss"), named(figure, "now")
    assert (mark["x"][0], mark["y"][0]) == (25.0 * now, line["y"][now])
    assert line["y"] == pytest.approx(np.clip(values, 1e-13, 1e13))
    low, high = figure["layout"]["yaxis"]["range"]
    assert low <= np.log10(line["y"].min()) <= np.log10(line["y"].max()) <= high
    assert figure["layout"]["xaxis"]["range"] == [0.0, 4000.0]


@given(values=st.lists(st.floats(1e-12, 1e12), min_size=1, max_size=9))
def test_decades_are_whole_and_leave_room_on_both_sides(values: list[float]) -> None:
    low, high = decades(np.array([*values, np.nan]))
    assert (low, high) == (round(low), round(high))
    assert low + 0.1 <= np.log10(min(values)) + 1e-9
    assert np.log10(max(values)) <= high - 0.1 + 1e-9
    assert low > np.log10(min(values)) - 1.2


@given(low=st.integers(-12, 11), span=st.integers(1, 24))
def test_a_logarithmic_axis_has_two_to_six_ticks_at_whole_powers(low: int, span: int) -> None:
    high = min(low + span, 13)
    axis = plot(np.array([10.0**low * 1.5, 10.0**high / 1.5]))["layout"]["yaxis"]
    ends = axis["range"]
    assert axis["dtick"] == int(axis["dtick"]) >= 1
    assert 1 <= (ends[1] - ends[0]) / axis["dtick"] <= 5


def test_a_loss_beyond_the_axis_stands_at_its_edge() -> None:
    values = np.array([1e6, 0.5, 1e-9, np.nan])
    figure = losses(np.arange(4.0) * 10, values, 1, (-4.0, 2.0))
    line = named(figure, "loss")
    assert line["y"][:3].tolist() == [1e2, 0.5, 1e-4]
    assert np.isnan(line["y"][3])
    assert "loss %{y}" in line["hovertemplate"]


def test_shares_have_an_axis_of_their_own_and_without_any_there_is_none() -> None:
    values, right = np.array([1.0, 0.5, 0.25]), np.array([0.2, 0.5, 1.0])
    shared = plot(values, shares=[Share("right", right, "dot")], remark="dotted: share right")
    assert named(shared, "right")["y"].tolist() == right.tolist()
    assert (named(shared, "right")["yaxis"], named(shared, "right")["line"]["dash"]) == ("y2", "dot")
    assert shared["layout"]["yaxis2"]["side"] == "right"
    assert [remark["text"] for remark in shared["layout"]["annotations"]] == ["dotted: share right"]
    assert "yaxis2" not in plot(values)["layout"]
    assert plot(values)["layout"]["margin"]["r"] < shared["layout"]["margin"]["r"]


def test_a_plot_of_losses_is_valid_plotly_and_only_its_numbers_change() -> None:
    values = np.array([1.0, 0.5, 0.25])
    for more in ({}, {"shares": [Share("right", values)]}):
        assert len(go.Figure(coloured(plot(values, **more), "light")).data) == len(
            plot(values, **more)["data"]
        )
        assert form(plot(values, 0, **more)) == form(plot(values, 2, **more))


def test_along_the_iterations_nothing_but_the_mark_moves() -> None:
    values = np.array([1.0, 0.5, 0.25])
    one, other = plot(values, 0), plot(values, 2)
    assert one["layout"] is other["layout"]
    for before, after in zip(one["data"], other["data"], strict=True):
        moved = {name for name in before if np.any(before[name] != after[name])}
        assert moved == ({"x", "y"} if before["name"] == "now" else set()), "the light redraw can follow it"
