"""Any curve: every target can be asked for, and what is drawn, told and proven is true of the network."""

import re
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from nn_core.networks.activations import ACTIVATIONS
from nn_core.targets.curves import TARGETS
from nn_core.targets.samples import MOST_POINTS, read_samples
from pages.shared.asking import targets
from pages.shared.numbers import between, small
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.picture import Picture, Verdict

PAGE, DESCENT = "pages/approximator.py", "pages/gradient_descent.py"
pytestmark = pytest.mark.xdist_group(PAGE)
STAGE = "approximator"
few = settings(max_examples=6, phases=[Phase.generate])
some = settings(max_examples=25, phases=[Phase.generate])

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def drawn(stages: Any) -> Callable[..., Picture]:
    """The picture of a page with that link, some values moved: drawn({"way": ...}, n=7)."""

    def picture(query: dict[str, str], **moved: Any) -> Picture:
        shown = stages(PAGE, **query)[STAGE]
        found: Picture = shown.picture(**{name: each.value for name, each in shown.inputs.items()} | moved)
        return found

    return picture


def trace(picture: Picture, name: str, plot: int = 0) -> Any:
    """The one curve, or one set of points, of that name."""
    kinds = [each for each in picture.plots[plot]["data"] if each.get("name") == name]  # type: ignore[index]
    return kinds[0]


def names(picture: Picture, plot: int = 0) -> list[str]:
    return [each.get("name") for each in picture.plots[plot]["data"]]  # type: ignore[index]


def curves(picture: Picture) -> tuple[Any, Any, Any]:
    """The x, the target and the network that are drawn."""
    network = trace(picture, "network")
    return network["x"], trace(picture, "target")["y"], network["y"]


def task(picture: Picture, word: str) -> Verdict:
    (verdict,) = [verdict for name, verdict in picture.tasks.items() if word in name]
    return verdict


