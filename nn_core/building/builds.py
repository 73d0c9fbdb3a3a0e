"""Ways to build a network over the plane from R times R tiles, and how close each of them comes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.building.towers import hats, tile_edges, tiled_towers
from nn_core.errors import root_mean_square_error
from nn_core.grids import lattice, plane
from nn_core.networks.network import Network
from nn_core.targets.surfaces import Rectangle, Surface, surface_values

# Each side is looked at in so many intervals, which leaves four for each of the most tiles there may be.
INTERVALS, MOST_TILES, BESIDE = 56, 14, 0.05
# Steepness times the domain's longer side: of all towers, and of those that steepen at R = 1.
ONE_STEEPNESS, FIRST_STEEPNESS = 100.0, 40.0

# The root-mean-square error has this many of Gauss and Legendre's points in each panel of a tile's side,
# and beside its walls a panel of this size times 1 / steepness. So it is within 10 % for a flat surface,
# of which the holes are all the error, and 3 % for a smooth one (against 9 million points, R = 2 and 4).
PANEL_POINTS, WALL_REACH = 4, 5.0


@dataclass(frozen=True, slots=True)
class Build:
    """A way to build a network of R times R tiles.

    Attributes:
        name: what it is called in menus and links.
        builder: from a surface and R, at least 1.
        steepness: of its walls in units of 1/x, from the ends of x, those of y, and R; None without walls.
    """

    name: str
    builder: Callable[[Surface, int], Network]
    steepness: Callable[[Rectangle, int], float] | None = None

    def __str__(self) -> str:
        """The name, for messages."""
        return self.name

    def __call__(self, surface: Surface, count: int) -> Network:
        """The network of R times R tiles."""
        return self.builder(surface, count)


def _longer_side(domain: Rectangle) -> float:
    return max(right - left for left, right in domain)


def _one_steepness(domain: Rectangle, count: int) -> float:
    return ONE_STEEPNESS / _longer_side(domain)


def _growing_steepness(domain: Rectangle, count: int) -> float:
    return FIRST_STEEPNESS * count**2 / _longer_side(domain)


def _equally_steep(surface: Surface, count: int) -> Network:
    return tiled_towers(surface, count, _one_steepness(surface.domain, count))


def _steepening(surface: Surface, count: int) -> Network:
    return tiled_towers(surface, count, _growing_steepness(surface.domain, count))


TOWERS_OF_ONE_STEEPNESS = Build("towers of one steepness", _equally_steep, _one_steepness)
TOWERS_THAT_STEEPEN = Build("towers that steepen", _steepening, _growing_steepness)
HATS = Build("hats", hats)

BUILDS: dict[str, Build] = {
    build.name: build for build in (TOWERS_OF_ONE_STEEPNESS, TOWERS_THAT_STEEPEN, HATS)
}


# ---- how close they come --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SurfaceErrors:
    """How far a network is from a surface, on a set of points.

    Attributes:
        sup_norm: max_i |N(p_i) - f(p_i)|, in units of the output.
        where: the first point (x, y) at which it is attained.
        root_mean_square: sqrt(mean_i (N(p_i) - f(p_i))^2), in units of the output.
        values: N(p_i), likewise; they do not count where errors are compared.
    """

    sup_norm: float
    where: tuple[float, float]
    root_mean_square: float
    values: FloatArray = field(compare=False, repr=False)


def surface_errors(
    network: Network, surface: Surface, points: FloatArray | None = None, *, n: int = 61
) -> SurfaceErrors:
    """The errors of a network on a set of points, such as the grid of `tile_lines`, which sees every hole.

    Args:
        network: N, of 2 inputs and 1 output.
        surface: f.
        points: (x_i, y_i) in row i, at least one; n times n even ones of the domain if None.
        n: the number of even points along each side.

    Returns:
        The sup-norm error on the points and where it is, the root-mean-square error, and the values.

    Raises:
        ValueError: if the points do not have shape (m, 2), m >= 1, or the surface is not finite there.
    """
    points = plane(surface.domain, n) if points is None else points
    heights = surface_values(surface, points)
    values = network(points)[:, 0]
    root_mean_square = root_mean_square_error(values, heights)
    distances = np.abs(values - heights)
    worst = int(np.argmax(distances))
    x, y = points[worst].tolist()
    return SurfaceErrors(float(distances[worst]), (x, y), root_mean_square, values)


def tile_lines(domain: Rectangle, count: int) -> tuple[FloatArray, FloatArray]:
    """The x and the y of a grid on which R times R tiles are looked at: always 57 of each.

    Among them are all edges of the tiles, and of each tile the places a twentieth of its side inside its
    edges; the others are spread evenly between those, as many in each tile as in the next, or one more.

    Args:
        domain: the ends of x, then those of y.
        count: R, at least 1 and at most 14.

    Returns:
        Two arrays of shape (57,), increasing.

    Raises:
        ValueError: if count is less than 1 or more than 14.
    """
    if count > MOST_TILES:
        raise ValueError(f"count must be at most {MOST_TILES}, got count={count}")
    across, up = (_looked_at(edges) for edges in tile_edges(domain, count))
    return across, up


def _looked_at(edges: FloatArray) -> FloatArray:
    places = np.rint(np.linspace(0, INTERVALS, edges.size)).astype(int)
    tiles = [
        left + (right - left) * np.append(0.0, np.linspace(BESIDE, 1.0 - BESIDE, intervals - 1))
        for left, right, intervals in zip(edges[:-1], edges[1:], np.diff(places), strict=True)
    ]
    return np.append(np.concatenate(tiles), edges[-1])


@lru_cache(maxsize=64)
def errors_against_count(
    surface: Surface, counts: tuple[int, ...], build: Build
) -> tuple[FloatArray, FloatArray]:
    """The errors of R times R tiles for several R.

    The sup-norm error is the largest on the grid `tile_lines`, corners included. That would count the holes'
    area far too high, so the root-mean-square error sqrt(integral of (N - f)^2 / area) is taken on other
    points: Gauss and Legendre's in each tile, many of them beside its walls.

    Args:
        surface: f; hashable, so that the answer is remembered.
        counts: the numbers R, each at least 1.
        build: how.

    Returns:
        The sup-norm errors and the root-mean-square errors, each of shape (len(counts),), read-only.

    Raises:
        ValueError: as the build and `tile_lines` do.
    """
    pairs = [
        (
            surface_errors(network, surface, lattice(*tile_lines(surface.domain, count))).sup_norm,
            _root_mean_square(network, surface, count, build.steepness),
        )
        for count, network in ((count, build(surface, count)) for count in counts)
    ]
    errors = np.array(pairs).reshape(-1, 2)
    errors.flags.writeable = False
    return errors[:, 0], errors[:, 1]


def _root_mean_square(
    network: Network, surface: Surface, count: int, steep: Callable[[Rectangle, int], float] | None
) -> float:
    """sqrt(sum_i q_i (N(p_i) - f(p_i))^2), with Gauss and Legendre's points p_i and weights q_i of sum 1."""
    steepness = None if steep is None else steep(surface.domain, count)
    x, y = tile_edges(surface.domain, count)
    x_shares, x_weights = _panels(x[1] - x[0], steepness)
    y_shares, y_weights = _panels(y[1] - y[0], steepness)
    points = lattice(_within_tiles(x, x_shares), _within_tiles(y, y_shares))
    # Row of tiles by row of tiles, as the hidden activations of all points at once outgrow the cache.
    values = np.concatenate([network(row)[:, 0] for row in np.split(points, count)])
    differences = values - surface_values(surface, points)
    weights = np.outer(np.tile(y_weights, count), np.tile(x_weights, count)).ravel() / count**2
    return float(np.sqrt(weights @ differences**2))


def _panels(side: float, steepness: float | None) -> tuple[FloatArray, FloatArray]:
    """Gauss and Legendre's points in a tile's side, as shares of it, and their weights, which sum to 1."""
    breaks = np.array([0.0, 1.0])
    if steepness is not None:
        reach = min(WALL_REACH / (steepness * side), 0.25)
        breaks = np.array([0.0, reach, 1.0 - reach, 1.0])
    points, weights = np.polynomial.legendre.leggauss(PANEL_POINTS)
    sizes = np.diff(breaks)[:, np.newaxis]
    shares = breaks[:-1, np.newaxis] + sizes * (points + 1.0) / 2.0
    return shares.ravel(), (sizes * weights / 2.0).ravel()


def _within_tiles(edges: FloatArray, shares: FloatArray) -> FloatArray:
    """The points at the given shares of each tile's side, tile after tile."""
    return (edges[:-1, np.newaxis] + np.diff(edges)[:, np.newaxis] * shares).ravel()
