"""How a message travels: JSON and arrays of float64, float32 or bytes in a compressed block of bytes."""

from __future__ import annotations

import json
import math
import zlib
from itertools import pairwise
from typing import Any

import numpy as np

_HEAD, _TAIL = 8, 8
# The kinds of arrays, the widest numbers first: each block begins where such a number can begin.
_TYPES = {"$f8": "<f8", "$f4": "<f4", "$u1": "u1"}
_ALIGN = 8
# What is short is packed well, what is long fast.
_SHORT, _WELL, _FAST = 64_000, 6, 1
# Where a block stands that was packed before.
_BLOCK = "$in"
_Array = np.ndarray[Any, Any]


class Block(bytes):
    """A message that is packed: it can stand in another one, and be sent in many."""


def pack(message: dict[str, Any]) -> Block:
    """The message as bytes: deflate(head, the JSON, the arrays of float64, of float32, of uint8, tail).

    A Block in it follows as it is, and stands in the JSON as {"$in": [which]}. At the end are the lengths of
    all these parts, and how many they are, as uint32.
    The head is the length of the JSON, and 0; the tail how many numbers of float64 there are, and how many of
    float32; all as uint32. An array stands in the JSON as {"$f8": [offset in numbers of its kind, *shape]},
    and so for "$f4" and "$u1"; one that stands in several places travels once. Its numbers lie row by row,
    and its shape travels with it: what has two dimensions here has two dimensions there. What is neither
    float64 nor uint8 travels as float32. Numbers in the JSON must be finite (ValueError otherwise).
    """
    places = _Places()
    text = json.dumps(
        message, default=places.of, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    ).encode()
    text += b" " * (-len(text) % _ALIGN)
    filled = places.filled
    head, tail = _counts(len(text), 0), _counts(filled["$f8"], filled["$f4"])
    numbers = (b"".join(each) for each in places.numbers.values())
    plain = b"".join([head, text, *numbers, tail])
    return _joined([zlib.compress(plain, _WELL if len(plain) < _SHORT else _FAST), *places.blocks])


class _Places:
    """What is not in the JSON itself, and where it lies."""

    def __init__(self) -> None:
        self.numbers: dict[str, list[bytes]] = {kind: [] for kind in _TYPES}
        self.filled = dict.fromkeys(_TYPES, 0)
        self.blocks: list[Block] = []
        self._known: dict[int, tuple[_Array, dict[str, list[int]]]] = {}

    def of(self, value: Any) -> dict[str, list[int]]:
        """The place of a block or an array."""
        if isinstance(value, Block):
            self.blocks.append(value)
            return {_BLOCK: [len(self.blocks) - 1]}
        if not isinstance(value, np.ndarray):
            raise TypeError(f"cannot send {type(value).__name__}: {value!r}")
        if id(value) not in self._known:
            kind = _kind(value)
            self._known[id(value)] = (value, {kind: [self.filled[kind], *value.shape]})
            self.numbers[kind].append(np.ascontiguousarray(value, dtype=_TYPES[kind]).tobytes())
            self.filled[kind] += value.size
        return self._known[id(value)][1]


def _joined(parts: list[bytes]) -> Block:
    """The parts one behind the other, and then how long each is and how many there are."""
    return Block(b"".join([*parts, _counts(*map(len, parts), len(parts))]))


def _counts(*numbers: int) -> bytes:
    return np.array(numbers, dtype="<u4").tobytes()


def _parted(block: bytes) -> list[bytes]:
    """The parts that were joined."""
    n = int.from_bytes(block[-4:], "little")
    ends = np.cumsum(np.frombuffer(block[-4 * n - 4 : -4], dtype="<u4")).tolist()
    return [block[begin:end] for begin, end in pairwise([0, *ends])]


def unpack(block: bytes) -> dict[str, Any]:
    """The message that `pack` was given, blocks in it unpacked too; arrays as float64, float32 or uint8."""
    own, *others = _parted(block)
    inside = [unpack(each) for each in others]
    plain = zlib.decompress(own)
    counted = np.frombuffer(plain[:_HEAD] + plain[-_TAIL:], dtype="<u4")
    length, _, n_doubles, n_floats = counted.tolist()
    ends = np.cumsum([_HEAD + length, 8 * n_doubles, 4 * n_floats]).tolist()
    blocks = (plain[ends[0] : ends[1]], plain[ends[1] : ends[2]], plain[ends[2] : -_TAIL])
    arrays = {
        kind: np.frombuffer(numbers, dtype=dtype)
        for (kind, dtype), numbers in zip(_TYPES.items(), blocks, strict=True)
    }

    def revive(value: dict[str, Any]) -> Any:
        if _BLOCK in value:
            return inside[value[_BLOCK][0]]
        for kind, numbers in arrays.items():
            if kind in value:
                offset, *shape = value[kind]
                return numbers[offset : offset + math.prod(shape)].reshape(shape)
        return value

    message: dict[str, Any] = json.loads(plain[_HEAD : ends[0]], object_hook=revive)
    return message


def _kind(array: _Array) -> str:
    return {"f8": "$f8", "u1": "$u1"}.get(array.dtype.str[1:], "$f4")
