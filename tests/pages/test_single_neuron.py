"""A single neuron: what is drawn, said and judged is true of a = f(w x + b)."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pages.shared.numbers import signed
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.picture import Picture, Verdict

FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "step": lambda z: np.where(z >= 0, 1.0, 0.0),
    "sigmoid": lambda z: 0.5 * (1 + np.tanh(z / 2)),
    "tanh": np.tanh,
    "ReLU": lambda z: np.where(z > 0, z, 0.0),
    "identity": lambda z: z,
}
TENTHS = st.integers(-100, 100).map(lambda tenths: tenths / 10)
INPUTS = st.integers(-100, 100).map(lambda steps: steps / 20)
NAMES = st.sampled_from(list(FUNCTIONS))


@st.composite
def knotted(draw: st.DrawFn) -> tuple[float, float]:
    """A weight and a bias, often with the knot at one of the places that the tasks name."""
    weight = draw(TENTHS.filter(lambda weight: abs(weight) <= 5))
    if draw(st.booleans()):
        return weight, draw(st.sampled_from([-2, 1])) * weight
    return weight, draw(TENTHS)


@pytest.fixture(scope="module")
def picture(stages: Any) -> Callable[..., Picture]:
    found: Callable[..., Picture] = stages("pages/single_neuron.py")["single_neuron"].picture
    return found


def trace(picture: Picture, name: str, mode: str = "lines") -> Any:
    assert isinstance(picture.plots, dict)
    traces = picture.plots["data"]
    return next(each for each in traces if each.get("name") == name and each["mode"] == mode)


def task(picture: Picture, word: str) -> Verdict:
    (verdict,) = [verdict for name, verdict in picture.tasks.items() if word in name]
    return verdict


def readout(picture: Picture, word: str) -> Any:
    (value,) = [value for name, value in picture.readouts.items() if word in name]
    return None if value == "nowhere: w is 0" else value


def test_the_knobs_take_the_numbers_that_the_tests_take(stages: Any) -> None:
    inputs = stages("pages/single_neuron.py")["single_neuron"].inputs
    tenths = tuple(k / 10 for k in range(-100, 101))
    assert inputs["weight"].steps == inputs["bias"].steps == tenths
    assert inputs["x"].steps == tuple(k / 20 for k in range(-100, 101))
    assert set(inputs["activation"].steps) == FUNCTIONS.keys()


# ---- what is drawn --------------------------------------------------------------------------------


@given(weight=TENTHS, bias=TENTHS, name=NAMES)
def test_the_curve_is_the_activation_of_the_weighted_input(
    picture: Any, weight: float, bias: float, name: str
) -> None:
    drawn = trace(picture(weight, bias, 0.0, name), "a")
    z = weight * drawn["x"] + bias
    clear = np.abs(z) > 1e-6 if name == "step" else np.full(z.shape, True)
    assert drawn["y"][clear] == pytest.approx(FUNCTIONS[name](z)[clear], abs=1e-12)
    assert (drawn["x"][0], drawn["x"][-1]) == (-5.0, 5.0)


@given(weight=TENTHS, bias=TENTHS, x=INPUTS, name=NAMES)
def test_the_numbers_beside_the_curve_are_those_of_the_input_shown(
    picture: Any, weight: float, bias: float, x: float, name: str
) -> None:
    shown = picture(weight, bias, x, name)
    z = weight * x + bias
    a = float(FUNCTIONS[name](np.array(z)))
    assert readout(shown, "z =") == pytest.approx(z, abs=1e-12)
    assert readout(shown, "a =") == pytest.approx(a, abs=1e-12)
    mark = trace(shown, "a", "markers")
    assert (mark["x"].tolist(), mark["y"].tolist()) == ([x], [pytest.approx(a, abs=1e-12)])


@given(weight=st.just(0.0) | TENTHS, bias=TENTHS)
def test_the_knot_is_where_the_line_is_zero(picture: Any, weight: float, bias: float) -> None:
    shown = picture(weight, bias, 0.0, "sigmoid")
    (handle,) = shown.handles
    knot = readout(shown, "knot")
    assert knot == handle.x
    assert (handle.knob, handle.y, handle.yaxis) == ("bias", 0.0, "y2")
    assert (knot is None) == (weight == 0)
    assert knot is None or weight * knot + bias == pytest.approx(0, abs=1e-9)


@given(weight=TENTHS, bias=TENTHS)
def test_a_step_is_drawn_as_a_vertical_line_at_the_knot(picture: Any, weight: float, bias: float) -> None:
    assume(weight != 0)
    assume(abs(-bias / weight) < 4.99)
    drawn = trace(picture(weight, bias, 0.0, "step"), "a")
    jumps = np.flatnonzero(np.diff(drawn["y"]))
    assert len(jumps) == 1
    left, right = drawn["x"][jumps[0]], drawn["x"][jumps[0] + 1]
    assert right - left < 1e-6
    assert left - 1e-12 <= -bias / weight <= right + 1e-12


@pytest.mark.parametrize("name", list(FUNCTIONS))
def test_the_axis_is_tall_enough_for_what_an_activation_can_give(picture: Any, name: str) -> None:
    shown = picture(1.0, 0.0, 0.0, name)
    low, high = shown.plots["layout"]["yaxis"]["range"]
    values = trace(shown, "a")["y"]
    assert low < values.min()
    assert values.max() < high


# ---- what is said ---------------------------------------------------------------------------------


@given(weight=st.just(0.0) | TENTHS, bias=TENTHS, x=INPUTS, name=NAMES)
def test_the_words_say_the_numbers_shown(
    picture: Any, weight: float, bias: float, x: float, name: str
) -> None:
    shown = picture(weight, bias, x, name)
    words = shown.description
    assert words.startswith(f"A {name} neuron") or words.startswith(f"An {name} neuron")
    assert f"weight {signed(weight, 1)} and bias {signed(bias, 1)}." in words
    assert f"At x = {signed(x)} its output is {signed(readout(shown, 'a ='))}." in words
    knot = readout(shown, "knot")
    assert ("there is no knot" in words) == (knot is None)
    assert knot is None or f"at the knot x = {signed(knot)}." in words
    assert ("rises" in words) == (weight > 0)
    assert ("falls" in words) == (weight < 0)


# ---- what is judged -------------------------------------------------------------------------------


@given(knotted=knotted(), name=NAMES)
def test_the_step_falls_at_2_exactly_where_the_curve_jumps_there(
    picture: Any, knotted: tuple[float, float], name: str
) -> None:
    weight, bias = knotted
    shown = picture(weight, bias, 0.0, name)
    drawn = trace(shown, "a")
    jumps = np.flatnonzero(np.abs(np.diff(drawn["y"])) > 0.5)
    at_2 = name == "step" and any(abs(drawn["x"][k] - 2) < 1e-6 for k in jumps)
    assert task(shown, "x = 2").done == at_2


@given(weight=TENTHS)
def test_every_weight_has_a_bias_that_puts_the_step_at_2_and_one_that_puts_it_at_minus_1(
    picture: Any, weight: float
) -> None:
    assume(0 < abs(weight) < 5)
    bias = Knob("bias b", -10, 10, value=0.0, step=0.1)
    at_2 = task(picture(weight, bias.snap(-2 * weight), 0.0, "step"), "x = 2")
    assert at_2 == Verdict(True, "The step falls at x = +2.00.")
    below = task(picture(weight, bias.snap(weight), 0.0, "step"), "below x = −1")
    assert below.done == (weight < 0)
    assert below.says.startswith("The step falls at x = −1.00.")
    beside = task(picture(weight, bias.snap(-2 * weight + 0.1), 0.0, "step"), "x = 2")
    assert not beside.done


@given(knotted=knotted(), name=NAMES)
def test_a_decision_below_minus_1_is_one_where_the_curve_says_so(
    picture: Any, knotted: tuple[float, float], name: str
) -> None:
    weight, bias = knotted
    shown = picture(weight, bias, 0.0, name)
    drawn = trace(shown, "a")
    below, above = drawn["y"][drawn["x"] < -1 - 1e-6], drawn["y"][drawn["x"] > -1 + 1e-6]
    decided = name == "step" and bool((below == 1).all() and (above == 0).all())
    assert task(shown, "below x = −1").done == decided


@given(weight=TENTHS, bias=TENTHS)
def test_a_decision_is_told_on_the_side_on_which_it_says_yes(
    picture: Any, weight: float, bias: float
) -> None:
    assume(weight != 0)
    assume(abs(-bias / weight) < 4.9)
    shown = picture(weight, bias, 0.0, "step")
    says = task(shown, "below x = −1").says
    assert f"x = {signed(-bias / weight)}." in says
    assert ("yes above it" in says) == (trace(shown, "a")["y"][-1] == 1)
    assert ("yes below it" in says) == (trace(shown, "a")["y"][0] == 1)


@given(weight=TENTHS, bias=TENTHS, name=NAMES)
def test_a_neuron_whose_weight_is_0_ignores_its_input_and_no_other_answer_is_right(
    picture: Any, weight: float, bias: float, name: str
) -> None:
    for chosen in ("It ignores it", "It passes it on", "It turns it over"):
        verdict = task(picture(weight, bias, 0.0, name, blind=chosen), "w is 0")
        assert verdict.done == (chosen == "It ignores it")
        (number,) = re.findall(r"f\(b\) = ([+−-]?\d+\.\d\d) for every x", verdict.says)
        heights = set(trace(picture(0.0, bias, 0.0, name), "a")["y"])
        assert len(heights) == 1
        assert float(number.replace("−", "-")) == pytest.approx(heights.pop(), abs=0.00501)
        assert "-" not in verdict.says, "a minus on screen is a typographic one"


@given(weight=TENTHS, bias=TENTHS, name=NAMES)
def test_the_line_from_school_is_the_one_with_slope_w_and_height_b(
    picture: Any, weight: float, bias: float, name: str
) -> None:
    chosen = "y = mx + c with m = w and c = b"
    verdict = task(picture(weight, bias, 0.0, name, school=chosen), "Which line")
    assert verdict.done
    assert f"m = w = {signed(weight, 1)} and c = b = {signed(bias, 1)}" in verdict.says
    drawn = trace(picture(weight, bias, 0.0, "identity"), "a")
    assert drawn["y"] == pytest.approx(weight * drawn["x"] + bias, abs=1e-12)
    assert not task(picture(weight, bias, 0.0, name, school="y = mx with m = w + b"), "Which line").done


@given(weight=st.just(0.0) | TENTHS, bias=TENTHS, name=NAMES)
def test_a_question_does_not_answer_itself_whatever_the_knobs_are_set_to(
    picture: Any, weight: float, bias: float, name: str
) -> None:
    shown = picture(weight, bias, 0.0, name)
    for word in ("w is 0", "Which line"):
        assert task(shown, word) == Verdict(False, "Say what you expect. Then it is shown.")


@given(knotted=knotted(), name=NAMES.filter(lambda name: name != "step"))
def test_without_a_step_the_verdict_says_that_one_is_needed(
    picture: Any, knotted: tuple[float, float], name: str
) -> None:
    weight, bias = knotted
    for word in ("x = 2", "below x = −1"):
        verdict = task(picture(weight, bias, 0.0, name), word)
        assert verdict == Verdict(False, f"This needs the step; it is {name} now.")


def test_there_is_no_step_where_the_weight_is_0(picture: Any) -> None:
    assert task(picture(0.0, 1.0, 0.0, "step"), "x = 2") == Verdict(False, "There is no step: w is 0.")


def test_the_page_names_the_activation_of_the_link(opened: Any) -> None:
    at = opened("pages/single_neuron.py", activation="tanh")
    words = "\n".join(each.value for each in at.markdown)
    assert "tanh" in words
    assert r"\tanh z" in words
    assert "linear regression" not in words
