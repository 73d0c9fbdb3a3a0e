"""Decision boundary: a line is its neuron, two solve XOR, and the training shown is the one there was."""

import re
from collections.abc import Callable
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from nn_core.learning.courses import Cloud, Course, Given
from nn_core.learning.gradients import backward as gradient
from nn_core.learning.gradients import descend
from nn_core.learning.losses import BINARY_CROSS_ENTROPY
from nn_core.learning.optimisers import GRADIENT_DESCENT
from nn_core.learning.training import Recipe
from nn_core.networks.activations import ACTIVATIONS
from nn_core.networks.initialisation import random_network
from pages.scenes.decision_boundary import trained
from pages.shared.stage import links
from pages.shared.stage.picture import Picture

PAGE = "pages/decision_boundary.py"
pytestmark = pytest.mark.xdist_group(PAGE)
TWO = {"network": "two hidden neurons"}
TRAINED = {"network": "trained"}
OWN = TRAINED | {"points": "your_points"}
LINEAR = {"hand": "linear"}
ALL_RIGHT, AS_ANY_LINE = "All points on their side.", "As many right as any line can get."
SEPARATE, HELD_OUT = "Separate all training points.", "The same, and at least 9 of 10 held-out points right."
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "sigmoid": lambda z: 0.5 * (1 + np.tanh(z / 2)),
    "tanh": np.tanh,
    "ReLU": lambda z: np.maximum(z, 0.0),
    "sine": np.sin,
}
FIRST, SECOND = ("w11", "w12", "b1"), ("w21", "w22", "b2")
some = settings(max_examples=20, phases=[Phase.generate])
few = settings(max_examples=5, phases=[Phase.generate])
# As far as a pointer can go: the axes of the plane by hand.
places = st.tuples(st.floats(-1.6, 1.6), st.floats(-1.6, 1.6))


@pytest.fixture(scope="module")
def drawn(stages: Any) -> Callable[..., Picture]:
    """The page's picture in a mode, at its first values but for those moved."""

    def picture(mode: dict[str, str], **moved: Any) -> Picture:
        (shown,) = stages(PAGE, **mode).values()
        found: Picture = shown.picture(**{name: each.value for name, each in shown.inputs.items()} | moved)
        return found

    return picture


@pytest.fixture(scope="module")
def inputs(stages: Any) -> Callable[..., dict[str, Any]]:
    """The inputs of the page in a mode."""

    def of(mode: dict[str, str]) -> dict[str, Any]:
        (shown,) = stages(PAGE, **mode).values()
        return dict(shown.inputs)

    return of


def trace(picture: Picture, name: str, plot: int = 0) -> Any:
    figures = [picture.plots] if isinstance(picture.plots, dict) else list(picture.plots)
    return next(each for each in figures[plot]["data"] if each.get("name") == name)


def points_shown(picture: Picture, plot: int = 0, more: str = "") -> tuple[Any, Any]:
    """The points drawn, and the class that each is drawn as."""
    parts = [trace(picture, f"class {kind}{more}", plot) for kind in (0, 1)]
    found = [np.column_stack([part["x"], part["y"]]) for part in parts]
    return np.vstack(found), np.repeat([0, 1], [len(part) for part in found])


def on_their_side(scores: Any, kinds: Any) -> Any:
    return np.where(kinds == 1, 1, -1) * scores > 0


def ends(picture: Picture, name: str) -> Any:
    """The points of a line that are drawn, in rows."""
    found = np.column_stack([trace(picture, name)["x"], trace(picture, name)["y"]])
    return found[np.isfinite(found).all(axis=1)]


def seen(picture: Picture, name: str = "field") -> tuple[Any, Any]:
    """Where a field is seen, and its share of class 1 there."""
    field = trace(picture, name)
    across, up = np.meshgrid(field["x"], field["y"])
    return np.column_stack([across.ravel(), up.ravel()]), field["z"] / 255


def any_values(data: Any, inputs: dict[str, Any], names: Any = None) -> dict[str, Any]:
    return {
        name: data.draw(st.sampled_from(each.steps), label=name)
        for name, each in inputs.items()
        if names is None or name in names
    }


def sigmoid(z: Any) -> Any:
    return FUNCTIONS["sigmoid"](z)


def message(at: AppTest, messages: Any) -> Any:
    (told,) = messages(at).values()
    return told


def link_of(at: AppTest) -> dict[str, str]:
    return {key: text[0] if isinstance(text, list) else text for key, text in at.query_params.items()}


