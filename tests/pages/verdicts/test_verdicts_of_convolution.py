"""The tasks of convolution are ticked where sums, written out, say so."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from pages.scenes.convolution.kernels import NAMES, PICTURES, values_of
from pages.scenes.convolution.nets import Anew, looking, placed, shipped
from pages.shared.digits.pictures import held_out
from tests.pages.verdicts.searching import contradictions, deeds, states

pytestmark = pytest.mark.xdist_group("pages/convolution.py")
PAGE = "pages/convolution.py"
# Pixels that are black, few of them.
DOTS = ((27,), (33, 41, 63), (23, 43, 60))


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
        dict.fromkeys(NAMES, 0.0) | {"k23": 1.0},
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


def test_what_both_say_of_a_digit_is_what_the_tasks_of_the_digits_judge(stages: Any) -> None:
    judge = stages(PAGE, scene="digits")["digits"].picture
    only_dense, only_window, corner, _, _ = judge("zeros around", 1.0, 0.0, 0.0).tasks
    digits, chains = held_out(), shipped()

    def knows(chain: Any, number: int, down: int, right: int) -> bool:
        field = placed(digits.pictures[number - 1 : number], down, right)
        return bool(chain(field).argmax() == digits.labels[number - 1])

    for number, down, right in ((2, 0, 0), (22, 0, 0), (1, 0, 1), (2, 0, 1), (5, 1, -1), (9, 2, 0)):
        window, dense = (knows(chain, number, down, right) for chain in chains)
        tasks = judge("zeros around", float(number), float(down), float(right)).tasks
        assert tasks[only_dense].done == (max(abs(down), abs(right)) == 1 and window and not dense)
        assert tasks[only_window].done == (down == right == 0 and dense and not window)
        assert not tasks[corner].done
    assert judge("zeros around", 2.0, 0.0, 0.0).tasks[only_window].done
    assert judge("none", 2.0, -4.0, 4.0).tasks[corner].done


def test_a_grip_takes_the_digit_to_where_the_hand_is_and_keeps_it_in_the_field(stages: Any) -> None:
    grips = stages(PAGE, scene="digits")["digits"].grips
    assert grips["digit"]({}, 9.6, -5.4) == {"right": 2.0, "down": -2.0}
    assert grips["digit"]({}, 99.0, -99.0) == {"right": 4.0, "down": 4.0}
    assert grips["place"]({}, 4.0, -4.0) == grips["same place"]({}, 4.0, -4.0) == {"right": 0.0, "down": 0.0}


def test_what_both_say_of_a_drawing_is_what_the_tasks_of_it_judge(stages: Any) -> None:
    shown = stages(PAGE, scene="yours")["yours"]
    seven, dots, moved, parted, _ = shown.picture((0,) * 64, 0.0, 0.0).tasks
    digits = held_out()
    drawings = [tuple(int(16 * ink) for ink in digits.pictures[place].ravel()) for place in (0, 1, 2, 3, 36)]
    drawings += [(0,) * 64, (16,) * 64, *(tuple(16 * (n in places) for n in range(64)) for places in DOTS)]
    done = set()
    for drawing, right in product(drawings, (0.0, 2.0)):
        tasks = shown.picture(drawing, 0.0, right).tasks
        square = np.reshape(drawing, (1, 8, 8)) / 16.0
        (window, dense), middle = says(square, int(right)), says(square, 0)
        ink = np.count_nonzero(drawing)
        assert tasks[seven].done == bool(ink and window[7] > 0.9 and dense[7] > 0.9)
        assert tasks[dots].done == bool(1 <= ink <= 12 and max(window.max(), dense.max()) > 0.95)
        before, names = [each.argmax() for each in middle], [each.argmax() for each in (window, dense)]
        assert tasks[moved].done == bool(ink and before[0] == before[1] == names[0] != names[1])
        done |= {task for task in (seven, dots, moved) if tasks[task].done}
    assert len(done) == 3
    assert not shown.picture(drawings[1], 0.0, 0.0).tasks[parted].done
    anew = stages(PAGE, scene="yours", another="yes", seed="4")["yours"]
    (*_, last) = Anew(4).growing()
    for drawing in drawings:
        square = np.reshape(drawing, (1, 8, 8)) / 16.0
        names = [
            chain(placed(square, 0, 0)).argmax() for chain in (shipped().window, looking(last.networks[-1]))
        ]
        shown = anew.picture(drawing, 0.0, 0.0)
        assert shown.tasks[parted].done == bool(any(drawing) and names[0] != names[1])
        assert shown.readouts["trained anew, it says"].startswith(f"{names[1]} with ")


def says(square: np.ndarray, right: int) -> list[np.ndarray]:
    """The ten probabilities of each network, from exponentials."""
    powers = [np.exp(chain(placed(square, 0, right)))[0] for chain in shipped()]
    return [each / each.sum() for each in powers]


def test_an_empty_drawing_is_said_and_both_name_a_digit_all_the_same(stages: Any) -> None:
    empty = stages(PAGE, scene="yours")["yours"].picture((0,) * 64, 4.0, -4.0)
    assert empty.readouts["pixels with ink"] == "0: nothing is drawn"
    assert empty.description.startswith("Nothing is drawn, moved 4 down and −4 to the right.")
    assert "nothing is drawn" in empty.plots[0]["layout"]["xaxis"]["title"]["text"]
    assert [empty.readouts[f"{kind} says"][:1] for kind in ("convolution", "dense")] == ["8", "7"]
    assert not any(verdict.done for verdict in empty.tasks.values())


def shared(shared: str, beyond: str, own: float, down: float, right: float, unit: float) -> list[bool]:
    """Whether the two orders differ, by sums over the window, and whether the unit lies in a corner."""
    k = {
        "nine different": [-1, -0.75, -0.5, -0.25, 2, 0.25, 0.5, 0.75, 1],
        "upright edges": [-1, 0, 1] * 3,
        "outline": [0, -1, 0, -1, 4, -1, 0, -1, 0],
    }[shared]
    x, wrapped = held_out().pictures[0], beyond == "the other side"

    def layer(picture: np.ndarray) -> np.ndarray:
        around = np.pad(picture, 1, mode="wrap" if wrapped else "constant")
        y = answers(around, np.array(k, dtype=float).reshape(3, 3))
        y[4, 4] += own * picture[4, 4]
        return y

    def shift(picture: np.ndarray) -> np.ndarray:
        if wrapped:
            return np.roll(picture, (int(down), int(right)), axis=(0, 1))
        around = np.pad(picture, 4)
        return around[4 - int(down) : 12 - int(down), 4 - int(right) : 12 - int(right)]

    differ = bool((layer(shift(x)) != shift(layer(x))).any())
    corner = unit in (1, 8, 57, 64) and not wrapped
    return [not wrapped and own == 0 and differ, wrapped and differ, shared == "nine different" and corner]


def test_the_tasks_of_shared_weights_say_what_sums_over_the_window_say(stages: Any) -> None:
    inputs, judge = deeds(stages(PAGE, scene="shared weights")["shared"])
    solved = [
        {"own": 2.0},
        {"beyond": "zeros", "down": 3.0, "right": 3.0},
        {"beyond": "zeros", "unit": 1.0},
        {"beyond": "zeros", "unit": 57.0, "down": 0.0, "right": 0.0},
    ]
    assert not contradictions(judge, shared, states(inputs, solved, 100))
