"""What a reader can ask for: whatever a link holds, something valid stands, and what was wrong is named."""

import ast
import re
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nn_core.networks.activations import SIGMOID
from nn_core.targets.expressions import FUNCTIONS
from nn_core.targets.surfaces import SURFACES
from pages.shared.asking.formulas import FORMULA_HELP, named_activation

SCRIPT = """
import streamlit as st
from pages.shared.asking import menus

place = st.container()
st.text(menus.choose(place, "Shape", ["line", "curve", "**bold**"], "shape", "line"))
st.text(menus.pick(place, "How many", [2, 3, 5], "count", 3))
st.text(menus.number(place, "Seed", "seed", 4, (0, 99)))
st.text(menus.number(place, "from x =", "from", 0.5, (-10.0, 10.0)))
"""


SURFACE = """
import streamlit as st
from nn_core.grids import lattice
from pages.shared.asking import targets

menu, row, remarks = st.container(), st.container(), st.container()
found = targets.surface(menu, row, remarks)
st.text(found.name)
st.text(found(lattice([0.0, 0.5, 1.0], [0.25, 1.0])).tolist())
"""

POINTS = """
import streamlit as st
from pages.shared.asking import data
from pages.shared.stage.inputs.points import Points

points = Points("points", -1.1, 1.1, 0.02, ("no", "yes"), ("class-0", "class-1"), 60, first=((0, 0, 1),))
data.labelled_points(points, "own")
st.text(points.read(st.query_params["own"]).value if "own" in st.query_params else "none")
"""


def page(script: str = SCRIPT, **query: str) -> AppTest:
    at = AppTest.from_string(script, default_timeout=30)
    for name, text in query.items():
        at.query_params[name] = text
    return at.run()


def answers(at: AppTest) -> list[str]:
    assert not at.exception
    return [each.value for each in at.text]


def warned(at: AppTest) -> str:
    return said(at.warning)


def said(elements: Any) -> str:
    return "\n".join(re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", each.value) for each in elements)


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
        ("shape", "", "Shape: “” is not one of"),
        ("count", "4", "How many: “4” is not one of 2, 3, 5; 3 stands."),
        ("count", "3.0", "How many: “3.0” is not one of"),
        ("seed", "100", "Seed “100” is no whole number from 0 to 99; 4 stands."),
        ("seed", "-1", "Seed “-1” is no whole number from 0 to 99; 4 stands."),
        ("seed", "7.5", "Seed “7.5” is no whole number from 0 to 99; 4 stands."),
        ("seed", "nan", "Seed “nan” is no whole number"),
        ("seed", "inf", "Seed “inf” is no whole number"),
        ("seed", "1e999", "Seed “1e999” is no whole number"),
        ("seed", "1_0", "Seed “1_0” is no whole number"),
        ("seed", "four", "Seed “four” is no whole number"),
        ("from", "10.5", "from x = “10.5” is no number from −10 to 10; 0.5 stands."),
        ("from", "1e400", "from x = “1e400” is no number"),
        ("from", "", "from x = “” is no number"),
    ],
)
def test_an_answer_that_is_none_is_named_and_the_first_one_stands(key: str, text: str, why: str) -> None:
    at = page(**{key: text})
    assert why in warned(at)
    assert len(at.warning) == 1
    assert answers(at) == ["line", "3", "4", "0.5"]
    assert not at.query_params
    assert not at.run().warning, "it is said once"


def test_a_number_that_is_none_is_still_named_where_one_after_it_is_none_too() -> None:
    at = page(seed="inf", **{"from": "abc"})
    named = {line.split("“")[1].split("”")[0] for line in warned(at).splitlines()}
    assert named == {"inf", "abc"}
    assert not at.run().warning


def test_several_answers_that_are_none_are_all_named() -> None:
    at = page(shape="circle", count="4", seed="inf", **{"from": "−0,25"})
    named = {line.split("“")[1].split("”")[0] for line in warned(at).splitlines()}
    assert named == {"circle", "4", "inf"}, "also those before an entry that is put right"
    assert answers(at) == ["line", "3", "4", "-0.25"]
    assert not at.run().warning


