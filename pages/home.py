"""Superpose: neurons, and how their curves add up to any curve."""

import streamlit as st

from nn_core.building.constructions import staircase
from nn_core.errors import compare
from nn_core.grids import around_knots, column, line
from nn_core.networks.network import unit_contributions
from nn_core.targets.curves import TARGETS
from pages.shared.figures.plots import approximation
from pages.shared.figures.plots.approximation import Frame
from pages.shared.figures.traces import joined
from pages.shared.numbers import plain
from pages.shared.path import cards, forgetting
from pages.shared.programs import files_along
from pages.shared.stage.inputs.knob import Knob
from pages.shared.stage.picture import Picture
from pages.shared.stage.stage import stage

TARGET = TARGETS["Nielsen's goal"]
X = line(TARGET.domain, 401)
TRUTH = TARGET(X)
MOST = 100
STEEPNESS = 4.0  # of one neuron, in units of the distance to the next
FRAME = Frame(TARGET.domain, TARGET.domain, (-0.35, 1.1))


def picture(n: float) -> Picture:
    """N sigmoid neurons, placed by hand, and the curve that they approximate."""
    pieces = int(n) + 1
    network = staircase(TARGET, pieces, STEEPNESS * pieces, domain=TARGET.domain)
    compared = compare(network(column(X))[:, 0], TRUTH, X)
    hidden = network.layers[0]
    grids = around_knots(TARGET.domain, hidden.weights[0], hidden.biases)
    parts = joined(grids, unit_contributions(network, grids), MOST)
    return Picture(
        approximation.approximation(compared, parts, FRAME),
        readouts={
            "largest error": plain(compared.sup_norm, 3),
            "at x": plain(compared.where),
        },
        description=f"{int(n)} {'neuron' if n == 1 else 'neurons'}. The largest error on a grid of "
        f"{len(X)} points is {plain(compared.sup_norm, 3)}, at x = {plain(compared.where)}.",
        files=files_along(network, TARGET.domain),
    )


st.title("Superpose")
st.markdown(
    "A neuron draws one simple curve, and a network adds such curves up. Drag N and watch the sum close in "
    "on its target."
)

stage("home", picture, n=Knob("neurons N", 1, MOST, value=6, step=1, colour="network"))

st.header("Lessons")
cards()
forgetting()
