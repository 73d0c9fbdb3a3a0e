"""Challenges of the lesson on attention."""

from __future__ import annotations

import numpy as np

from nn_core.arrays import FloatArray
from pages.shared.numbers import grouped
from pages.shared.stage.scoring.challenge import Best, Challenge, Limit, Look

SURE = 0.99
# The knobs of the query and of the sharpness.
PLACES = np.round(np.arange(-60, 61) * 0.02, 2)
SHARPNESS = np.round(np.arange(201) * 0.1, 1)


def least_sharpness(look: Look) -> Best:
    """The smallest beta with which some query gives one of the keys nearly all of the weight."""
    keys = np.array(dict(look.first)["keys"])
    queries = np.array(np.meshgrid(PLACES, PLACES)).reshape(2, -1)
    leads = _leads(keys @ queries)
    for sharpness in SHARPNESS.tolist():
        weights = 1.0 / np.exp(-sharpness * leads).sum(axis=0)
        best = int(np.argmax(weights))
        if weights[best] >= SURE:
            across, up = queries[:, best].tolist()
            why = f"all {grouped(queries.shape[1])} queries of these knobs were tried"
            return Best(sharpness, why, {"across": across, "up": up, "sharpness": sharpness})
    raise ValueError(f"no query gives a key a weight of {SURE}, got the keys {keys.tolist()}")


def _leads(scores: FloatArray) -> FloatArray:
    """By how much the best score of every column is ahead of each."""
    found: FloatArray = scores.max(axis=0) - scores
    return found


def least_to_go_on(look: Look) -> Best:
    """The smallest beta with which two heads go on with all of the second half."""
    for sharpness in SHARPNESS.tolist():
        if look(sharpness=sharpness)["told in the second half"] == 1.0:
            return Best(sharpness, "every smaller β of the knob was tried", {"sharpness": sharpness})
    raise ValueError("no sharpness of the knob tells all of the second half")


STARS = ((1.0, 0.0), (1.25, 0.0), (2.0, 0.0))

LOOKUPS = (
    Challenge(
        "soft_but_sure",
        "attention",
        "look_up",
        "Soft, but sure",
        f"a weight of at least {SURE} for one key, with as small a β as you can: by the query alone.",
        "sharpness β",
        least_sharpness,
        STARS,
        (Limit("largest weight", SURE, at_least=True),),
        given={"scene": "", "keys": "", "values": ""},
    ),
    Challenge(
        "just_sharp_enough",
        "attention",
        "induction",
        "Just sharp enough",
        "two heads that tell all of the second half, with as small a β as you can.",
        "sharpness β",
        least_to_go_on,
        STARS,
        (Limit("told in the second half", 1.0, at_least=True),),
        query={"scene": "induction"},
        given={"scene": "induction", "text": "", "heads": ""},
    ),
)
