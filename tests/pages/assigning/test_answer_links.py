"""A teacher's part: a picture becomes a task, and what comes back is judged anew."""

from dataclasses import replace
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.assigning import telling
from pages.shared.assigning.form import link_of, picked, pictures
from pages.shared.assigning.pasted import as_csv, collected, rows, table
from pages.shared.assigning.together import shown, together
from pages.shared.contents import LESSONS
from pages.shared.numbers import lowered
from pages.shared.stage.assigning.assignment import Assignment, Goal, written
from tests.pages.conftest import open_page

HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) **b** $x$"
WORDS = f"Follow the curve. {HOSTILE}"
FREE = ("h1", "h2", "h3")
TASK = Assignment(
    "bumps", "challenge", FREE, ("hint",), {"bumps": "3"}, WORDS, (Goal("largest error", "below", 0.6),), 1, 2
)
SITE = "https://example.org/superpose/bumps"
SOLVED = {"h1": "0.25", "h2": "0.35", "h3": "0.7"}
COUNTED = "1.4.1.75.1.end"


def answer_link(task: Assignment = TASK, did: str = COUNTED, **state: str) -> str:
    return f"{SITE}?{urlencode({**state, 'task': written(task), 'did': did})}"


def text_of(at: AppTest) -> str:
    return " ".join(each.value for kind in ("markdown", "warning", "error", "info") for each in at.get(kind))


def test_a_picture_whose_lesson_trains_first_can_be_assigned_too() -> None:
    found: list[str] = []

    def look() -> None:
        found.extend(each.key for each in pictures("https://a.b/gradient_descent?scene=curve&units=2"))

    visit = Thread(target=look, daemon=True)
    visit.start()
    visit.join(60)
    assert found, "whoever waits for the training had the turn that it waited for"


def test_every_picture_of_every_lesson_can_be_assigned_and_begins_as_it_was() -> None:
    for lesson in LESSONS:
        for picture in pictures(f"https://a.b/{lesson.name}"):
            measures = picture.measures()
            names = tuple(picture.stage.inputs)
            goal = Goal(next(iter(measures), "none"), "at least", 0.0)
            task = Assignment(lesson.name, picture.key, names[:1], names[1:2], {}, "Try.", (goal,), 1, 1)
            assert picture.begun(task).says


def test_an_answer_is_judged_by_what_it_shows_and_a_forged_score_is_not_believed() -> None:
    found = collected(f"Ada, {answer_link(**SOLVED)}\nEve, {answer_link()}")
    assert [each.verdict.done for each in found.answers] == [True, False]
    assert found.answers[0].remarks == ()
    assert found.answers[1].remarks == ("the link says “passed”: it is not believed",)


def test_what_is_locked_is_judged_as_it_was_set_and_named_where_a_link_says_otherwise() -> None:
    found = collected(answer_link(**SOLVED, bumps="8", reveal="100")).answers[0]
    honest = collected(answer_link(**SOLVED)).answers[0]
    assert found.verdict == honest.verdict
    assert found.remarks == (
        "bumps in the link is not what was set",
        "reveal in the link is not what was set",
    )


def test_thirty_answers_of_which_three_are_others_keep_the_rest() -> None:
    good = [answer_link(**SOLVED | {"h1": f"{k / 100}"}) for k in range(27)]
    other = answer_link(replace(TASK, words="Something else."))
    cut = answer_link(**SOLVED)[:-80]
    newer = f"{SITE}?task=2{written(TASK)[1:]}"
    found = collected(
        "\n".join([*good[:10], other, *good[10:20], f"Bob\t{cut}", newer, *good[20:], "no link"])
    )
    assert len(found.answers) == 27
    assert len(found.complaints) == 4
    for says in (
        "line 11: it answers another assignment: “Something else.”",
        "line 22, Bob: its",
        "version 2",
    ):
        assert any(says in each for each in found.complaints), says
    assert "line 31: there is no link in it." in found.complaints


def test_an_answer_whose_counts_were_cut_is_judged_all_the_same() -> None:
    found = collected(answer_link(**SOLVED, did="1.4.1")).answers[0]
    assert found.verdict.done
    assert found.counted is None
    assert "cut" in found.remarks[0]


