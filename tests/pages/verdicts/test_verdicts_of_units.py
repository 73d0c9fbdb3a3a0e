"""The tasks of one neuron, of two, and of bumps are ticked where a plain look at the curve says so."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nn_core.building.challenge import Challenge, flat_error, least_error
from tests.pages.verdicts.searching import State, both, clearly, contradictions, deeds, states

Array = np.ndarray[Any, np.dtype[np.float64]]
FUNCTIONS: dict[str, Callable[[Array], Array]] = {
    "step": lambda z: (z >= 0).astype(float),
    "sigmoid": lambda z: 0.5 * (1 + np.tanh(z / 2)),
    "tanh": np.tanh,
    "ReLU": lambda z: np.maximum(z, 0),
    "identity": lambda z: z,
}
FINE = np.linspace(-5, 5, 2001)


def searched(stages: Any, page: str, key: str, **query: str) -> Any:
    """A stage's inputs, and what judges its tasks; questions are left out."""
    return deeds(stages(page, **query)[key])


# ---- one neuron -----------------------------------------------------------------------------------


def one_neuron(activation: str, weight: float, bias: float, x: float) -> list[bool]:
    """Whether it jumps at 2, and decides for all below −1."""
    around = np.concatenate([FINE, np.array([-1, 2]) - 1e-6, np.array([-1, 2]) + 1e-6])
    a = FUNCTIONS[activation](weight * around + bias)
    below, above = a[around < -1.0], a[around > -1.0]
    return [
        activation == "step" and a[-3] != a[-1],
        activation == "step" and bool((below == 1).all() and (above == 0).all()),
    ]


@pytest.mark.xdist_group("pages/single_neuron.py")
def test_the_tasks_of_one_neuron_say_what_its_graph_does(stages: Any) -> None:
    inputs, judge = searched(stages, "pages/single_neuron.py", "single_neuron")
    solved: list[State] = [
        {"activation": "step", "weight": 1.0, "bias": -2.0},
        {"activation": "step", "weight": -2.0, "bias": -2.0},
    ]
    assert not contradictions(judge, one_neuron, states(inputs, solved, 80))


# ---- two neurons ----------------------------------------------------------------------------------


def two_neurons(activation: str, c: float, **at: float) -> list[bool | None]:
    """Whether their sum is a bump, or a bump upside down, and whether they cancel, on 2000 points."""
    f, near = FUNCTIONS[activation], np.array([-1e-9, 0.0, 1e-9])
    x = np.concatenate([FINE, *(at[s] + near for s in ("s1", "s2"))])
    first, second = (at[f"v{k}"] * f(at[f"w{k}"] * (x - at[f"s{k}"])) for k in (1, 2))
    y = first + second + c
    flat = clearly(float(np.abs(y[np.abs(x) >= 4.5]).max()), 0.01, 1e-4)
    high, low = float(y.max()), float(y.min())
    sizes = np.abs(first).max(), np.abs(second).max()
    return [
        both(flat, clearly(-high, -0.99, 1e-3), clearly(-low, 0.01, 1e-3)),
        both(flat, clearly(low, -0.99, 1e-3), clearly(high, 0.01, 1e-3)),
        bool(min(sizes) > 0 and np.abs(first + second).max() <= 1e-9 * max(sizes)),
    ]


@pytest.mark.xdist_group("pages/two_neurons.py")
def test_the_tasks_of_two_neurons_say_what_their_sum_does(stages: Any) -> None:
    inputs, judge = searched(stages, "pages/two_neurons.py", "two_neurons")
    solved: list[State] = [
        {"v2": -1.0},
        {"v1": -1.0},
        {"v2": -1.0, "s2": -1.0},
        {"activation": "sigmoid", "v1": 0.02, "v2": -0.02, "s2": -1.0},
        {"activation": "sigmoid", "v2": -1.0, "w1": 8.0, "w2": 8.0},
        {"activation": "tanh", "v1": 0.5, "v2": -0.5, "w1": 8.0, "w2": 8.0},
        {"activation": "tanh", "v1": 1.5, "v2": -1.5, "s1": 0.0, "s2": 0.0, "w1": 1.5, "w2": 20.0},
        {"v1": 0.5, "v2": 0.5, "s1": -5.0, "s2": -5.0, "c": -1.0},
    ]
    assert not contradictions(judge, two_neurons, states(inputs, solved, 120))


# ---- one bump -------------------------------------------------------------------------------------


def one_bump(f: str, left: float, right: float, height: float, steepness: float) -> list[bool | None]:
    """Whether it is a needle, a hill or a dip, on 5000 points and beside its edges."""
    edges = np.array([left, right])
    x = np.unique(np.concatenate([np.linspace(0, 1, 5001), edges - 1e-9, edges + 1e-9]).clip(0, 1))
    middle = (left + right) / 2
    y, (top,) = (
        height * (FUNCTIONS[f](steepness * (at - left)) - FUNCTIONS[f](steepness * (at - right)))
        for at in (x, np.array([middle]))
    )
    if height <= 0:
        return [False] * 3
    on = x[np.abs(y) > 0.01 * height]
    wide = float(np.ptp(on)) if on.size else 0.0
    return [
        both(bool(top >= 0.99 * height), clearly(wide, 0.1 + 1e-8, 4e-4 if f == "sigmoid" else 1e-9)),
        bool(top >= 0.99 * height and max(abs(y[[0, -1]])) <= 0.01 * height)
        and f == "sigmoid"
        and steepness <= 30,
        bool(top < -0.5),
    ]


