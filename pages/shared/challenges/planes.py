"""Challenges of the lessons on planes and surfaces: activations that bend, boundaries, and towers."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

import numpy as np

from nn_core.building.builds import BUILDS, MOST_TILES, errors_against_count
from nn_core.building.towers import cross
from nn_core.grids import line
from nn_core.networks.activations import SIGMOID
from nn_core.plane.datasets import XOR_POINTS
from nn_core.plane.lines import best_line
from nn_core.targets.surfaces import WAVES
from pages.shared.stage.scoring.challenge import Best, Challenge, Limit, Look

NONE_WRONG = (Limit("points on the wrong side", 0.0),)


def least_bend(look: Look) -> Best:
    """The least α at which all points are on their side."""
    tried = (round(alpha, 2) for alpha in line((0.0, 1.0), 101).tolist())
    alpha = next(each for each in tried if not NONE_WRONG[0].lacks(look(alpha=each)))
    return Best(alpha, "every smaller α of the knob was tried", {"alpha": alpha})


def one_line(look: Look) -> Best:
    """The fewest points that a line has on its wrong side."""
    found = best_line(XOR_POINTS.points, XOR_POINTS.labels)
    values = {"w1": 2.0, "w2": 2.0, "b": 2.0}
    return Best(
        float(XOR_POINTS.n - found.right), "every way to divide these points by a line was tried", values
    )


def two_lines(look: Look) -> Best:
    """Two lines have no point on the wrong side: no fewer can be."""
    solved = {
        "w11": 4.0,
        "w12": 4.0,
        "b1": 4.0,
        "w21": 4.0,
        "w22": 4.0,
        "b2": -4.0,
        "v1": 8.0,
        "v2": -8.0,
        "c": -4.0,
    }
    return Best(look(**solved)["points on the wrong side"], "and fewer than none cannot be", solved)


# ---- towers ---------------------------------------------------------------------------------------------

RIM = 0.6  # of a tower's size, from its middle to where its arms are looked at
THRESHOLDS, SHARPNESSES = line((0.0, 2.0), 41), line((1.0, 60.0), 60)


def gentlest_tower(look: Look) -> Best:
    """The least steepness of walls that make a tower, whatever the other knobs."""
    for steepness, size in product(range(5, 205, 5), np.round(line((0.1, 0.8), 36), 2).tolist()):
        half, away = size / 2, RIM * size
        heights = cross((-half, half), (-half, half), float(steepness))(np.array([[0.0, 0.0], [away, 0.0]]))[
            :, 0
        ]
        inside, outside = (SIGMOID(np.outer(SHARPNESSES, height - THRESHOLDS)) for height in heights)
        good = np.argwhere((inside >= 0.95) & (outside <= 0.05))
        if len(good):
            sharp, threshold = good[len(good) // 2]
            values = {
                "made": "a tower",
                "size": size,
                "steepness": float(steepness),
                "sharpness": float(SHARPNESSES[sharp]),
                "threshold": round(float(THRESHOLDS[threshold]), 2),
            }
            return Best(
                float(steepness),
                "every softer setting was tried; where the tower stands does not matter",
                values,
            )
    raise ValueError("no steepness makes a tower")


CLOSE = 0.1


@lru_cache(maxsize=2)
def smallest(measure: str) -> Best:
    """The fewest parameters with that error at most, of everything that can be built."""
    counts, which, found = tuple(range(1, MOST_TILES + 1)), ("largest error", "L2 error").index(measure), []
    for name, build in BUILDS.items():
        errors = errors_against_count(WAVES, counts, build)[which]
        found += [
            (build(WAVES, count).n_parameters, count, name)
            for count, error in zip(counts, errors, strict=True)
            if error <= CLOSE
        ]
    parameters, count, name = min(found)
    query = {} if name == next(iter(BUILDS)) else {"build": name.replace(" ", "_")}
    return Best(float(parameters), "everything that can be built here was tried", {"r": float(count)}, query)


def small_everywhere(look: Look) -> Best:
    """The fewest parameters for a small largest error."""
    return smallest("largest error")


def small_on_average(look: Look) -> Best:
    """The fewest parameters for a small L2 error."""
    return smallest("L2 error")


# ---- the challenges -------------------------------------------------------------------------------------

BENDS = ((1.0, 0.0), (1.0, 0.05), (1.0, 0.2))
SIZES = ((1.0, 0.0), (1.8, 0.0), (4.0, 0.0))

PLANES = (
    *(
        Challenge(
            f"bend_{word}",
            "nonlinearity",
            "nonlinearity",
            f"Bend no more than you must: {told}",
            f"all points on their side, with the least α. The network has {told}.",
            "nonlinearity α",
            least_bend,
            BENDS,
            NONE_WRONG,
            query={"alpha": "1", **({} if number == "2" else {"layers": number})},
            given={"activation": "", "layers": "" if number == "2" else number},
        )
        for word, number, told in (("two", "2", "two hidden layers"), ("three", "3", "three hidden layers"))
    ),
    Challenge(
        "one_line",
        "decision_boundary",
        "one",
        "One line",
        "as few points as you can on the wrong side of one line.",
        "points on the wrong side",
        one_line,
        ((1.0, 0.0), (1.0, 0.0), (1.0, 1.0)),
        given={"network": "", "hand": ""},
    ),
    Challenge(
        "two_lines",
        "decision_boundary",
        "two",
        "Two lines",
        "the same with two hidden neurons.",
        "points on the wrong side",
        two_lines,
        ((1.0, 0.0), (1.0, 0.0), (1.0, 1.0)),
        query={"network": "two_hidden_neurons"},
        given={"network": "two_hidden_neurons", "hand": ""},
    ),
    Challenge(
        "gentle_tower",
        "towers",
        "tower",
        "The gentlest tower",
        "a tower of walls as gentle as can be: at least 0.95 high in the middle, at most 0.05 on its arms.",
        "steepness w",
        gentlest_tower,
        ((1.0, 0.0), (1.5, 0.0), (3.0, 0.0)),
        (Limit("height in the middle", 0.95, at_least=True), Limit("height on the arms", 0.05)),
        query={"made": "a_tower"},
        given={"made": "a_tower"},
    ),
    Challenge(
        "small_everywhere",
        "towers",
        "towers",
        "Small everywhere",
        f"a largest error of at most {CLOSE} on the waves, with as few parameters as you can.",
        "parameters",
        small_everywhere,
        SIZES,
        (Limit("largest error", CLOSE),),
        given={"surface": ""},
    ),
    Challenge(
        "small_on_average",
        "towers",
        "towers",
        "Small on average",
        f"an L2 error of at most {CLOSE} on the waves, with as few parameters as you can.",
        "parameters",
        small_on_average,
        SIZES,
        (Limit("L2 error", CLOSE),),
        given={"surface": ""},
    ),
)
