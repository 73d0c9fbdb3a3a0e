"""The network of a picture, to take away: as programs that compute what is shown, and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial

from nn_core.arrays import FloatArray
from nn_core.grids import column, line
from nn_core.networks.network import Network
from nn_core.networks.written import as_json, numpy_program, pytorch_program

PRINTED = 11


def files_of(network: Network, inputs: FloatArray) -> Mapping[str, Callable[[str], str]]:
    """The files of a picture of this network. inputs: where its programs print the outputs, a row each."""
    files = {"network.json": partial(as_json, network)}
    if all(layer.activation.code for layer in network.layers):
        files["network_numpy.py"] = partial(numpy_program, network, inputs)
        files["network_pytorch.py"] = partial(pytorch_program, network, inputs)
    return files


def files_along(network: Network, ends: tuple[float, float]) -> Mapping[str, Callable[[str], str]]:
    """The files of a picture of this network with one input, printed from end to end."""
    return files_of(network, _printed(ends))


@lru_cache
def _printed(ends: tuple[float, float]) -> FloatArray:
    return column(line(ends, PRINTED))
