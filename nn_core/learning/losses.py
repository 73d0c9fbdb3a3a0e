"""A loss is an error we descend: one number for all samples, together with its derivative."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nn_core.arrays import FloatArray
from nn_core.networks.activations import sigmoid


@dataclass(frozen=True, slots=True)
class Loss:
    """How far the outputs are from the targets, a mean over samples, and its derivative.

    Both functions take the outputs a and the targets y as float64 arrays of the same shape
    (n_samples, n_out), and trust that it is so; calling the loss checks it.

    Attributes:
        name: what it is called in menus and links, such as "MSE".
        formula: the loss in LaTeX in the letters a (or z, for logits), y, n (samples) and m (outputs).
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
            The mean, as the formula says.

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


def softmax(logits: FloatArray) -> FloatArray:
    """The probabilities of the classes: e^z_j / (sum over k of e^z_k), in each row.

    Computed from z - max z, which changes nothing in exact arithmetic and leaves no exponent positive.

    Args:
        logits: z, shape (n_samples, n_classes), finite and up to 1e300 in size; at least one class.

    Returns:
        The same shape; every row sums to 1, up to rounding.
    """
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities: FloatArray = exponentials / exponentials.sum(axis=1, keepdims=True)
    return probabilities


def softmax_cross_entropy(logits: FloatArray, targets: FloatArray) -> float:
    """The mean over samples of the sum over classes of -y_j ln p_j, p = softmax(z), for targets y >= 0.

    Computed as the mean of s ln(sum of e^(z - max z)) - (z - max z) . y, s = sum of y: for targets that
    sum to 1 that is the mean of log-sum-exp(z) - z . y.
    """
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(shifted).sum(axis=1))
    return float(np.mean(targets.sum(axis=1) * log_sums - (shifted * targets).sum(axis=1)))


def softmax_cross_entropy_derivative(logits: FloatArray, targets: FloatArray) -> FloatArray:
    """(s softmax(z) - y) / n_samples, s the sum of y in its row: 1 for probabilities."""
    sums = targets.sum(axis=1, keepdims=True)
    derivative: FloatArray = (sums * softmax(logits) - targets) / len(logits)
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

SOFTMAX_CROSS_ENTROPY = Loss(
    "softmax cross-entropy",
    r"\frac{1}{n} \sum_{i=1}^{n} \left(\ln \sum_{j=1}^{m} e^{z_{ij}} - \sum_{j=1}^{m} z_{ij} y_{ij}\right)",
    softmax_cross_entropy,
    softmax_cross_entropy_derivative,
)

LOSSES: dict[str, Loss] = {loss.name: loss for loss in (MSE, BINARY_CROSS_ENTROPY, SOFTMAX_CROSS_ENTROPY)}
