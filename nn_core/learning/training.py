"""Networks learn by gradient descent: walk against the gradient of the loss, step after step."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, repeat

import numpy as np
from numpy.typing import NDArray

from nn_core.arrays import FloatArray
from nn_core.learning.gradients import chain_rule, require_learning_rate
from nn_core.learning.losses import Loss, require_comparable
from nn_core.learning.optimisers import GRADIENT_DESCENT, Optimiser, step
from nn_core.networks.network import Network, forward, parameters

# Beyond this size of a weight, a bias or the loss, training has diverged.
DIVERGENCE_LIMIT = 1e12
# Iterations between two looks at a training that goes on, at least.
BETWEEN_LOOKS = 50


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network learns, as one plain value.

    Attributes:
        loss: what to descend.
        optimiser: the rule for the steps, one of OPTIMISERS.
        learning_rate: the same in every step, at least 0.
        batch_size: how many samples each step looks at, at least 1; all, if None.
        seed: of the generator that puts the samples in order; without effect where each step
            looks at all of them.

    Raises:
        ValueError: if the learning rate is negative or not finite, or the batch size less than 1.
    """

    loss: Loss
    optimiser: Optimiser
    learning_rate: float
    batch_size: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        """Check the numbers."""
        require_learning_rate(self.learning_rate)
        if self.batch_size is not None and self.batch_size < 1:
            raise ValueError(f"the batch size must be at least 1, got {self.batch_size}")


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Training:
    """What a training left behind: some of its networks, from the start on, and their losses.

    Attributes:
        iterations: of each kept network the number of steps that led to it; the first is 0.
        networks: the kept networks, in that order; the first is the start itself.
        losses: the loss of each kept network, in the same order.
        diverged: None, or the first iteration at which a weight, a bias or the loss was not
            finite or exceeded 1e12 in size. Unless that is the start, its network is not kept.
    """

    iterations: tuple[int, ...]
    networks: tuple[Network, ...]
    losses: FloatArray
    diverged: int | None


def batches(n: int, size: int, generator: np.random.Generator) -> Iterator[NDArray[np.intp]]:
    """The rows that each step looks at, epoch after epoch, for ever.

    Each epoch puts all n rows in a new random order and cuts them into batches of the size, the
    last of which may be smaller. A size of n or more is the full batch: every row in order,
    in every step, without use of the generator.

    Args:
        n: the number of samples, at least 1.
        size: the number of samples in a batch, at least 1.
        generator: where the orders come from.

    Returns:
        An iterator without end; each batch has shape (size,) or, last in an epoch, less.

    Raises:
        ValueError: if n or size is less than 1, at once.
    """
    if n < 1 or size < 1:
        raise ValueError(f"n and the batch size must be at least 1, got n={n} and size={size}")
    return repeat(np.arange(n)) if size >= n else _shuffled(n, size, generator)


def gradient_descent(
    network: Network, x: FloatArray, y: FloatArray, loss: Loss, learning_rate: float
) -> Iterator[Network]:
    """The networks of gradient descent: the start itself, then one after each full step, for ever.

    Each is `descend` of the one before by its `backward`, over all samples at once. It does not
    stop if the weights grow beyond all bounds; `learning` does.

    Args:
        network: the start.
        x: the inputs, shape (n_samples, n_in).
        y: the targets, shape (n_samples, n_out).
        loss: what to descend.
        learning_rate: the same in every step, at least 0.

    Returns:
        An iterator without end.

    Raises:
        ValueError: as `backward` and `descend` do, at once.
    """
    x, y = _fitting(network, x, y)
    steps = _descent(network, x, y, Recipe(loss, GRADIENT_DESCENT, learning_rate))
    return (each for each, _ in steps)


def learn(
    network: Network, x: FloatArray, y: FloatArray, recipe: Recipe, *, iterations: int, keep: int
) -> Training:
    """The whole training of so many iterations of a recipe: the last that there is of `learning`.

    Args, Raises and what is kept are those of `learning`.
    """
    return deque(learning(network, x, y, recipe, iterations=iterations, keep=keep), maxlen=1).pop()


