"""How smooth a target is: how steep, how bent, where it jumps."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import inf, isfinite
from typing import TypeAlias

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.grids import line
from nn_core.targets.curves import Polyline, Target

Function: TypeAlias = Callable[[FloatArray], FloatArray]
Windows: TypeAlias = tuple[FloatArray, FloatArray]

EPSILON = float(np.finfo(np.float64).eps)
# A target is looked at on so many cells; then, in each of so many blocks of them, in the cell with the
# largest difference and its neighbours, cut into so many; then in the worst of these, 16 times finer.
CELLS, BLOCKS, WINDOW = 2**13, 16, 48
ZOOMS = {1: 4, 2: 2}
# A jump keeps more than this in the last zoom, an unbounded target gains more than this; and what gains
# more than this in the last two zooms (a slope) or in the last one (a curvature) is called infinite.
KEEPS, GAINS, SLOPE_GAINS, CURVATURE_GAINS = 0.95, 1.25, 1.25, 2.0
# Jumps up to this share of the values do not count, nor do such slopes.
NEGLIGIBLE = 1e-6
# Differences up to this share of the values, and of what rounding x does to them, are rounding.
ROUNDING = 64.0 * EPSILON


@dataclass(frozen=True, slots=True)
class Smoothness:
    """How smooth a target is, as the bounds need it.

    Attributes:
        lipschitz: L, the steepest slope; inf where the target jumps or is infinitely steep.
        curvature: max |f''|; inf where there is a corner, a jump or an infinite slope.
        variation: TV, all rises and falls added up.
        jump: J, the largest jump; 0.0 where there is none, inf at a pole.
        bending: S, the integral of sqrt|f''| over the domain, corners not counted; inf with a jump.
        ends: |f(l)| and |f(r)| at the ends of the domain.
    """

    lipschitz: float
    curvature: float
    variation: float
    jump: float
    bending: float
    ends: tuple[float, float]


@lru_cache(maxsize=256)
def measure(target: Function, domain: tuple[float, float]) -> Smoothness:
    """The smoothness of a target, measured on a grid that is refined where the target is roughest.

    On 2^13 equal cells, and in 16 places on finer and finer ones. Slopes are first differences
    (f(x + d) - f(x)) / d and curvatures second ones, (f(x + d) - 2 f(x) + f(x - d)) / d^2, both down to
    d = 2^-21 and 2^-17 of the domain; they are called infinite where they still grow at 2^-29 and
    2^-21. A jump is a difference that is still there at 2^-29.

    Of a `Polyline` all are exact: its slopes are known, it has no jumps, however steep it is, and corners.
    Of others all are measured, not proven: what happens between the points of the grid is not seen, and
    for smooth targets slopes, curvatures and the variation are a little too small (by a share of
    about 1e-6). A jump, or corner, smaller than the steepest step, or bend, on the grid may be
    missed, and a slope of more than 1e6 across the domain may count as infinite.

    Args:
        target: maps an array of inputs, shape (n,), to its values; hashable, so that the answer is
            remembered. Where it is not finite, it is taken not to be there.
        domain: the two ends of the interval, in units of x.

    Returns:
        All six numbers.

    Raises:
        ValueError: if the domain's ends are not in order and finite.
    """
    x = line(domain, CELLS + 1)
    function = target.function if isinstance(target, Target) else target
    if isinstance(function, Polyline):
        return _of_polyline(function, domain)
    with np.errstate(all="ignore"):
        values = _values(target, x)
        size = float(np.max(np.abs(values), initial=0.0, where=np.isfinite(values)))
        windows = _zooms(target, x, values, 1)
        jump = _jump(windows, NEGLIGIBLE * size)
        lipschitz = inf if jump else _lipschitz(windows, NEGLIGIBLE * size / (x[-1] - x[0]))
        noise = ROUNDING * (size + np.nan_to_num(lipschitz, posinf=0.0) * float(np.abs(x).max()))
        return Smoothness(
            lipschitz=lipschitz,
            curvature=_curvature(_zooms(target, x, values, 2), noise) if isfinite(lipschitz) else inf,
            variation=float(np.sum(_differences(values, 1))),
            jump=jump,
            bending=inf if jump else float(np.sum(np.sqrt(_differences(values, 2, noise)))),
            ends=(float(abs(np.nan_to_num(values[0]))), float(abs(np.nan_to_num(values[-1])))),
        )


def _of_polyline(function: Polyline, domain: tuple[float, float]) -> Smoothness:
    """The smoothness of straight pieces, from their ends."""
    x = np.array([domain[0], *(place for place in function.x if domain[0] < place < domain[1]), domain[1]])
    y = function(x)
    slopes = np.diff(y) / np.diff(x)
    return Smoothness(
        lipschitz=float(np.max(np.abs(slopes))),
        curvature=0.0 if (slopes == slopes[0]).all() else inf,
        variation=float(np.sum(np.abs(np.diff(y)))),
        jump=0.0,
        bending=0.0,
        ends=(float(abs(y[0])), float(abs(y[-1]))),
    )


def _values(target: Function, x: FloatArray) -> FloatArray:
    """The target's values in the shape of x, NaN where they are not finite."""
    values = np.asarray(target(x.ravel()), dtype=np.float64).reshape(x.shape)
    return np.where(np.isfinite(values), values, np.nan)


