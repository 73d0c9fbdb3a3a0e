"""A layer that remembers: its gradient through time, its fixed points, and what a latch costs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.families.chains import Chain, Dense
from nn_core.families.latch import fixed_points, fold, measured_fold, run, slope, unit
from nn_core.families.recurrence import OneAStep, Recurrent
from nn_core.families.remembering import first_memory, largest_eigenvalue, signals
from nn_core.networks.activations import IDENTITY, TANH
from nn_core.networks.network import Layer
from tests.nn_core.families.slopes import slopes_agree


def recurrent(seed: int, n_in: int = 2, n: int = 3) -> Recurrent:
    random = np.random.default_rng(seed)
    shapes = (n, n), (n_in, n), (n,)
    return Recurrent(*(random.normal(size=shape) for shape in shapes), TANH, random.normal(size=n))


@pytest.mark.parametrize("steps", [1, 2, 7])
def test_the_gradient_through_time_is_the_slope(steps: int) -> None:
    x = np.random.default_rng(steps).normal(size=(4, steps, 2))
    out = Dense(Layer(np.random.default_rng(9).normal(size=(3, 1)), np.zeros(1), IDENTITY))
    slopes_agree(recurrent(steps), x)
    slopes_agree(Chain((recurrent(steps), out, OneAStep())), x)


def test_a_recurrent_layer_is_the_same_layer_at_every_step() -> None:
    part, x = recurrent(1), np.random.default_rng(1).normal(size=(5, 6, 2))
    h = np.broadcast_to(part.start, (5, 3))
    for step, found in enumerate(np.moveaxis(part.forward(x)[0], 1, 0)):
        h = np.tanh(h @ part.within + x[:, step] @ part.inputs + part.biases)
        assert found == pytest.approx(h)


def test_what_does_not_fit_a_recurrent_layer_is_refused() -> None:
    part = recurrent(0)
    for shape in [(4, 2), (4, 5, 3), (4, 0, 2)]:
        with pytest.raises(ValueError, match=r"x must have shape \(n_samples, T, 2\) with T at least 1"):
            part.forward(np.zeros(shape))
    with pytest.raises(ValueError, match=r"values must have shape \(18,\)"):
        part.with_parameters(np.zeros(17))
    with pytest.raises(ValueError, match=r"shapes \(n, n\), \(n_in, n\), \(n,\) and \(n,\), got \(2, 3\)"):
        Recurrent(np.zeros((2, 3)), np.zeros((1, 3)), np.zeros(3), TANH, np.zeros(3))
    with pytest.raises(ValueError, match=r"x must have shape \(n_samples, T, 1\), got shape \(2, 3, 2\)"):
        OneAStep().forward(np.zeros((2, 3, 2)))
    with pytest.raises(ValueError, match=r"values must have shape \(0,\)"):
        OneAStep().with_parameters(np.zeros(1))


@given(seed=st.integers(0, 999))
def test_the_target_of_a_signal_is_its_last_pulse(seed: int) -> None:
    x, y = signals(4, 30, 0.2, np.random.default_rng(seed))
    for pulses, targets in zip(x[:, :, 0], y, strict=True):
        last = 0.0
        for pulse, target in zip(pulses, targets, strict=True):
            last = pulse or last
            assert target == (last > 0.0)
    assert (x[:, 0] != 0.0).all()


@given(seed=st.integers(0, 999), share=st.floats(0.1, 0.95))
def test_weights_that_stretch_nothing_forget(seed: int, share: float) -> None:
    layer = first_memory(2, np.random.default_rng(seed)).parts[0]
    assert isinstance(layer, Recurrent)
    layer = replace(layer, within=share * layer.within / np.linalg.norm(layer.within, 2))
    x = np.zeros((2, 20, 1))
    x[:, 0, 0] = 1.0, -1.0
    states = layer.forward(x)[0]
    apart = np.linalg.norm(states[0] - states[1], axis=1)
    assert (apart[1:] <= share * apart[:-1] + 1e-12).all()
    assert largest_eigenvalue(layer.within) <= share + 1e-12


@given(w=st.floats(-4.0, 6.0), b=st.floats(-3.0, 3.0))
def test_a_fixed_point_is_where_the_unit_stays(w: float, b: float) -> None:
    points = fixed_points(w, b)
    assert np.tanh(w * points + b) == pytest.approx(points, abs=1e-9)
    assert (np.diff(points) > 0.0).all()


@given(w=st.floats(1.001, 6.0), share=st.floats(0.0, 0.999), side=st.sampled_from([-1.0, 1.0]))
def test_within_the_fold_there_are_three_fixed_points_and_beyond_it_one(
    w: float, share: float, side: float
) -> None:
    border = float(fold(np.array(w)))
    within = fixed_points(w, side * share * border)
    assert (abs(slope(w, within)) < 1.0).tolist() == [True, False, True]
    assert len(fixed_points(w, side * (border + (1.0 - share)))) == 1


@given(w=st.floats(-4.0, 1.0), b=st.floats(-3.0, 3.0))
def test_up_to_weight_one_there_is_one_fixed_point(w: float, b: float) -> None:
    assert len(fixed_points(w, b)) == 1
    assert np.isnan(fold(np.array(np.nextafter(1.0, 0.0))))
    assert fold(np.array(1.0)) == 0.0


def test_a_run_of_one_unit_is_that_of_the_layer() -> None:
    states, _ = unit(1.3, 0.0, -0.2, 0.7).forward(np.zeros((1, 9, 1)))
    assert run(1.3, -0.2, 0.7, 9) == pytest.approx([0.7, *states[0, :, 0]])


def test_the_fold_is_where_runs_from_both_sides_come_to_meet() -> None:
    w = np.array([1.2, 1.5, 2.0, 3.0])
    assert measured_fold(w, 3000) == pytest.approx(fold(w), abs=1e-4)
    assert (measured_fold(w, 20) > fold(w)).all()


@given(w=st.floats(-3.0, 3.0), b=st.floats(-1.0, 1.0), pulse=st.floats(-3.0, 3.0), steps=st.integers(1, 30))
def test_the_gradient_of_the_last_state_is_the_product_of_the_slopes(
    w: float, b: float, pulse: float, steps: int
) -> None:
    x = np.zeros((1, steps + 1, 1))
    x[0, 0] = 1.0
    states, memory = unit(w, pulse, b).forward(x)
    delta = np.zeros_like(states)
    delta[0, -1] = 1.0
    _, gradient = unit(w, pulse, b).backward(memory, delta)
    h = states[0, :, 0]
    # The input weight is used at the first step alone.
    assert gradient[1] == pytest.approx((1.0 - h[0] ** 2) * np.prod(slope(w, h[1:])))
