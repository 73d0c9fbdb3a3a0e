"""Why nonlinear: a stack of linear layers is one linear layer, and what bends it is the activation."""

from __future__ import annotations

from functools import lru_cache, partial

import numpy as np
import streamlit as st

from nn_core.arrays import FloatArray
from nn_core.errors import accuracy
from nn_core.grids import line
from nn_core.learning.courses import Cloud, Course
from nn_core.learning.losses import BINARY_CROSS_ENTROPY
from nn_core.learning.optimisers import GRADIENT_DESCENT
from nn_core.learning.training import Recipe
from nn_core.networks.activations import ACTIVATIONS, RELU, SIGMOID, SINE, TANH
from nn_core.networks.collapse import blended, collapse
from nn_core.networks.network import Network
from nn_core.plane.datasets import Dataset
from pages.shared.activations import bending, continuous, offered, through_zero
from pages.shared.asking import menus
from pages.shared.asking.beliefs import LAYERS
from pages.shared.figures.axes import Figure
from pages.shared.figures.latex import matrices
from pages.shared.figures.plots import plane
from pages.shared.figures.plots.plane import View
from pages.shared.glossary.telling import tell
from pages.shared.numbers import plain, signed, small
from pages.shared.programs import files_of
from pages.shared.prose import more_exactly, two_columns
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.inputs.question import NOTHING, Question
from pages.shared.stage.picture import Picture, Verdict, answer
from pages.shared.stage.stage import stage
from pages.shared.trainings import trained

VIEW = View(1.2, 49)
POINTS = Cloud("moons", 120, 0.05, 1)
WIDTH, STEPS = 4, 1500
# The learning rate, and for 1, 2 and 3 hidden layers a seed of the first weights with which all points are
# separated and the line is in view. Where none was looked for, the first seeds are taken as they are.
TRIED = {TANH: (1.0, (5, 18, 1)), RELU: (0.3, (6, 12, 9)), SINE: (0.3, (6, 4, 19))}
UNTRIED = (0.3, (1, 1, 1))
MOST_SEGMENTS = 400
MOST_LAYERS = 3
ROUNDING = 1e-9


def course(activation: str, depth: int) -> Course:
    """A training that tells two moons apart, with so many hidden layers of that activation."""
    rate, seeds = TRIED.get(ACTIVATIONS[activation], UNTRIED)
    recipe = Recipe(BINARY_CROSS_ENTROPY, GRADIENT_DESCENT, rate)
    return Course(POINTS, (WIDTH,) * depth, ACTIVATIONS[activation], recipe, seeds[depth - 1], STEPS, STEPS)


def along(network: Network) -> FloatArray:
    """What the network gives along the middle line of the plane."""
    return network(np.column_stack([VIEW.ticks, np.zeros(VIEW.side)]))[:, 0]


@lru_cache(maxsize=4)
def heights(bent: Network) -> tuple[float, float]:
    """The range of the curve for every α, with room around it."""
    curves = [along(blended(bent, alpha)) for alpha in np.linspace(0.0, 1.0, 21)]
    most = 1.1 * float(np.abs(curves).max())
    return -most, most


QUARTERS = ("below 0.25", "from 0.25 to 0.5", "from 0.5 to 0.75", "above 0.75")
NEVER = "nowhere"
HOW_BENT = "Drag nothing yet: from which α on will all points be on their side?"


@lru_cache(maxsize=16)
def first_apart(chosen: Course) -> float | None:
    """The least α, in hundredths, at which all points are on their side; None where there is none."""
    bent, (dataset, _) = trained(chosen).networks[-1], POINTS.datasets()
    for alpha in line((0.0, 1.0), 101).tolist():
        if accuracy(blended(bent, alpha)(dataset.points)[:, 0], dataset.labels) == 1.0:
            return float(round(alpha, 2))
    return None


def how_bent(chosen: Course) -> Question:
    """From which α on the network does what it was trained for."""
    return Question(HOW_BENT, (*QUARTERS, NEVER), {"alpha": first_apart(chosen) or 1.0})


def judged(chosen: Course, expected: str) -> Verdict:
    """Whether that is the α from which on they are."""
    first = first_apart(chosen)
    if first is None:
        return answer(expected, NEVER, "With these weights some point is on the wrong side at every α.")
    return answer(expected, QUARTERS[min(int(4 * first), 3)], f"The first α is {plain(first)}.")


def picture(chosen: Course, alpha: float, bent_at: str = NOTHING) -> Picture:
    """The same weights with activations between the identity and their own."""
    bent = trained(chosen).networks[-1]
    network, straight = blended(bent, alpha), collapse(blended(bent, 0.0))
    dataset, _ = POINTS.datasets()
    logits = network(VIEW.points)[:, 0]
    apart = float(np.abs(logits - straight(VIEW.points)[:, 0]).max())
    right = round(accuracy(network(dataset.points)[:, 0], dataset.labels) * dataset.n)
    return Picture(
        [
            plane.cut(VIEW.ticks, along(network), along(straight), heights(bent)),
            boundary_plot(logits, dataset),
        ],
        beside=True,
        files=files_of(network, dataset.points),
        readouts={
            "points on their side": f"{right} of {dataset.n}",
            "difference from one linear layer": "0, up to rounding" if apart < ROUNDING else small(apart),
        },
        measures={"nonlinearity α": alpha, "points on the wrong side": float(dataset.n - right)},
        tasks={
            "All points on their side.": Verdict(
                right == dataset.n, f"{right} of {dataset.n} are.", dataset.n - right
            ),
            HOW_BENT: judged(chosen, bent_at),
            LAYERS.label: collapsed(network, apart, alpha),
        },
        description=f"Activation: {plain(1 - alpha)} identity and {plain(alpha)} {chosen.activation}. "
        f"{right} of {dataset.n} points are on their side. The logit is up to {small(apart)} away from a "
        "linear one.",
    )


