"""The tasks of adversaries are ticked where a few formulas, written out, say so."""

from math import exp, hypot
from typing import Any

import numpy as np
import pytest

from nn_core.families.adversaries.duels import Duel
from pages.scenes.adversaries import judging, live
from tests.pages.verdicts.searching import contradictions, deeds, states

pytestmark = pytest.mark.xdist_group("pages/adversaries.py")
PAGE = "pages/adversaries.py"


def unless(close: bool, done: bool) -> bool | None:
    return None if close else done


def chase(
    theta: float, psi: float, order: str, penalty: float, size: float, steps: float
) -> list[bool | None]:
    """Whether both circle, run away, come home, and come home without turning."""
    begun = hypot(theta, psi)
    for _ in range(500):
        caught = 1 / (1 + exp(-psi * theta))
        ahead = psi * caught
        psi += size * (-theta * caught - penalty * psi)
        theta += size * (psi / (1 + exp(-psi * theta)) if order == "in turn" else ahead)
    ended = hypot(theta, psi)
    ratio = ended / begun if begun else 0.0
    return [
        unless(min(abs(ratio - 0.9), abs(ratio - 1.1)) < 1e-6, penalty == 0 and 0.9 <= ratio <= 1.1),
        unless(abs(ratio - 2) < 1e-6, ratio >= 2),
        unless(abs(begun - 1) < 1e-9 or abs(ended - 0.01) < 1e-6, begun >= 1 and ended <= 0.01),
        penalty**2 / 4 >= 0.25,
    ]


def test_the_tasks_of_the_chase_say_what_a_loop_says(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE)["chase"])
    solved = [
        {"order": "in turn"}, {"size": 0.4}, {"penalty": 0.3, "theta": 1.2}, {"penalty": 1.0},
    ]  # fmt: skip
    assert not contradictions(judge, chase, states(inputs, solved, 60))


def bells(p_mean: float, p_width: float, q_mean: float, q_width: float) -> list[bool | None]:
    """The three tasks, from sums over a fine grid."""
    x = np.linspace(-40, 40, 16001)
    p, q = (
        np.exp(-(((x - m) / s) ** 2) / 2) / (s * 2.5066282746310002)
        for m, s in ((p_mean, p_width), (q_mean, q_width))
    )
    both = np.maximum(p + q, 1e-300)
    real, made = p / both, q / both
    js = float(
        ((p * np.log(np.maximum(2 * real, 1e-300)) + q * np.log(np.maximum(2 * made, 1e-300))).sum())
        * 0.005
        / 2
    )
    z = np.linspace(-8, 8, 4001)
    weights = np.exp(-z * z / 2) / np.exp(-z * z / 2).sum()
    carried = float(weights @ np.abs(q_mean - p_mean + (q_width - p_width) * z))
    slope = -(x - p_mean) / p_width**2 + (x - q_mean) / q_width**2
    game, practice = abs((q * real * slope).sum() * 0.005), abs((q * made * slope).sum() * 0.005)
    close = min(abs(js - 0.001), abs(js - 0.69), abs(carried - 3), abs(game - 0.01), abs(practice - 3)) < 1e-3
    if close:
        return [None, None, None]
    return [js < 0.001, js >= 0.69 and carried < 3, bool(game < 0.01 and practice > 3)]


def test_the_tasks_of_the_bells_say_what_sums_over_a_grid_say(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE, scene="judge")["judging"])
    solved = [
        {"p_mean": 1.0, "q_mean": 1.0},
        {"p_mean": 1.0, "q_mean": -1.0, "p_width": 0.3, "q_width": 0.3},
        {"p_mean": 4.0, "q_mean": -4.0},
    ]
    assert not contradictions(judge, bells, states(inputs, solved, 60))


def fate(origin: float, rate: float) -> list[bool]:
    """Whether the width settles, collapses, or does neither, by the formulas of a game of bells."""
    random = np.random.default_rng(1)
    a, b, w = 1.0, 0.0, np.zeros(3)
    late = []

    def read(x: np.ndarray) -> np.ndarray:
        return np.stack([x - origin, (x - origin) ** 2, np.ones_like(x)])

    def sure(x: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-w @ read(x)))

    for step in range(2001):
        if step >= 2000 - 666 and step % 10 == 0:
            late.append(abs(a))
        made, genuine = a * random.normal(size=64) + b, random.normal(3.0, 0.7, size=64)
        w = w - rate * (read(genuine) @ (sure(genuine) - 1) + read(made) @ sure(made)) / 64
        z = random.normal(size=64)
        x = a * z + b
        slope = (sure(x) - 1) * (w[0] + 2 * w[1] * (x - origin)) / 64
        a, b = a - rate * (slope @ z), b - rate * slope.sum()
    settles = max(abs(each - 0.7) for each in late) <= 0.2
    collapses = not settles and max(late) <= 0.2
    return [settles, collapses, not settles and not collapses]


@pytest.mark.parametrize(("counts", "rate", "done"), [("0", "0.2", 2), ("0", "0.05", 1), ("3", "0.2", 0)])
def test_the_tasks_of_the_duel_say_what_the_formulas_of_the_game_say(
    counts: str, rate: str, done: int, stages: Any
) -> None:
    _, judge = deeds(stages(PAGE, scene="live", counts=counts, rate=rate)["duel"])
    found = [verdict.done for verdict in judge(iteration=2000.0).values()][:3]
    assert found == fate(float(counts), float(rate)) == [each == done for each in range(3)]
    before = list(judge(iteration=1990.0).values())
    assert not any(verdict.done for verdict in before[:3])


def test_a_duel_that_was_stopped_is_shown_as_far_as_it_came_and_judged_not_at_all() -> None:
    stopped = Duel((3.0, 0.7), 0.0, 0.2, 64, 1, 2000, 10).shorter(100)
    shown = live.picture(stopped, 2000.0, live.MOVES)
    assert "After 100 iterations" in shown.description
    assert not any(verdict.done for verdict in shown.tasks.values())
    assert "stopped" in shown.tasks[live.ENDS].says
    assert shown.readouts["to"] is None


@pytest.mark.parametrize(("height", "width"), [(-1.0, 2.0), (0.0, 2.0), (1e-9, 2.0), (50.0, 0.3)])
def test_a_top_that_is_dragged_out_of_reach_leaves_the_nearest_bell_there_is(
    height: float, width: float
) -> None:
    assert judging.held("p", {}, 1.5, height) == {"p_mean": 1.5, "p_width": width}
