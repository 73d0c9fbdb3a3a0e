"""The landscape: the path is the rule's, the word is the path's, and every task can be done."""

from functools import partial
from typing import Any

import numpy as np
import pytest

from nn_core.learning.landscapes import DIVERGES, LANDSCAPES, basins, behaviour, curvature, path
from nn_core.learning.losses import MSE
from pages.scenes.gradient_descent import landscape as scene
from pages.scenes.gradient_descent import mixer
from pages.scenes.gradient_descent.landscape import CONTOURS, FATES, SURFACE
from pages.scenes.gradient_descent.rolling import NEURON, PAIR, STEPS, Asked, rates, terrain
from pages.shared.figures.drawings.chain import SYMBOLS
from pages.shared.stage.picture import Picture
from pages.shared.stage.sweep import sweep

W2_V1 = Asked(PAIR, "w2", "v1")
ALL = [*map(Asked, LANDSCAPES), Asked(NEURON), W2_V1]
each_landscape = pytest.mark.parametrize("asked", ALL, ids=lambda asked: asked.name)


def drawn(asked: Asked, **moved: Any) -> Picture:
    first = {name: each.value for name, each in scene.inputs(asked).items()}
    return scene.picture(asked, **(first | moved))


def trace(picture: Picture, name: str, plot: int = 0) -> Any:
    return next(each for each in picture.plots[plot]["data"] if each.get("name") == name)


def done(picture: Picture) -> list[bool]:
    return [each.done for task, each in picture.tasks.items() if not task.startswith("Play nothing yet")]


@each_landscape
def test_the_path_shown_is_gradient_descent_up_to_the_step(asked: Asked) -> None:
    ground = terrain(asked).landscape
    low = terrain(asked).relief.lowest
    first = {name: each.value for name, each in scene.inputs(asked).items()}
    points = path(ground, (first["p"], first["q"]), first["ball_rate"], STEPS, 0.4)
    picture = drawn(asked, momentum=0.4, ball_steps=9)
    shown = np.column_stack([trace(picture, "path")["x"], trace(picture, "path")["y"]])
    assert len(shown) == STEPS + 1
    assert shown[:10] == pytest.approx(points[:10])
    assert np.isnan(shown[10:]).all()
    heights = trace(picture, "height", 1)["y"]
    assert heights[:10] == pytest.approx(np.maximum(ground(*points[:10].T) - low, 1e-6))
    assert [trace(picture, "ball")[axis][0] for axis in "xy"] == pytest.approx(points[9].tolist())
    assert picture.readouts[f"in {STEPS} steps it"] == behaviour(points, STEPS)


@each_landscape
def test_at_a_rate_of_0_it_stays_and_too_large_a_rate_is_shown_to_its_end(asked: Asked) -> None:
    picture = drawn(asked, ball_rate=0.0)
    assert picture.readouts[f"in {STEPS} steps it"] == "stays"
    wild = drawn(asked, ball_rate=scene.inputs(asked)["ball_rate"].steps[-1], momentum=0.95)
    for text in (
        str(each) for each in (picture, wild) for each in (each.readouts, each.tasks, each.description)
    ):
        assert not {"nan", "inf", "None"} & set(text.replace("'", " ").split())


@each_landscape
def test_the_first_view_has_no_task_done_and_rests_on_its_scales(asked: Asked) -> None:
    picture = drawn(asked)
    assert picture.tasks
    assert not any(done(picture))
    knobs = scene.inputs(asked)
    assert {knobs["p"].label, knobs["q"].label} == {
        f"start {title}" for title in terrain(asked).relief.titles
    }


@each_landscape
def test_the_scale_of_rates_goes_a_little_beyond_two_over_the_curvature(asked: Asked) -> None:
    ground = terrain(asked).landscape
    edge = 2.0 / max(curvature(ground, point) for point in ground.minima)
    assert edge < scene.inputs(asked)["ball_rate"].high <= 1.3 * edge


def test_a_scale_of_rates_is_round_and_not_too_long() -> None:
    assert rates(2.2, 110) == (110, 0.02)
    assert rates(0.11, 110) == (110, 0.001)
    assert rates(0.88, 110) == (88, 0.01)
    for highest in (0.0137, 1.0, 33.3, 999.0):
        count, step = rates(highest, 60)
        assert count <= 60
        assert highest <= count * step < highest + step


@each_landscape
def test_where_the_ball_is_dropped_it_starts(asked: Asked) -> None:
    assert scene.drop(drawn(asked).readouts, 0.6, -1.2) == {"p": 0.6, "q": -1.2}
    (grip,) = drawn(asked, p=0.6, q=-1.2).grips
    assert (grip.name, grip.x, grip.y, grip.plot, grip.anywhere) == ("ball", 0.6, -1.2, 0, True)
    (hidden,) = drawn(asked, seen=SURFACE).grips
    assert (hidden.x, hidden.y, hidden.anywhere) == (None, None, False)


@pytest.mark.parametrize(
    ("asked", "name"),
    [(Asked("two valleys"), "p"), (Asked("two valleys"), "ball_rate"), (W2_V1, "ball_steps")],
    ids=str,
)
def test_a_drag_needs_one_sweep_that_moves_only_places(asked: Asked, name: str) -> None:
    knobs = scene.inputs(asked)
    values = {key: each.value for key, each in knobs.items()}
    swept = sweep(partial(scene.picture, asked), values, name, knobs[name])
    assert swept is not None
    assert swept["errors"] is None
    for where in swept["paths"]:
        assert where[0] != "plots" or where[-1] in ("x", "y")