def said(elements: Any) -> str:
    """What is read: Markdown hides a backslash before a sign of ASCII."""
    return "\n".join(re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", each.value) for each in elements)


def link(at: AppTest) -> dict[str, str]:
    return {name: text[0] if isinstance(text, list) else text for name, text in at.query_params.items()}


def shown(at: AppTest, messages: Any) -> Any:
    """The picture on the page, which is there."""
    picture = messages(at)[STAGE]["picture"]
    assert picture["error"] is None
    return picture


def target_drawn(at: AppTest, messages: Any) -> Any:
    (target,) = [each for each in shown(at, messages)["plots"][0]["data"] if each.get("name") == "target"]
    return target


def number(text: str) -> float:
    """The number in a readout."""
    digits = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")
    mantissa, _, exponent = text.partition("·10")
    return float(mantissa.translate(digits)) * 10.0 ** int(exponent.translate(digits) or 0)


# ---- targets --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_of_the_menu_is_drawn_as_it_is(name: str, opened: Open, messages: Any) -> None:
    at = opened(PAGE, target=name)
    assert not at.error
    assert not at.warning
    target = target_drawn(at, messages)
    x = target["x"].astype(float)
    jump = np.abs(TARGETS[name](x + 1e-6) - TARGETS[name](x - 1e-6)) > 0.1
    assert target["y"][~jump] == pytest.approx(TARGETS[name](x)[~jump], abs=1e-5)
    assert len(x) >= 501


def test_at_least_ten_targets_are_there() -> None:
    assert len(TARGETS) >= 10


def test_a_seed_makes_another_curve(opened: Open, messages: Any) -> None:
    first, other = (opened(PAGE, target="random curve", seed=seed) for seed in ("1", "2"))
    assert target_drawn(first, messages)["y"].tolist() != target_drawn(other, messages)["y"].tolist()
    first.text_input(key="seed").set_value("2").run()
    assert target_drawn(first, messages)["y"].tolist() == target_drawn(other, messages)["y"].tolist()


@pytest.mark.parametrize("seed", ["-3", "1e9", "abc", "nan", "inf", "1e999", "7.5", "", "💥"])
def test_a_seed_that_is_none_is_named_and_the_first_curve_stands(
    seed: str, opened: Open, messages: Any
) -> None:
    at = opened(PAGE, target="random curve", seed=seed)
    assert "Which random curve" in said(at.warning)
    assert target_drawn(at, messages)["y"] == pytest.approx(
        TARGETS["random curve"](target_drawn(at, messages)["x"].astype(float)), abs=1e-5
    )


@pytest.mark.parametrize("text", ["nothing of the sort", "", "<b>", "\0", "x" * 5000])
def test_a_name_that_is_none_is_named_and_the_first_one_stands(
    text: str, opened: Open, messages: Any, look: Any
) -> None:
    first = {"target": "Nielsen's goal", "activation": "sigmoid", "way": "staircase"}
    at = opened(PAGE, **dict.fromkeys(first, text))
    for label in ("Target", "Activation f", "Built by"):
        assert label in said(at.warning)
    assert all(len(each.value) < 600 for each in at.warning)
    assert {key: at.selectbox(key=key).value for key in first} == first
    assert shown(at, messages)["description"] == look(PAGE).told[STAGE]["picture"]["description"]


def test_a_way_that_does_not_fit_the_activation_is_refused(opened: Open, messages: Any) -> None:
    at = opened(PAGE, activation="sigmoid", way="ReLU, equal knots")
    assert "Built by: “ReLU, equal knots” is not one of staircase" in said(at.warning)
    assert "staircase, sigmoid" in shown(at, messages)["description"]


def test_a_way_goes_and_comes_with_the_activation(opened: Open, messages: Any) -> None:
    at = opened(PAGE, activation="ReLU", way="ReLU, curvature knots", n="30")
    at.selectbox(key="activation").set_value("sigmoid").run()
    assert "30 hidden units, staircase, sigmoid" in shown(at, messages)["description"]
    at.selectbox(key="activation").set_value("square").run()
    assert "30 hidden units, least squares, square" in shown(at, messages)["description"]
    at.selectbox(key="activation").set_value("step").run()
    at.selectbox(key="way").set_value("pairs of bumps").run()
    assert "30 hidden units, pairs of bumps, step" in shown(at, messages)["description"]
    assert messages(at)[STAGE]["committed"]["n"] == 30


def test_targets_follow_each_other_and_nothing_else_is_lost(opened: Open, messages: Any) -> None:
    at = opened(PAGE, n="33", steepness="100", below="contributions")
    for target in (*TARGETS, "your formula", "your drawing", "your data"):
        at.selectbox(key="target").set_value(target).run()
        assert not at.error, target
        told = messages(at)[STAGE]["committed"]
        assert (told["n"], told["steepness"], told["below"]) == (33, 100, "contributions"), target
        assert link(at).keys() - {"target"} == {"n", "steepness", "below"}, target
    at.selectbox(key="target").set_value("Nielsen's goal").run()
    assert link(at) == {"n": "33", "steepness": "100", "below": "contributions"}


# ---- a formula ------------------------------------------------------------------------------------

MISTAKES = [
    ("sen(x)", "did you mean sin?"),
    ("2*", "missing"),
    ("", "empty"),
    ("sin", "sin"),
    ("x + y", "unknown name 'y'"),
    ("(x", "parenthesis"),
    ("x)", "parenthesis"),
    ("x $ 2", "$"),
    ("|x", "|"),
    ("max(x)", "max"),
    ("1" + "+1" * 400, "after '+' at character 200"),
    ("(" * 60 + "x" + ")" * 60, "deep"),
    ("__import__('os').system('true')", "meaning"),
    ("x.real", "."),
    ("[x for x in x]", "["),
    ("lambda: x", ":"),
    ("<script>alert(1)</script>", "<"),
    ("**bold** `code` $x$", "'`' at character 10 has no meaning"),
    ("\0", "meaning"),
]


def test_a_mistake_in_a_formula_is_named_and_the_last_good_one_stands(opened: Open, messages: Any) -> None:
    at = opened(PAGE, target="your formula", formula="x^3", n="40", steepness="200")
    before = target_drawn(at, messages)["y"].tolist()
    for text, why in MISTAKES:
        at.text_input(key="formula").set_value(text).run()
        assert why in said(at.error)
        assert "x^3 stands." in said(at.error), text
        assert target_drawn(at, messages)["y"].tolist() == before, text
        assert {"n": "40", "steepness": "200"}.items() <= link(at).items(), text
    at.text_input(key="formula").set_value("1 - x").run()
    assert not at.error
    assert target_drawn(at, messages)["y"][0] == 1


@pytest.mark.parametrize(("text", "why"), MISTAKES[::4])
def test_a_formula_in_a_link_that_is_none_is_named_and_the_example_stands(
    text: str, why: str, opened: Open, messages: Any
) -> None:
    at = opened(PAGE, target="your formula", formula=text)
    assert why in said(at.error) or not text
    assert target_drawn(at, messages)["y"][-1] == pytest.approx(1 + np.sin(10) / 4)


def test_what_is_wrong_is_shown_as_text_and_not_as_markup(opened: Open) -> None:
    at = opened(PAGE, target="your formula", formula="<img_src> + **x**")
    assert not re.search(r"(?<!\\)[<*]", at.error[0].value)


@pytest.mark.parametrize(
    ("text", "left", "right", "function"),
    [
        ("2x + sin(3x)", "-1", "2", lambda x: 2 * x + np.sin(3 * x)),
        ("|x - 1/2|", "0", "1", lambda x: np.abs(x - 0.5)),
        ("exp(-x^2) cos(5x)", "-3", "3", lambda x: np.exp(-(x**2)) * np.cos(5 * x)),
        ("max(x, 0.3)", "-0.5", "0.5", lambda x: np.maximum(x, 0.3)),
        ("0.9", "0", "1000", lambda x: np.full_like(x, 0.9)),
        ("1e8 x", "0", "0.001", lambda x: 1e8 * x),
    ],
)
def test_a_link_with_a_formula_draws_it_on_its_interval(
    text: str, left: str, right: str, function: Any, opened: Open, messages: Any
) -> None:
    asked = {"target": "your formula", "formula": text, "from": left, "to": right}
    at = opened(PAGE, **asked)
    assert not at.error
    assert not at.warning
    target = target_drawn(at, messages)
    assert (target["x"][0], target["x"][-1]) == pytest.approx((float(left), float(right)))
    exact = function(target["x"].astype(float))
    assert target["y"] == pytest.approx(exact, abs=1e-5 * np.abs(exact).max())
    typed = opened(PAGE, target="your formula", n="50")
    typed.text_input(key="formula").set_value(text)
    typed.text_input(key="to").set_value(right)
    typed.text_input(key="from").set_value(left).run()
    assert target_drawn(typed, messages)["y"].tolist() == target["y"].tolist()
    assert messages(typed)[STAGE]["committed"]["n"] == 50


@pytest.mark.parametrize(("left", "right"), [("5", "-5"), ("1", "1"), ("0.5", "0.5005")])
def test_an_interval_the_wrong_way_round_is_refused(
    left: str, right: str, opened: Open, messages: Any
) -> None:
    at = opened(PAGE, target="your formula", formula="x", **{"from": left, "to": right}, n="9")
    assert f"got {left} and {right}; 0 to 1 stands.".replace("-", "−") in said(at.error)
    x = target_drawn(at, messages)["x"]
    assert (x[0], x[-1]) == (0, 1)
    assert link(at)["n"] == "9"


@pytest.mark.parametrize(("left", "right"), [("999.999", "1000"), ("-1000", "-999.999"), ("0.001", "0.002")])
def test_an_interval_is_not_refused_for_rounding(left: str, right: str, opened: Open, messages: Any) -> None:
    at = opened(PAGE, target="your formula", formula="x", **{"from": left, "to": right})
    assert not at.error
    x = target_drawn(at, messages)["x"]
    assert (x[0], x[-1]) == pytest.approx((float(left), float(right)))


@pytest.mark.parametrize("end", ["nan", "inf", "-1e400", "1e9", "abc", "", "0x10", "1_0", "💥"])
def test_an_end_that_is_no_number_is_named_and_the_default_stands(
    end: str, opened: Open, messages: Any
) -> None:
    at = opened(PAGE, target="your formula", formula="x", **{"from": end, "to": end})
    assert "from x =" in said(at.warning)
    assert "to x =" in said(at.warning)
    x = target_drawn(at, messages)["x"]
    assert (x[0], x[-1]) == (0, 1)


@pytest.mark.parametrize(
    ("text", "hole", "finite"),
    [
        ("1/x", "0", lambda x: x > 0),
        ("1/(x - 0.5)", "0.5", lambda x: np.abs(x - 0.5) > 1e-9),
        ("sqrt(x - 0.25)", "0", lambda x: x >= 0.25),
        ("ln(x)", "0", lambda x: x > 0),
        ("exp(700x)", "0.03", lambda x: 700 * x < np.log(1e9)),
        ("1/floor(2x)", "0", lambda x: x >= 0.5),
    ],
)
def test_where_a_formula_is_not_finite_is_told_and_the_rest_is_drawn(
    text: str, hole: str, finite: Any, opened: Open, messages: Any
) -> None:
    at = opened(PAGE, target="your formula", formula=text)
    assert f"at x = {hole}" in said(at.warning)
    target = target_drawn(at, messages)
    x = np.linspace(0, 1, 501)
    at_grid = np.array([np.flatnonzero(target["x"] == target["x"].dtype.type(each))[0] for each in x])
    assert np.isfinite(target["y"][at_grid]).tolist() == finite(x).tolist()
    assert re.search(rf"more of 501|at x = {hole}\. ", said(at.warning))


def test_a_formula_that_is_finite_nowhere_is_refused(opened: Open, messages: Any) -> None:
    at = opened(PAGE, target="your formula", formula="sqrt(-1 - x)", n="7")
    assert "finite nowhere" in said(at.error)
    target = target_drawn(at, messages)
    assert target["y"] == pytest.approx(target["x"] ** 2, abs=1e-6)
    assert link(at)["n"] == "7"


# ---- an activation --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_of_the_menu_builds_a_network(name: str, opened: Open, messages: Any) -> None:
    at = opened(PAGE, activation=name, below="contributions")
    assert not at.error
    assert not at.warning
    assert name in shown(at, messages)["description"]


@pytest.mark.parametrize(
    ("text", "degree"), [("z^2", 2), ("3", 0), ("z", 1), ("(z+1)^3 - z", 3), ("z*z*z*z/7", 4)]
)
def test_a_polynomial_is_recognised_and_never_goes_below_its_floor(
    text: str, degree: int, opened: Open, messages: Any, drawn: Any
) -> None:
    query = {"activation": "your formula", "f": text}
    at = opened(PAGE, **query, n="200")
    assert "Stuck." in said(at.info)
    assert f"polynomial of degree {degree}." in said(at.info)
    picture = drawn(query, n=200.0)
    verdict = task(picture, "Get stuck")
    assert verdict.done
    assert f"(polynomials of degree {degree})" in verdict.says
    floor = trace(picture, "proven: at least", 1)["y"][0]
    x, target, network = curves(picture)
    best = np.polynomial.Chebyshev.fit(x, target, degree)(x)
    assert floor <= np.abs(network - target).max() * (1 + 1e-9)
    assert 0 < floor <= np.abs(best - target).max() * (1 + 1e-9)
    assert picture.readouts["proven: at least"] == small(floor)


@pytest.mark.parametrize("text", ["tanh(z)", "|z|", "sin(z)", "exp(-z^2)", "z/(1 + |z|)", "z > 0"])
def test_an_activation_that_is_no_polynomial_is_not_stuck(
    text: str, opened: Open, messages: Any, drawn: Any
) -> None:
    query = {"activation": "your formula", "f": text}
    at = opened(PAGE, **query)
    assert not at.error
    assert not at.info
    assert not task(drawn(query), "Get stuck").done
    assert "No floor is proven" in task(drawn(query), "Get stuck").says


@pytest.mark.parametrize(("text", "where"), [("1/z", "0"), ("ln(z)", "−300"), ("exp(z^2)", "−300")])
def test_an_activation_that_is_not_finite_is_refused_and_the_sigmoid_stands(
    text: str, where: str, opened: Open, messages: Any
) -> None:
    at = opened(PAGE, activation="your formula", f=text, n="20")
    assert f"{text} is no finite number at z = {where}." in said(at.error)
    assert "sigmoid stands." in said(at.error)
    assert "20 hidden units, staircase, sigmoid" in shown(at, messages)["description"]
    assert not at.info


def test_an_activation_that_cannot_be_read_is_named_and_the_last_one_stands(
    opened: Open, messages: Any
) -> None:
    at = opened(PAGE, activation="your formula", f="cos(z)")
    at.text_input(key="f").set_value("cos(x)").run()
    assert "Your activation: unknown name 'x'" in said(at.error)
    assert "cos(z) stands." in said(at.error)
    assert "least squares, cos(z)" in shown(at, messages)["description"]


# ---- data -----------------------------------------------------------------------------------------

GOOD = "0, 0.5\n1, 2\n2, -1\n"
BAD = {
    "no table": ("hello", "at least two points"),
    "one point": ("1, 2", "at least two points"),
    "one x": ("1, 2\n1, 3", "at least two points"),
    "text in a cell": ("0, 1\n1, high", "line 2: 'high' is not a number"),
    "one column": ("1\n2\n3", "line 1: there must be two columns"),
    "three columns": ("1,2,3\n4,5,6", "line 1: there must be two columns"),
    "nothing but NaN": ("0, nan\n1, nan", "at least two points"),
    "blank": ("   \n\n", "no line with any"),
    "markup": ("<b>, **x**\n0, 1\n$y$, 2", "line 3: '$y$' is not a number"),
    "infinite": ("0, inf\n1, -inf", "at least two points"),
    "too high for a plot": ("0, 1\n1, 1e30", "at most 10²⁰ in size, got 10³⁰"),
    "flat but for rounding": (
        "0, 1\n1, 1.0000000000001",
        "the y must be the same or differ by more than rounding",
    ),
    "too wide for a plot": ("-1e50, 1\n1, 2", "at most 10²⁰ in size, got −10⁵⁰"),
}


def pasted(at: AppTest, text: str) -> AppTest:
    return at.text_area(key="pasted data").set_value(text).run()


def test_pasted_points_become_the_target_and_the_link(opened: Open, messages: Any) -> None:
    at = pasted(opened(PAGE, target="your data", n="44"), GOOD)
    assert not at.error
    target = target_drawn(at, messages)
    assert target["y"] == pytest.approx(np.interp(target["x"], [0, 1, 2], [0.5, 2, -1]), abs=1e-5)
    assert (target["x"][0], target["x"][-1]) == (0, 2)
    assert link(at) == {"target": "your_data", "n": "44", "data": "0_0.5__1_2__2_-1"}
    assert shown(opened(PAGE, **link(at)), messages)["description"] == shown(at, messages)["description"]


def test_points_that_cannot_be_read_are_named_and_the_curve_before_stands(
    opened: Open, messages: Any
) -> None:
    at = pasted(opened(PAGE, target="your data", n="44"), GOOD)
    before, kept = target_drawn(at, messages)["y"].tolist(), link(at)
    for case, (text, why) in BAD.items():
        pasted(at, text)
        assert why in said(at.error), case
        assert "The curve before it stands." in said(at.error), case
        assert target_drawn(at, messages)["y"].tolist() == before, case
        assert link(at) == kept, case
    pasted(at, GOOD.replace("2,", "3,"))
    assert not at.error
    assert target_drawn(at, messages)["x"][-1] == 3


@pytest.mark.parametrize(
    ("text", "remark", "data"),
    [
        ("2 3\n0 1\n1 2", "sorted by x", "0_1__1_2__2_3"),
        ("0;1\n1;2\n1;4", "averaged", "0_1__1_3"),
        ("x,y\n0,1\n1,NaN\n2,3", "left out", "0_1__2_3"),
        ("0,5;1\n1,5;2", "", "0.5_1__1.5_2"),
        ("# a comment\n\n0\t1\n1\t2\n", "", "0_1__1_2"),
    ],
)
def test_what_is_done_to_points_on_the_way_is_told(
    text: str, remark: str, data: str, opened: Open, messages: Any
) -> None:
    at = pasted(opened(PAGE, target="your data"), text)
    assert not at.error
    assert remark in said(at.caption)
    assert link(at)["data"] == data


def test_many_points_are_reduced_to_what_fits_into_a_link(opened: Open, messages: Any) -> None:
    rows = "\n".join(f"{k},{np.sin(k / 1000):.4f}" for k in range(20_000))
    at = pasted(opened(PAGE, target="your data"), rows)
    assert "20000 points were reduced to 64" in said(at.caption)
    assert len(read_samples(link(at)["data"]).x) <= MOST_POINTS
    again = opened(PAGE, **link(at))
    assert target_drawn(again, messages)["y"].tolist() == target_drawn(at, messages)["y"].tolist()
    assert not again.warning


def test_an_empty_file_is_refused_with_a_reason(opened: Open) -> None:
    at = upload(opened(PAGE, target="your data"), b"")
    assert "Your data: the table must have two columns, x and y, got no line with any." in said(at.error)


def upload(at: AppTest, content: bytes) -> AppTest:
    sent = {"id": "1", "size": len(content), "content": b64encode(content).decode()}
    at.session_state["uploaded data"] = {"file": sent}
    return at.run()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", ""),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "must be text"),
        (b"\xff\xfe\x00", "must be text"),
        (b"x,y\n" + b"0,1\n" * 2_000_000, "at most 5 MB"),
        ("größe;höhe\n0;zwölf".encode("latin-1"), "'zwölf' is not a number"),
    ],
    ids=["empty", "image", "half a UTF-16", "8 MB", "words in Latin-1"],
)
def test_a_file_that_is_no_table_is_named_and_the_curve_before_stands(
    content: bytes, why: str, opened: Open, messages: Any
) -> None:
    at = pasted(opened(PAGE, target="your data"), GOOD)
    before = target_drawn(at, messages)["y"].tolist()
    upload(at, content)
    assert why in said(at.error)
    assert target_drawn(at, messages)["y"].tolist() == before


