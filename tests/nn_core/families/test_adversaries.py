"""A generator against a judge: what is proven of the game holds of the networks that play it."""

from __future__ import annotations

from itertools import islice
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_core.families.adversaries.chase import (
    Order,
    eigenvalues,
    factor,
    generator,
    judge,
    one_step,
    path,
    slopes,
)
from nn_core.families.adversaries.duels import Duel, bell, bounded, joined
from nn_core.families.adversaries.judging import (
    Bell,
    best_judge,
    best_network,
    drawn,
    shannon,
    transport,
    value,
)
from nn_core.families.adversaries.rivals import (
    Powers,
    Rivals,
    duel,
    generator_slope,
    judge_slope,
    not_caught,
    quadratic,
    starting,
    taken_for_genuine,
)
from nn_core.families.chains import dense
from tests.nn_core.families.slopes import slopes as central
from tests.nn_core.families.slopes import slopes_agree

few = settings(max_examples=12)
NUMBERS, PENALTIES, SIZES = st.floats(-3, 3), st.floats(0, 2), st.floats(0.01, 0.5)
BELLS = st.builds(Bell, st.floats(-4, 4), st.floats(0.3, 2.5))
ORDERS = pytest.mark.parametrize("order", Order)
SIMULTANEOUS, ALTERNATING = Order


def radii(order: Order, penalty: float, size: float = 0.1, steps: int = 500) -> np.ndarray:
    return np.hypot(*path((1.0, 0.0), steps=steps, size=size, penalty=penalty, order=order).T)


# ---- two numbers that chase each other ------------------------------------------------------------------


@given(theta=NUMBERS, psi=NUMBERS, penalty=PENALTIES)
def test_the_two_numbers_are_drawn_as_the_networks_are_by_the_chain_rule(
    theta: float, psi: float, penalty: float
) -> None:
    makes, judges = dense(generator(theta)), dense(judge(psi))
    noise, genuine = np.ones((1, 1)), np.zeros((1, 1))
    by_theta = generator_slope(makes, judges, noise, not_caught)[1]
    by_psi = judge_slope(judges, genuine, makes(noise))[0]
    found = slopes(np.array(theta), np.array(psi), penalty)
    assert found == pytest.approx((-by_theta, -by_psi - penalty * psi), abs=1e-12)


@few
@given(penalty=PENALTIES)
def test_near_the_balance_the_slopes_have_the_eigenvalues_of_the_paper(penalty: float) -> None:
    h = 1e-6
    columns = [slopes(*np.array(e), penalty) for e in ([h, 0.0], [0.0, h])]
    found = np.sort_complex(np.linalg.eigvals(np.array(columns).T / h))
    assert found == pytest.approx(np.sort_complex(np.array(eigenvalues(penalty))), abs=1e-5)
    assert sum(eigenvalues(penalty)) == pytest.approx(-penalty)
    assert np.prod(eigenvalues(penalty)) == pytest.approx(0.25)


@ORDERS
@few
@given(penalty=PENALTIES, size=SIZES)
def test_one_step_near_the_balance_is_the_matrix_of_that_step(
    order: Order, penalty: float, size: float
) -> None:
    near = 1e-6
    ends = [
        path((near * x, near * y), steps=1, size=size, penalty=penalty, order=order)[1] / near
        for x, y in ((1, 0), (0, 1))
    ]
    found = np.array(ends).T
    assert found == pytest.approx(one_step(size, penalty, order), abs=1e-5)


@few
@given(size=SIZES)
def test_without_a_penalty_simultaneous_steps_run_away_from_everywhere_and_alternating_ones_circle(
    size: float,
) -> None:
    assert (np.diff(radii(SIMULTANEOUS, 0.0, size)) > 0).all()
    assert factor(size, 0.0, SIMULTANEOUS) == pytest.approx(sqrt(1 + size**2 / 4))
    around = radii(ALTERNATING, 0.0, size, steps=2000)
    assert around.min() > 0.6
    assert around.max() < 1.6
    assert factor(size, 0.0, ALTERNATING) == pytest.approx(1.0)


@ORDERS
@given(penalty=PENALTIES, size=SIZES)
def test_steps_come_back_where_the_penalty_outweighs_their_size(
    order: Order, penalty: float, size: float
) -> None:
    if abs(penalty - size / 4) < 0.01 or penalty < 0.01:
        return
    comes_back = order is ALTERNATING or penalty > size / 4
    assert (factor(size, penalty, order) < 1) is comes_back


def test_the_measured_distances_are_those_that_are_told() -> None:
    assert radii(SIMULTANEOUS, 0.0)[[100, 500]] == pytest.approx([1.1125, 1.7558], abs=1e-4)
    assert radii(ALTERNATING, 0.0)[[100, 500]] == pytest.approx([1.0038, 1.0174], abs=1e-4)
    assert radii(SIMULTANEOUS, 0.3)[[100, 500]] == pytest.approx([0.2898, 0.0010], abs=1e-4)


