"""Beside Streamlit a stage shows a hand that draws what it shows otherwise."""

import gc
from typing import Any

import numpy as np
import pytest

from pages.shared.stage import wire
from pages.shared.stage.beside.pictures import answer
from tests.stage.test_stage_runs import DEFAULTS, TOY, ask, message, page

KNOBS_ALONE = TOY.replace(", guess=GUESS)", ")")


def said(door: str, since: Any = None, **values: Any) -> dict[str, Any]:
    """What the stage of that door answers."""
    block = answer({"door": door, "values": {**DEFAULTS, **values}, "since": since})
    assert block is not None
    return wire.unpack(block)


def test_it_is_the_picture_that_streamlit_sends() -> None:
    at = page()
    found = said(message(at)["door"], weight=2.5, guess=[None, 0.5, 1])
    shown = message(ask(at, id="1", values={"weight": 2.5, "guess": [None, 0.5, 1]}))
    np.testing.assert_equal(found["picture"], shown["picture"])
    assert said(shown["door"], weight=2)["picture"]["error"] == "weight must not be 2"
    assert said(shown["door"], weight=99)["picture"]["readouts"] == {"w": "+3.00"}, "as in a link"


def test_to_who_has_the_last_answer_what_differs_is_sent() -> None:
    door = message(page())["door"]
    first = said(door)
    second = said(door, first["name"], weight=3.0)
    assert "picture" not in second
    changed = dict(zip(map(tuple, second["paths"]), second["leaves"], strict=True))
    assert set(changed) == {("plots", 0, "data", 0, "y"), ("readouts", "w"), ("description",)}
    assert changed["plots", 0, "data", 0, "y"].tolist() == [0.0, 0.75, 1.5, 2.25, 3.0]
    assert said(door, second["name"], weight=3.0)["paths"] == []
    for since in (first["name"], None, "1", [1]):
        assert said(door, since)["picture"]["readouts"] == {"w": "+1.00"}, (
            "who has another one gets all of it"
        )


@pytest.mark.parametrize("question", [{}, {"values": 3}, {"values": {"guess": [[[[[1]]]]]}}])
def test_what_no_page_of_ours_asks_has_no_answer(question: dict[str, Any]) -> None:
    at = page()
    assert answer({"door": message(at)["door"], **question}) is None
    assert answer({"door": "guessed", "values": {}}) is None


def test_only_what_is_drawn_by_hand_has_a_door() -> None:
    assert message(page(KNOBS_ALONE))["door"] is None


def test_a_door_stays_for_the_session_and_is_gone_with_it() -> None:
    at = page()
    door = message(at)["door"]
    assert message(ask(at, id="1", values={}))["door"] == door
    assert message(page())["door"] != door
    assert said(door)["picture"]
    del at
    gc.collect()
    assert answer({"door": door, "values": {}}) is None
