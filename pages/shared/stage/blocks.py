"""Pictures and sweeps as they travel: each is computed and packed once, for all visitors who ask for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from pages.shared.crowd.answers import Answers, Tally
from pages.shared.crowd.pace import seldom
from pages.shared.crowd.turns import TURNS, Turn
from pages.shared.stage import wire
from pages.shared.stage.entrance import look
from pages.shared.stage.hints.search import Goals, Search
from pages.shared.stage.hints.telling import hint
from pages.shared.stage.inputs.input import Input
from pages.shared.stage.picture import Picture
from pages.shared.stage.precision import rounded
from pages.shared.stage.sweep import Draw, frame, near, sweep
from pages.shared.stage.taking.files import taken
from pages.shared.stage.wire import Block

NOT_FINITE = "A number of this picture is not finite, so it cannot be shown. Move on: the next one may be."

# Those of this server, for all its visitors.
PICTURES = Answers[Block | str](16_000_000)
SWEEPS = Answers[Block | None](48_000_000)
HINTS = Answers[Block](1_000_000)


class Moved(NamedTuple):
    """The input that a sweep moves. rest: whether what is near the thumb has come, and the rest is wanted."""

    name: str
    input: Input
    rest: bool = False


def picture_block(picture: Draw, identity: str, values: Mapping[str, Any]) -> Block | str:
    """The picture at `values`; where it cannot be shown, why."""
    with TURNS.first():
        return PICTURES.of(_question(identity, values), partial(_picture, picture, values), look)


def sweep_block(picture: Draw, identity: str, values: Mapping[str, Any], moved: Moved) -> Block | None:
    """The sweep of an input, see sweep.py; None where there is none.

    It is the same wherever that input stands, as long as there is a picture at `values`. Where others wait,
    it is that near the thumb, unless the rest is asked for.
    """
    question = _question(identity, {**values, moved.name: None}, moved.name, moved.input.steps)
    part, n_waiting = None, len(TURNS)
    if n_waiting and not moved.rest and not SWEEPS.knows(question):
        part = near(values, moved.name, moved.input, n_waiting)
    if part:
        question = _question(question.hex(), part.start, part.stop)
    return SWEEPS.of(question, partial(_sweep, picture, values, moved, part), look)


def hint_block(
    picture: Draw,
    identity: str,
    state: Mapping[str, Any],
    task: str,
    about: tuple[Mapping[str, Input], Goals],
) -> Block:
    """A hint for the task. about: the inputs, and states that may do it."""
    question = _question("hint", identity, state, task, [each.steps for each in about[0].values()])
    return HINTS.of(question, partial(_hint, picture, state, task, *about), look)


def file_block(picture: Draw, values: Mapping[str, Any], name: str, heading: str) -> Block | None:
    """The file of that name that the picture at `values` offers; None where it offers none or is none."""
    with TURNS.turn(look):
        try:
            content = taken(picture(**values), name, heading)
        except ValueError:
            return None
    return None if content is None else wire.pack({"name": name, "content": content})


def tallies() -> dict[str, Tally]:
    """How often pictures and sweeps were there for who asked, and how much is kept of them."""
    return {"pictures": PICTURES.tally(), "sweeps": SWEEPS.tally()}


def _question(*parts: object) -> bytes:
    """What stands for these parts, and for no others."""
    return hashlib.sha256(json.dumps(parts).encode()).digest()


def _picture(picture: Draw, values: Mapping[str, Any]) -> Block | str:
    found = frame(picture, values)
    if found["error"]:
        return str(found["error"])
    try:
        return wire.pack(rounded(found))
    except ValueError:
        seldom(__name__).exception("no picture to send at %s", values)
        return NOT_FINITE


def _sweep(picture: Draw, values: Mapping[str, Any], moved: Moved, part: slice | None) -> Block | None:
    if moved.input.steps is None:
        return None
    with TURNS.turn(look, moved.rest) as turn:
        found = sweep(partial(_after_a_pause, turn, picture), values, moved.name, moved.input, part)
        return None if found is None else wire.pack(found)


def _hint(
    picture: Draw, state: Mapping[str, Any], task: str, inputs: Mapping[str, Input], goals: Goals
) -> Block:
    with TURNS.turn(look) as turn:
        search = Search(partial(_after_a_pause, turn, picture), inputs, task)
        return wire.pack(vars(hint(search, state, goals)))


def _after_a_pause(turn: Turn, picture: Draw, **values: Any) -> Picture:
    turn.pause()
    return picture(**values)
