"""The loss of a network over two of its parameters is a landscape that one can look at."""

from dataclasses import dataclass, replace

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.grids import line, plane
from nn_core.learning.gradients import backward, in_a_row
from nn_core.learning.landscapes import NEAR, Landscape, Point, second_derivatives
from nn_core.learning.losses import Loss
from nn_core.networks.network import Network, parameters, with_parameters

NEWTON_STEPS = 30
FLAT = 1e-9


@dataclass(frozen=True, eq=False, slots=True)
class Slice:
    """The loss of a network as a function of two of its parameters, the others as they are.

    f(x, y) = loss(network with x and y in its two places (inputs), targets).

    Attributes:
        network: gives the parameters that stay.
        inputs: shape (n_samples, n_in).
        targets: shape (n_samples, n_out).
        loss: a mean over samples.
        places: of x and of y in the order of `network.parameters`; two different ones.

    Raises:
        ValueError: if the places are not two different ones of the network's.
    """

    network: Network
    inputs: FloatArray
    targets: FloatArray
    loss: Loss
    places: tuple[int, int]

    def __post_init__(self) -> None:
        """Check the places."""
        count = self.network.n_parameters
        if len(set(self.places)) < 2 or not all(0 <= place < count for place in self.places):
            raise ValueError(f"places must be two different ones from 0 to {count - 1}, got {self.places}")

    def __call__(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """The losses, one forward pass each, in the shape of x and y."""
        losses = [self.loss(self.at(each)(self.inputs), self.targets) for each in _pairs(x, y)]
        return np.array(losses).reshape(np.shape(x))

    def gradient(self, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The two parameters' derivatives, one backward pass each, in the shape of x and y."""
        found = np.array([self._slopes(each) for each in _pairs(x, y)]).T.reshape(2, *np.shape(x))
        return found[0], found[1]

    def at(self, point: Point) -> Network:
        """The network with x and y in their places."""
        values = parameters(self.network)
        values[list(self.places)] = point
        return with_parameters(self.network, values)

    def _slopes(self, point: Point) -> FloatArray:
        gradients = backward(self.at(point), self.inputs, self.targets, self.loss)
        slopes: FloatArray = in_a_row(gradients)[list(self.places)]
        return slopes


def _pairs(x: FloatArray, y: FloatArray) -> list[Point]:
    return list(zip(np.ravel(x).tolist(), np.ravel(y).tolist(), strict=True))


def loss_landscape(
    name: str, slice_of: Slice, domain: tuple[tuple[float, float], tuple[float, float]], n: int
) -> Landscape:
    """A slice of a loss as a landscape, with the minima that a grid and Newton's method find.

    Every point of the grid that is lower than its eight neighbours is a start; so is the network itself.
    A minimum narrower than the grid's mesh can be missed.

    Args:
        name: what the landscape is called.
        slice_of: the loss over two parameters.
        domain: the ends of x, then those of y.
        n: the number of grid points along each side, at least 3.

    Returns:
        The landscape; its minima lie inside the domain, more than 0.1 apart, the lowest first.

    Raises:
        ValueError: as `grids.line` does.
    """
    formula = r"\frac{1}{n} \sum_{i=1}^{n} (a_i - y_i)^2"
    bare = Landscape(name, formula, slice_of, slice_of.gradient, domain, ())
    own = parameters(slice_of.network)[list(slice_of.places)]
    starts = [(float(own[0]), float(own[1])), *_hollows(bare, n)]
    found = [point for start in starts if (point := _settled(bare, start)) is not None]
    apart: list[Point] = []
    for point in sorted(found, key=lambda each: float(bare(np.array(each[0]), np.array(each[1])))):
        if all(np.hypot(point[0] - x, point[1] - y) > NEAR for x, y in apart):
            apart.append(point)
    return replace(bare, minima=tuple(apart))


def _hollows(landscape: Landscape, n: int) -> list[Point]:
    """The inner points of the grid that are lower than all their neighbours."""
    heights = landscape(*plane(landscape.domain, n).T).reshape(n, n)
    inside = heights[1:-1, 1:-1]
    around = [(i, j) for i in range(3) for j in range(3) if (i, j) != (1, 1)]
    lower = np.logical_and.reduce([inside < heights[i : n - 2 + i, j : n - 2 + j] for i, j in around])
    x, y = (line(ends, n) for ends in landscape.domain)
    return [(float(x[j + 1]), float(y[i + 1])) for i, j in np.argwhere(lower)]


def _settled(landscape: Landscape, start: Point) -> Point | None:
    """The minimum to which Newton's method leads from the start; None if it leads to none on the domain."""
    here = np.array(start)
    for _ in range(NEWTON_STEPS):
        bends = second_derivatives(landscape, (here[0], here[1]))
        inside = all(low <= each <= high for each, (low, high) in zip(here, landscape.domain, strict=True))
        if not inside or np.linalg.eigvalsh(bends)[0] <= 0.0:
            return None
        slopes = np.array(landscape.gradient(here[0], here[1]))
        if np.abs(slopes).max() <= FLAT:
            return float(here[0]), float(here[1])
        here = here - np.linalg.solve(bends, slopes)
    return None
