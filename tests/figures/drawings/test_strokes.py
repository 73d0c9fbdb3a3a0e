"""However large a weight is, no line of a drawing is thicker than a line, and none has less than no width."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.building.constructions import neuron, one_hidden_layer
from nn_core.learning.gradients import backward, descend
from nn_core.learning.losses import MSE
from nn_core.networks.activations import IDENTITY, RELU, TANH
from nn_core.networks.network import Layer, Network, forward
from nn_core.networks.steps import walk
from pages.shared.figures.drawings import chain_rule, diagram, passing, sheet
from pages.shared.figures.drawings.chain import NAMES, UPDATE, OneStep
from pages.shared.figures.drawings.markup import Markup
from pages.shared.figures.theme import colour
from tests.figures.looking import filled

THICKEST = 6.5
WEIGHTS = st.floats(-1e6, 1e6)


def neuron_drawn(weight: float) -> list[Markup]:
    network = neuron(weight, weight, TANH)
    return [diagram.neuron(network, forward(network, np.ones((1, 1))))]


def layers_drawn(weight: float) -> list[Markup]:
    network = one_hidden_layer([4.0, 4.0], [0.0, 1.0], [weight, 1.0], TANH)
    return [diagram.one_hidden_layer(network, ("v1", "v2"), ("", "")), diagram.many_units(network, 4)]


def walk_drawn(weight: float) -> list[Markup]:
    network = Network(
        (Layer(np.full((2, 2), weight), np.zeros(2), RELU), Layer(np.ones((2, 1)), np.ones(1), IDENTITY))
    )
    found = walk(network, np.array([weight, 1.0]))
    height = sheet.height(passing.sizes_of(found.passed))
    return [
        each
        for count in (0, 1, len(found.steps))
        for each in (passing.neurons(found, count, height), sheet.sheet(found, count))
    ]


def step_drawn(weight: float) -> list[Markup]:
    network, x, y = (
        one_hidden_layer([weight, 1.0], [0.0, 1.0], [weight, 1.0], TANH),
        np.ones((1, 1)),
        np.zeros((1, 1)),
    )
    gradients = backward(network, x, y, MSE)
    after = descend(network, gradients, 0.1)
    step = OneStep(network, forward(network, x), 0.0, MSE(network(x), y), gradients, after, MSE(after(x), y))
    return [chain_rule.taken_apart(step, UPDATE, name, 0.1, "") for name in NAMES]


DRAWINGS = {"a neuron": neuron_drawn, "layers": layers_drawn, "a walk": walk_drawn, "a step": step_drawn}


def widths(root: ET.Element) -> list[float]:
    """How thick the lines are; what is drawn in paper's colour is the halo of a text."""
    lines = (each for each in root.iter() if each.get("stroke") not in (None, colour("paper")))
    return [float(each.get("stroke-width", "1")) for each in lines]


@pytest.mark.parametrize("drawn", DRAWINGS.values(), ids=DRAWINGS.keys())
@settings(max_examples=15)
@given(weight=WEIGHTS)
def test_no_line_of_a_drawing_is_too_thick(drawn: object, weight: float) -> None:
    for markup in drawn(weight):  # type: ignore[operator]
        found = widths(filled(markup))
        assert found
        assert all(0 <= width <= THICKEST for width in found)


def test_a_thickness_stands_in_an_attribute_where_it_is_looked_for() -> None:
    for drawn in DRAWINGS.values():
        assert not any("stroke-width:" in markup.html for markup in drawn(1.0))
