"""A tower is 1 inside and 0 outside, tiles of towers have a hole at every corner, and hats have none."""

import math
import re
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.building.builds import (
    BUILDS,
    HATS,
    TOWERS_OF_ONE_STEEPNESS,
    TOWERS_THAT_STEEPEN,
    Build,
    errors_against_count,
    surface_errors,
    tile_lines,
)
from nn_core.building.towers import cross, hats, ridge, tiled_towers, tower, wall
from nn_core.grids import lattice, line, plane
from nn_core.networks.activations import IDENTITY, RELU, SIGMOID, STEP, Activation
from nn_core.networks.network import Network, superpose
from nn_core.targets.formulas import parse_formula
from nn_core.targets.surfaces import (
    FLAT,
    HILL,
    PYRAMID,
    SADDLE,
    SLOPE,
    SURFACES,
    UNIT_SQUARE,
    WAVES,
    Rectangle,
    Surface,
    typed_surface,
)

SEEDS = st.integers(0, 2**32 - 1)
AXES = st.sampled_from([0, 1])
STEEPNESSES = st.floats(0.1, 1e4)
ACTIVATIONS = st.sampled_from([SIGMOID, STEP])
RANGES = st.tuples(st.floats(-3.0, 3.0), st.floats(0.05, 3.0)).map(lambda pair: (pair[0], sum(pair)))
COUNTS = st.integers(1, 5)
TILTED = typed_surface(parse_formula("1 + sin(3x) - 2 x y", ("x", "y")))


def sigmoid(z: float) -> float:
    return float(SIGMOID(np.array(z)))


def on(rectangle: Rectangle) -> Surface:
    """A surface without any symmetry, on that rectangle."""
    return Surface(TILTED.name, TILTED.formula, TILTED.function, rectangle)


def around(rectangle: Rectangle, seed: int, n: int = 200) -> FloatArray:
    """Random points of the rectangle and as far beyond it as it is long, shape (n, 2)."""
    (left, right), (lower, upper) = rectangle
    shares = np.random.default_rng(seed).uniform(-1.0, 2.0, (n, 2))
    points: FloatArray = np.array([left, lower]) + shares * np.array([right - left, upper - lower])
    return points


def within(rectangle: Rectangle, points: FloatArray) -> FloatArray:
    """1 at the points with l <= x < r and l' <= y < r', and 0 at the others."""
    low, high = np.array(rectangle).T
    return np.where(((low <= points) & (points < high)).all(axis=1), 1.0, 0.0)


def corners(count: int) -> FloatArray:
    """All corners of the unit square's tiles."""
    return lattice(line((0.0, 1.0), count + 1), line((0.0, 1.0), count + 1))


def inner_corners(count: int) -> FloatArray:
    """The corners of the unit square's tiles that four tiles share."""
    inner = line((0.0, 1.0), count + 1)[1:-1]
    return lattice(inner, inner)


# ---- walls, ridges and crosses ----------------------------------------------------------------------


@given(position=st.floats(-3.0, 3.0), steepness=STEEPNESSES, axis=AXES, unit=ACTIVATIONS, seed=SEEDS)
def test_a_wall_is_one_unit_of_one_input(
    position: float, steepness: float, axis: int, unit: Activation, seed: int
) -> None:
    points = np.random.default_rng(seed).normal(0.0, 2.0, (20, 2))
    network = wall(position, steepness, axis, unit)
    assert [layer.weights.shape for layer in network.layers] == [(2, 1), (1, 1)]
    assert network(points)[:, 0] == pytest.approx(unit(steepness * (points[:, axis] - position)), abs=1e-9)


def test_a_wall_is_at_its_half_where_it_stands() -> None:
    assert wall(0.3, 50.0)(np.array([[0.3, -7.0], [0.3, 9.0]])).tolist() == [[0.5], [0.5]]
    assert wall(0.3, 50.0, axis=1)(np.array([[-7.0, 0.3]])).tolist() == [[0.5]]


