"""What is packed is unpacked: text exactly, arrays as float64, float32 or bytes."""

import json
import math
import struct
import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pages.shared.stage import wire

KINDS = {"$f8": np.float64, "$f4": np.float32, "$u1": np.uint8}
NAMES = st.text(max_size=6).filter(lambda name: name not in {*KINDS, "$in"})
SHAPES = arrays.array_shapes(min_dims=0, max_dims=3, min_side=0)
ARRAYS = st.sampled_from([*KINDS.values()]).flatmap(lambda kind: arrays.arrays(kind, SHAPES))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
MESSAGES = st.dictionaries(
    NAMES,
    st.recursive(
        SCALARS | ARRAYS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
        max_leaves=12,
    ),
    max_size=5,
)


def alike(one: Any, other: Any) -> bool:
    """Whether two messages are the same, arrays bit for bit."""
    if isinstance(one, np.ndarray):
        same = isinstance(other, np.ndarray) and one.shape == other.shape
        return same and one.dtype == other.dtype and one.tobytes() == other.tobytes()
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return type(one) is type(other) and one == other


def parts(block: bytes) -> tuple[dict[str, Any], dict[str, bytes], dict[str, int]]:
    """The JSON, the bytes of each kind of array, and where these begin."""
    plain = zlib.decompress(block)
    (length, nothing), (n_doubles, n_floats) = (
        struct.unpack("<II", each) for each in (plain[:8], plain[-8:])
    )
    assert nothing == 0
    begins = dict(zip(KINDS, np.cumsum([8 + length, 8 * n_doubles, 4 * n_floats]).tolist(), strict=True))
    ends = [begins["$f4"], begins["$u1"], len(plain) - 8]
    blocks = {kind: plain[begins[kind] : end] for kind, end in zip(KINDS, ends, strict=True)}
    return json.loads(plain[8 : 8 + length]), blocks, begins


@settings(max_examples=50)
@given(message=MESSAGES)
def test_unpacking_what_was_packed_gives_the_message(message: dict[str, Any]) -> None:
    assert alike(message, wire.unpack(wire.pack(message)))


@settings(max_examples=25)
@given(message=MESSAGES)
def test_numbers_begin_where_such_a_number_can_begin(message: dict[str, Any]) -> None:
    begins = parts(wire.pack(message))[2]
    assert (begins["$f8"] % 8, begins["$f4"] % 4) == (0, 0)


@pytest.mark.parametrize("text", ["", "a", "ab", "abc", "−", "σ = ½ 🧠"])
@pytest.mark.parametrize(("kind", "letter"), [("$f8", "d"), ("$f4", "f")])
def test_numbers_are_aligned_whatever_the_length_of_the_text(text: str, kind: str, letter: str) -> None:
    values = np.array([1.5, -2.25], dtype=KINDS[kind])
    message, blocks, begins = parts(wire.pack({"text": text, "values": values}))
    assert begins["$f8"] % 8 == 0
    assert message == {"text": text, "values": {kind: [0, 2]}}
    assert blocks[kind] == struct.pack(f"<2{letter}", 1.5, -2.25)


@given(values=arrays.arrays(st.sampled_from([np.float64, np.float32]), (7,)))
def test_a_number_arrives_bit_for_bit_in_the_precision_that_it_has(values: Any) -> None:
    arrived = wire.unpack(wire.pack({"values": values}))["values"]
    assert alike(arrived, values)


def test_an_array_may_hold_what_json_cannot() -> None:
    values = np.array([np.nan, np.inf, -np.inf, -0.0], dtype=np.float32)
    assert alike(values, wire.unpack(wire.pack({"values": values}))["values"])


@pytest.mark.parametrize(
    "values",
    [
        np.arange(12.0).reshape(3, 4).T,
        np.arange(12.0)[::-2],
        np.arange(5),
        np.arange(5, dtype=">f8"),
        np.array([True, False]),
        np.array(2.0),
    ],
    ids=["transposed", "strided", "integers", "big-endian", "booleans", "no dimension"],
)
def test_an_array_arrives_whole_however_it_lies_in_memory(values: Any) -> None:
    arrived = wire.unpack(wire.pack({"values": values}))["values"]
    assert arrived.shape == np.shape(values)
    assert arrived.tolist() == np.asarray(values).tolist()


def test_doubles_travel_before_floats_and_levels_behind_them() -> None:
    levels, heights = np.arange(6, dtype=np.uint8).reshape(2, 3), np.array([0.5], dtype=np.float32)
    block = wire.pack({"levels": levels, "heights": heights, "again": levels, "far": np.array([1e9 + 1e-3])})
    message, _, begins = parts(block)
    assert message == {
        "levels": {"$u1": [0, 2, 3]},
        "heights": {"$f4": [0, 1]},
        "again": {"$u1": [0, 2, 3]},
        "far": {"$f8": [0, 1]},
    }
    packed = struct.pack("<d", 1e9 + 1e-3) + struct.pack("<f", 0.5) + bytes(range(6))
    assert zlib.decompress(block)[begins["$f8"] : -8] == packed


def test_an_array_in_several_places_travels_once() -> None:
    x, y = np.arange(100.0), np.arange(100.0)
    shared, blocks, _ = parts(wire.pack({"a": x, "b": [x, {"c": x}], "y": y}))
    assert shared == {
        "a": {"$f8": [0, 100]},
        "b": [{"$f8": [0, 100]}, {"c": {"$f8": [0, 100]}}],
        "y": {"$f8": [100, 100]},
    }
    assert len(blocks["$f8"]) == 2 * 100 * 8


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, np.float64("nan")])
def test_a_number_in_the_text_that_is_not_finite_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        wire.pack({"readouts": {"a": [1.0, number]}})


@pytest.mark.parametrize("thing", [{1, 2}, object(), b"bytes", np.float32(1.0), 1j])
def test_what_has_no_place_in_a_message_is_named(thing: object) -> None:
    with pytest.raises(TypeError, match=f"cannot send {type(thing).__name__}"):
        wire.pack({"thing": thing})


def test_text_arrives_letter_by_letter() -> None:
    message = {"−s = ½": "w₁₁·σ(z) “quoted” \\ \n </script> 🧠"}
    assert wire.unpack(wire.pack(message)) == message


def test_tuples_arrive_as_lists() -> None:
    assert wire.unpack(wire.pack({"path": ("plots", 0)})) == {"path": ["plots", 0]}


# ---- blocks in blocks -----------------------------------------------------------------------------


@settings(max_examples=25)
@given(message=MESSAGES, inside=st.lists(MESSAGES, min_size=1, max_size=3))
def test_a_block_arrives_in_the_place_where_it_stands(message: dict[str, Any], inside: list[Any]) -> None:
    packed = wire.pack({**message, "inside": [wire.pack({"deeper": wire.pack(each)}) for each in inside]})
    assert alike(wire.unpack(packed), {**message, "inside": [{"deeper": each} for each in inside]})


def test_a_block_travels_as_it_was_packed_behind_the_message_that_it_stands_in() -> None:
    inside = wire.pack({"y": np.arange(5000.0)})
    whole = wire.pack({"reply": "1", "sweep": inside})
    own, again, count = np.frombuffer(whole[-12:], dtype="<u4").tolist()
    assert (again, count, len(whole)) == (len(inside), 2, own + again + 12)
    assert whole[own : own + again] == inside
    assert parts(whole)[0] == {"reply": "1", "sweep": {"$in": [0]}}


def test_what_is_no_block_of_ours_is_no_message() -> None:
    with pytest.raises(TypeError, match="cannot send bytes"):
        wire.pack({"sweep": bytes(wire.pack({}))})
