"""Every shade names its class, borders lie where logits are equal, bars end at their numbers."""

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from nn_core.arrays import FloatArray
from nn_core.learning.losses import softmax
from nn_core.plane.datasets import Dataset
from pages.shared.figures.axes import Figure
from pages.shared.figures.plots import classes, plane
from pages.shared.figures.plots.classes import LOGITS, MEANINGS, SHADES
from pages.shared.figures.plots.plane import LEVELS, View
from pages.shared.figures.theme import PALETTE, colour
from tests.figures.looking import coloured, named

VIEW = View(1.0, 41)
STEP = 2.0 / 40
# Whose logits meet in the origin, where all three are 0.
CORNERS = np.array([[0.0, 2.0], [-1.7, -1.0], [1.7, -1.0]])
LOGIT_ROWS = arrays.arrays(np.float64, (5, 3), elements=st.floats(-40.0, 40.0))
LABELS = st.integers(0, 2)
some = settings(max_examples=40)


def scaled(level: int, scale: list[list[Any]]) -> tuple[float, ...]:
    """The colour of a level, between the two stops around it, as red, green and blue."""
    at = level / LEVELS
    stops = [(stop, channels(name)) for stop, name in scale]
    after = next(index for index, (stop, _) in enumerate(stops) if stop >= at - 1e-12)
    (low, start), (high, end) = stops[max(after - 1, 0)], stops[after]
    share = 1.0 if high == low else (at - low) / (high - low)
    return tuple(a + share * (b - a) for a, b in zip(start, end, strict=True))


def channels(name: str) -> list[int]:
    value = PALETTE["light"][name.removeprefix("var(--sp-").removesuffix(")")]
    return [int(value[place : place + 2], 16) for place in (1, 3, 5)]


# ---- the plane ----------------------------------------------------------------------------------------


@some
@given(rows=LOGIT_ROWS)
def test_a_shade_tells_the_most_probable_class_and_how_sure_it_is(rows: FloatArray) -> None:
    probabilities = softmax(rows)
    kinds, sure = np.divmod(classes.shades(probabilities), SHADES)
    assert np.array_equal(kinds, probabilities.argmax(axis=1))
    assert np.abs(1 / 3 + sure / (SHADES - 1) * 2 / 3 - probabilities.max(axis=1)).max() <= 1 / (SHADES - 1)


