"""In the plane a field, its boundary, its units' lines and its points are where the network says."""

import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from nn_core.arrays import FloatArray
from nn_core.networks.activations import IDENTITY, SIGMOID
from nn_core.networks.network import Layer, Network, forward
from nn_core.plane.datasets import XOR_POINTS, Dataset
from nn_core.plane.lines import foot
from pages.shared.figures.axes import Figure
from pages.shared.figures.plots import plane
from pages.shared.figures.plots.plane import CLASSES, LEVELS, TILES_ACROSS, View
from pages.shared.figures.theme import PALETTE
from pages.shared.figures.traces import PARKED, joined
from tests.figures.looking import coloured, form, named

VIEW = View(1.6, 21)
WITHIN = (-0.25, 1.75)
NUMBERS = st.floats(-8.0, 8.0)
SIZABLE = st.tuples(NUMBERS, NUMBERS).filter(lambda pair: math.hypot(*pair) > 0.01)
PROBABILITIES = arrays.arrays(np.float64, st.integers(1, 40), elements=st.floats(0.0, 1.0))
ALL_WRONG, ALL_RIGHT = np.zeros(4, dtype=bool), np.ones(4, dtype=bool)
SHARES = np.array([0.5, 0.75, 0.875, 1.0, 1.0]), np.array([0.25, 0.5, 0.5, 1.0, 0.75])
Flags = np.ndarray[Any, np.dtype[np.bool_]]


def network_of(w1: float, w2: float, b: float) -> Network:
    return Network((Layer(np.array([[w1], [w2]]), np.array([b]), IDENTITY),))


def whole_plane(
    weights: tuple[float, float] = (1.0, 2.0), b: float = 0.5, right: Flags = ALL_WRONG
) -> Figure:
    network = network_of(*weights, b)
    logits = network(VIEW.points)[:, 0]
    start = np.array(foot(np.array(weights), b) or (np.nan, np.nan))
    traces = [
        plane.field("field", VIEW.ticks, VIEW.ticks, plane.levels(SIGMOID(logits))),
        plane.boundary(logits, VIEW, 60),
        plane.unit_line("line 1", np.array(weights), b, VIEW, "unit-1"),
        *plane.normal("weights 1", start, np.array(weights), 0.45, "unit-1"),
        *plane.labelled(XOR_POINTS, size=13),
        *plane.labelled(XOR_POINTS, hollow=True),
        plane.wrong(XOR_POINTS.points, right),
    ]
    return plane.plane(traces, VIEW)


def hidden(v: tuple[float, float] = (1.0, -1.0), c: float = 0.25, times: float = 1.0) -> Figure:
    layer = Layer(times * np.array([[2.0, -1.0], [1.0, 1.0]]), np.array([0.5, -0.5]), SIGMOID)
    threads = plane.threads(VIEW, 3, 5)
    moved = forward(Network((layer,)), threads.reshape(-1, 2)).output.reshape(threads.shape)
    activations = forward(Network((layer,)), XOR_POINTS.points).output
    grid = joined(moved[..., 0], moved[..., 1], len(threads))
    return plane.hidden_space(activations, XOR_POINTS, grid, (np.array(v), c), WITHIN)


def small_pictures(*widths: int, side: int = 3, seed: int = 0) -> tuple[list[FloatArray], Figure]:
    generator = np.random.default_rng(seed)
    layers = [generator.uniform(size=(side**2, width)) for width in widths]
    return layers, plane.tiles(layers, side)


def cut(slope: float = 1.0) -> Figure:
    x = VIEW.ticks
    return plane.cut(x, np.tanh(slope * x), slope * x, (-2.0, 2.0))


def learning(now: int = 2, kept: int = 5) -> Figure:
    losses = np.array([0.7, 0.2, 0.03, 0.004, 0.0005])
    losses[kept:] = np.nan
    return plane.learning(np.arange(5.0) * 20, losses, SHARES, now)


