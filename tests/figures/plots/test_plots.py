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

from nn_core.arrays import FloatArray
from nn_core.building.constructions import neuron, one_hidden_layer
from nn_core.errors import Comparison, compare
from nn_core.grids import column, line, line_with_edges
from nn_core.networks.activations import ACTIVATIONS, STEP, TANH
from nn_core.networks.network import forward, hidden_contributions, knot
from pages.shared.figures.axes import Figure
from pages.shared.figures.plots import approximation, curves
from pages.shared.figures.plots.approximation import Frame, Rate
from pages.shared.figures.theme import PALETTE

X = line((-5.0, 5.0), 41)
WITHIN = (-2.0, 2.0)
DOMAIN = (-4.0, 4.0)
INSIDE = Frame((-5.0, 5.0), (-5.0, 5.0), WITHIN)
BEYOND = Frame((-5.0, 5.0), DOMAIN, WITHIN)
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


def compared(times: float = 3.0) -> Comparison:
    """A target without values in the middle, and a network; only what is within the domain counts."""
    target = np.where(np.abs(X) < 0.3, np.nan, np.sin(X))
    return compare(np.sin(X) + 0.1 * np.cos(times * X), target, X, DOMAIN)


def parts(rows: int = 2) -> tuple[FloatArray, FloatArray]:
    x = np.broadcast_to(line((-5.0, 5.0), 5), (rows, 5))
    return curves.rows(x, np.tanh(x) * np.arange(1, rows + 1)[:, np.newaxis], 4)


def approximation_of(times: float = 3.0) -> Figure:
    return approximation.approximation(compared(times), parts(), INSIDE)


def closing_in(frame: Frame | None = None, pinned: FloatArray | None = None) -> Figure:
    return approximation.closing_in(compared(), frame or INSIDE, pinned=pinned)


def heights(shared: bool = False) -> Figure:
    top = np.nan if shared else 0.5
    return approximation.heights(compared(), INSIDE, (np.array([-5.0, 5.0]), np.array([top, -top])))


def heights_before() -> Figure:
    return approximation.heights_before(compared(), INSIDE, (np.array([-5.0, 5.0]), np.array([0.5, -0.5])))


def contributions(rows: int = 2) -> Figure:
    x, y = parts(rows)
    newest = (x[:5], y[:5]) if rows else (np.full(5, np.nan), np.full(5, np.nan))
    return approximation.contributions((x, y), newest, INSIDE)


def error_curve(proven: dict[str, float] | None = None, unit: float = 1.0) -> Figure:
    levels = {"proven: at most": 0.3} if proven is None else proven
    return approximation.error_curve(compared(), levels, BEYOND, unit)


SIZES = np.arange(1.0, 201.0)
MEASURED = Rate("measured", SIZES, 0.5 / SIZES, "error")
MOST = Rate("proven: at most", SIZES, 0.6 / SIZES, "ink")
LEAST = Rate("proven: at least", SIZES, np.full(200, 0.002), "ink", dash="dot")


def error_against_size(
    others: tuple[Rate, ...] = (MOST, LEAST), now: tuple[float, float] = (12.0, 0.04), unit: float = 1.0
) -> Figure:
    return approximation.error_against_size(MEASURED, others, now, unit)


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
    "approximation": approximation_of,
    "closing in": closing_in,
    "closing in, beyond the interval, with a ghost": lambda: closing_in(BEYOND, np.cos(X)),
    "heights": heights,
    "heights with shared edges": lambda: heights(shared=True),
    "heights before the output": heights_before,
    "contributions": contributions,
    "contributions of no unit": lambda: contributions(rows=0),
    "error curve": error_curve,
    "error curve, nothing proven": lambda: error_curve({}),
    "error curve, units missing": lambda: error_curve({"proven: at most": np.nan}),
    "error against size": error_against_size,
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
    (trace,) = every(figure, name)
    return trace


def every(figure: Figure, name: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace.get("name") == name]