def learning(
    network: Network, x: FloatArray, y: FloatArray, recipe: Recipe, *, iterations: int, keep: int
) -> Iterator[Training]:
    """So many iterations of a recipe, or until it diverges: every 50 or more what there is, then all of it.

    Each training but the last is a beginning of the next and ends with a network that is kept anyway: it is
    the training of fewer iterations. Whoever stops asking stops the work, and may ask on later.

    Args:
        network: the start.
        x: the inputs, shape (n_samples, n_in).
        y: the targets, shape (n_samples, n_out).
        recipe: loss, optimiser, learning rate, batch size and seed.
        iterations: the number of steps, at least 0.
        keep: the networks after 0, keep, 2 keep, .. steps are kept; at least 1. The last network
            before a divergence is kept in any case.

    Returns:
        An iterator over at least one training; the losses are those on all samples.

    Raises:
        ValueError: if x or y does not fit the network, there is no sample, or iterations or keep is
            too small; at once.
    """
    x, y = _fitting(network, x, y)
    if iterations < 0 or keep < 1:
        raise ValueError(
            f"iterations must be at least 0 and keep at least 1, got iterations={iterations} and keep={keep}"
        )
    return _growing(_quietly(_measured(network, x, y, recipe, iterations)), keep)


def _shuffled(n: int, size: int, generator: np.random.Generator) -> Iterator[NDArray[np.intp]]:
    """The batches of one random order of n rows after another."""
    while True:
        order = generator.permutation(n)
        for start in range(0, n, size):
            yield order[start : start + size]


def _descent(
    network: Network, x: FloatArray, y: FloatArray, recipe: Recipe
) -> Iterator[tuple[Network, FloatArray | None]]:
    """The networks of a recipe for ever, each with its outputs at x where the step needs them all anyway."""
    size = len(x) if recipe.batch_size is None else recipe.batch_size
    state = recipe.optimiser.start(network.n_parameters)
    for rows in batches(len(x), size, np.random.default_rng(recipe.seed)):
        if len(rows) == len(x):
            forward_pass, targets = forward(network, x), y
            yield network, forward_pass.output
        else:
            yield network, None
            forward_pass, targets = forward(network, x[rows]), y[rows]
        gradients = chain_rule(network, forward_pass, targets, recipe.loss)
        network, state = step(recipe.optimiser, network, gradients, state, recipe.learning_rate)


def _measured(
    network: Network, x: FloatArray, y: FloatArray, recipe: Recipe, iterations: int
) -> Iterator[tuple[Network, float]]:
    """So many networks of a recipe and the start before them, each with its loss on all samples."""
    for each, outputs in islice(_descent(network, x, y, recipe), iterations + 1):
        yield each, recipe.loss.function(each(x) if outputs is None else outputs, y)


def _quietly(steps: Iterator[tuple[Network, float]]) -> Iterator[tuple[Network, float]]:
    """The same, without a warning of what is too large for a float."""
    while True:
        # Not around the loop: what a generator sets holds for its caller too, until it goes on.
        with np.errstate(all="ignore"):
            step = next(steps, None)
        if step is None:
            return
        yield step


def _growing(measured: Iterator[tuple[Network, float]], keep: int) -> Iterator[Training]:
    """The trainings that keep these networks, each with its loss, once in so many, until one has diverged."""
    kept: dict[int, tuple[Network, float]] = {}
    before: tuple[Network, float] | None = None
    told = 0
    for iteration, now in enumerate(measured):
        if _has_diverged(*now):
            kept[max(iteration - 1, 0)] = before or now
            yield _training(kept, iteration)
            return
        if iteration % keep == 0:
            kept[iteration] = now
            if iteration - told >= BETWEEN_LOOKS:
                told = iteration
                yield _training(kept)
        before = now
    yield _training(kept)


def _training(kept: dict[int, tuple[Network, float]], diverged: int | None = None) -> Training:
    """The training that kept these networks and their losses, by iteration."""
    networks, losses = zip(*kept.values(), strict=True)
    return Training(tuple(kept), networks, np.array(losses), diverged)


def _has_diverged(network: Network, loss: float) -> bool:
    """Whether a weight, a bias or the loss is not finite or exceeds the limit."""
    # A comparison with NaN is false, so that NaN counts as diverged.
    return not (abs(loss) <= DIVERGENCE_LIMIT and np.abs(parameters(network)).max() <= DIVERGENCE_LIMIT)


def _fitting(network: Network, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Inputs and targets as float64. Raises a ValueError unless they fit the network."""
    with np.errstate(all="ignore"):
        require_comparable(network(x), y)
    return np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
