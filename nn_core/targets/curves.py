"""A target is a function for a network to approximate."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from nn_core.arrays import FloatArray, Numbers, require_increasing

RANDOM_TERMS = 8
# exp(1 - 1 / g) is exactly 0 in float64 for every 0 < g <= 1e-3.
SMALLEST_GAP = 1e-3
# What is higher counts as infinite: near a pole rounding decides whether a value is finite.
HIGHEST = 1e9


@dataclass(frozen=True, slots=True)
class Target:
    """A function f of one input on an interval.

    Targets are values: equal, hashed and pickled by what they hold, as long as the function is.

    Attributes:
        name: what it is called in menus and links.
        formula: f(x) in LaTeX in the letter x, the right-hand side only.
        function: f, from float64 arrays of any shape to arrays of that shape.
        domain: the two ends of the interval, in units of x.
        jumps: the x inside it at which f jumps, in increasing order, as far as they are known: those of
            a formula that somebody typed are not.
        typed: whether f is a formula that somebody typed: it may hide something from every grid, so what is
            measured of it is an estimate.
    """

    name: str
    formula: str
    function: Callable[[FloatArray], FloatArray]
    domain: tuple[float, float]
    jumps: tuple[float, ...] = ()
    typed: bool = False

    def __call__(self, x: FloatArray) -> FloatArray:
        """The values f(x), in the shape of x."""
        return self.function(x)


@dataclass(frozen=True, slots=True)
class CosineSum:
    """A function as a sum of cosines: sum_k a_k cos(k pi x), k = 0 .. n-1.

    Attributes:
        coefficients: a_0 .. a_{n-1}, at least one, in units of the output.
    """

    coefficients: tuple[float, ...]

    def __call__(self, x: FloatArray) -> FloatArray:
        """The values, in the shape of x; as sum_k a_k T_k(cos(pi x)), with Chebyshev's polynomials T_k."""
        values: FloatArray = np.asarray(
            np.polynomial.chebyshev.chebval(np.cos(np.pi * x), self.coefficients), dtype=np.float64
        )
        return values


@dataclass(frozen=True, slots=True)
class Polyline:
    """A function that is straight between given points and constant beyond the outermost two.

    Attributes:
        x: where the points are, strictly increasing.
        y: how high they are, as many.
    """

    x: tuple[float, ...]
    y: tuple[float, ...]

    def __call__(self, x: FloatArray) -> FloatArray:
        """The values, in the shape of x."""
        values: FloatArray = np.interp(x, self.x, self.y)
        return values


@dataclass(frozen=True, slots=True)
class Affine:
    """A function scaled and moved: scale f(x) + shift.

    Attributes:
        function: f.
        scale: in units of the new output per unit of the old.
        shift: in units of the new output.
    """

    function: Callable[[FloatArray], FloatArray]
    scale: float
    shift: float

    def __call__(self, x: FloatArray) -> FloatArray:
        """The values, in the shape of x."""
        return self.scale * self.function(x) + self.shift


@dataclass(frozen=True, slots=True)
class Mended:
    """A function with its holes filled: f(x) where that is finite, else straight between given points.

    Attributes:
        function: f.
        x: where the points are, strictly increasing.
        y: how high they are, as many finite numbers.
    """

    function: Callable[[FloatArray], FloatArray]
    x: tuple[float, ...]
    y: tuple[float, ...]

    def __call__(self, x: FloatArray) -> FloatArray:
        """The values, in the shape of x."""
        values = self.function(x)
        return np.where(np.abs(values) <= HIGHEST, values, np.interp(x, self.x, self.y))


def values_at(target: Callable[[FloatArray], FloatArray], x: FloatArray) -> FloatArray:
    """The target's values f(x_i), after checking that they are finite numbers, one an input.

    Args:
        target: maps an array of inputs, shape (n,), to its values, shape (n,).
        x: shape (n,).

    Returns:
        Shape (n,).

    Raises:
        ValueError: if the values have another shape, or one is not finite.
    """
    values = np.asarray(target(x), dtype=np.float64)
    if values.shape != x.shape:
        raise ValueError(
            "the target must give one value an input, "
            f"got values of shape {values.shape} for inputs of shape {x.shape}"
        )
    finite = np.isfinite(values)
    if not finite.all():
        first = np.argmin(finite)
        raise ValueError(f"the target must be finite, got {values[first]} at x={x[first]}")
    return values


def nielsens_goal(x: FloatArray) -> FloatArray:
    """A wavy climb: 0.2 + 0.4 x^2 + 0.3 x sin(15 x) + 0.05 cos(50 x).

    Source: M. Nielsen, Neural Networks and Deep Learning (2015), chapter 4.
    """
    values: FloatArray = 0.2 + 0.4 * x**2 + 0.3 * x * np.sin(15.0 * x) + 0.05 * np.cos(50.0 * x)
    return values


def one_wave(x: FloatArray) -> FloatArray:
    """One period of a sine over [0, 1]: sin(2 pi x)."""
    values: FloatArray = np.sin(2.0 * np.pi * x)
    return values


