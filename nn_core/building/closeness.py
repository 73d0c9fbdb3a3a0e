"""How far a network is from its target: on a grid, and between its points where that matters."""

from dataclasses import replace
from functools import lru_cache
from math import isnan

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.errors import Comparison, Worst, compare
from nn_core.grids import BESIDE, column, line, line_with_jumps
from nn_core.networks.network import Network
from nn_core.targets.curves import Mended, Polyline, Target, own_values

POINTS = 501
# A target is looked at on so many cells for each of the grid's; where it is farther than this share of its
# range from a straight line, at most in so many places, the cell is halved again and again.
CELLS, STRAIGHT, PLACES, HALVINGS = 16, 1e-4, 16, 24
# The error is looked at on so many points between the neighbours of each of the highest peaks.
PEAKS, WINDOW = 4, 17
# Times the length of the domain, the weight from which on a unit turns within a few cells of the grid.
SHARP = 100.0
WITHIN = np.linspace(0.0, 1.0, WINDOW)


@lru_cache(maxsize=64)
def error_grid(target: Target) -> FloatArray:
    """The points on which means are taken: 501 even ones of the domain, and both sides of every jump."""
    return line_with_jumps(target.domain, POINTS, target)


def closeness(network: Network, target: Target) -> Comparison:
    """A network beside its target on the `error_grid`, their largest distance looked for as `closer` does."""
    x = error_grid(target)
    return closer(compare(network(column(x))[:, 0], _grid_values(target), x), network, target)


def closer(compared: Comparison, network: Network, target: Target) -> Comparison:
    """The comparison with a largest error that was looked for between the points of its grid, too.

    Looked at are, besides: the ends of a polyline's pieces, or where the target bends too much to be seen on
    the grid; the knots of the hidden units, and half way between two hinges; and finer points around the
    four highest peaks.

    Args:
        compared: a network beside its target on a grid.
        network: with one input and one hidden layer.
        target: f; what it has no value of its own for does not count, nor what is outside its domain.

    Returns:
        The same grid and values, with the largest distance on all these points, and where it is.
    """
    knots = _knots(network, target.domain)
    places = np.concatenate((_rough_places(target), knots))
    values = np.concatenate((_rough_values(target), own_values(target, knots)))
    more = places, values, network(column(places))[:, 0]
    on_grid = compared.x, compared.target, compared.network
    seen = [np.append(own[compared.counted], new) for own, new in zip(on_grid, more, strict=True)]
    order = np.argsort(seen[0], kind="stable")
    seen = [each[order] for each in seen]
    found = [_worst(*seen), _zoomed(network, target, *_around_peaks(seen[0], _apart(*seen[1:])))]
    distances = [abs(each.network - each.target) for each in found]
    worst = found[0] if isnan(distances[1]) or distances[0] >= distances[1] else found[1]
    largest = abs(worst.network - worst.target)
    return replace(compared, sup_norm=largest, worst=worst) if largest > compared.sup_norm else compared


def _looked_at(network: Network, target: Target, x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """x, and both values there."""
    return x, own_values(target, x), network(column(x))[:, 0]


def _apart(target: FloatArray, network: FloatArray) -> FloatArray:
    """The distances, -1 where the target has no value."""
    distances = np.abs(network - target)
    return np.where(np.isnan(distances), -1.0, distances)


def _worst(x: FloatArray, target: FloatArray, network: FloatArray) -> Worst:
    at = int(np.argmax(_apart(target, network)))
    return Worst(float(x[at]), float(target[at]), float(network[at]))


def _around_peaks(x: FloatArray, distances: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The points beside the highest peaks, to the left and to the right; x increases."""
    padded = np.concatenate(([-1.0], distances, [-1.0]))
    peaks = np.flatnonzero((distances >= padded[:-2]) & (distances >= padded[2:]))
    peaks = peaks[np.argsort(distances[peaks])[-PEAKS:]]
    return x[np.maximum(peaks - 1, 0)], x[np.minimum(peaks + 1, x.size - 1)]


def _zoomed(network: Network, target: Target, left: FloatArray, right: FloatArray) -> Worst:
    """The worst of the points between given ones."""
    return _worst(*_looked_at(network, target, (left + np.outer(WITHIN, right - left)).ravel()))


def _knots(network: Network, domain: tuple[float, float]) -> FloatArray:
    """Where hidden units turn within a few cells of the grid, beside their jumps, and between hinges."""
    (left, right), hidden = domain, network.layers[0]
    least = 0.0 if hidden.activation.scale_free else SHARP / (right - left)
    sharp = np.abs(hidden.weights[0]) > least
    weights, biases = hidden.weights[0][sharp], hidden.biases[sharp]
    beside = BESIDE * max(abs(left), abs(right))
    jumps = [(z - biases) / weights + side for z in hidden.activation.jumps for side in (-beside, beside)]
    knots = np.concatenate((-biases / weights, *jumps))
    knots = np.sort(knots[(left < knots) & (knots < right)])
    return np.concatenate((knots, (knots[1:] + knots[:-1]) / 2.0)) if hidden.activation.scale_free else knots


@lru_cache(maxsize=64)
def _grid_values(target: Target) -> FloatArray:
    """The target on its `error_grid`."""
    return own_values(target, error_grid(target))


@lru_cache(maxsize=64)
def _rough_values(target: Target) -> FloatArray:
    """The target at its `_rough_places`."""
    return own_values(target, _rough_places(target))


@lru_cache(maxsize=64)
def _rough_places(target: Target) -> FloatArray:
    """The ends of a polyline's pieces; of another target where it bends too much to be seen on the grid."""
    function = target.function.function if isinstance(target.function, Mended) else target.function
    if isinstance(function, Polyline):
        return np.array(function.x)
    x = line(target.domain, CELLS * (POINTS - 1) + 1)
    left, right, found = x[:-1], x[1:], [x[:0]]
    with np.errstate(all="ignore"):
        values = own_values(target, x)
        least = STRAIGHT * float(np.ptp(values[np.isfinite(values)]))
        for _ in range(HALVINGS):
            middle = (left + right) / 2.0
            ends = (own_values(target, left) + own_values(target, right)) / 2.0
            bends = np.nan_to_num(np.abs(own_values(target, middle) - ends), nan=0.0)
            rough = np.argsort(bends)[-PLACES:]
            rough = rough[bends[rough] > least]
            found += [left[rough], middle[rough], right[rough]]
            left, right = (
                np.concatenate((left[rough], middle[rough])),
                np.concatenate((middle[rough], right[rough])),
            )
    return np.unique(np.concatenate(found))
