"""The tasks of gradient descent are ticked where the same descent, written out, says so."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pytest

from nn_core.learning.courses import Course
from nn_core.learning.curve_fitting import Curve, by_hand
from nn_core.learning.losses import MSE
from nn_core.learning.optimisers import OPTIMISERS
from nn_core.learning.training import Recipe
from nn_core.networks.activations import ACTIVATIONS
from nn_core.networks.initialisation import INITIALISATIONS
from nn_core.targets.curves import ONE_WAVE, Target
from nn_core.targets.formulas import parse_formula
from pages.scenes.gradient_descent import landscape, mixer, one_step, one_training, ten_seeds
from pages.scenes.gradient_descent.rolling import NEURON, PAIR, SAMPLES, Asked, Moves, rolled, terrain
from pages.shared.figures.drawings.chain import NAMES
from pages.shared.progress import place_of
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.trainings import trained
from tests.pages.verdicts.searching import State, contradictions, states

Array = np.ndarray[Any, np.dtype[np.float64]]

# ---- the mixer ------------------------------------------------------------------------------------

X = np.linspace(-1, 1, 101)


def turned(p: Array) -> tuple[float, Array]:
    """The mixer's loss, and its slopes in w1, w2, b1, b2, v1, v2 and c, written out."""
    w, b, v, c = p[:2, np.newaxis], p[2:4, np.newaxis], p[4:6, np.newaxis], p[6]
    a = np.tanh(w * X + b)
    gap = (v * a).sum(axis=0) + c - mixer.TARGET[:, 0]
    back = 2 * gap * v * (1 - a**2)
    rows = [*(back * X), *back, *(2 * gap * a), 2 * gap]
    return float(np.mean(gap**2)), np.array(rows).mean(axis=1)


def descended(p: Array, rate: float, steps: int) -> Array:
    """The settings after so many steps of gradient descent."""
    for _ in range(steps):
        p = p - rate * turned(p)[1]
    return p


def mixed(steps: float, rate: str, **values: float) -> list[bool]:
    """Whether the loss is small, smaller than the gradient's, and whether the gradient gets stuck."""
    own, first = (np.array([at[name] for name in mixer.NAMES]) for at in (values, mixer.FIRST))
    loss = turned(own)[0]
    end, slopes = turned(descended(own, float(rate), int(steps)))
    stuck = steps == 200 and end > 0.1 and bool((np.abs(slopes) < 0.01).all())
    return [loss < 0.1, loss < to_beat(tuple(first.tolist())), stuck]


@lru_cache(1)
def to_beat(first: tuple[float, ...]) -> float:
    return turned(descended(np.array(first), 0.1, 200))[0]


def test_the_tasks_of_the_mixer_are_those_of_its_loss_and_slopes() -> None:
    inputs = mixer.inputs() | {"rate": Choice("rate", ("0", "0.03", "0.1", "0.3"), "0.1")}
    zeros = dict.fromkeys(mixer.NAMES, 0.0) | {"steps": 200.0}
    solved: list[State] = [
        {**mixer.TEACHER, "w1": 3.0},
        zeros,
        zeros | {"w1": 0.5, "rate": "0"},
        zeros | {"rate": "0.3"},
    ]

    def judge(steps: float, rate: str, **values: float) -> Any:
        settings = tuple(values[name] for name in mixer.NAMES)
        return mixer.tasks(
            turned(np.array(settings))[0], mixer.run(settings, rate, int(steps)) if steps else None
        )

    assert not contradictions(judge, mixed, states(inputs, solved, 8))


# ---- one step -------------------------------------------------------------------------------------

HIDDEN = {"w1": 0.8, "w2": -0.6, "b1": 0.3, "b2": 0.5, "v1": -0.5, "v2": 0.7, "c": 0.2}


def loss_of(p: Array, pair: int) -> tuple[float, Array]:
    """The loss of one pair, and its seven slopes, written out."""
    x, y = one_step.X[pair - 1], one_step.Y[pair - 1]
    a = np.tanh(p[:2] * x + p[2:4])
    gap = p[4:6] @ a + p[6] - y
    back = 2 * gap * p[4:6] * (1 - a**2)
    return float(gap**2), np.concatenate([back * x, back, 2 * gap * a, [2 * gap]])


