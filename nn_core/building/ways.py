"""Ways to build a network of N hidden units towards a target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from nn_core.arrays import FloatArray
from nn_core.building.closeness import POINTS, closeness, error_grid
from nn_core.building.constructions import (
    Family,
    bump_approximation,
    interpolant,
    least_squares_family,
    staircase,
)
from nn_core.building.knots import curvature_knots, sampled_units, spread_units
from nn_core.building.theory import (
    Bound,
    Built,
    Floor,
    adapted_chords_bounds,
    chords_bounds,
    jump_bounds,
    pairs_bounds,
    polynomial_floor,
    polynomials_only,
    staircase_bounds,
)
from nn_core.grids import line
from nn_core.networks.activations import RELU, Activation
from nn_core.networks.network import Network
from nn_core.targets.curves import Mended, Target, own_values
from nn_core.targets.smoothness import measure

MOST = 200
# Units are left to chance with one of the seeds 1, 2, .., SEEDS.
SEEDS = 20
# So many units are fitted at once, all numbers up to them: a few where a few are asked for.
FITTED = (12, 25, 50, 100, MOST)
# So many networks are remembered, of a few kilobytes each.
BUILT = 512


@dataclass(frozen=True, slots=True)
class Steepness:
    """What there is to choose from for the weights of hidden units, on a domain of length 1.

    Attributes:
        label: what it is called.
        low: the least.
        high: the greatest.
        first: the one to begin with.
        step: from one to the next.
    """

    label: str
    low: float
    high: float
    first: float
    step: float


@dataclass(frozen=True, slots=True)
class Way:
    """A way to build a network of one hidden layer.

    Attributes:
        name: what it is called in menus and links.
        builder: from a target, a number of units, a steepness in units of 1/x, an activation and a seed.
        fits: whether it is meant for an activation.
        bounds: what is proven of its networks for numbers of PIECES, jumps of the target aside.
        steepness: what there is to choose from; None where the target alone decides on the weights.
        fewest: the least number of units, and the step from one number to the next.
        pieces: how many pieces N units cut the domain into, for an array of N.
        remark: what is true of its networks without a bound, to end the sentence "With it"; "" if nothing.
        placed: of a way that leaves its hidden units to chance, the one that does not and is like it else;
            None where nothing is sampled, and so a seed makes no difference.
    """

    name: str
    builder: Callable[[Target, int, float, Activation, int], Network]
    fits: Callable[[Activation], bool]
    bounds: Callable[[Built], tuple[Bound, ...]]
    steepness: Steepness | None = None
    fewest: int = 1
    pieces: Callable[[FloatArray], FloatArray] = np.positive
    remark: str = ""
    placed: Way | None = None

    def __call__(
        self, target: Target, n: int, steepness: float, activation: Activation, seed: int
    ) -> Network:
        """The network of n hidden units."""
        return self.builder(target, n, steepness, activation, seed)


def _steps(activation: Activation) -> bool:
    return activation.step


def _interpolates(activation: Activation) -> bool:
    # An `interpolant` is made of these.
    return activation == RELU


def _anything(activation: Activation) -> bool:
    return True


def _staircase(target: Target, n: int, steepness: float, activation: Activation, seed: int) -> Network:
    return staircase(target, n + 1, steepness, activation, domain=target.domain)


def _pairs(target: Target, n: int, steepness: float, activation: Activation, seed: int) -> Network:
    return bump_approximation(target, n // 2, steepness, activation, domain=target.domain)


def _equal_knots(target: Target, n: int, steepness: float, activation: Activation, seed: int) -> Network:
    return interpolant(target, line(target.domain, n + 1))


def _curvature_knots(target: Target, n: int, steepness: float, activation: Activation, seed: int) -> Network:
    return interpolant(target, curvature_knots(target, n, domain=target.domain))


def _least_squares(target: Target, n: int, steepness: float, activation: Activation, seed: int) -> Network:
    return _family(target, _at_once(n), steepness, activation)[n]


def _random_features(target: Target, n: int, steepness: float, activation: Activation, seed: int) -> Network:
    return _sampled_family(target, _at_once(n), steepness, activation, seed)[n]


def _at_once(n: int) -> int:
    return next(number for number in FITTED if n <= number)


@lru_cache(maxsize=8)
def _family(target: Target, most: int, steepness: float, activation: Activation) -> Family:
    """The least-squares networks of 0 .. most units on the grid: all cost little more than the last."""
    weights, biases = spread_units(most, steepness, target.domain)
    return least_squares_family(target, weights, biases, activation, line(target.domain, POINTS))


@lru_cache(maxsize=SEEDS)
def _sampled_family(target: Target, most: int, steepness: float, activation: Activation, seed: int) -> Family:
    """The same with hidden units left to chance, their knots between the grid's ends."""
    x = line(target.domain, POINTS)
    weights, biases = sampled_units(most, steepness, x[1:-1], seed)
    return least_squares_family(target, weights, biases, activation, x)


def _one_more(n: FloatArray) -> FloatArray:
    return n + 1.0


def _half(n: FloatArray) -> FloatArray:
    return n / 2.0


def _nothing(built: Built) -> tuple[Bound, ...]:
    return ()


OF_STEPS = Steepness("steepness w", 4.0, 800.0, 400.0, 4.0)
OF_ANY = Steepness("largest hidden weight w", 2.0, 200.0, 40.0, 2.0)

