"""What is packed is unpacked: text exactly, arrays as float32 or bytes."""

import json
import math
import struct
import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pages.shared.stage import wire

NAMES = st.text(max_size=6).filter(lambda name: name not in ("$f4", "$u1"))
SHAPES = arrays.array_shapes(min_dims=0, max_dims=3, min_side=0)
ARRAYS = arrays.arrays(np.float32, SHAPES) | arrays.arrays(np.uint8, SHAPES)
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


def parts(block: bytes) -> tuple[dict[str, Any], bytes, int]:
    """The JSON, the bytes of the floats, and where these begin."""
    plain = zlib.decompress(block)
    length, n_floats = struct.unpack("<II", plain[:8])
    begin = 8 + length
    return json.loads(plain[8:begin]), plain[begin : begin + 4 * n_floats], begin


@given(message=MESSAGES)
def test_unpacking_what_was_packed_gives_the_message(message: dict[str, Any]) -> None:
    assert alike(message, wire.unpack(wire.pack(message)))


@given(message=MESSAGES)
def test_the_floats_begin_where_a_float_can_begin(message: dict[str, Any]) -> None:
    assert parts(wire.pack(message))[2] % 4 == 0


@pytest.mark.parametrize("text", ["", "a", "ab", "abc", "−", "σ = ½ 🧠"])
def test_the_floats_are_aligned_whatever_the_length_of_the_text(text: str) -> None:
    values = np.array([1.5, -2.25], dtype=np.float32)
    message, floats, begin = parts(wire.pack({"text": text, "values": values}))
    assert begin % 4 == 0
    assert message == {"text": text, "values": {"$f4": [0, 2]}}
    assert floats == struct.pack("<2f", 1.5, -2.25)


@given(values=arrays.arrays(np.float64, (7,), elements=st.floats(-3e38, 3e38)))
def test_an_array_arrives_as_the_nearest_float32_bit_for_bit(values: Any) -> None:
    arrived = wire.unpack(wire.pack({"values": values}))["values"]
    assert arrived.dtype == np.float32
    assert arrived.tobytes() == values.astype(np.float32).tobytes()


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


def test_levels_travel_as_bytes_behind_the_floats() -> None:
    levels, heights = np.arange(6, dtype=np.uint8).reshape(2, 3), np.array([0.5])
    block = wire.pack({"levels": levels, "heights": heights, "again": levels})
    message, _, begin = parts(block)
    assert message == {
        "levels": {"$u1": [0, 2, 3]},
        "heights": {"$f4": [0, 1]},
        "again": {"$u1": [0, 2, 3]},
    }
    assert zlib.decompress(block)[begin:] == struct.pack("<f", 0.5) + bytes(range(6))


def test_an_array_in_several_places_travels_once() -> None:
    x, y = np.arange(100.0), np.arange(100.0)
    shared, floats, _ = parts(wire.pack({"a": x, "b": [x, {"c": x}], "y": y}))
    assert shared == {
        "a": {"$f4": [0, 100]},
        "b": [{"$f4": [0, 100]}, {"c": {"$f4": [0, 100]}}],
        "y": {"$f4": [100, 100]},
    }
    assert len(floats) == 2 * 100 * 4


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