@pytest.mark.parametrize(
    "content",
    [
        b"0,0.5\n1,2\n2,-1",
        b"\xef\xbb\xbfx,y\r\n0,0.5\r\n1,2\r\n2,-1\r\n",
        "0\t0.5\n1\t2\n2\t-1".encode("utf-16"),
        "größe höhe\n0 0.5\n1 2\n2 -1".encode("latin-1"),
    ],
    ids=["plain", "byte order mark", "UTF-16", "Latin-1"],
)
def test_a_file_becomes_the_target_in_any_encoding(content: bytes, opened: Open, messages: Any) -> None:
    at = upload(opened(PAGE, target="your data"), content)
    assert not at.error
    assert link(at)["data"] == "0_0.5__1_2__2_-1"


FORGED: list[Any] = [
    7,
    [],
    "file",
    {"file": 7},
    {"file": []},
    {"file": {}},
    {"file": {"id": "1", "size": "many", "content": ""}},
    {"file": {"id": "1", "size": float("inf"), "content": ""}},
    {"file": {"id": "1", "size": 1, "content": "%"}},
    {"file": {"id": "1", "size": 1, "content": "é"}},
    {"file": {"id": "1", "size": 1, "content": None}},
    {"file": {"id": {"2": [3]}, "size": 1, "content": "A"}},
]


