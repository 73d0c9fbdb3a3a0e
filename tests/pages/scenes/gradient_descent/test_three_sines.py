"""Three sines: what is said to be learnt is what the networks shown have learnt."""

from typing import Any

import numpy as np
import pytest

from nn_core.learning.kernels import relu_tangent_kernel
from pages.scenes.gradient_descent.three_sines import (
    ITERATIONS,
    NAMES,
    SLOWEST,
    UNITS,
    Sines,
    X,
    course,
    picture,
)
from pages.shared.stage.picture import Picture, Verdict
from pages.shared.trainings import trained
from tests.pages.verdicts.searching import contradictions, deeds, states

SHOWN = Sines(1)
TRAINED = course(SHOWN, "ReLU", 0.01, 1)
STOP, GO_ON = (
    "Stop the training where 90 % of sin πx are learnt and not yet 10 % of sin 10πx.",
    "Let the film go on until 90 % of every sine are learnt.",
)


def drawn(iteration: float = 0.0, power: float = -1.0, slowest: str = "") -> Picture:
    return picture(TRAINED, SHOWN, iteration=iteration, power=power, slowest=slowest)


def trace(shown: Picture, plot: int, name: str) -> Any:
    (found,) = [each for each in shown.plots[plot]["data"] if each.get("name") == name]  # type: ignore[index]
    return found


def parts(heights: Any) -> Any:
    """How much of each sine there is, by a fit of all three."""
    waves = np.sin(np.outer(X, np.pi * np.array([1.0, 4.0, 10.0])))
    return np.linalg.lstsq(waves, heights, rcond=None)[0]


@pytest.mark.parametrize("iteration", [0.0, 100.0, 1500.0, 4000.0])
def test_what_is_learnt_is_how_much_of_each_sine_is_in_the_network_drawn(iteration: float) -> None:
    shown = drawn(iteration)
    found = parts(trace(shown, 0, "trained")["y"])
    assert [shown.measures[f"learnt of {name}"] for name in NAMES] == pytest.approx(found, abs=1e-9)
    curves = [trace(shown, 1, name) for name in NAMES]
    at = int(iteration // 25)
    assert [each["y"][at] for each in curves] == pytest.approx(100.0 * found, abs=1e-6)
    assert {each["x"][at] for each in curves} == {iteration}
    assert trace(shown, 1, "now")["y"] == pytest.approx(100.0 * found, abs=1e-6)


def test_the_film_is_gradient_descent_with_the_kernel_and_its_shares_are_those_of_its_curve() -> None:
    kernel, target = 2.0 / X.size * relu_tangent_kernel(X), SHOWN.heights
    heights, step = np.zeros(X.size), 0.02
    for _ in range(5000):
        heights += step * kernel @ (target - heights)
    shown = drawn(power=2.0)
    film = trace(shown, 2, "the film")["y"]
    assert film == pytest.approx(heights, abs=5e-3)
    assert [shown.measures[f"film: learnt of {name}"] for name in NAMES] == pytest.approx(parts(film))


def test_the_training_shown_and_the_film_learn_the_slow_sine_first_and_the_fast_one_last() -> None:
    for plot in (1, 3):
        curves = [trace(drawn(), plot, name)["y"] for name in NAMES]
        halves = [int(np.argmax(each >= 50.0)) if (each >= 50.0).any() else len(each) for each in curves]
        assert 0 < halves[0] < halves[1] < halves[2]


def test_three_times_as_high_the_fast_sine_is_still_last() -> None:
    high = Sines(3)
    shown = picture(course(high, "ReLU", 0.01, 1), high, iteration=float(ITERATIONS), power=3.0)
    shares = [shown.measures[f"learnt of {name}"] for name in NAMES]
    films = [shown.measures[f"film: learnt of {name}"] for name in NAMES]
    assert shares[2] < min(shares[:2])
    assert films == sorted(films, reverse=True)


def test_the_answer_is_the_sine_of_which_the_last_network_has_the_least() -> None:
    verdicts = [drawn(slowest=name).tasks[SLOWEST.label] for name in NAMES]
    assert [each.done for each in verdicts] == [False, False, True]
    assert not drawn().tasks[SLOWEST.label].done


def test_the_tasks_are_ticked_where_the_curves_drawn_say_so(stages: Any) -> None:
    inputs, judge = deeds(stages("pages/gradient_descent.py", scene="three sines")["three_sines"])

    def words(iteration: float, power: float) -> list[bool]:
        network = trained(TRAINED).networks[int(iteration // 25)]
        slow, _, fast = parts(network(X[:, np.newaxis])[:, 0])
        film = parts(trace(drawn(power=power), 2, "the film")["y"])
        return [slow >= 0.9 and fast < 0.1, bool(film.min() >= 0.9)]

    solved = [{"iteration": 150.0, "power": 4.0}, {"iteration": 100.0, "power": 3.9}]
    assert not contradictions(judge, words, states(inputs, solved, 60))
    verdicts: list[Verdict] = [drawn(150.0, 4.0).tasks[each] for each in (STOP, GO_ON)]
    assert all(each.done for each in verdicts)
    assert not any(drawn(4000.0, 3.0).tasks[each].done for each in (STOP, GO_ON))


def test_the_network_has_as_many_units_as_the_words_say() -> None:
    assert trained(TRAINED).networks[-1].layers[0].biases.size == UNITS
    assert list(drawn().files)
