"""A network packed into one word is unpacked the same, and what is no such word is said to be none."""

from __future__ import annotations

import re
import zlib
from base64 import urlsafe_b64encode
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.networks.activations import ACTIVATIONS, RELU
from nn_core.networks.network import Layer, Network, parameters
from nn_core.networks.packed import packed, unpacked
from nn_core.networks.written import WrittenError

sizes = st.lists(st.integers(1, 5), min_size=2, max_size=5)


def some(sizes: list[int], seed: int) -> Network:
    """Any network of these sizes, its numbers as float32 holds them."""
    rng = np.random.default_rng(seed)
    names = rng.choice([*ACTIVATIONS], len(sizes) - 1)
    drawn = [
        (rng.normal(size=each).astype(np.float32), rng.normal(size=each[1]).astype(np.float32))
        for each in pairwise(sizes)
    ]
    return Network(tuple(Layer(*each, ACTIVATIONS[name]) for each, name in zip(drawn, names, strict=True)))


@given(sizes, st.integers(0, 99))
def test_what_float32_holds_comes_back_the_same(sizes: list[int], seed: int) -> None:
    network = some(sizes, seed)
    text = packed(network)
    assert re.fullmatch(r"[\w-]+", text, re.ASCII)
    back = unpacked(text)
    assert np.array_equal(parameters(back), parameters(network))
    for one, other in zip(back.layers, network.layers, strict=True):
        assert one.weights.shape == other.weights.shape
        assert one.activation == other.activation


@given(sizes, st.integers(0, 99), st.data())
def test_a_word_that_was_cut_or_changed_is_none(sizes: list[int], seed: int, data: st.DataObject) -> None:
    text = packed(some(sizes, seed))
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("Aa0_~é"))
    for other in (text[:at], text[:at] + letter + text[at + 1 :]):
        try:
            back = unpacked(other)
        except WrittenError:
            continue
        # The last letters of a word may have bits that say nothing.
        assert np.array_equal(parameters(back), parameters(unpacked(text)))


@pytest.mark.parametrize(
    "content",
    [
        b'[[1,1],["ReLU"]]\n' + b"\0" * 4,
        b'[[1,1],["swish"]]\n' + b"\0" * 8,
        b'[[1,-1],["ReLU"]]\n' + b"\0" * 8,
        b'[[1,1],["ReLU"]]\n' + np.array([np.nan, 0.0], "<f4").tobytes(),
        b'[[1,1],["ReLU"]]\n' + np.array([2e9, 0.0], "<f4").tobytes(),
        b'{"a": 1}\n',
        b"0" * 50_000_000,
        b"",
    ],
    ids=lambda content: str(content[:30]),
)
def test_a_word_of_another_making_is_none(content: bytes) -> None:
    with pytest.raises(WrittenError, match="no network, or was cut"):
        unpacked(urlsafe_b64encode(zlib.compress(content)).decode())


def test_a_number_that_is_too_large_is_refused_and_its_layer_named() -> None:
    layers = (Layer(np.ones((1, 2)), np.zeros(2), RELU), Layer(np.ones((2, 1)), np.array([-1e10]), RELU))
    with pytest.raises(WrittenError, match="biases of layer 2 must be at most 1000000000"):
        packed(Network(layers))