def test_what_no_field_for_files_sends_is_no_file(opened: Open) -> None:
    at = opened(PAGE, target="your data")
    for sent in FORGED:
        at.session_state["uploaded data"] = sent
        at.run()
        assert not at.exception, repr(sent)
        assert not at.error, repr(sent)
        assert "data" not in link(at), repr(sent)


def test_a_file_is_taken_once_and_what_is_pasted_after_it_stands(opened: Open) -> None:
    at = upload(opened(PAGE, target="your data"), b"0,0.5\n1,2\n2,-1")
    pasted(at, GOOD)
    assert link(at)["data"] == link(pasted(opened(PAGE, target="your data"), GOOD))["data"]


def test_of_a_file_that_is_too_large_the_size_comes_and_is_named(opened: Open) -> None:
    at = opened(PAGE, target="your data")
    at.session_state["uploaded data"] = {"file": {"id": "1", "size": 6_200_000, "content": ""}}
    at.run()
    assert "at most 5 MB, got 6.2 MB" in said(at.error)


def test_a_hundred_thousand_rows_are_read(opened: Open, messages: Any) -> None:
    content = b"".join(b"%d %d\n" % (k % 10, k % 2) for k in range(100_000))
    at = upload(opened(PAGE, target="your data"), content)
    assert not at.error
    assert "99990 rows had the same x as another" in said(at.caption)
    assert link(at)["data"] == "__".join(f"{k}_{k % 2}" for k in range(10))


