"""Every loss is the mean its name says, with its true derivative, for outputs of any size."""

import math
import pickle
import re
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from nn_core.arrays import FloatArray
from nn_core.learning.losses import BINARY_CROSS_ENTROPY, LOSSES, MSE, SOFTMAX_CROSS_ENTROPY, Loss, softmax
from nn_core.networks.activations import sigmoid_inverse

EVERY = pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES.keys())
# Softmax makes the outputs of a sample one thing: its loss has no mean over outputs.
ENTRYWISE = pytest.mark.parametrize("loss", [MSE, BINARY_CROSS_ENTROPY], ids=str)
SEEDS = st.integers(0, 2**32 - 1)
SHAPES = st.tuples(st.integers(1, 5), st.integers(1, 3))


def outputs_and_targets(seed: int, shape: tuple[int, int]) -> tuple[FloatArray, FloatArray]:
    generator = np.random.default_rng(seed)
    return generator.normal(scale=3.0, size=shape), generator.uniform(size=shape)


def test_the_registry_lists_every_loss_under_its_name() -> None:
    assert LOSSES == {
        "MSE": MSE,
        "binary cross-entropy": BINARY_CROSS_ENTROPY,
        "softmax cross-entropy": SOFTMAX_CROSS_ENTROPY,
    }
    assert [str(loss) for loss in LOSSES.values()] == list(LOSSES)
    assert all(loss.formula.count("{") == loss.formula.count("}") > 0 for loss in LOSSES.values())


