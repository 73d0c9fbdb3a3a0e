"""Forward pass: the talk's numbers, sizes that keep what was set, code that runs, costs that are right."""

import contextlib
import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from nn_core.networks.network import forward
from nn_core.networks.steps import n_steps
from pages.shared.figures.latex import equations
from pages.shared.stage.inputs.matrix import Matrix
from pages.shared.stage.picture import Picture
from pages.shared.stage.sweep import sweep

PAGE = "pages/forward_pass.py"
END, ONE_NUMBER = "Play the step to its end.", "Change the answer by changing a single number of x."
ANOTHER, SAME = "Find an activation that changes the answer.", "Find one that does not."
GPT_3, ALEXNET = "Reach GPT-3 with a dense network.", "Come within a tenth of AlexNet's 60 million."
ACTIVATIONS = ("none", "ReLU", "sigmoid", "tanh", "step")
LARGEST = {"inputs": "6", "first": "6", "second": "6", "outputs": "6"}
some = settings(max_examples=15, phases=[Phase.generate])


@pytest.fixture(scope="module")
def drawn(stages: Any) -> Callable[..., Picture]:
    """The picture of one of the page's two stages, at its first values but for those moved."""

    def picture(key: str, query: dict[str, str] | None = None, **moved: Any) -> Picture:
        (shown,) = (each for name, each in stages(PAGE, **(query or {})).items() if name.startswith(key))
        found: Picture = shown.picture(**{name: each.value for name, each in shown.inputs.items()} | moved)
        return found

    return picture


def forward_stage(stages: Any, **query: str) -> Any:
    return next(shown for key, shown in stages(PAGE, **query).items() if key.startswith("forward"))


def walked(stages: Any, query: dict[str, str], activation: str) -> Any:
    """The walk that the page makes of its first numbers."""
    shown = forward_stage(stages, **query)
    numbers = tuple(each.value for each in shown.inputs.values() if isinstance(each, Matrix))
    scene = shown.picture.func.__globals__
    return scene["walked"](scene["between"]()[activation], numbers)


# ---- the walk -----------------------------------------------------------------------------------------


def test_the_numbers_of_the_talk_say_6_and_true(drawn: Callable[..., Picture]) -> None:
    picture = drawn("forward")
    assert picture.readouts == {
        "is the output above 0?": "6 > 0: true",
        "parameters": "13",
        "multiplications": "10",
    }


def test_the_step_goes_from_nothing_to_the_answer(drawn: Callable[..., Picture], stages: Any) -> None:
    step = forward_stage(stages).inputs["step"]
    assert (step.low, step.high) == (0, 16)
    assert 0 < step.value < step.high
    assert "Nothing is calculated yet." in drawn("forward", step=0).description
    assert not drawn("forward", step=15).tasks[END].done
    assert drawn("forward", step=16).tasks[END].done


@pytest.mark.parametrize("query", [{"inputs": "1", "first": "1"}, {"second": "2"}, LARGEST])
def test_every_size_has_a_knob_for_all_its_steps(query: dict[str, str], stages: Any) -> None:
    inputs = forward_stage(stages, **query).inputs
    sizes = (
        len(inputs["x"].value[0]),
        *(len(inputs[f"b{k}"].value[0]) for k in (1, 2, 3) if f"b{k}" in inputs),
    )
    assert inputs["step"].high == n_steps(sizes)
    assert 0 < inputs["step"].value < inputs["step"].high


def test_a_single_number_of_x_can_make_the_answer_false(drawn: Callable[..., Picture]) -> None:
    first = {"x": ((9.0, 5.0, 7.0, 3.0),)}
    picture = drawn("forward", **first)
    assert picture.readouts["is the output above 0?"] == "−1 ≤ 0: false"
    assert picture.tasks[ONE_NUMBER].done
    assert not drawn("forward", x=((9.0, 5.0, 7.0, 2.0),)).tasks[ONE_NUMBER].done
    assert not drawn("forward", x=((3.0, 5.0, 7.0, 3.0),)).tasks[ONE_NUMBER].done