@pytest.mark.parametrize(
    "data",
    [
        "",
        "x",
        "0:0",
        "0:0~0:1",
        "1:0~0:1",
        "0:0~1:nan",
        "0:0~1:1e30",
        "0:0~1e99:1",
        "~" * 90,
        "~".join(f"{k}:1" for k in range(65)),
        "0:0~1:1" + "0" * 9000,
        "<script>",
        "\0",
    ],
    ids=range(13),
)
def test_points_in_a_link_that_make_no_curve_are_named_and_the_example_stands(
    data: str, opened: Open, messages: Any
) -> None:
    at = opened(PAGE, target="your data", data=data)
    assert "The points in the link" in said(at.warning)
    assert "An example stands." in said(at.warning)
    assert target_drawn(at, messages)["y"][0] == 0


@pytest.mark.parametrize("data", ["0:1e19~1:-1e19", "-1e20:0~1e20:1", "1e6:0~1000000.001:1", "0:5~1:5"])
def test_points_of_any_size_are_drawn_and_measured(data: str, opened: Open, messages: Any) -> None:
    at = opened(PAGE, target="your data", data=data)
    assert not at.warning
    assert np.isfinite(target_drawn(at, messages)["y"]).all()
    for below in ("contributions", "error against N", "network"):
        shown(opened(PAGE, target="your data", data=data, below=below, n="100"), messages)


# ---- a drawing ------------------------------------------------------------------------------------


@few
@given(heights=st.lists(st.integers(-50, 50).map(lambda k: k / 50), min_size=64, max_size=64))
def test_a_link_restores_a_drawing(heights: list[float], opened: Open, messages: Any) -> None:
    at = opened(PAGE, target="your drawing", drawing="~".join(map(str, heights)))
    assert not at.warning
    target = target_drawn(at, messages)
    middles = (np.arange(64) + 0.5) / 64
    inside = (target["x"] > middles[0]) & (target["x"] < middles[-1])
    exact = np.interp(target["x"][inside], middles, heights)
    assert target["y"][inside] == pytest.approx(exact, abs=1e-5)


def test_cells_that_are_left_out_are_crossed_by_a_straight_line(drawn: Any) -> None:
    drawing = tuple(-0.5 if k == 10 else 0.5 if k == 50 else None for k in range(64))
    x, target, _ = curves(drawn({"target": "your drawing"}, drawing=drawing))
    assert target == pytest.approx(np.interp(x, [10.5 / 64, 50.5 / 64], [-0.5, 0.5]))


@pytest.mark.parametrize("drawing", [(None,) * 64, (0.0,) * 64, (*(None,) * 63, 0.4)])
@pytest.mark.parametrize("below", ["error", "contributions", "error against N", "network"])
def test_a_flat_drawing_is_met_exactly(below: str, drawing: Any, drawn: Any) -> None:
    picture = drawn({"target": "your drawing"}, drawing=drawing, below=below)
    assert picture.readouts["largest error"] == "0.0000"


@pytest.mark.parametrize(
    ("page", "query"),
    [
        (PAGE, {"target": "your drawing"}),
        (DESCENT, {"scene": "curve", "target": "your drawing", "units": "2"}),
    ],
)
def test_before_a_drawing_is_begun_the_page_says_where_to_draw_and_no_task_is_done_by_it(
    page: str, query: dict[str, str], look: Any
) -> None:
    found = look(page, **query)
    (stage,), (told,) = found.stages.values(), found.told.values()
    values = told["committed"]
    assert set(values["drawing"]) == {None}
    first = told["picture"]["plots"][0]
    target = next(trace for trace in first["data"] if trace.get("name") == "target")
    assert not np.any(target["y"])
    assert first["layout"]["annotations"][-1]["text"] == targets.DRAW_HERE
    verdicts = told["picture"]["tasks"].values()
    assert verdicts
    assert {(each["done"], each["says"]) for each in verdicts} == {(False, targets.UNDRAWN)}
    assert told["picture"]["description"].startswith(targets.UNDRAWN)

    begun = stage.picture(**{**values, "drawing": (0.5, *values["drawing"][1:])})
    assert begun.plots[0]["layout"]["annotations"][-1]["text"] == ""
    assert targets.UNDRAWN not in {each.says for each in begun.tasks.values()}


CHANCE = {"activation": "ReLU", "way": "random_features"}

# ---- a pin ----------------------------------------------------------------------------------------


def test_a_network_can_be_pinned_and_taken_down_again(opened: Open, messages: Any, drawn: Any) -> None:
    opened(PAGE)
    at = opened(PAGE, n="5", steepness="40")
    assert "pinned" not in [each.get("name") for each in shown(at, messages)["plots"][0]["data"]]
    (button,) = [each for each in at.button if each.label == "Pin this network"]
    button.click().run()
    assert link(at) == {"n": "5", "steepness": "40", "pin": "staircase__5__40__sigmoid"}
    assert "Pinned: staircase, sigmoid, 5 hidden units, w = 40." in said(at.caption)
    picture = drawn(link(at), n=90.0, steepness=800.0)
    _, _, network = curves(drawn({}, n=5.0, steepness=40.0))
    assert trace(picture, "pinned")["y"].tolist() == network.tolist()
    assert curves(picture)[2].tolist() != network.tolist()
    (button,) = [each for each in at.button if each.label == "Unpin"]
    button.click().run()
    assert "pin" not in link(at)
    assert "pinned" not in [each.get("name") for each in shown(at, messages)["plots"][0]["data"]]


@pytest.mark.parametrize(
    ("pin", "query", "moved"),
    [
        ("pairs of bumps~8~100~step", {"activation": "step", "way": "pairs of bumps"}, {"n": 8.0}),
        ("relu_equal_KNOTS__9__1__RELU", {"activation": "ReLU"}, {"n": 9.0}),
        ("least_squares__150__30__tanh", {"activation": "tanh"}, {"n": 150.0, "steepness": 30.0}),
        ("random_features__9__1__ReLU__5", CHANCE, {"n": 9.0, "sampled": 5.0}),
        (
            "least squares~7~3~exp(-z^2)",
            {"activation": "your formula", "f": "exp(-z^2)"},
            {"n": 7.0, "steepness": 3.0},
        ),
    ],
)
def test_a_ghost_is_the_pinned_network_built_for_the_target_shown(
    pin: str, query: dict[str, str], moved: dict[str, float], opened: Open, drawn: Any
) -> None:
    for target in ({}, {"target": "jump"}, {"target": "your formula", "from": "-2", "to": "5"}):
        for view in ("the interval", "beyond it"):
            ghost = trace(drawn({"pin": pin} | target, view=view), "pinned")
            pinned = trace(drawn(query | target, **moved, view=view), "network")
            assert ghost["y"].tolist() == pinned["y"].tolist()
            assert ghost["x"].tolist() == pinned["x"].tolist()
    assert not opened(PAGE, pin=pin).warning


