"""Networks over the plane by formula: walls, ridges, crosses, towers, tiles of towers, and hats."""

from math import inf

import numpy as np

from nn_core.arrays import FloatArray, require_ordered, require_steep
from nn_core.grids import lattice, line
from nn_core.networks.activations import IDENTITY, RELU, SIGMOID, Activation
from nn_core.networks.network import Layer, Network, superpose
from nn_core.targets.surfaces import Rectangle, Surface, surface_values

# Between the 1 of a cross's arms and the 2 of its inside.
THRESHOLD = 1.5
# At this sharpness a tower leaves sigmoid(-20) = 2e-9 of its height outside, and lacks as little inside.
SHARPNESS = 40.0


# ---- walls and what they make ---------------------------------------------------------------------


def wall(position: float, steepness: float, axis: int = 0, activation: Activation = SIGMOID) -> Network:
    """A wall across the plane, low before its position and high beyond: f(w (x_axis - p)).

    Args:
        position: p, in units of that input.
        steepness: w, in units of 1/x.
        axis: 0 for a wall that x climbs, 1 for one that y climbs.
        activation: f, a function that rises from 0 to 1, such as SIGMOID or STEP.

    Returns:
        A network of 2 inputs, one hidden layer with one unit, and 1 output.

    Raises:
        ValueError: if steepness is not positive and finite, or axis is neither 0 nor 1.
    """
    return _walls(np.array([position]), steepness, axis, activation, np.ones(1))


def ridge(
    left: float, right: float, steepness: float, axis: int = 0, activation: Activation = SIGMOID
) -> Network:
    """A ridge across the plane, of height 1 between two walls: f(w (x_axis - l)) - f(w (x_axis - r)).

    Args:
        left: l, where it rises, in units of that input.
        right: r, where it falls, in units of that input.
        steepness: w, in units of 1/x.
        axis: 0 for a ridge between two values of x, 1 for one between two values of y.
        activation: f, a function that rises from 0 to 1, such as SIGMOID or STEP.

    Returns:
        A network of one hidden layer with two units, of output weights 1 and -1.

    Raises:
        ValueError: as `wall` does, and if left is not less than right.
    """
    require_ordered(left, right)
    return _walls(np.array([left, right]), steepness, axis, activation, np.array([1.0, -1.0]))


def cross(
    x_range: tuple[float, float],
    y_range: tuple[float, float],
    steepness: float,
    activation: Activation = SIGMOID,
) -> Network:
    """Two ridges that cross, one along each axis: about 2 inside both, 1 on the four arms, 0 elsewhere.

    Args:
        x_range: the left and right end of the inside, in units of x.
        y_range: its lower and upper end, in units of y.
        steepness: w, in units of 1/x and 1/y.
        activation: f, a function that rises from 0 to 1, such as SIGMOID or STEP.

    Returns:
        A network of one hidden layer with four units: the superposition of two networks `ridge`.

    Raises:
        ValueError: as `ridge` does.
    """
    return superpose(
        [
            ridge(*x_range, steepness, axis=0, activation=activation),
            ridge(*y_range, steepness, axis=1, activation=activation),
        ]
    )


def tower(
    x_range: tuple[float, float],
    y_range: tuple[float, float],
    steepness: float,
    sharpness: float = SHARPNESS,
    threshold: float = THRESHOLD,
    *,
    height: float = 1.0,
    activation: Activation = SIGMOID,
) -> Network:
    """A tower, a cross with its arms cut off by one more neuron: h f(s (cross - c)). Two hidden layers.

    At a distance of at least d from all four walls, and with t = sigmoid(-w d), a sigmoid cross is at
    least 2 - 4t inside and at most 1 + t outside, so the tower is

        inside   within  |h| sigmoid(-s (2 - c - 4t))  of its height h,
        outside  within  |h| sigmoid(-s (c - 1 - t))   of 0.

    With f = STEP and 1 < c < 2 it is exactly h on l <= x < r, l' <= y < r', and exactly 0 elsewhere, up
    to rounding at the four edges.

    Args:
        x_range: its left and right end l and r, in units of x.
        y_range: its lower and upper end l' and r', in units of y.
        steepness: w, in units of 1/x and 1/y.
        sharpness: s, without a unit.
        threshold: c, without a unit; between 1 and 2, or nothing is cut off or left.
        height: h, in units of the output; negative for a pit.
        activation: f, a function that rises from 0 to 1, such as SIGMOID or STEP.

    Returns:
        A network of two hidden layers, with four units and one unit.

    Raises:
        ValueError: as `ridge` does, and if sharpness is not positive and finite.
    """
    _require_sharp(sharpness)
    walls, arms = cross(x_range, y_range, steepness, activation).layers
    cut = Layer(sharpness * arms.weights, np.array([-sharpness * threshold]), activation)
    return Network((walls, cut, Layer(np.array([[height]]), np.zeros(1), IDENTITY)))


