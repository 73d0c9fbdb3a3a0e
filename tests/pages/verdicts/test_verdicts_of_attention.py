"""The tasks of attention are ticked where a few formulas, written out, say so."""

from itertools import permutations
from typing import Any

import numpy as np
import pytest

from tests.pages.verdicts.searching import State, contradictions, deeds, states

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


def induction(sharpness: float, heads: str) -> list[bool | None]:
    """Of ten different letters, repeated: all are told by two sharp heads, and none by the second alone."""
    sharp = True if sharpness >= 4.0 else False if sharpness <= 1.0 else None
    both = heads == "both"
    return [both and sharp, not both and sharpness >= 6.0]


def test_the_tasks_of_induction_say_what_two_heads_can_tell_and_one_cannot(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE, scene="induction")["induction"])
    solved: list[State] = [{"sharpness": 8.0}, {"sharpness": 12.0, "heads": "the second alone"}]
    assert not contradictions(judge, induction, states(inputs, solved, 60))


@pytest.mark.parametrize(("seed", "sides"), [("1", [True, False]), ("2", [True, True])])
def test_the_tasks_of_recall_tell_a_head_that_looks_at_the_match_from_one_that_looks_at_all_others(
    seed: str, sides: list[bool], stages: Any
) -> None:
    _, judge = deeds(stages(PAGE, scene="recall", seed=seed)["recall"])
    assert [each.done for each in judge(iteration=300.0).values()] == sides
    assert [each.done for each in judge(iteration=0.0).values()] == [False, False]


def block(n_heads: float, head_width: float, doublings: float) -> list[bool]:
    """Whether it is GPT-3's block, and whether 2 T^2 d products are more than T 12 d^2."""
    d, tokens = n_heads * head_width, 2.0**doublings
    return [n_heads == 96 and head_width == 128, 2 * tokens**2 * d > 12 * tokens * d**2]


def test_the_tasks_of_the_block_say_what_counting_says(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE, scene="block")["block"])
    solved = [{"n_heads": 96.0, "head_width": 128.0}, {"doublings": 17.0}]
    assert not contradictions(judge, block, states(inputs, solved, 60))
