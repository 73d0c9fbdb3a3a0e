"""Where training starts decides where it can get: weights all alike, too small, too large, or just right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np

from nn_core.networks.activations import IDENTITY, Activation
from nn_core.networks.network import Layer, Network

LARGEST_FIRST_BIAS = 0.5
TOO_SMALL = 0.01
TOO_LARGE = 5.0


@dataclass(frozen=True, slots=True)
class Initialisation:
    """How widely the first weights are spread around 0, and the first hidden biases.

    Weights are normal with standard deviation s, hidden biases uniform in [-c, c), output biases 0.
    From one seed, all initialisations draw the same numbers and differ in s and c only.

    Attributes:
        name: what it is called in menus and links, such as "Glorot".
        formula: the standard deviation s of a hidden layer's weights, in LaTeX.
        hidden_spread: s of the weights into a hidden layer, from its numbers of inputs and units.
        output_spread: s of the weights into the output, likewise.
        largest_bias: c, at least 0.
    """

    name: str
    formula: str
    hidden_spread: Callable[[int, int], float]
    output_spread: Callable[[int, int], float]
    largest_bias: float

    def __str__(self) -> str:
        """The name, for messages."""
        return self.name


@dataclass(frozen=True, slots=True)
class Everywhere:
    """One spread for every layer, whatever its size.

    Attributes:
        spread: the standard deviation.
    """

    spread: float

    def __call__(self, n_in: int, n_out: int) -> float:
        """The spread itself."""
        return self.spread


def glorot_spread(n_in: int, n_out: int) -> float:
    """sqrt(2 / (n_in + n_out)), between what keeps the size of activations and that of gradients."""
    return sqrt(2.0 / (n_in + n_out))


def he_spread(n_in: int, n_out: int) -> float:
    """sqrt(2 / n_in): hinges let through half of what comes in, and the 2 makes up for it."""
    return sqrt(2.0 / n_in)


def first_network(
    sizes: Sequence[int],
    activation: Activation,
    initialisation: Initialisation,
    generator: np.random.Generator,
    output: Activation = IDENTITY,
) -> Network:
    """A network to start training from, for inputs of about the size of [-1, 1].

    Layer by layer W = s normal(0, 1) and b = uniform[-c, c), of the initialisation's s and c;
    output biases are 0. The papers have all biases 0; here hidden ones differ, so that the
    units' knots do not all pass through the origin.

    Args:
        sizes: the numbers of inputs, of units in each hidden layer, and of outputs, such as (2, 8, 8, 1).
        activation: of every hidden layer.
        initialisation: one of INITIALISATIONS.
        generator: where the randomness comes from.
        output: the activation of the output.

    Returns:
        A network of depth len(sizes) - 2.

    Raises:
        ValueError: if there are fewer than two sizes, or one is less than 1.

    Source: X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward
    neural networks", AISTATS 2010, equation (12); K. He, X. Zhang, S. Ren and J. Sun,
    "Delving deep into rectifiers", ICCV 2015, equation (10).
    """
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"a network needs at least two sizes, each at least 1, got {tuple(sizes)}")
    layers = []
    *hidden, (n_last, n_out) = pairwise(sizes)
    for n_in, n_units in hidden:
        weights = generator.normal(scale=initialisation.hidden_spread(n_in, n_units), size=(n_in, n_units))
        largest = initialisation.largest_bias
        layers.append(Layer(weights, generator.uniform(-largest, largest, size=n_units), activation))
    weights = generator.normal(scale=initialisation.output_spread(n_last, n_out), size=(n_last, n_out))
    return Network((*layers, Layer(weights, np.zeros(n_out), output)))


def random_network(
    sizes: Sequence[int],
    activation: Activation,
    generator: np.random.Generator,
    output: Activation = IDENTITY,
) -> Network:
    """The first network of the initialisation that suits the activation: HE for hinges, else GLOROT.

    Args:
        sizes: the numbers of inputs, of units in each hidden layer, and of outputs, such as (2, 8, 8, 1).
        activation: of every hidden layer.
        generator: where the randomness comes from.
        output: the activation of the output.

    Returns:
        A network of depth len(sizes) - 2.

    Raises:
        ValueError: if there are fewer than two sizes, or one is less than 1.
    """
    initialisation = HE if activation.hinge else GLOROT
    return first_network(sizes, activation, initialisation, generator, output)


# From zeros the units of a layer stay alike, and where f(0) = 0 they stay 0: with one input and one output
# to the last bit, else in exact arithmetic; rounding in matrix products can tell them apart in time.
ZEROS = Initialisation("zeros", "0", Everywhere(0.0), Everywhere(0.0), 0.0)
SMALL = Initialisation("too small", "0.01", Everywhere(TOO_SMALL), Everywhere(TOO_SMALL), TOO_SMALL)
LARGE = Initialisation("too large", "5", Everywhere(TOO_LARGE), Everywhere(TOO_LARGE), TOO_LARGE)
GLOROT = Initialisation(
    "Glorot",
    r"\sqrt{\frac{2}{n_\mathrm{in} + n_\mathrm{out}}}",
    glorot_spread,
    glorot_spread,
    LARGEST_FIRST_BIAS,
)
# The output is no hinge: its weights are Glorot's.
HE = Initialisation("He", r"\sqrt{\frac{2}{n_\mathrm{in}}}", he_spread, glorot_spread, LARGEST_FIRST_BIAS)

INITIALISATIONS: dict[str, Initialisation] = {each.name: each for each in (ZEROS, SMALL, LARGE, GLOROT, HE)}
