"""A training that was finished is known to all who ask for an equal course, until others are known."""

from collections.abc import Iterator
from dataclasses import replace
from pickle import dumps, loads

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.learning.courses import Cloud, Course, Given
from nn_core.learning.losses import BINARY_CROSS_ENTROPY
from nn_core.learning.optimisers import GRADIENT_DESCENT
from nn_core.learning.training import Recipe, Training
from nn_core.networks.activations import TANH
from nn_core.plane.clouds import clouds_of
from pages.shared import trainings
from pages.shared.trainings import accuracies, growing, shortened, trained

CLOUD = Cloud("moons", 40, 0.1, 3)
RECIPE = Recipe(BINARY_CROSS_ENTROPY, GRADIENT_DESCENT, 0.5)
COURSE = Course(CLOUD, (3,), TANH, RECIPE, 7, 60, 20)
XOR = Given(((-1.0, -1.0, 0), (1.0, -1.0, 1), (-1.0, 1.0, 1), (1.0, 1.0, 0)))

clouds = st.builds(
    Cloud, st.sampled_from(clouds_of(2)), st.integers(2, 60), st.floats(0.0, 0.5), st.integers(0, 2**32 - 1)
)


def test_equal_courses_are_trained_once() -> None:
    again = loads(dumps(COURSE))
    assert again is not COURSE
    assert again == COURSE
    assert trained(again) is trained(COURSE)


def test_a_training_goes_on_where_it_was_left_and_is_known_in_the_end() -> None:
    course = replace(COURSE, iterations=400, seed=31)
    going_on = growing(course)
    first = next(going_on)
    assert 0 < first.iterations[-1] < 400
    *_, whole = going_on
    assert trained(course) is whole
    assert [*growing(course)] == [whole]


def test_those_who_wait_for_one_training_share_its_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """A class opens one link: each bit is done once, whoever comes when, and all have the same in the end."""
    course = replace(COURSE, iterations=400, seed=33)
    begun: list[Course] = []
    whole = trainings.courses.growing

    def counted(asked: Course) -> Iterator[Training]:
        begun.append(asked)
        return whole(asked)

    monkeypatch.setattr(trainings.courses, "growing", counted)
    first, second = growing(course), growing(course)
    steps = [next(first), next(second), next(second), next(first), next(second)]
    assert steps[0] is steps[1]
    assert steps[2] is steps[3]
    lengths = [each.iterations[-1] for each in (steps[0], steps[2], steps[4])]
    assert lengths == sorted({*lengths})
    late = growing(course)
    assert next(late) is steps[4], "who comes late begins where the others are"
    assert [*first][-1] is [*second][-1] is [*late][-1] is trained(course)
    assert begun == [course]


def test_a_training_that_nobody_waits_for_any_more_is_begun_anew() -> None:
    course = replace(COURSE, iterations=400, seed=34)
    going_on = growing(course)
    next(going_on)
    assert course in trainings._under_way
    del going_on
    assert course not in trainings._under_way
    assert trained(course).iterations[-1] == 400


def test_a_training_that_was_stopped_is_that_of_a_shorter_course() -> None:
    course = replace(COURSE, iterations=400, seed=32)
    part = next(growing(course))
    shorter = shortened(course, part)
    assert shorter == replace(course, iterations=part.iterations[-1])
    assert trained(shorter) is part
    assert trained(course).iterations[-1] == 400


def test_only_the_latest_trainings_are_known_and_those_that_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainings, "MOST_KNOWN", 3)
    some = [replace(COURSE, iterations=1, seed=seed) for seed in range(100, 104)]
    found = [trained(course) for course in some]
    assert all(trained(course) is before for course, before in zip(some, found, strict=True))
    networks = found.pop(0).networks
    assert trained(some[0]).networks is not networks


@settings(max_examples=10)
@given(cloud=clouds)
def test_accuracies_count_who_is_on_their_side_in_every_kept_network(cloud: Cloud) -> None:
    course = Course(cloud, (2,), TANH, RECIPE, 1, 6, 3)
    for dataset in cloud.datasets():
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
    training, held_out = (accuracies(course, dataset) for dataset in XOR.datasets())
    assert training.shape == held_out.shape == (4,)
    assert not np.isnan(training).any()
    assert np.isnan(held_out).all()


def test_accuracies_of_equal_courses_are_counted_once() -> None:
    dataset, _ = CLOUD.datasets()
    assert accuracies(loads(dumps(COURSE)), dataset) is accuracies(COURSE, dataset)
