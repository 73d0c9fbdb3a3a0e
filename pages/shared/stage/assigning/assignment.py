"""An assignment: a picture with a task in a teacher's words, and the goals by which it is judged."""

from __future__ import annotations

import json
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, field
from functools import lru_cache
from math import isfinite
from operator import ge, gt, le, lt
from typing import Any

from pages.shared.stage.inputs.reading import shown

TASK, COUNTED = "task", "did"
VERSION = "1"
LONGEST_WORDS, MOST_GOALS, MOST_HINTS = 300, 5, 20
LONGEST_LINK, LONGEST_TEXT, SUM = 4_000, 20_000, 8
COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "at most": le,
    "at least": ge,
    "below": lt,
    "above": gt,
}
# What stands in a link for the window that shows it.
OF_THE_WINDOW = ("present",)


@dataclass(frozen=True)
class Goal:
    """What a picture measures, compared with a number: largest error, below, 0.1.

    Raises ValueError where there is no such comparison, or the number is not finite.
    """

    measure: str
    comparison: str
    number: float

    def __post_init__(self) -> None:
        if self.comparison not in COMPARISONS:
            rule = f"a goal compares by one of {', '.join(COMPARISONS)}"
            raise ValueError(f"{rule}, got {shown(self.comparison)}")
        if not isfinite(self.number):
            raise ValueError(f"a goal's number is finite, got {self.number}")

    def met(self, found: float) -> bool:
        """Whether a number is on the right side of the goal's; one that is not finite never is."""
        return isfinite(found) and COMPARISONS[self.comparison](found, self.number)

    def short_of(self, found: float) -> float:
        """How far a number is from the goal's, as a share of that, or of 1 if 1 is more; 0 where it is met.

        At the goal's number itself, where that is not enough, a millionth is missing.
        """
        if self.met(found):
            return 0.0
        return max(abs(found - self.number) / max(abs(self.number), 1.0), 1e-6) if isfinite(found) else 1e9


@dataclass(frozen=True)
class Assignment:
    """A picture of a lesson as a task.

    lesson: the page's name in its address. stage: the key of the picture there. free: the inputs that the
    student sets; locked: those that are shown and stay as they are; all others are hidden. said: what the
    link of the teacher's picture says, by name: where the free inputs start, and what all else is.
    words: the task in the teacher's words. passes: how many of the goals have to be met. hints: how many
    steps of hints there are. name: a few letters that stand for this assignment and no other.
    Raises ValueError where one of these cannot be meant.
    """

    lesson: str
    stage: str
    free: tuple[str, ...]
    locked: tuple[str, ...]
    said: Mapping[str, str]
    words: str
    goals: tuple[Goal, ...]
    passes: int
    hints: int
    name: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        if not self.free:
            raise ValueError("a student needs something to set: leave at least one control free")
        if both := set(self.free) & set(self.locked):
            raise ValueError(f"a control is free or locked, got both for {', '.join(sorted(both))}")
        if not 0 < len(self.words.strip()) <= LONGEST_WORDS:
            raise ValueError(f"a task has 1 to {LONGEST_WORDS} characters, got {len(self.words.strip())}")
        if not 0 < len(self.goals) <= MOST_GOALS:
            raise ValueError(f"there are 1 to {MOST_GOALS} goals, got {len(self.goals)}")
        if not 0 < self.passes <= len(self.goals):
            raise ValueError(f"1 to {len(self.goals)} of the goals have to be met, got {self.passes}")
        if not 0 <= self.hints <= MOST_HINTS:
            raise ValueError(f"there are 0 to {MOST_HINTS} hints, got {self.hints}")
        name = _sum(written(self)).translate(str.maketrans("0123456789", "ghijklmnop"))
        object.__setattr__(self, "name", name)

    def holds(self, query: Mapping[str, str]) -> dict[str, str]:
        """What a link says once all that is not free is as it was set, whatever was written there."""
        own = (*self.free, TASK, COUNTED, *OF_THE_WINDOW)
        fixed = {name: text for name, text in self.said.items() if name not in own}
        return {name: text for name, text in query.items() if name in own} | fixed


def written(assignment: Assignment) -> str:
    """The assignment as a link says it: a version, the whole of it, and a sum by which a cut is noticed.

    1.<base64 of the compressed JSON>.<eight digits>: letters, digits, `_`, `.` and `-` only.
    """
    parts = [
        *(getattr(assignment, each) for each in ("lesson", "stage", "free", "locked", "said", "words")),
        [astuple(goal) for goal in assignment.goals],
        assignment.passes,
        assignment.hints,
    ]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    body = urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    return f"{VERSION}.{body}.{_sum(body)}"


@lru_cache(64)
def read(link: str) -> Assignment:
    """The assignment that a link says. Raises ValueError with what is wrong with it."""
    version, _, rest = link.partition(".")
    if version != VERSION and re.fullmatch(r"\d{1,4}", version):
        raise ValueError(f"it is of version {version}, and this page reads version {VERSION}")
    body, _, control = rest.partition(".")
    if len(link) > LONGEST_LINK:
        raise ValueError(f"it has {len(link)} characters, and at most {LONGEST_LINK} are read")
    if version != VERSION or len(control) < SUM:
        raise ValueError("it was cut: its end is missing")
    if control != _sum(body):
        raise ValueError(
            "it was changed on its way, or cut: its characters do not add up to the sum at its end"
        )
    try:
        return _made(json.loads(_unpacked(body)))
    except (Error, zlib.error, UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise ValueError("it holds no assignment") from None


def assigned(query: Mapping[str, str]) -> Assignment | None:
    """The assignment of a link; None where it has none, or none that can be read."""
    try:
        return read(query[TASK]) if TASK in query else None
    except ValueError:
        return None


def _unpacked(body: str) -> str:
    """The text; of one that would be very long a part, which is then no JSON."""
    packed = urlsafe_b64decode(body + "=" * (-len(body) % 4))
    return zlib.decompressobj().decompress(packed, LONGEST_TEXT).decode()


def _sum(text: str) -> str:
    return zlib.crc32(text.encode(errors="replace")).to_bytes(SUM // 2, "big").hex()


def _made(parts: Any) -> Assignment:
    """The assignment of these parts; each is looked at, for anybody may write a link."""
    if not isinstance(parts, list) or len(parts) != 9:
        raise ValueError("it holds no assignment")
    lesson, stage, free, locked, said, words, goals, passes, hints = parts
    _require(all(isinstance(each, str) for each in (lesson, stage, words)), "its words")
    _require(_texts(free) and _texts(locked), "its controls")
    _require(isinstance(said, dict) and _texts([*said.values()]), "its picture")
    _require(all(type(each) is int for each in (passes, hints)), "its pass mark or its hints")
    _require(isinstance(goals, list) and all(map(_is_goal, goals)), "its goals")
    found = tuple(Goal(measure, comparison, float(number)) for measure, comparison, number in goals)
    return Assignment(lesson, stage, tuple(free), tuple(locked), said, words, found, passes, hints)


def _texts(parts: Any) -> bool:
    return isinstance(parts, list) and all(isinstance(each, str) for each in parts)


def _is_goal(parts: Any) -> bool:
    """Whether these are a measure, a comparison and a number."""
    if not isinstance(parts, list) or len(parts) != 3:
        return False
    return _texts(parts[:2]) and type(parts[2]) in (int, float) and abs(parts[2]) <= 1e100


def _require(right: bool, part: str) -> None:
    if not right:
        raise ValueError(f"{part} cannot be read")
