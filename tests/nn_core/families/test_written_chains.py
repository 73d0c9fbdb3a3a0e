"""A chain written down computes what it computes, whatever its parts are."""

from __future__ import annotations

import ast
import contextlib
import io
import json
from typing import Any

import numpy as np
import pytest

from nn_core.arrays import FloatArray
from nn_core.families.adversaries.rivals import Powers
from nn_core.families.attention import Head, Last, Residual
from nn_core.families.chains import Chain, Dense, Softmax
from nn_core.families.convolution import Convolution, Flat, GlobalMaximum
from nn_core.families.recurrence import OneAStep, Recurrent
from nn_core.families.written import as_json, numpy_program, pytorch_program
from nn_core.networks.activations import ACTIVATIONS, IDENTITY, RELU, TANH, Activation
from nn_core.networks.network import Layer
from tests.nn_core.families.slopes import slopes_agree

RANDOM = np.random.default_rng(3)


def layer(n_in: int, n_out: int, activation: Activation) -> Layer:
    return Layer(RANDOM.normal(size=(n_in, n_out)), RANDOM.normal(size=n_out), activation)


def head(width: int, causal: bool) -> Head:
    shapes = (width, 2), (width, 2), (width, 4), (4, width)
    return Head(*(RANDOM.normal(size=shape) for shape in shapes), sharpness=0.7, causal=causal)


def recurrent(activation: Activation) -> Recurrent:
    shapes = (3, 3), (2, 3), (3,)
    return Recurrent(*(RANDOM.normal(size=shape) for shape in shapes), activation, RANDOM.normal(size=3))


PICTURES, SEQUENCES = RANDOM.normal(size=(2, 5, 6, 2)), RANDOM.normal(size=(2, 4, 2))
CHAINS: dict[str, tuple[Chain, FloatArray]] = {
    "windows": (
        Chain((Convolution(layer(18, 4, RELU), 3, 1), GlobalMaximum(), Dense(layer(4, 3, TANH)), Softmax())),
        PICTURES,
    ),
    "windows of windows": (
        Chain((Convolution(layer(8, 3, TANH), 2), Convolution(layer(12, 2, RELU), 2, 2), Flat())),
        PICTURES,
    ),
    "memory": (Chain((recurrent(TANH), Dense(layer(3, 1, IDENTITY)), OneAStep())), SEQUENCES),
    "memory of hinges": (Chain((recurrent(RELU),)), SEQUENCES),
    "looks": (Chain((Residual(Chain((Residual(head(2, True)), head(2, False)))), head(2, True))), SEQUENCES),
    "one look": (Chain((head(2, False), Last())), SEQUENCES),
}  # fmt: skip
each_chain = pytest.mark.parametrize(("chain", "x"), CHAINS.values(), ids=CHAINS.keys())


def printed(program: str) -> FloatArray:
    """What the program prints, a row for each line."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program, "program", "exec"), {})
    return np.array([line.split() for line in out.getvalue().splitlines()], dtype=float)


@each_chain
def test_the_program_prints_what_the_chain_computes(chain: Chain, x: FloatArray) -> None:
    output = chain(x)
    shown = printed(numpy_program(chain, x, "a chain\nof mine"))
    np.testing.assert_allclose(shown, output.reshape(-1, output.shape[-1]), rtol=1e-12, atol=1e-12)


@each_chain
def test_the_program_of_pytorch_is_a_module_and_computes_the_same(chain: Chain, x: FloatArray) -> None:
    program, output = pytorch_program(chain, x, "a chain"), chain(x)
    assert "np." not in program
    (module,) = (node for node in ast.walk(ast.parse(program)) if isinstance(node, ast.ClassDef))
    assert ast.unparse(module.bases[0]) == "torch.nn.Module"
    with contextlib.suppress(ModuleNotFoundError):
        np.testing.assert_allclose(
            printed(program), output.reshape(-1, output.shape[-1]), rtol=1e-12, atol=1e-12
        )


def test_a_program_says_what_each_part_is() -> None:
    chain, x = CHAINS["windows"]
    for program in (numpy_program(chain, x, "it"), pytorch_program(chain, x, "it")):
        said = [line.strip() for line in program.splitlines() if line.strip().startswith("#")]
        assert said == ["# it", "# convolution", "# global maximum", "# dense", "# softmax"]


def numbers(told: list[dict[str, Any]]) -> list[FloatArray]:
    """The arrays that are learnt, in the order in which they are told, each of the shape that is told."""
    found = []
    for part in told:
        found += numbers(part.get("parts", []))
        for key, array in part.items():
            if isinstance(array, dict) and key != "h":
                values = np.array(array["values"])
                assert list(values.shape) == array["shape"]
                found.append(values)
    return found


@each_chain
def test_json_tells_all_numbers_with_their_shapes(chain: Chain, x: FloatArray) -> None:
    told = json.loads(as_json(chain, "“a” chain"))
    assert told["about"] == "“a” chain"
    row = np.concatenate([each.ravel() for each in numbers(told["parts"])])
    assert np.array_equal(row, chain.parameters)


def test_json_tells_what_else_makes_a_part_what_it_is() -> None:
    (window, *_), (kept, look) = (
        json.loads(as_json(CHAINS[name][0], ""))["parts"] for name in ("windows", "looks")
    )
    assert (window["part"], window["side"], window["ring"], window["activation"]) == (
        "convolution",
        3,
        1,
        "ReLU",
    )
    assert [each["part"] for each in kept["parts"]] == ["residual", "attention head"]
    assert (look["sharpness"], look["causal"]) == (0.7, True)


def test_a_part_of_another_kind_and_what_has_no_code_are_refused() -> None:
    silent = Activation("silent", "z", IDENTITY.function, IDENTITY.derivative)
    for program in (numpy_program, pytorch_program):
        with pytest.raises(ValueError, match="kind that is known, got Powers"):
            program(Chain((Powers(0.0),)), np.ones((1, 1)), "")
        with pytest.raises(ValueError, match="must have code, got silent"):
            program(Chain((Dense(layer(2, 1, silent)),)), np.ones((1, 2)), "")
        with pytest.raises(ValueError, match="x must have shape"):
            program(Chain((Dense(layer(2, 1, ACTIVATIONS["tanh"])),)), np.ones((1, 3)), "")


def test_the_slopes_of_a_softmax_are_those_of_its_output() -> None:
    slopes_agree(Softmax(), RANDOM.normal(size=(2, 3, 4)))