FIGURES: dict[str, Callable[[], Figure]] = {
    "the plane": whole_plane,
    "the plane of a unit without weights": lambda: whole_plane((0.0, 0.0)),
    "hidden space": hidden,
    "tiles of one layer": lambda: small_pictures(6)[1],
    "tiles of two layers": lambda: small_pictures(5, 2)[1],
    "cut": cut,
    "learning": learning,
    "learning that ended early": lambda: learning(kept=3),
}
each_figure = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES.keys())


def plain(figure: Figure) -> str:
    return json.dumps(figure, default=lambda array: array.tolist())


# ---- every figure ---------------------------------------------------------------------------------


@each_figure
@pytest.mark.parametrize("theme", list(PALETTE))
def test_a_figure_is_valid_plotly_in_both_themes(figure: Callable[[], Figure], theme: str) -> None:
    made = go.Figure(coloured(figure(), theme))
    assert len(made.data) == len(figure()["data"])
    assert "var(" not in made.to_json()


@each_figure
def test_every_array_of_a_trace_fits_its_x_and_y(figure: Callable[[], Figure]) -> None:
    for trace in figure()["data"]:
        if trace["type"] == "heatmap":
            assert trace["z"].shape == (len(trace["x"]) * len(trace["y"]),)
        else:
            assert trace["x"].shape == trace["y"].shape == (len(trace["x"]),)


@each_figure
def test_axes_keep_their_range_whatever_is_drawn(figure: Callable[[], Figure]) -> None:
    for axis in ("xaxis", "yaxis"):
        low, high = figure()["layout"][axis]["range"]
        assert PARKED < low < high


def test_pictures_of_one_sweep_differ_in_their_numbers_only() -> None:
    expected = form(whole_plane())
    for weights, b in (((0.0, 0.0), 0.0), ((0.0, 0.0), 3.0), ((1.0, 0.0), 99.0), ((-3.0, 7.0), 0.0)):
        assert form(whole_plane(weights, b, ALL_RIGHT)) == expected
    assert form(hidden()) == form(hidden((0.0, 0.0), 0.0)) == form(hidden((1.0, 1.0), 9.0, times=7.0))
    assert form(small_pictures(5, 2)[1]) == form(small_pictures(5, 2, seed=1)[1])
    assert form(cut()) == form(cut(-3.0))
    assert form(learning()) == form(learning(4)) == form(learning(0))


def test_where_marks_are_not_to_be_seen_none_is_missing_in_what_is_sent() -> None:
    assert form(learning(kept=5)["data"][0]) == form(learning(kept=3)["data"][0])


def test_making_a_figure_does_not_change_the_one_before() -> None:
    before = [plain(figure()) for figure in FIGURES.values()]
    for figure in FIGURES.values():
        go.Figure(coloured(figure(), "dark"))
    whole_plane((-3.0, 7.0), 1.0, ALL_RIGHT)
    hidden((2.0, 2.0), times=3.0)
    assert [plain(figure()) for figure in FIGURES.values()] == before


@each_figure
def test_a_figure_names_colours_by_meaning_only(figure: Callable[[], Figure]) -> None:
    text = plain(figure())
    assert "var(--sp-" in text
    assert "rgb" not in text
    assert '"#' not in text


# ---- a view and its field -------------------------------------------------------------------------


@given(half=st.floats(0.1, 10.0), side=st.integers(2, 30))
def test_a_view_is_a_square_of_points_row_by_row_from_below(half: float, side: int) -> None:
    view = View(half, side)
    assert (view.ticks[0], view.ticks[-1]) == (-half, half)
    assert np.diff(view.ticks) == pytest.approx(np.full(side - 1, 2 * half / (side - 1)))
    rows = view.points.reshape(side, side, 2)
    assert (rows[..., 0] == view.ticks).all()
    assert (rows[..., 1] == view.ticks[:, np.newaxis]).all()


@given(probabilities=PROBABILITIES)
def test_a_level_is_the_nearest_of_256(probabilities: FloatArray) -> None:
    levels = plane.levels(probabilities)
    assert levels.dtype == np.uint8
    assert levels.shape == probabilities.shape
    assert (np.abs(levels / LEVELS - probabilities) <= 0.5 / LEVELS + 1e-12).all()


