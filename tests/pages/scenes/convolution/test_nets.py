"""The two networks of the digits: what they were trained to, and what moving the digits does to them."""

from __future__ import annotations

import numpy as np
import pytest

from pages.scenes.convolution.nets import (
    FILE,
    MOST,
    RING,
    ROUND,
    Anew,
    dense_shares,
    known,
    looking,
    placed,
    shipped,
    starts,
    window_shares,
    with_ring,
)
from pages.shared.digits.pictures import held_out

LARGEST_FILE = 20_000


def share(ring: int, down: int, right: int) -> float:
    """The share of right answers, each digit put into the field where it is to lie."""
    digits, chain = held_out(), with_ring(shipped().window, ring)
    x = placed(digits.pictures, down, right)
    answers = [chain(x[start : start + 64]).argmax(axis=1) for start in range(0, len(x), 64)]
    return float(np.mean(np.concatenate(answers) == digits.labels))


def test_they_have_as_many_parameters_as_the_page_says_in_a_small_file() -> None:
    assert [chain.parameters.size for chain in shipped()] == [586, 4282]
    assert FILE.stat().st_size <= LARGEST_FILE
    assert all((a.parameters != b.parameters).any() for a, b in zip(starts(), shipped(), strict=True))


def test_the_shipped_weights_know_centred_digits_and_only_windows_know_them_everywhere() -> None:
    windows, whole = window_shares(RING), dense_shares()
    assert (windows == windows[MOST, MOST]).all()
    assert windows[MOST, MOST] == pytest.approx(434 / 449)
    assert whole[MOST, MOST] == pytest.approx(431 / 449)
    beside = whole[[MOST - 1, MOST + 1, MOST, MOST], [MOST, MOST, MOST - 1, MOST + 1]]
    assert (beside < 0.5).all()
    assert (np.delete(whole.ravel(), np.flatnonzero(whole.ravel() > 0.3)) < 0.27).all()


@pytest.mark.parametrize(("ring", "down", "right"), [(RING, 4, -4), (0, -4, 4), (0, 2, -3)])
def test_the_field_moved_under_the_digit_is_the_digit_moved_in_the_field(
    ring: int, down: int, right: int
) -> None:
    assert share(ring, down, right) == window_shares(ring)[MOST + down, MOST + right]


def test_without_zeros_around_it_the_windows_answers_change_near_the_edge() -> None:
    bare = window_shares(0)
    assert bare[MOST, MOST] == window_shares(RING)[MOST, MOST]
    assert bare[0, 2 * MOST] < 0.5


def test_a_short_training_from_another_seed_can_be_stopped_after_a_round_and_knows_most_digits() -> None:
    course = Anew(4)
    trainings = list(course.growing())
    assert [each.iterations[-1] for each in trainings] == list(range(0, course.iterations + 1, ROUND))
    whole, stopped = trainings[-1], trainings[2]
    assert known(looking(whole.networks[0])) < 0.3
    assert 0.886 <= known(looking(whole.networks[-1])) <= 0.969, "what the page says of 20 seeds"
    (*_, short) = course.shorter(2 * ROUND).growing()
    for once, again in zip(short.networks, stopped.networks, strict=True):
        assert all(
            np.array_equal(a.weights, b.weights) for a, b in zip(once.layers, again.layers, strict=True)
        )
    assert np.array_equal(looking(whole.networks[0]).parameters, starts(4).window.parameters)


def test_the_shipped_network_knows_as_many_bare_digits_as_in_the_field() -> None:
    assert known(shipped().window) == window_shares(RING)[MOST, MOST]