@pytest.mark.parametrize(
    ("key", "text", "taken"),
    [
        ("shape", "CURVE", ["curve", "3", "4", "0.5"]),
        ("shape", "**Bold**", ["**bold**", "3", "4", "0.5"]),
    ],
)
def test_an_answer_in_other_words_is_taken_and_the_link_says_it_in_plain_letters(
    key: str, text: str, taken: list[str]
) -> None:
    at = page(**{key: text})
    assert answers(at) == taken
    assert not at.warning
    text = at.query_params[key]
    assert (text[0] if isinstance(text, list) else text) == taken[0].strip("*")


@pytest.mark.parametrize(
    ("key", "text", "taken"),
    [
        ("seed", "7.0", ["line", "3", "7", "0.5"]),
        ("seed", "1e1", ["line", "3", "10", "0.5"]),
        ("seed", "1.0D+01", ["line", "3", "10", "0.5"]),
        ("from", "−2,5", ["line", "3", "4", "-2.5"]),
        ("from", "–2", ["line", "3", "4", "-2.0"]),
    ],
)
def test_a_number_is_read_as_people_write_it_in_the_link_and_in_the_field(
    key: str, text: str, taken: list[str]
) -> None:
    linked, typed = page(**{key: text}), page()
    typed.text_input(key=key).set_value(text).run()
    for at in (linked, typed):
        assert answers(at) == taken
        assert not at.warning


@pytest.mark.parametrize(("key", "bad"), [("seed", "7.5"), ("seed", "0x10"), ("from", "1_0"), ("from", "")])
def test_what_is_typed_and_no_number_is_named_and_the_last_one_stands(key: str, bad: str) -> None:
    at = page(seed="8", **{"from": "2"})
    at.text_input(key=key).set_value(bad).run()
    assert answers(at) == ["line", "3", "8", "2.0"]
    assert f"“{bad}” is no " in warned(at)
    assert f"; {'8' if key == 'seed' else '2'} stands." in warned(at)


def test_an_answer_that_the_reader_has_changed_since_stands_against_an_old_link() -> None:
    at = page(shape="CURVE", seed="7")
    at.text_input(key="seed").set_value("8").run()
    at.query_params["seed"] = "7"
    assert answers(at.run()) == ["curve", "3", "8", "0.5"]


@pytest.mark.parametrize("key", ["shape", "count", "seed", "from"])
def test_a_long_answer_is_named_in_short_and_as_text(key: str) -> None:
    at = page(**{key: "<img>**" * 5000})
    assert len(at.warning[0].value) < 400
    shown = at.warning[0].value.split("“")[1].split("”")[0]
    assert "\\<img\\>\\*\\*" in shown
    assert not re.search(r"(?<!\\)[<*]", shown)


def test_an_answer_by_hand_moves_nothing_else() -> None:
    at = page(shape="curve", seed="7")
    at.text_input(key="from").set_value("2").run()
    assert answers(at) == ["curve", "3", "7", "2.0"]


def test_the_help_names_every_function() -> None:
    assert [name for name in FUNCTIONS if not re.search(rf"\b{name}\b", FORMULA_HELP)] == []


@pytest.mark.parametrize("text", ["tanh(z)", "z^2 - 1", "|z|", "exp(-z^2)"])
def test_an_activation_can_be_named_by_its_formula(text: str) -> None:
    assert named_activation(text).name == text


def test_an_activation_of_the_menu_is_named_by_its_name() -> None:
    assert named_activation("sigmoid") is SIGMOID


@pytest.mark.parametrize("text", ["", "x", "1/z", "exp(exp(z))", "ln(z)", "import os", "z" * 500])
def test_a_name_that_is_no_activation_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        named_activation(text)


def test_the_examples_are_valid(opened: Any) -> None:
    for query in ({"target": "your data"}, {"target": "your formula"}, {"activation": "your formula"}):
        at = opened("pages/approximator.py", **query)
        assert not at.warning
        assert not at.error


# ---- a surface ------------------------------------------------------------------------------------

X, Y = np.meshgrid([0.0, 0.5, 1.0], [0.25, 1.0])


def heights(at: AppTest) -> Any:
    return np.array(ast.literal_eval(answers(at)[1]))


@pytest.mark.parametrize("name", SURFACES)
def test_a_surface_of_the_menu_is_itself(name: str) -> None:
    at = page(SURFACE, surface=name)
    assert answers(at)[0] == name
    assert not at.warning
    assert not at.error
    assert heights(at).tolist() == SURFACES[name](np.column_stack([X.ravel(), Y.ravel()])).tolist()