@given(level=st.integers(0, LEVELS))
def test_every_level_is_taken_and_stays_itself(level: int) -> None:
    assert plane.levels(np.array([level / LEVELS])).tolist() == [level]


@pytest.mark.parametrize(
    ("given", "level"), [(-1e300, 0), (-0.1, 0), (0.0, 0), (1.0, 255), (1.5, 255), (np.inf, 255)]
)
def test_what_is_no_probability_becomes_the_nearer_end(given: float, level: int) -> None:
    assert plane.levels(np.array([given])).tolist() == [level]


@given(weights=SIZABLE, b=NUMBERS, row=st.integers(0, 20), column=st.integers(0, 20))
def test_the_field_at_a_point_is_the_networks_probability_there(
    weights: tuple[float, float], b: float, row: int, column: int
) -> None:
    field = named(whole_plane(weights, b), "field")
    at = np.array([[field["x"][column], field["y"][row]]])
    probability = SIGMOID(network_of(*weights, b)(at))[0, 0]
    shade = int(field["z"].reshape(len(field["y"]), len(field["x"]))[row, column])
    assert field["z"].dtype == np.uint8
    assert shade / LEVELS == pytest.approx(probability, abs=0.51 / LEVELS)


def test_the_field_goes_from_class_0_over_paper_to_class_1() -> None:
    field = named(whole_plane(), "field")
    assert (field["zmin"], field["zmax"]) == (0, LEVELS)
    assert field["colorscale"] == [
        [0, "var(--sp-class-0)"], [0.5, "var(--sp-paper)"], [1, "var(--sp-class-1)"],
    ]  # fmt: skip


# ---- the boundary ---------------------------------------------------------------------------------


@given(weights=SIZABLE, b=NUMBERS)
def test_the_boundary_of_one_neuron_is_where_its_logit_is_0(weights: tuple[float, float], b: float) -> None:
    logits = network_of(*weights, b)(VIEW.points)[:, 0]
    drawn = plane.boundary(logits, VIEW, 60)
    x, y = (drawn[axis][np.isfinite(drawn[axis])] for axis in "xy")
    assert weights[0] * x + weights[1] * y + b == pytest.approx(np.zeros(len(x)), abs=1e-9)
    assert (len(x) > 0) == bool((logits > 0).any() and not (logits > 0).all())
    assert max(np.abs(x).max(initial=0), np.abs(y).max(initial=0)) <= VIEW.half + 1e-9


@given(radius=st.floats(0.3, 1.5), east=st.floats(-0.05, 0.05))
def test_the_boundary_of_a_curved_field_is_off_by_the_square_of_a_cell_at_most(
    radius: float, east: float
) -> None:
    x, y = VIEW.points.T
    drawn = plane.boundary(np.hypot(x - east, y) - radius, VIEW, 200)
    there = np.isfinite(drawn["x"])
    cell = 2 * VIEW.half / (VIEW.side - 1)
    distances = np.hypot(drawn["x"][there] - east, drawn["y"][there]) - radius
    assert there.sum() >= 16
    assert (np.abs(distances) <= cell**2 / radius).all()


@given(most=st.integers(0, 80), b=st.floats(-20.0, 20.0))
def test_a_boundary_has_room_for_so_many_segments_and_takes_all_of_it(most: int, b: float) -> None:
    drawn = plane.boundary(network_of(3.0, 1.0, b)(VIEW.points)[:, 0], VIEW, most)
    assert len(drawn["x"]) == len(drawn["y"]) == 3 * most


def test_where_the_network_always_decides_no_boundary_is_drawn() -> None:
    for logit in (-1.0, 1.0):
        drawn = plane.boundary(np.full(VIEW.side**2, logit), VIEW, 10)
        assert np.isnan(drawn["x"]).all()
        assert np.isnan(drawn["y"]).all()


# ---- the lines of the units -----------------------------------------------------------------------


