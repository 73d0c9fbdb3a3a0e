"""The stage answers what the browser asks, and the link is the state."""

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.figures.theme import PALETTE
from pages.shared.stage import wire

SCRIPT = """
from functools import partial
import numpy as np
import streamlit as st
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.picture import Picture
from pages.shared.stage.stage import Preset, stage
from pages.shared.stage.inputs.sketch import Sketch

def picture(weight, shape, guess=()):
    if weight == 2:
        raise ValueError("weight must not be 2")
    if weight == -2:
        raise KeyError("a mistake of ours")
    x = np.linspace(0, 1, 5)
    y = weight * (x if shape == "line" else x**2)
    figure = {"data": [{"type": "scatter", "x": x, "y": y}], "layout": {}}
    return Picture(figure, f"A {shape} of slope {weight}.", readouts={"w": weight})

WEIGHT = Knob("weight w", -3, 3, value=1.0, step=0.5)
SHAPE = Choice("shape", ("line", "curve"), "line")
GUESS = Sketch("your guess", (0.0, 1.0), 3, low=-1, high=1, step=0.5)
"""
TOY = (
    SCRIPT
    + """
values = stage("toy", picture, presets=[Preset("flat", {"weight": 0.0})],
               weight=WEIGHT, shape=SHAPE, guess=GUESS)
st.text(repr(dict(values)))
"""
)
DEFAULTS = {"weight": 1.0, "shape": "line", "guess": (None, None, None)}


def page(script: str = TOY, **query: str | list[str]) -> AppTest:
    """The page that a reader sees who opens it with this link."""
    at = AppTest.from_string(script, default_timeout=30)
    for name, text in query.items():
        at.query_params[name] = text
    return at.run()


def ask(at: AppTest, key: str = "toy", **request: Any) -> AppTest:
    """The page after the browser has sent this request."""
    at.session_state[key] = {"request": request}
    return at.run()


def message(at: AppTest, index: int = 0) -> dict[str, Any]:
    """What the stage sent to the browser."""
    assert not at.exception
    return wire.unpack(at.get("bidi_component")[index].proto.bytes)


def link(at: AppTest) -> dict[str, Any]:
    """What stands in the address bar, as lists where an entry is repeated."""
    return {
        name: texts[0] if isinstance(texts, list) and len(texts) == 1 else texts
        for name, texts in at.query_params.items()
    }