@pytest.mark.parametrize(("second", "third"), [(-999.0, 7.0), (5.0, 999.0), (0.125, 0.0)])
def test_as_the_words_say_the_second_number_of_x_has_no_say(
    second: float, third: float, drawn: Callable[..., Picture]
) -> None:
    assert (
        drawn("forward", x=((2.0, second, third, 3.0),)).readouts["is the output above 0?"] == "6 > 0: true"
    )


def test_step_changes_the_answer_of_the_talk_and_the_others_do_not(drawn: Callable[..., Picture]) -> None:
    for activation in ACTIVATIONS[1:]:
        tasks = drawn("forward", activation=activation).tasks
        assert tasks[ANOTHER].done == (activation == "step")
        assert tasks[SAME].done == (activation != "step")


def test_of_several_outputs_the_largest_is_told(drawn: Callable[..., Picture]) -> None:
    picture = drawn("forward", {"outputs": "2"}, W2=((1.0, 2.0), (0.0, 0.0)), b2=((0.0, 0.0),))
    assert picture.readouts["which output is largest?"] == "output 2 is largest: 8"


@some
@given(data=st.data())
def test_any_numbers_of_the_scale_have_a_picture(data: st.DataObject, drawn: Any, stages: Any) -> None:
    number = st.sampled_from((-999.0, 999.0, 0.0, 0.001, -0.001)) | st.floats(-999, 999).map(
        lambda v: round(v, 3)
    )
    inputs = forward_stage(stages, **LARGEST).inputs
    tables = {
        name: tuple(tuple(data.draw(number) for _ in row) for row in each.value)
        for name, each in inputs.items()
        if name not in ("step", "activation")
    }
    step = data.draw(st.sampled_from(inputs["step"].steps))
    activation = data.draw(st.sampled_from(ACTIVATIONS))
    picture = drawn("forward", LARGEST, step=step, activation=activation, **tables)
    told = [picture.description, *(str(slot.get("text", "")) for slot in picture.formula.slots.values())]
    assert not [each for each in told if "nan" in each or "inf" in each or "−0" in each.split()]


def test_the_largest_network_can_be_played(stages: Any) -> None:
    shown = forward_stage(stages, **LARGEST)
    values = {name: each.value for name, each in shown.inputs.items()}
    for name in ("step", "activation"):
        swept = sweep(shown.picture, values, name, shown.inputs[name])
        assert swept is not None
        assert swept["errors"] is None


# ---- sizes --------------------------------------------------------------------------------------------


def link(at: Any) -> dict[str, str]:
    return {name: "".join(text) for name, text in at.query_params.items()}


def resized(at: Any, **sizes: str) -> dict[str, str]:
    """The link after the reader has chosen other sizes."""
    for key, size in sizes.items():
        at.selectbox(key=key).set_value(size).run()
        assert not at.exception
        assert not at.warning
    return link(at)


def test_another_size_keeps_every_number_that_has_a_place(opened: Any) -> None:
    at = opened(PAGE, x="1_2_3_4", W1="9_8~7_6~5_4~3_2", W2="5~6", b2="-3")
    found = resized(at, first="3", inputs="5")
    assert found["x"] == "1_2_3_4_1"
    assert [row.split("_")[:2] for row in found["W1"].split("__")][:4] == [
        ["9", "8"], ["7", "6"], ["5", "4"], ["3", "2"],
    ]  # fmt: skip
    assert found["W2"].split("__")[:2] == ["5", "6"]
    assert found["b2"] == "-3"


def test_a_number_that_lost_its_place_comes_back_with_it(opened: Any) -> None:
    at = opened(PAGE, x="1_2_3_4", W1="9_8~7_6~5_4~3_2")
    found = resized(at, inputs="1", first="1")
    assert (found["x"], found["W1"]) == ("1", "9")
    found = resized(at, inputs="4", first="2")
    assert (found["x"], found["W1"]) == ("1_2_3_4", "9_8__7_6__5_4__3_2")


