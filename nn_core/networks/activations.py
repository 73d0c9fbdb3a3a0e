"""An activation is a function of one number, with its derivative and with what is true of it.

A new one is an entry at the end of this file. What it does not say of itself is not claimed: it then has no
degree, no scaling and no end, is no step, and its units may turn anywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

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
        symbol: how f is written before its argument, such as "σ"; "" where the argument alone says it.
        code: f(z) as one expression of NumPy, np, in the letter z; "" where there is none to show.
        range: the greatest lower and the least upper bound of f, infinite where there is none.
        degree: of the polynomial that f is; None where f is none.
        scaling: k, where f(c z) = c^k f(z) for every c > 0; None where there is no such k.
        step: whether f rises from 0 to 1, so that a sum of such steps is a staircase.
        turns: whether f is straight, or nearly, away from 0, so that a unit turns at its knot only.
        jumps: the z at which f jumps, in increasing order.
        common: whether every lesson offers it in which it makes sense; if not, only those that offer all.
    """

    name: str
    formula: str
    function: Callable[[FloatArray], FloatArray]
    derivative: Callable[[FloatArray], FloatArray]
    symbol: str = "f"
    code: str = ""
    range: tuple[float, float] = (-inf, inf)
    degree: int | None = None
    scaling: int | None = None
    step: bool = False
    turns: bool = False
    jumps: tuple[float, ...] = ()
    common: bool = True

    def __call__(self, z: FloatArray) -> FloatArray:
        """The activations a = f(z) of the pre-activations z, in the shape of z."""
        return self.function(z)

    def __str__(self) -> str:
        """The name, for messages."""
        return self.name

    @property
    def scale_free(self) -> bool:
        """Whether a larger weight and bias make nothing new that an output weight cannot make."""
        return self.scaling is not None

    @property
    def hinge(self) -> bool:
        """Whether it is two straight halves of different slopes that meet at 0."""
        return self.scaling == 1 and self.degree is None


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
    # Where there are many numbers, memory for more than two arrays takes longer than to compute them.
    tail: FloatArray = np.abs(z, out=np.empty_like(z))
    np.negative(tail, out=tail)
    np.exp(tail, out=tail)
    values: FloatArray = np.sign(z, out=np.empty_like(z))
    np.maximum(values, tail, out=values)
    tail += 1.0
    values /= tail
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


IDENTITY = Activation(
    "identity", r"z", identity, identity_derivative, "", "z", degree=1, scaling=1, turns=True
)
STEP = Activation(
    "step",
    r"\begin{cases} 1 & z \ge 0 \\ 0 & z < 0 \end{cases}",
    step,
    step_derivative,
    "step",
    "np.where(z >= 0, 1.0, 0.0)",
    range=(0.0, 1.0),
    scaling=0,
    step=True,
    turns=True,
    jumps=(0.0,),
)
SIGMOID = Activation(
    "sigmoid",
    r"\frac{1}{1 + e^{-z}}",
    sigmoid,
    sigmoid_derivative,
    "σ",
    "1 / (1 + np.exp(-z))",
    range=(0.0, 1.0),
    step=True,
    turns=True,
)
TANH = Activation(
    "tanh", r"\tanh z", tanh, tanh_derivative, "tanh", "np.tanh(z)", range=(-1.0, 1.0), turns=True
)
RELU = Activation(
    "ReLU",
    r"\max(0, z)",
    relu,
    relu_derivative,
    "ReLU",
    "np.maximum(z, 0)",
    range=(0.0, inf),
    scaling=1,
    turns=True,
)
LEAKY_RELU = Activation(
    "leaky ReLU",
    r"\max(0.01\,z, z)",
    leaky_relu,
    leaky_relu_derivative,
    "leaky ReLU",
    "np.maximum(0.01 * z, z)",
    scaling=1,
    turns=True,
    common=False,
)
SOFTPLUS = Activation(
    "softplus",
    r"\ln(1 + e^{z})",
    softplus,
    sigmoid,
    "softplus",
    "np.log(1 + np.exp(z))",
    range=(0.0, inf),
    turns=True,
    common=False,
)
SINE = Activation("sine", r"\sin z", sine, sine_derivative, "sin", "np.sin(z)", range=(-1.0, 1.0))
GAUSSIAN = Activation(
    "Gaussian",
    r"e^{-z^2}",
    gaussian,
    gaussian_derivative,
    "Gaussian",
    "np.exp(-(z**2))",
    range=(0.0, 1.0),
    turns=True,
    common=False,
)
SQUARE = Activation(
    "square", r"z^2", square, square_derivative, "square", "z**2", range=(0.0, inf), degree=2, scaling=2
)

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
