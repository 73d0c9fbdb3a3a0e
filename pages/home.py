"""Superpose: neurons, and how their curves add up to any curve."""

from pathlib import Path

import numpy as np
import streamlit as st

from nn_core.activations import FloatArray
from nn_core.constructions import staircase
from nn_core.errors import sup_norm_error
from nn_core.grids import column, line
from nn_core.network import Network, hidden_contributions
from nn_core.targets import TARGETS
from pages.shared.figures import curves
from pages.shared.stage import Knob, Picture, stage

TARGET = TARGETS["Nielsen's goal"]
X = line(TARGET.domain, 401)
TRUTH = TARGET(X)
MOST = 100
TURN = np.linspace(-5.6, 5.6, 17)
STEEPNESS = 4.0  # of one neuron, in units of the distance to the next


def picture(n: float) -> Picture:
    """N sigmoid neurons, placed by hand, and the curve that they approximate."""
    pieces = int(n) + 1
    network = staircase(TARGET, pieces, STEEPNESS * pieces, domain=TARGET.domain)
    output = network(column(X))[:, 0]
    parts = contributions(network, STEEPNESS * pieces)
    error, where = sup_norm_error(output, TRUTH, X)
    worst = (where, float(TARGET(np.array([where]))[0]), float(network(np.array([[where]]))[0, 0]))
    return Picture(
        curves.approximation(X, TRUTH, output, parts, worst, (-0.35, 1.1)),
        readouts={
            "largest error": f"{error:.3f}",
            "attained at x": f"{where:.2f}",
        },
        description=f"{int(n)} {'neuron' if n == 1 else 'neurons'}. The largest error on a grid of "
        f"{len(X)} points is {error:.3f}, at x = {where:.2f}.",
    )


def contributions(network: Network, steepness: float) -> tuple[FloatArray, FloatArray]:
    """Where each neuron's contribution v_j a_j turns, and how high it is there; NaN between two neurons.

    Both of length MOST * (len(TURN) + 3), filled up with NaN, so that every picture has as many points.
    """
    hidden = network.layers[0]
    knots = -hidden.biases / hidden.weights[0]
    inner = np.clip(knots[:, None] + TURN / steepness, *TARGET.domain)
    ends = np.broadcast_to(TARGET.domain, (len(knots), 2))
    x = np.hstack([ends[:, :1], inner, ends[:, 1:]])
    heights = hidden_contributions(network, column(x.ravel())).reshape(*x.shape, len(knots))
    own = heights[np.arange(len(knots)), :, np.arange(len(knots))]
    return padded(x), padded(own)


def padded(rows: FloatArray) -> FloatArray:
    """The rows one after the other with NaN behind each, and NaN up to MOST rows."""
    out = np.full((MOST, rows.shape[1] + 1), np.nan)
    out[: len(rows), :-1] = rows
    return out.ravel()


st.title("Superpose")
st.markdown(
    "A neuron draws one simple curve, and a network adds such curves up. Drag N and watch the sum close in "
    "on its target."
)

stage("home", picture, n=Knob("neurons N", 1, MOST, value=6, step=1, colour="network"))

st.subheader("Lessons")
HERE = Path(__file__).parent
LESSONS = [
    ("single_neuron.py", "A single neuron", "A line, bent: what a weight, a bias and an activation do."),
    ("two_neurons.py", "Two neurons", "Two graphs, weighed and added: the principle of superposition."),
]
for place, (file, title, claim) in zip(st.columns(len(LESSONS)), LESSONS, strict=True):
    with place.container(border=True):
        st.page_link(st.Page(HERE / file), label=title)
        st.markdown(claim)
