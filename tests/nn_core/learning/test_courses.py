"""A course is a plain value: the same one gives the same points and the same training."""

from dataclasses import replace
from pickle import dumps, loads

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.learning.courses import HELD_OUT, Cloud, Course, Given, PointSource, growing
from nn_core.learning.losses import BINARY_CROSS_ENTROPY
from nn_core.learning.optimisers import ADAM, GRADIENT_DESCENT
from nn_core.learning.training import Recipe, Training, learn
from nn_core.networks.activations import RELU, TANH
from nn_core.networks.initialisation import HE, INITIALISATIONS, Initialisation, first_network, random_network
from nn_core.networks.network import Network
from nn_core.plane.clouds import CLOUDS, clouds_of
from nn_core.plane.datasets import Dataset

CLOUD = Cloud("moons", 40, 0.1, 3)
RECIPE = Recipe(BINARY_CROSS_ENTROPY, GRADIENT_DESCENT, 0.5)
COURSE = Course(CLOUD, (3,), TANH, RECIPE, 7, 60, 20)
XOR = Given(((-1.0, -1.0, 0), (1.0, -1.0, 1), (-1.0, 1.0, 1), (1.0, 1.0, 0)))

clouds = st.builds(
    Cloud, st.sampled_from(clouds_of(2)), st.integers(2, 60), st.floats(0.0, 0.5), st.integers(0, 2**32 - 1)
)
places = st.floats(-2.0, 2.0)
givens = st.builds(Given, st.lists(st.tuples(places, places, st.integers(0, 1)), max_size=10).map(tuple))


def trained(course: Course) -> Training:
    """The whole training of a course."""
    *_, whole = growing(course)
    return whole


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
    whole = CLOUDS[cloud.name](cloud.n, cloud.noise, np.random.default_rng(cloud.seed))
    dataset, held_out = cloud.make()
    assert sorted(rows(dataset) + rows(held_out)) == sorted(rows(whole))
    assert [rows(each) for each in cloud.make()] == [rows(dataset), rows(held_out)], "as often as it is asked"


@given(cloud=clouds)
def test_a_quarter_of_each_class_is_held_out_and_at_least_one_point_stays(cloud: Cloud) -> None:
    dataset, held_out = cloud.make()
    assert HELD_OUT == 0.25
    for stays, leaves in zip(dataset.counts, held_out.counts, strict=True):
        assert stays >= 1
        assert abs(leaves - 0.25 * (stays + leaves)) <= 0.5


def test_other_seeds_give_other_points_and_hold_out_others() -> None:
    drawn = [CLOUD, *(replace(CLOUD, seed=seed) for seed in (4, 5))]
    for part in (0, 1):
        assert len({repr(rows(cloud.make()[part])) for cloud in drawn}) == 3


def test_the_order_in_which_clouds_are_asked_does_not_matter() -> None:
    first = rows(CLOUD.make()[0])
    replace(CLOUD, name="blobs").make()
    np.random.default_rng(3).normal(size=9)
    assert rows(CLOUD.make()[0]) == first


@given(given_=givens)
def test_given_points_are_all_trained_on_in_their_order(given_: Given) -> None:
    dataset, held_out = given_.make()
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
        Given(points).make()


def test_points_are_drawn_once_for_all_equal_sources() -> None:
    for source in (CLOUD, XOR):
        assert source.datasets() is loads(dumps(source)).datasets()
        assert [rows(each) for each in source.datasets()] == [rows(each) for each in source.make()]
    assert CLOUD.datasets() is not replace(CLOUD, noise=0.2).datasets()


# ---- training -------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", [CLOUD, XOR])
@pytest.mark.parametrize("hidden", [(), (1,), (3,), (4, 2)])
def test_a_training_starts_from_the_random_network_of_its_seed(
    hidden: tuple[int, ...], source: PointSource
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
    dataset, _ = cloud.make()
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
    cloud = Cloud("blobs", 40, 0.0, 1)
    blobs = Course(cloud, (), TANH, replace(RECIPE, learning_rate=1.0), 1, 200, 200)
    for dataset in cloud.datasets():
        logits = trained(blobs).networks[-1](dataset.points)[:, 0]
        assert (logits > 0).tolist() == (dataset.labels == 1).tolist()


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
    assert (two.iterations, [*map(numbers, two.networks)]) != (one.iterations, [*map(numbers, one.networks)])


def test_equal_courses_have_equal_trainings() -> None:
    again = trained(loads(dumps(COURSE)))
    assert [*map(numbers, again.networks)] == [*map(numbers, trained(COURSE).networks)]
    assert again.losses.tolist() == trained(COURSE).losses.tolist()


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


@pytest.mark.parametrize("value", [CLOUD, XOR, COURSE])
def test_a_course_and_its_points_are_values(value: Cloud | Given | Course) -> None:
    assert loads(dumps(value)) == value
    assert hash(loads(dumps(value))) == hash(value)
