"""In a challenge no heights beat those that are called the best."""

import pickle
import random
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_core.arrays import FloatArray
from nn_core.building.challenge import (
    HIGHEST,
    MEASURES,
    STEEPNESS,
    Challenge,
    Measure,
    best_heights,
    error,
    least_error,
)
from nn_core.grids import column, line
from nn_core.networks.activations import SIGMOID, sigmoid_inverse
from nn_core.networks.network import Network, with_output
from nn_core.targets.curves import NIELSENS_GOAL, ONE_WAVE, SMOOTH_BUMP, Target, squeezed
from tests.tables import every

GOAL, WAVE, HILL = (squeezed(target, 0.1, 0.9) for target in (NIELSENS_GOAL, ONE_WAVE, SMOOTH_BUMP))
MOVED = Target("wave on [-3, 5]", "x", lambda x: WAVE((x + 3.0) / 8.0), (-3.0, 5.0))
TARGETS, COUNTS = (GOAL, WAVE, HILL), (2, 5, 8)
# Each target has every number of pieces somewhere, in every run elsewhere.
SHIFT = random.randrange(3)
CHALLENGES = [
    Challenge(target, COUNTS[(kind + TARGETS.index(target) + SHIFT) % 3], shared, squashed)
    for target in TARGETS
    for kind, (shared, squashed) in enumerate(product((False, True), (False, True)))
]
each_measure = pytest.mark.parametrize("measure", MEASURES)
each_challenge_and_measure = every("challenge, measure", [*product(CHALLENGES, MEASURES)])
HEIGHTS = st.lists(st.floats(-4.0, 4.0), min_size=5, max_size=5)
# The search behind a sigmoid ends when a round gains less than a share of 1e-7.
NOTHING = 1e-6


def outputs(network: Network, *x: float) -> list[float]:
    return [float(value) for value in network(column(np.array(x)))[:, 0]]


# ---- the network ------------------------------------------------------------------------------------


@every("challenge", [*CHALLENGES, Challenge(MOVED, 5)])
def test_each_piece_has_its_height_before_the_output(challenge: Challenge) -> None:
    left, right = challenge.target.domain
    heights = np.linspace(-1.0, 2.0, challenge.count)
    network = challenge.network(heights)
    middles = left + (right - left) * (np.arange(challenge.count) + 0.5) / challenge.count
    expected: FloatArray = SIGMOID(heights) if challenge.squashed else heights
    assert outputs(network, *middles) == pytest.approx(expected.tolist(), abs=1e-4)
    units = network.layers[0].biases.size
    assert units == (challenge.count - 1 if challenge.shared else 2 * challenge.count)
    assert (network.layers[0].weights == STEEPNESS / (right - left)).all()


@given(heights=HEIGHTS)
def test_with_pairs_the_ends_are_half_as_high_and_with_shared_edges_not(heights: list[float]) -> None:
    for target in (GOAL, MOVED):
        pairs, shared = (Challenge(target, 5, shared=shared).network(heights) for shared in (False, True))
        first, last = heights[0], heights[-1]
        assert outputs(pairs, *target.domain) == pytest.approx([first / 2, last / 2], abs=1e-9)
        assert outputs(shared, *target.domain) == pytest.approx([first, last], abs=1e-9)


@given(heights=HEIGHTS)
def test_half_the_height_is_that_of_the_sum_before_it_is_squashed(heights: list[float]) -> None:
    network = Challenge(GOAL, 5, squashed=True).network(heights)
    first, last = outputs(network, 0.0, 1.0)
    expected = SIGMOID(np.array([heights[0] / 2, heights[-1] / 2]))
    assert [first, last] == pytest.approx(expected.tolist(), abs=1e-9)


@given(heights=HEIGHTS, shared=st.booleans())
def test_squashing_is_the_sigmoid_of_the_sum(heights: list[float], shared: bool) -> None:
    plain = Challenge(GOAL, 5, shared).network(heights)
    squashed = Challenge(GOAL, 5, shared, squashed=True).network(heights)
    x = column(line((-0.5, 1.5), 101))
    assert squashed(x).tolist() == SIGMOID(plain(x)).tolist() == with_output(plain, SIGMOID)(x).tolist()


# ---- the errors -------------------------------------------------------------------------------------


@given(heights=HEIGHTS, shared=st.booleans(), squashed=st.booleans())
def test_heights_are_judged_at_the_output_on_401_points(
    heights: list[float], shared: bool, squashed: bool
) -> None:
    challenge = Challenge(MOVED, 5, shared, squashed)
    x = np.linspace(-3.0, 5.0, 401)
    distances = np.abs(challenge.network(heights)(x[:, np.newaxis])[:, 0] - MOVED(x))
    assert challenge.error(heights, "mean error") == pytest.approx(distances.mean())
    assert challenge.error(heights, "largest error") == distances.max()
    compared = challenge.compare(challenge.network(heights))
    assert [error(compared, measure) for measure in MEASURES] == [
        challenge.error(heights, measure) for measure in MEASURES
    ]