def one_pair(
    pair: float, step_rate: float, parameter: str, moved: float, h_power: float
) -> list[bool | None]:
    """Whether this h agrees best, and whether the step makes the loss larger, or a hundredth."""
    place, before = NAMES.index(parameter), np.array([*HIDDEN.values()])
    before[place] += moved
    loss, slopes = loss_of(before, int(pair))
    after, _ = loss_of(before - step_rate * slopes, int(pair))
    one = np.eye(7)[place]
    differences = []
    for h in 10.0 ** -np.arange(13):
        above, below = (loss_of(before + side * h * one, int(pair))[0] for side in (1, -1))
        estimate = (above - below) / (2 * h)
        differences.append(abs(estimate - slopes[place]) / max(abs(estimate), abs(slopes[place]), 1e-300))
    own, least = differences[int(h_power)], min(differences)
    # Where truncation is nothing, which h is best is a matter of rounding: of the last digits of a loss.
    rounding = 1e-15 * max(loss, 1.0) / max(abs(slopes[place]), 1e-300) * 10.0**h_power
    best = None if least <= own <= least + 4 * rounding + 1e-9 * least else own <= least
    return [best, after > loss if abs(after - loss) > 1e-14 else None, after < loss / 100]


def test_the_tasks_of_one_step_are_those_of_the_step_written_out() -> None:
    inputs = {
        "pair": Knob("pair", 1, 8, value=6, step=1, colour="input"),
        "step_rate": Knob("rate", 0, 2, value=0.1, step=0.01, colour="ink"),
        "parameter": Choice("p", NAMES, "w1"),
        "moved": Knob("move", -2, 2, value=0.0, step=0.05, colour="error"),
        "h_power": Knob("k", 0, 12, value=0, step=1, colour="bias"),
    }
    solved: list[State] = [
        {"h_power": 5.0},
        {"step_rate": 0.9},
        {"step_rate": 0.3},
        {"parameter": "w2", "h_power": 6.0},
    ]

    def judge(pair: float, step_rate: float, parameter: str, moved: float, h_power: float) -> Any:
        step = one_step.one_step(one_step.started(parameter, moved), int(pair), step_rate)
        derivative = float(
            loss_of(np.array([*HIDDEN.values()]) + moved * np.eye(7)[NAMES.index(parameter)], int(pair))[1][
                NAMES.index(parameter)
            ]
        )
        differences = one_step.relative_differences(
            one_step.quotients(parameter, moved, int(pair)), derivative
        )
        return one_step.tasks(step, parameter, differences, int(h_power), step_rate)

    assert not contradictions(judge, one_pair, states(inputs, solved, 80))


# ---- the landscape --------------------------------------------------------------------------------


INPUT, LABEL = (np.array(each) for each in SAMPLES)


def neurons_slope(w: float, b: float) -> tuple[float, float]:
    """Of the mean squared error of one sigmoid on its samples."""
    a = 1 / (1 + np.exp(-(w * INPUT + b)))
    back = 2 * (a - LABEL) * a * (1 - a)
    return float(back @ INPUT) / INPUT.size, float(back.sum()) / INPUT.size


def neurons_heights(points: Array) -> Array:
    """The mean squared error at each of several weights and biases."""
    a = 1 / (1 + np.exp(-(points[:, :1] * INPUT + points[:, 1:])))
    heights: Array = np.mean((a - LABEL) ** 2, axis=1)
    return heights


def settings(w2: float, v1: float) -> Array:
    """The mixer's, but for two."""
    return np.array([*(mixer.TEACHER | {"w2": w2, "v1": v1}).values()])[
        [[*mixer.TEACHER].index(name) for name in mixer.NAMES]
    ]


