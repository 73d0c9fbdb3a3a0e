"""Challenges of the lesson on adversaries."""

from __future__ import annotations

from pages.shared.stage.scoring.challenge import Best, Challenge, Limit, Look

NEAR, FINEST = 0.1, 120
FIXED = {"order": "at_once", "size": "0.1", "theta": "1", "psi": "0"}


def least_penalty(look: Look) -> Best:
    """All values of the knob were tried: the first that brings both home."""
    fixed = {"order": "at once", "size": 0.1, "theta": 1.0, "psi": 0.0}
    tried = ({**fixed, "penalty": hundredth / 100} for hundredth in range(FINEST + 1))
    values = next(each for each in tried if look(**each)["distance at the end"] <= NEAR)
    why = "all values of the knob were tried, from 0 upwards"
    return Best(look(**values)["penalty γ"], why, {"penalty": values["penalty"]})


CHASES = (
    Challenge(
        "least_penalty",
        "adversaries",
        "chase",
        "The least penalty",
        f"both home within {NEAR} after 500 steps at once, with as small a penalty as you can.",
        "penalty γ",
        least_penalty,
        ((1.0, 0.0), (1.25, 0.0), (2.0, 0.0)),
        (Limit("distance at the end", NEAR),),
        query=FIXED,
        given={"scene": "", **FIXED},
    ),
)
