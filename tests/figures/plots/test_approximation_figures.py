"""A target and its network, their distance and what adds up to them are drawn as they are."""

import json
from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.errors import compare
from pages.shared.figures.axes import Figure
from pages.shared.figures.plots import approximation
from pages.shared.figures.plots.approximation import Frame, Rate
from tests.figures.examples import (
    BEYOND,
    DOMAIN,
    INSIDE,
    LEAST,
    MEASURED,
    MOST,
    SIZES,
    WITHIN,
    X,
    approximation_of,
    closing_in,
    compared,
    contributions,
    error_against_size,
    error_curve,
    heights,
    heights_before,
    parts,
)
from tests.figures.looking import drawn_lines, every, labels_of, named

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
    made = figure()
    (at,) = np.flatnonzero(compared().where == X)
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
    assert "promises nothing" in layout["annotations"][0]["text"]


def test_where_only_the_interval_is_in_view_nothing_is_grey() -> None:
    assert closing_in()["layout"]["shapes"] == closing_in()["layout"]["annotations"] == []
    left = closing_in(Frame((-5.0, 5.0), (-4.0, 5.0), WITHIN))["layout"]["shapes"]
    assert [(shape["x0"], shape["x1"]) for shape in left] == [(-5.0, -4.0)]


# ---- heights set by hand --------------------------------------------------------------------------


@pytest.mark.parametrize("figure", [heights, heights_before])
def test_half_heights_are_marked_at_both_ends_and_named_above_the_plot(figure: Callable[[], Figure]) -> None:
    drawn = figure()
    marks = named(drawn, "half height")
    assert (marks["x"].tolist(), marks["y"].tolist()) == ([-5.0, 5.0], [0.5, -0.5])
    assert "half height" in drawn["layout"]["annotations"][0]["text"]
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
