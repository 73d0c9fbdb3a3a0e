"""A nudge says of a knob which way it would be turned, how hard, and where it would get to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared.figures.axes import Figure
from pages.shared.stage import wire
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.picture import Nudge, Picture
from pages.shared.stage.sweep import sweep

FIGURE: Figure = {"data": [], "layout": {}}
KNOB = Knob("w", 0, 1, value=0, step=0.5)
shares = st.floats(-1, 1)


def columns(picture: object) -> dict[tuple[object, ...], list[object]]:
    """What changes along the sweep of the knob, by where in the picture it is."""
    swept = sweep(picture, {"w": 0.0}, "w", KNOB)  # type: ignore[arg-type]
    assert swept is not None
    return dict(zip(map(tuple, swept["paths"]), swept["columns"], strict=True))


@given(push=shares, ghost=st.none() | st.floats(-10, 10))
def test_nudges_are_in_the_pictures_message_by_the_names_of_their_knobs(
    push: float, ghost: float | None
) -> None:
    nudges = {"w": Nudge(push, "up, slope −1.00", ghost), "b": Nudge(-1.0, "down")}
    sent = wire.unpack(wire.pack(Picture(FIGURE, "words", nudges=nudges).message()))["nudges"]
    assert sent == {
        "w": {"push": push, "says": "up, slope −1.00", "ghost": ghost},
        "b": {"push": -1.0, "says": "down", "ghost": None},
    }


def test_a_picture_without_nudges_has_none_in_its_message() -> None:
    assert Picture(FIGURE, "words").message()["nudges"] == {}


@given(slope=shares.filter(bool), start=st.floats(-5, 5))
def test_arrow_words_and_ghost_follow_the_sweep_of_a_knob(slope: float, start: float) -> None:
    def picture(w: float) -> Picture:
        return Picture(FIGURE, "words", nudges={"w": Nudge(slope * w, f"slope {w:g}", start + w)})

    assert columns(picture) == {
        ("nudges", "w", "push"): [0.0, slope / 2, slope],
        ("nudges", "w", "says"): ["slope 0", "slope 0.5", "slope 1"],
        ("nudges", "w", "ghost"): [start, start + 0.5, start + 1],
    }


@given(gone=st.sampled_from(KNOB.steps))
def test_a_ghost_may_come_and_go_along_a_sweep(gone: float) -> None:
    def picture(w: float) -> Picture:
        return Picture(FIGURE, "words", nudges={"w": Nudge(1.0, "up", None if w == gone else 0.75)})

    assert columns(picture) == {
        ("nudges", "w", "ghost"): [None if w == gone else 0.75 for w in KNOB.steps],
    }


def test_a_nudge_that_stays_the_same_is_no_part_of_the_sweep() -> None:
    def picture(w: float) -> Picture:
        return Picture(FIGURE, f"at {w:g}", nudges={"w": Nudge(0.5, "up", 1.0)})

    assert columns(picture) == {("description",): ["at 0", "at 0.5", "at 1"]}


def test_pictures_that_nudge_other_knobs_have_no_sweep_in_common() -> None:
    def picture(w: float) -> Picture:
        return Picture(FIGURE, "words", nudges={"w" if w else "b": Nudge(0.5, "up")})

    assert sweep(picture, {"w": 0.0}, "w", KNOB) is None


@pytest.mark.parametrize("part", ["lead", "beside", "diagram_below"])
def test_where_the_parts_of_a_picture_stand_is_in_its_message(part: str) -> None:
    sent = {"diagram_below": "diagramBelow"}.get(part, part)
    assert Picture(FIGURE, "words").message()[sent] is False
    assert Picture(FIGURE, "words", **{part: True}).message()[sent] is True
