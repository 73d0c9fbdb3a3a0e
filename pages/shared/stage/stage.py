"""The stage: a picture that follows the reader's hand.

The browser asks for sweeps and single pictures while a knob is held; when it is let go the value is
committed: it goes into the link. A request runs the stage alone, and there is one at a time; the page runs
again where it has read a value that was committed now. After a restart the server knows no such stage, and
drops the request; the browser then runs the whole page, and asks again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from pages.shared.crowd.process import settle
from pages.shared.figures.theme import PALETTE
from pages.shared.markdown import literal
from pages.shared.stage import entrance, links, wire
from pages.shared.stage.assigning.assignment import Assignment, assigned
from pages.shared.stage.assigning.counted import answered_with
from pages.shared.stage.assigning.held import freely, left, started
from pages.shared.stage.assigning.judging import judged
from pages.shared.stage.beside.pictures import door
from pages.shared.stage.blocks import Moved, file_block, hint_block, picture_block, sweep_block
from pages.shared.stage.component import mount
from pages.shared.stage.hints.search import Goals
from pages.shared.stage.identity import identity
from pages.shared.stage.inputs.input import Input
from pages.shared.stage.inputs.pixels import Pixels
from pages.shared.stage.inputs.points import Points
from pages.shared.stage.inputs.question import Question
from pages.shared.stage.inputs.sketch import Sketch
from pages.shared.stage.requests import Move, answered, asked_values, done, new_request
from pages.shared.stage.scoring.judging import challenged
from pages.shared.stage.sweep import Draw
from pages.shared.stage.taking.alone import alone
from pages.shared.stage.taking.files import ALONE, PACKAGE
from pages.shared.stage.taking.moving import Source
from pages.shared.stage.taking.package import package
from pages.shared.stage.wire import Block

settle()

LONGEST_TASK, LONGEST_FILE = 400, 64
# Where this stands in the state of a session, the stages of a page are put into it.
FOUND = "stages of a page"
State = Mapping[str, Any]


@dataclass(frozen=True)
class Preset:
    """A button that sets several inputs at once: a label, and the values by name."""

    label: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Card:
    """What many believe, as a task: done where the picture contradicts it.

    label: what they say; the picture's task of that name says how it stands. words: what to look at. values:
    what its button sets, by name.
    """

    label: str
    words: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def begun(self, **values: Any) -> Card:
        """The card with a button that sets these values."""
        return replace(self, values=values)


def _held(move: Move, hidden: State, free: Sequence[str], values: State, x: float, y: float) -> State:
    """What a grip changes of what is free."""
    return next(freely([move({**hidden, **values}, x, y)], free))


def _reachable(asked: Stage, hidden: State, free: Sequence[str], state: State) -> Iterable[State]:
    """The states that may do it, as far as what is free leads there."""
    return freely(asked.told_goals({**hidden, **state}), free)


def nowhere(state: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """No state in particular."""
    return ()


@dataclass(frozen=True)
class Stage:
    """All that a lesson says of a stage: what it shows, and what moves it. `stage` describes the parts.

    identity: changes when the picture does (see identity.py).
    Raises ValueError where the picture has none, where a preset sets what is no input, or to a value that
    the input does not take, and where a former name is that of an input or stands for none.
    """

    key: str
    picture: Draw
    inputs: Mapping[str, Input]
    presets: Sequence[Preset] = ()
    grips: Mapping[str, Move] = field(default_factory=dict)
    goals: Goals = nowhere
    formerly: Mapping[str, str] = field(default_factory=dict)
    cards: Sequence[Card] = ()
    pins: bool = True
    assigned: Assignment | None = None
    identity: str = field(init=False)

    def for_student(self, assignment: Assignment) -> Stage:
        """The stage with what an assignment leaves of it: its inputs, and the task as the only one."""
        inputs = left(self.inputs, assignment)
        start = started(self.inputs, assignment.said)
        hidden = {name: value for name, value in start.items() if name not in inputs}
        return Stage(
            self.key,
            partial(judged, self.picture, assignment, self.inputs, hidden),
            inputs,
            grips={name: partial(_held, move, hidden, assignment.free) for name, move in self.grips.items()},
            goals=partial(_reachable, self, hidden, assignment.free),
            pins=self.pins,
            assigned=assignment,
        )

    def told_goals(self, state: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """States that may do a task: those of the presets and cards, and those that are computed."""
        yield from ({**state, **preset.values} for preset in self.presets)
        yield from ({**state, **card.values} for card in self.cards if card.values)
        yield from ({**state, **goal} for goal in self.goals(state))

    def __post_init__(self) -> None:
        object.__setattr__(self, "identity", identity(self.picture))
        for old, name in self.formerly.items():
            if old in self.inputs or name not in self.inputs:
                raise ValueError(f"a former name is no input's and stands for one, got {old} for {name}")
        for label, values in self._buttons():
            for name, value in values.items():
                if name not in self.inputs or self.inputs[name].read(value) != (value, None):
                    raise ValueError(
                        f"a preset sets inputs of its stage to values that they take, "
                        f"got {name}={value!r} in “{label}” of {self.key}"
                    )

    def _buttons(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What sets several inputs at once: presets, cards, and what shows the answer to a question."""
        yield from ((each.label, each.values) for each in self.presets)
        yield from ((each.label, each.values) for each in self.cards)
        questions = (each for each in self.inputs.values() if isinstance(each, Question))
        yield from ((each.label, each.shows) for each in questions)


