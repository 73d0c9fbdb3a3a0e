"""Files made smaller once: the first who asks waits for it, all others find it there."""

from __future__ import annotations

import gzip
import re
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

import brotli

from pages.shared.serving.files import File

ENCODINGS = {
    "br": partial(brotli.compress, quality=9),
    "gzip": partial(gzip.compress, compresslevel=9, mtime=0),
}
"""How bytes are made smaller, by the name that browsers know; what makes them smallest first."""
NEVER = re.compile(r"q=0(\.0*)?")


def best(accepted: str) -> str | None:
    """The encoding to send to who accepts these (a header Accept-Encoding); None for plain bytes."""
    weights = {}
    for each in accepted.lower().replace(" ", "").split(","):
        name, _, weight = each.partition(";")
        weights[name] = weight
    return next((each for each in ENCODINGS if each in weights and not NEVER.fullmatch(weights[each])), None)


class Compressed:
    """The files that were asked for in this process, compressed; they stay in memory."""

    def __init__(self) -> None:
        self._workers = ThreadPoolExecutor(1, "compressing")
        self._made: dict[tuple[File, str], Future[bytes]] = {}

    def ask(self, path: File, encoding: str) -> Future[bytes]:
        """The bytes of a file in one of the ENCODINGS, now or soon; one event loop asks, and nobody else.

        Where the file could not be read the future says so, and whoever asks next tries again.
        """
        made = self._made.get((path, encoding))
        if made is None or (made.done() and made.exception()):
            made = self._workers.submit(_smaller, path, encoding)
            self._made[path, encoding] = made
        return made


def _smaller(path: File, encoding: str) -> bytes:
    made: bytes = ENCODINGS[encoding](path.read_bytes())
    return made
