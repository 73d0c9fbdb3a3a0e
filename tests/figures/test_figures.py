"""A figure is valid Plotly, its curves can be told apart, and its numbers are the network's."""

import json
import re
from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from nn_core.activations import ACTIVATIONS, STEP, TANH
from nn_core.constructions import knot, neuron, one_hidden_layer
from nn_core.grids import column, line, line_with_edges
from nn_core.network import forward, hidden_contributions
from pages.shared.figures import curves
from pages.shared.figures.parts import Figure
from pages.shared.figures.theme import PALETTE

X = line((-5.0, 5.0), 41)
WITHIN = (-2.0, 2.0)
NUMBERS = st.floats(-10.0, 10.0)
HEIGHTS = arrays.arrays(np.float64, st.integers(1, 8), elements=st.floats(-5.0, 5.0))
GAPS = st.floats(0.01, 2.0)


def one_neuron(weight: float = 2.0, bias: float = 1.0, x: float = 0.5) -> Figure:
    network = neuron(weight, bias, TANH)
    passed, probe = forward(network, column(X)), forward(network, np.array([[x]]))
    return curves.neuron(X, passed, knot(weight, bias), probe, WITHIN)


def two_neurons(weights: tuple[float, float] = (1.5, -0.5), bias: float = 0.25) -> Figure:
    network = one_hidden_layer([4.0, 4.0], [4.0, -4.0], weights, TANH, bias)
    passed = forward(network, column(X))
    parts = hidden_contributions(network, passed)
    return curves.superposition(X, parts, passed.output[:, 0], ("one", "two", "sum"), WITHIN)


def three_units() -> Figure:
    parts = np.stack([np.tanh(X), np.tanh(X - 1), -np.tanh(X + 1)], axis=1)
    return curves.superposition(X, parts, parts.sum(axis=1), ("1", "2", "3", "sum"), WITHIN)


def approximation() -> Figure:
    target, network = np.sin(X), np.sin(X) + 0.1 * np.cos(3 * X)
    parts = np.array([-5.0, 0.0, 5.0, np.nan]), np.array([0.0, 0.5, 1.0, np.nan])
    return curves.approximation(X, target, network, parts, (-5.0, target[0], network[0]), WITHIN)


def guess(shown: bool = True) -> Figure:
    grid = line_with_edges((-4.0, 4.0), 17, [-1.0, 1.0])
    passed = forward(one_hidden_layer([1, 1], [1, -1], [1.5, -0.5], STEP), column(grid))
    edges, heights = line((-4.0, 4.0), 5), np.array([0.0, 0.0, 1.5, np.nan])
    truth, worst = (passed.output[:, 0], (1.0, 1.5, 1.0)) if shown else (None, None)
    return curves.guess(grid, passed.activations[0], edges, heights, truth, worst, "draw here")


FIGURES: dict[str, Callable[[], Figure]] = {
    "one neuron": one_neuron,
    "one neuron without a knot": lambda: one_neuron(weight=0.0),
    "two neurons": two_neurons,
    "three units": three_units,
    "approximation": approximation,
    "a guess": guess,
    "a guess, the graph hidden": lambda: guess(shown=False),
}
each_figure = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES.keys())


def coloured(part: Any, theme: str) -> Any:
    """Plain data as the browser draws it: every var(--sp-name) is the theme's colour of that name."""
    if isinstance(part, str):
        return re.sub(r"var\(--sp-([\w-]+)\)", lambda found: PALETTE[theme][found[1]], part)
    if isinstance(part, dict):
        return {key: coloured(value, theme) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [coloured(value, theme) for value in part]
    return part


def drawn_lines(figure: Figure) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["mode"] == "lines"]


def named(figure: Figure, name: str) -> dict[str, Any]:
    (trace,) = [each for each in figure["data"] if each.get("name") == name]
    return trace


# ---- every figure ---------------------------------------------------------------------------------


@each_figure
@pytest.mark.parametrize("theme", list(PALETTE))
def test_a_figure_is_valid_plotly_in_both_themes(figure: Callable[[], Figure], theme: str) -> None:
    made = go.Figure(coloured(figure(), theme))
    assert len(made.data) == len(figure()["data"])
    assert "var(" not in made.to_json()