def stage(
    key: str,
    picture: Draw,
    *,
    presets: Sequence[Preset] = (),
    grips: Mapping[str, Move] | None = None,
    goals: Goals = nowhere,
    formerly: Mapping[str, str] | None = None,
    cards: Sequence[Card] = (),
    pins: bool = True,
    **inputs: Input,
) -> Mapping[str, Any]:
    """Show `picture` with its inputs, and return the committed values by name.

    key: unique on the page. picture: a function of the inputs' values that returns a Picture. It reads its
    arguments, imports and CONSTANTS; whatever else it needs is bound with functools.partial, so that the
    stage sees when that changes. presets: buttons that set several inputs at once.
    grips: for the name of each `Grip` of the picture, from the values and the place where it was dragged to,
    the values that change. goals: from the values others, computed, at which a task may be done: where a hint
    finds no way of its own, it leads there. formerly: for each name that an input had in old links, the name
    that it has now. cards: what many believe, each a task of the picture. pins: whether a picture can be
    pinned as a ghost; a page with pins of its own says no.
    The values live in the link: a bad one there is named in a warning and the default stands.
    Raises ValueError where the picture is a lambda, closes over variables or reads one of the page's, where a
    preset does not fit the inputs, and where an input has the name of one on another stage of the page.
    """
    once = dict(formerly or {})
    picture = challenged(key, picture, inputs, entrance.link())
    return run(
        Stage(key, picture, inputs, tuple(presets), dict(grips or {}), goals, once, tuple(cards), pins)
    )


def linked(**inputs: Input) -> Mapping[str, Any]:
    """The inputs' values as the link has them, before the stage takes what was let go in this run."""
    return links.Committed(*links.read(inputs, entrance.link()))


def run(asked: Stage) -> Mapping[str, Any]:
    """Show the stage in this run of the page, and return the committed values by name.

    Every stage of every lesson comes through here: a test that takes its place sees what a page asks for.
    Of a page with an assignment the stage that it is about is shown, and no other. Where a list of stages is
    wanted, none is shown.
    """
    query = entrance.link()
    links.claim(asked.key, [*asked.inputs, *asked.formerly])
    links.rename(query, asked.formerly)
    if FOUND in st.session_state:
        st.session_state[FOUND].append(asked)
        return links.Committed(*links.read(asked.inputs, query))
    committed, place = links.Committed(*links.read(asked.inputs, query)), st.container()
    task = assigned(query)
    if task and task.stage != asked.key:
        return committed
    _answer(asked.for_student(task) if task else asked, committed)
    for complaint in committed.complaints:
        place.warning(literal(complaint))
    return committed


@st.fragment
def _answer(asked: Stage, told: links.Committed) -> None:
    """Do what is asked in this run, of the page or of the stage alone. told: what the page was told."""
    query = entrance.link()
    request = new_request(asked.key)
    values = asked_values(asked.inputs, request, asked.grips) if request else None
    if values and request.get("commit"):
        links.update(query, asked.inputs, values)
    committed, complaints = links.read(asked.inputs, query)
    if told.become(committed, complaints):
        done(asked.key)
        st.rerun()
    message = _message(asked, committed, values or committed, request)
    mount(key=asked.key, data=wire.pack(message))
    done(asked.key)


