"""Equal pictures and sweeps are computed once, for all visitors; different ones stay apart."""

from __future__ import annotations

from threading import Thread
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages.shared.crowd.turns import TURNS, Turns
from pages.shared.stage import blocks, wire
from pages.shared.stage.blocks import Moved, picture_block, sweep_block, tallies
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.picture import Picture
from pages.shared.stage.wire import Block

WEIGHT = Knob("weight w", -1, 1, value=1.0, step=0.5)
COARSE = Knob("weight w", -1, 1, value=1.0, step=1.0)
SHAPE = Choice("shape", ("line", "curve"), "line")
X = np.linspace(0.0, 1.0, 5)
VALUES = {"weight": 1.0, "shape": "line"}
LONG_S = 30

SCRIPT = """
import numpy as np
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.picture import Picture
from pages.shared.stage.stage import stage

def picture(weight):
    y = np.full(3, weight * 2.0)
    return Picture({"data": [{"type": "scatter", "y": y}], "layout": {}}, "words")

stage("toy", picture, weight=Knob("weight w", -1, 1, value=1.0, step=0.5))
"""


class Left(BaseException):
    """The visitor has left."""


class Toy:
    """A picture that counts how often it was drawn."""

    def __init__(self) -> None:
        self.drawn: list[tuple[float, str]] = []

    def __call__(self, weight: float, shape: str) -> Picture:
        self.drawn.append((weight, shape))
        if weight == -1:
            raise ValueError("weight must not be -1")
        y = weight * (X if shape == "line" else X**2)
        return Picture({"data": [{"type": "scatter", "x": X, "y": y}], "layout": {}}, "words")


@pytest.fixture
def toy() -> Toy:
    return Toy()


@pytest.fixture(autouse=True)
def nobody_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "look", lambda: None)


def sweep_of(
    toy: Toy, name: str = "weight", moved: Any = WEIGHT, who: str = "toy", rest: bool = False, **values: Any
) -> Any:
    """The sweep as it arrives; None where there is none."""
    block = sweep_block(toy, who, {**VALUES, **values}, Moved(name, moved, rest))
    return block if block is None else wire.unpack(block)


# ---- once for all ---------------------------------------------------------------------------------


def test_a_picture_is_drawn_and_packed_once_for_all_who_look_at_it(toy: Toy) -> None:
    first, second = (picture_block(toy, "toy", dict(VALUES)) for _ in range(2))
    assert isinstance(first, Block)
    assert first is second
    assert toy.drawn == [(1.0, "line")]


def test_a_sweep_is_computed_and_packed_once_wherever_the_knob_stands(toy: Toy) -> None:
    sweep_of(toy, weight=0.5)
    drawn = list(toy.drawn)
    assert sweep_of(toy, weight=1.0)["name"] == "weight"
    assert toy.drawn == drawn