SLOPES: dict[str, Callable[[float, float], Any]] = {
    "bowl": lambda x, y: (x, y),
    "narrow valley": lambda x, y: (x, 20 * y),
    "two valleys": lambda x, y: ((x + 1) * (x - 0.25) * (x - 1), y),
    "saddle": lambda x, y: (x, y**3 - y),
    NEURON: neurons_slope,
    PAIR: lambda x, y: turned(settings(x, y))[1][[1, 4]],
}


def walked(name: str, x: float, y: float, rate: float, momentum: float, steps: int) -> Array:
    """The points of the descent, written out; where it leaves, they stay far off."""
    points = [here := np.array([x, y])]
    velocity = np.zeros(2)
    for _ in range(steps):
        velocity = momentum * velocity + np.array(SLOPES[name](*here))
        here = here - rate * velocity
        if not np.abs(here).max() <= 1e6:
            here, velocity, rate = np.full(2, 1e6), np.zeros(2), 0.0
        points.append(here)
    return np.array(points)


def within(points: Array, place: Any, distance: float) -> bool:
    """Whether the last ten steps end that close to a place."""
    return bool((np.hypot(*(points[51:61] - place).T) <= distance).all())


def at_the_edge(name: str, y: float, rate: float, momentum: float) -> bool:
    """Whether this is the last rate of the scale up to 2 (1 + m) / c, where a parabola's descent diverges."""
    curvature = 20 if name == "narrow valley" and y else 1
    edge = 2 * (1 + momentum) / curvature
    return rate <= edge + 1e-9 < rate + terrain(Asked(name)).rates[1]


def on_the_narrow(points: Array) -> bool:
    """Whether it starts far off and gets below a hundredth in twenty steps."""
    (x, y), heights = np.abs(points[0]), points[:21, 0] ** 2 / 2 + 10 * points[:21, 1] ** 2
    return bool(x >= 1 and y >= 0.5 and heights.min() < 0.01)


def on_a_plateau(points: Array, rate: float) -> bool:
    """Whether it never turns back nor gets below 0.3, and does not come to rest."""
    moves = np.diff(points, axis=0)
    away = np.hypot(*(points - points[-1]).T)
    rests = away.max() > 0 and away[30:].max() <= 0.1 * away.max()
    onward = bool((np.sum(moves[1:] * moves[:-1], axis=1) >= 0).all())
    return rate >= 1 and onward and not rests and bool(neurons_heights(points).min() > 0.3)


def fared(name: str, p: float, q: float, ball_rate: float, momentum: float) -> list[bool]:
    """For every task of a landscape whether its words are true of this descent."""
    points = walked(name, p, q, ball_rate, momentum, 60)
    if name == "two valleys":
        return [within(points, (1, 0), 0.1), p > 0.25 and within(points, (-1, 0), 0.1)]
    if name == "saddle":
        return [bool(np.hypot(p, q) >= 1) and within(points, (0, 0), 0.01)]
    if name in ("bowl", "narrow valley"):
        return [at_the_edge(name, q, ball_rate, momentum), on_the_narrow(points)][
            : 1 if name == "bowl" else 2
        ]
    deepest, local = ((a, b) for a, b, _ in terrain(asked_for(name)).relief.minima)
    ends = [within(points, local, 0.1), within(points, deepest, 0.1)]
    return ends if name == PAIR else [*ends, on_a_plateau(points, ball_rate)]


def asked_for(name: str) -> Asked:
    return Asked(name, "w2", "v1") if name == PAIR else Asked(name)


# A step on a true loss is a backward pass.
HOW_MANY = {NEURON: 20, PAIR: 8}
SOLVED: dict[str, list[dict[str, float]]] = {
    "bowl": [{"ball_rate": 2.0}, {"ball_rate": 1.9}],
    "narrow valley": [
        {"ball_rate": 0.1},
        {"p": 1.0, "q": 0.5, "ball_rate": 0.098, "momentum": 0.45},
        {"q": 0.0, "ball_rate": 0.05},
    ],
    "two valleys": [
        {"p": 1.7},
        {"p": 2.0, "q": 0.0, "momentum": 0.9},
        {"p": 0.3, "q": 0.04, "ball_rate": 0.37, "momentum": 0.95},
    ],
    "saddle": [
        {"q": 0.0, "ball_rate": 0.2},
        {"p": -0.2, "q": 0.02, "ball_rate": 0.02},
        {"q": 1.5, "ball_rate": 0.8},
        {"p": -0.5, "q": 0.0, "ball_rate": 0.2},
    ],
    NEURON: [
        {"p": -1.0, "q": -2.0, "ball_rate": 5.0},
        {"p": 2.0, "q": -3.0, "ball_rate": 10.0},
        {"p": -5.0, "q": 4.0, "ball_rate": 1.5},
    ],
    PAIR: [{"p": -2.0, "q": 2.0, "ball_rate": 0.3}, {"p": 1.0, "q": 2.4, "ball_rate": 0.3}],
}