# ---- one neuron -----------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [{}, LINEAR], ids=["XOR", "linear"])
@some
@given(data=st.data())
def test_field_line_and_count_are_those_of_the_neuron(
    mode: dict[str, str], data: Any, drawn: Any, inputs: Any
) -> None:
    at = any_values(data, inputs(mode))
    w, b = np.array([at["w1"], at["w2"]]), at["b"]
    picture = drawn(mode, **at)
    where, shades = seen(picture)
    assert shades == pytest.approx(sigmoid(where @ w + b), abs=0.51 / 255)
    line = ends(picture, "line 1")
    assert line @ w + b == pytest.approx(np.zeros(len(line)), abs=1e-9)
    missing = not (np.ptp(np.sign(where @ w + b)) > 0)
    assert (len(line) == 0) == missing or np.abs(np.abs(line).max() - 1.6) < 1e-9
    spots, kinds = points_shown(picture)
    right = on_their_side(spots @ w + b, kinds)
    assert picture.readouts["points right"] == f"{right.sum()} of {len(kinds)}"
    assert f"gets {right.sum()} of {len(kinds)} points right" in picture.description
    assert picture.tasks[ALL_RIGHT].done == right.all()
    rings = ends(picture, "on the wrong side")
    ringed = {tuple(place) for place in rings.tolist() if max(map(abs, place)) < 1e5}
    assert ringed == {tuple(place) for place in spots[~right].tolist()}


@some
@given(data=st.data())
def test_the_arrow_stands_at_a_right_angle_and_points_to_class_1(data: Any, drawn: Any, inputs: Any) -> None:
    at = any_values(data, inputs({}))
    w, b = np.array([at["w1"], at["w2"]]), at["b"]
    arrow = ends(drawn({}, **at), "weights 1")
    if not w.any():
        assert len(arrow) == 0
        return
    start, tip = arrow[:2]
    assert start @ w + b == pytest.approx(0.0, abs=1e-9)
    assert tip @ w + b > 0
    along = tip - start
    assert along[0] * w[1] - along[1] * w[0] == pytest.approx(0.0, abs=1e-9)


@some
@given(data=st.data())
def test_no_line_gets_more_than_three_corners_of_xor_right_and_the_page_says_so(
    data: Any, drawn: Any, inputs: Any
) -> None:
    picture = drawn({}, **any_values(data, inputs({})))
    right, n = map(int, re.findall(r"\d+", str(picture.readouts["points right"])))
    assert right <= 3 < n == 4
    assert picture.readouts["the best any line can do"] == "3 of 4"
    assert not picture.tasks[ALL_RIGHT].done
    assert "No line can" in picture.tasks[ALL_RIGHT].says
    assert picture.tasks[AS_ANY_LINE].done == (right == 3)


def test_three_corners_of_xor_can_be_right_and_all_points_of_linear(drawn: Any) -> None:
    assert not drawn({}, w1=2.0, w2=0.0, b=0.0).tasks[AS_ANY_LINE].done
    xor = drawn({}, w1=-1.0, w2=-1.0, b=1.0)
    assert xor.readouts["points right"] == "3 of 4"
    assert xor.tasks[AS_ANY_LINE].done
    linear = drawn(LINEAR, w1=7.6, w2=6.5, b=0.0)
    assert linear.readouts["points right"] == linear.readouts["the best any line can do"] == "18 of 18"
    assert linear.tasks[AS_ANY_LINE].done
    assert linear.tasks[ALL_RIGHT].done
    assert "No line can" not in drawn(LINEAR).tasks[ALL_RIGHT].says


# ---- grips ----------------------------------------------------------------------------------------


def all_grips() -> list[Any]:
    cases = [({}, 1, ("w1", "w2", "b")), (TWO, 1, FIRST), (TWO, 2, SECOND)]
    return [pytest.param(*case, id=f"{'two' if case[0] else 'one'}-{case[1]}") for case in cases]


each_grip = pytest.mark.parametrize(("mode", "index", "names"), all_grips())


@each_grip
@some
@given(data=st.data(), place=places)
def test_a_dragged_line_goes_through_the_pointer_and_keeps_its_direction(
    mode: Any, index: int, names: Any, data: Any, place: Any, stages: Any, inputs: Any
) -> None:
    (shown,) = stages(PAGE, **mode).values()
    at = any_values(data, inputs(mode), names)
    changed = shown.grips[f"drag {index}"](at, *place)
    assert changed.keys() == {names[2]}
    w = np.array([at[name] for name in names[:2]])
    assert w @ place + changed[names[2]] == pytest.approx(0.0, abs=1e-9)