@given(ends=RANGES, steepness=STEEPNESSES, axis=AXES, unit=ACTIVATIONS, seed=SEEDS)
def test_a_ridge_is_the_difference_of_two_walls(
    ends: tuple[float, float], steepness: float, axis: int, unit: Activation, seed: int
) -> None:
    points = np.random.default_rng(seed).normal(0.0, 2.0, (20, 2))
    walls = [wall(end, steepness, axis, unit)(points) for end in ends]
    network = ridge(*ends, steepness, axis, unit)
    assert network(points) == pytest.approx(walls[0] - walls[1], abs=1e-9)
    assert network.layers[1].weights.tolist() == [[1.0], [-1.0]]


@given(x_range=RANGES, y_range=RANGES, steepness=STEEPNESSES, unit=ACTIVATIONS, seed=SEEDS)
def test_a_cross_is_the_sum_of_two_ridges(
    x_range: tuple[float, float], y_range: tuple[float, float], steepness: float, unit: Activation, seed: int
) -> None:
    points = around((x_range, y_range), seed)
    ridges = ridge(*x_range, steepness, 0, unit)(points) + ridge(*y_range, steepness, 1, unit)(points)
    network = cross(x_range, y_range, steepness, unit)
    assert network(points) == pytest.approx(ridges, abs=1e-9)
    assert (network.depth, network.layers[0].biases.size) == (1, 4)


@pytest.mark.parametrize("unit", [SIGMOID, STEP])
def test_a_steep_cross_is_2_inside_1_on_its_arms_and_0_elsewhere(unit: Activation) -> None:
    network = cross((0.0, 1.0), (2.0, 4.0), 1e3, unit)
    values = network(lattice(np.array([-0.5, 0.5, 1.5]), np.array([1.5, 3.0, 4.5])))
    assert values.reshape(3, 3) == pytest.approx(np.array([[0, 1, 0], [1, 2, 1], [0, 1, 0]]))


# ---- towers -----------------------------------------------------------------------------------------


@given(
    rectangle=st.tuples(RANGES, RANGES),
    steepness=STEEPNESSES,
    sharpness=st.floats(0.1, 200.0),
    threshold=st.floats(1.01, 1.99),
    height=st.floats(-5.0, 5.0),
    seed=SEEDS,
)
def test_a_tower_is_its_height_inside_and_0_outside_as_closely_as_promised(
    rectangle: Rectangle, steepness: float, sharpness: float, threshold: float, height: float, seed: int
) -> None:
    points = around(rectangle, seed)
    network = tower(*rectangle, steepness, sharpness, threshold, height=height)
    walls = np.array(rectangle)  # (2, 2): of each input, its two ends
    far = np.abs(points[:, :, np.newaxis] - walls).min(axis=(1, 2))
    t = SIGMOID(-steepness * far)
    inside = within(rectangle, points) == 1.0
    allowed = np.where(inside, 2.0 - threshold - 4.0 * t, threshold - 1.0 - t)
    errors = np.abs(network(points)[:, 0] - np.where(inside, height, 0.0))
    assert (errors <= abs(height) * SIGMOID(-sharpness * allowed) + 1e-9).all()


@pytest.mark.parametrize(("x", "y", "deep"), [(0.5, 0.5, 4.0), (0.5, 1.25, 1.0), (1.25, 0.5, 1.0)])
def test_what_is_promised_of_a_tower_is_nearly_all_that_can_be(x: float, y: float, deep: float) -> None:
    # In the middle of the inside, and of an arm 1/4 beyond a wall and far from all others.
    steepness, sharpness, distance = 16.0, 12.0, 0.5 if deep == 4.0 else 0.25
    t = sigmoid(-steepness * distance)
    value = float(tower((0.0, 1.0), (0.0, 1.0), steepness, sharpness)(np.array([[x, y]]))[0, 0])
    error = 1.0 - value if deep == 4.0 else value
    promised = sigmoid(-sharpness * (0.5 - deep * t))
    assert 0.95 * promised <= error <= promised


@given(rectangle=st.tuples(RANGES, RANGES), height=st.floats(-5.0, 5.0), seed=SEEDS)
def test_a_tower_of_steps_is_exactly_its_height_inside_and_0_outside(
    rectangle: Rectangle, height: float, seed: int
) -> None:
    points = around(rectangle, seed)
    network = tower(*rectangle, 7.0, height=height, activation=STEP)
    assert network(points)[:, 0].tolist() == (height * within(rectangle, points)).tolist()