@pytest.mark.parametrize(
    "pin",
    [
        "",
        "x",
        "~~~",
        "staircase~12~nan~sigmoid",
        "staircase~12~inf~sigmoid",
        "staircase~12~0~sigmoid",
        "staircase~12~-400~sigmoid",
        "staircase~0~400~sigmoid",
        "staircase~1e9~400~sigmoid",
        "staircase~999999999~400~sigmoid",
        "staircase~12~400~ReLU",
        "ReLU, equal knots~12~400~sigmoid",
        "pairs of bumps~7~400~step",
        "least squares~12~40~1/z",
        "least squares~12~40~exp(exp(z))",
        "least squares~12~40~cos(x)",
        "least squares~12~1000~exp(z)",
        "random_features__12__1__ReLU",
        "random_features__12__1__ReLU__21",
        "least squares~12~40~" + "x" * 9999,
        "tower~12~40~sigmoid",
        "<b>~**~$~`",
    ],
    ids=range(22),
)
def test_a_pin_that_makes_no_sense_is_named_and_nothing_is_pinned(
    pin: str, opened: Open, messages: Any
) -> None:
    at = opened(PAGE, pin=pin, n="7")
    assert "makes no sense; nothing is pinned." in said(at.warning)
    assert len(said(at.warning)) < 200
    assert "pinned" not in [each.get("name") for each in shown(at, messages)["plots"][0]["data"]]
    assert [each.label for each in at.button] == ["Pin this network"]


# ---- left to chance ---------------------------------------------------------------------------------


def test_another_seed_leaves_other_units_to_chance_and_nothing_else_has_one(
    opened: Open, drawn: Any, stages: Any
) -> None:
    first, other = (curves(drawn(CHANCE, sampled=seed))[2].tolist() for seed in (1.0, 2.0))
    assert first != other
    assert "sampled" not in stages(PAGE, activation="ReLU")[STAGE].inputs
    at = opened(PAGE, **CHANCE, sampled="7")
    (button,) = [each for each in at.button if each.label == "Pin this network"]
    button.click().run()
    assert link(at)["pin"] == "random_features__12__1__ReLU__7"
    assert "12 hidden units, seed 7." in said(at.caption)


def test_chance_is_beside_what_is_placed_evenly_and_wins_where_it_is_nearer(drawn: Any) -> None:
    placed = number(drawn(CHANCE | {"way": "least_squares"}).readouts["largest error"])
    won = []
    for seed in range(1, 21):
        picture = drawn(CHANCE, sampled=float(seed))
        assert number(picture.readouts["placed evenly instead"]) == placed
        won.append(task(picture, "Let chance win").done)
        assert won[-1] == (picture.measures["largest error"] < placed)
    assert 0 < sum(won) < 20
    assert not task(drawn({"way": "staircase"}), "Let chance win").done


def test_the_errors_against_n_are_those_of_the_seed_and_of_units_placed_evenly(drawn: Any) -> None:
    picture = drawn(CHANCE | {"sampled": "3"}, sampled=3.0, below="error against N")
    dots, placed = trace(picture, "measured", 1), trace(picture, "placed evenly", 1)
    assert dots["y"][11] == pytest.approx(picture.measures["largest error"])
    assert small(float(placed["y"][11])) == picture.readouts["placed evenly instead"]


# ---- what is told is what is drawn ----------------------------------------------------------------

QUERIES = [
    {},
    {"target": "jump", "activation": "tanh"},
    {"target": "sawtooth", "activation": "step", "way": "pairs of bumps"},
    {"target": "corner", "activation": "ReLU", "way": "ReLU, curvature knots"},
    {"target": "your formula", "formula": "1/x", "to": "3", "activation": "ReLU"},
    {"target": "your formula", "formula": "x^2 > 2", "from": "-3", "activation": "sine"},
    {"target": "your data", "way": "pairs of bumps"},
    {"target": "random curve", "activation": "square"},
]
STUCK = [QUERIES[1], QUERIES[7]]


def moves(data: Any, stages: Any, query: dict[str, str], **fixed: Any) -> dict[str, Any]:
    """Any values of the knobs and choices."""
    inputs = stages(PAGE, **query)[STAGE].inputs
    drawn_values = {name: data.draw(st.sampled_from(each.steps)) for name, each in inputs.items()}
    return drawn_values | fixed


@some
@given(data=st.data())
def test_the_errors_told_are_those_of_the_curves_drawn(data: Any, stages: Any, drawn: Any) -> None:
    query = data.draw(st.sampled_from(QUERIES))
    picture = drawn(query, **moves(data, stages, query, below="error"))
    x, target, network = curves(picture)
    left, right = picture.plots[0]["layout"]["xaxis"]["range"]
    domain = stages(PAGE, **query)[STAGE].picture.args[-1].domain
    counted = np.isfinite(target) & (x >= domain[0]) & (x <= domain[1])
    distance = np.abs(network - target)[counted]
    marks = [each for each in picture.plots[0]["data"] if each.get("name") == "largest error"]
    (where, _), ends = marks[0]["x"].tolist(), marks[0]["y"]
    # It is looked for between the points of the grid, too.
    largest = abs(ends[1] - ends[0])
    assert largest >= distance.max()
    assert picture.readouts["largest error"] == small(float(largest))
    assert picture.readouts["root mean square"] == small(float(np.sqrt(np.mean(distance**2))))
    assert picture.readouts["mean absolute"] == small(float(np.mean(distance)))
    place = between(where, *x[counted][[0, -1]])
    assert picture.readouts["at x"] == place
    assert f"at x = {place};" in picture.description
    assert f"on {counted.sum()} points" in picture.description
    for mark in marks:
        assert mark["x"].tolist() == [where, where]
        assert domain[0] <= where <= domain[1]
        assert mark["y"].tolist() == ends.tolist()
    assert (x[0], x[-1]) == (left, right)