def collapsed(network: Network, apart: float, alpha: float) -> Verdict:
    """Whether many linear layers are one."""
    far = "0, up to rounding" if apart < ROUNDING else small(apart)
    return Verdict(
        alpha == 0.0 and network.depth == MOST_LAYERS and apart < ROUNDING,
        f"Hidden layers: {network.depth}, numbers in them and the output: {network.n_parameters}. Farthest "
        f"from one linear layer: {far}.",
    )


def boundary_plot(logits: FloatArray, dataset: Dataset) -> Figure:
    """The plane with the points, the field and the boundary between the classes."""
    traces = [
        plane.field("field", VIEW.ticks, VIEW.ticks, plane.levels(SIGMOID(logits))),
        plane.boundary(logits, VIEW, MOST_SEGMENTS),
        *plane.labelled(dataset, size=7),
    ]
    return plane.plane(traces, VIEW)


# ---- the product of the matrices ----------------------------------------------------------------------


def products(network: Network) -> list[FloatArray]:
    """W1, W1 W2, W1 W2 W3, ...: the weights of more and more linear layers as one."""
    found = [network.layers[0].weights]
    for layer in network.layers[1:]:
        found.append(found[-1] @ layer.weights)
    return found


def told_product(network: Network, step: int) -> list[str]:
    """What stands on the page when `step` products are multiplied out, as LaTeX, line by line."""
    done = products(network)
    name = matrices.product_name(step + 1)
    rest = network.layers[step + 1 :]
    lines = [rf"{name} = {matrices.matrix(done[step])}"]
    lines += [
        rf"W_{{{step + 2 + index}}} = {matrices.matrix(layer.weights)}" for index, layer in enumerate(rest)
    ]
    if step:
        entry = matrices.entry(done[step - 1], network.layers[step].weights, done[step])
        lines.insert(0, matrices.over_lines(rf"({name})_{{11}}", entry))
    return lines


# ---- the page -----------------------------------------------------------------------------------------

st.title("Why nonlinear")
st.markdown(
    "Slow songs you like loud, fast ones quiet: no straight line parts what you skip from what you play. But "
    "layer upon layer of **linear** units is one straight line. Drag α: the activation **bends** it."
)
places = st.columns([3, 2, 3])
names = offered(bending, continuous, through_zero)
activation = menus.pick(places[0], "Activation f", names, "activation", TANH.name)
depth = menus.pick(places[1], "Hidden layers", [1, 2, 3], "layers", 2)
chosen = course(activation, depth)
stage(
    "nonlinearity",
    partial(picture, chosen),
    cards=[LAYERS.begun(alpha=0.0)],
    alpha=Knob("nonlinearity α", 0, 1, value=0.0, step=0.01, colour="network"),
    bent_at=how_bent(chosen),
)

two_columns(
    r"""
## What α does

Every hidden unit has the activation $f_\alpha(z) = (1 - \alpha)\, z + \alpha\, f(z)$. At α = 0 it is the
identity, at α = 1 it is f. **No weight changes**: they were found once by [[training]], with f.

The network gives out one number for every point of the plane, the [[logit]]: above 0 it decides for class 1,
below 0 for class 0. The left plot shows it along the middle line of the plane. On the right the colours show
how sure the network is, and the line where it is undecided is the [[decision boundary]]. Both are straight at
α = 0, **however many layers there are**, and bend together.
""",
    r"""
## Why it is straight

A linear layer takes $x$ to $x W_1 + b_1$, the next one takes that to $(x W_1 + b_1)\, W_2 + b_2$. That is

$$
x\,(W_1 W_2) + (b_1 W_2 + b_2) ,
$$

again one linear layer. So a stack of linear layers, of any depth and width, can do no more than one.
""",
)

st.header("Multiply it out")
tell(
    "These are the weights of the network above, each layer's in a [[matrix]]. To multiply two of them is to "
    "let one layer follow the other: multiply on until one layer is left."
)
linear = blended(trained(chosen).networks[-1], 0.0)
steps = [matrices.plain_name(count) for count in range(1, depth + 2)]
shown = menus.pick(st.container(), "Multiplied so far", steps, "product", steps[0])
for formula in told_product(linear, steps.index(shown)):
    st.latex(formula)
if shown == steps[-1]:
    one = collapse(linear)
    (across, up), bias = one.layers[0].weights[:, 0], one.layers[0].biases[0]
    difference = np.abs(linear(VIEW.points) - one(VIEW.points)).max()
    tell(
        f"One layer is left: the logit is **{signed(across)} x₁ {signed(up)} x₂ {signed(bias)}**. It has "
        f"{one.n_parameters} [[parameters]], the stack has {linear.n_parameters}; both give the same logits."
    )
    more_exactly(
        f"On the grid of {VIEW.side} × {VIEW.side} points in view they differ by at most "
        f"{small(float(difference))}: the computer rounds. The same holds for *difference from one linear "
        "layer*. The colours are the probability of class 1, σ of the logit."
    )
