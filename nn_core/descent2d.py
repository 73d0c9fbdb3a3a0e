"""Gradient descent in a landscape of two variables is a path that one can see."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nn_core.activations import FloatArray
from nn_core.gradients import require_learning_rate
from nn_core.grids import plane

Point: TypeAlias = tuple[float, float]

# A path ends before it leaves this square around the origin.
FARTHEST = 1e6
# A path that ends within this distance of a minimum has found it.
NEAR = 0.1


@dataclass(frozen=True, slots=True)
class Landscape:
    """A height f(x, y) over the plane, its gradient, and the bottoms of its valleys.

    Attributes:
        name: what it is called in menus and links, such as "bowl".
        formula: f(x, y) in LaTeX, the right-hand side only.
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
    _require_descent(learning_rate, steps)
    if not (isfinite(start[0] + start[1]) and max(abs(start[0]), abs(start[1])) <= FARTHEST):
        raise ValueError(f"the start must be finite and within {FARTHEST:g} of 0, got {tuple(start)}")
    if not 0.0 <= momentum < 1.0:
        raise ValueError(f"momentum must be at least 0 and less than 1, got {momentum}")
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


def basins(landscape: Landscape, n: int, learning_rate: float, steps: int) -> NDArray[np.int64]:
    """Where gradient descent ends, from every point of an even grid on the landscape's domain.

    Args:
        landscape: what to descend.
        n: the number of starts along each side, at least 2.
        learning_rate: at least 0.
        steps: the number of steps of every path, at least 0.

    Returns:
        Shape (n, n): at [i, j], for the path of `path` from x_j and y_i as in `grids.plane`, the place
        in `minima` of the minimum within 0.1 of its last point; -1 if there is none, or the
        path was ended before all its steps.

    Raises:
        ValueError: if an argument is not as said.
    """
    _require_descent(learning_rate, steps)
    here = plane(landscape.domain, n).T
    for _ in range(steps):
        after = _moved(here, _gradient(landscape, here), learning_rate)
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


def _require_descent(learning_rate: float, steps: int) -> None:
    """Raise a ValueError unless the learning rate is one, and steps at least 0."""
    require_learning_rate(learning_rate)
    if steps < 0:
        raise ValueError(f"steps must be at least 0, got {steps}")


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

BOWL = Landscape("bowl", r"\frac{x^2 + y^2}{2}", _ROUND, _ROUND.gradient, _SQUARE, ((0.0, 0.0),))
NARROW_VALLEY = Landscape(
    "narrow valley", r"\frac{x^2 + 20 y^2}{2}", _NARROW, _NARROW.gradient, _SQUARE, ((0.0, 0.0),)
)
TWO_VALLEYS = Landscape(
    "two valleys",
    r"\frac{x^4}{4} - \frac{x^3}{12} - \frac{x^2}{2} + \frac{x}{4} + \frac{y^2}{2}",
    two_valleys,
    two_valleys_gradient,
    _SQUARE,
    ((-1.0, 0.0), (1.0, 0.0)),
)
SADDLE = Landscape(
    "saddle",
    r"\frac{x^2 - y^2}{2} + \frac{y^4}{4}",
    saddle,
    saddle_gradient,
    _SQUARE,
    ((0.0, -1.0), (0.0, 1.0)),
)

LANDSCAPES: dict[str, Landscape] = {each.name: each for each in (BOWL, NARROW_VALLEY, TWO_VALLEYS, SADDLE)}
