"""A convolution: its sum, its slopes, its matrix, and what it does not care about."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.families.chains import Part
from nn_core.families.convolution import (
    Convolution,
    Flat,
    GlobalMaximum,
    as_matrix,
    convolved,
    looking_everywhere,
    shifted,
    surrounded,
    windows,
)
from nn_core.networks.activations import RELU, TANH
from nn_core.networks.initialisation import HE, first_network, random_network
from tests.nn_core.families.slopes import slopes_agree

SEEDS = st.integers(0, 2**31)
few = settings(max_examples=10)


def written_out(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """The double sum, number by number."""
    side = len(kernel)
    y = np.zeros((x.shape[0] - side + 1, x.shape[1] - side + 1))
    for i, j in np.ndindex(*y.shape):
        y[i, j] = sum(kernel[u, v] * x[i + u, j + v] for u in range(side) for v in range(side))
    return y


@few
@given(seed=SEEDS, side=st.integers(1, 3), high=st.integers(3, 5), wide=st.integers(3, 6))
def test_every_number_is_the_sum_of_the_products_under_the_window(
    seed: int, side: int, high: int, wide: int
) -> None:
    generator = np.random.default_rng(seed)
    x, kernel = generator.normal(size=(high, wide)), generator.normal(size=(side, side))
    assert convolved(x[np.newaxis], kernel)[0] == pytest.approx(written_out(x, kernel), abs=1e-12)


@few
@given(seed=SEEDS, side=st.integers(1, 3), high=st.integers(3, 5), wide=st.integers(3, 6))
def test_it_is_a_dense_layer_whose_weights_are_shared_and_mostly_zero(
    seed: int, side: int, high: int, wide: int
) -> None:
    generator = np.random.default_rng(seed)
    x, kernel = generator.normal(size=(2, high, wide)), generator.normal(size=(side, side))
    matrix = as_matrix(kernel, high, wide)
    assert x.reshape(2, -1) @ matrix == pytest.approx(convolved(x, kernel).reshape(2, -1))
    assert np.count_nonzero(matrix) == kernel.size * matrix.shape[1]
    assert set(matrix[matrix != 0.0]) == set(kernel.ravel())
    # Toeplitz: one pixel and one place farther along a row stands the same number.
    by_places = matrix.reshape(high, wide, high - side + 1, wide - side + 1)
    assert np.array_equal(by_places[:, 1:, :, 1:], by_places[:, :-1, :, :-1])
    assert np.array_equal(by_places[1:, :, 1:], by_places[:-1, :, :-1])


@few
@given(seed=SEEDS, down=st.integers(-4, 4), right=st.integers(-4, 4))
def test_shift_then_convolve_is_convolve_then_shift_where_the_picture_closes_on_itself(
    seed: int, down: int, right: int
) -> None:
    generator = np.random.default_rng(seed)
    x, kernel = generator.integers(-9, 9, size=(1, 6, 6, 1)) / 4, generator.integers(-9, 9, size=(3, 3)) / 4

    def around(picture: np.ndarray) -> np.ndarray:
        return convolved(surrounded(picture, 1, "wrap")[..., 0], kernel)

    moved = around(np.roll(x, (down, right), axis=(1, 2)))
    assert np.array_equal(moved, np.roll(around(x), (down, right), axis=(1, 2)))


@few
@given(seed=SEEDS, down=st.integers(-3, 3), right=st.integers(-3, 3))
def test_zeros_from_beyond_change_the_order_only_where_something_is_pushed_out(
    seed: int, down: int, right: int
) -> None:
    x, kernel = np.zeros((12, 12)), np.random.default_rng(seed).integers(-9, 9, size=(3, 3)) / 4
    x[4:8, 4:8] = np.random.default_rng(seed).integers(0, 9, size=(4, 4)) / 8
    matrix = as_matrix(kernel, 12, 12, ring=1)

    def layer(picture: np.ndarray) -> np.ndarray:
        return (picture.ravel() @ matrix).reshape(12, 12)

    assert np.array_equal(layer(shifted(x, down, right)), shifted(layer(x), down, right))
    around = as_matrix(kernel, 12, 12, 1, "wrap")
    moved = shifted(x, 3 * down, 3 * right, "wrap").ravel() @ around
    assert np.array_equal(
        moved.reshape(12, 12), shifted((x.ravel() @ around).reshape(12, 12), 3 * down, 3 * right, "wrap")
    )


def test_what_is_pushed_over_the_edge_is_lost_and_comes_back_where_the_picture_closes_on_itself() -> None:
    x = np.arange(6.0).reshape(2, 3)
    assert shifted(x, 1, -1).tolist() == [[0, 0, 0], [1, 2, 0]]
    assert shifted(x, 0, 2).tolist() == [[0, 0, 0], [0, 0, 3]]
    assert shifted(x, 1, -1, "wrap").tolist() == [[4, 5, 3], [1, 2, 0]]


@few
@given(seed=SEEDS, level=st.floats(-5, 5))
def test_where_the_nine_numbers_add_up_to_nothing_flat_ground_gives_nothing(seed: int, level: float) -> None:
    kernel = np.random.default_rng(seed).normal(size=(3, 3))
    flat = np.full((1, 5, 5), level)
    assert convolved(flat, kernel - kernel.mean()) == pytest.approx(0.0, abs=1e-12)
    assert convolved(flat, kernel) == pytest.approx(level * kernel.sum())


LAYER = random_network((18, 3), TANH, np.random.default_rng(0)).layers[0]


@pytest.mark.parametrize(
    "part",
    [Convolution(LAYER, 3), Convolution(LAYER, 3, ring=2), GlobalMaximum(), Flat()],
    ids=["within", "ring", "maximum", "flat"],
)
def test_the_slopes_of_every_part_are_those_of_its_output(part: Part) -> None:
    slopes_agree(part, np.random.default_rng(1).normal(size=(2, 4, 5, 2)))


def test_the_slopes_of_the_whole_chain_are_those_of_its_output() -> None:
    chain = looking_everywhere(random_network((9, 4, 3), TANH, np.random.default_rng(2)), 3, 2)
    slopes_agree(chain, np.random.default_rng(3).normal(size=(2, 5, 5, 1)))


@few
@given(seed=SEEDS, down=st.integers(0, 4), right=st.integers(0, 4))
def test_what_looks_everywhere_says_the_same_wherever_the_picture_lies(
    seed: int, down: int, right: int
) -> None:
    generator = np.random.default_rng(seed)
    chain = looking_everywhere(first_network((9, 5, 4), RELU, HE, generator), 3, 2)
    small = generator.integers(-9, 9, size=(1, 4, 4, 1)) / 4
    first, moved = np.zeros((2, 1, 8, 8, 1))
    first[:, 2:6, 2:6] = small
    moved[:, down : down + 4, right : right + 4] = small
    assert chain(moved) == pytest.approx(chain(first), abs=1e-12)


def test_it_has_as_many_parameters_as_one_window_needs_whatever_the_size_of_the_picture() -> None:
    chain = looking_everywhere(first_network((25, 16, 10), RELU, HE, np.random.default_rng(0)), 5, 4)
    assert chain.parameters.size == 25 * 16 + 16 + 16 * 10 + 10 == 586
    assert chain(np.zeros((1, 8, 8, 1))).shape == chain(np.zeros((1, 30, 9, 1))).shape == (1, 10)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match=r"window's 3 pixels, got shape \(1, 2, 5, 1\)"):
        windows(np.zeros((1, 2, 5, 1)), 3)
    with pytest.raises(ValueError, match="window's 3 pixels"):
        convolved(np.zeros((5, 5)), np.ones((3, 3)))
    with pytest.raises(ValueError, match=r"x must have shape \(n_samples, .., 18\)"):
        Convolution(LAYER, 3).forward(np.zeros((1, 5, 5, 1)))
    with pytest.raises(ValueError, match="got depth 0 and 18 inputs for 3 x 3 pixels"):
        looking_everywhere(random_network((18, 3), TANH, np.random.default_rng(0)), 3, 0)
    with pytest.raises(ValueError, match=r"values must have shape \(0,\), got shape \(1,\)"):
        Flat().with_parameters(np.zeros(1))
