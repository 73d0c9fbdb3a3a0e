"""A network written down: as a program of NumPy or of PyTorch that anybody can run, and as JSON and back."""

import json
import re
from itertools import pairwise
from typing import Any

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.networks.activations import ACTIVATIONS, IDENTITY, Activation
from nn_core.networks.network import Layer, Network
from nn_core.tables import TableError

FORM = 1
MOST_LAYERS, MOST_PARAMETERS = 64, 20_000


class WrittenError(TableError):
    """A text that is no network: the message says which part and why."""


def numpy_program(network: Network, inputs: FloatArray, heading: str) -> str:
    """A program that computes the network with NumPy alone, and prints its outputs at the inputs.

    It computes a_k = f_k(a_{k-1} @ W_k + b_k), a_0 = x, with every float64 written out exactly.

    Args:
        network: its activations have `code`.
        inputs: shape (n_samples, n_in), where the program prints the outputs.
        heading: what the program is called; its lines become comments.

    Returns:
        The program: one line a layer and about ten more.

    Raises:
        ValueError: if an activation has no code, or inputs does not fit the network.
    """
    _require_fitting(network, inputs)
    layers = [
        f"    (np.array({as_list(layer.weights)}), np.array({as_list(layer.biases)}), "
        f"lambda z: {code_of(layer.activation)}),  # {layer.activation}"
        for layer in network.layers
    ]
    return as_text(
        commented(heading),
        "import numpy as np",
        "",
        "# Of each layer: the weights, one column a unit; the biases; the activation.",
        "layers = [",
        *layers,
        "]",
        "",
        "def network(a):",
        "    for weights, biases, f in layers:",
        "        a = f(a @ weights + biases)",
        "    return a",
        "",
        f"x = np.array({as_list(inputs)})",
        "for inputs, outputs in zip(x, network(x)):",
        '    print(*inputs, "->", *outputs)',
    )


def pytorch_program(network: Network, inputs: FloatArray, heading: str) -> str:
    """The network as a `torch.nn.Sequential` of linear layers and activations, in float64.

    It can be trained further: weights and biases are the parameters of its linear layers. It prints what
    `numpy_program` prints, and takes and raises the same.
    """
    _require_fitting(network, inputs)
    layers: list[str] = []
    for layer in network.layers:
        layers.append(f"    dense({as_list(layer.weights)}, {as_list(layer.biases)}),")
        if layer.activation is not IDENTITY:
            layers.append(
                f"    Apply(lambda z: {for_torch(code_of(layer.activation))}),  # {layer.activation}"
            )
    return as_text(
        commented(heading),
        "import torch",
        "",
        "torch.set_default_dtype(torch.float64)",
        "",
        "class Apply(torch.nn.Module):",
        "    def __init__(self, f):",
        "        super().__init__()",
        "        self.forward = f",
        "",
        "def dense(weights, biases):",
        "    layer = torch.nn.Linear(len(weights), len(biases))",
        '    layer.load_state_dict({"weight": torch.tensor(weights).T, "bias": torch.tensor(biases)})',
        "    return layer",
        "",
        "# Of each layer: the weights, one row an input and one column a unit; the biases.",
        "network = torch.nn.Sequential(",
        *layers,
        ")",
        "",
        f"x = torch.tensor({as_list(inputs)})",
        "for inputs, outputs in zip(x.tolist(), network(x).tolist()):",
        '    print(*inputs, "->", *outputs)',
    )


def as_json(network: Network, heading: str) -> str:
    """The network as JSON: of each layer the weights (inputs by units), the biases, the activation's name."""
    layers = [
        {
            "weights": layer.weights.tolist(),
            "biases": layer.biases.tolist(),
            "activation": layer.activation.name,
        }
        for layer in network.layers
    ]
    return json.dumps({"superpose": FORM, "about": heading, "layers": layers}, ensure_ascii=False, indent=1)


def from_json(text: str | bytes) -> Network:
    """The network that `as_json` wrote, or somebody else in that form.

    Raises:
        WrittenError: naming the part that is wrong and the rule.
    """
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WrittenError(f"a network must be written in JSON: {error}") from None
    if isinstance(told, dict) and told.get("superpose", FORM) != FORM:
        raise WrittenError(f'it must be written in form {FORM}: "superpose" must be {FORM}, or left out')
    layers = told.get("layers") if isinstance(told, dict) else None
    if not isinstance(layers, list) or not 1 <= len(layers) <= MOST_LAYERS:
        raise WrittenError(f'it must have a list "layers" of 1 to {MOST_LAYERS} layers')
    read = [_layer(layer, f"layer {number}") for number, layer in enumerate(layers, 1)]
    for number, (before, after) in enumerate(pairwise(read), 2):
        if before.biases.size != len(after.weights):
            raise WrittenError(
                f"the weights of layer {number} must have one row a unit of the layer before it, "
                f"{before.biases.size}, got {len(after.weights)}"
            )
    network = Network(tuple(read))
    if network.n_parameters > MOST_PARAMETERS:
        raise WrittenError(
            f"it must have at most {MOST_PARAMETERS} weights and biases, got {network.n_parameters}"
        )
    return network


def _layer(told: Any, where: str) -> Layer:
    if not isinstance(told, dict):
        raise WrittenError(f'{where} must have "weights", "biases" and an "activation"')
    weights = _array(told.get("weights"), 2, f"the weights of {where}", "a list of rows, all of one length")
    biases = _array(told.get("biases"), 1, f"the biases of {where}", "a list of numbers")
    if weights.shape[1] != biases.size:
        raise WrittenError(
            f"{where} must have one bias a column of weights, got {weights.shape[1]} columns "
            f"and {biases.size} biases"
        )
    name = told.get("activation")
    if not isinstance(name, str) or name not in ACTIVATIONS:
        raise WrittenError(f"the activation of {where} must be one of {', '.join(ACTIVATIONS)}")
    return Layer(weights, biases, ACTIVATIONS[name])


def _array(told: Any, dimensions: int, what: str, form: str) -> FloatArray:
    try:
        found = np.array(told)
    except ValueError:
        found = np.array(None)
    if found.ndim != dimensions or found.dtype.kind not in "iuf" or not found.size:
        raise WrittenError(f"{what} must be {form}")
    if not np.isfinite(found).all():
        raise WrittenError(f"{what} must be finite numbers")
    return found.astype(np.float64)


def _require_fitting(network: Network, inputs: FloatArray) -> None:
    if np.ndim(inputs) != 2 or np.shape(inputs)[1] != network.n_in:
        raise ValueError(f"inputs must have shape (n_samples, {network.n_in}), got shape {np.shape(inputs)}")


def code_of(activation: Activation) -> str:
    """The activation as an expression of NumPy in z. Raises ValueError if it has none."""
    if not activation.code:
        raise ValueError(f"an activation that is written down must have code, got {activation}")
    return activation.code


def for_torch(code: str) -> str:
    """The same expression in PyTorch, which compares a tensor with a number by another name."""
    code = re.sub(r"np\.maximum\(z, ([\d.]+)\)", r"torch.clamp(z, min=\1)", code)
    return code.replace("np.", "torch.")


def as_list(array: FloatArray) -> str:
    """The array as Python writes a list of lists; Python reads the very same numbers from it."""
    return repr(np.asarray(array, dtype=np.float64).tolist())


def commented(heading: str) -> str:
    """The heading as lines of comment."""
    return "\n".join(f"# {line}" for line in heading.splitlines())


def as_text(*lines: str) -> str:
    """The lines of a program as its text."""
    return "\n".join(lines) + "\n"