@pytest.mark.xdist_group("pages/bumps.py")
def test_the_tasks_of_a_bump_say_what_its_curve_does(stages: Any) -> None:
    inputs, judge = searched(stages, "pages/bumps.py", "bump")
    solved: list[State] = [
        {"left": 0.46, "right": 0.54, "f": "step"},
        {"left": 0.475, "right": 0.525, "steepness": 200.0, "height": 0.01},
        {"left": 0.0, "right": 0.06, "steepness": 200.0},
        {"left": 0.2, "right": 0.8, "steepness": 30.0},
        {"left": 0.7, "right": 0.3},
        {"left": 0.54, "right": 0.46, "f": "step", "height": -0.8},
    ]
    assert not contradictions(judge, one_bump, states(inputs, solved, 120))


# ---- the challenge --------------------------------------------------------------------------------

MODES = [
    {"bumps": bumps, "target": target, "steps": steps, "output": output}
    for bumps, target, steps, output in (
        ("2", "hill", "pairs", "adds up, then σ"),
        ("2", "hill", "shared edges", "adds up, then σ"),
        ("2", "Nielsen's goal", "pairs", "adds up, then σ"),
        ("3", "hill", "shared edges", "adds up"),
        ("5", "wave", "pairs", "adds up, then σ"),
    )
]


def followed(challenge: Challenge, heights: Array) -> Array:
    """How far the pieces' curve is from the target at each of 401 points."""
    x, count = np.linspace(0, 1, 401), challenge.count
    before = FUNCTIONS["sigmoid"](200 * (x - np.linspace(0, 1, count + 1)[:, np.newaxis]))
    if challenge.shared:
        total = heights[0] + np.diff(heights) @ before[1:-1]
    else:
        total = heights @ (before[:-1] - before[1:])
    return np.abs((FUNCTIONS["sigmoid"](total) if challenge.squashed else total) - challenge.target(x))


def earned(challenge: Challenge, reveal: float, **values: Any) -> list[bool | None]:
    """Whether three stars are earned for the mean and for the largest error, by the rule on the page."""
    heights = np.array([values[name] for name in sorted(values) if name[0] in "hz" and name != "hint"])
    found = []
    for measure, total in (("mean error", np.mean), ("largest error", np.max)):
        own, flat = (float(total(followed(challenge, at))) for at in (heights, 0 * heights))
        least = least_error(challenge, measure)
        of_the_way = own < flat and flat - own >= 0.9 * (flat - least) - 1e-9
        found.append(reveal == 0 and own <= 1.05 * least + 1e-9 and of_the_way)
    return [*found]


@pytest.mark.xdist_group("pages/bumps.py")
@pytest.mark.parametrize("mode", MODES, ids=lambda mode: " ".join(mode.values()))
def test_stars_are_earned_where_the_curve_is_that_close_and_closer_than_a_flat_one(
    mode: dict[str, str], stages: Any
) -> None:
    shown = stages("pages/bumps.py", **mode)["challenge"]
    (challenge,) = shown.picture.args
    inputs = {name: each for name, each in shown.inputs.items() if name not in ("judge", "hint")}
    best = [
        shown.picture(**values(shown), judge=judge, reveal=100.0) for judge in ("mean error", "largest error")
    ]
    solved: list[State] = [
        {each.knob: inputs[each.knob].snap(each.y) for each in one.handles} for one in best
    ]

    def judge(**state: Any) -> Any:
        return shown.picture(**state, judge="mean error", hint="hidden").tasks

    def words(**state: Any) -> Any:
        return earned(challenge, **state)

    found = contradictions(judge, words, states(inputs, [{}, *solved], 12))
    hopeless = flat_error(challenge, "largest error") <= least_error(challenge, "largest error")
    assert found == (["all alike: Three stars for the largest error."] if hopeless else [])


def values(shown: Any) -> dict[str, Any]:
    """Those with which a stage begins, but for two."""
    return {name: each.value for name, each in shown.inputs.items() if name not in ("judge", "reveal")}


@pytest.mark.xdist_group("pages/bumps.py")
def test_a_flat_start_earns_no_star_in_any_challenge(stages: Any) -> None:
    shown = stages("pages/bumps.py", **MODES[0])["challenge"]
    picture = shown.picture(**{name: each.value for name, each in shown.inputs.items()})
    assert str(picture.readouts["largest error"]).endswith("☆☆☆")
    assert [verdict.done for verdict in picture.tasks.values()] == [False, False]
    assert [*picture.tasks.values()][1].says == "There are none: all heights at 0 are as near as any."