def labels_of(figure: Figure) -> dict[str, float]:
    """The names beside the right ends of the curves, and how high they stand."""
    (labels,) = [trace for trace in figure["data"] if trace["mode"] == "text"]
    names = [text.strip() for text in labels["text"]]
    return dict(zip(names, labels["y"].tolist(), strict=True))


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
    def form(figure: Figure) -> str:
        return json.dumps(figure, default=lambda array: list(array.shape))

    assert form(one_neuron()) == form(one_neuron(weight=0.0, bias=-3.0, x=4.0))
    assert form(two_neurons()) == form(two_neurons((0.0, 1.0), -1.0))
    assert form(guess()) == form(guess(shown=False))
    assert form(approximation_of()) == form(approximation_of(5.0))
    assert form(heights()) == form(heights(shared=True))
    assert form(contributions(1)) == form(contributions(4)) == form(contributions(0))
    assert form(error_curve()) == form(error_curve({"proven: at most": np.nan}))
    assert form(error_against_size()) == form(error_against_size(now=(1.0, 3.0)))


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


WITH_TWO_CURVES = pytest.mark.parametrize(
    "figure",
    [approximation_of, closing_in, lambda: closing_in(BEYOND, np.cos(X)), heights],
    ids=["approximation", "closing in", "with a ghost", "heights"],
)


@WITH_TWO_CURVES
def test_target_and_network_are_drawn_as_they_are(figure: Callable[[], Figure]) -> None:
    made, expected = figure(), compared()
    for name, values in (("target", expected.target), ("network", expected.network)):
        assert named(made, name)["x"].tolist() == X.tolist()
        assert np.array_equal(named(made, name)["y"], values, equal_nan=True)


@WITH_TWO_CURVES
def test_the_largest_error_is_drawn_from_the_target_to_the_network_where_it_is_attained(
    figure: Callable[[], Figure],
) -> None:
    made, at = figure(), compared().worst
    assert DOMAIN[0] < X[at] < DOMAIN[1]
    drawn = every(made, "largest error")
    assert [trace["mode"] for trace in drawn] == ["lines", "markers"]
    for trace in drawn:
        assert trace["x"].tolist() == [X[at], X[at]]
        assert trace["y"].tolist() == [named(made, "target")["y"][at], named(made, "network")["y"][at]]
        assert abs(trace["y"][1] - trace["y"][0]) == compared().sup_norm


@WITH_TWO_CURVES
def test_the_labels_of_the_two_curves_stand_near_their_right_ends(figure: Callable[[], Figure]) -> None:
    made, labels = figure(), labels_of(figure())
    assert {"target", "network"} <= labels.keys()
    ends = {name: float(named(made, name)["y"][-1]) for name in labels}
    gap = (WITHIN[1] - WITHIN[0]) / 14
    assert labels == pytest.approx(ends, abs=2 * gap)
    heights = sorted(labels.values())
    assert (np.diff(heights) >= gap - 1e-9).all()
    assert sorted(labels, key=labels.__getitem__) == sorted(ends, key=ends.__getitem__)


def test_a_target_that_ends_without_a_value_is_labelled_at_its_last_one() -> None:
    network, target = np.full(41, -1.0), np.where(X > 3, np.nan, X / 5)
    figure = approximation.closing_in(compare(network, target, X), INSIDE)
    assert labels_of(figure) == pytest.approx({"target": 0.6, "network": -1.0}, abs=0.01)


def test_target_and_network_have_their_own_colours_and_the_neurons_none() -> None:
    meaning = {trace["name"]: trace["line"]["color"] for trace in drawn_lines(approximation_of())}
    assert meaning == {
        "one neuron": "var(--sp-muted)",
        "target": "var(--sp-target)",
        "network": "var(--sp-network)",
        "largest error": "var(--sp-error)",
    }


def test_the_neurons_are_drawn_behind_target_and_network() -> None:
    first, *_ = approximation_of()["data"]
    assert first["name"] == "one neuron"
    assert first["line"]["width"] < min(
        trace["line"]["width"] for trace in drawn_lines(approximation_of())[1:]
    )
    for drawn, expected in zip((first["x"], first["y"]), parts(), strict=True):
        assert np.array_equal(drawn, expected, equal_nan=True)


