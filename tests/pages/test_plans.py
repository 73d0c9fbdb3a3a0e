"""The lesson plans: their minutes add up, and every link in them opens what it names."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pages.shared.challenges.listing import NAMED, query_of
from pages.shared.contents import LESSONS
from pages.shared.talks.plans import PLANS
from pages.shared.talks.stops import STOPS

STEPS = [step for plan in PLANS for step in plan.steps]


def test_there_are_plans_of_10_45_and_90_minutes_and_their_steps_add_up() -> None:
    assert [plan.minutes for plan in PLANS] == [10, 45, 90, 90]
    assert [sum(step.minutes for step in plan.steps) for plan in PLANS] == [10, 45, 90, 90]


def test_a_plan_has_goals_questions_challenges_beliefs_and_a_sheet_where_there_is_time() -> None:
    for plan in PLANS:
        assert plan.goals
        assert any(step.stops for step in plan.steps)
        assert any(step.challenges for step in plan.steps)
        if plan.minutes > 10:
            assert any(step.belief for step in plan.steps)
            assert any(step.sheet is not None for step in plan.steps)


def test_every_stop_and_challenge_of_a_step_is_one_of_its_lesson() -> None:
    for step in STEPS:
        assert {*step.stops} <= {each.name for each in STOPS[step.lesson]}
        assert {NAMED[name].lesson for name in step.challenges} <= {step.lesson}


def test_every_link_of_the_page_is_a_stop_a_challenge_or_a_scene_and_opens_without_complaint(
    opened: Any, look: Any
) -> None:
    page = opened("pages/for_teachers.py")
    assert not page.exception
    addresses = {
        unescape(each) for text in page.markdown for each in re.findall(r'href="([^"]*)"', text.value)
    }
    known = {(each.name, stop.query) for each in LESSONS for stop in STOPS[each.name]}
    challenges = {(each.lesson, frozenset(query_of(each).items())) for each in NAMED.values()}
    sheets = {(step.lesson, step.sheet) for step in STEPS}
    assert len(addresses) > 20
    for address in addresses:
        lesson, _, query = address.partition("?")
        asked = dict(parse_qsl(urlsplit(address).query))
        where = (lesson, query)
        assert where in known | sheets or (lesson, frozenset(asked.items())) in challenges, address
        if where in sheets:
            shown = look(f"pages/{lesson}.py", **asked)
            assert not shown.at.exception
            assert not shown.at.warning


def test_a_belief_is_expected_where_its_lesson_has_its_card(look: Any) -> None:
    for step in STEPS:
        if step.belief:
            pages = (
                look(f"pages/{step.lesson}.py", **dict(parse_qsl(query))) for _, query, _ in step.shown()
            )
            cards = {card.label for page in pages for stage in page.stages.values() for card in stage.cards}
            assert step.belief.label in cards
