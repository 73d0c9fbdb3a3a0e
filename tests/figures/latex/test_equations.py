"""The equations hold every number of the pass, and a short one as short as in the picture."""

import numpy as np

from nn_core.networks.activations import IDENTITY
from nn_core.networks.network import Layer, Network
from nn_core.networks.steps import walk
from pages.shared.figures.latex import equations

FIRST = Layer(np.array([[2, 1], [1, 1], [1, 1], [-1, 1]]), np.array([-9, -7]), IDENTITY)
LAST = Layer(np.array([[-1], [1]]), np.array([0]), IDENTITY)
TALK = walk(Network((FIRST, LAST)), np.array([2.0, 5.0, 7.0, 3.0]))


def test_the_equations_hold_every_number_of_the_pass() -> None:
    first, second = equations.matrix_equations(TALK)
    assert r"\begin{pmatrix}2 & 1 \\ 1 & 1 \\ 1 & 1 \\ -1 & 1\end{pmatrix}" in first
    assert r"&= \begin{pmatrix}4 & 10\end{pmatrix}" in first
    assert r"a_{1} &= z_{1}" in first
    assert r"\begin{pmatrix}6\end{pmatrix}" in second
    assert "a_{2}" not in second


def test_a_number_in_latex_has_its_power_of_ten_as_an_exponent() -> None:
    assert equations.latex_number(-6.7e-4) == r"-6.7 \cdot 10^{-4}"
    assert equations.latex_number(1.2e12) == r"1.2 \cdot 10^{12}"
