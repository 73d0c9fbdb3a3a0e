"""Judging: the challenge that the link asks for is a task of its stage's picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache, partial
from math import floor, isfinite
from typing import Any

import streamlit as st

from pages.shared.numbers import beside, grouped, small
from pages.shared.stage.entrance import this_run
from pages.shared.stage.identity import identity
from pages.shared.stage.inputs.input import Input
from pages.shared.stage.picture import Picture, Verdict
from pages.shared.stage.scoring.challenge import STARS, Best, Challenge, Limit, Look, Measures
from pages.shared.stage.sweep import Draw

ASKED = "challenge of a run"


def ask(challenge: Challenge) -> None:
    """Set this challenge in this run of the page."""
    st.session_state[ASKED] = this_run(), challenge


def challenged(key: str, draw: Draw, inputs: Mapping[str, Input], query: Mapping[str, str]) -> Draw:
    """The picture of the stage of that key, with the challenge of this run where it is set on this stage.

    query: the link, which says whether the menus around the stage stand as the challenge has them.
    """
    run, challenge = st.session_state.get(ASKED, (None, None))
    if challenge is None or run is not this_run() or challenge.stage != key:
        return draw
    menus = all(query.get(name, "") == text for name, text in challenge.given.items() if name not in inputs)
    first = {name: each.value for name, each in inputs.items()}
    fixed = {
        name: inputs[name].read(text).value if text else first[name]
        for name, text in challenge.given.items()
        if name in inputs
    }
    found = best_of(challenge, Look(identity(draw), (*(first | fixed).items(),), draw)) if menus else None
    return partial(judged, draw, challenge, told_best(found) if found else None, fixed)


@lru_cache(maxsize=64)
def best_of(challenge: Challenge, look: Look) -> Best:
    """The best there is of a challenge, computed once."""
    return challenge.best(look)


def judged(
    draw: Draw,
    challenge: Challenge,
    best: tuple[float, str] | None,
    fixed: Mapping[str, Any],
    **values: Any,
) -> Picture:
    """The picture with the challenge as the first of its tasks.

    best: the least score, and what is said of it; None where the menus do not stand as they have to. fixed:
    the inputs that have to stay, and their values.
    """
    shown = draw(**values)
    name = f"Challenge: {challenge.asks}"
    moved = best is None or any(values[each] != value for each, value in fixed.items())
    if best is None or moved:
        verdict = Verdict(False, OTHER, known_as=kept_as(challenge), stars=0)
    else:
        verdict = verdict_of(challenge, shown.measures, *best)
    return replace(shown, tasks={name: verdict, **shown.tasks})


OTHER = (
    "A menu or a knob that belongs to this challenge stands elsewhere now. Set it back, or open the "
    "challenge again from its page."
)


def kept_as(challenge: Challenge) -> str:
    """What readers' browsers keep its stars under."""
    return f"challenge {challenge.name}"


def verdict_of(challenge: Challenge, measures: Measures, least: float, why: str) -> Verdict:
    """The stars, what they are for, and what is missing."""
    stars, bounds = challenge.stars(measures, least), challenge.bounds(least)
    score = measures[challenge.score]
    lacking = "".join(_lacking(each, measures) for each in challenge.required if each.lacks(measures))
    three, two, one = told(bounds[0]), told(bounds[1]), told(bounds[2])
    now = f"{STARS[stars]} Now: {challenge.score} {beside(score, bounds[0], told)}{lacking}."
    given = f"Three stars: at most {three}; two: {two}; one: {one}."
    missing = challenge.missing(measures, least)
    return Verdict(
        stars == 3,
        f"{now} {given} {why}",
        missing if isfinite(missing) else None,
        kept_as(challenge),
        stars,
    )


def _lacking(limit: Limit, measures: Measures) -> str:
    """What else has to be so, and is not."""
    now = measures[limit.measure]
    there = beside(limit.bound, now, told)
    return f", {limit.measure} {beside(now, limit.bound, told)}, which has to be {limit.told} {there}"


def told(number: float) -> str:
    """A count with all its digits, or the largest below a bound on counts; another number with four."""
    return grouped(floor(number)) if float(number).is_integer() or number > 1000.0 else small(number)


def told_best(found: Best) -> tuple[float, str]:
    """The least score, and in words whether there is no less."""
    what = "The least there is" if found.exact else "The least that was found"
    return found.least, f"{what}: {told(found.least)}, {found.why}."
