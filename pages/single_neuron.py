"""A single neuron."""

import streamlit as st

from nn_core.activations import ACTIVATIONS
from nn_core.constructions import knot, neuron
from nn_core.grids import column, line_with_edges
from nn_core.network import forward
from pages.shared.figures import curves
from pages.shared.stage import Choice, Handle, Knob, Picture, stage

RANGES = {"step": (-0.25, 1.25), "sigmoid": (-0.25, 1.25), "tanh": (-1.25, 1.25), "ReLU": (-2.0, 10.0), "identity": (-10.0, 10.0)}


def picture(weight: float, bias: float, x: float, activation: str) -> Picture:
    network = neuron(weight, bias, ACTIVATIONS[activation])
    grid = line_with_edges((-5.0, 5.0), 241, [knot(weight, bias)])
    passed = forward(network, column(grid))
    import numpy as np
    probe = forward(network, np.array([[x]]))
    s = knot(weight, bias)
    return Picture(
        curves.neuron(grid, passed, s, probe, RANGES[activation]),
        readouts={"knot s": s, "z": float(probe.pre_activations[0][0, 0])},
        handles=[Handle("bias", s, 0.0, yaxis="y2")],
        checks={"Make the step fall at x = 2.": s == 2},
        description="A neuron",
    )


st.title("A single neuron")
stage(
    "single_neuron", picture,
    activation=Choice("activation", tuple(RANGES), "sigmoid"),
    weight=Knob("weight w", -10, 10, value=1.0, step=0.1, colour="weight"),
    bias=Knob("bias b", -10, 10, value=0.0, step=0.1, colour="bias"),
    x=Knob("input x", -5, 5, value=1.0, step=0.05, colour="input"),
)