def _differences(values: FloatArray, order: int, noise: float = 0.0) -> FloatArray:
    """The sizes of the differences along the last axis; 0 where they are not finite, or noise."""
    sizes = np.nan_to_num(np.abs(np.diff(values, n=order)), nan=0.0)
    return np.where(sizes > noise, sizes, 0.0)


def _zooms(target: Function, x: FloatArray, values: FloatArray, order: int) -> list[Windows]:
    """The grid and its values in overlapping blocks, shape (16, 515), and finer and finer, (16, 49).

    Each zoom is around the largest difference of the order in each row, with a cell on either side.
    """
    length = CELLS // BLOCKS + 3
    starts = np.linspace(0, CELLS + 1 - length, BLOCKS).astype(int)
    block = starts[:, np.newaxis] + np.arange(length)
    windows = [(x[block], values[block])]
    row = np.arange(BLOCKS)
    for _ in range(ZOOMS[order]):
        places, heights = windows[-1]
        worst = np.argmax(_differences(heights, order), axis=1)
        left = places[row, np.maximum(worst - 1, 0)]
        right = places[row, np.minimum(worst + order + 1, places.shape[1] - 1)]
        finer = np.linspace(left, right, WINDOW + 1, axis=1)
        windows.append((finer, _values(target, finer)))
    return windows


def _jump(windows: list[Windows], negligible: float) -> float:
    """The largest range of values that zooming in does not make smaller; inf if it makes it larger."""
    before, after = (
        np.max(values, axis=1, initial=-inf, where=np.isfinite(values))
        - np.min(values, axis=1, initial=inf, where=np.isfinite(values))
        for _, values in windows[-2:]
    )
    stays = (after > KEEPS * before) & (after > negligible)
    if (after > GAINS * before)[stays].any():
        return inf
    return float(np.max(after, initial=0.0, where=stays))


def _lipschitz(windows: list[Windows], negligible: float) -> float:
    """The steepest slope; inf if in some place it grows without end."""
    slopes = [_steepest(x, values, 1) for x, values in windows]
    if (slopes[-1] > SLOPE_GAINS * slopes[-3] + negligible).any():
        return inf
    return float(np.max(slopes[:-2]))


def _curvature(windows: list[Windows], noise: float) -> float:
    """The largest second difference quotient; inf if in some place it grows without end."""
    curvatures = [_steepest(x, values, 2, noise) for x, values in windows]
    if (curvatures[-1] > CURVATURE_GAINS * curvatures[-2]).any():
        return inf
    return float(np.max(curvatures[:-1]))


def _steepest(x: FloatArray, values: FloatArray, order: int, noise: float = 0.0) -> FloatArray:
    """The largest difference quotient of each row: |difference| / d^order, d the distance of points."""
    distances = (x[:, -1] - x[:, 0]) / (x.shape[1] - 1)
    quotients: FloatArray = np.max(_differences(values, order, noise), axis=1) / distances**order
    return quotients