@pytest.mark.parametrize("start", [(0.0, 0.0), (1e6, -1e6), (1e6, 1e6)])
@ORDERS
def test_the_balance_stays_and_the_farthest_start_overflows_nothing(
    order: Order, start: tuple[float, float]
) -> None:
    way = path(start, steps=50, size=0.5, penalty=0.1, order=order)
    assert np.isfinite(way).all()
    assert (start != (0.0, 0.0)) or not way.any()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"penalty": -0.1}, "penalty"), ({"steps": -1}, "steps"), ({"size": 0.0}, "size=0.0")],
)
def test_what_is_no_chase_is_refused(wrong: dict[str, float], says: str) -> None:
    right = {"steps": 3, "size": 0.1, "penalty": 0.0, "order": SIMULTANEOUS}
    with pytest.raises(ValueError, match=says):
        path((1.0, 0.0), **(right | wrong))  # type: ignore[arg-type]


# ---- the best judge -------------------------------------------------------------------------------------


@few
@given(genuine=BELLS, made=BELLS)
def test_the_best_judge_says_p_of_p_plus_q(genuine: Bell, made: Bell) -> None:
    x = np.linspace(-3, 3, 25)
    p, q = genuine.density(x), made.density(x)
    answers = 1 / (1 + np.exp(-best_judge(genuine, made)(x[:, None])[:, 0]))
    told = p + q > 1e-250
    assert answers[told] == pytest.approx((p / np.where(told, p + q, 1.0))[told], abs=1e-9)
    assert best_network(genuine, made)(x[:, None])[:, 0] == pytest.approx(answers, abs=1e-9)


@few
@given(genuine=BELLS, made=BELLS, other=st.lists(st.floats(-0.3, 0.3), min_size=3, max_size=3))
def test_no_judge_gets_more_out_of_the_game_than_the_best_one(
    genuine: Bell, made: Bell, other: list[float]
) -> None:
    best = best_judge(genuine, made)
    moved = best.with_parameters(best.parameters + np.array(other))
    assert value(moved, genuine, made) <= value(best, genuine, made) + 1e-9


@few
@given(genuine=BELLS, made=BELLS)
def test_the_divergence_is_that_of_jensen_and_shannon_and_stays_below_ln_2(genuine: Bell, made: Bell) -> None:
    x = np.linspace(-40, 40, 8001)
    p, q = genuine.density(x), made.density(x)

    def kl(density: np.ndarray) -> float:
        there = density > 1e-300
        ratio = density[there] / ((p + q) / 2)[there]
        return float((density[there] * np.log(ratio)).sum() * (x[1] - x[0]))

    assert shannon(genuine, made) == pytest.approx((kl(p) + kl(q)) / 2, abs=1e-6)
    assert 0 <= shannon(genuine, made) <= log(2)
    assert shannon(genuine, made) == pytest.approx(shannon(made, genuine), abs=1e-6)
    assert shannon(genuine, genuine) == pytest.approx(0, abs=1e-12)


@few
@given(genuine=BELLS, made=BELLS)
def test_the_distance_of_transport_is_what_sorted_samples_are_apart(genuine: Bell, made: Bell) -> None:
    z = np.random.default_rng(0).normal(size=40_000)
    apart = np.abs(np.sort(genuine.mean + genuine.width * z) - np.sort(made.mean + made.width * z)).mean()
    assert transport(genuine, made) == pytest.approx(apart, abs=0.05)
    same = Bell(made.mean, genuine.width)
    assert transport(genuine, same) == pytest.approx(abs(genuine.mean - made.mean))


@few
@given(genuine=BELLS, made=BELLS)
def test_the_game_draws_the_generator_down_twice_the_slope_of_the_divergence(
    genuine: Bell, made: Bell
) -> None:
    h = 1e-4
    ends = [shannon(genuine, Bell(made.mean + side, made.width)) for side in (h, -h)]
    assert drawn(genuine, made, not_caught) == pytest.approx(-2 * (ends[0] - ends[1]) / (2 * h), abs=2e-3)


def test_far_away_the_game_says_nothing_and_the_goal_in_practice_says_more() -> None:
    genuine, far = Bell(0.0, 1.0), Bell(8.0, 1.0)
    assert abs(drawn(genuine, far, not_caught)) < 1e-3
    assert drawn(genuine, far, taken_for_genuine) == pytest.approx(-8, abs=0.01)
    told = [shannon(genuine, Bell(d, 1.0)) for d in (1.0, 2.0, 4.0, 8.0)]
    assert told == pytest.approx([0.111, 0.337, 0.633, 0.693], abs=1e-3)


@pytest.mark.parametrize(("mean", "width"), [(0.0, 0.0), (0.0, -1.0), (np.inf, 1.0), (0.0, np.nan)])
def test_what_is_no_bell_is_refused(mean: float, width: float) -> None:
    with pytest.raises(ValueError, match="mean must be finite and width above 0"):
        Bell(mean, width)