def test_that_a_sweep_is_too_much_is_found_out_once(toy: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.shared.stage.sweep.MOST_BYTES", 1)
    assert sweep_of(toy) is None
    drawn = list(toy.drawn)
    assert sweep_of(toy) is None
    assert toy.drawn == drawn


def test_why_a_picture_cannot_be_shown_is_found_out_once(toy: Toy) -> None:
    told = [picture_block(toy, "toy", {**VALUES, "weight": -1.0}) for _ in range(2)]
    assert told == ["weight must not be -1"] * 2
    assert len(toy.drawn) == 1


@pytest.mark.parametrize(
    "other",
    [{"who": "another"}, {"shape": "curve"}, {"moved": COARSE}, {"name": "shape", "moved": SHAPE}],
    ids=["another picture", "other values", "other steps", "another knob"],
)
def test_what_differs_is_computed_anew(toy: Toy, other: dict[str, Any]) -> None:
    sweep_of(toy)
    before = tallies()["sweeps"]
    sweep_of(toy, **other)
    assert tallies()["sweeps"].misses == before.misses + 1


# ---- parts ----------------------------------------------------------------------------------------

FINE = Knob("weight w", 0, 10, value=1.0, step=0.1)


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others are in the row, and who asks is let through."""
    monkeypatch.setattr(Turns, "__len__", lambda turns: 2)


@pytest.mark.parametrize(("stands", "first", "count"), [(5.0, 35, 31), (0.0, 0, 16), (9.7, 82, 19)])
def test_where_another_waits_the_steps_near_the_thumb_come_first(
    toy: Toy, stands: float, first: int, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Turns, "__len__", lambda turns: 1)
    part = sweep_of(toy, moved=FINE, weight=stands)
    assert (part["first"], part["count"]) == (first, count)
    (heights,) = part["columns"]
    assert heights[:, -1] == pytest.approx(FINE.steps[first : first + count])


@pytest.mark.parametrize(("n_waiting", "first", "count"), [(2, 43, 15), (3, 45, 11), (50, 45, 11)])
def test_the_more_wait_the_fewer_steps_come_first_but_five_on_either_side(
    toy: Toy, n_waiting: int, first: int, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Turns, "__len__", lambda turns: n_waiting)
    part = sweep_of(toy, moved=FINE, weight=5.0)
    assert (part["first"], part["count"]) == (first, count)


def test_where_nobody_waits_a_sweep_comes_whole(toy: Toy) -> None:
    assert sweep_of(toy, moved=FINE)["count"] == 101


@pytest.mark.usefixtures("crowded")
def test_the_rest_of_a_sweep_is_all_of_it(toy: Toy) -> None:
    assert sweep_of(toy, moved=FINE, rest=True)["count"] == 101


@pytest.mark.usefixtures("crowded")
def test_a_sweep_that_is_there_comes_whole_whoever_waits(toy: Toy) -> None:
    whole = sweep_of(toy, moved=FINE, rest=True)
    assert sweep_of(toy, moved=FINE)["count"] == whole["count"]


@pytest.mark.usefixtures("crowded")
def test_a_sweep_of_few_steps_comes_whole(toy: Toy) -> None:
    assert sweep_of(toy)["count"] == len(WEIGHT.steps)


LIKE = [1, 1.0, True, "1", 0, 0.0, -0.0, False, None, "", (), (1.0,)]


def plain(value: Any) -> Picture:
    return Picture({"data": [], "layout": {"is": value}}, "words")


@given(values=st.lists(st.sampled_from(LIKE), unique_by=repr))
def test_values_that_python_takes_for_equal_are_told_apart(values: list[Any]) -> None:
    """0 is not -0 in a picture: its words may have the sign."""
    assert len({picture_block(plain, "plain", {"value": each}) for each in values}) == len(values)


def test_how_often_an_answer_was_there_is_told(toy: Toy) -> None:
    before = tallies()
    for _ in range(3):
        picture_block(toy, "toy", VALUES)
        sweep_of(toy)
    after = tallies()
    for kind in ("pictures", "sweeps"):
        assert (after[kind].hits - before[kind].hits, after[kind].misses - before[kind].misses) == (2, 1)
        assert (after[kind].n_kept, before[kind].n_kept) == (1, 0)


# ---- turns ----------------------------------------------------------------------------------------


def test_who_leaves_in_a_sweep_gives_the_turn_back_and_the_next_has_the_sweep(
    toy: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = iter([None] * 3)

    def leave() -> None:
        if next(looks, Left) is Left:
            raise Left

    monkeypatch.setattr(blocks, "look", leave)
    monkeypatch.setattr("pages.shared.crowd.turns.GLANCE_S", 0.0)
    with pytest.raises(Left):
        sweep_of(toy)
    assert len(TURNS) == 0
    assert 0 < len(toy.drawn) < len(WEIGHT.steps)
    monkeypatch.setattr(blocks, "look", lambda: None)
    assert sweep_of(toy)["name"] == "weight"


def test_a_picture_does_not_wait_for_a_sweep(toy: Toy) -> None:
    with TURNS.turn():
        assert isinstance(picture_block(toy, "toy", VALUES), Block)


def test_a_sweep_that_waits_for_its_turn_does_not_hold_up_a_known_one(toy: Toy) -> None:
    sweep_of(toy)
    waiting = Thread(target=sweep_of, args=(toy,), kwargs={"shape": "curve"}, daemon=True)
    with TURNS.turn():
        waiting.start()
        assert sweep_of(toy)["name"] == "weight"
    waiting.join(LONG_S)
    assert not waiting.is_alive()


# ---- visitors -------------------------------------------------------------------------------------


def visit(script: str, reply: str) -> dict[str, Any]:
    """What a visitor of a page gets who grabs its knob."""
    at = AppTest.from_string(script, default_timeout=30)
    at.session_state["toy"] = {"request": {"id": reply, "values": {"weight": 0.5}, "sweep": "weight"}}
    at.run()
    assert not at.exception
    return wire.unpack(at.get("bidi_component")[0].proto.bytes)


def test_visitors_who_grab_the_same_knob_get_the_same_sweep_each_in_a_message_of_their_own() -> None:
    one, two = visit(SCRIPT, "1"), visit(SCRIPT, "2")
    assert (one["reply"], two["reply"], one["identity"]) == ("1", "2", two["identity"])
    assert tallies()["sweeps"].n_kept == tallies()["pictures"].n_kept == 1
    assert one["sweep"]["name"] == two["sweep"]["name"] == "weight"
    assert [*one["sweep"]["columns"][0][:, 0]] == [-2, -1, 0, 1, 2]


def test_a_page_that_was_changed_is_not_shown_as_it_was() -> None:
    one, two = visit(SCRIPT, "1"), visit(SCRIPT.replace("2.0", "3.0"), "1")
    assert one["identity"] != two["identity"]
    assert [*two["sweep"]["columns"][0][:, 0]] == [-3, -1.5, 0, 1.5, 3]
