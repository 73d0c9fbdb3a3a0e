"""The tasks of boundaries, of a walk and of its cost are ticked where counting says so."""

from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from pages.scenes.decision_boundary import by_hand
from pages.scenes.forward_pass import cost, walk
from pages.shared.asking.beliefs import GOES_ON
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from tests.pages.verdicts.searching import State, contradictions, states

TENTHS = 10
KNOB = partial(by_hand.weight, "", colour="network")


def whole(*values: float) -> list[int]:
    """Numbers with one digit behind the point as tenths: whole, so that sums of them are exact."""
    return [round(TENTHS * value) for value in values]


def on_its_side(points: Any, labels: Any, score: Any) -> int:
    """How many points have a score on the side of their label; 0 is on neither."""
    return sum(score(*point) * (1 if label else -1) > 0 for point, label in zip(points, labels, strict=True))


# ---- a line, and two ------------------------------------------------------------------------------

CORNERS = [(-1, -1), (1, -1), (-1, 1), (1, 1)]
XOR = [0, 1, 1, 0]


def one_line(w1: float, w2: float, b: float) -> list[bool]:
    """Whether three corners of XOR are on their side, the most that a line can do, and whether four are."""
    across, up, bias = whole(w1, w2, b)
    right = on_its_side(CORNERS, XOR, lambda x, y: across * x + up * y + bias)
    return [right == 3, right == 4]


def test_a_corner_on_the_line_itself_is_on_neither_side() -> None:
    inputs = {"w1": KNOB(2.0), "w2": KNOB(1.0), "b": KNOB(0.5)}
    through = [{"w1": w1, "w2": w2, "b": -(w1 + w2)} for w1, w2 in ((-0.1, -0.2), (0.7, 0.1), (1.1, 2.2))]
    solved: list[State] = [
        {"w1": -1.0, "w2": -1.0, "b": 1.0},
        *({k: round(v, 1) for k, v in at.items()} for at in through),
    ]

    def judge(**at: float) -> Any:
        tasks = by_hand.one_neuron(by_hand.BY_HAND["XOR"], **at).tasks
        return {task: verdict for task, verdict in tasks.items() if task != by_hand.TURNED.label}

    never = "all alike: All points on their side."
    assert contradictions(judge, one_line, states(inputs, solved, 120)) == [never]


def two_hinges(f: str, **at: float) -> list[bool]:
    """Whether all corners of XOR are on their side of two weighed hinges, counted in whole numbers."""
    w11, w12, b1, w21, w22, b2, v1, v2, c = whole(*(at[name] for name in by_hand.START))

    def score(x: int, y: int) -> int:
        first, second = max(w11 * x + w12 * y + b1, 0), max(w21 * x + w22 * y + b2, 0)
        return v1 * first + v2 * second + TENTHS * c

    return [on_its_side(CORNERS, XOR, score) == 4]


def test_two_hinges_solve_xor_where_all_four_corners_are_on_their_side() -> None:
    inputs: dict[str, Any] = {name: KNOB(value) for name, value in by_hand.START.items()}
    inputs["f"] = Choice("activation f", ("ReLU",), "ReLU")
    bend = {
        "w11": 1.0,
        "w12": 1.0,
        "w21": -1.0,
        "w22": -1.0,
        "b1": 0.0,
        "b2": 0.0,
        "v1": -1.0,
        "v2": -1.0,
        "c": 1.0,
    }
    on_a_corner = bend | {"b1": -2.0, "b2": -2.0, "c": 0.0}

    def judge(**at: Any) -> Any:
        tasks = by_hand.two_neurons(by_hand.BY_HAND["XOR"], **at).tasks
        return {task: verdict for task, verdict in tasks.items() if task != by_hand.SILENT.label}

    assert not contradictions(judge, two_hinges, states(inputs, [bend, on_a_corner], 50))


# ---- the walk -------------------------------------------------------------------------------------

SIZES = (2, 2, 2)
FIRST_X = tuple(walk.first_number(("x", 0, column)) for column in range(2))


def answer(bent: str, at: State, x: Any) -> Any:
    """Which outputs are the largest, by whole numbers."""
    hidden = [
        sum(a * w for a, w in zip(x, row, strict=True)) + b
        for row, b in zip(zip(*at["W1"], strict=True), at["b1"][0], strict=True)
    ]
    if bent == "ReLU":
        hidden = [max(z, 0) for z in hidden]
    if bent == "step":
        hidden = [int(z >= 0) for z in hidden]
    output = [
        sum(a * w for a, w in zip(hidden, row, strict=True)) + b
        for row, b in zip(zip(*at["W2"], strict=True), at["b2"][0], strict=True)
    ]
    return [place for place, each in enumerate(output) if each == max(output)]


def walked(step: int, activation: str, **at: Any) -> list[bool]:
    """Whether the walk is at its end, and what changes its answer."""
    (x,) = at["x"]
    now, straight = answer(activation, at, x), answer("none", at, x)
    changed = sum(a != b for a, b in zip(x, FIRST_X, strict=True))
    bent = activation != "none"
    return [
        # Each unit takes a product for every input, then its bias; those of the first layer an activation.
        step == sum((before + 1) * after for before, after in pairwise(SIZES)) + SIZES[1] + 1,
        changed == 1 and now != answer(activation, at, FIRST_X),
        bent and now != straight,
        bent and now == straight,
    ]


def test_the_tasks_of_the_walk_are_those_of_whole_numbers(stages: Any) -> None:
    generator, tried = np.random.default_rng(1), []
    for index in range(120):
        numbers: State = {
            name: tuple(
                tuple(float(cell) for cell in row) for row in generator.integers(-3, 4, (rows, 2)).tolist()
            )
            for name, rows in (("x", 1), ("W1", 2), ("b1", 1), ("W2", 2), ("b2", 1))
        }
        if index % 2:
            numbers["x"] = ((numbers["x"][0][0], FIRST_X[1]),)
        bent = ("none", "ReLU", "step")[index % 3]
        tried.append({"step": int(generator.integers(12, 16)), "activation": bent} | numbers)

    def judge(**at: Any) -> Any:
        tasks = walk.picture(SIZES, **at).tasks
        later = (walk.FIRST_SUM, GOES_ON.label)
        return {task: verdict for task, verdict in tasks.items() if task not in later}

    assert not contradictions(judge, walked, tried)


# ---- the cost -------------------------------------------------------------------------------------


def counted(ends: str, doublings: float, depth: float) -> list[bool]:
    """Whether so many layers have 175 billion numbers, and whether they have 54 to 66 million."""
    inputs, outputs = (int(end) for end in ends.split(" → "))
    sizes = [inputs, *[2 ** int(doublings)] * int(depth), outputs]
    numbers = sum(before * after + after for before, after in pairwise(sizes))
    return [numbers >= 175 * 10**9, 54 * 10**6 <= numbers <= 66 * 10**6]


def test_the_tasks_of_the_cost_are_those_of_its_count() -> None:
    inputs = {
        "doublings": Knob("k", 0, 17, value=4, step=1, colour="network"),
        "depth": Knob("hidden layers", 0, 96, value=2, step=1, colour="network"),
        "ends": Choice("ends", tuple(cost.ENDS), "784 → 10"),
    }
    solved: list[State] = [{"doublings": 16.0, "depth": 42.0}, {"doublings": 11.0, "depth": 15.0}]

    def judge(**at: Any) -> Any:
        tasks = cost.cost_picture((4, 2, 1), **at).tasks
        return {task: verdict for task, verdict in tasks.items() if task != cost.WIDER.label}

    assert not contradictions(judge, counted, states(inputs, solved, 150))
