"""Targets are the functions that their formulas say."""

import math
import pickle

import numpy as np
import pytest

from nn_core.grids import line
from nn_core.targets import NIELSENS_GOAL, ONE_WAVE, TARGETS, Target

EVERY = pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS.keys())


def test_the_registry_lists_every_target_under_its_name() -> None:
    assert {"Nielsen's goal", "one wave"} <= set(TARGETS)
    assert all(name == target.name for name, target in TARGETS.items())


@pytest.mark.parametrize("x", [0.0, 0.3, 1.0])
def test_nielsens_goal_is_his_formula(x: float) -> None:
    expected = 0.2 + 0.4 * x * x + 0.3 * x * math.sin(15 * x) + 0.05 * math.cos(50 * x)
    assert NIELSENS_GOAL(np.array([x]))[0] == pytest.approx(expected, abs=1e-15)


def test_nielsens_goal_stays_between_0_and_1() -> None:
    values = NIELSENS_GOAL(line(NIELSENS_GOAL.domain, 1001))
    assert 0.0 < values.min() < values.max() < 1.0


def test_one_wave_goes_up_and_down_once() -> None:
    x = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
    assert ONE_WAVE(x) == pytest.approx([0.0, 1.0, 0.0, -1.0, 0.0], abs=1e-15)


@EVERY
def test_a_target_is_finite_on_its_domain_and_keeps_the_shape(target: Target) -> None:
    left, right = target.domain
    x = line((left, right), 501)
    assert np.isfinite(target(x)).all()
    assert target(x[:, np.newaxis]).tolist() == target(x)[:, np.newaxis].tolist()


@EVERY
def test_a_pickled_target_is_the_same_target(target: Target) -> None:
    assert pickle.loads(pickle.dumps(target)) == target


@EVERY
def test_a_formula_is_a_right_hand_side_in_x(target: Target) -> None:
    assert "x" in target.formula
    assert "=" not in target.formula
    assert target.formula.count("{") == target.formula.count("}")
