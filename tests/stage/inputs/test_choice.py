"""A choice takes one of its names: whatever it reads, one comes out, and what was wrong is said."""

import json
import math
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared.stage.inputs.choice import Choice
from tests.stage.inputs.strategies import ANYTHING, is_named

CHOICE = Choice("activation f", ("step", "sigmoid", "ReLU"), "sigmoid")
WORDS = st.text("abcdefgh ", min_size=1, max_size=12).filter(lambda text: text.strip() == text)


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    options = draw(st.lists(st.text(max_size=9), min_size=1, max_size=6, unique_by=str.casefold))
    return Choice("the choice", options, draw(st.sampled_from(options)))


@given(choice=choices())
def test_every_name_of_a_choice_is_written_and_read_back_the_same(choice: Choice) -> None:
    for option in choice.steps:
        assert choice.read(choice.write(option)) == (option, None)


@given(names=st.lists(WORDS, min_size=1, max_size=5, unique=True), data=st.data())
def test_a_choice_reads_its_names_in_any_case(names: list[str], data: st.DataObject) -> None:
    choice = Choice("the choice", names, names[0])
    name = data.draw(st.sampled_from(names))
    upper = data.draw(st.lists(st.booleans(), min_size=len(name), max_size=len(name)))
    typed = "".join(c.upper() if up else c for c, up in zip(name, upper, strict=True))
    assert choice.read(typed) == (name, None)


@given(given=ANYTHING, choice=choices())
def test_whatever_a_choice_reads_one_of_its_names_comes_out(given: object, choice: Choice) -> None:
    value, complaint = choice.read(given)
    if complaint is None:
        assert value in choice.options
        assert str(given).casefold() in (value.casefold(), choice.write(value).casefold())
    else:
        assert value == choice.value
        assert complaint.startswith("the choice: ")
        assert is_named(given, complaint)
        assert complaint.endswith(f"{', '.join(choice.options)}; {choice.value} stands.")


@pytest.mark.parametrize("given", ["selu", "", None, 3, math.nan, ["step"], {"step": 1}, "step "])
def test_a_name_that_is_no_option_is_named_and_the_default_stands(given: object) -> None:
    value, complaint = CHOICE.read(given)
    assert value == "sigmoid"
    assert complaint is not None
    assert is_named(given, complaint)


@pytest.mark.parametrize("options", [["step", "ReLU"], []])
def test_a_choice_that_starts_outside_its_options_is_refused(options: Sequence[str]) -> None:
    message = f"f: 'tanh' is not one of {', '.join(options)}"
    with pytest.raises(ValueError, match=re.escape(message)):
        Choice("f", options, "tanh")


@given(choice=choices())
def test_the_browser_learns_the_options_of_a_choice(choice: Choice) -> None:
    spec = json.loads(json.dumps(choice.spec(), allow_nan=False))
    assert tuple(spec["options"]) == choice.steps
    assert (spec["kind"], spec["label"]) == ("choice", choice.label)
    assert spec["value"] == choice.value
