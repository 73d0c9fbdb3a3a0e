"""A challenge: what is measured of a picture, what has to be so besides, and the best there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

# A number may be so much larger than a limit, as a share of it: computers round.
ROUNDING = 1e-9
STARS = ("☆☆☆", "★☆☆", "★★☆", "★★★")

Measures = Mapping[str, float]


@dataclass(frozen=True)
class Limit:
    """What has to be so: a measure at most that large, or at least where `at_least` says so."""

    measure: str
    bound: float
    at_least: bool = False

    def lacks(self, measures: Measures) -> float:
        """How much is missing, in units of the measure; 0 where it is so."""
        over = measures[self.measure] - self.bound
        over = -over if self.at_least else over
        return over if over > ROUNDING * abs(self.bound) else 0.0

    @property
    def told(self) -> str:
        """Which way it binds."""
        return "at least" if self.at_least else "at most"


@dataclass(frozen=True)
class Look:
    """The measures of a stage's picture at its first values and others.

    Two are equal that look at pictures of one identity from the same values.
    """

    identity: str
    first: tuple[tuple[str, Any], ...]
    picture: Callable[..., Any] = field(compare=False)

    def __call__(self, **values: Any) -> Measures:
        """What is measured there."""
        found: Measures = self.picture(**(dict(self.first) | values)).measures
        return found


@dataclass(frozen=True)
class Best:
    """The least score, and why there is no less: a theorem, or all that was tried.

    exact: whether there is no less. If not, `why` says how it was found. values: inputs of the stage, by
    their names, that reach it; queries of menus stand in `query`.
    """

    least: float
    why: str
    values: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    exact: bool = True


@dataclass(frozen=True, eq=False)
class Challenge:
    """One challenge: the lesson and the stage that it is set on, and how it is scored.

    name: in links and in readers' browsers, in letters. asks: the task. query: what the lesson's link says at
    its start. given: the entries of the link that have to stay; an empty text stands for what is left out.
    score: the measure that is to be small. required: what has to be so. best: finds the least score, from
    a look at the stage's pictures. limits: for three, two and one star, by how much the score may be larger
    than the least: a factor, and a number that is added.
    """

    name: str
    lesson: str
    stage: str
    title: str
    asks: str
    score: str
    best: Callable[[Look], Best]
    limits: tuple[tuple[float, float], ...]
    required: tuple[Limit, ...] = ()
    query: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)

    def bounds(self, least: float) -> tuple[float, ...]:
        """The largest scores that earn three stars, two and one."""
        return tuple(least * factor + added for factor, added in self.limits)

    def stars(self, measures: Measures, least: float) -> int:
        """How many a picture earns."""
        if any(each.lacks(measures) for each in self.required):
            return 0
        score = measures[self.score]
        return sum(score <= bound + ROUNDING * abs(bound) for bound in self.bounds(least))

    def missing(self, measures: Measures, least: float) -> float:
        """How much there is missing until three stars, each part as a share of its limit."""
        lacks = sum(each.lacks(measures) / (abs(each.bound) or 1.0) for each in self.required)
        three = self.bounds(least)[0]
        return lacks + max(measures[self.score] - three, 0.0) / (abs(three) or 1.0)