def test_a_ghost_is_another_network_behind_both_and_named() -> None:
    figure = closing_in(INSIDE, np.cos(X))
    ghost, *others = figure["data"]
    assert ghost["name"] == "pinned"
    assert ghost["x"].tolist() == X.tolist()
    assert ghost["y"].tolist() == np.cos(X).tolist()
    assert ghost["line"]["color"] == "var(--sp-unit-3)"
    assert labels_of(figure).keys() == {"target", "network", "pinned"}
    assert json.dumps(others[:-1], default=lambda array: array.tolist()) == json.dumps(
        closing_in()["data"][:-1], default=lambda array: array.tolist()
    )


def test_without_a_ghost_none_is_drawn_or_named() -> None:
    assert every(closing_in(), "pinned") == []
    assert labels_of(closing_in()).keys() == {"target", "network"}


def test_beyond_the_interval_it_is_grey_and_a_remark_says_why() -> None:
    layout = closing_in(BEYOND)["layout"]
    assert [(shape["x0"], shape["x1"]) for shape in layout["shapes"]] == [(-5.0, -4.0), (4.0, 5.0)]
    for shape in layout["shapes"]:
        assert (shape["fillcolor"], shape["layer"]) == ("var(--sp-grid)", "below")
        assert (shape["yref"], shape["y0"], shape["y1"]) == ("y domain", 0, 1)
    assert "outside the interval" in layout["annotations"][0]["text"]


def test_where_only_the_interval_is_in_view_nothing_is_grey() -> None:
    assert closing_in()["layout"]["shapes"] == closing_in()["layout"]["annotations"] == []
    left = closing_in(Frame((-5.0, 5.0), (-4.0, 5.0), WITHIN))["layout"]["shapes"]
    assert [(shape["x0"], shape["x1"]) for shape in left] == [(-5.0, -4.0)]


@each_figure
def test_a_remark_stands_within_its_plot(figure: Callable[[], Figure]) -> None:
    layout = figure()["layout"]
    for remark in layout.get("annotations", []):
        low, high = layout["yaxis"]["range"]
        assert low <= remark["y"] < high
        assert remark["xref"] == "x domain"
        assert 0 <= remark["x"] < 1
        assert remark["text"]


# ---- heights set by hand --------------------------------------------------------------------------


@pytest.mark.parametrize("figure", [heights, heights_before])
def test_half_heights_are_marked_and_named_at_both_ends(figure: Callable[[], Figure]) -> None:
    marks = named(figure(), "half height")
    assert (marks["x"].tolist(), marks["y"].tolist()) == ([-5.0, 5.0], [0.5, -0.5])
    assert marks["text"] == ["half height", "half height"]
    assert marks["textposition"] == ["top right", "top left"], "towards the middle of the plot"
    assert marks["marker"]["symbol"] == "circle-open"


def test_where_edges_are_shared_no_half_height_is_marked() -> None:
    assert np.isnan(named(heights(shared=True), "half height")["y"]).all()


def test_before_the_output_the_sum_and_what_it_aims_at_are_drawn_without_an_error() -> None:
    figure, expected = heights_before(), compared()
    assert named(figure, "hidden sum")["y"].tolist() == expected.network.tolist()
    assert np.array_equal(named(figure, "σ⁻¹(target)")["y"], expected.target, equal_nan=True)
    assert every(figure, "largest error") == []
    assert labels_of(figure).keys() == {"σ⁻¹(target)", "hidden sum"}
    assert "σ" in figure["layout"]["yaxis"]["title"]["text"]
    above, below = labels_of(figure)["σ⁻¹(target)"], labels_of(figure)["hidden sum"]
    assert (above > below) == (expected.target[-1] > expected.network[-1])


# ---- contributions --------------------------------------------------------------------------------


