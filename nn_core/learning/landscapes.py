"""Gradient descent in a landscape of two variables is a path that one can see."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nn_core.arrays import FloatArray
from nn_core.grids import plane
from nn_core.learning.gradients import require_learning_rate

Point: TypeAlias = tuple[float, float]

# A path ends before it leaves this square around the origin.
FARTHEST = 1e6
# A path that ends within this distance of a minimum has found it.
NEAR = 0.1
# A path rests if its second half stays this close to its end, as a share of the farthest it ever was from it.
RESTING = 0.1
# What is shorter than this, as a share of the longest step, is no step but rounding.
ROUNDING = 1e-9
# The distance over which slopes are compared to find how the ground curves.
APART = 1e-4

STAYS, CRAWLS, CONVERGES = "stays", "crawls", "converges"
ARRIVES_SWINGING, OSCILLATES, DIVERGES = "oscillates and converges", "oscillates", "diverges"


@dataclass(frozen=True, slots=True)
class Landscape:
    """A height f(x, y) over the plane, its gradient, and the bottoms of its valleys.

    Attributes:
        name: what it is called in menus and links, such as "bowl".
        formula: f in LaTeX, in p and q for x and y, the right-hand side only.
        function: f, from two float64 arrays of one shape to an array of that shape.
        gradient: (df/dx, df/dy), likewise.
        domain: the ends of x, then those of y: what a picture shows.
        minima: the points of the local minima, the lowest first.
    """

    name: str
    formula: str
    function: Callable[[FloatArray, FloatArray], FloatArray]
    gradient: Callable[[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]
    domain: tuple[tuple[float, float], tuple[float, float]]
    minima: tuple[Point, ...]

    def __call__(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """The heights f(x, y), in the shape of x and y."""
        return self.function(x, y)

    def __str__(self) -> str:
        """The name, for messages."""
        return self.name


def path(
    landscape: Landscape, start: Point, learning_rate: float, steps: int, momentum: float = 0.0
) -> FloatArray:
    """The points of gradient descent with momentum, from the start on.

    p_0 = start, v_0 = 0;  v_{k+1} = momentum v_k + gradient(p_k),  p_{k+1} = p_k - learning_rate v_{k+1}.

    Args:
        landscape: what to descend.
        start: x and y, each at most 1e6 in size.
        learning_rate: at least 0.
        steps: the number of steps, at least 0.
        momentum: the share of v that stays from step to step, in [0, 1); 0 is gradient descent.

    Returns:
        Shape (k + 1, 2), k = steps unless x or y would be NaN or exceed 1e6 in size after step k + 1.

    Raises:
        ValueError: if an argument is not as said.
    """
    _require_descent(learning_rate, steps, momentum)
    if not (isfinite(start[0] + start[1]) and max(abs(start[0]), abs(start[1])) <= FARTHEST):
        raise ValueError(f"the start must be finite and within {FARTHEST:g} of 0, got {tuple(start)}")
    here, velocity = np.array(start, dtype=np.float64), np.zeros(2)
    points = [here]
    for _ in range(steps):
        velocity = momentum * velocity + _gradient(landscape, here)
        here = _moved(here, velocity, learning_rate)
        # A comparison with NaN is false, so that NaN ends the path too.
        if not np.abs(here).max() <= FARTHEST:
            break
        points.append(here)
    return np.array(points)


def behaviour(points: FloatArray, steps: int) -> str:
    """What a path does, in a word; the first of these that holds.

    With s_k = p_{k+1} - p_k, and a turn back where s_k . s_{k+1} < 0 (steps below 1e-9 of the longest are 0):
    "stays": every s_k is 0.
    "diverges": the path was ended early, or in the last quarter of its steps each turns back and is
    longer than the one before.
    The path rests if in the second half of its steps it is never farther from its end than a tenth of
    the farthest it ever was.
    "converges": it rests and never turned back. "oscillates and converges": it rests and did.
    "oscillates": it does not rest, and turned back. "crawls": it does not rest, and never turned back.

    On a parabola of curvature c, with rate r and without momentum, s_k shrinks by 1 - r c in each step: the
    path turns back if r > 1/c, and diverges if r > 2/c.

    Args:
        points: of `path`, shape (k + 1, 2), finite.
        steps: how many were asked for; of fewer the path was ended early.

    Returns:
        One of the six words.
    """
    moves = np.diff(points, axis=0)
    lengths = np.hypot(moves[:, 0], moves[:, 1])
    if len(points) == steps + 1 and not lengths.any():
        return STAYS
    real = lengths > ROUNDING * lengths.max(initial=0.0)
    back = (np.sum(moves[1:] * moves[:-1], axis=1) < 0.0) & real[1:] & real[:-1]
    if len(points) < steps + 1 or _grows(lengths, back):
        return DIVERGES
    away = np.hypot(*(points - points[-1]).T)
    rests = away[len(away) // 2 :].max() <= RESTING * away.max()
    if back.any():
        return ARRIVES_SWINGING if rests else OSCILLATES
    return CONVERGES if rests else CRAWLS


def _grows(lengths: FloatArray, back: NDArray[np.bool_]) -> bool:
    """Whether each of the last quarter of the steps turns back and is longer than the one before."""
    last = max(len(lengths) // 4, 1)
    longer = np.diff(lengths) > 0.0
    return len(longer) >= last and bool((longer & back)[-last:].all())


def second_derivatives(landscape: Landscape, point: Point) -> FloatArray:
    """The matrix of second derivatives, by central differences of the gradient over 1e-4 each way.

    Args:
        landscape: twice differentiable there.
        point: x and y.

    Returns:
        Shape (2, 2), symmetric: d^2f/dx^2 and d^2f/dxdy above d^2f/dxdy and d^2f/dy^2.
    """
    across = np.array(point)[:, np.newaxis] + APART * np.array([[1.0, -1.0, 0.0, 0.0], [0.0, 0.0, 1.0, -1.0]])
    slopes = _gradient(landscape, across)
    matrix = (slopes[:, [0, 2]] - slopes[:, [1, 3]]) / (2.0 * APART)
    symmetric: FloatArray = (matrix + matrix.T) / 2.0
    return symmetric


def curvature(landscape: Landscape, point: Point) -> float:
    """How sharply the ground bends where it bends most: the largest eigenvalue of `second_derivatives`.

    Beside a minimum gradient descent diverges at learning rates above 2 / curvature.
    """
    return float(np.linalg.eigvalsh(second_derivatives(landscape, point))[-1])


def basins(
    landscape: Landscape, n: int, learning_rate: float, steps: int, momentum: float = 0.0
) -> NDArray[np.int64]:
    """Where gradient descent with momentum ends, from every point of an even grid on the domain.

    Args:
        landscape: what to descend.
        n: the number of starts along each side, at least 2.
        learning_rate: at least 0.
        steps: the number of steps of every path, at least 0.
        momentum: as for `path`.

    Returns:
        Shape (n, n): at [i, j], for the path of `path` from x_j and y_i as in `grids.plane`, the place
        in `minima` of the minimum within 0.1 of its last point; -1 if there is none, or the
        path was ended before all its steps.

    Raises:
        ValueError: if an argument is not as said.
    """
    _require_descent(learning_rate, steps, momentum)
    here = plane(landscape.domain, n).T
    velocity = np.zeros_like(here)
    for _ in range(steps):
        velocity = momentum * velocity + _gradient(landscape, here)
        after = _moved(here, velocity, learning_rate)
        # What has left the square becomes NaN, and stays so.
        here = np.where(np.abs(after).max(axis=0) <= FARTHEST, after, np.nan)
    found = np.full(n * n, -1, dtype=np.int64)
    for place, (x, y) in enumerate(landscape.minima):
        found[np.hypot(here[0] - x, here[1] - y) <= NEAR] = place
    return found.reshape(n, n)


def _gradient(landscape: Landscape, points: FloatArray) -> FloatArray:
    """The gradient at points of shape (2, ..), in that shape."""
    return np.array(landscape.gradient(points[0], points[1]))


def _moved(points: FloatArray, velocity: FloatArray, learning_rate: float) -> FloatArray:
    """The points after a step, infinite (without a warning) where it is too large for a float."""
    with np.errstate(over="ignore"):
        return points - learning_rate * velocity


def _require_descent(learning_rate: float, steps: int, momentum: float) -> None:
    """Raise a ValueError unless the learning rate and the momentum are such, and steps at least 0."""
    require_learning_rate(learning_rate)
    if steps < 0:
        raise ValueError(f"steps must be at least 0, got {steps}")
    if not 0.0 <= momentum < 1.0:
        raise ValueError(f"momentum must be at least 0 and less than 1, got {momentum}")


@dataclass(frozen=True, slots=True)
class Quadratic:
    """(c x^2 + d y^2) / 2: along x it curves by c, along y by d.

    Attributes:
        x_curvature: c.
        y_curvature: d.
    """

    x_curvature: float
    y_curvature: float

    def __call__(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """The heights, in the shape of x and y."""
        return (self.x_curvature * x * x + self.y_curvature * y * y) / 2.0

    def gradient(self, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
        """(c x, d y)."""
        return self.x_curvature * x, self.y_curvature * y


def two_valleys(x: FloatArray, y: FloatArray) -> FloatArray:
    """x^4 / 4 - x^3 / 12 - x^2 / 2 + x / 4 + y^2 / 2: deepest at (-1, 0), a ridge at x = 1/4."""
    return (x * x) ** 2 / 4.0 - x * x * x / 12.0 - x * x / 2.0 + x / 4.0 + y * y / 2.0


def two_valleys_gradient(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """((x + 1) (x - 1/4) (x - 1), y)."""
    return (x + 1.0) * (x - 0.25) * (x - 1.0), y


def saddle(x: FloatArray, y: FloatArray) -> FloatArray:
    """x^2 / 2 - y^2 / 2 + y^4 / 4: a saddle at (0, 0) between the minima (0, -1) and (0, 1)."""
    return (x * x - y * y) / 2.0 + (y * y) ** 2 / 4.0


def saddle_gradient(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """(x, y^3 - y)."""
    return x, y * y * y - y


_SQUARE = ((-2.0, 2.0), (-2.0, 2.0))
_ROUND, _NARROW = Quadratic(1.0, 1.0), Quadratic(1.0, 20.0)

BOWL = Landscape("bowl", r"\frac{p^2 + q^2}{2}", _ROUND, _ROUND.gradient, _SQUARE, ((0.0, 0.0),))
NARROW_VALLEY = Landscape(
    "narrow valley", r"\frac{p^2 + 20 q^2}{2}", _NARROW, _NARROW.gradient, _SQUARE, ((0.0, 0.0),)
)
TWO_VALLEYS = Landscape(
    "two valleys",
    r"\frac{p^4}{4} - \frac{p^3}{12} - \frac{p^2}{2} + \frac{p}{4} + \frac{q^2}{2}",
    two_valleys,
    two_valleys_gradient,
    _SQUARE,
    ((-1.0, 0.0), (1.0, 0.0)),
)
SADDLE = Landscape(
    "saddle",
    r"\frac{p^2 - q^2}{2} + \frac{q^4}{4}",
    saddle,
    saddle_gradient,
    _SQUARE,
    ((0.0, -1.0), (0.0, 1.0)),
)

LANDSCAPES: dict[str, Landscape] = {each.name: each for each in (BOWL, NARROW_VALLEY, TWO_VALLEYS, SADDLE)}
