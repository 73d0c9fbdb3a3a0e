"""A surface is a function of the plane for a network to approximate."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.targets.formulas import Formula

Rectangle: TypeAlias = tuple[tuple[float, float], tuple[float, float]]

UNIT_SQUARE: Rectangle = ((0.0, 1.0), (0.0, 1.0))


@dataclass(frozen=True, slots=True)
class Surface:
    """A function f of two inputs on a rectangle.

    Surfaces are values: equal, hashed and pickled by what they hold, as long as the function is.

    Attributes:
        name: what it is called in menus and links.
        formula: f(x, y) in LaTeX in the letters x and y, the right-hand side only.
        function: f, from two float64 arrays of one shape to an array of that shape.
        domain: the ends of x, then those of y, each in its own units.
    """

    name: str
    formula: str
    function: Callable[[FloatArray, FloatArray], FloatArray]
    domain: Rectangle = UNIT_SQUARE

    def __call__(self, points: FloatArray) -> FloatArray:
        """The values f(x_i, y_i), shape (n,), at the points (x_i, y_i), the rows of shape (n, 2).

        Raises:
            ValueError: if the points do not have shape (n, 2).
        """
        if np.ndim(points) != 2 or np.shape(points)[1] != 2:
            raise ValueError(f"points must have shape (n, 2), got shape {np.shape(points)}")
        return self.function(points[:, 0], points[:, 1])


def surface_values(surface: Surface, points: FloatArray) -> FloatArray:
    """The surface's values, after checking that they are finite.

    Args:
        surface: f.
        points: (x_i, y_i) in row i, shape (n, 2).

    Returns:
        f(x_i, y_i), shape (n,).

    Raises:
        ValueError: if a value is not finite (the first is named, and where), or the points do not have
            shape (n, 2).
    """
    values = surface(points)
    finite = np.isfinite(values)
    if not finite.all():
        first = np.argmin(finite)
        x, y = points[first]
        raise ValueError(f"the surface must be finite, got {values[first]} at x={x}, y={y}")
    return values


def typed_surface(formula: Formula) -> Surface:
    """The surface on the unit square that a formula in x and y says, named by its text.

    Its values need not be finite.

    Raises:
        ValueError: if the formula's variables are not x and y, in this order.
    """
    if formula.variables != ("x", "y"):
        raise ValueError(f"a surface is a formula in x, y, got a formula in {', '.join(formula.variables)}")
    return Surface(formula.text, formula.latex, formula)


def hill(x: FloatArray, y: FloatArray) -> FloatArray:
    """A round hill at the middle: exp(-8 ((x - 1/2)^2 + (y - 1/2)^2))."""
    values: FloatArray = np.exp(-8.0 * ((x - 0.5) ** 2 + (y - 0.5) ** 2))
    return values


def waves(x: FloatArray, y: FloatArray) -> FloatArray:
    """Two hills and two hollows: (1 + sin(2 pi x) sin(2 pi y)) / 2."""
    values: FloatArray = (1.0 + np.sin(2.0 * np.pi * x) * np.sin(2.0 * np.pi * y)) / 2.0
    return values


def saddle(x: FloatArray, y: FloatArray) -> FloatArray:
    """Up along x and down along y, from the middle: 1/2 + 2 (x - 1/2)^2 - 2 (y - 1/2)^2."""
    return 0.5 + 2.0 * (x - 0.5) ** 2 - 2.0 * (y - 0.5) ** 2


def diagonal_ridge(x: FloatArray, y: FloatArray) -> FloatArray:
    """A ridge along the line x = y, which no wall is parallel to: exp(-18 (x - y)^2)."""
    values: FloatArray = np.exp(-18.0 * (x - y) ** 2)
    return values


def pyramid(x: FloatArray, y: FloatArray) -> FloatArray:
    """Four faces that meet in kinks: 1 - 2 max(|x - 1/2|, |y - 1/2|), and nowhere below 0."""
    values: FloatArray = np.maximum(1.0 - 2.0 * np.maximum(np.abs(x - 0.5), np.abs(y - 0.5)), 0.0)
    return values


def plateau(x: FloatArray, y: FloatArray) -> FloatArray:
    """A disc with a sheer edge: 1 where (x - 1/2)^2 + (y - 1/2)^2 <= 0.09, and 0 elsewhere."""
    return np.where((x - 0.5) ** 2 + (y - 0.5) ** 2 <= 0.09, 1.0, 0.0)


def slope(x: FloatArray, y: FloatArray) -> FloatArray:
    """A plane that rises from corner to corner: (x + y) / 2."""
    return (x + y) / 2.0


def flat(x: FloatArray, y: FloatArray) -> FloatArray:
    """The constant 1, in the shape of x and y."""
    return np.ones_like(x + y)


HILL = Surface("hill", r"e^{-8\left((x - 1/2)^2 + (y - 1/2)^2\right)}", hill)
WAVES = Surface("waves", r"\tfrac{1}{2}\left(1 + \sin(2\pi x)\,\sin(2\pi y)\right)", waves)
SADDLE = Surface("saddle", r"\tfrac{1}{2} + 2\,(x - \tfrac{1}{2})^2 - 2\,(y - \tfrac{1}{2})^2", saddle)
DIAGONAL_RIDGE = Surface("diagonal ridge", r"e^{-18\,(x - y)^2}", diagonal_ridge)
PYRAMID = Surface(
    "pyramid", r"\max\left(0,\, 1 - 2\max(|x - \tfrac{1}{2}|, |y - \tfrac{1}{2}|)\right)", pyramid
)
PLATEAU = Surface(
    "plateau",
    r"\begin{cases} 1 & (x - \tfrac{1}{2})^2 + (y - \tfrac{1}{2})^2 \le 0.09 "
    r"\\ 0 & \text{elsewhere} \end{cases}",
    plateau,
)
SLOPE = Surface("slope", r"\tfrac{1}{2}\,(x + y)", slope)
FLAT = Surface("flat", r"1", flat)

SURFACES: dict[str, Surface] = {
    surface.name: surface for surface in (HILL, WAVES, SADDLE, DIAGONAL_RIDGE, PYRAMID, PLATEAU, SLOPE, FLAT)
}
