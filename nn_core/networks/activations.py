"""An activation is a function of one number together with its derivative."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nn_core.arrays import FloatArray

LARGEST_FLOAT = float(np.finfo(np.float64).max)
LEAKY_SLOPE = 0.01
# exp(-z^2) is exactly 0 in float64 for every |z| beyond 27.3, so nothing changes from here on.
GAUSSIAN_END = 40.0


@dataclass(frozen=True, slots=True)
class Activation:
    """A function a = f(z), applied to every entry of an array, and its derivative f'(z).

    Both are finite, and raise no floating-point warning, for every finite z up to 1e308 in size.

    Attributes:
        name: what it is called in menus and links, such as "sigmoid".
        formula: f(z) in LaTeX in the letter z, the right-hand side only.
        function: f, from float64 arrays of any shape to arrays of that shape.
        derivative: f', likewise; at a kink or a jump the module's functions say what it is.
    """

    name: str
    formula: str
    function: Callable[[FloatArray], FloatArray]
    derivative: Callable[[FloatArray], FloatArray]

    def __call__(self, z: FloatArray) -> FloatArray:
        """The activations a = f(z) of the pre-activations z, in the shape of z."""
        return self.function(z)

    def __str__(self) -> str:
        """The name, for messages."""
        return self.name


def identity(z: FloatArray) -> FloatArray:
    """The pre-activation itself, as a new array: z."""
    values: FloatArray = np.positive(z)
    return values


def identity_derivative(z: FloatArray) -> FloatArray:
    """The constant 1."""
    return np.ones_like(z)


def step(z: FloatArray) -> FloatArray:
    """The threshold: 1 where z >= 0, so also at z = 0, and 0 elsewhere."""
    values: FloatArray = np.heaviside(z, 1.0)
    return values


def step_derivative(z: FloatArray) -> FloatArray:
    """The constant 0, by convention also at the jump z = 0, where there is no derivative."""
    return np.zeros_like(z)


def sigmoid(z: FloatArray) -> FloatArray:
    """The logistic curve 1 / (1 + e^-z), computed as e^min(z, 0) / (1 + e^-|z|)."""
    # No exponent is ever positive: nothing overflows, and the left tail keeps all its digits.
    values: FloatArray = np.exp(np.minimum(z, 0.0)) / (1.0 + np.exp(-np.abs(z)))
    return values


def sigmoid_derivative(z: FloatArray) -> FloatArray:
    """The even hill sigmoid(z) (1 - sigmoid(z)), computed as e^-|z| / (1 + e^-|z|)^2."""
    tail = np.exp(-np.abs(z))
    values: FloatArray = tail / (1.0 + tail) ** 2
    return values


def sigmoid_inverse(a: FloatArray) -> FloatArray:
    """The pre-activation at which the sigmoid is a: ln(a / (1 - a)), for 0 < a < 1."""
    values: FloatArray = np.log(a) - np.log1p(-a)
    return values


def tanh(z: FloatArray) -> FloatArray:
    """The hyperbolic tangent (e^z - e^-z) / (e^z + e^-z)."""
    values: FloatArray = np.tanh(z)
    return values


def tanh_derivative(z: FloatArray) -> FloatArray:
    """The even hill 1 - tanh(z)^2, computed as (2 e^-|z| / (1 + e^-2|z|))^2."""
    # In this form the tails keep their digits; 1 - tanh^2 would cancel them away.
    tail = np.exp(-np.abs(z))
    values: FloatArray = (2.0 * tail / (1.0 + tail * tail)) ** 2
    return values


def relu(z: FloatArray) -> FloatArray:
    """The hinge: max(0, z)."""
    values: FloatArray = np.maximum(z, 0.0)
    return values


def relu_derivative(z: FloatArray) -> FloatArray:
    """1 where z > 0, else 0; at the kink z = 0 it is the derivative from the left, 0."""
    values: FloatArray = np.heaviside(z, 0.0)
    return values


def leaky_relu(z: FloatArray) -> FloatArray:
    """The hinge that leaks: max(0.01 z, z)."""
    values: FloatArray = np.maximum(LEAKY_SLOPE * z, z)
    return values


def leaky_relu_derivative(z: FloatArray) -> FloatArray:
    """1 where z > 0, else 0.01; at the kink z = 0 it is the derivative from the left, 0.01."""
    values: FloatArray = LEAKY_SLOPE + (1.0 - LEAKY_SLOPE) * np.heaviside(z, 0.0)
    return values


def softplus(z: FloatArray) -> FloatArray:
    """The rounded hinge ln(1 + e^z), computed as max(z, 0) + ln(1 + e^-|z|)."""
    values: FloatArray = np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))
    return values


def sine(z: FloatArray) -> FloatArray:
    """The wave sin(z), z in radians."""
    values: FloatArray = np.sin(z)
    return values


def sine_derivative(z: FloatArray) -> FloatArray:
    """The wave cos(z), z in radians."""
    values: FloatArray = np.cos(z)
    return values


def gaussian(z: FloatArray) -> FloatArray:
    """The bell e^(-z^2)."""
    near = np.minimum(np.abs(z), GAUSSIAN_END)
    values: FloatArray = np.exp(-near * near)
    return values


def gaussian_derivative(z: FloatArray) -> FloatArray:
    """The odd wiggle -2 z e^(-z^2)."""
    near = np.maximum(np.minimum(z, GAUSSIAN_END), -GAUSSIAN_END)
    values: FloatArray = -2.0 * near * np.exp(-near * near)
    return values


def square(z: FloatArray) -> FloatArray:
    """The parabola min(z^2, M), M = 1.8e308 the largest float64: where z^2 exceeds it, it is M."""
    with np.errstate(over="ignore"):
        values: FloatArray = np.minimum(z * z, LARGEST_FLOAT)
    return values


def square_derivative(z: FloatArray) -> FloatArray:
    """The line 2 z, held within [-M, M], M = 1.8e308 the largest float64."""
    with np.errstate(over="ignore"):
        values: FloatArray = np.maximum(np.minimum(2.0 * z, LARGEST_FLOAT), -LARGEST_FLOAT)
    return values


IDENTITY = Activation("identity", r"z", identity, identity_derivative)
STEP = Activation(
    "step",
    r"\begin{cases} 1 & z \ge 0 \\ 0 & z < 0 \end{cases}",
    step,
    step_derivative,
)
SIGMOID = Activation("sigmoid", r"\frac{1}{1 + e^{-z}}", sigmoid, sigmoid_derivative)
TANH = Activation("tanh", r"\tanh z", tanh, tanh_derivative)
RELU = Activation("ReLU", r"\max(0, z)", relu, relu_derivative)
LEAKY_RELU = Activation("leaky ReLU", r"\max(0.01\,z, z)", leaky_relu, leaky_relu_derivative)
SOFTPLUS = Activation("softplus", r"\ln(1 + e^{z})", softplus, sigmoid)
SINE = Activation("sine", r"\sin z", sine, sine_derivative)
GAUSSIAN = Activation("Gaussian", r"e^{-z^2}", gaussian, gaussian_derivative)
SQUARE = Activation("square", r"z^2", square, square_derivative)

ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation
    for activation in (
        IDENTITY,
        STEP,
        SIGMOID,
        TANH,
        RELU,
        LEAKY_RELU,
        SOFTPLUS,
        SINE,
        GAUSSIAN,
        SQUARE,
    )
}
