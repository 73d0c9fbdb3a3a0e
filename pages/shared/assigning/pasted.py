"""Pasted: answer links, with or without names, each judged anew from the state that it says."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pages.shared.assigning.elsewhere import stages_of
from pages.shared.stage.assigning.assignment import COUNTED, TASK, Assignment, read
from pages.shared.stage.assigning.counted import Counted
from pages.shared.stage.assigning.counted import read as read_counted
from pages.shared.stage.entrance import straightened
from pages.shared.stage.links import read as read_link
from pages.shared.stage.picture import Picture, Verdict
from pages.shared.stage.stage import Stage

MOST_LINES, LONGEST_LINE = 200, 8_000
# A table that begins a cell with one of these has it computed by programs that open it.
COMPUTED = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Row:
    """A line that was pasted: a name, and the link."""

    number: int
    name: str
    link: str

    @property
    def query(self) -> dict[str, str]:
        """What the link says."""
        return straightened(dict(parse_qsl(urlsplit(self.link).query, keep_blank_values=True)))


@dataclass(frozen=True)
class Answer:
    """An answer: who gave it, what its link says was counted, and the picture and verdict computed now."""

    name: str
    link: str
    counted: Counted | None
    picture: Picture
    verdict: Verdict
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Class:
    """The answers to one assignment, and what is said of the lines that are none."""

    assignment: Assignment | None
    answers: tuple[Answer, ...]
    complaints: tuple[str, ...]


def rows(text: str) -> list[Row]:
    """The lines of a text that hold a link: what stands before it is the name, else the line's number is."""
    found = []
    for number, line in enumerate(text[: MOST_LINES * LONGEST_LINE].splitlines(), 1):
        at = min((line.find(each) for each in ("http://", "https://") if each in line), default=-1)
        name, link = (line[:at], line[at:].split()[0]) if at >= 0 else ("", line)
        if line.strip():
            link = link.strip(" \t,;\"'<>") if at >= 0 else ""
            found.append(Row(number, name.strip(" \t,;\"'<>")[:60] or f"line {number}", link))
    return found[:MOST_LINES]


def collected(text: str) -> Class:
    """The answers in a text, each judged anew; most lines say which assignment they are about."""
    tasks, complaints = {}, []
    lines = rows(text)
    for row in lines:
        try:
            tasks[row.number] = _task(row)
        except ValueError as error:
            complaints.append(f"{_where(row)}: {error}.")
    if not tasks:
        return Class(None, (), tuple(complaints))
    name = Counter(each.name for each in tasks.values()).most_common(1)[0][0]
    task = next(each for each in tasks.values() if each.name == name)
    answers = []
    for row in lines:
        if row.number in tasks and tasks[row.number].name != name:
            others = tasks[row.number].words
            complaints.append(f"{_where(row)}: it answers another assignment: “{others[:80]}”.")
        elif row.number in tasks:
            try:
                answers.append(answer(row, task))
            except ValueError as error:
                complaints.append(f"{_where(row)}: {error}.")
    return Class(task, tuple(answers), tuple(complaints))


def _where(row: Row) -> str:
    """Which line it is."""
    return row.name if row.name == f"line {row.number}" else f"line {row.number}, {row.name}"


def _task(row: Row) -> Assignment:
    """The assignment of a line. Raises ValueError with what is wrong with it."""
    if not row.link:
        raise ValueError("there is no link in it")
    if TASK not in row.query:
        raise ValueError("its link holds no assignment: it is the link of a picture, or its end is missing")
    try:
        return read(row.query[TASK])
    except ValueError as error:
        raise ValueError(f"its assignment cannot be read: {error}") from None


def the_stage(lesson: str, key: str, said: Mapping[str, str]) -> Stage:
    """The stage of that key on a lesson's page. Raises ValueError where there is none."""
    found = next((each for each in stages_of(lesson, said) if each.key == key), None)
    if found is None:
        raise ValueError("its picture is not on the page of its lesson any more")
    return found


def answer(row: Row, task: Assignment) -> Answer:
    """The answer of a line, its picture computed from the state that the link says.

    Raises ValueError where it says no answer, or has no picture there.
    """
    asked = the_stage(task.lesson, task.stage, task.holds({})).for_student(task)
    values, complaints = read_link(asked.inputs, task.holds(row.query))
    remarks, counted = [*complaints], None
    try:
        if COUNTED not in row.query:
            raise ValueError("the link says nothing of it")
        counted = read_counted(row.query[COUNTED])
    except ValueError as error:
        remarks.append(f"attempts, hints and time: {error}")
    picture = asked.picture(**values)
    verdict = picture.tasks[task.words]
    if counted and counted.passed != verdict.done:
        says = "passed" if counted.passed else "not passed"
        remarks.append(f"the link says “{says}”: it is not believed")
    remarks += [f"{name} in the link is not what was set" for name in _changed(row.query, task)]
    return Answer(row.name, row.link, counted, picture, verdict, tuple(remarks))


def _changed(query: Mapping[str, str], task: Assignment) -> list[str]:
    """The entries that the assignment has set, and the link says otherwise."""
    held = task.holds(query)
    return sorted(name for name in query if held.get(name) != query[name])


def table(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    """A row for each answer, in columns."""
    return [
        {
            "name": each.name,
            "verdict": "passed" if each.verdict.done else "not passed",
            "as computed": each.verdict.says,
            "attempts": each.counted and each.counted.attempts,
            "hints": each.counted and each.counted.hints,
            "minutes": each.counted and round(each.counted.seconds / 60, 1),
            "remarks": "; ".join(each.remarks),
            "link": each.link,
        }
        for each in answers
    ]


def as_csv(table_rows: Iterable[Mapping[str, Any]]) -> str:
    """The table as CSV, in which no cell is computed by the program that opens it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for index, row in enumerate(table_rows):
        if not index:
            writer.writerow(row)
        writer.writerow([_harmless(cell) for cell in row.values()])
    return text.getvalue()


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(COMPUTED) else cell