@each_grip
@some
@given(data=st.data(), place=places)
def test_a_turned_line_goes_through_the_pointer_and_keeps_the_size_of_its_weights_and_its_distance(
    mode: Any, index: int, names: Any, data: Any, place: Any, stages: Any, inputs: Any
) -> None:
    (shown,) = stages(PAGE, **mode).values()
    at = any_values(data, inputs(mode), names)
    size, away = np.hypot(at[names[0]], at[names[1]]), np.hypot(*place)
    assume(size > 0 and away > 1e-8)
    changed = shown.grips[f"turn {index}"](at, *place)
    assert changed.keys() == set(names[:2]), "the bias, and with it the distance from 0, stays"
    turned = np.array([changed[name] for name in names[:2]])
    assert np.hypot(*turned) == pytest.approx(size)
    gap = abs(turned @ place + at[names[2]]) / size
    assert gap == pytest.approx(max(0.0, abs(at[names[2]]) / size - away), abs=1e-6)


@pytest.mark.parametrize("near", [0.0, 5e-324, 1e-200, 1e-170, 1e-12])
@pytest.mark.parametrize("bias", [0.0, 2.0])
def test_a_pointer_at_the_origin_turns_no_line(near: float, bias: float, stages: Any) -> None:
    at = {"w1": 1.0, "w2": 2.0, "b": bias}
    assert stages(PAGE)["one"].grips["turn 1"](at, near, -near) == {}


@each_grip
@some
@given(data=st.data(), place=places)
def test_a_line_turned_away_and_back_is_where_it_was(
    mode: Any, index: int, names: Any, data: Any, place: Any, stages: Any, drawn: Any, inputs: Any
) -> None:
    (shown,) = stages(PAGE, **mode).values()
    at = any_values(data, inputs(mode), names)
    assume(np.hypot(at[names[0]], at[names[1]]) > 0)
    (grip,) = [each for each in drawn(mode, **at).grips if each.name == f"turn {index}"]
    turn = shown.grips[f"turn {index}"]
    there = {**at, **turn(at, *place)}
    assert {**there, **turn(there, grip.x, grip.y)} == pytest.approx(at, abs=1e-7)


@each_grip
@some
@given(data=st.data())
def test_the_grips_lie_on_their_line_and_one_that_is_not_moved_moves_nothing(
    mode: Any, index: int, names: Any, data: Any, drawn: Any, stages: Any, inputs: Any
) -> None:
    (shown,) = stages(PAGE, **mode).values()
    at = any_values(data, inputs(mode), names)
    w, b = np.array([at[name] for name in names[:2]]), at[names[2]]
    grips = {grip.name: grip for grip in drawn(mode, **at).grips}
    assert grips.keys() == shown.grips.keys()
    for name in (f"drag {index}", f"turn {index}"):
        grip = grips[name]
        if not w.any():
            assert grip.x is grip.y is None
            continue
        assert w @ (grip.x, grip.y) + b == pytest.approx(0.0, abs=1e-9)
        changed = shown.grips[name](at, grip.x, grip.y)
        assert {**at, **changed} == pytest.approx(at, abs=1e-9)


@each_grip
def test_a_neuron_without_weights_has_no_line_to_turn(
    mode: Any, index: int, names: Any, stages: Any, drawn: Any
) -> None:
    (shown,) = stages(PAGE, **mode).values()
    nothing = dict.fromkeys(names, 0.0)
    assert shown.grips[f"turn {index}"](nothing, 0.3, 0.4) == {}
    assert len(ends(drawn(mode, **nothing), f"line {index}")) == 0


@pytest.mark.parametrize(("name", "x", "y"), [("drag 1", 0.4, -0.3), ("turn 1", 0.9, 0.2)])
def test_a_grip_that_is_let_go_puts_the_line_at_the_pointer_within_the_knobs_steps_and_into_the_link(
    name: str, x: float, y: float, opened: Any, messages: Any
) -> None:
    at = opened(PAGE)
    values = message(at, messages)["committed"]
    grip = {"name": name, "x": x, "y": y}
    at.session_state["one"] = {"request": {"id": "1", "values": values, "grip": grip, "commit": True}}
    told = message(at.run(), messages)["committed"]
    assert told != values
    # Each of the three numbers is within half a step of 0.1.
    assert abs(told["w1"] * x + told["w2"] * y + told["b"]) <= 0.05 * (abs(x) + abs(y) + 1) + 1e-9
    link = link_of(at)
    assert message(opened(PAGE, **link), messages)["committed"] == told