def test_losses_agree_with_a_calculation_by_hand() -> None:
    outputs, targets = np.array([[1.0, 2.0], [-1.0, 0.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])
    assert MSE(outputs, targets) == (1.0 + 1.0 + 4.0 + 0.0) / 4.0
    p = [1.0 / (1.0 + math.exp(-z)) for z in outputs.ravel()]
    expected = -(math.log(1.0 - p[0]) + math.log(p[1]) + math.log(p[2]) + math.log(1.0 - p[3])) / 4.0
    assert BINARY_CROSS_ENTROPY(outputs, targets) == pytest.approx(expected, rel=1e-14)


@given(seed=SEEDS, shape=SHAPES)
def test_cross_entropy_is_the_textbook_formula_for_soft_targets_too(
    seed: int, shape: tuple[int, int]
) -> None:
    z, y = outputs_and_targets(seed, shape)
    p = 1.0 / (1.0 + np.exp(-z))
    expected = np.mean(-y * np.log(p) - (1.0 - y) * np.log(1.0 - p))
    assert BINARY_CROSS_ENTROPY(z, y) == pytest.approx(expected, rel=1e-9)


@EVERY
@given(seed=SEEDS, shape=SHAPES)
def test_the_derivative_is_the_central_difference(loss: Loss, seed: int, shape: tuple[int, int]) -> None:
    outputs, targets = outputs_and_targets(seed, shape)
    derivative = loss.derivative(outputs, targets)
    assert derivative.shape == shape
    for place in np.ndindex(shape):
        nudge = np.zeros(shape)
        nudge[place] = 1e-5
        difference = (loss(outputs + nudge, targets) - loss(outputs - nudge, targets)) / 2e-5
        assert derivative[place] == pytest.approx(difference, rel=1e-5, abs=1e-8)


@ENTRYWISE
@given(seed=SEEDS, shape=SHAPES)
def test_a_loss_is_a_mean_over_samples_and_outputs(loss: Loss, seed: int, shape: tuple[int, int]) -> None:
    outputs, targets = outputs_and_targets(seed, shape)
    each = [loss(np.array([[a]]), np.array([[y]])) for a, y in zip(outputs.flat, targets.flat, strict=True)]
    assert loss(outputs, targets) == pytest.approx(math.fsum(each) / len(each), rel=1e-12)


@EVERY
@given(seed=SEEDS, shape=SHAPES)
def test_no_loss_is_negative(loss: Loss, seed: int, shape: tuple[int, int]) -> None:
    assert loss(*outputs_and_targets(seed, shape)) >= 0.0


@given(seed=SEEDS, shape=SHAPES)
def test_mean_squared_error_is_least_and_0_at_the_targets(seed: int, shape: tuple[int, int]) -> None:
    outputs, targets = outputs_and_targets(seed, shape)
    assert MSE(targets, targets) == 0.0 < MSE(outputs, targets)
    assert not MSE.derivative(targets, targets).any()


@given(seed=SEEDS, shape=SHAPES)
def test_cross_entropy_is_least_where_the_probability_is_the_target(
    seed: int, shape: tuple[int, int]
) -> None:
    z, y = outputs_and_targets(seed, shape)
    y = 0.01 + 0.98 * y
    best = sigmoid_inverse(y)
    assert BINARY_CROSS_ENTROPY.derivative(best, y) == pytest.approx(np.zeros(shape), abs=1e-15)
    assert BINARY_CROSS_ENTROPY(best, y) <= BINARY_CROSS_ENTROPY(z, y)


@pytest.mark.parametrize("size", [40.0, 750.0, 1e6, 1e16, 1e200, 1e308])
def test_cross_entropy_of_huge_logits_is_exact_and_without_a_warning(size: float) -> None:
    logits, targets = np.array([[size], [-size]]), np.array([[1.0], [0.0]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        right, wrong = (BINARY_CROSS_ENTROPY(logits, y) for y in (targets, 1.0 - targets))
        flat = BINARY_CROSS_ENTROPY.derivative(logits, targets)
        steep = BINARY_CROSS_ENTROPY.derivative(logits, 1.0 - targets)
    assert right == pytest.approx(math.exp(-size), rel=1e-12, abs=0.0)
    assert wrong == (size if size <= 1e200 else math.inf)
    assert flat == pytest.approx(np.zeros((2, 1)), abs=1e-16)
    assert steep == pytest.approx(np.array([[0.5], [-0.5]]), abs=1e-16)


@EVERY
def test_a_loss_too_large_for_a_float_is_infinite_without_a_warning(loss: Loss) -> None:
    outputs = np.tile([1e308, -1e308], (4, 1))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert loss(outputs, np.tile([0.0, 1.0], (4, 1))) == math.inf


@EVERY
@pytest.mark.parametrize("size", [math.inf, math.nan])
def test_outputs_that_are_not_finite_have_no_finite_loss_and_make_no_warning(loss: Loss, size: float) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not math.isfinite(loss(np.array([[size]]), np.array([[1.0]])))


@EVERY
@pytest.mark.parametrize(
    ("outputs", "targets"),
    [((3, 1), (3,)), ((3,), (3, 1)), ((3,), (3,)), ((2, 1), (3, 1)), ((0, 1), (0, 1)), ((2, 0), (2, 0))],
)
def test_shapes_that_do_not_fit_are_named(
    loss: Loss, outputs: tuple[int, ...], targets: tuple[int, ...]
) -> None:
    message = f"got outputs of shape {outputs} and targets of shape {targets}"
    with pytest.raises(ValueError, match=re.escape(message)):
        loss(np.zeros(outputs), np.zeros(targets))


@EVERY
def test_labels_may_be_whole_numbers(loss: Loss) -> None:
    outputs: NDArray[Any] = np.array([[2], [-3]])
    labels: NDArray[Any] = np.array([[1], [0]], dtype=np.uint8)
    assert loss(outputs, labels) == loss(outputs.astype(float), labels.astype(float))


@EVERY
def test_a_loss_can_be_pickled(loss: Loss) -> None:
    assert pickle.loads(pickle.dumps(loss)) == loss


# ---- softmax -----------------------------------------------------------------------------------------


@given(seed=SEEDS, shape=SHAPES, scale=st.floats(0.0, 1e300))
def test_the_probabilities_of_softmax_sum_to_1_in_each_row(
    seed: int, shape: tuple[int, int], scale: float
) -> None:
    p = softmax(scale * np.random.default_rng(seed).uniform(-1.0, 1.0, size=shape))
    assert p.shape == shape
    assert (p >= 0.0).all()
    assert p.sum(axis=1) == pytest.approx(np.ones(shape[0]), abs=1e-15)


@given(seed=SEEDS, shape=SHAPES, shift=st.floats(-1e3, 1e3))
def test_softmax_is_invariant_to_a_shift_of_a_row(seed: int, shape: tuple[int, int], shift: float) -> None:
    z, y = outputs_and_targets(seed, shape)
    assert softmax(z + shift) == pytest.approx(softmax(z), rel=1e-11)
    by_row = z + shift * np.arange(shape[0])[:, np.newaxis]
    assert softmax(by_row) == pytest.approx(softmax(z), rel=1e-11)
    assert SOFTMAX_CROSS_ENTROPY(by_row, y) == pytest.approx(
        SOFTMAX_CROSS_ENTROPY(z, y), rel=1e-11, abs=1e-11
    )


@given(seed=SEEDS, shape=SHAPES)
def test_softmax_is_the_textbook_formula(seed: int, shape: tuple[int, int]) -> None:
    z, y = outputs_and_targets(seed, shape)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    assert softmax(z) == pytest.approx(p, rel=1e-12)
    expected = np.mean(np.sum(-y * np.log(p), axis=1))
    assert SOFTMAX_CROSS_ENTROPY(z, y) == pytest.approx(expected, rel=1e-9, abs=1e-15)


@given(seed=SEEDS, n=st.integers(1, 5))
def test_for_two_classes_softmax_is_the_sigmoid_of_the_difference(seed: int, n: int) -> None:
    z, y = outputs_and_targets(seed, (n, 2))
    y[:, 1] = 1.0 - y[:, 0]
    difference = z[:, :1] - z[:, 1:]
    expected = BINARY_CROSS_ENTROPY(difference, y[:, :1])
    assert SOFTMAX_CROSS_ENTROPY(z, y) == pytest.approx(expected, rel=1e-12)
    derivative = BINARY_CROSS_ENTROPY.derivative(difference, y[:, :1])
    both = np.hstack((derivative, -derivative))
    assert SOFTMAX_CROSS_ENTROPY.derivative(z, y) == pytest.approx(both, abs=1e-15)


@given(seed=SEEDS, n=st.integers(1, 5), n_classes=st.integers(1, 6))
def test_the_derivative_of_softmax_cross_entropy_is_what_the_probabilities_are_off(
    seed: int, n: int, n_classes: int
) -> None:
    generator = np.random.default_rng(seed)
    z = generator.normal(scale=3.0, size=(n, n_classes))
    y = np.eye(n_classes)[generator.integers(n_classes, size=n)]
    assert SOFTMAX_CROSS_ENTROPY.derivative(z, y) == pytest.approx((softmax(z) - y) / n, abs=1e-16)
    expected = np.mean(np.log(np.exp(z).sum(axis=1)) - (z * y).sum(axis=1))
    assert SOFTMAX_CROSS_ENTROPY(z, y) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(seed=SEEDS, shape=SHAPES)
def test_softmax_cross_entropy_is_a_mean_over_samples(seed: int, shape: tuple[int, int]) -> None:
    z, y = outputs_and_targets(seed, shape)
    each = [SOFTMAX_CROSS_ENTROPY(z[[i]], y[[i]]) for i in range(len(z))]
    assert SOFTMAX_CROSS_ENTROPY(z, y) == pytest.approx(math.fsum(each) / len(each), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("size", [40.0, 750.0, 1e6, 1e16, 1e300])
def test_softmax_of_huge_logits_is_exact_and_without_a_warning(size: float) -> None:
    logits, right, wrong = (np.array([row]) for row in ([size, 0.0, -size], [1, 0, 0], [0, 0, 1.0]))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        p = softmax(logits)
        errors = [SOFTMAX_CROSS_ENTROPY(logits, y) for y in (right, wrong)]
        slope = SOFTMAX_CROSS_ENTROPY.derivative(logits, wrong)
    assert p == pytest.approx(np.exp(np.array([[0.0, -size, -2.0 * size]])), rel=1e-12, abs=0.0)
    assert errors == pytest.approx([0.0, 2.0 * size], abs=1e-15)
    assert slope == pytest.approx(np.array([[1.0, 0.0, -1.0]]), abs=1e-15)
