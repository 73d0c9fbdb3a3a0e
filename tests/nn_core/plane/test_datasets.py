"""A dataset is a value, each sampler keeps its promise, and a split loses no point."""

import copy
import math
import pickle
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.plane.clouds import CLOUDS, EDGE, clouds_of
from nn_core.plane.datasets import REACH, XOR_POINTS, Dataset, split

SEEDS = st.integers(0, 2**32 - 1)
TWO = clouds_of(2)
NAMES = st.sampled_from(sorted(TWO))
# How near, at least, points of different classes come to each other when there is no noise.
GAPS = {"linear": 0.38, "XOR": 0.3, "circle": 0.2, "moons": 0.29, "spirals": 0.2, "blobs": 0.37}


def made(name: str, n: int, noise: float = 0.0, seed: int = 0) -> Dataset:
    return CLOUDS[name](n, noise, np.random.default_rng(seed))


def of_class(dataset: Dataset, label: int) -> FloatArray:
    points: FloatArray = dataset.points[dataset.labels == label]
    return points


def nearest(dataset: Dataset) -> float:
    between = of_class(dataset, 0)[:, np.newaxis] - of_class(dataset, 1)
    return float(np.linalg.norm(between, axis=2).min())


def surrounds(points: FloatArray, place: FloatArray) -> bool:
    """Whether no straight line through the place leaves all points on one side of it."""
    angles = np.sort(np.arctan2(*(points - place).T))
    return bool(np.diff(angles, append=angles[0] + 2.0 * math.pi).max() < math.pi)


# ---- datasets --------------------------------------------------------------------------------------


def test_a_dataset_counts_its_points_and_gives_targets_to_a_network() -> None:
    dataset = Dataset(np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]), np.array([1, 0, 1]))
    assert (dataset.n, dataset.counts) == (3, (1, 2))
    assert dataset.targets.tolist() == [[1.0], [0.0], [1.0]]
    assert dataset.targets.dtype == np.float64


def test_there_may_be_no_point() -> None:
    dataset = Dataset(np.empty((0, 2)), np.empty(0, dtype=np.int64))
    assert (dataset.n, dataset.counts, dataset.targets.shape) == (0, (0, 0), (0, 1))


def test_a_dataset_keeps_its_own_copies_of_its_arrays() -> None:
    points, labels = np.array([[1, 2]]), np.array([True])
    dataset = Dataset(points, labels)
    points[:], labels[:] = 7, False
    assert (dataset.points.tolist(), dataset.labels.tolist()) == ([[1.0, 2.0]], [1])
    assert dataset.points.dtype == np.float64
    assert dataset.labels.dtype == np.int64


def test_datasets_are_values_also_when_copied_or_pickled() -> None:
    for dataset in (XOR_POINTS, copy.deepcopy(XOR_POINTS), pickle.loads(pickle.dumps(XOR_POINTS))):
        assert dataset.points.tolist() == XOR_POINTS.points.tolist()
        assert dataset.labels.tolist() == XOR_POINTS.labels.tolist()
        for numbers in (dataset.points, dataset.labels):
            with pytest.raises(ValueError, match="read-only"):
                numbers[0] = 1
        with pytest.raises(AttributeError):
            dataset.labels = np.zeros(4, dtype=np.int64)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("points", "labels"), [((3, 2), (2,)), ((3, 2), (3, 1)), ((3,), (3,)), ((2, 3), (2,)), ((1, 2, 2), (1,))]
)
def test_wrong_shapes_in_a_dataset_are_named(points: tuple[int, ...], labels: tuple[int, ...]) -> None:
    both = f"got points of shape {points} and labels of shape {labels}"
    with pytest.raises(ValueError, match=re.escape(both)):
        Dataset(np.zeros(points), np.zeros(labels, dtype=np.int64))


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
def test_a_coordinate_that_is_not_finite_is_named(wrong: float) -> None:
    with pytest.raises(ValueError, match=f"every coordinate must be finite, got {wrong}"):
        Dataset(np.array([[0.0, 0.0], [0.0, wrong]]), np.array([0, 1]))


@pytest.mark.parametrize("wrong", [-1, 2, 0.5, math.nan])
def test_a_label_that_is_neither_0_nor_1_is_named(wrong: float) -> None:
    with pytest.raises(ValueError, match=f"every label must be 0 or 1, got {wrong}"):
        Dataset(np.zeros((2, 2)), np.array([0, wrong]))


def test_the_xor_points_are_the_corners_and_the_label_says_whether_their_signs_differ() -> None:
    assert sorted(XOR_POINTS.points.tolist()) == [[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]]
    assert XOR_POINTS.labels.tolist() == (XOR_POINTS.points.prod(axis=1) < 0.0).astype(int).tolist()


# ---- samplers ---------------------------------------------------------------------------------------


def test_the_samplers_are_named() -> None:
    assert TWO == ("linear", "XOR", "circle", "moons", "spirals", "blobs")
    assert clouds_of(3) == ("three blobs", "three arms", "three rings")
    assert all(name == sampler.name for name, sampler in CLOUDS.items())