def test_what_in_an_answer_is_no_value_is_named_and_the_rest_is_judged() -> None:
    found = collected(answer_link(**SOLVED | {"h2": "x"})).answers[0]
    assert found.remarks[0] == f"height h{lowered(2)}: “x” is not a number; 0 stands."


def test_the_table_is_saved_so_that_no_program_computes_a_name() -> None:
    found = collected(f"=1+1, {answer_link(**SOLVED)}")
    lines = as_csv(table(found.answers)).splitlines()
    assert lines[0].startswith("name,verdict,as computed,attempts,hints,minutes,remarks")
    assert lines[1].startswith("'=1+1,passed,")


def test_names_stand_before_links_however_a_table_separates_them() -> None:
    found = rows('Ada, https://a.b/c?x=1\n"Grace";"https://a.b/d"\n\nhttps://a.b/e')
    assert [(each.name, each.link) for each in found] == [
        ("Ada", "https://a.b/c?x=1"),
        ("Grace", "https://a.b/d"),
        ("line 4", "https://a.b/e"),
    ]


def test_all_curves_stand_in_one_plot_on_the_target_and_are_those_of_the_networks() -> None:
    found = collected("\n".join(answer_link(**SOLVED | {"h1": f"{k / 10}"}) for k in range(5)))
    plot = together(shown(found.answers), 3.0).message()["plots"][0]
    assert plot["layout"]["margin"]["r"] < 40, "no curve has a name at its end"
    data: list[dict[str, Any]] = plot["data"]
    assert [each["name"] for each in data] == [*["an answer"] * 5, "target", "this answer"]
    own = next(
        each for each in found.answers[2].picture.message()["plots"][0]["data"] if each["name"] == "network"
    )
    assert (data[2]["y"] == own["y"]).all()
    assert (data[-1]["y"] == own["y"]).all()


def test_a_link_of_the_form_brings_the_picture_back_as_it_was_set() -> None:
    picture = picked(pictures(f"{SITE}?h1=0.2&bumps=3&framed=knobs"), "challenge")
    task = replace(TASK, said=picture.said)
    assert picture.said == {"h1": "0.2", "bumps": "3"}
    assert dict(parse_qsl(urlsplit(f"x?{urlencode(link_of(task, picture))}").query)) == {
        "task": written(task)
    }
    inputs = picture.stage.for_student(task).inputs
    assert [*inputs] == ["h1", "h2", "h3", "hint"]
    assert inputs["h1"].value == 0.2


def test_the_form_says_what_is_missing_and_then_gives_the_link() -> None:
    at = open_page("pages/assign.py", of="bumps_3Fbumps_3D3", picture="challenge")
    assert "Not yet a task: a task has 1 to 300 characters, got 0" in text_of(at).replace("\\", "")
    at.text_area(key="words").set_value(WORDS)
    at.run()
    assert not at.exception
    assert "/bumps?task=1." in at.code[0].value
    assert "At the start: Not yet" in text_of(at).replace("\\", "")


def test_a_page_of_answers_shows_words_and_names_as_they_were_typed() -> None:
    at = open_page("pages/answers.py")
    at.text_area(key="pasted").set_value(f"{HOSTILE}, {answer_link(**SOLVED)}\n{HOSTILE}")
    at.run()
    assert not at.exception
    assert "1 of 1 answers pass." in text_of(at)
    assert "<img" not in text_of(at).replace("\\<img", "")
    assert at.dataframe[0].value["verdict"].tolist() == ["passed"]


@pytest.mark.parametrize(
    ("page", "query", "says"),
    [
        ("bumps", {"task": written(TASK)[:60]}, "cut"),
        ("towers", {"task": written(TASK)}, "about “Bumps”"),
        ("bumps", {"task": written(TASK), "did": "1.4"}, "Attempts, hints and time"),
        ("bumps", {"task": written(TASK), "did": COUNTED}, ""),
    ],
)
def test_a_task_that_cannot_be_read_is_named_above_the_page(
    page: str, query: dict[str, str], says: str
) -> None:
    found = " ".join(telling.complaints(page, query))
    assert says in found
    assert bool(says) == bool(found)
