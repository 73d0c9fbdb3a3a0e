"""Three classes: what is shown is the training there was, and what its network says of the probe."""

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest
import streamlit as st

import pages.shared.stage.stage as stage_module
from nn_core.learning.courses import Course
from nn_core.learning.gradients import backward, descend
from nn_core.learning.losses import SOFTMAX_CROSS_ENTROPY
from pages.scenes.gradient_descent import classes as three_classes
from pages.scenes.gradient_descent.classes import ITERATIONS, KEEP, POINTS, plan
from pages.shared.stage.picture import Picture
from pages.shared.stage.sweep import sweep
from pages.shared.trainings import trained

ALL_RIGHT = "All points right."
UNDECIDED = "Put the probe where no class has more than 40 %."
SURPRISED = "Surprise the network: find a point and a right class for which −ln p is more than 3."
PLAN = plan("three arms", 8, "tanh", 1.0, 1)
DIVERGING = plan("three arms", 12, "ReLU", 10000.0, 1)
FIRST = {
    "class_iteration": 0.0, "probe_x1": 0.3, "probe_x2": 0.2, "label": "class 0", "shift": 0.0,
    "at_last": "",
}  # fmt: skip


@pytest.fixture(scope="module")
def called(stages: Any) -> Any:
    """What the scene gives to the stage."""
    return stages("pages/gradient_descent.py", scene="classes")["classes"]


@pytest.fixture(scope="module")
def inputs(called: Any) -> dict[str, Any]:
    found: dict[str, Any] = called.inputs
    return found


def drawn(course: Course = PLAN, **moved: Any) -> Picture:
    return three_classes.picture(course, **{**FIRST, **moved})


def trace(picture: Picture, plot: int, name: str) -> dict[str, Any]:
    (found,) = (each for each in picture.message()["plots"][plot]["data"] if each.get("name") == name)
    return dict(found)


def probabilities(picture: Picture) -> Any:
    return np.array([trace(picture, 1, f"p of class {kind}")["x"][1] for kind in range(3)])


def test_the_stage_starts_with_these_values(inputs: dict[str, Any]) -> None:
    assert {name: each.value for name, each in inputs.items()} == FIRST


def test_every_kept_network_is_the_gradient_s() -> None:
    training, (points, targets) = trained(PLAN), PLAN.source.samples()
    assert training.iterations == tuple(range(0, ITERATIONS + 1, KEEP))
    network = training.networks[3]
    for _ in range(KEEP):
        gradients = backward(network, points, targets, SOFTMAX_CROSS_ENTROPY)
        network = descend(network, gradients, 1.0)
    assert np.allclose(network(points), training.networks[4](points), rtol=1e-9)


def test_the_first_plan_gets_all_points_right_and_no_line_does() -> None:
    assert drawn(class_iteration=float(ITERATIONS)).tasks[ALL_RIGHT].done
    assert drawn(class_iteration=float(ITERATIONS)).readouts["points right"] == f"{POINTS} of {POINTS}"
    assert not drawn().tasks[ALL_RIGHT].done
    assert not drawn(replace(PLAN, hidden=()), class_iteration=float(ITERATIONS)).tasks[ALL_RIGHT].done


def test_wrong_points_are_ringed_and_counted() -> None:
    picture = drawn(class_iteration=150.0)
    rings = trace(picture, 0, "on the wrong side")["x"]
    inside = int((np.abs(rings) < 2.0).sum())
    assert picture.readouts["points right"] == f"{POINTS - inside} of {POINTS}"
    assert 0 < inside < POINTS


def test_at_rate_zero_nothing_moves() -> None:
    training = trained(plan("three arms", 0, "tanh", 0.0, 1))
    assert set(training.losses.tolist()) == {training.losses[0]}


