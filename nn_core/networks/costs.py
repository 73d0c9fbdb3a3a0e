"""What a network costs: how many numbers it is made of, and how often it multiplies."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

BYTES_EACH = 4
"""A parameter as a 32-bit floating-point number."""


@dataclass(frozen=True, slots=True)
class Landmark:
    """A known network to compare with.

    Attributes:
        name: what it is called, with its year.
        n_parameters: how many weights and biases it has, as its source says or as its sizes give.
        source: where that is said.
    """

    name: str
    n_parameters: int
    source: str


def n_multiplications(sizes: Sequence[int]) -> int:
    """How many products one forward pass of one sample through dense layers takes: one a weight.

    sum_k n_{k-1} n_k.  Biases are added and activations applied without being counted.

    Args:
        sizes: (n_in, hidden sizes, n_out).

    Returns:
        The exact count.

    Raises:
        ValueError: if there are fewer than two sizes, or one is less than 1.
    """
    _require_sizes(sizes)
    return sum(before * after for before, after in pairwise(sizes))


def n_parameters(sizes: Sequence[int]) -> int:
    """How many weights and biases dense layers have.

    sum_k (n_{k-1} n_k + n_k).

    Args:
        sizes: (n_in, hidden sizes, n_out).

    Returns:
        The exact count.

    Raises:
        ValueError: as `n_multiplications`.
    """
    return n_multiplications(sizes) + sum(sizes[1:])


def _require_sizes(sizes: Sequence[int]) -> None:
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"there must be at least two sizes, each at least 1, got {tuple(sizes)}")


DIGITS = (784, 16, 16, 10)
"""28 x 28 pixels in, two hidden layers of 16 units, a score for each of ten digits out."""

LANDMARKS = (
    Landmark("digits, 784-16-16-10", n_parameters(DIGITS), "counted from its sizes"),
    Landmark(
        "LeNet-5, 1998",
        60_000,
        "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, “Gradient-based learning applied to document "
        "recognition”, Proceedings of the IEEE 86 (1998): about 60,000",
    ),
    Landmark(
        "AlexNet, 2012",
        60_000_000,
        "A. Krizhevsky, I. Sutskever, G. Hinton, “ImageNet classification with deep convolutional neural "
        "networks”, NeurIPS 25 (2012): 60 million",
    ),
    Landmark(
        "GPT-2, 2019",
        1_500_000_000,
        "A. Radford, J. Wu, R. Child, D. Luan, D. Amodei, I. Sutskever, “Language models are unsupervised "
        "multitask learners”, OpenAI (2019): 1.5 billion",
    ),
    Landmark(
        "GPT-3, 2020",
        175_000_000_000,
        "T. Brown and others, “Language models are few-shot learners”, NeurIPS 33 (2020): 175 billion",
    ),
)