# ---- two hidden neurons ---------------------------------------------------------------------------


def by_formula(at: dict[str, Any], samples: Any) -> tuple[Any, Any]:
    """The hidden activations and the logits that the page's letters say."""
    z = [samples @ (at[f"w{unit}1"], at[f"w{unit}2"]) + at[f"b{unit}"] for unit in "12"]
    hidden = np.column_stack([FUNCTIONS[at["f"]](each) for each in z])
    return hidden, hidden @ (at["v1"], at["v2"]) + at["c"]


@pytest.mark.parametrize("hand", ["XOR", "linear"])
@some
@given(data=st.data())
def test_field_lines_and_count_are_those_of_the_two_neurons(
    hand: str, data: Any, drawn: Any, inputs: Any
) -> None:
    mode = TWO | ({} if hand == "XOR" else LINEAR)
    at = any_values(data, inputs(mode))
    picture = drawn(mode, **at)
    where, shades = seen(picture)
    assert shades == pytest.approx(sigmoid(by_formula(at, where)[1]), abs=0.51 / 255)
    for unit in "12":
        line = ends(picture, f"line {unit}")
        level = line @ (at[f"w{unit}1"], at[f"w{unit}2"]) + at[f"b{unit}"]
        assert level == pytest.approx(np.zeros(len(line)), abs=1e-9)
    spots, kinds = points_shown(picture)
    hidden, scores = by_formula(at, spots)
    right = on_their_side(scores, kinds)
    assert picture.readouts["points right"] == f"{right.sum()} of {len(kinds)}"
    assert picture.tasks[ALL_RIGHT].done == right.all()
    moved, again = points_shown(picture, plot=1)
    assert np.array_equal(again, kinds)
    assert moved == pytest.approx(hidden, abs=1e-9)


@some
@given(data=st.data())
def test_the_line_in_hidden_space_is_where_the_output_is_0(data: Any, drawn: Any, inputs: Any) -> None:
    at = any_values(data, inputs(TWO))
    line = trace(drawn(TWO, **at), "the output's line", 1)
    there = np.isfinite(line["x"])
    level = at["v1"] * line["x"][there] + at["v2"] * line["y"][there] + at["c"]
    assert level == pytest.approx(np.zeros(there.sum()), abs=1e-9)


@some
@given(data=st.data())
def test_the_thin_lines_in_hidden_space_are_the_planes_grid_moved_by_the_hidden_layer(
    data: Any, drawn: Any, inputs: Any
) -> None:
    at = any_values(data, inputs(TWO))
    bent = trace(drawn(TWO, **at), "the plane's grid", 1)
    found = np.column_stack([bent["x"], bent["y"]])[np.isfinite(bent["x"])]
    nine, many = np.linspace(-1.6, 1.6, 9), np.linspace(-1.6, 1.6, 21)
    grid = [(x, y) for y in nine for x in many] + [(x, y) for x in nine for y in many]
    assert found == pytest.approx(by_formula(at, np.array(grid))[0], abs=1e-9)


def test_the_preset_solves_xor(stages: Any, drawn: Any) -> None:
    (preset,) = stages(PAGE, **TWO)["two"].presets
    picture = drawn(TWO, **preset.values)
    assert picture.tasks[ALL_RIGHT].done
    assert picture.readouts["points right"] == "4 of 4"
    assert picture.readouts["the best one line can do"] == "3 of 4"
    assert not drawn(TWO).tasks[ALL_RIGHT].done


def test_where_xor_is_solved_one_line_divides_its_points_in_hidden_space(stages: Any, drawn: Any) -> None:
    (preset,) = stages(PAGE, **TWO)["two"].presets
    picture = drawn(TWO, **preset.values)
    moved, kinds = points_shown(picture, plot=1)
    line = trace(picture, "the output's line", 1)
    (x0, y0), (x1, y1) = np.column_stack([line["x"], line["y"]])
    sides = (x1 - x0) * (moved[:, 1] - y0) - (y1 - y0) * (moved[:, 0] - x0)
    assert len({(bool(side > 0), int(kind)) for side, kind in zip(sides, kinds, strict=True)}) == 2


# ---- trained --------------------------------------------------------------------------------------