def growing_wave(x: FloatArray) -> FloatArray:
    """A wave that grows: x sin(15 x)."""
    values: FloatArray = x * np.sin(15.0 * x)
    return values


def corner(x: FloatArray) -> FloatArray:
    """Two straight lines that meet in a corner: |x - 1/2|."""
    values: FloatArray = np.abs(x - 0.5)
    return values


def runges_function(x: FloatArray) -> FloatArray:
    """A narrow hill with long slopes: 1 / (1 + 25 (2x - 1)^2).

    Source: C. Runge, "Über empirische Funktionen und die Interpolation zwischen äquidistanten
    Ordinaten", Zeitschrift für Mathematik und Physik 46 (1901), there on [-1, 1].
    """
    values: FloatArray = 1.0 / (1.0 + 25.0 * (2.0 * x - 1.0) ** 2)
    return values


def smooth_bump(x: FloatArray) -> FloatArray:
    """A hill with every derivative, on (0.3, 0.7): exp(1 - 1 / (1 - u^2)), u = 5x - 5/2; elsewhere 0.

    Computed as exp(1 - 1 / max(1 - u^2, 0.001)), which is exactly 0 where 1 - u^2 is below 0.001.
    """
    u = 5.0 * x - 2.5
    values: FloatArray = np.exp(1.0 - 1.0 / np.maximum(1.0 - u * u, SMALLEST_GAP))
    return values


def jump(x: FloatArray) -> FloatArray:
    """A jump by 1 at 1/2: 0 to the left of it, 1 there and to the right."""
    values: FloatArray = np.heaviside(x - 0.5, 1.0)
    return values


def sawtooth(x: FloatArray) -> FloatArray:
    """Slopes from 0 to 1, with a jump by 1 down at 1/8, 3/8, 5/8, 7/8: 4x + 1/2 - floor(4x + 1/2)."""
    climb = 4.0 * x + 0.5
    values: FloatArray = climb - np.floor(climb)
    return values


def square_root(x: FloatArray) -> FloatArray:
    """Continuous, but infinitely steep at 0: sqrt(max(x, 0))."""
    values: FloatArray = np.sqrt(np.maximum(x, 0.0))
    return values


def constant(x: FloatArray) -> FloatArray:
    """The constant 0.9."""
    return np.full_like(x, 0.9)


def random_smooth(seed: int) -> Target:
    """A smooth curve made of random cosines, between -1 and 1: sum_k a_k cos(k pi x), k = 0 .. 8.

    For k >= 1, a_k is a standard normal number over k; then all are scaled, and a_0 is chosen, so
    that on 2001 evenly spaced points of [0, 1] the least value is -1 and the greatest is 1.

    Args:
        seed: at least 0; the same seed gives the same curve.

    Returns:
        A target on [0, 1] named "random curve".
    """
    k = np.arange(1, RANDOM_TERMS + 1)
    coefficients = np.concatenate(([0.0], np.random.default_rng(seed).standard_normal(RANDOM_TERMS) / k))
    values = CosineSum(tuple(coefficients))(np.linspace(0.0, 1.0, 2001))
    low, high = values.min(), values.max()
    coefficients[0] = -(low + high) / 2.0
    return Target(
        "random curve",
        rf"a_0 + a_1 \cos(\pi x) + \dots + a_{RANDOM_TERMS} \cos({RANDOM_TERMS} \pi x)",
        CosineSum(tuple((2.0 / (high - low) * coefficients).tolist())),
        (0.0, 1.0),
    )


def polyline(x: Numbers, y: Numbers, name: str) -> Target:
    """A target through given points, straight between them and constant beyond the outermost two.

    Args:
        x: where the points are, at least 2 finite numbers, strictly increasing.
        y: how high they are, as many finite numbers.
        name: what it is called.

    Returns:
        A target on [x[0], x[-1]].

    Raises:
        ValueError: if x or y is not as said.
    """
    places = np.asarray(x, dtype=np.float64)
    require_increasing("x", places)
    heights = np.asarray(y, dtype=np.float64)
    if heights.shape != places.shape:
        raise ValueError(f"x and y must be equally many, got shapes {places.shape} and {heights.shape}")
    if not np.isfinite(heights).all():
        raise ValueError(f"y must be finite, got {heights[~np.isfinite(heights)][0]}")
    return Target(
        name,
        r"\text{straight between the points } (x_k, y_k)",
        Polyline(tuple(places.tolist()), tuple(heights.tolist())),
        (float(places[0]), float(places[-1])),
    )


