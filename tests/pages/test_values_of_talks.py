"""What a talk says of values in links is what the lessons say: it calls no good one bad."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from nn_core.numerals import number
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.talks.entries import ENTRIES
from pages.shared.talks.stops import STOPS
from pages.shared.talks.values import VALUES
from tests.pages.test_lessons import CASES

SHOWN = [
    *((name, dict(parse_qsl(stop.query))) for name in VALUES for stop in STOPS[name]),
    *((Path(page).stem, query) for page, query in CASES if Path(page).stem in VALUES),
]


def letters(text: str) -> str:
    """What tells a name from others, as static/own.js has it."""
    return re.sub("[^a-z0-9.-]", "", unicodedata.normalize("NFKD", text).lower())


def is_good(rule: dict[str, Any], text: str) -> bool:
    """Whether the rule takes the value, as static/own.js judges it."""
    if "options" in rule:
        return letters(text) in map(letters, rule["options"])
    found = number(text)
    return found is not None and rule["low"] <= found <= rule["high"]


def taken(found: Any) -> Iterator[tuple[str, str]]:
    """For each entry of a page values that it takes: the ends of knobs, and all names."""
    for stage in found.stages.values():
        for name, each in stage.inputs.items():
            if isinstance(each, Knob):
                yield from ((name, each.write(end)) for end in (each.low, each.high))
            elif isinstance(each, Choice):
                yield from ((name, text) for option in each.options for text in (option, each.write(option)))
    for menu in (*found.at.selectbox, *found.at.button_group):
        choice = Choice(menu.label, [str(option) for option in menu.options], str(menu.options[0]))
        yield from ((menu.key, choice.write(option)) for option in choice.options)


def test_a_rule_is_about_an_entry_of_its_lesson() -> None:
    for lesson, rules in VALUES.items():
        assert rules.keys() <= {*ENTRIES[lesson]}, lesson


def test_no_value_that_a_lesson_takes_is_called_bad(look: Any) -> None:
    for lesson, query in SHOWN:
        rules = VALUES[lesson]
        for name, text in taken(look(f"pages/{lesson}.py", **query)):
            assert name not in rules or is_good(rules[name], text), (lesson, query, name, text)


def test_no_value_of_a_stop_is_called_bad() -> None:
    for lesson, query in SHOWN:
        for name, text in query.items():
            rule = VALUES[lesson].get(name)
            assert not rule or is_good(rule, text), (lesson, name, text)


@pytest.mark.parametrize("lesson", VALUES)
def test_what_is_called_bad_the_lesson_complains_of_too(lesson: str, look: Any, opened: Any) -> None:
    (first, *_) = look(f"pages/{lesson}.py").stages.values()
    beyond = {
        name: str(VALUES[lesson][name]["high"] + 1.0)
        for name, each in first.inputs.items()
        if isinstance(each, Knob) and name in VALUES[lesson]
    }
    at = opened(f"pages/{lesson}.py", **beyond)
    complaints = "\n".join(each.value for each in at.warning)
    assert len(at.warning) >= len(beyond), complaints
