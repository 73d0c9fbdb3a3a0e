"""How far a network is from its target, in the measures we report."""

import numpy as np

from nn_core.activations import FloatArray


def sup_norm_error(
    network_values: FloatArray, target_values: FloatArray, x: FloatArray
) -> tuple[float, float]:
    """The sup-norm error on the grid, and where it is attained.

    error = max_i |N(x_i) - f(x_i)|. Between grid points the true difference may be larger.

    Args:
        network_values: N(x_i), shape (n,).
        target_values: f(x_i), shape (n,).
        x: the grid, shape (n,).

    Returns:
        The error, in units of the output, and the first x_i of the grid where it is attained.

    Raises:
        ValueError: if the three are not 1-D and equally long (their shapes are named), there is no
            point, or a difference is NaN.
    """
    distances = _distances(network_values, target_values)
    if np.shape(x) != distances.shape:
        raise ValueError(f"x must have the shape of the values, {distances.shape}, got shape {np.shape(x)}")
    worst = int(np.argmax(distances))
    return float(distances[worst]), float(x[worst])


def root_mean_square_error(network_values: FloatArray, target_values: FloatArray) -> float:
    """The root-mean-square error on the grid: sqrt(mean_i (N(x_i) - f(x_i))^2).

    On an even grid of [0, 1] it approximates the L2 norm of N - f.

    Args:
        network_values: N(x_i), shape (n,).
        target_values: f(x_i), shape (n,).

    Returns:
        The error, in units of the output.

    Raises:
        ValueError: as `sup_norm_error` does.
    """
    distances = _distances(network_values, target_values)
    with np.errstate(over="ignore"):
        return float(np.sqrt(np.mean(distances**2)))


def mean_absolute_error(network_values: FloatArray, target_values: FloatArray) -> float:
    """The mean absolute error on the grid: mean_i |N(x_i) - f(x_i)|.

    On an even grid of [0, 1] it approximates the L1 norm of N - f.

    Args:
        network_values: N(x_i), shape (n,).
        target_values: f(x_i), shape (n,).

    Returns:
        The error, in units of the output.

    Raises:
        ValueError: as `sup_norm_error` does.
    """
    distances = _distances(network_values, target_values)
    with np.errstate(over="ignore"):
        return float(np.mean(distances))


def _distances(network_values: FloatArray, target_values: FloatArray) -> FloatArray:
    """The distances |N(x_i) - f(x_i)|, shape (n,), after checking that they make sense."""
    if np.ndim(network_values) != 1 or np.shape(network_values) != np.shape(target_values):
        raise ValueError(
            "network values and target values must both have shape (n,), "
            f"got shapes {np.shape(network_values)} and {np.shape(target_values)}"
        )
    if len(network_values) == 0:
        raise ValueError("an error needs at least one point, got shape (0,)")
    with np.errstate(over="ignore", invalid="ignore"):
        distances: FloatArray = np.abs(np.subtract(network_values, target_values))
    if np.isnan(distances).any():
        raise ValueError("an error needs numbers, got NaN in the values or in their difference")
    return distances