def test_of_two_valleys_the_local_minimum_is_named_and_each_side_ends_in_its_own() -> None:
    asked = Asked("two valleys")
    assert drawn(asked, p=-1.7).readouts["and ends in"] == "global minimum"
    picture = drawn(asked, p=1.7)
    assert picture.readouts["and ends in"] == "local minimum"
    assert done(picture) == [True, False]
    over = drawn(asked, p=2.0, q=0.0, momentum=0.85)
    assert done(over) == [False, True]
    passing = drawn(asked, p=2.0, q=0.0, momentum=0.9, ball_rate=0.1)
    assert passing.readouts["and ends in"] == "global minimum"
    assert done(passing) == [False, False]


def test_the_edge_of_divergence_is_found_at_two_over_the_curvature() -> None:
    bowl, narrow = Asked("bowl"), Asked("narrow valley")
    assert [
        rate for rate in scene.inputs(bowl)["ball_rate"].steps if done(drawn(bowl, ball_rate=rate))[0]
    ] == [2.0]
    assert [
        rate for rate in scene.inputs(narrow)["ball_rate"].steps if done(drawn(narrow, ball_rate=rate))[0]
    ] == [0.1]
    assert drawn(bowl, ball_rate=2.02).readouts[f"in {STEPS} steps it"] == DIVERGES


def test_in_the_narrow_valley_twenty_steps_are_enough_only_with_momentum() -> None:
    asked = Asked("narrow valley")
    knobs = scene.inputs(asked)
    plain, helped = (
        [
            done(drawn(asked, p=1.0, q=0.5, ball_rate=rate, momentum=share))[1]
            for rate in knobs["ball_rate"].steps
        ]
        for share in (0.0, 0.45)
    )
    assert not any(plain)
    assert any(helped)
    assert not done(drawn(asked, p=0.1, q=0.0))[1]


def test_on_the_ridge_the_ball_comes_to_rest_on_the_saddle_and_beside_it_does_not() -> None:
    assert done(drawn(Asked("saddle"), q=0.0)) == [True]
    assert done(drawn(Asked("saddle"), q=0.02)) == [False]
    assert done(drawn(Asked("saddle"), p=0.0, q=0.0)) == [False]


def test_the_neurons_tasks_can_be_done() -> None:
    asked = Asked(NEURON)
    assert done(drawn(asked, p=-1.0, q=-2.0, ball_rate=5.0)) == [True, False, False]
    assert done(drawn(asked, p=2.0, q=-3.0, ball_rate=10.0)) == [False, True, False]
    assert done(drawn(asked, p=-5.0, q=4.0, ball_rate=1.5)) == [False, False, True]


def test_the_mixers_tasks_can_be_done_whether_or_not_there_is_a_local_minimum() -> None:
    assert done(drawn(W2_V1, p=-2.0, q=2.0, ball_rate=0.3)) == [True, False]
    assert done(drawn(W2_V1, p=1.0, q=2.4, ball_rate=0.3)) == [False, True]
    single = Asked(PAIR, "w1", "w2")
    assert {name for _, _, name in terrain(single).relief.minima} == {"minimum"}
    assert "Get below 0.001." in drawn(single).tasks
    assert done(drawn(single, p=3.4, q=3.0, ball_rate=1.0)) == [True, True]


@pytest.mark.parametrize(("across", "up"), [("w2", "v1"), ("c", "b1")])
def test_a_true_loss_is_that_of_the_mixers_network(across: str, up: str) -> None:
    ground = terrain(Asked(PAIR, across, up))
    values = mixer.TEACHER | {across: 1.5, up: -0.5}
    loss = MSE(mixer.network(values)(mixer.X), mixer.TARGET)
    assert ground.landscape(np.array(1.5), np.array(-0.5)) == pytest.approx(loss)
    assert ground.relief.titles == (SYMBOLS[across], SYMBOLS[up])
    assert ground.relief.minima[0][:2] == pytest.approx((mixer.TEACHER[across], mixer.TEACHER[up]))


def test_the_fates_are_the_basins_at_the_present_rate_and_momentum() -> None:
    for rate, momentum in ((0.1, 0.0), (0.5, 0.0), (0.1, 0.9)):
        field = drawn(Asked("two valleys"), seen=FATES, ball_rate=rate, momentum=momentum).plots[0]["data"][0]
        found = basins(LANDSCAPES["two valleys"], 41, rate, STEPS, momentum)
        assert field["z"].tolist() == np.array([0, 255, 128])[found.ravel()].tolist()


def test_only_where_all_minima_are_known_it_is_shown_which_start_ends_where() -> None:
    for asked in ALL:
        assert (FATES in scene.inputs(asked)["seen"].options) == (asked.name in LANDSCAPES)
        assert set(scene.inputs(asked)["seen"].options) >= {CONTOURS, SURFACE}


def test_another_landscape_starts_with_its_own_settings(opened: Any) -> None:
    at = opened("pages/gradient_descent.py", scene="landscape", ball_rate="0.5", p="0.3")
    assert not at.exception
    at.selectbox(key="scape").set_value("narrow valley").run()
    assert not at.exception
    assert not at.warning
    assert not {"ball_rate", "p"} & set(at.query_params)
