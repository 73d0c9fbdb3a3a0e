"""The cost: how many numbers a network is made of, and how often it multiplies."""

from __future__ import annotations

from functools import partial
from math import log

import streamlit as st

from nn_core.networks import costs
from nn_core.networks.costs import Landmark
from pages.shared.figures.plots.counted.landmarks import scale
from pages.shared.glossary.telling import tell as explain
from pages.shared.numbers import grouped, percent, plain, rounded, shortly
from pages.shared.stage.inputs.choice import Choice
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.stage.stage import Preset, stage

Sizes = tuple[int, ...]

ENDS = {"4 → 1": (4, 1), "784 → 10": (784, 10), "150528 → 1000": (150_528, 1000)}
GPT_3 = costs.LANDMARKS[-1]
ALEXNET = costs.LANDMARKS[-3]
NEAR = 0.1
TIMES = {"as many": 1.0, "twice as many": 2.0, "three times": 3.0, "four times": 4.0}
WIDER = Question(
    "Suppose every hidden layer were twice as wide. About how many times as many parameters are there then?",
    tuple(TIMES),
)


def cost_picture(network: Sizes, ends: str, doublings: float, depth: float, wider: str = NOTHING) -> Picture:
    """A dense network of the reader's on the scale of the landmarks."""
    inputs, outputs = ENDS[ends]
    sizes = (inputs, *[2 ** int(doublings)] * int(depth), outputs)
    parameters, products = costs.n_parameters(sizes), costs.n_multiplications(sizes)
    above = Landmark("the network above", costs.n_parameters(network), "counted from its sizes")
    told = told_sizes(sizes)
    return Picture(
        scale((above, *costs.LANDMARKS), parameters),
        readouts={
            "sizes": told,
            "parameters": grouped(parameters),
            "multiplications": grouped(products),
            "memory, 4 bytes each": told_bytes(costs.BYTES_EACH * parameters),
            "by hand, one a second": told_seconds(products),
        },
        measures={"parameters": float(parameters), "multiplications": float(products)},
        tasks=tasks(parameters) | {WIDER.label: twice_as_wide(sizes, wider)},
        description=f"A dense network of the sizes {told} has {grouped(parameters)} parameters and "
        f"multiplies {grouped(products)} times. By hand, one multiplication a second, that takes "
        f"{told_seconds(products)}.",
        idle={"doublings": "" if depth else "there is no hidden layer"},
    )


def tasks(parameters: int) -> dict[str, Verdict]:
    """As many parameters as two of the landmarks have."""
    return {
        "Reach GPT-3 with a dense network.": Verdict(
            parameters >= GPT_3.n_parameters,
            f"{told_share(parameters, GPT_3)}: {shortly(parameters)} numbers.",
            max(log(GPT_3.n_parameters / parameters), 0.0),
        ),
        "Come within a tenth of AlexNet's 60 million.": Verdict(
            abs(parameters / ALEXNET.n_parameters - 1.0) <= NEAR,
            f"{told_share(parameters, ALEXNET)}.",
            abs(log(ALEXNET.n_parameters / parameters)),
        ),
    }


def twice_as_wide(sizes: Sizes, chosen: str) -> Verdict:
    """How the parameters grow where every hidden layer is twice as wide: which of TIMES is nearest."""
    first, *hidden, last = sizes
    now, then = (costs.n_parameters((first, *(each * n for n in hidden), last)) for each in (1, 2))
    right = min(TIMES, key=lambda told: abs(TIMES[told] - then / now))
    return answer(
        chosen, right, f"{shortly(now)} would become {shortly(then)}: {plain(then / now)} times as many."
    )


def told_sizes(sizes: Sizes) -> str:
    """The sizes of the layers, equal ones counted: 784, 42 × 65536, 10."""
    _, *hidden, _ = sizes
    between = [f"{len(hidden)} × {hidden[0]}"] if hidden else []
    return ", ".join([str(sizes[0]), *between, str(sizes[-1])])


def told_share(parameters: int, landmark: Landmark) -> str:
    """How a count compares with a landmark's."""
    ratio = parameters / landmark.n_parameters
    name = landmark.name.partition(",")[0]
    if ratio >= 1.0:
        return f"{grouped(ratio, 1)} times {name}"
    return f"1 part in {grouped(1.0 / ratio)} of {name}" if ratio < 0.5 else f"{percent(ratio)} of {name}"


def told_bytes(size: int) -> str:
    """An amount of memory; 1 GB is 10⁹ bytes."""
    for unit, name in ((10**12, "TB"), (10**9, "GB"), (10**6, "MB"), (1000, "kB")):
        if size >= unit:
            return f"{rounded(size / unit)} {name}"
    return f"{size} bytes"


SPANS = (("years", 31_557_600), ("days", 86_400), ("hours", 3600), ("minutes", 60), ("seconds", 1))


def told_seconds(seconds: int) -> str:
    """A time in the largest unit of which there are at least two."""
    name, length = next((span for span in SPANS if seconds >= 2 * span[1]), SPANS[-1])
    return f"{rounded(seconds / length)} {name}"


def show(sizes: Sizes) -> None:
    """The stage of the costs, and the words around it. sizes: of the network to compare with."""
    st.header("What it costs")
    st.markdown(
        "A dense network multiplies **once for every weight**, each time it answers. Add layers, and see how "
        "far you get."
    )
    stage(
        "cost",
        partial(cost_picture, sizes),
        presets=[Preset("784-16-16-10", {"ends": "784 → 10", "doublings": 4.0, "depth": 2.0})],
        doublings=Knob("k, with 2ᵏ units a layer", 0, 17, value=4, step=1, colour="network"),
        depth=Knob("hidden layers", 0, 96, value=2, step=1, colour="network"),
        ends=Choice("inputs → outputs", tuple(ENDS), "784 → 10"),
        wider=WIDER,
    )
    tell()


def tell() -> None:
    """What is counted, and where the numbers are from."""
    left, right = st.columns(2, gap="large")
    explain(
        r"""
### What is counted

[[Parameters]] are all weights and biases: between layers of $m$ and $n$ units there are $m\,n + n$. A forward
pass through such **dense** layers takes one multiplication a weight, $m\,n$; adding and the activations are
not counted. Doubling a layer and the one before it makes four times as many.

LeNet-5 and AlexNet use a weight at many places of the image, GPT-2 and GPT-3 for every piece of a text: they
multiply more often than they have parameters.
""",
        left,
    )
    right.markdown(
        "### Where the numbers are from\n\n"
        + "\n".join(f"- **{landmark.name}**: {landmark.source}." for landmark in costs.LANDMARKS)
    )