def test_a_tower_of_steps_has_its_lower_edges_and_lacks_its_upper_ones() -> None:
    network = tower((0.25, 0.5), (0.25, 0.5), 8.0, activation=STEP)
    points = np.array([[0.25, 0.25], [0.25, 0.4], [0.4, 0.25], [0.5, 0.4], [0.4, 0.5], [0.5, 0.5]])
    assert network(points)[:, 0].tolist() == [1, 1, 1, 0, 0, 0]


def test_a_tower_is_half_as_high_along_a_wall_and_nothing_at_a_corner() -> None:
    network = tower((0.0, 1.0), (0.0, 1.0), 1e3, height=3.0)
    wall_middles = np.array([[0.0, 0.5], [1.0, 0.5], [0.5, 0.0], [0.5, 1.0]])
    assert network(wall_middles) == pytest.approx(np.full((4, 1), 1.5))
    assert np.abs(network(lattice(np.array([0.0, 1.0]), np.array([0.0, 1.0])))).max() < 1e-7


def test_a_threshold_below_1_lets_the_arms_stand() -> None:
    arm, inside = np.array([[0.5, 3.0]]), np.array([[0.5, 0.5]])
    low = tower((0.0, 1.0), (0.0, 1.0), 1e3, threshold=0.5)
    high = tower((0.0, 1.0), (0.0, 1.0), 1e3, threshold=2.5)
    assert (low(arm)[0, 0], high(inside)[0, 0]) == pytest.approx((1.0, 0.0), abs=1e-8)


# ---- tiles of towers --------------------------------------------------------------------------------


@given(rectangle=st.tuples(RANGES, RANGES), count=COUNTS, unit=ACTIVATIONS, seed=SEEDS)
def test_tiles_with_shared_walls_are_the_superposition_of_single_towers(
    rectangle: Rectangle, count: int, unit: Activation, seed: int
) -> None:
    surface = on(rectangle)
    x, y = (line(ends, count + 1).tolist() for ends in rectangle)
    towers = [
        tower(
            (left, right),
            (lower, upper),
            30.0,
            15.0,
            1.4,
            height=float(surface(np.array([[(left + right) / 2.0, (lower + upper) / 2.0]]))[0]),
            activation=unit,
        )
        for lower, upper in pairwise(y)
        for left, right in pairwise(x)
    ]
    apart = superpose(towers)
    shared = tiled_towers(surface, count, 30.0, 15.0, 1.4, activation=unit)
    points = around(rectangle, seed)
    assert shared(points) == pytest.approx(apart(points), abs=1e-9)
    assert [layer.biases.size for layer in apart.layers] == [4 * count**2, count**2, 1]
    assert [layer.biases.size for layer in shared.layers] == [2 * (count + 1), count**2, 1]


@given(count=st.integers(1, 8), surface=st.sampled_from(list(SURFACES.values())))
def test_at_its_middle_a_tile_is_as_high_as_the_surface(count: int, surface: Surface) -> None:
    middles = (np.arange(count) + 0.5) / count
    points = lattice(middles, middles)
    assert tiled_towers(surface, count, 100.0 * count)(points)[:, 0] == pytest.approx(
        surface(points), abs=1e-6
    )


@given(count=st.integers(2, 8), steep=st.floats(20.0, 1e9), sharpness=st.floats(40.0, 1e3))
def test_there_is_a_hole_at_every_corner_however_many_and_steep_the_towers(
    count: int, steep: float, sharpness: float
) -> None:
    network = tiled_towers(FLAT, count, steep * count, sharpness)
    assert np.abs(network(inner_corners(count))).max() < 1e-6
    assert np.abs(network(corners(count))).max() < 1e-6


