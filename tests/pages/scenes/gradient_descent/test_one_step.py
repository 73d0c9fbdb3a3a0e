"""One step: the numbers shown are those of a step made by hand, and its tasks can be done."""

from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pages.scenes.gradient_descent import one_step
from pages.shared.figures.drawings.chain import NAMES, SYMBOLS, UPDATE
from pages.shared.stage.picture import Picture
from pages.shared.stage.sweep import sweep

BEST = "Find the h at which both ways to the derivative agree best: the least relative difference."
WORSE = "Find a learning rate at which the step makes the loss larger."
HUNDREDTH = "Find a learning rate at which one step leaves less than a hundredth of the loss."
FIRST = {
    "part": 5.0,
    "pair": 6.0,
    "step_rate": 0.1,
    "parameter": "w₁",
    "moved": 0.0,
    "h_power": 0.0,
    "turns": "",
}
names = pytest.mark.parametrize("name", NAMES)
some = settings(max_examples=20, phases=[Phase.generate])


@pytest.fixture(scope="module")
def called(stages: Any) -> Any:
    """What the scene gives to the stage."""
    return stages("pages/gradient_descent.py", scene="one step")["one_step"]


@pytest.fixture(scope="module")
def inputs(called: Any) -> dict[str, Any]:
    found: dict[str, Any] = called.inputs
    return found


def drawn(**moved: Any) -> Picture:
    return one_step.picture(**{**FIRST, **moved})


def number(text: Any) -> float:
    return float(str(text).replace("\N{MINUS SIGN}", "-"))


def by_hand(p: dict[str, float], x: float, y: float) -> tuple[float, dict[str, float]]:
    """The loss of a pair, and its seven derivatives, written out."""
    a1, a2 = np.tanh(p["w1"] * x + p["b1"]), np.tanh(p["w2"] * x + p["b2"])
    error = p["v1"] * a1 + p["v2"] * a2 + p["c"] - y
    back1, back2 = 2 * error * p["v1"] * (1 - a1**2), 2 * error * p["v2"] * (1 - a2**2)
    slopes = (back1 * x, back2 * x, back1, back2, 2 * error * a1, 2 * error * a2, 2 * error)
    return float(error**2), dict(zip(NAMES, map(float, slopes), strict=True))


START = {"w1": 0.8, "w2": -0.6, "b1": 0.3, "b2": 0.5, "v1": -0.5, "v2": 0.7, "c": 0.2}


def test_the_stage_starts_with_these_values(inputs: dict[str, Any]) -> None:
    assert {name: each.value for name, each in inputs.items()} == FIRST | {"part": 1.0}


def test_which_way_the_step_goes_is_asked_before_any_word_tells_it_and_judged_by_the_step(
    inputs: Any,
) -> None:
    assert "derivative" not in drawn(part=1.0).description
    for name, slope in by_hand(START, 1.0, 0.8)[1].items():
        way = ("down" if slope > 0 else "up") + (", by 0.1 or more" if abs(slope) >= 1.0 else ", by less")
        asked = one_step.TURNS.label
        assert drawn(part=1.0, parameter=SYMBOLS[name], turns=way).tasks[asked].done, (name, slope)


@some
@given(
    name=st.sampled_from(NAMES),
    pair=st.integers(1, 8),
    rate=st.integers(0, 200).map(lambda hundredths: hundredths / 100),
    moved=st.integers(-40, 40).map(lambda twentieths: twentieths / 20),
)
def test_the_step_is_the_one_made_by_hand(name: str, pair: int, rate: float, moved: float) -> None:
    picture = drawn(parameter=SYMBOLS[name], pair=pair, step_rate=rate, moved=moved)
    before = {**START, name: START[name] + moved}
    x, y = float(one_step.X[pair - 1]), float(one_step.Y[pair - 1])
    loss, slopes = by_hand(before, x, y)
    after, _ = by_hand({each: before[each] - rate * slopes[each] for each in NAMES}, x, y)
    assert number(picture.readouts["derivative, chain rule"]) == pytest.approx(slopes[name], abs=1e-6)
    if 0.001 <= loss < 1000:
        assert number(picture.readouts["loss before"]) == pytest.approx(loss, abs=1e-4)
    if 0.001 <= after < 1000:
        assert number(picture.readouts["loss after the step"]) == pytest.approx(after, abs=1e-4)
    assert picture.tasks[WORSE].done == (after > loss)
    assert picture.tasks[HUNDREDTH].done == (after < 0.01 * loss)
    assert ("rises" in picture.description) == (after > loss)


@names
def test_the_finite_difference_is_off_by_what_is_said(name: str) -> None:
    for power in (0.0, 2.0, 6.0):
        readouts = drawn(parameter=SYMBOLS[name], h_power=power).readouts
        exact, estimate = (number(readouts[way]) for way in ("derivative, chain rule", "finite difference"))
        if power == 6.0:
            assert estimate == pytest.approx(exact, abs=2e-6)
    assert np.array_equal(one_step.relative_differences(np.array([1.0, 2.0, 0.0]), 1.0), [0.0, 0.5, 1.0])
    assert one_step.relative_differences(np.zeros(2), 0.0).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("name", ["w1", "w2", "b1", "b2"])
