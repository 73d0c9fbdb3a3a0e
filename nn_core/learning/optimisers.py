"""An optimiser decides where the next step goes, from the gradient and from what it remembers."""

from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeAlias

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.learning.gradients import Gradients, descend, in_a_row, require_step
from nn_core.networks.network import Network, parameters, with_parameters

# What an optimiser remembers between two steps: read-only arrays, in the order of `parameters`.
State: TypeAlias = tuple[FloatArray, ...]


class Optimiser(Protocol):
    """A rule for steps: a value that is never changed, and neither is any network or state.

    Every array of a state that holds one number a weight and a bias does so in the order of
    `network.parameters`.
    """

    @property
    def name(self) -> str:
        """What it is called in menus and links, such as "Adam"."""

    @property
    def formula(self) -> str:
        """The step in LaTeX: w a weight or bias, g its derivative, r the learning rate."""

    def start(self, network: Network) -> State:
        """What it remembers before its first step."""

    def step(
        self, network: Network, gradients: Gradients, state: State, learning_rate: float
    ) -> tuple[Network, State]:
        """The network after one step, and what is remembered then.

        Args:
            network: where the step starts.
            gradients: of the loss there, one a layer, in the shapes of the layers.
            state: of `start`, or of the step before.
            learning_rate: at least 0.

        Returns:
            A new network and a new state.

        Raises:
            ValueError: if the learning rate is negative or not finite, or gradients or state do not fit.
        """


@dataclass(frozen=True, slots=True)
class GradientDescent:
    """Straight against the gradient: w <- w - r g. It remembers nothing."""

    name: ClassVar[str] = "gradient descent"
    formula: ClassVar[str] = r"w \leftarrow w - r\, g"

    def start(self, network: Network) -> State:
        """Nothing."""
        return ()

    def step(
        self, network: Network, gradients: Gradients, state: State, learning_rate: float
    ) -> tuple[Network, State]:
        """`descend`, as `Optimiser.step` says."""
        return descend(network, gradients, learning_rate), ()


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

    def start(self, network: Network) -> State:
        """(v,), v = 0."""
        return (_zeros(network),)

    def step(
        self, network: Network, gradients: Gradients, state: State, learning_rate: float
    ) -> tuple[Network, State]:
        """A step along v, as `Optimiser.step` says."""
        require_step(network, gradients, learning_rate)
        _require_state(network, state, 1)
        velocity = self.share * state[0] + in_a_row(gradients)
        return _moved(network, learning_rate * velocity), (_read_only(velocity),)


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

    def start(self, network: Network) -> State:
        """(m, v, t), all 0; t has shape ()."""
        return _zeros(network), _zeros(network), _read_only(np.zeros(()))

    def step(
        self, network: Network, gradients: Gradients, state: State, learning_rate: float
    ) -> tuple[Network, State]:
        """A step along the mean over the root of the mean square, as `Optimiser.step` says."""
        require_step(network, gradients, learning_rate)
        _require_state(network, state, 3)
        gradient, count = in_a_row(gradients), float(state[2]) + 1.0
        mean = self.share * state[0] + (1.0 - self.share) * gradient
        square = self.square_share * state[1] + (1.0 - self.square_share) * gradient * gradient
        # Both means start from 0; dividing takes out what is missing of the shares' sum.
        root = np.sqrt(square / (1.0 - self.square_share**count)) + self.epsilon
        after = _moved(network, learning_rate * (mean / (1.0 - self.share**count)) / root)
        return after, (_read_only(mean), _read_only(square), _read_only(np.array(count)))


def _moved(network: Network, way: FloatArray) -> Network:
    """The network with a way, in the order of `parameters`, taken off its weights and biases."""
    return with_parameters(network, parameters(network) - way)


def _zeros(network: Network) -> FloatArray:
    """A 0 for every weight and bias."""
    return _read_only(np.zeros(network.n_parameters))


def _read_only(array: FloatArray) -> FloatArray:
    """The array itself, which nobody can write to from now on."""
    array.flags.writeable = False
    return array


def _require_share(what: str, share: float) -> None:
    """Raise a ValueError unless the share is in [0, 1)."""
    if not 0.0 <= share < 1.0:
        raise ValueError(f"{what} must be at least 0 and less than 1, got {share}")


def _require_state(network: Network, state: State, length: int) -> None:
    """Raise a ValueError unless the state is of this many arrays, the first one of this network."""
    shape = (network.n_parameters,)
    if len(state) != length or state[0].shape != shape:
        raise ValueError(
            f"the state must be of this optimiser and network, {length} arrays of which the first has "
            f"shape {shape}, got shapes {[each.shape for each in state]}"
        )


GRADIENT_DESCENT = GradientDescent()
MOMENTUM = Momentum()
ADAM = Adam()

OPTIMISERS: dict[str, Optimiser] = {each.name: each for each in (GRADIENT_DESCENT, MOMENTUM, ADAM)}
