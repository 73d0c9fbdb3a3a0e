"""The tasks of depth are ticked where a few formulas, written out, say so."""

from typing import Any

import numpy as np
import pytest

from tests.pages.verdicts.searching import contradictions, deeds, states

pytestmark = pytest.mark.xdist_group("pages/depth.py")
PAGE = "pages/depth.py"


def cliff(times: float, units: float) -> list[bool]:
    """Whether one layer is the tents, is proven to be a half away though large, and is as cheap."""
    pieces = 2**times
    exact = units >= pieces
    count = min(units, pieces)
    return [
        exact and times >= 4,
        count >= 100 and units < pieces - 1,
        exact and 3 * count + 1 == 6 * times + 1,
    ]


def test_the_tasks_of_the_cliff_say_what_counting_says(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE)["cliff"])
    solved = [{"times": k, "units": n} for k, n in ((5.0, 32.0), (8.0, 200.0), (2.0, 4.0), (7.0, 126.0))]
    assert not contradictions(judge, cliff, states(inputs, solved, 120))


def folding(times: float, x: float, y: float, **cut: float) -> list[bool | None]:
    """Whether 4^L is more than n lines make, and whether a fold goes through the place."""
    u = np.array([x, y])
    nearest = 1.0
    for _ in range(int(times)):
        nearest = min(nearest, np.abs(u).min())
        u = 1 - 2 * np.abs(u)
    n = 4 * times
    return [4**times > 1 + n + n * (n - 1) / 2, None if 0 < nearest < 1e-6 else nearest == 0]


def test_the_tasks_of_the_folded_sheet_say_what_folding_by_hand_says(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE, scene="folds")["folding"])
    solved = [{"times": 4.0, "x": 0.0}, {"times": 2.0, "y": 0.5}, {"times": 1.0, "x": 0.5}]
    assert not contradictions(judge, folding, states(inputs, solved, 120))


def narrow(x1: float, y1: float, x2: float, y2: float) -> list[bool | None]:
    """Whether the clamp is nearer to one wave than 5/8, a quarter above its floor of a half."""
    x = np.linspace(0, 1, 501)
    (left, low), (right, high) = sorted([(x1 / 100, 2 * y1 / 100 - 1), (x2 / 100, 2 * y2 / 100 - 1)])
    error = np.abs(np.interp(x, [left, max(right, left + 0.002)], [low, high]) - np.sin(2 * np.pi * x)).max()
    return [None if abs(error - 0.625) < 1e-3 else error < 0.625]


def test_the_task_of_width_1_says_what_its_distance_says(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE, scene="narrow", target="one wave")["narrow"])

    def first(**state: Any) -> Any:
        return dict([*judge(**state).items()][:1])

    assert not contradictions(
        first, narrow, states(inputs, [{"x1": 50.0, "y1": 75.0, "x2": 60.0, "y2": 25.0}], 120)
    )