def test_what_is_not_plotly_is_noticed() -> None:
    broken = two_neurons()
    broken["data"][0]["line"] = {**broken["data"][0]["line"], "thickness": 3}
    with pytest.raises(ValueError, match="thickness"):
        go.Figure(coloured(broken, "light"))
    with pytest.raises(ValueError, match="color"):
        go.Figure({"data": [{"type": "scatter", "line": {"color": "network"}}]})


@each_figure
def test_a_figure_names_colours_by_meaning_only(figure: Callable[[], Figure]) -> None:
    text = json.dumps(figure(), default=lambda array: array.tolist())
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", text)
    meanings = set(re.findall(r"var\(--sp-([\w-]+)\)", text))
    assert meanings
    assert meanings <= PALETTE["light"].keys()


@each_figure
def test_a_figure_names_its_axes_and_keeps_them(figure: Callable[[], Figure]) -> None:
    layout = figure()["layout"]
    axes = {name: part for name, part in layout.items() if re.fullmatch(r"[xy]axis\d?", name)}
    used = {trace.get(f"{letter}axis", letter) for trace in figure()["data"] for letter in "xy"}
    assert {f"{name[0]}axis{name[1:]}" for name in used} == axes.keys()
    assert all(part["title"]["text"] for part in axes.values())
    assert all(part["range"][0] < part["range"][1] for part in axes.values())


@each_figure
def test_curves_of_a_figure_are_told_apart_by_more_than_colour(
    figure: Callable[[], Figure],
) -> None:
    styles = {(t["name"], t["line"]["dash"], t["line"]["width"]) for t in drawn_lines(figure())}
    assert len(styles) >= 2
    for one, other in combinations(styles, 2):
        assert one[0] != other[0], "a curve has one style"
        assert one[1:] != other[1:]


@each_figure
def test_every_array_of_a_trace_is_as_long_as_its_x(figure: Callable[[], Figure]) -> None:
    for trace in figure()["data"]:
        assert np.shape(trace["x"]) == np.shape(trace["y"])
        assert np.shape(trace.get("text", trace["x"])) == np.shape(trace["x"])


@each_figure
def test_a_curve_is_drawn_through_all_its_points(figure: Callable[[], Figure]) -> None:
    assert not any(trace["line"]["simplify"] for trace in drawn_lines(figure()))


def test_figures_of_one_lesson_differ_in_their_numbers_only() -> None:
    def parts(figure: Figure) -> str:
        return json.dumps(figure, default=lambda array: list(array.shape))

    assert parts(one_neuron()) == parts(one_neuron(weight=0.0, bias=-3.0, x=4.0))
    assert parts(two_neurons()) == parts(two_neurons((0.0, 1.0), -1.0))
    assert parts(guess()) == parts(guess(shown=False))


def test_making_a_figure_does_not_change_the_one_before() -> None:
    before = json.dumps(one_neuron(), default=lambda array: array.tolist())
    go.Figure(coloured(one_neuron(), "dark"))
    one_neuron(weight=0.0)
    assert json.dumps(one_neuron(), default=lambda array: array.tolist()) == before


# ---- one neuron -----------------------------------------------------------------------------------


@given(weight=NUMBERS, bias=NUMBERS, x=st.floats(-5.0, 5.0))
def test_the_curves_of_a_neuron_are_its_pre_activation_and_its_activation(
    weight: float, bias: float, x: float
) -> None:
    figure = one_neuron(weight, bias, x)
    z, a = drawn_lines(figure)[1], drawn_lines(figure)[0]
    assert (z["name"], z["yaxis"], a["name"]) == ("z", "y2", "a")
    assert a["x"].tolist() == X.tolist()
    assert a["y"] == pytest.approx(np.tanh(weight * X + bias), abs=1e-12)
    assert z["y"] == pytest.approx(weight * z["x"] + bias, abs=1e-12)
    assert (z["x"][0], z["x"][-1]) == (X[0], X[-1])


@given(weight=NUMBERS, bias=NUMBERS, x=st.floats(-5.0, 5.0))
def test_the_number_on_its_way_lies_on_both_curves(weight: float, bias: float, x: float) -> None:
    marks = [trace for trace in one_neuron(weight, bias, x)["data"] if trace["mode"] == "markers"]
    at = {trace["name"]: (float(trace["x"][0]), float(trace["y"][0])) for trace in marks}
    z = weight * x + bias
    assert at["z"] == pytest.approx((x, z), abs=1e-12)
    assert at["a"] == pytest.approx((x, np.tanh(z)), abs=1e-12)


