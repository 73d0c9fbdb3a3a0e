"""A chain written down: as a program of NumPy or of PyTorch that anybody can run, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.families.attention import Head, Last, Residual
from nn_core.families.chains import Chain, Dense, Part, Softmax
from nn_core.families.convolution import Convolution, Flat, GlobalMaximum
from nn_core.families.recurrence import OneAStep, Recurrent
from nn_core.networks.activations import Activation
from nn_core.networks.written import FORM, as_list, as_text, code_of, commented, for_torch


@dataclass(frozen=True, eq=False, slots=True)
class Piece:
    """What a part says of itself.

    Attributes:
        kind: what it is called.
        numpy: its lines of NumPy, which make a new `a` of `a`; in braces stand the names of its arrays.
        torch: the same in PyTorch.
        learnt: its arrays by their names, in the order of its `parameters`.
        fixed: other arrays, which are not learnt.
        settings: what else there is to say in JSON.
    """

    kind: str
    numpy: tuple[str, ...] = ()
    torch: tuple[str, ...] = ()
    learnt: Mapping[str, FloatArray] = field(default_factory=dict)
    fixed: Mapping[str, FloatArray] = field(default_factory=dict)
    settings: Mapping[str, str | float] = field(default_factory=dict)


# A piece, and what its arrays are called in the program.
Named = tuple[Piece, dict[str, str]]


def numpy_program(chain: Chain, x: FloatArray, heading: str) -> str:
    """A program that computes the chain with NumPy alone, and prints what comes out.

    Args:
        chain: of parts that `piece` knows, in a `Residual` or not.
        x: what goes in, shape (n_samples, ..). Every float64 is written out exactly.
        heading: what the program is called; its lines become comments.

    Returns:
        The program: a line an array, a few a part, and about ten more. It prints a line for each row along
        the last axis of what comes out.

    Raises:
        ValueError: if there is another part, an activation has no code, or x does not fit the chain.
    """
    pieces = _named(chain, x)
    arrays = [
        f"{names[key]} = np.array({as_list(array)})"
        for piece, names in pieces
        for key, array in (*piece.learnt.items(), *piece.fixed.items())
    ]
    return as_text(
        commented(heading),
        "import numpy as np",
        "",
        *arrays,
        "",
        "def network(a):",
        *(f"    {line}" for piece, names in pieces for line in _body(piece.kind, piece.numpy, names)),
        "    return a",
        "",
        f"x = np.array({as_list(x)})",
        "a = network(x)",
        "for row in a.reshape(-1, a.shape[-1]):",
        "    print(*row)",
    )


def pytorch_program(chain: Chain, x: FloatArray, heading: str) -> str:
    """The chain as a `torch.nn.Module`, in float64.

    It can be trained further: what can be learnt are its parameters. It prints what `numpy_program` prints,
    and takes and raises the same.
    """
    pieces = _named(chain, x)
    learnt = [
        f"        self.{names[key]} = torch.nn.Parameter(torch.tensor({as_list(array)}))"
        for piece, names in pieces
        for key, array in piece.learnt.items()
    ]
    fixed = [
        f'        self.register_buffer("{names[key]}", torch.tensor({as_list(array)}))'
        for piece, names in pieces
        for key, array in piece.fixed.items()
    ]
    own = [(piece, {key: f"self.{name}" for key, name in names.items()}) for piece, names in pieces]
    return as_text(
        commented(heading),
        "import torch",
        "",
        "torch.set_default_dtype(torch.float64)",
        "",
        "class Network(torch.nn.Module):",
        "    def __init__(self):",
        "        super().__init__()",
        *learnt,
        *fixed,
        "",
        "    def forward(self, a):",
        *(f"        {line}" for piece, names in own for line in _body(piece.kind, piece.torch, names)),
        "        return a",
        "",
        "network = Network()",
        f"x = torch.tensor({as_list(x)})",
        "a = network(x)",
        "for row in a.reshape(-1, a.shape[-1]).tolist():",
        "    print(*row)",
    )


def as_json(chain: Chain, heading: str) -> str:
    """The chain as JSON: of each part its kind, its settings, and its arrays with their shapes.

    Raises:
        ValueError: if there is a part that `piece` does not know.
    """
    told = {"superpose": FORM, "about": heading, "parts": _told(chain)}
    return json.dumps(told, ensure_ascii=False, indent=1)


# ---- what each kind of part says ------------------------------------------------------------------


@singledispatch
def piece(part: Part) -> Piece:
    """What a part says of itself; Raises ValueError for a kind that is not written down."""
    raise ValueError(
        f"a part that is written down must be of a kind that is known, got {type(part).__name__}"
    )


@piece.register
def _dense(part: Dense) -> Piece:
    layer = part.layer
    lines = _activated("a @ {W} + {b}", layer.activation)
    return Piece(
        "dense",
        lines,
        tuple(map(for_torch, lines)),
        {"W": layer.weights, "b": layer.biases},
        settings={"activation": layer.activation.name},
    )


@piece.register
def _convolution(part: Convolution) -> Piece:
    layer, side, ring = part.layer, part.side, part.ring
    channels = len(layer.weights) // side**2
    return Piece(
        "convolution",
        (
            f"a = np.pad(a, ((0, 0), ({ring}, {ring}), ({ring}, {ring}), (0, 0)))",
            f"a = np.lib.stride_tricks.sliding_window_view(a, ({side}, {side}), axis=(1, 2))",
            "a = np.moveaxis(a, 3, -1)",
            *_activated("a.reshape(*a.shape[:3], -1) @ {W} + {b}", layer.activation),
        ),
        (
            f"kernels = {{W}}.T.reshape(-1, {side}, {side}, {channels}).movedim(-1, 1)",
            f"z = torch.nn.functional.conv2d(a.movedim(-1, 1), kernels, {{b}}, padding={ring})",
            *map(for_torch, _activated("z.movedim(1, -1)", layer.activation)),
        ),
        {"W": layer.weights, "b": layer.biases},
        settings={"side": side, "ring": ring, "activation": layer.activation.name},
    )


@piece.register
def _global_maximum(part: GlobalMaximum) -> Piece:
    return Piece("global maximum", ("a = a.max(axis=(1, 2))",), ("a = a.amax(dim=(1, 2))",))


@piece.register
def _flat(part: Flat) -> Piece:
    line = "a = a.reshape(len(a), -1)"
    return Piece("flat", (line,), (line,))


@piece.register
def _recurrent(part: Recurrent) -> Piece:
    code = code_of(part.activation)
    step = "    z = h @ {W} + x @ {U} + {b}"
    return Piece(
        "recurrence",
        (
            "h, states = {h}, []",
            "for x in np.moveaxis(a, 1, 0):",
            step,
            f"    h = {code}",
            "    states.append(h)",
            "a = np.stack(states, axis=1)",
        ),
        (
            "h, states = {h}, []",
            "for x in a.movedim(1, 0):",
            step,
            f"    h = {for_torch(code)}",
            "    states.append(h)",
            "a = torch.stack(states, dim=1)",
        ),
        {"W": part.within, "U": part.inputs, "b": part.biases},
        {"h": part.start},
        {"activation": part.activation.name},
    )


@piece.register
def _one_a_step(part: OneAStep) -> Piece:
    line = "a = a[:, :, 0]"
    return Piece("one a step", (line,), (line,))


@piece.register
def _head(part: Head) -> Piece:
    beta = repr(float(part.sharpness))
    hidden = ("scores = np.where(np.tri(a.shape[1]) > 0, scores, -np.inf)",) if part.causal else ()
    masked = ("scores = scores.masked_fill(torch.ones_like(scores).triu(1) > 0, -torch.inf)",)
    return Piece(
        "attention head",
        (
            f"scores = {beta} * ((a @ {{Q}}) @ np.swapaxes(a @ {{K}}, 1, 2))",
            *hidden,
            *_shares("scores", "shares"),
            "a = shares @ (a @ {V}) @ {O}",
        ),
        (
            f"scores = {beta} * ((a @ {{Q}}) @ (a @ {{K}}).transpose(1, 2))",
            *(masked if part.causal else ()),
            "a = torch.softmax(scores, dim=-1) @ (a @ {V}) @ {O}",
        ),
        {"Q": part.queries, "K": part.keys, "V": part.values, "O": part.out},
        settings={"sharpness": part.sharpness, "causal": part.causal},
    )


@piece.register
def _last(part: Last) -> Piece:
    return Piece("last", ("a = a[:, -1]",), ("a = a[:, -1]",))


@piece.register
def _softmax(part: Softmax) -> Piece:
    return Piece("softmax", _shares("a", "a"), ("a = torch.softmax(a, dim=-1)",))


def _activated(sums: str, activation: Activation) -> tuple[str, ...]:
    """The lines that make a of z, which is what `sums` says; one line where it is z itself."""
    code = code_of(activation)
    return (f"a = {sums}",) if code == "z" else (f"z = {sums}", f"a = {code}")


def _shares(scores: str, shares: str) -> tuple[str, ...]:
    return (
        f"{shares} = np.exp({scores} - {scores}.max(axis=-1, keepdims=True))",
        f"{shares} = {shares} / {shares}.sum(axis=-1, keepdims=True)",
    )


# ---- all of them together -------------------------------------------------------------------------


def _named(chain: Chain, x: FloatArray) -> list[Named]:
    """The pieces in their order, each with names of its own; ValueError if x does not fit."""
    chain(x)
    return [
        (each, {key: f"{key}{number}" for key in (*each.learnt, *each.fixed)})
        for number, each in enumerate(_pieces(chain), 1)
    ]


def _body(kind: str, lines: tuple[str, ...], names: Mapping[str, str]) -> list[str]:
    """The lines of a piece with its names in them, below what it is called."""
    return [f"# {kind}", *(line.format_map(names) for line in lines)]


def _pieces(part: Part, depth: int = 1) -> Iterator[Piece]:
    """All pieces of a part, and the lines that keep the input of a `Residual` and add it."""
    if isinstance(part, Chain):
        for each in part.parts:
            yield from _pieces(each, depth)
    elif isinstance(part, Residual):
        kept = f"kept{depth} = a", f"a = kept{depth} + a"
        yield Piece("residual: what goes in is kept", kept[:1], kept[:1])
        yield from _pieces(part.part, depth + 1)
        yield Piece("residual: and added", kept[1:], kept[1:])
    else:
        yield piece(part)


def _told(part: Part) -> list[dict[str, Any]]:
    """The parts of a part, as JSON has them."""
    if isinstance(part, Chain):
        return [told for each in part.parts for told in _told(each)]
    if isinstance(part, Residual):
        return [{"part": "residual", "parts": _told(part.part)}]
    own = piece(part)
    arrays = {
        key: {"shape": list(np.shape(array)), "values": array.tolist()}
        for key, array in (*own.learnt.items(), *own.fixed.items())
    }
    return [{"part": own.kind, **own.settings, **arrays}]
