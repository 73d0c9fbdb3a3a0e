"""The network of a picture, to take away: as programs that compute what is shown, and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial

from nn_core.arrays import FloatArray
from nn_core.families import written as chains
from nn_core.families.chains import Chain
from nn_core.grids import column, line
from nn_core.networks.network import Network
from nn_core.networks.written import as_json, numpy_program, pytorch_program

PRINTED, NAME = 11, "network"
Files = Mapping[str, Callable[[str], str]]


def files_of(network: Network, inputs: FloatArray, name: str = NAME) -> Files:
    """The files of a picture of this network.

    inputs: where its programs print the outputs, a row each. name: how those of the files begin.
    """
    files = {f"{name}.json": partial(as_json, network)}
    if all(layer.activation.code for layer in network.layers):
        files[f"{name}_numpy.py"] = partial(numpy_program, network, inputs)
        files[f"{name}_pytorch.py"] = partial(pytorch_program, network, inputs)
    return files


def files_of_chain(chain: Chain, x: FloatArray, name: str = NAME) -> Files:
    """The files of a picture of this chain. x: what its programs are given; name: as of `files_of`."""
    return {
        f"{name}.json": partial(chains.as_json, chain),
        f"{name}_numpy.py": partial(chains.numpy_program, chain, x),
        f"{name}_pytorch.py": partial(chains.pytorch_program, chain, x),
    }


def files_along(network: Network, ends: tuple[float, float]) -> Files:
    """The files of a picture of this network with one input, printed from end to end."""
    return files_of(network, _printed(ends))


@lru_cache
def _printed(ends: tuple[float, float]) -> FloatArray:
    return column(line(ends, PRINTED))
