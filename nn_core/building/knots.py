"""Where hidden units stand: knots that follow a target's curvature, and units spread evenly."""

from collections.abc import Callable

import numpy as np

from nn_core.arrays import FloatArray, require_ordered, require_steep
from nn_core.grids import line
from nn_core.targets.curves import values_at

# How finely curvature is looked at, and which part of the knots is spread evenly regardless of it.
POINTS = 2001
EVENLY = 0.1
# Of the weights of spread units, the smallest in units of the largest.
LEAST_WEIGHT = 0.25


def curvature_knots(
    target: Callable[[FloatArray], FloatArray],
    pieces: int,
    *,
    domain: tuple[float, float] = (0.0, 1.0),
) -> FloatArray:
    """Knots x_0 < .. < x_N, close where the target bends: each piece holds an equal share of sqrt|f''|.

    x_k = G^-1(k / N),  G(x) = 0.9 S(x) / S(r) + 0.1 (x - l) / (r - l),  S(x) = int_l^x sqrt|f''|,
    with second differences on 2001 evenly spaced points for f'', straight lines in between, and
    the trapezoidal rule. Where f is straight (up to rounding), the part 0.1 still places knots.
    Where f'' is continuous, the sup-norm error of the piecewise linear interpolant tends, as N grows and as
    far as 2001 points see f'', to M / (8 N^2 (0.9 sqrt(M) / S(r) + 0.1 / (r - l))^2), M = max|f''|. Without
    the part 0.1 it would be S(r)^2 / (8 N^2), the least there is; with it, it is at most 1 / 0.81 of that.
    A corner that no knot hits, or a vertical slope, leaves more.

    Args:
        target: maps an array of inputs, shape (n,), to its values, shape (n,).
        pieces: N, at least 1.
        domain: the ends l and r, in units of x.

    Returns:
        Shape (N + 1,), strictly increasing, from exactly l to exactly r.

    Raises:
        ValueError: if pieces is less than 1, the domain's ends are not in order and finite, or the
            target's values have the wrong shape or are not finite.

    Source: C. de Boor, "Good approximation by splines with variable knots", in Spline Functions
    and Approximation Theory (1973); A Practical Guide to Splines (1978), chapter XII.
    """
    if pieces < 1:
        raise ValueError(f"pieces must be at least 1, got pieces={pieces}")
    grid = line(domain, POINTS)
    evenly = np.linspace(0.0, 1.0, POINTS)
    bending = _bending(values_at(target, grid), grid)
    shares = evenly + (1.0 - EVENLY) * (bending - evenly)
    return np.interp(np.linspace(0.0, 1.0, pieces + 1), shares, grid)


def _bending(values: FloatArray, x: FloatArray) -> FloatArray:
    """S(x) / S(r) at the points of the grid; for a straight line, where S = 0, the even shares."""
    # The values are rounded, and so is each x: far from 0 that moves f by its slope times the rounding.
    moved = np.abs(np.diff(values)).max() * np.abs(x).max() / (x[1] - x[0])
    rounding = 8.0 * np.finfo(np.float64).eps * (np.abs(values).max() + moved)
    bends = np.sqrt(np.maximum(np.abs(np.diff(values, n=2)) - rounding, 0.0))
    density = np.concatenate((bends[:1], bends, bends[-1:]))
    sums = np.concatenate(([0.0], np.cumsum(density[:-1] + density[1:])))
    return sums / sums[-1] if sums[-1] > 0.0 else np.linspace(0.0, 1.0, x.size)


def spread_units(
    n: int, steepness: float, domain: tuple[float, float] = (0.0, 1.0)
) -> tuple[FloatArray, FloatArray]:
    """The weights and biases of n hidden units with knots and weights spread evenly, whatever the target.

    Unit j = 1 .. n has its knot at s_j = l + (r - l) u_j, so its bias is b_j = -w_j s_j. Its weight
    is w_j = +-w (1/4 + 3/4 |2 t_j - 1|), with the sign of 2 t_j - 1. Here u_j and t_j, in (0, 1), are
    the digits of j in base 2 and in base 3, mirrored at the point: van der Corput's sequences
    1/2, 1/4, 3/4, 1/8, .. and 1/3, 2/3, 1/9, 4/9, .. So the first m of n units are the m units.

    The weights have to differ: sin(w x + b) of one w and any b, for instance, spans two dimensions only.

    Args:
        n: the number of units, at least 0.
        steepness: w, the bound on the weights, in units of 1/x.
        domain: the ends l and r, in units of x.

    Returns:
        The weights w_j and the biases b_j, shape (n,) each.

    Raises:
        ValueError: if n is less than 0, steepness is not positive and finite, or the domain's ends
            are not in order.

    Source: J. H. Halton, "On the efficiency of certain quasi-random sequences of points in
    evaluating multi-dimensional integrals", Numerische Mathematik 2 (1960).
    """
    if n < 0:
        raise ValueError(f"the number of units must be at least 0, got n={n}")
    require_steep(steepness)
    left, right = domain
    require_ordered(left, right)
    knots = left + (right - left) * _mirrored_digits(n, 2)
    # In base 3 no number is exactly 1/2, so the sign is never 0.
    weights = steepness * _spread(2.0 * _mirrored_digits(n, 3) - 1.0)
    return weights, -weights * knots


def sampled_units(n: int, steepness: float, places: FloatArray, seed: int) -> tuple[FloatArray, FloatArray]:
    """The weights and biases of n hidden units as of `spread_units`, but left to chance: random features.

    Unit j has its knot at s_j, so its bias is b_j = -w_j s_j. The s_j are n different ones of the places,
    each choice of them as likely as any other. Its weight is w_j = +-w (1/4 + 3/4 |t_j|), with the sign of
    t_j, which is even on [-1, 1). The first m of n units are the m units of that seed.

    Where the places are points of a grid, hinges are straight between neighbours, so that what is fitted on
    the grid hides no spike between its points. With 200 knots anywhere the fit was up to 10^8 off there.

    Args:
        n: the number of units, at least 0 and at most as many as there are places.
        steepness: w, the bound on the weights, in units of 1/x.
        places: where a knot can be, shape (m,), in units of x.
        seed: of the random numbers.

    Returns:
        The weights w_j and the biases b_j, shape (n,) each.

    Raises:
        ValueError: if n is less than 0 or more than the places, or steepness is not positive and finite.

    Source: A. Rahimi and B. Recht, "Weighted sums of random kitchen sinks", NIPS 2008.
    """
    if not 0 <= n <= places.size:
        raise ValueError(f"the number of units must be from 0 to {places.size}, got n={n}")
    require_steep(steepness)
    of_knots, of_weights = np.random.default_rng(seed).spawn(2)
    knots = of_knots.permutation(places)[:n]
    weights = steepness * _spread(of_weights.uniform(-1.0, 1.0, n))
    return weights, -weights * knots


def _spread(swing: FloatArray) -> FloatArray:
    """Shares of the largest weight, for numbers from -1 to 1: their signs are kept, and none is near 0."""
    return np.sign(swing) * (LEAST_WEIGHT + (1.0 - LEAST_WEIGHT) * np.abs(swing))


def _mirrored_digits(n: int, base: int) -> FloatArray:
    """The digits of 1 .. n in a base, mirrored at the point: sum_i d_i base^(-i-1), shape (n,)."""
    rest, place, values = np.arange(1, n + 1), 1.0, np.zeros(n)
    while rest.any():
        place /= base
        values += place * (rest % base)
        rest //= base
    return values
