"""What is left of a boundary of two neurons where one of them is not heard is computed from the picture."""

import pytest

from nn_core.plane.datasets import XOR_POINTS
from pages.scenes.decision_boundary import by_hand


@pytest.mark.parametrize(
    ("activation", "w11", "c", "right"),
    [
        ("sigmoid", 3.0, -4.0, by_hand.ONE_LINE_LEFT),
        ("sigmoid", 3.0, 1.0, by_hand.NO_LINE),
        ("sine", 8.0, 0.0, by_hand.SEVERAL),
    ],
)
def test_the_answer_follows_the_picture_and_nothing_is_right_before_one_is_chosen(activation, w11, c, right):
    state = {**by_hand.START, "f": activation, "w11": w11, "c": c}

    def done(chosen: str) -> bool:
        shown = by_hand.two_neurons(XOR_POINTS, **state, silent=chosen)
        return shown.tasks[by_hand.SILENT.label].done

    assert [option for option in by_hand.SILENT.options if done(option)] == [right]
    assert not done("")