def test_shades_go_from_paper_to_the_colour_of_their_class() -> None:
    trace = classes.field(VIEW, np.full((41 * 41, 3), 1 / 3))
    scale = trace["colorscale"]
    for kind, meaning in enumerate(MEANINGS):
        assert scaled(SHADES * kind, scale) == pytest.approx(channels(colour("paper")))
        assert scaled(SHADES * kind + SHADES - 1, scale) == pytest.approx(channels(colour(meaning)))
        half = [
            (a + b) / 2 for a, b in zip(channels(colour("paper")), channels(colour(meaning)), strict=True)
        ]
        assert scaled(SHADES * kind + SHADES // 2, scale) == pytest.approx(half)
    stops = [stop for stop, _ in scale]
    assert stops == sorted(stops)
    assert (stops[0], stops[-1]) == (0.0, 1.0)


def test_a_field_travels_as_levels() -> None:
    trace = classes.field(VIEW, softmax(VIEW.points @ CORNERS.T))
    assert (trace["z"].dtype, trace["z"].shape) == (np.uint8, (41 * 41,))
    assert trace["z"].max() < LEVELS == trace["zmax"]


def segments(trace: dict[str, Any]) -> FloatArray:
    """Both ends of every segment that is drawn: shape (n, 2, 2)."""
    triples = np.column_stack([trace["x"], trace["y"]]).reshape(-1, 3, 2)
    assert np.isnan(triples[:, 2]).all()
    found: FloatArray = triples[np.isfinite(triples[:, 0, 0]), :2]
    return found


def test_a_border_is_where_the_two_largest_logits_are_equal() -> None:
    ends = segments(classes.borders(VIEW.points @ CORNERS.T, VIEW, 200)).reshape(-1, 2)
    logits = np.sort(ends @ CORNERS.T, axis=1)
    # Near the origin, where three borders meet, a grid cell knows no better.
    away = np.abs(ends).max(axis=1) > 2 * STEP
    assert np.abs(logits[:, 2] - logits[:, 1])[away].max() < 1e-9
    assert away.sum() > 100


def test_every_border_is_drawn_and_drawn_once() -> None:
    found = segments(classes.borders(VIEW.points @ CORNERS.T, VIEW, 200))
    lengths = np.linalg.norm(found[:, 1] - found[:, 0], axis=1)
    # Three straight borders from the origin to the edge of the square.
    expected = sum(1.0 / np.abs(way / np.hypot(*way)).max() for way in map(between, range(3)))
    assert lengths.sum() == pytest.approx(expected, abs=3 * STEP)


def between(kind: int) -> FloatArray:
    """The way on which the logit of this class is the smallest and the two others are equal."""
    first, second = np.delete(CORNERS, kind, axis=0)
    across = first - second
    way = np.array([-across[1], across[0]])
    return way if way @ first > way @ CORNERS[kind] else -way


def test_borders_are_thinned_out_evenly_where_there_is_no_room() -> None:
    trace = classes.borders(VIEW.points @ CORNERS.T, VIEW, 30)
    assert trace["x"].shape == (90,)
    assert len(segments(trace)) == 30


def test_where_one_class_is_everywhere_there_is_no_border() -> None:
    trace = classes.borders(np.tile([3.0, 1.0, 0.0], (41 * 41, 1)), VIEW, 30)
    assert trace["x"].shape == (90,)
    assert len(segments(trace)) == 0


def test_every_class_has_its_points_a_colour_and_a_symbol() -> None:
    dataset = Dataset(np.arange(10.0).reshape(5, 2), np.array([0, 2, 1, 2, 0]), 3)
    traces = plane.labelled(dataset)
    assert [trace["x"].tolist() for trace in traces] == [[0.0, 8.0], [4.0], [2.0, 6.0]]
    assert len({trace["marker"]["symbol"] for trace in traces}) == 3
    assert [trace["marker"]["color"] for trace in traces] == [colour(meaning) for meaning in MEANINGS]


# ---- the probe ----------------------------------------------------------------------------------------


def test_bars_end_at_their_numbers_or_at_the_edge() -> None:
    figure = classes.bars(np.array([-3.5, 900.0, 2.0]), np.array([0.25, 0.5, 0.25]))
    ends = [named(figure, f"z of class {kind}")["x"].tolist() for kind in range(3)]
    assert ends == [[0.0, -3.5], [0.0, LOGITS[1]], [0.0, 2.0]]
    assert [named(figure, f"p of class {kind}")["x"][1] for kind in range(3)] == [0.25, 0.5, 0.25]
    for kind in range(3):
        assert set(named(figure, f"p of class {kind}")["y"]) == {float(kind)}


@some
@given(rows=LOGIT_ROWS, shift=st.floats(-10.0, 10.0), label=LABELS)
def test_a_shift_of_all_logits_changes_no_probability(rows: FloatArray, shift: float, label: int) -> None:
    before, after = (softmax(logits)[0] for logits in (rows[:1], rows[:1] + shift))
    assert np.abs(before - after).max() < 1e-12
    figures = classes.bars(rows[0], before), classes.bars(rows[0] + shift, after)
    ends = [named(figure, f"p of class {label}")["x"][1] for figure in figures]
    assert ends[0] == pytest.approx(ends[1], abs=1e-12)


# ---- the training -------------------------------------------------------------------------------------


def learning(now: int = 1) -> Figure:
    losses = np.array([1e6, 0.5, 1e-9, np.nan])
    return classes.learning(np.arange(4.0) * 10, losses, np.array([0.2, 0.5, 1.0, np.nan]), now)


def test_losses_beyond_the_axis_stand_at_its_edge_and_are_told_exactly() -> None:
    trace = named(learning(), "loss")
    low, high = learning()["layout"]["yaxis"]["range"]
    assert np.log10(trace["y"][:3]).tolist() == pytest.approx([high, np.log10(0.5), low])
    assert trace["customdata"][:3] == ["1.0·10⁶", "0.5000", "1.0·10⁻⁹"]
    assert "loss %{customdata}" in trace["hovertemplate"]
    assert np.isnan(trace["y"][3])


def test_now_stands_on_the_loss() -> None:
    assert [named(learning(), "now")[axis].tolist() for axis in "xy"] == [[10.0], [0.5]]


def test_figures_are_valid_plotly() -> None:
    logits = VIEW.points @ CORNERS.T
    traces = [classes.field(VIEW, softmax(logits)), classes.borders(logits, VIEW, 99)]
    bars = classes.bars(np.zeros(3), np.full(3, 1 / 3))
    for figure in ({"data": traces, "layout": {}}, bars, learning()):
        drawn = coloured(figure, "dark")
        for trace in drawn["data"]:
            if trace["type"] == "heatmap":
                trace["z"] = trace["z"].reshape(41, 41)
        assert "var(" not in str(drawn)
        assert len(go.Figure(drawn).data) == len(figure["data"])
