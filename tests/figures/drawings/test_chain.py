"""The numbers around the network and the factors of the chain rule are the step's."""

import re

import numpy as np
import pytest

from nn_core.learning.gradients import backward, descend
from nn_core.learning.losses import MSE
from nn_core.networks.activations import IDENTITY, SIGMOID, TANH, Activation
from nn_core.networks.network import Layer, Network, forward
from pages.shared.figures.drawings import chain, chain_rule
from pages.shared.figures.drawings.chain import BACKWARD, NAMES, PARTS, SAMPLE, UPDATE, OneStep
from pages.shared.figures.drawings.markup import Markup
from pages.shared.figures.theme import PALETTE
from pages.shared.numbers import plain
from tests.figures.looking import places_of, said

WEIGHTS = {"w1": 0.8, "w2": -0.6, "b1": 0.3, "b2": 0.5, "v1": -0.5, "v2": 0.7, "c": 0.2}
RATE = 0.3
each_name = pytest.mark.parametrize("name", NAMES)
each_part = pytest.mark.parametrize("part", range(SAMPLE, UPDATE + 1))


def network_of(activation: Activation = TANH) -> Network:
    n = WEIGHTS
    hidden = Layer(np.array([[n["w1"], n["w2"]]]), np.array([n["b1"], n["b2"]]), activation)
    return Network((hidden, Layer(np.array([[n["v1"]], [n["v2"]]]), np.array([n["c"]]), IDENTITY)))


def step_of(x: float = 1.5, y: float = 0.8, rate: float = RATE, activation: Activation = TANH) -> OneStep:
    network, inputs, label = network_of(activation), np.array([[x]]), np.array([[y]])
    gradients = backward(network, inputs, label, MSE)
    after = descend(network, gradients, rate)
    losses = [MSE(each(inputs), label) for each in (network, after)]
    return OneStep(network, forward(network, inputs), y, losses[0], gradients, after, losses[1])


def markup_of(part: int = UPDATE, name: str = "w1", rate: float = RATE) -> Markup:
    return chain_rule.taken_apart(step_of(rate=rate), part, name, rate, "what is done")


def number(text: str) -> float:
    """The number that stands at the end of a text, in parentheses or not."""
    found = re.search(r"([\N{MINUS SIGN}+]?[\d.]+)\)?$", text)
    assert found
    return float(found[1].replace("\N{MINUS SIGN}", "-"))


# ---- the drawing and the formulas ---------------------------------------------------------------------


def test_parameters_have_their_names() -> None:
    assert chain.by_name(network_of()) == WEIGHTS
    assert chain.by_name(step_of().gradients).keys() == WEIGHTS.keys()


@each_name
def test_markup_is_well_formed_and_every_slot_has_a_place(name: str) -> None:
    markup = markup_of(name=name)
    places = set(places_of(markup))
    empty = {slot for slot, attributes in markup.slots.items() if attributes.get("text") == ""}
    assert places == markup.slots.keys() - empty
    assert {slot.split()[0] for slot in empty} <= {"factor"}
    assert set(re.findall(r"var\(--sp-([\w-]+)\)", markup.html)) <= PALETTE["light"].keys()


@each_name
def test_along_the_parts_only_slots_change(name: str) -> None:
    frames = [markup_of(part, name) for part in range(SAMPLE, UPDATE + 1)]
    assert len({frame.html for frame in frames}) == 1
    forms = {tuple((slot, *attributes) for slot, attributes in frame.slots.items()) for frame in frames}
    assert len(forms) == 1


@each_part
def test_numbers_of_later_parts_are_not_to_be_seen(part: int) -> None:
    markup = markup_of(part)
    seen = [markup.slots[f"part {name}"]["visibility"] for name in PARTS]
    assert seen == ["visible"] * part + ["hidden"] * (len(PARTS) - part)
    assert (said(markup, "product") == "?") == (part < BACKWARD)
    assert (said(markup, "update after") == "?") == (part < UPDATE)


@each_part
def test_the_part_at_hand_is_the_one_underlined(part: int) -> None:
    slots = markup_of(part).slots
    underlined = [name for name in PARTS if slots[f"title {name}"]["text-decoration"] == "underline"]
    assert underlined == [PARTS[part - 1]]


@pytest.mark.parametrize("activation", [TANH, SIGMOID], ids=str)
@each_name
def test_the_derivative_is_the_product_of_the_factors(name: str, activation: Activation) -> None:
    step = step_of(activation=activation)
    factors = [value for slot, value in chain_rule.factors(step, name).items() if slot.startswith("factor")]
    assert np.prod(factors) == pytest.approx(chain.by_name(step.gradients)[name], rel=1e-12)
    slots = chain_rule.taken_apart(step, UPDATE, name, RATE, "").slots
    shown = [str(slots[slot]["text"]) for slot in slots if slot.startswith("factor")]
    assert sorted(number(text) for text in shown if text) == pytest.approx(sorted(factors), abs=0.005)


@each_name
def test_the_update_is_written_with_its_numbers(name: str) -> None:
    markup = markup_of(name=name)
    slope = chain.by_name(step_of().gradients)[name]
    written = [number(said(markup, f"update {word}")) for word in ("before", "rate", "slope", "after")]
    assert written == pytest.approx([WEIGHTS[name], RATE, slope, WEIGHTS[name] - RATE * slope], abs=0.005)


def test_negative_numbers_stand_in_parentheses_where_a_sign_comes_before_them() -> None:
    markup = markup_of(name="w1")
    assert said(markup, "factor v") == "(−0.50)"
    assert said(markup, "update rate") == "0.30"
    assert said(markup_of(name="v1"), "update before") == "−0.50"


def test_around_a_unit_stand_its_own_numbers() -> None:
    markup, step = markup_of(), step_of()
    z = WEIGHTS["w2"] * 1.5 + WEIGHTS["b2"]
    assert number(said(markup, "z2")) == pytest.approx(z, abs=0.005)
    assert number(said(markup, "a2")) == pytest.approx(np.tanh(z), abs=0.005)
    assert number(said(markup, "slope2")) == pytest.approx(1.0 - np.tanh(z) ** 2, abs=0.005)
    assert number(said(markup, "da2")) == pytest.approx(2 * (step.output - 0.8) * 0.7, abs=0.005)
    assert number(said(markup, "dz2")) == pytest.approx(chain.by_name(step.gradients)["b2"], abs=0.005)
    assert said(markup, "loss number") == plain(step.loss, 4)


def test_at_rate_zero_every_parameter_stays() -> None:
    markup = markup_of(rate=0.0)
    for name in NAMES:
        assert number(said(markup, name)) == number(said(markup, f"{name} after"))


@each_name
def test_the_chosen_parameter_s_edge_is_the_boldest(name: str) -> None:
    slots = markup_of(name=name).slots
    assert max(NAMES, key=lambda each: float(slots[f"edge {each}"]["stroke-width"])) == name