def rolling_knobs(asked: Asked) -> dict[str, Any]:
    """The inputs that say how the ball rolls."""
    return {key: landscape.inputs(asked)[key] for key in ("p", "q", "ball_rate", "momentum")}


@pytest.mark.parametrize("name", SOLVED)
def test_the_tasks_of_a_landscape_are_those_of_the_descent_written_out(name: str) -> None:
    asked = asked_for(name)
    inputs = rolling_knobs(asked)

    def judge(p: float, q: float, ball_rate: float, momentum: float) -> Any:
        ball = rolled(asked, (p, q), Moves(ball_rate, momentum))
        return dict(task(asked, ball) for task in landscape.TASKS[name])

    def words(**state: float) -> Any:
        return fared(name, **state)

    assert not contradictions(judge, words, states(inputs, SOLVED[name], HOW_MANY.get(name, 60)))


def test_a_ball_that_rests_on_the_saddle_is_there_long_after() -> None:
    asked, found = Asked("saddle"), 0
    inputs = rolling_knobs(asked)
    for state in states(inputs, SOLVED["saddle"], 60):
        ball = rolled(asked, (state["p"], state["q"]), Moves(state["ball_rate"], state["momentum"]))
        ((_, verdict),) = (task(asked, ball) for task in landscape.TASKS["saddle"])
        if verdict.done:
            found += 1
            long = walked("saddle", state["p"], state["q"], state["ball_rate"], state["momentum"], 90)
            assert np.hypot(*long[-1]) <= 0.01, state
    assert found > 5


# ---- a curve that is learnt -----------------------------------------------------------------------

LEARNT = {"one wave": ONE_WAVE, "0": Target("0", "0", parse_formula("0"), (0.0, 1.0))}
F: dict[str, Callable[[Array], Array]] = {
    "tanh": np.tanh,
    "sigmoid": lambda z: 0.5 * (1 + np.tanh(z / 2)),
    "ReLU": lambda z: np.maximum(z, 0),
}


def moment(
    seed: int, iteration: float, target: str, activation: str, units: str, weights: str, rate: str
) -> one_training.Moment:
    """One iteration of a short training."""
    recipe = Recipe(
        MSE, OPTIMISERS["Adam" if rate == "0.03" else "gradient descent"], float(rate), None, seed
    )
    source = Curve(LEARNT[target])
    course = Course(
        source, (int(units),), ACTIVATIONS[activation], recipe, seed, 100, 25, INITIALISATIONS[weights]
    )
    return one_training.Moment(course, source, LEARNT[target], place_of(course, iteration))


def far(shown: one_training.Moment, activation: str, x: Array, now: int) -> float:
    """The mean squared distance of a kept network from its target on these x, written out."""
    scale, (hidden, output) = shown.curve.scale, trained(shown.course).networks[now].layers
    z = ((x - scale.x_middle) / scale.x_half)[:, np.newaxis] * hidden.weights + hidden.biases
    y = (F[activation](z) @ output.weights[:, 0] + output.biases[0]) * scale.y_half + scale.y_middle
    return float(np.mean((y - shown.target(x)) ** 2))


def alike(shown: one_training.Moment, now: int) -> bool:
    """Whether no unit of a kept network differs from the first one."""
    hidden, output = trained(shown.course).networks[now].layers
    units = np.vstack([hidden.weights, hidden.biases, output.weights[:, 0]])
    return np.allclose(units, units[:, :1], rtol=1e-9, atol=0)


