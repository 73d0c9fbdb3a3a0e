"""Doors: what belongs to one visitor's session, for who knows its name; it goes with the session."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

Room = TypeVar("Room")


class Doors(Generic[Room]):
    """What sessions hold, by names that nobody can guess. Held here is none of it."""

    def __init__(self) -> None:
        self._rooms = WeakValueDictionary[str, Room]()

    def open(self, room: Room) -> str:
        """The name by which the room is found from now on, as long as somebody holds it."""
        name = token_urlsafe(16)
        self._rooms[name] = room
        return name

    def room(self, name: object) -> Room | None:
        """What has this name; None where nothing has, or it is gone."""
        return self._rooms.get(name) if isinstance(name, str) else None
