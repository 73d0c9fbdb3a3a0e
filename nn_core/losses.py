"""A loss is an error we descend: one number for all samples, together with its derivative."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nn_core.activations import FloatArray, sigmoid


@dataclass(frozen=True, slots=True)
class Loss:
    """How far the outputs are from the targets, a mean over samples and outputs, and its derivative.

    Both functions take the outputs a and the targets y as float64 arrays of the same shape
    (n_samples, n_out), and trust that it is so; calling the loss checks it.

    Attributes:
        name: what it is called in menus and links, such as "MSE".
        formula: the mean in LaTeX in the letters a (or z, for logits), y, n (samples) and m (outputs).
        function: from outputs and targets to the loss.
        derivative: from outputs and targets to d loss / d outputs, shape (n_samples, n_out).
    """

    name: str
    formula: str
    function: Callable[[FloatArray, FloatArray], float]
    derivative: Callable[[FloatArray, FloatArray], FloatArray]

    def __call__(self, outputs: FloatArray, targets: FloatArray) -> float:
        """The loss of the outputs, infinite (without a warning) where it is too large for a float.

        Args:
            outputs: shape (n_samples, n_out).
            targets: the same shape.

        Returns:
            The mean over samples and outputs.

        Raises:
            ValueError: as `require_comparable` does.
        """
        require_comparable(outputs, targets)
        with np.errstate(over="ignore", invalid="ignore"):
            return self.function(np.asarray(outputs, np.float64), np.asarray(targets, np.float64))

    def __str__(self) -> str:
        """The name, for messages."""
        return self.name


def require_comparable(outputs: FloatArray, targets: FloatArray) -> None:
    """Raise a ValueError unless both have the same shape (n_samples, n_out), with a sample in it."""
    shape = np.shape(outputs)
    if len(shape) != 2 or shape != np.shape(targets) or 0 in shape:
        raise ValueError(
            "outputs and targets must have the same shape (n_samples, n_out), at least (1, 1), "
            f"got outputs of shape {shape} and targets of shape {np.shape(targets)}"
        )


def mean_squared_error(outputs: FloatArray, targets: FloatArray) -> float:
    """The mean over samples and outputs of (a - y)^2, without a factor of one half."""
    return float(np.mean((outputs - targets) ** 2))


def mean_squared_error_derivative(outputs: FloatArray, targets: FloatArray) -> FloatArray:
    """2 (a - y) / (n_samples n_out)."""
    derivative: FloatArray = (2.0 / outputs.size) * (outputs - targets)
    return derivative


def binary_cross_entropy(logits: FloatArray, targets: FloatArray) -> float:
    """The mean of -y ln p - (1 - y) ln(1 - p), p = sigmoid(z), for targets y in [0, 1].

    Computed as the mean of max(z, 0) - z y + ln(1 + e^-|z|).
    """
    # In this form no exponent is positive and no logarithm is of 0, however large the logits.
    errors = np.maximum(logits, 0.0) - logits * targets + np.log1p(np.exp(-np.abs(logits)))
    return float(np.mean(errors))


def binary_cross_entropy_derivative(logits: FloatArray, targets: FloatArray) -> FloatArray:
    """(sigmoid(z) - y) / (n_samples n_out)."""
    derivative: FloatArray = (sigmoid(logits) - targets) / logits.size
    return derivative


MSE = Loss(
    "MSE",
    r"\frac{1}{n m} \sum_{i=1}^{n} \sum_{j=1}^{m} (a_{ij} - y_{ij})^2",
    mean_squared_error,
    mean_squared_error_derivative,
)
BINARY_CROSS_ENTROPY = Loss(
    "binary cross-entropy",
    r"\frac{1}{n m} \sum_{i=1}^{n} \sum_{j=1}^{m} \left(\max(z_{ij}, 0) - z_{ij} y_{ij}"
    r" + \ln(1 + e^{-|z_{ij}|})\right)",
    binary_cross_entropy,
    binary_cross_entropy_derivative,
)

LOSSES: dict[str, Loss] = {loss.name: loss for loss in (MSE, BINARY_CROSS_ENTROPY)}
