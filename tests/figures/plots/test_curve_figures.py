"""The curves of neurons are the network's, their sum is its output, and a guess is drawn as it was made."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.building.constructions import neuron
from nn_core.grids import column
from nn_core.networks.activations import ACTIVATIONS
from nn_core.networks.network import forward, knot
from pages.shared.figures.plots import curves
from tests.figures.examples import WITHIN, X, guess, one_neuron, two_neurons
from tests.figures.looking import drawn_lines, named

NUMBERS = st.floats(-10.0, 10.0)

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


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_any_activation_has_a_figure(name: str) -> None:
    network = neuron(1.0, 0.5, ACTIVATIONS[name])
    passed, probe = forward(network, column(X)), forward(network, np.array([[1.0]]))
    figure = curves.neuron(X, passed, knot(1.0, 0.5), probe, WITHIN)
    assert figure["data"][0]["y"].tolist() == passed.output[:, 0].tolist()


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


# ---- a guess --------------------------------------------------------------------------------------


def test_a_guess_is_a_plateau_on_each_cell_and_a_gap_where_nothing_is_drawn() -> None:
    drawn = named(guess(), "your guess")
    assert drawn["x"].tolist() == [-4, -2, -2, 0, 0, 2, 2, 4]
    assert drawn["y"][:6].tolist() == [0, 0, 0, 0, 1.5, 1.5]
    assert np.isnan(drawn["y"][6:]).all()


def test_the_truth_is_the_weighted_sum_of_the_units_shown() -> None:
    figure = guess()
    one, two, truth = (named(figure, name)["y"] for name in ("a₁", "a₂", "truth"))
    assert set(one) == set(two) == {0.0, 1.0}
    assert (1.5 * one - 0.5 * two).tolist() == truth.tolist()


def test_a_hidden_graph_is_nowhere_in_the_figure() -> None:
    figure = guess(shown=False)
    for name in ("truth", "distance", "furthest apart"):
        assert np.isnan(np.asarray(named(figure, name)["y"])).all()
    labels = dict(zip(figure["data"][-1]["text"], figure["data"][-1]["y"], strict=True))
    assert np.isnan(next(height for text, height in labels.items() if "graph" in text))
    assert np.isfinite(next(height for text, height in labels.items() if "a₁" in text))


def test_the_distance_is_drawn_where_guess_and_truth_are_furthest_apart() -> None:
    figure = guess()
    assert named(figure, "distance")["x"].tolist() == [1.0, 1.0]
    assert named(figure, "distance")["y"].tolist() == [1.5, 1.0]
    assert named(figure, "furthest apart")["y"].tolist() == [1.5, 1.0]
