"""A grip is a point of a plot that moves several knobs at once, by a function of where it is dragged to."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages.shared.figures.axes import Figure
from pages.shared.figures.theme import PALETTE
from pages.shared.stage import wire
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.picture import Grip, Handle, Picture
from pages.shared.stage.sweep import sweep

SCRIPT = """
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.picture import Grip, Picture
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.points import Points
from pages.shared.stage.stage import stage
import streamlit as st

def picture(across, up, shape, own=()):
    figure = {"data": [], "layout": {}}
    return Picture(figure, f"A {shape} at {across}, {up}.", grips=[Grip("place", across, up)])

def place(values, x, y):
    return {"across": x, "up": y}

def further(values, x, y):
    return {"across": values["across"] + x}

def choose(values, x, y):
    return {"shape": "disc" if x > 0 else "oval", "own": [[x, y, 1]]}

def nothing(values, x, y):
    return {}

values = stage(
    "toy",
    picture,
    grips={"place": place, "further": further, "choose": choose, "nothing": nothing},
    across=Knob("x", -2, 2, value=0.5, step=0.5),
    up=Knob("y", -1, 1, value=0, step=0.1),
    shape=Choice("shape", ("ring", "disc"), "ring"),
    own=Points("your points", -1, 1, 0.1, ("a", "b"), ("class-0", "class-1"), 4),
)
st.text(repr(dict(values)))
"""
WITHOUT = SCRIPT.replace(
    'grips={"place": place, "further": further, "choose": choose, "nothing": nothing},', ""
)
DEFAULTS = {"across": 0.5, "up": 0.0, "shape": "ring", "own": []}
FIGURE: Figure = {"data": [], "layout": {}}


def page(script: str = SCRIPT, **query: str) -> AppTest:
    """The page that a reader sees who opens it with this link."""
    at = AppTest.from_string(script, default_timeout=30)
    for name, text in query.items():
        at.query_params[name] = text
    return at.run()


def drag(at: AppTest, grip: object, values: dict[str, Any] | None = None, **request: Any) -> AppTest:
    """The page after the browser has said where a grip is."""
    asked = {"id": "1", "values": values or {}, "grip": grip, **request}
    at.session_state["toy"] = {"request": asked}
    return at.run()


def message(at: AppTest) -> dict[str, Any]:
    """What the stage sent to the browser."""
    assert not at.exception
    return wire.unpack(at.get("bidi_component")[0].proto.bytes)


def grip(x: object, y: object, name: object = "place") -> dict[str, object]:
    return {"name": name, "x": x, "y": y}


def link(at: AppTest) -> dict[str, str]:
    return {name: texts[0] if isinstance(texts, list) else texts for name, texts in at.query_params.items()}


# ---- dragging -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        *((-1.0, 0.3, (-1.0, 0.3)), (1, -1, (1.0, -1.0)), (0.5, 0.0, (0.5, 0.0))),
        *((0.7, 0.26, (0.5, 0.3)), (0.8, -0.01, (1.0, 0.0)), (-1e-9, 0.349, (0.0, 0.3))),
        *((9.0, -9.0, (2.0, -1.0)), (-2.2, 1.06, (-2.0, 1.0)), (1e300, -1e300, (2.0, -1.0))),
    ],
    ids=lambda part: str(part).replace(" ", ""),
)
def test_a_dragged_grip_moves_its_knobs_to_the_nearest_values_of_their_scales(
    x: float, y: float, expected: tuple[float, float]
) -> None:
    shown = message(drag(page(), grip(x, y)))
    assert shown["reply"] == "1"
    assert shown["values"] == {**DEFAULTS, "across": expected[0], "up": expected[1]}
    (placed,) = shown["picture"]["grips"]
    assert (placed["x"], placed["y"]) == expected


def test_a_grip_starts_from_the_values_that_the_browser_shows() -> None:
    at = drag(page(across="-2"), grip(0.5, 9, "further"), {"across": 1.0, "up": -0.4, "shape": "disc"})
    assert message(at)["values"] == {"across": 1.5, "up": -0.4, "shape": "disc", "own": []}


def test_a_grip_leaves_alone_what_its_function_does_not_name() -> None:
    values = {"across": -1.5, "up": 0.7, "shape": "disc", "own": [[0.5, 0.5, 1]]}
    assert message(drag(page(), grip(1, 1, "nothing"), values))["values"] == values
    assert message(drag(page(), grip(1, 1), values))["values"] == {**values, "across": 1.0, "up": 1.0}


def test_a_grip_may_move_a_choice_and_points_but_to_valid_values_only() -> None:
    shown = message(drag(page(), grip(0.52, 1, "choose")))
    assert (shown["values"]["shape"], shown["values"]["own"]) == ("disc", [[0.5, 1.0, 1]])
    shown = message(drag(page(), grip(-7.0, 1, "choose"), {"shape": "disc"}))
    assert (shown["values"]["shape"], shown["values"]["own"]) == ("ring", [])


# ---- what is no drag ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["unknown", "", "PLACE", None, 3, True, ["place"], {"place": 1}])
def test_a_grip_of_an_unknown_name_changes_nothing(name: object) -> None:
    shown = message(drag(page(), grip(1, 1, name), {"across": -1.0}))
    assert (shown["reply"], shown["values"]) == ("1", {**DEFAULTS, "across": -1.0})


@pytest.mark.parametrize(
    "bad", [None, math.nan, math.inf, -math.inf, "1", "", [1.0], {"x": 1}, 10**400, -(10**400)], ids=repr
)
@pytest.mark.parametrize("which", ["x", "y"])
def test_a_coordinate_that_is_no_finite_number_changes_nothing(which: str, bad: object) -> None:
    shown = message(drag(page(), {**grip(1, 1), which: bad}, {"across": -1.0}))
    assert (shown["reply"], shown["values"]) == ("1", {**DEFAULTS, "across": -1.0})


@pytest.mark.parametrize(
    "bad",
    [
        *(None, "place", 3, True, [], ["place", 1, 1], {}, {"x": 1, "y": 1}, {"name": "place"}),
        *({"name": "place", "x": 1}, {"name": "place", "y": 1}),
    ],
    ids=repr,
)
def test_a_grip_without_its_name_or_its_place_changes_nothing(bad: object) -> None:
    shown = message(drag(page(), bad, {"across": -1.0}))
    assert (shown["reply"], shown["values"]) == ("1", {**DEFAULTS, "across": -1.0})


def test_a_stage_without_grips_takes_none() -> None:
    for name in ("place", ["place"]):
        shown = message(drag(page(WITHOUT), grip(1, 1, name), {"across": -1.0}))
        assert (shown["reply"], shown["values"]) == ("1", {**DEFAULTS, "across": -1.0})


# ---- letting go -----------------------------------------------------------------------------------


def test_a_grip_that_is_let_go_goes_into_the_link() -> None:
    at = drag(page(across="-2"), grip(1.6, -0.32), {"shape": "disc"}, commit=True)
    shown = message(at)
    assert link(at) == {"across": "1.5", "up": "-0.3", "shape": "disc"}
    assert shown["committed"] == shown["values"] == {"across": 1.5, "up": -0.3, "shape": "disc", "own": []}
    assert at.text[0].value == repr({"across": 1.5, "up": -0.3, "shape": "disc", "own": ()})
    assert message(page(**link(at)))["committed"] == shown["committed"]


def test_a_grip_let_go_at_the_defaults_leaves_the_link_empty() -> None:
    at = drag(page(across="-2", up="1"), grip(0.6, 0.04), commit=True)
    assert (link(at), message(at)["committed"]) == ({}, DEFAULTS)


@pytest.mark.parametrize("commit", [False, None])
def test_a_grip_in_hand_commits_nothing(commit: bool | None) -> None:
    at = drag(page(across="-2"), grip(1, 1), commit=commit)
    assert (link(at), message(at)["committed"]["across"]) == ({"across": "-2"}, -2.0)
    assert message(at)["values"]["across"] == 1.0


def test_a_bad_grip_that_is_let_go_commits_the_values_that_came_with_it() -> None:
    for bad in (grip(1, 1, "unknown"), grip(math.nan, 1)):
        at = drag(page(), bad, {"across": -1.0}, commit=True)
        assert link(at) == {"across": "-1"}


def test_a_sweep_asked_for_with_a_grip_is_that_of_the_values_it_makes() -> None:
    shown = message(drag(page(), grip(-1, 0.5), sweep="across"))
    at = shown["sweep"]["paths"].index(["description"])
    assert shown["sweep"]["columns"][at][0] == "A ring at -2.0, 0.5."


# ---- in the picture -------------------------------------------------------------------------------


def test_grips_are_in_the_pictures_message_and_can_be_sent() -> None:
    grips = [Grip("drag", 0.25, -0.5, plot=1, colour="unit-1"), Grip("turn", None, None, anywhere=True)]
    sent = wire.unpack(wire.pack(Picture(FIGURE, "words", grips=grips).message()))["grips"]
    assert sent == [
        {"name": "drag", "x": 0.25, "y": -0.5, "plot": 1, "colour": "unit-1", "anywhere": False},
        {"name": "turn", "x": None, "y": None, "plot": 0, "colour": "ink", "anywhere": True},
    ]
    assert {each["colour"] for each in sent} <= PALETTE["light"].keys()


def test_grips_and_handles_are_told_apart_in_the_message() -> None:
    shown = Picture(FIGURE, "words", handles=[Handle("weight", 1.0, 2.0)], grips=[Grip("drag", 3.0, 4.0)])
    message = shown.message()
    assert [handle["knob"] for handle in message["handles"]] == ["weight"]
    assert [each["name"] for each in message["grips"]] == ["drag"]


def test_a_grip_has_a_colour_of_the_palette_or_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^drag: a colour must be one of network, .*, got puce$"):
        Grip("drag", 0.0, 0.0, colour="puce")


@pytest.mark.parametrize("beside", [False, True])
def test_plots_stand_side_by_side_where_the_picture_says_so(beside: bool) -> None:
    assert Picture(FIGURE, "words", beside=beside).message()["beside"] is beside
    assert Picture(FIGURE, "words").message()["beside"] is False


def test_a_picture_without_grips_has_none_in_its_message() -> None:
    assert Picture(FIGURE, "words").message()["grips"] == []


@given(x=st.floats(-5, 5), hidden=st.booleans())
def test_a_grip_moves_with_the_sweep_of_its_knob_and_may_come_and_go(x: float, hidden: bool) -> None:
    def picture(t: float) -> Picture:
        gone = hidden and t == 0.5
        return Picture(FIGURE, "words", grips=[Grip("place", None if gone else x + t, 7.0)])

    swept = sweep(picture, {"t": 0.0}, "t", Knob("t", 0, 1, value=0, step=0.5))
    assert swept is not None
    columns = dict(zip(map(tuple, swept["paths"]), swept["columns"], strict=True))
    assert columns == {("grips", 0, "x"): [x, None if hidden else x + 0.5, x + 1.0]}
    assert json.loads(json.dumps(columns[("grips", 0, "x")], allow_nan=False))
