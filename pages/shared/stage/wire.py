"""How a message travels: JSON and float32 arrays in one compressed block of bytes."""

from __future__ import annotations

import json
import zlib
from typing import Any

import numpy as np

_ALIGN = 4


def pack(message: dict[str, Any]) -> bytes:
    """The message as bytes: deflate(length of the JSON as uint32, the JSON, the arrays).

    An array stands in the JSON as {"$f4": [offset in floats, *shape]}; one that stands in several
    places travels once. Numbers in the JSON must be finite (ValueError otherwise).
    """
    placed: dict[int, tuple[Any, dict[str, list[int]]]] = {}
    blocks: list[bytes] = []
    offset = 0

    def place(value: Any) -> dict[str, list[int]]:
        nonlocal offset
        if not isinstance(value, np.ndarray):
            raise TypeError(f"cannot send {type(value).__name__}: {value!r}")
        if id(value) not in placed:
            placed[id(value)] = (value, {"$f4": [offset, *value.shape]})
            # What is too large for float32 is infinite there, and off every plot.
            with np.errstate(over="ignore"):
                blocks.append(np.ascontiguousarray(value, dtype="<f4").tobytes())
            offset += value.size
        return placed[id(value)][1]

    text = json.dumps(
        message, default=place, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    ).encode()
    text += b" " * (-len(text) % _ALIGN)
    return zlib.compress(b"".join([len(text).to_bytes(4, "little"), text, *blocks]), level=1)


def unpack(block: bytes) -> dict[str, Any]:
    """The message that `pack` was given, arrays as float32."""
    plain = zlib.decompress(block)
    end = 4 + int.from_bytes(plain[:4], "little")
    floats = np.frombuffer(plain[end:], dtype="<f4")

    def revive(value: dict[str, Any]) -> Any:
        if "$f4" not in value:
            return value
        offset, *shape = value["$f4"]
        return floats[offset : offset + int(np.prod(shape))].reshape(shape)

    message: dict[str, Any] = json.loads(plain[4:end], object_hook=revive)
    return message
