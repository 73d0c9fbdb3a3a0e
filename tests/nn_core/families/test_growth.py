"""What each kind of layer costs is what the parts themselves have, and what they multiply."""

from __future__ import annotations

import numpy as np
import pytest

from nn_core.arrays import FloatArray
from nn_core.families.attention import Head
from nn_core.families.chains import Chain, Dense, Part
from nn_core.families.convolution import Convolution
from nn_core.families.growth import SQUEEZED, Reading
from nn_core.families.recurrence import Recurrent
from nn_core.networks.activations import IDENTITY, TANH
from nn_core.networks.network import Layer

READINGS = [Reading(length, width, window) for length in (1, 2, 5) for width in (1, 3) for window in (1, 3)]


def dense(n_in: int, n_out: int) -> Dense:
    return Dense(Layer(np.zeros((n_in, n_out)), np.zeros(n_out), IDENTITY))


def parts(reading: Reading) -> dict[str, Part]:
    """A layer of each kind that reads this; in a picture one place high the window is one row."""
    d, everything = reading.width, reading.length * reading.width
    square = np.zeros((d, d))
    return {
        "dense": dense(everything, everything),
        "squeezed": Chain((dense(everything, SQUEEZED), dense(SQUEEZED, everything))),
        "attention": Head(square, square, square, square),
        "recurrence": Recurrent(square, square, np.zeros(d), TANH, np.zeros(d)),
    }


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_the_parameters_are_those_of_a_part_of_each_kind(reading: Reading) -> None:
    for name, part in parts(reading).items():
        assert reading.n_parameters[name] == part.parameters.size, name


def test_a_convolution_of_a_square_window_has_as_many_as_one_over_a_line_of_as_many_places() -> None:
    square = Convolution(dense(9 * 3, 3).layer, side=3, ring=1)
    assert Reading(7, 3, 9).n_parameters["convolution"] == square.parameters.size


class Counted(np.ndarray):
    """An array that notes how often matrices of it are multiplied."""

    products = 0

    def __matmul__(self, other: FloatArray) -> FloatArray:
        result = np.asarray(self) @ np.asarray(other)
        Counted.products += result.size * np.shape(self)[-1]
        return result.view(Counted)

    def __rmatmul__(self, other: FloatArray) -> FloatArray:
        return np.asarray(other).view(Counted) @ self


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_the_multiplications_are_those_that_matrices_make_on_the_way(reading: Reading) -> None:
    found = parts(reading)
    for name in ("dense", "squeezed", "attention"):
        wide = name == "attention"
        shape = (1, reading.length, reading.width) if wide else (1, reading.length * reading.width)
        Counted.products = 0
        found[name].forward(np.ones(shape).view(Counted))
        assert Counted.products == reading.n_multiplications[name], name
    per_place = reading.width * reading.width
    assert reading.n_multiplications["recurrence"] == 2 * per_place * reading.length
    assert reading.n_multiplications["convolution"] == reading.window * per_place * reading.length


def test_twice_as_long_only_the_dense_and_the_squeezed_layer_have_more_numbers() -> None:
    once, twice = Reading(64, 8).n_parameters, Reading(128, 8).n_parameters
    assert {name for name in once if twice[name] > once[name]} == {"dense", "squeezed"}


@pytest.mark.parametrize("wrong", [(0, 1, 3), (1, 0, 3), (1, 1, 2), (1, 1, -1)])
def test_what_is_no_reading_is_refused(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="length and width must be at least 1, and the window odd"):
        Reading(*wrong)