@cache
def descent(course: Any, iterations: int) -> Any:
    """The network after so many steps, step by step from the random start that the seed says."""
    points, _ = course.source.make()
    network = random_network((2, *course.hidden, 1), course.activation, np.random.default_rng(course.seed))
    for _ in range(iterations):
        slopes = gradient(network, points.points, points.targets, BINARY_CROSS_ENTROPY)
        network = descend(network, slopes, course.recipe.learning_rate)
    return network


def course_of(stages: Any, mode: dict[str, str], **moved: Any) -> Any:
    """What is trained where the page's first values stand but for those moved."""
    (shown,) = stages(PAGE, **mode).values()
    at = {name: each.value for name, each in shown.inputs.items()} | moved
    own = mode.get("points") == "your_points"
    cloud = (
        Given(at["own"])
        if own
        else Cloud(mode.get("points", "moons"), at["n"], at["noise"], at["points_seed"])
    )
    width, layers = int(mode.get("hidden", "4")), int(mode.get("layers", "1"))
    hidden = (width,) * layers if width else ()
    activation = ACTIVATIONS[mode.get("activation", "tanh")]
    recipe = Recipe(BINARY_CROSS_ENTROPY, GRADIENT_DESCENT, float(mode.get("rate", "1")))
    return Course(cloud, hidden, activation, recipe, at["seed"], trained.ITERATIONS, trained.KEEP)


TRAININGS = [
    TRAINED,
    TRAINED | {"points": "spirals", "hidden": "8", "layers": "2", "rate": "0.3"},
    TRAINED | {"points": "XOR", "hidden": "2", "activation": "ReLU", "rate": "0.1"},
    TRAINED | {"points": "linear", "hidden": "0"},
    TRAINED | {"points": "circle", "hidden": "3", "activation": "sigmoid", "rate": "3"},
    OWN | {"activation": "sine", "hidden": "2"},
]
each_training = pytest.mark.parametrize(
    "mode", TRAININGS, ids=[" ".join(list(mode.values())[1:]) or "moons" for mode in TRAININGS]
)


@each_training
@pytest.mark.parametrize("steps", [0, 20, 150])
def test_the_picture_at_an_iteration_is_the_network_after_so_many_steps(
    mode: dict[str, str], steps: int, stages: Any, drawn: Any
) -> None:
    course = course_of(stages, mode, seed=3)
    network = descent(course, steps)
    picture = drawn(mode, iteration=steps, seed=3)
    where, shades = seen(picture)
    assert shades == pytest.approx(sigmoid(network(where)[:, 0]), abs=0.51 / 255)
    points, held_out = course.source.make()
    loss = BINARY_CROSS_ENTROPY.function(network(points.points), points.targets)
    assert picture.readouts["loss"] == f"{loss:.4f}"
    assert picture.readouts["diverged"] is None
    now = trace(picture, "now", -1)
    assert list(now["x"]) == [steps]
    assert list(now["y"]) == pytest.approx([loss], abs=1e-9)
    for drawn_ones, dataset in (("", points), (", held out", held_out)):
        spots, kinds = points_shown(picture, 0, drawn_ones)
        assert sorted(map(tuple, spots.tolist())) == sorted(map(tuple, dataset.points.tolist()))
        assert kinds.sum() == dataset.labels.sum()


@each_training
@few
@given(data=st.data())
def test_the_verdicts_agree_with_the_points_drawn(
    mode: dict[str, str], data: Any, stages: Any, drawn: Any, inputs: Any
) -> None:
    steps = data.draw(st.sampled_from([0, 40, trained.ITERATIONS]))
    seed = data.draw(st.integers(1, 3))
    picture = drawn(mode, iteration=steps, seed=seed)
    network = descent(course_of(stages, mode, seed=seed), steps)
    counts = {}
    for more in ("", ", held out"):
        spots, kinds = points_shown(picture, 0, more)
        right = on_their_side(network(spots)[:, 0], kinds) if len(kinds) else np.zeros(0, bool)
        counts[more] = int(right.sum()), len(kinds)
    (right, n), (new, held) = counts[""], counts[", held out"]
    assert picture.readouts["right in training"] == f"{right} of {n}"
    assert picture.readouts["right among those held out"] == (f"{new} of {held}" if held else None)
    done = picture.tasks[SEPARATE].done
    assert done == (right == n)
    assert (f"separates all {n} training points" in picture.tasks[SEPARATE].says) == done
    assert picture.tasks[HELD_OUT].done == bool(done and held and new >= 0.9 * held)


