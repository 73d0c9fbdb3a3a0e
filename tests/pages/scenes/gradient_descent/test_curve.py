"""The curve that is learnt: what is shown is the network of the iteration, in the target's own units."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nn_core.errors import compare
from nn_core.grids import column
from nn_core.learning.curve_fitting import Curve, by_hand
from nn_core.learning.losses import MSE
from nn_core.networks.activations import ACTIVATIONS
from nn_core.networks.network import hidden_contributions
from nn_core.targets.curves import NIELSENS_GOAL, TARGETS, own_values
from pages.scenes.gradient_descent import one_training as scene
from pages.shared.numbers import small
from pages.shared.stage.picture import Picture
from pages.shared.trainings import shortened, trained

PAGE, CURVE = "pages/gradient_descent.py", {"scene": "curve", "units": "6"}
SEEDS = CURVE | {"show": "ten seeds"}
MODES = [
    CURVE,
    CURVE | {"target": "one wave", "activation": "ReLU", "weights": "He", "optimiser": "momentum"},
    CURVE | {"target": "jump", "activation": "tanh", "batch": "10", "curve_rate": "0.01"},
    CURVE | {"target": "your formula", "formula": "1000 + 50x", "from": "-3", "to": "9"},
    CURVE | {"optimiser": "gradient descent", "curve_rate": "10", "activation": "ReLU"},
    CURVE | {"weights": "zeros"},
]
each_mode = pytest.mark.parametrize("mode", MODES, ids=[" ".join([*mode.values()][2:]) for mode in MODES])


def shown(stages: Any, mode: dict[str, str]) -> Any:
    return stages(PAGE, **mode)["fitting"]


def trace(picture: Picture, name: str) -> Any:
    assert not isinstance(picture.plots, dict)
    return next(each for plot in picture.plots for each in plot["data"] if each.get("name") == name)


@each_mode
@pytest.mark.parametrize("place", [0, 40, 160])
def test_the_curve_is_the_network_of_the_iteration(stages: Any, mode: dict[str, str], place: int) -> None:
    picture = shown(stages, mode).picture
    course, curve, target = picture.args
    training = trained(course)
    now = min(place, len(training.networks) - 1)
    network = curve.scale.unscaled(training.networks[now])
    found = picture(iteration=scene.KEEP * place)
    x, y = trace(found, "trained")["x"], trace(found, "trained")["y"]
    assert y == pytest.approx(network(column(x))[:, 0], rel=1e-12, abs=1e-12)
    compared = compare(y, own_values(target, x), x)
    assert found.readouts["largest error"] == small(compared.sup_norm)
    assert found.readouts["root mean square error"] == small(compared.root_mean_square)
    samples, values = curve.points
    loss = MSE(network(column(samples)), column(values))
    assert found.readouts["loss"] == small(loss)
    assert trace(found, "now")["y"][0] == pytest.approx(loss, rel=1e-6)
    assert trace(found, "loss")["y"][now] == trace(found, "now")["y"][0]


@each_mode
def test_what_the_units_add_is_the_curve_but_for_its_bias(stages: Any, mode: dict[str, str]) -> None:
    picture = shown(stages, mode).picture
    course, curve, _ = picture.args
    networks = trained(course).networks
    for place in (0, 80):
        network = curve.scale.unscaled(networks[min(place, len(networks) - 1)])
        parts = trace(picture(iteration=scene.KEEP * place), "one unit")
        x, heights = parts["x"].reshape(6, -1)[:, :-1], parts["y"].reshape(6, -1)[:, :-1]
        assert pytest.approx(hidden_contributions(network, column(x[0]))) == heights.T
        summed = heights.sum(axis=0) + network.layers[-1].biases[0]
        assert summed == pytest.approx(network(column(x[0]))[:, 0], rel=1e-9, abs=1e-9)


@each_mode
def test_the_network_built_by_hand_has_as_many_units(stages: Any, mode: dict[str, str]) -> None:
    found = shown(stages, mode).picture(iteration=0)
    course, curve, _ = shown(stages, mode).picture.args
    way, built = by_hand(curve.target, 6, course.activation)
    line = trace(found, "by hand")
    assert built.layers[0].biases.size == course.hidden[0] == 6
    assert line["y"] == pytest.approx(built(column(line["x"]))[:, 0])
    assert way.fits(course.activation)


def test_a_reader_sees_4000_iterations_in_steps_of_25(whole_trainings: None, stages: Any) -> None:
    each = shown(stages, CURVE | {"units": "2"})
    steps = tuple(range(0, 4001, 25))
    assert tuple(each.inputs["iteration"].steps) == trained(each.picture.args[0]).iterations == steps


def test_the_menus_are_what_is_trained(stages: Any) -> None:
    asked = {
        "optimiser": "momentum",
        "curve_rate": "0.1",
        "batch": "50",
        "weights": "too large",
        "first": "7",
    }
    course, curve, target = shown(stages, CURVE | asked | {"activation": "tanh"}).picture.args
    assert (course.recipe.optimiser.name, course.recipe.learning_rate) == ("momentum", 0.1)
    assert (course.recipe.batch_size, course.recipe.seed, course.seed) == (50, 7, 7)
    assert (course.initialisation.name, course.hidden) == ("too large", (6,))
    assert course.activation == ACTIVATIONS["tanh"]
    assert course.source == curve == Curve(target) == Curve(NIELSENS_GOAL)


def test_a_training_that_diverged_says_where_and_stays_at_its_last_network(stages: Any) -> None:
    picture = shown(stages, MODES[4]).picture
    training = trained(picture.args[0])
    assert training.diverged is not None
    end = picture(iteration=scene.ITERATIONS)
    assert end.readouts["diverged"] == f"at iteration {training.diverged}"
    assert end.tasks["Make it diverge."].done
    assert np.isfinite(trace(end, "trained")["y"]).all()
    assert f"After {training.diverged - 1} iterations" in end.description


def test_the_reader_is_warned_of_a_divergence_and_of_nothing_else(opened: Any, stages: Any) -> None:
    training = trained(shown(stages, MODES[4]).picture.args[0])
    (warned,) = opened(PAGE, **MODES[4]).warning
    assert f"diverged at iteration {training.diverged}" in warned.value
    assert not opened(PAGE, **CURVE).warning


def test_at_a_learning_rate_of_zero_nothing_moves(stages: Any) -> None:
    picture = shown(stages, CURVE | {"curve_rate": "0"}).picture
    first, last = picture(iteration=0), picture(iteration=scene.ITERATIONS)
    assert trace(first, "trained")["y"].tolist() == trace(last, "trained")["y"].tolist()
    assert first.readouts["loss"] == last.readouts["loss"]


def test_from_zeros_the_units_are_alike_and_the_page_counts_them(stages: Any) -> None:
    alike = "Keep two hidden units or more all alike, however long the network learns."
    zeros, glorot = shown(stages, MODES[5]).picture, shown(stages, CURVE).picture
    for iteration in (0, scene.KEEP, scene.ITERATIONS):
        assert zeros(iteration=iteration).readouts["different hidden units"] == "1 of 6"
        assert glorot(iteration=iteration).readouts["different hidden units"] == "6 of 6"
    assert zeros(iteration=scene.ITERATIONS).tasks[alike].done
    assert not zeros(iteration=0).tasks[alike].done
    assert not glorot(iteration=scene.ITERATIONS).tasks[alike].done


def test_a_training_that_was_stopped_is_shown_as_far_as_it_came(stages: Any) -> None:
    picture = shown(stages, CURVE).picture
    course, curve, target = picture.args
    whole = trained(course)
    part = replace(
        whole, iterations=whole.iterations[:9], networks=whole.networks[:9], losses=whole.losses[:9]
    )
    found = picture.func(shortened(course, part), curve, target, iteration=scene.ITERATIONS)
    assert found.description.startswith(f"After {8 * scene.KEEP} iterations")
    assert len(trace(found, "loss")["x"]) == 9


# ---- seeds side by side -------------------------------------------------------------------------------


def test_ten_seeds_are_ten_trainings_that_differ_in_the_seed_alone(stages: Any) -> None:
    courses, curve, _ = shown(stages, SEEDS | {"first": "5"}).picture.args
    assert [course.seed for course in courses] == [*range(5, 15)]
    for course in courses:
        again = replace(course, seed=5, recipe=replace(course.recipe, seed=5))
        assert again == courses[0]
        assert course.source == curve


def test_the_spread_is_that_of_the_curves_drawn(stages: Any) -> None:
    picture = shown(stages, SEEDS).picture
    courses, curve, target = picture.args
    found = picture(iteration=40 * scene.KEEP)
    errors = []
    x = trace(found, "by hand")["x"]
    for course in courses:
        network = curve.scale.unscaled(trained(course).networks[40])
        errors.append(compare(network(column(x))[:, 0], own_values(target, x), x).root_mean_square)
    assert trace(found, "a seed")["y"].size == 10 * (len(x[::2]) + 1)
    dots = found.plots[1]["data"][1]  # type: ignore[index]
    assert dots["y"] == pytest.approx(errors)
    assert found.readouts["best seed"] == small(min(errors))
    assert found.readouts["worst seed"] == small(max(errors))
    _, built = by_hand(target, 6, courses[0].activation)
    by_construction = compare(built(column(x))[:, 0], own_values(target, x), x).root_mean_square
    better = sum(error < by_construction for error in errors)
    assert found.readouts["seeds that beat it"] == f"{better} of 10"


def test_every_target_can_be_learnt(stages: Any) -> None:
    for name in TARGETS:
        found = shown(stages, CURVE | {"target": name, "units": "3"}).picture(iteration=scene.ITERATIONS)
        assert np.isfinite(trace(found, "trained")["y"]).all()


def test_a_drawing_is_learnt_and_what_is_being_drawn_is_shown_beside_it(stages: Any) -> None:
    each = shown(stages, CURVE | {"target": "your drawing"})
    drawing = tuple(np.sin(np.arange(each.inputs["drawing"].cells) / 9.0).tolist())
    other = tuple(-height for height in drawing)
    now, before = each.picture(drawing=other, iteration=0), each.picture(drawing=drawing, iteration=0)
    assert trace(now, "trained")["y"] == pytest.approx(trace(before, "trained")["y"])
    assert trace(now, "target")["y"] == pytest.approx(-trace(before, "target")["y"])