@some
@given(data=st.data())
def test_the_units_and_parameters_told_are_those_added_so_far(data: Any, stages: Any, drawn: Any) -> None:
    query = data.draw(st.sampled_from(QUERIES))
    moved = moves(data, stages, query, below="network")
    picture = drawn(query, **moved)
    units = round(moved["n"] * moved["added"] / 100)
    assert picture.readouts["hidden units"] == str(units)
    assert picture.readouts["parameters"] == str(3 * units + 1)
    assert f"{int(moved['n'])} hidden units" in picture.description
    if moved["added"] < 100:
        assert picture.description.startswith(f"{units} of {int(moved['n'])} hidden units")


@some
@given(data=st.data())
def test_what_is_proven_holds_for_the_network_drawn(data: Any, stages: Any, drawn: Any) -> None:
    query = data.draw(st.sampled_from(QUERIES))
    moved = moves(data, stages, query, added=100.0, below="error")
    picture = drawn(query, **moved)
    measured = number(picture.readouts["largest error"])
    levels = {name: value for name, value in picture.readouts.items() if name.startswith("proven")}
    drawn_too = [name for name in names(picture, 1) if name and name.startswith("proven")]
    assert drawn_too == [*levels]
    for name, value in levels.items():
        if name == "proven: at most":
            assert measured <= number(value) * 1.001 + 1e-4
        if name == "proven: at least":
            assert measured >= number(value) * 0.999 - 1e-4


@pytest.mark.parametrize(
    ("query", "bound"),
    [
        ({}, "proven: at most"),
        ({"target": "jump"}, "proven: at least"),
        ({"way": "pairs of bumps"}, "proven: at least"),
        ({"activation": "ReLU"}, "proven: at most"),
        ({"activation": "ReLU", "way": "ReLU, curvature knots"}, "tends to"),
        ({"activation": "square"}, "proven: at least"),
        ({"activation": "tanh"}, None),
        ({"target": "square root"}, None),
        ({"target": "square root", "activation": "ReLU", "way": "ReLU, curvature knots"}, None),
        # What a grid sees of a formula that somebody typed is an estimate.
        ({"target": "your formula"}, "estimate: at most"),
        ({"target": "jump", "activation": "step"}, None),
        # These jump too, so that no jump of a target is too much for them.
        ({"target": "jump", "activation": "your formula", "f": "z > 0"}, None),
        ({"target": "jump", "activation": "your formula", "f": "floor(z)"}, None),
        # What it is at the hole is not its own, so no bound may come from there.
        ({"target": "your formula", "formula": "exp(700x)"}, None),
    ],
)
def test_a_bound_is_told_where_one_is_proven(query: dict[str, str], bound: str | None, drawn: Any) -> None:
    told = [name for name in drawn(query).readouts if name.startswith(("proven", "estimate", "tends"))]
    assert told == ([bound] if bound else [])


def test_the_words_below_say_the_same_bounds(opened: Open) -> None:
    assert "**0.2933** (constants at midpoints)" in said(opened(PAGE).markdown)
    assert "N = 13 counts the **pieces** that 12 hidden units make" in said(opened(PAGE).markdown)
    assert "no bound is shown" in said(opened(PAGE, activation="tanh").markdown)


@some
@given(data=st.data())
def test_units_added_so_far_are_the_first_of_the_whole_network(data: Any, stages: Any, drawn: Any) -> None:
    query = data.draw(st.sampled_from(QUERIES[:4]))
    moved = moves(data, stages, query, view="the interval", below="contributions")
    moved["n"] = data.draw(st.sampled_from([2.0, 8.0, 20.0, 40.0]))
    part, whole = drawn(query, **moved), drawn(query, **{**moved, "added": 100.0})
    x, y, all_y = (
        trace(part, "one unit", 1)["x"],
        trace(part, "one unit", 1)["y"],
        trace(whole, "one unit", 1)["y"],
    )
    units = int(part.readouts["hidden units"])
    size = len(x) // 40
    assert np.array_equal(y[: units * size], all_y[: units * size], equal_nan=True)
    assert np.isnan(y[units * size :]).all()
    newest = trace(part, "added last", 1)
    assert (
        np.array_equal(newest["y"], y[(units - 1) * size : units * size - 1])
        if units
        else (np.isnan(newest["y"]).all())
    )


@some
@given(n=st.integers(1, 20).map(lambda k: 2.0 * k), added=st.integers(0, 100))
def test_the_network_is_the_sum_of_the_units_drawn(n: float, added: int, drawn: Any) -> None:
    picture = drawn(QUERIES[3], n=n, added=float(added), below="contributions")
    units = trace(picture, "one unit", 1)
    x, y = units["x"].reshape(40, -1)[:, :-1], units["y"].reshape(40, -1)[:, :-1]
    drawn_units = ~np.isnan(x[:, 0])
    assert drawn_units.sum() == int(picture.readouts["hidden units"])
    grid, _, network = curves(picture)
    # Hinges are straight between the points drawn, and the rest is the output bias.
    total = sum(
        (np.interp(grid, *each) for each in zip(x[drawn_units], y[drawn_units], strict=True)), 0 * grid
    )
    assert network - total == pytest.approx(np.full(len(grid), network[0] - total[0]), abs=1e-9)


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_without_units_there_is_a_constant_in_every_view(query: dict[str, str], drawn: Any) -> None:
    # Errors against N take long: those of two are enough to see that they do not count what was added.
    against = ["error against N"] if query in QUERIES[:2] else []
    for below in ("error", "contributions", "network", *against):
        picture = drawn(query, added=0.0, below=below)
        _, _, network = curves(picture)
        assert np.ptp(network) == 0
        assert picture.readouts["parameters"] == "1"


@few
@given(data=st.data())
def test_the_measured_errors_are_those_of_the_networks_themselves(data: Any, stages: Any, drawn: Any) -> None:
    query = data.draw(st.sampled_from(QUERIES))
    inputs = stages(PAGE, **query)[STAGE].inputs
    values = {name: each.value for name, each in inputs.items()}
    n = data.draw(st.sampled_from(inputs["n"].steps))
    picture = drawn(query, **values | {"n": n, "below": "error against N"})
    now, measured = trace(picture, "this network", 1), trace(picture, "measured", 1)
    alone = number(drawn(query, **values | {"n": n}).readouts["largest error"])
    (at,) = np.flatnonzero(measured["x"] == n)
    assert now["x"].tolist() == [n]
    assert measured["y"][at] == pytest.approx(alone, rel=0.06, abs=1e-4)
    assert now["y"][0] == pytest.approx(measured["y"][at], rel=1e-6, abs=1e-5)
    assert number(picture.readouts["largest error"]) == alone
    assert len(measured["x"]) == len(inputs["n"].steps)