@each_challenge_and_measure
def test_the_least_error_is_that_of_the_best_heights(challenge: Challenge, measure: Measure) -> None:
    heights = best_heights(challenge, measure)
    assert len(heights) == challenge.count
    assert least_error(challenge, measure) == challenge.error(heights, measure)


@each_challenge_and_measure
def test_neither_random_heights_nor_small_changes_beat_the_best(
    challenge: Challenge, measure: Measure
) -> None:
    random, best = np.random.default_rng(0), np.array(best_heights(challenge, measure))
    least = least_error(challenge, measure)
    low, high = (-4.0, 4.0) if challenge.squashed else (-0.2, 1.2)
    others = [random.uniform(low, high, challenge.count) for _ in range(20)]
    for size in (1.0, 0.1, 0.01, 1e-4):
        others += [best + size * random.standard_normal(challenge.count) for _ in range(4)]
        others += [best + size * sign * row for row in np.eye(challenge.count) for sign in (-1, 1)]
    if challenge.squashed:
        others = [np.clip(heights, -HIGHEST, HIGHEST) for heights in others]
    assert least <= min(challenge.error(heights, measure) for heights in others) * (1 + NOTHING)


@every("challenge, measure", product([c for c in CHALLENGES if c.squashed], MEASURES))
def test_behind_a_sigmoid_no_best_height_is_out_of_reach(challenge: Challenge, measure: Measure) -> None:
    assert np.abs(best_heights(challenge, measure)).max() <= HIGHEST


@each_challenge_and_measure
def test_the_targets_own_values_are_not_better_heights(challenge: Challenge, measure: Measure) -> None:
    left, right = challenge.target.domain
    values = challenge.target(left + (right - left) * (np.arange(challenge.count) + 0.5) / challenge.count)
    heights: FloatArray = sigmoid_inverse(values) if challenge.squashed else values
    assert least_error(challenge, measure) <= challenge.error(heights, measure) * (1 + NOTHING)


@every("challenge", CHALLENGES)
def test_the_best_for_one_measure_is_no_better_in_the_other(challenge: Challenge) -> None:
    mean, largest = MEASURES
    for_mean, for_largest = (best_heights(challenge, measure) for measure in MEASURES)
    assert least_error(challenge, mean) <= challenge.error(for_largest, mean) * (1 + NOTHING)
    assert least_error(challenge, largest) <= challenge.error(for_mean, largest) * (1 + NOTHING)


@each_measure
@pytest.mark.parametrize("shared", [False, True])
@given(one=HEIGHTS, other=HEIGHTS, share=st.floats(0.0, 1.0))
def test_without_squashing_the_error_is_convex_so_the_best_is_best_of_all(
    measure: Measure, shared: bool, one: list[float], other: list[float], share: float
) -> None:
    challenge = Challenge(GOAL, 5, shared)
    between = (1 - share) * np.array(one) + share * np.array(other)
    ends = challenge.error(one, measure), challenge.error(other, measure)
    assert challenge.error(between, measure) <= (1 - share) * ends[0] + share * ends[1] + 1e-12


@every("challenge", [Challenge(target, 8, shared=True) for target in TARGETS])
def test_fewer_shared_pieces_are_no_better(challenge: Challenge) -> None:
    # Of 4 pieces each edge is one of 8 as well: their heights, each twice, are heights of 8 pieces.
    fewer = Challenge(challenge.target, 4, shared=True)
    for measure in MEASURES:
        assert least_error(challenge, measure) <= least_error(fewer, measure) * (1 + NOTHING)


def test_half_height_at_the_ends_costs_pairs_a_large_error() -> None:
    # At an end a pair has half the height h, one step further inside nearly all of it.
    pairs, shared = (Challenge(GOAL, 8, shared=shared) for shared in (False, True))
    assert least_error(pairs, "largest error") > 1.3 * least_error(shared, "largest error")


@every("challenge", CHALLENGES)
def test_a_challenge_is_a_value(challenge: Challenge) -> None:
    copy = pickle.loads(pickle.dumps(challenge))
    assert copy == challenge
    assert hash(copy) == hash(challenge)
    assert best_heights(copy, "mean error") is best_heights(challenge, "mean error")


@each_measure
@pytest.mark.parametrize("squashed", [False, True])
def test_a_shape_has_the_same_least_error_wherever_it_stands(measure: Measure, squashed: bool) -> None:
    here, there = (Challenge(target, 5, squashed=squashed) for target in (WAVE, MOVED))
    assert least_error(there, measure) == pytest.approx(least_error(here, measure), rel=1e-5)