def test_every_kind_of_verdict_is_given_somewhere(whole_trainings: None, drawn: Any) -> None:
    easy = TRAINED | {"points": "linear"}
    first, last = (drawn(easy, iteration=at, noise=0.0) for at in (0, 2000))
    assert not first.tasks[SEPARATE].done
    assert last.tasks[SEPARATE].done
    assert last.tasks[HELD_OUT].done
    assert "No point is held out" in drawn(OWN, iteration=2000).tasks[HELD_OUT].says


@pytest.mark.parametrize("points", ["linear", "XOR", "circle", "moons", "spirals"])
@pytest.mark.parametrize("layers", ["1", "2"])
def test_without_hidden_units_the_boundary_is_one_straight_line(points: str, layers: str, drawn: Any) -> None:
    mode = TRAINED | {"points": points, "hidden": "0", "layers": layers}
    for steps in (0, 50, trained.ITERATIONS):
        picture = drawn(mode, iteration=steps)
        places = ends(picture, "decision boundary")
        if len(places) > 2:
            flat = np.linalg.svd(places - places.mean(axis=0), compute_uv=False)
            assert flat[1] < 1e-6 * flat[0]
        assert not [each for each in picture.plots[0]["data"] if each["name"].startswith("unit ")]
        assert len(picture.plots) == 2, "no hidden units, no small pictures"


def test_with_hidden_units_the_boundary_bends(whole_trainings: None, drawn: Any) -> None:
    places = ends(drawn(TRAINED, iteration=trained.ITERATIONS), "decision boundary")
    flat = np.linalg.svd(places - places.mean(axis=0), compute_uv=False)
    assert flat[1] > 0.05 * flat[0]


@each_training
def test_the_boundary_lies_where_the_network_is_undecided(
    mode: dict[str, str], stages: Any, drawn: Any
) -> None:
    picture = drawn(mode, iteration=150, seed=2)
    network = descent(course_of(stages, mode, seed=2), 150)
    places = ends(picture, "decision boundary")
    step = 2.4 / 48
    beyond = [network(places + np.array(way) * step)[:, 0] for way in product((-1, 0, 1), repeat=2)]
    assert len(places)
    assert (np.min(beyond, axis=0) <= 0).all()
    assert (np.max(beyond, axis=0) >= 0).all()


@each_training
def test_as_classes_the_field_is_the_side_of_the_boundary(mode: dict[str, str], drawn: Any) -> None:
    chances = seen(drawn(mode, iteration=200, shown="probabilities"))[1]
    sides = seen(drawn(mode, iteration=200, shown="classes"))[1]
    assert set(sides.tolist()) <= {0.0, 1.0}
    clear = np.abs(chances - 0.5) > 1 / 255
    assert np.array_equal(sides[clear] == 1, chances[clear] > 0.5)


@each_training
def test_the_small_pictures_are_the_hidden_units_each_on_its_own_scale(
    mode: dict[str, str], stages: Any, drawn: Any
) -> None:
    course = course_of(stages, mode, seed=2)
    picture = drawn(mode, iteration=100, seed=2)
    if not course.hidden:
        return
    network = descent(course, 100)
    sheet = trace(picture, "hidden units", 1)
    sheet = sheet["z"].reshape(len(sheet["y"]), len(sheet["x"])) / 255
    ticks = np.linspace(-1.2, 1.2, 17)
    across, up = np.meshgrid(ticks, ticks)
    a = np.column_stack([across.ravel(), up.ravel()])
    titles = picture.plots[1]["layout"]["annotations"]
    values = []
    for layer in network.layers[:-1]:
        a = FUNCTIONS[course.activation.name](a @ layer.weights + layer.biases)
        values += list((0.5 + a / (2 * np.abs(a).max(axis=0))).T)
    assert len(titles) == len(values) == sum(course.hidden)
    for title, unit in zip(titles, values, strict=True):
        left, bottom = int(title["x"]) - 8, int(title["y"]) - 17
        tile = sheet[bottom : bottom + 17, left : left + 17]
        assert tile.ravel() == pytest.approx(unit, abs=0.51 / 255)


def test_a_reader_sees_2000_iterations_in_steps_of_20(whole_trainings: None, drawn: Any, inputs: Any) -> None:
    steps = list(range(0, 2001, 20))
    assert trace(drawn(OWN), "loss", -1)["x"].tolist() == list(inputs(OWN)["iteration"].steps) == steps


