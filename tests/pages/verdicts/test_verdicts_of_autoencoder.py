"""The tasks of the autoencoders are ticked where their words, worked out from the weights, say so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pages.scenes.autoencoder import models, straight
from tests.pages.verdicts.searching import both, clearly, contradictions, deeds, states

pytestmark = pytest.mark.xdist_group("pages/autoencoder.py")
PAGE = "pages/autoencoder.py"
BENT = models.learnt().bent


def codes_of(network: Any, digits: Any) -> Any:
    """Codes in units of their spread on what was learnt, about their mean."""
    learnt = network(models.learnt_from())
    return (network(digits) - learnt.mean(axis=0)) / learnt.std(axis=0)


KINDS = {"bent": BENT, "linear": models.straight()}
CODES = {name: codes_of(each.encoder, models.kept_back()) for name, each in KINDS.items()}
LOSSES = {
    name: ((each(models.kept_back()) - models.kept_back()) ** 2).mean(axis=1) for name, each in KINDS.items()
}


def drawn(kind: str, *code: float) -> Any:
    """What is drawn of a code in those units."""
    learnt = KINDS[kind].encoder(models.learnt_from())
    return KINDS[kind].decoder((np.array(code) * learnt.std(axis=0) + learnt.mean(axis=0))[np.newaxis])[0]


def two_numbers(kind: str, c1: float, c2: float, digit: float) -> list[bool | None]:
    """Whether the point is on the ring, nobody is near, bending does not help, and the picture is new."""
    away = np.hypot(*(CODES[kind] - (c1, c2)).T)
    one = int(digit) - 1
    lonely, new = (clearly(least, float(away.min()), 1e-9) for least in (1.0, 0.2))
    unlike = ((models.learnt_from() - drawn(kind, c1, c2)) ** 2).mean(axis=1).min()
    return [
        clearly(float(away[one]), 0.1, 1e-9),
        lonely,
        LOSSES["linear"][one] < LOSSES["bent"][one],
        both(new, clearly(0.01, float(unlike), 1e-9)),
    ]


def test_the_tasks_of_two_numbers_say_what_distances_and_squares_say(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE)["two_numbers"])
    near = {f"c{axis + 1}": round(float(CODES["bent"][16, axis]) * 20) / 20 for axis in (0, 1)}
    solved = [near | {"digit": 17.0}, {"c1": 3.0, "c2": -3.0}, {"digit": 9.0}]
    assert not contradictions(judge, two_numbers, states(inputs, solved, 120))


def test_the_tasks_of_the_linear_one_say_what_singular_values_say(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE, scene="linear")["straight"])
    x = models.learnt_from()
    spread = np.linalg.eigvalsh(np.cov(x.T, bias=True))[::-1]
    losses = straight.trained(straight.course(1)).losses

    def linear(iteration: float, digit: float) -> list[bool]:
        loss = losses[int(iteration) // 10]
        return [loss < 1.001 * spread[2:].sum() / 64, abs(loss * 64 / spread[1:].sum() - 1) < 0.03]

    solved = [{"iteration": 1500.0}, {"iteration": 90.0}]
    assert not contradictions(judge, linear, states(inputs, solved, 60))


def price(beta: float, c1: float, c2: float, digit: float, sample: float) -> list[bool]:
    """Whether it is cheap and good, whether it says nothing, and whether far out the mean is drawn."""
    paid = [models.measured(models.learnt().variational[int(4 * each)]) for each in (beta, 0.0)]
    drawn = models.learnt().variational[int(4 * beta)].decoder(np.array([[c1, c2]]))[0]
    off = float(((drawn - models.learnt_from().mean(axis=0)) ** 2).mean())
    return [
        paid[0].nats < 3 and paid[0].error <= 1.1 * paid[1].error,
        paid[0].nats < 0.05,
        c1**2 + c2**2 > 4 and off < 0.001,
    ]


def test_the_tasks_of_the_price_say_what_the_divergence_says(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE, scene="variational")["price"])
    solved = [{"beta": 0.5}, {"beta": 3.5, "c1": 2.5}, {"beta": 3.0}]
    assert not contradictions(judge, price, states(inputs, solved, 90))
