"""The tasks of the families are ticked where their counts, written out, say so."""

from typing import Any

import pytest

from tests.pages.verdicts.searching import contradictions, deeds, states

pytestmark = pytest.mark.xdist_group("pages/families.py")
PAGE = "pages/families.py"


def counted(doublings: float, width: float, window: float) -> list[bool]:
    """Whether tying saves a million times, saves nothing, and attention works more than dense at a length."""
    t, d = 2**doublings, width
    return [
        ((t * d) ** 2 + t * d) / (2 * d * d + d) >= 1e6,
        4 * d * d > (t * d) ** 2 + t * d,
        4 * t * d * d + 2 * t * t * d > (t * d) ** 2 and t >= 64,
    ]


def test_the_tasks_say_what_counts_written_out_say(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE)["growth"])
    solved = [
        {"doublings": 12.0},
        {"doublings": 0.0},
        {"doublings": 6.0, "width": 2.0},
        {"doublings": 11.0, "width": 64.0},
    ]
    assert not contradictions(judge, counted, states(inputs, solved, 120))


def test_the_curves_are_the_counts_at_every_length_and_the_marks_stand_on_them(stages: Any) -> None:
    shown = stages(PAGE)["growth"].picture(7.0, 16.0, 3.0)
    for plot, most in zip(shown.plots, (2**32 + 2**16, 2**32), strict=True):
        dense, *_ = plot["data"]
        assert dense["y"][-1] == most
        *curves, marks, _ = plot["data"]
        assert marks["y"].tolist() == [each["y"][7] for each in curves]
        assert set(marks["x"]) == {128.0}
