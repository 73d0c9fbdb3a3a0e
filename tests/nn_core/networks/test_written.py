"""A network written down computes what it computes: every program is run, every text is read back."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.networks.activations import ACTIVATIONS, IDENTITY, SIGMOID, Activation
from nn_core.networks.network import Layer, Network
from nn_core.networks.written import (
    MOST_LAYERS,
    WrittenError,
    as_json,
    from_json,
    numpy_program,
    pytorch_program,
)

WRITTEN = [each for each in ACTIVATIONS.values() if each.code]
INPUTS = np.array([[-1.5, 0.25], [0.0, 0.0], [2.0, -0.5]])
SMALL = {"weights": [[1.0, -2.0]], "biases": [0.5, 0.0], "activation": "sigmoid"}


def some_network(activation: Activation, seed: int = 1) -> Network:
    """Two inputs, three hidden units, two outputs."""
    rng = np.random.default_rng(seed)
    hidden = Layer(rng.normal(size=(2, 3)), rng.normal(size=3), activation)
    return Network((hidden, Layer(rng.normal(size=(3, 2)), rng.normal(size=2), IDENTITY)))


def printed(program: str) -> np.ndarray:
    """What the program prints: a row for each input, the inputs and the outputs."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program, "program", "exec"), {})
    return np.array(
        [[float(n) for n in line.replace("->", "").split()] for line in out.getvalue().splitlines()]
    )


@pytest.mark.parametrize("activation", WRITTEN, ids=str)
def test_the_program_prints_what_the_network_computes(activation: Activation) -> None:
    network = some_network(activation)
    shown = printed(numpy_program(network, INPUTS, "a network"))
    np.testing.assert_allclose(shown, np.hstack([INPUTS, network(INPUTS)]), rtol=1e-12, atol=1e-12)


def test_a_program_has_about_a_dozen_lines_and_one_a_layer() -> None:
    program = numpy_program(some_network(SIGMOID), INPUTS, "what it is\nwhere it is from")
    assert program.startswith("# what it is\n# where it is from\nimport numpy as np\n")
    assert len([line for line in program.splitlines() if line and not line.startswith("#")]) <= 12


@pytest.mark.parametrize("activation", WRITTEN, ids=str)
def test_the_program_of_pytorch_is_one_of_its_modules_and_computes_the_same(activation: Activation) -> None:
    network = some_network(activation)
    program = pytorch_program(network, INPUTS, "a network")
    assert "np." not in program
    calls = [node for node in ast.walk(ast.parse(program)) if isinstance(node, ast.Call)]
    assert sum(isinstance(call.func, ast.Name) and call.func.id == "dense" for call in calls) == 2
    with contextlib.suppress(ModuleNotFoundError):
        np.testing.assert_allclose(printed(program)[:, 2:], network(INPUTS), rtol=1e-12, atol=1e-12)


def test_what_has_no_code_is_not_written_as_a_program() -> None:
    silent = Activation("silent", "z", IDENTITY.function, IDENTITY.derivative)
    for program in (numpy_program, pytorch_program):
        with pytest.raises(ValueError, match="must have code, got silent"):
            program(some_network(silent), INPUTS, "")
        with pytest.raises(ValueError, match=re.escape("shape (n_samples, 2), got shape (3, 1)")):
            program(some_network(SIGMOID), INPUTS[:, :1], "")


@given(
    st.integers(1, 4), st.lists(st.integers(1, 5), max_size=3), st.sampled_from(WRITTEN), st.integers(0, 99)
)
def test_a_network_comes_back_from_json_bit_by_bit(
    n_in: int, hidden: list[int], activation: Activation, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    sizes = [n_in, *hidden, 2]
    layers = [
        Layer(rng.normal(size=shape), rng.normal(size=shape[1]), activation) for shape in pairwise(sizes)
    ]
    again = from_json(as_json(Network(tuple(layers)), "“a” network"))
    for before, after in zip(layers, again.layers, strict=True):
        assert np.array_equal(before.weights, after.weights)
        assert np.array_equal(before.biases, after.biases)
        assert before.activation is after.activation


def with_layers(*layers: object) -> str:
    return json.dumps({"layers": layers})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "must be written in JSON"),
        ("[" * 100_000, "must be written in JSON"),
        ("3", 'a list "layers"'),
        (with_layers(), "1 to 64 layers"),
        (with_layers(*[SMALL] * (MOST_LAYERS + 1)), "1 to 64 layers"),
        (with_layers(7), 'layer 1 must have "weights"'),
        (with_layers({**SMALL, "weights": [[1.0], [2.0, 3.0]]}), "weights of layer 1 must be a list of rows"),
        (with_layers({**SMALL, "weights": [["1", "2"]]}), "weights of layer 1 must be a list of rows"),
        (with_layers({**SMALL, "weights": [[float("nan"), 1.0]]}), "the weights of layer 1 must be finite"),
        (with_layers({**SMALL, "biases": []}), "the biases of layer 1 must be a list of numbers"),
        (with_layers({**SMALL, "biases": [1.0]}), "layer 1 must have one bias a column of weights, got 2"),
        (with_layers({**SMALL, "activation": "swoosh"}), "layer 1 must be one of identity, step"),
        (with_layers({**SMALL, "activation": ["step"]}), "the activation of layer 1 must be one of"),
        (with_layers(SMALL, SMALL), "layer 2 must have one row a unit of the layer before it, 2"),
        (
            with_layers({**SMALL, "weights": [[1.0] * 20_000], "biases": [1.0] * 20_000}),
            "at most 20000 weights and biases, got 40000",
        ),
    ],
)  # fmt: skip
def test_what_is_no_network_is_told_which_part_and_why(text: str, says: str) -> None:
    with pytest.raises(WrittenError, match=re.escape(says)):
        from_json(text)