def test_the_unit_added_last_stands_out_of_the_others() -> None:
    one, last = contributions()["data"]
    assert (one["name"], last["name"]) == ("one unit", "added last")
    assert last["line"]["width"] > one["line"]["width"]
    assert last["y"].tolist() == parts()[1][:5].tolist()
    assert np.array_equal(one["y"], parts()[1], equal_nan=True)
    assert "added last" in contributions()["layout"]["annotations"][0]["text"]


@given(count=st.integers(0, 5), points=st.integers(1, 4), more=st.integers(0, 3), seed=st.integers(0, 99))
def test_rows_are_joined_with_a_gap_behind_each_and_filled_up_with_gaps(
    count: int, points: int, more: int, seed: int
) -> None:
    x, y = np.random.default_rng(seed).normal(size=(2, count, points))
    most = count + more
    joined = curves.rows(x, y, most)
    for long, each in zip(joined, (x, y), strict=True):
        assert long.shape == (most * (points + 1),)
        table = long.reshape(most, points + 1)
        assert table[:count, :-1].tolist() == each.tolist()
        assert np.isnan(table[:, -1]).all()
        assert np.isnan(table[count:]).all()


# ---- logarithmic plots ----------------------------------------------------------------------------


def test_the_distance_is_drawn_where_it_counts_and_nowhere_else() -> None:
    drawn, expected = named(error_curve(), "distance"), compared()
    assert drawn["x"].tolist() == X.tolist()
    counted = expected.counted
    assert not counted.all()
    assert drawn["y"][counted].tolist() == expected.distances[counted].tolist()
    assert np.isnan(drawn["y"][~counted]).all()


def test_the_largest_distance_and_what_is_proven_of_it_are_level_lines() -> None:
    figure = error_curve({"proven: at most": 0.3})
    for name, level in (("largest", compared().sup_norm), ("proven: at most", 0.3)):
        assert named(figure, name)["y"].tolist() == [level, level]
        assert named(figure, name)["x"].tolist() == [-5.0, 5.0]
    assert np.nanmax(named(figure, "distance")["y"]) == named(figure, "largest")["y"][0]


@given(unit=st.sampled_from([1e-3, 1.0, 1e4]), factor=st.floats(1e-12, 1e3) | st.just(0.0))
def test_no_distance_leaves_the_scale(unit: float, factor: float) -> None:
    distance = compare(factor * unit * np.abs(np.cos(X)), np.zeros(41), X)
    figure = approximation.error_curve(distance, {}, INSIDE, unit)
    low, high = approximation.logarithmic(unit)
    assert figure["layout"]["yaxis"]["range"] == pytest.approx(np.log10([low, high]))
    assert ((low <= named(figure, "distance")["y"]) & (named(figure, "distance")["y"] <= high)).all()
    assert named(figure, "largest")["y"][0] == max(distance.sup_norm, low)


@pytest.mark.parametrize("unit", [1e-3, 1.0, 100.0])
def test_a_logarithmic_scale_has_six_decades_below_its_unit_and_some_room_above(unit: float) -> None:
    low, high = approximation.logarithmic(unit)
    assert low == pytest.approx(unit / 1e6)
    assert unit < high < 10 * unit
    for figure in (error_curve(unit=unit), error_against_size(unit=unit)):
        up = figure["layout"]["yaxis"]
        assert up["type"] == "log"
        assert up["range"] == pytest.approx([np.log10(low), np.log10(high)])


def test_while_units_are_missing_nothing_is_proven_and_the_other_label_stays() -> None:
    figure = error_curve({"proven: at most": np.nan})
    assert np.isnan(named(figure, "proven: at most")["y"]).all()
    assert labels_of(figure)["largest"] == pytest.approx(compared().sup_norm)
    assert np.isnan(labels_of(figure)["proven: at most"])


LEVELS = st.lists(st.floats(1e-9, 1e3), max_size=4)