def squeezed(target: Target, low: float, high: float) -> Target:
    """The target scaled and moved until its values on 2001 even points go from `low` to `high`.

    Args:
        target: not constant.
        low: the new least value.
        high: the new greatest value.

    Returns:
        A target of that name and domain.

    Raises:
        ValueError: if the target is constant on those points.
    """
    values = values_at(target, np.linspace(*target.domain, 2001))
    least, greatest = float(values.min()), float(values.max())
    if least == greatest:
        raise ValueError(f"a constant cannot be scaled, got {target.name}, which is {least} everywhere")
    scale = (high - low) / (greatest - least)
    shift = low - scale * least
    formula = rf"{scale:.4g} \left({target.formula}\right) {shift:+.4g}"
    return replace(target, formula=formula, function=Affine(target.function, scale, shift))


def mended(target: Target, x: FloatArray) -> tuple[Target, FloatArray]:
    """The target with values everywhere, and the points of the grid where it had none of its own.

    Where f is not finite, or beyond 1e9 in size, a straight line between neighbours on the grid stands in.

    Args:
        target: f.
        x: the grid, shape (n,), increasing.

    Returns:
        The mended target (the same one where nothing is to be mended), and the points, shape (m,).

    Raises:
        ValueError: if f is finite nowhere on the grid.
    """
    values = target(x)
    sound = np.abs(values) <= HIGHEST
    if sound.all():
        return target, x[:0]
    if not sound.any():
        raise ValueError(f"the target must be finite somewhere, got {target.name}, which is finite nowhere")
    function = Mended(target.function, tuple(x[sound].tolist()), tuple(values[sound].tolist()))
    return replace(target, function=function), x[~sound]


def own_values(target: Target, x: FloatArray) -> FloatArray:
    """The values that are the target's own, NaN where it has none: in holes, and beyond the outermost points.

    Args:
        target: f.
        x: shape (n,).

    Returns:
        Shape (n,).
    """
    function = target.function.function if isinstance(target.function, Mended) else target.function
    values = np.asarray(function(x), dtype=np.float64)
    left, right = target.domain
    outside = isinstance(function, Polyline) & ((x < left) | (x > right))
    sound = isinstance(function, Polyline) | (np.abs(values) <= HIGHEST)
    return np.where(sound & ~outside, values, np.nan)


def sketched(heights: Sequence[float | None], domain: tuple[float, float]) -> Target:
    """The target that a hand drew: straight between the middles of equal cells, those left out skipped.

    Args:
        heights: of the cells from left to right, None where nothing was drawn; 0 everywhere if all are None.
        domain: the ends of the interval that the cells cut up, in units of x.

    Returns:
        A target on that domain named "your drawing".
    """
    edges = np.linspace(*domain, len(heights) + 1)
    drawn = np.array([height is not None for height in heights])
    if not drawn.any():
        return polyline(domain, (0.0, 0.0), "your drawing")
    x = ((edges[:-1] + edges[1:]) / 2.0)[drawn]
    y = np.array(heights, dtype=np.float64)[drawn]
    return polyline(np.hstack((domain[0], x, domain[1])), np.hstack((y[0], y, y[-1])), "your drawing")


UNIT = (0.0, 1.0)
NIELSENS_GOAL = Target(
    "Nielsen's goal",
    r"0.2 + 0.4\,x^2 + 0.3\,x \sin(15\,x) + 0.05 \cos(50\,x)",
    nielsens_goal,
    UNIT,
)
ONE_WAVE = Target("one wave", r"\sin(2\pi x)", one_wave, UNIT)
GROWING_WAVE = Target("x sin 15x", r"x \sin(15\,x)", growing_wave, UNIT)
CORNER = Target("corner", r"\left|x - \tfrac{1}{2}\right|", corner, UNIT)
RUNGES_FUNCTION = Target("Runge's function", r"\frac{1}{1 + 25\,(2x - 1)^2}", runges_function, UNIT)
SMOOTH_BUMP = Target(
    "smooth bump",
    r"\begin{cases} \exp\left(1 - \frac{1}{1 - 25\,(x - 1/2)^2}\right) & |x - \tfrac{1}{2}| < \tfrac{1}{5} "
    r"\\ 0 & \text{elsewhere} \end{cases}",
    smooth_bump,
    UNIT,
)
JUMP = Target(
    "jump",
    r"\begin{cases} 1 & x \ge \tfrac{1}{2} \\ 0 & x < \tfrac{1}{2} \end{cases}",
    jump,
    UNIT,
    jumps=(0.5,),
)
SAWTOOTH = Target(
    "sawtooth",
    r"4x + \tfrac{1}{2} - \left\lfloor 4x + \tfrac{1}{2} \right\rfloor",
    sawtooth,
    UNIT,
    jumps=(0.125, 0.375, 0.625, 0.875),
)
SQUARE_ROOT = Target("square root", r"\sqrt{x}", square_root, UNIT)
CONSTANT = Target("constant 0.9", r"0.9", constant, UNIT)
RANDOM_CURVE = random_smooth(1)

TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        NIELSENS_GOAL,
        ONE_WAVE,
        GROWING_WAVE,
        CORNER,
        RUNGES_FUNCTION,
        SMOOTH_BUMP,
        JUMP,
        SAWTOOTH,
        SQUARE_ROOT,
        CONSTANT,
        RANDOM_CURVE,
    )
}
