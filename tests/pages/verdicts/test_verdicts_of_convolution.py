"""The tasks of convolution are ticked where sums, written out, say so."""

from typing import Any

import numpy as np
import pytest

from pages.scenes.convolution.kernels import NAMES, PICTURES, values_of
from tests.pages.verdicts.searching import contradictions, deeds, states

pytestmark = pytest.mark.xdist_group("pages/convolution.py")
PAGE = "pages/convolution.py"


def answers(x: np.ndarray, k: np.ndarray) -> np.ndarray:
    """The sum over the window, one of its nine places after the other."""
    parts = [k[u, v] * x[u : u + 8, v : v + 8] for u in range(3) for v in range(3)]
    return np.sum(parts, axis=0)


def window(subject: str, row: float, column: float, **numbers: float) -> list[bool | None]:
    """Whether even ground vanishes and edges stay, the picture is moved, and the place is the best."""
    x, k = PICTURES[subject], np.array([numbers[name] for name in NAMES]).reshape(3, 3)
    y = answers(x, k)
    most, here = y.max(), y[int(row) - 1, int(column) - 1]
    steps = [(u, v) for u in range(3) for v in range(3) if (u, v) != (1, 1)]
    close = [abs(y - x[u : u + 8, v : v + 8]).max() < 1e-9 for u, v in steps]
    strong = abs(y).max()
    return [
        None if abs(strong - 2) < 1e-9 else abs(k.sum()) < 1e-6 and strong > 2,
        None if any(close) and np.count_nonzero(k) != 1 else any(close),
        None if 0 < most - here < 1e-9 else here == most > 1,
    ]


def test_the_tasks_of_the_window_say_what_sums_written_out_say(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE)["window"])
    solved = [
        values_of("upright edges"),
        values_of("one pixel on"),
        values_of("outline") | {"subject": "disc"},
        values_of("upright edges") | {"row": 3.0, "column": 2.0},
        values_of("upright edges") | {"subject": "slope", "row": 5.0, "column": 5.0},
    ]
    assert not contradictions(judge, window, states(inputs, solved, 120))


def test_a_grip_takes_the_window_to_where_the_hand_is_and_keeps_it_on_the_picture(stages: Any) -> None:
    shown = stages(PAGE)["window"]
    assert shown.grips["window"]({}, 4.2, -6.8) == {"row": 7.0, "column": 4.0}
    assert shown.grips["window"]({}, -9.0, 99.0) == {"row": 1.0, "column": 1.0}
    assert shown.grips["answer"]({}, 99.0, -3.1) == {"row": 4.0, "column": 8.0}