def test_without_a_link_the_surface_is_waves() -> None:
    assert answers(page(SURFACE))[0] == "waves"


def test_a_surface_that_is_none_is_named() -> None:
    at = page(SURFACE, surface="sphere")
    assert "“sphere” is not one of hill, waves" in warned(at)
    assert answers(at)[0] == "waves"


@pytest.mark.parametrize(
    ("formula", "exact"),
    [
        ("x*y", X * Y),
        ("3", 0 * X + 3),
        ("y^2 - x", Y**2 - X),
        ("10^9 * x", 1e9 * X),
        ("step(x - 0.6)", (X > 0.6).astype(float)),
    ],
)
def test_a_surface_can_be_typed(formula: str, exact: Any) -> None:
    at = page(SURFACE, surface="your formula", formula=formula)
    assert not at.error
    assert not at.warning
    assert heights(at) == pytest.approx(exact.ravel(), abs=1e-12)


@pytest.mark.parametrize(
    "formula", ["1/x", "1/(x - 0.5)", "ln(y)", "1/y", "sqrt(x - y)", "10^9.1 * x", "exp(exp(9x))", "1/0"]
)
def test_a_surface_with_holes_or_too_high_stands_back_for_waves(formula: str) -> None:
    at = page(SURFACE, surface="your formula", formula=formula)
    (error,) = said(at.error).splitlines()
    assert error == (f"{formula} is not finite, or beyond 10⁹, somewhere on the unit square; waves stands.")
    assert answers(at)[0] == "waves"


@pytest.mark.parametrize("formula", ["", "x + q", "sin(", "import os", "x y z"])
def test_a_surface_that_cannot_be_read_stands_back_for_the_one_before(formula: str) -> None:
    at = page(SURFACE, surface="your formula", formula="x + 2y")
    at.text_input(key="formula").set_value(formula).run()
    assert said(at.error).startswith("Your surface: ")
    assert said(at.error).endswith("x + 2y stands.")
    assert heights(at) == pytest.approx((X + 2 * Y).ravel())


# ---- labelled points ------------------------------------------------------------------------------


def paste(at: AppTest, text: str) -> AppTest:
    return at.text_area(key="pasted points").set_value(text).run()


def points_of(at: AppTest) -> Any:
    (text,) = answers(at)
    return ast.literal_eval(text)


def captions(at: AppTest) -> str:
    return said(at.caption)


def test_pasted_points_go_into_the_link() -> None:
    at = paste(page(POINTS), "0.2, 0.5, red\n-0.4, 0.1, blue\n0.2, -1, red\n")
    assert points_of(at) == ((0.2, 0.5, 1), (-0.4, 0.1, 0), (0.2, -1.0, 1))
    assert not at.error
    assert "class 0 is blue, class 1 is red" in captions(at)


def test_points_off_the_scale_are_scaled_and_the_reader_is_told() -> None:
    at = paste(page(POINTS), "x y class\n0 0 0\n100 -30 1\n50 30 1")
    assert points_of(at) == ((-0.9, 0.0, 0), (0.9, -0.9, 1), (0.0, 0.9, 1))
    assert "are scaled and shifted" in captions(at)
    assert "line 1 was taken as a heading" in captions(at)


def test_of_more_points_than_there_is_room_for_some_are_kept() -> None:
    at = paste(page(POINTS), "\n".join(f"{k / 100}, {-k / 100}, {k % 2}" for k in range(80)))
    assert len(points_of(at)) == 60
    assert sum(kind for *_, kind in points_of(at)) == 30
    assert "60 of 80 points are kept" in captions(at)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1, 2", "line 1: there must be three columns"),
        ("0.1, 0.2, a", "at least two points"),
        ("0.1, 0.2, a\n0.3, 0.4, a", "two classes are needed"),
        ("0, 0, a\n1, 1, b\n0, 1, c", "there must be two classes, got 3"),
        ("0, 0, a\n1e101, 1, b", "line 2"),
        ("<b>, **x**, a\n<i>, y, b\n", "line 2"),
    ],
)
def test_points_that_are_refused_are_named_and_those_before_them_stand(text: str, why: str) -> None:
    at = paste(page(POINTS, own="0.5_0.5_0~-0.5_0_1"), text)
    assert why in said(at.error)
    assert said(at.error).startswith("Your points: ")
    assert said(at.error).endswith("Those before them stand.")
    assert points_of(at) == ((0.5, 0.5, 0), (-0.5, 0.0, 1))
    good = paste(at, "0, 0, a\n0.5, 1, b")
    assert not good.error
    assert points_of(good) == ((0.0, 0.0, 0), (0.5, 1.0, 1))
    bad = paste(good, text)
    assert points_of(bad) == ((0.0, 0.0, 0), (0.5, 1.0, 1))
    assert "class 0 is a" not in captions(bad), "what was said of those before is gone"