@given(weights=SIZABLE, b=NUMBERS)
def test_a_units_line_is_where_its_pre_activation_is_0(weights: tuple[float, float], b: float) -> None:
    drawn = plane.unit_line("line", np.array(weights), b, VIEW, "unit-2")
    corners = np.array([[x, y] for x in (-VIEW.half, VIEW.half) for y in (-VIEW.half, VIEW.half)])
    signs = np.sign(corners @ weights + b)
    assert drawn["x"].shape == drawn["y"].shape == (2,)
    if np.isnan(drawn["x"]).any():
        assert abs(signs.sum()) >= 3, "all corners are on one side, or the line passes through one"
        return
    assert weights[0] * drawn["x"] + weights[1] * drawn["y"] + b == pytest.approx(np.zeros(2), abs=1e-7)
    assert np.maximum(np.abs(drawn["x"]), np.abs(drawn["y"])) == pytest.approx(np.full(2, VIEW.half)), (
        "from edge to edge of the view"
    )
    assert drawn["line"]["color"] == "var(--sp-unit-2)"


def test_a_unit_without_weights_has_no_line() -> None:
    drawn = plane.unit_line("line", np.zeros(2), 1.0, VIEW, "unit-1")
    assert np.isnan([drawn["x"], drawn["y"]]).all()


@given(weights=SIZABLE, b=NUMBERS, length=st.floats(0.1, 1.0))
def test_a_normal_points_from_the_line_to_the_positive_side(
    weights: tuple[float, float], b: float, length: float
) -> None:
    start = np.array(foot(np.array(weights), b))
    shaft, head = plane.normal("weights", start, np.array(weights), length, "unit-1")
    places = np.column_stack([shaft["x"], shaft["y"]])
    z = places @ weights + b
    assert places[0].tolist() == start.tolist()
    assert z == pytest.approx([0.0, length * math.hypot(*weights)], abs=1e-9)
    assert np.hypot(*(places[1] - places[0])) == pytest.approx(length), "and stands at a right angle to it"
    barbs = np.column_stack([head["x"], head["y"]])
    assert barbs[1].tolist() == places[1].tolist(), "the head is at the tip"
    assert (barbs[[0, 2]] @ weights + b < z[1]).all()
    assert barbs[[0, 2]].mean(axis=0) @ (-weights[1], weights[0]) == pytest.approx(
        start @ (-weights[1], weights[0]), abs=1e-9
    )
    assert np.hypot(*(barbs[0] - barbs[2])) > 0.01


@pytest.mark.parametrize(
    ("start", "weights"),
    [((0.0, 0.0), (0.0, 0.0)), ((np.nan, np.nan), (1.0, 2.0)), ((0.0, np.inf), (1.0, 1.0))],
)
def test_without_a_line_there_is_no_normal(start: tuple[float, float], weights: tuple[float, float]) -> None:
    nowhere = plane.normal("weights", np.array(start), np.array(weights), 0.5, "unit-1")
    somewhere = plane.normal("weights", np.zeros(2), np.ones(2), 0.5, "unit-1")
    assert all(np.isnan(trace[axis]).all() for trace in nowhere for axis in "xy")
    assert [form(trace) for trace in nowhere] == [form(trace) for trace in somewhere]


# ---- points ---------------------------------------------------------------------------------------


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    count = draw(st.integers(0, 8))
    points = draw(arrays.arrays(np.float64, (count, 2), elements=st.floats(-1.2, 1.2)))
    labels = draw(st.lists(st.integers(0, 1), min_size=count, max_size=count))
    return Dataset(points, np.array(labels, dtype=np.int64))


