"""What many believe of a trained network, and what this training says of it."""

from __future__ import annotations

from functools import partial

from nn_core.errors import accuracy
from nn_core.learning.training import Training
from nn_core.networks.network import Network, parameters
from nn_core.plane.datasets import Dataset
from pages.shared.asking.beliefs import OVERFITS, PROGRAMMED, STORES
from pages.shared.numbers import beside, grouped, plain, short
from pages.shared.stage.picture import Verdict

# A loss that is near 0, and the share of new points that are right where nothing is overfitted.
SMALL, GENERAL = 0.05, 0.9
PER_POINT = 3


def verdicts(training: Training, now: int, dataset: Dataset, held_out: Dataset) -> dict[str, Verdict]:
    """How the beliefs stand at one iteration of the training."""
    network = training.networks[now]
    return {
        STORES.label: stored(network, dataset, now),
        PROGRAMMED.label: programmed(training, now, dataset),
        OVERFITS.label: overfitted(training.losses[now], network, held_out),
    }


def stored(network: Network, dataset: Dataset, now: int) -> Verdict:
    """Whether fewer numbers are kept than went in: x₁, x₂ and the class of every point."""
    given, kept = PER_POINT * dataset.n, network.n_parameters
    return Verdict(
        now > 0 and kept < given,
        f"{grouped(given)} numbers are given, three a point. The network is {grouped(kept)} numbers, as many "
        "as before it was trained; without the points it answers as it does now.",
    )


def programmed(training: Training, now: int, dataset: Dataset) -> Verdict:
    """Whether it has more points right than with its first numbers."""
    first, network = training.networks[0], training.networks[now]
    before, after = (right(each, dataset) for each in (first, network))
    changed = int((parameters(first) != parameters(network)).sum())
    return Verdict(
        after > before,
        f"The first numbers had {before} of {dataset.n} points right, these have {after}. {changed} of "
        f"{network.n_parameters} numbers have changed since, and no line of code.",
    )


def overfitted(loss: float, network: Network, held_out: Dataset) -> Verdict:
    """Whether the loss is near 0 and new points are right all the same."""
    if not held_out.n:
        return Verdict(False, "No point is held out here.")
    new = right(network, held_out)
    return Verdict(
        bool(loss < SMALL and new >= GENERAL * held_out.n),
        f"The loss is {beside(loss, SMALL, partial(plain, digits=4))}; below {short(SMALL)} counts as near "
        f"0. Of {held_out.n} points held out {new} are right.",
    )


def right(network: Network, dataset: Dataset) -> int:
    """How many points are."""
    return round(accuracy(network(dataset.points)[:, 0], dataset.labels) * dataset.n)
