"""A convolution looks through one small window everywhere: the same few weights at every place.

Pictures have shape (n_samples, height, width, channels): one channel for grey ones, and one for each filter
behind a convolution.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, Self

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from nn_core.arrays import FloatArray
from nn_core.families.chains import Chain, Dense, Memory, Parameterless
from nn_core.networks.network import Layer, Network

Beyond = Literal["constant", "wrap"]


def surrounded(x: FloatArray, ring: int, beyond: Beyond = "constant") -> FloatArray:
    """The pictures with a ring around them: of zeros ("constant"), or of their other side ("wrap").

    Args:
        x: shape (n_samples, height, width, channels).
        ring: how wide it is, at least 0.
        beyond: what stands in it.

    Returns:
        Shape (n_samples, height + 2 ring, width + 2 ring, channels).
    """
    return np.pad(x, ((0, 0), (ring, ring), (ring, ring), (0, 0)), mode=beyond) if ring else x


def windows(x: FloatArray, side: int) -> FloatArray:
    """What a window of side x side pixels sees at every place where it lies wholly on the picture.

    Args:
        x: shape (n_samples, height, width, channels).
        side: of the window.

    Returns:
        Shape (n_samples, height - side + 1, width - side + 1, side * side * channels), row after row of the
        window, and in every pixel channel after channel.

    Raises:
        ValueError: if these are no pictures, or the window is larger than they are.
    """
    if np.ndim(x) != 4 or min(x.shape[1:3]) < side:
        raise ValueError(
            "x must have shape (n_samples, height, width, channels), no lower and no narrower than the "
            f"window's {side} pixels, got shape {np.shape(x)}"
        )
    seen = np.moveaxis(sliding_window_view(x, (side, side), axis=(1, 2)), 3, -1)
    return seen.reshape(*seen.shape[:3], -1)


def convolved(x: FloatArray, kernel: FloatArray) -> FloatArray:
    """y[i, j] = sum over u, v of k[u, v] x[i + u, j + v]: what deep learning calls a convolution.

    Mathematics calls it a cross-correlation; its own convolution turns the kernel by half a turn first.

    Args:
        x: grey pictures, shape (n_samples, height, width).
        kernel: k, shape (side, side).

    Returns:
        Shape (n_samples, height - side + 1, width - side + 1).

    Raises:
        ValueError: as `windows` does.
    """
    answers: FloatArray = windows(x[..., np.newaxis], len(kernel)) @ kernel.ravel()
    return answers


def as_matrix(
    kernel: FloatArray, height: int, width: int, ring: int = 0, beyond: Beyond = "constant"
) -> FloatArray:
    """The weights of the dense layer that is this convolution: y.ravel() = x.ravel() @ M.

    A linear map's matrix has the images of the unit vectors as its rows: here of pictures of one pixel.

    Args:
        kernel: shape (side, side).
        height, width: of the picture.
        ring, beyond: what is put around it first, as `surrounded` does.

    Returns:
        M, with a row for each pixel and a column for each place of the window: without a ring
        (height - side + 1) * (width - side + 1) of them. It is a Toeplitz matrix of blocks that are Toeplitz
        matrices, and one of circulant blocks where the picture closes on itself.

    Raises:
        ValueError: as `windows` does.
    """
    pixels = surrounded(np.eye(height * width).reshape(-1, height, width, 1), ring, beyond)
    return convolved(pixels[..., 0], kernel).reshape(height * width, -1)


def shifted(x: FloatArray, down: int, right: int, beyond: Beyond = "constant") -> FloatArray:
    """The picture moved: zeros come in ("constant"), or what goes out at the other side ("wrap").

    Args:
        x: shape (height, width).
        down, right: by how many pixels, each less than the picture has.
        beyond: what comes in.
    """
    if beyond == "wrap":
        return np.roll(x, (down, right), axis=(0, 1))
    high, wide = x.shape
    moved = np.zeros_like(x)
    moved[max(down, 0) : high + min(down, 0), max(right, 0) : wide + min(right, 0)] = x[
        max(-down, 0) : high - max(down, 0), max(-right, 0) : wide - max(right, 0)
    ]
    return moved


@dataclass(frozen=True, eq=False, slots=True)
class Convolution:
    """A layer that is given every window in turn: a[i, j] = f(window of i, j @ W + b).

    Attributes:
        layer: W, shape (side * side * channels, filters), b and f.
        side: of the window.
        ring: how many zeros are put around the pictures first.
    """

    layer: Layer
    side: int
    ring: int = 0

    @property
    def parameters(self) -> FloatArray:
        """W row after row, then b."""
        return Dense(self.layer).parameters

    def with_parameters(self, values: FloatArray) -> Self:
        """The same convolution with other weights and biases. Raises ValueError at another shape."""
        return replace(self, layer=Dense(self.layer).with_parameters(values).layer)

    def forward(self, x: FloatArray) -> tuple[FloatArray, Memory]:
        """f of all windows, shape (n_samples, height + 2 ring - side + 1, .., filters).

        Raises ValueError as `windows` does, and where the number of channels does not fit.
        """
        around = surrounded(x, self.ring)
        output, memory = Dense(self.layer).forward(windows(around, self.side))
        return output, (around.shape, memory)

    def backward(self, memory: Memory, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Every pixel gets from each window that sees it what that window's layer says of it."""
        shape, kept = memory
        by_windows, gradient = Dense(self.layer).backward(kept, delta)
        high, wide = delta.shape[1:3]
        parts = by_windows.reshape(*delta.shape[:3], self.side, self.side, -1)
        back = np.zeros(shape)
        for u, v in np.ndindex(self.side, self.side):
            back[:, u : u + high, v : v + wide] += parts[..., u, v, :]
        inside = slice(self.ring, -self.ring or None)
        return back[:, inside, inside], gradient


