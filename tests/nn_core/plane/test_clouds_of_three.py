"""Each of three classes lies where it is said to, and everything comes from the generator."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.plane.clouds import CLOUDS, CORNER_RADIUS, EDGE, RINGS, Sampler, clouds_of
from nn_core.plane.datasets import REACH, Dataset, split

THREE = {name: CLOUDS[name] for name in clouds_of(3)}
every = pytest.mark.parametrize("sampler", THREE.values(), ids=THREE.keys())


def drawn(sampler: Sampler, n: int = 300, noise: float = 0.0, seed: int = 1) -> Dataset:
    return sampler(n, noise, np.random.default_rng(seed))


def radii(dataset: Dataset, kind: int) -> FloatArray:
    found: FloatArray = np.hypot(*dataset.points[dataset.labels == kind].T)
    return found


@every
@given(n=st.integers(3, 40))
def test_the_classes_are_equally_large_but_for_one_point(sampler: Sampler, n: int) -> None:
    counts = np.bincount(drawn(sampler, n).labels, minlength=3)
    assert counts.sum() == n
    assert counts.max() - counts.min() <= 1
    assert counts.min() >= 1


@every
def test_the_classes_come_in_order(sampler: Sampler) -> None:
    assert (np.diff(drawn(sampler).labels) >= 0).all()


@every
def test_one_seed_gives_the_same_points_and_another_gives_others(sampler: Sampler) -> None:
    assert np.array_equal(drawn(sampler, noise=0.1).points, drawn(sampler, noise=0.1).points)
    assert not np.array_equal(drawn(sampler).points, drawn(sampler, seed=2).points)


@every
def test_without_noise_points_stay_within_reach(sampler: Sampler) -> None:
    assert np.hypot(*drawn(sampler).points.T).max() <= max(REACH, 0.55 + CORNER_RADIUS) + 1e-12


@every
def test_noise_moves_points_by_as_much_as_it_says_and_never_beyond_the_edge(sampler: Sampler) -> None:
    moved = drawn(sampler, 3000, 0.05).points - drawn(sampler, 3000).points
    assert moved.std() == pytest.approx(0.05, rel=0.1)
    assert np.abs(drawn(sampler, noise=3.0).points).max() == EDGE


@every
def test_three_points_are_needed_and_a_noise_that_is_one(sampler: Sampler) -> None:
    with pytest.raises(ValueError, match=r"at least 3 points.*got n=2"):
        drawn(sampler, 2)
    for noise in (-0.1, np.nan, np.inf):
        with pytest.raises(ValueError, match="noise must be at least 0 and finite"):
            drawn(sampler, noise=noise)


def test_blobs_do_not_meet() -> None:
    dataset = drawn(CLOUDS["three blobs"], 600)
    for kind, angle in enumerate(np.pi / 2 + 2 * np.pi / 3 * np.arange(3)):
        centre = 0.55 * np.array([np.cos(angle), np.sin(angle)])
        offsets = dataset.points[dataset.labels == kind] - centre
        assert np.hypot(*offsets.T).max() <= CORNER_RADIUS + 1e-12
    # Twice the radius is less than the distance of two corners.
    assert 0.55 * np.sqrt(3.0) > 2 * CORNER_RADIUS


def test_rings_lie_between_their_radii() -> None:
    dataset = drawn(CLOUDS["three rings"], 600)
    for kind, (inner, outer) in enumerate(RINGS):
        assert inner <= radii(dataset, kind).min()
        assert radii(dataset, kind).max() <= outer


def test_every_arm_is_the_first_one_turned_by_thirds() -> None:
    dataset = drawn(CLOUDS["three arms"], 300)
    for kind in range(3):
        r = radii(dataset, kind)
        x, y = dataset.points[dataset.labels == kind].T
        angle = 1.5 * np.pi * (r - 0.12) / (REACH - 0.12) + 2 * np.pi * kind / 3
        assert np.allclose(np.hypot(x - r * np.cos(angle), y - r * np.sin(angle)), 0.0)


def test_targets_are_one_for_the_right_class_and_zero_else() -> None:
    dataset = Dataset(np.zeros((4, 2)), np.array([0, 2, 1, 2]), 3)
    assert dataset.targets.tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0], [0, 0, 1]]
    assert (dataset.n, dataset.counts) == (4, (1, 1, 2))


def test_a_dataset_of_three_classes_is_another_than_that_of_two_with_these_points() -> None:
    points, labels = np.zeros((2, 2)), np.array([0, 1])
    assert Dataset(points, labels, 3).targets.tolist() == [[1, 0, 0], [0, 1, 0]]
    assert Dataset(points, labels).targets.tolist() == [[0], [1]]
    assert pickle.loads(pickle.dumps(Dataset(points, labels, 3))).n_classes == 3


@every
def test_a_split_of_three_classes_holds_out_the_share_of_each(sampler: Sampler) -> None:
    training, held_out = split(drawn(sampler, 120), 0.25, np.random.default_rng(1))
    assert (training.counts, held_out.counts) == ((30, 30, 30), (10, 10, 10))


def test_a_dataset_is_a_value() -> None:
    points, labels = np.zeros((3, 2)), np.arange(3)
    dataset = Dataset(points, labels, 3)
    points[0, 0] = labels[0] = 2
    assert dataset.points[0, 0] == 0.0
    assert dataset.labels[0] == 0
    for each in (dataset, pickle.loads(pickle.dumps(dataset))):
        for array in (each.points, each.labels):
            assert not array.flags.writeable


@pytest.mark.parametrize(
    ("points", "labels", "says"),
    [
        (np.zeros((3, 1)), [0, 1, 2], "shape"),
        (np.zeros((3, 2)), [0, 1], "shape"),
        (np.array([[np.nan, 0.0]]), [0], "finite"),
        (np.zeros((2, 2)), [0, 3], "0, 1 or 2, got 3"),
        (np.zeros((1, 2)), [-1], "got -1"),
        (np.zeros((1, 2)), [0.5], "got 0.5"),
    ],
)
def test_what_is_no_dataset_is_refused(points: FloatArray, labels: list[float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Dataset(points, np.array(labels), 3)
