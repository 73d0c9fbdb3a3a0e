"""The tasks of attention are ticked where a few formulas, written out, say so."""

from itertools import permutations
from typing import Any

import numpy as np
import pytest

from tests.pages.verdicts.searching import contradictions, deeds, states

pytestmark = pytest.mark.xdist_group("pages/attention.py")
PAGE = "pages/attention.py"


def look_up(across: float, up: float, sharpness: float, **tables: Any) -> list[bool]:
    """Whether one weight is nearly all, all are alike though beta is 1, or two share."""
    scores = [across * x + up * y for x, y in tables["keys"]]
    shares = [1.0 / sum(np.exp(min(sharpness * (one - each), 700.0)) for one in scores) for each in scores]
    *_, second, best = sorted(shares)
    return [
        best >= 0.99,
        best - min(shares) <= 0.005 and sharpness >= 1.0,
        best + second >= 0.95 and best - second <= 0.005,
    ]


def test_the_tasks_of_the_look_up_say_what_the_formula_says(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE)["look_up"])
    tables = {name: each for name, each in inputs.items() if each.steps is None}
    knobs = {name: each for name, each in inputs.items() if name not in tables}
    first = {name: each.value for name, each in tables.items()}
    twins = first | {"keys": (first["keys"][0], *first["keys"][:1], *first["keys"][2:])}
    solved = [{"sharpness": 20.0, "across": 1.2}, {"across": 0.0, "up": 0.0, "sharpness": 3.0}]
    tried = [state | fixed for fixed in (first, twins) for state in states(knobs, solved, 60)]
    assert not contradictions(judge, look_up, tried)


def order(order: float, positions: float) -> list[bool | None]:
    """Whether dog and cat have changed places and positions are off, or on; how far is left to the head."""
    turned = [*permutations(range(5))][int(order) - 1] == (0, 4, 2, 3, 1)
    return [turned and positions == 0.0, None if turned and positions > 0.0 else False]


def test_the_tasks_of_the_order_say_which_words_have_changed_places(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE, scene="order")["order"])
    assert not contradictions(
        judge, order, states(inputs, [{"order": 22.0}, {"order": 22.0, "positions": 1.0}], 80)
    )
