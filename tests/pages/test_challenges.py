"""Every challenge: three stars are where its best is, which nothing beside it beats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from pages.shared.challenges.listing import CHALLENGES, IN_THE_LINK, address_of, query_of
from pages.shared.contents import LESSONS
from pages.shared.stage.identity import identity
from pages.shared.stage.scoring.challenge import Best, Challenge, Limit, Look
from pages.shared.stage.scoring.judging import OTHER, best_of, verdict_of

CASES = [pytest.param(each, id=each.name) for each in CHALLENGES]


def shown(stages: Any, challenge: Challenge, query: dict[str, str]) -> Any:
    return stages(f"pages/{challenge.lesson}.py", **query)[challenge.stage]


def verdict(stage: Any, values: dict[str, Any]) -> Any:
    state = {name: each.value for name, each in stage.inputs.items()} | values
    (told,) = (each for each in stage.picture(**state).tasks.values() if each.stars is not None)
    return told


def linked(stage: Any, query: dict[str, str]) -> dict[str, Any]:
    return {name: stage.inputs[name].read(text).value for name, text in query.items() if name in stage.inputs}


def found_by(stage: Any) -> Best:
    """What the page itself found, as it is bound to the picture."""
    draw, challenge, _, fixed = stage.picture.args
    first = {name: each.value for name, each in stage.inputs.items()}
    return best_of(challenge, Look(identity(draw), (*(first | fixed).items(),), draw))


def test_there_are_challenges_in_every_lesson_each_of_a_name_of_its_own() -> None:
    assert len(CHALLENGES) >= 16
    assert {each.lesson for each in CHALLENGES} == {each.name for each in LESSONS}
    assert (
        len({each.name for each in CHALLENGES}) == len({each.title for each in CHALLENGES}) == len(CHALLENGES)
    )


@pytest.mark.parametrize("challenge", CASES)
def test_its_link_opens_it_and_three_stars_are_where_the_best_is_which_nothing_beside_it_beats(
    challenge: Challenge, look: Any
) -> None:
    parts = urlsplit(address_of(challenge))
    query = dict(parse_qsl(parts.query))
    assert query[IN_THE_LINK] == challenge.name
    page = look(f"pages/{parts.path}.py", **query)
    assert not page.at.exception
    assert not page.at.warning
    assert [each.label for each in page.at.button if each.label == "Leave the challenge"]
    stage = page.stages[challenge.stage]
    found, start = found_by(stage), linked(stage, challenge.query)
    assert verdict(stage, start).stars < 3
    if found.query:
        stage = look(f"pages/{parts.path}.py", **query | found.query).stages[challenge.stage]
    assert all(stage.inputs[name].read(value) == (value, None) for name, value in found.values.items())
    told = verdict(stage, start | found.values)
    assert (told.stars, told.done, told.miss) == (3, True, 0.0), told.says
    better = list(lesser(stage, challenge, start | found.values, found))
    assert better == []


def lesser(stage: Any, challenge: Challenge, state: dict[str, Any], found: Best) -> Iterator[object]:
    """What beats the best among its neighbours on every scale that it sets and that is free."""
    state = {name: each.value for name, each in stage.inputs.items()} | state
    for name in found.values.keys() - challenge.given.keys():
        steps = stage.inputs[name].steps
        at = steps.index(state[name])
        for other in steps[max(at - 1, 0) : at + 2]:
            measures = stage.picture.args[0](**{**state, name: other}).measures
            lacks = any(each.lacks(measures) for each in challenge.required)
            if not lacks and measures[challenge.score] < found.least * (1 - 1e-9):
                yield name, other


def test_a_menu_that_stands_elsewhere_earns_no_star(stages: Any) -> None:
    few = next(each for each in CHALLENGES if each.name == "few_hinges")
    stage = shown(stages, few, query_of(few) | {"target": "corner"})
    assert verdict(stage, {"n": 100.0}).says == OTHER
    gentle = next(each for each in CHALLENGES if each.name == "gentle")
    told = verdict(shown(stages, gentle, query_of(gentle)), {"weight": 2.2, "activation": "step"})
    assert (told.says, told.stars) == (OTHER, 0)


def test_a_challenge_that_is_none_of_the_lesson_is_named_and_nothing_is_added(
    opened: Any, stages: Any
) -> None:
    for name in ("five_bumps", "<b>x</b>"):
        (warning,) = opened("pages/single_neuron.py", challenge=name).warning
        assert name.strip("<>")[0] in warning.value
        stage = stages("pages/single_neuron.py", challenge=name)["single_neuron"]
        first = {each: found.value for each, found in stage.inputs.items()}
        assert all(each.stars is None for each in stage.picture(**first).tasks.values())


def test_stars_fall_with_the_score_and_none_are_given_while_something_is_missing() -> None:
    example = replace(CHALLENGES[0], required=(Limit("a", 1.0),), score="b", limits=((1, 0), (2, 0), (3, 0)))
    stars = [example.stars({"a": 1.0, "b": b}, 10.0) for b in (10.0, 10.1, 20.0, 30.0, 30.1)]
    assert stars == [3, 2, 2, 1, 0]
    assert example.stars({"a": 1.1, "b": 0.0}, 10.0) == 0
    says = verdict_of(example, {"a": 1.1, "b": 12.0}, 10.0, "why").says
    assert "has to be at most 1" in says
    assert says.startswith("☆☆☆")
    assert says.endswith("why")