@each_training
def test_the_loss_is_drawn_for_every_iteration_that_the_knob_has(mode: dict[str, str], drawn: Any) -> None:
    picture = drawn(mode)
    loss = trace(picture, "loss", -1)
    every = trained.KEEP
    assert loss["x"].tolist() == list(range(0, trained.ITERATIONS + 1, every))
    for index in (0, 7, 100):
        at = drawn(mode, iteration=every * index)
        assert at.readouts["loss"] == f"{loss['y'][index]:.4f}"
        assert np.array_equal(trace(at, "loss", -1)["y"], loss["y"])


# ---- divergence -----------------------------------------------------------------------------------

WILD = [
    mode | {"activation": activation, "hidden": hidden, "layers": layers, "rate": rate}
    for mode in (TRAINED, OWN)
    for activation in ("ReLU", "tanh", "sine")
    for hidden, layers in (("0", "1"), ("8", "1"), ("8", "2"))
    for rate in ("100", "10000")
]
each_wild = pytest.mark.parametrize("mode", WILD, ids=[" ".join(mode.values()) for mode in WILD])


def divergence(picture: Picture) -> int | None:
    told = picture.readouts["diverged"]
    return None if told is None else int(str(told).removeprefix("at iteration "))


@each_wild
def test_at_any_learning_rate_what_is_drawn_is_finite(mode: dict[str, str], drawn: Any) -> None:
    for seed in (1, 2) if mode["layers"] == "2" else (1,):
        said = divergence(drawn(mode, seed=seed))
        for at in (20, 100, trained.ITERATIONS):
            picture = drawn(mode, iteration=at, seed=seed)
            assert np.isfinite(trace(picture, "now", -1)["x"]).all()
            assert np.isfinite(trace(picture, "now", -1)["y"]).all()
            assert not re.search(r"nan|inf", str(picture.readouts["loss"]))
            assert divergence(picture) == said


