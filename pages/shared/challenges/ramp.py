"""The ramp: a straight line that a bent neuron is compared with."""

from __future__ import annotations

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.grids import column, line
from nn_core.networks.network import Network

X = line((-5.0, 5.0), 241)
HEIGHTS = (X + 5.0) / 10.0


def ramp_errors(network: Network) -> FloatArray:
    """How far each output is from the line from 0 at x = −5 to 1 at x = 5: the largest distance.

    It is looked for on 241 even points. The network has one input; the answer has a number for each output.
    """
    errors: FloatArray = np.abs(network(column(X)) - column(HEIGHTS)).max(axis=0)
    return errors
