"""The tasks of recurrence are ticked where a few lines of tanh, written out, say so."""

from math import atanh, prod, sqrt, tanh
from typing import Any

import pytest

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
    """Whether the bit is kept, the gradient is kept, and the gradient is a million."""
    h = after(w, 0.0, tanh(pulse), int(steps))
    gradient = prod(w * (1 - each**2) for each in h[1:])
    return [
        steps == 50 and h[-1] >= 0.5,
        steps == 50 and gradient >= 0.01 and pulse >= 1,
        gradient >= 1e6,
    ]


def test_the_tasks_of_a_bit_that_is_kept_say_what_the_chain_rule_says(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE, scene="a bit kept")["kept"])
    solved = [{"w": 1.5}, {"w": 0.98, "pulse": 1.0}, {"w": 2.0, "pulse": 0.0}, {"steps": 0.0, "w": 2.0}]
    assert not contradictions(judge, kept, states(inputs, solved, 120))


@pytest.mark.parametrize("given", ["-1", "0", "51", "much"])
def test_no_step_after_the_pulse_is_a_number_of_steps_and_what_is_none_is_said(
    given: str, opened: Any
) -> None:
    at = opened(PAGE, scene="a bit kept", steps=given)
    assert not at.exception
    assert bool(at.warning) == (given != "0")
