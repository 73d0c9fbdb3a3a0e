"""The tasks of any curve are ticked where a finer look at it, and a fit of polynomials, say so."""

from functools import lru_cache
from typing import Any

import numpy as np

from nn_core.building.constructions import chosen_units
from nn_core.building.ways import WAYS, Plan, error_grid
from nn_core.errors import compare
from nn_core.grids import column
from nn_core.networks.activations import ACTIVATIONS
from nn_core.networks.network import Network
from nn_core.targets.curves import TARGETS, Target, own_values
from nn_core.targets.formulas import parse_formula
from pages.scenes.approximator.closing_in import Scene, tasks
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from tests.pages.verdicts.searching import State, clearly, contradictions, states

TYPED = {
    text: Target(text, text, parse_formula(text), (-1.0, 3.0))
    for text in ("x^2", "3 - 1000x", "x^3", "7", "step(x - 0.3)", "1000000 sin(x)")
}
SEEN = TYPED | {name: TARGETS[name] for name in ("one wave", "jump")}
JUMPS = ("step(x - 0.3)", "jump")
BUILT = {
    "a staircase of sigmoids": ("staircase", "sigmoid"),
    "a staircase of steps": ("staircase", "step"),
    "hinges": ("ReLU, equal knots", "ReLU"),
    **{f"least squares, {name}": ("least squares", name) for name in ("identity", "square", "tanh")},
    "random hinges": ("random features", "ReLU"),
}
STEEPNESS = 400.0


@lru_cache(1)
def scene(target: str, built: str, n: float, added: float) -> Scene:
    """What the lesson shows for these."""
    way, activation = BUILT[built]
    plan, curve = Plan(WAYS[way], ACTIVATIONS[activation]), SEEN[target]
    network = chosen_units(plan.network(curve, int(n), STEEPNESS), slice(round(n * added / 100)))
    x = error_grid(curve)
    compared = compare(network(column(x))[:, 0], own_values(curve, x), x, curve.domain)
    return Scene(plan, curve, STEEPNESS, network, compared, complete=added == 100, within=None)


def at(network: Network, x: Any, f: Any) -> Any:
    """What a network of one hidden layer gives, written out."""
    hidden, output = network.layers
    return f(x[:, np.newaxis] * hidden.weights + hidden.biases) @ output.weights[:, 0] + output.biases[0]


def words(target: str, built: str, n: float, added: float) -> list[bool | None]:
    """Whether the curve is that close, with few units, whether no number of them can be, and whether it is
    closer than as many units that are placed evenly.
    """
    shown, (_, activation), (left, right) = scene(target, built, n, added), BUILT[built], SEEN[target].domain
    x = np.linspace(left, right, 2003)
    values = SEEN[target](x)
    height = float(np.ptp(values)) or abs(float(values[0]))
    error = float(np.abs(at(shown.network, x, ACTIVATIONS[activation]) - values).max())
    near = clearly(error, height / 100, height / 2000)
    degree = {"identity": 1, "square": 2}.get(activation)
    missed = 0.0
    if degree is not None:
        missed = float(np.abs(np.polynomial.Chebyshev.fit(x, values, degree)(x) - values).max())
    few = shown.network.layers[0].biases.size <= 30
    torn = target in JUMPS and activation != "step"
    lucky: bool | None = False
    if built == "random hinges" and added == 100:
        placed = Plan(WAYS["least squares"], ACTIVATIONS[activation]).network(SEEN[target], int(n), STEEPNESS)
        even = float(np.abs(at(placed, x, ACTIVATIONS[activation]) - values).max())
        lucky = clearly(error, even, 0.05 * even + 1e-9 * height)
    return [near, near if few else False, torn or missed > 1e-9 * height, lucky]


def test_the_tasks_of_any_curve_say_how_close_it_is_and_can_be() -> None:
    inputs = {
        "target": Choice("target", tuple(SEEN), "one wave"),
        "built": Choice("built", tuple(BUILT), "hinges"),
        "n": Knob("N", 1, 120, value=12, step=1, colour="network"),
        "added": Knob("added", 0, 100, value=100, step=1, colour="network"),
    }
    solved: list[State] = [
        {"built": "hinges", "n": 25.0},
        {"built": "a staircase of sigmoids", "n": 120.0},
        {"target": "x^2", "built": "least squares, square"},
        {"target": "x^3", "built": "least squares, square"},
        {"target": "jump", "built": "a staircase of sigmoids"},
        {"target": "jump", "built": "a staircase of steps"},
        {"target": "one wave", "built": "random hinges", "n": 11.0},
        {"target": "7", "built": "least squares, identity"},
        {"target": "3 - 1000x", "built": "least squares, identity"},
    ]

    def judge(**state: Any) -> Any:
        return tasks(scene(**state))

    assert not contradictions(judge, words, states(inputs, solved, 120))
