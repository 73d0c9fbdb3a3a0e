"""The address: what is written into the link stands there, also while the browser still shows the old one."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from time import monotonic
from typing import NamedTuple

import streamlit as st

AHEAD = "written ahead of the browser"
# A browser that has not shown a new link for so long was told of another one since.
LAG_S = 10.0


class _Written(NamedTuple):
    """An entry of the link that the browser may not know yet: what it may still say, and what it is now."""

    before: frozenset[str | None]
    now: str | None
    at: float


class Address(MutableMapping[str, str]):
    """The entries of the link.

    With each request the browser sends the link as it knows it, and what was written a moment ago may not be
    in it. So what is written is kept, and written again where the browser says what stood there before.

    page: an entry belongs to the page on which it was written.
    """

    def __init__(self, page: str) -> None:
        self._query: MutableMapping[str, str] = st.query_params
        written = st.session_state.get(AHEAD)
        if written is None or written[0] != page:
            written = st.session_state[AHEAD] = page, {}
        self._written: dict[str, _Written] = written[1]

    def catch_up(self, went_back: bool) -> None:
        """Write again what the browser does not know yet; to be called before anything is written in a run.

        went_back: whether the reader went back or forward, and so chose what the link says.
        """
        for name, (before, now, at) in [*self._written.items()]:
            if not went_back and self._query.get(name) in before and monotonic() - at < LAG_S:
                self._put(name, now)
            else:
                del self._written[name]

    def __getitem__(self, name: str) -> str:
        return self._query[name]

    def __setitem__(self, name: str, text: str) -> None:
        self._write(name, text)

    def __delitem__(self, name: str) -> None:
        self[name]
        self._write(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._query)

    def __len__(self) -> int:
        return len(self._query)

    def _write(self, name: str, text: str | None) -> None:
        said = self._query.get(name)
        if said != text:
            earlier = self._written[name].before if name in self._written else frozenset()
            self._written[name] = _Written((earlier | {said}) - {text}, text, monotonic())
            self._put(name, text)

    def _put(self, name: str, text: str | None) -> None:
        if text is None:
            del self._query[name]
        else:
            self._query[name] = text
