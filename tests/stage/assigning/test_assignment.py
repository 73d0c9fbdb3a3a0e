"""An assignment goes into a link and comes back the same; what is wrong with a link is said."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared.stage.assigning import counted
from pages.shared.stage.assigning.assignment import COMPARISONS, Assignment, Goal, read, written
from pages.shared.stage.assigning.judging import verdict
from pages.shared.stage.inputs.reading import NEEDS_ESCAPE

GOALS = Goal("largest error", "below", 0.1), Goal("units", "at most", 6.0)
TASK = Assignment("bumps", "bump", ("left",), ("right",), {"right": "0.7"}, "Match it.", GOALS, 2, 3)
TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) $x$ **b** \u202e\x00"


@given(
    words=TEXT.filter(str.strip),
    said=st.dictionaries(TEXT, TEXT, max_size=4),
    goals=st.lists(
        st.builds(Goal, TEXT, st.sampled_from([*COMPARISONS]), st.floats(-1e100, 1e100)),
        min_size=1,
        max_size=5,
    ),
)
def test_an_assignment_comes_back_from_its_link_the_same(
    words: str, said: dict[str, str], goals: list[Goal]
) -> None:
    task = replace(TASK, words=words, said=said, goals=tuple(goals), passes=1)
    assert read(written(task)) == task
    assert not NEEDS_ESCAPE.search(written(task).replace("_", ""))


def test_what_a_teacher_writes_is_kept_letter_by_letter() -> None:
    assert read(written(replace(TASK, words=HOSTILE))).words == HOSTILE


def test_a_link_that_was_cut_anywhere_or_changed_anywhere_says_so() -> None:
    link = written(TASK)
    for at in range(len(link)):
        with pytest.raises(ValueError, match="cut"):
            read(link[:at])
    for at in range(2, len(link)):
        other = "A" if link[at] != "A" else "B"
        with pytest.raises(ValueError, match=r"cut|changed"):
            read(f"{link[:at]}{other}{link[at + 1 :]}")


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("2" + written(TASK)[1:], "version 2.*version 1"),
        ("1." + "A" * 5000 + ".00000000", "at most 4000"),
        ("", "cut"),
    ],
)
def test_what_is_no_assignment_of_ours_says_why(link: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read(link)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"free": ()}, "at least one control free"),
        ({"locked": ("left",)}, "both for left"),
        ({"words": "  "}, "got 0"),
        ({"words": "x" * 301}, "got 301"),
        ({"goals": ()}, "1 to 5 goals"),
        ({"passes": 3}, "1 to 2 of the goals"),
        ({"hints": -1}, "0 to 20 hints"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_rule(change: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        replace(TASK, **change)  # type: ignore[arg-type]


def test_what_is_not_free_is_as_it_was_set_whatever_a_link_says() -> None:
    forged = {"left": "0.2", "right": "0.1", "steps": "pairs", "task": "t", "present": "1"}
    assert TASK.holds(forged) == {"left": "0.2", "right": "0.7", "task": "t", "present": "1"}


def test_the_verdict_says_what_is_missing_and_how_much() -> None:
    found = verdict(TASK, {"largest error": 0.25, "units": 5})
    assert not found.done
    assert found.says == (
        "Not yet: 1 of 2 goals are met. “largest error” is 0.25 and has to be below 0.1; "
        "“units” is 5, which is at most 6."
    )
    assert found.miss == pytest.approx(0.15)
    assert verdict(replace(TASK, passes=1), {"largest error": 0.25, "units": 5}).done


def test_at_the_bound_at_most_is_met_and_below_is_not() -> None:
    at_bound = {"largest error": 0.1, "units": 6}
    assert "“largest error” is 0.1 and has to be below 0.1; “units”" in verdict(TASK, at_bound).says
    assert (verdict(TASK, at_bound).miss or 0.0) > 0.0


def test_what_is_not_measured_or_not_finite_is_never_met() -> None:
    assert not verdict(TASK, {"units": 5}).done
    assert "does not measure “largest error”" in verdict(TASK, {"units": 5}).says
    assert not Goal("z", "below", 1.0).met(float("-inf"))


def test_counts_are_read_and_a_cut_or_another_version_is_named() -> None:
    assert counted.read("1.5.2.240.1.end") == counted.Counted(5, 2, 240, passed=True)
    for link, says in {"1.5.2.24": "cut", "2.5.end": "version 2", "1.5.x.1.1.end": "no counts"}.items():
        with pytest.raises(ValueError, match=says):
            counted.read(link)