@given(levels=LEVELS, unit=st.sampled_from([0.01, 1.0, 100.0]))
def test_labels_on_a_logarithmic_scale_neither_overlap_nor_change_places(
    levels: list[float], unit: float
) -> None:
    proven = {f"level {index}": level for index, level in enumerate(levels)}
    low, high = np.log10(approximation.logarithmic(unit))
    figures = [
        error_curve(proven, unit),
        error_against_size(
            tuple(Rate(name, SIZES, np.full(200, level), "ink") for name, level in proven.items()), unit=unit
        ),
    ]
    ends = [{"largest": compared().sup_norm, **proven}, {"measured": 0.5 / 200, **proven}]
    for figure, end in zip(figures, ends, strict=True):
        found = {name: np.log10(height) for name, height in labels_of(figure).items()}
        assert found.keys() == end.keys()
        # Labels of 14 pixels in a plot of so many: a line each, and some room in between.
        margin = figure["layout"]["margin"]
        pixels = (figure["layout"]["height"] - margin["t"] - margin["b"]) / (high - low)
        assert (np.diff(sorted(found.values())) * pixels >= 17).all()
        shown = {name: np.clip(np.log10(level), low, high) for name, level in end.items()}
        for one, other in combinations(found, 2):
            assert shown[one] == pytest.approx(shown[other]) or (
                (found[one] < found[other]) == (shown[one] < shown[other])
            )


def test_a_label_that_stands_alone_is_as_high_as_its_level() -> None:
    assert labels_of(error_curve({}))["largest"] == pytest.approx(compared().sup_norm)
    alone = error_against_size((LEAST,))
    assert labels_of(alone) == pytest.approx({"measured": 0.0025, "proven: at least": 0.002}, rel=5)
    assert labels_of(error_against_size(()))["measured"] == pytest.approx(0.5 / 200)


def test_errors_are_points_and_what_is_proven_are_lines_in_their_own_dashes() -> None:
    figure = error_against_size()
    assert named(figure, "measured")["mode"] == "markers"
    for rate in (MEASURED, MOST, LEAST):
        assert named(figure, rate.label)["x"].tolist() == SIZES.tolist()
        assert named(figure, rate.label)["y"].tolist() == rate.errors.tolist()
    assert {trace["name"]: trace["line"]["dash"] for trace in drawn_lines(figure)} == {
        "proven: at most": "dash",
        "proven: at least": "dot",
    }


def test_the_network_on_screen_stands_out_among_those_of_other_sizes() -> None:
    figure = error_against_size(now=(12.0, 0.04))
    this, all_others = named(figure, "this network"), named(figure, "measured")
    assert (this["x"].tolist(), this["y"].tolist()) == ([12.0], [0.04])
    assert this["marker"]["size"] > 2 * all_others["marker"]["size"]
    assert this["marker"]["symbol"] == "diamond"
    assert this["marker"]["color"] == "var(--sp-network)" != all_others["marker"]["color"]
    places = [trace.get("name") for trace in figure["data"]]
    assert places.index("this network") > places.index("measured"), "it is drawn on top"


def test_a_network_without_any_error_is_at_the_foot_of_the_scale() -> None:
    figure = error_against_size(now=(12.0, 0.0))
    assert named(figure, "this network")["y"][0] == approximation.logarithmic(1.0)[0]


def test_a_size_measured_without_any_error_is_at_the_foot_of_the_scale() -> None:
    exact = Rate("measured", np.array([1.0, 2.0]), np.array([0.5, 0.0]), "error")
    figure = approximation.error_against_size(exact, (), (2.0, 0.0), 1.0)
    assert named(figure, "measured")["y"].tolist() == [0.5, approximation.logarithmic(1.0)[0]]


def test_sizes_go_from_one_to_the_most_with_a_tick_in_between() -> None:
    across = error_against_size()["layout"]["xaxis"]
    assert across["type"] == "log"
    assert across["range"] == pytest.approx([0.0, np.log10(200.0)])
    assert {1, 10, 100, 200} <= set(across["tickvals"])


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
def test_labels_held_at_the_edge_stay_in_the_order_of_their_curves(heights: Any) -> None:
    names = [str(k) for k in range(len(heights))]
    labels = curves.end_labels(5.0, heights, names, ["ink"] * len(heights), (-100.0, -10.0))
    assert np.argsort(labels["y"]).tolist() == np.argsort(heights, kind="stable").tolist()


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
