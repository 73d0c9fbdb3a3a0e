"""A figure is valid Plotly, its curves can be told apart, and only its numbers change."""

import json
import re
from collections.abc import Callable
from itertools import combinations

import numpy as np
import plotly.graph_objects as go
import pytest

from pages.shared.figures.axes import Figure
from pages.shared.figures.theme import PALETTE
from tests.figures.examples import (
    FIGURES,
    approximation_of,
    contributions,
    error_against_size,
    error_curve,
    guess,
    heights,
    one_neuron,
    two_neurons,
)
from tests.figures.looking import coloured, drawn_lines

each_figure = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES.keys())


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


@each_figure
def test_a_remark_stands_within_its_plot(figure: Callable[[], Figure]) -> None:
    layout = figure()["layout"]
    for remark in layout.get("annotations", []):
        assert (remark["xref"], remark["yref"]) == ("x domain", "y domain")
        assert 0 <= remark["x"] <= 1
        assert 0 <= remark["y"] <= 1
        assert remark["text"]