@given(dataset=datasets(), hollow=st.booleans())
def test_each_point_is_drawn_once_in_the_shape_and_colour_of_its_class(
    dataset: Dataset, hollow: bool
) -> None:
    drawn = plane.labelled(dataset, hollow=hollow)
    assert len(drawn) == 2
    for kind, trace in enumerate(drawn):
        expected = [point.tolist() for point, label in zip(*vars_of(dataset), strict=True) if label == kind]
        assert np.column_stack([trace["x"], trace["y"]]).tolist() == expected
        assert trace["marker"]["symbol"] == ("circle", "diamond")[kind] + ("-open" if hollow else "")
        assert trace["marker"]["color"] == f"var(--sp-{CLASSES[kind]})"
        assert trace["name"] == f"class {kind}" + (", held out" if hollow else "")


def vars_of(dataset: Dataset) -> tuple[Any, Any]:
    return dataset.points, dataset.labels


@settings(max_examples=40)
@given(dataset=datasets(), data=st.data())
def test_a_ring_is_around_each_wrong_point_and_the_others_are_parked_outside_every_view(
    dataset: Dataset, data: st.DataObject
) -> None:
    right = np.array(data.draw(st.lists(st.booleans(), min_size=dataset.n, max_size=dataset.n)), dtype=bool)
    rings = plane.wrong(dataset.points, right)
    marks = np.column_stack([rings["x"], rings["y"]])
    assert marks.shape == (dataset.n, 2), "there are as many marks however many are wrong"
    assert marks[~right].tolist() == dataset.points[~right].tolist()
    assert (marks[right] == PARKED).all()
    assert rings["marker"]["symbol"] == "circle-open"


def test_what_is_parked_is_in_no_view() -> None:
    for figure in (whole_plane(right=ALL_RIGHT), plane.plane([], View(100.0, 2))):
        for axis in ("xaxis", "yaxis"):
            assert figure["layout"][axis]["range"][0] > PARKED / 100
    assert 0 > PARKED > np.finfo(np.float32).min


def test_the_plane_is_as_wide_as_it_is_high_and_shows_its_view() -> None:
    layout = whole_plane()["layout"]
    assert layout["xaxis"]["range"] == layout["yaxis"]["range"] == [-1.6, 1.6]
    assert layout["yaxis"]["scaleanchor"] == "x"


# ---- hidden space ---------------------------------------------------------------------------------


@given(v=SIZABLE, c=NUMBERS)
def test_the_separator_of_the_hidden_space_is_where_the_output_is_0(v: tuple[float, float], c: float) -> None:
    drawn = named(hidden(v, c), "the output's line")
    corners = np.array([[x, y] for x in WITHIN for y in WITHIN])
    signs = np.sign(corners @ v + c)
    if np.isnan(drawn["x"]).any():
        assert abs(signs.sum()) >= 3
        return
    assert v[0] * drawn["x"] + v[1] * drawn["y"] + c == pytest.approx(np.zeros(2), abs=1e-7)
    middle, half = sum(WITHIN) / 2, (WITHIN[1] - WITHIN[0]) / 2
    reach = np.maximum(np.abs(drawn["x"] - middle), np.abs(drawn["y"] - middle))
    assert reach == pytest.approx(np.full(2, half)), "from edge to edge of what is shown"


def test_an_output_without_weights_has_no_separator() -> None:
    drawn = named(hidden((0.0, 0.0), 1.0), "the output's line")
    assert np.isnan([drawn["x"], drawn["y"]]).all()


@given(times=st.floats(-3.0, 3.0))
def test_in_hidden_space_each_point_is_at_its_activations(times: float) -> None:
    figure = hidden(times=times)
    layer = Layer(times * np.array([[2.0, -1.0], [1.0, 1.0]]), np.array([0.5, -0.5]), SIGMOID)
    activations = forward(Network((layer,)), XOR_POINTS.points).output
    for kind in (0, 1):
        drawn = named(figure, f"class {kind}")
        places = np.column_stack([drawn["x"], drawn["y"]])
        assert places == pytest.approx(activations[XOR_POINTS.labels == kind])
    assert figure["layout"]["xaxis"]["range"] == figure["layout"]["yaxis"]["range"] == list(WITHIN)