def test_a_shift_moves_every_logit_and_no_probability() -> None:
    before, after = drawn(), drawn(shift=3.0)
    for kind in range(3):
        moved = trace(after, 1, f"z of class {kind}")["x"][1] - trace(before, 1, f"z of class {kind}")["x"][1]
        assert moved == pytest.approx(3.0)
    assert np.abs(probabilities(before) - probabilities(after)).max() < 1e-12
    assert before.readouts == after.readouts


def test_the_probe_is_asked_of_the_network_shown() -> None:
    for iteration in (0, 300):
        picture = drawn(class_iteration=float(iteration), probe_x1=-0.4, probe_x2=0.7)
        logits = trained(PLAN).networks[iteration // KEEP](np.array([[-0.4, 0.7]]))[0]
        expected = np.exp(logits) / np.exp(logits).sum()
        assert probabilities(picture) == pytest.approx(expected)
        assert picture.readouts["probe: −ln p, right class"] == f"{-np.log(expected[0]):.4f}"
        (grip,) = picture.grips
        assert (grip.x, grip.y, grip.anywhere) == (-0.4, 0.7, True)


def test_tasks_are_judged_by_the_probe() -> None:
    grid = [(x, y) for x in np.linspace(-1.2, 1.2, 13) for y in np.linspace(-1.2, 1.2, 13)]
    pictures = [drawn(class_iteration=0.0, probe_x1=x, probe_x2=y) for x, y in grid]
    found = [picture.tasks[UNDECIDED].done for picture in pictures]
    assert found == [bool(probabilities(picture).max() <= 0.4) for picture in pictures]
    assert any(found)
    surprised = [drawn(class_iteration=1500.0, label=f"class {kind}") for kind in range(3)]
    assert [picture.tasks[SURPRISED].done for picture in surprised] == [
        bool(-np.log(p) > 3.0) for p in probabilities(surprised[0])
    ]


def test_a_dragged_probe_is_where_it_was_dropped(called: Any) -> None:
    assert called.grips["probe"](FIRST, -0.25, 0.75) == {"probe_x1": -0.25, "probe_x2": 0.75}


def test_a_divergence_is_said_and_the_last_finite_network_is_shown() -> None:
    training = trained(DIVERGING)
    picture = drawn(DIVERGING, class_iteration=float(ITERATIONS))
    assert training.diverged is not None
    assert picture.readouts["diverged"] == f"at iteration {training.diverged}"
    assert f"diverged at iteration {training.diverged}" in picture.description
    losses = trace(picture, 2, "loss")["y"]
    assert losses.shape == (ITERATIONS // KEEP + 1,)
    assert np.isfinite(losses).sum() == len(training.networks)
    texts = [str(text) for text in picture.readouts.values()]
    assert not any("nan" in text or "inf" in text for text in texts)


@pytest.mark.parametrize("course", [PLAN, DIVERGING], ids=["finite", "diverging"])
@pytest.mark.parametrize("name", ["class_iteration", "probe_x1", "shift"])
def test_every_knob_has_a_sweep_in_which_only_points_move(
    course: Course, name: str, inputs: dict[str, Any]
) -> None:
    found = sweep(partial(three_classes.picture, course), FIRST, name, inputs[name])
    assert found is not None
    assert not found["errors"]
    moved = {path[4] if path[2] == "data" else path[2] for path in found["paths"] if path[0] == "plots"}
    assert moved <= {"x", "y", "z"}


def test_the_reader_is_warned_of_a_divergence(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(stage_module, "run", lambda asked: {})
    monkeypatch.setattr(three_classes, "two_columns", lambda *_: None)
    monkeypatch.setattr(three_classes, "asked", lambda: DIVERGING)
    monkeypatch.setattr(three_classes, "patiently", list)
    monkeypatch.setattr(st, "warning", said.append)
    three_classes.show()
    assert len(said) == 1
    assert "diverged at iteration 2" in said[0]


def test_the_page_shows_it(opened: Any, messages: Any) -> None:
    message = messages(opened("pages/gradient_descent.py", scene="classes", class_hidden="3"))["classes"]
    assert message["picture"]["error"] is None
    assert len(message["picture"]["plots"]) == 3
