"""Challenges of the lesson on depth."""

from __future__ import annotations

from nn_core.building.closeness import error_grid
from nn_core.building.deep.narrow import monotone_floor
from nn_core.building.deep.repeated import needed
from nn_core.targets.curves import ONE_WAVE
from pages.shared.stage.scoring.challenge import Best, Challenge, Limit, Look

TENTS, NEARER = 6, 0.4


def floor_of_one_wave(look: Look) -> Best:
    """What only rises or only falls is at least so far from one wave; two corners get there."""
    floor = monotone_floor(ONE_WAVE(error_grid(ONE_WAVE)))
    why = "half of the largest fall or rise, the smaller one: nothing that only rises or only falls is nearer"
    return Best(floor, why, {"x1": 50.0, "y1": 75.0, "x2": 60.0, "y2": 25.0})


def fewest_in_one_layer(look: Look) -> Best:
    """With fewer units than pieces less one the error is at least a half; the knob takes even numbers."""
    units = next(units for units in range(2, 2**TENTS + 1, 2) if units >= needed(TENTS))
    return Best(
        float(units), f"with fewer than {needed(TENTS)} the error is at least ½", {"units": float(units)}
    )


STARS = ((1.0, 0.0), (1.25, 0.0), (2.0, 0.0))

DEPTHS = (
    Challenge(
        "one_layer",
        "depth",
        "cliff",
        "One layer follows",
        f"a largest error of at most {NEARER} from {TENTS} tents, with as few units in one layer as you can.",
        "hidden units",
        fewest_in_one_layer,
        STARS,
        (Limit("largest error", NEARER),),
        query={"times": str(TENTS)},
        given={"scene": "", "times": str(TENTS)},
    ),
    Challenge(
        "width_one",
        "depth",
        "narrow",
        "One unit a layer",
        "one unit a layer, as near as it can come to one wave.",
        "largest error",
        floor_of_one_wave,
        STARS,
        query={"scene": "narrow", "target": "one_wave"},
        given={"scene": "narrow", "target": "one_wave"},
    ),
)
