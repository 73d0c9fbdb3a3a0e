"""A course is a plain value: the same one gives the same points and the same training."""

from dataclasses import replace
from pickle import dumps, loads

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.learning import courses
from nn_core.learning.courses import (
    HELD_OUT,
    Cloud,
    Course,
    Given,
    accuracies,
    growing,
    points_of,
    shortened,
    trained,
)
from nn_core.learning.losses import BINARY_CROSS_ENTROPY
from nn_core.learning.optimisers import ADAM, GRADIENT_DESCENT
from nn_core.learning.training import Recipe, learn
from nn_core.networks.activations import RELU, TANH
from nn_core.networks.initialisation import HE, INITIALISATIONS, Initialisation, first_network, random_network
from nn_core.networks.network import Network
from nn_core.plane.datasets import DATASETS, Dataset

CLOUD = Cloud("moons", 40, 0.1, 3)
RECIPE = Recipe(BINARY_CROSS_ENTROPY, GRADIENT_DESCENT, 0.5)
COURSE = Course(CLOUD, (3,), TANH, RECIPE, 7, 60, 20)
XOR = Given(((-1.0, -1.0, 0), (1.0, -1.0, 1), (-1.0, 1.0, 1), (1.0, 1.0, 0)))

clouds = st.builds(
    Cloud, st.sampled_from([*DATASETS]), st.integers(2, 60), st.floats(0.0, 0.5), st.integers(0, 2**32 - 1)
)
places = st.floats(-2.0, 2.0)
givens = st.builds(Given, st.lists(st.tuples(places, places, st.integers(0, 1)), max_size=10).map(tuple))


def rows(dataset: Dataset) -> list[tuple[float, float, int]]:
    """The points of a dataset, each with its class."""
    return [
        (x, y, label) for (x, y), label in zip(dataset.points.tolist(), dataset.labels.tolist(), strict=True)
    ]


def numbers(network: Network) -> list[list[float]]:
    return [[*layer.weights.ravel(), *layer.biases] for layer in network.layers]


# ---- where points come from -----------------------------------------------------------------------


@given(cloud=clouds)
def test_a_cloud_is_what_its_seed_says(cloud: Cloud) -> None:
    whole = DATASETS[cloud.name](cloud.n, cloud.noise, np.random.default_rng(cloud.seed))
    dataset, held_out = cloud()
    assert sorted(rows(dataset) + rows(held_out)) == sorted(rows(whole))
    assert [rows(each) for each in cloud()] == [rows(dataset), rows(held_out)], "as often as it is asked"


@given(cloud=clouds)
def test_a_quarter_of_each_class_is_held_out_and_at_least_one_point_stays(cloud: Cloud) -> None:
    dataset, held_out = cloud()
    assert HELD_OUT == 0.25
    for stays, leaves in zip(dataset.counts, held_out.counts, strict=True):
        assert stays >= 1
        assert abs(leaves - 0.25 * (stays + leaves)) <= 0.5


def test_other_seeds_give_other_points_and_hold_out_others() -> None:
    drawn = [CLOUD, *(replace(CLOUD, seed=seed) for seed in (4, 5))]
    for part in (0, 1):
        assert len({repr(rows(cloud()[part])) for cloud in drawn}) == 3


def test_the_order_in_which_clouds_are_asked_does_not_matter() -> None:
    first = rows(CLOUD()[0])
    replace(CLOUD, name="blobs")()
    np.random.default_rng(3).normal(size=9)
    assert rows(CLOUD()[0]) == first


@given(given_=givens)
def test_given_points_are_all_trained_on_in_their_order(given_: Given) -> None:
    dataset, held_out = given_()
    assert rows(dataset) == list(given_.points)
    assert held_out.n == 0
    assert (dataset.points.shape, held_out.points.shape) == ((len(given_.points), 2), (0, 2))