def test_the_best_h_is_neither_the_largest_nor_the_smallest(name: str) -> None:
    done = [drawn(parameter=SYMBOLS[name], h_power=float(power)).tasks[BEST].done for power in range(13)]
    assert sum(done) >= 1
    assert not done[0]
    assert not any(done[9:])


@pytest.mark.parametrize("name", ["v1", "v2", "c"])
def test_in_output_parameters_every_large_h_is_exact(name: str) -> None:
    estimates = one_step.quotients(name, 0.0, 6)
    exact = by_hand(START, 1.0, 0.8)[1][name]
    assert estimates[:3] == pytest.approx([exact] * 3, rel=1e-11)


@pytest.mark.parametrize("pair", range(1, 9))
def test_for_every_pair_a_rate_overshoots_and_a_rate_leaves_less_than_a_hundredth(
    pair: int, inputs: dict[str, Any]
) -> None:
    tasks = [drawn(pair=pair, step_rate=rate).tasks for rate in inputs["step_rate"].steps[::4]]
    assert any(task[WORSE].done for task in tasks)
    assert any(task[HUNDREDTH].done for task in tasks)


def test_every_small_step_lowers_the_loss() -> None:
    for pair in range(1, 9):
        step = one_step.one_step(one_step.START, pair, 0.01)
        assert step.loss_after < step.loss


def test_at_rate_zero_nothing_moves_and_the_page_says_so() -> None:
    picture = drawn(step_rate=0.0)
    assert "nothing moves" in picture.description
    assert picture.readouts["loss before"] == picture.readouts["loss after the step"]
    assert not picture.tasks[WORSE].done


def test_numbers_of_later_parts_are_missing() -> None:
    known = [
        [name for name, text in drawn(part=part).readouts.items() if text is not None] for part in range(1, 6)
    ]
    assert [len(each) for each in known] == [0, 0, 1, 4, 5]
    heights = [drawn(part=part).handles[0].y for part in range(1, 6)]
    assert [height is None for height in heights] == [True, True, False, False, False]


def test_the_handle_is_the_point_on_the_curve() -> None:
    for moved in (-2.0, 0.35, 2.0):
        (handle,) = drawn(moved=moved, parameter="v₂").handles
        assert handle.x == pytest.approx(START["v2"] + moved)
        assert handle.y == pytest.approx(by_hand({**START, "v2": START["v2"] + moved}, 1.0, 0.8)[0])


def test_the_arrow_at_the_knob_points_against_the_slope() -> None:
    for moved in (-2.0, 0.0, 2.0):
        picture = drawn(moved=moved, parameter="c")
        slope = number(picture.readouts["derivative, chain rule"])
        nudge = picture.nudges["moved"]
        assert nudge.push * slope < 0.0
        assert ("down" in nudge.says) == (slope > 0.0)
        assert nudge.ghost == pytest.approx(moved - 0.1 * slope)
    assert drawn(part=3).nudges["moved"].push == 0.0
    assert drawn(part=4).nudges["moved"].ghost is None


@pytest.mark.parametrize("name", ["part", "pair", "step_rate", "moved", "h_power"])
def test_every_knob_has_a_sweep_in_which_only_points_and_words_move(
    name: str, inputs: dict[str, Any]
) -> None:
    found = sweep(one_step.picture, FIRST, name, inputs[name])
    assert found is not None
    assert not found["errors"]
    assert moved_leaves(found, "plots") <= {"x", "y", "z"}


def test_the_parameters_have_a_sweep_too(inputs: dict[str, Any]) -> None:
    found = sweep(one_step.picture, FIRST, "parameter", inputs["parameter"])
    assert found is not None
    assert not found["errors"]


def moved_leaves(found: dict[str, Any], part: str) -> set[Any]:
    """In what the frames' figures differ."""
    return {path[4] if path[2] == "data" else path[2] for path in found["paths"] if path[0] == part}


def test_presets_are_values_of_the_inputs(called: Any, inputs: dict[str, Any]) -> None:
    small, large = called.presets
    for preset in (small, large):
        assert all(inputs[name].snap(value) == value for name, value in preset.values.items())
    assert drawn(**large.values).tasks[WORSE].done
    assert not drawn(**small.values).tasks[WORSE].done


def test_no_text_is_a_failed_number(inputs: dict[str, Any]) -> None:
    for part in (1.0, float(UPDATE)):
        for moved in (-2.0, 2.0):
            picture = drawn(part=part, moved=moved, step_rate=2.0)
            texts = [*picture.readouts.values(), picture.description, picture.diagram]
            assert not any(word in str(texts[1:]) for word in ("nan", "inf,", "-0.0"))


def test_the_page_shows_it(opened: Any, messages: Any) -> None:
    message = messages(opened("pages/gradient_descent.py", scene="one step"))["one_step"]
    assert message["picture"]["error"] is None
    assert len(message["picture"]["plots"]) == 3
