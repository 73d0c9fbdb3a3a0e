"""What is proven about the error: bounds, rates, and floors that no polynomial goes below."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isfinite, log
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nn_core.arrays import FloatArray
from nn_core.building.knots import EVENLY
from nn_core.networks.activations import SIGMOID, STEP, Activation
from nn_core.targets.smoothness import ROUNDING, Smoothness, measure

Function: TypeAlias = Callable[[FloatArray], FloatArray]

# Where an activation is looked at for jumps.
ACTIVE = (-300.0, 300.0)
# The exchange of points ends when both errors agree up to this share, or after so many rounds.
LEVEL, ROUNDS = 1e-9, 200


# ---- bounds ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Floor:
    """The errors on a grid that no polynomial of some degree goes below, in units of the output.

    Attributes:
        sup: in the sup norm.
        root_mean_square: in the root mean square.
    """

    sup: float
    root_mean_square: float


class Symbol(NamedTuple):
    """A letter of a formula: itself in LaTeX, what it stands for, and its value."""

    letter: str
    words: str
    value: float


def _length(length: float) -> Symbol:
    return Symbol("D", "the length of the interval", length)


def _slope(lipschitz: float) -> Symbol:
    return Symbol("L", "the steepest slope of the target", lipschitz)


def _weight(steepness: float) -> tuple[Symbol, ...]:
    return (Symbol("w", "the hidden weight", steepness),) if isfinite(steepness) else ()


def _curvature_symbol(curvature: float) -> Symbol:
    return Symbol("M", "the largest |g″| of the target g", curvature)


@dataclass(frozen=True, slots=True)
class Bound:
    """What is proven about the sup-norm error of a construction with n pieces.

    Attributes:
        name: what it is about, such as "constants at midpoints".
        formula: the bound in LaTeX, N the number of pieces.
        source: where it is proven, or the proof.
        kind: "upper" if no error is larger, "lower" if none is smaller, "rate" if the error only tends
            to it, in ratio, as the number of pieces grows.
        at: the value for n pieces; see `value`.
        symbols: what the formula's letters but N are: the letter, what it stands for, and its value.
        estimated: whether these values were measured of a function that may hide something from the grid.
    """

    name: str
    formula: str
    source: str
    kind: Literal["upper", "lower", "rate"]
    at: Function
    symbols: tuple[Symbol, ...] = ()
    estimated: bool = False

    def value(self, pieces: ArrayLike) -> FloatArray:
        """The bound for numbers of pieces, at least 1, in their shape."""
        return self.at(np.asarray(pieces, dtype=np.float64))


def midpoint_constants(lipschitz: float, length: float, steepness: float = inf) -> Bound:
    """Steps to the midpoint values of equal pieces, sharing edges: L D / (2 N) + 2 ln 2 L / w.

    Args:
        lipschitz: L, finite.
        length: D, the length of the domain.
        steepness: w of sigmoid steps; inf for sharp ones, which makes the second term 0.
    """
    blur = 2.0 * log(2.0) * lipschitz / steepness
    return Bound(
        name="constants at midpoints",
        formula=r"\frac{L D}{2 N}" + (r" + \frac{2 \ln 2\, L}{w}" if isfinite(steepness) else ""),
        source="No point of a piece is farther than D/(2N) from its midpoint. With sigmoids, the value at "
        "x is the mean of the sharp steps' values at x + R/w, R random with the sigmoid as its "
        "distribution function, and |R| is 2 ln 2 on average.",
        kind="upper",
        at=lambda n: lipschitz * length / (2.0 * n) + blur,
        symbols=(_slope(lipschitz), _length(length), *_weight(steepness)),
    )


def half_height(smoothness: Smoothness, length: float, steepness: float = inf) -> Bound:
    """Pairs of sigmoid steps to the midpoint values of equal pieces: E / 2 - L (D / (4 N) + ln 2 / w).

    Args:
        smoothness: L its lipschitz, finite, and E the larger of its ends.
        length: D, the length of the domain.
        steepness: w of the sigmoids; inf for the limit of ever steeper ones.
    """
    end, lipschitz, blur = max(smoothness.ends), smoothness.lipschitz, log(2.0) / steepness
    blurred = r" + \frac{\ln 2}{w}" if isfinite(steepness) else ""
    return Bound(
        name="half height at the ends",
        formula=r"\frac{E}{2} - L \left(\frac{D}{4 N}" + blurred + r"\right)",
        source="At an end, however steep the sigmoids, the heights count with shares that add up to less "
        "than 1/2. Were all of them the target's value there, half of it would be missing; they "
        "differ from it by L times their distance, which with these shares is at most D/(4N) + ln "
        "2/w.",
        kind="lower",
        at=lambda n: np.maximum(end / 2.0 - lipschitz * (length / (4.0 * n) + blur), 0.0),
        symbols=(
            Symbol("E", "the larger |g| at the two ends", end),
            _slope(lipschitz),
            _length(length),
            *_weight(steepness),
        ),
    )


def chords(smoothness: Smoothness, length: float) -> Bound:
    """Straight lines between equal knots: D^2 max|f''| / (8 N^2), without a finite f'' L D / (2 N).

    Args:
        smoothness: max|f''| its curvature, or L its lipschitz; one of them finite.
        length: D, the length of the domain.
    """
    curvature, lipschitz = smoothness.curvature, smoothness.lipschitz
    name = "straight lines between equal knots"
    if isfinite(curvature):
        return Bound(
            name=name,
            formula=r"\frac{M D^2}{8 N^2}",
            source="Where the gap to the line is largest, Taylor's formula to the nearer knot, not farther "
            "than D/(2N), makes it at most M (D/(2N))²/2.",
            kind="upper",
            at=lambda n: length**2 * curvature / (8.0 * n**2),
            symbols=(_curvature_symbol(curvature), _length(length)),
        )
    return Bound(
        name=name,
        formula=r"\frac{L D}{2 N}",
        source="The line has a slope m, |m| <= L. At a distance t from the left knot the gap is at most (L "
        "+ |m|) t and (L - |m|) (D/N - t), or the other way round; the lesser of the two is at most "
        "L D/(2N).",
        kind="upper",
        at=lambda n: lipschitz * length / (2.0 * n),
        symbols=(_slope(lipschitz), _length(length)),
    )


def adapted_chords(smoothness: Smoothness, length: float) -> Bound:
    """Straight lines between `curvature_knots`: M / (8 N^2 (0.9 sqrt(M) / S + 0.1 / D)^2).

    Between knots that are h = 1 / (N G') apart the gap tends to h^2 |f''| / 8. With the density
    G' = 0.9 sqrt|f''| / S + 0.1 / D it is largest where |f''| is: at M. It is S^2 / (8 N^2) for the best
    knots, all of them by the curvature, and at most 1 / 0.81 = 1.235 times as much here.

    Args:
        smoothness: M its curvature, finite, and S its bending.
        length: D, the length of the domain.
    """
    curvature, bending = smoothness.curvature, smoothness.bending
    density = (1.0 - EVENLY) * np.sqrt(curvature) / (bending or inf) + EVENLY / length
    return Bound(
        name="straight lines between knots that follow the curvature",
        formula=r"\frac{M}{8 N^2 \left(0.9 \sqrt{M} / S + 0.1 / D\right)^2}",
        source="Where knots are h apart, the gap tends to h²|g″|/8. N times (0.9√|g″|/S + 0.1/D) knots "
        "stand on a unit of x: nine tenths by the curvature, one tenth evenly. So the gap is largest where "
        "|g″| is. This holds where g″ is continuous: not beside a corner or a vertical slope. After C. de "
        'Boor, "Good approximation by splines with variable knots" (1973).',
        kind="rate",
        at=lambda n: curvature / (8.0 * n**2 * density**2),
        symbols=(
            _curvature_symbol(curvature),
            Symbol("S", "the integral of √|g″|", bending),
            _length(length),
        ),
    )


def across_a_jump(jump: float) -> Bound:
    """Any continuous network, of any size: J / 2."""
    return Bound(
        name="continuous across a jump",
        formula=r"\frac{J}{2}",
        source="Beside the jump the target comes near two values J apart, a continuous network near one "
        "only.",
        kind="lower",
        at=lambda n: np.full_like(n, jump / 2.0),
        symbols=(Symbol("J", "the target's largest jump", jump),),
    )


def polynomials_only(floor: Floor, degree: int) -> Bound:
    """One hidden layer, of any size, whose activation is a polynomial of degree d: the floor's sup norm."""
    return Bound(
        name=f"polynomials of degree {degree}",
        formula=rf"\min_{{\deg p \le {degree}}} \max_i |g(x_i) - p(x_i)|",
        source="Sums of polynomials of a degree are polynomials of that degree. M. Leshno, V. Lin, A. "
        'Pinkus and S. Schocken, "Multilayer feedforward networks with a nonpolynomial activation '
        'function can approximate any function", Neural Networks 6 (1993).',
        kind="lower",
        at=lambda n: np.full_like(n, floor.sup),
    )


# ---- which of them hold ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Built:
    """What the bounds need to know of how networks are built for a target.

    Attributes:
        smoothness: the target's, on its domain.
        length: D, the length of the domain.
        weight: w of the hidden units, in units of 1/x.
        activation: theirs.
    """

    smoothness: Smoothness
    length: float = 1.0
    weight: float = inf
    activation: Activation = SIGMOID


def staircase_bounds(built: Built) -> tuple[Bound, ...]:
    """Those of sharp steps or sigmoids that share their edges: none without a finite Lipschitz constant."""
    if not isfinite(built.smoothness.lipschitz) or built.activation not in (STEP, SIGMOID):
        return ()
    weight = inf if built.activation == STEP else built.weight
    return (midpoint_constants(built.smoothness.lipschitz, built.length, weight),)


def pairs_bounds(built: Built) -> tuple[Bound, ...]:
    """Those of pairs of sigmoids: none for other steps, nor without a finite Lipschitz constant."""
    if not isfinite(built.smoothness.lipschitz) or built.activation != SIGMOID:
        return ()
    return (half_height(built.smoothness, built.length, built.weight),)


def chords_bounds(built: Built) -> tuple[Bound, ...]:
    """Those of straight lines between equal knots: none without a finite Lipschitz constant."""
    return (chords(built.smoothness, built.length),) if isfinite(built.smoothness.lipschitz) else ()


def adapted_chords_bounds(built: Built) -> tuple[Bound, ...]:
    """Those of straight lines between knots that follow the curvature: none without a finite one."""
    finite = isfinite(built.smoothness.curvature)
    return (adapted_chords(built.smoothness, built.length),) if finite else ()


def jump_bounds(built: Built) -> tuple[Bound, ...]:
    """Those of any sum of hidden units at a jump of the target: none where the activation jumps, too."""
    jump = built.smoothness.jump
    return (across_a_jump(jump),) if 0.0 < jump < inf and not _jumps(built.activation) else ()


def _jumps(activation: Activation) -> bool:
    """Whether an activation says that it jumps, or is seen to, as one that somebody typed."""
    return bool(activation.jumps) or measure(activation.function, ACTIVE).jump > 0.0


# ---- floors and slopes ------------------------------------------------------------------------------


def polynomial_floor(values: FloatArray, x: FloatArray, degree: int) -> Floor:
    """The errors on the grid that no polynomial of degree <= d goes below.

    Both are the least there are, up to 1e-9 of themselves, from below; and 0 where they are no more
    than rounding, 1.4e-14 of the largest value. The root mean square is that of
    y - Q Q^T y, the columns of Q orthogonal polynomials on the grid. The sup norm is Remez': on
    any d + 2 points some polynomial misses the values by +E, -E, +E, .. and none misses them all
    by less; a point where it misses by more takes the place of one of them, and |E| grows.

    Args:
        values: y_i, shape (n,), finite.
        x: the grid, shape (n,), strictly increasing, finite.
        degree: d, from 0 to about 20.

    Returns:
        Both floors; 0 with n <= d + 1 points.

    Raises:
        ValueError: if the shapes differ, the grid does not increase, a number is not finite, or the
            degree is negative.

    Source: C. de la Vallée Poussin, "Sur les polynômes d'approximation et la représentation
    approchée d'un angle" (1910); E. Remez, "Sur la détermination des polynômes d'approximation
    de degré donnée" (1934), exchanging one point at a time.
    """
    values, x = np.asarray(values, dtype=np.float64), np.asarray(x, dtype=np.float64)
    _require_curve(values, x)
    if degree < 0:
        raise ValueError(f"the degree must be at least 0, got degree={degree}")
    size = float(np.max(np.abs(values), initial=0.0))
    if size == 0.0 or len(x) < degree + 2:
        return Floor(0.0, 0.0)
    powers = np.polynomial.chebyshev.chebvander(2.0 * (x - x[0]) / (x[-1] - x[0]) - 1.0, degree)
    basis = np.linalg.qr(powers).Q
    rest = values / size - basis @ (basis.T @ (values / size))
    mean = float(np.sqrt(np.mean(rest**2)))
    # What is left has the same floor, and fewer digits to lose.
    floors = (_levelled_error(rest, powers) if mean > ROUNDING else 0.0, mean)
    sup, root_mean_square = (size * floor if floor > ROUNDING else 0.0 for floor in floors)
    return Floor(sup, root_mean_square)


def _require_curve(values: FloatArray, x: FloatArray) -> None:
    """Raise a ValueError unless these are values on an increasing grid, all of them finite."""
    if x.ndim != 1 or values.shape != x.shape:
        raise ValueError(f"values and x must both have shape (n,), got shapes {values.shape} and {x.shape}")
    if not (np.isfinite(values).all() and np.isfinite(x).all()):
        raise ValueError("values and x must be finite, got NaN or an infinite number")
    if (np.diff(x) <= 0.0).any():
        raise ValueError("x must increase from point to point, got a point that does not")


def _levelled_error(values: FloatArray, powers: FloatArray) -> float:
    """The largest |E| that the exchange of points comes to; powers has shape (n, d + 1)."""
    n, terms = powers.shape
    # As the extrema of a Chebyshev polynomial, in the numbers of the points.
    spread = (1.0 - np.cos(np.pi * np.arange(terms + 1) / terms)) / 2.0
    reference = np.maximum(np.round(spread * (n - 1)).astype(int), np.arange(terms + 1))
    reference = np.minimum(reference, n - 1 - np.arange(terms + 1)[::-1])
    signs = (-1.0) ** np.arange(terms + 1)
    error = 0.0
    for _ in range(ROUNDS):
        solution = np.linalg.solve(np.column_stack((powers[reference], signs)), values[reference])
        error = max(error, abs(float(solution[-1])))
        gaps = values - powers @ solution[:-1]
        worst = int(np.argmax(np.abs(gaps)))
        if abs(gaps[worst]) <= (1.0 + LEVEL) * error or worst in reference:
            break
        above = signs * (1.0 if solution[-1] >= 0.0 else -1.0) * gaps[worst] > 0.0
        reference = _exchanged(reference, worst, above)
    return error


def _exchanged(reference: NDArray[np.intp], new: int, same_sign: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The points with the new one in the place of a neighbour that is missed to the same side.

    Where it lies beyond all of them and the outermost is missed to the other side, the one at the
    far end goes. So the signs still alternate.
    """
    after = int(np.searchsorted(reference, new))
    exchanged = reference.copy()
    if after < reference.size and same_sign[after]:
        exchanged[after] = new
    elif after > 0 and same_sign[after - 1]:
        exchanged[after - 1] = new
    elif after == 0:
        exchanged = np.append(new, reference[:-1])
    else:
        exchanged = np.append(reference[1:], new)
    return exchanged


def fitted_slope(sizes: ArrayLike, errors: ArrayLike) -> float | None:
    """The slope of log error against log N that fits best: p where the errors are c N^p.

    p = sum (a - mean a) (b - mean b) / sum (a - mean a)^2,  a = log N, b = log error.

    Args:
        sizes: N, as many numbers as errors.
        errors: those that are not positive and finite are left out, and so are such sizes.

    Returns:
        p; None where fewer than two different sizes are left.

    Raises:
        ValueError: if the shapes differ.
    """
    numbers, heights = np.asarray(sizes, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    if numbers.shape != heights.shape:
        raise ValueError(f"sizes and errors must have one shape, got {numbers.shape} and {heights.shape}")
    used = (numbers > 0.0) & (heights > 0.0) & np.isfinite(numbers) & np.isfinite(heights)
    if np.unique(numbers[used]).size < 2:
        return None
    a, b = np.log(numbers[used]), np.log(heights[used])
    a, b = a - a.mean(), b - b.mean()
    return float(a @ b / (a @ a))