def _message(
    asked: Stage, committed: Mapping[str, Any], values: Mapping[str, Any], request: Mapping[str, Any]
) -> dict[str, Any]:
    """What the browser gets: the stage, its picture at `values`, and what else is asked for."""
    shown = picture_block(asked.picture, asked.identity, values)
    return _lasting(asked) | {
        "assigned": asked.assigned and _told(asked.assigned),
        "reply": answered(asked.key),
        "door": _door(asked),
        "committed": committed,
        "values": values,
        "picture": shown if isinstance(shown, Block) else {"error": shown},
        "sweep": _swept(asked, values, request) if isinstance(shown, Block) else None,
        "hint": _hinted(asked, values, request.get("hint")),
        "file": _filed(asked, values, request.get("file")),
    }


def _lasting(asked: Stage) -> dict[str, Any]:
    """What is true of the stage whatever it shows."""
    return {
        "name": asked.key.replace("_", " "),
        "palette": PALETTE,
        "inputs": {name: each.spec() for name, each in asked.inputs.items()},
        "presets": [vars(preset) for preset in asked.presets],
        "cards": [vars(card) for card in asked.cards],
        "pins": asked.pins,
        "identity": asked.identity,
    }


def _told(task: Assignment) -> dict[str, Any]:
    """What the browser has to know of an assignment, and of an answer to it, if the link is one."""
    counted = answered_with(entrance.link())
    return {
        "name": task.name,
        "words": task.words,
        "hints": task.hints,
        "answer": counted and vars(counted),
    }


def _door(asked: Stage) -> str | None:
    """The way beside Streamlit, for what is drawn by hand; None where a sweep follows each input."""
    by_hand = any(isinstance(each, Sketch | Points | Pixels) for each in asked.inputs.values())
    return door(asked.key, asked.picture, asked.inputs) if by_hand else None


def _swept(asked: Stage, values: Mapping[str, Any], request: Mapping[str, Any]) -> Block | None:
    """The sweep that is asked for; None where there is none."""
    name = str(request.get("sweep"))
    if name not in asked.inputs:
        return None
    moved = Moved(name, asked.inputs[name], rest=bool(request.get("rest")))
    return sweep_block(asked.picture, asked.identity, values, moved)


def _hinted(asked: Stage, values: Mapping[str, Any], task: object) -> Block | None:
    """A hint for the task of that name; None where none is asked for."""
    if not isinstance(task, str) or len(task) > LONGEST_TASK:
        return None
    return hint_block(asked.picture, asked.identity, values, task, (asked.inputs, asked.told_goals))


def _filed(asked: Stage, values: Mapping[str, Any], name: object) -> Block | None:
    """The file of that name, to take away; None where none is asked for."""
    if not isinstance(name, str) or len(name) > LONGEST_FILE:
        return None
    if name not in (ALONE, PACKAGE):
        heading = f"{asked.key.replace('_', ' ')}\n{_address(asked, values)}"
        return file_block(asked.picture, values, name, heading)
    text = written(asked, values, _address(asked, values))
    if text is None:
        return None
    return wire.pack({"name": name, "content": text if name == ALONE else _packed(asked, text)})


def written(asked: Stage, values: Mapping[str, Any], link: str) -> str | None:
    """The file in which the picture at these values lives on without a server; None where there is none."""
    shown = picture_block(asked.picture, asked.identity, values)
    if not isinstance(shown, Block):
        return None
    source = Source(
        asked.inputs,
        values,
        partial(picture_block, asked.picture, asked.identity),
        lambda name, each: sweep_block(asked.picture, asked.identity, values, Moved(name, each, rest=True)),
    )
    return alone(_title(asked), link, _lasting(asked), source, shown)


def _packed(asked: Stage, text: str) -> NDArray[np.uint8]:
    """The file as a school's system takes it, in bytes."""
    return np.frombuffer(package(asked.key, _title(asked), text), np.uint8)


def _title(asked: Stage) -> str:
    return asked.key.replace("_", " ").capitalize()


def _address(asked: Stage, values: Mapping[str, Any]) -> str:
    """The link that shows the stage at these values."""
    query = dict(entrance.link())
    links.update(query, asked.inputs, values)
    return f"{st.context.url or ''}?{urlencode(query)}"
