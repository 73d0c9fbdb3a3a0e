"""Diagrams and formulas are well-formed, and their slots hold the network's numbers."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.building.constructions import neuron, one_hidden_layer
from nn_core.grids import evenly
from nn_core.networks.activations import ACTIVATIONS, SIGMOID, STEP, Activation
from nn_core.networks.network import forward
from pages.shared.figures.drawings import diagram, formula
from pages.shared.figures.drawings.markup import Markup
from pages.shared.figures.theme import PALETTE
from pages.shared.numbers import plain, signed
from tests.figures.looking import filled, places_of, root_of

NUMBERS = st.integers(-100, 100).map(lambda tenths: tenths / 10)


def one_neuron(
    weight: float = 2.0, bias: float = -1.0, x: float = 0.5, activation: Activation = SIGMOID
) -> Markup:
    network = neuron(weight, bias, activation)
    return diagram.neuron(network, forward(network, np.array([[x]])))


def layer(weights: tuple[float, ...] = (1.5, -0.5), bias: float = 0.25) -> Markup:
    count = len(weights)
    network = one_hidden_layer([4.0] * count, [0.0] * count, weights, STEP, bias)
    names = tuple(f"v{k}" for k in range(count))
    return diagram.one_hidden_layer(network, names, tuple(f"knot {k}" for k in range(count)))


def wide(count: int, most: int = 8, bias: float = 0.25) -> Markup:
    """Units with the knots 0, 0.1, 0.2, .. and the output weights 1, -2, 3, -4, .."""
    numbers = np.arange(count)
    weights, biases = np.full(count, 4.0), -0.4 * numbers
    output_weights = (numbers + 1.0) * (-1.0) ** numbers
    return diagram.many_units(one_hidden_layer(weights, biases, output_weights, STEP, bias), most)


def neuron_formula(
    weight: float = 2.0, bias: float = -1.0, x: float = 0.5, activation: str = "sigmoid"
) -> Markup:
    network = neuron(weight, bias, ACTIVATIONS[activation])
    return formula.neuron(network, forward(network, np.array([[x]])))


MARKUPS = {
    "the diagram of a neuron": one_neuron(),
    "the diagram of a layer": layer(),
    "the diagram of three units": layer((1.0, 0.0, -1.0)),
    "the diagram of many units": wide(40),
    "the diagram of few of them": wide(3),
    "the diagram of none": wide(0),
    "the formula of a neuron": neuron_formula(),
    "the formula without a symbol": neuron_formula(activation="identity"),
    "the formula of a sum": formula.weighted_sum((1.5, -0.5), 0.25, ("1", "2")),
}
each_markup = pytest.mark.parametrize("markup", MARKUPS.values(), ids=MARKUPS.keys())


def text(markup: Markup) -> str:
    return "".join(filled(markup).itertext())


@each_markup
def test_markup_is_well_formed(markup: Markup) -> None:
    assert {part.tag for part in root_of(markup)} in ({"svg"}, {"math"})


@each_markup
def test_every_place_is_filled_and_no_slot_has_two(markup: Markup) -> None:
    places = places_of(markup)
    assert len(set(places)) == len(places)
    assert set(places) <= markup.slots.keys()


@each_markup
def test_every_slot_has_a_place(markup: Markup) -> None:
    # Without a symbol for f the formula has no f(z), the one number that it then leaves out.
    left_out = {"z"} if "σ" not in text(markup) and "wx" in text(markup) else set()
    assert markup.slots.keys() - set(places_of(markup)) == left_out


@each_markup
def test_markup_names_colours_by_meaning_only(markup: Markup) -> None:
    assert set(re.findall(r"var\(--sp-([\w-]+)\)", markup.html)) <= PALETTE["light"].keys()
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", markup.html)


@each_markup
def test_no_text_of_a_slot_is_part_of_the_markup(markup: Markup) -> None:
    assert all("data-slot" not in str(value) for slot in markup.slots.values() for value in slot)
    assert "<script" not in markup.html
    assert not re.search(r"\bon\w+=", markup.html)


def test_the_markup_of_one_shape_of_network_is_made_once() -> None:
    assert one_neuron().html is one_neuron(-3.0, 2.0, 4.0, STEP).html
    assert layer().html is layer((0.0, 1.0), 0.0).html
    assert layer().html != layer((1.0, 1.0, 1.0)).html
    assert neuron_formula().html is neuron_formula(0.0, 0.0, 0.0).html
    assert wide(0).html is wide(3).html is wide(200).html
    assert wide(3).html != wide(3, most=5).html


# ---- the diagram ----------------------------------------------------------------------------------


@given(weight=NUMBERS, bias=NUMBERS, x=NUMBERS)
def test_the_diagram_says_what_flows_through_a_neuron(weight: float, bias: float, x: float) -> None:
    z = weight * x + bias
    shown = text(one_neuron(weight, bias, x))
    for number in (
        signed(x),
        f"× {signed(weight, 1)}",
        signed(bias, 1),
        signed(z),
        signed(float(SIGMOID(np.array(z)))),
        "sigmoid",
    ):
        assert number in shown


@given(weights=st.tuples(NUMBERS, NUMBERS), bias=NUMBERS)
def test_the_diagram_says_every_output_weight_and_the_bias(weights: tuple[float, float], bias: float) -> None:
    shown = text(layer(weights, bias))
    assert f"v0 = {signed(weights[0])}" in shown
    assert f"v1 = {signed(weights[1])}" in shown
    assert signed(bias) in shown
    assert "knot 0" in shown
    assert "knot 1" in shown


@given(one=NUMBERS, other=NUMBERS)
def test_an_arrow_is_as_thick_as_its_weight_is_large(one: float, other: float) -> None:
    thin, thick = sorted((one, other), key=abs)
    slots = layer((thin, thick)).slots
    assert slots["weight0"]["stroke-width"] <= slots["weight1"]["stroke-width"]
    single = [one_neuron(weight).slots["weight"]["stroke-width"] for weight in (thin, thick)]
    assert single[0] <= single[1]
    assert single[0] < single[1] or abs(thin) == abs(thick)


@given(weight=NUMBERS)
def test_an_arrow_is_dashed_where_its_weight_is_negative_and_faint_where_it_is_zero(
    weight: float,
) -> None:
    for arrow in (one_neuron(weight).slots["weight"], layer((weight, 1.0)).slots["weight0"]):
        assert (arrow["stroke-dasharray"] != "none") == (weight < 0)
        assert (float(arrow["opacity"]) < 1) == (weight == 0)
        assert float(arrow["opacity"]) > 0


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_the_glyph_of_an_activation_is_its_graph_in_a_box(name: str) -> None:
    activation = ACTIVATIONS[name]
    points = one_neuron(activation=activation).slots["glyph"]["points"]
    x, y = np.array([pair.split(",") for pair in str(points).split()], dtype=float).T
    assert (x.min(), x.max()) == (-22, 22)
    assert (y.min(), y.max()) == (-13, 13)
    values = activation(x * 3 / 22)
    fitted = 13 - 26 * (values - values.min()) / (values.max() - values.min())
    assert np.median(np.abs(fitted - y)) < 0.5


def test_the_glyph_of_a_constant_is_a_level_line_through_the_middle() -> None:
    constant = Activation("five", "5", lambda z: np.full_like(z, 5.0), np.zeros_like)
    points = one_neuron(activation=constant).slots["glyph"]["points"]
    x, y = np.array([pair.split(",") for pair in str(points).split()], dtype=float).T
    assert (x.min(), x.max()) == (-22, 22)
    assert set(y) == {0.0}


# ---- a diagram of many units ----------------------------------------------------------------------


def rows_of(markup: Markup, part: str = "row") -> list[ET.Element]:
    return [e for e in filled(markup).iter() if re.fullmatch(rf"{part}\d+", e.get("data-slot", ""))]


@given(count=st.integers(0, 200), most=st.integers(2, 16))
def test_of_many_units_at_most_so_many_are_drawn_evenly_chosen(count: int, most: int) -> None:
    rows = rows_of(wide(count, most))
    assert len(rows) == most
    shown = [row for row in rows if row.get("visibility") == "visible"]
    assert [row.get("visibility") for row in rows] == ["visible"] * len(shown) + ["hidden"] * (
        most - len(shown)
    )
    words = rows_of(wide(count, most), "words")
    assert [each.get("visibility") for each in words] == [row.get("visibility") for row in rows]
    said = ["".join([*row.itertext(), *told.itertext()]) for row, told in zip(shown, words, strict=False)]
    assert said == [
        f"{k + 1}knot {plain(k / 10, 3)}{signed((k + 1) * (-1) ** k, 3)}" for k in evenly(count, most)
    ]


def test_of_many_units_all_lines_are_drawn_before_all_words() -> None:
    slots = [each.get("data-slot", "") for each in filled(wide(8)).iter()]
    assert max(slots.index(f"weight{row}") for row in range(8)) < slots.index("words0")


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 hidden units drawn"),
        (1, "1 hidden unit drawn"),
        (8, "8 hidden units drawn"),
        (9, "8 of 9 hidden units drawn"),
        (200, "8 of 200 hidden units drawn"),
    ],
)
def test_the_diagram_says_how_many_units_it_shows(count: int, words: str) -> None:
    assert wide(count).slots["count"]["text"] == words


def test_of_many_units_the_bias_is_said_and_a_unit_without_a_knot_too() -> None:
    network = one_hidden_layer([0.0, -2.0], [1.0, 3.0], [0.0, -0.5], STEP, -1.25)
    slots = diagram.many_units(network).slots
    assert slots["b"]["text"] == "bias −1.250"
    assert (slots["knot0"]["text"], slots["knot1"]["text"]) == ("no knot", "knot 1.500")
    assert (slots["v0"]["text"], slots["v1"]["text"]) == ("+0.000", "−0.500")


@given(weights=st.lists(NUMBERS, min_size=1, max_size=8))
def test_among_many_units_too_arrows_are_as_thick_as_their_weights(weights: list[float]) -> None:
    size = len(weights)
    markup = diagram.many_units(one_hidden_layer([1.0] * size, [0.0] * size, weights, STEP))
    arrows = [markup.slots[f"weight{k}"] for k in range(size)]
    thick = [float(arrow["stroke-width"]) for arrow in arrows]
    assert sorted(thick) == [thick[k] for k in np.argsort(np.abs(weights), kind="stable")]
    assert max(thick) <= 6.5
    assert max(thick) == 6.5 or not any(weights)
    for arrow, weight in zip(arrows, weights, strict=True):
        assert (arrow["stroke-dasharray"] != "none") == (weight < 0)
        assert (float(arrow["opacity"]) < 1) == (weight == 0)


# ---- the formula ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        (neuron_formula(2.0, -1.0, 1.0), "a=σ(wx+b)=σ(2.0·1.00−1.0)=σ(1.00)=0.73"),
        (neuron_formula(-2.0, 1.0, -1.0), "a=σ(wx+b)=σ(−2.0·(−1.00)+1.0)=σ(3.00)=0.95"),
        (neuron_formula(1.0, 0.0, 0.0, "tanh"), "a=tanh(wx+b)=tanh(1.0·0.00+0.0)=tanh(0.00)=0.00"),
        (neuron_formula(1.0, 2.0, 1.0, "identity"), "a=wx+b=1.0·1.00+2.0=3.00"),
        (formula.weighted_sum((1.5, -0.5), 0.25, ("1", "2")), "y=1.50a1−0.50a2+0.25"),
        (formula.weighted_sum((-1.0, 0.0), -1.0, ("1", "2")), "y=−1.00a1+0.00a2−1.00"),
    ],
)
def test_a_formula_reads_as_one_writes_it(markup: Markup, shown: str) -> None:
    assert text(markup) == shown


@given(weight=NUMBERS, bias=NUMBERS, x=NUMBERS)
def test_the_formula_says_the_numbers_of_the_neuron(weight: float, bias: float, x: float) -> None:
    shown = text(neuron_formula(weight, bias, x))
    z = weight * x + bias
    assert f"σ({plain(weight, 1)}·" in shown
    assert shown.endswith(f"=σ({plain(z)})={plain(float(SIGMOID(np.array(z))))}")
    assert "-" not in shown
    assert "−−" not in shown
    assert "+−" not in shown


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_every_activation_has_a_formula(name: str) -> None:
    markup = neuron_formula(activation=name)
    assert {part.tag for part in root_of(markup)} == {"math"}
    assert text(markup).startswith("a=")


def test_each_parameter_has_its_colour_in_the_formula() -> None:
    colours = {
        e.get("data-slot"): e.get("style") for e in root_of(neuron_formula()).iter() if e.get("data-slot")
    }
    assert colours["w"] == "color:var(--sp-weight)"
    assert colours["x"] == "color:var(--sp-input)"
    assert colours["b"] == "color:var(--sp-bias)"
    assert colours["a"] == "color:var(--sp-network)"