def test_the_knot_is_marked_in_both_plots_where_z_is_zero() -> None:
    lines = [trace for trace in drawn_lines(one_neuron(2.0, 1.0)) if trace["name"] == "knot"]
    assert [trace["x"].tolist() for trace in lines] == [[-0.5, -0.5], [-0.5, -0.5]]
    assert {trace.get("yaxis", "y") for trace in lines} == {"y", "y2"}


def test_without_a_knot_none_is_marked() -> None:
    lines = [trace for trace in drawn_lines(one_neuron(0.0)) if trace["name"] == "knot"]
    assert len(lines) == 2
    assert all(np.isnan(trace["x"]).all() for trace in lines)


# ---- a sum of neurons -----------------------------------------------------------------------------


@given(weights=st.tuples(NUMBERS, NUMBERS), bias=NUMBERS)
def test_the_contributions_and_the_bias_add_up_to_the_network(
    weights: tuple[float, float], bias: float
) -> None:
    one, two, total = drawn_lines(two_neurons(weights, bias))
    assert one["y"] == pytest.approx(weights[0] * np.tanh(4 * X + 4), abs=1e-12)
    assert two["y"] == pytest.approx(weights[1] * np.tanh(4 * X - 4), abs=1e-12)
    assert one["y"] + two["y"] + bias == pytest.approx(total["y"], abs=1e-12)
    assert all(trace["x"].tolist() == X.tolist() for trace in (one, two, total))


def test_each_curve_of_a_sum_is_named_at_its_end_in_its_colour() -> None:
    figure = two_neurons()
    *lines, labels = figure["data"]
    assert [text.strip() for text in labels["text"]] == [trace["name"] for trace in lines]
    assert labels["textfont"]["color"] == [trace["line"]["color"] for trace in lines]
    ends = np.array([trace["y"][-1] for trace in lines])
    assert np.argsort(labels["y"]).tolist() == np.argsort(ends).tolist()
    assert set(labels["x"]) == {X[-1]}


def test_a_hidden_unit_has_the_same_colour_whatever_its_weight() -> None:
    for trace, other in zip(two_neurons()["data"], two_neurons((-1.0, 2.0))["data"], strict=True):
        assert trace.get("line", {}).get("color") == other.get("line", {}).get("color")


# ---- a target and its network ---------------------------------------------------------------------


def test_the_largest_error_is_drawn_from_the_target_to_the_network() -> None:
    figure = approximation()
    target, network = named(figure, "target"), named(figure, "network")
    error = named(figure, "largest error")
    assert error["x"].tolist() == [-5.0, -5.0]
    assert error["y"].tolist() == [target["y"][0], network["y"][0]]


def test_target_and_network_have_their_own_colours_and_the_neurons_none() -> None:
    figure = approximation()
    meaning = {trace["name"]: trace["line"]["color"] for trace in drawn_lines(figure)}
    assert meaning == {
        "one neuron": "var(--sp-muted)",
        "target": "var(--sp-target)",
        "network": "var(--sp-network)",
        "largest error": "var(--sp-error)",
    }


# ---- a guess --------------------------------------------------------------------------------------


def test_a_guess_is_a_plateau_on_each_cell_and_a_gap_where_nothing_is_drawn() -> None:
    drawn = named(guess(), "your guess")
    assert drawn["x"].tolist() == [-4, -2, -2, 0, 0, 2, 2, 4]
    assert drawn["y"][:6].tolist() == [0, 0, 0, 0, 1.5, 1.5]
    assert np.isnan(drawn["y"][6:]).all()


def test_the_truth_is_the_weighted_sum_of_the_units_shown() -> None:
    figure = guess()
    one, two, truth = (named(figure, name)["y"] for name in ("a1", "a2", "truth"))
    assert set(one) == set(two) == {0.0, 1.0}
    assert (1.5 * one - 0.5 * two).tolist() == truth.tolist()