def test_nothing_pasted_changes_nothing() -> None:
    at = paste(paste(page(POINTS), "0, 0, a\n0.5, 1, b"), "")
    assert points_of(at) == ((0.0, 0.0, 0), (0.5, 1.0, 1))
    assert not at.error


def test_pasted_points_reach_the_plane_of_the_lesson(opened: Any, messages: Any) -> None:
    at = opened("pages/decision_boundary.py", network="trained", points="your points")
    told = messages(paste(at, "0.2, 0.5, red\n-0.4, 0.1, blue"))["own"]
    assert told["committed"]["own"] == [[0.2, 0.5, 1], [-0.4, 0.1, 0]]
    assert told["picture"]["readouts"]["right in training"].endswith("of 2")


def test_the_example_of_a_surface_is_valid(opened: Any) -> None:
    at = opened("pages/towers.py", surface="your formula")
    assert not at.warning
    assert not at.error


DEPENDENT = """
import streamlit as st
from pages.shared.asking import menus

place = st.container()
WAYS = {"bent": ["steps", "pairs", "fit"], "straight": ["fit", "steps"], "odd": ["pairs", "steps", "fit"]}
ways = WAYS[menus.choose(place, "Kind", [*WAYS], "kind", "bent")]
st.text(menus.choose(place, "Way", ways, "way", ways[0]))
"""


def test_what_the_link_leaves_out_is_the_first_answer_also_where_that_changes() -> None:
    at = page(DEPENDENT)
    assert answers(at) == ["steps"]
    assert answers(at.selectbox(key="kind").set_value("straight").run()) == ["fit"]
    assert at.query_params == {"kind": "straight"}
    assert answers(at.selectbox(key="kind").set_value("bent").run()) == ["steps"]
    assert not at.query_params


def test_what_is_answered_as_the_first_answer_changes_stands() -> None:
    at = page(DEPENDENT, kind="straight")
    at.selectbox(key="kind").set_value("odd")
    assert answers(at.selectbox(key="way").set_value("steps").run()) == ["steps"]
    assert at.query_params == {"kind": "odd", "way": "steps"}


def test_what_is_answered_and_at_once_no_longer_offered_gives_way_to_the_first() -> None:
    at = page(DEPENDENT.replace("ways[0]", "ways[-1]"))
    at.selectbox(key="kind").set_value("straight")
    assert answers(at.selectbox(key="way").set_value("pairs").run()) == ["steps"]
    assert at.query_params == {"kind": "straight"}


def test_an_answer_that_is_no_longer_offered_gives_way_to_the_first() -> None:
    at = page(DEPENDENT, way="pairs")
    assert answers(at.selectbox(key="kind").set_value("straight").run()) == ["fit"]
    assert not at.exception
    assert answers(at.selectbox(key="kind").set_value("bent").run()) == ["steps"]


def test_a_menu_that_was_used_stands_although_the_browser_sends_the_link_before() -> None:
    at = page()
    at.selectbox(key="shape").set_value("curve").run()
    at.query_params.clear()
    at.text_input(key="seed").set_value("8").run()
    assert answers(at) == ["curve", "3", "8", "0.5"]
    assert at.query_params == {"shape": "curve", "seed": "8"}


def test_the_link_leads_where_it_changes() -> None:
    at = page(shape="curve", seed="7", count="5")
    at.query_params.clear()
    at.query_params["seed"] = "9"
    assert answers(at.run()) == ["line", "3", "9", "0.5"]
    assert at.text_input(key="seed").value == "9"
