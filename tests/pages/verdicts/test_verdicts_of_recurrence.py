"""The tasks of recurrence are ticked where a few lines of tanh, written out, say so."""

from functools import cache
from math import atanh, prod, sqrt, tanh
from typing import Any, cast

import numpy as np
import pytest

from nn_core.families.recurrence import Recurrent
from nn_core.families.remembering import largest_eigenvalue, signals
from pages.scenes.recurrence.trained import ODD, networks
from tests.pages.verdicts.searching import contradictions, deeds, states

pytestmark = pytest.mark.xdist_group("pages/recurrence.py")
PAGE = "pages/recurrence.py"


def after(w: float, b: float, h: float, steps: int) -> list[float]:
    """The states of a run."""
    found = [h]
    for _ in range(steps):
        found.append(tanh(w * found[-1] + b))
    return found


def one_unit(w: float, b: float, h: float) -> list[bool | None]:
    """Whether the fold is beyond the bias, the run ends below 0, and it ends at all."""
    m = sqrt(1 - 1 / w) if w > 1 else 0.0
    three = w > 1 and abs(b) < w * m - atanh(m)
    before, last = after(w, b, h, 5000)[-2:]
    # Where it is slow, or on the border between jumping and resting, the length of the run decides.
    jumps = None if 0 < abs(before - last) < 0.2 and w < -1 else abs(before - last) > 0.1
    below = None if abs(before - last) > 1e-9 else b >= 0.1 and last < 0
    return [three and abs(b) >= 0.3, below if w > -1 else False, jumps]


def test_the_tasks_of_one_unit_say_what_running_it_says(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE)["one_unit"])
    solved = [{"w": 2.0, "b": 0.4}, {"w": 2.0, "b": 0.2, "h": -0.8}, {"w": -2.0}, {"w": 1.5, "b": 0.3}]
    assert not contradictions(judge, one_unit, states(inputs, solved, 120))


def kept(w: float, pulse: float, steps: float) -> list[bool]:
    """Whether the bit is kept, the gradient is kept, it is a million, and whether it is lost though w > 1."""
    h = after(w, 0.0, tanh(pulse), int(steps))
    gradient = prod(w * (1 - each**2) for each in h[1:])
    return [
        steps == 50 and h[-1] >= 0.5,
        steps == 50 and gradient >= 0.01 and pulse >= 1,
        gradient >= 1e6,
        w > 1 and steps == 50 and gradient < 0.01,
    ]


def test_the_tasks_of_a_bit_that_is_kept_say_what_the_chain_rule_says(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE, scene="a bit kept")["kept"])
    solved = [{"w": 1.5}, {"w": 0.98, "pulse": 1.0}, {"w": 2.0, "pulse": 0.0}, {"steps": 0.0, "w": 2.0}]
    assert not contradictions(judge, kept, states(inputs, solved, 120))


def test_the_tasks_of_trained_memories_say_what_their_networks_answer(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE, scene="trained")["trained_memory"])
    x, y = signals(20, 200, 0.02, np.random.default_rng(1))

    @cache
    def answered(seed: float, iteration: float) -> tuple[float, float]:
        """The largest eigenvalue, from trace and determinant, and the share that is right."""
        layer, out, _ = cast(Any, networks(int(seed))[int(iteration) // 5].parts)
        h, right = np.zeros((20, 2)), []
        for step in range(200):
            h = np.tanh(h @ layer.within + x[:, step] @ layer.inputs + layer.biases)
            logit = h @ out.layer.weights[:, 0] + out.layer.biases[0]
            right.append((logit > 0) == (y[:, step] > 0.5))
        half, det = np.trace(layer.within) / 2, np.linalg.det(layer.within)
        root = np.emath.sqrt(half**2 - det)
        return float(max(abs(half + root), abs(half - root))), float(np.mean(right))

    def trained(seed: float, iteration: float) -> list[bool]:
        """Whether all are right always, and whether this one stretches and forgets."""
        size, share = answered(seed, iteration)
        return [
            all(answered(each, iteration)[1] == 1 for each in range(1, 21)),
            size > 1.1 and share < 0.9,
        ]

    solved = [{"iteration": 100.0}, {"seed": 3.0, "iteration": 5.0}]
    assert not contradictions(judge, trained, states(inputs, solved, 12))


def test_every_trained_memory_stretches_and_rests_in_two_places_or_jumps_as_the_words_say() -> None:
    silence = np.zeros((2, 3000, 1))
    silence[:, 0, 0] = 1.0, -1.0
    for seed in range(1, 21):
        network = networks(seed)[-1]
        layer = network.parts[0]
        assert isinstance(layer, Recurrent)
        ends = layer.forward(silence)[0][:, -2:]
        rests = np.abs(ends[:, 0] - ends[:, 1]).max(axis=1) < 1e-9
        assert rests.tolist() == [True, seed != ODD]
        assert (network(silence)[:, -2:] > 0.0).tolist() == [[True, True], [False, False]]
        assert largest_eigenvalue(layer.within) > 1.0


@pytest.mark.parametrize("given", ["-1", "0", "51", "much"])
def test_no_step_after_the_pulse_is_a_number_of_steps_and_what_is_none_is_said(
    given: str, opened: Any
) -> None:
    at = opened(PAGE, scene="a bit kept", steps=given)
    assert not at.exception
    assert bool(at.warning) == (given != "0")