def test_in_hidden_space_the_planes_grid_is_drawn_as_it_lies_there() -> None:
    x = np.array([0.0, 1.0, np.nan, 0.25, 0.5, np.nan])
    figure = plane.hidden_space(XOR_POINTS.points, XOR_POINTS, (x, -x), (np.ones(2), 0.0), WITHIN)
    grid = named(figure, "the plane's grid")
    assert np.array_equal(grid["x"], x, equal_nan=True)
    assert np.array_equal(grid["y"], -x, equal_nan=True)


@given(half=st.floats(0.5, 3.0), count=st.integers(2, 6), per_thread=st.integers(2, 8))
def test_threads_are_lines_across_the_view_and_as_many_up_it(
    half: float, count: int, per_thread: int
) -> None:
    threads = plane.threads(View(half, 5), count, per_thread)
    assert threads.shape == (2 * count, per_thread, 2)
    places, along = np.linspace(-half, half, count), np.linspace(-half, half, per_thread)
    for fixed, lines in ((1, threads[:count]), (0, threads[count:])):
        assert (lines[..., fixed] == places[:, np.newaxis]).all()
        assert (lines[..., 1 - fixed] == along).all()


# ---- tiles ----------------------------------------------------------------------------------------


def tile(figure: Figure, title: dict[str, Any], side: int) -> tuple[int, int, Any]:
    """Where the tile below a title begins, from the left and from below, and its levels."""
    (field,) = figure["data"]
    sheet = field["z"].reshape(len(field["y"]), len(field["x"]))
    left, bottom = title["x"] - (side - 1) / 2, title["y"] - side
    column, row = int(np.searchsorted(field["x"], left)), int(np.searchsorted(field["y"], bottom))
    assert (field["x"][column], field["y"][row]) == (left, bottom)
    return column, row, sheet[row : row + side, column : column + side]


@given(
    widths=st.lists(st.integers(1, 9), min_size=1, max_size=3),
    side=st.integers(2, 6),
    seed=st.integers(0, 99),
)
def test_each_tile_holds_its_units_field_the_same_way_up(widths: list[int], side: int, seed: int) -> None:
    layers, figure = small_pictures(*widths, side=side, seed=seed)
    titles = figure["layout"]["annotations"]
    units = np.hstack(layers).T
    assert len(titles) == len(units) == sum(widths)
    for title, unit in zip(titles, units, strict=True):
        assert tile(figure, title, side)[2].tolist() == plane.levels(unit).reshape(side, side).tolist()


