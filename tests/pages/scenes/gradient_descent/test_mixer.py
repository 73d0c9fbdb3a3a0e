"""The mixer: its arrows point downhill, and its ghosts are where gradient descent has the knobs."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.learning.gradients import backward, descend
from nn_core.learning.losses import MSE
from nn_core.learning.optimisers import GRADIENT_DESCENT
from nn_core.learning.training import Recipe, learn
from nn_core.networks.network import parameters
from pages.scenes.gradient_descent import mixer
from pages.shared.stage.picture import Picture, Verdict
from pages.shared.stage.sweep import sweep

BY_HAND, BEAT, STUCK = range(3)
KNOBS = st.fixed_dictionaries(
    {name: st.integers(-80, 80).map(lambda step: step / 20) for name in mixer.NAMES}
)
few = settings(max_examples=15)


def drawn(steps: int = 0, rate: str = mixer.RATE, **moved: float) -> Picture:
    return mixer.picture(rate=rate, steps=steps, **(mixer.FIRST | moved))


def task(picture: Picture, place: int) -> Any:
    return list(picture.tasks.values())[place]


def trace(picture: Picture, name: str, plot: int = 0) -> Any:
    return next(each for each in picture.plots[plot]["data"] if each.get("name") == name)


def text(at: Any, name: str) -> str:
    """What the link says of a knob, whether or not it is kept as a list."""
    said = at.query_params[name]
    return said if isinstance(said, str) else said[0]


def loss(values: dict[str, float]) -> float:
    """The mean squared distance, written out."""
    x = np.linspace(-1.0, 1.0, 101)

    def curve(v: dict[str, float]) -> Any:
        units = v["v1"] * np.tanh(v["w1"] * x + v["b1"]) + v["v2"] * np.tanh(v["w2"] * x + v["b2"])
        return units + v["c"]

    return float(np.mean((curve(values) - curve(mixer.TEACHER)) ** 2))


@given(values=KNOBS)
@few
def test_the_loss_that_is_read_is_that_of_the_curve_that_is_drawn(values: dict[str, float]) -> None:
    picture = drawn(**values)
    yours, target = trace(picture, "yours")["y"], trace(picture, "target")["y"]
    assert np.mean((yours - target) ** 2) == pytest.approx(loss(values))
    assert picture.readouts["your loss"] == mixer.small(loss(values))


@given(values=KNOBS)
@few
def test_every_arrow_points_the_way_its_loss_falls_and_the_steepest_is_the_longest(
    values: dict[str, float],
) -> None:
    h = 1e-5
    slopes = {
        name: (loss(values | {name: values[name] + h}) - loss(values | {name: values[name] - h})) / (2 * h)
        for name in mixer.NAMES
    }
    steepest = max(map(abs, slopes.values()))
    nudges = drawn(**values).nudges
    assert set(nudges) == set(mixer.NAMES)
    for name, slope in slopes.items():
        if steepest > 1e-3:
            assert nudges[name].push == pytest.approx(-slope / steepest, abs=1e-3)
        if abs(slope) > 0.006:
            assert nudges[name].says.startswith("down" if slope > 0 else "up")
            said = float(nudges[name].says.split()[-1].replace("\N{MINUS SIGN}", "-"))
            assert said == pytest.approx(slope, abs=0.006)


def test_at_the_targets_own_settings_there_is_nothing_to_turn() -> None:
    picture = drawn(**mixer.TEACHER)
    assert {nudge.push for nudge in picture.nudges.values()} <= {0.0, -0.0}
    assert {nudge.says for nudge in picture.nudges.values()} == {"flat, slope +0.00"}
    assert task(picture, BY_HAND).done
    assert task(picture, BEAT).done


@pytest.mark.parametrize("rate", ["0.03", "0.3"])
def test_the_ghosts_are_where_gradient_descent_has_the_knobs(rate: str) -> None:
    here = mixer.network(mixer.FIRST | {"w1": 1.5})
    for _ in range(7):
        here = descend(here, backward(here, mixer.X, mixer.TARGET, MSE), float(rate))
    picture = drawn(7, rate, w1=1.5)
    ghosts = [picture.nudges[name].ghost for name in mixer.NAMES]
    assert ghosts == pytest.approx(parameters(here).tolist())
    assert trace(picture, "the gradient’s")["y"] == pytest.approx(here(mixer.X)[:, 0])
    now = trace(picture, "now", 1)
    assert [now["x"][0], now["y"][0]] == pytest.approx([7.0, MSE(here(mixer.X), mixer.TARGET)])


def test_at_a_learning_rate_of_0_nothing_moves_and_nothing_is_stuck() -> None:
    picture = drawn(200, "0")
    assert {name: picture.nudges[name].ghost for name in mixer.NAMES} == mixer.FIRST
    assert picture.readouts["the gradient’s loss"] == picture.readouts["your loss"]
    assert not task(picture, STUCK).done


def test_without_steps_there_is_no_ghost() -> None:
    picture = drawn(0)
    assert {nudge.ghost for nudge in picture.nudges.values()} == {None}
    assert np.isnan(trace(picture, "the gradient’s")["y"]).all()
    assert np.isfinite(trace(picture, "loss from yours", 1)["y"]).sum() == 1


def test_a_run_is_that_of_the_settings_asked_for_also_after_another() -> None:
    one, other = tuple(mixer.FIRST.values()), tuple(mixer.TEACHER.values())
    assert mixer.run(one, "0.1").losses[0] != mixer.run(other, "0.1").losses[0]
    assert mixer.run(one, "0.1").losses[-1] != mixer.run(one, "0.3").losses[-1]
    assert mixer.run(one, "0.1").networks[-1] is mixer.run(one, "0.1").networks[-1]


FIRST = tuple(mixer.FIRST[name] for name in mixer.NAMES)
# Almost level ground: from here a run with the rate 0.8 goes long before it diverges.
LEVEL = (1e-3, -5e-4, 0.0, 0.0, 1e-3, 3e-4, 0.0)


@pytest.mark.parametrize(("settings", "rate"), [(FIRST, "0.1"), (FIRST, "1"), (LEVEL, "0.8")])
def test_a_run_of_fewer_steps_is_the_beginning_of_the_whole_whichever_is_asked_for_first(
    settings: tuple[float, ...], rate: str
) -> None:
    recipe = Recipe(MSE, GRADIENT_DESCENT, float(rate))
    start = mixer.network(dict(zip(mixer.NAMES, settings, strict=True)))
    whole = learn(start, mixer.X, mixer.TARGET, recipe, iterations=mixer.STEPS, keep=1)
    assert settings != LEVEL or 50 < (whole.diverged or 0) < 100
    for steps in (3, 70, 1, 120, 200, 50):
        shorter = mixer.run(settings, rate, steps)
        ended = whole.diverged is not None and whole.diverged <= steps
        assert shorter.diverged == (whole.diverged if ended else None)
        assert shorter.iterations[-1] == min(steps, whole.iterations[-1])
        assert shorter.losses.tolist() == whole.losses[: steps + 1].tolist()


def test_too_large_a_rate_diverges_and_the_last_finite_step_is_shown() -> None:
    picture = drawn(200, "1")
    assert picture.readouts["diverged"]
    assert np.isfinite(trace(picture, "the gradient’s")["y"]).all()
    ghosts = [nudge.ghost for nudge in picture.nudges.values()]
    assert all(ghost is not None and abs(ghost) <= mixer.SCALE for ghost in ghosts)
    assert not task(picture, STUCK).done
    assert "nan" not in f"{picture.readouts}{picture.description}{picture.tasks}".lower()
    assert drawn(200, "0.1").readouts["diverged"] is None


def test_the_first_settings_leave_something_to_beat_and_to_do() -> None:
    picture = drawn(200)
    assert not any(verdict.done for verdict in picture.tasks.values())
    assert 0.01 < mixer.mark()[-1] < 0.1 < mixer.mark()[0]
    assert picture.readouts["the gradient’s loss"] == mixer.small(mixer.mark()[-1])


def test_with_all_knobs_at_0_the_gradient_is_stuck_and_only_c_moves() -> None:
    picture = drawn(200, **dict.fromkeys(mixer.NAMES, 0.0))
    assert task(picture, STUCK).done
    moved = {name for name in mixer.NAMES if abs(picture.nudges[name].ghost or 0.0) > 1e-12}
    assert moved == {"c"}


def test_a_small_rate_is_not_stuck_and_without_a_run_nothing_is() -> None:
    assert not task(drawn(200, "0.03"), STUCK).done
    early = task(drawn(199, **dict.fromkeys(mixer.NAMES, 0.0)), STUCK)
    assert early == Verdict(False, "Move gradient steps to 200 to see where it ends.")
    assert not task(drawn(0, **dict.fromkeys(mixer.NAMES, 0.0)), STUCK).done


def test_the_desk_holds_the_target_and_the_start() -> None:
    desk = mixer.inputs()
    for values in (mixer.FIRST, mixer.TEACHER):
        assert all(desk[name].snap(value) == value for name, value in values.items())
    assert set(mixer.DESK) == set(mixer.NAMES)


@pytest.mark.parametrize("name", ["w1", "steps"])
def test_a_drag_needs_one_sweep_that_fits(name: str) -> None:
    desk = mixer.inputs()
    swept = sweep(mixer.picture, {key: each.value for key, each in desk.items()}, name, desk[name])
    assert swept is not None
    assert swept["errors"] is None
    for path in swept["paths"]:
        assert path[0] != "plots" or path[-1] in ("x", "y")


def test_taking_over_puts_the_knobs_on_the_gradients_settings(opened: Any) -> None:
    at = opened("pages/gradient_descent.py", steps="150", w1="1.5")
    (button,) = [each for each in at.button if "Take over" in each.label]
    button.click().run()
    assert not at.exception
    ghosts = drawn(150, w1=1.5).nudges
    linked = {name: float(text(at, name)) for name in mixer.NAMES if name in at.query_params}
    assert "steps" not in at.query_params
    assert linked == pytest.approx({name: ghosts[name].ghost for name in mixer.NAMES}, abs=0.026)