def tiled_towers(
    surface: Surface,
    count: int,
    steepness: float,
    sharpness: float = SHARPNESS,
    threshold: float = THRESHOLD,
    *,
    activation: Activation = SIGMOID,
) -> Network:
    """R times R towers side by side, each as high as the surface at the middle of its tile.

    sum_t h_t f(s (cross_t - c)), the sum of R^2 networks `tower`; but neighbours share their walls, so
    that 2 (R + 1) units do for the 4 R^2 of `superpose`.

    Sigmoid towers leave a hole at every corner of a tile. There each wall is at its half, so each of
    the four towers around sees a cross of 1/2 + 1/2 = 1 < c = 3/2 and is off: the network is near 0
    however large R, w and s are, and its sup-norm error near |f| there. Only the holes' area shrinks,
    like 1 / w^2 for each of the (R + 1)^2 corners. Along the outer sides the towers are at half height.
    STEP towers have no holes: each point inside belongs to one tile; but the upper ends of the domain
    belong to none.

    Args:
        surface: f, on its domain.
        count: R, at least 1.
        steepness: w, in units of 1/x and 1/y.
        sharpness: s, without a unit.
        threshold: c, without a unit.
        activation: a function that rises from 0 to 1, such as SIGMOID or STEP.

    Returns:
        A network of two hidden layers, with 2 (R + 1) units (walls of x, then of y) and R^2 units (tiles
        from left to right, row after row upwards).

    Raises:
        ValueError: if count is less than 1, steepness or sharpness is not positive and finite, or the
            surface is not finite at a middle.
    """
    require_steep(steepness)
    _require_sharp(sharpness)
    x, y = tile_edges(surface.domain, count)
    weights, places = _along_axes(x, y)
    walls = Layer(steepness * weights, -steepness * places, activation)
    # Column k rises at edge k and falls at edge k + 1: (R + 1, R).
    between = np.eye(count + 1, count) - np.eye(count + 1, count, k=-1)
    arms = np.vstack((np.tile(between, (1, count)), np.repeat(between, count, axis=1)))
    cut = Layer(sharpness * arms, np.full(count**2, -sharpness * threshold), activation)
    heights = surface_values(surface, lattice(_middles(x), _middles(y)))
    return Network((walls, cut, Layer(heights[:, np.newaxis], np.zeros(1), IDENTITY)))


# ---- hats -----------------------------------------------------------------------------------------


