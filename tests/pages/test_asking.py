"""What a reader can ask for: whatever a link holds, something valid stands, and what was wrong is named."""

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from nn_core.activations import SIGMOID
from pages.shared import asking

SCRIPT = """
import streamlit as st
from pages.shared import asking

place = st.container()
st.text(asking.choose(place, "Shape", ["line", "curve", "**bold**"], "shape", "line"))
st.text(asking.pick(place, "How many", [2, 3, 5], "count", 3))
st.text(asking.number(place, "Seed", "seed", 4, 0, 99))
st.text(asking.number(place, "from x =", "from", 0.5, -10.0, 10.0))
"""


def page(**query: str) -> AppTest:
    at = AppTest.from_string(SCRIPT, default_timeout=30)
    for name, text in query.items():
        at.query_params[name] = text
    return at.run()


def answers(at: AppTest) -> list[str]:
    assert not at.exception
    return [each.value for each in at.text]


def warned(at: AppTest) -> str:
    return "\n".join(re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", each.value) for each in at.warning)


def test_without_a_link_the_first_answers_stand() -> None:
    at = page()
    assert answers(at) == ["line", "3", "4", "0.5"]
    assert not at.warning


def test_a_link_restores_every_answer() -> None:
    at = page(shape="**bold**", count="5", seed="99", **{"from": "-2.5"})
    assert answers(at) == ["**bold**", "5", "99", "-2.5"]
    assert not at.warning


@pytest.mark.parametrize(
    ("key", "text", "why"),
    [
        ("shape", "circle", "Shape: “circle” is not one of line, curve, **bold**; line stands."),
        ("shape", "LINE", "Shape: “LINE” is not one of"),
        ("shape", "", "Shape: “” is not one of"),
        ("count", "4", "How many: “4” is not one of 2, 3, 5; 3 stands."),
        ("count", "3.0", "How many: “3.0” is not one of"),
        ("seed", "100", "Seed “100” is no number from 0 to 99; 4 stands."),
        ("seed", "-1", "Seed “-1” is no number from 0 to 99; 4 stands."),
        ("seed", "nan", "Seed “nan” is no number"),
        ("seed", "four", "Seed “four” is no number"),
        ("from", "10.5", "from x = “10.5” is no number from -10 to 10; 0.5 stands."),
        ("from", "1e400", "from x = “1e400” is no number"),
        ("from", "", "from x = “” is no number"),
    ],
)
def test_an_answer_that_is_none_is_named_and_the_first_one_stands(key: str, text: str, why: str) -> None:
    at = page(**{key: text})
    assert why in warned(at)
    assert len(at.warning) == 1
    assert answers(at) == ["line", "3", "4", "0.5"]


@pytest.mark.parametrize("key", ["shape", "count", "seed", "from"])
def test_a_long_answer_is_named_in_short_and_as_text(key: str) -> None:
    at = page(**{key: "<img>**" * 5000})
    assert len(at.warning[0].value) < 400
    shown = at.warning[0].value.split("“")[1].split("”")[0]
    assert "\\<img\\>\\*\\*" in shown
    assert not re.search(r"(?<!\\)[<*]", shown)


def test_an_answer_by_hand_moves_nothing_else() -> None:
    at = page(shape="curve", seed="7")
    at.number_input(key="from").set_value(2.0).run()
    assert answers(at) == ["curve", "3", "7", "2.0"]


@pytest.mark.parametrize("text", ["tanh(z)", "z^2 - 1", "|z|", "exp(-z^2)"])
def test_an_activation_can_be_named_by_its_formula(text: str) -> None:
    assert asking.named_activation(text).name == text


def test_an_activation_of_the_menu_is_named_by_its_name() -> None:
    assert asking.named_activation("sigmoid") is SIGMOID


@pytest.mark.parametrize("text", ["", "x", "1/z", "exp(exp(z))", "ln(z)", "import os", "z" * 500])
def test_a_name_that_is_no_activation_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        asking.named_activation(text)


def test_the_examples_are_valid(opened: Any) -> None:
    for query in ({"target": "your data"}, {"target": "your formula"}, {"activation": "your formula"}):
        at = opened("pages/approximator.py", **query)
        assert not at.warning
        assert not at.error