@pytest.mark.parametrize(
    ("query", "low", "high"),
    [
        ({"target": "one wave", "activation": "step"}, -1.1, -0.9),
        ({"target": "one wave", "activation": "ReLU"}, -2.1, -1.9),
        ({"target": "one wave", "activation": "ReLU", "way": "ReLU, curvature knots"}, -2.1, -1.9),
        ({"target": "square root", "activation": "ReLU"}, -0.6, -0.4),
        ({"target": "jump"}, -0.1, 0.1),
    ],
)
def test_the_slope_told_is_the_one_that_the_theory_has(
    query: dict[str, str], low: float, high: float, drawn: Any
) -> None:
    picture = drawn(query, below="error against N")
    (slope,) = [value for name, value in picture.readouts.items() if name.startswith("slope")]
    assert low <= number(slope) <= high


def test_a_steepness_that_was_let_go_has_errors_of_its_own(opened: Open, messages: Any) -> None:
    at = opened(PAGE, below="error against N")
    values = {"n": 12, "steepness": 20, "added": 100, "below": "error against N", "view": "the interval"}
    at.session_state[STAGE] = {"request": {"id": "1", "values": values, "commit": True}}
    let_go = shown(at.run(), messages)["plots"][1]["data"]
    linked = shown(opened(PAGE, below="error against N", steepness="20"), messages)["plots"][1]["data"]
    first = shown(opened(PAGE, below="error against N"), messages)["plots"][1]["data"]
    (seen, exact, before) = (
        next(each["y"].tolist() for each in plot if each.get("name") == "measured")
        for plot in (let_go, linked, first)
    )
    assert seen == exact != before


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_the_diagram_stands_where_the_network_was_asked_for(query: dict[str, str], drawn: Any) -> None:
    for below in ("error", "contributions", "error against N", "network"):
        picture = drawn(query, below=below)
        assert (picture.diagram is not None) == (below == "network")
        assert len(picture.plots) == (1 if below == "network" else 2)


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_beyond_the_interval_nothing_is_promised_and_nothing_is_counted(
    query: dict[str, str], drawn: Any
) -> None:
    inside, wide = (drawn(query, view=view) for view in ("the interval", "beyond it"))
    assert inside.readouts == wide.readouts
    x, target, network = curves(wide)
    narrow_x, _, narrow = curves(inside)
    left, right = narrow_x[0], narrow_x[-1]
    assert (x[0], x[-1]) == pytest.approx((left - (right - left) / 2, right + (right - left) / 2))
    assert network[(x >= left) & (x <= right)] == pytest.approx(narrow, abs=1e-12)
    assert len(wide.plots[0]["layout"]["shapes"]) == 2
    assert not inside.plots[0]["layout"]["shapes"]
    assert "promises nothing" in wide.plots[0]["layout"]["annotations"][0]["text"]
    distance = trace(wide, "distance", 1)
    assert np.isnan(distance["y"][(distance["x"] < left) | (distance["x"] > right)]).all()
    if query.get("target") == "your data":
        assert np.isnan(target[(x < left) | (x > right)]).all()


# ---- tasks ----------------------------------------------------------------------------------------


@some
@given(data=st.data())
def test_a_verdict_is_true_of_the_network_drawn(data: Any, stages: Any, drawn: Any) -> None:
    query = data.draw(st.sampled_from(QUERIES))
    picture = drawn(query, **moves(data, stages, query, below="error", view="the interval"))
    _, target, network = curves(picture)
    goal = np.nanmax(target) - np.nanmin(target)
    error = np.nanmax(np.abs(network - target))
    assert task(picture, "hundredth").done == (error < goal / 100)
    few_units = int(picture.readouts["hidden units"]) <= 30
    assert task(picture, "at most 30").done == (error < goal / 100 and few_units)
    assert task(picture, "Get stuck").done == (query in STUCK)
    assert picture.readouts["largest error"] in task(picture, "hundredth").says
    assert f"{picture.readouts['hidden units']} hidden units" in task(picture, "hundredth").says


def test_a_hundredth_is_a_hundredth_for_every_number_of_units(drawn: Any) -> None:
    verdicts = set()
    for n in range(10, 101, 3):
        picture = drawn({"target": "one wave"}, n=float(n))
        _, target, network = curves(picture)
        verdicts.add(task(picture, "hundredth").done)
        assert task(picture, "hundredth").done == (np.abs(network - target).max() < np.ptp(target) / 100)
    for n in range(5, 60, 2):
        picture = drawn({"target": "one wave", "activation": "ReLU"}, n=float(n))
        _, target, network = curves(picture)
        verdicts.add(task(picture, "hundredth").done)
        assert task(picture, "hundredth").done == (np.abs(network - target).max() < np.ptp(target) / 100)
    assert verdicts == {True, False}


def test_every_task_can_be_done(drawn: Any) -> None:
    assert task(drawn({"activation": "ReLU"}, n=80.0), "hundredth").done
    assert not task(drawn({"activation": "ReLU"}, n=80.0), "at most 30").done
    assert task(drawn({"activation": "ReLU", "target": "one wave"}, n=30.0), "at most 30").done
    assert task(drawn({"activation": "identity"}), "Get stuck").done


# ---- knobs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["identity", "step", "ReLU", "leaky ReLU", "square"])
def test_an_activation_that_has_no_scale_has_no_knob_for_it(name: str, stages: Any) -> None:
    assert "steepness" not in stages(PAGE, activation=name)[STAGE].inputs


def test_pairs_come_in_twos(stages: Any, opened: Open, messages: Any) -> None:
    knob = stages(PAGE, way="pairs of bumps")[STAGE].inputs["n"]
    assert isinstance(knob, Knob)
    assert all(n % 2 == 0 for n in knob.steps)
    assert messages(opened(PAGE, way="pairs of bumps", n="7"))[STAGE]["committed"]["n"] in (6, 8)


@pytest.mark.parametrize("text", ["1/(z - 0.1)", "tan(z)"])
def test_of_an_activation_without_bounds_the_theorem_says_nothing(text: str, opened: Open) -> None:
    assert "outgrows all bounds" in said(opened(PAGE, activation="your formula", f=text).info)