def hats(surface: Surface, count: int) -> Network:
    """The surface's interpolant, straight over triangles: one hat for each corner. Two hidden layers.

    sum_c f(c) max(0, 1 - m_c),  m_c = max(|u|, |v|, |u - v|) = (|u| + |v| + |u - v|) / 2, over the
    (R + 1)^2 corners c of R times R cells, where u and v are the distances from c along x and y in cells,
    with their signs. Each cell is cut in two along its rising diagonal u = v. The layers are

        1  ReLU(z) and ReLU(-z), whose sum is |z|, for z = u, v, u - v, shared by all corners of one line;
        2  ReLU(1 - m).

    The hats sum to 1 on the domain, and no corner has a hole. With d the diagonal of a cell the network
    is nowhere farther from f than L d / 2 if L is f's Lipschitz constant, nor than M d^2 / 8 if no
    second derivative of f, in any direction, is larger than M: at a point of a triangle it is a mean of
    f at the three corners, and the mean of their squared distances is at most d^2 / 4.

    Args:
        surface: f, on its domain.
        count: R, at least 1.

    Returns:
        A network of two hidden layers, with 8 R + 6 and (R + 1)^2 ReLU units.

    Raises:
        ValueError: if count is less than 1, or the surface is not finite at a corner.

    Source: R. Arora, A. Basu, P. Mianjy and A. Mukherjee, "Understanding deep neural networks with rectified
    linear units", ICLR (2018): two hidden layers make all that is
    piecewise linear in two inputs.
    """
    x, y = tile_edges(surface.domain, count)
    distances = _distances_in_cells(surface.domain, count)
    tents = Layer(-_halves(count), np.ones((count + 1) ** 2), RELU)
    heights = surface_values(surface, lattice(x, y))
    return Network((distances, tents, Layer(heights[:, np.newaxis], np.zeros(1), IDENTITY)))


def _distances_in_cells(domain: Rectangle, count: int) -> Layer:
    """Layer 1 of hats: ReLU(u_j) for all j, ReLU(v_i), ReLU(u - v), then ReLU of minus each."""
    (left, right), (lower, upper) = domain
    per_x, per_y = count / (right - left), count / (upper - lower)
    weights, places = _along_axes(np.arange(count + 1.0), np.arange(count + 1.0))
    # u - v at corner (j, i) depends on j - i alone, which is -R .. R.
    diagonals = np.arange(-count, count + 1.0)
    lines = np.hstack((weights, np.tile([[1.0], [-1.0]], (1, diagonals.size))))
    biases = -np.concatenate((places, diagonals)) - np.array([left * per_x, lower * per_y]) @ lines
    lines = lines * np.array([[per_x], [per_y]])
    return Layer(np.hstack((lines, -lines)), np.concatenate((biases, -biases)), RELU)


def _halves(count: int) -> FloatArray:
    """The weights 1/2 with which layer 1 of hats makes up each m_c, shape (8 R + 6, (R + 1)^2)."""
    each = np.arange(count + 1)
    i, j = np.repeat(each, count + 1), np.tile(each, count + 1)
    lines = np.eye(count + 1)[:, j], np.eye(count + 1)[:, i], np.eye(2 * count + 1)[:, j - i + count]
    return np.vstack((*lines, *lines)) / 2.0


def tile_edges(domain: Rectangle, count: int) -> tuple[FloatArray, FloatArray]:
    """The edges of R times R equal tiles along x and along y, R + 1 each; a ValueError if R is below 1."""
    if count < 1:
        raise ValueError(f"count must be at least 1, got count={count}")
    return line(domain[0], count + 1), line(domain[1], count + 1)


# ---- what several of them use ---------------------------------------------------------------------


def _walls(
    positions: FloatArray, steepness: float, axis: int, activation: Activation, output_weights: FloatArray
) -> Network:
    """Parallel walls, weighted and added: sum_j v_j f(w (x_axis - p_j))."""
    require_steep(steepness)
    if axis not in (0, 1):
        raise ValueError(f"axis must be 0 for x or 1 for y, got axis={axis}")
    weights = np.zeros((2, positions.size))
    weights[axis] = steepness
    hidden = Layer(weights, -steepness * positions, activation)
    return Network((hidden, Layer(output_weights[:, np.newaxis], np.zeros(1), IDENTITY)))


def _along_axes(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The weights (1, 0) for each x and (0, 1) for each y, shape (2, n_x + n_y), and all x and y in a row."""
    weights = np.repeat(np.eye(2), (x.size, y.size), axis=1)
    return weights, np.concatenate((x, y))


def _middles(edges: FloatArray) -> FloatArray:
    """The middles between neighbouring edges."""
    return (edges[:-1] + edges[1:]) / 2.0


def _require_sharp(sharpness: float) -> None:
    """Raise a ValueError unless the sharpness is positive and finite."""
    if not 0.0 < sharpness < inf:
        raise ValueError(f"sharpness must be positive and finite, got sharpness={sharpness}")
