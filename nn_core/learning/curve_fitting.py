"""A curve is learnt from samples of it, on a scale on which both axes go from -1 to 1."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nn_core.arrays import FloatArray, span
from nn_core.building.ways import WAYS, Plan, Way
from nn_core.errors import root_mean_square_error
from nn_core.grids import column, line
from nn_core.networks.activations import Activation
from nn_core.networks.network import Layer, Network
from nn_core.targets.curves import Target, own_values

SAMPLES = 200
# Those that the constructions may choose from, on a domain of length 1.
STEEPNESSES = (5.0, 10.0, 20.0, 40.0, 100.0, 400.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """The rectangle that becomes [-1, 1] x [-1, 1]: u = (x - x_middle) / x_half, v = (y - y_middle) / y_half.

    Attributes:
        x_middle: the middle of the interval.
        x_half: half its length, more than 0.
        y_middle: the middle of the heights.
        y_half: half their span, more than 0.
    """

    x_middle: float
    x_half: float
    y_middle: float
    y_half: float

    def unscaled(self, network: Network) -> Network:
        """The network of x whose output is y, where the given one has input u and output v.

        W_1 / x_half and b_1 - x_middle / x_half (sum over inputs of W_1) in the first layer; y_half W_L and
        y_half b_L + y_middle in the last, whose activation is the identity.

        Args:
            network: one input, at least one hidden layer, identity at the output.
        """
        first, *hidden, last = network.layers
        into = Layer(
            first.weights / self.x_half,
            first.biases - self.x_middle / self.x_half * first.weights[0],
            first.activation,
        )
        out = Layer(self.y_half * last.weights, self.y_half * last.biases + self.y_middle, last.activation)
        return Network((into, *hidden, out))


@dataclass(frozen=True, slots=True)
class Curve:
    """Even samples of a target, as a source for a course.

    Attributes:
        target: the function.
        n: how many points of its domain, where it is finite.
    """

    target: Target
    n: int = SAMPLES

    @property
    def points(self) -> tuple[FloatArray, FloatArray]:
        """x and y of the samples, shape (n,) each, those left out where the target is not finite."""
        return _points(self)

    @property
    def scale(self) -> Scale:
        """The interval and the span of the samples; what is constant up to rounding has half a span of 1."""
        left, right = self.target.domain
        _, y = self.points
        low, high = float(y.min()), float(y.max())
        half = span(y) / 2.0 or 1.0
        return Scale((left + right) / 2.0, (right - left) / 2.0, (low + high) / 2.0, half)

    def samples(self) -> tuple[FloatArray, FloatArray]:
        """The samples on the scale from -1 to 1, shape (n, 1) each."""
        scale = self.scale
        x, y = self.points
        return column((x - scale.x_middle) / scale.x_half), column((y - scale.y_middle) / scale.y_half)


@lru_cache(maxsize=64)
def _points(curve: Curve) -> tuple[FloatArray, FloatArray]:
    x = line(curve.target.domain, curve.n)
    y = own_values(curve.target, x)
    finite = np.isfinite(y)
    return x[finite], y[finite]


@lru_cache(maxsize=64)
def by_hand(target: Target, n: int, activation: Activation) -> tuple[Way, Network]:
    """The best network of n hidden units that our constructions build, and the way it is built.

    The best, of all ways that fit the activation and leave nothing to chance, and of a few steepnesses, has
    the smallest root mean square error at the samples of `Curve`.

    Args:
        target: the function.
        n: the number of hidden units, at least 1.
        activation: of the hidden units.
    """
    x, y = Curve(target).points
    placing = [way for way in WAYS.values() if way.placed is None]
    fitting = [way for way in placing if way.fits(activation) and n % way.fewest == 0]
    built = [
        (way, Plan(way, activation).network(target, n, steepness))
        for way in fitting
        for steepness in (STEEPNESSES if way.steepness else STEEPNESSES[:1])
    ]
    return min(built, key=lambda each: root_mean_square_error(each[1](column(x))[:, 0], y))