STAIRCASE = Way("staircase", _staircase, _steps, staircase_bounds, OF_STEPS, pieces=_one_more)
PAIRS = Way("pairs of bumps", _pairs, _steps, pairs_bounds, OF_STEPS, fewest=2, pieces=_half)
EQUAL_KNOTS = Way("ReLU, equal knots", _equal_knots, _interpolates, chords_bounds)
CURVATURE_KNOTS = Way("ReLU, curvature knots", _curvature_knots, _interpolates, adapted_chords_bounds)
LEAST_SQUARES = Way(
    "least squares",
    _least_squares,
    _anything,
    _nothing,
    OF_ANY,
    remark="no other output weights on these hidden units have a smaller root mean square error on the grid "
    "of 501 even points, as far as numbers of 16 digits can tell.",
)
RANDOM_FEATURES = Way(
    "random features",
    _random_features,
    _anything,
    _nothing,
    OF_ANY,
    remark="the hidden weights and biases were left to chance, and only the output weights computed: no "
    "others on these hidden units have a smaller root mean square error on the grid of 501 even points, as "
    "far as numbers of 16 digits can tell.",
    placed=LEAST_SQUARES,
)

WAYS: dict[str, Way] = {
    way.name: way for way in (STAIRCASE, PAIRS, EQUAL_KNOTS, CURVATURE_KNOTS, LEAST_SQUARES, RANDOM_FEATURES)
}


@dataclass(frozen=True, slots=True)
class Plan:
    """How a network is built for any target: a way, and the activation of its hidden units.

    Attributes:
        way: one that fits the activation.
        activation: f.
        seed: of what the way leaves to chance, if it does.
    """

    way: Way
    activation: Activation
    seed: int = 1

    @property
    def steepness(self) -> Steepness | None:
        """What there is to choose from; None where another steepness makes no other networks."""
        return None if self.activation.scale_free else self.way.steepness

    def network(self, target: Target, n: int, steepness: float) -> Network:
        """The network of n hidden units; the steepness is that on a domain of length 1."""
        return _built(self, target, n, steepness)

    @property
    def placed(self) -> Plan | None:
        """The plan that is like it, but leaves nothing to chance; None where this one does not either."""
        return None if self.way.placed is None else Plan(self.way.placed, self.activation)

    def weight(self, target: Target, steepness: float) -> float:
        """The steepness in units of 1/x: divided by the length of the target's domain."""
        left, right = target.domain
        return steepness / (right - left)

    def bound(self, bound: Bound, n: ArrayLike) -> FloatArray:
        """A bound for networks of n hidden units, which cut the domain into one piece at least."""
        return bound.value(np.maximum(self.way.pieces(np.asarray(n, dtype=np.float64)), 1.0))


@lru_cache(maxsize=BUILT)
def _built(plan: Plan, target: Target, n: int, steepness: float) -> Network:
    """The network of a plan: who comes back to a steepness need not wait for a fit again."""
    return plan.way(target, n, plan.weight(target, steepness), plan.activation, plan.seed)


@dataclass(frozen=True, slots=True)
class Pin:
    """One network of a plan, to be built for any target.

    Attributes:
        plan: how.
        n: the number of hidden units.
        steepness: on a domain of length 1.
    """

    plan: Plan
    n: int
    steepness: float

    def network(self, target: Target) -> Network:
        """It, for this target."""
        return self.plan.network(target, self.n, self.steepness)


# ---- how well it does -------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def proven(plan: Plan, target: Target, steepness: float) -> tuple[Bound, ...]:
    """What is proven of the sup-norm error of a plan's networks, for numbers of PIECES; or estimated.

    For a polynomial activation the first is what no polynomial of its degree goes below on the grid.
    """
    left, right = target.domain
    smoothness = measure(target, target.domain)
    built = Built(smoothness, right - left, plan.weight(target, steepness), plan.activation)
    found = (*plan.way.bounds(built), *jump_bounds(built))
    if target.typed:
        found = tuple(replace(bound, estimated=True) for bound in found)
    if isinstance(target.function, Mended):
        # What is proven from below may be due to values that are not the target's own.
        found = tuple(bound for bound in found if bound.kind != "lower")
    degree = plan.activation.degree
    if degree is None:
        return found
    return (polynomials_only(_floor(target, degree), degree), *found)


@lru_cache(maxsize=64)
def _floor(target: Target, degree: int) -> Floor:
    """What no polynomial of that degree goes below on the grid."""
    x = error_grid(target)
    values = own_values(target, x)
    counted = np.isfinite(values)
    return polynomial_floor(values[counted], x[counted], degree)


@dataclass(frozen=True, slots=True)
class History:
    """The errors of a plan's networks for every number of units, by `closeness`.

    Attributes:
        sizes: N, shape (n_sizes,).
        sup_norm: the sup-norm error of each network, in units of the output.
        root_mean_square: likewise.
    """

    sizes: FloatArray
    sup_norm: FloatArray
    root_mean_square: FloatArray


@lru_cache(maxsize=16)
def history(plan: Plan, target: Target, steepness: float) -> History:
    """The errors for all N up to 200, each of a network that was built and evaluated.

    Args:
        plan: how to build.
        target: what for.
        steepness: on a domain of length 1.

    Returns:
        A history whose sizes are the numbers of units that the way can take.
    """
    sizes = range(plan.way.fewest, MOST + 1, plan.way.fewest)
    compared = [closeness(plan.network(target, n, steepness), target) for n in sizes]
    return History(
        np.array(sizes, dtype=np.float64),
        np.array([each.sup_norm for each in compared]),
        np.array([each.root_mean_square for each in compared]),
    )
