"""How a message travels: JSON and arrays of float32 or bytes in one compressed block of bytes."""

from __future__ import annotations

import json
import zlib
from typing import Any

import numpy as np

_ALIGN = 4
_HEAD = 8
_TYPES = {"$f4": "<f4", "$u1": "u1"}


def pack(message: dict[str, Any]) -> bytes:
    """The message as bytes: deflate(length of the JSON and number of floats as uint32, the JSON, the arrays).

    An array stands in the JSON as {"$f4": [offset in floats, *shape]}, one of uint8 as {"$u1": [offset in
    bytes behind the floats, *shape]}; one that stands in several places travels once. Its numbers lie row by
    row, and its shape travels with it: what has two dimensions here has two dimensions there.
    Numbers in the JSON must be finite (ValueError otherwise).
    """
    placed: dict[int, tuple[Any, dict[str, list[int]]]] = {}
    blocks: dict[str, list[bytes]] = {"$f4": [], "$u1": []}
    filled = dict.fromkeys(blocks, 0)

    def place(value: Any) -> dict[str, list[int]]:
        if not isinstance(value, np.ndarray):
            raise TypeError(f"cannot send {type(value).__name__}: {value!r}")
        if id(value) not in placed:
            kind = "$u1" if value.dtype == np.uint8 else "$f4"
            placed[id(value)] = (value, {kind: [filled[kind], *value.shape]})
            # What is too large for float32 is infinite there, and off every plot.
            with np.errstate(over="ignore"):
                blocks[kind].append(np.ascontiguousarray(value, dtype=_TYPES[kind]).tobytes())
            filled[kind] += value.size
        return placed[id(value)][1]

    text = json.dumps(
        message, default=place, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    ).encode()
    text += b" " * (-len(text) % _ALIGN)
    head = len(text).to_bytes(4, "little") + filled["$f4"].to_bytes(4, "little")
    return zlib.compress(b"".join([head, text, *blocks["$f4"], *blocks["$u1"]]), level=1)


def unpack(block: bytes) -> dict[str, Any]:
    """The message that `pack` was given, arrays as float32 or uint8."""
    plain = zlib.decompress(block)
    length, n_floats = (int.from_bytes(plain[at : at + 4], "little") for at in (0, 4))
    end = _HEAD + length
    arrays = {
        "$f4": np.frombuffer(plain[end : end + 4 * n_floats], dtype=_TYPES["$f4"]),
        "$u1": np.frombuffer(plain[end + 4 * n_floats :], dtype=_TYPES["$u1"]),
    }

    def revive(value: dict[str, Any]) -> Any:
        for kind, numbers in arrays.items():
            if kind in value:
                offset, *shape = value[kind]
                return numbers[offset : offset + int(np.prod(shape))].reshape(shape)
        return value

    message: dict[str, Any] = json.loads(plain[_HEAD:end], object_hook=revive)
    return message