@given(name=NAMES, n=st.integers(2, 80), noise=st.floats(0.0, 3.0), seed=SEEDS)
def test_every_sampler_makes_n_points_on_the_plane_half_of_them_of_each_class(
    name: str, n: int, noise: float, seed: int
) -> None:
    dataset = made(name, n, noise, seed)
    assert dataset.points.shape == (n, 2)
    assert dataset.counts == (n - n // 2, n // 2)
    assert np.abs(dataset.points).max() <= EDGE


@given(name=NAMES, n=st.integers(2, 80), seed=SEEDS)
def test_without_noise_classes_keep_apart_within_the_reach(name: str, n: int, seed: int) -> None:
    dataset = made(name, n, 0.0, seed)
    assert np.abs(dataset.points).max() <= REACH + 1e-12
    assert nearest(dataset) >= GAPS[name]


@pytest.mark.parametrize("name", TWO)
def test_many_points_fill_the_reach_and_leave_no_more_than_the_gap(name: str) -> None:
    dataset = made(name, 2000)
    assert np.abs(dataset.points).max() > 0.85
    assert np.abs(dataset.points.mean(axis=0)).max() < 0.03
    # Between tips and corners, which few points reach, it takes more points to come near.
    assert nearest(dataset) < GAPS[name] + 0.15


@pytest.mark.parametrize("name", TWO)
def test_only_linear_and_blobs_can_be_told_apart_by_a_straight_line(name: str) -> None:
    dataset = made(name, 400)
    inside = any(surrounds(of_class(dataset, 0), place) for place in of_class(dataset, 1))
    assert inside == (name not in ("linear", "blobs"))


@given(n=st.integers(2, 80), seed=SEEDS)
def test_linear_is_told_apart_by_the_sum_of_the_coordinates(n: int, seed: int) -> None:
    dataset = made("linear", n, 0.0, seed)
    signed = dataset.points.sum(axis=1) * np.where(dataset.labels == 1, 1.0, -1.0)
    assert signed.min() >= 0.27 - 1e-12


@given(n=st.integers(8, 80), seed=SEEDS)
def test_xor_is_the_sign_of_the_product_with_a_margin_and_fills_all_quadrants(n: int, seed: int) -> None:
    dataset = made("XOR", n, 0.0, seed)
    assert dataset.labels.tolist() == (dataset.points.prod(axis=1) < 0.0).astype(int).tolist()
    assert np.abs(dataset.points).min() >= 0.15
    _, sizes = np.unique(np.sign(dataset.points), axis=0, return_counts=True)
    assert len(sizes) == 4
    assert np.ptp(sizes) <= 1


@given(n=st.integers(2, 80), seed=SEEDS)
def test_circle_is_a_disc_in_a_ring(n: int, seed: int) -> None:
    dataset = made("circle", n, 0.0, seed)
    ring, disc = (np.linalg.norm(of_class(dataset, label), axis=1) for label in (0, 1))
    assert disc.max() <= 0.4
    assert ring.min() >= 0.6 - 1e-12


def test_circle_is_uniform_in_area() -> None:
    radii = np.linalg.norm(of_class(made("circle", 20_000), 1), axis=1)
    # Half of a disc's area lies within 1 / sqrt(2) of its radius.
    assert np.mean(radii < 0.4 / math.sqrt(2.0)) == pytest.approx(0.5, abs=0.02)


@given(n=st.integers(2, 80), seed=SEEDS)
def test_moons_are_half_circles_and_each_others_mirror_image(n: int, seed: int) -> None:
    dataset = made("moons", n, 0.0, seed)
    upper, lower = of_class(dataset, 0), of_class(dataset, 1)
    for half in (upper, -lower):
        offsets = half - (-0.3, -0.15)
        assert np.linalg.norm(offsets, axis=1) == pytest.approx(0.6)
        assert offsets[:, 1].min() >= -1e-12


@given(n=st.integers(2, 80), seed=SEEDS)
def test_spirals_turn_as_their_radius_grows(n: int, seed: int) -> None:
    dataset = made("spirals", n, 0.0, seed)
    arms = np.where(dataset.labels[:, np.newaxis] == 0, dataset.points, -dataset.points)
    radii = np.linalg.norm(arms, axis=1)
    angles = 3.0 * math.pi * (radii - 0.12) / 0.78
    assert arms == pytest.approx(np.stack((radii * np.cos(angles), radii * np.sin(angles)), axis=1))


def test_an_arm_of_the_spirals_is_about_equally_dense_everywhere() -> None:
    radii = np.linalg.norm(of_class(made("spirals", 20_000), 0), axis=1)
    middle = np.linspace(0.12, 0.9, 2001)
    speeds = np.hypot(0.78, middle * 3.0 * math.pi)
    half_way = middle[np.searchsorted(np.cumsum(speeds) / speeds.sum(), 0.5)]
    assert np.mean(radii < half_way) == pytest.approx(0.5, abs=0.06)


@given(n=st.integers(2, 80), seed=SEEDS)
def test_blobs_end_at_three_spreads(n: int, seed: int) -> None:
    dataset = made("blobs", n, 0.0, seed)
    for label, centre in ((0, (-0.45, 0.45)), (1, (0.45, -0.45))):
        assert np.linalg.norm(of_class(dataset, label) - centre, axis=1).max() <= 0.45 + 1e-12


def test_blobs_have_their_spread() -> None:
    dataset = made("blobs", 20_000)
    assert of_class(dataset, 0).std(axis=0) == pytest.approx([0.15, 0.15], rel=0.03)


@given(name=NAMES, noise=st.floats(0.0, 1.0), seed=SEEDS)
def test_a_sampler_is_determined_by_its_generator(name: str, noise: float, seed: int) -> None:
    once, again = made(name, 20, noise, seed), made(name, 20, noise, seed)
    assert once.points.tolist() == again.points.tolist()
    assert once.labels.tolist() == again.labels.tolist()
    assert made(name, 20, noise, seed + 1).points.tolist() != once.points.tolist()


@pytest.mark.parametrize("name", TWO)
def test_noise_is_gaussian_with_its_standard_deviation(name: str) -> None:
    shifts = made(name, 10_000, 0.05).points - made(name, 10_000).points
    assert shifts.mean(axis=0) == pytest.approx([0.0, 0.0], abs=0.002)
    assert shifts.std(axis=0) == pytest.approx([0.05, 0.05], rel=0.03)
    assert np.mean(np.abs(shifts) < 0.05) == pytest.approx(0.683, abs=0.015)


@given(name=NAMES, noise=st.floats(0.0, 0.5), seed=SEEDS)
def test_more_noise_moves_each_point_farther_the_same_way(name: str, noise: float, seed: int) -> None:
    clean, once, twice = (made(name, 20, factor * noise, seed).points for factor in (0.0, 1.0, 2.0))
    free = np.abs(twice) < EDGE
    assert (twice - clean)[free] == pytest.approx(2.0 * (once - clean)[free], abs=1e-12)


@pytest.mark.parametrize("name", TWO)
def test_any_noise_stops_at_the_edge(name: str) -> None:
    assert np.abs(made(name, 50, 1e308).points) == pytest.approx(EDGE)
    assert nearest(made(name, 400, 0.5)) < 0.1


@pytest.mark.parametrize("name", TWO)
def test_too_few_points_and_impossible_noise_are_named(name: str) -> None:
    for n in (1, 0, -3):
        with pytest.raises(ValueError, match=f"at least 2 points, one of each class, got n={n}"):
            made(name, n)
    for noise in (-0.1, math.nan, math.inf):
        with pytest.raises(ValueError, match=f"noise must be at least 0 and finite, got noise={noise}"):
            made(name, 10, noise)


# ---- splits ----------------------------------------------------------------------------------------


@given(zeros=st.integers(0, 30), ones=st.integers(0, 30), share=st.floats(0.0, 0.999), seed=SEEDS)
def test_a_split_holds_out_the_share_of_each_class_but_leaves_one(
    zeros: int, ones: int, share: float, seed: int
) -> None:
    generator = np.random.default_rng(seed)
    labels = generator.permutation(np.repeat([0, 1], (zeros, ones)))
    training, held_out = split(Dataset(generator.normal(size=(zeros + ones, 2)), labels), share, generator)
    for size, staying, leaving in zip((zeros, ones), training.counts, held_out.counts, strict=True):
        assert staying + leaving == size
        assert staying >= min(size, 1)
        assert abs(leaving - share * size) <= 0.5 or staying == 1


@given(n=st.integers(2, 40), share=st.floats(0.0, 0.999), seed=SEEDS)
def test_a_split_loses_no_point_and_keeps_labels_and_order(n: int, share: float, seed: int) -> None:
    generator = np.random.default_rng(seed)
    numbered = Dataset(np.arange(2.0 * n).reshape(n, 2), generator.integers(0, 2, n))
    parts = split(numbered, share, generator)
    rows = [(part.points[:, 0] / 2.0).astype(int).tolist() for part in parts]
    assert sorted(rows[0] + rows[1]) == list(range(n))
    for part, own in zip(parts, rows, strict=True):
        assert own == sorted(own)
        assert part.labels.tolist() == numbered.labels[own].tolist()


def test_a_split_is_random_and_determined_by_its_generator() -> None:
    dataset = made("moons", 40)

    def held_out(seed: int) -> list[list[float]]:
        points: list[list[float]] = split(dataset, 0.5, np.random.default_rng(seed))[1].points.tolist()
        return points

    assert held_out(0) == held_out(0)
    together = {tuple(point) for seed in range(20) for point in held_out(seed)}
    assert len(together) == 40


@pytest.mark.parametrize("share", [-0.1, 1.0, 1.5, math.nan])
def test_a_share_that_leaves_nothing_is_named(share: float) -> None:
    with pytest.raises(ValueError, match=f"share must be at least 0 and less than 1, got share={share}"):
        split(XOR_POINTS, share, np.random.default_rng(0))
