"""Networks by formula: a neuron, a hidden layer, bumps, staircases, interpolants, best output weights."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from nn_core.arrays import FloatArray, Numbers, require_increasing, require_ordered, require_steep
from nn_core.building.least_squares import nested_least_squares
from nn_core.grids import column
from nn_core.networks.activations import IDENTITY, RELU, SIGMOID, Activation
from nn_core.networks.network import Layer, Network
from nn_core.targets.curves import values_at


def neuron(weight: float, bias: float, activation: Activation) -> Network:
    """A single neuron: x -> f(w x + b).

    Args:
        weight: w, in units of 1/x.
        bias: b.
        activation: f.

    Returns:
        A network of one layer, 1 input and 1 output, no hidden layer.
    """
    return Network((Layer(np.array([[weight]]), np.array([bias]), activation),))


def one_hidden_layer(
    weights: Numbers,
    biases: Numbers,
    output_weights: Numbers,
    activation: Activation,
    output_bias: float = 0.0,
) -> Network:
    """A network of one input, one hidden layer and one output: sum_j v_j f(w_j x + b_j) + c.

    Args:
        weights: w_j, n_hidden numbers in units of 1/x; there may be none.
        biases: b_j, n_hidden numbers.
        output_weights: v_j, n_hidden numbers in units of the output.
        activation: f, the same for every hidden unit.
        output_bias: c, in units of the output.

    Returns:
        A network of depth 1 with the identity at the output.

    Raises:
        ValueError: if the three sequences are not equally long lists of numbers.
    """
    weights = np.asarray(weights, dtype=np.float64)
    biases = np.asarray(biases, dtype=np.float64)
    output_weights = np.asarray(output_weights, dtype=np.float64)
    if weights.ndim != 1 or not weights.shape == biases.shape == output_weights.shape:
        raise ValueError(
            "weights, biases and output weights must be equally many numbers in a row, "
            f"got shapes {weights.shape}, {biases.shape} and {output_weights.shape}"
        )
    # One input: (n_hidden,) -> (1, n_hidden). One output: (n_hidden,) -> (n_hidden, 1).
    hidden = Layer(weights[np.newaxis, :], biases, activation)
    output = Layer(output_weights[:, np.newaxis], np.array([output_bias]), IDENTITY)
    return Network((hidden, output))


def bump(
    left: float,
    right: float,
    height: float,
    steepness: float,
    activation: Activation = SIGMOID,
) -> Network:
    """A bump, one step up and one step down: h f(w (x - l)) - h f(w (x - r)).

    Args:
        left: l, where it rises, in units of x.
        right: r, where it falls, in units of x.
        height: h, in units of the output; negative for a dip.
        steepness: w, in units of 1/x.
        activation: f, a function that rises from 0 to 1, such as SIGMOID or STEP.

    Returns:
        A network of one hidden layer with two units, weights w and biases -w l and -w r.

    Raises:
        ValueError: if left is not less than right, one is not finite, or steepness is not positive
            and finite.
    """
    require_ordered(left, right)
    return bumps((height,), (left, right), steepness, activation)


def bumps(heights: Numbers, edges: Numbers, steepness: float, activation: Activation = SIGMOID) -> Network:
    """Bumps side by side, one on each piece: sum_k h_k (f(w (x - x_k)) - f(w (x - x_{k+1}))).

    They are N pairs of steps: the superposition of N networks `bump`.

    Args:
        heights: h_0 .. h_{N-1}, at least one, in units of the output.
        edges: x_0 .. x_N, strictly increasing, in units of x.
        steepness: w, in units of 1/x.
        activation: f, a function that rises from 0 to 1, such as SIGMOID or STEP.

    Returns:
        A network of one hidden layer with 2N units, from left to right: a rise, a fall, a rise, ..

    Raises:
        ValueError: if steepness is not positive and finite, the edges do not increase, or there
            is not one height for each piece between them.
    """
    heights, edges = _required_pieces(heights, edges)
    require_steep(steepness)
    return one_hidden_layer(
        weights=np.full(2 * heights.size, steepness),
        biases=-steepness * np.repeat(edges, 2)[1:-1],
        output_weights=np.stack((heights, -heights), axis=1).ravel(),
        activation=activation,
    )


def shared_edges(
    heights: Numbers, edges: Numbers, steepness: float, activation: Activation = SIGMOID
) -> Network:
    """Steps that share their edges: h_0 + sum_{k=1}^{N-1} (h_k - h_{k-1}) f(w (x - x_k)).

    With f = STEP it has the height h_k on piece k, and h_0 and h_{N-1} beyond the ends as well.

    Args:
        heights: h_0 .. h_{N-1}, at least one, in units of the output.
        edges: x_0 .. x_N, strictly increasing, in units of x; the first and the last place no unit.
        steepness: w, in units of 1/x.
        activation: f, a function that rises from 0 to 1, such as SIGMOID or STEP.

    Returns:
        A network of one hidden layer with N - 1 units, from left to right.

    Raises:
        ValueError: as `bumps` does.
    """
    heights, edges = _required_pieces(heights, edges)
    require_steep(steepness)
    return one_hidden_layer(
        weights=np.full(heights.size - 1, steepness),
        biases=-steepness * edges[1:-1],
        output_weights=np.diff(heights),
        activation=activation,
        output_bias=heights[0],
    )


def staircase(
    target: Callable[[FloatArray], FloatArray],
    pieces: int,
    steepness: float,
    activation: Activation = SIGMOID,
    *,
    domain: tuple[float, float] = (0.0, 1.0),
) -> Network:
    """A staircase along a target, its steps sharing their edges, so N pieces need N - 1 units.

    c_0 + sum_{k=1}^{N-1} (c_k - c_{k-1}) f(w (x - x_k)), where the x_k cut the domain into N equal
    pieces and c_k is the target's value at the midpoint of piece k = 0 .. N-1.

    With f = STEP it is the piecewise constant function itself, which for a target with Lipschitz
    constant L on a domain of length D is nowhere farther than L D / (2 N) from the target: no
    point of a piece is farther than D / (2 N) from its midpoint.

    Args:
        target: maps an array of inputs, shape (n,), to its values, shape (n,).
        pieces: N, at least 1; with 1 piece there is no hidden unit, and the output is constant.
        steepness: w, in units of 1/x.
        activation: f, a function that rises from 0 to 1, such as SIGMOID or STEP.
        domain: the two ends of the interval, in units of x.

    Returns:
        A network of one hidden layer with N - 1 units, from left to right.

    Raises:
        ValueError: if pieces is less than 1, steepness is not positive and finite, the
            domain's ends are not in order, or the target's values have the wrong shape or are
            not finite.
    """
    heights, edges = _midpoint_values(target, pieces, domain)
    return shared_edges(heights, edges, steepness, activation)


def bump_approximation(
    target: Callable[[FloatArray], FloatArray],
    pieces: int,
    steepness: float,
    activation: Activation = SIGMOID,
    *,
    domain: tuple[float, float] = (0.0, 1.0),
) -> Network:
    """Bumps along a target, a pair of steps for each piece, so N pieces need 2N units.

    sum_k c_k (f(w (x - x_k)) - f(w (x - x_{k+1}))), where x_0 .. x_N cut the domain into N equal
    pieces and c_k is the target's value at the midpoint of piece k = 0 .. N-1.

    At both ends it is at half height: a sigmoid has f(0) = 1/2, so however steep it is, N(x_0) is
    near c_0 / 2 and N(x_N) near c_{N-1} / 2. With f = STEP the last bump is off at x_N already,
    and N(x_N) = 0. Elsewhere it is the `staircase`, which has neither defect and needs
    about half the units, up to c_0 and c_{N-1} times the sigmoid's tails beyond the ends.

    Args:
        target: maps an array of inputs, shape (n,), to its values, shape (n,).
        pieces: N, at least 1.
        steepness: w, in units of 1/x.
        activation: f, a function that rises from 0 to 1, such as SIGMOID or STEP.
        domain: the two ends of the interval, in units of x.

    Returns:
        A network of one hidden layer with 2N units, from left to right.

    Raises:
        ValueError: as `staircase` does.
    """
    heights, edges = _midpoint_values(target, pieces, domain)
    return bumps(heights, edges, steepness, activation)


def interpolant(target: Callable[[FloatArray], FloatArray], knots: Numbers) -> Network:
    """The function that equals the target at the knots and is straight in between, of ReLU units.

    f(x_0) + sum_{k=0}^{N-1} (m_k - m_{k-1}) ReLU(x - x_k),  m_{-1} = 0, where
    m_k = (f(x_{k+1}) - f(x_k)) / (x_{k+1} - x_k) is the slope on piece k = 0 .. N-1.
    To the left of x_0 it is constant, to the right of x_N it goes on straight.

    With equal pieces of length d it is nowhere on them farther than max|f''| d^2 / 8 from a target
    with a continuous f'', nor farther than L d / 2 from one with Lipschitz constant L.

    Args:
        target: maps an array of inputs, shape (n,), to its values, shape (n,).
        knots: x_0 .. x_N, at least 2, strictly increasing, in units of x.

    Returns:
        A network of one hidden layer with N units, from left to right, all of weight 1.

    Raises:
        ValueError: if the knots do not increase, or the target's values have the wrong shape or
            are not finite.
    """
    knots = np.asarray(knots, dtype=np.float64)
    require_increasing("knots", knots)
    values = values_at(target, knots)
    slopes = np.diff(values) / np.diff(knots)
    return one_hidden_layer(
        weights=np.ones(slopes.size),
        biases=-knots[:-1],
        output_weights=np.diff(slopes, prepend=0.0),
        activation=RELU,
        output_bias=values[0],
    )


def least_squares(
    target: Callable[[FloatArray], FloatArray],
    weights: Numbers,
    biases: Numbers,
    activation: Activation,
    x: FloatArray,
) -> Network:
    """The best network on the grid, among all with these hidden units, in the sense of least squares.

    sum_j v_j f(w_j x + b_j) + c, with the v_j and c that minimise sum_i (N(x_i) - f(x_i))^2, as far as
    rounding allows. A unit that on the grid depends on the constant and the units before it, up to a share of
    1e-13 of its length, keeps v_j = 0: see `nested_least_squares`.

    Args:
        target: maps an array of inputs, shape (n,), to its values, shape (n,).
        weights: w_j, n_hidden numbers in units of 1/x; there may be none.
        biases: b_j, n_hidden numbers.
        activation: f, the same for every hidden unit.
        x: the grid x_i, shape (n,), at least one point.

    Returns:
        A network of one hidden layer with n_hidden units.

    Raises:
        ValueError: if weights and biases are not equally many numbers in a row, x is not a row of
            numbers, a unit's value is not finite (the unit is named), or the target's values
            have the wrong shape or are not finite.
    """
    family = least_squares_family(target, weights, biases, activation, x)
    return family[len(family) - 1]


@dataclass(frozen=True, eq=False, slots=True)
class Family:
    """Networks of the first N of the same hidden units, for every N; each is made when it is asked for.

    Attributes:
        weights: w_j of all of them, shape (n_hidden,).
        biases: b_j, shape (n_hidden,).
        activation: f.
        coefficients: shape (n_hidden + 1, n_hidden + 1): column N holds the output bias and N output weights.
    """

    weights: FloatArray
    biases: FloatArray
    activation: Activation
    coefficients: FloatArray

    def __len__(self) -> int:
        """How many there are: n_hidden + 1."""
        return len(self.coefficients)

    def __getitem__(self, n: int) -> Network:
        """The network of N hidden units. Raises IndexError unless N is from 0 to n_hidden."""
        if not 0 <= n < len(self):
            raise IndexError(f"there must be from 0 to {len(self) - 1} hidden units, got {n}")
        own = self.coefficients[:, n]
        return one_hidden_layer(
            self.weights[:n], self.biases[:n], own[1 : n + 1], self.activation, float(own[0])
        )

    def __iter__(self) -> Iterator[Network]:
        """All of them, the smallest first."""
        return map(self.__getitem__, range(len(self)))


def least_squares_family(
    target: Callable[[FloatArray], FloatArray],
    weights: Numbers,
    biases: Numbers,
    activation: Activation,
    x: FloatArray,
) -> Family:
    """The networks `least_squares` of the first N hidden units, for every N = 0 .. n_hidden.

    They are nested, so their root-mean-square error on the grid never rises with N, rounding aside. All of
    them together cost little more than the last one.

    Args:
        target: as for `least_squares`, like all that follow.
        weights: w_j.
        biases: b_j.
        activation: f.
        x: the grid x_i.

    Returns:
        n_hidden + 1 networks by their numbers; number N has N hidden units.

    Raises:
        ValueError: as `least_squares` does.
    """
    weights = np.asarray(weights, dtype=np.float64)
    biases = np.asarray(biases, dtype=np.float64)
    units = one_hidden_layer(weights, biases, np.zeros(weights.shape), activation).layers[0]
    values = _unit_values(units, x)
    columns = np.hstack((np.ones((len(values), 1)), values))
    return Family(weights, biases, activation, nested_least_squares(columns, values_at(target, x)))


def chosen_units(network: Network, chosen: Sequence[int] | slice) -> Network:
    """The network with some of its hidden units only: c + the sum of v_j f(w_j x + b_j) over the chosen j.

    Args:
        network: with one hidden layer.
        chosen: the indices of the units to keep, or a slice of them.

    Returns:
        A network of one hidden layer with the same output bias.
    """
    hidden, output = network.layers
    return Network(
        (
            Layer(hidden.weights[:, chosen], hidden.biases[chosen], hidden.activation),
            Layer(output.weights[chosen], output.biases, output.activation),
        )
    )


def _required_pieces(heights: Numbers, edges: Numbers) -> tuple[FloatArray, FloatArray]:
    """Heights and edges as arrays, or a ValueError unless the edges increase around one height a piece."""
    heights = np.asarray(heights, dtype=np.float64)
    edges = np.asarray(edges, dtype=np.float64)
    require_increasing("edges", edges)
    if heights.shape != (edges.size - 1,):
        raise ValueError(
            "there must be one height for each piece between two edges, "
            f"got heights of shape {heights.shape} and edges of shape {edges.shape}"
        )
    return heights, edges


def _midpoint_values(
    target: Callable[[FloatArray], FloatArray], pieces: int, domain: tuple[float, float]
) -> tuple[FloatArray, FloatArray]:
    """The target's values at the midpoints of equal pieces, and the edges of the pieces."""
    require_ordered(*domain)
    if pieces < 1:
        raise ValueError(f"pieces must be at least 1, got pieces={pieces}")
    edges = np.linspace(domain[0], domain[1], pieces + 1)
    return values_at(target, (edges[:-1] + edges[1:]) / 2.0), edges


def _unit_values(units: Layer, x: FloatArray) -> FloatArray:
    """The activations of hidden units with one input, shape (n, n_hidden), or a ValueError naming a unit."""
    with np.errstate(over="ignore", invalid="ignore"):
        values = units.activation(column(x) @ units.weights + units.biases)
    finite = np.isfinite(values).all(axis=0)
    if not finite.all():
        j = int(np.argmin(finite))
        raise ValueError(
            "the values of the hidden units on the grid must be finite, those of "
            f"unit {j}, with weight {units.weights[0, j]} and bias {units.biases[j]}, are not"
        )
    return values
