"""What can be assigned: the pictures of a link, and what each of them measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from pages.shared.assigning.elsewhere import stages_of
from pages.shared.stage.assigning.assignment import (
    COUNTED,
    OF_THE_WINDOW,
    TASK,
    Assignment,
    assigned,
    written,
)
from pages.shared.stage.assigning.held import started, to_be_said
from pages.shared.stage.assigning.judging import measured
from pages.shared.stage.entrance import straightened
from pages.shared.stage.picture import Verdict
from pages.shared.stage.stage import Stage

NOT_SAID = (TASK, COUNTED, *OF_THE_WINDOW, "embed", "embed_options", "framed")


@dataclass(frozen=True)
class Picked:
    """A picture of a lesson as a link shows it. said: what the link says of it, by name."""

    lesson: str
    stage: Stage
    said: Mapping[str, str]

    @property
    def key(self) -> str:
        """The key of its stage."""
        return self.stage.key

    @property
    def name(self) -> str:
        """What it is called."""
        return self.key.replace("_", " ")

    def measures(self) -> dict[str, float]:
        """What it measures, and what that is now. Raises ValueError where there is no picture."""
        values = started(self.stage.inputs, self.said)
        return measured(self.stage.picture(**values), self.stage.inputs, values)

    def begun(self, task: Assignment) -> Verdict:
        """How a task stands where it begins. Raises ValueError where there is no picture."""
        asked = self.stage.for_student(task)
        values = {name: each.value for name, each in asked.inputs.items()}
        return asked.picture(**{**values, **_drawn(self, task)}).tasks[task.words]


def pictures(text: str) -> list[Picked]:
    """The pictures on the page of a link. Raises ValueError with what is wrong with it."""
    address = urlsplit(text.strip())
    query = straightened(dict(parse_qsl(address.query, keep_blank_values=True)))
    task = assigned(query)
    query = task.holds(query) if task else query
    said = {name: each for name, each in query.items() if name not in NOT_SAID}
    lesson = address.path.rstrip("/").rsplit("/", 1)[-1]
    return [Picked(lesson, each, said) for each in stages_of(lesson, said)]


def picked(found: Sequence[Picked], name: str | None) -> Picked:
    """The picture of that name, or the first."""
    return next((each for each in found if each.name == name), found[0])


def link_of(task: Assignment, picture: Picked) -> dict[str, str]:
    """What the student's link says."""
    return {TASK: written(task), **to_be_said(picture.stage.inputs, task)}


def _drawn(picture: Picked, task: Assignment) -> dict[str, object]:
    """The start of what always starts empty."""
    said = to_be_said(picture.stage.inputs, task)
    return {name: picture.stage.inputs[name].read(text).value for name, text in said.items()}
