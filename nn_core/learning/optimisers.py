"""An optimiser decides where the next step goes, from the gradient and from what it remembers."""

from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeAlias

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.learning.gradients import Gradients, in_a_row, require_learning_rate, require_step
from nn_core.networks.network import Network, parameters, with_parameters

# What an optimiser remembers between two steps: read-only arrays, in the order of `parameters`.
State: TypeAlias = tuple[FloatArray, ...]


class Optimiser(Protocol):
    """A rule for steps: a value that is never changed, and neither is any gradient or state.

    It knows no network: all derivatives stand in a row, and so do all weights and biases. Every array of a
    state that holds one number a weight and a bias does so in that order.
    """

    @property
    def name(self) -> str:
        """What it is called in menus and links, such as "Adam"."""

    @property
    def formula(self) -> str:
        """The step in LaTeX: w a weight or bias, g its derivative, r the learning rate."""

    def start(self, n: int) -> State:
        """What it remembers of n weights and biases before its first step."""

    def way(self, gradient: FloatArray, state: State, learning_rate: float) -> tuple[FloatArray, State]:
        """What one step takes off the weights and biases, and what is remembered then.

        Args:
            gradient: all derivatives in a row, shape (n,).
            state: of `start`, or of the step before.
            learning_rate: at least 0.

        Returns:
            Shape (n,), and a new state.

        Raises:
            ValueError: if the learning rate is negative or not finite, or the state does not fit.
        """


def step(
    optimiser: Optimiser, network: Network, gradients: Gradients, state: State, learning_rate: float
) -> tuple[Network, State]:
    """The network after one step of the optimiser, and what it remembers then.

    Args:
        optimiser: the rule.
        network: where the step starts.
        gradients: of the loss there, one a layer, in the shapes of the layers.
        state: of the optimiser's `start`, or of the step before.
        learning_rate: at least 0.

    Returns:
        A new network and a new state.

    Raises:
        ValueError: if the learning rate is negative or not finite, or gradients or state do not fit.
    """
    require_step(network, gradients, learning_rate)
    way, after = optimiser.way(in_a_row(gradients), state, learning_rate)
    return with_parameters(network, parameters(network) - way), after


@dataclass(frozen=True, slots=True)
class GradientDescent:
    """Straight against the gradient: w <- w - r g. It remembers nothing."""

    name: ClassVar[str] = "gradient descent"
    formula: ClassVar[str] = r"w \leftarrow w - r\, g"

    def start(self, n: int) -> State:
        """Nothing."""
        return ()

    def way(self, gradient: FloatArray, state: State, learning_rate: float) -> tuple[FloatArray, State]:
        """Along g."""
        require_learning_rate(learning_rate)
        return learning_rate * gradient, ()


@dataclass(frozen=True, slots=True)
class Momentum:
    """A heavy ball: v <- share v + g, then w <- w - r v; v is 0 before the first step.

    Attributes:
        share: how much of v stays from step to step, at least 0 and less than 1; 0 is gradient descent.

    Raises:
        ValueError: if share is not in [0, 1).

    Source: B. T. Polyak, "Some methods of speeding up the convergence of iteration methods",
    USSR Computational Mathematics and Mathematical Physics 4 (1964), equation (9).
    """

    name: ClassVar[str] = "momentum"
    formula: ClassVar[str] = r"v \leftarrow \mu v + g,\quad w \leftarrow w - r\, v"
    share: float = 0.9

    def __post_init__(self) -> None:
        """Check the share."""
        _require_share("share", self.share)

    def start(self, n: int) -> State:
        """(v,), v = 0."""
        return (_zeros(n),)

    def way(self, gradient: FloatArray, state: State, learning_rate: float) -> tuple[FloatArray, State]:
        """Along v."""
        require_learning_rate(learning_rate)
        _require_state(gradient, state, 1)
        velocity = self.share * state[0] + gradient
        return learning_rate * velocity, (_read_only(velocity),)


@dataclass(frozen=True, slots=True)
class Adam:
    """Steps of about the learning rate in every weight, whatever the size of its derivative.

    With t = 1, 2, .. the number of the step, m = v = 0 before the first, and all entry by entry:
    m <- share m + (1 - share) g;  v <- square_share v + (1 - square_share) g^2;
    w <- w - r (m / (1 - share^t)) / (sqrt(v / (1 - square_share^t)) + epsilon).

    Attributes:
        share: how much of the mean derivative m stays from step to step, in [0, 1).
        square_share: how much of the mean square v stays, in [0, 1).
        epsilon: keeps the quotient finite, more than 0, in units of g.

    Raises:
        ValueError: if a share is not in [0, 1), or epsilon is not more than 0.

    Source: D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015,
    algorithm 1; shares and epsilon are theirs unless said otherwise.
    """

    name: ClassVar[str] = "Adam"
    formula: ClassVar[str] = r"w \leftarrow w - r\, \frac{\hat m}{\sqrt{\hat v} + \varepsilon}"
    share: float = 0.9
    square_share: float = 0.999
    epsilon: float = 1e-8

    def __post_init__(self) -> None:
        """Check shares and epsilon."""
        _require_share("share", self.share)
        _require_share("square share", self.square_share)
        if not self.epsilon > 0.0:
            raise ValueError(f"epsilon must be more than 0, got {self.epsilon}")

    def start(self, n: int) -> State:
        """(m, v, t), all 0; t has shape ()."""
        return _zeros(n), _zeros(n), _read_only(np.zeros(()))

    def way(self, gradient: FloatArray, state: State, learning_rate: float) -> tuple[FloatArray, State]:
        """Along the mean over the root of the mean square."""
        require_learning_rate(learning_rate)
        _require_state(gradient, state, 3)
        count = float(state[2]) + 1.0
        mean = self.share * state[0] + (1.0 - self.share) * gradient
        square = self.square_share * state[1] + (1.0 - self.square_share) * gradient * gradient
        # Both means start from 0; dividing takes out what is missing of the shares' sum.
        root = np.sqrt(square / (1.0 - self.square_share**count)) + self.epsilon
        way = learning_rate * (mean / (1.0 - self.share**count)) / root
        return way, (_read_only(mean), _read_only(square), _read_only(np.array(count)))


def _zeros(n: int) -> FloatArray:
    """A 0 for every weight and bias."""
    return _read_only(np.zeros(n))


def _read_only(array: FloatArray) -> FloatArray:
    """The array itself, which nobody can write to from now on."""
    array.flags.writeable = False
    return array


def _require_share(what: str, share: float) -> None:
    """Raise a ValueError unless the share is in [0, 1)."""
    if not 0.0 <= share < 1.0:
        raise ValueError(f"{what} must be at least 0 and less than 1, got {share}")


def _require_state(gradient: FloatArray, state: State, length: int) -> None:
    """Raise a ValueError unless the state is of this many arrays, the first one shaped like the gradient."""
    if len(state) != length or state[0].shape != gradient.shape:
        raise ValueError(
            f"the state must be of this optimiser and network, {length} arrays of which the first has "
            f"shape {gradient.shape}, got shapes {[each.shape for each in state]}"
        )


GRADIENT_DESCENT = GradientDescent()
MOMENTUM = Momentum()
ADAM = Adam()

OPTIMISERS: dict[str, Optimiser] = {each.name: each for each in (GRADIENT_DESCENT, MOMENTUM, ADAM)}