def test_the_numbers_of_the_output_stay_with_the_output(opened: Any) -> None:
    at = opened(PAGE, W2="5~6", b2="-3")
    found = resized(at, second="2")
    assert (found["W3"], found["b3"]) == ("5__6", "-3")
    assert "b2" not in found
    found = resized(at, second="none")
    assert (found["W2"], found["b2"]) == ("5__6", "-3")
    assert "W3" not in found


def test_an_old_link_that_comes_once_more_is_moved_once_more(opened: Any) -> None:
    at = opened(PAGE, x="1_2_3_4")
    assert resized(at, inputs="6")["x"] == "1_2_3_4_1_4"
    at.query_params["x"] = "1_2_3_4"
    at.run()
    assert not at.warning
    assert link(at)["x"] == "1_2_3_4_1_4"


def test_a_matrix_that_does_not_fit_is_named_with_both_shapes(opened: Any) -> None:
    at = opened(PAGE, W1="1_2~3_4")
    (warning,) = at.warning
    told = warning.value.replace("\\", "")
    assert "weights W₁ must be 4 × 2" in told
    assert "got 2 × 2" in told


# ---- the code -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("query", [{}, LARGEST], ids=["talk", "largest"])
def test_the_code_shown_computes_what_the_stage_shows(
    query: dict[str, str], activation: str, stages: Any
) -> None:
    found = walked(stages, query, activation)
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(equations.listing(found), names)
    np.testing.assert_allclose(names["a"], forward(found.network, found.passed.inputs).output[0], atol=1e-12)
    assert printed.getvalue().startswith("[")


def test_the_page_shows_that_code_with_the_numbers_of_the_link(opened: Any) -> None:
    at = opened(PAGE, x="1_0.125_7_3", activation="tanh")
    (code,) = at.code
    assert "a = np.array([1., 0.125, 7., 3.])" in code.value
    assert "tanh = np.tanh" in code.value
    assert equations.LOOP in code.value
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(code.value, names)
    assert names["a"] == pytest.approx(-np.tanh(-2.875) + np.tanh(4.125), abs=1e-12)


# ---- costs --------------------------------------------------------------------------------------------


def test_the_first_network_on_the_scale_is_that_for_digits(drawn: Callable[..., Picture]) -> None:
    assert drawn("cost").readouts == {
        "sizes": "784, 2 × 16, 10",
        "parameters": "13,002",
        "multiplications": "12,960",
        "memory, 4 bytes each": "52 kB",
        "by hand, one a second": "3.6 hours",
    }


def test_gpt_3_and_alexnet_can_be_reached(drawn: Callable[..., Picture]) -> None:
    reached = drawn("cost", doublings=16.0, depth=42.0)
    assert reached.tasks[GPT_3].done
    assert reached.readouts["memory, 4 bytes each"] == "705 GB"
    assert reached.readouts["by hand, one a second"] == "5,582 years"
    assert not drawn("cost", doublings=16.0, depth=41.0).tasks[GPT_3].done
    assert drawn("cost", doublings=11.0, depth=15.0).tasks[ALEXNET].done
    assert not reached.tasks[ALEXNET].done


def test_the_network_above_is_on_the_scale(drawn: Callable[..., Picture]) -> None:
    for query, told in (({}, "the network above: 13"), (LARGEST, "the network above: 126")):
        plot: Any = drawn("cost", query).plots
        (names,) = [trace for trace in plot["data"] if trace["name"] == "names"]
        assert names["text"][0] == told


def test_without_hidden_layers_inputs_lead_to_outputs(drawn: Callable[..., Picture]) -> None:
    readouts = drawn("cost", ends="4 → 1", depth=0.0).readouts
    assert (readouts["sizes"], readouts["parameters"], readouts["multiplications"]) == ("4, 1", "5", "4")
    assert readouts["by hand, one a second"] == "4 seconds"
