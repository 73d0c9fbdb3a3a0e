"""How a message travels: JSON and arrays of float64, float32 or bytes in one compressed block of bytes."""

from __future__ import annotations

import json
import math
import zlib
from typing import Any

import numpy as np

_HEAD = 16
# The kinds of arrays, the widest numbers first: each block begins where such a number can begin.
_TYPES = {"$f8": "<f8", "$f4": "<f4", "$u1": "u1"}
_ALIGN = 8
_Array = np.ndarray[Any, Any]


def pack(message: dict[str, Any]) -> bytes:
    """The message as bytes: deflate(head, the JSON, the arrays of float64, of float32, of uint8).

    The head is the length of the JSON, how many numbers of float64 there are, how many of float32, and 0, as
    uint32. An array stands in the JSON as {"$f8": [offset in numbers of its kind, *shape]}, and so for "$f4"
    and "$u1"; one that stands in several places travels once. Its numbers lie row by row, and its shape
    travels with it: what has two dimensions here has two dimensions there. What is neither float64 nor uint8
    travels as float32. Numbers in the JSON must be finite (ValueError otherwise).
    """
    placed: dict[int, tuple[_Array, dict[str, list[int]]]] = {}
    blocks: dict[str, list[bytes]] = {kind: [] for kind in _TYPES}
    filled = dict.fromkeys(blocks, 0)

    def place(value: Any) -> dict[str, list[int]]:
        if not isinstance(value, np.ndarray):
            raise TypeError(f"cannot send {type(value).__name__}: {value!r}")
        if id(value) not in placed:
            kind = _kind(value)
            placed[id(value)] = (value, {kind: [filled[kind], *value.shape]})
            blocks[kind].append(np.ascontiguousarray(value, dtype=_TYPES[kind]).tobytes())
            filled[kind] += value.size
        return placed[id(value)][1]

    text = json.dumps(
        message, default=place, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    ).encode()
    text += b" " * (-len(text) % _ALIGN)
    head = np.array([len(text), filled["$f8"], filled["$f4"], 0], dtype="<u4").tobytes()
    return zlib.compress(b"".join([head, text, *(b"".join(each) for each in blocks.values())]), level=1)


def unpack(block: bytes) -> dict[str, Any]:
    """The message that `pack` was given, arrays as float64, float32 or uint8."""
    plain = zlib.decompress(block)
    length, n_doubles, n_floats, _ = np.frombuffer(plain[:_HEAD], dtype="<u4").tolist()
    ends = np.cumsum([_HEAD + length, 8 * n_doubles, 4 * n_floats]).tolist()
    blocks = (plain[ends[0] : ends[1]], plain[ends[1] : ends[2]], plain[ends[2] :])
    arrays = {
        kind: np.frombuffer(numbers, dtype=dtype)
        for (kind, dtype), numbers in zip(_TYPES.items(), blocks, strict=True)
    }

    def revive(value: dict[str, Any]) -> Any:
        for kind, numbers in arrays.items():
            if kind in value:
                offset, *shape = value[kind]
                return numbers[offset : offset + math.prod(shape)].reshape(shape)
        return value

    message: dict[str, Any] = json.loads(plain[_HEAD : ends[0]], object_hook=revive)
    return message


def _kind(array: _Array) -> str:
    return {"f8": "$f8", "u1": "$u1"}.get(array.dtype.str[1:], "$f4")
