"""A network packed into one word of letters, digits, _ and -, and unpacked again: so it fits into a link."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from itertools import pairwise

import numpy as np

from nn_core.networks.activations import ACTIVATIONS
from nn_core.networks.network import Layer, Network, parameters
from nn_core.networks.written import MOST_LAYERS, MOST_PARAMETERS, WrittenError

# Four bytes a number, and what the sizes and the names of the activations take at most.
MOST_BYTES = 4 * MOST_PARAMETERS + 10_000
LARGEST = 1e9


def packed(network: Network) -> str:
    """The network as one word: its sizes and activations, and its numbers as float32, compressed.

    Args:
        network: its activations are those of ACTIVATIONS, its numbers at most 1e9 in size.

    Returns:
        Letters, digits, _ and -: about five and a half for a number, fewer where numbers repeat.

    Raises:
        WrittenError: if a number is larger, naming the layer.
    """
    for number, layer in enumerate(network.layers, 1):
        for what, array in (("weights", layer.weights), ("biases", layer.biases)):
            if np.abs(array).max(initial=0.0) > LARGEST:
                raise WrittenError(f"the {what} of layer {number} must be at most {LARGEST:.0f} in size")
    sizes = [network.n_in, *(layer.biases.size for layer in network.layers)]
    head = json.dumps([sizes, [layer.activation.name for layer in network.layers]], separators=(",", ":"))
    content = head.encode() + b"\n" + parameters(network).astype("<f4").tobytes()
    return urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip("=")


def unpacked(text: str) -> Network:
    """The network that `packed` wrote, its numbers as float32 holds them.

    Raises:
        WrittenError: if the text is no such word, or was cut or changed on its way.
    """
    try:
        head, numbers = _content(text)
        sizes, names = json.loads(head)
        layers = _layers(sizes, names, np.frombuffer(numbers, "<f4").astype(np.float64))
    except (ValueError, TypeError, KeyError, zlib.error, RecursionError):
        raise WrittenError("it is no network, or was cut or changed on its way") from None
    return Network(layers)


def _content(text: str) -> tuple[bytes, bytes]:
    """The two parts of the word: what it says of the sizes, and the bytes of the numbers."""
    stream = zlib.decompressobj()
    found = stream.decompress(urlsafe_b64decode(text + "=" * (-len(text) % 4)), MOST_BYTES)
    if not stream.eof or stream.unused_data:
        raise ValueError("there must be one whole stream")
    head, _, numbers = found.partition(b"\n")
    return head, numbers


def _layers(sizes: list[int], names: list[str], numbers: np.ndarray) -> tuple[Layer, ...]:
    """The layers of these sizes and activations, if the numbers are as many as that takes, and sound."""
    whole = all(type(size) is int and 0 < size <= MOST_PARAMETERS for size in sizes)
    if not whole or not 1 <= len(names) == len(sizes) - 1 <= MOST_LAYERS:
        raise ValueError("there must be a size more than there are layers")
    if sum((before + 1) * after for before, after in pairwise(sizes)) != numbers.size:
        raise ValueError("there must be one number a weight and a bias")
    if not (np.abs(numbers) <= LARGEST).all():
        raise ValueError("numbers must be finite, and not too large")
    layers, at = [], 0
    for (before, after), name in zip(pairwise(sizes), names, strict=True):
        weights, end = numbers[at : at + before * after], at + (before + 1) * after
        biases = numbers[at + before * after : end]
        layers.append(Layer(weights.reshape(before, after), biases, ACTIVATIONS[name]))
        at = end
    return tuple(layers)