@pytest.mark.parametrize(
    ("points", "message"),
    [
        (((0.0, 0.0, 2),), "every label must be 0 or 1, got 2"),
        (((np.nan, 0.0, 1),), "every coordinate must be finite"),
        (((0.0, np.inf, 1),), "every coordinate must be finite"),
    ],
)
def test_given_points_that_are_none_are_refused(
    points: tuple[tuple[float, float, int], ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Given(points)()


def test_points_are_drawn_once_for_all_equal_sources() -> None:
    for source in (CLOUD, XOR):
        assert points_of(source) is points_of(loads(dumps(source)))
        assert [rows(each) for each in points_of(source)] == [rows(each) for each in source()]
    assert points_of(CLOUD) is not points_of(replace(CLOUD, noise=0.2))


# ---- training -------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", [CLOUD, XOR])
@pytest.mark.parametrize("hidden", [(), (1,), (3,), (4, 2)])
def test_a_training_starts_from_the_random_network_of_its_seed(
    hidden: tuple[int, ...], source: Cloud | Given
) -> None:
    course = replace(COURSE, source=source, hidden=hidden)
    first = random_network((2, *hidden, 1), TANH, np.random.default_rng(7))
    start = trained(course).networks[0]
    assert numbers(start) == numbers(first)
    assert (start.n_in, start.n_out, start.depth) == (2, 1, len(hidden))


def test_the_points_do_not_change_the_start_and_the_seed_does() -> None:
    start = numbers(trained(COURSE).networks[0])
    assert numbers(trained(replace(COURSE, source=XOR)).networks[0]) == start
    assert numbers(trained(replace(COURSE, seed=8)).networks[0]) != start


@settings(max_examples=10)
@given(cloud=clouds, seed=st.integers(0, 99), rate=st.sampled_from([0.03, 1.0]))
def test_a_training_descends_the_cross_entropy_of_the_points_that_are_not_held_out(
    cloud: Cloud, seed: int, rate: float
) -> None:
    recipe = replace(RECIPE, learning_rate=rate)
    course = Course(cloud, (2,), RELU, recipe, seed, 6, 3)
    dataset, _ = cloud()
    first = random_network((2, 2, 1), RELU, np.random.default_rng(seed))
    expected = learn(first, dataset.points, dataset.targets, recipe, iterations=6, keep=3)
    found = trained(course)
    assert found.iterations == expected.iterations == (0, 3, 6)
    assert [numbers(network) for network in found.networks] == [
        numbers(network) for network in expected.networks
    ]
    assert found.losses.tolist() == expected.losses.tolist()
    for network, loss in zip(found.networks, found.losses, strict=True):
        assert loss == BINARY_CROSS_ENTROPY.function(network(dataset.points), dataset.targets)


def test_a_networks_logit_is_positive_for_class_1() -> None:
    blobs = Course(Cloud("blobs", 40, 0.0, 1), (), TANH, replace(RECIPE, learning_rate=1.0), 1, 200, 200)
    for dataset in points_of(blobs.source):
        logits = trained(blobs).networks[-1](dataset.points)[:, 0]
        assert (logits > 0).tolist() == (dataset.labels == 1).tolist()


def test_equal_courses_are_trained_once() -> None:
    again = loads(dumps(COURSE))
    assert again is not COURSE
    assert again == COURSE
    assert trained(again) is trained(COURSE)


@pytest.mark.parametrize(
    "change",
    [
        *({"source": XOR}, {"source": replace(CLOUD, seed=4)}, {"hidden": (4,)}, {"activation": RELU}),
        *({"recipe": replace(RECIPE, learning_rate=0.25)}, {"recipe": replace(RECIPE, optimiser=ADAM)}),
        *({"seed": 8}, {"iterations": 40}, {"keep": 30}, {"initialisation": HE}),
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_course_that_differs_anywhere_is_another_training(change: dict[str, object]) -> None:
    other = replace(COURSE, **change)  # type: ignore[arg-type]
    one, two = trained(COURSE), trained(other)
    assert two is not one
    assert (two.iterations, [*map(numbers, two.networks)]) != (one.iterations, [*map(numbers, one.networks)])


def test_so_many_iterations_are_taken_and_so_few_networks_kept() -> None:
    assert trained(COURSE).iterations == (0, 20, 40, 60)
    assert trained(replace(COURSE, keep=25)).iterations == (0, 25, 50)
    assert trained(replace(COURSE, iterations=0)).iterations == (0,)


def test_without_a_point_there_is_no_training() -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="sample"):
            trained(replace(COURSE, source=Given(())))


@pytest.mark.parametrize("initialisation", INITIALISATIONS.values(), ids=str)
def test_an_initialisation_that_is_asked_for_is_the_one_that_is_used(initialisation: Initialisation) -> None:
    course = replace(COURSE, initialisation=initialisation)
    first = first_network((2, 3, 1), TANH, initialisation, np.random.default_rng(7))
    assert numbers(trained(course).networks[0]) == numbers(course.first()) == numbers(first)


def test_a_training_goes_on_where_it_was_left_and_is_known_in_the_end() -> None:
    course = replace(COURSE, iterations=400, seed=31)
    going_on = growing(course)
    first = next(going_on)
    assert 0 < first.iterations[-1] < 400
    *_, whole = going_on
    assert trained(course) is whole
    assert [*growing(course)] == [whole]


def test_a_training_that_was_stopped_is_that_of_a_shorter_course() -> None:
    course = replace(COURSE, iterations=400, seed=32)
    part = next(growing(course))
    shorter = shortened(course, part)
    assert shorter == replace(course, iterations=part.iterations[-1])
    assert trained(shorter) is part
    assert trained(course).iterations[-1] == 400


def test_only_the_latest_trainings_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courses, "MOST_KNOWN", 3)
    some = [replace(COURSE, iterations=1, seed=seed) for seed in range(100, 104)]
    found = [trained(course) for course in some]
    assert all(trained(course) is before for course, before in zip(some[1:], found[1:], strict=True))
    assert trained(some[0]) is not found[0]


# ---- how many are right ---------------------------------------------------------------------------


@settings(max_examples=10)
@given(cloud=clouds)
def test_accuracies_count_who_is_on_their_side_in_every_kept_network(cloud: Cloud) -> None:
    course = Course(cloud, (2,), TANH, RECIPE, 1, 6, 3)
    for dataset in points_of(cloud):
        shares = accuracies(course, dataset)
        assert shares.shape == (3,)
        for share, network in zip(shares, trained(course).networks, strict=True):
            logits = network(dataset.points)[:, 0].tolist()
            right = sum(
                (logit > 0) == (label == 1) for logit, label in zip(logits, dataset.labels, strict=True)
            )
            assert np.isnan(share) if dataset.n == 0 else share == pytest.approx(right / dataset.n)


def test_where_no_point_is_held_out_there_is_no_accuracy_of_them() -> None:
    course = replace(COURSE, source=XOR)
    training, held_out = (accuracies(course, dataset) for dataset in points_of(XOR))
    assert training.shape == held_out.shape == (4,)
    assert not np.isnan(training).any()
    assert np.isnan(held_out).all()


def test_accuracies_of_equal_courses_are_counted_once() -> None:
    dataset, _ = points_of(CLOUD)
    assert accuracies(loads(dumps(COURSE)), dataset) is accuracies(COURSE, dataset)


@pytest.mark.parametrize("value", [CLOUD, XOR, COURSE])
def test_a_course_and_its_points_are_values(value: Cloud | Given | Course) -> None:
    assert loads(dumps(value)) == value
    assert hash(loads(dumps(value))) == hash(value)
