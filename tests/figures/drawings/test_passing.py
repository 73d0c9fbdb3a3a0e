"""Neurons, the sheet and the equations say the same numbers, light the same term, and fit their places."""

import xml.etree.ElementTree as ET
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from nn_core.networks.activations import IDENTITY, RELU, SIGMOID
from nn_core.networks.network import Layer, Network
from nn_core.networks.steps import Kind, Walk, walk
from pages.shared.figures.drawings import passing, sheet
from pages.shared.figures.drawings.markup import Markup
from pages.shared.numbers import compact
from tests.figures.looking import said as text

some = settings(max_examples=40, phases=[Phase.generate])
X = np.array([2.0, 5.0, 7.0, 3.0])
FIRST = Layer(np.array([[2, 1], [1, 1], [1, 1], [-1, 1]]), np.array([-9, -7]), IDENTITY)
LAST = Layer(np.array([[-1], [1]]), np.array([0]), IDENTITY)
TALK = walk(Network((FIRST, LAST)), X)


def large(seed: int = 0, size: float = 2.0) -> Walk:
    """The walk through the largest network of the page."""
    random = np.random.default_rng(seed)
    layers = [
        Layer(random.normal(0, size, (6, 6)), random.normal(0, size, 6), f) for f in (RELU, SIGMOID, IDENTITY)
    ]
    return walk(Network(tuple(layers)), random.normal(0, size, 6))


def panels(found: Walk, count: int) -> tuple[Markup, Markup]:
    height = sheet.height(passing.sizes_of(found.passed))
    return passing.neurons(found, count, height), sheet.sheet(found, count)


# ---- numbers ------------------------------------------------------------------------------------------


@some
@given(value=st.floats(-1e13, 1e13), width=st.floats(30, 90))
def test_a_long_number_is_written_smaller_so_that_it_fits(value: float, width: float) -> None:
    slot = passing.number(value, width)
    wide = sum(0.31 if sign in passing.NARROW_ONES else 0.58 for sign in str(slot["text"]))
    assert wide * float(slot["font-size"]) <= width + 0.5


# ---- the two views ------------------------------------------------------------------------------------


def test_at_the_first_step_only_the_input_is_there() -> None:
    neurons, table = panels(TALK, 0)
    assert [text(neurons, f"0 {row}") for row in range(4)] == ["2", "5", "7", "3"]
    assert [text(neurons, slot) for slot in ("1 0", "1 1", "2 0")] == ["", "", ""]
    assert [text(table, f"{sheet.SUM} {column}") for column in (0, 1)] == ["", ""]
    assert text(table, "line end") == ""


def test_at_the_end_the_talk_says_4_10_6_and_true() -> None:
    neurons, table = panels(TALK, len(TALK.steps))
    assert [text(neurons, slot) for slot in ("1 0", "1 1", "2 0", "answer")] == ["4", "10", "6", "true"]
    assert text(table, f"{sheet.SUMS} 0") == "6"
    assert text(table, "line end") == "= 6 > 0: true"
    assert text(table, "layer") == "layer 2 of 2"


@pytest.mark.parametrize("found", [TALK, large()], ids=["talk", "large"])
def test_both_views_light_the_term_that_is_added(found: Walk) -> None:
    for count, step in enumerate(found.steps, start=1):
        if step.kind is not Kind.TERM:
            continue
        neurons, table = panels(found, count)
        most = max(passing.sizes_of(found.passed)[:-1])
        thick = [row for row in range(most) if neurons.slots[f"edge {row}"]["stroke-width"] == 5]
        bold = [row for row in range(most) if "700" in str(table.slots[f"term {row}"]["style"])]
        top = float(table.slots["light w"]["y"])
        assert thick == bold == [step.index]
        assert top == table.slots["light x"]["y"]
        assert (top - 2 - sheet.HEAD) / sheet.ROW == step.index


@pytest.mark.parametrize("found", [TALK, large()], ids=["talk", "large"])
def test_the_present_unit_shows_the_total_of_the_step_in_both_views(found: Walk) -> None:
    lines = {Kind.TERM: sheet.SUM, Kind.BIAS: sheet.SUMS, Kind.ACTIVATION: sheet.OUTPUTS}
    for count, step in enumerate(found.steps[:-1], start=1):
        neurons, table = panels(found, count)
        told = compact(step.total)
        assert text(neurons, f"{step.layer + 1} {step.unit}") == told
        assert text(table, f"{lines[step.kind]} {step.unit}") == told
        assert text(table, "line end") == f"= {told}"


def test_the_edge_ends_are_the_circles_it_joins() -> None:
    neurons, _ = panels(TALK, 3)
    circles = [
        (float(each.get("cx", 0)), float(each.get("cy", 0)))
        for each in ET.fromstring(neurons.html).iter("circle")
    ]
    edge = neurons.slots["edge 2"]
    assert (edge["x1"], edge["y1"]) == circles[2]
    assert (edge["x2"], edge["y2"]) == circles[4]


def test_a_click_on_a_number_leads_to_its_cell() -> None:
    neurons, table = panels(TALK, 9)
    assert table.slots["w 2 1"]["data-cell"] == "W1 2 1"
    assert table.slots["x 3"]["data-cell"] == "x 0 3"
    assert table.slots[f"{sheet.BIAS} 1"]["data-cell"] == "b1 0 1"
    assert neurons.slots["weight 2"]["data-cell"] == "W1 2 1"
    later = panels(TALK, 14)[1]
    assert later.slots["w 1 0"]["data-cell"] == "W2 1 0"
    assert later.slots["x 1"]["data-cell"] == ""


@pytest.mark.parametrize("found", [TALK, large()], ids=["talk", "large"])
def test_all_steps_have_the_same_markup_and_slots_for_every_place(found: Walk) -> None:
    first = panels(found, 0)
    for count in range(len(found.steps) + 1):
        for panel, other in zip(panels(found, count), first, strict=True):
            assert panel.html == other.html
            assert {name: slot.keys() for name, slot in panel.slots.items()} == {
                name: slot.keys() for name, slot in other.slots.items()
            }
    for panel in first:
        root = ET.fromstring(f"<div>{panel.html}</div>")
        assert {each.get("data-slot") for each in root.iter()} - {None} == panel.slots.keys()


def test_circles_stay_apart_and_inside() -> None:
    for sizes in ((4, 2, 1), (6, 6, 6, 6), (1, 1, 1), (5, 5, 5, 5), (1, 6, 1)):
        height = sheet.height(sizes)
        radius = passing._radius(sizes)
        for column in passing._places(sizes, height):
            downs = [y for _, y in column]
            assert all(radius < x < passing.WIDTH - radius for x, _ in column)
            assert all(radius < y < height - radius for y in downs)
            assert all(below - above > 2 * radius for above, below in pairwise(downs))


# ---- several outputs ----------------------------------------------------------------------------------


def test_of_several_outputs_the_largest_is_named() -> None:
    weights = np.array([[1.0, 2.0, 2.0]])
    found = walk(Network((Layer(weights, np.zeros(3), IDENTITY),)), np.array([3.0]))
    assert passing.told_output(found) == "outputs 2 and 3 are largest: 6"
    assert text(panels(found, len(found.steps))[0], "answer") == "largest: 2 and 3"


def test_zero_is_not_greater_than_zero() -> None:
    found = walk(Network((Layer(np.zeros((1, 1)), np.zeros(1), IDENTITY),)), np.ones(1))
    assert passing.told_output(found) == "0 ≤ 0: false"