@each_wild
def test_where_training_diverges_the_last_finite_network_is_drawn_from_then_on(
    mode: dict[str, str], drawn: Any, stages: Any
) -> None:
    first = drawn(mode)
    step, loss = divergence(first), trace(first, "loss", -1)
    if step is None:
        assert np.isfinite(loss["y"]).all()
        return
    assert loss["x"][np.isfinite(loss["y"])].tolist() == sorted({*range(0, step, trained.KEEP), step - 1})
    network = descent(course_of(stages, mode), step - 1)
    for at in {-(-step // trained.KEEP) * trained.KEEP, trained.ITERATIONS}:
        picture = drawn(mode, iteration=at)
        where, shades = seen(picture)
        assert shades == pytest.approx(sigmoid(network(where)[:, 0]), abs=0.51 / 255)
        assert f"After {step - 1} iterations" in picture.description
        assert trace(picture, "now", -1)["x"] == [step - 1]


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid")
def test_where_training_is_said_to_diverge_the_next_step_is_beyond_all_bounds(
    drawn: Any, stages: Any
) -> None:
    diverged = {" ".join(mode.values()): divergence(drawn(mode)) for mode in WILD}
    assert diverged["trained ReLU 8 2 10000"] is not None, "as the page says"
    for mode in WILD:
        step = divergence(drawn(mode))
        if step is not None:
            before, after = (descent(course_of(stages, mode), at) for at in (step - 1, step))
            sizes = [
                max(np.abs(part).max() for layer in each.layers for part in (layer.weights, layer.biases))
                for each in (before, after)
            ]
            points, _ = course_of(stages, mode).source.make()
            loss = BINARY_CROSS_ENTROPY.function(after(points.points), points.targets)
            assert sizes[0] <= 1e12
            assert not (sizes[1] <= 1e12 and loss <= 1e12)


@each_training
def test_the_shares_of_right_points_are_drawn_beside_the_loss(mode: dict[str, str], drawn: Any) -> None:
    picture = drawn(mode)
    told_as = {"right in training": "right in training", "right, held out": "right among those held out"}
    for name, readout in told_as.items():
        shares = trace(picture, name, -1)["y"]
        for index in (0, 3, 50, 100):
            told = drawn(mode, iteration=trained.KEEP * index).readouts[readout]
            if told is None:
                assert np.isnan(shares[index])
            else:
                right, n = map(int, re.findall(r"\d+", told))
                assert shares[index] == pytest.approx(right / n)


# ---- your points ----------------------------------------------------------------------------------


def test_without_a_point_there_is_a_message(drawn: Any, opened: Any, messages: Any) -> None:
    with pytest.raises(ValueError, match="there is no point yet"):
        drawn(OWN, own=())
    at = opened(PAGE, **OWN, own="")
    assert "there is no point yet" in message(at, messages)["picture"]["error"]


@pytest.mark.parametrize(
    "own",
    [
        ((0.2, 0.4, 0), (0.1, -0.5, 0), (0.0, 0.0, 0)),
        ((0.2, 0.4, 1), (0.1, -0.5, 1)),
        ((0.5, 0.5, 0), (-0.5, 0.5, 1)),
        ((0.5, 0.5, 1),),
        ((0.3, 0.3, 0), (0.3, 0.3, 1)),
        ((0.0, 0.0, 0), (0.0, 0.0, 1), (0.0, 0.0, 1)),
        tuple((1.1, -1.1, kind) for kind in (0, 1)) * 30,
    ],
    ids=["class 0 only", "class 1 only", "two", "one", "coincident", "at the origin", "sixty in one place"],
)
@pytest.mark.parametrize(
    "more", [{}, {"hidden": "0"}, {"rate": "10000"}, {"activation": "ReLU", "layers": "2"}]
)
def test_any_points_can_be_trained_on(own: Any, more: dict[str, str], drawn: Any) -> None:
    for steps in (0, trained.ITERATIONS):
        picture = drawn(OWN | more, own=own, iteration=steps)
        assert np.isfinite(trace(picture, "field")["z"]).all()
        assert picture.readouts["right among those held out"] is None
        right, n = map(int, re.findall(r"\d+", str(picture.readouts["right in training"])))
        assert n == len(own)
        assert picture.tasks[SEPARATE].done == (right == n)
        if len(set(own)) > len({place[:2] for place in own}):
            assert right < n, "points in one place cannot be on both sides"


coordinates = st.integers(-55, 55).map(lambda step: round(0.02 * step, 2) + 0.0)
own_points = st.lists(st.tuples(coordinates, coordinates, st.integers(0, 1)), min_size=1, max_size=60)


@few
@given(own=own_points.map(tuple))
def test_own_points_come_from_the_link(own: Any, opened: Any, messages: Any, inputs: Any) -> None:
    link = links.write(inputs(OWN), {n: e.value for n, e in inputs(OWN).items()} | {"own": own})
    at = opened(PAGE, **OWN, **link)
    assert not at.warning
    told = message(at, messages)
    assert [tuple(point) for point in told["committed"]["own"]] == list(own)
    for kind in (0, 1):
        (shown,) = [each for each in told["picture"]["plots"][0]["data"] if each["name"] == f"class {kind}"]
        expected = [point[:2] for point in own if point[2] == kind]
        assert np.column_stack([shown["x"], shown["y"]]) == pytest.approx(
            np.array(expected).reshape(-1, 2), abs=1e-6
        )


def test_own_points_go_into_the_link(opened: Any, messages: Any) -> None:
    at = opened(PAGE, **OWN)
    own = [[0.5, -0.24, 1], [-1.1, 1.1, 0]]
    values = {**message(at, messages)["committed"], "own": own}
    at.session_state["own"] = {"request": {"id": "1", "values": values, "commit": True}}
    told = message(at.run(), messages)
    link = link_of(at)
    assert link == {**OWN, "own": "0.5_-0.24_1__-1.1_1.1_0"}
    again = message(opened(PAGE, **link), messages)
    assert again["committed"] == told["committed"]
    assert again["picture"]["description"] == told["picture"]["description"]


@pytest.mark.parametrize(
    "text", ["1_2_3", "0.1_0.2", "0.1_0.2_0~x", "nan_0_1", "9_9_1", "~".join(["0_0_1"] * 61), "<b>"]
)
def test_a_link_without_points_is_named_and_the_first_ones_stand(
    text: str, opened: Any, messages: Any, inputs: Any
) -> None:
    at = opened(PAGE, **OWN, own=text)
    (warning,) = at.warning
    assert warning.value.startswith("your points")
    assert "the first ones stand" in warning.value
    assert message(at, messages)["committed"]["own"] == [list(p) for p in inputs(OWN)["own"].value]


# ---- the words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("query", "stage"), [({}, "one"), (TWO, "two"), (TRAINED, "trained"), (OWN, "own")])
def test_every_way_has_one_stage_and_words_of_its_own(
    query: dict[str, str], stage: str, opened: Any, messages: Any
) -> None:
    at = opened(PAGE, **query)
    assert messages(at).keys() == {stage}
    assert len([each for each in at.markdown if "## " in each.value]) == 2
    assert bool(at.get("text_area")) == (stage == "own")
