"""Beside Streamlit: the pictures that a hand asks for while it draws, and nothing of the page runs for them.

A run of Streamlit's, be it of the stage alone, costs the browser and the server several times what such a
picture does. Where this way is closed the stage asks as ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.shared.crowd.doors import Doors
from pages.shared.crowd.pace import PICTURE
from pages.shared.crowd.turns import TURNS
from pages.shared.stage import links, wire
from pages.shared.stage.inputs.input import Input
from pages.shared.stage.precision import rounded
from pages.shared.stage.requests import DEEPEST, is_shallow, pace
from pages.shared.stage.sweep import Draw, Frame, UnlikeFramesError, differences, frame
from pages.shared.stage.wire import Block


@dataclass(eq=False)
class Beside:
    """A stage as one visitor's page shows it.

    known: the name of the last answer, and the picture in it.
    """

    picture: Draw
    inputs: Mapping[str, Input]
    known: tuple[int, Frame] | None = None

    def __post_init__(self) -> None:
        self.pace = pace()
        self.door = DOORS.open(self)

    def answer(self, values: Mapping[str, Any], since: object) -> Block:
        """The picture at these values: all of it, or where the browser has the last answer what differs.

        {"name", "picture"}, or {"name", "paths": [path ...], "leaves": [what stands there ...]}. since: the
        name of the answer that the browser has.
        """
        self.pace.keep(PICTURE)
        with TURNS.first():
            found = frame(self.picture, links.read(self.inputs, values)[0])
        if found["error"]:
            self.known = None
            return wire.pack({"name": None, "picture": {"error": found["error"]}})
        name, before = self.known or (0, found)
        self.known = name + 1, found
        try:
            columns = list(differences([before, found])) if since == name > 0 else None
        except UnlikeFramesError:
            columns = None
        if columns is None:
            return wire.pack({"name": name + 1, "picture": rounded(found)})
        paths, leaves = [path for path, _ in columns], [column[1] for _, column in columns]
        return wire.pack({"name": name + 1, "paths": paths, "leaves": leaves})


DOORS = Doors[Beside]()


def door(key: str, picture: Draw, inputs: Mapping[str, Input]) -> str:
    """The name under which the stage of that key answers from now on, as long as the visitor is there."""
    found: Beside | None = st.session_state.get(f"{key} beside")
    if found is None:
        found = st.session_state[f"{key} beside"] = Beside(picture, inputs)
    found.picture, found.inputs = picture, inputs
    return found.door


def answer(question: Mapping[str, Any]) -> Block | None:
    """What the stage of a question's door answers to its values; None where there is no such stage."""
    values = question.get("values")
    beside = DOORS.room(question.get("door"))
    if beside is None or not isinstance(values, dict) or not is_shallow(values, DEEPEST):
        return None
    try:
        return beside.answer(values, question.get("since"))
    except ValueError:
        return None