@given(widths=st.lists(st.integers(1, 9), min_size=1, max_size=3), side=st.integers(2, 6))
def test_tiles_do_not_overlap_and_between_them_there_is_paper(widths: list[int], side: int) -> None:
    layers = [np.ones((side**2, width)) for width in widths]
    (field,) = plane.tiles(layers, side)["data"]
    assert field["z"].dtype == np.uint8
    assert (field["z"] == LEVELS).sum() == sum(widths) * side**2
    assert set(field["z"].tolist()) == {LEVELS // 2 + 1, LEVELS}


@given(widths=st.lists(st.integers(1, 9), min_size=1, max_size=3))
def test_tiles_are_read_like_words_and_each_layer_begins_a_row(widths: list[int]) -> None:
    _, figure = small_pictures(*widths)
    titles = figure["layout"]["annotations"]
    places = [(-row, column) for column, row, _ in (tile(figure, title, 3) for title in titles)]
    assert places == sorted(set(places)), "from left to right, then from the top down"
    first, rows = 0, []
    for width in widths:
        mine = places[first : first + width]
        assert [mine.index(place) % TILES_ACROSS for place in mine] == [
            sorted({column for _, column in places}).index(column) for _, column in mine
        ]
        rows.append({row for row, _ in mine})
        first += width
    assert sum(map(len, rows)) == len(set().union(*rows)), "no row holds units of two layers"


def test_tiles_are_named_by_unit_and_where_there_are_two_layers_by_layer_and_unit() -> None:
    def names(*widths: int) -> list[str]:
        return [title["text"] for title in small_pictures(*widths)[1]["layout"]["annotations"]]

    assert names(3) == ["unit 1", "unit 2", "unit 3"]
    assert names(2, 1) == ["1.1", "1.2", "2.1"]
    assert names(12)[9:] == ["unit 10", "unit 11", "unit 12"]


@given(widths=st.lists(st.integers(1, 9), min_size=1, max_size=3), side=st.integers(2, 6))
def test_all_tiles_and_their_titles_are_in_view(widths: list[int], side: int) -> None:
    layout = small_pictures(*widths, side=side)[1]["layout"]
    (left, right), (bottom, top) = (layout[axis]["range"] for axis in ("xaxis", "yaxis"))
    for title in layout["annotations"]:
        assert left <= title["x"] - side / 2 < title["x"] + side / 2 <= right
        assert bottom <= title["y"] - side - 0.5 < title["y"] < top
    assert layout["yaxis"]["scaleanchor"] == "x", "tiles are square"


# ---- along the middle line, and the losses --------------------------------------------------------


def test_a_cut_shows_the_network_beside_its_straight_counterpart() -> None:
    figure = cut(2.0)
    network, straight = named(figure, "network"), named(figure, "linear layers")
    assert network["x"].tolist() == straight["x"].tolist() == VIEW.ticks.tolist()
    assert network["y"].tolist() == np.tanh(2.0 * VIEW.ticks).tolist()
    assert straight["y"].tolist() == (2.0 * VIEW.ticks).tolist()
    assert (network["line"]["dash"], straight["line"]["dash"]) == ("solid", "dash")
    assert figure["layout"]["xaxis"]["range"] == [-1.6, 1.6]
    assert figure["layout"]["yaxis"]["range"] == [-2.0, 2.0]


@pytest.mark.parametrize("now", range(5))
def test_the_mark_of_a_training_is_on_its_losses_where_the_knob_stands(now: int) -> None:
    figure = learning(now)
    losses, mark = named(figure, "loss"), named(figure, "now")
    assert (mark["x"].tolist(), mark["y"].tolist()) == ([20.0 * now], [losses["y"][now]])
    assert losses["x"].tolist() == [0.0, 20.0, 40.0, 60.0, 80.0]
    assert figure["layout"]["xaxis"]["range"] == [0.0, 80.0]


def test_the_shares_of_right_points_have_a_scale_of_their_own_from_0_to_1() -> None:
    figure = learning()
    drawn = [named(figure, name) for name in ("right in training", "right, held out")]
    for trace, share in zip(drawn, SHARES, strict=True):
        assert (trace["x"].tolist(), trace["y"].tolist()) == ([0.0, 20.0, 40.0, 60.0, 80.0], share.tolist())
        assert trace["yaxis"] == "y2"
    assert [trace["line"]["dash"] for trace in drawn] == ["dash", "dot"]
    axis = figure["layout"]["yaxis2"]
    low, high = axis["range"]
    assert (axis["overlaying"], axis["side"]) == ("y", "right")
    assert low == 0.0
    assert 1.0 < high < 1.2, "what is always right is not hidden by the frame"
    assert "yaxis" not in named(figure, "loss")


LOSSES = st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=8)


@settings(max_examples=40)
@given(there=LOSSES, missing=st.integers(0, 4))
def test_losses_that_are_missing_are_not_drawn_and_all_others_are_within_the_axis(
    there: list[float], missing: int
) -> None:
    losses = np.array([*there, *[math.nan] * missing])
    figure = plane.learning(np.arange(len(losses) + 0.0), losses, (losses, losses), len(there) - 1)
    assert np.array_equal(named(figure, "loss")["y"], losses, equal_nan=True)
    axis = figure["layout"]["yaxis"]
    low, high = axis["range"]
    assert axis["type"] == "log"
    assert low < high
    assert low - 1e-9 <= math.log10(min(there))
    assert math.log10(max(there)) <= high + 1e-9
    go.Figure(coloured(figure, "light"))


def test_the_mark_is_hidden_where_the_loss_is_missing() -> None:
    assert np.isnan(named(learning(now=4, kept=3), "now")["y"]).all()