def test_a_hidden_graph_is_nowhere_in_the_figure() -> None:
    figure = guess(shown=False)
    for name in ("truth", "distance", "furthest apart"):
        assert np.isnan(np.asarray(named(figure, name)["y"])).all()
    labels = dict(zip(figure["data"][-1]["text"], figure["data"][-1]["y"], strict=True))
    assert np.isnan(next(height for text, height in labels.items() if "graph" in text))
    assert np.isfinite(next(height for text, height in labels.items() if "a1" in text))


def test_the_distance_is_drawn_where_guess_and_truth_are_furthest_apart() -> None:
    figure = guess()
    assert named(figure, "distance")["x"].tolist() == [1.0, 1.0]
    assert named(figure, "distance")["y"].tolist() == [1.5, 1.0]
    assert named(figure, "furthest apart")["y"].tolist() == [1.5, 1.0]


# ---- labels that do not overlap -------------------------------------------------------------------


@given(heights=HEIGHTS, gap=GAPS)
def test_spread_heights_are_at_least_a_gap_apart_in_the_same_order(heights: Any, gap: float) -> None:
    moved = curves.spread(heights, gap)
    order = np.argsort(heights, kind="stable")
    assert moved.shape == heights.shape
    assert (np.diff(moved[order]) >= gap - 1e-9).all()


@given(steps=arrays.arrays(np.float64, st.integers(1, 8), elements=st.floats(0.0, 3.0)), gap=GAPS)
def test_heights_that_are_apart_already_stay(steps: Any, gap: float) -> None:
    heights = np.cumsum(steps + gap * (1 + 1e-9))
    assert curves.spread(heights, gap) == pytest.approx(heights, abs=1e-9)
    assert curves.spread(heights[::-1], gap) == pytest.approx(heights[::-1], abs=1e-9)


@given(heights=HEIGHTS, gap=GAPS, data=st.data())
def test_no_other_way_to_keep_apart_moves_less(heights: Any, gap: float, data: Any) -> None:
    size = len(heights)
    slack = data.draw(arrays.arrays(np.float64, size, elements=st.floats(-5.0, 5.0)))
    other = np.empty(size)
    other[np.argsort(heights, kind="stable")] = np.sort(slack) + gap * np.arange(size)
    moved = curves.spread(heights, gap)
    assert np.sum((moved - heights) ** 2) <= np.sum((other - heights) ** 2) + 1e-9


@given(heights=HEIGHTS, gap=GAPS)
def test_spreading_twice_is_spreading_once(heights: Any, gap: float) -> None:
    once = curves.spread(heights, gap)
    assert curves.spread(once, gap) == pytest.approx(once, abs=1e-9)


@given(heights=HEIGHTS, gap=GAPS, by=st.floats(-5.0, 5.0))
def test_moving_all_heights_moves_their_spread(heights: Any, gap: float, by: float) -> None:
    assume(len(set(heights)) == len(set(heights + by)))
    expected = curves.spread(heights, gap) + by
    assert curves.spread(heights + by, gap) == pytest.approx(expected, abs=1e-9)


def test_two_equal_heights_part_evenly() -> None:
    assert curves.spread(np.array([1.0, 1.0]), 0.5).tolist() == [0.75, 1.25]
    assert curves.spread(np.array([2.0, 0.0, 2.0]), 1.0).tolist() == [1.5, 0.0, 2.5]


@given(heights=HEIGHTS)
def test_the_label_of_a_curve_beyond_the_axis_stands_at_its_edge(heights: Any) -> None:
    names = [str(k) for k in range(len(heights))]
    labels = curves.end_labels(5.0, heights, names, ["ink"] * len(heights), (-100.0, -10.0))
    assert labels["y"].max() >= -10 - 90 / 14
    alone = curves.end_labels(5.0, [heights[0]], ["a"], ["ink"], (-1.0, 1.0))["y"][0]
    assert -1 <= alone <= 1


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_any_activation_has_a_figure(name: str) -> None:
    network = neuron(1.0, 0.5, ACTIVATIONS[name])
    passed, probe = forward(network, column(X)), forward(network, np.array([[1.0]]))
    figure = curves.neuron(X, passed, knot(1.0, 0.5), probe, WITHIN)
    assert figure["data"][0]["y"].tolist() == passed.output[:, 0].tolist()
