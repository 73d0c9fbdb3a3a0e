"""Two neurons: what is drawn, said and judged is true of the weighted sum of two curves."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.shared.numbers import signed
from pages.shared.stage.picture import Picture, Verdict

PAGE = "pages/two_neurons.py"
pytestmark = pytest.mark.xdist_group(PAGE)
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "step": lambda z: np.where(z >= 0, 1.0, 0.0),
    "sigmoid": lambda z: 0.5 * (1 + np.tanh(z / 2)),
    "tanh": np.tanh,
    "ReLU": lambda z: np.where(z > 0, z, 0.0),
}
CELLS = 32
MIDDLES = -4 + 8 * (np.arange(CELLS) + 0.5) / CELLS
TRUTH = [0.0 if x < -1 else 1.5 if x < 1 else 1.0 for x in MIDDLES]


@pytest.fixture(scope="module")
def start(stages: Any) -> dict[str, Any]:
    """The values with which the lesson begins."""
    return {name: each.value for name, each in stages(PAGE)["two_neurons"].inputs.items()}


@pytest.fixture(scope="module")
def picture(stages: Any) -> Callable[..., Picture]:
    found: Callable[..., Picture] = stages(PAGE)["two_neurons"].picture
    return found


@pytest.fixture(scope="module")
def drawing(stages: Any) -> Callable[..., Picture]:
    found: Callable[..., Picture] = stages(PAGE)["drawing"].picture
    return found


@pytest.fixture(scope="module")
def plateaus(stages: Any) -> Callable[..., Picture]:
    found: Callable[..., Picture] = stages(PAGE, answer="plateaus")["plateaus"].picture
    return found


def values(stages: Any, data: Any) -> dict[str, Any]:
    """Any values that the reader can set."""
    inputs = stages(PAGE)["two_neurons"].inputs
    return {name: data.draw(st.sampled_from(each.steps)) for name, each in inputs.items()}


def traces(picture: Picture) -> list[Any]:
    assert isinstance(picture.plots, dict)
    return [each for each in picture.plots["data"] if each["mode"] == "lines"]


def named(picture: Picture, name: str) -> Any:
    (trace,) = [each for each in traces(picture) if each["name"] == name]
    return trace


def task(picture: Picture, word: str) -> Verdict:
    (verdict,) = [verdict for name, verdict in picture.tasks.items() if word in name]
    return verdict


# ---- the sum --------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(data=st.data())
def test_the_curves_are_the_weighted_neurons_and_their_sum(picture: Any, stages: Any, data: Any) -> None:
    set_to = values(stages, data)
    one, two, total = traces(picture(**set_to))
    for k, drawn in (("1", one), ("2", two)):
        z = set_to[f"w{k}"] * (drawn["x"] - set_to[f"s{k}"])
        clear = np.abs(z) > 1e-6
        exact = set_to[f"v{k}"] * FUNCTIONS[set_to["activation"]](z)
        assert drawn["y"][clear] == pytest.approx(exact[clear], abs=1e-9)
    assert one["y"] + two["y"] + set_to["c"] == pytest.approx(total["y"], abs=1e-9)


@given(data=st.data())
def test_the_handles_lie_on_what_they_move(picture: Any, stages: Any, data: Any) -> None:
    set_to = values(stages, data)
    shown = picture(**set_to)
    at = {handle.knob: handle for handle in shown.handles}
    assert (at["s1"].x, at["s1"].y) == (set_to["s1"], 0.0)
    assert (at["s2"].x, at["s2"].y) == (set_to["s2"], 0.0)
    for knob, drawn in zip(("v1", "v2"), traces(shown)[:2], strict=True):
        index = int(np.argmin(np.abs(drawn["x"] - at[knob].x)))
        assert (drawn["x"][index], drawn["y"][index]) == (at[knob].x, at[knob].y)
    assert at["v1"].x != at["v2"].x


@given(data=st.data())
def test_the_words_say_the_numbers_shown(picture: Any, stages: Any, data: Any) -> None:
    set_to = values(stages, data)
    shown = picture(**set_to)
    y = traces(shown)[-1]["y"]
    words = shown.description
    for k in "12":
        unit = f"{signed(set_to[f'v{k}'])} times a {set_to['activation']} at "
        assert unit + signed(set_to[f"s{k}"]) in words
    assert f"begins at {signed(y[0])}, ends at {signed(y[-1])}" in words
    assert f"between {signed(y.min())} and {signed(y.max())}." in words
    if set_to["c"]:
        assert signed(set_to["c"]) in words


BUMP, DOWN, CANCEL = "Make a bump", "upside down", "cancel"
STATES: dict[str, tuple[dict[str, Any], set[str]]] = {
    "the defaults": ({}, set()),
    "opposite weights": ({"v2": -1.0}, {BUMP}),
    "opposite weights the other way": ({"v1": -1.0}, {DOWN}),
    "opposite weights, knots exchanged": ({"v2": -1.0, "s1": 1.0, "s2": -1.0}, {DOWN}),
    "a bump of smooth steps": ({"v2": -1.0, "activation": "sigmoid", "w1": 8.0, "w2": 8.0}, {BUMP}),
    "a bump too low": ({"v1": 0.5, "v2": -0.5}, set()),
    "a bump on a floor": ({"v2": -1.0, "c": 0.5}, set()),
    "a bump with a step behind it": ({"v1": 1.5, "v2": -1.0}, set()),
    "one knot for two opposite steps": ({"v2": -1.0, "s2": -1.0}, {CANCEL}),
    "opposite, of unlike steepness": (
        {"v2": -1.0, "s2": -1.0, "w2": 8.0, "activation": "sigmoid"},
        set(),
    ),
    "two hinges that cancel": (
        {"activation": "ReLU", "v1": 0.5, "v2": -1.0, "w1": 8.0, "s2": -1.0},
        {CANCEL},
    ),
    "two that cancel, and a bias": ({"v2": -1.0, "s2": -1.0, "c": 0.1}, {CANCEL}),
    "two that only the bias cancels": ({"v1": 0.5, "v2": 0.5, "s1": -5.0, "s2": -5.0, "c": -1.0}, set()),
    "two that are small and differ": (
        {"v1": 0.02, "v2": -0.02, "s2": 0.0, "activation": "sigmoid", "w1": 1.0, "w2": 1.0},
        set(),
    ),
    "a bump beside a dip": (
        {"activation": "tanh", "v1": 1.5, "v2": -1.5, "s1": 0.0, "s2": 0.0, "w1": 1.5, "w2": 20.0},
        set(),
    ),
    "nothing at all": ({"v1": 0.0, "v2": 0.0}, set()),
    "one weight at 0": ({"v1": 0.0, "v2": -1.0}, set()),
    "a hinge that only comes down to 0 at the end": (
        {"activation": "ReLU", "w1": 1.0, "w2": 1.0, "v2": -1.5},
        set(),
    ),
}


@pytest.mark.parametrize(("moved", "done"), STATES.values(), ids=STATES.keys())
def test_a_task_is_done_where_the_curve_shows_it(
    picture: Any, start: Any, moved: dict[str, Any], done: set[str]
) -> None:
    shown = picture(**{**start, **moved})
    assert {word for word in (BUMP, DOWN, CANCEL) if task(shown, word).done} == done


@given(data=st.data())
@settings(max_examples=100)
def test_a_verdict_is_true_of_the_curve_drawn(picture: Any, stages: Any, data: Any) -> None:
    set_to = values(stages, data)
    if data.draw(st.booleans()):
        set_to |= {"v2": -set_to["v1"], "c": 0.0}
    if data.draw(st.booleans()):
        set_to |= {"s2": set_to["s1"], "w2": set_to["w1"]}
    shown = picture(**set_to)
    y = traces(shown)[-1]["y"]
    bump, down, cancel = (task(shown, word) for word in (BUMP, DOWN, CANCEL))
    if bump.done or down.done:
        assert max(abs(y[0]), abs(y[-1])) < 0.01
    assert not bump.done or y.max() > 0.98
    assert not down.done or y.min() < -0.98
    assert not cancel.done or np.abs(y - set_to["c"]).max() < 1e-6
    assert not cancel.done or (set_to["v1"] != 0 and set_to["v2"] != 0)
    assert f"at most it is {signed(y.max())}" in bump.says
    assert f"at least it is {signed(y.min())}" in down.says


@given(data=st.data())
@settings(max_examples=100)
def test_a_weight_is_called_0_where_it_is_0(picture: Any, stages: Any, data: Any) -> None:
    set_to = values(stages, data)
    if data.draw(st.booleans()):
        set_to[data.draw(st.sampled_from(["v1", "v2"]))] = 0.0
    says = task(picture(**set_to), CANCEL).says
    if re.search(r"weight( at| of)? 0", says):
        assert 0.0 in (set_to["v1"], set_to["v2"])


def test_a_hinge_at_the_right_end_has_a_weight_that_is_not_0(picture: Any, start: Any) -> None:
    says = task(picture(**{**start, "activation": "ReLU", "s1": 5.0}), CANCEL).says
    assert "weight 0" not in says


@pytest.mark.parametrize(
    ("index", "done"), [(0, set()), (1, {BUMP}), (2, {DOWN})], ids=["(1, 1)", "(1, -1)", "(-1, 1)"]
)
def test_a_preset_shows_what_its_label_says(
    picture: Any, stages: Any, start: Any, index: int, done: set[str]
) -> None:
    preset = stages(PAGE)["two_neurons"].presets[index]
    numbers = [float(n) for n in re.findall(r"-?\d+", preset.label.replace("−", "-"))]
    assert preset.values == {"v1": numbers[0], "v2": numbers[1]}
    shown = picture(**{**start, **preset.values})
    assert {word for word in (BUMP, DOWN, CANCEL) if task(shown, word).done} == done


# ---- the exercise ---------------------------------------------------------------------------------


def test_the_right_plateaus_are_exactly_right(plateaus: Any) -> None:
    shown = plateaus(0.0, 1.5, 1.0, "shown")
    assert shown.readouts["largest distance"] == "0.00, exactly right"


@given(
    left=st.integers(-30, 30).map(lambda n: n / 10),
    middle=st.integers(-30, 30).map(lambda n: n / 10),
    right=st.integers(-30, 30).map(lambda n: n / 10),
)
def test_the_distance_of_plateaus_is_the_largest_of_three(
    plateaus: Any, left: float, middle: float, right: float
) -> None:
    shown = plateaus(left, middle, right, "shown")
    largest = max(abs(left), abs(middle - 1.5), abs(right - 1.0))
    assert str(shown.readouts["largest distance"]).startswith(f"{largest:.2f}")
    assert ("exactly right" in str(shown.readouts["largest distance"])) == (largest == 0)


@given(guess=st.lists(st.integers(-30, 30).map(lambda n: n / 10), min_size=CELLS, max_size=CELLS))
def test_the_distance_of_a_drawing_is_the_largest_of_its_cells(drawing: Any, guess: list[float]) -> None:
    shown = drawing(tuple(guess), "shown")
    distances = np.abs(np.array(guess) - TRUTH)
    worst = int(np.argmax(distances))
    assert str(shown.readouts["largest distance"]).startswith(f"{distances[worst]:.2f}")
    where = float(str(shown.readouts["at x"]).replace("−", "-"))
    assert where in MIDDLES[np.isclose(distances, distances[worst])]
    line = named(shown, "distance")
    assert line["x"].tolist() == [where, where]
    at = int(np.argmin(np.abs(MIDDLES - where)))
    assert line["y"].tolist() == [guess[at], TRUTH[at]]


def test_the_exact_drawing_is_exactly_right(drawing: Any) -> None:
    shown = drawing(tuple(TRUTH), "shown")
    assert shown.readouts["largest distance"] == "0.00, exactly right"
    nearly = drawing((*TRUTH[:-1], 1.1), "shown")
    assert nearly.readouts["largest distance"] == "0.10"


@given(empty=st.sets(st.integers(0, CELLS - 1), min_size=1))
def test_a_drawing_with_gaps_has_no_distance_yet(drawing: Any, empty: set[int]) -> None:
    guess = tuple(None if k in empty else height for k, height in enumerate(TRUTH))
    shown = drawing(guess, "shown")
    assert shown.readouts["largest distance"] == f"{len(empty)} of {CELLS} parts are not drawn yet"
    assert shown.readouts["at x"] is None
    assert f"{CELLS - len(empty)} of {CELLS} parts" in shown.description
    assert np.isnan(named(shown, "distance")["y"]).all()


def test_a_drawing_is_drawn_cell_by_cell(drawing: Any) -> None:
    drawn = named(drawing(tuple(TRUTH), "hidden"), "your guess")
    assert drawn["y"].tolist() == np.repeat(TRUTH, 2).tolist()
    assert drawn["x"].reshape(CELLS, 2).mean(axis=1) == pytest.approx(MIDDLES)


def test_a_hidden_graph_gives_nothing_away(drawing: Any, plateaus: Any) -> None:
    for shown in (drawing(tuple(TRUTH), "hidden"), plateaus(0.0, 1.5, 1.0, "hidden")):
        assert np.isnan(named(shown, "truth")["y"]).all()
        assert np.isnan(named(shown, "distance")["y"]).all()
        assert "exactly" not in str(shown.readouts) + shown.description
        assert not re.search(r"\d\.\d\d", str(shown.readouts))


def test_the_graph_shown_is_the_weighted_sum_of_the_steps_drawn(drawing: Any) -> None:
    shown = drawing(tuple(TRUTH), "shown")
    one, two, truth = (named(shown, name) for name in ("a₁", "a₂", "truth"))
    assert (1.5 * one["y"] - 0.5 * two["y"]).tolist() == truth["y"].tolist()
    assert set(one["y"]) == set(two["y"]) == {0.0, 1.0}


def test_the_words_say_the_distance(drawing: Any) -> None:
    shown = drawing(tuple([0.0] * CELLS), "shown")
    assert f"{CELLS} of {CELLS} parts" in shown.description
    assert f"The largest distance: 1.50 {shown.readouts['at x']}" in shown.description


def test_an_answer_can_be_linked_either_way(opened: Any, messages: Any) -> None:
    told = messages(opened(PAGE, answer="plateaus", middle="1.5", right="1", graph="shown"))
    assert told["plateaus"]["picture"]["readouts"]["largest distance"] == "0.00, exactly right"
    guess = "~".join(map(str, TRUTH))
    told = messages(opened(PAGE, guess=guess, graph="shown"))
    assert told["drawing"]["picture"]["readouts"]["largest distance"] == "0.00, exactly right"
