"""The closed form of a wide network's training is what its derivatives and its equation say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.grids import line
from nn_core.learning.kernels import film, relu_tangent_kernel, shares

X = line((-1.0, 1.0), 201)
WAVES = np.array([np.sin(k * np.pi * X) for k in (1, 4, 10)])


def of_a_wide_network(x: FloatArray, units: int) -> FloatArray:
    """The products of the derivatives of f(x) = sum_j v_j ReLU(w_j x + b_j) / sqrt(m), summed, at random."""
    v, w, b = np.random.default_rng(1).normal(size=(3, units))
    z = x[:, np.newaxis] * w + b
    on, outputs = (z > 0.0) * v, np.maximum(z, 0.0)
    into = on @ on.T
    return (outputs @ outputs.T + into * np.outer(x, x) + into) / units


def test_the_kernel_is_what_the_derivatives_of_a_wide_network_tend_to() -> None:
    x = line((-2.0, 2.0), 9)
    sampled, told = of_a_wide_network(x, 200_000), relu_tangent_kernel(x)
    assert np.abs(sampled - told).max() < 0.03
    assert np.diag(told) == pytest.approx(x**2 + 1.0)
    assert np.array_equal(told, told.T)
    assert np.linalg.eigvalsh(told)[0] > -1e-12


def test_the_film_begins_at_0_and_ends_at_the_values_and_obeys_its_equation() -> None:
    kernel, values = relu_tangent_kernel(X), WAVES.sum(axis=0)
    shown = film(kernel, values)
    assert not shown.at(0.0).any()
    assert shown.at(1e9) == pytest.approx(values, abs=1e-9)
    for time in (0.5, 30.0, 2000.0):
        before, now, after = shown.at(time + np.array([-1e-3, 0.0, 1e-3]) * time)
        slope = (after - before) / (2e-3 * time)
        assert slope == pytest.approx(-2.0 / X.size * kernel @ (now - values), rel=1e-4, abs=1e-6)


def test_many_small_steps_of_gradient_descent_follow_the_film() -> None:
    kernel, values = relu_tangent_kernel(X), WAVES.sum(axis=0)
    heights = np.zeros(X.size)
    for _ in range(2000):
        heights -= 0.01 * 2.0 / X.size * kernel @ (heights - values)
    assert heights == pytest.approx(film(kernel, values).at(20.0), abs=5e-3)


def test_the_kernel_learns_slow_sines_first_about_ten_times_sooner_each() -> None:
    times = 10.0 ** line((0.0, 5.0), 501)
    found = shares(film(relu_tangent_kernel(X), WAVES.sum(axis=0)).at(times), WAVES)
    first = [float(times[np.argmax(each >= 0.9)]) for each in found.T]
    assert first == pytest.approx([112.0, 1020.0, 7590.0], rel=0.03)


@given(st.lists(st.floats(-5.0, 5.0), min_size=3, max_size=3).map(np.array))
def test_of_a_sum_of_the_waves_the_shares_are_what_was_taken_of_each(taken: FloatArray) -> None:
    assert shares(taken @ WAVES, WAVES) == pytest.approx(taken, abs=1e-12)
    assert shares(np.array([taken, 2.0 * taken]) @ WAVES, WAVES)[1] == pytest.approx(2.0 * taken, abs=1e-12)