def warnings(at: AppTest) -> list[str]:
    """The warnings as they are read: Markdown hides a backslash before a sign of ASCII."""
    return [re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", warning.value) for warning in at.warning]


def returned(at: AppTest) -> str:
    return at.text[0].value


def heights(shown: dict[str, Any]) -> list[float]:
    return shown["picture"]["plots"][0]["data"][0]["y"].tolist()


# ---- opening a page -------------------------------------------------------------------------------


def test_a_page_without_a_link_shows_the_defaults() -> None:
    at = page()
    shown = message(at)
    assert len(at.get("bidi_component")) == 1
    assert shown["committed"] == shown["values"] == {**DEFAULTS, "guess": [None, None, None]}
    assert (shown["reply"], shown["sweep"], shown["picture"]["error"]) == (None, None, None)
    assert heights(shown) == [0, 0.25, 0.5, 0.75, 1]
    assert (returned(at), warnings(at), link(at)) == (repr(DEFAULTS), [], {})


def test_the_browser_learns_the_palette_the_inputs_and_the_presets() -> None:
    shown = message(page())
    assert shown["palette"] == PALETTE
    assert [spec["kind"] for spec in shown["inputs"].values()] == ["knob", "choice", "sketch"]
    assert list(shown["inputs"]) == ["weight", "shape", "guess"]
    assert shown["presets"] == [{"label": "flat", "values": {"weight": 0.0}}]


def test_a_link_restores_every_value_and_its_picture() -> None:
    at = page(weight="-1.5", shape="curve", guess="0.5__-1")
    shown = message(at)
    assert shown["committed"] == {"weight": -1.5, "shape": "curve", "guess": [0.5, None, -1.0]}
    assert shown["values"] == shown["committed"]
    assert heights(shown) == [-1.5 * x**2 for x in (0, 0.25, 0.5, 0.75, 1)]
    assert shown["picture"]["description"] == "A curve of slope -1.5."
    expected = {"weight": -1.5, "shape": "curve", "guess": (0.5, None, -1.0)}
    assert (returned(at), warnings(at)) == (repr(expected), [])


def test_bad_values_in_a_link_are_named_and_the_defaults_stand() -> None:
    at = page(weight="heavy", shape="circle", guess="1_high", lang="de")
    assert message(at)["committed"] == {**DEFAULTS, "guess": [None, None, None]}
    named = warnings(at)
    assert len(named) == 3
    assert named[0].startswith("weight w: “heavy”")
    assert named[1].startswith("shape: “circle”")
    assert named[2].startswith("your guess: ")
    assert returned(at) == repr(DEFAULTS)


def test_a_value_beyond_the_scale_is_named_and_clamped() -> None:
    at = page(weight="1e300")
    assert message(at)["committed"]["weight"] == 3.0
    assert warnings(at) == ["weight w: “1e300” is outside -3 to 3; it is now 3."]


@pytest.mark.parametrize(
    "text",
    [
        *("[in](//a.b)", "![](//a.b/c.png)", "<b>x</b>", "**x**", "_x_", "~~x~~", "$x$", "`x`"),
        *(":red[x]", ":smile:", "a\n\n# x", "a\n\n- x", "\\", "−½", "💥", "“x”", "&amp;"),
    ],
)
def test_what_a_link_says_is_shown_as_it_is_and_never_as_markdown(text: str) -> None:
    at = page(weight=text)
    (shown,) = warnings(at)
    assert shown == f"weight w: “{' '.join(text.split())}” is not a number; 1 stands."
    assert not re.search(r"(?<!\\)(?:\\\\)*[][<>*_~$`#!&]|(?<!\\):(?=\w)", at.warning[0].value)


def test_a_picture_that_fails_at_the_linked_values_says_why_and_the_page_stands() -> None:
    at = page(weight="2")
    assert message(at)["picture"] == {"error": "weight must not be 2"}
    assert message(at)["committed"]["weight"] == 2.0
    assert "mistake" not in message(page(weight="-2"))["picture"]["error"]


# ---- what a page may not ask for ------------------------------------------------------------------


def refusal(asked: str) -> str:
    """What the ValueError says that a page raises which asks for this."""
    (error,) = page(SCRIPT + asked).exception
    assert error.proto.type == "ValueError"
    return str(error.message)


def test_a_picture_that_reads_what_a_menu_of_the_page_has_set_is_refused() -> None:
    asked = """
scale = st.selectbox("scale", [1.0, 3.0])
def scaled(weight):
    return picture(scale * weight, "line")
stage("toy", {}, weight=WEIGHT)
"""
    said = refusal(asked.format("scaled"))
    assert said.startswith("scaled reads the page's `scale`; bind it: functools.partial(scaled, scale)")
    bound = asked.replace("scaled(weight)", "scaled(scale, weight)").format("partial(scaled, scale)")
    one = page(SCRIPT + bound)
    before = message(one)
    after = message(one.selectbox[0].select(3.0).run())
    assert heights(after) == [3 * y for y in heights(before)]
    assert after["identity"] != before["identity"], "so the browser knows that its sweeps are out of date"


PRESET = 'stage("toy", picture, presets=[Preset("some", {})], weight=WEIGHT, shape=SHAPE)'


@pytest.mark.parametrize(
    ("values", "got"),
    [
        ({"wieght": 1.0}, "wieght=1.0"),
        ({"weight": 9.0}, "weight=9.0"),
        ({"weight": 0.3}, "weight=0.3"),
        ({"weight": float("nan")}, "weight=nan"),
        ({"weight": 1.0, "shape": "lime"}, "shape='lime'"),
    ],
)
def test_a_preset_that_does_not_fit_its_inputs_is_refused(values: dict[str, Any], got: str) -> None:
    asked = PRESET.format(repr(values).replace("nan", "float('nan')"))
    rule = "a preset sets inputs of its stage to values that they take"
    assert refusal(asked) == f"{rule}, got {got} in “some” of toy"


@pytest.mark.parametrize("formerly", [{"weight": "shape"}, {"w": "heavy"}])
def test_a_former_name_is_no_inputs_and_stands_for_one(formerly: dict[str, str]) -> None:
    ((old, name),) = formerly.items()
    asked = f'stage("toy", picture, formerly={formerly}, weight=WEIGHT, shape=SHAPE)'
    assert refusal(asked) == f"a former name is no input's and stands for one, got {old} for {name}"


TWO = """
with st.container():
    stage("one", partial(picture, shape="line"), weight=WEIGHT)
stage("two", partial(picture, shape="curve"), {}=WEIGHT)
"""


def test_two_stages_of_a_page_have_no_name_in_the_link_in_common() -> None:
    rule = "inputs of one page must have names of their own in the link"
    assert refusal(TWO.format("weight")) == f"{rule}, got weight on the stages one and two"


def test_a_stage_may_have_the_names_of_one_that_was_there_before_it() -> None:
    at = page(
        SCRIPT
        + """
key = st.segmented_control("which", ["one", "two"], default="one")
stage(key, partial(picture, shape="line"), weight=WEIGHT)
if st.button("again"):
    st.rerun()
"""
    )
    for key in ("two", "one", "one"):
        at = at.segmented_control[0].select(key).run()
        assert at.get("bidi_component")[0].proto.id.endswith(f"-{key}")
        message(at)
    message(at.button[0].click().run())


# ---- a picture that cannot be sent ------------------------------------------------------------------


def test_where_a_number_in_a_figure_is_not_finite_the_stage_says_so_and_the_page_stands() -> None:
    script = SCRIPT.replace('"layout": {}', '"layout": {"top": 1 / weight if weight else float("inf")}')
    script += 'st.text(repr(dict(stage("toy", partial(picture, shape="line"), weight=WEIGHT))))'
    at = ask(page(script, weight="0"), id="1", values={"weight": 0.0}, sweep="weight")
    shown = message(at)
    assert shown["picture"].keys() == {"error"}
    assert "not finite" in shown["picture"]["error"]
    assert (shown["reply"], shown["sweep"], shown["committed"]) == ("1", None, {"weight": 0.0})
    assert returned(at) == "{'weight': 0.0}"
    shown = message(ask(page(script), id="1", values={"weight": 1.0}, sweep="weight"))
    assert shown["picture"]["error"] is None
    assert shown["sweep"] is None, "one of its frames could not be sent"


# ---- what the browser asks ------------------------------------------------------------------------


def test_a_request_for_a_sweep_is_answered_with_the_sweep() -> None:
    at = ask(page(), id="1", values={"weight": 0.5, "shape": "curve"}, sweep="weight", commit=False)
    shown = message(at)
    assert (shown["reply"], shown["sweep"]["name"]) == ("1", "weight")
    at_y = shown["sweep"]["paths"].index(["plots", 0, "data", 0, "y"])
    rows = shown["sweep"]["columns"][at_y]
    weights = [-3 + 0.5 * index for index in range(13)]
    for index, weight in enumerate(weights):
        if abs(weight) != 2:
            assert rows[index].tolist() == [weight * x**2 for x in (0, 0.25, 0.5, 0.75, 1)]
    assert shown["sweep"]["errors"][10] == "weight must not be 2"
    assert shown["sweep"]["errors"].count(None) == 11
    assert heights(shown) == [0.5 * x**2 for x in (0, 0.25, 0.5, 0.75, 1)]


def test_a_request_for_a_picture_is_answered_with_the_picture_alone() -> None:
    shown = message(ask(page(weight="-1"), id="1", values={"weight": 3.0}, sweep=None))
    assert (shown["reply"], shown["sweep"], shown["values"]["weight"]) == ("1", None, 3.0)
    assert heights(shown)[-1] == 3.0


@pytest.mark.parametrize("sweep", [None, "weight"])
def test_asking_commits_nothing(sweep: str | None) -> None:
    at = ask(page(weight="-1"), id="1", values={"weight": 3.0}, sweep=sweep, commit=False)
    assert message(at)["committed"]["weight"] == -1.0
    assert link(at) == {"weight": "-1"}
    assert "-1.0" in returned(at)


def test_a_request_is_answered_once() -> None:
    at = ask(page(), id="1", values={"weight": 3.0}, sweep="weight")
    shown = message(at.run())
    assert (shown["reply"], shown["sweep"], shown["values"]["weight"]) == ("1", None, 1.0)
    shown = message(ask(at, id="2", values={"weight": 3.0}, sweep="weight"))
    assert (shown["reply"], shown["sweep"]["name"]) == ("2", "weight")


def test_a_message_that_comes_twice_while_its_run_is_under_way_still_gets_its_sweep() -> None:
    """The second cuts the run of the first short, as Streamlit does: there is one answer, and it is whole."""
    cut = """
def cut_short(**_):
    st.session_state.cut = True
    st.rerun()

import pages.shared.stage.stage as module
whole = module.mount
if "cut" not in st.session_state:
    module.mount = cut_short
try:
    stage("toy", picture, weight=WEIGHT, shape=SHAPE, guess=GUESS)
finally:
    module.mount = whole
"""
    at = AppTest.from_string(SCRIPT + cut, default_timeout=30)
    shown = message(ask(at, id="1", values={"weight": 3.0}, sweep="weight"))
    assert (shown["reply"], shown["sweep"]["name"]) == ("1", "weight")


def test_a_message_that_comes_late_is_answered_under_its_own_name() -> None:
    at = ask(page(), id="2", values={"weight": 3.0}, sweep="weight")
    shown = message(ask(at, id="1", values={"weight": 2.5}, sweep=None))
    assert (shown["reply"], shown["values"]["weight"], shown["committed"]["weight"]) == ("1", 2.5, 1.0)


def test_a_choice_can_be_swept_too() -> None:
    shown = message(ask(page(), id="1", values={"weight": 2.5}, sweep="shape"))
    assert shown["sweep"]["name"] == "shape"
    description = shown["sweep"]["columns"][shown["sweep"]["paths"].index(["description"])]
    assert description == ["A line of slope 2.5.", "A curve of slope 2.5."]


@pytest.mark.parametrize("name", ["guess", "nothing", "", None, 3, ["weight"], {"weight": 1}])
def test_a_sweep_of_what_cannot_be_swept_is_none(name: object) -> None:
    shown = message(ask(page(), id="1", values={"weight": 3.0}, sweep=name))
    assert (shown["reply"], shown["sweep"], shown["values"]["weight"]) == ("1", None, 3.0)


@pytest.mark.parametrize("request_", [None, "sweep", 3, [], {}, {"values": None}, {"values": [1]}])
def test_a_request_that_is_none_is_not_answered(request_: object) -> None:
    at = page(weight="-1")
    at.session_state["toy"] = {"request": request_}
    shown = message(at.run())
    assert (shown["reply"], shown["sweep"], shown["values"]["weight"]) == (None, None, -1.0)


def nested(levels: int) -> object:
    return [nested(levels - 1)] if levels else 1


@pytest.mark.parametrize("levels", [0, 500], ids=["a forged name", "500 levels deep"])
@pytest.mark.parametrize("name", [float("nan"), 3, None, "", "\ud800", "9" * 5000, ["1"], {"a": 1}, True])
def test_a_forged_request_is_ignored_with_a_line_in_the_log_and_the_next_one_is_answered(
    name: object, levels: int, caplog: pytest.LogCaptureFixture
) -> None:
    at = page(weight="-1")
    values = {"weight": nested(levels) if levels else 3.0}
    shown = message(ask(at, id="a name" if levels else name, values=values, sweep="weight"))
    assert (shown["reply"], shown["sweep"], shown["values"]["weight"]) == (None, None, -1.0)
    assert [each.getMessage() for each in caplog.records if "no request" in each.getMessage()] == [
        "the stage toy was asked for what is no request"
    ]
    assert message(ask(at, id="2", values={"weight": 3.0}, sweep=None))["values"]["weight"] == 3.0


@pytest.mark.parametrize("value", ["heavy", None, [], {"a": 1}, True, "nan", 1e999])
def test_whatever_values_a_request_has_the_picture_is_one_of_the_lesson(value: object) -> None:
    shown = message(ask(page(), id="1", values={"weight": value, "oops": 1}, sweep=None))
    assert shown["picture"]["error"] is None
    assert shown["values"] == {"weight": 1.0, "shape": "line", "guess": [None, None, None]}


# ---- committing -----------------------------------------------------------------------------------


def test_letting_go_writes_the_link_and_the_page_follows() -> None:
    values = {"weight": -2.5, "shape": "curve", "guess": [0.5, None, -1.0]}
    at = ask(page(), id="1", values=values, sweep=None, commit=True)
    shown = message(at)
    assert link(at) == {"weight": "-2.5", "shape": "curve", "guess": "0.5__-1"}
    assert (shown["reply"], shown["committed"], shown["values"]) == ("1", values, values)
    assert returned(at) == repr({**values, "guess": (0.5, None, -1.0)})
    assert message(page(**link(at)))["committed"] == values


def test_a_default_leaves_the_link() -> None:
    at = ask(page(weight="3"), id="1", values={"weight": 1.0, "shape": "curve"}, commit=True)
    assert link(at) == {"shape": "curve"}


def test_what_is_not_ours_stays_in_the_link() -> None:
    at = page(weight="heavy", lang="de", tag=["a", "b"])
    at = ask(at, id="1", values={"weight": 3.0}, sweep=None, commit=True)
    assert link(at) == {"weight": "3", "lang": "de", "tag": ["a", "b"]}
    assert warnings(at) == []


def test_what_a_widget_keeps_in_the_link_stays_there() -> None:
    script = (
        TOY
        + """
st.segmented_control("by", ["ink", "chalk"], default="ink", key="by", bind="query-params")
"""
    )
    at = ask(page(script, by="chalk"), id="1", values={"weight": 3.0, "shape": "curve"}, commit=True)
    assert message(at)["committed"]["weight"] == 3.0
    assert link(at) == {"by": "chalk", "weight": "3", "shape": "curve"}
    at = ask(at, id="2", values={"weight": 1.0, "shape": "curve"}, commit=True)
    assert message(at)["committed"]["weight"] == 1.0
    assert link(at) == {"by": "chalk", "shape": "curve"}


def test_bad_values_are_committed_as_valid_ones() -> None:
    at = ask(page(), id="1", values={"weight": 99, "shape": "circle", "n": 1}, commit=True)
    assert link(at) == {"weight": "3"}


def test_two_stages_on_a_page_keep_their_own_values_and_requests() -> None:
    script = (
        SCRIPT
        + """
one = stage("one", partial(picture, shape="line"), weight=WEIGHT)
two = stage("two", partial(picture, weight=1.0), shape=SHAPE)
st.text(repr((dict(one), dict(two))))
"""
    )
    at = ask(page(script, weight="-1"), "two", id="1", values={"shape": "curve"}, commit=True)
    assert link(at) == {"weight": "-1", "shape": "curve"}
    assert (message(at, 0)["reply"], message(at, 1)["reply"]) == (None, "1")
    assert returned(at) == repr(({"weight": -1.0}, {"shape": "curve"}))
    at = ask(at, "one", id="2", values={"weight": 3.0}, sweep="weight")
    assert (message(at, 0)["reply"], message(at, 1)["reply"]) == ("2", "1")
    assert message(at, 1)["sweep"] is None


def test_a_stage_is_told_from_another_by_its_key() -> None:
    ids = [each.proto.id for each in page().get("bidi_component")]
    assert [identifier.endswith("-toy") for identifier in ids] == [True]


HINTED = (
    SCRIPT
    + """
from pages.shared.stage.picture import Verdict

def judged(weight, shape, guess=()):
    return Picture([], "", tasks={"Make it flat.": Verdict(weight == 0, "", abs(weight))})

stage("toy", judged, weight=WEIGHT, shape=SHAPE, guess=GUESS)
"""
)


def test_a_hint_is_found_when_it_is_asked_for_and_at_the_values_that_are_seen() -> None:
    at = page(HINTED)
    assert message(at)["hint"] is None
    values = {"weight": -3.0, "shape": "line", "guess": [None] * 3}
    found = message(ask(at, id="1", values=values, hint="Make it flat."))["hint"]
    assert (found["task"], found["name"]) == ("Make it flat.", "weight")
    assert found["says"][1:] == ["Turn it up from −3.0.", "Set it to 0.0: that does it."]
    assert message(at.run())["hint"] is None


@pytest.mark.parametrize("forged", [7, ["Make it flat."], "x" * 100_000])
def test_a_hint_that_no_page_of_ours_asks_for_is_none(forged: Any) -> None:
    at = ask(page(HINTED), id="1", values={}, hint=forged)
    assert message(at)["hint"] is None


def test_a_hint_for_a_task_that_is_not_there_leads_nowhere() -> None:
    assert message(ask(page(HINTED), id="1", values={}, hint="What?"))["hint"]["name"] is None


FILED = (
    SCRIPT
    + """
from pages.shared.stage.picture import Verdict

def written(weight, shape, guess=()):
    return Picture([], "", files={"weight.txt": lambda heading: f"{heading}\\n{weight}"})

stage("toy", written, weight=WEIGHT, shape=SHAPE, guess=GUESS)
"""
)


def test_a_file_is_written_when_it_is_asked_for_and_at_the_values_that_are_seen() -> None:
    at = page(FILED)
    assert (message(at)["picture"]["files"], message(at)["file"]) == (["weight.txt"], None)
    values = {"weight": -3.0, "shape": "line", "guess": [None] * 3}
    found = message(ask(at, id="1", values=values, file="weight.txt"))["file"]
    assert found["name"] == "weight.txt"
    assert (found["content"].splitlines()[0], found["content"].splitlines()[-1]) == ("toy", "-3.0")
    assert message(at.run())["file"] is None


@pytest.mark.parametrize("forged", [7, ["weight.txt"], "x" * 100_000, "other.txt", "../weight.txt"])
def test_a_file_that_no_picture_offers_is_none(forged: Any) -> None:
    assert message(ask(page(FILED), id="1", values={}, file=forged))["file"] is None