@pytest.mark.parametrize("surface", [HILL, WAVES, SLOPE, FLAT])
@pytest.mark.parametrize("build", [TOWERS_OF_ONE_STEEPNESS, TOWERS_THAT_STEEPEN])
def test_the_sup_norm_error_of_sigmoid_towers_never_falls(surface: Surface, build: Build) -> None:
    counts = (2, 4, 7, 12)
    sup_norms, _ = errors_against_count(surface, counts, build)
    highest = [np.abs(surface(inner_corners(count))).max() for count in counts]
    assert (sup_norms >= 0.9 * np.array(highest)).all()


def test_the_largest_error_is_at_a_corner_and_an_even_grid_may_miss_it() -> None:
    network = tiled_towers(FLAT, 4, 1e4)
    seen = surface_errors(network, FLAT, plane(UNIT_SQUARE, 9))
    assert seen.sup_norm == pytest.approx(1.0)
    assert seen.where in set(map(tuple, corners(4).tolist()))
    between = (plane(UNIT_SQUARE, 8) * 0.9) + 0.05 + 1e-3
    assert surface_errors(network, FLAT, between).sup_norm < 1e-3


@given(count=st.integers(2, 6), k=st.integers(1, 5), share=st.floats(0.2, 0.8), row=st.integers(0, 5))
def test_between_two_corners_neighbours_at_half_height_make_up_the_whole(
    count: int, k: int, share: float, row: int
) -> None:
    network = tiled_towers(FLAT, count, 200.0 * count)
    edge, along = min(k, count - 1) / count, (min(row, count - 1) + share) / count
    assert network(np.array([[edge, along], [along, edge]])) == pytest.approx(np.ones((2, 1)), abs=1e-6)
    assert network(np.array([[0.0, along], [along, 1.0]])) == pytest.approx(np.full((2, 1), 0.5), abs=1e-6)


@given(count=st.integers(1, 9), seed=SEEDS)
def test_towers_of_steps_have_no_holes(count: int, seed: int) -> None:
    network = tiled_towers(FLAT, count, 8.0, activation=STEP)
    points = np.vstack((np.random.default_rng(seed).random((100, 2)), corners(count)))
    assert network(points)[:, 0].tolist() == within(UNIT_SQUARE, points).tolist()


@given(count=st.integers(1, 9), seed=SEEDS)
def test_towers_of_steps_are_within_half_a_diagonal_of_the_slope(count: int, seed: int) -> None:
    points = np.random.default_rng(seed).random((200, 2))
    errors = surface_errors(tiled_towers(SLOPE, count, 8.0, activation=STEP), SLOPE, points)
    # L = sqrt(2) / 2, and half a tile's diagonal is sqrt(2) / (2 R).
    assert errors.sup_norm <= 0.5 / count + 1e-12


# ---- hats -------------------------------------------------------------------------------------------


def sum_of_hats(surface: Surface, count: int, points: FloatArray) -> FloatArray:
    """The definition: sum_c f(c) max(0, 1 - max(|u|, |v|, |u - v|)), corner by corner."""
    total = np.zeros(len(points))
    steps = [(high - low) / count for low, high in surface.domain]
    for corner in lattice(*(line(ends, count + 1) for ends in surface.domain)):
        u, v = ((points - corner) / steps).T
        height = float(surface(corner[np.newaxis])[0])
        total += height * np.maximum(1.0 - np.maximum(np.maximum(abs(u), abs(v)), abs(u - v)), 0.0)
    return total


@given(rectangle=st.tuples(RANGES, RANGES), count=COUNTS, seed=SEEDS)
def test_the_network_of_hats_is_the_sum_of_hats_also_outside(
    rectangle: Rectangle, count: int, seed: int
) -> None:
    points = around(rectangle, seed)
    surface = on(rectangle)
    assert hats(surface, count)(points)[:, 0] == pytest.approx(
        sum_of_hats(surface, count, points), abs=1e-9 * (1.0 + np.abs(points).max() ** 2)
    )


@given(count=st.integers(1, 9), seed=SEEDS)
def test_hats_sum_to_1_on_the_square(count: int, seed: int) -> None:
    points = np.vstack((np.random.default_rng(seed).random((100, 2)), corners(count)))
    assert hats(FLAT, count)(points) == pytest.approx(np.ones((len(points), 1)), abs=1e-12)


@pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
@pytest.mark.parametrize("count", [1, 3, 10])
def test_hats_meet_the_surface_at_every_corner(surface: Surface, count: int) -> None:
    points = corners(count)
    assert hats(surface, count)(points)[:, 0] == pytest.approx(surface(points), abs=1e-12)


@given(count=COUNTS, seed=SEEDS)
def test_hats_are_straight_on_either_side_of_a_cells_rising_diagonal(count: int, seed: int) -> None:
    network = hats(TILTED, count)
    random = np.random.default_rng(seed)
    cell = random.integers(0, count, 2)
    # Points of the lower triangle, where u > v; exchanged, they are of the upper one.
    two = np.sort(random.random((2, 2)), axis=1)[:, ::-1]
    for ends in (two, two[:, ::-1]):
        first, last = (cell + ends) / count
        values = network(np.array([first, (first + last) / 2.0, last]))[:, 0]
        assert values[1] == pytest.approx((values[0] + values[2]) / 2.0, abs=1e-12)


@pytest.mark.parametrize("count", [1, 4, 9])
def test_hats_reproduce_a_plane(count: int) -> None:
    assert surface_errors(hats(SLOPE, count), SLOPE).sup_norm < 1e-12


# The largest second derivative in any direction, by hand from the surfaces' formulas.
BENDS = {"hill": 16.0, "waves": 2.0 * math.pi**2, "saddle": 4.0}


@pytest.mark.parametrize("surface", [HILL, WAVES, SADDLE], ids=BENDS)
@pytest.mark.parametrize("count", [1, 2, 5, 12])
def test_hats_are_as_close_to_a_smooth_surface_as_promised(surface: Surface, count: int) -> None:
    errors = surface_errors(hats(surface, count), surface, plane(UNIT_SQUARE, 6 * count + 1))
    assert errors.sup_norm <= BENDS[surface.name] * (2.0 / count**2) / 8.0


@pytest.mark.parametrize("count", [1, 2, 5])
def test_what_is_promised_of_hats_is_attained_by_a_parabola_along_the_diagonal(count: int) -> None:
    parabola = typed_surface(parse_formula("(x + y)^2", ("x", "y")))
    errors = surface_errors(hats(parabola, count), parabola, plane(UNIT_SQUARE, 2 * count + 1))
    assert errors.sup_norm == pytest.approx(4.0 * (2.0 / count**2) / 8.0)


# The steepest slopes: L = 2 of the pyramid, L = sqrt(2) / 2 of the slope, 4 e^(-1/2) of the hill.
@pytest.mark.parametrize(
    ("surface", "lipschitz"), [(PYRAMID, 2.0), (SLOPE, math.sqrt(0.5)), (HILL, 4.0 * math.exp(-0.5))]
)
@pytest.mark.parametrize("count", [1, 2, 3, 5, 8])
def test_hats_are_as_close_to_a_surface_with_kinks_as_promised(
    surface: Surface, lipschitz: float, count: int
) -> None:
    errors = surface_errors(hats(surface, count), surface, plane(UNIT_SQUARE, 6 * count + 1))
    assert errors.sup_norm <= lipschitz * math.sqrt(2.0) / count / 2.0


@pytest.mark.parametrize("surface", [HILL, WAVES, SADDLE])
def test_the_error_of_hats_quarters_when_their_number_a_side_doubles(surface: Surface) -> None:
    sup_norms, root_mean_squares = errors_against_count(surface, (6, 12), HATS)
    assert 0.2 <= sup_norms[1] / sup_norms[0] <= 0.3
    assert 0.2 <= root_mean_squares[1] / root_mean_squares[0] <= 0.3


# ---- the shape of them ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("network", "widths"),
    [
        (wall(0.0, 1.0), [1]),
        (ridge(0.0, 1.0, 1.0, 1), [2]),
        (cross((0.0, 1.0), (0.0, 1.0), 1.0), [4]),
        (tower((0.0, 1.0), (0.0, 1.0), 1.0), [4, 1]),
        (tiled_towers(HILL, 3, 1.0), [8, 9]),
        (hats(HILL, 3), [30, 16]),
    ],
    ids=["wall", "ridge", "cross", "tower", "tiled towers", "hats"],
)
def test_towers_and_hats_have_two_hidden_layers(network: Network, widths: list[int]) -> None:
    *hidden, output = network.layers
    assert (network.n_in, network.n_out, network.depth) == (2, 1, len(widths))
    assert [layer.biases.size for layer in hidden] == widths
    assert {layer.activation for layer in hidden} == {RELU if widths == [30, 16] else SIGMOID}
    assert output.activation is IDENTITY