def learnt(activation: str, units: str, **state: Any) -> list[bool]:
    """Whether the loss has fallen that far, the network is better, it diverges, and units are alike."""
    shown = moment(1, activation=activation, units=units, **state)
    training, (samples, _) = trained(shown.course), shown.curve.points
    first, now = (far(shown, activation, samples, place) for place in (0, shown.now))
    grid = np.linspace(0, 1, 251)
    _, built = by_hand(shown.target, int(units), ACTIVATIONS[activation])
    best = float(np.mean((built(grid[:, np.newaxis])[:, 0] - shown.target(grid)) ** 2))
    moved = any(
        (a.weights != b.weights).any() or (a.biases != b.biases).any()
        for a, b in zip(training.networks[0].layers, training.networks[shown.now].layers, strict=True)
    )
    return [
        now < first / 100,
        far(shown, activation, grid, shown.now) < best,
        training.iterations[-1] < 100,
        int(units) >= 2 and moved and all(alike(shown, place) for place in range(len(training.networks))),
    ]


def spread(**state: Any) -> list[bool]:
    """Whether at least half of four seeds are better than by hand, and all are lower and not far apart."""
    shown = [moment(seed, **state) for seed in range(1, 5)]
    activation, grid = state["activation"], np.linspace(0, 1, 251)
    _, built = by_hand(shown[0].target, int(state["units"]), ACTIVATIONS[activation])
    best = float(np.mean((built(grid[:, np.newaxis])[:, 0] - shown[0].target(grid)) ** 2))
    errors = [far(each, activation, grid, each.now) for each in shown]
    samples, _ = shown[0].curve.points
    lower = [far(each, activation, samples, each.now) < far(each, activation, samples, 0) for each in shown]
    return [sum(error < best for error in errors) >= 2, all(lower) and max(errors) <= 4 * min(errors)]


def choices(**menus: str) -> dict[str, Any]:
    """Menus, and the iteration."""
    found: dict[str, Any] = {
        name: Choice(name, tuple(told.split()), told.split()[0]) for name, told in menus.items()
    }
    return found | {"iteration": Knob("iteration", 0, 100, value=0, step=25, colour="network")}


MENUS = {"activation": "tanh sigmoid ReLU", "units": "1 3", "weights": "Glorot zeros", "rate": "0.03 0 10"}


def test_the_tasks_of_a_training_are_those_of_the_networks_it_keeps() -> None:
    inputs = choices(**MENUS) | {"target": Choice("target", tuple(LEARNT), "one wave")}
    solved: list[State] = [
        {"target": "0", "weights": "zeros"},
        {"target": "0", "iteration": 100.0},
        {"weights": "zeros", "activation": "sigmoid", "units": "3", "iteration": 100.0},
        {"weights": "zeros", "rate": "0", "units": "3", "iteration": 100.0},
        {"rate": "10", "activation": "ReLU", "units": "3"},
        {"units": "1", "activation": "ReLU", "iteration": 100.0},
    ]

    def judge(**state: Any) -> Any:
        return one_training.tasks(moment(1, **state))

    assert not contradictions(judge, learnt, states(inputs, solved, 20))


def test_the_tasks_of_many_seeds_are_those_of_their_errors() -> None:
    inputs = choices(**MENUS | {"units": "1", "rate": "0.03 0"}) | {
        "target": Choice("target", ("one wave",), "one wave")
    }
    solved: list[State] = [
        {"activation": "ReLU", "iteration": 100.0},
        {"weights": "zeros", "iteration": 100.0},
        {"weights": "zeros", "rate": "0", "iteration": 100.0},
    ]

    def judge(**state: Any) -> Any:
        courses = tuple(moment(seed, **state).course for seed in range(1, 5))
        target = LEARNT[state["target"]]
        return ten_seeds.tasks(ten_seeds.Seeds(courses, Curve(target), target, state["iteration"]))

    assert not contradictions(judge, spread, states(inputs, solved, 8))