# ---- both learn -----------------------------------------------------------------------------------------


@few
@given(origin=NUMBERS, seed=st.integers(0, 2**31))
def test_the_chain_rule_goes_back_through_the_powers(origin: float, seed: int) -> None:
    x = np.random.default_rng(seed).normal(size=(5, 1))
    slopes_agree(quadratic(origin, (0.4, -0.3), 0.2), x, seed)
    assert Powers(origin).forward(x)[0] == pytest.approx(np.hstack([x - origin, (x - origin) ** 2]))


@few
@given(seed=st.integers(0, 2**31))
def test_judge_and_generator_walk_down_the_slopes_of_their_own_losses(seed: int) -> None:
    random = np.random.default_rng(seed)
    genuine, noise = random.normal(3, 0.7, size=(6, 1)), random.normal(size=(6, 1))
    at = starting(0.5, 1.2, 0.0)
    judges = at.judge.with_parameters(random.normal(size=3))
    made = at.generator(noise)

    def lost(row: np.ndarray) -> float:
        now = judges.with_parameters(row)
        return float(np.logaddexp(0, -now(genuine)).mean() + np.logaddexp(0, now(made)).mean())

    def missed(row: np.ndarray) -> float:
        return float(np.logaddexp(0, -judges(at.generator.with_parameters(row)(noise))).mean())

    assert judge_slope(judges, genuine, made) == pytest.approx(central(lost, judges.parameters), rel=1e-5)
    found = generator_slope(at.generator, judges, noise, taken_for_genuine)
    assert found == pytest.approx(central(missed, at.generator.parameters), rel=1e-5, abs=1e-7)


def test_the_same_seed_is_the_same_duel_and_the_judge_moves_first() -> None:
    def bells(seed: int) -> list[list[float]]:
        steps = duel(starting(0.0, 1.0, 0.0), (3.0, 0.7), rate=0.1, batch=8, seed=seed)
        return [each.generator.parameters.tolist() for each in islice(steps, 4)]

    assert bells(1) == bells(1) != bells(2)
    assert bells(1)[0] == [1.0, 0.0] != bells(1)[1]


def test_a_judge_that_counts_from_the_middle_of_the_data_lets_the_generator_settle() -> None:
    steps = duel(starting(0.0, 1.0, 3.0), (3.0, 0.7), rate=0.2, batch=64, seed=1)
    late = np.array([each.generator.parameters for each in islice(steps, 500, 1000, 10)])
    assert late.mean(axis=0) == pytest.approx([0.7, 3.0], abs=0.05)
    assert (late.std(axis=0) < 0.06).all()


@pytest.mark.parametrize(("rate", "batch"), [(-0.1, 8), (float("nan"), 8), (0.1, 0)])
def test_what_is_no_duel_is_refused_at_once(rate: float, batch: int) -> None:
    with pytest.raises(ValueError, match="rate must be at least 0 and batch at least 1"):
        duel(starting(0.0, 1.0, 0.0), (3.0, 0.7), rate=rate, batch=batch, seed=1)


@few
@given(seed=st.integers(0, 2**31), origin=NUMBERS)
def test_both_joined_are_one_network_of_the_noise(seed: int, origin: float) -> None:
    random = np.random.default_rng(seed)
    at = starting(0.0, 1.0, origin)
    now = Rivals(
        at.generator.with_parameters(random.normal(size=2)), at.judge.with_parameters(random.normal(size=3))
    )
    noise = random.normal(size=(7, 1))
    logits = now.judge(now.generator(noise))
    assert joined(now, origin)(noise) == pytest.approx(1 / (1 + np.exp(-logits)), abs=1e-9)
    width, mean = now.generator.parameters
    assert bell(joined(now, origin)) == (mean, abs(width))


def test_a_duel_grows_bit_by_bit_and_a_shorter_one_is_its_beginning() -> None:
    whole = Duel((3.0, 0.7), 0.0, 0.1, 8, 5, 120, 10)
    *before, last = whole.growing()
    assert [each.iterations[-1] for each in (*before, last)] == [50, 100, 120]
    assert last.iterations == tuple(range(0, 121, 10))
    assert last.losses[0] == pytest.approx(transport(Bell(3.0, 0.7), Bell(0.0, 1.0)))
    *_, half = whole.shorter(50).growing()
    assert [bell(each) for each in half.networks] == [bell(each) for each in before[0].networks]


def test_a_duel_that_diverges_ends_with_what_was_kept_before() -> None:
    *_, last = Duel((3.0, 0.7), 0.0, 300.0, 8, 5, 400, 10).growing()
    assert last.diverged is not None
    assert last.iterations[-1] < last.diverged <= 400
    at = starting(0.0, 1.0, 0.0)
    assert bounded(at)
    assert not bounded(Rivals(at.generator.with_parameters(np.array([1.0, np.nan])), at.judge))