def test_fourteen_times_fourteen_hats_take_27355_parameters() -> None:
    assert hats(HILL, 14).n_parameters == 27355


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: wall(0.0, 0.0), "steepness must be positive and finite, got steepness=0.0"),
        (lambda: wall(0.0, 1.0, 2), "axis must be 0 for x or 1 for y, got axis=2"),
        (lambda: ridge(1.0, 0.5, 1.0), "left must be less than right, got left=1.0 and right=0.5"),
        (lambda: cross((0.0, 1.0), (1.0, 1.0), 1.0), "got left=1.0 and right=1.0"),
        (lambda: tower((1.0, 1.0), (0.0, 1.0), 1.0), "got left=1.0 and right=1.0"),
        (lambda: tower((0.0, 1.0), (0.0, 1.0), 1.0, 0.0), "sharpness must be positive and finite, got"),
        (lambda: tiled_towers(FLAT, 0, 1.0), "count must be at least 1, got count=0"),
        (lambda: tiled_towers(FLAT, 2, math.inf), "got steepness=inf"),
        (lambda: tiled_towers(FLAT, 2, 1.0, math.nan), "got sharpness=nan"),
        (lambda: hats(FLAT, 0), "count must be at least 1, got count=0"),
        (lambda: tile_lines(UNIT_SQUARE, 15), "at most 14, got count=15"),
    ],
)
def test_what_cannot_be_built_is_named(build: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        build()


def test_a_surface_without_a_value_at_a_middle_or_a_corner_is_refused() -> None:
    pole = typed_surface(parse_formula("1 / (x - 0.5)", ("x", "y")))
    with pytest.raises(ValueError, match=re.escape("finite, got inf at x=0.5, y=0.5")):
        tiled_towers(pole, 1, 1.0)
    with pytest.raises(ValueError, match=re.escape("finite, got inf at x=0.5, y=0.0")):
        hats(pole, 2)
    with pytest.raises(ValueError, match=re.escape("finite, got inf at x=0.5, y=0.0")):
        surface_errors(hats(pole, 1), pole, n=3)


# ---- errors -----------------------------------------------------------------------------------------


def test_surface_errors_agree_with_a_calculation_by_hand() -> None:
    # N is 1 where x >= 1/2 and 0 elsewhere; f = (x + y) / 2.
    network = wall(0.5, 2.0, activation=STEP)
    points = np.array([[0.0, 0.0], [0.0, 0.6], [1.0, 0.0], [1.0, 1.0]])
    errors = surface_errors(network, SLOPE, points)
    assert (errors.sup_norm, errors.where) == (0.5, (1.0, 0.0))
    assert errors.root_mean_square == pytest.approx(math.sqrt((0.3**2 + 0.5**2) / 4.0))


def test_surface_errors_look_at_an_even_grid_of_the_domain_unless_told() -> None:
    surface = on(((-1.0, 2.0), (3.0, 4.0)))
    network = hats(surface, 2)
    assert surface_errors(network, surface, n=11) == surface_errors(
        network, surface, plane(surface.domain, 11)
    )


@given(rectangle=st.tuples(RANGES, RANGES), count=st.integers(1, 14))
def test_tiles_are_looked_at_on_all_edges_and_close_inside_them(rectangle: Rectangle, count: int) -> None:
    for ends, places in zip(rectangle, tile_lines(rectangle, count), strict=True):
        edges = np.linspace(*ends, count + 1)
        assert places.shape == (57,)
        assert (np.diff(places) > 0).all()
        at = np.searchsorted(places, edges)
        assert places[at].tolist() == edges.tolist()
        side = (ends[1] - ends[0]) / count
        assert places[at[:-1] + 1] == pytest.approx(edges[:-1] + side / 20)
        assert places[at[1:] - 1] == pytest.approx(edges[1:] - side / 20)
        assert set(np.diff(at).tolist()) <= {56 // count, -(-56 // count)}


# ---- errors against the number of tiles -------------------------------------------------------------


def test_the_root_mean_square_error_falls_if_the_towers_steepen_as_the_square() -> None:
    counts = (2, 3, 5, 8, 14)
    for surface in (HILL, WAVES, PYRAMID, FLAT):
        _, steepening = errors_against_count(surface, counts, TOWERS_THAT_STEEPEN)
        assert (np.diff(steepening) < 0.0).all()
        assert steepening[-1] < 0.25 * steepening[0]


def test_at_one_steepness_more_towers_are_worse_in_the_end() -> None:
    _, flat = errors_against_count(FLAT, (1, 4, 8, 14), TOWERS_OF_ONE_STEEPNESS)
    assert (np.diff(flat) > 0.0).all()
    _, hill = errors_against_count(HILL, (2, 6, 14), TOWERS_OF_ONE_STEEPNESS)
    assert hill[0] > hill[1] < hill[2]


@pytest.mark.parametrize(("surface", "closely"), [(FLAT, 0.1), (HILL, 0.03), (WAVES, 0.03)])
@pytest.mark.parametrize("build", BUILDS.values(), ids=str)
def test_the_root_mean_square_error_is_that_of_a_very_fine_grid(
    surface: Surface, closely: float, build: Build
) -> None:
    _, (measured,) = errors_against_count(surface, (3,), build)
    network = build(surface, 3)
    n = 150 if build == HATS else 1000
    middles = (np.arange(n) + 0.5) / n
    squares = [
        (network(row)[:, 0] - surface(row)) ** 2 for row in np.split(lattice(middles, middles), n // 5)
    ]
    assert measured == pytest.approx(math.sqrt(np.mean(squares)), rel=closely, abs=1e-12)


def test_steepness_is_told_for_a_side_of_length_1() -> None:
    one, growing = TOWERS_OF_ONE_STEEPNESS.steepness, TOWERS_THAT_STEEPEN.steepness
    assert one is not None
    assert growing is not None
    assert one(UNIT_SQUARE, 7) == 100.0
    assert growing(UNIT_SQUARE, 3) == 360.0
    assert growing(((0.0, 1.0), (-2.0, 2.0)), 3) == 90.0
    assert HATS.steepness is None


@pytest.mark.parametrize("build", BUILDS.values(), ids=str)
def test_the_walls_of_a_build_have_the_steepness_that_it_says(build: Build) -> None:
    wide = Surface("wide", "1", lambda x, y: np.ones_like(x), ((0.0, 4.0), (0.0, 1.0)))
    walls = np.abs(build(wide, 3).layers[0].weights)
    if build.steepness is None:
        assert (build(wide, 3).depth, build(wide, 3).layers[0].activation) == (2, RELU)
    else:
        assert np.unique(walls).tolist() == [0.0, build.steepness(wide.domain, 3)]


@pytest.mark.parametrize("build", BUILDS.values(), ids=str)
def test_a_larger_square_has_the_same_errors(build: Build) -> None:
    large = typed_surface(parse_formula("exp(-8((x/4 - 0.5)^2 + (y/4 - 0.5)^2))", ("x", "y")))
    stretched = Surface(large.name, large.formula, large.function, ((0.0, 4.0), (0.0, 4.0)))
    for small, same in zip(
        errors_against_count(HILL, (1, 3), build), errors_against_count(stretched, (1, 3), build), strict=True
    ):
        assert same == pytest.approx(small, abs=1e-6)


def test_errors_against_a_count_are_remembered_and_cannot_be_changed() -> None:
    first, second = (errors_against_count(HILL, (1, 2), HATS) for _ in range(2))
    assert first is second
    assert [errors.shape for errors in first] == [(2,), (2,)]
    with pytest.raises(ValueError, match="read-only"):
        first[0][0] = 0.0
    assert [errors.size for errors in errors_against_count(HILL, (), HATS)] == [0, 0]