@dataclass(frozen=True, eq=False, slots=True)
class GlobalMaximum(Parameterless):
    """Of every channel the largest number, wherever it is: it forgets the place."""

    def forward(self, x: FloatArray) -> tuple[FloatArray, Memory]:
        """The maxima, shape (n_samples, channels), of x, shape (n_samples, height, width, channels)."""
        flat = x.reshape(len(x), -1, x.shape[-1])
        where = flat.argmax(axis=1, keepdims=True)
        return np.take_along_axis(flat, where, axis=1)[:, 0], (x.shape, where)

    def backward(self, memory: Memory, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """All to where the largest number was: to the first of equal ones."""
        shape, where = memory
        back = np.zeros((shape[0], shape[1] * shape[2], shape[3]))
        np.put_along_axis(back, where, delta[:, np.newaxis], axis=1)
        return back.reshape(shape), np.zeros(0)


@dataclass(frozen=True, eq=False, slots=True)
class Flat(Parameterless):
    """All numbers of a picture in a row, as a layer needs them that sees everything."""

    def forward(self, x: FloatArray) -> tuple[FloatArray, Memory]:
        """Shape (n_samples, height * width * channels)."""
        return x.reshape(len(x), -1), x.shape

    def backward(self, memory: Memory, delta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The same numbers in the picture's shape."""
        return delta.reshape(memory), np.zeros(0)


def looking_everywhere(network: Network, side: int, ring: int) -> Chain:
    """A network of one hidden layer whose hidden units become filters: convolution, global maximum, output.

    Args:
        network: its inputs are the pixels of a window, row after row.
        side: of the window.
        ring: how many zeros are put around the pictures.

    Raises:
        ValueError: if the network has not one hidden layer, or not side * side inputs.
    """
    if network.depth != 1 or network.n_in != side * side:
        raise ValueError(
            "the network must have one hidden layer and an input for each pixel of the window, "
            f"got depth {network.depth} and {network.n_in} inputs for {side} x {side} pixels"
        )
    hidden, output = network.layers
    return Chain((Convolution(hidden, side, ring), GlobalMaximum(), Dense(output)))
